//! What becomes of files attached to questions? Asked for, taken in, taken off; what failed is asked for again.

use super::keeping::save;
use crate::domain::attachment::Attachment;
use crate::domain::id::QuestionId;
use crate::domain::text::Text;
use crate::storage::error::Error;
use crate::tui::effect::Attaching;
use crate::tui::effect::Effect;
use crate::tui::effect::Work;
use crate::tui::model::Layer;
use crate::tui::model::Model;
use crate::tui::screens::evidence;
use crate::tui::screens::evidence::Copying;

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
pub fn underway(model: &mut Model, copying: Copying) {
    model.copying = Some(copying);
}

pub fn give_up(model: &mut Model) -> Vec<Effect> {
    if model.copying.is_some() {
        return vec![Effect::GiveUp(Work::Attaching)];
    }
    model.say(Text::new("aucun fichier n’est en cours de copie", "no file is being copied"));
    Vec::new()
}

pub fn given_up(model: &mut Model, reference: &str, name: &str) {
    model.copying = None;
    model.say(Text::new(
        format!("{name} n’est pas joint à {reference}\u{202f}: il n’en reste rien"),
        format!("{name} is not attached to {reference}: nothing of it stays"),
    ));
}

/// A file was copied, and the visit's file names it; so does the visit, where it is the open one.
pub fn attached(model: &mut Model, reference: &str, id: &QuestionId, attachment: Attachment) -> Vec<Effect> {
    model.copying = None;
    let name = attachment.name.clone();
    let Some(visit) = model.visit.as_mut().filter(|visit| visit.reference == reference) else {
        model.say(Text::new(
            format!("joint à {reference}\u{a0}: {name}"),
            format!("attached to {reference}: {name}"),
        ));
        return Vec::new();
    };
    visit.edit(id, |assessment, _| assessment.attach(id, attachment));
    model.say(Text::new(format!("joint : {name}"), format!("attached: {name}")));
    let mut effects = vec![Effect::TakenIn];
    effects.extend(written(model));
    effects
}

/// It could not be copied: the form is there again, with what was typed and why. Where that would come between somebody
/// and what is being done meanwhile, it is said.
pub fn failed(model: &mut Model, asked: &Attaching, error: &Error) {
    model.copying = None;
    let free = model.layers.is_empty();
    match model.visit.as_ref().filter(|visit| free && visit.reference == asked.reference) {
        Some(visit) => {
            let mut form = evidence::attaching_form(visit, &asked.question, Some(asked), model.language);
            form.complain(error.message.clone());
            model.layers.push(Layer::Form(Box::new(form)));
        }
        None => model.warn(asked.failed(error).message),
    }
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
