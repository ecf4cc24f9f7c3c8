//! Where are the store and the settings on this machine?

use std::path::PathBuf;

use directories::BaseDirs;
use directories::ProjectDirs;

use super::error::Error;

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "privaudit")
}

/// The user's home folder, where the account has one.
pub fn home() -> Option<PathBuf> {
    BaseDirs::new().map(|base| base.home_dir().to_owned())
}

/// The store when none is named: the platform's folder for the user's data.
pub fn default_store() -> Result<PathBuf, Error> {
    project().map(|project| project.data_dir().to_owned()).ok_or_else(|| {
        Error::not_found(
            "aucun dossier personnel (HOME) sur ce compte",
            "this account has no home folder (HOME)",
        )
        .hint("indiquer un dossier avec --store", "name a folder with --store")
    })
}

/// Settings and the user's own questionnaires; none without a home folder.
pub fn settings_folder() -> Option<PathBuf> {
    project().map(|project| project.config_dir().to_owned())
}
