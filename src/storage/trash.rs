//! How is a visit or a client deleted, brought back, and erased for good? Deleting only moves it into the trash.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

use super::assessments;
use super::clients;
use super::clients::ClientFolder;
use super::clients::Store;
use super::clients::VisitKey;
use super::error::Error;
use super::evidence::EVIDENCE;
use super::files;
use super::format;
use super::history;
use super::lock::Lock;
use super::lock::lock_path;

/// The store's folder of what was deleted.
pub const FOLDER: &str = clients::TRASH;
const FILE: &str = "deleted.ron";
const CONTENT: &str = "content";
/// The documents about visits, beside them.
const REPORTS: &str = "reports";

/// `deleted.ron`: what it was, and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deleted {
    pub client: String,
    pub folder: String,
    /// None for the whole client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<String>,
    pub on: Date,
}

/// Something in the trash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `2026-11-23-1`: when it was deleted, and which of that day it is.
    pub id: String,
    pub path: PathBuf,
    pub what: Deleted,
}

impl Entry {
    /// `FOLDER`, or `FOLDER@DATE[.n]`, as it was.
    pub fn reference(&self) -> String {
        self.reference_by(&self.what.folder)
    }

    fn reference_by(&self, client: &str) -> String {
        match &self.what.visit {
            None => client.to_owned(),
            Some(visit) => format!("{client}@{visit}"),
        }
    }

    fn content(&self) -> PathBuf {
        self.path.join(CONTENT)
    }
}

