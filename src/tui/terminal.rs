//! How is the terminal taken, and always given back? After quit, error, panic, signal and a lost line.

use std::any::Any;
use std::fs::File;
use std::io;
use std::io::IsTerminal;
use std::io::Write;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::Sender;

use crossterm::cursor::MoveTo;
use crossterm::cursor::Show;
use crossterm::event;
use crossterm::event::DisableBracketedPaste;
use crossterm::event::EnableBracketedPaste;
use crossterm::event::Event;
use crossterm::execute;
use crossterm::terminal::Clear;
use crossterm::terminal::ClearType;
use crossterm::terminal::EnterAlternateScreen;
use crossterm::terminal::LeaveAlternateScreen;
use crossterm::terminal::disable_raw_mode;
use crossterm::terminal::enable_raw_mode;
use ratatui::Frame;
use ratatui::Terminal;
use ratatui::layout::Size;
use rustix::event::PollFd;
use rustix::event::PollFlags;
use rustix::process::Signal;
use rustix::termios::LocalModes;
use signal_hook::consts::SIGCONT;
use signal_hook::consts::SIGHUP;
use signal_hook::consts::SIGINT;
use signal_hook::consts::SIGQUIT;
use signal_hook::consts::SIGTERM;
use signal_hook::consts::SIGTSTP;
use signal_hook::consts::SIGWINCH;
use signal_hook::iterator::Signals;

use super::effect::Outcome;

mod canvas;
pub mod painter;
pub mod parting;

use canvas::Canvas;
use canvas::Cursor;
use painter::Painter;

/// Whatever wakes the interface up.
#[derive(Debug)]
pub enum Input {
    Terminal(Event),
    Outcome(Outcome),
    Signal(i32),
    /// The terminal is gone, though no signal told so.
    HungUp,
    /// A thread panicked; its message is printed already.
    Panicked(Box<dyn Any + Send>),
    /// The store's thread has done all it was asked.
    Finished,
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
        // GNU screen has no other screen unless told to: there a client's answers would stay, and the shell's next
        // words come in between.
        let _ = execute!(
            out,
            DisableBracketedPaste,
            MoveTo(0, 0),
            Clear(ClearType::All),
            LeaveAlternateScreen,
            Show
        );
        let _ = disable_raw_mode();
        let _ = out.flush();
    }
}

/// Leaves the terminal as it is: there is nobody at the other end.
pub fn abandon() {
    TAKEN.store(false, Ordering::SeqCst);
}

/// What is drawn on. A frame reaches the terminal in one write; one in which nothing changed, not at all.
#[derive(Debug)]
pub struct Screen {
    /// Standard output without the library's buffer, which writes up to the last end of line by itself.
    out: File,
    terminal: Terminal<Canvas>,
    cursor: Cursor,
    painter: Painter,
}

impl Screen {
    pub fn new() -> io::Result<Screen> {
        let out = File::from(rustix::stdio::stdout().try_clone_to_owned()?);
        let cursor = Cursor::default();
        let terminal = Terminal::new(Canvas::new(Rc::clone(&cursor)))?;
        Ok(Screen { out, terminal, cursor, painter: Painter::default() })
    }

    pub fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    pub fn draw(&mut self, view: impl FnOnce(&mut Frame)) -> io::Result<()> {
        let drawn = self.terminal.draw(view)?;
        let bytes = self.painter.paint(drawn.buffer, self.cursor.get());
        self.out.write_all(&bytes)
    }

    /// Writes what is no part of the picture.
    pub fn send(&mut self, sequence: &str) -> io::Result<()> {
        self.out.write_all(sequence.as_bytes())
    }

    /// Forgets what is on the screen: the next frame draws all of it.
    pub fn renew(&mut self) {
        self.painter.forget();
    }
}

/// A terminal at both ends, and one that can place a cursor.
pub fn is_usable() -> bool {
    let dumb = std::env::var("TERM").is_ok_and(|terminal| terminal == "dumb");
    io::stdin().is_terminal() && io::stdout().is_terminal() && !dumb
}

