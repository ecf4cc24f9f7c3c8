//! Where is what a capture showed? In the client's `evidence` folder, in a file named by its own digest.

use std::path::Path;
use std::path::PathBuf;

use sha2::Digest;
use sha2::Sha256;

use super::error::Error;
use super::error::Kind;
use super::files;
use super::format;
use super::seals::EVIDENCE;
use super::source::hex;
use crate::domain::capture::Capture;
use crate::domain::capture::CaptureLabel;

/// Where the summary of that digest is, for the visit in this file.
pub fn path(visit: &Path, summary: &str) -> PathBuf {
    visit.parent().unwrap_or(Path::new(".")).join(EVIDENCE).join(format!("{summary}.ron"))
}

/// Keeps what was read out of a capture, and gives the digest that names it. The same summary is kept once.
pub fn keep(visit: &Path, capture: &Capture) -> Result<String, Error> {
    let text =
        format::write_saved(capture).map_err(|error| Error::refused(error.to_string(), error.to_string()))?;
    let summary = hex(&Sha256::digest(text.as_bytes()));
    let path = path(visit, &summary);
    if let Some(folder) = path.parent() {
        files::make_folder(folder)?;
    }
    files::write(&path, text.as_bytes())?;
    Ok(summary)
}

/// Reads what a capture of the visit in this file showed. One that was changed since it was kept is refused.
pub fn read(visit: &Path, label: &CaptureLabel) -> Result<Capture, Error> {
    let path = path(visit, &label.summary);
    let text = files::read(&path)?;
    if hex(&Sha256::digest(text.as_bytes())) != label.summary {
        return Err(changed(&path));
    }
    format::read_saved(&path, &text)
}

fn changed(path: &Path) -> Error {
    let shown = path.display();
    Error::new(
        Kind::Unreadable,
        format!("{shown} n’est plus tel qu’il a été gardé"),
        format!("{shown} is not as it was kept any more"),
    )
    .hint(
        "importer la capture de nouveau : `privaudit import`",
        "import the capture again: `privaudit import`",
    )
}
