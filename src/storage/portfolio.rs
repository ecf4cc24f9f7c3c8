//! How do the clients stand? A line each, from an index that is checked against the files and never trusted over them.
//!
//! Reading goes by portions, so that whoever waits can do something else between two of them. For a portion, the
//! folders are listed and their files looked at, but only what changed since the index was written is read.

use std::cmp::Ordering;
use std::ffi::OsStr;
use std::ffi::OsString;
use std::fs;
use std::hash::DefaultHasher;
use std::hash::Hash;
use std::hash::Hasher;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use super::assessments::Visit;
use super::clients;
use super::clients::ClientFolder;
use super::clients::Store;
use super::clients::VisitKey;
use super::error::Error;
use super::library;
use super::stamp::Stamp;
use crate::domain::action;
use crate::domain::scoring;

mod index;
pub mod line;

pub use index::Beginning as Glimpse;

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
    /// What the index had, by folder; none in place of what is taken over.
    known: Vec<Option<Entry>>,
    /// Over the pinned questionnaires.
    questionnaires: u64,
    folders: Vec<OsString>,
    /// How many of the folders are read.
    done: usize,
    /// What the index is to have.
    kept: Vec<Entry>,
    changed: bool,
}

impl Store {
    /// What the index says at its beginning, not checked against any file: something to show at once.
    pub fn glimpse(&self) -> Glimpse {
        index::beginning(&self.root().join(index::FILE)).unwrap_or_default()
    }

    /// Begins to read the portfolio.
    pub fn portfolio(&self) -> Result<Reading, Error> {
        let folders = self.folders()?;
        let questionnaires = fingerprint_of(&self.root().join("questionnaires"));
        let index = self.root().join(index::FILE);
        let (known, changed) = match index::read(&index) {
            Some(read) => {
                let same = read.questionnaires == questionnaires;
                let entries = read.entries.into_iter().filter(|entry| same || !entry.pinned);
                (entries.map(Some).collect(), !same)
            }
            None => (Vec::new(), true),
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
        lines.sort_unstable_by(|one, other| one.by_name(other));
        Ok(lines.into_iter().map(Arc::unwrap_or_clone).collect())
    }

    /// Forgets what was derived of a client: what is deleted must not live on in the index.
    pub fn forget_line(&self, folder: &str) {
        index::forget(&self.root().join(index::FILE), folder);
    }

    /// The names of the folders of clients.
    fn folders(&self) -> Result<Vec<OsString>, Error> {
        let folder = self.clients_folder();
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::io(&folder, ("lire", "read"), &error)),
        };
        let mut folders: Vec<OsString> = entries
            .flatten()
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
            .map(|entry| entry.file_name())
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

