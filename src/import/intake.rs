//! How does a file of any size reach the parser within bounded memory? Byte by byte, long texts cut, depth limited.
//!
//! A parser of JSON holds a whole text at a time, and a stack as deep as the file nests. Here both are bounded before
//! it sees them: a text longer than [`LONGEST_TEXT`] loses its end, and too deep a nesting is an error. What browsers
//! write into texts and no parser takes, half a surrogate pair or bytes that are no UTF-8, is replaced: one torn emoji
//! in the body of a page must not cost the whole capture. On the way the file's digest is made, and its place in lines
//! and bytes is known exactly, also behind a cut.

use std::cell::Cell;
use std::io;
use std::io::Read;
use std::rc::Rc;

use sha2::Digest;
use sha2::Sha256;

use super::problem::Trouble;
use crate::storage::source::hex;

/// In bytes. No address, header or name comes near it; pages that are longer lose their end.
pub const LONGEST_TEXT: usize = 2 << 20;
/// Call stacks in Chrome's files nest some dozens of objects.
const DEEPEST: usize = 1000;
const BUFFER: usize = 1 << 16;
/// The longest letter: two escapes, `\ud83d\ude00`.
const LONGEST_LETTER: usize = 12;
/// What is given in place of a letter that is none.
const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

/// Where the reading is, and what was met; shared with whoever gave the intake away.
#[derive(Debug, Clone, Default)]
pub struct Place {
    line: Rc<Cell<u64>>,
    byte: Rc<Cell<u64>>,
    trouble: Rc<Cell<Option<Trouble>>>,
}

impl Place {
    /// Line and byte of the last byte given, both counted from 1.
    pub fn now(&self) -> (u64, u64) {
        (self.line.get() + 1, self.byte.get().max(1))
    }

    pub fn trouble(&self) -> Option<Trouble> {
        self.trouble.get()
    }
}

/// Where in JSON the next byte is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Outside,
    /// In a text of which so many bytes were seen.
    Text(usize),
}

/// What a text goes on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letter {
    /// As it is, over so many bytes.
    Whole(usize),
    /// Nothing that a parser takes, over so many bytes.
    Torn(usize),
}

/// A reader that hands out one byte at a time, as `serde_json` asks for them.
#[derive(Debug)]
pub struct Intake<R> {
    source: R,
    /// What was read and hashed, and not handed out yet, from `at` to `end`.
    buffer: Box<[u8]>,
    at: usize,
    end: usize,
    hash: Sha256,
    state: State,
    /// How many bytes of a letter are still to be handed out as they are.
    whole: usize,
    /// What is to be handed out in place of a letter that is none.
    instead: &'static [u8],
    depth: usize,
    place: Place,
}

impl<R: Read> Intake<R> {
    /// A mark in front (BOM) is not given on.
    pub fn new(source: R) -> io::Result<Intake<R>> {
        let mut intake = Intake {
            source,
            buffer: vec![0; BUFFER].into_boxed_slice(),
            at: 0,
            end: 0,
            hash: Sha256::new(),
            state: State::Outside,
            whole: 0,
            instead: &[],
            depth: 0,
            place: Place::default(),
        };
        let start = intake.piece()?;
        let (is_marked, trouble) = (start.starts_with(b"\xef\xbb\xbf"), trouble(start));
        intake.place.trouble.set(trouble);
        if is_marked {
            intake.consume(3);
        }
        Ok(intake)
    }

    pub fn place(&self) -> Place {
        self.place.clone()
    }

    /// The SHA-256 of the whole file, the rest of it included.
    pub fn digest(mut self) -> io::Result<String> {
        loop {
            let length = self.piece()?.len();
            if length == 0 {
                return Ok(hex(&self.hash.finalize()));
            }
            self.consume(length);
        }
    }

    /// What is in the buffer: a whole letter at least, where the file has one more.
    fn piece(&mut self) -> io::Result<&[u8]> {
        while self.end - self.at < LONGEST_LETTER {
            self.buffer.copy_within(self.at..self.end, 0);
            (self.at, self.end) = (0, self.end - self.at);
            let room = self.buffer.get_mut(self.end..).unwrap_or_default();
            let read = match self.source.read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            if read == 0 {
                break;
            }
            self.hash.update(self.buffer.get(self.end..self.end + read).unwrap_or_default());
            self.end += read;
        }
        Ok(self.buffer.get(self.at..self.end).unwrap_or_default())
    }

