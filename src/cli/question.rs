//! Which question is meant? By its id; where there is none, the ids that are close.

use crate::domain::check::near::distance;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::storage::error::Error;

/// No more ids than one reads at a glance.
const MOST_SUGGESTIONS: usize = 5;

pub fn find<'a>(questionnaire: &'a Questionnaire, id: &str) -> Result<&'a Question, Error> {
    if let Some(question) = questionnaire.question(&QuestionId::new(id)) {
        return Ok(question);
    }
    let title = &questionnaire.head.id;
    let error = Error::not_found(
        format!("« {id} » n’est pas une question de {title}"),
        format!("{id:?} is no question of {title}"),
    );
    let close = close(questionnaire, id).join(", ");
    Err(if close.is_empty() {
        error.hint("`privaudit show REF` montre tous les id", "`privaudit show REF` shows all ids")
    } else {
        error.hint(format!("peut-être : {close}"), format!("perhaps: {close}"))
    })
}

/// Ids that look like what was typed, the closest first.
pub fn close<'a>(questionnaire: &'a Questionnaire, id: &str) -> Vec<&'a str> {
    let id = id.trim().to_lowercase();
    // Beyond this, nothing is close, and comparing it would only cost time.
    if id.is_empty() || id.len() > 100 {
        return Vec::new();
    }
    let mut close: Vec<(usize, &str)> = questionnaire
        .questions()
        .map(|question| question.id.as_str())
        .filter_map(|known| match distance(&id, known) {
            distance if distance <= 3 => Some((distance, known)),
            distance if known.contains(&id) => Some((distance + 100, known)),
            _ => None,
        })
        .collect();
    close.sort_unstable();
    close.into_iter().take(MOST_SUGGESTIONS).map(|(_, known)| known).collect()
}
