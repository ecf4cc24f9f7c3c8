//! How is a visit read and written? Its file, whole at any moment, with what another program wrote into it.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::clients::ClientFolder;
use super::clients::Store;
use super::clients::VisitKey;
use super::error::Error;
use super::error::Kind;
use super::files;
use super::files::Disk;
use super::files::System;
use super::format;
use super::history;
use super::library::Listed;
use super::lock::Lock;
use crate::domain::action;
use crate::domain::assessment::Assessment;
use crate::domain::assessment::Status;
use crate::domain::merge;
use crate::domain::merge::Merged;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scoring;

/// A visit as it was read, with the questionnaire that it was made with.
#[derive(Debug, Clone)]
pub struct Visit {
    pub path: PathBuf,
    pub assessment: Assessment,
    pub questionnaire: Arc<Questionnaire>,
}

/// An assessment's file as it was read: its text, and what it says.
#[derive(Debug, Clone)]
pub struct Saved {
    pub text: String,
    pub assessment: Assessment,
}

impl Saved {
    pub fn read(path: &Path) -> Result<Saved, Error> {
        let text = files::read(path)?;
        let assessment = format::read_saved(path, &text).map_err(|error| match error.kind {
            Kind::Unreadable => error.hint(
                "les états antérieurs sont dans le dossier history ; `privaudit doctor` dit que faire",
                "earlier states are in the history folder; `privaudit doctor` says what to do",
            ),
            _ => error,
        })?;
        Ok(Saved { text, assessment })
    }
}

/// Reads an assessment's file.
pub fn read(path: &Path) -> Result<Assessment, Error> {
    Saved::read(path).map(|saved| saved.assessment)
}

/// The bytes of an assessment's file: the same for the same content.
pub fn text(assessment: &Assessment) -> Result<String, Error> {
    format::write_saved(assessment).map_err(|error| Error::refused(error.to_string(), error.to_string()))
}

impl Store {
    /// Reads a visit and finds its questionnaire; for a file of another store, also among those pinned there.
    pub fn visit(&self, path: &Path) -> Result<Visit, Error> {
        let assessment = read(path)?;
        let questionnaire = self.questionnaire_of(path, &assessment)?;
        Ok(Visit { path: path.to_owned(), assessment, questionnaire })
    }

    /// The questionnaire of a visit that was read from this file.
    pub fn questionnaire_of(&self, path: &Path, visit: &Assessment) -> Result<Arc<Questionnaire>, Error> {
        let pin = &visit.questionnaire;
        match self.library().pinned(pin) {
            Err(error) if error.kind == Kind::NotFound => {
                store_of(path).and_then(|store| store.library().pinned(pin).ok()).ok_or(error)
            }
            found => found,
        }
    }

    /// Makes a visit. Unless `blank`, it starts from what the client's last visit knew.
    pub fn create_visit(
        &self,
        client: &ClientFolder,
        date: Date,
        questionnaire: &Listed,
        express: bool,
        blank: bool,
    ) -> Result<VisitKey, Error> {
        let last = last_visit(client, date)?;
        self.library().pin(questionnaire)?;
        let mut assessment = Assessment::new(client.name.clone(), date, &questionnaire.questionnaire);
        if let Some(last) = last.filter(|_| !blank) {
            let before = client.visits()?.into_iter().rfind(|other| *other < last);
            let path = client.visit_path(last);
            let last = read(&path)?;
            assessment.carry_from(&last, &questionnaire.questionnaire);
            // Where the visits behind it cannot be read, what was said to be done is taken over as it was said.
            let before = before.and_then(|before| read(&client.visit_path(before)).ok());
            if let (Some(before), Ok(old)) = (before, self.questionnaire_of(&path, &last)) {
                for id in action::reopened(&last, &scoring::score(&old, &last), &before) {
                    assessment.actions.entry(id).or_default().status = Status::Open;
                }
            }
        }
        assessment.express = express || (assessment.express && !blank);
        keep_visit(client, &assessment)
    }

