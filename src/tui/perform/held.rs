//! How is the open visit written? By whoever has it, wherever its folder is now, with what came about beside it.

use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::assessment::Assessment;
use crate::storage::assessments::Writer;
use crate::storage::assessments::Written;
use crate::storage::clients::Store;
use crate::storage::error::Error;
use crate::storage::lock::Lock;
use crate::storage::reference;
use crate::tui::effect::Outcome;

/// The visit that is open for writing.
#[derive(Debug)]
pub struct Held {
    pub writer: Writer,
    pub client: PathBuf,
    pub path: PathBuf,
    /// What was to be written and could not be.
    pub unwritten: Option<Unwritten>,
    pub lock: Arc<Lock>,
}

#[derive(Debug)]
pub struct Unwritten {
    pub assessment: Arc<Assessment>,
    pub revision: u64,
}

impl Held {
    /// Goes on in the client's folder where that has got another name; tells so.
    pub fn follow(&mut self, store: &Store) -> Option<Outcome> {
        let client = store.renamed(&self.lock, &self.path)?;
        let (folder, visit) = (client.file_name()?.to_string_lossy().into_owned(), self.path.file_name()?);
        self.path = client.join(visit);
        self.writer.follow(&self.path);
        self.client = client;
        Some(Outcome::Renamed { folder, reference: reference::of(&self.path) })
    }

    pub fn write(&mut self, store: &Store, assessment: Arc<Assessment>, revision: u64) -> Outcome {
        match self.writer.write(&assessment) {
            Ok(written) => {
                self.is_there(store, &assessment.client);
                self.unwritten = None;
                outcome(written, assessment, revision)
            }
            Err(error) => {
                self.unwritten = Some(Unwritten { assessment, revision });
                Outcome::SaveFailed(error)
            }
        }
    }

    /// Writes what came about beside the session; what else there is to be told.
    pub fn add(
        &mut self,
        store: &Store,
        edit: impl FnOnce(&mut Assessment),
    ) -> Result<Option<Outcome>, Error> {
        let (written, with_it) = self.writer.add(edit)?;
        self.is_there(store, &with_it.client);
        // None of the session's own states was written.
        Ok((written != Written::Saved).then(|| outcome(written, Arc::new(with_it), 0)))
    }

    /// Deleted underneath, the visit is there again and is to be found; what fails now is tried with the next save.
    fn is_there(&mut self, store: &Store, client: &str) {
        let _ = store.keep_client(&self.client, client);
        // So is its lock. Who has it meanwhile writes the same visit: what both change is put together.
        if !self.lock.is_of(&self.path)
            && let Ok(lock) = Lock::take(&self.path)
        {
            self.lock = Arc::new(lock);
        }
    }
}

fn outcome(written: Written, sent: Arc<Assessment>, revision: u64) -> Outcome {
    match written {
        Written::Saved => Outcome::Saved { revision },
        Written::Anew => Outcome::SavedAnew { revision },
        Written::KeptOther(path) => Outcome::SavedBeside { revision, kept: path.display().to_string() },
        Written::Merged { merged, kept } => {
            let kept = kept.map(|kept| kept.display().to_string());
            Outcome::Merged { revision, sent, merged, kept }
        }
    }
}
