//! What becomes of work that is half done when Ctrl-C comes? It is noticed, so that nothing of the work is left behind.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use signal_hook::consts::SIGHUP;
use signal_hook::consts::SIGINT;
use signal_hook::consts::SIGTERM;
use signal_hook::flag;

/// Ctrl-C and the like, from now on. The second time they end the program as ever: a disk may never answer. A line that
/// is cut ends nothing: the work goes on to its end.
#[derive(Debug)]
pub struct Interrupts {
    last: Arc<AtomicUsize>,
}

impl Interrupts {
    pub fn notice() -> io::Result<Interrupts> {
        let (came, last) = (Arc::new(AtomicBool::new(false)), Arc::default());
        for signal in [SIGINT, SIGTERM] {
            flag::register_conditional_default(signal, Arc::clone(&came))?;
            flag::register(signal, Arc::clone(&came))?;
            flag::register_usize(signal, Arc::clone(&last), usize::try_from(signal).unwrap_or_default())?;
        }
        flag::register(SIGHUP, Arc::default())?;
        Ok(Interrupts { last })
    }

    /// The signal that came.
    pub fn came(&self) -> Option<i32> {
        i32::try_from(self.last.load(Ordering::SeqCst)).ok().filter(|signal| *signal != 0)
    }
}
