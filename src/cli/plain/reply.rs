//! Which answer does a line give? A letter, a word, the number or the id of a choice, a date, a text.

use std::collections::BTreeSet;

use crate::domain::answer::Misfit;
use crate::domain::answer::Value;
use crate::domain::id::ChoiceId;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::Choice;
use crate::domain::questionnaire::Question;
use crate::domain::refusal;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::text::fold;
use crate::storage::error::Error;
use crate::tui::screens::form::field::parse_date;

/// The value that a line gives to the question, as people type it and as commands write it.
pub fn reply(line: &str, question: &Question, language: Language) -> Result<Value, Error> {
    let value = match &question.answer {
        AnswerKind::YesPartlyNo => yes_partly_no(line),
        AnswerKind::Choice(choices) => {
            numbered(line, choices).or_else(|| named(line, choices, language)).map(Value::Choice)
        }
        AnswerKind::Choices { of, .. } if is_none(line) => Some(Value::Nothing).filter(|_| !of.is_empty()),
        AnswerKind::Choices { of, .. } => several(line, of, language).map(Value::Choices),
        AnswerKind::Table { .. } if is_none(line) => Some(Value::Nothing),
        AnswerKind::Number { or, .. } => named(line, or, language).map(Value::Choice),
        AnswerKind::Date { or, .. } => {
            named(line, or, language).map(Value::Choice).or_else(|| parse_date(line).map(Value::Date))
        }
        AnswerKind::Text | AnswerKind::Table { .. } => None,
    };
    let value = match value {
        Some(value) => value.fits(question).map(|()| value),
        // By a command, which asks what belongs to it.
        None if matches!(line, "unknown" | "na") => Err(Misfit::OtherKind),
        None => Value::from_word(line, question),
    };
    value.map_err(|misfit| refused(line, &misfit, question))
}

fn refused(line: &str, misfit: &Misfit, question: &Question) -> Error {
    let why = match misfit {
        // Whoever listens knows choices by their words, not by their ids.
        Misfit::Exclusive(one, other) => {
            let (one, other) = (words_of(one, question), words_of(other, question));
            Text::new(
                format!("« {} » et « {} » s’excluent", one.fr, other.fr),
                format!("{:?} and {:?} exclude each other", one.en, other.en),
            )
        }
        _ => refusal::refused(line, misfit),
    };
    let takes = match &question.answer {
        AnswerKind::YesPartlyNo => {
            Text::new("o (oui), p (en partie), n (non)", "y (yes), p (partly), n (no)")
        }
        AnswerKind::Choice(_) => Text::new("le numéro d’un choix", "the number of a choice"),
        AnswerKind::Choices { .. } => Text::new(
            "les numéros des choix, avec des virgules (1,3) ; 0 : aucun",
            "the numbers of the choices, with commas (1,3); 0: none",
        ),
        AnswerKind::Table { .. } => Text::new(
            "t pour les lignes du tableau, ou 0 : aucune",
            "t for the rows of the table, or 0: none",
        ),
        AnswerKind::Number { .. } | AnswerKind::Date { .. } | AnswerKind::Text => refusal::kind(question),
    };
    Error::refused(why.fr, why.en)
        .hint(format!("{} ; ? donne les commandes", takes.fr), format!("{}; ? lists the commands", takes.en))
}

/// What a choice of the question says.
fn words_of(id: &ChoiceId, question: &Question) -> Text {
    let choices = match &question.answer {
        AnswerKind::Choice(choices) | AnswerKind::Choices { of: choices, .. } => choices.as_slice(),
        _ => &[],
    };
    let found = choices.iter().find(|choice| choice.id == *id);
    found.map_or_else(|| Text::new(id.to_string(), id.to_string()), |choice| choice.text.clone())
}

fn yes_partly_no(line: &str) -> Option<Value> {
    match fold(line).as_str() {
        "y" | "o" | "yes" | "oui" | "1" => Some(Value::Yes),
        "p" | "partly" | "en partie" | "partiellement" | "2" => Some(Value::Partly),
        "n" | "no" | "non" | "3" => Some(Value::No),
        _ => None,
    }
}

fn is_none(line: &str) -> bool {
    matches!(fold(line).as_str(), "0" | "none" | "aucun" | "aucune")
}

/// The choice at a number, from 1 on.
pub fn numbered(line: &str, choices: &[Choice]) -> Option<ChoiceId> {
    let number: usize = line.trim().parse().ok()?;
    Some(choices.get(number.checked_sub(1)?)?.id.clone())
}

/// The choice with this id or these words.
pub fn named(line: &str, choices: &[Choice], language: Language) -> Option<ChoiceId> {
    let folded = fold(line.trim());
    let same =
        |choice: &&Choice| choice.id.as_str() == line.trim() || fold(choice.text.get(language)) == folded;
    choices.iter().find(same).map(|choice| choice.id.clone())
}

/// Several choices, by numbers and ids; none where one of them is unknown.
pub fn several(line: &str, choices: &[Choice], language: Language) -> Option<BTreeSet<ChoiceId>> {
    if let Some(one) = named(line, choices, language) {
        return Some(BTreeSet::from([one]));
    }
    let parts = line.split([',', ';', ' ']).filter(|part| !part.is_empty());
    let chosen: Option<BTreeSet<ChoiceId>> =
        parts.map(|part| numbered(part, choices).or_else(|| named(part, choices, language))).collect();
    chosen.filter(|chosen| !chosen.is_empty())
}
