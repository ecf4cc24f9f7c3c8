//! Which answers moved the score, and by how much?

use std::collections::HashMap;

use super::super::id::QuestionId;
use super::super::id::StepId;
use super::super::scoring::QuestionScore;
use super::super::scoring::Score;
use super::super::scoring::Tally;

/// What one answer moved: the figures as they are, less what they would be if this answer alone were taken back to
/// what it was. In points; positive is progress. Answers act together (under a cap, in a mean), so these do not add
/// up to the part that the answers have in the difference: that part is exact, this is a ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct Mover {
    pub question: QuestionId,
    pub step: StepId,
    /// Of the overall score before caps.
    pub raw: f64,
    /// Of the overall score, whatever the coverage: nothing where a cap holds it all the same.
    pub score: f64,
    /// Of its step's score before caps.
    pub step_raw: f64,
    /// Of its step's score, whatever the coverage.
    pub step_score: f64,
}

/// Below this, in points, a difference is rounding.
const NOTHING: f64 = 1e-9;

/// The answers that count otherwise than before, those that moved the overall mean most first; also those that moved
/// nothing alone, since they may together. `before` is the old answers under the new questionnaire and profile.
pub fn movers(before: &Score, after: &Score) -> Vec<Mover> {
    let old: HashMap<&QuestionId, &QuestionScore> =
        before.questions.iter().map(|question| (&question.id, question)).collect();
    let mut tally = Tally::of(after);
    let mut movers: Vec<Mover> = after
        .questions
        .iter()
        .filter_map(|question| mover(&mut tally, *old.get(&question.id)?, question))
        .collect();
    // Stable: what moved as much keeps the questionnaire's order.
    movers.sort_by(|one, other| {
        let by_raw = other.raw.abs().total_cmp(&one.raw.abs());
        by_raw.then(other.score.abs().total_cmp(&one.score.abs()))
    });
    movers
}

fn mover(tally: &mut Tally, old: &QuestionScore, new: &QuestionScore) -> Option<Mover> {
    let counts = |question: &QuestionScore| question.degree.map(|degree| (degree, question.weight));
    if counts(old) == counts(new) {
        return None;
    }
    let (overall, of_step) = (tally.overall(), tally.step(&new.step));
    let kept = tally.clone();
    tally.take_back(new);
    tally.add(old);
    let mover = Mover {
        question: new.id.clone(),
        step: new.step.clone(),
        raw: moved(overall, tally.overall(), |(raw, _)| raw),
        score: moved(overall, tally.overall(), |(_, score)| score),
        step_raw: moved(of_step, tally.step(&new.step), |(raw, _)| raw),
        step_score: moved(of_step, tally.step(&new.step), |(_, score)| score),
    };
    *tally = kept;
    Some(mover)
}

/// From nothing scored at all, or back to it, the whole figure was moved.
fn moved(with: Option<(f64, f64)>, without: Option<(f64, f64)>, figure: fn((f64, f64)) -> f64) -> f64 {
    let difference = with.map_or(0.0, figure) - without.map_or(0.0, figure);
    if difference.abs() < NOTHING { 0.0 } else { difference }
}
