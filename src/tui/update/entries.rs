//! What can be found? Questions, clients and commands, folded once when the finder opens.

use crate::tui::intent::Intent;
use crate::tui::keymap::BINDINGS;
use crate::tui::model::Model;
use crate::tui::model::Screen;
use crate::tui::screens::finder::Entry;
use crate::tui::screens::finder::Target;
use crate::tui::screens::finder::kind;
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
                keys: vec![
                    Folded::new(look.text(&question.title)),
                    Folded::new(question.id.as_str()),
                    Folded::new(look.text(&question.ask)),
                ],
            });
        }
    }
    if !model.confined {
        entries.extend(model.clients.lines().filter(|row| !row.name.is_empty()).map(|row| {
            let target = Target::Client { folder: row.folder.clone() };
            Entry {
                aside: kind(&target, model.language).to_owned(),
                shown: row.name.clone(),
                keys: vec![Folded::kept(&row.key)],
                target,
            }
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
            let target = Target::Command(binding.intent);
            let keys = model.look().keys(&binding.keys_shown(language));
            Entry {
                aside: format!("{} {keys}", kind(&target, language)),
                shown: model.label(binding).to_owned(),
                keys: vec![Folded::new(model.label(binding))],
                target,
            }
        })
}
