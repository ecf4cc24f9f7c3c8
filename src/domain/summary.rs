//! What do many clients have in common? Averages by step and what is missed most, always with how many it is of.
//!
//! Clients of unlike profiles are asked unlike questions: a question counts among those who answered it, a step among
//! those who have a score in it, and nobody is ranked.

use std::collections::BTreeMap;

use super::id::QuestionId;
use super::id::StepId;
use super::questionnaire::Questionnaire;
use super::scoring::Score;
use super::text::Text;

/// Over the last visits of several clients.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// How many visits were taken in.
    pub visits: usize,
    pub overall: Mean,
    /// In the order of the questionnaire.
    pub steps: Vec<StepMean>,
    questions: BTreeMap<QuestionId, Missed>,
}

/// A mean, and of how many.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Mean {
    sum: f64,
    pub count: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct StepMean {
    pub id: StepId,
    pub title: Text,
    pub score: Mean,
}

/// A question that somebody answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Missed {
    pub title: Text,
    /// By how many it was answered.
    pub answered: usize,
    /// By how many not fully in order.
    pub missed: usize,
}

impl Mean {
    fn take(&mut self, value: Option<f64>) {
        if let Some(value) = value {
            self.sum += value;
            self.count += 1;
        }
    }

    /// None of nothing.
    pub fn value(self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / f64::from(self.count))
    }
}

impl Summary {
    /// Takes a client's last visit in.
    pub fn take(&mut self, questionnaire: &Questionnaire, score: &Score) {
        self.visits += 1;
        self.overall.take(score.overall.figures.score);
        for scored in &score.steps {
            let place = self.steps.iter().position(|step| step.id == scored.id).unwrap_or_else(|| {
                let title = questionnaire.steps.iter().find(|step| step.id == scored.id);
                let title = title.map(|step| step.title.clone()).unwrap_or_default();
                self.steps.push(StepMean { id: scored.id.clone(), title, score: Mean::default() });
                self.steps.len() - 1
            });
            if let Some(step) = self.steps.get_mut(place) {
                step.score.take(scored.figures.score);
            }
        }
        for scored in score.questions.iter().filter(|scored| scored.degree.is_some()) {
            let Some(question) = questionnaire.question(&scored.id) else { continue };
            let missed = self.questions.entry(scored.id.clone()).or_insert_with(|| Missed {
                title: question.title.clone(),
                answered: 0,
                missed: 0,
            });
            missed.answered += 1;
            missed.missed += usize::from(scored.is_finding());
        }
    }

    /// What is missed most often, most first; of those missed equally often, the larger share, then by id.
    pub fn most_missed(&self) -> Vec<(&QuestionId, &Missed)> {
        let mut missed: Vec<_> = self.questions.iter().filter(|(_, question)| question.missed > 0).collect();
        missed.sort_by(|(_, one), (_, other)| {
            other.missed.cmp(&one.missed).then(one.answered.cmp(&other.answered))
        });
        missed
    }
}
