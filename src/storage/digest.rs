//! What tells one questionnaire from another? SHA-256 over the names and the contents of its files.
//!
//! Also read by build.rs, for the embedded one.

use sha2::Digest;
use sha2::Sha256;

/// The digest of files in the order of their names, in hexadecimal; line ends do not count.
pub fn of<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut hash = Sha256::new();
    for (name, text) in files {
        let text = text.replace("\r\n", "\n");
        for part in [name.as_bytes(), text.as_bytes()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    hex(&hash.finalize())
}

/// Bytes as lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
