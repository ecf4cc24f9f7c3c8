//! What does the portfolio say of a client? A line, derived from its files.

use std::cmp::Ordering;
use std::ffi::OsStr;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

use crate::domain::scoring::Band;
use crate::domain::scoring::shown;
use crate::storage::error::Error;

/// A client, in a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub folder: String,
    /// Empty where `client.ron` cannot be read.
    pub name: String,
    /// The name without case and accents, for sorting and finding.
    pub key: String,
    /// The last day on which the files are to be kept, where somebody has decided.
    pub keep_until: Option<Date>,
    /// The day on which the client was archived.
    pub archived: Option<Date>,
    pub visits: usize,
    /// The day of the last visit, by its file's name.
    pub last: Option<Date>,
    /// What the last visit came to; none where there is none, or none that can be read.
    pub standing: Option<Standing>,
    /// The score of the visit before it.
    pub before: Option<f64>,
    /// Why something of it cannot be read.
    #[serde(skip)]
    pub error: Option<Box<Error>>,
}

impl Line {
    /// Of a client of whom nothing is known but the folder.
    pub(super) fn unread(folder: &OsStr) -> Line {
        Line {
            folder: folder.to_string_lossy().into_owned(),
            name: String::new(),
            key: String::new(),
            keep_until: None,
            archived: None,
            visits: 0,
            last: None,
            standing: None,
            before: None,
            error: None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// As the visit itself has it.
    pub date: Date,
    pub score: Option<f64>,
    pub low: f64,
    pub high: f64,
    pub coverage: f64,
    /// Findings that nobody has dealt with.
    pub open: usize,
    /// When those of them are due that have a date.
    pub due: Vec<Date>,
}

impl Standing {
    pub fn band(&self) -> Option<Band> {
        self.score.map(Band::of)
    }

    /// How many open actions should have been done before this day.
    pub fn overdue(&self, today: Date) -> usize {
        self.due.iter().filter(|due| **due < today).count()
    }
}

impl Line {
    /// The order of their names; of those called the same, that of their folders.
    pub fn by_name(&self, other: &Line) -> Ordering {
        (&self.key, &self.folder).cmp(&(&other.key, &other.folder))
    }

    /// The client's name; where the folder does not say whose it is, that of the folder.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.folder } else { &self.name }
    }

    /// Whether the files should not be kept any longer.
    pub fn is_kept_too_long(&self, today: Date) -> bool {
        self.keep_until.is_some_and(|until| until < today)
    }

    /// Whether the next visit is due: the last was a year ago, when what was seen then counts less.
    pub fn is_visit_due(&self, today: Date) -> bool {
        self.last.and_then(|last| last.checked_add(1.year()).ok()).is_some_and(|due| due <= today)
    }

    /// Where the score went since the visit before, as both are shown.
    pub fn trend(&self) -> Option<Ordering> {
        let now = self.standing.as_ref()?.score?;
        Some(shown(now).cmp(&shown(self.before?)))
    }
}

/// What the index holds of a client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Over the names and stamps of its files.
    pub fingerprint: u64,
    /// Whether a pinned copy of a questionnaire was needed.
    pub pinned: bool,
    /// Shared with whoever shows it.
    pub line: Arc<Line>,
}
