//! Which files prove an answer? Attached by a typed path, taken off by their number.

use std::time::Duration;
use std::time::Instant;

use super::fields::Field;
use super::talk::Stop;
use super::talk::Talk;
use crate::domain::answer::Cell;
use crate::domain::answer::Row;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Question;
use crate::domain::text::Text;
use crate::storage::whereabouts;
use crate::tui::effect::Attaching;
use crate::tui::effect::Effect;
use crate::tui::effect::Outcome;
use crate::tui::effect::Work;
use crate::tui::screens::evidence;

/// What is copied within this time needs no words.
const PATIENCE: Duration = Duration::from_secs(1);
/// More often, it would be in the way of whoever listens.
const RHYTHM: Duration = Duration::from_secs(10);

impl Talk {
    /// Copies a file beside the visit; asks which, where none was typed with the command.
    pub fn attach(&mut self, question: &Question, given: &str) -> Result<(), Stop> {
        if self.desk.confined {
            return Ok(self.refuse_text(evidence::no_files_here())?);
        }
        let mut fields = vec![
            Field::new("note", Text::new("Ce qu’on y voit", "What it shows"), CellKind::Text),
            Field::new("expires", Text::new("Vaut jusqu’au", "Holds until"), CellKind::Date),
        ];
        let mut row = Row::new();
        if given.is_empty() {
            let path = Text::new("Chemin du fichier", "The file’s path");
            fields.insert(0, Field::new("path", path, CellKind::Text));
        } else {
            row.insert("path".into(), Cell::Text(given.to_owned()));
        }
        let filled = self.fill(None, &fields, row)?;
        let expires = match filled.row.get("expires") {
            Some(Cell::Date(last)) => Some(*last),
            _ => None,
        };
        let asked = Attaching {
            reference: self.desk.visit.reference.clone(),
            question: question.id.clone(),
            path: filled.text("path"),
            note: filled.text("note"),
            expires,
        };
        if asked.path.is_empty() {
            return filled.end();
        }
        for outcome in self.keep_file(asked) {
            self.attached(outcome)?;
        }
        filled.end()
    }

    /// Copies it. Of a large file it is said now and then how far it is, and Ctrl-C gives it up.
    fn keep_file(&mut self, asked: Attaching) -> Vec<Outcome> {
        let (voice, ear, language) = (&self.voice, &mut self.ear, self.language);
        let mut next = Instant::now() + PATIENCE;
        self.desk.perform_unless(Effect::Attach(Box::new(asked)), |outcome| {
            let Outcome::Attaching { name, done, total, .. } = outcome else { return None };
            if Instant::now() >= next {
                next = Instant::now() + RHYTHM;
                let percent = done.saturating_mul(100).checked_div(*total).unwrap_or(100).min(99);
                // Nobody may hear it any more; the file is attached all the same.
                let _ = voice.say(&language.pick(
                    format!("copie de {name} : {percent} % ; Ctrl-C y renonce"),
                    format!("copying {name}: {percent}%; Ctrl-C gives it up"),
                ));
            }
            ear.is_interrupted().then_some(Work::Attaching)
        })
    }

    /// What came of it becomes part of the visit before it is said: nobody may hear it any more.
    fn attached(&mut self, outcome: Outcome) -> Result<(), Stop> {
        match outcome {
            Outcome::Attached { question, attachment, .. } => {
                let name = attachment.name.clone();
                let difference =
                    self.desk.edit(&question, |assessment, _| assessment.attach(&question, attachment));
                self.desk.perform(Effect::TakenIn);
                self.labelled(self.pick("joint", "attached"), &name)?;
                self.settle(&difference)?;
                self.desk.check_files();
            }
            Outcome::AttachingStopped { name, .. } => {
                let said = Text::new(
                    format!("{name} n’est pas joint : il n’en reste rien"),
                    format!("{name} is not attached: nothing of it stays"),
                );
                self.voice.say(said.get(self.language))?;
            }
            Outcome::Merged { sent, merged, kept, .. } => {
                self.desk.visit.take_in(&sent, &merged.assessment);
                self.desk.perform(Effect::TakenIn);
                self.voice.say(merged.said(kept.as_deref()).get(self.language))?;
            }
            Outcome::Renamed { folder, reference } => {
                let said = whereabouts::said_of_renamed(&folder);
                (self.desk.visit.folder, self.desk.visit.reference) = (folder, reference);
                self.voice.say(said.get(self.language))?;
            }
            Outcome::SavedAnew { .. } => self.voice.say(whereabouts::said_of_lost().get(self.language))?,
            Outcome::NotAttached { error, .. } | Outcome::Failed(error) => self.refuse(&error)?,
            _ => {}
        }
        Ok(())
    }

    /// Takes a file off the question; its copy stays, and `undo` brings it back.
    pub fn detach(&mut self, question: &Question, given: &str) -> Result<(), Stop> {
        if self.desk.confined {
            return Ok(self.refuse_text(evidence::no_files_here())?);
        }
        let files = self.desk.visit.assessment().attachments.get(&question.id).cloned().unwrap_or_default();
        let number = match (given.trim(), files.len()) {
            (_, 0) => {
                return Ok(self.refuse_text(Text::new(
                    "aucun fichier n’est joint à cette question",
                    "no file is attached to this question",
                ))?);
            }
            ("", 1) => Some(1),
            ("", _) => {
                for (index, file) in files.iter().enumerate() {
                    self.voice.item(2, &format!("{}. {}", index + 1, file.name))?;
                }
                self.voice.say(
                    self.pick("Numéro, ou ligne vide pour rester.", "Number, or an empty line to stay."),
                )?;
                let line = self.hear_more()?;
                if line.trim().is_empty() {
                    return Ok(());
                }
                line.trim().parse().ok()
            }
            (typed, _) => typed.parse().ok(),
        };
        let Some(file) = number.and_then(|number: usize| files.get(number.checked_sub(1)?)) else {
            let last = files.len();
            return Ok(self.refuse_text(Text::new(
                format!("pas de fichier à ce numéro : 1 à {last}"),
                format!("there is no file of this number: 1 to {last}"),
            ))?);
        };
        let (id, digest) = (&question.id, &file.digest);
        let difference = self.desk.edit(id, |assessment, _| assessment.detach(id, digest));
        self.labelled(self.pick("retiré, sa copie reste", "taken off, its copy stays"), &file.name)?;
        self.settle(&difference)?;
        self.desk.check_files();
        Ok(())
    }
}
