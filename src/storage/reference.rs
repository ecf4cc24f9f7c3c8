//! Which visit is meant? `CLIENT`, `CLIENT@DATE`, `CLIENT@DATE.2`, or the path of an assessment's file.

use std::path::Path;
use std::path::PathBuf;

use super::clients::ClientFolder;
use super::clients::Store;
use super::clients::VisitKey;
use super::error::Error;

/// A visit's file, found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub path: PathBuf,
    /// None for a file outside the store.
    pub client: Option<ClientFolder>,
    pub visit: Option<VisitKey>,
}

impl Found {
    /// `FOLDER@DATE[.n]`, or the path.
    pub fn reference(&self) -> String {
        match (&self.client, self.visit) {
            (Some(client), Some(visit)) => client.reference(visit),
            _ => self.path.display().to_string(),
        }
    }

    /// The visit before it, in the same folder; none for the first, nor for a file that is not named as visits are.
    pub fn before(&self) -> Result<Option<Found>, Error> {
        let stem = self.path.file_stem().and_then(|stem| stem.to_str());
        let Some(visit) = stem.and_then(VisitKey::from_name) else { return Ok(None) };
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = ClientFolder {
            name: String::new(),
            folder: String::new(),
            path: folder.unwrap_or(Path::new(".")).to_owned(),
            keep_until: None,
            archived: None,
        };
        let before = folder.visits()?.into_iter().rfind(|other| *other < visit);
        Ok(before.map(|before| Found {
            path: folder.visit_path(before),
            client: self.client.clone(),
            visit: self.visit.map(|_| before),
        }))
    }
}

impl Store {
    /// The visit that a reference means; a client alone means its latest.
    pub fn find(&self, reference: &str) -> Result<Found, Error> {
        let path = Path::new(reference);
        if path.extension().is_some_and(|extension| extension == "ron") && path.is_file() {
            return Ok(self.found_path(path));
        }
        let (name, wanted) = split(reference);
        let client = self.client(name)?;
        let visits = client.visits()?;
        let visit = match wanted {
            Some(wanted) => visits.iter().find(|visit| **visit == wanted),
            None => visits.last(),
        };
        let Some(visit) = visit.copied() else {
            let folder = &client.folder;
            return Err(match wanted {
                Some(wanted) => {
                    let known = visits.iter().map(|visit| visit.name()).collect::<Vec<_>>().join(", ");
                    let wanted = wanted.name();
                    Error::not_found(
                        format!("{} n’a pas de visite {wanted}", client.name),
                        format!("{} has no visit {wanted}", client.name),
                    )
                    .hint(format!("visites : {known}"), format!("visits: {known}"))
                }
                None => Error::not_found(
                    format!("{} n’a pas encore de visite", client.name),
                    format!("{} has no visit yet", client.name),
                )
                .hint(
                    format!("`privaudit new {folder}` en crée une"),
                    format!("`privaudit new {folder}` makes one"),
                ),
            });
        };
        Ok(Found { path: client.visit_path(visit), client: Some(client), visit: Some(visit) })
    }

    /// A path into this store is that client's visit; any other is a file of its own.
    fn found_path(&self, path: &Path) -> Found {
        let visit = path.file_stem().and_then(|stem| VisitKey::from_name(stem.to_str()?));
        let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        let client = folder.and_then(|folder| self.client(folder).ok());
        let same = |client: &ClientFolder| {
            let inside = path.parent().and_then(|parent| parent.canonicalize().ok());
            inside.is_some() && client.path.canonicalize().ok() == inside
        };
        let client = client.filter(same);
        Found { path: path.to_owned(), visit: visit.filter(|_| client.is_some()), client }
    }
}

/// `FOLDER@DATE[.n]` of the visit in this file of the store.
pub fn of(visit: &Path) -> String {
    let folder = visit.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    format!("{folder}@{}", visit.file_stem().unwrap_or_default().to_string_lossy())
}

/// Whether a reference is to one visit, not to a client as a whole.
pub fn names_a_visit(reference: &str) -> bool {
    let path = Path::new(reference);
    let file = path.extension().is_some_and(|extension| extension == "ron") && path.is_file();
    file || split(reference).1.is_some()
}

/// Splits at the last `@` that a date follows.
fn split(reference: &str) -> (&str, Option<VisitKey>) {
    match reference.rsplit_once('@') {
        Some((name, visit)) => match VisitKey::from_name(visit) {
            Some(visit) => (name, Some(visit)),
            None => (reference, None),
        },
        None => (reference, None),
    }
}
