//! Which flags does nobody set, and which does nobody use?

use std::collections::BTreeSet;

use crate::domain::check::Part;
use crate::domain::check::Place;
use crate::domain::check::Problem;
use crate::domain::id::FlagId;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::text::Text;

pub fn advise(questionnaire: &Questionnaire) -> Vec<Problem> {
    let profile = &questionnaire.profile;
    let choices = profile.questions.iter().flat_map(Question::choices);
    let set: BTreeSet<&FlagId> = choices.flat_map(|choice| &choice.sets).collect();
    let derived = profile.flags.iter().filter_map(|flag| flag.when.as_ref());
    let asked = questionnaire.questions().map(|question| &question.when);
    let conditions = derived.chain(asked).chain(&profile.amplify);
    let used: BTreeSet<&FlagId> = conditions.flat_map(|condition| condition.flags()).collect();
    let mut advice = Vec::new();
    for (index, flag) in profile.flags.iter().enumerate() {
        let mut add = |message| {
            let place = Place { part: Part::Step(0), path: format!("flags[{index}].id") };
            advice.push(Problem { place, message });
        };
        if flag.when.is_none() && !set.contains(&flag.id) {
            add(Text::new(
                format!("aucune réponse ne pose le drapeau «\u{202f}{}\u{202f}»", flag.id),
                format!("no answer sets the flag {:?}", flag.id.as_str()),
            ));
        }
        if !flag.informs && !used.contains(&flag.id) {
            add(Text::new(
                format!(
                    "aucune condition n’utilise le drapeau «\u{202f}{}\u{202f}»\u{202f}; s’il informe seulement\u{202f}: informs: true",
                    flag.id
                ),
                format!(
                    "no condition uses the flag {:?}; if it only informs: informs: true",
                    flag.id.as_str()
                ),
            ));
        }
    }
    advice
}
