//! How far is work that takes a while? A line on the terminal, gone when the work is done.

use std::io;
use std::io::IsTerminal;
use std::io::Read;
use std::io::Write;
use std::time::Duration;
use std::time::Instant;

use crate::domain::text::Language;
use crate::storage::evidence::Digests;
use crate::storage::evidence::PORTION;

/// What is done within this time needs no line.
const PATIENCE: Duration = Duration::from_millis(300);
/// More often, nobody reads it.
const RHYTHM: Duration = Duration::from_millis(100);

/// A line of progress on standard error, if that is a terminal. Ctrl-C ends the work at any time: what it makes is
/// written whole at its end, or not at all.
#[derive(Debug)]
pub struct Progress {
    what: &'static str,
    language: Language,
    terminal: bool,
    /// When the line is to be written next.
    next: Instant,
    shown: bool,
}

impl Progress {
    pub fn of(language: Language, fr: &'static str, en: &'static str) -> Progress {
        let terminal = io::stderr().is_terminal();
        Progress {
            what: language.pick(fr, en),
            language,
            terminal,
            next: Instant::now() + PATIENCE,
            shown: false,
        }
    }

    pub fn tell(&mut self, done: impl std::fmt::Display, total: impl std::fmt::Display) {
        if !self.terminal || Instant::now() < self.next {
            return;
        }
        self.next = Instant::now() + RHYTHM;
        self.shown = true;
        write(&format!("{} {done} / {total}", self.what));
    }

    /// The same of bytes, in megabytes.
    pub fn tell_bytes(&mut self, done: u64, total: u64) {
        let unit = self.language.pick("Mo", "MB");
        self.tell(megabytes(done), format_args!("{} {unit}", megabytes(total)));
    }

    /// Digests evidence to its end.
    pub fn digest(mut self, digests: &mut Digests) {
        while digests.go_on(PORTION) {
            self.tell_bytes(digests.done, digests.total);
        }
    }
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            write("");
        }
    }
}

/// Nobody is left to be told when standard error is closed.
fn write(line: &str) {
    let _ = write!(io::stderr(), "\r\x1b[K{line}");
}

/// A file that tells how far it is read.
#[derive(Debug)]
pub struct Told<R> {
    source: R,
    progress: Progress,
    read: u64,
    total: u64,
}

impl<R: Read> Told<R> {
    /// `total` is the number of bytes that are expected.
    pub fn new(source: R, total: u64, progress: Progress) -> Told<R> {
        Told { source, progress, read: 0, total }
    }
}

impl<R: Read> Read for Told<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.read += count as u64;
        self.progress.tell_bytes(self.read, self.total);
        Ok(count)
    }
}
