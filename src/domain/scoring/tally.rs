//! What would the scores be if one question counted otherwise? Running sums, so that one more costs nothing.
//!
//! The sums are exact up to rounding in the last digits; [`super::score`] stays the one that decides.

use super::QuestionScore;
use super::Score;
use super::gate;
use super::together;
use crate::domain::id::StepId;

/// The sums behind a score, open to changes.
#[derive(Debug, Clone)]
pub struct Tally {
    steps: Vec<(StepId, Sums)>,
    all: gate::Counts,
}

/// What the answered questions of a step add up to.
#[derive(Debug, Clone, Copy)]
struct Sums {
    /// Of the step in the overall mean.
    weight: f64,
    weighted: f64,
    weights: f64,
    answered: usize,
    gates: gate::Counts,
}

impl Sums {
    /// The mean before and after caps.
    fn scores(&self) -> Option<(f64, f64)> {
        if self.answered == 0 {
            return None;
        }
        let raw = 100.0 * self.weighted / self.weights;
        Some((raw, raw.min(gate::lowest_of(&self.gates))))
    }
}

impl Tally {
    pub fn of(score: &Score) -> Tally {
        let start = |weight| Sums { weight, weighted: 0.0, weights: 0.0, answered: 0, gates: [0; 5] };
        let steps = score.steps.iter().map(|step| (step.id.clone(), start(step.weight))).collect();
        let mut tally = Tally { steps, all: [0; 5] };
        for question in &score.questions {
            tally.add(question);
        }
        tally
    }

    /// Counts a question, if it is answered.
    pub fn add(&mut self, question: &QuestionScore) {
        self.count(question, |sum, part| sum + part, |count| count + 1);
    }

    /// Counts a question no more.
    pub fn take_back(&mut self, question: &QuestionScore) {
        self.count(question, |sum, part| sum - part, |count: usize| count.saturating_sub(1));
    }

    fn count(
        &mut self,
        question: &QuestionScore,
        sum: impl Fn(f64, f64) -> f64,
        count: impl Fn(usize) -> usize,
    ) {
        let Some(degree) = question.degree else { return };
        let Some((_, step)) = self.steps.iter_mut().find(|(id, _)| *id == question.step) else { return };
        step.weighted = sum(step.weighted, question.weight * degree);
        step.weights = sum(step.weights, question.weight);
        step.answered = count(step.answered);
        let counted = gate::counted(question, degree);
        for gates in [&mut step.gates, &mut self.all] {
            for (gate, _) in gates.iter_mut().zip(counted).filter(|(_, counted)| *counted) {
                *gate = count(*gate);
            }
        }
    }

    /// A step's mean before and after caps; none where nothing is answered.
    pub fn step(&self, id: &StepId) -> Option<(f64, f64)> {
        self.steps.iter().find(|(step, _)| step == id)?.1.scores()
    }

    /// The overall mean before caps and the overall score, whatever the coverage.
    pub fn overall(&self) -> Option<(f64, f64)> {
        let of_steps: Vec<(f64, (f64, f64))> =
            self.steps.iter().filter_map(|(_, sums)| Some((sums.weight, sums.scores()?))).collect();
        together(&of_steps, || gate::lowest_of(&self.all))
    }
}
