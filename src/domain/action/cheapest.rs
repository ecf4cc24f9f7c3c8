//! What is the cheapest way to the next band? The findings whose mending takes the least effort together.
//!
//! Exact, by dynamic programming over effort, which is a small whole number. Within a step, what can be reached with
//! an effort is the best mean for each number of severe and high findings left (they decide the caps); over the
//! steps, these options add up, because the overall score is a mean under gates: no step may stay more than 15 points
//! below the band, and only so many findings of a level may be left over all.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::super::assessment::Assessment;
use super::super::id::QuestionId;
use super::super::id::StepId;
use super::super::questionnaire::Questionnaire;
use super::super::scoring;
use super::super::scoring::ABOVE_WEAKEST;
use super::super::scoring::Band;
use super::super::scoring::CapKind;
use super::super::scoring::Counted;
use super::super::scoring::QuestionScore;
use super::super::scoring::Score;
use super::effort as effort_of;

/// The band to reach, overall or in one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// None for the overall score.
    pub step: Option<StepId>,
    pub band: Band,
}

/// The way there.
#[derive(Debug, Clone, PartialEq)]
pub struct Cheapest {
    /// What to mend, in the order of actions; nothing where the band is reached already.
    pub mended: Vec<QuestionId>,
    /// Small 1, medium 3, large 8, added up.
    pub effort: u32,
    /// The scores that result.
    pub then: Score,
}

/// Why there is no way.
#[derive(Debug, Clone, PartialEq)]
pub enum Impossible {
    /// There is no score to lift as long as so little is answered; these questions are open.
    TooMuchOpen { coverage: f64, open: Vec<QuestionId> },
    /// The findings that are to stay are enough to keep the score below.
    Kept(Vec<QuestionId>),
}

/// The smallest total effort that lifts the score into the band or above, without touching the findings in `kept`
/// (those whose risk is accepted). Of several ways as small, the one with the best score.
pub fn cheapest(
    questionnaire: &Questionnaire,
    assessment: &Assessment,
    target: &Target,
    kept: &BTreeSet<QuestionId>,
) -> Result<Cheapest, Impossible> {
    let now = scoring::score(questionnaire, assessment);
    let figures = match &target.step {
        None => Some(now.overall.figures),
        Some(step) => now.step(step).map(|step| step.figures),
    };
    if figures.and_then(|figures| figures.score).is_none() {
        let coverage = figures.map_or(0.0, |figures| figures.coverage);
        return Err(Impossible::TooMuchOpen { coverage, open: open(&now, target) });
    }
    let gates = Gates::of(target.band);
    let least = if target.step.is_some() { gates.least } else { gates.least - ABOVE_WEAKEST };
    let mut arena = Arena::default();
    let mut steps = Vec::new();
    for step in now.steps.iter().filter(|step| target.step.as_ref().is_none_or(|only| *only == step.id)) {
        let questions = now.questions.iter().filter(|question| question.step == step.id);
        let (mut base, mut weights, mut items) = (0.0, 0.0, Vec::new());
        for question in questions {
            let Some(degree) = question.degree else { continue };
            base += question.weight * degree;
            weights += question.weight;
            items.extend(Item::of(questionnaire, question, kept));
        }
        if weights > 0.0 {
            let weight = if target.step.is_some() { 1.0 } else { step.weight };
            steps.push((weight, step_ways(&items, (base, weights), gates, least, &mut arena)));
        }
    }
    for (effort, head) in all_ways(&steps, gates, &mut arena) {
        let mended = arena.items(head);
        let then = scoring::score_mended(questionnaire, assessment, &mended);
        let score = match &target.step {
            None => then.overall.figures.score,
            Some(step) => then.step(step).and_then(|step| step.figures.score),
        };
        // The sums here may round otherwise than the score; the score decides.
        if score.is_some_and(|score| score >= gates.least) {
            let mended = now.findings.iter().filter(|id| mended.contains(*id)).cloned().collect();
            return Ok(Cheapest { mended, effort, then });
        }
    }
    Err(Impossible::Kept(now.findings.iter().filter(|id| kept.contains(*id)).cloned().collect()))
}

fn open(score: &Score, target: &Target) -> Vec<QuestionId> {
    let of_target =
        |question: &&QuestionScore| target.step.as_ref().is_none_or(|step| question.step == *step);
    let open = score
        .questions
        .iter()
        .filter(of_target)
        .filter(|question| matches!(question.state, Counted::Unanswered | Counted::Unknown));
    open.map(|question| question.id.clone()).collect()
}

