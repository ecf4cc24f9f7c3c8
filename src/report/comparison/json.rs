//! What does `diff --json` print?

use jiff::civil::Date;
use serde::Serialize;

use super::ends::Compared;
use super::ends::End;
use super::site::SitePart;
use crate::domain::answer::Value;
use crate::domain::assessment::Pin;
use crate::domain::comparison::CapChange;
use crate::domain::comparison::Change;
use crate::domain::comparison::Files;
use crate::domain::comparison::Mover;
use crate::domain::comparison::Part;
use crate::domain::comparison::Side;
use crate::domain::comparison::Split;
use crate::domain::comparison::StepChange;
use crate::domain::comparison::Trend;
use crate::domain::comparison::Visit;
use crate::domain::id::QuestionId;
use crate::domain::id::StepId;
use crate::domain::scoring::Band;
use crate::domain::scoring::Figures;
use crate::domain::scoring::Level;
use crate::domain::site::SiteComparison;
use crate::domain::wording::Piece;

/// The whole comparison.
#[derive(Debug, Serialize)]
pub struct DiffDocument<'a> {
    from: EndPart<'a>,
    to: EndPart<'a>,
    score: Option<SplitPart>,
    raw: Option<SplitPart>,
    /// What the intervals say where a visit has no score.
    trend: Option<&'static str>,
    steps: Vec<StepPart<'a>>,
    changes: Vec<ChangePart<'a>>,
    findings: FindingsPart<'a>,
    actions: ActionsPart<'a>,
    caps: Vec<CapPart<'a>>,
    /// Within the answers: the points that each moved.
    movers: Vec<MoverPart<'a>>,
    compatibility: CompatibilityPart,
    /// What captures show of the client's site, then and now.
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<SitePart<'a>>,
}

#[derive(Debug, Serialize)]
struct EndPart<'a> {
    client: &'a str,
    r#ref: &'a str,
    date: Date,
    sealed: bool,
    questionnaire: &'a Pin,
    express: bool,
    amplified: bool,
    #[serde(flatten)]
    figures: FiguresPart,
    weakest: Option<&'a str>,
    /// Scored answers taken over and not confirmed.
    carried: usize,
}

#[derive(Debug, Serialize)]
pub struct FiguresPart {
    score: Option<f64>,
    band: Option<char>,
    raw: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    coverage: f64,
    confidence: f64,
}

#[derive(Debug, Clone, Copy, Serialize)]
struct SplitPart {
    delta: f64,
    by_questionnaire: f64,
    by_scope: f64,
    by_answers: f64,
}

#[derive(Debug, Serialize)]
struct StepPart<'a> {
    id: &'a str,
    from: Option<f64>,
    to: Option<f64>,
    delta: Option<f64>,
    score: Option<SplitPart>,
    raw: Option<SplitPart>,
    from_interval: Option<(f64, f64)>,
    to_interval: Option<(f64, f64)>,
    trend: Option<&'static str>,
    from_weight: Option<f64>,
    to_weight: Option<f64>,
}

#[derive(Debug, Serialize)]
struct ChangePart<'a> {
    question: &'a str,
    step: &'a str,
    kind: &'static str,
    from: Option<String>,
    to: Option<String>,
    note: bool,
    evidence: bool,
    /// Everything that differs, whatever the kind.
    parts: Vec<&'static str>,
    from_side: Option<SidePart>,
    to_side: Option<SidePart>,
    /// The note's words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<PiecePart<'a>>,
    /// The names of the files attached to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<FilesPart<'a>>,
}

#[derive(Debug, Serialize)]
struct FilesPart<'a> {
    new: &'a [String],
    gone: &'a [String],
    lapsed: &'a [String],
    renewed: &'a [String],
}

