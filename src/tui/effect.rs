//! What is to be done outside the model, and what came of it? Both as plain data.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::domain::assessment::Assessment;
use crate::domain::attachment::Attachment;
use crate::domain::capture::CaptureLabel;
use crate::domain::id::QuestionId;
use crate::domain::merge::Merged;
use crate::domain::observing::Taken;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::text::plain_line;
use crate::report::content::Kind;
use crate::report::document::Document;
use crate::report::export::Format;
use crate::storage::attachments::Checked;
use crate::storage::captures::Seen;
use crate::storage::clients::VisitKey;
use crate::storage::error::Error;
use crate::storage::portfolio::line::Line;
use crate::storage::seals::Unconfirmed;
use crate::storage::summing_up::Sum;

/// Something that touches files, a process or the terminal.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Reads the store's clients, in portions between other effects.
    ListClients,
    /// Reads the last visits of these clients, in portions between other effects; `run` tells one such wish from others.
    SumUp {
        folders: Vec<String>,
        run: u64,
    },
    /// Opens a client's latest visit, to be read only where it is sealed; makes one where there is none.
    OpenClient {
        folder: String,
    },
    /// Opens this visit of a client.
    OpenVisit {
        folder: String,
        /// As its file is called.
        visit: String,
    },
    CreateClient {
        name: String,
    },
    /// Opens the visit once more, to change it: whoever had it may be gone, and the disk may be writable.
    TakeOver {
        reference: String,
    },
    /// A new visit, which starts from the last.
    NewVisit {
        folder: String,
    },
    /// Moves a client with all visits into the trash.
    DeleteClient {
        folder: String,
    },
    /// Puts a client among those that are archived, or takes it back.
    Archive {
        folder: String,
        away: bool,
    },
    /// Which visits of a client there are, and which in the trash.
    ListVisits {
        folder: String,
    },
    /// Moves one visit into the trash.
    DeleteVisit {
        folder: String,
        /// As its file is called.
        visit: String,
    },
    /// Seals one visit: from then on it is only read.
    SealVisit {
        folder: String,
        /// As its file is called.
        visit: String,
        unconfirmed: Unconfirmed,
    },
    /// Gives up work that takes its time.
    GiveUp(Work),
    /// Checks all seals of a client.
    CheckSeals {
        folder: String,
    },
    /// Removes for good what lies in the trash under this name.
    Erase {
        id: String,
    },
    /// Brings back what lies in the trash under this name.
    PutBack {
        id: String,
    },
    /// Writes the open visit; the revision tells which state it was.
    Save {
        assessment: Arc<Assessment>,
        revision: u64,
    },
    /// What [`Outcome::Merged`] brought is in the visit: states to write derive from it from now on.
    TakenIn,
    /// Reads all visits of a client, for comparing them.
    ReadHistory {
        folder: String,
    },
    /// Reads what the captures of the open visit showed.
    ReadCaptures {
        reference: String,
        labels: Vec<CaptureLabel>,
    },
    /// Looks at the files that the open visit names as attached.
    CheckFiles {
        reference: String,
        assessment: Box<Assessment>,
    },
    /// Copies a file beside the open visit, to be attached.
    Attach(Box<Attaching>),
    /// Makes the document, to be seen.
    Preview(Box<Paper>),
    /// Makes the document and writes it into the client's folder.
    WriteDocument(Box<Paper>, Format),
    /// Gives the open visit back to others.
    CloseVisit,
    /// Keeps the interface's language for next time.
    Remember {
        language: Language,
    },
    /// Asks the terminal to take a text into its clipboard.
    Copy {
        sequence: String,
    },
    Suspend,
    /// Draws everything anew: something else has written on the terminal.
    Redraw,
}

impl Effect {
    /// The folder of the client in the list on whom it is to be done: it may be gone since it was read.
    pub fn on_client(&self) -> Option<&str> {
        match self {
            Effect::OpenClient { folder }
            | Effect::OpenVisit { folder, .. }
            | Effect::NewVisit { folder }
            | Effect::DeleteClient { folder }
            | Effect::Archive { folder, .. }
            | Effect::ListVisits { folder }
            | Effect::DeleteVisit { folder, .. }
            | Effect::SealVisit { folder, .. }
            | Effect::CheckSeals { folder } => Some(folder),
            _ => None,
        }
    }

