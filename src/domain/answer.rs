//! What was said? An answer: its value, and apart from it the note, the evidence and the consultant's judgement.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

use super::id::ChoiceId;
use super::id::ColumnId;
use super::questionnaire::AnswerKind;
use super::questionnaire::CellKind;
use super::questionnaire::Choice;
use super::questionnaire::Question;

/// Everything that one visit holds about one question.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Why it does not apply, or why there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The second person, who agrees that a knock-out does not apply.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub agreed_by: String,
    /// What was said around the answer, in the client's words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Who said it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub said_by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// When the evidence was taken; the day of the visit where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence_on: Option<Date>,
    /// What the consultant thinks of it, apart from what the client said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub judgement: String,
    /// Another severity for this client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Override>,
    /// Another likelihood for this client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<Override>,
    /// To come back to.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub flagged: bool,
    /// Who will find out, and by when, where the answer is not known.
    #[serde(skip_serializing_if = "FollowUp::is_empty")]
    pub follow_up: FollowUp,
    /// The unscored facts asked with the question.
    #[serde(skip_serializing_if = "Row::is_empty")]
    pub details: Row,
    /// Taken over from the visit of this date and not confirmed since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carried: Option<Date>,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    Yes,
    Partly,
    No,
    Choice(ChoiceId),
    Choices(BTreeSet<ChoiceId>),
    Number(f64),
    Date(Date),
    Text(String),
    /// None of these; a table without a row.
    Nothing,
    /// "I don't know."
    Unknown,
    NotApplicable,
}

/// How well an answer is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Evidence {
    Said,
    Explained,
    Seen,
    Tested,
}

/// Another figure for this client, with its reason; without one it does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// 1 to 4.
    pub figure: u8,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FollowUp {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub who: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
}

/// A line of a table, or the fields of a form: what is filled, by column.
pub type Row = BTreeMap<ColumnId, Cell>;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    Text(String),
    Number(f64),
    Date(Date),
    Yes,
    No,
    Choice(ChoiceId),
    Choices(BTreeSet<ChoiceId>),
}

impl Answer {
    /// Nothing is left in it that would be worth a line in a file.
    pub fn is_empty(&self) -> bool {
        *self == Answer::default()
    }
}

impl FollowUp {
    pub fn is_empty(&self) -> bool {
        *self == FollowUp::default()
    }
}

impl Evidence {
    pub const ALL: [Evidence; 4] = [Evidence::Said, Evidence::Explained, Evidence::Seen, Evidence::Tested];

    /// The word for it in commands and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Evidence::Said => "said",
            Evidence::Explained => "explained",
            Evidence::Seen => "seen",
            Evidence::Tested => "tested",
        }
    }

    pub fn from_word(word: &str) -> Option<Evidence> {
        Evidence::ALL.into_iter().find(|level| level.word() == word)
    }

    /// How much an answer known this well adds to confidence, 0.4 to 1.
    pub fn confidence(self) -> f64 {
        match self {
            Evidence::Said => 0.4,
            Evidence::Explained => 0.6,
            Evidence::Seen => 0.8,
            Evidence::Tested => 1.0,
        }
    }

    /// The level below; said stays said.
    #[must_use]
    pub fn weaker(self) -> Evidence {
        match self {
            Evidence::Said | Evidence::Explained => Evidence::Said,
            Evidence::Seen => Evidence::Explained,
            Evidence::Tested => Evidence::Seen,
        }
    }
}

/// Why a value does not fit its question.
#[derive(Debug, Clone, PartialEq)]
pub enum Misfit {
    /// It is of another kind than the question asks for.
    OtherKind,
    NoSuchChoice(ChoiceId),
    /// Two choices of a group that allows one.
    Exclusive(ChoiceId, ChoiceId),
    /// Outside the least and the greatest value.
    OutOfRange {
        min: Option<f64>,
        max: Option<f64>,
    },
}

impl Value {
    /// The form that commands, CSV files and JSON give it: `yes`, `48`, `2026-11-23`, `a,b`, `none`, `na` …
    pub fn word(&self) -> String {
        match self {
            Value::Yes => "yes".into(),
            Value::Partly => "partly".into(),
            Value::No => "no".into(),
            Value::Choice(choice) => choice.to_string(),
            Value::Choices(chosen) => join(chosen),
            Value::Number(number) => number.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Text(text) => text.clone(),
            Value::Nothing => "none".into(),
            Value::Unknown => "unknown".into(),
            Value::NotApplicable => "na".into(),
        }
    }

