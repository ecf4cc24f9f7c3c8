//! What is to be written, and when? What was typed becomes part of the visit; a visit that changed is sent to the disk.

use crate::domain::answer::Value;
use crate::domain::recording::Entry;
use crate::tui::effect::Effect;
use crate::tui::model::Layer;
use crate::tui::model::Model;
use crate::tui::screens::note::Belongs;

/// What is being typed becomes part of the visit, and the visit is written: nothing waits for a key.
pub fn keep(model: &mut Model) -> Vec<Effect> {
    keep_typed(model);
    save(model)
}

/// Whether something waits for [`keep`]: a note that goes on, or a write that failed.
pub fn waits(model: &Model) -> bool {
    let Some(visit) = model.visit.as_ref().filter(|visit| visit.read_only.is_none()) else { return false };
    let typed = match model.layers.last() {
        Some(Layer::Note(note)) if note.belongs == Belongs::Note => {
            visit.answer(&note.question).map_or("", |answer| answer.note.as_str()) != note.text()
        }
        _ => false,
    };
    typed || visit.saving.has_unsent()
}

/// The note under the cursor, as it is typed.
pub fn keep_typed(model: &mut Model) {
    let (Some(Layer::Note(note)), Some(visit)) = (model.layers.last(), &mut model.visit) else { return };
    if visit.read_only.is_none() {
        let text = note.text().to_owned();
        let question = note.question.clone();
        match note.belongs {
            Belongs::Note => visit.go_on(&question, |answer| answer.note = text),
            Belongs::Answer => {
                let value = Value::Text(text);
                let same = visit.assessment().value(&question) == Some(&value);
                if !same && !note.text().is_empty() {
                    visit.go_on(&question, |answer| Entry::of(value).apply(answer));
                }
            }
        }
    }
}

/// A save, when something is not on its way to the disk yet.
pub fn save(model: &mut Model) -> Vec<Effect> {
    let Some(visit) = model.visit.as_mut().filter(|visit| visit.read_only.is_none()) else {
        return Vec::new();
    };
    if visit.saving.take_unsent() { vec![visit.write()] } else { Vec::new() }
}
