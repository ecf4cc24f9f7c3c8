//! How is an effect carried out? On the store, at once or on a thread of its own; its outcome comes back as data.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::TryRecvError;

use jiff::civil::Date;

use held::Held;
use held::Unwritten;
use job::Job;

use super::effect::Effect;
use super::effect::Opened;
use super::effect::Outcome;
use super::effect::Past;
use crate::report::export::Format;
use crate::storage::assessments;
use crate::storage::assessments::Saved;
use crate::storage::assessments::Writer;
use crate::storage::captures;
use crate::storage::clients::ClientFolder;
use crate::storage::clients::Store;
use crate::storage::clients::VisitKey;
use crate::storage::error::Error;
use crate::storage::library::BUILT_IN;
use crate::storage::lock::Lock;
use crate::storage::place;
use crate::storage::portfolio::Reading;
use crate::storage::reference::Found;
use crate::storage::rescue;
use crate::storage::settings::Settings;
use crate::storage::summing_up::SummingUp;

mod attaching;
mod deleting;
mod digesting;
mod documents;
mod held;
mod job;
mod listing;
mod sealing;
mod summing_up;

/// What touches the store.
#[derive(Debug)]
pub struct Hands {
    store: Store,
    today: Date,
    /// The questionnaire of a client's first visit.
    questionnaire: String,
    open: Option<Held>,
    /// Whether the choice of language is kept for next time.
    remembers: bool,
    /// Whether errors leave out where files lie on this machine.
    confined: bool,
    /// The portfolio, as long as it is being read, and the most that the next portion holds.
    reading: Option<(Reading, usize)>,
    /// Clients that are being summed up, and for which wish.
    summing: Option<(SummingUp, u64)>,
    /// For what evidence is being read, one after the other.
    jobs: VecDeque<Job>,
    /// Somebody does not wait for what is left to be done at the end.
    impatience: Arc<AtomicBool>,
}

/// A visit that was read to be opened.
#[derive(Debug)]
struct Taken {
    visit: VisitKey,
    path: PathBuf,
    lock: Result<Arc<Lock>, Error>,
    saved: Saved,
}

impl Hands {
    pub fn new(store: Store, today: Date) -> Hands {
        Hands {
            store,
            today,
            questionnaire: BUILT_IN.to_owned(),
            open: None,
            remembers: true,
            confined: false,
            reading: None,
            summing: None,
            jobs: VecDeque::new(),
            impatience: Arc::default(),
        }
    }

    /// A questionnaire other than the embedded one, for first visits.
    #[must_use]
    pub fn with_questionnaire(mut self, id_or_path: String) -> Hands {
        self.questionnaire = id_or_path;
        self
    }

    /// Nothing is written outside the store.
    #[must_use]
    pub fn forgetful(mut self) -> Hands {
        self.remembers = false;
        self
    }

    /// For one client alone: nothing is written outside the client's folder, no other client is read, no program
    /// started, and no path told.
    #[must_use]
    pub fn confined(mut self) -> Hands {
        self.confined = true;
        self.forgetful()
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Once it is set, what goes on when nobody asks for anything any more is given up.
    pub fn impatience(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.impatience)
    }

    /// Carries an effect out; there may be several outcomes, or none.
    pub fn perform(&mut self, effect: Effect, report: &mut dyn FnMut(Outcome)) {
        if self.confined {
            // No key leads there; should one ever, it ends here.
            let reaches_out = matches!(effect, Effect::WriteDocument(_, Format::Pdf) | Effect::Attach(_));
            if effect.leaves_the_visit() || reaches_out {
                return;
            }
            let store = self.store.root().to_owned();
            self.carry_out(effect, &mut |outcome| report(outcome.without_paths(&store)));
        } else {
            self.carry_out(effect, report);
        }
    }