    /// Reads what [`Value::word`] writes, as the question's kind understands it.
    pub fn from_word(word: &str, question: &Question) -> Result<Value, Misfit> {
        let trimmed = word.trim();
        let value = match (trimmed, &question.answer) {
            (_, AnswerKind::Text) if !matches!(trimmed, "unknown" | "na") => Value::Text(word.to_owned()),
            ("unknown", _) => Value::Unknown,
            ("na", _) => Value::NotApplicable,
            (id, _) if question.choice(&id.into()).is_some() && !question.takes_several() => {
                Value::Choice(id.into())
            }
            ("none", AnswerKind::Choices { .. } | AnswerKind::Table { .. }) => Value::Nothing,
            ("yes", AnswerKind::YesPartlyNo) => Value::Yes,
            ("partly", AnswerKind::YesPartlyNo) => Value::Partly,
            ("no", AnswerKind::YesPartlyNo) => Value::No,
            (ids, AnswerKind::Choices { .. }) => {
                Value::Choices(ids.split(',').map(|id| id.trim().into()).collect())
            }
            (id, AnswerKind::Choice(_)) => Value::Choice(id.into()),
            (number, AnswerKind::Number { .. }) => {
                Value::Number(number.replace(',', ".").parse().map_err(|_| Misfit::OtherKind)?)
            }
            (date, AnswerKind::Date { .. }) => Value::Date(date.parse().map_err(|_| Misfit::OtherKind)?),
            _ => return Err(Misfit::OtherKind),
        };
        value.fits(question)?;
        Ok(value)
    }

    /// Whether this value answers that question at all.
    pub fn fits(&self, question: &Question) -> Result<(), Misfit> {
        let known = |id: &ChoiceId| match question.choice(id) {
            Some(_) => Ok(()),
            None => Err(Misfit::NoSuchChoice(id.clone())),
        };
        match (self, &question.answer) {
            (Value::Unknown | Value::NotApplicable, _)
            | (Value::Yes | Value::Partly | Value::No, AnswerKind::YesPartlyNo)
            | (Value::Date(_), AnswerKind::Date { .. })
            | (Value::Text(_), AnswerKind::Text)
            | (Value::Nothing, AnswerKind::Choices { .. } | AnswerKind::Table { .. }) => Ok(()),
            (
                Value::Choice(id),
                AnswerKind::Choice(_) | AnswerKind::Number { .. } | AnswerKind::Date { .. },
            ) => known(id),
            (Value::Choices(ids), AnswerKind::Choices { of, .. }) => {
                ids.iter().try_for_each(known)?;
                exclusive(ids, of)
            }
            (Value::Number(number), AnswerKind::Number { min, max, .. }) => {
                let low = min.is_some_and(|min| *number < min);
                let high = max.is_some_and(|max| *number > max);
                if low || high || !number.is_finite() {
                    return Err(Misfit::OutOfRange { min: *min, max: *max });
                }
                Ok(())
            }
            _ => Err(Misfit::OtherKind),
        }
    }
}

fn exclusive(ids: &BTreeSet<ChoiceId>, of: &[Choice]) -> Result<(), Misfit> {
    let mut taken: BTreeMap<&str, &ChoiceId> = BTreeMap::new();
    for choice in of.iter().filter(|choice| ids.contains(&choice.id)) {
        if let Some(group) = &choice.group
            && let Some(first) = taken.insert(group, &choice.id)
        {
            return Err(Misfit::Exclusive(first.clone(), choice.id.clone()));
        }
    }
    Ok(())
}

impl Question {
    pub fn takes_several(&self) -> bool {
        matches!(self.answer, AnswerKind::Choices { .. })
    }
}

impl Cell {
    /// The form that commands, CSV files and JSON give it.
    pub fn word(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Date(date) => date.to_string(),
            Cell::Yes => "yes".into(),
            Cell::No => "no".into(),
            Cell::Choice(choice) => choice.to_string(),
            Cell::Choices(chosen) => join(chosen),
        }
    }

    /// Reads what [`Cell::word`] writes; an empty word is no cell.
    pub fn from_word(word: &str, kind: &CellKind) -> Result<Option<Cell>, Misfit> {
        let trimmed = word.trim();
        if trimmed.is_empty() {
            return Ok(None);
        }
        let known = |id: &str| match kind.choices().iter().find(|choice| choice.id.as_str() == id) {
            Some(choice) => Ok(choice.id.clone()),
            None => Err(Misfit::NoSuchChoice(id.into())),
        };
        let cell = match kind {
            CellKind::Text => Cell::Text(word.to_owned()),
            CellKind::Number(_) => match trimmed.replace(',', ".").parse::<f64>() {
                Ok(number) if number.is_finite() => Cell::Number(number),
                _ => return Err(Misfit::OtherKind),
            },
            CellKind::Date => Cell::Date(trimmed.parse().map_err(|_| Misfit::OtherKind)?),
            CellKind::YesNo => match trimmed {
                "yes" => Cell::Yes,
                "no" => Cell::No,
                _ => return Err(Misfit::OtherKind),
            },
            CellKind::Choice(_) => Cell::Choice(known(trimmed)?),
            CellKind::Choices(_) => {
                Cell::Choices(trimmed.split(',').map(|id| known(id.trim())).collect::<Result<_, _>>()?)
            }
        };
        Ok(Some(cell))
    }
}

fn join(ids: &BTreeSet<ChoiceId>) -> String {
    ids.iter().map(ChoiceId::as_str).collect::<Vec<_>>().join(",")
}
