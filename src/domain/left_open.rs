//! What did the last visit leave open? Of the answers taken over from it, those to speak of first.

use super::action;
use super::assessment::Assessment;
use super::assessment::Plan;
use super::assessment::State;
use super::assessment::Status;
use super::id::QuestionId;
use super::questionnaire::Questionnaire;
use super::scope::Scope;
use super::scoring;
use super::scoring::QuestionScore;
use super::scoring::Score;
use super::text::Language;
use super::words;

/// What nobody knew, then the actions that are still open, in their order, then those said to be done, which this visit
/// confirms or reopens, then what rests on lapsed evidence; each question once, and only as long as its answer is carried
/// over.
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
    let done = score.findings.iter().filter(|id| assessment.actions.get(*id).is_some_and(is_done));
    let done = done.filter(|id| carried.iter().any(|(question, _)| question.id == **id)).cloned();
    let lapsed = carried.iter().filter(|(question, _)| scoring::lapsed(assessment, &question.id));
    let lapsed = lapsed.map(|(question, _)| question.id.clone());
    let mut points: Vec<QuestionId> = Vec::new();
    for id in unknown.chain(to_do).chain(done).chain(lapsed) {
        if !points.contains(&id) {
            points.push(id);
        }
    }
    points
}

fn is_done(plan: &Plan) -> bool {
    plan.status == Status::Done
}

/// Why an answer that is carried over is to be spoken of: what is to be done about it, and what it rests on.
pub fn because(
    assessment: &Assessment,
    score: &Score,
    id: &QuestionId,
    language: Language,
) -> Option<Vec<String>> {
    assessment.answer(id)?.carried?;
    let mut why = vec![language.pick("à confirmer", "to confirm").to_owned()];
    if score.question(id).is_some_and(QuestionScore::is_finding) {
        let status = assessment.actions.get(id).map_or(Status::Open, |plan| plan.status);
        why.push(format!("action {}", words::status(language, status)));
    }
    if scoring::lapsed(assessment, id) {
        why.push(language.pick("preuve périmée", "evidence lapsed").to_owned());
    }
    Some(why)
}
