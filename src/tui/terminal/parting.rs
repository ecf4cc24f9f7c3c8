//! What is the shell told while an end waits for what is still being done? Why, how far it is, and what came of it.

use std::io;
use std::io::IsTerminal;
use std::io::Write;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;
use std::time::Instant;

use super::Input;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::tui::effect::Outcome;
use crate::tui::model::Model;

/// More often, nobody reads how far it is.
const RHYTHM: Duration = Duration::from_millis(100);

/// What an end waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Rest {
    /// What was typed is to be written.
    Disk,
    /// All of that is written; something else was asked for.
    Other,
    Copy {
        name: String,
    },
    Seal {
        reference: String,
    },
}

/// Tells a shell; a terminal that is gone need not know.
#[derive(Debug)]
pub struct Parting {
    language: Language,
    /// Nobody is told anything before that moment.
    notice: Instant,
    unsaved: bool,
    rest: Rest,
    percent: Option<u64>,
    /// The last thing that was said to be waited for.
    said: Option<Rest>,
    /// Nobody waits for longer than that.
    latest: Option<Instant>,
    /// When to tell next how far it is.
    next: Instant,
    terminal: bool,
    shown: bool,
}

impl Parting {
    /// Nothing is told for a while: most ends take none.
    pub fn after(patience: Duration, language: Language) -> Parting {
        let now = Instant::now();
        Parting {
            language,
            notice: now + patience,
            unsaved: false,
            rest: Rest::Other,
            percent: None,
            said: None,
            latest: None,
            next: now,
            terminal: io::stderr().is_terminal(),
            shown: false,
        }
    }

    /// What is under way already.
    pub fn begin_with(&mut self, model: &Model) {
        self.owes(model.has_unsaved());
        if let Some(sealing) = &model.clients.page.sealing {
            self.rest = Rest::Seal { reference: sealing.reference.clone() };
        }
        if let Some(copying) = &model.copying {
            self.rest = Rest::Copy { name: copying.name.clone() };
        }
    }

    /// Whether something typed is still to be written.
    pub fn owes(&mut self, unsaved: bool) {
        self.unsaved = unsaved;
        if matches!(self.rest, Rest::Disk | Rest::Other) {
            self.rest = self.bare_rest();
        }
    }

    /// What there is to wait for when nothing is copied or sealed.
    fn bare_rest(&self) -> Rest {
        if self.unsaved { Rest::Disk } else { Rest::Other }
    }

    /// Waits for no longer than that from now on.
    pub fn hurry(&mut self, patience: Duration) {
        self.latest = Some(Instant::now() + patience);
    }

    /// The next input; none when there will be none any more, and when it takes too long.
    pub fn next(&mut self, inputs: &Receiver<Input>) -> Option<Input> {
        loop {
            let notice = self.said.is_none().then_some(self.notice);
            let Some(until) = self.latest.or(notice) else { return inputs.recv().ok() };
            match inputs.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(input) => return Some(input),
                Err(RecvTimeoutError::Timeout) if self.latest.is_none() => self.tell(),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Takes in what came of the work.
    pub fn hear(&mut self, outcome: &Outcome) {
        let percent = |done: &u64, total: &u64| done.saturating_mul(100).checked_div(*total);
        match outcome {
            Outcome::Attaching { name, done, total, .. } => {
                (self.rest, self.percent) = (Rest::Copy { name: name.clone() }, percent(done, total));
            }
            Outcome::Sealing { reference, done, total } => {
                let reference = reference.clone();
                (self.rest, self.percent) = (Rest::Seal { reference }, percent(done, total));
            }
            Outcome::Attached { reference, attachment, .. } => self.came_of_it(&Text::new(
                format!("joint à {reference}\u{a0}: {}", attachment.name),
                format!("attached to {reference}: {}", attachment.name),
            )),
            Outcome::AttachingStopped { reference, name } => self.came_of_it(&Text::new(
                format!("{name} n’est pas joint à {reference}\u{202f}: il n’en reste rien"),
                format!("{name} is not attached to {reference}: nothing of it stays"),
            )),
            Outcome::Sealed { reference, .. } => self
                .came_of_it(&Text::new(format!("{reference} est scellée"), format!("{reference} is sealed"))),
            _ => {}
        }
        if Instant::now() >= self.notice {
            self.tell();
        }
    }

    /// Says why it takes its time, once for each reason, and how far it is.
    fn tell(&mut self) {
        if self.said.as_ref() != Some(&self.rest) {
            self.line(self.why().get(self.language));
            self.said = Some(self.rest.clone());
        }
        let now = Instant::now();
        if let Some(percent) = self.percent.filter(|_| self.terminal && now >= self.next) {
            self.next = now + RHYTHM;
            self.shown = true;
            let space = self.language.pick("\u{a0}", "");
            write(&format!("\r\x1b[K{percent}{space}%"));
        }
    }

    /// What nobody waited for need not be told either.
    fn came_of_it(&mut self, what: &Text) {
        if self.said.is_some() {
            self.line(what.get(self.language));
        }
        (self.rest, self.percent) = (self.bare_rest(), None);
        self.said = self.said.take().map(|_| self.bare_rest());
    }

    fn line(&mut self, text: &str) {
        self.clear();
        write(&format!("{text}\n"));
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            write("\r\x1b[K");
        }
    }

    fn why(&self) -> Text {
        match &self.rest {
            Rest::Disk => Text::new(
                "le disque n’a pas encore tout écrit\u{202f}: fin dès que c’est fait \
                 (Ctrl-\\ n’attend pas et perd ce qui n’est pas écrit)",
                "the disk has not written everything yet: this ends as soon as it has \
                 (Ctrl-\\ does not wait, and loses what is not written)",
            ),
            Rest::Other => Text::new(
                "tout ce qui a été saisi est enregistré ; ce qui a été demandé d’autre se termine \
                 (Ctrl-\\ n’attend pas)",
                "all that was entered is saved; what else was asked for is being finished \
                 (Ctrl-\\ does not wait)",
            ),
            Rest::Copy { name } => Text::new(
                format!(
                    "{name} est encore en train d’être copié\u{202f}: fin dès qu’il est joint \
                     (Ctrl-\\ y renonce, et n’en laisse rien)"
                ),
                format!(
                    "{name} is still being copied: this ends as soon as it is attached \
                     (Ctrl-\\ gives it up and leaves nothing of it)"
                ),
            ),
            Rest::Seal { reference } => Text::new(
                format!(
                    "{reference} est en train d’être scellée\u{202f}: fin dès que c’est fait (Ctrl-\\ y renonce)"
                ),
                format!("{reference} is being sealed: this ends as soon as it is (Ctrl-\\ gives it up)"),
            ),
        }
    }
}

impl Drop for Parting {
    fn drop(&mut self) {
        self.clear();
    }
}

fn write(text: &str) {
    let _ = write!(io::stderr(), "{text}");
}