impl Store {
    /// What is in the trash, in the order in which it was deleted. What cannot be read is an error beside the others.
    pub fn trash(&self) -> Result<Vec<Result<Entry, Error>>, Error> {
        let folder = self.root().join(FOLDER);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::io(&folder, ("lire", "read"), &error)),
        };
        let mut paths: Vec<PathBuf> = entries
            .flatten()
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
            .map(|entry| entry.path())
            .collect();
        paths.sort_by_key(|path| order(&name(path)));
        Ok(paths.iter().map(|path| read(path)).collect())
    }

    /// The last thing deleted that is called so: its reference, with the folder's name or the client's as people write
    /// it, or its name in the trash.
    pub fn deleted(&self, wanted: &str) -> Result<Option<Entry>, Error> {
        let folded = clients::fold(wanted.trim());
        let is_it = |entry: &Entry| {
            let by_name = clients::fold(&entry.reference_by(&entry.what.client));
            entry.id == wanted || entry.reference() == wanted || by_name == folded
        };
        Ok(self.trash()?.into_iter().flatten().rfind(is_it))
    }

    /// Moves a client with all visits into the trash. Nobody may have one of them open.
    pub fn delete_client(&self, client: &ClientFolder, on: Date) -> Result<Entry, Error> {
        let visits = client.visits()?;
        let locks = visits.iter().map(|visit| Lock::take(&client.visit_path(*visit)));
        let _locks = locks.collect::<Result<Vec<Lock>, Error>>()?;
        let entry = self.new_entry(client, None, on)?;
        files::rename(&client.path, &entry.content())?;
        self.forget_line(&client.folder);
        Ok(entry)
    }

    /// Moves a visit, its earlier states and its documents into the trash. Evidence stays with the client.
    pub fn delete_visit(&self, client: &ClientFolder, visit: VisitKey, on: Date) -> Result<Entry, Error> {
        let path = client.visit_path(visit);
        let _lock = Lock::take(&path)?;
        refuse_before_sealed(client, visit)?;
        let entry = self.new_entry(client, Some(visit), on)?;
        let content = entry.content();
        files::make_folder(&content)?;
        // First what makes it a visit: from then on it is gone, whatever comes.
        files::rename(&path, &content.join(name(&path)))?;
        for path in beside(client, visit)? {
            let folder = content.join(path.parent().map(name).unwrap_or_default());
            files::make_folder(&folder)?;
            files::rename(&path, &folder.join(name(&path)))?;
        }
        self.forget_line(&client.folder);
        // Whoever waits for it finds no visit any more. Left behind, it harms nothing.
        let _ = files::remove(&lock_path(&path));
        Ok(entry)
    }

    fn new_entry(&self, client: &ClientFolder, visit: Option<VisitKey>, on: Date) -> Result<Entry, Error> {
        let trash = self.root().join(FOLDER);
        files::make_folder(&trash)?;
        let what = Deleted {
            client: client.name.clone(),
            folder: client.folder.clone(),
            visit: visit.map(VisitKey::name),
            on,
        };
        let ids = (1_u32..).map(|number| format!("{on}-{number}"));
        for id in ids {
            let path = trash.join(&id);
            match files::make_new_folder(&path) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(Error::io(&path, ("créer", "create"), &error)),
            }
            let text = format::write_saved(&what)
                .map_err(|error| Error::refused(error.to_string(), error.to_string()))?;
            files::write(&path.join(FILE), text.as_bytes())?;
            return Ok(Entry { id, path, what });
        }
        Err(Error::refused("aucun nom libre dans la corbeille", "no free name in the trash"))
    }

    /// Brings it back to where it was. What has its place meanwhile is never replaced.
    pub fn put_back(&self, entry: &Entry) -> Result<(), Error> {
        let folder = self.root().join(clients::CLIENTS).join(&entry.what.folder);
        let content = entry.content();
        match entry.what.visit.as_deref() {
            None => {
                if folder.symlink_metadata().is_ok() {
                    return Err(taken(entry));
                }
                if let Some(clients) = folder.parent() {
                    files::make_folder(clients)?;
                }
                files::rename(&content, &folder)?;
            }
            Some(visit) => {
                let file = format!("{visit}.ron");
                if !files::is_folder_itself(&folder) {
                    return Err(no_client(entry));
                }
                if folder.join(&file).symlink_metadata().is_ok() {
                    return Err(taken(entry));
                }
                for path in files_below(&content) {
                    let Some(parent) = path.parent().filter(|parent| *parent != content) else { continue };
                    let folder = folder.join(name(parent));
                    files::make_own_folder(&folder)?;
                    files::rename(&path, &folder.join(name(&path)))?;
                }
                // Last, so that it is whole when it is there again.
                files::rename(&content.join(&file), &folder.join(&file))?;
            }
        }
        clear(&entry.path)
    }

    /// Removes it for good, with the evidence that nothing else of the client's needs and what was rescued of it.
    /// Gives what was removed.
    pub fn erase(&self, entry: &Entry) -> Result<Vec<PathBuf>, Error> {
        let folder = self.root().join(clients::CLIENTS).join(&entry.what.folder);
        let mut removed = Vec::new();
        if entry.what.visit.is_some() {
            let gone = texts(&files_below(&entry.content()));
            for path in self.evidence_of(&gone, entry, &folder)? {
                files::remove(&path)?;
                removed.push(path);
            }
        }
        for rescue in self.rescues() {
            let of_visit = |visit: &String| name(&rescue.visit) == format!("{visit}.ron");
            let same_folder = rescue.visit.parent().map(name) == Some(entry.what.folder.clone());
            if same_folder && entry.what.visit.as_ref().is_none_or(of_visit) {
                rescue.forget()?;
                removed.push(rescue.path);
            }
        }
        let held = files_below(&entry.content());
        clear(&entry.path)?;
        removed.extend(held);
        Ok(removed)
    }

    /// The texts of a client's visits, and of their earlier states, that are in the trash.
    pub(super) fn deleted_texts(&self, folder: &str) -> String {
        let entries = self.trash().into_iter().flatten().flatten();
        let of_client = entries.filter(|entry| entry.what.folder == folder);
        of_client.map(|entry| texts(&files_below(&entry.content()))).collect()
    }

    /// The evidence files that these texts name, and no other visit of the client's does.
    fn evidence_of(&self, gone: &str, entry: &Entry, folder: &Path) -> Result<Vec<PathBuf>, Error> {
        let mut others = files_below(folder);
        for other in self.trash()?.into_iter().flatten().filter(|other| other.id != entry.id) {
            others.extend(files_below(&other.content()));
        }
        let others = texts(&others);
        let mut evidence = files_below(&folder.join(EVIDENCE));
        evidence.retain(|path| {
            let name = name(path);
            gone.contains(&name) && !others.contains(&name)
        });
        Ok(evidence)
    }
}

