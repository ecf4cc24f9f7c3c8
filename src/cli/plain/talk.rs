//! How does the conversation go? A question is said, a line is heard, what it wishes is done, what changed is saved.

use std::io;

use jiff::civil::Date;

use super::desk::Desk;
use super::desk::Saved;
use super::ear::CUT_BY_A_TERMINAL;
use super::ear::Ear;
use super::ear::Heard;
use super::voice::Voice;
use super::wish::Wish;
use super::wish::understood;
use crate::cli::failure::shown;
use crate::domain::id::QuestionId;
use crate::domain::recording::take_back;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::storage::error::Error;
use crate::tui::effect::Effect;
use crate::tui::screens::look::Look;
use crate::tui::visit::Difference;

/// Why it is over.
#[derive(Debug)]
pub enum Stop {
    /// Somebody quit, or the input ended.
    End,
    Signal(i32),
    /// Nobody hears any more.
    Output(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        Stop::Output(error)
    }
}

#[derive(Debug)]
pub struct Talk {
    pub desk: Desk,
    pub voice: Voice,
    pub language: Language,
    pub today: Date,
    pub last_answered: Option<QuestionId>,
    pub ear: Ear,
    refused: usize,
    /// The question is said before the next prompt.
    unsaid: bool,
}

impl Talk {
    pub fn new(desk: Desk, voice: Voice, ear: Ear, language: Language, today: Date) -> Talk {
        Talk { desk, voice, language, today, last_answered: None, ear, refused: 0, unsaid: true }
    }

    pub fn pick<T>(&self, fr: T, en: T) -> T {
        self.language.pick(fr, en)
    }

    pub fn look(&self) -> Look {
        Look { language: self.language, theme: self.voice.theme() }
    }

    /// Until something stops it.
    pub fn conduct(&mut self) -> Stop {
        match self.greet().and_then(|()| self.go_on()) {
            Ok(()) => Stop::End,
            Err(stop) => stop,
        }
    }

    pub fn close(&mut self) -> Result<(), Error> {
        self.desk.close()
    }

    /// How many lines were not taken, where nobody was there to type them again.
    pub fn refused_from_a_pipe(&self) -> usize {
        if self.ear.at_a_terminal { 0 } else { self.refused }
    }

    pub fn greet(&mut self) -> Result<(), Stop> {
        let visit = &self.desk.visit;
        let date = self.language.date(visit.assessment().date);
        let begun = self.pick(
            format!("{}, visite du {date}. ? donne les commandes, q quitte.", visit.assessment().client),
            format!("{}, visit of {date}. ? lists the commands, q quits.", visit.assessment().client),
        );
        self.voice.say(&begun)?;
        if let Some(why) = visit.read_only.clone() {
            self.told(&why)?;
        }
        Ok(())
    }

    fn go_on(&mut self) -> Result<(), Stop> {
        loop {
            self.settle(&Difference::default())?;
            if std::mem::take(&mut self.unsaid) {
                self.voice.gap()?;
                self.say_question()?;
            }
            let Some(line) = self.hear()? else { return Ok(()) };
            if self.act(&line)? {
                return Ok(());
            }
        }
    }

    /// The question is to be said (again).
    pub fn ask_anew(&mut self) {
        self.unsaid = true;
    }

    /// The next line; none at the end of the input.
    pub fn hear(&mut self) -> Result<Option<String>, Stop> {
        loop {
            self.voice.prompt()?;
            match self.ear.next() {
                Heard::Line(line) => {
                    if !self.ear.at_a_terminal {
                        self.voice.echo(&line)?;
                    } else if line.len() >= CUT_BY_A_TERMINAL {
                        self.voice.say(self.pick(
                            "Ligne trop longue pour un terminal : la fin n’est peut-être pas arrivée. Plusieurs lignes : e, puis le texte.",
                            "Too long a line for a terminal: its end may not have arrived. Several lines: e, then the text.",
                        ))?;
                    }
                    return Ok(Some(line));
                }
                Heard::Garbled => {
                    self.voice.gap()?;
                    self.refuse(&Error::refused(
                        "cette ligne n’est pas du texte en UTF-8, ou elle est trop longue",
                        "this line is no text in UTF-8, or too long",
                    ))?;
                }
                Heard::End => {
                    self.voice.gap()?;
                    return Ok(None);
                }
                Heard::Signal(signal) => return Err(Stop::Signal(signal)),
            }
        }
    }

    /// The same inside an exchange, which the end of the input ends.
    pub fn hear_more(&mut self) -> Result<String, Stop> {
        self.hear()?.ok_or(Stop::End)
    }

