//! How is what was derived kept for next time? In one file, safe to delete; whatever is wrong with it, it is not read.

use std::fs;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use serde::Deserialize;
use serde::Serialize;

use super::line::Entry;

/// In the store's folder.
pub const FILE: &str = "index";

/// Another version of the program may derive other figures: it begins anew.
const MAGIC: &[u8] = concat!("privaudit index 1, ", env!("CARGO_PKG_VERSION"), "\n").as_bytes();

#[derive(Debug, Serialize, Deserialize)]
pub struct Index {
    /// Over the store's pinned questionnaires.
    pub questionnaires: u64,
    pub entries: Vec<Entry>,
}

/// None where there is no index, or none that can be relied upon.
pub fn read(path: &Path) -> Option<Index> {
    let bytes = fs::read(path).ok()?;
    let (sum, value) = bytes.strip_prefix(MAGIC)?.split_first_chunk()?;
    (checksum(value) == u64::from_le_bytes(*sum)).then(|| postcard::from_bytes(value).ok())?
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
        file.write_all(&[MAGIC, &checksum(&value).to_le_bytes(), &value].concat())?;
        fs::rename(&beside, path)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&beside);
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
