//! How are answers and figures said to a reader? In words of one language, not in the ids of files.

use crate::domain::answer::Cell;
use crate::domain::answer::Evidence;
use crate::domain::answer::Value;
use crate::domain::assessment::Status;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Choice;
use crate::domain::questionnaire::Question;
use crate::domain::scoring::CapKind;
use crate::domain::scoring::Counted;
use crate::domain::scoring::Level;
use crate::domain::text::Language;

/// An answer's value: "oui", "48 mois", the text of a choice.
pub fn value(value: &Value, question: &Question, language: Language) -> String {
    let choice = |id: &crate::domain::id::ChoiceId| {
        question.choice(id).map_or_else(|| id.to_string(), |choice| choice.text.get(language).to_owned())
    };
    match value {
        Value::Yes => language.pick("oui", "yes").to_owned(),
        Value::Partly => language.pick("en partie", "partly").to_owned(),
        Value::No => language.pick("non", "no").to_owned(),
        Value::Choice(id) => choice(id),
        Value::Choices(ids) => ids.iter().map(choice).collect::<Vec<_>>().join(language.pick(" ; ", "; ")),
        Value::Number(number) => match &question.answer {
            AnswerKind::Number { unit, .. } => {
                format!("{} {}", language.number(*number), unit.get(language)).trim_end().to_owned()
            }
            _ => language.number(*number),
        },
        Value::Date(date) => language.date(*date),
        Value::Text(text) => text.clone(),
        Value::Nothing => language.pick("aucun", "none").to_owned(),
        Value::Unknown => language.pick("ne sait pas", "not known").to_owned(),
        Value::NotApplicable => language.pick("sans objet", "not applicable").to_owned(),
    }
}

/// A cell of a table, or a field of a form.
pub fn cell(cell: &Cell, kind: &CellKind, language: Language) -> String {
    let text = |id: &crate::domain::id::ChoiceId| {
        let known = kind.choices().iter().find(|choice: &&Choice| &choice.id == id);
        known.map_or_else(|| id.to_string(), |choice| choice.text.get(language).to_owned())
    };
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => match kind {
            CellKind::Number(unit) => {
                format!("{} {}", language.number(*number), unit.get(language)).trim_end().to_owned()
            }
            _ => language.number(*number),
        },
        Cell::Date(date) => language.date(*date),
        Cell::Yes => language.pick("oui", "yes").to_owned(),
        Cell::No => language.pick("non", "no").to_owned(),
        Cell::Choice(id) => text(id),
        Cell::Choices(ids) => ids.iter().map(text).collect::<Vec<_>>().join(language.pick(" ; ", "; ")),
    }
}

pub fn evidence(level: Evidence, language: Language) -> &'static str {
    match level {
        Evidence::Said => language.pick("dit", "said"),
        Evidence::Explained => language.pick("expliqué", "explained"),
        Evidence::Seen => language.pick("vu", "seen"),
        Evidence::Tested => language.pick("testé", "tested"),
    }
}

pub fn level(level: Level, language: Language) -> &'static str {
    match level {
        Level::Low => language.pick("faible", "low"),
        Level::Moderate => language.pick("modéré", "moderate"),
        Level::High => language.pick("élevé", "high"),
        Level::Critical => language.pick("critique", "critical"),
    }
}

pub fn status(status: Status, language: Language) -> &'static str {
    match status {
        Status::Open => language.pick("ouverte", "open"),
        Status::Planned => language.pick("planifiée", "planned"),
        Status::Doing => language.pick("en cours", "under way"),
        Status::Done => language.pick("faite", "done"),
        Status::Accepted => language.pick("risque accepté", "risk accepted"),
    }
}

/// How a question counts.
pub fn counted(state: Counted, language: Language) -> &'static str {
    match state {
        Counted::Answered => language.pick("répondue", "answered"),
        Counted::Unanswered => language.pick("sans réponse", "unanswered"),
        Counted::Unknown => language.pick("ne sait pas", "not known"),
        Counted::NotApplicable => language.pick("sans objet", "not applicable"),
        Counted::NotAsked => language.pick("non posée", "not asked"),
    }
}

/// What holds a score down.
pub fn cap(kind: CapKind, language: Language) -> &'static str {
    match kind {
        CapKind::KnockoutFailed => {
            language.pick("point éliminatoire sans aucune maîtrise", "knock-out with no control at all")
        }
        CapKind::KnockoutPartial => {
            language.pick("point éliminatoire maîtrisé en partie", "knock-out with partial control")
        }
        CapKind::Critical => language.pick("risque restant critique", "critical risk left"),
        CapKind::ManyHigh => language.pick("trois risques élevés ou plus", "three or more high risks"),
        CapKind::High => language.pick("un ou deux risques élevés", "one or two high risks"),
    }
}
