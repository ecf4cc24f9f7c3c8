//! Who are the clients, and what visits were there? The store's folders, a client each.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::path::PathBuf;

use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::error::Error;
use super::error::Kind;
use super::files;
use super::format;
use super::library;
use super::library::Library;
use crate::domain::check::near;

/// The file in a client's folder that says who it is.
pub const FILE: &str = "client.ron";
/// The folder of what was deleted, in the store's.
pub const TRASH: &str = "trash";
/// What was derived from clients' files, in the store's folder.
pub const INDEX: &str = "index";
/// The folders of the clients, in the store's.
pub const CLIENTS: &str = "clients";
/// What a store's folder holds.
const ENTRIES: [&str; 5] = [CLIENTS, library::FOLDER, TRASH, INDEX, super::brand::FILE];
/// Folder names stay well below what file systems allow, with room for a number behind.
const LONGEST_FOLDER: usize = 60;
/// How many visits of a day are told apart.
const MOST_OF_A_DAY: u32 = 9_999;
/// A client's name is a line, not a text.
const LONGEST_NAME: usize = 200;

/// A store: a folder with clients and the questionnaires that they were asked.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
}

/// `client.ron`: who it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    pub name: String,
    /// The last day on which the files are to be kept; none as long as nobody has decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_until: Option<Date>,
    /// The day on which the client was archived: kept, and out of the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<Date>,
}

/// A client's folder, as found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientFolder {
    pub name: String,
    /// The folder's own name.
    pub folder: String,
    pub path: PathBuf,
    /// The last day on which the files are to be kept, where somebody has decided.
    pub keep_until: Option<Date>,
    /// The day on which the client was archived.
    pub archived: Option<Date>,
}

/// A visit's place in its client's folder: a date, and which of that day it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VisitKey {
    pub date: Date,
    /// 1 for the first of the day.
    pub number: u32,
}

impl VisitKey {
    /// `2026-11-23`, or `2026-11-23.2` for the second of a day.
    pub fn name(self) -> String {
        match self.number {
            1 => self.date.to_string(),
            number => format!("{}.{number}", self.date),
        }
    }

    /// Reads what [`VisitKey::name`] writes.
    pub fn from_name(name: &str) -> Option<VisitKey> {
        let (date, number) = match name.split_once('.') {
            None => (name, 1),
            Some((date, number)) => (date, number.parse().ok().filter(|number| *number <= MOST_OF_A_DAY)?),
        };
        let key = VisitKey { date: date.parse().ok()?, number };
        // What is written otherwise is the name of another file.
        (key.name() == name).then_some(key)
    }
}

