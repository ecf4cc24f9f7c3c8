//! What did an answer make appear and disappear? Said in a notice.

use crate::domain::text::Text;
use crate::tui::model::Model;
use crate::tui::visit::Difference;

/// So many questions are named; the others are counted.
const NAMED: usize = 3;

/// Which questions an answer made appear and disappear.
pub fn tell_difference(model: &mut Model, difference: &Difference) {
    let Some(visit) = model.visit.as_ref().filter(|_| !difference.is_empty()) else { return };
    let names = |ids: &[crate::domain::id::QuestionId], language: crate::domain::text::Language| {
        let titles = ids.iter().filter_map(|id| visit.questionnaire.question(id));
        let named: Vec<&str> = titles.take(NAMED).map(|question| question.title.get(language)).collect();
        match ids.len() - named.len() {
            0 => named.join(", "),
            1 => format!("{} {}", named.join(", "), language.pick("et 1 autre", "and 1 other")),
            others => format!(
                "{} {}",
                named.join(", "),
                language.pick(format!("et {others} autres"), format!("and {others} others"))
            ),
        }
    };
    let tell = |language: crate::domain::text::Language| {
        let mut parts = Vec::new();
        let (more, less) = (difference.appeared.len(), difference.disappeared.len());
        if more > 0 {
            let names = names(&difference.appeared, language);
            parts.push(language.pick(
                format!("+{more} {} : {names}", language.plural(more, "question", "questions")),
                format!("+{more} {}: {names}", language.plural(more, "question", "questions")),
            ));
        }
        if less > 0 {
            let names = names(&difference.disappeared, language);
            parts.push(language.pick(
                format!("−{less} {} : {names}", language.plural(less, "question", "questions")),
                format!("−{less} {}: {names}", language.plural(less, "question", "questions")),
            ));
        }
        parts.join(" · ")
    };
    let text = Text::new(tell(crate::domain::text::Language::Fr), tell(crate::domain::text::Language::En));
    model.say(text);
}