/// Sums of the search may fall short of the score by rounding; less than this is no shortfall.
const ROUNDING: f64 = 1e-9;
/// More findings of high level than this count alike.
const MANY: usize = 3;

/// What the band allows to be left over.
#[derive(Clone, Copy)]
struct Gates {
    /// The least score of the band.
    least: f64,
    /// Whether partial knock-outs and critical findings may be left.
    severe: bool,
    failed: bool,
    /// The most findings of high level, [`MANY`] for any number.
    high: usize,
}

impl Gates {
    fn of(band: Band) -> Gates {
        let least = band.least();
        let high = match () {
            () if CapKind::ManyHigh.cap() >= least => MANY,
            () if CapKind::High.cap() >= least => MANY - 1,
            () => 0,
        };
        Gates {
            least,
            severe: CapKind::Critical.cap() >= least && CapKind::KnockoutPartial.cap() >= least,
            failed: CapKind::KnockoutFailed.cap() >= least,
            high,
        }
    }
}

/// A finding, as the search sees it.
struct Item<'a> {
    id: &'a QuestionId,
    effort: usize,
    /// What mending adds to the step's weighted sum.
    gain: f64,
    kept: bool,
    /// What it leaves where it stays.
    leaves: Left,
}

impl<'a> Item<'a> {
    fn of(
        questionnaire: &Questionnaire,
        question: &'a QuestionScore,
        kept: &BTreeSet<QuestionId>,
    ) -> Option<Item<'a>> {
        let degree = question.degree.filter(|degree| *degree < 1.0)?;
        Some(Item {
            id: &question.id,
            effort: usize::try_from(effort_of(questionnaire, &question.id)).ok()?,
            gain: question.weight * (1.0 - degree),
            kept: kept.contains(&question.id),
            leaves: Left {
                failed: question.counts_for(CapKind::KnockoutFailed),
                severe: question.counts_for(CapKind::KnockoutPartial)
                    || question.counts_for(CapKind::Critical),
                high: usize::from(question.counts_for(CapKind::High)),
            },
        })
    }
}

/// Sets of findings that share their beginnings: each one is a finding and the set before it.
#[derive(Default)]
struct Arena<'a>(Vec<Link<'a>>);

enum Link<'a> {
    Mend(&'a QuestionId, Head),
    /// The ways of the steps so far, and the one of the next step.
    Join(Head, Head),
}

/// A set in the arena; none is the empty one.
type Head = Option<usize>;

impl<'a> Arena<'a> {
    fn push(&mut self, link: Link<'a>) -> usize {
        self.0.push(link);
        self.0.len() - 1
    }

    fn items(&self, head: Head) -> BTreeSet<QuestionId> {
        let (mut items, mut heads) = (BTreeSet::new(), vec![head]);
        while let Some(head) = heads.pop() {
            match head.and_then(|at| self.0.get(at)) {
                None => {}
                Some(Link::Mend(id, before)) => {
                    items.insert((*id).clone());
                    heads.push(*before);
                }
                Some(Link::Join(before, step)) => heads.extend([*before, *step]),
            }
        }
        items
    }
}

/// What is left of a step's findings that caps depend on.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Left {
    failed: bool,
    severe: bool,
    high: usize,
}

impl Left {
    /// With what another finding leaves.
    fn and(self, other: Left) -> Left {
        Left {
            failed: self.failed || other.failed,
            severe: self.severe || other.severe,
            high: MANY.min(self.high + other.high),
        }
    }

    fn allowed(self, gates: Gates) -> bool {
        (gates.failed || !self.failed) && (gates.severe || !self.severe) && self.high <= gates.high
    }

    fn cap(self) -> f64 {
        match self {
            Left { failed: true, .. } => CapKind::KnockoutFailed.cap(),
            Left { severe: true, .. } => CapKind::Critical.cap().min(CapKind::KnockoutPartial.cap()),
            Left { high: 0, .. } => f64::INFINITY,
            Left { high: MANY.., .. } => CapKind::ManyHigh.cap(),
            Left { .. } => CapKind::High.cap(),
        }
    }
}

/// The most that is reached with each effort from 0 up, and by which set.
type Reached = Vec<Option<(f64, Head)>>;

