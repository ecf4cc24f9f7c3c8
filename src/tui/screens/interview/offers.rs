//! What can be opened from a question? Its table or details, its note, its evidence, the open points.

use super::reaction::Opens;
use super::reaction::Reaction;
use crate::domain::answer::Evidence;
use crate::domain::assessment::State;
use crate::domain::id::QuestionId;
use crate::domain::left_open::because;
use crate::domain::questionnaire::Question;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::words;
use crate::tui::screens::chooser;
use crate::tui::screens::chooser::Chooser;
use crate::tui::screens::chooser::Item;
use crate::tui::screens::form::Form;
use crate::tui::screens::form::Purpose;
use crate::tui::screens::note::Belongs;
use crate::tui::screens::note::Note;
use crate::tui::screens::table::Table;
use crate::tui::visit::Visit;

/// The table or the fields of a question.
pub fn details(visit: &Visit, question: &Question, language: Language) -> Reaction {
    if let Some(table) = Table::new(visit, &question.id) {
        return Reaction { opens: Some(Opens::Table(table)), ..Reaction::default() };
    }
    let fields = question.fields();
    if fields.is_empty() {
        return Reaction::notice(
            "cette question n’a ni tableau ni précisions",
            "this question has no table and no details",
        );
    }
    if let Some(why) = &visit.read_only {
        return Reaction { notice: Some(why.message.clone()), ..Reaction::default() };
    }
    let filled = visit.answer(&question.id).map(|answer| answer.details.clone()).unwrap_or_default();
    let title = question.title.clone();
    Reaction::form(Form::new(Purpose::Details(question.id.clone()), title, fields, &filled, language))
}

pub fn note(visit: &Visit, id: &QuestionId) -> Reaction {
    let Some(question) = visit.questionnaire.question(id) else { return Reaction::default() };
    let text = visit.answer(id).map_or("", |answer| answer.note.as_str());
    let note = Note::new(id.clone(), Belongs::Note, question.title.clone(), text);
    Reaction { opens: Some(Opens::Note(note)), ..Reaction::default() }
}

pub fn evidence(visit: &Visit, id: &QuestionId) -> Reaction {
    let level = visit.answer(id).and_then(|answer| answer.evidence);
    let item = |level: Evidence| Item {
        words: Text::new(words::evidence(Language::Fr, level), words::evidence(Language::En, level)),
        aside: Text::new(
            words::evidence_meaning(Language::Fr, level),
            words::evidence_meaning(Language::En, level),
        ),
    };
    let selected =
        level.and_then(|level| Evidence::ALL.iter().position(|other| *other == level)).unwrap_or(0);
    let title = Text::new("Comment le sait-on\u{202f}?", "How well is it known?");
    let file = Item {
        words: Text::new("joindre un fichier", "attach a file"),
        aside: Text::new("capture d’écran, contrat", "a screenshot, a contract"),
    };
    let items = Evidence::ALL.into_iter().map(item).chain([file]).collect();
    let chooser = Chooser::new(chooser::Purpose::Evidence(id.clone()), title, items, selected);
    Reaction { opens: Some(Opens::Chooser(chooser)), ..Reaction::default() }
}

/// What is to come back to, with why.
pub fn open_points(visit: &Visit) -> Reaction {
    let points = visit.open_points();
    let item = |id: &QuestionId| {
        let title =
            visit.questionnaire.question(id).map(|question| question.title.clone()).unwrap_or_default();
        let answer = visit.answer(id);
        let follow_up = answer.map(|answer| answer.follow_up.clone()).unwrap_or_default();
        let aside = |language: Language| {
            let mut why = Vec::new();
            if visit.is_contradicted(id) {
                why.push(language.pick("contredite par un relevé", "disproved by a capture").to_owned());
            }
            if answer.is_some_and(|answer| answer.flagged) {
                why.push(language.pick("à revoir", "flagged").to_owned());
            }
            match visit.state(id) {
                Some(State::Unknown) => why.push(language.pick("ne sait pas", "not known").to_owned()),
                Some(State::Unanswered) if answer.is_some_and(|answer| answer.value.is_some()) => {
                    why.push(language.pick("réponse incomplète", "incomplete answer").to_owned());
                }
                Some(State::Unanswered) => why.push(language.pick("sans réponse", "unanswered").to_owned()),
                _ => {}
            }
            let carried = because(visit.assessment(), &visit.score, id, language);
            why.extend(carried.into_iter().flatten());
            why.extend((!follow_up.who.is_empty()).then(|| follow_up.who.clone()));
            why.extend(follow_up.by.map(|by| language.date(by)));
            why.join(", ")
        };
        Item { words: title, aside: Text::new(aside(Language::Fr), aside(Language::En)) }
    };
    let items = points.iter().map(item).collect();
    let title = Text::new("Points en suspens", "Open points");
    let chooser = Chooser::new(chooser::Purpose::Question(points), title, items, 0);
    Reaction { opens: Some(Opens::Chooser(chooser)), ..Reaction::default() }
}
