//! What did the last visit leave open? Of the answers taken over from it, those to speak of first.

use super::action;
use super::assessment::Assessment;
use super::assessment::State;
use super::id::QuestionId;
use super::questionnaire::Questionnaire;
use super::scope::Scope;
use super::scoring;
use super::scoring::Score;

/// What nobody knew, then the actions that are still open, in their order, then what rests on lapsed evidence; each
/// question once, and only as long as its answer is carried over.
pub fn left_open(questionnaire: &Questionnaire, assessment: &Assessment, score: &Score) -> Vec<QuestionId> {
    let scope = Scope::new(questionnaire, assessment);
    let carried: Vec<_> = questionnaire
        .questions()
        .filter(|question| scope.asks(question))
        .filter_map(|question| Some((question, assessment.answer(&question.id)?)))
        .filter(|(_, answer)| answer.carried.is_some())
        .collect();
    let unknown =
        carried.iter().filter(|(question, _)| assessment.state(question, questionnaire) == State::Unknown);
    let unknown = unknown.map(|(question, _)| question.id.clone());
    let to_do = action::open(assessment, score, None);
    let to_do = to_do.into_iter().filter(|id| carried.iter().any(|(question, _)| question.id == *id));
    let lapsed = carried.iter().filter(|(question, _)| scoring::lapsed(assessment, &question.id));
    let lapsed = lapsed.map(|(question, _)| question.id.clone());
    let mut points: Vec<QuestionId> = Vec::new();
    for id in unknown.chain(to_do).chain(lapsed) {
        if !points.contains(&id) {
            points.push(id);
        }
    }
    points
}
