//! How do the clients stand? A line each, from an index that is checked against the files and never trusted over them.
//!
//! Reading goes by portions, so that whoever waits can do something else between two of them. For a portion, the
//! folders are listed and their files looked at, but only what changed since the index was written is read.

use std::collections::HashMap;
use std::fs;
use std::hash::DefaultHasher;
use std::hash::Hash;
use std::hash::Hasher;
use std::path::Path;
use std::path::PathBuf;

use jiff::civil::Date;

use super::clients;
use super::clients::ClientFolder;
use super::clients::Store;
use super::clients::VisitKey;
use super::error::Error;
use super::stamp::Stamp;
use crate::domain::assessment::Status;
use crate::domain::scoring;

mod index;
pub mod line;

use line::Entry;
use line::Line;
use line::Standing;

/// A portion of fewer clients is not worth a second thread.
const WORTH_A_THREAD: usize = 32;

/// A portfolio being read.
#[derive(Debug)]
pub struct Reading {
    store: Store,
    index: PathBuf,
    /// What the index had, by folder.
    known: HashMap<String, Entry>,
    /// Over the pinned questionnaires.
    questionnaires: u64,
    folders: Vec<String>,
    /// How many of the folders are read.
    done: usize,
    kept: Vec<Entry>,
    changed: bool,
}

impl Store {
    /// Begins to read the portfolio.
    pub fn portfolio(&self) -> Result<Reading, Error> {
        let folders = self.folders()?;
        let questionnaires = fingerprint_of(&self.root().join("questionnaires"));
        let index = self.root().join(index::FILE);
        let (known, changed) = match index::read(&index) {
            Some(read) => {
                let same = read.questionnaires == questionnaires;
                let entries = read.entries.into_iter().filter(|entry| same || !entry.pinned);
                (entries.map(|entry| (entry.line.folder.clone(), entry)).collect(), !same)
            }
            None => (HashMap::new(), true),
        };
        let kept = Vec::with_capacity(folders.len());
        Ok(Reading { store: self.clone(), index, known, questionnaires, folders, done: 0, kept, changed })
    }

    /// Every client's line, by name.
    pub fn lines(&self, mut progress: impl FnMut(usize, usize)) -> Result<Vec<Line>, Error> {
        let mut reading = self.portfolio()?;
        let mut lines = Vec::with_capacity(reading.total());
        while let Some(portion) = reading.read(512) {
            lines.extend(portion);
            progress(reading.done, reading.total());
        }
        reading.keep();
        lines.sort_by(|one, other| (&one.key, &one.folder).cmp(&(&other.key, &other.folder)));
        Ok(lines)
    }

    /// Forgets what was derived: what is deleted must not live on in the index.
    pub fn forget_index(&self) -> Result<(), Error> {
        let path = self.root().join(index::FILE);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::io(&path, ("supprimer", "delete"), &error))
            }
            _ => Ok(()),
        }
    }

    /// The names of the folders of clients.
    fn folders(&self) -> Result<Vec<String>, Error> {
        let folder = self.clients_folder();
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::io(&folder, ("lire", "read"), &error)),
        };
        let mut folders: Vec<String> = entries
            .flatten()
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        folders.sort_unstable();
        Ok(folders)
    }
}

impl Reading {
    /// How many folders there are.
    pub fn total(&self) -> usize {
        self.folders.len()
    }

    pub fn done(&self) -> usize {
        self.done
    }

    /// What the index says of the folders that there are, not yet checked against their files: something to show
    /// at once.
    pub fn remembered(&self) -> Vec<Line> {
        self.folders
            .iter()
            .filter_map(|folder| self.known.get(folder))
            .map(|entry| entry.line.clone())
            .collect()
    }

    /// The next clients, as their files have them; none after the last.
    pub fn read(&mut self, count: usize) -> Option<Vec<Line>> {
        let portion = self.folders.get(self.done..(self.done + count.max(1)).min(self.folders.len()))?;
        if portion.is_empty() {
            return None;
        }
        let look = |folders: &[String]| -> Vec<Seen> {
            folders.iter().filter_map(|folder| look(&self.store, folder, self.known.get(folder))).collect()
        };
        let seen = if portion.len() < WORTH_A_THREAD {
            look(portion)
        } else {
            let (first, second) = portion.split_at(portion.len() / 2);
            std::thread::scope(|scope| {
                let other = scope.spawn(|| look(second));
                let mut seen = look(first);
                // What panicked there panics here.
                seen.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
                seen
            })
        };
        self.done += portion.len();
        let mut lines = Vec::with_capacity(seen.len());
        for Seen { entry, is_new } in seen {
            lines.push(entry.line.clone());
            self.changed |= is_new;
            // What could not be read is looked at again next time.
            if entry.line.error.is_none() {
                self.kept.push(entry);
            }
        }
        Some(lines)
    }

