//! What do other programs read? Scores, records and the portfolio as JSON documents.
//!
//! Names and meanings of the fields are a contract: fields may be added, none changes.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value as Json;

use super::attached::AttachmentPart;
use super::captured;
use super::captured::Captured;
use super::captured::ContradictionPart;
use crate::domain::answer::Answer;
use crate::domain::answer::Cell;
use crate::domain::answer::Evidence;
use crate::domain::answer::Override;
use crate::domain::answer::Row;
use crate::domain::answer::Value;
use crate::domain::assessment::Assessment;
use crate::domain::assessment::Pin;
use crate::domain::assessment::Plan;
use crate::domain::assessment::Seal;
use crate::domain::capture::Capture;
use crate::domain::id::QuestionId;
use crate::domain::id::StepId;
use crate::domain::questionnaire::Lowers;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scoring::Band;
use crate::domain::scoring::Cap;
use crate::domain::scoring::Figures;
use crate::domain::scoring::QuestionScore;
use crate::domain::scoring::Residual;
use crate::domain::scoring::Score;
use crate::domain::scoring::StepScore;
use crate::domain::text::is_obeyed;
use crate::storage::attachments::Checked;
use crate::storage::captures::Seen;

/// A document with its line end, as printed. What a terminal would obey is written as an escape, which says the same.
pub fn text(document: &impl Serialize) -> Result<String, serde_json::Error> {
    let text = serde_json::to_string_pretty(document)?;
    let mut harmless = String::with_capacity(text.len() + 1);
    for line in text.lines() {
        // Most lines have ASCII alone, of which JSON itself escapes all that is obeyed but one.
        if line.is_ascii() && !line.contains('\x7f') {
            harmless.push_str(line);
        } else {
            line.chars().for_each(|letter| push_harmless(&mut harmless, letter));
        }
        harmless.push('\n');
    }
    Ok(harmless)
}

/// A letter, or its escape; all that is obeyed fits in four digits.
fn push_harmless(text: &mut String, letter: char) {
    if is_obeyed(letter) {
        // Writing to a text does not fail.
        let _ = write!(text, "\\u{:04x}", u32::from(letter));
    } else {
        text.push(letter);
    }
}

/// What every document about one visit begins with.
#[derive(Debug, Serialize)]
pub struct Head<'a> {
    client: &'a str,
    r#ref: &'a str,
    date: Date,
    sealed: bool,
    questionnaire: &'a Pin,
    express: bool,
}

impl<'a> Head<'a> {
    pub fn of(reference: &'a str, assessment: &'a Assessment) -> Head<'a> {
        Head {
            client: &assessment.client,
            r#ref: reference,
            date: assessment.date,
            sealed: assessment.seal.is_some(),
            questionnaire: &assessment.questionnaire,
            express: assessment.express,
        }
    }
}

/// `score --json`.
#[derive(Debug, Serialize)]
pub struct ScoreDocument<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    amplified: bool,
    overall: OverallPart<'a>,
    steps: Vec<StepPart<'a>>,
    questions: Vec<QuestionPart<'a>>,
    findings: Vec<&'a str>,
    /// Answers that captures disprove, explained or not: they lower confidence as long as they are open.
    contradictions: Vec<ContradictionPart<'a>>,
}

#[derive(Debug, Serialize)]
struct FiguresPart {
    score: Option<f64>,
    raw: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    band: Option<char>,
    coverage: f64,
    confidence: f64,
}

#[derive(Debug, Serialize)]
struct CapPart<'a> {
    cap: f64,
    kind: &'static str,
    because: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct OverallPart<'a> {
    #[serde(flatten)]
    figures: FiguresPart,
    caps: Vec<CapPart<'a>>,
    /// The step that holds the overall score down to its own plus 15.
    weakest: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct StepPart<'a> {
    id: &'a str,
    weight: f64,
    #[serde(flatten)]
    figures: FiguresPart,
    answered: usize,
    applicable: usize,
    /// The share of the step's weight that somebody declared not applicable.
    not_applicable: f64,
    caps: Vec<CapPart<'a>>,
}

