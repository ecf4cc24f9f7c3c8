//! What is to be done? Findings as work with an owner and a date, and what mending them would bring.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::assessment::Assessment;
use super::assessment::Plan;
use super::assessment::Status;
use super::id::QuestionId;
use super::id::StepId;
use super::questionnaire::Questionnaire;
use super::questionnaire::Remedy;
use super::scope::Scope;
use super::scoring;
use super::scoring::Figures;
use super::scoring::Level;
use super::scoring::QuestionScore;
use super::scoring::Score;

mod cheapest;

pub use cheapest::Cheapest;
pub use cheapest::Impossible;
pub use cheapest::Target;
pub use cheapest::cheapest;

/// A finding as work to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Action<'a> {
    pub question: &'a QuestionId,
    pub step: &'a StepId,
    pub level: Level,
    /// A knock-out without any control: these come first.
    pub knockout_failed: bool,
    /// None where the questionnaire proposes nothing.
    pub remedy: Option<&'a Remedy>,
    /// What was decided; nothing yet where there is no plan.
    pub plan: Option<&'a Plan>,
    pub standing: Standing,
    pub overdue: bool,
}

/// Where an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Open, planned or being done.
    Open,
    /// It was done after the last visit, yet this visit's own answer still finds the risk.
    Reopened,
    /// Said to be done; the next visit's answer confirms or reopens it.
    Done,
    /// The risk is accepted, with a reason. Without one it stays open.
    Accepted,
}

impl Standing {
    pub fn is_open(self) -> bool {
        matches!(self, Standing::Open | Standing::Reopened)
    }

    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Open => "open",
            Standing::Reopened => "reopened",
            Standing::Done => "done",
            Standing::Accepted => "accepted",
        }
    }
}

/// What nobody knew, to be found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp<'a> {
    pub question: &'a QuestionId,
    pub step: &'a StepId,
    /// Empty as long as nobody was named.
    pub who: &'a str,
    pub by: Option<Date>,
    pub overdue: bool,
}

/// The findings as actions, in the order in which they are to be mended. `last` is the visit before, if there was
/// one: it decides whether what was done since is confirmed or reopened.
pub fn actions<'a>(
    questionnaire: &'a Questionnaire,
    assessment: &'a Assessment,
    score: &'a Score,
    last: Option<&Assessment>,
    today: Date,
) -> Vec<Action<'a>> {
    let action = |id: &'a QuestionId| {
        let scored = score.question(id)?;
        let plan = assessment.actions.get(id);
        let standing = standing(assessment, id, last);
        Some(Action {
            question: id,
            step: &scored.step,
            level: scored.residual?.level,
            knockout_failed: scored.knockout && scored.degree.is_some_and(|degree| degree <= 0.0),
            remedy: questionnaire.question(id)?.remedy.as_ref(),
            plan,
            standing,
            overdue: standing.is_open() && plan.and_then(|plan| plan.due).is_some_and(|due| due < today),
        })
    };
    score.findings.iter().filter_map(action).collect()
}

/// The findings that are still work to do, in order.
pub fn open(assessment: &Assessment, score: &Score, last: Option<&Assessment>) -> Vec<QuestionId> {
    let open = |id: &&QuestionId| standing(assessment, id, last).is_open();
    score.findings.iter().filter(open).cloned().collect()
}

/// What was said to be done at the visit before, `last`, and is found to be still to do by answers of this one: a next
/// visit takes it over as open.
pub fn reopened(assessment: &Assessment, score: &Score, last: &Assessment) -> Vec<QuestionId> {
    let reopened = |id: &&QuestionId| standing(assessment, id, Some(last)) == Standing::Reopened;
    score.findings.iter().filter(reopened).cloned().collect()
}