#[derive(Debug, Serialize)]
struct SidePart {
    state: &'static str,
    rows: Option<usize>,
    weight: Option<f64>,
    degree: Option<f64>,
    level: Option<&'static str>,
    evidence: &'static str,
    lapsed: bool,
    carried: Option<Date>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum PiecePart<'a> {
    Same(&'a str),
    Gone(&'a str),
    New(&'a str),
}

#[derive(Debug, Serialize)]
struct FindingsPart<'a> {
    closed: Vec<&'a str>,
    opened: Vec<&'a str>,
    eased: Vec<&'a str>,
    worsened: Vec<&'a str>,
    same: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct ActionsPart<'a> {
    closed: Vec<&'a str>,
    opened: Vec<&'a str>,
    overdue: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct CapPart<'a> {
    /// None for the overall score.
    step: Option<&'a str>,
    cap: f64,
    kind: &'static str,
    from: Vec<&'a str>,
    to: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct MoverPart<'a> {
    question: &'a str,
    step: &'a str,
    raw: f64,
    score: f64,
    step_raw: f64,
    step_score: f64,
}

#[derive(Debug, Serialize)]
struct CompatibilityPart {
    common: usize,
    all: usize,
    /// 0 to 100.
    percent: f64,
}

impl<'a> DiffDocument<'a> {
    pub fn new(compared: &Compared<'a>) -> DiffDocument<'a> {
        let comparison = compared.comparison;
        let (findings, actions) = (&comparison.findings, &comparison.actions);
        DiffDocument {
            from: end(&compared.from, &comparison.from),
            to: end(&compared.to, &comparison.to),
            score: comparison.score.map(split),
            raw: comparison.raw.map(split),
            trend: comparison.intervals.map(trend),
            steps: comparison.steps.iter().map(step).collect(),
            changes: comparison.changes.iter().map(change).collect(),
            findings: FindingsPart {
                closed: ids(&findings.closed),
                opened: ids(&findings.opened),
                eased: ids(&findings.eased),
                worsened: ids(&findings.worsened),
                same: ids(&findings.same),
            },
            actions: ActionsPart {
                closed: ids(&actions.closed),
                opened: ids(&actions.opened),
                overdue: ids(&actions.overdue),
            },
            caps: comparison.caps.iter().map(cap).collect(),
            movers: comparison.movers.iter().map(mover).collect(),
            compatibility: CompatibilityPart {
                common: comparison.common.common,
                all: comparison.common.all,
                percent: 100.0 * comparison.common.share(),
            },
            site: None,
        }
    }

    /// With what became of the site.
    #[must_use]
    pub fn with_site(self, site: &'a SiteComparison) -> DiffDocument<'a> {
        DiffDocument { site: Some(SitePart::new(site)), ..self }
    }
}

pub fn ids(questions: &[QuestionId]) -> Vec<&str> {
    questions.iter().map(QuestionId::as_str).collect()
}

fn end<'a>(end: &End<'a>, visit: &'a Visit) -> EndPart<'a> {
    EndPart {
        client: &end.assessment.client,
        r#ref: end.reference,
        date: visit.date,
        sealed: end.assessment.seal.is_some(),
        questionnaire: &visit.questionnaire,
        express: visit.express,
        amplified: visit.amplified,
        figures: figures(&visit.overall),
        weakest: visit.weakest.as_ref().map(StepId::as_str),
        carried: visit.carried,
    }
}

pub fn figures(figures: &Figures) -> FiguresPart {
    FiguresPart {
        score: figures.score,
        band: figures.band().map(Band::letter),
        raw: figures.raw,
        low: figures.interval.map(|(low, _)| low),
        high: figures.interval.map(|(_, high)| high),
        coverage: figures.coverage,
        confidence: figures.confidence,
    }
}

fn split(split: Split) -> SplitPart {
    let Split { delta, by_questionnaire, by_scope, by_answers } = split;
    SplitPart { delta, by_questionnaire, by_scope, by_answers }
}

fn trend(trend: Trend) -> &'static str {
    match trend {
        Trend::Better => "better",
        Trend::Worse => "worse",
        Trend::Undecided => "undecided",
    }
}

fn step(step: &StepChange) -> StepPart<'_> {
    let score = |figures: Option<Figures>| figures.and_then(|figures| figures.score);
    let interval = |figures: Option<Figures>| figures.and_then(|figures| figures.interval);
    StepPart {
        id: step.id.as_str(),
        from: score(step.from),
        to: score(step.to),
        delta: step.score.map(|split| split.delta),
        score: step.score.map(split),
        raw: step.raw.map(split),
        from_interval: interval(step.from),
        to_interval: interval(step.to),
        trend: step.intervals.map(trend),
        from_weight: step.from_weight,
        to_weight: step.to_weight,
    }
}

fn change(change: &Change) -> ChangePart<'_> {
    let value = |side: &Option<Side>| side.as_ref().and_then(|side| side.value.as_ref()).map(Value::word);
    ChangePart {
        question: change.question.as_str(),
        step: change.step.as_str(),
        kind: change.kind.word(),
        from: value(&change.from),
        to: value(&change.to),
        note: change.parts.contains(&Part::Note),
        evidence: change.parts.contains(&Part::Evidence) || change.parts.contains(&Part::Files),
        parts: change.parts.iter().map(|part| part.word()).collect(),
        from_side: change.from.as_ref().map(side),
        to_side: change.to.as_ref().map(side),
        words: change.note.iter().map(piece).collect(),
        files: (!change.files.is_empty()).then(|| files(&change.files)),
    }
}

fn files(files: &Files) -> FilesPart<'_> {
    let Files { new, gone, lapsed, renewed } = files;
    FilesPart { new, gone, lapsed, renewed }
}

fn side(side: &Side) -> SidePart {
    SidePart {
        state: side.state.word(),
        rows: side.rows,
        weight: side.weight,
        degree: side.degree,
        level: side.residual.map(|residual| Level::word(residual.level)),
        evidence: side.evidence.word(),
        lapsed: side.lapsed,
        carried: side.carried,
    }
}

fn piece(piece: &Piece) -> PiecePart<'_> {
    match piece {
        Piece::Same(run) => PiecePart::Same(run),
        Piece::Gone(run) => PiecePart::Gone(run),
        Piece::New(run) => PiecePart::New(run),
    }
}

fn cap(change: &CapChange) -> CapPart<'_> {
    CapPart {
        step: change.step.as_ref().map(StepId::as_str),
        cap: change.kind.cap(),
        kind: change.kind.word(),
        from: ids(&change.from),
        to: ids(&change.to),
    }
}

fn mover(mover: &Mover) -> MoverPart<'_> {
    MoverPart {
        question: mover.question.as_str(),
        step: mover.step.as_str(),
        raw: mover.raw,
        score: mover.score,
        step_raw: mover.step_raw,
        step_score: mover.step_score,
    }
}
