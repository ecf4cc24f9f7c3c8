//! What does one visit hold? The answers to one version of one questionnaire.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

use super::answer::Answer;
use super::answer::Row;
use super::answer::Value;
use super::attachment::Attachment;
use super::capture::CaptureLabel;
use super::entries::each_once;
use super::id::QuestionId;
use super::id::TableId;
use super::observation::Observation;
use super::observation::Resolution;
use super::questionnaire::AnswerKind;
use super::questionnaire::Question;
use super::questionnaire::Questionnaire;

/// One visit. What is in the file is what is here, in this order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// The client's name on that day.
    pub client: String,
    pub date: Date,
    pub questionnaire: Pin,
    /// Only the questions of the express visit are asked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub express: bool,
    /// The question at which it was left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<QuestionId>,
    #[serde(default, deserialize_with = "each_once", skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<QuestionId, Answer>,
    #[serde(default, deserialize_with = "each_once", skip_serializing_if = "BTreeMap::is_empty")]
    pub tables: BTreeMap<TableId, Vec<Row>>,
    /// What became of the findings: who mends them, by when.
    #[serde(default, deserialize_with = "each_once", skip_serializing_if = "BTreeMap::is_empty")]
    pub actions: BTreeMap<QuestionId, Plan>,
    /// The captures of the client's site, in the order in which they were imported.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub captures: Vec<CaptureLabel>,
    /// What the captures show about answers; made anew whenever a capture comes or goes.
    #[serde(default, deserialize_with = "each_once", skip_serializing_if = "BTreeMap::is_empty")]
    pub observations: BTreeMap<QuestionId, Vec<Observation>>,
    /// What was written about answers that captures disprove.
    #[serde(default, deserialize_with = "each_once", skip_serializing_if = "BTreeMap::is_empty")]
    pub resolutions: BTreeMap<QuestionId, Vec<Resolution>>,
    /// The files that were attached to questions, in the order in which they were.
    #[serde(default, deserialize_with = "each_once", skip_serializing_if = "BTreeMap::is_empty")]
    pub attachments: BTreeMap<QuestionId, Vec<Attachment>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<Seal>,
}

/// The questionnaire that an assessment was made with, and stays with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    pub id: String,
    pub version: String,
    /// SHA-256, in hexadecimal.
    pub digest: String,
}

/// What was decided about a finding.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Plan {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub owner: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    #[serde(skip_serializing_if = "Status::is_open")]
    pub status: Status,
    /// Why the risk is accepted, where it is.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Status {
    #[default]
    Open,
    Planned,
    Doing,
    Done,
    Accepted,
}

impl Status {
    pub const ALL: [Status; 5] =
        [Status::Open, Status::Planned, Status::Doing, Status::Done, Status::Accepted];

    pub fn from_word(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.word() == word)
    }

    /// The word for it in commands and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Planned => "planned",
            Status::Doing => "doing",
            Status::Done => "done",
            Status::Accepted => "accepted",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it a reference")]
    fn is_open(&self) -> bool {
        *self == Status::Open
    }
}

/// What makes a visit read-only, and shows whether it was changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    pub on: Date,
    /// The digest of the visit sealed before it, or nothing for the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub previous: String,
    /// SHA-256 over the content, the questionnaire, the evidence and the previous seal.
    pub digest: String,
    /// The files of evidence that there were, with their SHA-256.
    #[serde(default, deserialize_with = "each_once", skip_serializing_if = "BTreeMap::is_empty")]
    pub evidence: BTreeMap<String, String>,
    /// The beginning of each part's own digest, so that what was changed can be named.
    #[serde(default, deserialize_with = "each_once", skip_serializing_if = "BTreeMap::is_empty")]
    pub parts: BTreeMap<String, String>,
}

/// Whether a question has its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Answered,
    Unanswered,
    /// "I don't know": counts as unanswered, and makes a follow-up.
    Unknown,
    NotApplicable,
}

impl Assessment {
    pub fn new(client: impl Into<String>, date: Date, questionnaire: &Questionnaire) -> Assessment {
        Assessment {
            client: client.into(),
            date,
            questionnaire: questionnaire.pin(),
            express: false,
            at: None,
            answers: BTreeMap::new(),
            tables: BTreeMap::new(),
            actions: BTreeMap::new(),
            captures: Vec::new(),
            observations: BTreeMap::new(),
            resolutions: BTreeMap::new(),
            attachments: BTreeMap::new(),
            seal: None,
        }
    }

    pub fn answer(&self, question: &QuestionId) -> Option<&Answer> {
        self.answers.get(question)
    }

    pub fn value(&self, question: &QuestionId) -> Option<&Value> {
        self.answer(question)?.value.as_ref()
    }

