//! How is a sample client written down? As commands would say it, with every date counted in days.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::answer::Evidence;
use crate::domain::answer::Override;
use crate::domain::assessment::Status;
use crate::domain::capture::Capture;
use crate::domain::capture::Phase;
use crate::domain::id::ColumnId;
use crate::domain::id::QuestionId;
use crate::domain::id::StepId;
use crate::domain::id::TableId;

/// A client, with the visits in the order in which they were made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    pub client: String,
    pub visits: Vec<Sitting>,
}

/// One visit. It begins with what the visit before it knew.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sitting {
    /// Before today; a weekend moves to the Friday before it.
    pub days_ago: i32,
    /// Who spoke, where an answer does not say otherwise.
    pub by: String,
    /// Where it was left.
    pub at: QuestionId,
    /// The steps whose answers from the last visit were gone through and still hold.
    #[serde(default)]
    pub confirmed: Vec<StepId>,
    /// The answer to the yes-or-no questions of a step that are not written out below. Without one, they stay open.
    #[serde(default)]
    pub rest: BTreeMap<StepId, String>,
    /// The levels of evidence of answers that do not state one, in turn.
    pub evidence: Vec<Evidence>,
    /// Short answers: a word, and the questions answered by it.
    #[serde(default)]
    pub said: BTreeMap<String, Vec<QuestionId>>,
    #[serde(default)]
    pub answers: BTreeMap<QuestionId, Said>,
    #[serde(default)]
    pub tables: BTreeMap<TableId, Vec<Words>>,
    #[serde(default)]
    pub actions: BTreeMap<QuestionId, Planned>,
    #[serde(default)]
    pub captures: Vec<Shot>,
}

/// A capture of the client's site.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shot {
    pub name: String,
    pub phase: Phase,
    /// What it shows; its digest is made up from its name.
    pub capture: Capture,
}

/// The cells of a row by column, as words; a date is a number of days from the visit.
pub type Words = BTreeMap<ColumnId, String>;

/// An answer with more than its value.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Said {
    /// As `privaudit answer` takes it; a date is a number of days from the visit.
    pub value: Option<String>,
    pub reason: Option<String>,
    pub agreed_by: Option<String>,
    pub note: Option<String>,
    pub by: Option<String>,
    pub evidence: Option<Evidence>,
    /// Days from the visit to the day on which the evidence was taken.
    pub evidence_on: Option<i32>,
    pub judgement: Option<String>,
    pub severity: Option<Override>,
    pub likelihood: Option<Override>,
    pub flagged: bool,
    pub find_out: Option<String>,
    /// Days from the visit.
    pub until: Option<i32>,
    pub details: Words,
}

/// What was decided about a finding.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Planned {
    pub owner: String,
    /// Days from the visit.
    pub due: Option<i32>,
    pub status: Status,
    pub reason: String,
}
