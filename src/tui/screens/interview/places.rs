//! Where can the arrows stand? The field of a number or a date, and the choices.

use crate::domain::id::ChoiceId;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::Question;

/// With more choices than digits, the arrows move among them. Of several, 0 means none.
pub const DIGITS: usize = 10;

/// The places that the arrows can stand at: the field of a number or a date, and the choices.
pub fn places(question: &Question) -> usize {
    first_choice(question) + question.choices().len()
}

/// A number or a date comes before the words beside it.
pub fn first_choice(question: &Question) -> usize {
    usize::from(matches!(question.answer, AnswerKind::Number { .. } | AnswerKind::Date { .. }))
}

pub fn place_of(question: &Question, id: &ChoiceId) -> Option<usize> {
    question.choices().iter().position(|choice| choice.id == *id).map(|index| index + first_choice(question))
}

/// The arrows move among the choices where digits don't reach all of them.
pub fn uses_cursor(question: &Question) -> bool {
    let digits = if question.takes_several() { DIGITS - 1 } else { DIGITS };
    places(question) > digits || (first_choice(question) == 1 && !question.choices().is_empty())
}