/// A visit on which a later seal stands cannot go alone: the chain of seals would break.
fn refuse_before_sealed(client: &ClientFolder, visit: VisitKey) -> Result<(), Error> {
    let sealed = |visit: VisitKey| {
        assessments::read(&client.visit_path(visit)).is_ok_and(|assessment| assessment.seal.is_some())
    };
    let later = client.visits()?.into_iter().find(|other| *other > visit && sealed(*other));
    let Some(later) = later.filter(|_| sealed(visit)) else { return Ok(()) };
    let (this, later) = (client.reference(visit), client.reference(later));
    Err(Error::refused(
        format!("{this} est scellée, et le sceau de {later} s’appuie sur elle"),
        format!("{this} is sealed, and the seal of {later} builds on it"),
    )
    .hint(
        "supprimer d’abord les visites scellées plus tard, ou le client entier",
        "delete the visits sealed later first, or the whole client",
    ))
}

/// A visit's earlier states, and the documents about it.
fn beside(client: &ClientFolder, visit: VisitKey) -> Result<Vec<PathBuf>, Error> {
    let states = history::states(&client.visit_path(visit))?.into_iter().map(|state| state.path);
    let about = format!("-{}-", visit.name());
    let reports = files_below(&client.path.join(REPORTS));
    Ok(states.chain(reports.into_iter().filter(|path| name(path).contains(&about))).collect())
}

/// Every file below a folder, in order. Links are files here: never followed, not even in the folder's own place.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    if !files::is_folder_itself(folder) {
        return found;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(files_below(&entry.path())),
            _ => found.push(entry.path()),
        }
    }
    found.sort();
    found
}

/// The texts of visits and their earlier states, one after the other: what they name is in there.
fn texts(paths: &[PathBuf]) -> String {
    let saved = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "ron"));
    let unique: BTreeSet<&PathBuf> = saved.collect();
    unique.into_iter().filter_map(|path| files::read(path).ok()).collect()
}

fn read(path: &Path) -> Result<Entry, Error> {
    let file = path.join(FILE);
    let what: Deleted = format::read_saved(&file, &files::read(&file)?)?;
    // It says where something is put back: never outside the clients.
    let plain = super::source::plain_name(&what.folder)
        && what.visit.as_deref().is_none_or(|visit| VisitKey::from_name(visit).is_some());
    if !plain {
        let shown = file.display();
        return Err(Error::refused(
            format!("{shown}\u{202f}: nom inacceptable"),
            format!("{shown}: unacceptable name"),
        ));
    }
    Ok(Entry { id: name(path), path: path.to_owned(), what })
}

/// Removes what is left of an entry. Links are removed, never followed.
fn clear(path: &Path) -> Result<(), Error> {
    fs::remove_dir_all(path).map_err(|error| Error::io(path, ("supprimer", "delete"), &error))
}

/// By day, then by number: the tenth of a day comes after the ninth.
fn order(id: &str) -> (String, u32) {
    let (day, number) = id.rsplit_once('-').unwrap_or((id, ""));
    (day.to_owned(), number.parse().unwrap_or(0))
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn taken(entry: &Entry) -> Error {
    let reference = entry.reference();
    Error::refused(
        format!("{reference} existe de nouveau\u{202f}: rien n’est remplacé"),
        format!("{reference} exists again: nothing is replaced"),
    )
    .hint(
        "supprimer d’abord ce qui a pris la place, qui va aussi dans la corbeille",
        "delete what has its place first; that goes into the trash, too",
    )
}

fn no_client(entry: &Entry) -> Error {
    let folder = &entry.what.folder;
    Error::not_found(
        format!("le client de cette visite n’est plus là\u{202f}: {folder}"),
        format!("the client of this visit is not there any more: {folder}"),
    )
    .hint(
        format!("`privaudit restore {folder}` le rétablit d’abord"),
        format!("`privaudit restore {folder}` brings the client back first"),
    )
}
