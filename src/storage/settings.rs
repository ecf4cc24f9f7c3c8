//! What does the program remember about its user? The language, in the configuration file.

use std::path::Path;

use serde::Deserialize;
use serde::Serialize;

use super::error::Error;
use super::files;
use super::format;
use crate::domain::text::Language;

const FILE: &str = "config.ron";

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

impl Settings {
    /// The settings in a folder; none there is none set.
    pub fn load(folder: &Path) -> Result<Settings, Error> {
        let path = folder.join(FILE);
        if !path.exists() {
            return Ok(Settings::default());
        }
        let text = files::read(&path)?;
        format::options().from_str(&text).map_err(|error| Error::unreadable(&path, &error))
    }

    pub fn save(&self, folder: &Path) -> Result<(), Error> {
        let path = folder.join(FILE);
        let text =
            format::write(self).map_err(|error| Error::refused(error.to_string(), error.to_string()))?;
        files::make_folder(folder)?;
        files::write_given(&path, text.as_bytes())
    }
}
