//! How is a document made from the interface? From the visit as the screen shows it, into the client's own folder.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use super::Hands;
use crate::domain::brand::Brand;
use crate::report::content;
use crate::report::export::Format;
use crate::report::export::Order;
use crate::report::export::export;
use crate::report::source;
use crate::storage::brand;
use crate::storage::dossier::Dossier;
use crate::storage::error::Error;
use crate::storage::files;
use crate::tui::effect::Outcome;
use crate::tui::effect::Paper;

/// The folder for documents, beside the client's visits.
const FOLDER: &str = "reports";

impl Hands {
    pub(super) fn preview(&self, paper: Paper) -> Outcome {
        let kind = paper.kind;
        let language = paper.language;
        let made = self.dossier(paper).map(|(dossier, brand, _)| {
            let comparison = source::comparison(&dossier, self.today);
            source::with_subject(&dossier, comparison.as_ref(), self.today, |subject| {
                content::document(kind, subject, &brand, language)
            })
        });
        match made {
            Ok(document) => Outcome::Previewed { kind, document: Box::new(document) },
            Err(error) => Outcome::Failed(error),
        }
    }

    pub(super) fn write_document(&self, paper: Paper, format: Format) -> Outcome {
        let (kind, language) = (paper.kind, paper.language);
        let written = self.dossier(paper).and_then(|(dossier, brand, folder)| {
            let comparison = source::comparison(&dossier, self.today);
            let bytes = source::with_subject(&dossier, comparison.as_ref(), self.today, |subject| {
                export(subject, &Order { kind, format, language, brand: &brand, sheet: None })
            })?;
            let stem = dossier.file_name(&format!("{}-{}", kind.word(), language.code()));
            keep(&folder.join(FOLDER), &stem, format.word(), &bytes)
        });
        match written {
            Ok(path) => Outcome::DocumentWritten {
                name: path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned()),
                path: path.display().to_string(),
            },
            Err(error) => Outcome::Failed(error),
        }
    }

    /// What the document is about, the brand, and the client's folder. What the screen shows counts, saved or not.
    fn dossier(&self, paper: Paper) -> Result<(Dossier, Brand, PathBuf), Error> {
        let found = self.store().find(&paper.reference)?;
        let mut dossier = self.store().dossier(&found)?;
        dossier.visit.assessment = paper.assessment;
        let brand = brand::of_store(self.store().root(), paper.language)?;
        let folder = found.path.parent().map_or_else(PathBuf::new, Path::to_owned);
        Ok((dossier, brand, folder))
    }
}

/// Writes a document under a name that is free; the same document again stays where it is. Somebody may have reworked
/// the one that is there.
fn keep(folder: &Path, stem: &str, end: &str, bytes: &[u8]) -> Result<PathBuf, Error> {
    files::make_own_folder(folder)?;
    let names =
        std::iter::once(format!("{stem}.{end}")).chain((2..).map(|number| format!("{stem}-{number}.{end}")));
    for path in names.map(|name| folder.join(name)) {
        match path.symlink_metadata() {
            // Only of the same size: it may be a pipe, or a file without end.
            Ok(there) if there.is_file() && there.len() == bytes.len() as u64 => {
                if fs::read(&path).is_ok_and(|there| there == bytes) {
                    return Ok(path);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                files::write(&path, bytes)?;
                return Ok(path);
            }
            // Taken by something else.
            Ok(_) | Err(_) => {}
        }
    }
    Err(Error::refused("aucun nom n’est libre", "no name is free"))
}
