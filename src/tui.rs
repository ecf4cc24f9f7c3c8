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

use std::collections::VecDeque;
use std::io;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::mpsc::Sender;
use std::time::Duration;
use std::time::Instant;

use crossterm::event::Event;
use crossterm::event::KeyEvent;
use crossterm::event::KeyEventKind;
use ratatui::Frame;
use signal_hook::consts::SIGCONT;
use signal_hook::consts::SIGHUP;
use signal_hook::consts::SIGQUIT;
use signal_hook::consts::SIGTSTP;
use signal_hook::consts::SIGWINCH;

use effect::Effect;
use effect::Outcome;
use listing::Listing;
use model::Model;
use perform::Hands;
use terminal::Guard;
use terminal::Input;
use terminal::Screen;
use terminal::Typed;
use terminal::parting::Parting;

use crate::domain::text::Text;
use crate::storage::error::Error;

pub mod clipboard;
pub mod effect;
pub mod intent;
pub mod keymap;
mod listing;
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
/// How long a stop waits for the disk.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long an end waits for the disk without a word.
const NOTICE: Duration = Duration::from_millis(500);
/// A model, and hands to carry out what it asks for.
#[derive(Debug)]
pub struct Session {
    pub model: Model,
    worker: Worker,
    /// The terminal is to be left for a moment, drawn anew, or handed a text.
    asks: Vec<Effect>,
    listing: Listing,
}

#[derive(Debug)]
enum Worker {
    /// Everything is done before the next line: for tests, and for pictures.
    AtOnce(Box<Hands>),
    Thread {
        effects: Sender<Effect>,
        impatience: Arc<AtomicBool>,
    },
}

impl Session {
    /// Effects are carried out at once.
    pub fn at_once(model: Model, hands: Hands) -> Session {
        let worker = Worker::AtOnce(Box::new(hands));
        Session { model, worker, asks: Vec::new(), listing: Listing::default() }
    }

