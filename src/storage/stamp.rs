//! Has a file changed since it was read? Its size and the moments of its last changes, without reading it.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;
use std::time::SystemTime;
use std::time::UNIX_EPOCH;

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

    /// Whether a file that had this stamp at that moment gets another one when it changes afterwards: clocks of file
    /// systems tick in steps, and two changes within one look the same.
    pub fn is_settled(self, at: SystemTime) -> bool {
        let (seconds, nanoseconds) = self.entered;
        // Where there is no fraction, steps are as long as two seconds.
        let step = if nanoseconds == 0 { Duration::from_secs(2) } else { Duration::from_millis(50) };
        let now = at.duration_since(UNIX_EPOCH).unwrap_or_default();
        let last = u64::try_from(seconds).map_or(Duration::ZERO, Duration::from_secs);
        let last = last + Duration::from_nanos(nanoseconds.unsigned_abs());
        now.saturating_sub(last) > step
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
