//! Where is a client's evidence, and what tells one file of it from another?

use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;

use sha2::Digest;
use sha2::Sha256;

use super::digest::hex;

/// The folder of a client's evidence files, beside the visits.
pub const EVIDENCE: &str = "evidence";

/// Whether this can be the name of evidence. What a visit says may be anything; a digest leads to no other folder.
pub fn is_digest(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_hexdigit())
}

/// SHA-256 of a file, in hexadecimal.
pub fn digest(path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut file = File::open(path)?;
    // Piece by piece: a capture may be large.
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut piece)?;
        match piece.get(..read) {
            None | Some([]) => return Ok(hex(&hash.finalize())),
            Some(bytes) => hash.update(bytes),
        }
    }
}