impl Store {
    /// A store at this folder; the folder is made when something is first written.
    pub fn at(root: impl Into<PathBuf>) -> Store {
        Store { root: root.into() }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn library(&self) -> Library {
        Library::new(&self.root)
    }

    pub(super) fn clients_folder(&self) -> PathBuf {
        self.root.join(CLIENTS)
    }

    /// Every client, by name. A folder whose `client.ron` cannot be read is an error beside the others.
    pub fn clients(&self) -> Result<Vec<Result<ClientFolder, Error>>, Error> {
        let folder = self.clients_folder();
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::io(&folder, ("lire", "read"), &error)),
        };
        let mut clients: Vec<Result<ClientFolder, Error>> = entries
            .flatten()
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
            .map(|entry| entry.path())
            .filter_map(|path| has_client(&path).map(|found| found.and_then(|()| read_client(&path))))
            .collect();
        clients
            .sort_by_cached_key(|client| client.as_ref().map_or(String::new(), |client| fold(&client.name)));
        Ok(clients)
    }

    /// Whether there is such a client, by the folder's name alone; also where it may not be known.
    pub fn has_client(&self, folder: &str) -> bool {
        let path = self.clients_folder().join(folder);
        let lost =
            |found: &Result<(), Error>| found.as_ref().is_err_and(|error| error.kind == Kind::NotFound);
        files::is_folder_itself(&path) && has_client(&path).is_some_and(|found| !lost(&found))
    }

    /// A client by folder name, or by name as people write it.
    pub fn client(&self, name: &str) -> Result<ClientFolder, Error> {
        let path = self.clients_folder().join(name);
        let own_folder = path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir());
        if super::source::plain_name(name)
            && own_folder
            && let Some(found) = has_client(&path)
        {
            return found.and_then(|()| read_client(&path));
        }
        // As it would be kept: what was typed with a tab finds what is kept with a space.
        let kept = clean_name(name).unwrap_or_else(|_| name.to_owned());
        let clients: Vec<ClientFolder> = self.clients()?.into_iter().flatten().collect();
        let (exact, similar): (Vec<&ClientFolder>, Vec<&ClientFolder>) = clients
            .iter()
            .filter(|client| fold(&client.name) == fold(&kept))
            .partition(|client| client.name == kept);
        match (exact.as_slice(), similar.as_slice()) {
            ([client], _) | ([], [client]) => Ok((*client).clone()),
            ([], []) => Err(self.of_whom_nothing_is_known(&folder_name(&kept)).unwrap_or_else(|| {
                let error = unknown(name, &clients);
                if self.root.is_dir() { error } else { self.nowhere(error) }
            })),
            (several, others) => {
                let folders: Vec<&str> =
                    several.iter().chain(others).map(|client| client.folder.as_str()).collect();
                let folders = folders.join(", ");
                Err(Error::refused(
                    format!("plusieurs clients s’appellent « {name} » : {folders}"),
                    format!("several clients are called {name:?}: {folders}"),
                )
                .hint("utiliser le nom du dossier", "use the folder’s name"))
            }
        }
    }

    /// Makes a client. Its folder's name is made from the client's, never taken as it is.
    pub fn create_client(&self, name: &str) -> Result<ClientFolder, Error> {
        let name = clean_name(name)?;
        refuse_a_visits_name(&name)?;
        let folder = self.free_folder(&folder_name(&name))?;
        let path = self.clients_folder().join(&folder);
        self.keep_client(&path, &name)?;
        Ok(ClientFolder { name, folder, path, keep_until: None, archived: None })
    }

    /// The first of `base`, `base-2`, … that nothing has. Where one of them may be this very client's, of whom nothing
    /// can be read now, a second folder would only hide it.
    fn free_folder(&self, base: &str) -> Result<String, Error> {
        for number in 1u32.. {
            let folder = if number == 1 { base.to_owned() } else { format!("{base}-{number}") };
            let path = self.clients_folder().join(&folder);
            if path.symlink_metadata().is_err() || is_empty(&path) {
                return Ok(folder);
            }
            if let Some(error) = self.of_whom_nothing_is_known(&folder) {
                return Err(error);
            }
        }
        Err(Error::refused("aucun nom de dossier libre", "no free folder name"))
    }

    /// Why a folder that is a client's does not say whose; none where it does, and where there is no such client.
    fn of_whom_nothing_is_known(&self, folder: &str) -> Option<Error> {
        let path = self.clients_folder().join(folder);
        if path.is_symlink() {
            return Some(files::leads_elsewhere(&path));
        }
        has_client(&path)?.and_then(|()| read_client(&path)).err()
    }

    /// The same error where there is no store at all, yet or because the place was mistyped.
    fn nowhere(&self, error: Error) -> Error {
        let store = self.root.display();
        error.hint(
            format!("il n’y a pas de dépôt en {store}\u{202f}: vérifier --store, ou `privaudit new CLIENT` en commence un"),
            format!("there is no store at {store}: look at --store, or `privaudit new CLIENT` begins one"),
        )
    }

    /// Writes who a client is where nobody knows any more: its folder was deleted, or the file alone.
    pub fn keep_client(&self, folder: &Path, name: &str) -> Result<(), Error> {
        let file = folder.join(FILE);
        if file.exists() {
            return Ok(());
        }
        self.make_private();
        files::make_folder(folder)?;
        write_client(&file, &Client { name: clean_name(name)?, keep_until: None, archived: None })
    }

    /// Takes the rights of others off the folders around a new client, where somebody made them with too many. A folder
    /// that holds other things than a store is left as it is: `doctor` says so.
    fn make_private(&self) {
        let of_store = |entry: fs::DirEntry| {
            let name = entry.file_name();
            ENTRIES.iter().any(|known| name == *known)
        };
        let alone = fs::read_dir(&self.root).is_ok_and(|entries| entries.flatten().all(of_store));
        for folder in alone.then(|| self.root.clone()).into_iter().chain([self.clients_folder()]) {
            let found = folder.symlink_metadata();
            // One that is everybody's on purpose, such as that of temporary files, has its sticky bit.
            if found.is_ok_and(|found| found.is_dir() && found.mode() & 0o1000 == 0) {
                // Another user's folder is that user's business.
                let _ = files::keep_private(&folder, 0o700);
            }
        }
    }

    /// Decides until when a client's files are to be kept.
    pub fn keep_until(&self, client: &ClientFolder, until: Option<Date>) -> Result<ClientFolder, Error> {
        client.change(|client| client.keep_until = until)
    }

    /// Puts a client away, on a day, or takes it back among the others.
    pub fn archive(&self, client: &ClientFolder, on: Option<Date>) -> Result<ClientFolder, Error> {
        client.change(|client| client.archived = on)
    }

    /// The client of this name, made where there is none.
    pub fn client_or_new(&self, name: &str) -> Result<ClientFolder, Error> {
        match self.client(name) {
            Err(error) if error.kind == Kind::NotFound => self.create_client(name),
            found => found,
        }
    }
}

