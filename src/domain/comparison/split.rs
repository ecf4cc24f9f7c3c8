//! Why did the score move? By the questionnaire, by the scope, by the answers; the three make up the whole.

use super::super::assessment::Assessment;
use super::super::id::StepId;
use super::super::questionnaire::Questionnaire;
use super::super::scoring;
use super::super::scoring::Figures;
use super::super::scoring::Score;

/// A difference in points, and the parts it is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    pub delta: f64,
    /// Another version of the questionnaire, with the old profile and answers.
    pub by_questionnaire: f64,
    /// Another profile (or an express visit instead of a full one), with the old answers.
    pub by_scope: f64,
    /// Other answers, the days they were given on included: some are worth less as they age.
    pub by_answers: f64,
}

/// The way from one visit to the other, one input at a time. What does not change is not scored again.
#[derive(Debug)]
pub struct Path {
    pub from: Score,
    /// The new questionnaire, with the old profile and answers.
    by_questionnaire: Option<Score>,
    /// The new questionnaire and profile, with the old answers.
    by_scope: Option<Score>,
    pub to: Score,
}

impl Path {
    pub fn new(
        from_questionnaire: &Questionnaire,
        from: &Assessment,
        to_questionnaire: &Questionnaire,
        to: &Assessment,
    ) -> Path {
        let other_questionnaire =
            !std::ptr::eq(from_questionnaire, to_questionnaire) && from_questionnaire != to_questionnaire;
        let by_questionnaire = other_questionnaire.then(|| scoring::score(to_questionnaire, from));
        let by_scope = (!same_profile(to_questionnaire, from, to)).then(|| {
            let between = with_profile_of(to, from, to_questionnaire);
            scoring::score(to_questionnaire, &between)
        });
        Path {
            from: scoring::score(from_questionnaire, from),
            by_questionnaire,
            by_scope,
            to: scoring::score(to_questionnaire, to),
        }
    }

    /// The old answers under the new questionnaire.
    fn with_questionnaire(&self) -> &Score {
        self.by_questionnaire.as_ref().unwrap_or(&self.from)
    }

    /// The old answers under the new questionnaire and profile.
    pub fn with_scope(&self) -> &Score {
        self.by_scope.as_ref().unwrap_or_else(|| self.with_questionnaire())
    }

    /// The overall difference, of what `figure` takes from each point; none if either end has no score.
    pub fn overall(&self, figure: impl Fn(&Figures) -> Option<f64>) -> Option<Split> {
        self.split(|score| Some(&score.overall.figures), figure)
    }

    /// The same for a step; none as well where one of the questionnaires lacks it.
    pub fn step(&self, id: &StepId, figure: impl Fn(&Figures) -> Option<f64>) -> Option<Split> {
        self.split(|score| score.step(id).map(|step| &step.figures), figure)
    }

    fn split<'a>(
        &'a self,
        of: impl Fn(&'a Score) -> Option<&'a Figures>,
        figure: impl Fn(&Figures) -> Option<f64>,
    ) -> Option<Split> {
        let end = |score| of(score).filter(|figures| figures.score.is_some()).and_then(&figure);
        let between = |score| of(score).and_then(&figure);
        let (from, to) = (end(&self.from)?, end(&self.to)?);
        // A point with nothing scorable passes its part on: as if it stood where the one before it stands.
        let first = between(self.with_questionnaire()).unwrap_or(from);
        let second = between(self.with_scope()).unwrap_or(first);
        Some(Split {
            delta: to - from,
            by_questionnaire: first - from,
            by_scope: second - first,
            by_answers: to - second,
        })
    }
}

/// Whether two visits have the same scope, as this questionnaire sees it.
fn same_profile(questionnaire: &Questionnaire, one: &Assessment, other: &Assessment) -> bool {
    let mut facts = questionnaire.profile.questions.iter().map(|question| &question.id);
    one.express == other.express && facts.all(|fact| one.value(fact) == other.value(fact))
}

/// The answers of one visit with the profile of another.
fn with_profile_of(profile: &Assessment, answers: &Assessment, questionnaire: &Questionnaire) -> Assessment {
    let mut between = answers.clone();
    between.express = profile.express;
    for fact in &questionnaire.profile.questions {
        let known = profile.answer(&fact.id).cloned().unwrap_or_default();
        between.edit(&fact.id, |answer| *answer = known);
    }
    between
}
