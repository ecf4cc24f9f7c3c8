//! Which questionnaires are there? The embedded one, the user's own, and the pinned copies of those in use.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::OnceLock;
use std::sync::PoisonError;

use super::error::Error;
use super::files;
use super::format;
use super::place;
use super::prepared;
use super::source::HEAD;
use super::source::LARGEST;
use super::source::Sources;
use super::source::plain_name;
use super::stamp::Stamp;
use crate::domain::assessment::Pin;
use crate::domain::questionnaire::Head;
use crate::domain::questionnaire::Questionnaire;

/// The id of the questionnaire that the program brings along.
pub const BUILT_IN: &str = "seven-steps";
/// The folder of stored copies of questionnaires, in the store's; of one's own, in that of the settings.
pub const FOLDER: &str = "questionnaires";

/// Where questionnaires come from.
#[derive(Debug, Clone)]
pub struct Library {
    /// The store's folder of pinned copies.
    pinned: PathBuf,
    /// The user's own, a folder each; none without a home folder.
    own: Option<PathBuf>,
}

/// A questionnaire that a new visit can be made with.
#[derive(Debug, Clone)]
pub struct Listed {
    pub questionnaire: Arc<Questionnaire>,
    /// None for the embedded one, whose texts are seldom asked for.
    read: Option<Arc<Sources>>,
}

impl Listed {
    /// The texts that it was read from.
    pub fn sources(&self) -> &Sources {
        self.read.as_deref().unwrap_or_else(|| prepared::sources(BUILT_IN))
    }

    pub fn is_built_in(&self) -> bool {
        self.read.is_none()
    }

    fn from_sources(sources: Sources) -> Result<Listed, Error> {
        let questionnaire = sources.load().map_err(|faults| Error::faulty(&sources.origin, &faults))?;
        Ok(Listed { questionnaire: Arc::new(questionnaire), read: Some(Arc::new(sources)) })
    }
}

impl Library {
    pub fn new(store: &Path) -> Library {
        let own = place::settings_folder().map(|folder| folder.join(FOLDER));
        Library { pinned: store.join(FOLDER), own }
    }

    /// The embedded questionnaire first, then the user's own in the order of their folders. One that cannot be
    /// read is an error beside those that can.
    pub fn list(&self) -> Vec<Result<Listed, Error>> {
        let mut listed = vec![built_in()];
        for folder in self.own.iter().flat_map(|own| subfolders(own)) {
            listed.push(from_folder(&folder));
        }
        listed
    }

    /// A questionnaire by its id, or by the path of its folder.
    pub fn find(&self, id_or_path: &str) -> Result<Listed, Error> {
        if id_or_path == BUILT_IN {
            return built_in();
        }
        if id_or_path.contains(std::path::MAIN_SEPARATOR) || Path::new(id_or_path).join(HEAD).is_file() {
            return from_folder(Path::new(id_or_path));
        }
        let own = self.own.iter().map(|own| own.join(id_or_path)).find(|folder| folder.join(HEAD).is_file());
        if let (Some(folder), true) = (own, plain_name(id_or_path)) {
            return from_folder(&folder);
        }
        for listed in self.list().into_iter().flatten() {
            if listed.questionnaire.head.id == id_or_path {
                return Ok(listed);
            }
        }
        Err(Error::not_found(
            format!("questionnaire « {id_or_path} » inconnu"),
            format!("unknown questionnaire {id_or_path:?}"),
        )
        .hint(
            "`privaudit questionnaires` les liste ; un chemin convient aussi",
            "`privaudit questionnaires` lists them; a path will do, too",
        ))
    }

    /// The questionnaire that an assessment was made with, exactly. Its copy is parsed once, as long as its file stays
    /// as it is.
    pub fn pinned(&self, pin: &Pin) -> Result<Arc<Questionnaire>, Error> {
        static READ: Mutex<BTreeMap<PathBuf, (Stamp, Arc<Questionnaire>)>> = Mutex::new(BTreeMap::new());
        if is_built_in(pin) {
            return built_in().map(|listed| listed.questionnaire);
        }
        let path = self.pinned_path(pin)?;
        let stamp = Stamp::of(&path);
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        if let (Some(stamp), Some((then, questionnaire))) = (stamp, read.get(&path))
            && *then == stamp
            && questionnaire.digest == pin.digest
        {
            return Ok(Arc::clone(questionnaire));
        }
        let questionnaire = self.kept(pin)?.questionnaire;
        if let Some(stamp) = stamp {
            read.insert(path, (stamp, Arc::clone(&questionnaire)));
        }
        Ok(questionnaire)
    }

    /// The questionnaire for a client's next visit: the newest version of the same id, be it known to the program or
    /// what the last visit was made with. Never an older one: what came in by its path stays with the client.
    pub fn next(&self, last: &Pin) -> Result<Listed, Error> {
        let known = self.list().into_iter().flatten();
        let same = known.filter(|listed| listed.questionnaire.head.id == last.id);
        // The first of those that are as new: the program's own before a copy of it.
        let newest = same.reduce(|one, other| if version(&other) > version(&one) { other } else { one });
        match newest {
            Some(newest) if version(&newest) >= numbers(&last.version) => Ok(newest),
            _ => self.kept(last),
        }
    }

