//! Where is a client's evidence, and what tells one file of it from another?

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

use sha2::Digest;
use sha2::Sha256;

use super::digest::hex;
use super::error::Error;

/// The folder of a client's evidence files, beside the visits.
pub const EVIDENCE: &str = "evidence";
/// How many bytes are read or copied at once where something else is to be done in between: less than somebody notices.
pub const PORTION: u64 = 16 << 20;

/// Whether this can be the name of evidence. What a visit says may be anything; a digest leads to no other folder.
pub fn is_digest(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_hexdigit())
}

/// A file that is being digested. Piece by piece: a capture may be large.
#[derive(Debug)]
struct Digesting {
    file: File,
    hash: Sha256,
}

impl Digesting {
    fn of(path: &Path) -> io::Result<Digesting> {
        Ok(Digesting { file: File::open(path)?, hash: Sha256::new() })
    }

    /// Reads at least this many bytes more, or up to the end; how many there were.
    fn read(&mut self, bytes: u64) -> io::Result<u64> {
        let mut piece = vec![0; 1 << 16];
        let mut done = 0;
        while done < bytes {
            let read = self.file.read(&mut piece)?;
            match piece.get(..read) {
                None | Some([]) => break,
                Some(bytes) => self.hash.update(bytes),
            }
            done += read as u64;
        }
        Ok(done)
    }

    fn end(self) -> String {
        hex(&self.hash.finalize())
    }
}

/// Files of the evidence that are digested in portions, so that other work goes on in between, and somebody who waits
/// is told how far it is.
#[derive(Debug, Default)]
pub struct Digests {
    /// By name; those still to be digested.
    waiting: BTreeMap<String, PathBuf>,
    now: Option<(String, PathBuf, Digesting)>,
    found: BTreeMap<String, Result<String, Error>>,
    /// Bytes.
    pub done: u64,
    pub total: u64,
}

impl Digests {
    /// Of these files, by name.
    pub fn of(files: impl IntoIterator<Item = (String, PathBuf)>) -> Digests {
        let waiting: BTreeMap<String, PathBuf> = files.into_iter().collect();
        let total = waiting.values().filter_map(|path| Some(path.symlink_metadata().ok()?.len())).sum();
        Digests { waiting, total, ..Digests::default() }
    }

    /// Reads about so many bytes; false once all is read.
    pub fn go_on(&mut self, bytes: u64) -> bool {
        let Some((name, path, mut digesting)) = self.now.take() else {
            let Some((name, path)) = self.waiting.pop_first() else { return false };
            match Digesting::of(&path) {
                Ok(digesting) => self.now = Some((name, path, digesting)),
                Err(error) => self.failed(name, &path, &error),
            }
            return true;
        };
        match digesting.read(bytes) {
            Ok(0) => drop(self.found.insert(name, Ok(digesting.end()))),
            Ok(read) => {
                self.done += read;
                self.now = Some((name, path, digesting));
            }
            Err(error) => self.failed(name, &path, &error),
        }
        true
    }

    fn failed(&mut self, name: String, path: &Path, error: &io::Error) {
        self.found.insert(name, Err(Error::io(path, ("lire", "read"), error)));
    }

    /// What they are; whatever could not be read has its error.
    pub fn end(mut self) -> BTreeMap<String, Result<String, Error>> {
        while self.go_on(u64::MAX) {}
        self.found
    }

    /// What all of them are, when all could be read.
    pub fn all(self) -> Result<BTreeMap<String, String>, Error> {
        self.end().into_iter().map(|(name, digest)| Ok((name, digest?))).collect()
    }
}