    /// Effects are carried out on a thread; their outcomes come through `inputs`.
    fn threaded(model: Model, hands: Hands, inputs: Sender<Input>) -> io::Result<Session> {
        let (effects, waiting) = mpsc::channel();
        let mut hands = hands;
        let impatience = hands.impatience();
        std::thread::Builder::new().name("store".to_owned()).spawn(move || {
            // Nobody listens any more when the session is over; the work itself goes on to its end.
            let mut report = |outcome| drop(inputs.send(Input::Outcome(outcome)));
            // What panics may have nothing to do with the answers: they are still to be written.
            while !terminal::tell_panic(&inputs, || perform::work(&mut hands, &waiting, &mut report)) {}
            let _ = inputs.send(Input::Finished);
        })?;
        let worker = Worker::Thread { effects, impatience };
        Ok(Session { model, worker, asks: Vec::new(), listing: Listing::default() })
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
            let mut effects = update::update(&mut self.model, intent);
            // What is done at once does not depend on the clock.
            let is_old =
                || matches!(self.worker, Worker::Thread { .. }) && self.listing.is_old(Instant::now());
            if effects.is_empty() && is_old() {
                effects = update::look_again(&self.model);
            }
            self.perform(effects);
        }
    }

    pub fn paste(&mut self, text: &str) {
        let effects = update::paste(&mut self.model, text);
        self.perform(effects);
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.model.resize(columns, rows);
    }

    pub fn receive(&mut self, outcome: Outcome) {
        if matches!(outcome, Outcome::ClientsEnded | Outcome::ClientsFailed(_)) {
            self.listing.ends(Instant::now());
        }
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
            if matches!(effect, Effect::Copy { .. } | Effect::Suspend | Effect::Redraw) {
                self.asks.push(effect);
                continue;
            }
            if effect == Effect::ListClients {
                self.listing.begins(Instant::now());
            }
            match &mut self.worker {
                Worker::AtOnce(hands) => {
                    let mut outcomes = Vec::new();
                    hands.perform(effect, &mut |outcome| outcomes.push(outcome));
                    while hands.is_reading() {
                        hands.read_on(&mut |outcome| outcomes.push(outcome));
                    }
                    for outcome in outcomes {
                        self.receive(outcome);
                    }
                }
                // The worker ends only with the session.
                Worker::Thread { effects, .. } => drop(effects.send(effect)),
            }
        }
    }

    /// Asks for all that is not known to be on disk to be written, whatever else is wrong.
    fn leave(&mut self) {
        if let Some(visit) = &mut self.model.visit {
            visit.saving.send_again();
        }
        let effects = std::panic::catch_unwind(AssertUnwindSafe(|| {
            update::update(&mut self.model, intent::Intent::Quit)
        }));
        let effects = effects.unwrap_or_else(|_| match &mut self.model.visit {
            Some(visit) if visit.read_only.is_none() => vec![visit.write()],
            _ => Vec::new(),
        });
        self.perform(effects);
    }

    /// Ends the session when everything is on disk, and what was begun is done. What could not be is told; false when
    /// somebody did not wish to wait.
    fn finish(mut self, inputs: &Receiver<Input>) -> Result<bool, Error> {
        self.leave();
        let mut parting = Parting::after(NOTICE, self.model.language);
        parting.begin_with(&self.model);
        let mut copies = self.model.copying.is_some();
        let Worker::Thread { effects, impatience } = self.worker else { return Ok(true) };
        drop(effects);
        let (mut unsaved, mut undone, mut waited) = (None, None, true);
        while let Some(input) = parting.next(inputs) {
            match input {
                Input::Outcome(outcome) => {
                    parting.hear(&outcome);
                    match outcome {
                        Outcome::Saved { revision }
                        | Outcome::SavedAnew { revision }
                        | Outcome::SavedBeside { revision, .. }
                        | Outcome::Merged { revision, .. } => {
                            unsaved = None;
                            if let Some(visit) = &mut self.model.visit {
                                visit.saving.done(revision);
                            }
                            parting.owes(self.model.has_unsaved());
                        }
                        Outcome::SaveFailed(error) => unsaved = Some(error),
                        Outcome::Attaching { .. } => copies = true,
                        Outcome::NotAttached { asked, error } => undone = Some(asked.failed(&error)),
                        Outcome::SealFailed(error) => undone = Some(error),
                        _ => {}
                    }
                }
                // Ctrl-\ does not wait for a disk that may never answer, but for what is half copied to be taken away.
                // Other signals often come twice.
                Input::Signal(SIGQUIT) if copies && waited => {
                    waited = false;
                    impatience.store(true, Ordering::Relaxed);
                    parting.hurry(PATIENCE);
                }
                Input::Signal(SIGQUIT) => {
                    waited = false;
                    break;
                }
                Input::Finished => break,
                Input::Terminal(_) | Input::Signal(_) | Input::HungUp | Input::Panicked(_) => {}
            }
        }
        unsaved.or(undone).map_or(Ok(waited), Err)
    }
}

/// How a session ended.
#[derive(Debug)]
pub enum End {
    /// As its user wished.
    Quit,
    /// By a signal; the exit status is 128 and its number.
    Signal(i32),
    /// What could not be written or done at the end.
    Unsaved(Box<Error>),
}

/// What a frame shows of the model.
pub type View = fn(&Model, &mut Frame);

/// Runs the interface until it is over, from a model that is shown at once; `first` is what is to be done then. The
/// terminal is given back whatever happens.
pub fn run(mut model: Model, hands: Hands, first: Vec<Effect>, view: View) -> io::Result<End> {
    let (sender, inputs) = mpsc::channel();
    // Signals first: one that comes while the terminal is being taken has to give it back.
    terminal::listen_to_signals(&sender)?;
    let guard = Guard::take()?;
    let mut screen = Screen::new()?;
    let size = screen.size()?;
    model.resize(size.width, size.height);
    // Whoever waits for the first frame need not wait for the other threads to begin.
    let drawn = screen.draw(|frame| view(&model, frame));
    let mut session = Session::threaded(model, hands, sender.clone())?;
    let looped = std::panic::catch_unwind(AssertUnwindSafe(|| {
        drawn?;
        terminal::listen_for_hang_up(&sender)?;
        let typed = terminal::listen_to_keys(&sender)?;
        session.perform(first);
        follow(&mut session, &mut screen, &inputs, &typed, view)
    }));
    let end = match looped {
        Ok(Ok(end)) => end,
        // The screen cannot be written to any more: nobody is there.
        Ok(Err(_)) => End::Signal(SIGHUP),
        Err(panic) => {
            drop(guard);
            // What cannot be saved either has nobody left to be told but the panic's own message.
            let _ = session.finish(&inputs);
            std::panic::resume_unwind(panic);
        }
    };
    if matches!(end, End::Signal(SIGHUP)) {
        terminal::abandon();
    }
    // The terminal comes back at once; a slow disk may still be writing.
    drop(guard);
    match session.finish(&inputs) {
        Err(error) => Ok(End::Unsaved(Box::new(error))),
        Ok(true) => Ok(end),
        Ok(false) => Ok(End::Signal(SIGQUIT)),
    }
}