/// The nearest is named in the hint, which a session for one client does not show: it tells of no other.
fn unknown(name: &str, clients: &[ClientFolder]) -> Error {
    let names = clients.iter().map(|client| client.name.as_str());
    let folders = clients.iter().map(|client| client.folder.as_str());
    let (fr, en) = match near::meant(name, names).or_else(|| near::meant(name, folders)) {
        Some(near) => (
            format!("plutôt «\u{202f}{near}\u{202f}»\u{202f}? Sinon, "),
            format!("did you mean {near:?}? Otherwise, "),
        ),
        None => (String::new(), String::new()),
    };
    Error::not_found(format!("client « {name} » inconnu"), format!("unknown client {name:?}")).hint(
        format!("{fr}`privaudit clients` les liste ; `privaudit open NOM --new` en crée un"),
        format!("{en}`privaudit clients` lists them; `privaudit open NAME --new` makes one"),
    )
}

fn write_client(file: &Path, client: &Client) -> Result<(), Error> {
    let text =
        format::write_saved(client).map_err(|error| Error::refused(error.to_string(), error.to_string()))?;
    files::write(file, text.as_bytes())
}

impl ClientFolder {
    /// Changes what is on disk by now, which may be more than what was found.
    fn change(&self, change: impl FnOnce(&mut Client)) -> Result<ClientFolder, Error> {
        let file = self.path.join(FILE);
        let mut client: Client = format::read_saved(&file, &files::read(&file)?)?;
        change(&mut client);
        write_client(&file, &client)?;
        Ok(ClientFolder { keep_until: client.keep_until, archived: client.archived, ..self.clone() })
    }

    /// Whether the files should not be kept any longer.
    pub fn is_due(&self, today: Date) -> bool {
        self.keep_until.is_some_and(|until| until < today)
    }

    /// The visits, oldest first.
    pub fn visits(&self) -> Result<Vec<VisitKey>, Error> {
        visits_in(&self.path)
    }

    pub fn visit_path(&self, visit: VisitKey) -> PathBuf {
        self.path.join(format!("{}.ron", visit.name()))
    }

    /// The first place of a day that no visit has.
    pub fn free_visit(&self, date: Date) -> Result<VisitKey, Error> {
        let taken = self.visits()?;
        let last = taken.iter().filter(|visit| visit.date == date).map(|visit| visit.number).max();
        let mut number = last.map_or(1, |last| last + 1);
        // A link or a pipe in a visit's place is no visit, and not replaced by one.
        while self.visit_path(VisitKey { date, number }).symlink_metadata().is_ok() {
            number += 1;
        }
        if number > MOST_OF_A_DAY {
            let fr = format!("aucun nom libre pour une visite du {date}");
            return Err(Error::refused(fr, format!("no free name for a visit on {date}")));
        }
        Ok(VisitKey { date, number })
    }

