//! How does a file of any size reach the parser within bounded memory? Byte by byte, long texts cut, depth limited.
//!
//! A parser of JSON holds a whole text at a time, and a stack as deep as the file nests. Here both are bounded before
//! it sees them: a text longer than [`LONGEST_TEXT`] loses its end, and too deep a nesting is an error. On the way the
//! file's digest is made, and its place in lines and bytes is known exactly, also behind a cut.

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
/// Where a text of nothing but escapes is given up: those cannot be cut just anywhere.
const GIVE_UP: usize = 2 * LONGEST_TEXT;
/// Call stacks in Chrome's files nest some dozens of objects.
const DEEPEST: usize = 1000;
const BUFFER: usize = 1 << 16;

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
    Text,
    /// Behind a backslash.
    Escape,
    /// In the four digits of `\u`.
    Digits(u8),
    /// Until its end, nothing of the text is given any more.
    Cut,
    CutEscape,
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
    /// The bytes of the text so far.
    length: usize,
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
            length: 0,
            depth: 0,
            place: Place::default(),
        };
        let start = intake.piece()?;
        if start.starts_with(b"\xef\xbb\xbf") {
            intake.consume(3);
        } else if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
            intake.place.trouble.set(Some(Trouble::NotUtf8));
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

    /// What is in the buffer; it is filled when it is empty.
    fn piece(&mut self) -> io::Result<&[u8]> {
        if self.at == self.end {
            self.at = 0;
            self.end = loop {
                match self.source.read(&mut self.buffer) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    read => break read?,
                }
            };
            self.hash.update(self.buffer.get(..self.end).unwrap_or_default());
        }
        Ok(self.buffer.get(self.at..self.end).unwrap_or_default())
    }

    fn consume(&mut self, length: usize) {
        self.at += length;
        self.place.byte.set(self.place.byte.get() + length as u64);
    }

    /// The next byte that the parser is to see.
    fn next(&mut self) -> io::Result<Option<u8>> {
        loop {
            if self.place.trouble().is_some() {
                return Err(io::ErrorKind::InvalidData.into());
            }
            let state = self.state;
            let piece = self.piece()?;
            let Some(&byte) = piece.first() else { return Ok(None) };
            // Most of a large file is bodies: they go by in whole pieces.
            let length = match state {
                State::Cut => {
                    piece.iter().position(|byte| matches!(byte, b'"' | b'\\')).unwrap_or(piece.len())
                }
                _ => 1,
            };
            self.consume(length.max(1));
            if self.sees(byte) {
                return Ok(Some(byte));
            }
        }
    }

    /// Takes note of a byte, and tells whether the parser sees it.
    fn sees(&mut self, byte: u8) -> bool {
        let inside = self.state != State::Outside;
        self.length = if inside { self.length + 1 } else { 0 };
        let cutting = self.length > LONGEST_TEXT;
        self.state = match (self.state, byte) {
            (State::Outside, b'"') => State::Text,
            (State::Outside, _) => {
                self.nests(byte);
                State::Outside
            }
            (State::Text | State::Cut, b'"') => State::Outside,
            (State::Text, b'\\') => State::Escape,
            // Where a letter of one byte or of several begins, no half of another is left, nor of an escape.
            (State::Text, 0x20..=0x7f | 0xc0..=0xff) if cutting => State::Cut,
            (State::Escape, b'u') => State::Digits(4),
            (State::Text | State::Escape | State::Digits(0 | 1), _) => State::Text,
            (State::Digits(left), _) => State::Digits(left - 1),
            (State::Cut, b'\\') => State::CutEscape,
            (State::Cut | State::CutEscape, _) => State::Cut,
        };
        if self.length > GIVE_UP && matches!(self.state, State::Text | State::Escape | State::Digits(_)) {
            self.place.trouble.set(Some(Trouble::TooLong));
        }
        !matches!(self.state, State::Cut | State::CutEscape)
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