/// Takes in all that waits, then draws once; sleeps while there is nothing.
fn follow(
    session: &mut Session,
    screen: &mut Screen,
    inputs: &Receiver<Input>,
    typed: &Typed,
    view: View,
) -> io::Result<End> {
    loop {
        let mut waiting = VecDeque::new();
        match wait(session, inputs) {
            Ok(first) => waiting.push_back(first),
            Err(RecvTimeoutError::Timeout) => session.keep(),
            Err(RecvTimeoutError::Disconnected) => return Ok(End::Signal(SIGHUP)),
        }
        waiting.extend(inputs.try_iter());
        while let Some(input) = waiting.pop_front() {
            if let Input::Terminal(event) = &input {
                typed.taken(event);
            }
            if let Some(end) = take(session, input) {
                return Ok(end);
            }
            for ask in std::mem::take(&mut session.asks) {
                if let Effect::Copy { sequence } = ask {
                    screen.send(&sequence)?;
                    continue;
                }
                if ask == Effect::Suspend {
                    waiting.extend(suspend(session, inputs)?);
                }
                screen.renew();
                let size = screen.size()?;
                session.resize(size.width, size.height);
            }
        }
        if session.model.quitting {
            return Ok(End::Quit);
        }
        screen.draw(|frame| view(&session.model, frame))?;
    }
}

/// The next input; not for longer than a text may rest before it is kept.
fn wait(session: &Session, inputs: &Receiver<Input>) -> Result<Input, RecvTimeoutError> {
    if update::waits(&session.model) {
        inputs.recv_timeout(REST)
    } else {
        inputs.recv().map_err(|_| RecvTimeoutError::Disconnected)
    }
}

fn take(session: &mut Session, input: Input) -> Option<End> {
    match input {
        Input::Terminal(Event::Key(key)) => session.press(key),
        Input::Terminal(Event::Paste(text)) => session.paste(&text),
        Input::Outcome(outcome) => session.receive(outcome),
        Input::Signal(SIGWINCH) => session.asks.push(Effect::Redraw),
        Input::Signal(SIGTSTP) => session.asks.push(Effect::Suspend),
        Input::Signal(SIGCONT) => match terminal::retake() {
            Ok(()) => session.asks.push(Effect::Redraw),
            Err(_) => return Some(End::Signal(SIGHUP)),
        },
        Input::Signal(signal) => return Some(End::Signal(signal)),
        Input::HungUp => return Some(End::Signal(SIGHUP)),
        // As if it had happened here: the terminal is back, its message is printed, the answers are to be saved.
        Input::Panicked(panic) => std::panic::resume_unwind(panic),
        Input::Terminal(Event::Resize(..) | Event::FocusGained | Event::FocusLost | Event::Mouse(_))
        | Input::Finished => {}
    }
    None
}

/// Stops when all is on disk: whoever stops may be killed in its sleep. Returns what came meanwhile.
fn suspend(session: &mut Session, inputs: &Receiver<Input>) -> io::Result<Vec<Input>> {
    if session.model.confined || !terminal::has_shell() {
        session.model.say(Text::new(
            "aucun shell où revenir\u{202f}: Ctrl-Z ne fait rien ici",
            "no shell to return to: Ctrl-Z does nothing here",
        ));
        return Ok(Vec::new());
    }
    session.keep();
    let mut meanwhile = Vec::new();
    let latest = Instant::now() + PATIENCE;
    while session.model.has_unsaved() {
        match inputs.recv_timeout(latest.saturating_duration_since(Instant::now())) {
            Ok(Input::Outcome(outcome)) => session.receive(outcome),
            Ok(other) => meanwhile.push(other),
            Err(_) => break,
        }
    }
    terminal::suspend()?;
    Ok(meanwhile)
}
