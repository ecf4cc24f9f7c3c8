//! How far is the visit on its way to the disk? Its states are counted, and what is said of them is told by number.

/// Which states were sent to be written, and which are there.
#[derive(Debug, Clone, Default)]
pub struct Saving {
    /// The state on the screen.
    revision: u64,
    /// The last one on its way to the disk.
    sent: u64,
    /// The last one on it.
    saved: u64,
    /// The last write failed.
    failing: bool,
}

impl Saving {
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// There is a new state, to be written.
    pub fn changed(&mut self) {
        self.revision += 1;
    }

    /// Everything that is on the screen is on the disk.
    pub fn is_done(&self) -> bool {
        self.saved == self.revision
    }

    /// A state is on the disk; whether the last write before it had failed.
    pub fn done(&mut self, revision: u64) -> bool {
        self.saved = self.saved.max(revision);
        std::mem::take(&mut self.failing)
    }

    /// The last write failed, and none came about since.
    pub fn is_failing(&self) -> bool {
        self.failing
    }

    /// What was sent is to be sent again.
    pub fn failed(&mut self) {
        self.failing = true;
        self.send_again();
    }

    /// Whether something is not on its way to the disk yet; from now on it is.
    pub fn take_unsent(&mut self) -> bool {
        let unsent = self.has_unsent();
        self.sent = self.revision;
        unsent
    }

    pub fn has_unsent(&self) -> bool {
        self.sent < self.revision
    }

    /// What is not known to be on disk is to be sent, even if it was sent before.
    pub fn send_again(&mut self) {
        self.sent = self.saved;
    }
}