/// Where the action for a finding stands.
///
/// "Done" taken over from the last visit is undone by an answer of this visit that still finds the risk; one that
/// is itself only carried over decides nothing yet. "Done" said during this visit stands until the next.
fn standing(assessment: &Assessment, id: &QuestionId, last: Option<&Assessment>) -> Standing {
    let Some(plan) = assessment.actions.get(id) else { return Standing::Open };
    let answered_afresh = assessment.answer(id).is_none_or(|answer| answer.carried.is_none());
    match plan.status {
        Status::Open | Status::Planned | Status::Doing => Standing::Open,
        Status::Done if answered_afresh && last.is_some_and(|last| was_done(last, id)) => Standing::Reopened,
        Status::Done => Standing::Done,
        Status::Accepted if plan.reason.trim().is_empty() => Standing::Open,
        Status::Accepted => Standing::Accepted,
    }
}

fn was_done(assessment: &Assessment, id: &QuestionId) -> bool {
    assessment.actions.get(id).is_some_and(|plan| plan.status == Status::Done)
}

/// Actions that were done at the last visit, and whose questions this visit finds in order, by an answer of its own.
pub fn confirmed(assessment: &Assessment, score: &Score, last: &Assessment) -> Vec<QuestionId> {
    let own =
        |scored: &&QuestionScore| assessment.answer(&scored.id).is_none_or(|answer| answer.carried.is_none());
    score
        .questions
        .iter()
        .filter(|scored| scored.degree.is_some_and(|degree| degree >= 1.0) && was_done(last, &scored.id))
        .filter(own)
        .map(|scored| scored.id.clone())
        .collect()
}

/// Every question answered with "I don't know" that the visit asks, the profile's too, in order.
pub fn follow_ups<'a>(
    questionnaire: &'a Questionnaire,
    assessment: &'a Assessment,
    today: Date,
) -> Vec<FollowUp<'a>> {
    let scope = Scope::new(questionnaire, assessment);
    let mut found = Vec::new();
    for step in questionnaire.parts() {
        for question in step.questions.iter().filter(|question| scope.asks(question)) {
            let Some(answer) = assessment.answer(&question.id) else { continue };
            if scoring::is_unknown(answer.value.as_ref()) {
                let follow_up = &answer.follow_up;
                found.push(FollowUp {
                    question: &question.id,
                    step: &step.id,
                    who: &follow_up.who,
                    by: follow_up.by,
                    overdue: follow_up.by.is_some_and(|by| by < today),
                });
            }
        }
    }
    found
}

/// The scores now, and as they would be.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    pub now: Score,
    pub then: Score,
    /// Small 1, medium 3, large 8, added up over what is mended.
    pub effort: u32,
}

impl WhatIf {
    pub fn overall(&self) -> (Figures, Figures) {
        (self.now.overall.figures, self.then.overall.figures)
    }

    /// Each step, now and then.
    pub fn steps(&self) -> impl Iterator<Item = (&StepId, Figures, Figures)> {
        let pairs = self.now.steps.iter().zip(&self.then.steps);
        pairs.map(|(now, then)| (&now.id, now.figures, then.figures))
    }
}

/// What mending these findings would bring; what is no finding changes nothing.
pub fn what_if(
    questionnaire: &Questionnaire,
    assessment: &Assessment,
    mended: &BTreeSet<QuestionId>,
) -> WhatIf {
    let now = scoring::score(questionnaire, assessment);
    let mended: BTreeSet<QuestionId> =
        now.findings.iter().filter(|id| mended.contains(*id)).cloned().collect();
    WhatIf {
        then: scoring::score_mended(questionnaire, assessment, &mended),
        effort: mended.iter().map(|id| effort(questionnaire, id)).sum(),
        now,
    }
}

/// What mending a question costs: small 1, medium 3, large 8; small where nothing is said.
pub fn effort(questionnaire: &Questionnaire, id: &QuestionId) -> u32 {
    let remedy = questionnaire.question(id).and_then(|question| question.remedy.as_ref());
    remedy.map_or(1, |remedy| remedy.effort.size())
}
