//! Does a recorded answer count? What is worth saying when it does not, or not yet.

use crate::cli::context::Context;
use crate::domain::answer::Value;
use crate::domain::assessment::Assessment;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::recording::Lack;
use crate::domain::scope::Scope;

/// Says what keeps the answer to one question from counting.
pub fn after(question: &Question, questionnaire: &Questionnaire, assessment: &Assessment, context: &Context) {
    let id = &question.id;
    if assessment.answer(id).is_some() && !Scope::new(questionnaire, assessment).asks(question) {
        context.note(
            format!("{id} n’est pas posée lors de cette visite ; la réponse est gardée, sans compter"),
            format!("this visit does not ask {id}; the answer is kept, and does not count"),
        );
    }
    match assessment.lacks(question, questionnaire) {
        Some(Lack::Reason) => context.note(
            format!("{id} compte comme sans réponse tant qu’il n’y a pas de raison (--reason)"),
            format!("{id} counts as unanswered until there is a reason (--reason)"),
        ),
        Some(Lack::SecondPerson) => context.note(
            format!(
                "{id} est éliminatoire : sans deuxième personne (--agreed-by), compte comme sans réponse"
            ),
            format!("{id} is a knock-out: without a second person (--agreed-by) it counts as unanswered"),
        ),
        None => {}
    }
    let rows = questionnaire.table_of(question).map_or(0, |(table, _)| assessment.rows(&table).len());
    let scored_by_rows = matches!(question.answer, AnswerKind::Table { .. }) && rows > 0;
    match assessment.value(id) {
        Some(Value::Nothing) if scored_by_rows => context.note(
            format!("le tableau de {id} a pourtant des lignes ; « none » l’emporte"),
            format!("the table of {id} does have rows; none prevails"),
        ),
        None if scored_by_rows => context.note(
            format!("{id} a sa réponse dans son tableau (`privaudit table`)"),
            format!("{id} has its answer in its table (`privaudit table`)"),
        ),
        _ => {}
    }
}

/// Says which of many answers this visit does not ask for.
pub fn after_many<'a>(
    recorded: impl Iterator<Item = &'a Question>,
    questionnaire: &Questionnaire,
    assessment: &Assessment,
    context: &Context,
) {
    let scope = Scope::new(questionnaire, assessment);
    let (mut not_asked, mut lacking) = (Vec::new(), Vec::new());
    for question in recorded {
        if !scope.asks(question) {
            not_asked.push(question.id.as_str());
        } else if assessment.lacks(question, questionnaire).is_some() {
            lacking.push(question.id.as_str());
        }
    }
    let (not_asked, lacking) = (not_asked.join(", "), lacking.join(", "));
    if !not_asked.is_empty() {
        context.note(
            format!("non posées lors de cette visite ; gardées, sans compter : {not_asked}"),
            format!("not asked in this visit; kept, and not counting: {not_asked}"),
        );
    }
    if !lacking.is_empty() {
        context.note(
            format!("comptent comme sans réponse, faute de raison ou de deuxième personne : {lacking}"),
            format!("count as unanswered for want of a reason or a second person: {lacking}"),
        );
    }
}
