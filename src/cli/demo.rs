//! What does `privaudit demo` show? A throw-away store with three fictional clients and their history.

use std::fs;
use std::fs::DirBuilder;
use std::hash::BuildHasher;
use std::hash::RandomState;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::path::PathBuf;

use jiff::civil::Date;

use crate::domain::text::Text;
use crate::storage::clients::Store;
use crate::storage::error::Error;
use crate::storage::files;

mod clients;
mod fill;
mod sample;

/// How many names are tried before giving up: each is drawn from 64 random bits.
const TRIES: usize = 16;

/// A store of its own, gone when dropped: after quit, error and panic, and after a signal, which the interface turns
/// into an orderly end. Only a kill, or a signal in the moment before the interface listens, leaves it behind;
/// nothing in it is about anybody.
#[derive(Debug)]
pub struct Demo {
    folder: PathBuf,
}

impl Demo {
    /// A demonstration in the system's folder for temporary files.
    pub fn make(today: Date) -> Result<Demo, Error> {
        Demo::make_in(&std::env::temp_dir(), today)
    }

    pub fn make_in(parent: &Path, today: Date) -> Result<Demo, Error> {
        // From here on the folder is removed, also when filling it fails.
        let demo = Demo { folder: private_folder(parent)? };
        let store = Store::at(demo.path());
        fill::fill(&store, &clients::read()?, today)?;
        Ok(demo)
    }

    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// Removes it, and tells when that did not work.
    pub fn remove(self) -> Result<(), Error> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Error::io(&self.folder, ("supprimer", "delete"), &error))
            }
            _ => Ok(()),
        }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Whoever wants to know has called `remove`.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What is said when it opens.
pub fn notice() -> Text {
    Text::new(
        "Démonstration : clients inventés, dans un dossier jetable. Essayez tout, rien n’est gardé.",
        "Demonstration: invented clients in a throw-away folder. Try anything, nothing is kept.",
    )
}

/// A new folder for its owner only. One that exists, whoever made it, is never used: it may be a trap.
fn private_folder(parent: &Path) -> Result<PathBuf, Error> {
    let mut failed = io::Error::from(io::ErrorKind::AlreadyExists);
    for _ in 0..TRIES {
        // The standard library's one source of chance: the random keys of its hash maps.
        let name = RandomState::new().hash_one(std::process::id());
        let folder = parent.join(format!("privaudit-demo-{name:016x}"));
        match DirBuilder::new().mode(0o700).create(&folder) {
            Ok(()) => {
                files::keep_private(&folder, 0o700)
                    .map_err(|error| Error::io(&folder, ("protéger", "protect"), &error))?;
                return Ok(folder);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => failed = error,
            Err(error) => {
                failed = error;
                break;
            }
        }
    }
    Err(Error::io(parent, ("créer un dossier dans", "create a folder in"), &failed).hint(
        "indiquer un dossier pour les fichiers temporaires avec TMPDIR",
        "name a folder for temporary files with TMPDIR",
    ))
}
