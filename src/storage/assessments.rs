//! How is a visit read, kept and guarded? Its file, its lock, and the earlier states of it.

use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::fs::TryLockError;
use std::io::Read;
use std::io::Seek;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::clients;
use super::clients::ClientFolder;
use super::clients::Store;
use super::clients::VisitKey;
use super::error::Error;
use super::error::Kind;
use super::files;
use super::format;
use super::library::Listed;
use crate::domain::assessment::Assessment;
use crate::domain::questionnaire::Questionnaire;

/// How many earlier states of a visit are kept.
const HISTORY: usize = 20;

/// A visit as it was read, with the questionnaire that it was made with.
#[derive(Debug, Clone)]
pub struct Visit {
    pub path: PathBuf,
    pub assessment: Assessment,
    pub questionnaire: Arc<Questionnaire>,
}

/// Reads an assessment's file.
pub fn read(path: &Path) -> Result<Assessment, Error> {
    format::read_saved(path, &files::read(path)?)
}

/// The bytes of an assessment's file: the same for the same content.
pub fn text(assessment: &Assessment) -> Result<String, Error> {
    format::write_saved(assessment).map_err(|error| Error::refused(error.to_string(), error.to_string()))
}

impl Store {
    /// Reads a visit and finds its questionnaire; for a file of another store, also among those pinned there.
    pub fn visit(&self, path: &Path) -> Result<Visit, Error> {
        let assessment = read(path)?;
        let questionnaire = match self.library().pinned(&assessment.questionnaire) {
            Err(error) if error.kind == Kind::NotFound => store_of(path)
                .and_then(|store| store.library().pinned(&assessment.questionnaire).ok())
                .ok_or(error)?,
            found => found?,
        };
        Ok(Visit { path: path.to_owned(), assessment, questionnaire })
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
            let last = read(&client.visit_path(last))?;
            assessment.carry_from(&last, &questionnaire.questionnaire);
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

/// The right to change one visit, until dropped. The lock dies with its process.
#[derive(Debug)]
pub struct Lock {
    // A sibling is locked and never the file itself: replacing the file would lose the lock for newcomers.
    _file: File,
}

impl Lock {
    /// Takes the lock, or says who has it.
    pub fn take(path: &Path) -> Result<Lock, Error> {
        let lock_path = sibling(path, "lock");
        let failed = |error: &std::io::Error| Error::io(&lock_path, ("ouvrir", "open"), error);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&lock_path)
            .map_err(|error| failed(&error))?;
        match file.try_lock() {
            Ok(()) => {
                // Who has it is for messages only; the lock itself is the system's.
                let holder =
                    format!("{} ({})\n", std::env::var("USER").unwrap_or_default(), std::process::id());
                let noted = file
                    .set_len(0)
                    .and_then(|()| file.rewind())
                    .and_then(|()| file.write_all(holder.as_bytes()));
                noted.map_err(|error| failed(&error))?;
                Ok(Lock { _file: file })
            }
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _ = file.take(200).read_to_string(&mut holder);
                let holder: String = holder.chars().filter(|letter| !letter.is_control()).collect();
                let (holder, shown) = (holder.trim(), path.display());
                Err(Error::new(
                    Kind::Locked,
                    format!("cette visite est ouverte ailleurs par {holder} : {shown}"),
                    format!("this visit is open elsewhere, by {holder}: {shown}"),
                )
                .hint("fermer l’autre session, puis réessayer", "close the other session, then try again"))
            }
            Err(TryLockError::Error(error)) => Err(failed(&error)),
        }
    }
}

/// Writes a visit, again and again, keeping its earlier states and whatever another program wrote meanwhile.
#[derive(Debug)]
pub struct Writer {
    path: PathBuf,
    /// What the file held when it was last read or written here.
    known: String,
    state_kept: bool,
}

/// What came of writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    Saved,
    /// Another program had changed the file; its state was kept under this path before ours was written.
    KeptOther(PathBuf),
}

