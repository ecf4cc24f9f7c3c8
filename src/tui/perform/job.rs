//! What takes its time, and is done in portions between which others are served?

use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::assessment::Assessment;
use crate::storage::attachments;
use crate::storage::clients::ClientFolder;
use crate::storage::clients::Store;
use crate::storage::copying::Copying;
use crate::storage::evidence::Digests;
use crate::storage::lock::Lock;
use crate::storage::reference;
use crate::storage::seals::Sealing;
use crate::tui::effect::Attaching;
use crate::tui::effect::Outcome;

/// What evidence is being read for, or copied.
#[derive(Debug)]
pub enum Job {
    Seal { folder: String, sealing: Box<Sealing> },
    CheckSeals { client: ClientFolder, digests: Digests },
    Attach(Box<Attach>),
    CheckFiles { reference: String, visit: PathBuf, assessment: Box<Assessment>, digests: Digests },
}

impl Job {
    /// How far it is; none where nobody waits for it.
    pub fn underway(&self) -> Option<Outcome> {
        match self {
            Job::Seal { sealing, .. } => {
                let (done, total) = (sealing.digests.done, sealing.digests.total);
                Some(Outcome::Sealing { reference: sealing.reference.clone(), done, total })
            }
            Job::CheckSeals { client, digests } => {
                let (folder, done, total) = (client.folder.clone(), digests.done, digests.total);
                Some(Outcome::CheckingSeals { folder, done, total })
            }
            // Told with how many wait for it; what is checked is seen when it is done.
            Job::Attach(_) | Job::CheckFiles { .. } => None,
        }
    }
}

/// A file on its way to a visit. The visit is locked until it names the file: nobody seals or deletes it meanwhile, and
/// whoever left it comes back to it through the same lock.
#[derive(Debug)]
pub struct Attach {
    pub asked: Box<Attaching>,
    pub copying: Copying,
    pub visit: PathBuf,
    pub lock: Arc<Lock>,
}

impl Attach {
    /// Goes on in the client's folder where that has got another name.
    pub fn follow(&mut self, store: &Store) {
        let Some(client) = store.renamed(&self.lock, &self.visit) else { return };
        let Some(name) = self.visit.file_name() else { return };
        self.visit = client.join(name);
        self.copying.follow(&attachments::folder(&self.visit));
        self.asked.reference = reference::of(&self.visit);
    }
}