#[derive(Debug, Serialize)]
struct QuestionPart<'a> {
    id: &'a str,
    step: &'a str,
    state: &'static str,
    severity: u8,
    likelihood: u8,
    knockout: bool,
    lowers: &'static str,
    amplified: bool,
    weight: f64,
    degree: Option<f64>,
    residual: Option<ResidualPart>,
    evidence: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct ResidualPart {
    severity: u8,
    likelihood: u8,
    level: &'static str,
}

impl<'a> ScoreDocument<'a> {
    pub fn new(
        reference: &'a str,
        questionnaire: &'a Questionnaire,
        assessment: &'a Assessment,
        score: &'a Score,
    ) -> ScoreDocument<'a> {
        ScoreDocument {
            head: Head::of(reference, assessment),
            amplified: score.amplified,
            overall: OverallPart {
                figures: FiguresPart::of(&score.overall.figures),
                caps: caps(&score.overall.caps),
                weakest: score.overall.weakest.as_ref().map(StepId::as_str),
            },
            steps: score.steps.iter().map(StepPart::of).collect(),
            questions: score.questions.iter().map(QuestionPart::of).collect(),
            findings: score.findings.iter().map(QuestionId::as_str).collect(),
            contradictions: captured::contradictions(questionnaire, assessment),
        }
    }
}

impl FiguresPart {
    fn of(figures: &Figures) -> FiguresPart {
        FiguresPart {
            score: figures.score,
            raw: figures.raw,
            low: figures.interval.map(|(low, _)| low),
            high: figures.interval.map(|(_, high)| high),
            band: figures.band().map(Band::letter),
            coverage: figures.coverage,
            confidence: figures.confidence,
        }
    }
}

fn caps(caps: &[Cap]) -> Vec<CapPart<'_>> {
    caps.iter().map(CapPart::of).collect()
}