    /// Keeps the index for next time, when it is to say something else. A store that cannot be written to is read
    /// all the same.
    pub fn keep(self) {
        if self.changed || self.kept.len() != self.known.len() {
            index::write(
                &self.index,
                &index::Index { questionnaires: self.questionnaires, entries: self.kept },
            );
        }
    }
}

struct Seen {
    entry: Entry,
    is_new: bool,
}

/// A client's entry, as it is known when nothing changed, else read; none for a folder that is not a client's.
fn look(store: &Store, folder: &str, known: Option<&Entry>) -> Option<Seen> {
    let path = store.clients_folder().join(folder);
    let mut fingerprint = 0u64;
    let mut visits = Vec::new();
    let mut is_client = false;
    for entry in fs::read_dir(&path).ok()?.flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if name == clients::FILE {
            is_client = true;
        } else {
            let Some(visit) = name.strip_suffix(".ron").and_then(VisitKey::from_name) else { continue };
            visits.push(visit);
        }
        let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        let stamp =
            if is_link { Stamp::of(&entry.path()) } else { entry.metadata().ok().as_ref().map(Stamp::from) };
        fingerprint = fingerprint.wrapping_add(hash(&(name, stamp)));
    }
    if !is_client {
        return None;
    }
    if let Some(known) = known.filter(|known| known.fingerprint == fingerprint) {
        return Some(Seen { entry: known.clone(), is_new: false });
    }
    visits.sort_unstable();
    let mut line = Line {
        folder: folder.to_owned(),
        name: String::new(),
        key: String::new(),
        visits: visits.len(),
        last: visits.last().map(|visit| visit.date),
        standing: None,
        before: None,
        error: None,
    };
    let mut pinned = false;
    if let Err(error) = fill(&mut line, store, &path, &visits, &mut pinned) {
        line.error = Some(Box::new(error));
    }
    Some(Seen { entry: Entry { fingerprint, pinned, line }, is_new: true })
}

fn fill(
    line: &mut Line,
    store: &Store,
    path: &Path,
    visits: &[VisitKey],
    pinned: &mut bool,
) -> Result<(), Error> {
    let client: ClientFolder = clients::read_client(path)?;
    line.key = clients::fold(&client.name);
    line.name.clone_from(&client.name);
    let mut latest = visits.iter().rev();
    let Some(last) = latest.next() else { return Ok(()) };
    let visit = store.visit(&client.visit_path(*last))?;
    *pinned |= !super::library::is_built_in(&visit.assessment.questionnaire);
    let score = scoring::score(&visit.questionnaire, &visit.assessment);
    let figures = score.overall.figures;
    let (low, high) = figures.interval.unwrap_or((0.0, 100.0));
    let plans = score.findings.iter().map(|finding| visit.assessment.actions.get(finding));
    let open: Vec<Option<Date>> = plans
        .filter(|plan| {
            plan.is_none_or(|plan| matches!(plan.status, Status::Open | Status::Planned | Status::Doing))
        })
        .map(|plan| plan.and_then(|plan| plan.due))
        .collect();
    line.standing = Some(Standing {
        date: visit.assessment.date,
        score: figures.score,
        low,
        high,
        coverage: figures.coverage,
        open: open.len(),
        due: open.into_iter().flatten().collect(),
    });
    // A visit before that cannot be read only leaves the trend open.
    if let Some(before) = latest.next().and_then(|before| store.visit(&client.visit_path(*before)).ok()) {
        *pinned |= !super::library::is_built_in(&before.assessment.questionnaire);
        line.before = scoring::score(&before.questionnaire, &before.assessment).overall.figures.score;
    }
    Ok(())
}

/// Over the names and stamps of a folder's files, in whatever order they come.
fn fingerprint_of(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let hashes = entries.map(|entry| hash(&(entry.file_name(), Stamp::of(&entry.path()))));
    hashes.fold(0, u64::wrapping_add)
}

/// The same for the same value within one version of the program, which is all that the index needs.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
