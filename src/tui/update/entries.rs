//! What can be found? Questions, clients and commands, folded once when the finder opens.

use crate::tui::intent::Intent;
use crate::tui::keymap::BINDINGS;
use crate::tui::model::Model;
use crate::tui::model::Screen;
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
        entries.extend(model.clients.lines().filter(|row| !row.name.is_empty()).map(|row| Entry {
            target: Target::Client { folder: row.folder.clone(), last: row.last },
            aside: String::new(),
            shown: row.name.clone(),
            keys: vec![Folded::kept(&row.key)],
        }));
    }
    entries.extend(commands(model));
    entries
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
        .filter(move |binding| binding.context == context && useful(binding.intent))
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
