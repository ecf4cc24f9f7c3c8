//! What do many clients have in common? Averages by step and what is missed most, always with how many it is of.
//!
//! Clients of unlike profiles are asked unlike questions: a question counts among those who answered it, a step among
//! those who have a score in it, and nobody is ranked.

use std::collections::BTreeMap;

use jiff::civil::Date;

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
    /// From the earliest to the latest of them; none of nothing.
    pub dates: Option<(Date, Date)>,
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
    /// By whom not fully in order: places in the order in which visits were taken in, ascending.
    pub missed_by: Vec<usize>,
}

impl Missed {
    /// By how many.
    pub fn missed(&self) -> usize {
        self.missed_by.len()
    }
}

impl Mean {
    fn take(&mut self, value: Option<f64>) {
        if let Some(value) = value {
            self.sum += value;
            self.count += 1;
        }
    }

    fn join(&mut self, other: Mean) {
        self.sum += other.sum;
        self.count += other.count;
    }

    /// None of nothing.
    pub fn value(self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / f64::from(self.count))
    }
}

impl Summary {
    /// Takes a client's last visit in, which was on this day.
    pub fn take(&mut self, questionnaire: &Questionnaire, score: &Score, date: Date) {
        let visit = self.visits;
        self.visits += 1;
        self.span(date, date);
        self.overall.take(score.overall.figures.score);
        for scored in &score.steps {
            let title = questionnaire.steps.iter().find(|step| step.id == scored.id);
            let title = || title.map(|step| step.title.clone()).unwrap_or_default();
            self.in_step(&scored.id, title, |mean| mean.take(scored.figures.score));
        }
        for scored in score.questions.iter().filter(|scored| scored.degree.is_some()) {
            let Some(question) = questionnaire.question(&scored.id) else { continue };
            let missed = self.questions.entry(scored.id.clone()).or_insert_with(|| Missed {
                title: question.title.clone(),
                answered: 0,
                missed_by: Vec::new(),
            });
            missed.answered += 1;
            missed.missed_by.extend(scored.is_finding().then_some(visit));
        }
    }

    /// Takes in what others came to, as if their visits had been taken in behind these.
    pub fn join(&mut self, other: Summary) {
        if let Some((from, to)) = other.dates {
            self.span(from, to);
        }
        self.overall.join(other.overall);
        for step in other.steps {
            self.in_step(&step.id, || step.title, |mean| mean.join(step.score));
        }
        for (id, more) in other.questions {
            let missed = self.questions.entry(id).or_insert_with(|| Missed {
                title: more.title,
                answered: 0,
                missed_by: Vec::new(),
            });
            missed.answered += more.answered;
            missed.missed_by.extend(more.missed_by.into_iter().map(|visit| self.visits + visit));
        }
        self.visits += other.visits;
    }

    fn span(&mut self, from: Date, to: Date) {
        let (first, last) = self.dates.unwrap_or((from, to));
        self.dates = Some((first.min(from), last.max(to)));
    }

    /// Takes something into the mean of a step.
    fn in_step(&mut self, id: &StepId, title: impl FnOnce() -> Text, take: impl FnOnce(&mut Mean)) {
        if let Some(step) = self.steps.iter_mut().find(|step| step.id == *id) {
            return take(&mut step.score);
        }
        let mut score = Mean::default();
        take(&mut score);
        self.steps.push(StepMean { id: id.clone(), title: title(), score });
    }

    /// Whether some of the questions missed were not answered by everybody: profiles differ, or there are gaps.
    pub fn is_uneven(&self) -> bool {
        let missed = self.questions.values().filter(|question| question.missed() > 0);
        missed.into_iter().any(|question| question.answered < self.visits)
    }

    /// What is missed most often, most first; of those missed equally often, the larger share, then by id.
    pub fn most_missed(&self) -> Vec<(&QuestionId, &Missed)> {
        let mut missed: Vec<_> =
            self.questions.iter().filter(|(_, question)| question.missed() > 0).collect();
        missed.sort_by(|(_, one), (_, other)| {
            other.missed().cmp(&one.missed()).then(one.answered.cmp(&other.answered))
        });
        missed
    }
}
