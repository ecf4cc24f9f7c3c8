//! What went wrong with a file, and what can be done about it? In both languages, with the path.

use std::fmt;
use std::io;
use std::path::Path;

use super::fault::Fault;
use super::refusal::reason;
use super::wording;
use crate::domain::resident::Words;
use crate::domain::text::Language;
use crate::domain::text::Text;

const FREE_SPACE: (&str, &str) =
    ("libérer de l’espace sur le disque, puis réessayer", "free some space on the disk, then try again");
const PERMISSIONS: (&str, &str) = (
    "vérifier les droits du dossier, ou choisir un autre dossier avec --store",
    "check the folder’s permissions, or choose another folder with --store",
);
const TELL_THE_OWNER: (&str, &str) =
    ("le dire à la personne qui tient ce serveur", "tell whoever runs this server");

/// A failure to show to a person: what happened, and a hint where there is something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    pub kind: Kind,
    pub message: Text,
    pub hint: Option<Text>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The operating system refused.
    Io,
    /// The file is not what it should be.
    Unreadable,
    /// Written by a newer version of the program.
    Newer,
    /// No such client, visit, questionnaire …
    NotFound,
    /// It would overwrite or change what must stay.
    Refused,
    /// Somebody else works on it.
    Locked,
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message.en)
    }
}

impl std::error::Error for Error {}

impl Error {
    pub fn new(kind: Kind, fr: impl Into<Words>, en: impl Into<Words>) -> Error {
        Error { kind, message: Text::new(fr, en), hint: None }
    }

    #[must_use]
    pub fn hint(mut self, fr: impl Into<Words>, en: impl Into<Words>) -> Error {
        self.hint = Some(Text::new(fr, en));
        self
    }

    /// The same for somebody who may not know where files lie on this machine, nor who works on it: of each path its last
    /// part is left, of another session that there is one, and what only the owner can mend is left to them.
    #[must_use]
    pub fn without_paths(self, store: &Path) -> Error {
        let short = |text: &Text| Text::new(last_parts(&text.fr, store), last_parts(&text.en, store));
        let hint = self.hint.as_ref().map(|hint| {
            let owners = [FREE_SPACE, PERMISSIONS].iter().any(|(_, en)| hint.en == *en);
            if owners { Text::new(TELL_THE_OWNER.0, TELL_THE_OWNER.1) } else { short(hint) }
        });
        let message = match self.kind {
            Kind::Locked => Text::new("cette visite est ouverte ailleurs", "this visit is open elsewhere"),
            _ => short(&self.message),
        };
        Error { message, hint, ..self }
    }

    /// Whether the same may succeed later, without anything being changed: somebody else is done, the disk is there.
    pub fn may_pass(&self) -> bool {
        matches!(self.kind, Kind::Locked | Kind::Io)
    }

    /// `doing` in both languages, as in "lire"/"read".
    pub fn io(path: &Path, doing: (&str, &str), error: &io::Error) -> Error {
        let (shown, why) = (path.display(), reason(error));
        let failed = Error::new(
            Kind::Io,
            format!("impossible {}{} {shown} : {}", of(doing.0), doing.0, why.fr),
            format!("cannot {} {shown}: {}", doing.1, why.en),
        );
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                failed.hint(FREE_SPACE.0, FREE_SPACE.1)
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                failed.hint(PERMISSIONS.0, PERMISSIONS.1)
            }
            _ => failed,
        }
    }

    pub fn no_format(path: &Path) -> Error {
        let shown = path.display();
        Error::new(
            Kind::Unreadable,
            format!("{shown}:1:1: « format: N » doit être le premier champ"),
            format!("{shown}:1:1: `format: N` must be the first field"),
        )
        .hint(
            "ce fichier n’est peut-être pas de privaudit ; `privaudit doctor` dit que faire",
            "perhaps this is no file of privaudit; `privaudit doctor` says what to do",
        )
    }

    pub fn newer_format(path: &Path, found: u32, known: u32) -> Error {
        let shown = path.display();
        Error::new(
            Kind::Newer,
            format!("{shown} : format {found}, plus récent que celui de ce programme ({known})"),
            format!("{shown}: format {found} is newer than this program’s ({known})"),
        )
        .hint(
            "installer une version plus récente de privaudit ; le fichier n’a pas été touché",
            "install a newer version of privaudit; the file was not touched",
        )
    }

    pub fn unreadable(path: &Path, error: &ron::error::SpannedError) -> Error {
        let (shown, at, said) = (path.display(), error.span.start, wording::message(&error.code));
        Error::new(
            Kind::Unreadable,
            format!("{shown}:{}:{}: {}", at.line, at.col, said.fr),
            format!("{shown}:{}:{}: {}", at.line, at.col, said.en),
        )
        .hint("corriger le fichier à cet endroit", "mend the file at this place")
    }

    /// A visit that was sealed; `what` is its reference or its file.
    pub fn sealed(what: &str) -> Error {
        Error::refused(
            format!("la visite {what} est scellée : elle ne change plus"),
            format!("the visit {what} is sealed: it does not change any more"),
        )
        .hint(
            "`privaudit new CLIENT` commence la visite suivante, avec ses réponses",
            "`privaudit new CLIENT` begins the next visit, with its answers",
        )
    }

    /// A questionnaire with faults; the first is shown, the hint tells how to see all.
    pub fn faulty(origin: &str, faults: &[Fault]) -> Error {
        let first = faults.first();
        let show = |language| first.map_or(String::new(), |fault| fault.show(language));
        let count = Text::counted(faults.len(), ("problème", "problèmes"), ("problem", "problems"));
        Error::new(
            Kind::Unreadable,
            format!("questionnaire {origin}\u{a0}: {}\n{}", count.fr, show(Language::Fr)),
            format!("questionnaire {origin}: {}\n{}", count.en, show(Language::En)),
        )
        .hint(
            format!("`privaudit check {origin}` les montre tous"),
            format!("`privaudit check {origin}` shows them all"),
        )
    }

    pub fn not_found(fr: impl Into<Words>, en: impl Into<Words>) -> Error {
        Error::new(Kind::NotFound, fr, en)
    }

    pub fn refused(fr: impl Into<Words>, en: impl Into<Words>) -> Error {
        Error::new(Kind::Refused, fr, en)
    }
}

/// What French puts before a verb.
fn of(verb: &str) -> &'static str {
    if verb.starts_with(['a', 'e', 'é', 'è', 'ê', 'i', 'o', 'u', 'y']) { "d’" } else { "de " }
}

/// A text with the last parts of the paths in it: of those below `store`, and of those that begin at the root.
fn last_parts(text: &str, store: &Path) -> String {
    let store = format!("{}/", store.display().to_string().trim_end_matches('/'));
    // A path below the store may have spaces in it; the others are cut where a word ends.
    let text = text.replace(&store, "/");
    let mut rest = text.as_str();
    let mut out = String::new();
    while let Some((before, from)) = rest.find('/').and_then(|at| rest.split_at_checked(at)) {
        let ends = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '»' | ')' | ',' | ';');
        let (word, after) =
            from.split_at_checked(from.find(ends).unwrap_or(from.len())).unwrap_or((from, ""));
        let inside_a_word = before.ends_with(char::is_alphanumeric);
        let last = word.trim_end_matches('/').rsplit('/').next().unwrap_or("");
        out.push_str(before);
        out.push_str(if inside_a_word { word } else { last });
        rest = after;
    }
    out + rest
}