    fn consume(&mut self, length: usize) {
        self.at += length;
        self.place.byte.set(self.place.byte.get() + length as u64);
    }

    /// The next byte that the parser is to see.
    fn next(&mut self) -> io::Result<Option<u8>> {
        if let Some((first, rest)) = self.instead.split_first() {
            self.instead = rest;
            return Ok(Some(*first));
        }
        if self.place.trouble().is_some() {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let (whole, state) = (self.whole, self.state);
        if let State::Text(length) = state
            && length > LONGEST_TEXT
            && whole == 0
        {
            self.cut()?;
        }
        let piece = self.piece()?;
        let Some(&byte) = piece.first() else { return Ok(None) };
        match (state, byte) {
            _ if whole > 0 => self.whole -= 1,
            (State::Outside, b'"') => self.state = State::Text(0),
            (State::Outside, _) => self.nests(byte),
            (State::Text(_), b'"') => self.state = State::Outside,
            (State::Text(length), _) => match letter(piece) {
                Letter::Whole(bytes) => {
                    self.state = State::Text(length + bytes);
                    self.whole = bytes - 1;
                }
                Letter::Torn(bytes) => {
                    self.state = State::Text(length + bytes);
                    self.consume(bytes);
                    return self.next_of(REPLACEMENT);
                }
            },
        }
        self.consume(1);
        Ok(Some(byte))
    }

    /// Hands out something else than what the file says.
    fn next_of(&mut self, instead: &'static [u8]) -> io::Result<Option<u8>> {
        self.instead = instead;
        self.next()
    }

    /// Passes over the rest of a text: most of a large file is bodies, which go by in whole pieces.
    fn cut(&mut self) -> io::Result<()> {
        loop {
            let piece = self.piece()?;
            let end = piece.iter().position(|byte| matches!(byte, b'"' | b'\\')).unwrap_or(piece.len());
            match piece.get(end) {
                Some(b'"') => {
                    self.consume(end);
                    return Ok(());
                }
                // Whatever the backslash is in front of, it ends no text; both are in one piece only at its start.
                Some(_) if end == 0 => {
                    let length = piece.len().min(2);
                    self.consume(length);
                }
                None if end == 0 => return Ok(()),
                Some(_) | None => self.consume(end),
            }
        }
    }

    fn nests(&mut self, byte: u8) {
        match byte {
            b'\n' => self.place.line.set(self.place.line.get() + 1),
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > DEEPEST {
            self.place.trouble.set(Some(Trouble::TooDeep));
        }
    }
}

/// What the first bytes tell of a file that is no text, or none in UTF-8: without a mark, every second byte is zero.
fn trouble(start: &[u8]) -> Option<Trouble> {
    match start {
        [0x1f, 0x8b, ..] | [b'P', b'K', 3, 4, ..] => Some(Trouble::Packed),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'{', 0, ..] | [0, b'{', ..] => Some(Trouble::NotUtf8),
        _ => None,
    }
}

/// The letter that a text goes on with; what is at fault otherwise is left to the parser.
fn letter(text: &[u8]) -> Letter {
    match *text {
        [b'\\', b'u', ..] => match (escaped(text), escaped(text.get(6..).unwrap_or_default())) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => Letter::Whole(12),
            (Some(0xd800..0xe000), _) => Letter::Torn(6),
            (Some(_), _) => Letter::Whole(6),
            (None, _) => Letter::Whole(2),
        },
        [b'\\', _, ..] => Letter::Whole(2),
        [..0x20, ..] => Letter::Torn(1),
        [first, ..] if !first.is_ascii() => beyond_ascii(text),
        _ => Letter::Whole(1),
    }
}

/// The number behind `\u`.
fn escaped(text: &[u8]) -> Option<u16> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    let digits = std::str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
    u16::from_str_radix(digits, 16).ok()
}

fn beyond_ascii(text: &[u8]) -> Letter {
    let length = match text.first() {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => return Letter::Torn(1),
    };
    match text.get(..length).map(std::str::from_utf8) {
        Some(Ok(_)) => Letter::Whole(length),
        _ => Letter::Torn(1),
    }
}

impl<R: Read> Read for Intake<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        // One at a time, whatever was asked for: so the place is always that of the parser.
        let Some(first) = into.first_mut() else { return Ok(0) };
        Ok(self.next()?.map_or(0, |byte| {
            *first = byte;
            1
        }))
    }
}
