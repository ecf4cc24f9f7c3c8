//! What can happen to a file? The accidents of disks and editors, and what somebody would do to it on purpose.

use crate::random::Chance;

/// Pieces that readers stumble over: controls that a terminal would obey, letters that turn the line round, numbers
/// out of every range, ways out of a folder, and beginnings without an end.
const PIECES: [&str; 28] = [
    "\u{1b}[2J",
    "\u{1b}]0;title\u{7}",
    "\u{9b}31m",
    "\\u{1b}[2J",
    "\\u001b]52;c;aGk=\\u0007",
    "\r",
    "\0",
    "\u{7f}",
    "\u{202e}",
    "\u{feff}",
    "\u{ffff}",
    "e\u{301}\u{301}\u{301}",
    "99999999999999999999999999",
    "-1",
    "1e999",
    "NaN",
    "inf",
    "0x7fffffffffffffff",
    "../../../../etc/passwd",
    "/dev/zero",
    "((((((((((((((((",
    "[[[[[[[[[[[[[[[[",
    "{\"a\":{\"a\":{\"a\":",
    "r#\"",
    "/*",
    "\"",
    ",",
    "9999-99-99",
];

/// The content after one to four accidents; the same for the same chance.
pub fn happen(content: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = content.to_vec();
    for _ in 0..=chance.below(4) {
        one(&mut bytes, chance);
    }
    bytes
}

fn one(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    let end = (at + 1 + chance.below(200)).min(bytes.len());
    match chance.below(8) {
        0 if at < bytes.len() => bytes[at] = u8::try_from(chance.below(256)).unwrap_or(0),
        1 => bytes.truncate(at),
        2 => drop(bytes.drain(at..end)),
        3 => {
            let part = bytes[at..end].to_vec();
            bytes.splice(at..at, part);
        }
        4 => {
            // A value is replaced rather than only disturbed.
            let upto =
                bytes[at..].iter().position(|byte| b",)}]\n".contains(byte)).map_or(end, |stop| at + stop);
            bytes.splice(at..upto, chance.of(&PIECES).bytes());
        }
        5 => {
            let piece = chance.of(&PIECES).repeat(1 + chance.below(300));
            bytes.splice(at..at, piece.bytes());
        }
        6 => {
            let bit = 1 << chance.below(8);
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= bit;
            }
        }
        _ => drop(bytes.splice(at..at, chance.of(&PIECES).bytes())),
    }
}
