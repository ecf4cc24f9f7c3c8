//! How does the terminal interface run? A session, and the loop that keys, signals and outcomes go through.
//!
//! ```text
//! key ── keymap ──▶ Intent ── update ──▶ Effect ── perform ──▶ Outcome
//!                                │                                │
//!                              Model ◀───────── receive ──────────┘
//!                                │
//!                                ▼ view(&Model) → frame
//! ```
//!
//! Effects are carried out on a thread of their own, so that no key waits for a disk; tests carry them out at once.

use std::io;
use std::panic::AssertUnwindSafe;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;
use std::time::Duration;

use crossterm::event::Event;
use crossterm::event::KeyEvent;
use crossterm::event::KeyEventKind;
use ratatui::Frame;
use signal_hook::consts::SIGCONT;
use signal_hook::consts::SIGHUP;
use signal_hook::consts::SIGTSTP;

use effect::Effect;
use effect::Outcome;
use model::Model;
use perform::Hands;
use terminal::Guard;
use terminal::Input;
use terminal::Screen;

pub mod effect;
pub mod intent;
pub mod keymap;
pub mod model;
pub mod perform;
pub mod screens;
pub mod terminal;
pub mod theme;
pub mod update;
pub mod view;
pub mod visit;
pub mod widgets;

/// How long a note rests before it is written while it is still open.
const REST: Duration = Duration::from_secs(1);

/// A model, and hands to carry out what it asks for.
#[derive(Debug)]
pub struct Session {
    pub model: Model,
    worker: Worker,
    /// The terminal is to be left for a moment, or drawn anew.
    asks: Vec<Effect>,
}

#[derive(Debug)]
enum Worker {
    /// Everything is done before the next line: for tests, and for pictures.
    AtOnce(Box<Hands>),
    Thread {
        effects: Sender<Effect>,
        handle: JoinHandle<()>,
    },
}

impl Session {
    /// Effects are carried out at once.
    pub fn at_once(model: Model, hands: Hands) -> Session {
        Session { model, worker: Worker::AtOnce(Box::new(hands)), asks: Vec::new() }
    }

    /// Effects are carried out on a thread; their outcomes come through `inputs`.
    fn threaded(model: Model, hands: Hands, inputs: Sender<Input>) -> io::Result<Session> {
        let (effects, waiting) = mpsc::channel();
        let handle = std::thread::Builder::new().name("store".to_owned()).spawn(move || {
            perform::work(hands, &waiting, &mut |outcome| {
                // Nobody listens any more when the session is over; the work itself goes on to its end.
                let _ = inputs.send(Input::Outcome(outcome));
            });
        })?;
        Ok(Session { model, worker: Worker::Thread { effects, handle }, asks: Vec::new() })
    }

    /// Begins with the list of clients.
    pub fn start(&mut self) {
        self.perform(vec![Effect::ListClients]);
    }

    /// The one door for keys.
    pub fn press(&mut self, key: KeyEvent) {
        if key.kind == KeyEventKind::Release {
            return;
        }
        if let Some(intent) = keymap::intent(self.model.context(), key) {
            let effects = update::update(&mut self.model, intent);
            self.perform(effects);
        }
    }

    pub fn paste(&mut self, text: &str) {
        let effects = update::paste(&mut self.model, text);
        self.perform(effects);
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.model.size = (columns, rows);
    }

    pub fn receive(&mut self, outcome: Outcome) {
        let effects = update::receive(&mut self.model, outcome);
        self.perform(effects);
    }

    /// Keeps what is being typed.
    pub fn keep(&mut self) {
        let effects = update::keep(&mut self.model);
        self.perform(effects);
    }

    pub fn draw(&self, frame: &mut Frame) {
        view::view(&self.model, frame);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if matches!(effect, Effect::Suspend | Effect::Redraw) {
                self.asks.push(effect);
                continue;
            }
            match &mut self.worker {
                Worker::AtOnce(hands) => {
                    let mut outcomes = Vec::new();
                    hands.perform(effect, &mut |outcome| outcomes.push(outcome));
                    for outcome in outcomes {
                        self.receive(outcome);
                    }
                }
                // The worker ends only with the session.
                Worker::Thread { effects, .. } => drop(effects.send(effect)),
            }
        }
    }

    /// Ends the session when everything is on disk. What could not be written is told.
    fn finish(mut self, inputs: &Receiver<Input>) -> Result<(), Outcome> {
        let effects = update::update(&mut self.model, intent::Intent::Quit);
        self.perform(effects);
        let Worker::Thread { effects, handle } = self.worker else { return Ok(()) };
        drop(effects);
        let _ = handle.join();
        let outcomes = inputs.try_iter().filter_map(|input| match input {
            Input::Outcome(outcome) => Some(outcome),
            Input::Terminal(_) | Input::Signal(_) | Input::HungUp => None,
        });
        match outcomes
            .filter(|outcome| {
                matches!(
                    outcome,
                    Outcome::Saved { .. } | Outcome::SavedBeside { .. } | Outcome::SaveFailed(_)
                )
            })
            .last()
        {
            Some(failed @ Outcome::SaveFailed(_)) => Err(failed),
            _ => Ok(()),
        }
    }
}

