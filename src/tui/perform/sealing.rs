//! How is a visit sealed from its client's page, and how are seals checked there?

use super::Hands;
use super::job::Job;
use super::named;
use crate::domain::text::Text;
use crate::storage::clients::ClientFolder;
use crate::storage::clients::Store;
use crate::storage::error::Error;
use crate::storage::evidence::Digests;
use crate::storage::seals::Unconfirmed;
use crate::tui::effect::Outcome;

impl Hands {
    /// Begins; its evidence is read beside other work.
    pub(super) fn seal_visit(
        &mut self,
        folder: &str,
        visit: &str,
        unconfirmed: Unconfirmed,
    ) -> Result<Option<Outcome>, Error> {
        let client = self.store.client(folder)?;
        let visit = named(visit)?;
        self.refuse_while_copying(|path| path == client.visit_path(visit))?;
        let sealing = self.store.begin_to_seal(&client, visit, self.today, unconfirmed)?;
        Ok(self.begin(Job::Seal { folder: client.folder, sealing: Box::new(sealing) }))
    }

    /// Gives up what is being sealed: nothing has happened.
    pub(super) fn stop_sealing(&mut self) -> Option<Outcome> {
        let place = self.jobs.iter().position(|job| matches!(job, Job::Seal { .. }))?;
        match self.jobs.remove(place)? {
            Job::Seal { sealing, .. } => Some(Outcome::SealingStopped { reference: sealing.reference }),
            Job::Attach(_) | Job::CheckSeals { .. } | Job::CheckFiles { .. } => None,
        }
    }

    /// Begins to read what the client's seals list; another reading for that is given up.
    pub(super) fn check_seals(&mut self, folder: &str) -> Result<Option<Outcome>, Error> {
        let client = self.store.client(folder)?;
        let digests = Store::sealed_evidence(&client)?;
        self.stop_checking();
        Ok(self.begin(Job::CheckSeals { client, digests }))
    }

    pub(super) fn stop_checking(&mut self) -> Option<Outcome> {
        let place = self.jobs.iter().position(|job| matches!(job, Job::CheckSeals { .. }))?;
        self.jobs.remove(place).map(|_| Outcome::CheckingStopped)
    }

    pub(super) fn seals_checked(&self, client: &ClientFolder, digests: Digests) -> Result<Outcome, Error> {
        let checked = self.store.check_seals_by(client, &digests.all()?)?;
        let counted = checked.counted();
        Ok(match &checked.broken {
            None => Outcome::SealsChecked { said: counted, hold: true },
            Some(broken) => {
                let (reference, what) = (client.reference(broken.visit), broken.said());
                let said = Text::new(
                    format!("sceau rompu à {reference}\u{a0}: {}", what.fr),
                    format!("seal broken at {reference}: {}", what.en),
                );
                Outcome::SealsChecked { said, hold: false }
            }
        })
    }
}
