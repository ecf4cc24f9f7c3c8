//! How is what was derived kept for next time? In one file, safe to delete; whatever is wrong with it, it is not read.
//!
//! ```text
//! heading │ size and sum of the beginning │ the beginning: how many, and the first by name │ sum of the rest │ the rest
//! ```
//!
//! The beginning alone is enough for a first screen, however many clients there are.

use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::io::Read;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use serde::Serialize;

use super::line::Entry;
use super::line::Line;
use crate::storage::clients;
use crate::storage::prepared;

/// In the store's folder.
pub const FILE: &str = clients::INDEX;

/// More than a screen has lines.
const FIRST: usize = 64;
/// The beginning is not larger, in bytes.
const LARGEST_BEGINNING: u32 = 256 << 10;

/// No index is larger, in bytes: that would be more clients than anybody has.
const LARGEST: u64 = 256 << 20;

#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Index {
    /// Over the store's pinned questionnaires.
    pub questionnaires: u64,
    /// By folder.
    pub entries: Vec<Entry>,
}

/// What the index begins with.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Beginning {
    pub count: usize,
    /// The first ones by name.
    pub lines: Vec<Arc<Line>>,
}

/// None where there is no index, or none that can be relied upon.
pub fn read(path: &Path) -> Option<Index> {
    // A pipe in its place would keep us waiting, and a file of another kind fill the memory.
    let expected = fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() <= LARGEST);
    let bytes = if expected { fs::read(path).ok()? } else { return None };
    let (_, rest) = split(bytes.strip_prefix(heading().as_bytes())?)?;
    let (sum, value) = rest.split_first_chunk()?;
    (checksum(value) == u64::from_le_bytes(*sum)).then(|| postcard::from_bytes(value).ok())?
}

/// The beginning alone. None where there is none that can be relied upon.
pub fn beginning(path: &Path) -> Option<Beginning> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let mut file = File::open(path).ok()?;
    let heading = heading();
    // The heading, the size and the sum, and then no more than that size: the rest may be megabytes.
    let mut bytes = vec![0; heading.len() + 12];
    file.read_exact(&mut bytes).ok()?;
    let (size, _) = bytes.strip_prefix(heading.as_bytes())?.split_first_chunk()?;
    let size = u32::from_le_bytes(*size);
    if size > LARGEST_BEGINNING {
        return None;
    }
    file.take(size.into()).read_to_end(&mut bytes).ok()?;
    let (value, _) = split(bytes.strip_prefix(heading.as_bytes())?)?;
    postcard::from_bytes(value).ok()
}

/// What is behind the heading: the beginning, if its sum is right, and the rest.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (size, bytes) = bytes.split_first_chunk()?;
    let (sum, bytes) = bytes.split_first_chunk()?;
    let (value, rest) = bytes.split_at_checked(usize::try_from(u32::from_le_bytes(*size)).ok()?)?;
    (checksum(value) == u64::from_le_bytes(*sum)).then_some((value, rest))
}

/// Another version of the program, or of the embedded questionnaire, may derive other figures: it begins anew.
fn heading() -> String {
    format!("privaudit index 5, {}, {}\n", env!("CARGO_PKG_VERSION"), prepared::DIGEST)
}

/// Writes the index for its owner only, whole or not at all. It is not synced, since losing it loses nothing; and what
/// goes wrong is nobody's trouble but the next reading's.
pub fn write(path: &Path, index: &Index) {
    let mut lines: Vec<Arc<Line>> = index.entries.iter().map(|entry| Arc::clone(&entry.line)).collect();
    if lines.len() > FIRST {
        lines.select_nth_unstable_by(FIRST, |one, other| one.by_name(other));
        lines.truncate(FIRST);
    }
    lines.sort_unstable_by(|one, other| one.by_name(other));
    let beginning = Beginning { count: index.entries.len(), lines };
    let (Ok(beginning), Ok(value)) = (postcard::to_allocvec(&beginning), postcard::to_allocvec(index)) else {
        return;
    };
    let Ok(size) = u32::try_from(beginning.len()) else { return };
    let (begins, rests) = (checksum(&beginning).to_le_bytes(), checksum(&value).to_le_bytes());
    let heading = heading();
    let parts: [&[u8]; 6] = [heading.as_bytes(), &size.to_le_bytes(), &begins, &beginning, &rests, &value];
    let beside = path.with_file_name(format!(".{FILE}.{}.tmp", std::process::id()));
    let written = (|| {
        // Left behind by a program of this number that was killed.
        let _ = fs::remove_file(&beside);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        file.write_all(&parts.concat())?;
        fs::rename(&beside, path)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
}

/// Leaves a client out, so that nothing of it stays when it is erased.
pub fn forget(path: &Path, folder: &str) {
    if let Some(mut index) = read(path) {
        index.entries.retain(|entry| entry.line.folder != folder);
        write(path, &index);
    }
}

/// Tells a file that was cut or mixed up; it is no defence against anybody. Eight bytes at a time, FNV's way.
fn checksum(bytes: &[u8]) -> u64 {
    let words = bytes.chunks(8).map(|chunk| {
        let mut word = [0; 8];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        u64::from_le_bytes(word)
    });
    let seed = 0xcbf2_9ce4_8422_2325 ^ bytes.len() as u64;
    words.fold(seed, |sum, word| (sum ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(29))
}
