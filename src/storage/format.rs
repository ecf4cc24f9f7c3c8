//! In which form are files written? Their layout, and the version of saved files.

use std::path::Path;

use ron::ser::PrettyConfig;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use super::dialect::options;
use super::error::Error;
use super::own_form;

macro_rules! version {
    () => {
        1
    };
}

/// The version of assessment and client files that this program writes.
pub const FORMAT: u32 = version!();
/// What such a file begins with.
const OPENED: &str = concat!("(\n  format: ", version!(), ",\n");

/// A value as a file: one field a line, texts as they are, the same bytes for the same value.
pub fn write<T: Serialize>(value: &T) -> Result<String, ron::Error> {
    let pretty =
        PrettyConfig::new().new_line("\n").indentor("  ").escape_strings(false).compact_arrays(false);
    let mut text = options().to_string_pretty(value, pretty)?;
    text.push('\n');
    Ok(text)
}

/// The same, with `format: N` as the first field of the struct.
pub fn write_saved<T: Serialize>(value: &T) -> Result<String, ron::Error> {
    let text = write(value)?;
    Ok(text.replacen("(\n", OPENED, 1))
}

/// Reads a saved file of this format or an older one. A newer one is refused, untouched.
pub fn read_saved<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, Error> {
    // Nearly every file is as it was written here, and read at once; RON's reader knows all the others.
    if let Some(value) = text.strip_prefix(OPENED).and_then(own_form::read_opened) {
        return Ok(value);
    }
    let (format, blanked) = split_format(text).ok_or_else(|| Error::no_format(path))?;
    if format > FORMAT {
        return Err(Error::newer_format(path, format, FORMAT));
    }
    options().from_str(&blanked).map_err(|error| Error::unreadable(path, &error))
}

/// The number in front, and the text without that field but with its lines where they were.
fn split_format(text: &str) -> Option<(u32, String)> {
    let open = text.find('(')?;
    let rest = text.get(open + 1..)?;
    let field = rest.trim_start().strip_prefix("format")?.trim_start().strip_prefix(':')?.trim_start();
    let digits = field.find(|letter: char| !letter.is_ascii_digit())?;
    let number = field.get(..digits)?.parse().ok()?;
    let after = field.get(digits..)?.trim_start();
    let after = after.strip_prefix(',').unwrap_or(after);
    let skipped = text.get(..text.len() - after.len())?.matches('\n').count();
    let head = text.get(..=open)?;
    let lines = "\n".repeat(skipped - head.matches('\n').count());
    Some((number, format!("{head}{lines}{after}")))
}
