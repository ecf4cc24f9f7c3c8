//! How is a document handed over? Which one, and in which format; it is written into the client's folder.

use super::reply;
use super::talk::Stop;
use super::talk::Talk;
use crate::domain::questionnaire::Choice;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::report::content::Kind;
use crate::report::export::Format;
use crate::tui::effect::Effect;
use crate::tui::effect::Outcome;
use crate::tui::effect::Paper;

impl Talk {
    pub fn document(&mut self) -> Result<(), Stop> {
        let kinds: Vec<Choice> = Kind::ALL
            .into_iter()
            .map(|kind| choice(kind.word(), kind.title(Language::Fr), kind.title(Language::En)))
            .collect();
        let Some(kind) = self.choose(&kinds)?.and_then(|word| Kind::from_word(&word)) else { return Ok(()) };
        // A PDF is another program's work, which a confined session does not start.
        let confined = self.desk.confined;
        let formats: Vec<Choice> = Format::ALL
            .into_iter()
            .filter(|format| !(confined && *format == Format::Pdf))
            .map(|format| choice(format.word(), format.word(), format.word()))
            .collect();
        let Some(format) = self.choose(&formats)?.and_then(|word| Format::from_word(&word)) else {
            return Ok(());
        };
        let paper = Paper {
            kind,
            language: self.language,
            reference: self.desk.visit.reference.clone(),
            assessment: self.desk.visit.snapshot(),
        };
        for outcome in self.desk.perform(Effect::WriteDocument(Box::new(paper), format)) {
            match outcome {
                Outcome::DocumentWritten { path, name } => {
                    let place = if confined { name } else { path };
                    self.labelled(self.pick("écrit", "written"), &place)?;
                }
                Outcome::Failed(error) => self.refuse(&error)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// One of several, by number or word; none for an empty line and what is not among them.
    fn choose(&mut self, choices: &[Choice]) -> Result<Option<String>, Stop> {
        for (index, choice) in choices.iter().enumerate() {
            self.voice.item(2, &format!("{}. {}", index + 1, choice.text.get(self.language)))?;
        }
        self.voice
            .say(self.pick("Numéro, ou ligne vide pour rester.", "Number, or an empty line to stay."))?;
        let line = self.hear_more()?;
        let chosen = reply::numbered(&line, choices).or_else(|| reply::named(&line, choices, self.language));
        if chosen.is_none() && !line.trim().is_empty() {
            self.refuse_text(Text::new(
                format!("« {line} » n’est pas dans cette liste"),
                format!("{line:?} is not in this list"),
            ))?;
        }
        Ok(chosen.map(|id| id.to_string()))
    }
}

fn choice(id: &str, fr: &'static str, en: &'static str) -> Choice {
    Choice { id: id.into(), text: Text::new(fr, en), ..Choice::default() }
}
