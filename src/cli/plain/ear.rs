//! What is heard? The lines of standard input, its end, and the signals that end a session.

use std::io;
use std::io::BufRead;
use std::io::IsTerminal;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::thread;

use signal_hook::consts::SIGHUP;
use signal_hook::consts::SIGINT;
use signal_hook::consts::SIGQUIT;
use signal_hook::consts::SIGTERM;
use signal_hook::consts::SIGTSTP;
use signal_hook::iterator::Signals;

/// Nobody types more than this in a line, in bytes; a longer one is refused.
const LONGEST: u64 = 1 << 20;
/// A terminal hands over no more of a line than this, in bytes, and says nothing of the rest.
pub const CUT_BY_A_TERMINAL: usize = 4095;
/// Lines that wait for those before them; what is more waits where it comes from, not in memory.
const WAITING: usize = 16;

#[derive(Debug)]
pub enum Heard {
    Line(String),
    /// A line that is no text, or too long for one.
    Garbled,
    End,
    Signal(i32),
}

#[derive(Debug)]
pub struct Ear {
    heard: Receiver<Heard>,
    /// How often Ctrl-C was pressed and is not heard yet, and how often that was noticed already.
    pressed: Arc<AtomicUsize>,
    noticed: usize,
    /// The terminal shows what is typed.
    pub at_a_terminal: bool,
}

impl Ear {
    /// Begins to listen. A confined session does not suspend: nothing may be left running beside a shell.
    /// Where the terminal has no UTF-8, a line that is none is read as Latin-1.
    pub fn open(confined: bool, utf8: bool) -> io::Result<Ear> {
        let mut ending = vec![SIGHUP, SIGTERM, SIGINT, SIGQUIT];
        ending.extend(confined.then_some(SIGTSTP));
        let mut signals = Signals::new(ending)?;
        let (sender, heard) = mpsc::sync_channel(WAITING);
        let of_signals = sender.clone();
        let pressed = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&pressed);
        thread::Builder::new().name("signals".to_owned()).spawn(move || {
            for signal in signals.forever().filter(|signal| *signal != SIGTSTP) {
                count.fetch_add(usize::from(signal == SIGINT), Ordering::SeqCst);
                if of_signals.send(Heard::Signal(signal)).is_err() {
                    break;
                }
            }
        })?;
        thread::Builder::new().name("lines".to_owned()).spawn(move || {
            let mut input = io::stdin().lock();
            loop {
                let line = read_line(&mut input, utf8);
                let over = matches!(line, Heard::End);
                if sender.send(line).is_err() || over {
                    break;
                }
            }
        })?;
        Ok(Ear { heard, pressed, noticed: 0, at_a_terminal: io::stdin().is_terminal() })
    }

    /// Waits for what comes next.
    pub fn next(&mut self) -> Heard {
        loop {
            match self.heard.recv() {
                Ok(Heard::Signal(SIGINT)) => {
                    self.pressed.fetch_sub(1, Ordering::SeqCst);
                    if self.noticed == 0 {
                        return Heard::Signal(SIGINT);
                    }
                    self.noticed -= 1;
                }
                heard => return heard.unwrap_or(Heard::End),
            }
        }
    }

    /// Whether Ctrl-C was pressed since the last look; it ends what is being done then, and not the session.
    pub fn is_interrupted(&mut self) -> bool {
        let pressed = self.pressed.load(Ordering::SeqCst);
        let since = pressed > self.noticed;
        self.noticed = pressed;
        since
    }
}

fn read_line(input: &mut impl BufRead, utf8: bool) -> Heard {
    let mut line = Vec::new();
    // A line that cannot be read to its end is the last: the terminal is gone.
    let read = input.by_ref().take(LONGEST).read_until(b'\n', &mut line);
    if line.is_empty() || read.is_err() {
        return Heard::End;
    }
    if line.len() as u64 == LONGEST && line.last() != Some(&b'\n') {
        skip_line(input);
        return Heard::Garbled;
    }
    let text = match String::from_utf8(line) {
        Ok(text) => text,
        Err(_) if utf8 => return Heard::Garbled,
        // The first 256 signs of Unicode are those of Latin-1.
        Err(other) => other.into_bytes().into_iter().map(char::from).collect(),
    };
    Heard::Line(text.trim_end_matches(['\n', '\r']).to_owned())
}

fn skip_line(input: &mut impl BufRead) {
    let mut skipped = Vec::new();
    while input.by_ref().take(LONGEST).read_until(b'\n', &mut skipped).is_ok_and(|read| read > 0) {
        if skipped.last() == Some(&b'\n') {
            break;
        }
        skipped.clear();
    }
}
