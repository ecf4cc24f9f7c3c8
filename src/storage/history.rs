//! Which earlier states of a visit are there? Kept in the folder `history` beside it, a bounded number.

use std::fs;
use std::fs::File;
use std::path::Path;
use std::path::PathBuf;
use std::time::SystemTime;

use super::error::Error;
use super::files;
use super::files::Disk;

/// The folder of a client's earlier states, beside the visits.
pub const FOLDER: &str = "history";
/// How many earlier states of a visit are kept.
pub const MOST: usize = 20;

/// An earlier state of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Counts up; the oldest are let go.
    pub number: u64,
    pub path: PathBuf,
    /// When the visit was saved in this state.
    pub saved: SystemTime,
}

/// The earlier states of a visit's file, oldest first.
pub fn states(visit: &Path) -> Result<Vec<State>, Error> {
    let (folder, stem) = place(visit);
    if folder.is_symlink() {
        return Err(files::leads_elsewhere(&folder));
    }
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io(&folder, ("lire", "read"), &error)),
    };
    let mut states: Vec<State> = entries
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .filter_map(|entry| {
            let name = entry.file_name();
            let (of, number) = split(name.to_str()?)?;
            let saved = entry.metadata().and_then(|metadata| metadata.modified());
            let saved = saved.unwrap_or(SystemTime::UNIX_EPOCH);
            (of == stem).then(|| State { number, path: entry.path(), saved })
        })
        .collect();
    states.sort_by_key(|state| state.number);
    Ok(states)
}

/// The visit's name and the number in the name of a state's file: `2026-11-23-7.ron`.
pub fn split(name: &str) -> Option<(&str, u64)> {
    let (visit, number) = name.strip_suffix(".ron")?.rsplit_once('-')?;
    // There is always a next one.
    Some((visit, number.parse::<u32>().ok()?.into()))
}

/// Keeps a state of a visit, and lets the oldest go.
pub fn keep(disk: &dyn Disk, visit: &Path, text: &str) -> Result<PathBuf, Error> {
    let (folder, stem) = place(visit);
    let kept = states(visit)?;
    // A save that failed is tried again and again: one copy of the state before it is enough.
    if let Some(last) = kept.last().filter(|last| files::read(&last.path).is_ok_and(|held| held == text)) {
        return Ok(last.path.clone());
    }
    let next = kept.last().map_or(1, |state| state.number + 1);
    files::make_folder(&folder)?;
    let new = folder.join(format!("{stem}-{next}.ron"));
    files::write_on(disk, &new, text.as_bytes())?;
    if let Ok(saved) = fs::metadata(visit).and_then(|metadata| metadata.modified()) {
        // Only for show: the state counts, whatever its time.
        let _ = File::options().write(true).open(&new).and_then(|file| file.set_modified(saved));
    }
    let surplus = (kept.len() + 1).saturating_sub(MOST);
    for old in kept.iter().take(surplus) {
        files::remove(&old.path)?;
    }
    Ok(new)
}

/// Puts a visit's file, whatever it holds, among its earlier states.
pub fn set_aside(visit: &Path) -> Result<PathBuf, Error> {
    let (folder, stem) = place(visit);
    let next = states(visit)?.last().map_or(1, |state| state.number + 1);
    files::make_folder(&folder)?;
    let new = folder.join(format!("{stem}-{next}.ron"));
    files::rename(visit, &new)?;
    Ok(new)
}

fn place(visit: &Path) -> (PathBuf, String) {
    let folder = visit.parent().unwrap_or(Path::new(".")).join(FOLDER);
    let stem = visit.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    (folder, stem)
}
