//! What is said of a visit that is being sealed, and of seals being checked? How far it is, and what came of it.

use crate::domain::text::Text;
use crate::tui::effect::Effect;
use crate::tui::keymap::Context;
use crate::tui::model::Model;
use crate::tui::screens::clients::sealing::Checking;
use crate::tui::screens::clients::sealing::Underway;

/// It is told where it was asked for, and left to the page while something else is looked at.
pub fn underway(model: &mut Model, reference: String, done: u64, total: u64) {
    model.clients.page.sealing = Some(Underway { reference, done, total });
}

pub fn stopped(model: &mut Model, reference: &str) {
    model.clients.page.sealing = None;
    model.say(Text::new(
        format!("{reference} n’est pas scellée\u{202f}: rien n’a changé"),
        format!("{reference} is not sealed: nothing has changed"),
    ));
}

/// How far the check of a client's seals is.
pub fn checking(model: &mut Model, folder: String, done: u64, total: u64) {
    model.clients.page.checking = Some(Checking { folder, done, total });
}

pub fn checking_stopped(model: &mut Model) {
    model.clients.page.checking = None;
    model.say(Text::new("vérification abandonnée", "the check is given up"));
}

pub fn checked(model: &mut Model, said: Text, hold: bool) {
    model.clients.page.checking = None;
    if hold { model.say(said) } else { model.warn(said) }
}

pub fn sealed(model: &mut Model, folder: String, reference: &str) -> Vec<Effect> {
    model.clients.page.sealing = None;
    model.say(Text::new(
        format!("{reference} est scellée\u{202f}; «\u{a0}N\u{a0}» dans la liste en commence une nouvelle"),
        format!("{reference} is sealed; “N” in the list begins a new one"),
    ));
    let page = (model.context() == Context::Client).then_some(Effect::ReadHistory { folder });
    page.into_iter().chain([Effect::ListClients]).collect()
}