    /// Keeps an upgraded visit as a new one, beside the old.
    pub fn create_upgraded(
        &self,
        client: &ClientFolder,
        questionnaire: &Listed,
        assessment: &Assessment,
    ) -> Result<VisitKey, Error> {
        last_visit(client, assessment.date)?;
        self.library().pin(questionnaire)?;
        keep_visit(client, assessment)
    }
}

fn keep_visit(client: &ClientFolder, assessment: &Assessment) -> Result<VisitKey, Error> {
    let visit = client.free_visit(assessment.date)?;
    files::write(&client.visit_path(visit), text(assessment)?.as_bytes())?;
    Ok(visit)
}

/// The client's last visit; a date before it is refused for a new one.
fn last_visit(client: &ClientFolder, date: Date) -> Result<Option<VisitKey>, Error> {
    let last = client.visits()?.last().copied();
    match last.filter(|last| last.date > date) {
        None => Ok(last),
        Some(last) => Err(Error::refused(
            format!("la dernière visite de {} est du {}, après le {date}", client.name, last.date),
            format!("the last visit of {} is of {}, after {date}", client.name, last.date),
        )
        .hint("choisir une date à partir de celle-là", "choose that date or a later one")),
    }
}

/// The store that a file would belong to: `STORE/clients/FOLDER/DATE.ron`.
fn store_of(path: &Path) -> Option<Store> {
    let path = fs::canonicalize(path).ok()?;
    path.ancestors().nth(3).map(Store::at)
}

/// Writes a visit, again and again, keeping its earlier states and whatever another program wrote meanwhile.
#[derive(Debug)]
pub struct Writer {
    path: PathBuf,
    disk: Arc<dyn Disk>,
    /// What the file held when it was last read or written here.
    known: String,
    /// What the next state given to [`Writer::write`] derives from; none when it could not be read.
    basis: Option<Assessment>,
    /// The file holds more than the basis: what the session has not taken in yet.
    ahead: bool,
    /// How many times the session was told of more, and has not taken it in yet.
    told: usize,
    state_kept: bool,
}

/// What came of writing.
#[derive(Debug, Clone, PartialEq)]
pub enum Written {
    Saved,
    /// The file was no longer in its place; it is there again.
    Anew,
    /// Another program had changed the file; its state was kept under this path before ours was written.
    KeptOther(PathBuf),
    /// Another program had changed the file, and what it had changed was taken over. Its state is kept, unless all of
    /// it is in the file.
    Merged {
        merged: Box<Merged>,
        kept: Option<PathBuf>,
    },
}

impl Writer {
    /// A writer for the visit in this file, as it is now.
    pub fn new(path: &Path) -> Result<Writer, Error> {
        Writer::on(Arc::new(System), path)
    }

    /// The same on a disk of one's own.
    pub fn on(disk: Arc<dyn Disk>, path: &Path) -> Result<Writer, Error> {
        let known = files::read(path)?;
        let basis = format::read_saved(path, &known).ok();
        Ok(Writer { path: path.to_owned(), disk, known, basis, ahead: false, told: 0, state_kept: false })
    }

    /// A writer for a visit that was read from this file just now, and need not be read again.
    pub fn of(path: &Path, read: Saved) -> Writer {
        let Saved { text, assessment } = read;
        Writer {
            path: path.to_owned(),
            disk: Arc::new(System),
            known: text,
            basis: Some(assessment),
            ahead: false,
            told: 0,
            state_kept: false,
        }
    }

    /// The session has taken in what it was told of first. Once that is all of it, the states given derive from what is
    /// in the file.
    pub fn taken_in(&mut self) {
        self.told = self.told.saturating_sub(1);
        if self.told == 0 {
            self.ahead = false;
            self.basis = format::read_saved(&self.path, &self.known).ok();
        }
    }

