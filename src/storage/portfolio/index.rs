//! How is what was derived kept for next time? In one file, safe to delete; whatever is wrong with it, it is not read.

use std::fs;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use serde::Deserialize;
use serde::Serialize;

use super::line::Entry;
use crate::storage::prepared;

/// In the store's folder.
pub const FILE: &str = "index";

/// No index is larger, in bytes: that would be more clients than anybody has.
const LARGEST: u64 = 256 << 20;

#[derive(Debug, Serialize, Deserialize)]
pub struct Index {
    /// Over the store's pinned questionnaires.
    pub questionnaires: u64,
    pub entries: Vec<Entry>,
}

/// None where there is no index, or none that can be relied upon.
pub fn read(path: &Path) -> Option<Index> {
    // A pipe in its place would keep us waiting, and a file of another kind fill the memory.
    let expected = fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() <= LARGEST);
    let bytes = if expected { fs::read(path).ok()? } else { return None };
    let (sum, value) = bytes.strip_prefix(heading().as_bytes())?.split_first_chunk()?;
    (checksum(value) == u64::from_le_bytes(*sum)).then(|| postcard::from_bytes(value).ok())?
}

/// Another version of the program, or of the embedded questionnaire, may derive other figures: it begins anew.
fn heading() -> String {
    format!("privaudit index 2, {}, {}\n", env!("CARGO_PKG_VERSION"), prepared::DIGEST)
}

/// Writes the index for its owner only, whole or not at all. It is not synced, since losing it loses nothing; and what
/// goes wrong is nobody's trouble but the next reading's.
pub fn write(path: &Path, index: &Index) {
    let Ok(value) = postcard::to_allocvec(index) else { return };
    let beside = path.with_file_name(format!(".{FILE}.{}.tmp", std::process::id()));
    let written = (|| {
        // Left behind by a program of this number that was killed.
        let _ = fs::remove_file(&beside);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        file.write_all(&[heading().as_bytes(), &checksum(&value).to_le_bytes(), &value].concat())?;
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
