//! What can be found? Questions, clients and commands, folded once when the finder opens; clients also as they are read.

use jiff::civil::Date;

use crate::tui::intent::Intent;
use crate::tui::keymap::BINDINGS;
use crate::tui::model::Layer;
use crate::tui::model::Model;
use crate::tui::model::Screen;
use crate::tui::screens::clients::Clients;
use crate::tui::screens::finder::Entry;
use crate::tui::screens::finder::Target;
use crate::tui::screens::finder::keys_of;
use crate::tui::widgets::fuzzy::Folded;

pub fn entries(model: &Model) -> Vec<Entry> {
    let look = model.look();
    let mut entries = Vec::new();
    if let Some(visit) = &model.visit {
        for (part, question) in visit
            .questionnaire
            .parts()
            .flat_map(|part| part.questions.iter().map(move |question| (part, question)))
        {
            let asked = visit.asked.contains(&question.id);
            let not_asked = if asked { "" } else { look.pick(" · non posée", " · not asked") };
            entries.push(Entry {
                target: Target::Question(question.id.clone()),
                shown: look.text(&question.title).to_owned(),
                aside: format!("{}{not_asked}", look.text(&part.title)),
                keys: keys_of(question, model.language),
            });
        }
    }
    if !model.confined {
        entries.extend(clients(model, 0));
    }
    entries.extend(commands(model));
    entries
}

/// Takes something in of the clients; an open finder finds those that it brings, too.
pub fn follow(model: &mut Model, take_in: impl FnOnce(&mut Clients, Date)) {
    let known = model.clients.count();
    take_in(&mut model.clients, model.today);
    let is_finder = |layer: &Layer| matches!(layer, Layer::Finder(_));
    if model.clients.count() == known || !model.layers.iter().any(is_finder) {
        return;
    }
    let new: Vec<Entry> = clients(model, known).collect();
    for layer in &mut model.layers {
        if let Layer::Finder(finder) = layer {
            finder.add(new.clone());
        }
    }
}

/// The clients, in the order in which they came, but for so many first ones.
fn clients(model: &Model, but: usize) -> impl Iterator<Item = Entry> {
    let look = model.look();
    model.clients.lines().skip(but).filter(|row| !row.name.is_empty()).map(move |row| {
        let archived = row.archived.map_or("", |_| look.pick(" · archivé", " · archived"));
        Entry {
            target: Target::Client { folder: row.folder.clone(), last: row.last },
            aside: archived.to_owned(),
            shown: row.name.clone(),
            keys: vec![Folded::kept(&row.key)],
        }
    })
}

/// What the screen's keys do, by name.
fn commands(model: &Model) -> impl Iterator<Item = Entry> {
    let context = model.screen_context();
    let language = model.language;
    let useful =
        |intent: Intent| !matches!(intent, Intent::Find | Intent::Digit(_) | Intent::Up | Intent::Down);
    let answers = model.screen == Screen::Interview;
    BINDINGS
        .iter()
        .filter(move |binding| binding.context == context && useful(binding.intent) && model.offers(binding))
        .filter(move |binding| {
            !answers || !matches!(binding.intent, Intent::Yes | Intent::Partly | Intent::No)
        })
        .map(move |binding| {
            let keys = model.look().keys(&binding.keys_shown(language));
            Entry {
                target: Target::Command(binding.intent),
                aside: format!("{} {keys}", language.pick("commande", "command")),
                shown: model.label(binding).to_owned(),
                keys: vec![Folded::new(model.label(binding))],
            }
        })
}
