//! Where is a visit kept that could not be saved in its place, and how does it come back? In a private folder among
//! the temporary files, with a note of where it belongs.

use std::fs;
use std::fs::File;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::path::PathBuf;

use super::assessments;
use super::clients;
use super::clients::Store;
use super::error::Error;
use super::files;
use super::files::System;
use super::history;
use crate::domain::assessment::Assessment;

const FOLDER: &str = "privaudit-";
/// The file in a rescue's folder that says where its visit belongs.
const PLACE: &str = "place";

/// A visit that could not be saved in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescue {
    folder: PathBuf,
    /// The file with all that was entered.
    pub path: PathBuf,
    /// Where it belongs.
    pub visit: PathBuf,
}

/// Writes a visit whose own place cannot be written to where there may still be room: a new folder, for its owner
/// only, among the temporary files.
pub fn rescue(visit: &Path, assessment: &Assessment) -> Result<PathBuf, Error> {
    let base = std::env::temp_dir().join(format!("{FOLDER}{}", std::process::id()));
    let names = (1..100).map(|number| base.with_extension(number.to_string()));
    // One that exists may be somebody else's trap.
    let Some(folder) = names.into_iter().find(|folder| files::make_new_folder(folder).is_ok()) else {
        return Err(Error::refused("aucun dossier temporaire", "no temporary folder"));
    };
    let name = format!("{}-{}.ron", super::clients::folder_name(&assessment.client), assessment.date);
    let path = folder.join(name);
    if let Err(error) = files::write(&path, assessments::text(assessment)?.as_bytes()) {
        // An empty folder rescues nothing; one that cannot be removed does no harm.
        let _ = fs::remove_dir(&folder);
        return Err(error);
    }
    let place = std::path::absolute(visit).unwrap_or_else(|_| visit.to_owned());
    // Without it the answers are safe all the same; only `doctor` does not find them.
    let _ = files::write(&folder.join(PLACE), place.display().to_string().as_bytes());
    Ok(path)
}

impl Store {
    /// The visits of this store that could not be saved in their place, and wait among the temporary files.
    pub fn rescues(&self) -> Vec<Rescue> {
        let Ok(clients) = std::path::absolute(self.root().join(clients::CLIENTS)) else { return Vec::new() };
        let entries = fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten();
        let mut rescues: Vec<Rescue> = entries
            .filter(|entry| entry.file_name().to_string_lossy().starts_with(FOLDER))
            .filter_map(|entry| read(&entry.path()))
            // What is not a visit of a client of this store is nothing of ours.
            .filter(|rescue| rescue.visit.parent().and_then(Path::parent) == Some(clients.as_path()))
            .collect();
        rescues.sort_by(|one, other| one.path.cmp(&other.path));
        rescues
    }

    /// Brings a rescued visit back: in its place where there is none any more, else as an earlier state beside it,
    /// which is named. Never over anything.
    pub fn bring_in(&self, rescue: &Rescue) -> Result<PathBuf, Error> {
        let assessment = assessments::read(&rescue.path)?;
        let text = files::read(&rescue.path)?;
        let brought = match rescue.visit.exists() {
            false => {
                if let Some(folder) = rescue.visit.parent() {
                    self.keep_client(folder, &assessment.client)?;
                }
                files::write(&rescue.visit, text.as_bytes())?;
                rescue.visit.clone()
            }
            true if files::read(&rescue.visit).is_ok_and(|held| held == text) => rescue.visit.clone(),
            true => {
                let state = history::keep(&System, &rescue.visit, &text)?;
                let entered = fs::metadata(&rescue.path).and_then(|metadata| metadata.modified());
                if let (Ok(entered), Ok(file)) = (entered, File::options().write(true).open(&state)) {
                    // Only for show.
                    let _ = file.set_modified(entered);
                }
                state
            }
        };
        rescue.forget()?;
        Ok(brought)
    }
}

impl Rescue {
    /// Removes it.
    pub fn forget(&self) -> Result<(), Error> {
        files::remove(&self.folder.join(PLACE))?;
        files::remove(&self.path)?;
        fs::remove_dir(&self.folder).map_err(|error| Error::io(&self.folder, ("supprimer", "delete"), &error))
    }
}

/// A rescue's folder, when it is our own user's; anybody can make folders there.
fn read(folder: &Path) -> Option<Rescue> {
    let metadata = folder.symlink_metadata().ok()?;
    let ours = metadata.is_dir() && metadata.uid() == rustix::process::geteuid().as_raw();
    let place = folder.join(PLACE);
    if !ours || !place.symlink_metadata().ok()?.is_file() {
        return None;
    }
    let visit = PathBuf::from(files::read(&place).ok()?);
    let mut held = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    let path = held.find(|path| path.extension().is_some_and(|extension| extension == "ron"))?;
    Some(Rescue { folder: folder.to_owned(), path, visit })
}
