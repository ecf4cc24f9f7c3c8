//! Which changes can be taken back, and which done again? A text that is still being typed is one of them.

use super::change::Change;
use super::change::Way;
use crate::domain::assessment::Assessment;
use crate::domain::id::QuestionId;

/// How many changes can be undone.
const MOST: usize = 500;

/// The way back from each change, and forth again.
#[derive(Debug, Clone, Default)]
pub struct Undo {
    done: Vec<Change>,
    undone: Vec<Change>,
    /// The last change is still going on.
    goes_on: bool,
}

impl Undo {
    /// Keeps a change that was made; what had been undone before it cannot be done again.
    pub fn keep(&mut self, change: Change) {
        self.done.push(change);
        if self.done.len() > MOST {
            self.done.remove(0);
        }
        self.undone.clear();
    }

    /// The change kept last is part of a text that is being typed: with what went on before it, it is one change.
    pub fn go_on(&mut self) {
        if !std::mem::replace(&mut self.goes_on, true) {
            return;
        }
        if let (Some(last), Some(mut first)) = (self.done.pop(), self.done.pop()) {
            first.absorb(last);
            // Typed and erased again: nothing happened.
            self.goes_on = !first.is_empty();
            self.done.extend(self.goes_on.then_some(first));
        }
    }

    /// What was being typed is finished.
    pub fn rest(&mut self) {
        self.goes_on = false;
    }

    /// Takes the last change back; where one looked when it was made. None when there is nothing to undo.
    pub fn back(&mut self, assessment: &mut Assessment) -> Option<QuestionId> {
        let change = self.done.pop()?;
        change.apply(assessment, Way::Back);
        let question = change.question.clone();
        self.undone.push(change);
        Some(question)
    }

    /// Does the change undone last again.
    pub fn forth(&mut self, assessment: &mut Assessment) -> Option<QuestionId> {
        let change = self.undone.pop()?;
        change.apply(assessment, Way::Forth);
        let question = change.question.clone();
        self.done.push(change);
        Some(question)
    }
}
