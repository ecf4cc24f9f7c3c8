//! Which figures are drawn? Charts as data, each with the words and the table that say the same without a picture.

use jiff::civil::Date;

use super::Column;
use super::Line;
use super::Table;
use crate::domain::scoring::Level;
use crate::domain::text::Language;
use crate::domain::words;

/// A chart with its title. Every chart has a table of the same figures: [`Chart::table`].
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    pub title: String,
    pub figures: Figures,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Figures {
    /// One axis a step, 0 to 100, the visit before behind.
    Radar(Vec<Axis>),
    /// How many findings there are for each severity and likelihood that is left, both from 1 to 4.
    RiskMap(Vec<MapCell>),
    /// The overall score, visit by visit, the oldest first.
    Trend(Vec<TrendPoint>),
    /// How much of each step is answered.
    Coverage(Vec<Covered>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    pub name: String,
    /// 0 to 100, or none where too little is answered.
    pub now: Option<f64>,
    pub before: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MapCell {
    pub severity: u8,
    pub likelihood: u8,
    pub findings: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrendPoint {
    pub date: Date,
    pub score: Option<f64>,
    pub interval: Option<(f64, f64)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Covered {
    pub name: String,
    pub answered: usize,
    pub applicable: usize,
    /// The share of the weight that is answered, 0 to 1.
    pub share: f64,
}

impl Chart {
    /// The same figures for those who do not see the chart, and for formats that draw none.
    pub fn table(&self, language: Language) -> Table {
        let (columns, rows) = match &self.figures {
            Figures::Radar(axes) => radar(axes, language),
            Figures::RiskMap(cells) => risk_map(cells, language),
            Figures::Trend(points) => trend(points, language),
            Figures::Coverage(covered) => coverage(covered, language),
        };
        Table { caption: self.title.clone(), columns, rows }
    }
}

type Cells = (Vec<Column>, Vec<Vec<Line>>);

fn radar(axes: &[Axis], language: Language) -> Cells {
    let compared = axes.iter().any(|axis| axis.before.is_some());
    let mut columns = vec![Column::new(language.pick("Étape", "Step"), 6)];
    if compared {
        columns.push(Column::figures(language.pick("Avant", "Before"), 2));
    }
    columns.push(Column::figures(language.pick("Score", "Score"), 2));
    let row = |axis: &Axis| {
        let mut row = vec![Line::plain(&axis.name)];
        if compared {
            row.push(Line::plain(score(axis.before)));
        }
        row.push(Line::plain(score(axis.now)));
        row
    };
    (columns, axes.iter().map(row).collect())
}

fn score(score: Option<f64>) -> String {
    score.map_or("–".to_owned(), |score| crate::domain::scoring::shown(score).to_string())
}

fn risk_map(cells: &[MapCell], language: Language) -> Cells {
    let columns = vec![
        Column::new(language.pick("Niveau", "Level"), 5),
        Column::new(language.pick("Gravité", "Severity"), 6),
        Column::new(language.pick("Vraisemblance", "Likelihood"), 7),
        Column::figures(language.pick("Constats", "Findings"), 5),
    ];
    let mut listed: Vec<&MapCell> = cells.iter().filter(|cell| cell.findings > 0).collect();
    listed.sort_by_key(|cell| {
        let level = Level::of(cell.severity, cell.likelihood);
        std::cmp::Reverse((level, cell.severity, cell.likelihood))
    });
    let row = |cell: &&MapCell| {
        let level = Level::of(cell.severity, cell.likelihood);
        vec![
            Line::level(level, words::level(language, level)),
            Line::plain(format!("{} · {}", cell.severity, words::figure(language, cell.severity))),
            Line::plain(format!("{} · {}", cell.likelihood, words::figure(language, cell.likelihood))),
            Line::plain(cell.findings.to_string()),
        ]
    };
    (columns, listed.iter().map(row).collect())
}

fn trend(points: &[TrendPoint], language: Language) -> Cells {
    let columns = vec![
        Column::new(language.pick("Visite", "Visit"), 4),
        Column::figures(language.pick("Score sur 100", "Score of 100"), 3),
    ];
    let row = |point: &TrendPoint| {
        let shown = match (point.score, point.interval) {
            (None, Some((low, high))) => format!("{} – {}", score(Some(low)), score(Some(high))),
            (known, _) => score(known),
        };
        vec![Line::plain(language.date(point.date)), Line::plain(shown)]
    };
    (columns, points.iter().map(row).collect())
}

fn coverage(covered: &[Covered], language: Language) -> Cells {
    let columns = vec![
        Column::new(language.pick("Étape", "Step"), 6),
        Column::figures(language.pick("Répondues", "Answered"), 4),
        Column::figures(language.pick("Couverture", "Coverage"), 4),
    ];
    let row = |step: &Covered| {
        vec![
            Line::plain(&step.name),
            Line::plain(format!("{} / {}", step.answered, step.applicable)),
            Line::plain(language.percent(step.share)),
        ]
    };
    (columns, covered.iter().map(row).collect())
}
