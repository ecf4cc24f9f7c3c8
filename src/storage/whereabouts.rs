//! Where is a visit that is open, when its folder was renamed, deleted or replaced underneath? Found by its lock.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use super::clients::Store;
use super::lock::Lock;
use crate::domain::text::Text;

impl Store {
    /// The folder to which a client with this visit was renamed, while it is open under this lock; none as long as it
    /// is where it was, and where it is no folder of the store any more.
    pub fn renamed(&self, lock: &Lock, visit: &Path) -> Option<PathBuf> {
        let name = visit.file_name()?;
        if lock.is_of(visit) {
            return None;
        }
        let entries = fs::read_dir(self.clients_folder()).ok()?.flatten();
        // A link would lead to whatever it names.
        let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
        folders.map(|entry| entry.path()).find(|folder| {
            let visit = folder.join(name);
            lock.is_of(&visit) && visit.is_file()
        })
    }
}

/// What to say once a visit's folder has another name.
pub fn said_of_renamed(folder: &str) -> Text {
    Text::new(
        format!(
            "le dossier de ce client s’appelle maintenant {folder}\u{202f}: la visite y continue, tout y est"
        ),
        format!("this client’s folder is called {folder} now: the visit goes on there, nothing is missing"),
    )
}

/// What to say once a visit that was no longer in its place is written there again.
pub fn said_of_lost() -> Text {
    Text::new(
        "la visite n’était plus à sa place (dossier supprimé, déplacé ou remplacé)\u{202f}: elle y est de nouveau, \
         entière. Visites d’avant et preuves\u{a0}: dans l’ancien dossier\u{202f}; le retrouver, et y remettre ce fichier",
        "the visit was no longer in its place (folder deleted, moved or replaced): it is there again, whole. Earlier \
         visits and evidence: in the old folder; find it, and put this file back into it",
    )
}