    /// Whether it leads to other clients, to other visits to work on, or to what was deleted.
    pub fn leaves_the_visit(&self) -> bool {
        match self {
            Effect::ListClients
            | Effect::SumUp { .. }
            | Effect::OpenClient { .. }
            | Effect::OpenVisit { .. }
            | Effect::CreateClient { .. }
            | Effect::NewVisit { .. }
            | Effect::DeleteClient { .. }
            | Effect::Archive { .. }
            | Effect::ListVisits { .. }
            | Effect::DeleteVisit { .. }
            | Effect::SealVisit { .. }
            | Effect::GiveUp(Work::Sealing | Work::CheckingSeals | Work::SummingUp)
            | Effect::CheckSeals { .. }
            | Effect::Erase { .. }
            | Effect::PutBack { .. } => true,
            Effect::Save { .. }
            | Effect::TakeOver { .. }
            | Effect::TakenIn
            | Effect::ReadHistory { .. }
            | Effect::ReadCaptures { .. }
            | Effect::CheckFiles { .. }
            | Effect::Attach(_)
            | Effect::GiveUp(Work::Attaching)
            | Effect::Preview(_)
            | Effect::WriteDocument(..)
            | Effect::CloseVisit
            | Effect::Remember { .. }
            | Effect::Copy { .. }
            | Effect::Suspend
            | Effect::Redraw => false,
        }
    }
}

/// Work that is done beside what is asked for, tells how far it is, and can be given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    Attaching,
    Sealing,
    CheckingSeals,
    SummingUp,
}

/// What came of an effect.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A reading of the clients begins, of so many; the first that are known may be shown until they are read.
    ClientsBegun {
        remembered: Vec<Arc<Line>>,
        total: usize,
    },
    /// Some of the clients, as their files have them.
    ClientsRead {
        lines: Vec<Arc<Line>>,
        done: usize,
    },
    /// All of them are read.
    ClientsEnded,
    /// So many last visits are read, of so many.
    SummingUp {
        run: u64,
        done: usize,
        total: usize,
    },
    /// What clients have in common.
    SummedUp {
        run: u64,
        sum: Box<Sum>,
    },
    /// The clients could not be read at all.
    ClientsFailed(Error),
    ClientCreated {
        folder: String,
    },
    /// There is no such client any more.
    ClientGone {
        folder: String,
    },
    /// A client is in the trash, under this name there.
    Deleted {
        id: String,
        folder: String,
        name: String,
    },
    /// The client's visits as their files are called, the latest first.
    Visits {
        folder: String,
        visits: Vec<String>,
        deleted: Vec<Binned>,
    },
    /// A visit is in the trash, under this name there.
    VisitDeleted {
        id: String,
        folder: String,
        reference: String,
    },
    /// A visit is being sealed: so many bytes of its evidence are read, of so many.
    Sealing {
        reference: String,
        done: u64,
        total: u64,
    },
    /// It was given up: the visit is as it was.
    SealingStopped {
        reference: String,
    },
    /// It could not be sealed.
    SealFailed(Error),
    /// A visit is sealed.
    Sealed {
        folder: String,
        reference: String,
    },
    /// A client's seals are being checked: so many bytes of evidence are read, of so many.
    CheckingSeals {
        folder: String,
        done: u64,
        total: u64,
    },
    /// That was given up.
    CheckingStopped,
    /// They could not be checked.
    CheckFailed(Error),
    /// What came of checking a client's seals, in words.
    SealsChecked {
        said: Text,
        hold: bool,
    },
    /// It is gone for good, with so many files.
    Erased {
        id: String,
        reference: String,
        files: usize,
    },
    /// A client is archived since that day, or among the others again.
    Archived {
        folder: String,
        name: String,
        since: Option<Date>,
    },
    /// A client or a visit is back from the trash.
    IsBack {
        folder: String,
        name: String,
    },
    Opened(Box<Opened>),
    /// The open visit, opened once more: perhaps it can be changed now.
    TakenOver(Box<Opened>),
    /// A client's visits, oldest first.
    History {
        visits: Vec<Past>,
        /// Those that cannot be read, and why; each was told in [`Outcome::Failed`].
        lost: Vec<(VisitKey, Error)>,
    },
    /// The client's visits could not be read at all.
    NoHistory {
        folder: String,
        error: Error,
    },
    /// The captures of this visit.
    Captures {
        reference: String,
        captures: Vec<Seen>,
    },
    /// The files attached in this visit, as they are now.
    Files {
        reference: String,
        files: Vec<Checked>,
    },
    /// A large file is being copied; how many bytes of how many, and how many files wait for it.
    Attaching {
        name: String,
        done: u64,
        total: u64,
        waiting: usize,
    },
    /// That was given up: nothing of the file stays.
    AttachingStopped {
        reference: String,
        name: String,
    },
    /// A file is copied, and the visit's file names it.
    Attached {
        reference: String,
        question: QuestionId,
        attachment: Attachment,
    },
    /// Nothing of the file stays.
    NotAttached {
        asked: Box<Attaching>,
        error: Error,
    },
    Saved {
        revision: u64,
    },
    /// The file was no longer in its place: it is there again.
    SavedAnew {
        revision: u64,
    },
    /// The open visit's folder has another name now.
    Renamed {
        folder: String,
        reference: String,
    },
    /// Another program had changed the file: its state is kept at this path.
    SavedBeside {
        revision: u64,
        kept: String,
    },
    /// Another program had changed the file, and what it had changed was taken over into what was sent to be saved.
    Merged {
        revision: u64,
        sent: Arc<Assessment>,
        merged: Box<Merged>,
        /// Where the other program's state is kept, unless all of it is in the file.
        kept: Option<String>,
    },
    SaveFailed(Error),
    Previewed {
        kind: Kind,
        document: Box<Document>,
    },
    /// The document is at this path.
    DocumentWritten {
        path: String,
        /// The same under its name alone.
        name: String,
    },
    Failed(Error),
}