    fn carry_out(&mut self, effect: Effect, report: &mut dyn FnMut(Outcome)) {
        if let Some(folder) = effect.on_client().filter(|folder| !self.store.has_client(folder)) {
            return report(Outcome::ClientGone { folder: folder.to_owned() });
        }
        match effect {
            Effect::ListClients => self.list_clients(report),
            Effect::SumUp { folders, run } => self.summing = Some((self.store.sum_up(folders), run)),
            Effect::OpenClient { folder } => report(outcome(self.open_folder(&folder, false))),
            Effect::NewVisit { folder } => report(outcome(self.open_folder(&folder, true))),
            Effect::TakeOver { reference } => report(match self.take_over(&reference) {
                Ok(opened) => Outcome::TakenOver(Box::new(opened)),
                Err(error) => Outcome::Failed(error),
            }),
            Effect::CreateClient { name } => report(match self.store.create_client(&name) {
                Ok(client) => Outcome::ClientCreated { folder: client.folder },
                Err(error) => Outcome::Failed(error),
            }),
            Effect::DeleteClient { folder } => {
                report(self.delete_client(&folder).unwrap_or_else(Outcome::Failed));
            }
            Effect::Archive { folder, away } => {
                report(self.archive(&folder, away).unwrap_or_else(Outcome::Failed));
            }
            Effect::ListVisits { folder } => {
                report(self.list_visits(&folder).unwrap_or_else(Outcome::Failed));
            }
            Effect::DeleteVisit { folder, visit } => {
                report(self.delete_visit(&folder, &visit).unwrap_or_else(Outcome::Failed));
            }
            Effect::OpenVisit { folder, visit } => report(outcome(self.open_named(&folder, &visit))),
            Effect::SealVisit { folder, visit, unconfirmed } => {
                let begun = self.seal_visit(&folder, &visit, unconfirmed);
                begun.unwrap_or_else(|error| Some(Outcome::Failed(error))).into_iter().for_each(report);
            }
            Effect::CheckSeals { folder } => {
                let begun = self.check_seals(&folder);
                begun.unwrap_or_else(|error| Some(Outcome::Failed(error))).into_iter().for_each(report);
            }
            Effect::GiveUp(work) => self.give_up(work).into_iter().for_each(report),
            Effect::Erase { id } => report(self.erase(&id).unwrap_or_else(Outcome::Failed)),
            Effect::PutBack { id } => report(self.put_back(&id).unwrap_or_else(Outcome::Failed)),
            Effect::Save { assessment, revision } => {
                let Some(held) = &mut self.open else { return };
                held.follow(&self.store).into_iter().for_each(&mut *report);
                report(held.write(&self.store, assessment, revision));
            }
            Effect::TakenIn => {
                if let Some(held) = &mut self.open {
                    held.writer.taken_in();
                }
            }
            Effect::ReadHistory { folder } => read_history(&self.store, &folder, report),
            Effect::ReadCaptures { reference, labels } => report(match self.store.find(&reference) {
                Ok(found) => Outcome::Captures { reference, captures: captures::all(&found.path, &labels) },
                Err(error) => Outcome::Failed(error),
            }),
            Effect::CheckFiles { reference, assessment } => match self.store.find(&reference) {
                Ok(found) => self.check_files(reference, found.path, assessment),
                Err(error) => report(Outcome::Failed(error)),
            },
            Effect::Attach(asked) => self.attach(*asked, report),
            Effect::Preview(paper) => report(self.preview(*paper)),
            Effect::WriteDocument(paper, format) => report(self.write_document(*paper, format)),
            Effect::CloseVisit => self.close().into_iter().for_each(report),
            Effect::Remember { language } => {
                let Some(folder) = place::settings_folder().filter(|_| self.remembers) else { return };
                let kept = Settings::load(&folder).and_then(|mut settings| {
                    settings.language = Some(language);
                    settings.save(&folder)
                });
                if let Err(error) = kept {
                    report(Outcome::Failed(error));
                }
            }
            // The terminal's, not the store's.
            Effect::Copy { .. } | Effect::Suspend | Effect::Redraw => {}
        }
    }

    fn archive(&self, folder: &str, away: bool) -> Result<Outcome, Error> {
        let client = self.store.archive(&self.store.client(folder)?, away.then_some(self.today))?;
        Ok(Outcome::Archived { folder: client.folder, name: client.name, since: client.archived })
    }

