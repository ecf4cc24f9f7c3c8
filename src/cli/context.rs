//! What does every command need? The language, and the store that was named.

use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use crate::domain::text::Language;
use crate::domain::text::plain;
use crate::storage::assessments::Visit;
use crate::storage::clients::Store;
use crate::storage::error::Error;
use crate::storage::library::Library;
use crate::storage::place;
use crate::storage::reference::Found;

#[derive(Debug)]
pub struct Context {
    pub language: Language,
    store: Option<PathBuf>,
}

impl Context {
    /// `store` is what `--store` names; the environment names one where it does not.
    pub fn new(language: Language, store: Option<PathBuf>) -> Context {
        let from_environment =
            || std::env::var_os("PRIVAUDIT_STORE").filter(|store| !store.is_empty()).map(PathBuf::from);
        Context { language, store: store.or_else(from_environment) }
    }

    /// The store. Asked for late: some commands work on an account without a home folder.
    pub fn store(&self) -> Result<Store, Error> {
        Ok(Store::at(match &self.store {
            Some(named) => named.clone(),
            None => place::default_store()?,
        }))
    }

    /// The questionnaires known. An account without a home folder has no store; what the program brings along can
    /// be had all the same.
    pub fn library(&self) -> Library {
        self.store().map_or_else(|_| Library::new(Path::new(".")), |store| store.library())
    }

    /// The visit that a reference means, to read.
    pub fn visit(&self, reference: &str) -> Result<(Found, Visit), Error> {
        let store = self.store()?;
        let found = store.find(reference)?;
        let visit = store.visit(&found.path)?;
        Ok((found, visit))
    }

    /// Something worth knowing, on standard error; it fails nothing.
    pub fn note(&self, fr: impl AsRef<str>, en: impl AsRef<str>) {
        let text = plain(self.language.pick(fr.as_ref(), en.as_ref()));
        // Nobody is left to be told when standard error is closed.
        let _ = writeln!(std::io::stderr(), "note: {text}");
    }
}
