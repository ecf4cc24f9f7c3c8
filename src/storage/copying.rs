//! How is a file of any size copied beside a visit without anybody waiting for it? In portions, digested on the way.

use std::ffi::OsString;
use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::fs::TryLockError;
use std::io;
use std::io::Read;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

use jiff::civil::Date;
use sha2::Digest;
use sha2::Sha256;

use super::digest::hex;
use super::error::Error;
use super::files;
use crate::domain::attachment::Attachment;
use crate::domain::text::plain_line;

/// How the name of a copy begins that is not whole yet.
const UNFINISHED: &str = ".attached.";

/// Whether a copy that is not whole yet is called so.
pub fn is_unfinished(name: &str) -> bool {
    name.starts_with(UNFINISHED) && name.ends_with(files::UNFINISHED)
}

/// Whether somebody is still copying into this file; none where the system does not tell.
pub fn is_underway(unfinished: &Path) -> Option<bool> {
    match File::open(unfinished).ok()?.try_lock() {
        Ok(()) => Some(false),
        Err(TryLockError::WouldBlock) => Some(true),
        Err(TryLockError::Error(_)) => None,
    }
}

/// A file on its way into the evidence. Given up at any moment, nothing half copied stays.
#[derive(Debug)]
pub struct Copying {
    source: PathBuf,
    folder: PathBuf,
    /// What it is called in the folder until it is whole.
    unfinished: OsString,
    on: Date,
    from: File,
    into: File,
    hash: Sha256,
    /// Bytes.
    pub done: u64,
    pub total: u64,
}

/// A copy that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub attachment: Attachment,
    /// It was not there before.
    pub is_new: bool,
}

impl Copying {
    /// Begins to copy into a folder of evidence.
    pub fn begin(folder: &Path, source: &Path, on: Date) -> Result<Copying, Error> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        files::make_own_folder(folder)?;
        let unreadable = |error: &io::Error| Error::io(source, ("lire", "read"), error);
        let found = fs::metadata(source).map_err(|error| unreadable(&error))?;
        // A pipe or a device would never end.
        if !found.is_file() {
            let shown = source.display();
            return Err(Error::refused(
                format!("{shown} n’est pas un fichier ordinaire"),
                format!("{shown} is no ordinary file"),
            ));
        }
        let from = File::open(source).map_err(|error| unreadable(&error))?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let unfinished = format!("{UNFINISHED}{}.{number}{}", std::process::id(), files::UNFINISHED);
        let beside = folder.join(&unfinished);
        let into = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside);
        let into = into.map_err(|error| unwritable(&beside, &error))?;
        // As long as it is copied; what nobody holds is left of a copy that was cut short.
        let _ = into.try_lock();
        Ok(Copying {
            source: source.to_owned(),
            into,
            folder: folder.to_owned(),
            unfinished: unfinished.into(),
            on,
            from,
            hash: Sha256::new(),
            done: 0,
            total: found.len(),
        })
    }

    /// How the file is called.
    pub fn name(&self) -> String {
        self.source.file_name().map_or(String::new(), |name| plain_line(&name.to_string_lossy()))
    }

    fn beside(&self) -> PathBuf {
        self.folder.join(&self.unfinished)
    }

    /// The folder of evidence is at another place now.
    pub fn follow(&mut self, folder: &Path) {
        folder.clone_into(&mut self.folder);
    }

    /// Copies about so many bytes; false once all is copied.
    pub fn go_on(&mut self, bytes: u64) -> Result<bool, Error> {
        let mut piece = vec![0; 1 << 16];
        let end = self.done + bytes;
        while self.done < end {
            let read = self.from.read(&mut piece);
            let read = read.map_err(|error| Error::io(&self.source, ("lire", "read"), &error))?;
            let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else { return Ok(false) };
            self.hash.update(bytes);
            self.done += bytes.len() as u64;
            self.into.write_all(bytes).map_err(|error| unwritable(&self.beside(), &error))?;
        }
        Ok(true)
    }

    /// Gives the copy its name, the digest: the same content is kept once. A link that stands there is not followed,
    /// and what was changed is replaced.
    pub fn end(mut self) -> Result<Kept, Error> {
        self.into.sync_all().map_err(|error| unwritable(&self.beside(), &error))?;
        let digest = hex(&std::mem::take(&mut self.hash).finalize());
        let target = self.folder.join(&digest);
        let there = fs::symlink_metadata(&target);
        if there.as_ref().is_ok_and(|found| !found.is_file()) {
            return Err(files::leads_elsewhere(&target));
        }
        let named = fs::rename(self.beside(), &target);
        let synced = named.and_then(|()| File::open(&self.folder)?.sync_all());
        synced.map_err(|error| unwritable(&target, &error))?;
        let (name, size) = (self.name(), self.done);
        let attachment = Attachment { name, digest, size, on: self.on, expires: None, note: String::new() };
        Ok(Kept { attachment, is_new: there.is_err() })
    }
}

impl Drop for Copying {
    fn drop(&mut self) {
        // Whatever failed. Once it has its name, there is none of this one.
        let _ = fs::remove_file(self.beside());
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Error {
    Error::io(path, ("écrire", "write"), error)
}
