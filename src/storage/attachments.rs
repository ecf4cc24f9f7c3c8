//! Where is an attached file? Copied into the client's `evidence` folder, for its owner only, named by its own digest.
//!
//! Nothing is written through a link, and a link in place of a copy is no copy: what it leads to lies elsewhere.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use jiff::civil::Date;

use super::copying::Copying;
use super::copying::Kept;
use super::error::Error;
use super::evidence::Digests;
use super::evidence::EVIDENCE;
use super::evidence::is_digest;
use super::files;
use super::place;
use crate::domain::assessment::Assessment;
use crate::domain::attachment::Attachment;
use crate::domain::id::QuestionId;

/// What became of the copy of an attached file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    Intact,
    Missing,
    /// It is not what was attached.
    Changed,
}

/// A file attached to a question, looked at now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub question: QuestionId,
    pub attachment: Attachment,
    pub condition: Condition,
    /// It proves nothing any more on the day of the visit.
    pub lapsed: bool,
}

impl Condition {
    /// The word for it in commands and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Condition::Intact => "intact",
            Condition::Missing => "missing",
            Condition::Changed => "changed",
        }
    }
}

/// Copies a file beside the visit in this file. The same content is kept once.
pub fn keep(visit: &Path, source: &Path, on: Date) -> Result<Attachment, Error> {
    let mut copying = begin_to_keep(visit, source, on)?;
    while copying.go_on(u64::MAX / 2)? {}
    copying.end().map(|kept| kept.attachment)
}

/// The same in portions.
pub fn begin_to_keep(visit: &Path, source: &Path, on: Date) -> Result<Copying, Error> {
    Copying::begin(&folder(visit), source, on)
}

/// The file that somebody typed, pasted or dragged into a terminal: `~` is the home folder, and what stands in quotes or
/// behind backslashes is taken out of them, unless a file is called just so.
pub fn typed(text: &str) -> PathBuf {
    let text = text.trim();
    let exact = PathBuf::from(text);
    if exact.exists() {
        return exact;
    }
    let quoted = ['\'', '"'].into_iter().find_map(|mark| text.strip_prefix(mark)?.strip_suffix(mark));
    let plain = quoted.map_or_else(|| without_backslashes(text), str::to_owned);
    let home = plain.strip_prefix("~/").and_then(|rest| Some(place::home()?.join(rest)));
    home.unwrap_or_else(|| plain.into())
}

/// Takes a copy away again that the visit in this file did not come to name, unless it was there before. Where that
/// fails, `doctor` finds what nobody names.
pub fn take_back(visit: &Path, kept: &Kept) {
    if kept.is_new {
        let _ = erase(visit, &kept.attachment);
    }
}

fn without_backslashes(text: &str) -> String {
    let mut plain = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        plain.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    plain
}

/// Where the evidence of the visit in this file lies.
pub fn folder(visit: &Path) -> PathBuf {
    visit.parent().unwrap_or(Path::new(".")).join(EVIDENCE)
}

/// Where the copy is, for the visit in this file.
pub fn path(visit: &Path, attachment: &Attachment) -> PathBuf {
    folder(visit).join(&attachment.digest)
}

/// Every file attached to a question of the visit in this file, as it is now.
pub fn check(visit: &Path, assessment: &Assessment) -> Vec<Checked> {
    check_by(visit, assessment, &to_digest(visit, assessment).end())
}

/// The copies that have to be read to know whether they are what was attached.
pub fn to_digest(visit: &Path, assessment: &Assessment) -> Digests {
    let all = assessment.attachments.values().flatten();
    let read = all.filter(|attachment| is_digest(&attachment.digest)).filter_map(|attachment| {
        let path = path(visit, attachment);
        let found = fs::symlink_metadata(&path).ok()?;
        (found.is_file() && found.len() == attachment.size).then(|| (attachment.digest.clone(), path))
    });
    Digests::of(read)
}

/// The same as [`check`] by what [`to_digest`] came to.
pub fn check_by(
    visit: &Path,
    assessment: &Assessment,
    digests: &BTreeMap<String, Result<String, Error>>,
) -> Vec<Checked> {
    let all = assessment
        .attachments
        .iter()
        .flat_map(|(question, attached)| attached.iter().map(move |attachment| (question, attachment)));
    all.map(|(question, attachment)| Checked {
        question: question.clone(),
        attachment: attachment.clone(),
        condition: condition(&path(visit, attachment), attachment, digests),
        lapsed: attachment.has_lapsed(assessment.date),
    })
    .collect()
}

fn condition(
    path: &Path,
    attachment: &Attachment,
    digests: &BTreeMap<String, Result<String, Error>>,
) -> Condition {
    if !is_digest(&attachment.digest) {
        return Condition::Missing;
    }
    match fs::symlink_metadata(path) {
        Err(_) => Condition::Missing,
        Ok(found) if !found.is_file() || found.len() != attachment.size => Condition::Changed,
        Ok(_) => match digests.get(&attachment.digest) {
            Some(Ok(digest)) if *digest == attachment.digest => Condition::Intact,
            Some(Ok(_) | Err(_)) | None => Condition::Changed,
        },
    }
}

/// Deletes the copy of a file that no visit of the client names any more; earlier states of visits may. Whether it is
/// gone.
pub fn erase(visit: &Path, attachment: &Attachment) -> Result<bool, Error> {
    // Nothing was ever copied under such a name, nor through a link.
    if !is_digest(&attachment.digest) || folder(visit).is_symlink() {
        return Ok(true);
    }
    let client = visit.parent().unwrap_or(Path::new("."));
    let names_it = |entry: fs::DirEntry| {
        let path = entry.path();
        let is_visit = entry.file_type().is_ok_and(|kind| kind.is_file())
            && path.extension().is_some_and(|ending| ending == "ron");
        is_visit && files::read(&path).is_ok_and(|text| text.contains(&attachment.digest))
    };
    if fs::read_dir(client).into_iter().flatten().flatten().any(names_it) {
        return Ok(false);
    }
    let copy = path(visit, attachment);
    match fs::symlink_metadata(&copy) {
        Ok(_) => files::remove(&copy).map(|()| true),
        // What is gone already need not be deleted.
        Err(_) => Ok(true),
    }
}