    /// Whether there is something to be read beside what is asked for.
    pub fn is_reading(&self) -> bool {
        self.reading.is_some() || self.summing.is_some() || !self.jobs.is_empty()
    }

    /// Reads the next portion of it: of the portfolio first, which somebody looks at.
    pub fn read_on(&mut self, report: &mut dyn FnMut(Outcome)) {
        match self.reading.is_some() {
            true => self.list_on(report),
            false if self.summing.is_some() => self.sum_on(report),
            false if self.confined => {
                let store = self.store.root().to_owned();
                self.digest_on(&mut |outcome| report(outcome.without_paths(&store)));
            }
            false => self.digest_on(report),
        }
    }

    fn open_folder(&mut self, folder: &str, new: bool) -> Result<Opened, Error> {
        let client = self.store.client(folder)?;
        self.open_client(&client, new)
    }

    /// Opens a client's latest visit, or a new one when asked for, and when there is none.
    pub fn open_client(&mut self, client: &ClientFolder, new: bool) -> Result<Opened, Error> {
        let visits = client.visits()?;
        let last = match visits.split_last() {
            Some((last, before)) => {
                let taken = self.take(client, *last)?;
                if !new {
                    return self.show(client, taken, before.last().copied());
                }
                Some((*last, taken.saved.assessment.questionnaire))
            }
            None => None,
        };
        let library = self.store.library();
        let listed = match &last {
            Some((_, pin)) => library.next(pin)?,
            None => library.find(&self.questionnaire)?,
        };
        let last = last.map(|(last, _)| last);
        let date = last.map_or(self.today, |last| last.date.max(self.today));
        let visit = self.store.create_visit(client, date, &listed, false, false)?;
        let taken = self.take(client, visit)?;
        self.show(client, taken, last)
    }

    fn open_named(&mut self, folder: &str, visit: &str) -> Result<Opened, Error> {
        let client = self.store.client(folder)?;
        self.open_visit(&client, named(visit)?)
    }

    fn take_over(&mut self, reference: &str) -> Result<Opened, Error> {
        match self.store.find(reference)? {
            Found { client: Some(client), visit: Some(visit), .. } => self.open_visit(&client, visit),
            Found { .. } => Err(Error::not_found("aucune visite", "no visit")),
        }
    }

    /// Gives the visit back. What could not be written is tried once more, and else rescued elsewhere.
    fn close(&mut self) -> Option<Outcome> {
        let mut held = self.open.take()?;
        let Unwritten { assessment, revision } = held.unwritten.take()?;
        // Nobody is there any more to be told of a new name.
        let _ = held.follow(&self.store);
        let outcome = held.write(&self.store, assessment, revision);
        let (Outcome::SaveFailed(error), Some(Unwritten { assessment, .. })) = (&outcome, &held.unwritten)
        else {
            return Some(outcome);
        };
        // When there is no room anywhere, the first failure is the one to mend.
        let Ok(path) = rescue::rescue(&held.path, assessment) else { return Some(outcome) };
        let path = path.display();
        Some(Outcome::SaveFailed(error.clone().hint(
            format!("tout ce qui a été saisi est gardé dans {path}"),
            format!("all that was entered is kept in {path}"),
        )))
    }

    /// Opens one visit; read-only when it is sealed or somebody else has it.
    pub fn open_visit(&mut self, client: &ClientFolder, visit: VisitKey) -> Result<Opened, Error> {
        let taken = self.take(client, visit)?;
        let before = client.visits()?.into_iter().rfind(|other| *other < visit);
        self.show(client, taken, before)
    }

    /// Reads a visit, with the right to change it if it can be had.
    fn take(&mut self, client: &ClientFolder, visit: VisitKey) -> Result<Taken, Error> {
        // The one that is open is given back first, also when the same is opened again.
        if let Some(Outcome::SaveFailed(error)) = self.close() {
            return Err(error);
        }
        let path = client.visit_path(visit);
        let lock = self.lock(&path);
        Ok(Taken { visit, saved: Saved::read(&path)?, path, lock })
    }