impl Writer {
    /// A writer for a visit that was read from this file just now.
    pub fn new(path: &Path) -> Result<Writer, Error> {
        Ok(Writer { path: path.to_owned(), known: files::read(path)?, state_kept: false })
    }

    /// A file that was sealed, by whomever, is not written over.
    pub fn write(&mut self, assessment: &Assessment) -> Result<Written, Error> {
        let text = text(assessment)?;
        let on_disk = match self.path.exists() {
            true => Some(files::read(&self.path)?),
            // Deleted underneath: what is known here is written again.
            false => None,
        };
        if on_disk.as_ref() == Some(&text) {
            self.known = text;
            return Ok(Written::Saved);
        }
        if on_disk.as_ref().is_some_and(|on_disk| is_sealed(&self.path, on_disk)) {
            return Err(Error::sealed(&self.path.display().to_string()));
        }
        let foreign = on_disk.as_ref().is_some_and(|on_disk| *on_disk != self.known);
        let mut written = Written::Saved;
        if let Some(on_disk) = on_disk.filter(|_| foreign || !self.state_kept) {
            let kept = keep_state(&self.path, &on_disk)?;
            self.state_kept = true;
            if foreign {
                written = Written::KeptOther(kept);
            }
        }
        if let Some(folder) = self.path.parent() {
            files::make_folder(folder)?;
        }
        files::write(&self.path, text.as_bytes())?;
        self.known = text;
        Ok(written)
    }
}

/// Whether a visit's text has a seal; what cannot be read has none that anybody could check.
fn is_sealed(path: &Path, text: &str) -> bool {
    // Every answer is saved at once: only what could be sealed is read for it.
    text.contains("seal")
        && format::read_saved::<Assessment>(path, text).is_ok_and(|assessment| assessment.seal.is_some())
}

/// Writes a visit whose own place cannot be written to where there may still be room: a new folder, for its owner
/// only, among the temporary files.
pub fn rescue(assessment: &Assessment) -> Result<PathBuf, Error> {
    let base = std::env::temp_dir().join(format!("privaudit-{}", std::process::id()));
    let names = (1..100).map(|number| base.with_extension(number.to_string()));
    // One that exists may be somebody else's trap.
    let Some(folder) = names.into_iter().find(|folder| files::make_new_folder(folder).is_ok()) else {
        return Err(Error::refused("aucun dossier temporaire", "no temporary folder"));
    };
    let path = folder.join(format!("{}-{}.ron", clients::folder_name(&assessment.client), assessment.date));
    files::write(&path, text(assessment)?.as_bytes())?;
    Ok(path)
}

/// Puts a state of a visit into the client's `history`, and lets the oldest go.
fn keep_state(path: &Path, text: &str) -> Result<PathBuf, Error> {
    let folder = path.parent().unwrap_or(Path::new(".")).join("history");
    files::make_folder(&folder)?;
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut kept: Vec<(u64, PathBuf)> = fs::read_dir(&folder)
        .map_err(|error| Error::io(&folder, ("lire", "read"), &error))?
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let number = name.strip_prefix(&stem)?.strip_prefix('-')?.strip_suffix(".ron")?.parse().ok()?;
            Some((number, entry.path()))
        })
        .collect();
    kept.sort();
    let next = kept.last().map_or(1, |(number, _)| number + 1);
    let new = folder.join(format!("{stem}-{next}.ron"));
    files::write(&new, text.as_bytes())?;
    let surplus = (kept.len() + 1).saturating_sub(HISTORY);
    for (_, old) in kept.iter().take(surplus) {
        fs::remove_file(old).map_err(|error| Error::io(old, ("supprimer", "delete"), &error))?;
    }
    Ok(new)
}

/// `.2026-11-23.ron.lock` beside `2026-11-23.ron`: nothing else may begin with a date.
fn sibling(path: &Path, extension: &str) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{extension}"))
}
