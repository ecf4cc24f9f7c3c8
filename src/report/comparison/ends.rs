//! Which two visits are compared, and what was found?

use crate::domain::assessment::Assessment;
use crate::domain::comparison::Comparison;
use crate::domain::id::QuestionId;
use crate::domain::id::StepId;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::questionnaire::Step;
use crate::domain::text::plain_line;

/// One of the two visits, as commands call it.
#[derive(Debug, Clone, Copy)]
pub struct End<'a> {
    pub reference: &'a str,
    pub questionnaire: &'a Questionnaire,
    pub assessment: &'a Assessment,
}

/// Two visits and their comparison.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    pub from: End<'a>,
    pub to: End<'a>,
    pub comparison: &'a Comparison,
}

impl<'a> Compared<'a> {
    /// The question as the newer questionnaire has it, or as the older one had.
    pub fn question(&self, id: &QuestionId) -> Option<&'a Question> {
        self.to.questionnaire.question(id).or_else(|| self.from.questionnaire.question(id))
    }

    /// Whose visits these are: both clients, where they are not called the same.
    pub fn clients(&self) -> String {
        let [then, now] = [&self.from, &self.to].map(|end| plain_line(&end.assessment.client));
        if then == now { now } else { format!("{then} → {now}") }
    }

    pub fn step(&self, id: &StepId) -> Option<&'a Step> {
        let parts = self.to.questionnaire.parts().chain(self.from.questionnaire.parts());
        parts.into_iter().find(|step| &step.id == id)
    }
}
