//! What became of the risks? Findings, actions and caps that came, went or changed.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::action;
use super::super::id::QuestionId;
use super::super::id::StepId;
use super::super::scoring::Cap;
use super::super::scoring::CapKind;
use super::super::scoring::Level;
use super::super::scoring::QuestionScore;
use super::super::scoring::Score;
use super::change::End;

/// Every finding of either visit, once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// No finding any more: mended, or not counted any more.
    pub closed: Vec<QuestionId>,
    pub opened: Vec<QuestionId>,
    /// Still one, of a lower level, or of the same with more control.
    pub eased: Vec<QuestionId>,
    pub worsened: Vec<QuestionId>,
    pub same: Vec<QuestionId>,
}

/// Findings to mend, as work: neither done nor accepted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Actions {
    /// Open then, and not now.
    pub closed: Vec<QuestionId>,
    pub opened: Vec<QuestionId>,
    /// Open now, and due before today.
    pub overdue: Vec<QuestionId>,
}

/// The questions behind a cap, then and now; empty where it does not apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapChange {
    /// None for the overall score.
    pub step: Option<StepId>,
    pub kind: CapKind,
    pub from: Vec<QuestionId>,
    pub to: Vec<QuestionId>,
}

impl CapChange {
    pub fn appeared(&self) -> bool {
        self.from.is_empty()
    }

    pub fn went(&self) -> bool {
        self.to.is_empty()
    }
}

pub fn findings(from: &Score, to: &Score) -> Findings {
    let before = by_id(from);
    let after = by_id(to);
    let mut findings = Findings::default();
    for id in &from.findings {
        if !after.get(id).is_some_and(|question| question.is_finding()) {
            findings.closed.push(id.clone());
        }
    }
    for id in &to.findings {
        let list = match (before.get(id).filter(|question| question.is_finding()), after.get(id)) {
            (Some(before), Some(after)) => match risk(before).partial_cmp(&risk(after)) {
                Some(std::cmp::Ordering::Less) => &mut findings.worsened,
                Some(std::cmp::Ordering::Greater) => &mut findings.eased,
                _ => &mut findings.same,
            },
            _ => &mut findings.opened,
        };
        list.push(id.clone());
    }
    findings
}

fn by_id(score: &Score) -> BTreeMap<&QuestionId, &QuestionScore> {
    score.questions.iter().map(|question| (&question.id, question)).collect()
}

/// How bad a finding is: by its level first, then by what is missing of its control.
fn risk(question: &QuestionScore) -> (Option<Level>, f64) {
    (question.residual.map(|residual| residual.level), -question.degree.unwrap_or(1.0))
}

/// Whether an action that was done has to be reopened is seen from the earlier of the two visits.
pub fn actions(from: (&End, &Score), to: (&End, &Score), today: Date) -> Actions {
    let (from, from_score) = from;
    let (to, to_score) = to;
    let (first, second) = (from.assessment, to.assessment);
    let open = |assessment, score, before: Option<_>| action::open(assessment, score, before);
    let open_then = open(first, from_score, (second.date < first.date).then_some(second));
    let open_now = open(second, to_score, (first.date < second.date).then_some(first));
    let overdue =
        |id: &&QuestionId| second.actions.get(*id).and_then(|plan| plan.due).is_some_and(|due| due < today);
    Actions {
        closed: without(&open_then, &open_now),
        opened: without(&open_now, &open_then),
        overdue: open_now.iter().filter(overdue).cloned().collect(),
    }
}

fn without(listed: &[QuestionId], other: &[QuestionId]) -> Vec<QuestionId> {
    let other: BTreeSet<&QuestionId> = other.iter().collect();
    listed.iter().filter(|id| !other.contains(id)).cloned().collect()
}

/// The caps whose questions are not the same, overall first, then by step.
pub fn caps(from: &Score, to: &Score) -> Vec<CapChange> {
    let mut changes = cap_changes(None, &from.overall.caps, &to.overall.caps);
    let gone = from.steps.iter().filter(|step| to.step(&step.id).is_none());
    for step in to.steps.iter().chain(gone) {
        let of = |score: &Score| score.step(&step.id).map_or(Vec::new(), |step| step.caps.clone());
        changes.extend(cap_changes(Some(&step.id), &of(from), &of(to)));
    }
    changes
}

fn cap_changes(step: Option<&StepId>, from: &[Cap], to: &[Cap]) -> Vec<CapChange> {
    let because = |caps: &[Cap], kind: CapKind| -> Vec<QuestionId> {
        caps.iter().find(|cap| cap.kind == kind).map_or(Vec::new(), |cap| cap.because.clone())
    };
    let kinds: BTreeSet<CapKind> = from.iter().chain(to).map(|cap| cap.kind).collect();
    kinds
        .into_iter()
        .map(|kind| CapChange { step: step.cloned(), kind, from: because(from, kind), to: because(to, kind) })
        .filter(|change| change.from != change.to)
        .collect()
}
