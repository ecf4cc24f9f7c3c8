//! How does a client or a visit leave the store, and come back? Into the trash, from there, or for good.

use super::Hands;
use super::named;
use crate::storage::clients::VisitKey;
use crate::storage::error::Error;
use crate::storage::trash::Entry;
use crate::tui::effect::Binned;
use crate::tui::effect::Outcome;

impl Hands {
    pub(super) fn delete_client(&mut self, folder: &str) -> Result<Outcome, Error> {
        let client = self.store.client(folder)?;
        self.refuse_while_copying(|path| path.parent() == Some(&*client.path))?;
        let entry = self.store.delete_client(&client, self.today)?;
        // What is being read must not bring it back into the index.
        if let Some((reading, _)) = &mut self.reading {
            reading.forget(folder);
        }
        Ok(Outcome::Deleted { id: entry.id, folder: client.folder, name: client.name })
    }

    /// The client's visits, the latest first, and those of its visits that are in the trash.
    pub(super) fn list_visits(&self, folder: &str) -> Result<Outcome, Error> {
        let client = self.store.client(folder)?;
        let visits = client.visits()?.into_iter().rev().map(VisitKey::name).collect();
        // What of the trash cannot be read is `doctor`'s to tell.
        let deleted = self.store.trash()?.into_iter().flatten().filter_map(|entry| {
            let visit = entry.what.visit.clone().filter(|_| entry.what.folder == client.folder)?;
            Some(Binned { id: entry.id, visit })
        });
        Ok(Outcome::Visits { folder: client.folder.clone(), visits, deleted: deleted.collect() })
    }

    pub(super) fn delete_visit(&self, folder: &str, visit: &str) -> Result<Outcome, Error> {
        let client = self.store.client(folder)?;
        let visit = named(visit)?;
        self.refuse_while_copying(|path| path == client.visit_path(visit))?;
        let entry = self.store.delete_visit(&client, visit, self.today)?;
        Ok(Outcome::VisitDeleted { reference: entry.reference(), id: entry.id, folder: client.folder })
    }

    pub(super) fn put_back(&self, id: &str) -> Result<Outcome, Error> {
        let entry = self.binned(id)?;
        self.store.put_back(&entry)?;
        let name = match &entry.what.visit {
            None => entry.what.client.clone(),
            Some(_) => entry.reference(),
        };
        Ok(Outcome::IsBack { folder: entry.what.folder, name })
    }

    pub(super) fn erase(&self, id: &str) -> Result<Outcome, Error> {
        let entry = self.binned(id)?;
        let files = self.store.erase(&entry)?.len();
        Ok(Outcome::Erased { id: entry.id.clone(), reference: entry.reference(), files })
    }

    fn binned(&self, id: &str) -> Result<Entry, Error> {
        self.store.deleted(id)?.ok_or_else(|| {
            Error::not_found("ce n’est plus dans la corbeille", "it is not in the trash any more")
        })
    }
}
