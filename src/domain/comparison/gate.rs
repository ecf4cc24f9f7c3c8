//! Did anything get worse? By the usual rules, or by one's own.

use serde::Deserialize;

use super::super::assessment::Assessment;
use super::super::id::QuestionId;
use super::super::id::StepId;
use super::super::questionnaire::Questionnaire;
use super::super::scoring;
use super::super::scoring::Counted;
use super::super::scoring::Level;
use super::super::scoring::QuestionScore;
use super::super::scoring::Score;
use super::super::site::SiteRule;
use super::Comparison;
use super::change::Kind;

/// What breaks a gate. What a file of rules does not say is as usual: an answer that worsened, or a finding opened
/// on a question that was answered before.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Kinds of changes that break it.
    pub changes: Vec<Kind>,
    /// What of findings breaks it.
    pub findings: Vec<Fate>,
    /// Whether an action that is overdue breaks it.
    pub overdue: bool,
    /// What of the client's site breaks it, as captures of both visits show it.
    pub site: Vec<SiteRule>,
    /// Only these steps; all where none is named.
    pub steps: Vec<StepId>,
    /// Risks below this level are left alone.
    pub level: Level,
    /// Only these questions; all where none is named.
    pub watch: Vec<QuestionId>,
    /// Questions that are left alone.
    pub ignore: Vec<QuestionId>,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            changes: vec![Kind::Worsened],
            findings: vec![Fate::Opened],
            overdue: false,
            site: Vec::new(),
            steps: Vec::new(),
            level: Level::Low,
            watch: Vec::new(),
            ignore: Vec::new(),
        }
    }
}

/// What became of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Fate {
    /// New, on a question that was answered before.
    Opened,
    /// New, on a question that nobody had answered.
    Found,
    /// There before, and worse now.
    Worsened,
}

/// Why a question breaks the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    Change(Kind),
    Finding(Fate),
    Overdue,
}

/// A question that breaks the gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    pub question: QuestionId,
    pub grounds: Vec<Ground>,
}

/// What breaks the gate, in the order of the comparison: changes, findings, actions; each question once.
pub fn breaches(
    rules: &Rules,
    comparison: &Comparison,
    from: (&Questionnaire, &Assessment),
    to: (&Questionnaire, &Assessment),
) -> Vec<Breach> {
    let gate = Gate { rules, scores: [scoring::score(from.0, from.1), scoring::score(to.0, to.1)] };
    let mut found: Vec<Breach> = Vec::new();
    for (question, ground) in gate.grounds(comparison) {
        let step = to.0.step_of(question).or_else(|| from.0.step_of(question)).map(|step| &step.id);
        if !gate.concerns(question, step) {
            continue;
        }
        match found.iter_mut().find(|breach| breach.question == *question) {
            Some(breach) => breach.grounds.push(ground),
            None => found.push(Breach { question: question.clone(), grounds: vec![ground] }),
        }
    }
    found
}

struct Gate<'a> {
    rules: &'a Rules,
    /// Of the first visit and of the second.
    scores: [Score; 2],
}

impl Gate<'_> {
    fn grounds<'c>(&self, comparison: &'c Comparison) -> Vec<(&'c QuestionId, Ground)> {
        let rules = self.rules;
        let changes = comparison.changes.iter().filter(|change| rules.changes.contains(&change.kind));
        let mut grounds: Vec<(&QuestionId, Ground)> =
            changes.map(|change| (&change.question, Ground::Change(change.kind))).collect();
        let opened = comparison.findings.opened.iter().map(|id| (id, self.opened(id)));
        let worsened = comparison.findings.worsened.iter().map(|id| (id, Fate::Worsened));
        let fates = opened.chain(worsened).filter(|(_, fate)| rules.findings.contains(fate));
        grounds.extend(fates.map(|(id, fate)| (id, Ground::Finding(fate))));
        if rules.overdue {
            grounds.extend(comparison.actions.overdue.iter().map(|id| (id, Ground::Overdue)));
        }
        grounds
    }

    fn opened(&self, id: &QuestionId) -> Fate {
        let [from, _] = &self.scores;
        let answered = from.question(id).is_some_and(|question| question.state == Counted::Answered);
        if answered { Fate::Opened } else { Fate::Found }
    }

    fn concerns(&self, id: &QuestionId, step: Option<&StepId>) -> bool {
        let rules = self.rules;
        let step_watched = rules.steps.is_empty() || step.is_some_and(|step| rules.steps.contains(step));
        let watched = rules.watch.is_empty() || rules.watch.contains(id);
        let grave = rules.level == Level::Low || self.level(id).is_some_and(|level| level >= rules.level);
        step_watched && watched && grave && !rules.ignore.contains(id)
    }

    /// The level that the risk has now; where nothing is known of it any more, that which it has without control.
    fn level(&self, id: &QuestionId) -> Option<Level> {
        let [from, to] = self.scores.each_ref().map(|score| score.question(id));
        let now = to.and_then(|question| question.residual).map(|residual| residual.level);
        now.or_else(|| Some(worst(to.or(from)?)))
    }
}

fn worst(question: &QuestionScore) -> Level {
    question.residual_at(0.0).level
}
