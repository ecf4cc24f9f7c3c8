//! What would make a questionnaire better? Advice to its author, each piece with the place where it stands.
//!
//! Unlike the problems in [`super::check`], nothing here keeps a questionnaire from being used.

use super::check::Problem;
use super::questionnaire::Questionnaire;

mod alike;
mod balance;
mod flags;
mod law;
mod length;
mod spelling;
mod texts;
mod typography;

/// All advice on a questionnaire, in no particular order.
pub fn advise(questionnaire: &Questionnaire) -> Vec<Problem> {
    let texts = texts::all(questionnaire);
    [
        alike::advise(questionnaire),
        flags::advise(questionnaire),
        law::advise(questionnaire),
        spelling::advise(&questionnaire.glossary, &texts),
        balance::advise(&texts),
        length::advise(&texts),
        typography::advise(&texts),
    ]
    .concat()
}
