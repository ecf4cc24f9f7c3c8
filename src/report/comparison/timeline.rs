//! How are all visits of a client handed over side by side? As JSON for programs, as tables for people.

use jiff::civil::Date;
use serde::Serialize;

use super::ends::End;
use super::json::FiguresPart;
use super::json::figures;
use super::json::ids;
use super::said;
use crate::domain::assessment::Pin;
use crate::domain::id::StepId;
use crate::domain::questionnaire::Step;
use crate::domain::text::Language;
use crate::domain::text::plain_line;
use crate::domain::timeline::Point;
use crate::report::brand::Brand;
use crate::report::document::Block;
use crate::report::document::Column;
use crate::report::document::Document;
use crate::report::document::Line;
use crate::report::document::Table;
use crate::report::document::disclaimer;

/// A visit, and what it came to.
#[derive(Debug, Clone, Copy)]
pub struct Stage<'a> {
    pub end: End<'a>,
    pub point: &'a Point,
}

/// What `diff --timeline --json` prints.
#[derive(Debug, Serialize)]
pub struct TimelineDocument<'a> {
    client: &'a str,
    /// Oldest first.
    visits: Vec<VisitPart<'a>>,
}

#[derive(Debug, Serialize)]
struct VisitPart<'a> {
    r#ref: &'a str,
    date: Date,
    sealed: bool,
    questionnaire: &'a Pin,
    #[serde(flatten)]
    figures: FiguresPart,
    steps: Vec<StepPart<'a>>,
    findings: usize,
    actions: ActionsPart<'a>,
}

#[derive(Debug, Serialize)]
struct StepPart<'a> {
    id: &'a str,
    #[serde(flatten)]
    figures: FiguresPart,
}

/// Since the visit before; at the first, all that is open is opened.
#[derive(Debug, Serialize)]
struct ActionsPart<'a> {
    open: Vec<&'a str>,
    opened: Vec<&'a str>,
    closed: Vec<&'a str>,
}

impl<'a> TimelineDocument<'a> {
    pub fn new(stages: &'a [Stage<'a>]) -> TimelineDocument<'a> {
        TimelineDocument {
            client: stages.last().map_or("", |stage| &stage.end.assessment.client),
            visits: stages.iter().map(visit).collect(),
        }
    }
}

fn visit<'a>(stage: &'a Stage<'a>) -> VisitPart<'a> {
    let Stage { end, point } = stage;
    let step = |step: &'a crate::domain::scoring::StepScore| StepPart {
        id: step.id.as_str(),
        figures: figures(&step.figures),
    };
    VisitPart {
        r#ref: end.reference,
        date: end.assessment.date,
        sealed: end.assessment.seal.is_some(),
        questionnaire: &end.assessment.questionnaire,
        figures: figures(&point.score.overall.figures),
        steps: point.score.steps.iter().map(step).collect(),
        findings: point.score.findings.len(),
        actions: ActionsPart {
            open: ids(&point.open),
            opened: ids(&point.opened),
            closed: ids(&point.closed),
        },
    }
}

/// Every step that any visit has: the last visit's first, then those that only earlier ones have.
pub fn steps<'a>(stages: &[Stage<'a>]) -> Vec<&'a Step> {
    let mut seen: Vec<&StepId> = Vec::new();
    let mut steps = Vec::new();
    for stage in stages.iter().rev() {
        for step in &stage.end.questionnaire.steps {
            if !seen.contains(&&step.id) {
                seen.push(&step.id);
                steps.push(step);
            }
        }
    }
    steps
}

/// The timeline as a document of its own: a row a visit, then a row a step.
pub fn timeline_document(stages: &[Stage], language: Language) -> Document {
    let client = stages.last().map_or(String::new(), |stage| plain_line(&stage.end.assessment.client));
    let versions = stages.iter().map(|stage| &stage.end.assessment.questionnaire);
    let mut versions: Vec<String> = versions.map(|pin| format!("{} {}", pin.id, pin.version)).collect();
    versions.dedup();
    Document {
        language,
        title: language.pick("D’une visite à l’autre", "From visit to visit").to_owned(),
        client,
        subtitle: versions.join(" → "),
        footer: disclaimer(language).to_owned(),
        brand: Brand::default(),
        compact: false,
        blocks: vec![
            Block::Table(visits_table(stages, language)),
            Block::Table(steps_table(stages, language)),
        ],
    }
}

fn visits_table(stages: &[Stage], language: Language) -> Table {
    let heads = [
        language.pick("score global", "overall score"),
        language.pick("sans plafonds", "without caps"),
        language.pick("couverture", "coverage"),
        language.pick("constats", "findings"),
        language.pick("actions ouvertes", "actions open"),
        language.pick("ouvertes depuis", "opened since"),
        language.pick("closes depuis", "closed since"),
    ];
    let first = Column::new(language.pick("visite", "visit"), 3);
    let row = |stage: &Stage| {
        let Point { score, open, opened, closed } = stage.point;
        let overall = &score.overall.figures;
        let tenth = |raw: f64| language.number((raw * 10.0).floor() / 10.0);
        let cells = [
            language.date(stage.end.assessment.date),
            said::shown(Some(overall), language),
            overall.raw.map_or("–".to_owned(), tenth),
            language.percent(overall.coverage),
            score.findings.len().to_string(),
            open.len().to_string(),
            opened.len().to_string(),
            closed.len().to_string(),
        ];
        cells.into_iter().map(Line::plain).collect()
    };
    Table {
        caption: language.pick("Les visites", "The visits").to_owned(),
        columns: std::iter::once(first)
            .chain(heads.into_iter().map(|head| Column::figures(head, 2)))
            .collect(),
        rows: stages.iter().map(row).collect(),
    }
}

fn steps_table(stages: &[Stage], language: Language) -> Table {
    let dates = stages.iter().map(|stage| language.date(stage.end.assessment.date));
    let first = Column::new(language.pick("étape", "step"), 5);
    let row = |step: &Step| {
        let shown =
            |stage: &Stage| said::shown(stage.point.score.step(&step.id).map(|step| &step.figures), language);
        let title = plain_line(step.title.get(language));
        std::iter::once(title).chain(stages.iter().map(shown)).map(Line::plain).collect()
    };
    Table {
        caption: language.pick("Les étapes", "The steps").to_owned(),
        columns: std::iter::once(first).chain(dates.map(|date| Column::figures(date, 2))).collect(),
        rows: steps(stages).into_iter().map(row).collect(),
    }
}
