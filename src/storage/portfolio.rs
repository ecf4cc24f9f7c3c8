//! How do the clients stand? A line each, from an index that is checked against the files and never trusted over them.
//!
//! Reading goes by portions, so that whoever waits can do something else between two of them. For a portion, the
//! folders are listed and their files looked at, but only what changed since the index was written is read. What was
//! read is kept now and then: who reads next goes on from there.

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
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering as Atomically;
use std::time::Duration;
use std::time::Instant;
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

use index::Index;
use line::Entry;
use line::Line;
use line::Standing;

/// A portion of fewer clients is not worth a second thread.
const WORTH_A_THREAD: usize = 32;
/// A program's portion that only shows how far it is.
const PORTION: (usize, Duration) = (512, Duration::from_millis(100));
/// What was read is kept now and then: not more often than this, and in no more than so many parts of the time.
const KEEP_EVERY: Duration = Duration::from_secs(2);
const KEEP_IN: u32 = 50;

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
    /// Whether it is to have something else than it has.
    changed: bool,
    /// When it was kept last, and how long that took.
    last_kept: (Instant, Duration),
}

impl Store {
    /// What the index says at its beginning, not checked against any file: something to show at once.
    pub fn glimpse(&self) -> Glimpse {
        index::beginning(&self.root().join(index::FILE)).unwrap_or_default()
    }

    /// Begins to read the portfolio.
    pub fn portfolio(&self) -> Result<Reading, Error> {
        let index = index::read(&self.root().join(index::FILE));
        let is_new = index.is_none();
        Reading::over(self.clone(), index.unwrap_or_default(), is_new)
    }

    /// Every client's line, by name.
    pub fn lines(&self, mut progress: impl FnMut(usize, usize)) -> Result<Vec<Line>, Error> {
        let mut reading = self.portfolio()?;
        let mut lines = Vec::with_capacity(reading.total());
        while let Some(portion) = reading.read(PORTION.0, PORTION.1) {
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
    /// Begins with what is known; `changed` where the index on the disk says something else.
    fn over(store: Store, known: Index, changed: bool) -> Result<Reading, Error> {
        let folders = store.folders()?;
        let questionnaires = fingerprint_of(&store.root().join(library::FOLDER));
        let same = known.questionnaires == questionnaires;
        let entries = known.entries.into_iter().filter(|entry| same || !entry.pinned);
        Ok(Reading {
            index: store.root().join(index::FILE),
            store,
            known: entries.map(Some).collect(),
            questionnaires,
            done: 0,
            kept: Vec::with_capacity(folders.len()),
            folders,
            changed: changed || !same,
            last_kept: (Instant::now(), Duration::ZERO),
        })
    }

    /// Begins once more: of what was read so far, only what changed meanwhile is read again.
    pub fn again(self) -> Result<Reading, Error> {
        let (known, changed) = (self.known_by_now(), self.changed);
        Reading::over(self.store, known, changed)
    }

    /// How many folders there are.
    pub fn total(&self) -> usize {
        self.folders.len()
    }

    pub fn done(&self) -> usize {
        self.done
    }

    /// The next clients, as their files have them: at most so many, and no more of them once this time is over. None
    /// after the last.
    pub fn read(&mut self, most: usize, time: Duration) -> Option<Vec<Arc<Line>>> {
        let portion =
            self.folders.get(self.done..self.done.saturating_add(most.max(1)).min(self.folders.len()))?;
        if portion.is_empty() {
            return None;
        }
        let seen = self.look_at(portion, time);
        let mut lines = Vec::with_capacity(seen.len());
        self.done += seen.len();
        for (_, seen) in seen {
            let (entry, is_new) = match seen {
                None => continue,
                Some(Seen::Same(place)) => (self.known.get_mut(place).and_then(Option::take), false),
                // What could not be read is looked at again next time.
                Some(Seen::New(entry, is_settled)) if !is_settled || entry.line.error.is_some() => {
                    lines.push(entry.line);
                    continue;
                }
                Some(Seen::New(entry, _)) => (Some(*entry), true),
            };
            let Some(entry) = entry else { continue };
            lines.push(Arc::clone(&entry.line));
            self.kept.push(entry);
            self.changed |= is_new;
        }
        let (last, took) = self.last_kept;
        if self.changed && last.elapsed() > KEEP_EVERY.max(took * KEEP_IN) {
            self.write();
        }
        Some(lines)
    }

    /// What is in the first of these folders, with their places, in order; in as many as are looked at in this time.
    fn look_at(&self, folders: &[OsString], time: Duration) -> Vec<(usize, Option<Seen>)> {
        let until = Instant::now().checked_add(time);
        // Each takes the next, so that those that were looked at are the first.
        let next = AtomicUsize::new(0);
        let look = || {
            let mut seen = Vec::new();
            loop {
                let place = next.fetch_add(1, Atomically::Relaxed);
                let Some(folder) = folders.get(place) else { return seen };
                seen.push((place, self.look(folder)));
                if until.is_some_and(|until| Instant::now() >= until) {
                    return seen;
                }
            }
        };
        if folders.len() < WORTH_A_THREAD {
            return look();
        }
        let mut seen = std::thread::scope(|scope| {
            let other = scope.spawn(look);
            let mut seen = look();
            // What panicked there panics here.
            seen.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            seen
        });
        seen.sort_unstable_by_key(|(place, _)| *place);
        seen
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

    /// Leaves a client out of what is kept: it was deleted.
    pub fn forget(&mut self, folder: &str) {
        self.kept.retain(|entry| entry.line.folder != folder);
        self.known.retain(|known| known.as_ref().is_none_or(|entry| entry.line.folder != folder));
        self.changed = true;
    }

    /// Keeps the index for next time, when it is to say something else; also where the reading is given up before its
    /// end. A store that cannot be written to is read all the same.
    pub fn keep(mut self) {
        let is_over = self.done == self.folders.len();
        if self.changed || (is_over && self.known.iter().any(Option::is_some)) {
            self.write();
        }
    }

    fn write(&mut self) {
        let begun = Instant::now();
        index::write(&self.index, &self.known_by_now());
        self.changed = false;
        self.last_kept = (Instant::now(), begun.elapsed());
    }

    /// What was read, and what was known of those that are still to come.
    fn known_by_now(&self) -> Index {
        let next = self.folders.get(self.done);
        let to_come = |entry: &&Entry| next.is_some_and(|next| OsStr::new(&entry.line.folder) >= next);
        let known = self.known.iter().flatten().filter(to_come);
        let entries = self.kept.iter().chain(known).cloned().collect();
        Index { questionnaires: self.questionnaires, entries }
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
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        // Links lead elsewhere, and pipes wait: neither is a file of the store's.
        if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            is_client |= name == clients::FILE;
            continue;
        }
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
    // Visits without a word of whose they are are not left out without one.
    if !is_client && visits.is_empty() {
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
