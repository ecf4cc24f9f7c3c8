//! What went wrong with a command? With what is said about it, and its exit status.

use std::io;

use crate::domain::resident::Words;
use crate::domain::text::Language;
use crate::domain::text::plain;
use crate::storage::error::Error;
use crate::storage::refusal::reason;

#[derive(Debug)]
pub enum Failure {
    /// Refused, or failed.
    Refused(Error),
    /// The command line is not understood; the text is ready to be shown.
    Syntax(String),
    /// A gate found that something got worse; the text is ready to be shown.
    Gate(String),
    /// A signal ended the interface, after everything was saved.
    Signal(i32),
    /// Standard output cannot be written.
    Output(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Refused(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}

impl Failure {
    pub fn refused(fr: impl Into<Words>, en: impl Into<Words>) -> Failure {
        Failure::Refused(Error::refused(fr, en))
    }

    pub fn status(&self) -> u8 {
        match self {
            Failure::Refused(_) | Failure::Output(_) => 1,
            Failure::Syntax(_) => 2,
            Failure::Gate(_) => 3,
            Failure::Signal(signal) => u8::try_from(128 + signal).unwrap_or(1),
        }
    }

    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// The lines for standard error.
    pub fn show(&self, language: Language) -> String {
        match self {
            Failure::Refused(error) => shown(error, language),
            Failure::Syntax(text) | Failure::Gate(text) => text.clone(),
            Failure::Signal(_) => String::new(),
            Failure::Output(error) => {
                let what = language.pick("impossible d’écrire la sortie :", "cannot write the output:");
                format!("error: {what} {}\n", reason(error).get(language))
            }
        }
    }
}

/// `error: …`, and `hint: …` where there is something to do.
pub fn shown(error: &Error, language: Language) -> String {
    let hint = error.hint.as_ref().map(|hint| format!("hint: {}\n", plain(hint.get(language))));
    format!("error: {}\n{}", plain(error.message.get(language)), hint.unwrap_or_default())
}
