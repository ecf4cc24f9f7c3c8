//! Which questions does the visit ask, and how far is each part? Counted once a change, however often it is drawn.

use std::collections::HashSet;

use crate::domain::assessment::State;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::Question;
use crate::domain::scope::Scope;

/// The questions asked, in order.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    order: Vec<QuestionId>,
    /// The same, to be found among.
    known: HashSet<QuestionId>,
    /// Those that are asked because an unknown fact may switch them on.
    to_be_sure: HashSet<QuestionId>,
    /// Of the profile and of each step.
    progress: Vec<Progress>,
}

/// How far a part of the questionnaire is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    pub answered: usize,
    pub asked: usize,
    /// Answered, but taken over from the last visit and not confirmed since.
    pub carried: usize,
}

/// The questions that a change made appear and disappear.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    pub appeared: Vec<QuestionId>,
    pub disappeared: Vec<QuestionId>,
}

impl Difference {
    pub fn is_empty(&self) -> bool {
        self.appeared.is_empty() && self.disappeared.is_empty()
    }
}

impl Asked {
    pub fn of(scope: &Scope) -> Asked {
        let mut asked = Asked::default();
        for part in scope.questionnaire().parts() {
            let mut progress = Progress::default();
            for question in part.questions.iter().filter(|question| scope.asks(question)) {
                progress.count(question, scope);
                asked.order.push(question.id.clone());
                asked.known.insert(question.id.clone());
                if scope.asks_to_be_sure(question) {
                    asked.to_be_sure.insert(question.id.clone());
                }
            }
            asked.progress.push(progress);
        }
        asked
    }

    pub fn len(&self) -> usize {
        self.order.len()
    }

    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, QuestionId> {
        self.order.iter()
    }

    pub fn get(&self, place: usize) -> Option<&QuestionId> {
        self.order.get(place)
    }

    pub fn first(&self) -> Option<&QuestionId> {
        self.order.first()
    }

    pub fn last(&self) -> Option<&QuestionId> {
        self.order.last()
    }

    pub fn contains(&self, question: &QuestionId) -> bool {
        self.known.contains(question)
    }

    /// Whether an unknown fact is why this question is asked.
    pub fn is_to_be_sure(&self, question: &QuestionId) -> bool {
        self.to_be_sure.contains(question)
    }

    /// How far the profile and each step are.
    pub fn progress(&self) -> &[Progress] {
        &self.progress
    }

    /// What a change brought, from what was asked before it.
    pub fn since(&self, before: &Asked) -> Difference {
        // Most answers change nothing about what is asked.
        if self.order == before.order {
            return Difference::default();
        }
        let missing = |from: &Asked, among: &Asked| {
            from.iter().filter(|id| !among.contains(id)).cloned().collect::<Vec<QuestionId>>()
        };
        Difference { appeared: missing(self, before), disappeared: missing(before, self) }
    }
}

impl Progress {
    fn count(&mut self, question: &Question, scope: &Scope) {
        let (questionnaire, assessment) = (scope.questionnaire(), scope.assessment());
        let state = assessment.state(question, questionnaire);
        let carried = assessment.answer(&question.id).is_some_and(|answer| answer.carried.is_some());
        self.asked += 1;
        self.answered += usize::from(matches!(state, State::Answered | State::NotApplicable));
        self.carried += usize::from(carried);
    }
}
