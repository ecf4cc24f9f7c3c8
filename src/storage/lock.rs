//! Who may change a visit? One session at a time; who else tries is told who has it, and where.

use std::fs::File;
use std::fs::OpenOptions;
use std::fs::TryLockError;
use std::io;
use std::io::Read;
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::path::PathBuf;

use rustix::fs::OFlags;

use super::error::Error;
use super::error::Kind;
use crate::domain::text::plain_line;

/// How the name of a lock's file ends: `.2026-11-23.ron.lock`.
pub const LOCKED: &str = ".lock";
/// Longer names of holders are cut.
const LONGEST_HOLDER: u64 = 200;

/// The right to change one visit, until dropped. The lock dies with its process.
///
/// Some network file systems know no locks. There it is nobody's right alone: the writer notices what another
/// session wrote, and puts both together.
#[derive(Debug)]
pub struct Lock {
    // A sibling is locked and never the file itself: replacing the file would lose the lock for newcomers.
    file: File,
}

impl Drop for Lock {
    /// Closing the file alone would leave the lock with a child that was just forked and shares it.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

impl Lock {
    /// Takes the lock, or says who has it.
    pub fn take(path: &Path) -> Result<Lock, Error> {
        let lock_path = lock_path(path);
        let failed = |error: &io::Error| Error::io(&lock_path, ("ouvrir", "open"), error);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            // A link would have the name of the holder written over some file elsewhere.
            .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
            .open(&lock_path)
            .map_err(|error| failed(&error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(held(path, file)),
            Err(TryLockError::Error(error)) if has_no_locks(&error) => {}
            Err(TryLockError::Error(error)) => return Err(failed(&error)),
        }
        // Who has it is for messages only; the lock itself is the system's, and holds on a full disk, too. Written over
        // what is there, of which the first line counts: emptying the file first would wait for a busy disk.
        let _ = file.write_all(holder().as_bytes());
        Ok(Lock { file })
    }

    /// Whether it is the lock that others find beside this visit. Not any more once its folder has another name, is
    /// gone, or is another one.
    pub fn is_of(&self, path: &Path) -> bool {
        let (ours, found) = (self.file.metadata(), lock_path(path).symlink_metadata());
        matches!((ours, found), (Ok(ours), Ok(found)) if (ours.dev(), ours.ino()) == (found.dev(), found.ino()))
    }
}

/// `.2026-11-23.ron.lock` beside `2026-11-23.ron`: nothing else may begin with a date.
pub fn lock_path(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}{LOCKED}"))
}

/// `camille@atelier, 4711`: the user, the machine, the process.
fn holder() -> String {
    let user = ["USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default();
    let user = if user.is_empty() { rustix::process::geteuid().as_raw().to_string() } else { user };
    let machine = rustix::system::uname();
    format!("{user}@{}, {}\n", machine.nodename().to_string_lossy(), std::process::id())
}

fn held(path: &Path, file: File) -> Error {
    let mut holder = String::new();
    // Without a name, it is open elsewhere all the same.
    let _ = file.take(LONGEST_HOLDER).read_to_string(&mut holder);
    let holder = plain_line(holder.lines().next().unwrap_or_default());
    let (who, process) = holder.rsplit_once(", ").unwrap_or((&holder, "?"));
    let shown = path.display();
    Error::new(
        Kind::Locked,
        format!("cette visite est ouverte ailleurs, par {who} (processus {process})\u{202f}: {shown}"),
        format!("this visit is open elsewhere, by {who} (process {process}): {shown}"),
    )
    .hint("fermer l’autre session, puis réessayer", "close the other session, then try again")
}

/// Whether the file system knows no locks.
fn has_no_locks(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let unknown = [Errno::NOSYS, Errno::NOTSUP, Errno::OPNOTSUPP, Errno::NOLCK];
    Errno::from_io_error(error).is_some_and(|errno| unknown.contains(&errno))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_system_without_locks_is_told_from_one_that_fails() {
        let of = |errno: rustix::io::Errno| has_no_locks(&io::Error::from(errno));
        assert!(
            of(rustix::io::Errno::NOSYS) && of(rustix::io::Errno::NOLCK) && of(rustix::io::Errno::NOTSUP)
        );
        assert!(!of(rustix::io::Errno::ACCESS) && !of(rustix::io::Errno::IO));
    }
}