    /// Does what a line wishes; whether that is the end.
    fn act(&mut self, line: &str) -> Result<bool, Stop> {
        let Some(question) = self.desk.visit.question().cloned() else {
            return Ok(quits(line));
        };
        let (wish, rest) = match understood(line, &question, self.language) {
            Ok(understood) => understood,
            Err(error) => {
                self.refuse(&error)?;
                return Ok(false);
            }
        };
        if wish.changes() && self.desk.visit.read_only.is_some() {
            if self.desk.take_over() {
                // What was answered meanwhile is heard before it is answered anew.
                self.refuse_text(Text::new(
                    "vous pouvez maintenant modifier cette visite ; refaites ce que vous vouliez",
                    "you can change this visit now; do once more what you wanted to",
                ))?;
                self.ask_anew();
            } else if let Some(why) = self.desk.visit.read_only.clone() {
                self.refuse(&why)?;
            }
            return Ok(false);
        }
        match wish {
            Wish::Quit => return Ok(true),
            Wish::Answer(value) => self.answer(&question, value)?,
            Wish::Confirm => self.confirm(&question)?,
            Wish::Unknown => self.unknown(&question)?,
            Wish::NotApplicable => self.not_applicable(&question, &rest)?,
            Wish::Clear => {
                let difference = self.desk.change(&question.id, take_back);
                self.settle(&difference)?;
                self.ask_anew();
            }
            Wish::Next => self.step(1)?,
            Wish::Previous => self.step(-1)?,
            Wish::NextStep => self.go_part(true)?,
            Wish::PreviousStep => self.go_part(false)?,
            Wish::First => self.go_end(false),
            Wish::Last => self.go_end(true),
            Wish::Steps => self.steps(&rest)?,
            Wish::Find => self.find(&rest)?,
            Wish::OpenPoints => self.open_points()?,
            Wish::Note => self.note(&question, &rest)?,
            Wish::NoteOnLast => self.note_on_last(&rest)?,
            Wish::Evidence => self.evidence(&question, &rest)?,
            Wish::WhoSaidIt => self.who_said_it(&question, &rest)?,
            Wish::Judgement => self.judgement(&question)?,
            Wish::AcceptProposal => self.accept(&question)?,
            Wish::Explain => self.explain(&question, &rest)?,
            Wish::Details => self.details(&question)?,
            Wish::Flag => self.flag(&question)?,
            Wish::Undo => self.undo(false)?,
            Wish::Redo => self.undo(true)?,
            Wish::Result => self.result(&rest)?,
            Wish::Comparison => self.comparison(&rest)?,
            Wish::Actions => self.actions(&rest)?,
            Wish::Document => self.document()?,
            Wish::Attach => self.attach(&question, &rest)?,
            Wish::Detach => self.detach(&question, &rest)?,
            Wish::Seal => self.seal()?,
            Wish::NextVisit => self.next_visit()?,
            Wish::EvidenceOfSite => self.evidence_of_site(&rest)?,
            Wish::QuestionHelp => self.question_help(&question)?,
            Wish::Terms => self.terms(&question)?,
            Wish::Copy => self.copy(&question)?,
            Wish::Help => self.help()?,
            Wish::Language => self.other_language()?,
        }
        Ok(false)
    }

    fn other_language(&mut self) -> Result<(), Stop> {
        self.language = self.language.other();
        let remember = Effect::Remember { language: self.language };
        for outcome in self.desk.perform(remember) {
            if let crate::tui::effect::Outcome::Failed(error) = outcome {
                self.told(&error)?;
            }
        }
        self.ask_anew();
        Ok(())
    }

    /// After a change: on the disk, and said so.
    pub fn settle(&mut self, difference: &Difference) -> Result<(), Stop> {
        match self.desk.save() {
            Saved::Nothing => {}
            Saved::Done => self.voice.say(&self.saved(difference))?,
            Saved::Beside(kept) => {
                self.voice.say(&self.saved(difference))?;
                self.voice.say(&self.pick(
                    format!("Un autre programme avait modifié ce fichier ; son état est gardé : {kept}"),
                    format!("Another program had changed this file; its state is kept: {kept}"),
                ))?;
            }
            Saved::Merged(said) | Saved::Elsewhere(said) => {
                self.voice.say(&self.saved(difference))?;
                self.voice.say(said.get(self.language))?;
            }
            Saved::Failed(error) => {
                self.voice.say(self.pick(
                    "PAS enregistré. Rien n’est perdu : nouvel essai à chaque ligne, et en quittant.",
                    "NOT saved. Nothing is lost: tried again at each line, and when you quit.",
                ))?;
                self.told(&error)?;
            }
        }
        Ok(())
    }

    fn saved(&self, difference: &Difference) -> String {
        let mut said = self.pick("enregistré", "saved").to_owned();
        let count = |count: usize, fr: &str, en: &str| {
            let questions = self.language.plural(count, "question", "questions");
            (count > 0).then(|| format!("{count} {questions} {}", self.pick(fr, en)))
        };
        for part in [
            count(difference.appeared.len(), "de plus", "more"),
            count(difference.disappeared.len(), "de moins", "fewer"),
        ]
        .into_iter()
        .flatten()
        {
            said = format!("{said}, {part}");
        }
        said
    }

    /// An error that no line is to blame for.
    pub fn told(&self, error: &Error) -> io::Result<()> {
        self.voice.say(shown(error, self.language).trim_end())
    }

    /// A line that is not taken.
    pub fn refuse(&mut self, error: &Error) -> io::Result<()> {
        self.refused += 1;
        self.told(error)
    }

    pub fn refuse_text(&mut self, why: Text) -> io::Result<()> {
        self.refuse(&Error::refused(why.fr, why.en))
    }
}

/// A questionnaire that asks nothing can only be left.
fn quits(line: &str) -> bool {
    matches!(line.trim(), "q" | "quit" | "quitter")
}
