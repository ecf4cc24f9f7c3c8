//! How is a file written so that nothing is ever half there? Beside, synced, renamed, and its folder synced.

use std::fmt;
use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::io;
use std::io::Read;
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

use rustix::fs::OFlags;

use super::error::Error;

/// No file of the store needs to be larger, in bytes.
const LARGEST: u64 = 64 << 20;
/// How the name of a file ends that is being written.
pub const UNFINISHED: &str = ".tmp";

/// Reads the text of a file of the store. A pipe or a device in its place is refused: it may never come to an end.
pub fn read(path: &Path) -> Result<String, Error> {
    // A pipe that nobody writes to would be waited for even to be opened.
    let waits_for_nothing = OFlags::NONBLOCK.bits().cast_signed();
    let file = OpenOptions::new().read(true).custom_flags(waits_for_nothing).open(path);
    let file = file.map_err(|error| unread(path, &error))?;
    if file.metadata().is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return Err(no_file(path));
    }
    read_text(path, file)
}

/// Reads a text that somebody named, be it what another program hands over through a pipe.
pub fn read_given(path: &Path) -> Result<String, Error> {
    read_text(path, File::open(path).map_err(|error| unread(path, &error))?)
}

fn unread(path: &Path, error: &io::Error) -> Error {
    Error::io(path, ("lire", "read"), error)
}

/// A file that is too large or not UTF-8 is refused with its path.
fn read_text(path: &Path, file: File) -> Result<String, Error> {
    let failed = |error: &io::Error| unread(path, error);
    let size = file.metadata().map_err(|error| failed(&error))?.len();
    if size > LARGEST {
        return Err(too_large(path, size));
    }
    // All of it at once, with room to see that nothing follows: growing while reading would take a call each time.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    file.take(LARGEST).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| {
        let (shown, at) = (path.display(), error.utf8_error().valid_up_to());
        Error::new(
            super::error::Kind::Unreadable,
            format!("{shown} : pas de l’UTF-8 à l’octet {at}"),
            format!("{shown}: not UTF-8 at byte {at}"),
        )
        .hint("enregistrer le fichier en UTF-8", "save the file as UTF-8")
    })
}

/// Whether this is a file itself: what the store holds is never a link, which leads elsewhere, nor a pipe, which waits.
pub fn is_file_itself(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_file())
}

/// Whether this is a folder itself: a link in its place would have files read, written and removed elsewhere.
pub fn is_folder_itself(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir())
}

/// What has the place of a file, and is none.
pub fn no_file(path: &Path) -> Error {
    let shown = path.display();
    Error::refused(format!("{shown} n’est pas un fichier ordinaire"), format!("{shown} is no ordinary file"))
}

/// What has the place of a file or a folder of the store, and is none.
pub fn leads_elsewhere(path: &Path) -> Error {
    let shown = path.display();
    Error::refused(
        format!("{shown} mène ailleurs\u{202f}: rien n’est lu ni écrit à travers un lien"),
        format!("{shown} leads elsewhere: nothing is read or written through a link"),
    )
    .hint(
        "mettre à cet endroit le dossier ou le fichier lui-même",
        "put the folder or the file itself in this place",
    )
}

fn too_large(path: &Path, size: u64) -> Error {
    let shown = path.display();
    Error::refused(
        format!("{shown} : fichier trop grand ({size} octets)"),
        format!("{shown}: file too large ({size} bytes)"),
    )
}

/// What a file system does for [`write_on`], step by step. Tests have one that fails after any of them.
pub trait Disk: fmt::Debug + Send + Sync {
    /// Makes a file, for its owner only, with this content; fails where there is one.
    fn create(&self, path: &Path, content: &[u8]) -> io::Result<File> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(content)?;
        Ok(file)
    }

    /// What was written to a file, or the names in a folder, are there also after a power failure.
    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    /// Gives a file another name, in place of the file that has it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    /// Clears away what was not finished.
    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

/// The disk that the system has.
#[derive(Debug, Clone, Copy)]
pub struct System;

impl Disk for System {}

/// Writes a file for its owner only. After this, the file has either its old content or the whole new one, also
/// if the power fails at any moment. A link in its place is replaced, never followed out of the store.
pub fn write(path: &Path, content: &[u8]) -> Result<(), Error> {
    write_on(&System, path, content)
}

/// The same to a place that somebody chose: a link is followed to the file it names, and stays.
pub fn write_given(path: &Path, content: &[u8]) -> Result<(), Error> {
    write(&fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()), content)
}

/// The same on a disk of one's own.
pub fn write_on(disk: &dyn Disk, path: &Path, content: &[u8]) -> Result<(), Error> {
    // What could not be read again must not replace what can.
    if content.len() as u64 > LARGEST {
        return Err(too_large(path, content.len() as u64));
    }
    write_steps(disk, path, content).map_err(|error| Error::io(path, ("écrire", "write"), &error))
}

fn write_steps(disk: &dyn Disk, path: &Path, content: &[u8]) -> io::Result<()> {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    // Of a name alone, that is an empty path: the working folder.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    let beside = folder.join(format!(".{name}.{}-{count}{UNFINISHED}", std::process::id()));
    let written = disk
        .create(&beside, content)
        .and_then(|file| disk.sync(&file))
        .and_then(|()| disk.rename(&beside, path));
    if written.is_err() {
        // The temporary file may not even exist; what failed first is what is reported.
        let _ = disk.remove(&beside);
        return written;
    }
    disk.sync(&File::open(folder)?)
}

/// Moves a file or a folder to a name that is free; it is there also after a power failure.
pub fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    let moved = match to.symlink_metadata() {
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(from, to).and_then(|()| sync_folders([from, to])),
    };
    moved.map_err(|error| Error::io(from, ("déplacer", "move"), &error))
}

/// Removes a file, or a link and never what it leads to.
pub fn remove(path: &Path) -> Result<(), Error> {
    let removed = fs::remove_file(path).and_then(|()| sync_folders([path]));
    removed.map_err(|error| Error::io(path, ("supprimer", "delete"), &error))
}

fn sync_folders<const N: usize>(paths: [&Path; N]) -> io::Result<()> {
    paths.iter().filter_map(|path| path.parent()).try_for_each(|folder| File::open(folder)?.sync_all())
}

/// Makes a folder and those above it, for their owner only. They are there also after a power failure.
pub fn make_folder(path: &Path) -> Result<(), Error> {
    make_folder_steps(path).map_err(|error| Error::io(path, ("créer", "create"), &error))
}

fn make_folder_steps(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    // Of a relative path, the last parent is an empty one: the working folder, which exists.
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent {
        make_folder_steps(parent)?;
    }
    match fs::DirBuilder::new().mode(0o700).create(path) {
        // Another program may have made it at the same moment.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists || !path.is_dir() => return Err(error),
        _ => {}
    }
    keep_private(path, 0o700)?;
    File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
}

/// Makes a folder inside the store; a link to one is refused.
pub fn make_own_folder(path: &Path) -> Result<(), Error> {
    make_folder(path)?;
    if is_folder_itself(path) { Ok(()) } else { Err(leads_elsewhere(path)) }
}

/// Makes one folder for its owner only; fails where there is something already.
pub fn make_new_folder(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().mode(0o700).create(path)
}

/// Sets the permissions, whatever the umask was.
pub fn keep_private(path: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}
