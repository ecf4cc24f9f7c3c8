//! What can be wrong in a store? A finding: what and where, what to do about it, and whether that can be done here.

use std::path::Path;
use std::path::PathBuf;

use crate::domain::text::Text;
use crate::storage::error::Error;
use crate::storage::rescue::Rescue;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Unreadable,
    Rescue,
    Questionnaire,
    Seal,
    Misplaced,
    Orphan,
    Permissions,
    Leftover,
    History,
    Foreign,
    Due,
}

impl Kind {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Unreadable => "unreadable",
            Kind::Rescue => "rescue",
            Kind::Questionnaire => "questionnaire",
            Kind::Seal => "seal",
            Kind::Misplaced => "misplaced",
            Kind::Orphan => "orphan",
            Kind::Permissions => "permissions",
            Kind::Leftover => "leftover",
            Kind::History => "history",
            Kind::Foreign => "foreign",
            Kind::Due => "due",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub kind: Kind,
    pub path: PathBuf,
    pub message: Text,
    /// What to do about it.
    pub advice: Text,
    pub mend: Option<Mend>,
}

/// What can be done about a finding without asking anybody: nothing that was entered is lost by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mend {
    /// Takes the permissions of others away.
    MakePrivate(u32),
    /// Removes what is left of a write, a lock or a history.
    Remove,
    /// Writes down who the client is.
    NameClient(String),
    BringIn(Rescue),
}

impl Finding {
    pub fn new(kind: Kind, path: &Path, message: Text, advice: Text) -> Finding {
        Finding { kind, path: path.to_owned(), message, advice, mend: None }
    }

    #[must_use]
    pub fn mended_by(mut self, mend: Mend) -> Finding {
        self.mend = Some(mend);
        self
    }

    /// What an error says, with its hint or another advice.
    pub fn of(kind: Kind, path: &Path, error: Error, advice: Option<Text>) -> Finding {
        let advice = advice.or(error.hint).unwrap_or_default();
        Finding::new(kind, path, error.message, advice)
    }
}