    fn kept(&self, pin: &Pin) -> Result<Listed, Error> {
        if is_built_in(pin) {
            return built_in();
        }
        let path = self.pinned_path(pin)?;
        if !path.is_file() {
            let shown = path.display();
            return Err(Error::not_found(
                format!("le questionnaire de cette visite manque : {shown}"),
                format!("the questionnaire of this visit is missing: {shown}"),
            )
            .hint(
                "copier ce fichier depuis le dépôt où la visite a été faite",
                "copy this file from the store in which the visit was made",
            ));
        }
        let text = files::read(&path)?;
        let mut sources: Sources = format::read_saved(&path, &text)?;
        sources.origin = path.display().to_string();
        let digest = sources.digest();
        if digest == pin.digest
            && let Some(questionnaire) = sources.reload(digest)
        {
            return Ok(Listed { questionnaire: Arc::new(questionnaire), read: Some(Arc::new(sources)) });
        }
        let listed = Listed::from_sources(sources)?;
        if listed.questionnaire.digest != pin.digest {
            let shown = path.display();
            return Err(Error::refused(
                format!("{shown} a été modifié depuis la visite : son empreinte ne correspond plus"),
                format!("{shown} was changed since the visit: its digest does not match any more"),
            )
            .hint("restaurer ce fichier depuis une sauvegarde", "restore this file from a backup"));
        }
        Ok(listed)
    }

    /// Keeps a copy of a questionnaire as it is now, unless there is one.
    pub fn pin(&self, listed: &Listed) -> Result<Pin, Error> {
        let pin = listed.questionnaire.pin();
        let path = self.pinned_path(&pin)?;
        if !path.exists() {
            files::make_folder(&self.pinned)?;
            let text = format::write_saved(listed.sources())
                .map_err(|error| Error::refused(error.to_string(), error.to_string()))?;
            files::write(&path, text.as_bytes())?;
        }
        Ok(pin)
    }

    fn pinned_path(&self, pin: &Pin) -> Result<PathBuf, Error> {
        let digest = pin.digest.get(..16).unwrap_or(&pin.digest);
        let name = format!("{}-{}-{digest}.ron", pin.id, pin.version);
        if !plain_name(&name) {
            return Err(Error::refused(
                format!("nom de questionnaire inacceptable : « {name} »"),
                format!("unacceptable name of a questionnaire: {name:?}"),
            ));
        }
        Ok(self.pinned.join(name))
    }
}

fn version(listed: &Listed) -> Vec<u64> {
    numbers(&listed.questionnaire.head.version)
}

/// `1.10.0` is newer than `1.9.2`; what is no number counts as nothing.
fn numbers(version: &str) -> Vec<u64> {
    version.split(['.', '-', '+']).map(|part| part.parse().unwrap_or(0)).collect()
}

/// The embedded questionnaire, as it was prepared when the program was built.
pub fn built_in() -> Result<Listed, Error> {
    static READ: OnceLock<Result<Listed, Error>> = OnceLock::new();
    let read = || {
        let questionnaire = prepared::questionnaire(BUILT_IN)?;
        Ok(Listed { questionnaire: Arc::new(questionnaire), read: None })
    };
    READ.get_or_init(read).clone()
}

/// Whether a visit was made with the embedded questionnaire of this very program.
pub fn is_built_in(pin: &Pin) -> bool {
    pin.digest == prepared::DIGEST
}

/// The questionnaire in a folder.
pub fn from_folder(folder: &Path) -> Result<Listed, Error> {
    Listed::from_sources(sources(folder)?)
}

/// The texts of a folder: its head, and the files that the head names.
pub fn sources(folder: &Path) -> Result<Sources, Error> {
    let mut read = BTreeMap::new();
    let head = files::read(&folder.join(HEAD)).map_err(|error| {
        error.hint(
            "un questionnaire est un dossier avec questionnaire.ron ; `privaudit questionnaires export seven-steps DOSSIER` en donne un modèle",
            "a questionnaire is a folder with questionnaire.ron; `privaudit questionnaires export seven-steps DIR` gives a model",
        )
    })?;
    let named: Vec<String> = match format::options().from_str::<Head>(head.trim_start_matches('\u{feff}')) {
        Ok(head) => {
            head.files.into_iter().chain(head.tables).chain(head.glossary).chain(head.evidence).collect()
        }
        // The head itself has a fault: everything beside it may be meant, and is looked at as well.
        Err(_) => ron_files(folder),
    };
    read.insert(HEAD.to_owned(), head);
    for name in named {
        let path = folder.join(&name);
        let small = fs::metadata(&path).is_ok_and(|metadata| metadata.is_file() && metadata.len() <= LARGEST);
        if plain_name(&name) && small {
            read.insert(name, files::read(&path)?);
        }
    }
    Ok(Sources { origin: folder.display().to_string(), files: read })
}

fn ron_files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "ron")).collect()
}

fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.join(HEAD).is_file()).collect();
    folders.sort();
    folders
}
