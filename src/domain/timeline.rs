//! How did a client come along? What every visit came to, and what became of the actions since the one before.

use std::collections::BTreeSet;

use super::action;
use super::assessment::Assessment;
use super::id::QuestionId;
use super::questionnaire::Questionnaire;
use super::scoring;
use super::scoring::Score;

/// What one visit came to.
#[derive(Debug, Clone)]
pub struct Point {
    pub score: Score,
    /// Findings to mend at this visit, in order: neither done nor accepted.
    pub open: Vec<QuestionId>,
    /// Those of them that were not open at the visit before; at the first visit, all. The actions open before, and
    /// these, without those closed, are the ones open now.
    pub opened: Vec<QuestionId>,
    /// Open at the visit before, and not any more.
    pub closed: Vec<QuestionId>,
}

/// Each visit with the questionnaire it was made with, oldest first.
pub fn timeline<'a>(visits: impl IntoIterator<Item = (&'a Questionnaire, &'a Assessment)>) -> Vec<Point> {
    let mut points = Vec::new();
    let mut before: Option<(&Assessment, Vec<QuestionId>)> = None;
    for (questionnaire, assessment) in visits {
        let score = scoring::score(questionnaire, assessment);
        let (last, old) = before.map_or((None, Vec::new()), |(last, old)| (Some(last), old));
        let open = action::open(assessment, &score, last);
        let (opened, closed) = (without(&open, &old), without(&old, &open));
        before = Some((assessment, open.clone()));
        points.push(Point { score, open, opened, closed });
    }
    points
}

fn without(listed: &[QuestionId], other: &[QuestionId]) -> Vec<QuestionId> {
    let other: BTreeSet<&QuestionId> = other.iter().collect();
    listed.iter().filter(|id| !other.contains(id)).cloned().collect()
}