    /// The next clients, as their files have them; none after the last.
    pub fn read(&mut self, count: usize) -> Option<Vec<Arc<Line>>> {
        let portion = self.folders.get(self.done..(self.done + count.max(1)).min(self.folders.len()))?;
        if portion.is_empty() {
            return None;
        }
        let look = |folders: &[OsString]| -> Vec<Seen> {
            folders.iter().filter_map(|folder| self.look(folder)).collect()
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
        let mut lines = Vec::with_capacity(seen.len());
        self.done += portion.len();
        for seen in seen {
            let (entry, is_settled) = match seen {
                Seen::Same(place) => (self.known.get_mut(place).and_then(Option::take), true),
                Seen::New(entry, is_settled) => {
                    self.changed = true;
                    (Some(*entry), is_settled)
                }
            };
            let Some(entry) = entry else { continue };
            lines.push(Arc::clone(&entry.line));
            // What could not be read is looked at again next time.
            if is_settled && entry.line.error.is_none() {
                self.kept.push(entry);
            }
        }
        Some(lines)
    }

    /// Looks at a folder, and at what the index had of it.
    fn look(&self, folder: &OsStr) -> Option<Seen> {
        // What is taken over already lies in front of whatever is still to come.
        let place = self.known.binary_search_by(|entry| match entry {
            Some(entry) => OsStr::new(&entry.line.folder).cmp(folder),
            None => Ordering::Less,
        });
        let place = place.ok();
        let known = place.and_then(|place| Some((place, self.known.get(place)?.as_ref()?)));
        look(&self.store, folder, known)
    }

    /// Keeps the index for next time, when it is to say something else. A store that cannot be written to is read
    /// all the same.
    pub fn keep(self) {
        if self.changed || self.known.iter().any(Option::is_some) {
            index::write(
                &self.index,
                &index::Index { questionnaires: self.questionnaires, entries: self.kept },
            );
        }
    }
}

/// What was found in a folder.
enum Seen {
    /// What is known at this place still holds.
    Same(usize),
    /// It was read. Its files may have changed so lately that another change would not show in their stamps: then
    /// it is not settled.
    New(Box<Entry>, bool),
}

/// A client's entry, as it is known when nothing changed, else read; none for a folder that is not a client's.
fn look(store: &Store, folder: &OsStr, known: Option<(usize, &Entry)>) -> Option<Seen> {
    let path = store.clients_folder().join(folder);
    let mut fingerprint = 0u64;
    let mut visits = Vec::new();
    let mut is_client = false;
    let mut is_settled = true;
    let begun = SystemTime::now();
    let entries = match fs::read_dir(&path) {
        Ok(entries) => entries,
        // It may be a client's: it is not left out without a word.
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            let mut line = Line::unread(folder);
            line.error = Some(Box::new(Error::io(&path, ("lire", "read"), &error)));
            return Some(Seen::New(
                Box::new(Entry { fingerprint, pinned: false, line: Arc::new(line) }),
                false,
            ));
        }
        Err(_) => return None,
    };
    for entry in entries.flatten() {
        // Links lead elsewhere, and pipes wait: neither is a file of the store's.
        if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if name == clients::FILE {
            is_client = true;
        } else {
            let Some(visit) = name.strip_suffix(".ron").and_then(VisitKey::from_name) else { continue };
            visits.push(visit);
        }
        let stamp = entry.metadata().ok().as_ref().map(Stamp::from);
        is_settled &= stamp.is_some_and(|stamp| stamp.is_settled(begun));
        fingerprint = fingerprint.wrapping_add(hash(&(name, stamp)));
    }
    if !is_client {
        return None;
    }
    if let Some((place, _)) = known.filter(|(_, known)| known.fingerprint == fingerprint) {
        return Some(Seen::Same(place));
    }
    visits.sort_unstable();
    let mut line = Line::unread(folder);
    line.visits = visits.len();
    line.last = visits.last().map(|visit| visit.date);
    let mut pinned = false;
    if let Err(error) = fill(&mut line, store, &path, &visits, &mut pinned) {
        line.error = Some(Box::new(error));
    }
    Some(Seen::New(Box::new(Entry { fingerprint, pinned, line: Arc::new(line) }), is_settled))
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
    line.keep_until = client.keep_until;
    line.archived = client.archived;
    let mut latest = visits.iter().rev();
    let Some(last) = latest.next() else { return Ok(()) };
    let visit = store.visit(&client.visit_path(*last))?;
    // A visit before that cannot be read only leaves the trend open.
    let before = latest.next().and_then(|before| store.visit(&client.visit_path(*before)).ok());
    let is_pinned = |visit: &Visit| !library::is_built_in(&visit.assessment.questionnaire);
    *pinned = is_pinned(&visit) || before.as_ref().is_some_and(is_pinned);
    line.standing = Some(standing(&visit, before.as_ref()));
    line.before = before
        .as_ref()
        .and_then(|before| scoring::score(&before.questionnaire, &before.assessment).overall.figures.score);
    Ok(())
}

fn standing(visit: &Visit, before: Option<&Visit>) -> Standing {
    let assessment = &visit.assessment;
    let score = scoring::score(&visit.questionnaire, assessment);
    let figures = score.overall.figures;
    let (low, high) = figures.interval.unwrap_or((0.0, 100.0));
    let open = action::open(assessment, &score, before.map(|before| &before.assessment));
    Standing {
        date: assessment.date,
        score: figures.score,
        low,
        high,
        coverage: figures.coverage,
        open: open.len(),
        due: open.iter().filter_map(|finding| assessment.actions.get(finding)?.due).collect(),
    }
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