    /// `FOLDER@DATE[.n]`, as commands take it.
    pub fn reference(&self, visit: VisitKey) -> String {
        format!("{}@{}", self.folder, visit.name())
    }
}

/// Whether a folder is a client's; an error where that may not be known, which is no reason to say that it is none.
fn has_client(path: &Path) -> Option<Result<(), Error>> {
    let file = path.join(FILE);
    match file.symlink_metadata() {
        Ok(found) if found.is_file() => Some(Ok(())),
        Ok(found) if found.is_symlink() => Some(Err(files::leads_elsewhere(&file))),
        Ok(_) => Some(Err(files::no_file(&file))),
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            Some(Err(Error::io(&file, ("lire", "read"), &error)))
        }
        Err(_) => {
            let visits = visits_in(path).ok()?;
            (!visits.is_empty()).then(|| Err(nobodys(&file)))
        }
    }
}

/// A folder with visits that does not say whose they are.
fn nobodys(file: &Path) -> Error {
    let shown = file.display();
    Error::not_found(
        format!("{shown} manque\u{202f}: ces visites ne sont de personne"),
        format!("{shown} is missing: these visits are nobody’s"),
    )
    .hint("`privaudit doctor` dit que faire", "`privaudit doctor` says what to do")
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

/// The visits of a folder, oldest first.
fn visits_in(folder: &Path) -> Result<Vec<VisitKey>, Error> {
    let entries = fs::read_dir(folder).map_err(|error| Error::io(folder, ("lire", "read"), &error))?;
    let mut visits: Vec<VisitKey> = entries
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .filter_map(|entry| VisitKey::from_name(entry.file_name().to_str()?.strip_suffix(".ron")?))
        .collect();
    visits.sort();
    Ok(visits)
}

/// Reads a client's folder.
pub fn read_client(path: &Path) -> Result<ClientFolder, Error> {
    let file = path.join(FILE);
    has_client(path).transpose()?;
    let client: Client = format::read_saved(&file, &files::read(&file)?)?;
    let folder = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let Client { name, keep_until, archived } = client;
    Ok(ClientFolder { name, folder, path: path.to_owned(), keep_until, archived })
}

/// A name without control characters and surplus spaces; empty or endless ones are refused.
fn clean_name(name: &str) -> Result<String, Error> {
    let plain: String = name.nfc().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let name = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Error::refused("le nom du client est vide", "the client’s name is empty"));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(Error::refused(
            format!("nom de client trop long (plus de {LONGEST_NAME} caractères)"),
            format!("the client’s name is too long (more than {LONGEST_NAME} characters)"),
        ));
    }
    Ok(name)
}

/// `NAME@DATE` is how a visit is meant: nobody is called so.
fn refuse_a_visits_name(name: &str) -> Result<(), Error> {
    let Some((client, date)) = name.rsplit_once('@').filter(|(_, date)| VisitKey::from_name(date).is_some())
    else {
        return Ok(());
    };
    Err(Error::refused(
        format!("« {name} » désigne une visite, non un client"),
        format!("{name:?} means a visit, not a client"),
    )
    .hint(
        format!("`privaudit new \"{client}\" --on {date}` crée une visite de ce jour"),
        format!("`privaudit new \"{client}\" --on {date}` makes a visit of that day"),
    ))
}

/// A folder's name for a client: letters and digits of ASCII, words joined by `-`. Never empty, never hidden.
pub fn folder_name(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut folder = words.collect::<Vec<_>>().join("-");
    folder.truncate(LONGEST_FOLDER);
    let folder = folder.trim_end_matches('-');
    if folder.is_empty() { "client".to_owned() } else { folder.to_owned() }
}

/// Lower case without accents and ligatures, for names that should be found however they are typed.
pub fn fold(text: &str) -> String {
    crate::domain::text::fold(text)
}
