//! How does one come to see what the clients shown have in common, and back?

use super::open;
use crate::domain::text::Text;
use crate::tui::effect::Effect;
use crate::tui::effect::Work;
use crate::tui::intent::Intent;
use crate::tui::model::Layer;
use crate::tui::model::Model;
use crate::tui::model::Screen;
use crate::tui::screens::summary;

/// Begins to read the last visits of the clients that the list shows.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    let Some((folders, which)) = model.clients.together() else {
        model.say(Text::new(
            "les clients sont encore lus\u{202f}: un instant",
            "the clients are still being read: a moment",
        ));
        return Vec::new();
    };
    if folders.is_empty() {
        model.say(Text::new("aucune visite à résumer ici", "no visit to sum up here"));
        return Vec::new();
    }
    model.screen = Screen::Summary;
    let run = model.summary.begin(folders.len(), which);
    vec![Effect::SumUp { folders, run }]
}

pub fn on_summary(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let page = model.page() / 2;
    match model.summary.update(intent, page) {
        summary::Wish::Stay => Vec::new(),
        summary::Wish::Choose(chooser) => {
            open(model, Layer::Chooser(chooser));
            Vec::new()
        }
        summary::Wish::Close => {
            model.screen = Screen::Clients;
            give_up(model).into_iter().collect()
        }
    }
}

/// It is left: what is not read yet need not be.
pub fn give_up(model: &mut Model) -> Option<Effect> {
    let reading = model.summary.is_reading();
    model.summary.give_up();
    reading.then_some(Effect::GiveUp(Work::SummingUp))
}
