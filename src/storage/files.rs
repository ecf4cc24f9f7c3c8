//! How is a file written so that nothing is ever half there? Beside, synced, renamed, and its folder synced.

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

use super::error::Error;

/// No file of the store needs to be larger, in bytes.
const LARGEST: u64 = 64 << 20;

/// Reads a text; a file that is too large or not UTF-8 is refused with its path.
pub fn read(path: &Path) -> Result<String, Error> {
    let failed = |error: &io::Error| Error::io(path, ("lire", "read"), error);
    let file = File::open(path).map_err(|error| failed(&error))?;
    let size = file.metadata().map_err(|error| failed(&error))?.len();
    if size > LARGEST {
        return Err(too_large(path, size));
    }
    let mut bytes = Vec::new();
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

fn too_large(path: &Path, size: u64) -> Error {
    let shown = path.display();
    Error::refused(
        format!("{shown} : fichier trop grand ({size} octets)"),
        format!("{shown}: file too large ({size} bytes)"),
    )
}

/// Writes a file for its owner only. After this, the file has either its old content or the whole new one, also
/// if the power fails at any moment.
pub fn write(path: &Path, content: &[u8]) -> Result<(), Error> {
    // What could not be read again must not replace what can.
    if content.len() as u64 > LARGEST {
        return Err(too_large(path, content.len() as u64));
    }
    write_steps(path, content).map_err(|error| Error::io(path, ("écrire", "write"), &error))
}

fn write_steps(path: &Path, content: &[u8]) -> io::Result<()> {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    // A link is followed to the file it names: renaming over the link would cut it.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    let beside = folder.join(format!(".{name}.{}-{count}.tmp", std::process::id()));
    let written = (|| {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&beside, &target)
    })();
    if written.is_err() {
        // The temporary file may not even exist; what failed first is what is reported.
        let _ = fs::remove_file(&beside);
        return written;
    }
    File::open(folder)?.sync_all()
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

/// Makes one folder for its owner only; fails where there is something already.
pub fn make_new_folder(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().mode(0o700).create(path)
}

/// Sets the permissions, whatever the umask was.
pub fn keep_private(path: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}
