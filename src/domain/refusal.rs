//! Why is a value not taken, and what would be? In words, for whoever typed it.

use super::answer::Misfit;
use super::questionnaire::AnswerKind;
use super::questionnaire::CellKind;
use super::questionnaire::Choice;
use super::questionnaire::Question;
use super::text::Language;
use super::text::Text;

/// Why `word` does not answer the question.
pub fn refused(word: &str, misfit: &Misfit) -> Text {
    match misfit {
        Misfit::OtherKind => {
            Text::new(format!("« {word} » ne convient pas"), format!("{word:?} does not fit"))
        }
        Misfit::NoSuchChoice(choice) => Text::new(
            format!("pas de choix « {choice} »"),
            format!("there is no choice {:?}", choice.as_str()),
        ),
        Misfit::Exclusive(one, other) => Text::new(
            format!("« {one} » et « {other} » s’excluent"),
            format!("{:?} and {:?} exclude each other", one.as_str(), other.as_str()),
        ),
        Misfit::OutOfRange { min, max } => {
            let fr = range(*min, *max, Language::Fr);
            let en = range(*min, *max, Language::En);
            Text::new(
                format!("« {word} » est hors limites ({fr})"),
                format!("{word:?} is out of range ({en})"),
            )
        }
    }
}

/// What the question takes, as commands are told.
pub fn takes(question: &Question) -> Text {
    let Text { fr, en } = kind(question);
    Text::new(
        format!("cette question accepte {fr} ; et toujours unknown, na"),
        format!("this question takes {en}; and always unknown, na"),
    )
}

/// What kind of value answers the question.
pub fn kind(question: &Question) -> Text {
    let (fr, en) = match &question.answer {
        AnswerKind::YesPartlyNo => ("yes, partly, no".to_owned(), "yes, partly, no".to_owned()),
        AnswerKind::Choice(choices) => {
            let ids = ids(choices);
            (format!("un choix : {ids}"), format!("one choice: {ids}"))
        }
        AnswerKind::Choices { of, .. } => {
            let ids = ids(of);
            (
                format!("des choix séparés par des virgules : {ids} ; ou none"),
                format!("choices with commas between: {ids}; or none"),
            )
        }
        AnswerKind::Number { unit, min, max, or, .. } => {
            let number = |language: Language, word: &str| {
                format!("{word} ({}, {})", unit.get(language), range(*min, *max, language))
            };
            beside(number(Language::Fr, "un nombre"), number(Language::En, "a number"), or)
        }
        AnswerKind::Date { or, .. } => {
            beside("une date (2026-11-23)".to_owned(), "a date (2026-11-23)".to_owned(), or)
        }
        AnswerKind::Text => ("un texte".to_owned(), "text".to_owned()),
        AnswerKind::Table { .. } => (
            "les lignes d’un tableau (`privaudit table`), ou none avec une raison".to_owned(),
            "the rows of a table (`privaudit table`), or none with a reason".to_owned(),
        ),
    };
    Text::new(fr, en)
}

/// What a cell of a table takes.
pub fn cell_takes(kind: &CellKind) -> Text {
    match kind {
        CellKind::Text => Text::new("un texte", "text"),
        CellKind::Number(unit) => {
            Text::new(format!("un nombre ({})", unit.fr), format!("a number ({})", unit.en))
        }
        CellKind::Date => Text::new("une date (2026-11-23)", "a date (2026-11-23)"),
        CellKind::YesNo => Text::new("yes, no", "yes, no"),
        CellKind::Choice(choices) => {
            let ids = ids(choices);
            Text::new(format!("un choix : {ids}"), format!("one choice: {ids}"))
        }
        CellKind::Choices(choices) => {
            let ids = ids(choices);
            Text::new(
                format!("des choix séparés par des virgules : {ids}"),
                format!("choices with commas between: {ids}"),
            )
        }
    }
}

fn beside(fr: String, en: String, or: &[Choice]) -> (String, String) {
    if or.is_empty() {
        return (fr, en);
    }
    let ids = ids(or);
    (format!("{fr} ou {ids}"), format!("{en} or {ids}"))
}

fn ids(choices: &[Choice]) -> String {
    choices.iter().map(|choice| choice.id.as_str()).collect::<Vec<_>>().join(", ")
}

fn range(min: Option<f64>, max: Option<f64>, language: Language) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!(
            "{} {} {} {}",
            language.pick("de", "from"),
            language.number(min),
            language.pick("à", "to"),
            language.number(max)
        ),
        (Some(min), None) => format!("{} {}", language.pick("à partir de", "from"), language.number(min)),
        (None, Some(max)) => format!("{} {}", language.pick("jusqu’à", "up to"), language.number(max)),
        (None, None) => language.pick("un nombre fini", "a finite number").to_owned(),
    }
}