/// Whether a shell waits for the program to stop. Where the program's group is that of the session itself (over
/// `ssh host privaudit`, in a window of its own), nobody could make it go on.
pub fn has_shell() -> bool {
    rustix::process::getsid(None).is_ok_and(|session| session != rustix::process::getpgrp())
}

/// Stops the program as Ctrl-Z does; returns when it goes on.
pub fn suspend() -> io::Result<()> {
    give_back();
    // With all of its group, as the terminal's own Ctrl-Z would: the shell waits for a script around it, too.
    rustix::process::kill_current_process_group(Signal::STOP)?;
    enter()
}

/// Takes the terminal again after a stop in which somebody else may have used it.
pub fn retake() -> io::Result<()> {
    let settings = rustix::termios::tcgetattr(rustix::stdio::stdin())?;
    if settings.local_modes.contains(LocalModes::ICANON) {
        // Somebody left raw mode for us; crossterm does not know, and would not set it twice.
        disable_raw_mode()?;
    }
    enter()
}

/// Starts the thread that waits for signals.
pub fn listen_to_signals(inputs: &Sender<Input>) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let sender = inputs.clone();
    spawn("signals", inputs, move || {
        for signal in signals.forever() {
            if sender.send(Input::Signal(signal)).is_err() {
                return;
            }
        }
    })
}

/// Starts the thread that waits for the end of the line.
pub fn listen_for_hang_up(inputs: &Sender<Input>) -> io::Result<()> {
    let sender = inputs.clone();
    spawn("watchdog", inputs, move || {
        if wait_for_hang_up() {
            let _ = sender.send(Input::HungUp);
        }
    })
}

/// How much was typed and not yet taken in. Without a bound, somebody who types faster than the program reads would
/// fill the machine's memory; with it, what is too much waits in the terminal, and a signal is never far behind.
#[derive(Debug)]
pub struct Typed(Receiver<()>);

impl Typed {
    /// About what a line of the system's holds as well.
    const MOST: usize = 4096;

    /// What an event counts for: a paste as much as its letters.
    fn weight(event: &Event) -> usize {
        match event {
            Event::Paste(text) => text.len().clamp(1, Typed::MOST),
            _ => 1,
        }
    }

    /// This event is taken in: there is room for others.
    pub fn taken(&self, event: &Event) {
        for _ in 0..Typed::weight(event) {
            let _ = self.0.try_recv();
        }
    }
}

/// Starts the thread that waits for keys.
pub fn listen_to_keys(inputs: &Sender<Input>) -> io::Result<Typed> {
    let keys = inputs.clone();
    let (room, typed) = mpsc::sync_channel(Typed::MOST);
    spawn("keys", inputs, move || {
        while let Ok(event) = event::read() {
            // The signal tells of new sizes, also of those before crossterm begins to listen.
            if matches!(event, Event::Resize(..)) {
                continue;
            }
            let roomy = (0..Typed::weight(&event)).all(|_| room.send(()).is_ok());
            if !roomy || keys.send(Input::Terminal(event)).is_err() {
                return;
            }
        }
        // Without keys there is no way to go on, and none to quit.
        let _ = keys.send(Input::HungUp);
    })?;
    Ok(Typed(typed))
}

fn spawn(name: &str, inputs: &Sender<Input>, body: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let inputs = inputs.clone();
    // Their stacks stay small: they only wait and hand on.
    let thread = std::thread::Builder::new().name(name.to_owned()).stack_size(256 << 10);
    thread.spawn(move || tell_panic(&inputs, body)).map(drop)
}

/// A panic in a thread ends the program as one in the main thread does. False if there was one.
pub fn tell_panic(inputs: &Sender<Input>, body: impl FnOnce()) -> bool {
    let done = std::panic::catch_unwind(AssertUnwindSafe(body));
    done.map_err(|panic| drop(inputs.send(Input::Panicked(panic)))).is_ok()
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
