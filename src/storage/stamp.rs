//! Has a file changed since it was read? Its size and the moments of its last changes, without reading it.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// What a file was like when it was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    size: u64,
    /// Seconds and nanoseconds of the last change of its content.
    changed: (i64, i64),
    /// The same of its entry: whoever sets the first back, as copying programs do, cannot set this one.
    entered: (i64, i64),
}

impl Stamp {
    /// None where there is no such file.
    pub fn of(path: &Path) -> Option<Stamp> {
        path.metadata().ok().map(|metadata| Stamp::from(&metadata))
    }
}

impl From<&Metadata> for Stamp {
    fn from(metadata: &Metadata) -> Stamp {
        Stamp {
            size: metadata.len(),
            changed: (metadata.mtime(), metadata.mtime_nsec()),
            entered: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }
}
