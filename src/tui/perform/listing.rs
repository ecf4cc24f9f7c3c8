//! How are the clients read without anybody waiting for it? In portions, between which whatever else is asked for is
//! done; what was read is not read again.

use std::time::Duration;

use super::Hands;
use crate::tui::effect::Outcome;

/// How many clients are read at once at the most: first a screenful, later as many as are looked at in the blink of an eye
/// where all of them are known.
const FIRST_PORTION: usize = 64;
const LARGEST_PORTION: usize = 2048;
/// Where they are to be read, a portion ends after this time: so long may whoever opens one of them have to wait.
const BLINK: Duration = Duration::from_millis(30);

impl Hands {
    /// What is remembered of the clients, for a first frame.
    pub fn glimpse(&self) -> Outcome {
        let glimpse = self.store.glimpse();
        Outcome::ClientsBegun { remembered: glimpse.lines, total: glimpse.count }
    }

    /// Begins to read the portfolio. A reading that is not over begins once more from what it has read.
    pub(super) fn list_clients(&mut self, report: &mut dyn FnMut(Outcome)) {
        report(self.glimpse());
        let begun = match self.reading.take() {
            Some((reading, _)) => reading.again(),
            None => self.store.portfolio(),
        };
        match begun {
            Ok(reading) => {
                report(Outcome::ClientsBegun { remembered: Vec::new(), total: reading.total() });
                self.reading = Some((reading, FIRST_PORTION));
            }
            Err(error) => report(Outcome::ClientsFailed(error)),
        }
    }

    /// Reads the next portion of the portfolio. Portions grow: the first is there at once, and of many clients
    /// the list is not put in order too often.
    pub(super) fn list_on(&mut self, report: &mut dyn FnMut(Outcome)) {
        let Some((mut reading, portion)) = self.reading.take() else { return };
        if let Some(lines) = reading.read(portion, BLINK) {
            report(Outcome::ClientsRead { lines, done: reading.done() });
            self.reading = Some((reading, (portion * 2).min(LARGEST_PORTION)));
        } else {
            reading.keep();
            report(Outcome::ClientsEnded);
        }
    }

    /// Nobody waits for the rest: the next reading goes on from here.
    pub(super) fn keep_what_is_read(&mut self) {
        if let Some((reading, _)) = self.reading.take() {
            reading.keep();
        }
    }
}