    pub fn rows(&self, table: &TableId) -> &[Row] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }

    /// Changes the answer to a question; one that ends up empty leaves no trace.
    pub fn edit(&mut self, question: &QuestionId, change: impl FnOnce(&mut Answer)) {
        let answer = self.answers.entry(question.clone()).or_default();
        change(answer);
        if answer.is_empty() {
            self.answers.remove(question);
        }
    }

    /// Attaches a file to a question; the same content is one file, with the name and the date given last.
    pub fn attach(&mut self, question: &QuestionId, attachment: Attachment) {
        let attached = self.attachments.entry(question.clone()).or_default();
        match attached.iter_mut().find(|known| known.digest == attachment.digest) {
            Some(known) => *known = attachment,
            None => attached.push(attachment),
        }
    }

    /// Takes a file off a question; none left leaves no trace.
    pub fn detach(&mut self, question: &QuestionId, digest: &str) {
        if let Some(attached) = self.attachments.get_mut(question) {
            attached.retain(|known| known.digest != digest);
            if attached.is_empty() {
                self.attachments.remove(question);
            }
        }
    }

    /// Decides about a finding; a plan that says nothing leaves no trace.
    pub fn plan(&mut self, question: &QuestionId, plan: Plan) {
        if plan == Plan::default() {
            self.actions.remove(question);
        } else {
            self.actions.insert(question.clone(), plan);
        }
    }

    /// Replaces the rows of a table; none leaves no trace.
    pub fn set_rows(&mut self, table: &TableId, rows: Vec<Row>) {
        if rows.is_empty() {
            self.tables.remove(table);
        } else {
            self.tables.insert(table.clone(), rows);
        }
    }

    /// Takes over what the last visit knew, each answer marked with the date it came from, unless it already
    /// carried an older one. Flags for later, the place where it was left and the captures stay behind.
    pub fn carry_from(&mut self, last: &Assessment, questionnaire: &Questionnaire) {
        let mut answers = last.answers.clone();
        for question in questionnaire.questions() {
            // A table answers its question without a value of its own; the mark needs a place all the same.
            if let (AnswerKind::Table { .. }, Some((table, _))) =
                (&question.answer, questionnaire.table_of(question))
                && !last.rows(&table).is_empty()
            {
                answers.entry(question.id.clone()).or_default();
            }
        }
        for (id, mut answer) in answers {
            answer.carried = Some(answer.carried.unwrap_or(last.date));
            answer.flagged = false;
            if answer.evidence.is_some() {
                answer.evidence_on = Some(answer.evidence_on.unwrap_or(last.date));
            }
            self.answers.insert(id, answer);
        }
        self.tables.clone_from(&last.tables);
        self.actions.clone_from(&last.actions);
        self.attachments.clone_from(&last.attachments);
        self.express = last.express;
    }

    /// How a question counts, as long as it is asked: "not applicable" without a reason, or for a knock-out
    /// without a second person, is no answer.
    pub fn state(&self, question: &Question, questionnaire: &Questionnaire) -> State {
        self.state_by(self.answer(&question.id), question, questionnaire)
    }

    /// The same for whoever has looked its answer up.
    pub fn state_by(
        &self,
        answer: Option<&Answer>,
        question: &Question,
        questionnaire: &Questionnaire,
    ) -> State {
        let has_reason = answer.is_some_and(|answer| !answer.reason.trim().is_empty());
        match answer.and_then(|answer| answer.value.as_ref()) {
            Some(Value::Unknown) => State::Unknown,
            Some(Value::NotApplicable) => {
                let knockout = question.risk.as_ref().is_some_and(|risk| risk.knockout);
                let agreed = answer.is_some_and(|answer| !answer.agreed_by.trim().is_empty());
                if has_reason && (agreed || !knockout) { State::NotApplicable } else { State::Unanswered }
            }
            Some(Value::Nothing) if matches!(question.answer, AnswerKind::Table { .. }) => {
                if has_reason {
                    State::Answered
                } else {
                    State::Unanswered
                }
            }
            Some(Value::Choices(chosen)) if chosen.is_empty() => State::Unanswered,
            Some(Value::Text(text)) if text.trim().is_empty() => State::Unanswered,
            Some(value) if value.fits(question).is_ok() => State::Answered,
            Some(_) => State::Unanswered,
            None => match (&question.answer, questionnaire.table_of(question)) {
                (AnswerKind::Table { .. }, Some((table, _))) if !self.rows(&table).is_empty() => {
                    State::Answered
                }
                _ => State::Unanswered,
            },
        }
    }
}

impl Questionnaire {
    pub fn pin(&self) -> Pin {
        Pin { id: self.head.id.clone(), version: self.head.version.clone(), digest: self.digest.clone() }
    }
}
