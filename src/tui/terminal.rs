//! How is the terminal taken, and always given back? After quit, error, panic, signal and a lost line.

use std::io;
use std::io::BufWriter;
use std::io::IsTerminal;
use std::io::Stdout;
use std::io::Write;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Sender;
use std::time::Duration;

use crossterm::cursor::Show;
use crossterm::event;
use crossterm::event::DisableBracketedPaste;
use crossterm::event::EnableBracketedPaste;
use crossterm::event::Event;
use crossterm::execute;
use crossterm::terminal::EnterAlternateScreen;
use crossterm::terminal::LeaveAlternateScreen;
use crossterm::terminal::disable_raw_mode;
use crossterm::terminal::enable_raw_mode;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use rustix::event::PollFd;
use rustix::event::PollFlags;
use signal_hook::consts::SIGCONT;
use signal_hook::consts::SIGHUP;
use signal_hook::consts::SIGINT;
use signal_hook::consts::SIGQUIT;
use signal_hook::consts::SIGTERM;
use signal_hook::consts::SIGTSTP;
use signal_hook::iterator::Signals;

use super::effect::Outcome;

/// One write a frame: a full screen fits in it.
const BUFFER: usize = 64 << 10;

pub type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// Whatever wakes the interface up.
#[derive(Debug)]
pub enum Input {
    /// All that was typed until now, together: it is drawn once.
    Terminal(Vec<Event>),
    Outcome(Outcome),
    Signal(i32),
    /// The terminal is gone, though no signal told so.
    HungUp,
}

/// Whether the terminal is ours at the moment: what is given back twice would upset the shell.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Holds the terminal; gives it back when dropped.
#[derive(Debug)]
pub struct Guard;

impl Guard {
    /// Takes the terminal, and makes a panic give it back before its message is printed.
    pub fn take() -> io::Result<Guard> {
        // NO_COLOR is the theme's business: crossterm's own reading of it erases reverse and bold as well.
        crossterm::style::force_color_output(true);
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            before(panic);
        }));
        enter()?;
        Ok(Guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

/// Raw mode, a screen of its own, pastes as such.
pub fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)
}

/// Undoes all of it. Never fails and never prints: the terminal may be dead.
pub fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        let _ = execute!(out, DisableBracketedPaste, LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
        let _ = out.flush();
    }
}

/// Leaves the terminal as it is: there is nobody at the other end.
pub fn abandon() {
    TAKEN.store(false, Ordering::SeqCst);
}

pub fn screen() -> io::Result<Screen> {
    Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(BUFFER, io::stdout())))
}

/// A terminal at both ends, and one that can place a cursor.
pub fn is_usable() -> bool {
    let dumb = std::env::var("TERM").is_ok_and(|terminal| terminal == "dumb");
    io::stdin().is_terminal() && io::stdout().is_terminal() && !dumb
}

/// Stops the program as Ctrl-Z does; returns when it goes on.
pub fn suspend() -> io::Result<()> {
    give_back();
    signal_hook::low_level::emulate_default_handler(SIGTSTP)?;
    enter()
}

/// Starts the threads that wait for keys, signals and the end of the line.
pub fn listen(inputs: &Sender<Input>) -> io::Result<()> {
    let keys = inputs.clone();
    spawn("keys", move || {
        // After a hang-up crossterm's source spins without ever returning: the watchdog ends the process then.
        while let Ok(first) = event::read() {
            let mut events = vec![first];
            while event::poll(Duration::ZERO).unwrap_or(false) {
                match event::read() {
                    Ok(event) => events.push(event),
                    Err(_) => break,
                }
            }
            if keys.send(Input::Terminal(events)).is_err() {
                return;
            }
        }
    })?;
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    let sender = inputs.clone();
    spawn("signals", move || {
        for signal in signals.forever() {
            if sender.send(Input::Signal(signal)).is_err() {
                return;
            }
        }
    })?;
    let sender = inputs.clone();
    spawn("watchdog", move || {
        if wait_for_hang_up() {
            let _ = sender.send(Input::HungUp);
        }
    })
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<()> {
    // Their stacks stay small: they only wait and hand on.
    std::thread::Builder::new().name(name.to_owned()).stack_size(256 << 10).spawn(body).map(drop)
}

/// Sleeps until the other end of the terminal is closed. SIGHUP alone is not enough: it may be ignored by whoever
/// started the program. False where the system does not tell.
fn wait_for_hang_up() -> bool {
    let stdin = rustix::stdio::stdin();
    loop {
        let mut watched = [PollFd::new(&stdin, PollFlags::empty())];
        match rustix::event::poll(&mut watched, None) {
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return false,
            Ok(_) => {
                let [watched] = watched;
                return watched.revents().intersects(PollFlags::HUP | PollFlags::ERR);
            }
        }
    }
}
