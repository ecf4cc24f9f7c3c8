//! What comes after a visit? It is sealed, and the next one begins with its answers.

use super::desk::Desk;
use super::talk::Stop;
use super::talk::Talk;
use crate::domain::contradiction;
use crate::domain::seal;
use crate::domain::text::Text;
use crate::domain::text::fold;
use crate::storage::error::Error;
use crate::storage::seals::Unconfirmed;
use crate::tui::effect::Effect;
use crate::tui::effect::Outcome;
use crate::tui::visit::Visit;

impl Desk {
    /// Seals the visit, which can only be read from then on.
    fn seal(&mut self, unconfirmed: Unconfirmed) -> Result<(), Error> {
        let (folder, visit) = self.place();
        self.close()?;
        let sealed = failed(self.perform(Effect::SealVisit { folder, visit, unconfirmed }));
        self.open_again().and(sealed)
    }

    /// Goes over to the client's next visit.
    fn begin_next(&mut self) -> Result<(), Error> {
        let (folder, _) = self.place();
        self.close()?;
        let begun = self.go_over(Effect::NewVisit { folder });
        if begun.is_err() {
            self.open_again()?;
        }
        begun
    }

    /// The client's folder, and the visit as its file is called.
    fn place(&self) -> (String, String) {
        let reference = &self.visit.reference;
        let visit = reference.rsplit_once('@').map_or(reference.as_str(), |(_, visit)| visit);
        (self.visit.folder.clone(), visit.to_owned())
    }

    fn open_again(&mut self) -> Result<(), Error> {
        let (folder, visit) = self.place();
        let at = self.visit.current().clone();
        self.go_over(Effect::OpenVisit { folder, visit })?;
        self.visit.go_to(&at);
        Ok(())
    }

    /// Puts what an effect opens on the table.
    fn go_over(&mut self, opens: Effect) -> Result<(), Error> {
        for outcome in self.perform(opens) {
            match outcome {
                Outcome::Opened(opened) => self.visit = Visit::new(*opened),
                Outcome::Failed(error) => return Err(error),
                _ => {}
            }
        }
        self.check_files();
        Ok(())
    }
}

/// What went wrong, if anything did.
fn failed(outcomes: Vec<Outcome>) -> Result<(), Error> {
    let error = outcomes.into_iter().find_map(|outcome| match outcome {
        Outcome::Failed(error) | Outcome::SealFailed(error) => Some(error),
        _ => None,
    });
    error.map_or(Ok(()), Err)
}

impl Talk {
    pub fn seal(&mut self) -> Result<(), Stop> {
        if !self.leads_on()? {
            return Ok(());
        }
        let visit = &self.desk.visit;
        let unconfirmed = seal::unconfirmed(&visit.questionnaire, visit.assessment()).len();
        let disproved = contradiction::open(&visit.questionnaire, visit.assessment()).len();
        self.voice.say(&self.pick(
            format!("Une visite scellée ne change plus. Reprises non confirmées : {unconfirmed}. Réponses contredites par un relevé : {disproved}."),
            format!("A sealed visit does not change any more. Carried over and not confirmed: {unconfirmed}. Answers that captures disprove: {disproved}."),
        ))?;
        if !self.is_meant(self.pick("Sceller", "Seal it"))? {
            return Ok(());
        }
        self.voice.say(self.pick("Lecture de toutes les preuves…", "Reading all evidence…"))?;
        let accepted = if unconfirmed > 0 { Unconfirmed::Accept } else { Unconfirmed::Refuse };
        match self.desk.seal(accepted) {
            Ok(()) => {
                self.labelled(self.pick("scellée", "sealed"), &self.desk.visit.reference)?;
                self.ask_anew();
            }
            Err(error) => self.refuse(&error)?,
        }
        Ok(())
    }

    pub fn next_visit(&mut self) -> Result<(), Stop> {
        if !self.leads_on()? {
            return Ok(());
        }
        self.voice.say(self.pick(
            "La visite suivante commence avec ces réponses, à confirmer. Celle-ci reste.",
            "The next visit begins with these answers, to be confirmed. This one stays.",
        ))?;
        if !self.is_meant(self.pick("La commencer", "Begin it"))? {
            return Ok(());
        }
        match self.desk.begin_next() {
            Ok(()) => {
                self.last_answered = None;
                self.greet()?;
                self.ask_anew();
            }
            Err(error) => self.refuse(&error)?,
        }
        Ok(())
    }

    /// Whether this session may leave its visit, and nothing of it is left to be written.
    fn leads_on(&mut self) -> Result<bool, Stop> {
        let why = if self.desk.confined {
            Text::new("cette session n’a que cette visite", "this session has this visit alone")
        } else if !self.desk.visit.saving.is_done() {
            Text::new("tout n’est pas encore enregistré", "not everything is saved yet")
        } else {
            return Ok(true);
        };
        self.refuse_text(why)?;
        Ok(false)
    }

    /// Whether it is meant: any other line leaves everything as it is.
    fn is_meant(&mut self, what: &str) -> Result<bool, Stop> {
        self.voice.say(&self.pick(
            format!("{what} ? « oui », ou ligne vide pour rester."),
            format!("{what}? “yes”, or an empty line to stay."),
        ))?;
        Ok(matches!(fold(self.hear_more()?.trim()).as_str(), "oui" | "yes"))
    }
}