    /// Writes what came about beside the session, which takes it in once it is told; the states that it gives until then
    /// are put together with it. Gives what was written, too.
    pub fn add(&mut self, edit: impl FnOnce(&mut Assessment)) -> Result<(Written, Assessment), Error> {
        let basis = match &self.basis {
            Some(basis) => basis.clone(),
            None => read(&self.path)?,
        };
        let mut with_it = basis.clone();
        edit(&mut with_it);
        let written = self.write(&with_it)?;
        self.basis = Some(basis);
        self.ahead = true;
        self.told += 1;
        Ok((written, with_it))
    }

    /// The visit's folder has another name now.
    pub fn follow(&mut self, path: &Path) {
        path.clone_into(&mut self.path);
    }

    /// A file that was sealed, by whomever, is not written over.
    pub fn write(&mut self, assessment: &Assessment) -> Result<Written, Error> {
        let ours = text(assessment)?;
        let on_disk = match self.path.exists() {
            true => Some(files::read(&self.path)?),
            // Deleted underneath: what is known here is written again.
            false => None,
        };
        let lost = on_disk.is_none();
        let foreign = on_disk.as_ref().is_some_and(|on_disk| *on_disk != self.known);
        let differs = on_disk.as_ref().filter(|on_disk| **on_disk != ours);
        if differs.is_some_and(|on_disk| is_sealed(&self.path, on_disk)) {
            return Err(Error::sealed(&self.path.display().to_string()));
        }
        let merged =
            differs.filter(|_| foreign || self.ahead).and_then(|theirs| self.merge(assessment, theirs));
        let whole = match &merged {
            Some(merged) => text(&merged.assessment)?,
            None => ours,
        };
        let mut kept = None;
        if on_disk.as_ref() != Some(&whole) {
            if let Some(on_disk) = on_disk.filter(|_| foreign || !self.state_kept) {
                kept = Some(history::keep(self.disk.as_ref(), &self.path, &on_disk)?);
                self.state_kept = true;
            }
            if let Some(folder) = self.path.parent() {
                files::make_own_folder(folder)?;
            }
            files::write_on(self.disk.as_ref(), &self.path, whole.as_bytes())?;
        }
        self.known = whole;
        self.basis = Some(assessment.clone());
        self.ahead = merged.as_ref().is_some_and(|merged| merged.assessment != *assessment);
        Ok(match (merged, kept) {
            (Some(merged), kept) if foreign && merged.has_news() => {
                self.told += 1;
                Written::Merged { merged: Box::new(merged), kept }
            }
            (_, Some(kept)) if foreign => Written::KeptOther(kept),
            _ if lost => Written::Anew,
            _ => Written::Saved,
        })
    }

    /// Our state with what changed in the file since its basis; none where the file is another visit or none.
    fn merge(&self, ours: &Assessment, on_disk: &str) -> Option<Merged> {
        let theirs = format::read_saved(&self.path, on_disk).ok()?;
        let basis = self.basis.as_ref().filter(|_| merge::is_same_visit(ours, &theirs))?;
        Some(merge::merge(basis, ours, &theirs))
    }
}

/// Makes another state of a visit the present one; the present one becomes an earlier one, whatever its file holds.
pub fn restore(path: &Path, state: &Assessment) -> Result<(), Error> {
    let _lock = Lock::take(path)?;
    match Writer::new(path) {
        Ok(mut writer) => writer.write(state).map(drop),
        Err(error) if error.kind == Kind::Unreadable => {
            history::set_aside(path)?;
            files::write(path, text(state)?.as_bytes())
        }
        Err(error) => Err(error),
    }
}

/// Whether a visit's text has a seal; what cannot be read has none that anybody could check.
fn is_sealed(path: &Path, text: &str) -> bool {
    // Every answer is saved at once: only what could be sealed is read for it.
    text.contains("seal")
        && format::read_saved::<Assessment>(path, text).is_ok_and(|assessment| assessment.seal.is_some())
}