impl<'a> CapPart<'a> {
    fn of(cap: &'a Cap) -> CapPart<'a> {
        CapPart {
            cap: cap.kind.cap(),
            kind: cap.kind.word(),
            because: cap.because.iter().map(QuestionId::as_str).collect(),
        }
    }
}

impl<'a> StepPart<'a> {
    fn of(step: &'a StepScore) -> StepPart<'a> {
        StepPart {
            id: step.id.as_str(),
            weight: step.weight,
            figures: FiguresPart::of(&step.figures),
            answered: step.answered,
            applicable: step.applicable,
            not_applicable: step.not_applicable,
            caps: caps(&step.caps),
        }
    }
}

impl<'a> QuestionPart<'a> {
    fn of(question: &'a QuestionScore) -> QuestionPart<'a> {
        QuestionPart {
            id: question.id.as_str(),
            step: question.step.as_str(),
            state: question.state.word(),
            severity: question.severity,
            likelihood: question.likelihood,
            knockout: question.knockout,
            lowers: match question.lowers {
                Lowers::Likelihood => "likelihood",
                Lowers::Severity => "severity",
            },
            amplified: question.amplified,
            weight: question.weight,
            degree: question.degree,
            residual: question.residual.map(ResidualPart::of),
            evidence: question.evidence.map(Evidence::word),
        }
    }
}

impl ResidualPart {
    fn of(residual: Residual) -> ResidualPart {
        ResidualPart {
            severity: residual.severity,
            likelihood: residual.likelihood,
            level: residual.level.word(),
        }
    }
}

/// `show --json`: the whole record.
#[derive(Debug, Serialize)]
pub struct RecordDocument<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    /// The question at which it was left.
    at: Option<&'a str>,
    answers: BTreeMap<&'a str, AnswerPart<'a>>,
    tables: BTreeMap<&'a str, Vec<BTreeMap<&'a str, Json>>>,
    actions: BTreeMap<&'a str, PlanPart<'a>>,
    #[serde(flatten)]
    captured: Captured<'a>,
    captures: Vec<CapturePart<'a>>,
    attachments: Vec<AttachmentPart<'a>>,
    seal: Option<SealPart<'a>>,
}

/// What lies beside the file of a visit: its captures, and the files attached to questions.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    pub captures: &'a [Seen],
    pub attached: &'a [Checked],
}

/// A capture of the client's site with everything that was read out of it.
#[derive(Debug, Serialize)]
pub struct CapturePart<'a> {
    name: &'a str,
    phase: &'static str,
    on: Date,
    summary: &'a str,
    kept: Option<&'a str>,
    #[serde(flatten)]
    read: CaptureRead<'a>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum CaptureRead<'a> {
    Whole(&'a Capture),
    /// Its file is missing, or not as it was kept.
    Failed {
        digest: &'a str,
        error: &'a str,
    },
}

impl<'a> CapturePart<'a> {
    pub fn new(seen: &'a Seen) -> CapturePart<'a> {
        let label = &seen.label;
        CapturePart {
            name: &label.name,
            phase: label.phase.word(),
            on: label.on,
            summary: &label.summary,
            kept: label.kept.as_deref(),
            read: match &seen.capture {
                Ok(capture) => CaptureRead::Whole(capture),
                Err(error) => CaptureRead::Failed { digest: &label.digest, error: &error.message.en },
            },
        }
    }
}

#[derive(Debug, Serialize)]
struct AnswerPart<'a> {
    value: Json,
    note: &'a str,
    reason: &'a str,
    agreed_by: &'a str,
    said_by: &'a str,
    evidence: Option<&'static str>,
    evidence_on: Option<Date>,
    judgement: &'a str,
    severity: Option<OverridePart<'a>>,
    likelihood: Option<OverridePart<'a>>,
    flagged: bool,
    follow_up: Option<FollowUpPart<'a>>,
    details: BTreeMap<&'a str, Json>,
    carried: Option<Date>,
}

#[derive(Debug, Serialize)]
struct OverridePart<'a> {
    figure: u8,
    reason: &'a str,
}

#[derive(Debug, Serialize)]
struct FollowUpPart<'a> {
    who: &'a str,
    by: Option<Date>,
}

#[derive(Debug, Serialize)]
struct PlanPart<'a> {
    owner: &'a str,
    due: Option<Date>,
    status: &'static str,
    reason: &'a str,
}

#[derive(Debug, Serialize)]
struct SealPart<'a> {
    on: Date,
    previous: &'a str,
    digest: &'a str,
}

impl<'a> RecordDocument<'a> {
    pub fn new(
        reference: &'a str,
        questionnaire: &'a Questionnaire,
        assessment: &'a Assessment,
        beside: Beside<'a>,
    ) -> RecordDocument<'a> {
        let answers = &assessment.answers;
        let tables = &assessment.tables;
        RecordDocument {
            head: Head::of(reference, assessment),
            at: assessment.at.as_ref().map(QuestionId::as_str),
            answers: answers.iter().map(|(id, answer)| (id.as_str(), AnswerPart::of(answer))).collect(),
            tables: tables.iter().map(|(id, rows)| (id.as_str(), rows.iter().map(row).collect())).collect(),
            actions: assessment.actions.iter().map(|(id, plan)| (id.as_str(), PlanPart::of(plan))).collect(),
            captured: Captured::new(questionnaire, assessment),
            captures: beside.captures.iter().map(CapturePart::new).collect(),
            attachments: beside.attached.iter().map(AttachmentPart::new).collect(),
            seal: assessment.seal.as_ref().map(SealPart::of),
        }
    }
}

