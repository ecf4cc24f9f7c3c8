//! Which file was attached to a question? A screenshot, a contract, a certificate: its digest, its date, how long it holds.
//!
//! The file itself is copied into the client's `evidence` folder, named by its SHA-256: it is never written over, and a
//! change of it shows. [`crate::storage::attachments`] goes from one to the other.

use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// What the file was called, without its folder.
    pub name: String,
    /// SHA-256 of its content, in hexadecimal.
    pub digest: String,
    /// In bytes.
    pub size: u64,
    /// The day on which it was attached.
    pub on: Date,
    /// The last day on which it proves something: the end of a contract, of a certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Attachment {
    /// Whether it proves nothing any more on that day.
    pub fn has_lapsed(&self, on: Date) -> bool {
        self.expires.is_some_and(|last| last < on)
    }
}
