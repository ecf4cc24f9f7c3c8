//! Which RON is read and written? The one dialect of every file, also read by build.rs.

use ron::Options;
use ron::extensions::Extensions;

/// Options without `Some`, ids as plain strings.
pub fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_NEWTYPES)
}
