//! How are many visits summed up without anybody waiting for it? In portions, beside other work.

use super::Hands;
use crate::tui::effect::Outcome;

/// How many visits are read at once: as many as are read in the blink of an eye.
const PORTION: usize = 32;

impl Hands {
    /// Takes the next portion in; after the last one, tells what came of it.
    pub(super) fn sum_on(&mut self, report: &mut dyn FnMut(Outcome)) {
        let Some((mut summing, run)) = self.summing.take() else { return };
        if summing.go_on(PORTION) {
            report(Outcome::SummingUp { run, done: summing.done(), total: summing.total() });
            self.summing = Some((summing, run));
        } else {
            report(Outcome::SummedUp { run, sum: Box::new(summing.end()) });
        }
    }
}