    /// Holds a visit open, and tells what there is to be seen of it.
    fn show(
        &mut self,
        client: &ClientFolder,
        taken: Taken,
        before: Option<VisitKey>,
    ) -> Result<Opened, Error> {
        let Taken { visit, path, lock, saved } = taken;
        let assessment = saved.assessment.clone();
        let captures = captures::all(&path, &assessment.captures);
        // A last visit that cannot be read is no reason not to conduct this one.
        let previous = before.and_then(|before| assessments::read(&client.visit_path(before)).ok());
        // Last: as a rule it is being prepared on another thread all the while.
        let questionnaire = self.store.questionnaire_of(&path, &assessment)?;
        let read_only = match lock {
            _ if assessment.seal.is_some() && self.confined => Some(Error::refused(
                "cette visite est scellée\u{202f}: elle se lit, et ne change plus",
                "this visit is sealed: it can be read, and does not change any more",
            )),
            _ if assessment.seal.is_some() => Some(Error::refused(
                "cette visite est scellée\u{202f}: «\u{a0}N\u{a0}» dans la liste en commence une nouvelle",
                "this visit is sealed: “N” in the list begins a new one",
            )),
            // Somebody else has it, or this place cannot be written to: both can be read.
            Err(error) => Some(error),
            Ok(lock) => {
                self.open = Some(Held {
                    writer: Writer::of(&path, saved),
                    client: client.path.clone(),
                    path,
                    unwritten: None,
                    lock,
                });
                None
            }
        };
        Ok(Opened {
            folder: client.folder.clone(),
            reference: client.reference(visit),
            captures,
            assessment,
            questionnaire,
            previous,
            read_only,
            archived: client.archived,
        })
    }
}

/// Every visit of a client, and those that cannot be read.
fn read_history(store: &Store, folder: &str, report: &mut dyn FnMut(Outcome)) {
    let client = match store.client(folder) {
        Ok(client) => client,
        Err(error) => return report(Outcome::NoHistory { folder: folder.to_owned(), error }),
    };
    let (mut visits, mut lost) = (Vec::new(), Vec::new());
    for key in client.visits().unwrap_or_default() {
        match store.visit(&client.visit_path(key)) {
            Ok(visit) => visits.push(Past {
                taken: captures::taken(&visit.path, &visit.assessment),
                reference: client.reference(key),
                assessment: visit.assessment,
                questionnaire: visit.questionnaire,
            }),
            Err(error) => {
                report(Outcome::Failed(error.clone()));
                lost.push((key, error));
            }
        }
    }
    report(Outcome::History { visits, lost });
}

/// A visit, as its file is called.
fn named(visit: &str) -> Result<VisitKey, Error> {
    VisitKey::from_name(visit).ok_or_else(|| Error::not_found("aucune visite", "no visit"))
}

fn outcome(opened: Result<Opened, Error>) -> Outcome {
    match opened {
        Ok(opened) => Outcome::Opened(Box::new(opened)),
        Err(error) => Outcome::Failed(error),
    }
}

/// Carries effects out one after the other, until their sender is gone. Of writes that wait, only the last counts; what
/// is read in portions waits for all of them.
pub fn work(hands: &mut Hands, effects: &Receiver<Effect>, report: &mut dyn FnMut(Outcome)) {
    let mut waiting = None;
    loop {
        let next = waiting.take().map_or_else(|| next(hands, effects, report), Some);
        let Some(effect) = next else {
            hands.keep_what_is_read();
            return hands.work_to_the_end(report);
        };
        if matches!(effect, Effect::Save { .. })
            && let Ok(next) = effects.try_recv()
        {
            let superseded = matches!(next, Effect::Save { .. });
            waiting = Some(next);
            if superseded {
                continue;
            }
        }
        hands.perform(effect, report);
    }
}

/// The next effect. While there is none, what is read in portions is read on; none when the sender is gone.
fn next(hands: &mut Hands, effects: &Receiver<Effect>, report: &mut dyn FnMut(Outcome)) -> Option<Effect> {
    while hands.is_reading() {
        match effects.try_recv() {
            Ok(effect) => return Some(effect),
            Err(TryRecvError::Disconnected) => return None,
            Err(TryRecvError::Empty) => hands.read_on(report),
        }
    }
    effects.recv().ok()
}
