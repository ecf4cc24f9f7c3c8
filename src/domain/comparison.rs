//! What changed between two visits, and what did that do to the score?
//!
//! Everything is told from the first visit to the second; reversed, differences, changes and findings mirror. A
//! visit compared with itself is empty.

use jiff::civil::Date;

use super::assessment::Assessment;
use super::assessment::Pin;
use super::id::QuestionId;
use super::id::StepId;
use super::questionnaire::Questionnaire;
use super::scoring::Band;
use super::scoring::Figures;
use super::scoring::Score;

mod change;
mod files;
mod gate;
mod movers;
mod outcome;
mod split;

pub use change::Change;
pub use change::Kind;
pub use change::Part;
pub use change::Side;
pub use files::Files;
pub use gate::Breach;
pub use gate::Fate;
pub use gate::Ground;
pub use gate::Rules;
pub use gate::breaches;
pub use movers::Mover;
pub use outcome::Actions;
pub use outcome::CapChange;
pub use outcome::Findings;
pub use split::Split;

/// Two visits side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub from: Visit,
    pub to: Visit,
    /// None if either visit has no score; then [`Comparison::intervals`] is what can be said.
    pub score: Option<Split>,
    /// The same without caps: progress that a cap hides.
    pub raw: Option<Split>,
    /// What the two intervals allow to say, where a visit has no score.
    pub intervals: Option<Trend>,
    /// In the second questionnaire's order; those that only the first has come last.
    pub steps: Vec<StepChange>,
    pub changes: Vec<Change>,
    pub findings: Findings,
    pub actions: Actions,
    /// Caps with other questions behind them than before, overall and by step.
    pub caps: Vec<CapChange>,
    /// Within the answers: what each moved, most first.
    pub movers: Vec<Mover>,
    pub common: Common,
}

/// One end of the comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    pub date: Date,
    pub questionnaire: Pin,
    pub express: bool,
    /// The profile makes amplified questions one degree more severe.
    pub amplified: bool,
    pub overall: Figures,
    /// The step that holds the overall score down to its own plus 15.
    pub weakest: Option<StepId>,
    /// How many scored answers were taken over from an earlier visit and not confirmed.
    pub carried: usize,
}

impl Visit {
    pub fn band(&self) -> Option<Band> {
        self.overall.band()
    }
}

/// One step at both visits; no figures where that questionnaire lacks it.
#[derive(Debug, Clone, PartialEq)]
pub struct StepChange {
    pub id: StepId,
    pub from: Option<Figures>,
    pub to: Option<Figures>,
    /// Its weight in the overall mean.
    pub from_weight: Option<f64>,
    pub to_weight: Option<f64>,
    /// None if either visit has no score for it.
    pub score: Option<Split>,
    pub raw: Option<Split>,
    /// As for the whole.
    pub intervals: Option<Trend>,
}

/// What two intervals allow to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// Whatever the open questions turn out to be.
    Better,
    Worse,
    /// The intervals overlap: it depends on what is open.
    Undecided,
}

/// How far two questionnaires ask the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Common {
    /// Questions that both have.
    pub common: usize,
    /// Questions that either has.
    pub all: usize,
}

impl Common {
    /// 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "a few hundred questions")]
    pub fn share(self) -> f64 {
        if self.all == 0 { 1.0 } else { self.common as f64 / self.all as f64 }
    }

    /// 0 to 100, to a tenth, rounded down: only what is alike to the last question is 100.
    pub fn percent(self) -> f64 {
        (1000.0 * self.share() + 1e-9).floor() / 10.0
    }
}

impl Comparison {
    /// Nothing changed at all.
    pub fn is_empty(&self) -> bool {
        let findings = &self.findings;
        let moved = [&findings.closed, &findings.opened, &findings.eased, &findings.worsened];
        self.changes.is_empty()
            && moved.iter().all(|findings| findings.is_empty())
            && self.actions.closed.is_empty()
            && self.actions.opened.is_empty()
            && self.caps.is_empty()
            && self.movers.is_empty()
            && self.score.is_none_or(|split| split.delta == 0.0)
            && self.raw.is_none_or(|split| split.delta == 0.0)
    }

    pub fn change(&self, question: &QuestionId) -> Option<&Change> {
        self.changes.iter().find(|change| &change.question == question)
    }
}

/// Compares two visits, each with the questionnaire it was made with. `today` decides what is overdue.
pub fn compare(
    from_questionnaire: &Questionnaire,
    from: &Assessment,
    to_questionnaire: &Questionnaire,
    to: &Assessment,
    today: Date,
) -> Comparison {
    let path = split::Path::new(from_questionnaire, from, to_questionnaire, to);
    let from_end = change::End::new(from_questionnaire, from, &path.from);
    let to_end = change::End::new(to_questionnaire, to, &path.to);
    let (score, raw) = (path.overall(|figures| figures.point), path.overall(|figures| figures.raw));
    Comparison {
        from: visit(from, &path.from),
        to: visit(to, &path.to),
        intervals: trend(score, Some(&path.from.overall.figures), Some(&path.to.overall.figures)),
        score,
        raw,
        steps: steps(&path),
        changes: change::changes(&from_end, &to_end),
        findings: outcome::findings(&path.from, &path.to),
        actions: outcome::actions((&from_end, &path.from), (&to_end, &path.to), today),
        caps: outcome::caps(&path.from, &path.to),
        movers: movers::movers(path.with_scope(), &path.to),
        common: common(from_questionnaire, to_questionnaire),
    }
}

fn visit(assessment: &Assessment, score: &Score) -> Visit {
    let carried = |id: &QuestionId| assessment.answer(id).is_some_and(|answer| answer.carried.is_some());
    Visit {
        date: assessment.date,
        questionnaire: assessment.questionnaire.clone(),
        express: assessment.express,
        amplified: score.amplified,
        overall: score.overall.figures,
        weakest: score.overall.weakest.clone(),
        carried: score
            .questions
            .iter()
            .filter(|scored| scored.degree.is_some() && carried(&scored.id))
            .count(),
    }
}

fn steps(path: &split::Path) -> Vec<StepChange> {
    let gone = path.from.steps.iter().filter(|step| path.to.step(&step.id).is_none());
    let change = |id: &StepId| {
        let (from, to) = (path.from.step(id), path.to.step(id));
        let (from_figures, to_figures) = (from.map(|step| step.figures), to.map(|step| step.figures));
        let score = path.step(id, |figures| figures.point);
        StepChange {
            id: id.clone(),
            from: from_figures,
            to: to_figures,
            from_weight: from.map(|step| step.weight),
            to_weight: to.map(|step| step.weight),
            score,
            raw: path.step(id, |figures| figures.raw),
            intervals: trend(score, from_figures.as_ref(), to_figures.as_ref()),
        }
    };
    path.to.steps.iter().chain(gone).map(|step| change(&step.id)).collect()
}

/// Only where there is no difference of scores, and both ends have an interval.
fn trend(score: Option<Split>, from: Option<&Figures>, to: Option<&Figures>) -> Option<Trend> {
    let (from_low, from_high) = from?.interval.filter(|_| score.is_none())?;
    let (to_low, to_high) = to?.interval?;
    Some(if to_low > from_high {
        Trend::Better
    } else if to_high < from_low {
        Trend::Worse
    } else {
        Trend::Undecided
    })
}

/// How far two questionnaires ask the same.
pub fn common(from: &Questionnaire, to: &Questionnaire) -> Common {
    let common = to.questions().filter(|question| from.question(&question.id).is_some()).count();
    Common { common, all: from.questions().count() + to.questions().count() - common }
}
