//! What is being answered? The open visit: its answers, what they come to, and the way back from each change.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::effect::Effect;
use super::effect::Opened;
use crate::domain::answer::Answer;
use crate::domain::answer::Row;
use crate::domain::assessment::Assessment;
use crate::domain::assessment::State;
use crate::domain::contradiction;
use crate::domain::contradiction::Contradiction;
use crate::domain::contradiction::Proposal;
use crate::domain::id::QuestionId;
use crate::domain::left_open::left_open;
use crate::domain::merge;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::questionnaire::Step;
use crate::domain::scope::Scope;
use crate::domain::scoring::Score;
use crate::domain::scoring::score_in;
use crate::domain::text::Text;
use crate::storage::attachments::Checked;
use crate::storage::attachments::Condition;
use crate::storage::error::Error;

mod agenda;
mod asked;
mod captured;
mod change;
mod saving;
mod undo;

use agenda::Agenda;
use asked::Asked;
pub use asked::Difference;
pub use asked::Progress;
pub use captured::Captured;
use change::Change;
use saving::Saving;
use undo::Undo;

/// What was typed last into the fields of forms, by the kind of form and the column.
pub type Again = BTreeMap<(&'static str, String), String>;

/// The visit on the table.
#[derive(Debug, Clone)]
pub struct Visit {
    pub folder: String,
    pub reference: String,
    pub questionnaire: Arc<Questionnaire>,
    pub previous: Option<Assessment>,
    pub read_only: Option<Error>,
    /// The day on which the client was archived.
    pub archived: Option<Date>,
    /// What captures of the client's site showed.
    pub captured: Captured,
    /// The files attached to questions, once they were looked at.
    pub files: Vec<Checked>,
    pub score: Score,
    /// The questions asked, and how far they are.
    pub asked: Asked,
    /// What was typed last into the forms of this visit.
    pub again: Again,
    /// Shared with whoever writes it, so that no key waits for a copy.
    assessment: Arc<Assessment>,
    current: QuestionId,
    /// What the last visit left open.
    agenda: Agenda,
    /// How far its states are on their way to the disk.
    pub saving: Saving,
    undo: Undo,
}

impl Visit {
    pub fn new(opened: Opened) -> Visit {
        let Opened { folder, reference, assessment, questionnaire, previous, captures, read_only, archived } =
            opened;
        let scope = Scope::new(&questionnaire, &assessment);
        let (score, asked) = (score_in(&scope), Asked::of(&scope));
        let resumed = assessment.at.clone().filter(|at| asked.contains(at));
        let points = match read_only {
            Some(_) => Vec::new(),
            None => left_open(&questionnaire, &assessment, &score),
        };
        let followed = resumed.as_ref().is_none_or(|at| points.contains(at));
        let agenda = Agenda::new(points, followed);
        let begins = || agenda.first().or(asked.first()).cloned();
        let current = resumed.or_else(begins).unwrap_or_default();
        Visit {
            folder,
            reference,
            questionnaire,
            previous,
            read_only,
            archived,
            captured: Captured::new(captures),
            files: Vec::new(),
            score,
            asked,
            again: Again::new(),
            assessment: Arc::new(assessment),
            current,
            agenda,
            saving: Saving::default(),
            undo: Undo::default(),
        }
    }

    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    pub fn current(&self) -> &QuestionId {
        &self.current
    }

    pub fn question(&self) -> Option<&Question> {
        self.questionnaire.question(&self.current)
    }

    pub fn answer(&self, question: &QuestionId) -> Option<&Answer> {
        self.assessment.answer(question)
    }

    /// The visit as it stands: the answers, and the question at which one is.
    pub fn snapshot(&self) -> Assessment {
        Assessment { at: Some(self.current.clone()), ..Assessment::clone(&self.assessment) }
    }

    /// Asks for the visit as it stands to be written.
    pub fn write(&mut self) -> Effect {
        if !self.place_is_sent() {
            Arc::make_mut(&mut self.assessment).at = Some(self.current.clone());
        }
        Effect::Save { assessment: Arc::clone(&self.assessment), revision: self.saving.revision() }
    }

    /// Whether what was last sent to the disk, or came from there, says at which question one is.
    pub fn place_is_sent(&self) -> bool {
        self.assessment.at.as_ref() == Some(&self.current)
    }

    /// Takes in what another program changed in the file, as it was put together with what was `sent` to be saved.
    /// What was entered here since stays.
    pub fn take_in(&mut self, sent: &Assessment, merged: &Assessment) {
        let whole = merge::merge(sent, &self.assessment, merged).assessment;
        if whole != *self.assessment {
            self.assessment = Arc::new(whole);
            self.settle();
        }
    }

    /// Changes the answer to a question.
    pub fn change(&mut self, question: &QuestionId, edit: impl FnOnce(&mut Answer)) -> Difference {
        let before = self.answer(question).cloned();
        Arc::make_mut(&mut self.assessment).edit(question, edit);
        let after = self.answer(question).cloned();
        self.keep(Change::of_answer(question, before, after))
    }

    /// Changes an answer whose text is still being typed: whatever is typed until [`Visit::rest`] is one change.
    pub fn go_on(&mut self, question: &QuestionId, edit: impl FnOnce(&mut Answer)) {
        let before = self.saving.revision();
        self.change(question, edit);
        if self.saving.revision() != before {
            self.undo.go_on();
        }
    }

    /// What was being typed is finished; the next text is a change of its own.
    pub fn rest(&mut self) {
        self.undo.rest();
    }

    /// Changes whatever `edit` changes; `question` is where one looks.
    pub fn edit(
        &mut self,
        question: &QuestionId,
        edit: impl FnOnce(&mut Assessment, &Questionnaire),
    ) -> Difference {
        let before = Arc::clone(&self.assessment);
        edit(Arc::make_mut(&mut self.assessment), &self.questionnaire);
        self.keep(Change::between(question, &before, &self.assessment))
    }

    /// Keeps a change that was made, so that it can be undone.
    fn keep(&mut self, change: Change) -> Difference {
        if change.is_empty() {
            return Difference::default();
        }
        self.undo.keep(change);
        self.settle()
    }

    /// After a change: the score, what is asked, and a state to be written.
    fn settle(&mut self) -> Difference {
        self.saving.changed();
        let scope = Scope::new(&self.questionnaire, &self.assessment);
        self.score = score_in(&scope);
        let asked = Asked::of(&scope);
        let (difference, place) = (asked.since(&self.asked), self.place());
        self.asked = asked;
        if !self.asked.contains(&self.current) {
            // Its own answer made it disappear: the one that now stands there takes its place.
            let here = self.asked.get(place).or(self.asked.last());
            self.current = here.cloned().unwrap_or_default();
        }
        difference
    }

    /// Takes the last change back and goes to its question. None when there is nothing to undo.
    pub fn undo(&mut self) -> Option<Difference> {
        let question = self.undo.back(Arc::make_mut(&mut self.assessment))?;
        Some(self.settle_at(&question))
    }

    /// Does what was undone last again.
    pub fn redo(&mut self) -> Option<Difference> {
        let question = self.undo.forth(Arc::make_mut(&mut self.assessment))?;
        Some(self.settle_at(&question))
    }

    fn settle_at(&mut self, question: &QuestionId) -> Difference {
        let difference = self.settle();
        self.go_to(question);
        difference
    }

    /// Goes to a question; one that is not asked stays out of reach.
    pub fn go_to(&mut self, question: &QuestionId) -> bool {
        let known = self.asked.contains(question);
        if known {
            self.current = question.clone();
        }
        known
    }

    /// On from a question that has its answer: to the next point left open, or else the next question.
    pub fn advance(&mut self) -> bool {
        if self.agenda.place(&self.current).is_none() {
            return self.step(1);
        }
        let waits = |id: &&QuestionId| self.asked.contains(id) && self.is_carried(id);
        let next = self.agenda.after(&self.current).find(waits).cloned();
        let next = next.or_else(|| {
            // All are through: the rest in its order.
            self.agenda.leave();
            let open = |id: &&QuestionId| self.is_carried(id) || self.state(id) == Some(State::Unanswered);
            self.asked.iter().find(open).cloned()
        });
        match next {
            Some(next) => self.go_to(&next),
            None => self.step(1),
        }
    }

    fn is_carried(&self, question: &QuestionId) -> bool {
        self.answer(question).is_some_and(|answer| answer.carried.is_some())
    }

    /// Which of how many points left open this is, while they come first.
    pub fn left_open_place(&self) -> Option<(usize, usize)> {
        self.agenda.place(&self.current)
    }

    /// From here on in the order of the questionnaire.
    pub fn leave_left_open(&mut self) {
        self.agenda.leave();
    }

    /// Through the points left open again, if this question is one of them.
    pub fn take_up_left_open(&mut self) {
        self.agenda.take_up(&self.current);
    }

    pub fn place(&self) -> usize {
        self.asked.iter().position(|id| *id == self.current).unwrap_or(0)
    }

    /// Goes forward or back; stays at the ends.
    pub fn step(&mut self, by: isize) -> bool {
        let place = self.place().saturating_add_signed(by).min(self.asked.len().saturating_sub(1));
        match self.asked.get(place) {
            Some(id) if *id != self.current => {
                self.current = id.clone();
                true
            }
            _ => false,
        }
    }

    /// The part in which the current question stands: 0 is the profile.
    pub fn part_index(&self) -> usize {
        let step = self.questionnaire.step_of(&self.current).map(|step| &step.id);
        self.questionnaire.parts().position(|part| Some(&part.id) == step).unwrap_or(0)
    }

    pub fn current_part(&self) -> &Step {
        self.questionnaire.step_of(&self.current).unwrap_or(&self.questionnaire.profile)
    }

    /// The asked questions of a part, in order.
    pub fn asked_in<'a>(&'a self, part: &'a Step) -> impl Iterator<Item = &'a Question> {
        part.questions.iter().filter(|question| self.asked.contains(&question.id))
    }

    /// What opens the conversation about a part: at its first question, as long as that has no answer.
    pub fn opening(&self) -> Option<&Text> {
        let part = self.current_part();
        let first = self.asked_in(part).next()?.id == self.current;
        let answered = self.answer(&self.current).is_some_and(|answer| answer.value.is_some());
        (first && !answered && !part.opening.is_empty()).then_some(&part.opening)
    }

    /// Goes to a part's first open question, or its first.
    pub fn enter_part(&mut self, part: usize) -> bool {
        let questionnaire = self.questionnaire.clone();
        let Some(part) = questionnaire.part(part) else { return false };
        let questions: Vec<&QuestionId> = self.asked_in(part).map(|question| &question.id).collect();
        let open = questions.iter().find(|id| self.state(id) == Some(State::Unanswered));
        let target = open.or(questions.first()).map(|id| (*id).clone());
        target.is_some_and(|target| self.go_to(&target))
    }

    /// The part after or before, leaving out those with nothing to ask.
    pub fn next_part(&mut self, forward: bool) -> bool {
        let count = self.questionnaire.steps.len() + 1;
        let here = self.part_index();
        let others: Vec<usize> = match forward {
            true => (here + 1..count).collect(),
            false => (0..here).rev().collect(),
        };
        others.into_iter().any(|part| self.enter_part(part))
    }

    pub fn state(&self, question: &QuestionId) -> Option<State> {
        let question = self.questionnaire.question(question)?;
        Some(self.assessment.state(question, &self.questionnaire))
    }

    /// How far each part is, the profile first.
    pub fn progress(&self) -> impl Iterator<Item = (&Step, Progress)> {
        self.questionnaire.parts().zip(self.asked.progress().iter().copied())
    }

    /// What captures propose for a question.
    pub fn proposal(&self, question: &Question) -> Option<Proposal<'_>> {
        contradiction::proposal(&self.questionnaire, &self.assessment, question)
    }

    /// The contradictions between captures and the answer to a question, resolved or not.
    pub fn contradictions(&self, id: &QuestionId) -> Vec<Contradiction<'_>> {
        contradiction::contradictions(&self.questionnaire, &self.assessment, id)
    }

    /// Whether the files were looked at since one was attached, taken off or put back.
    pub fn knows_its_files(&self) -> bool {
        let looked_at = self.files.iter().map(|one| (&one.question, &one.attachment));
        let attached = self.assessment.attachments.iter();
        looked_at.eq(attached.flat_map(|(id, files)| files.iter().map(move |file| (id, file))))
    }

    /// The attached files whose copy is missing or was changed.
    pub fn unsound_files(&self) -> impl Iterator<Item = &Checked> {
        self.files.iter().filter(|one| one.condition != Condition::Intact)
    }

    /// The lines that captures show and the question's table lacks.
    pub fn lines_shown(&self, question: &Question) -> Vec<Row> {
        self.captured.lines(&self.questionnaire, &self.assessment, question)
    }

    /// Adds those lines; none when there are none.
    pub fn fill_in(&mut self, question: &Question) -> Option<(usize, Difference)> {
        let shown = self.lines_shown(question);
        let (table, _) = self.questionnaire.table_of(question).filter(|_| !shown.is_empty())?;
        let count = shown.len();
        let rows = [self.assessment.rows(&table), &shown].concat();
        let difference = self.edit(&question.id, |assessment, questionnaire| {
            assessment.record_rows(questionnaire, &table, rows);
        });
        Some((count, difference))
    }

    pub fn is_contradicted(&self, id: &QuestionId) -> bool {
        contradiction::is_open(&self.questionnaire, &self.assessment, id)
    }

    /// What is to come back to: flagged, contradicted, not known, begun without an answer, carried over. What the last
    /// visit left open comes first, in the order in which it is spoken of.
    pub fn open_points(&self) -> Vec<QuestionId> {
        let wanted = |id: &&QuestionId| {
            let answer = self.answer(id);
            let flagged = answer.is_some_and(|answer| answer.flagged || answer.carried.is_some());
            flagged
                || contradiction::is_open(&self.questionnaire, &self.assessment, id)
                || self.state(id) == Some(State::Unknown)
                || (answer.is_some() && self.state(id) == Some(State::Unanswered))
        };
        let mut points: Vec<QuestionId> = self.asked.iter().filter(wanted).cloned().collect();
        points.sort_by_key(|id| if self.is_carried(id) { self.agenda.rank(id) } else { usize::MAX });
        points
    }
}
