//! Is the list of clients still to be believed? Others may change the folders, and nobody tells.

use std::time::Duration;
use std::time::Instant;

/// For so long it is, or for so many times what it took to look at the folders.
const FRESH: Duration = Duration::from_secs(5);
const FRESH_FOR: u32 = 20;

/// When the clients were read.
#[derive(Debug, Clone, Copy, Default)]
pub enum Listing {
    #[default]
    Never,
    /// They are being read since then; the first time it takes longer than any further look.
    Since { begun: Instant, first: bool },
    /// They were read, and are believed until then.
    Until(Instant),
}

impl Listing {
    pub fn begins(&mut self, now: Instant) {
        let first = !matches!(self, Listing::Until(_) | Listing::Since { first: false, .. });
        *self = Listing::Since { begun: now, first };
    }

    pub fn ends(&mut self, now: Instant) {
        if let Listing::Since { begun, first } = *self {
            let long = if first { Duration::ZERO } else { (now - begun) * FRESH_FOR };
            *self = Listing::Until(now + FRESH.max(long));
        }
    }

    /// Whether it is time to look again.
    pub fn is_old(&self, now: Instant) -> bool {
        matches!(self, Listing::Until(until) if *until <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Begins to read, is done so long after, and is old that long after that but not a moment before.
    fn read(listing: &mut Listing, now: Instant, took: Duration, fresh: Duration) -> Instant {
        listing.begins(now);
        let done = now + took;
        assert!(!listing.is_old(done + Duration::from_hours(1)), "while they are being read");
        listing.ends(done);
        let old = done + fresh;
        assert!(!listing.is_old(old.checked_sub(Duration::from_millis(1)).unwrap_or(done)), "too early");
        assert!(listing.is_old(old), "too late");
        old
    }

    #[test]
    fn a_list_is_believed_for_as_long_as_looking_again_costs_little() {
        let (second, mut listing) = (Duration::from_secs(1), Listing::default());
        let begun = Instant::now();
        assert!(!listing.is_old(begun), "never read");
        // The first reading has no index to begin with, and says nothing of the next ones.
        let now = read(&mut listing, begun, 10 * second, 5 * second);
        let now = read(&mut listing, now, second / 10, 5 * second);
        read(&mut listing, now, 2 * second, 40 * second);
        // Whoever opens a client and comes back in the middle of it has still not read them once.
        let mut interrupted = Listing::default();
        interrupted.begins(begun);
        read(&mut interrupted, begun + second, 10 * second, 5 * second);
    }
}
