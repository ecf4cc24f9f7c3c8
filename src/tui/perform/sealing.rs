//! How is a visit sealed from its client's page, and how are seals checked there?

use super::Hands;
use super::named;
use crate::domain::text::Text;
use crate::storage::error::Error;
use crate::storage::seals::Unconfirmed;
use crate::tui::effect::Outcome;

impl Hands {
    pub(super) fn seal_visit(
        &self,
        folder: &str,
        visit: &str,
        unconfirmed: Unconfirmed,
    ) -> Result<Outcome, Error> {
        let client = self.store.client(folder)?;
        let visit = named(visit)?;
        self.store.seal(&client, visit, self.today, unconfirmed)?;
        Ok(Outcome::Sealed { reference: client.reference(visit), folder: client.folder })
    }

    pub(super) fn check_seals(&self, folder: &str) -> Result<Outcome, Error> {
        let client = self.store.client(folder)?;
        let checked = self.store.check_seals(&client)?;
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