impl Outcome {
    /// The same without where files lie on this machine.
    #[must_use]
    pub fn without_paths(self, store: &Path) -> Outcome {
        let last = |path: &str| {
            Path::new(path).file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned())
        };
        match self {
            Outcome::SaveFailed(error) => Outcome::SaveFailed(error.without_paths(store)),
            Outcome::SealFailed(error) => Outcome::SealFailed(error.without_paths(store)),
            Outcome::CheckFailed(error) => Outcome::CheckFailed(error.without_paths(store)),
            Outcome::Failed(error) => Outcome::Failed(error.without_paths(store)),
            Outcome::NoHistory { folder, error } => {
                Outcome::NoHistory { folder, error: error.without_paths(store) }
            }
            Outcome::History { visits, lost } => {
                let lost = lost.into_iter().map(|(key, error)| (key, error.without_paths(store))).collect();
                Outcome::History { visits, lost }
            }
            Outcome::ClientsFailed(error) => Outcome::ClientsFailed(error.without_paths(store)),
            Outcome::SavedBeside { revision, kept } => Outcome::SavedBeside { revision, kept: last(&kept) },
            Outcome::Merged { revision, sent, merged, kept } => {
                Outcome::Merged { revision, sent, merged, kept: kept.as_deref().map(last) }
            }
            Outcome::Opened(opened) => Outcome::Opened(opened.without_paths(store)),
            Outcome::TakenOver(opened) => Outcome::TakenOver(opened.without_paths(store)),
            Outcome::Captures { reference, captures } => {
                Outcome::Captures { reference, captures: without_paths(captures, store) }
            }
            Outcome::DocumentWritten { name, .. } => Outcome::DocumentWritten { path: name.clone(), name },
            other => other,
        }
    }
}

/// Captures that cannot be read say so without where files lie.
fn without_paths(captures: Vec<Seen>, store: &Path) -> Vec<Seen> {
    let short =
        |seen: Seen| Seen { capture: seen.capture.map_err(|error| error.without_paths(store)), ..seen };
    captures.into_iter().map(short).collect()
}

/// A visit in the trash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binned {
    /// What it is called there.
    pub id: String,
    /// As its file was called.
    pub visit: String,
}

/// A file that somebody wants to attach to a question of the open visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attaching {
    pub reference: String,
    pub question: QuestionId,
    /// As it was typed.
    pub path: String,
    pub note: String,
    pub expires: Option<Date>,
}

impl Attaching {
    /// That it could not be copied, and why.
    pub fn failed(&self, error: &Error) -> Error {
        let (path, reference, why) = (plain_line(&self.path), &self.reference, &error.message);
        let said = Text::new(
            format!("{path} n’est pas joint à {reference}\u{a0}: {}", why.fr),
            format!("{path} is not attached to {reference}: {}", why.en),
        );
        Error { message: said, ..error.clone() }
    }
}

/// A document about a visit as it stands on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    pub kind: Kind,
    pub language: Language,
    pub reference: String,
    pub assessment: Assessment,
}

/// A visit of the client as it is on disk, with the questionnaire that it was made with.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    pub reference: String,
    pub assessment: Assessment,
    pub questionnaire: Arc<Questionnaire>,
    /// The captures of the client's site that can be read.
    pub taken: Vec<Taken>,
}

/// A visit, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    pub folder: String,
    pub reference: String,
    pub assessment: Assessment,
    pub questionnaire: Arc<Questionnaire>,
    /// The client's visit before it.
    pub previous: Option<Assessment>,
    /// The captures that it names, as they can be read.
    pub captures: Vec<Seen>,
    /// Why nothing can be changed: sealed, or open elsewhere.
    pub read_only: Option<Error>,
    /// The day on which the client was archived.
    pub archived: Option<Date>,
}

impl Opened {
    fn without_paths(mut self: Box<Self>, store: &Path) -> Box<Self> {
        self.read_only = self.read_only.map(|error| error.without_paths(store));
        self.captures = without_paths(self.captures, store);
        self
    }
}
