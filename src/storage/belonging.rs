//! Is this file one of a store's own? Then no document is written over it, wherever somebody wants it to go.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use super::clients;
use super::clients::VisitKey;
use super::error::Error;
use super::evidence;
use super::files;
use super::history;
use super::library;

/// Writes a document to a place that somebody chose: a link is followed to the file it names, and stays. What a
/// store keeps of a client is refused, be it there already or not: it would be read as what it is not.
pub fn write_document(path: &Path, content: &[u8]) -> Result<(), Error> {
    let place = fs::canonicalize(path).unwrap_or_else(|_| in_its_folder(path));
    if is_of_a_store(&place) {
        let shown = path.display();
        return Err(Error::refused(
            format!("{shown} est un fichier du dossier d’un client, qu’un document ne remplace pas"),
            format!("{shown} is a file of a client’s folder, which no document replaces"),
        )
        .hint("choisir un autre nom, ou un autre dossier", "choose another name, or another folder"));
    }
    files::write(&place, content)
}

/// A file that is not there yet, as its folder is called once links are followed.
fn in_its_folder(path: &Path) -> PathBuf {
    let folder =
        path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    match (folder.and_then(|folder| fs::canonicalize(folder).ok()), path.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

/// Visits and `client.ron` in a client's folder, all that lies in the folders in it; beside the clients, what is
/// stored of questionnaires, what was deleted, and the index.
fn is_of_a_store(place: &Path) -> bool {
    let (Some(folder), Some(name)) = (place.parent(), place.file_name().and_then(OsStr::to_str)) else {
        return false;
    };
    let is_visit = || name.strip_suffix(".ron").and_then(VisitKey::from_name).is_some();
    if is_clients(folder) && (name == clients::FILE || is_visit()) {
        return true;
    }
    if is_root(folder) && name == clients::INDEX {
        return true;
    }
    folder.ancestors().any(|inner| {
        let (Some(outer), Some(name)) = (inner.parent(), inner.file_name().and_then(OsStr::to_str)) else {
            return false;
        };
        match name {
            history::FOLDER | evidence::EVIDENCE => is_clients(outer),
            library::FOLDER | clients::TRASH => is_root(outer),
            _ => false,
        }
    })
}

/// A visit without `client.ron` is a client's as well: that file may be what was lost.
fn is_clients(folder: &Path) -> bool {
    folder.join(clients::FILE).exists()
        || folder.parent().is_some_and(|clients| {
            clients.file_name() == Some(OsStr::new(clients::CLIENTS)) && clients.parent().is_some_and(is_root)
        })
}

fn is_root(folder: &Path) -> bool {
    folder.join(clients::CLIENTS).is_dir() && folder.join(library::FOLDER).is_dir()
}
