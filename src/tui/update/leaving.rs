//! What is said when a client or a visit left, or came back? Each into the trash, the archives, or for good.

use jiff::civil::Date;

use crate::domain::text::Text;
use crate::tui::effect::Binned;
use crate::tui::effect::Effect;
use crate::tui::keymap::Context;
use crate::tui::model::Layer;
use crate::tui::model::Model;
use crate::tui::model::Reader;
use crate::tui::model::Subject;
use crate::tui::screens::clients::deleting;

pub fn deleted(model: &mut Model, id: String, folder: &str, name: &str) {
    model.clients.deleted(id, folder, model.today);
    model.say(Text::new(
        format!("{name} est dans la corbeille\u{202f}; «\u{a0}u\u{a0}» le ramène"),
        format!("{name} is in the trash; “u” brings it back"),
    ));
}

pub fn archived(model: &mut Model, folder: &str, name: &str, since: Option<Date>) {
    model.clients.archived(folder, since, model.today);
    model.say(match since {
        Some(_) => Text::new(
            format!(
                "{name} est archivé\u{202f}; «\u{a0}u\u{a0}» le ramène, «\u{a0}f\u{a0}» montre les archives"
            ),
            format!("{name} is archived; “u” brings it back, “f” shows what is archived"),
        ),
        None => Text::new(
            format!("{name} est de nouveau parmi les autres"),
            format!("{name} is among the others again"),
        ),
    });
}

/// A client of the list is not there any more. It may have another name now: the folders are looked at again.
pub fn gone(model: &mut Model, folder: &str) -> Vec<Effect> {
    let page = |layer: &Layer| matches!(layer, Layer::Reader(Reader { subject: Subject::Client, .. }));
    if model.clients.page.folder == folder
        && let Some(place) = model.layers.iter().position(page)
    {
        model.layers.truncate(place);
    }
    let name = model.clients.gone(folder, model.today);
    model.warn(Text::new(
        format!("{name} n’est plus là\u{202f}: son dossier a été supprimé, déplacé ou renommé entre-temps"),
        format!("{name} is no longer there: its folder was deleted, moved or renamed meanwhile"),
    ));
    vec![Effect::ListClients]
}

/// Which visit is to go. Where the page was closed meanwhile, nobody waits for it.
pub fn choose(model: &mut Model, folder: String, visits: Vec<String>, binned: Vec<Binned>) {
    if model.context() == Context::Client {
        match deleting::chooser(folder, visits, binned) {
            Some(chooser) => model.layers.push(Layer::Chooser(chooser)),
            None => model.say(Text::new("aucune visite", "no visit")),
        }
    }
}

pub fn visit_deleted(model: &mut Model, id: String, folder: String, reference: &str) -> Vec<Effect> {
    model.clients.visit_deleted(id);
    model.say(Text::new(
        format!(
            "{reference} est dans la corbeille\u{202f}; «\u{a0}u\u{a0}» la ramène, «\u{a0}D\u{a0}» l’efface"
        ),
        format!("{reference} is in the trash; “u” brings it back, “D” erases it"),
    ));
    vec![Effect::ReadHistory { folder }, Effect::ListClients]
}

pub fn erased(model: &mut Model, id: String, reference: &str, files: usize) {
    model.clients.erased(id);
    model.say(Text::new(
        format!("{reference} est effacée, fichiers ôtés\u{a0}: {files}"),
        format!("{reference} is erased, files removed: {files}"),
    ));
}

pub fn is_back(model: &mut Model, folder: String, name: &str) -> Vec<Effect> {
    model.clients.is_back(&folder);
    model.say(Text::new(format!("{name} est de nouveau là"), format!("{name} is there again")));
    let page = (model.context() == Context::Client).then_some(Effect::ReadHistory { folder });
    page.into_iter().chain([Effect::ListClients]).collect()
}