/// How a session ended.
#[derive(Debug)]
pub enum End {
    /// As its user wished.
    Quit,
    /// By a signal; the exit status is 128 and its number.
    Signal(i32),
    /// What could not be written at the end.
    Unsaved(Box<crate::storage::error::Error>),
}

/// Runs the interface until it is over. The terminal is given back whatever happens.
pub fn run(model: Model, hands: Hands) -> io::Result<End> {
    let (sender, inputs) = mpsc::channel();
    let mut session = Session::threaded(model, hands, sender.clone())?;
    let guard = Guard::take()?;
    let mut screen = terminal::screen()?;
    if session.model.visit.is_none() {
        session.start();
    }
    let size = screen.size()?;
    session.resize(size.width, size.height);
    screen.draw(|frame| session.draw(frame))?;
    terminal::listen(&sender)?;
    // The worker's own sender must be the last one when the session ends.
    drop(sender);
    let looped = std::panic::catch_unwind(AssertUnwindSafe(|| follow(&mut session, &mut screen, &inputs)));
    let end = match looped {
        Ok(Ok(end)) => end,
        // The screen cannot be written to any more: nobody is there.
        Ok(Err(_)) => {
            terminal::abandon();
            End::Signal(SIGHUP)
        }
        Err(panic) => {
            // All answers are with the worker already; what was being typed is kept as well, as far as it goes.
            let _ = std::panic::catch_unwind(AssertUnwindSafe(|| session.keep()));
            let _ = session.finish(&inputs);
            drop(guard);
            std::panic::resume_unwind(panic);
        }
    };
    if matches!(end, End::Signal(SIGHUP)) {
        terminal::abandon();
    }
    // The terminal comes back at once; a slow disk may still be writing.
    drop(guard);
    match session.finish(&inputs) {
        Err(Outcome::SaveFailed(error)) => Ok(End::Unsaved(Box::new(error))),
        _ => Ok(end),
    }
}

/// Takes in all that waits, then draws once; sleeps while there is nothing.
fn follow(session: &mut Session, screen: &mut Screen, inputs: &Receiver<Input>) -> io::Result<End> {
    loop {
        let first = if update::waits(&session.model) {
            match inputs.recv_timeout(REST) {
                Ok(input) => Some(input),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return Ok(End::Signal(SIGHUP)),
            }
        } else {
            match inputs.recv() {
                Ok(input) => Some(input),
                Err(_) => return Ok(End::Signal(SIGHUP)),
            }
        };
        match first {
            None => session.keep(),
            Some(first) => {
                for input in std::iter::once(first).chain(inputs.try_iter()) {
                    if let Some(end) = take(session, screen, input)? {
                        return Ok(end);
                    }
                }
            }
        }
        for ask in std::mem::take(&mut session.asks) {
            if ask == Effect::Suspend {
                session.keep();
                terminal::suspend()?;
            }
            redraw(session, screen)?;
        }
        if session.model.quitting {
            return Ok(End::Quit);
        }
        screen.draw(|frame| session.draw(frame))?;
    }
}

fn take(session: &mut Session, screen: &mut Screen, input: Input) -> io::Result<Option<End>> {
    match input {
        Input::Terminal(events) => {
            for event in events {
                match event {
                    Event::Key(key) => session.press(key),
                    Event::Paste(text) => session.paste(&text),
                    Event::Resize(columns, rows) => session.resize(columns, rows),
                    Event::FocusGained | Event::FocusLost | Event::Mouse(_) => {}
                }
            }
        }
        Input::Outcome(outcome) => session.receive(outcome),
        Input::Signal(SIGTSTP) => {
            session.keep();
            terminal::suspend()?;
            redraw(session, screen)?;
        }
        Input::Signal(SIGCONT) => redraw(session, screen)?,
        Input::Signal(signal) => return Ok(Some(End::Signal(signal))),
        Input::HungUp => return Ok(Some(End::Signal(SIGHUP))),
    }
    Ok(None)
}

fn redraw(session: &mut Session, screen: &mut Screen) -> io::Result<()> {
    screen.clear()?;
    let size = screen.size()?;
    session.resize(size.width, size.height);
    Ok(())
}
