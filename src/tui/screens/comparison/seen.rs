//! Which two visits are looked at, and how are their questions called?

use crate::domain::comparison::Comparison;
use crate::domain::comparison::Side;
use crate::domain::id::QuestionId;
use crate::domain::id::StepId;
use crate::domain::questionnaire::Question;
use crate::domain::scoring::Counted;
use crate::domain::scoring::Score;
use crate::domain::text::Language;
use crate::domain::words;
use crate::tui::effect::Past;
use crate::tui::screens::look::Look;

/// Two visits, and what is between them.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    pub then: &'a Past,
    pub now: &'a Past,
    /// The later visit's.
    pub score: &'a Score,
    pub found: &'a Comparison,
}

impl<'a> Seen<'a> {
    /// The question as the later visit has it, or as the earlier one had.
    pub fn question(self, id: &QuestionId) -> Option<&'a Question> {
        self.now.questionnaire.question(id).or_else(|| self.then.questionnaire.question(id))
    }

    pub fn title(self, id: &QuestionId, look: Look) -> String {
        self.question(id).map_or_else(|| id.to_string(), |question| look.text(&question.title).to_owned())
    }

    /// `6 Donner le choix`; the profile has no number.
    pub fn step(self, id: &StepId, look: Look) -> String {
        let mut parts = self.now.questionnaire.parts().enumerate();
        let found = parts.find(|(_, step)| step.id == *id);
        let found =
            found.or_else(|| self.then.questionnaire.parts().enumerate().find(|(_, step)| step.id == *id));
        match found {
            Some((0, step)) => look.text(&step.title).to_owned(),
            Some((number, step)) => format!("{number} {}", look.text(&step.title)),
            None => id.to_string(),
        }
    }

    /// What was said then, and what now. Where both read alike and count otherwise, with their degree of control.
    pub fn both(self, id: &QuestionId, look: Look) -> (String, String) {
        let Some(change) = self.found.change(id) else {
            // Nothing in it changed: what stands now stood then.
            let answer = self.now.assessment.answer(id);
            let said = self.question(id).and_then(|question| words::answer(look.language, question, answer));
            let said = said.unwrap_or_else(|| look.pick("sans réponse", "unanswered").to_owned());
            return (said.clone(), said);
        };
        let (from, to) = (change.from.as_ref(), change.to.as_ref());
        let (then, now) = (said(self.then, from, id, look), said(self.now, to, id, look));
        // Of two long lists, what is not in both is easily overlooked.
        let values = from.and_then(|side| side.value.as_ref()).zip(to.and_then(|side| side.value.as_ref()));
        let asked = [from, to].into_iter().flatten().all(Side::asked);
        let moved = values.zip(self.now.questionnaire.question(id)).filter(|_| asked);
        let moved = moved.and_then(|((old, new), question)| words::moved(look.language, question, old, new));
        let now = moved.unwrap_or(now);
        let degrees = from.and_then(|side| side.degree).zip(to.and_then(|side| side.degree));
        match degrees {
            Some((one, other)) if then == now && (one - other).abs() > f64::EPSILON => {
                (format!("{then} ({})", look.percent(one)), format!("{now} ({})", look.percent(other)))
            }
            _ => (then, now),
        }
    }

    /// `non → oui`
    pub fn told(self, id: &QuestionId, look: Look) -> String {
        let (then, now) = self.both(id, look);
        let arrow = super::figures::arrow(look.theme);
        format!("{then} {arrow} {now}")
    }
}

/// An answer on one side, in words.
fn said(past: &Past, side: Option<&Side>, id: &QuestionId, look: Look) -> String {
    let (Some(side), Some(question)) = (side, past.questionnaire.question(id)) else {
        return look.pick("pas dans le questionnaire", "not in the questionnaire").to_owned();
    };
    if side.state == Counted::NotAsked {
        return look.pick("non posée", "not asked").to_owned();
    }
    match (&side.value, side.rows) {
        (Some(value), _) => words::value(look.language, question, value),
        (None, Some(rows)) if rows > 0 => {
            let lines = look.language.plural(rows, look.pick("ligne", "line"), look.pick("lignes", "lines"));
            format!("{rows} {lines}")
        }
        (None, _) => look.pick("sans réponse", "unanswered").to_owned(),
    }
}

/// The day of a visit, and which of that day's where it is not the first.
pub fn when(past: &Past, language: Language) -> String {
    let date = language.date(past.assessment.date);
    let number = past.reference.rsplit_once('@').and_then(|(_, date)| date.split_once('.'));
    number.map_or(date.clone(), |(_, number)| format!("{date} ({number})"))
}
