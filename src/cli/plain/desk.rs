//! What lies on the table? The open visit, and the hands that write it: each change at once.

use crate::domain::answer::Answer;
use crate::domain::assessment::Assessment;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::text::Text;
use crate::storage::error::Error;
use crate::storage::whereabouts;
use crate::tui::effect::Effect;
use crate::tui::effect::Opened;
use crate::tui::effect::Outcome;
use crate::tui::effect::Work;
use crate::tui::perform::Hands;
use crate::tui::visit::Difference;
use crate::tui::visit::Visit;

#[derive(Debug)]
pub struct Desk {
    pub visit: Visit,
    pub confined: bool,
    hands: Hands,
}

/// What came of saving.
#[derive(Debug)]
pub enum Saved {
    /// There was nothing to write.
    Nothing,
    Done,
    /// Something became of the visit's folder, and this was done about it.
    Elsewhere(Text),
    /// Another program had changed the file; its state is kept under this path.
    Beside(String),
    /// Another program had changed the file, and this was done about it.
    Merged(Text),
    Failed(Error),
}

impl Desk {
    pub fn new(hands: Hands, opened: Opened, confined: bool) -> Desk {
        let mut desk = Desk { visit: Visit::new(opened), confined, hands };
        desk.check_files();
        desk
    }

    /// Opens the visit once more where something passing kept it from being changed; whether it can be changed now.
    pub fn take_over(&mut self) -> bool {
        let passing = self.visit.read_only.as_ref().is_some_and(Error::may_pass);
        let reference = self.visit.reference.clone();
        for outcome in if passing { self.perform(Effect::TakeOver { reference }) } else { Vec::new() } {
            if let Outcome::TakenOver(opened) = outcome {
                let current = self.visit.current().clone();
                self.visit = Visit::new(*opened);
                self.visit.go_to(&current);
                self.check_files();
            }
        }
        self.visit.read_only.is_none()
    }

    /// Looks at the files that the visit names as attached.
    pub fn check_files(&mut self) {
        let assessment = Box::new(self.visit.assessment().clone());
        let reference = self.visit.reference.clone();
        for outcome in self.perform(Effect::CheckFiles { reference, assessment }) {
            if let Outcome::Files { files, .. } = outcome {
                self.visit.files = files;
            }
        }
    }

    pub fn change(&mut self, id: &QuestionId, edit: impl FnOnce(&mut Answer)) -> Difference {
        self.visit.change(id, edit)
    }

    pub fn edit(
        &mut self,
        id: &QuestionId,
        edit: impl FnOnce(&mut Assessment, &Questionnaire),
    ) -> Difference {
        self.visit.edit(id, edit)
    }

    /// Writes what is not on the disk yet.
    pub fn save(&mut self) -> Saved {
        if self.visit.saving.is_done() {
            return Saved::Nothing;
        }
        self.write()
    }

    fn write(&mut self) -> Saved {
        let save = self.visit.write();
        let (mut saved, mut written, mut news, mut moved) = (Saved::Nothing, None, None, None);
        self.hands.perform(save, &mut |outcome| match outcome {
            Outcome::Merged { revision, sent, merged, kept } => {
                saved = Saved::Merged(merged.said(kept.as_deref()));
                (written, news) = (Some(revision), Some((sent, merged)));
            }
            Outcome::Renamed { folder, reference } => moved = Some((folder, reference)),
            Outcome::Saved { revision } => (saved, written) = (Saved::Done, Some(revision)),
            Outcome::SavedAnew { revision } => {
                (saved, written) = (Saved::Elsewhere(whereabouts::said_of_lost()), Some(revision));
            }
            Outcome::SavedBeside { revision, kept } => {
                (saved, written) = (Saved::Beside(kept), Some(revision));
            }
            Outcome::SaveFailed(error) | Outcome::Failed(error) => saved = Saved::Failed(error),
            _ => {}
        });
        if let Some((sent, merged)) = news {
            self.visit.take_in(&sent, &merged.assessment);
            self.hands.perform(Effect::TakenIn, &mut |_| {});
        }
        if let Some((folder, reference)) = moved {
            if matches!(saved, Saved::Done) {
                saved = Saved::Elsewhere(whereabouts::said_of_renamed(&folder));
            }
            (self.visit.folder, self.visit.reference) = (folder, reference);
        }
        if let Some(revision) = written {
            self.visit.saving.done(revision);
        }
        saved
    }

    /// Keeps where it was left, and gives the visit back. What cannot be written is put where there is room, and the
    /// error names that place.
    pub fn close(&mut self) -> Result<(), Error> {
        if self.visit.read_only.is_none() && !(self.visit.saving.is_done() && self.visit.place_is_sent()) {
            self.write();
        }
        let mut closed = Ok(());
        self.hands.perform(Effect::CloseVisit, &mut |outcome| {
            if let Outcome::SaveFailed(error) = outcome {
                closed = Err(error);
            }
        });
        closed
    }

    /// Carries out what reads or writes beside the visit.
    pub fn perform(&mut self, effect: Effect) -> Vec<Outcome> {
        self.perform_unless(effect, |_| None)
    }

    /// The same for what takes its time: whoever is told how far it is may give it up.
    pub fn perform_unless(
        &mut self,
        effect: Effect,
        mut told: impl FnMut(&Outcome) -> Option<Work>,
    ) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        self.hands.perform(effect, &mut |outcome| outcomes.push(outcome));
        while self.hands.is_reading() {
            let mut given_up = None;
            self.hands.read_on(&mut |outcome| {
                given_up = given_up.or(told(&outcome));
                outcomes.push(outcome);
            });
            if let Some(work) = given_up {
                self.hands.perform(Effect::GiveUp(work), &mut |outcome| outcomes.push(outcome));
            }
        }
        outcomes
    }
}
