//! What does a document say, whatever file it ends up in? Headings, paragraphs, tables and charts, without mark-up.
//!
//! What a document says is decided once, in `content`; how it looks is decided once a format, in `html`, `docx` and
//! `markdown`. Texts here are plain: each format makes them harmless in its own way, so that no client's name can
//! be mark-up anywhere.

use crate::domain::scoring::Band;
use crate::domain::scoring::Level;
use crate::domain::text::Language;
use crate::domain::text::plain;

use super::brand::Brand;

pub mod chart;

pub use chart::Chart;

/// One document, complete.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub language: Language,
    /// What it is: "One page", "Action plan", "Full record".
    pub title: String,
    /// Whom it is about.
    pub client: String,
    /// The visit's date and questionnaire, under the title.
    pub subtitle: String,
    /// What it is not, in a sentence, at the foot of every page.
    pub footer: String,
    /// Who hands it over.
    pub brand: Brand,
    /// Meant for one sheet of paper: set smaller, with less room between.
    pub compact: bool,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Level 1 is a chapter, 2 a part of it, 3 a question.
    Heading {
        level: u8,
        text: String,
        /// Where a link to it leads; unique in the document. Empty where nothing leads.
        anchor: String,
    },
    Paragraph(Line),
    /// Set apart from the text around: a caveat, a warning.
    Note(Line),
    List(Vec<Line>),
    /// Names and what they stand for, a line each.
    Facts(Vec<Fact>),
    Table(Table),
    Verdict(Verdict),
    Chart(Chart),
    PageBreak,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub name: String,
    pub value: Line,
}

/// Runs of text that follow each other. A line end in one stays a line end.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line(pub Vec<Run>);

#[derive(Debug, Clone, PartialEq)]
pub enum Run {
    Plain(String),
    Strong(String),
    /// Beside the point: smaller or greyer, never only that.
    Quiet(String),
    /// A word that names a level of risk, coloured where there is colour.
    Level(Level, String),
    /// Words that went since the last visit.
    Gone(String),
    /// Words that came since.
    New(String),
}

/// A table, with its heading row repeated on every page.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it shows, for those who cannot see where it stands.
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Line>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub title: String,
    /// Its share of the width, in any unit.
    pub width: u16,
    /// Figures stand right.
    pub figures: bool,
}

/// The figure that everybody looks at first, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// 0 to 100, rounded down; none where too little is answered.
    pub score: Option<u8>,
    pub band: Option<Band>,
    /// The score if everything open turned out bad, and good.
    pub interval: Option<(u8, u8)>,
    /// What the band means, or why there is no score.
    pub sentence: String,
    /// What came of it since the last visit: "+12 since 4 May 2026".
    pub moved: Option<String>,
    /// Coverage, confidence and what holds the score down.
    pub facts: Vec<Fact>,
}

impl Fact {
    /// A fact whose name comes out of a file, where it may be anything.
    pub fn of(name: impl AsRef<str>, value: Line) -> Fact {
        Fact { name: plain(name.as_ref()), value }
    }
}

impl Line {
    pub fn plain(text: impl AsRef<str>) -> Line {
        Line::default().and(text)
    }

    pub fn strong(text: impl AsRef<str>) -> Line {
        Line(vec![Run::Strong(plain(text.as_ref()))])
    }

    pub fn quiet(text: impl AsRef<str>) -> Line {
        Line::default().and_quiet(text)
    }

    pub fn level(level: Level, word: &str) -> Line {
        Line(vec![Run::Level(level, word.to_owned())])
    }

    /// The line with more text behind it.
    #[must_use]
    pub fn and(self, text: impl AsRef<str>) -> Line {
        self.with(Run::Plain(plain(text.as_ref())))
    }

    #[must_use]
    pub fn and_quiet(self, text: impl AsRef<str>) -> Line {
        self.with(Run::Quiet(plain(text.as_ref())))
    }

    #[must_use]
    pub fn with(mut self, run: Run) -> Line {
        self.0.push(run);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|run| run.text().is_empty())
    }

    /// The words without their looks.
    pub fn text(&self) -> String {
        self.0.iter().map(Run::text).collect()
    }
}

impl Run {
    pub fn text(&self) -> &str {
        match self {
            Run::Plain(text)
            | Run::Strong(text)
            | Run::Quiet(text)
            | Run::Level(_, text)
            | Run::Gone(text)
            | Run::New(text) => text,
        }
    }
}

impl Column {
    pub fn new(title: impl Into<String>, width: u16) -> Column {
        Column { title: title.into(), width, figures: false }
    }

    pub fn figures(title: impl Into<String>, width: u16) -> Column {
        Column { title: title.into(), width, figures: true }
    }
}

/// What every document is not, in a sentence.
pub fn disclaimer(language: Language) -> &'static str {
    language.pick(
        "Ce document rend compte de réponses, de preuves et de risques\u{202f}; il n’est ni un certificat ni un avis juridique.",
        "This document reports answers, evidence and risks; it is neither a certificate nor legal advice.",
    )
}
