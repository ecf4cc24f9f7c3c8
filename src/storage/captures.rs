//! Where is what a capture showed? In the client's `evidence` folder, in a file named by its own digest.

use std::path::Path;
use std::path::PathBuf;

use sha2::Digest;
use sha2::Sha256;

use super::digest::hex;
use super::error::Error;
use super::error::Kind;
use super::evidence::EVIDENCE;
use super::evidence::is_digest;
use super::files;
use super::format;
use crate::domain::assessment::Assessment;
use crate::domain::capture::Capture;
use crate::domain::capture::CaptureLabel;
use crate::domain::observing;
use crate::domain::observing::Taken;
use crate::domain::questionnaire::Questionnaire;

/// A capture of a visit, as it can be read now.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    pub label: CaptureLabel,
    pub capture: Result<Capture, Error>,
}

/// Where the summary of that digest is, for the visit in this file.
pub fn path(visit: &Path, summary: &str) -> PathBuf {
    beside(visit, summary, "ron")
}

fn beside(visit: &Path, digest: &str, extension: &str) -> PathBuf {
    visit.parent().unwrap_or(Path::new(".")).join(EVIDENCE).join(format!("{digest}.{extension}"))
}

/// Keeps what was read out of a capture, and gives the digest that names it. The same summary is kept once. One that
/// no visit names any more stays: earlier states of visits name it.
pub fn keep(visit: &Path, capture: &Capture) -> Result<String, Error> {
    let text =
        format::write_saved(capture).map_err(|error| Error::refused(error.to_string(), error.to_string()))?;
    keep_text(visit, &text, "ron")
}

/// Keeps a capture itself, from which everything secret was taken.
pub fn keep_scrubbed(visit: &Path, har: &str) -> Result<String, Error> {
    keep_text(visit, har, "har")
}

fn keep_text(visit: &Path, text: &str, extension: &str) -> Result<String, Error> {
    let digest = hex(&Sha256::digest(text.as_bytes()));
    let path = beside(visit, &digest, extension);
    if let Some(folder) = path.parent() {
        files::make_own_folder(folder)?;
    }
    files::write(&path, text.as_bytes())?;
    Ok(digest)
}

/// All captures of the visit in this file. One that is missing or changed takes none of the others away.
pub fn all(visit: &Path, labels: &[CaptureLabel]) -> Vec<Seen> {
    labels.iter().map(|label| Seen { label: label.clone(), capture: read(visit, label) }).collect()
}

/// Reads what a capture of the visit in this file showed. One that was changed since it was kept is refused.
pub fn read(visit: &Path, label: &CaptureLabel) -> Result<Capture, Error> {
    let path = path(visit, &label.summary);
    if !is_digest(&label.summary) || path.is_symlink() {
        return Err(changed(&path));
    }
    let text = files::read(&path)?;
    if hex(&Sha256::digest(text.as_bytes())) != label.summary {
        return Err(changed(&path));
    }
    format::read_saved(&path, &text)
}

/// The captures of the visit in this file that can be read, as rules look at them.
pub fn taken(visit: &Path, assessment: &Assessment) -> Vec<Taken> {
    let readable = all(visit, &assessment.captures).into_iter().filter_map(|seen| {
        let capture = seen.capture.ok()?;
        Some(Taken { label: seen.label, capture })
    });
    readable.collect()
}

/// What the captures of the visit in this file show about its answers, made anew: one came or went.
pub fn observe(visit: &Path, questionnaire: &Questionnaire, assessment: &mut Assessment) {
    assessment.observations = observing::observe(&questionnaire.rulebook, &taken(visit, assessment));
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