/// Keeps the better of two.
fn keep_best(reached: &mut Reached, effort: usize, most: f64, head: impl FnOnce() -> Head) {
    if let Some(place) = reached.get_mut(effort)
        && place.is_none_or(|(known, _)| known < most)
    {
        *place = Some((most, head()));
    }
}

/// One of a step's possible ends.
#[derive(Clone, Copy)]
struct Way {
    effort: usize,
    /// Findings of high level left, as far as the band cares.
    high: usize,
    score: f64,
    head: Head,
}

/// A step's ways to a score of at least `least`; of those with as many high findings left, each that costs more
/// than another also brings more.
fn step_ways<'a>(
    items: &[Item<'a>],
    (base, weights): (f64, f64),
    gates: Gates,
    least: f64,
    arena: &mut Arena<'a>,
) -> Vec<Way> {
    let most = items.iter().filter(|item| !item.kept).map(|item| item.effort).sum::<usize>();
    let mut start = vec![None; most + 1];
    keep_best(&mut start, 0, base, || None);
    let mut reached = BTreeMap::from([(Left::default(), start)]);
    for item in items {
        let mut next: BTreeMap<Left, Reached> = BTreeMap::new();
        for (left, row) in reached {
            let sets = row.iter().enumerate().filter_map(|(effort, set)| Some((effort, (*set)?)));
            let stays = left.and(item.leaves);
            if stays.allowed(gates) {
                let row = next.entry(stays).or_insert_with(|| vec![None; most + 1]);
                sets.clone().for_each(|(effort, (sum, head))| keep_best(row, effort, sum, || head));
            }
            if !item.kept {
                let row = next.entry(left).or_insert_with(|| vec![None; most + 1]);
                for (effort, (sum, head)) in sets {
                    let link = || Some(arena.push(Link::Mend(item.id, head)));
                    keep_best(row, effort + item.effort, sum + item.gain, link);
                }
            }
        }
        reached = next;
    }
    let mut ways = Vec::new();
    for (left, row) in reached {
        for (effort, set) in row.into_iter().enumerate() {
            let Some((sum, head)) = set else { continue };
            let score = (100.0 * sum / weights).min(left.cap());
            if score >= least - ROUNDING {
                let high = if gates.high >= MANY { 0 } else { left.high };
                ways.push(Way { effort, high, score, head });
            }
        }
    }
    thinned(ways)
}

fn thinned(mut ways: Vec<Way>) -> Vec<Way> {
    let key = |way: &Way| (way.high, way.effort);
    ways.sort_by(|one, other| key(one).cmp(&key(other)).then(other.score.total_cmp(&one.score)));
    let mut kept: Vec<Way> = Vec::new();
    for way in ways {
        if kept.last().is_none_or(|last| last.high != way.high || last.score < way.score) {
            kept.push(way);
        }
    }
    kept
}

/// The ways of all steps together that reach the band, by effort.
fn all_ways(steps: &[(f64, Vec<Way>)], gates: Gates, arena: &mut Arena) -> Vec<(u32, Head)> {
    let weights: f64 = steps.iter().map(|(weight, _)| weight).sum();
    let most: usize = steps.iter().filter_map(|(_, ways)| ways.iter().map(|way| way.effort).max()).sum();
    let highs = if gates.high >= MANY { 0 } else { gates.high };
    let nothing: Vec<Reached> = vec![vec![None; most + 1]; highs + 1];
    let mut reached = nothing.clone();
    if let Some(none_left) = reached.first_mut() {
        keep_best(none_left, 0, 0.0, || None);
    }
    for (weight, ways) in steps {
        let mut next = nothing.clone();
        for (high, row) in reached.iter().enumerate() {
            for (effort, set) in row.iter().enumerate() {
                let Some((sum, head)) = set else { continue };
                for way in ways {
                    if let Some(row) = next.get_mut(high + way.high) {
                        let link = || Some(arena.push(Link::Join(*head, way.head)));
                        keep_best(row, effort + way.effort, sum + weight * way.score, link);
                    }
                }
            }
        }
        reached = next;
    }
    let best = |effort: usize| {
        let sets = reached.iter().filter_map(|row| row.get(effort).copied().flatten());
        sets.max_by(|(one, _), (other, _)| one.total_cmp(other))
    };
    (0..=most)
        .filter_map(|effort| {
            let (sum, head) = best(effort)?;
            let enough = sum / weights >= gates.least - ROUNDING;
            enough.then(|| Some((u32::try_from(effort).ok()?, head))).flatten()
        })
        .collect()
}