impl<'a> AnswerPart<'a> {
    fn of(answer: &'a Answer) -> AnswerPart<'a> {
        AnswerPart {
            value: answer.value.as_ref().map_or(Json::Null, value),
            note: &answer.note,
            reason: &answer.reason,
            agreed_by: &answer.agreed_by,
            said_by: &answer.said_by,
            evidence: answer.evidence.map(Evidence::word),
            evidence_on: answer.evidence_on,
            judgement: &answer.judgement,
            severity: answer.severity.as_ref().map(OverridePart::of),
            likelihood: answer.likelihood.as_ref().map(OverridePart::of),
            flagged: answer.flagged,
            follow_up: (!answer.follow_up.is_empty())
                .then_some(FollowUpPart { who: &answer.follow_up.who, by: answer.follow_up.by }),
            details: row(&answer.details),
            carried: answer.carried,
        }
    }
}

impl<'a> OverridePart<'a> {
    fn of(own: &'a Override) -> OverridePart<'a> {
        OverridePart { figure: own.figure, reason: &own.reason }
    }
}

impl<'a> PlanPart<'a> {
    fn of(plan: &'a Plan) -> PlanPart<'a> {
        PlanPart { owner: &plan.owner, due: plan.due, status: plan.status.word(), reason: &plan.reason }
    }
}

impl<'a> SealPart<'a> {
    fn of(seal: &'a Seal) -> SealPart<'a> {
        SealPart { on: seal.on, previous: &seal.previous, digest: &seal.digest }
    }
}

/// The word that commands take for it; a number as a number.
fn value(value: &Value) -> Json {
    match value {
        Value::Number(number) => Json::from(*number),
        other => Json::from(other.word()),
    }
}

fn row(row: &Row) -> BTreeMap<&str, Json> {
    let cell = |cell: &Cell| match cell {
        Cell::Number(number) => Json::from(*number),
        other => Json::from(other.word()),
    };
    row.iter().map(|(column, filled)| (column.as_str(), cell(filled))).collect()
}

/// One entry of `clients --json`.
#[derive(Debug, Serialize)]
pub struct ClientEntry<'a> {
    pub client: &'a str,
    pub folder: &'a str,
    pub visits: usize,
    pub last: Option<LastVisit>,
    /// None where the last visit cannot be read: nobody knows.
    pub open_actions: Option<usize>,
    pub overdue: Option<usize>,
    /// The last day on which the files are to be kept, where somebody has decided.
    pub keep_until: Option<Date>,
    /// That day is over.
    pub due: bool,
    /// The last visit was a year ago or more; of nobody who is archived.
    pub visit_due: bool,
    /// The day on which the client was archived.
    pub archived: Option<Date>,
    /// Why there is nothing about a visit that does exist.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LastVisit {
    pub date: Date,
    pub score: Option<f64>,
    pub band: Option<char>,
    pub coverage: f64,
    /// The score of the visit before it.
    pub before: Option<f64>,
}

/// One entry of `doctor --json`.
#[derive(Debug, Serialize)]
pub struct FindingEntry<'a> {
    pub kind: &'static str,
    pub path: String,
    pub message: &'a str,
    pub advice: &'a str,
    /// `--fix` does something about it.
    pub mendable: bool,
    /// It was done just now.
    pub mended: bool,
}

/// One entry of `history --json`.
#[derive(Debug, Serialize)]
pub struct StateEntry {
    pub number: u64,
    /// When the visit was saved in this state, in UTC.
    pub saved: String,
    pub answers: Option<usize>,
    /// The ids of what was changed from this state to the next, or to the present one.
    pub changed_after: Option<Vec<String>>,
    /// Why nothing more is known of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// One entry of `questionnaires --json`.
#[derive(Debug, Serialize)]
pub struct QuestionnaireEntry<'a> {
    pub id: &'a str,
    pub version: &'a str,
    pub digest: &'a str,
    pub title: &'a str,
    pub questions: usize,
    pub legal_baseline: Date,
    pub built_in: bool,
    pub origin: &'a str,
}
