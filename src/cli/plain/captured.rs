//! What do captures of the client's site say about a question? Their proposal, and the answers that they disprove.

use super::talk::Stop;
use super::talk::Talk;
use crate::cli::today::today;
use crate::domain::proof;
use crate::domain::questionnaire::Question;
use crate::domain::words;

impl Talk {
    /// Open contradictions and the proposal, each with what was seen.
    pub fn say_captured(&self, question: &Question) -> Result<(), Stop> {
        let language = self.language;
        let contradictions = self.desk.visit.contradictions(&question.id);
        for contradiction in contradictions.iter().filter(|found| found.resolution.is_none()) {
            let label = self.pick("Contredit par un relevé", "Disproved by a capture");
            self.labelled(label, &proof::seen(language, contradiction.seen))?;
        }
        if let Some(proposal) = self.desk.visit.proposal(question) {
            let value = words::value(language, question, &proposal.value);
            let said = format!("{value} · {}", proof::seen(language, proposal.seen));
            self.labelled(self.pick("Proposé par un relevé", "Proposed by a capture"), &said)?;
        }
        Ok(())
    }

    /// Takes over what a capture proposes, as tested.
    pub fn accept(&mut self, question: &Question) -> Result<(), Stop> {
        match self.desk.visit.proposal(question).map(|proposal| proposal.entry()) {
            Some(entry) => self.record(&question.id, entry),
            None => Ok(self.voice.say(
                self.pick("Aucun relevé ne propose de réponse ici.", "No capture proposes an answer here."),
            )?),
        }
    }

    /// Writes down what explains an answer that a capture disproves.
    pub fn explain(&mut self, question: &Question, given: &str) -> Result<(), Stop> {
        if !self.desk.visit.is_contradicted(&question.id) {
            return Ok(self.voice.say(
                self.pick("Aucun relevé ne contredit cette réponse.", "No capture disproves this answer."),
            )?);
        }
        let text = if given.is_empty() {
            self.voice.say(self.pick("Ce qui l’explique, par écrit :", "What explains it, in writing:"))?;
            self.hear_more()?
        } else {
            given.to_owned()
        };
        let difference = self.desk.edit(&question.id, |assessment, questionnaire| {
            assessment.resolve(questionnaire, &question.id, &text, "", today());
        });
        self.settle(&difference)
    }
}
