//! What becomes of files attached to questions? Asked for, taken in, taken off; what failed is asked for again.

use super::keeping::save;
use crate::domain::attachment::Attachment;
use crate::domain::id::QuestionId;
use crate::domain::text::Text;
use crate::storage::error::Error;
use crate::tui::effect::Attaching;
use crate::tui::effect::Effect;
use crate::tui::model::Layer;
use crate::tui::model::Model;
use crate::tui::screens::evidence;

/// Opens the form, where anything can be attached.
pub fn ask(model: &mut Model, id: &QuestionId) {
    if let Some(why) = refusal(model) {
        model.say(why);
    } else if let Some(visit) = &model.visit {
        let form = evidence::attaching_form(visit, id, None, model.language);
        model.layers.push(Layer::Form(Box::new(form)));
    }
}

/// Why nothing is attached or taken off here.
fn refusal(model: &Model) -> Option<Text> {
    if model.confined {
        return Some(evidence::no_files_here());
    }
    model.visit.as_ref()?.read_only.as_ref().map(|why| why.message.clone())
}

/// A large file is on its way.
pub fn underway(model: &mut Model, name: &str, done: u64, total: u64) {
    let percent = done.saturating_mul(100).checked_div(total).unwrap_or(100).min(99);
    model.say(Text::new(
        format!("copie de {name}\u{a0}: {percent}\u{a0}%, l’entretien continue"),
        format!("copying {name}: {percent}%, the interview goes on"),
    ));
}

/// A file was copied: the visit names it.
pub fn attached(model: &mut Model, reference: &str, id: &QuestionId, attachment: Attachment) -> Vec<Effect> {
    let name = attachment.name.clone();
    let Some(visit) = model.visit.as_mut().filter(|visit| visit.reference == reference) else {
        model.say(Text::new(
            format!("{name} n’est pas joint\u{202f}: {reference} a été quittée avant la fin de la copie"),
            format!("{name} is not attached: {reference} was left before it was copied"),
        ));
        return Vec::new();
    };
    visit.edit(id, |assessment, _| assessment.attach(id, attachment));
    model.say(Text::new(format!("joint : {name}"), format!("attached: {name}")));
    written(model)
}

/// It could not be copied: the form is there again, with what was typed and why.
pub fn failed(model: &mut Model, asked: &Attaching, error: &Error) {
    let Some(visit) = model.visit.as_ref().filter(|visit| visit.reference == asked.reference) else { return };
    let mut form = evidence::attaching_form(visit, &asked.question, Some(asked), model.language);
    form.complain(error.message.clone());
    model.layers.push(Layer::Form(Box::new(form)));
}

pub fn take_off(model: &mut Model, id: &QuestionId, digest: &str) -> Vec<Effect> {
    if let Some(why) = refusal(model) {
        model.say(why);
        return Vec::new();
    }
    let Some(visit) = &mut model.visit else { return Vec::new() };
    visit.edit(id, |assessment, _| assessment.detach(id, digest));
    model.say(Text::new(
        "fichier retiré\u{202f}; sa copie reste, et «\u{202f}u\u{202f}» dans l’entretien le remet",
        "file taken off; its copy stays, and “u” in the interview brings it back",
    ));
    written(model)
}

fn written(model: &mut Model) -> Vec<Effect> {
    let mut effects = save(model);
    effects.extend(check(model));
    effects
}

/// Attached files are looked at beside the work: a digest of a large one takes its time.
pub fn check(model: &mut Model) -> Option<Effect> {
    let visit = model.visit.as_mut()?;
    if visit.assessment().attachments.is_empty() {
        visit.files.clear();
        return None;
    }
    Some(Effect::CheckFiles {
        reference: visit.reference.clone(),
        assessment: Box::new(visit.assessment().clone()),
    })
}
