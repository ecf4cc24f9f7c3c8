//! What follows from a key, and from what came of an effect? The model changes; the rest is returned as effects.

use super::effect::Effect;
use super::effect::Outcome;
use super::intent::Intent;
use super::keymap::Context;
use super::model::Layer;
use super::model::Model;
use super::model::Reader;
use super::model::Screen;
use super::model::Subject;
use super::screens::actions;
use super::screens::chooser;
use super::screens::clients;
use super::screens::comparison;
use super::screens::finder;
use super::screens::finder::Finder;
use super::screens::form;
use super::screens::interview::Opens;
use super::screens::interview::Reaction;
use super::screens::note::Belongs;
use super::screens::reader::Scroll;
use super::screens::reader::fold;
use super::screens::result;
use super::screens::table;
use super::screens::table::Table;
use super::visit::Difference;
use super::visit::Visit;
use crate::domain::answer::Evidence;
use crate::domain::answer::Value;
use crate::domain::recording::Entry;
use crate::domain::text::Text;

mod apply;
mod entries;

/// Changes the model as an intent asks, and tells what else is to be done.
pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    model.notice = None;
    let mut effects = match intent {
        Intent::Quit => quit(model),
        Intent::Suspend => vec![Effect::Suspend],
        Intent::Redraw => vec![Effect::Redraw],
        // Help on help would pile up.
        Intent::Help if matches!(model.layers.last(), Some(Layer::Reader(_))) => Vec::new(),
        Intent::Help => {
            let subject = Subject::Help(help_context(model));
            open(model, Layer::Reader(Reader { subject, scroll: Scroll::default() }));
            Vec::new()
        }
        Intent::OtherLanguage => {
            model.language = model.language.other();
            vec![Effect::Remember { language: model.language }]
        }
        other if model.layers.is_empty() => on_screen(model, other),
        other => on_layer(model, other),
    };
    effects.extend(save(model));
    effects
}

/// Takes in what came of an effect.
pub fn receive(model: &mut Model, outcome: Outcome) -> Vec<Effect> {
    match outcome {
        Outcome::Clients(rows) => {
            model.clients.rows = Some(rows);
            model.clients.failed = None;
        }
        Outcome::ClientsFailed(error) => model.clients.failed = Some(error),
        Outcome::ClientCreated { folder } => {
            model.clients.select(&folder);
            return vec![Effect::OpenClient { folder }];
        }
        Outcome::Opened(opened) => {
            let why = opened.read_only.as_ref().map(|error| error.message.clone());
            model.clients.opened(&opened.folder, &opened.assessment);
            let visit = Visit::new(*opened);
            model.interview.arrive(&visit);
            model.visit = Some(visit);
            model.result = result::Result::default();
            model.screen = Screen::Interview;
            if let Some(why) = why {
                model.warn(why);
            }
        }
        Outcome::History(history) => {
            if let Some(visit) = &model.visit {
                model.comparison.receive(history, visit, model.today);
            }
        }
        Outcome::Saved { revision } => {
            if let Some(visit) = &mut model.visit {
                visit.saved(revision);
            }
        }
        Outcome::SavedBeside { revision, kept } => {
            if let Some(visit) = &mut model.visit {
                visit.saved(revision);
            }
            model.warn(Text::new(
                format!("un autre programme avait modifié ce fichier ; son état est gardé dans {kept}"),
                format!("another program had changed this file; its state is kept in {kept}"),
            ));
        }
        Outcome::SaveFailed(error) => {
            if let Some(visit) = &mut model.visit {
                visit.send_again();
            }
            return receive(model, Outcome::Failed(error));
        }
        Outcome::Failed(error) => {
            let hint = error.hint.unwrap_or_default();
            let with = |message: &str, hint: &str| match hint {
                "" => message.to_owned(),
                hint => format!("{message} ({hint})"),
            };
            model.warn(Text::new(with(&error.message.fr, &hint.fr), with(&error.message.en, &hint.en)));
        }
    }
    Vec::new()
}

/// Puts a pasted text where text is typed; elsewhere it means nothing.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    match model.layers.last_mut() {
        Some(Layer::Form(form)) => form.paste(text),
        Some(Layer::Note(note)) => note.paste(text),
        Some(Layer::Finder(finder)) => finder.paste(text),
        Some(Layer::Table(_) | Layer::Chooser(_) | Layer::Reader(_)) | None => {
            model.say(Text::new(
                "ici, rien ne se colle : ouvrez une note avec « e »",
                "nothing can be pasted here: open a note with “e”",
            ));
        }
    }
    Vec::new()
}

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
    typed || visit.has_unsent()
}

/// The note under the cursor, as it is typed.
fn keep_typed(model: &mut Model) {
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
fn save(model: &mut Model) -> Vec<Effect> {
    let Some(visit) = model.visit.as_mut().filter(|visit| visit.read_only.is_none()) else {
        return Vec::new();
    };
    match visit.take_unsent() {
        Some(revision) => vec![Effect::Save { assessment: Box::new(visit.snapshot()), revision }],
        None => Vec::new(),
    }
}

/// The place where the visit was left is written when it is left, not at each step.
fn leave_visit(model: &mut Model) -> Vec<Effect> {
    while let Some(below) = model.layers.len().checked_sub(1) {
        close_layer(model);
        // A form that refuses what it holds stays open; nothing of it can be kept.
        model.layers.truncate(below);
    }
    let mut effects = Vec::new();
    if let Some(visit) = model.visit.as_mut().filter(|visit| visit.read_only.is_none()) {
        let unsent = visit.take_unsent();
        if unsent.is_some() || !visit.place_is_saved() {
            visit.place_saved();
            effects.push(Effect::Save { assessment: Box::new(visit.snapshot()), revision: visit.revision() });
        }
    }
    if model.visit.is_some() {
        effects.push(Effect::CloseVisit);
    }
    effects
}

fn quit(model: &mut Model) -> Vec<Effect> {
    let effects = leave_visit(model);
    model.quitting = true;
    effects
}

fn open(model: &mut Model, layer: Layer) {
    model.layers.push(layer);
}

fn help_context(model: &Model) -> Context {
    match model.context() {
        // In a text or a choice, the help of what is under it is wanted.
        Context::List | Context::Reader => model.screen_context(),
        context => context,
    }
}

fn on_screen(model: &mut Model, intent: Intent) -> Vec<Effect> {
    if intent == Intent::Find {
        let entries = entries::entries(model);
        open(model, Layer::Finder(Box::new(Finder::new(entries))));
        return Vec::new();
    }
    match model.screen {
        Screen::Clients => on_clients(model, intent),
        Screen::Interview => on_interview(model, intent),
        Screen::Result => on_result(model, intent),
        Screen::Comparison => on_comparison(model, intent),
        Screen::Actions => on_actions(model, intent),
    }
}

fn on_clients(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let page = model.page();
    match model.clients.update(intent, page) {
        clients::Wish::Stay => Vec::new(),
        clients::Wish::Open { folder } => vec![Effect::OpenClient { folder }],
        clients::Wish::NewVisit { folder } => vec![Effect::NewVisit { folder }],
        clients::Wish::NewClient => {
            open(model, Layer::Form(Box::new(apply::new_client_form(model.language))));
            Vec::new()
        }
    }
}

fn on_interview(model: &mut Model, intent: Intent) -> Vec<Effect> {
    if let Some(effects) = beside(model, intent) {
        return effects;
    }
    match intent {
        Intent::Back if model.confined => return quit(model),
        Intent::Back => {
            let mut effects = leave_visit(model);
            model.visit = None;
            model.screen = Screen::Clients;
            effects.push(Effect::ListClients);
            return effects;
        }
        Intent::ShowResult => {
            model.screen = Screen::Result;
            return Vec::new();
        }
        Intent::Glossary => {
            open(model, Layer::Reader(Reader { subject: Subject::Glossary, scroll: Scroll::default() }));
            return Vec::new();
        }
        _ => {}
    }
    let page = model.page() / 2;
    let Some(visit) = &mut model.visit else { return Vec::new() };
    let reaction = model.interview.update(intent, visit, model.language, page);
    react(model, reaction);
    Vec::new()
}

fn react(model: &mut Model, reaction: Reaction) {
    if let Some(notice) = reaction.notice {
        model.say(notice);
    }
    tell_difference(model, &reaction.difference);
    match reaction.opens {
        Some(Opens::Form(form)) => open(model, Layer::Form(form)),
        Some(Opens::Note(note)) => open(model, Layer::Note(note)),
        Some(Opens::Table(table)) => open(model, Layer::Table(table)),
        Some(Opens::Chooser(chooser)) => open(model, Layer::Chooser(chooser)),
        None => {}
    }
}

/// Which questions an answer made appear and disappear.
fn tell_difference(model: &mut Model, difference: &Difference) {
    let Some(visit) = model.visit.as_ref().filter(|_| !difference.is_empty()) else { return };
    let names = |ids: &[crate::domain::id::QuestionId], language| {
        let titles = ids.iter().filter_map(|id| visit.questionnaire.question(id));
        titles.take(3).map(|question| question.title.get(language).to_owned()).collect::<Vec<_>>().join(", ")
    };
    let tell = |language: crate::domain::text::Language| {
        let mut parts = Vec::new();
        let (more, less) = (difference.appeared.len(), difference.disappeared.len());
        if more > 0 {
            let names = names(&difference.appeared, language);
            parts.push(language.pick(
                format!("+{more} {} : {names}", language.plural(more, "question", "questions")),
                format!("+{more} {}: {names}", language.plural(more, "question", "questions")),
            ));
        }
        if less > 0 {
            let names = names(&difference.disappeared, language);
            parts.push(language.pick(
                format!("−{less} {} : {names}", language.plural(less, "question", "questions")),
                format!("−{less} {}: {names}", language.plural(less, "question", "questions")),
            ));
        }
        parts.join(" · ")
    };
    let text = Text::new(tell(crate::domain::text::Language::Fr), tell(crate::domain::text::Language::En));
    model.say(text);
}

/// From the interview or the result to what lies beside them; none when the intent is another.
fn beside(model: &mut Model, intent: Intent) -> Option<Vec<Effect>> {
    let (screen, effects) = match (intent, &model.visit) {
        (Intent::ShowComparison, Some(visit)) => {
            (Screen::Comparison, vec![Effect::ReadHistory { folder: visit.folder.clone() }])
        }
        (Intent::ShowActions, Some(_)) => (Screen::Actions, Vec::new()),
        _ => return None,
    };
    if let (Screen::Actions, Some(visit)) = (screen, &model.visit) {
        model.actions.arrive(visit);
    }
    model.under = model.screen;
    model.screen = screen;
    Some(effects)
}

fn on_comparison(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let page = model.page();
    if intent == Intent::Back {
        model.screen = model.under;
        return Vec::new();
    }
    let Some(visit) = &model.visit else { return Vec::new() };
    match model.comparison.update(intent, visit, page) {
        comparison::Wish::Stay => {}
        comparison::Wish::Choose(chooser) => open(model, Layer::Chooser(chooser)),
        comparison::Wish::History(id) => {
            let subject = Subject::History(id);
            open(model, Layer::Reader(Reader { subject, scroll: Scroll::default() }));
        }
    }
    Vec::new()
}

fn on_actions(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let (page, today, language) = (model.page(), model.today, model.language);
    if intent == Intent::Back {
        model.screen = model.under;
        return Vec::new();
    }
    let Some(visit) = &mut model.visit else { return Vec::new() };
    match model.actions.update(intent, visit, today, language, page) {
        actions::Wish::Stay => {}
        actions::Wish::Say(text) => model.say(text),
        actions::Wish::Edit(form) => open(model, Layer::Form(form)),
        actions::Wish::Choose(chooser) => open(model, Layer::Chooser(chooser)),
    }
    Vec::new()
}

fn on_result(model: &mut Model, intent: Intent) -> Vec<Effect> {
    if let Some(effects) = beside(model, intent) {
        return effects;
    }
    let page = model.page();
    let Some(visit) = &model.visit else { return Vec::new() };
    match intent {
        Intent::Back => model.screen = Screen::Interview,
        Intent::Confirm => {
            if let Some(item) = model.result.chosen(visit) {
                let subject = Subject::Explanation(item);
                open(model, Layer::Reader(Reader { subject, scroll: Scroll::default() }));
            }
        }
        other => model.result.update(other, visit, page),
    }
    Vec::new()
}

fn on_layer(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let (language, page) = (model.language, model.page());
    match model.layers.last_mut() {
        None => Vec::new(),
        Some(Layer::Form(form)) => match form.update(intent, language) {
            form::Wish::Stay => Vec::new(),
            form::Wish::Close => close_form(model),
        },
        Some(Layer::Note(note)) => {
            if intent == Intent::Back {
                close_layer(model);
            } else {
                note.update(intent);
            }
            Vec::new()
        }
        Some(Layer::Table(table)) => {
            let Some(visit) = &model.visit else { return Vec::new() };
            let rows = visit.assessment().rows(&table.table);
            let wish = table.update(intent, rows, page);
            on_table(model, &wish, intent);
            Vec::new()
        }
        Some(Layer::Chooser(chooser)) => {
            match chooser.update(intent, page) {
                chooser::Wish::Stay => {}
                chooser::Wish::Close => close_layer(model),
                chooser::Wish::Chosen(index) => chosen(model, index),
            }
            Vec::new()
        }
        Some(Layer::Finder(finder)) => match finder.update(intent, page) {
            finder::Wish::Stay => Vec::new(),
            finder::Wish::Close => {
                close_layer(model);
                Vec::new()
            }
            finder::Wish::Go(target) => {
                close_layer(model);
                go(model, target)
            }
        },
        Some(Layer::Reader(_)) => {
            on_reader(model, intent);
            Vec::new()
        }
    }
}

/// Closes the top layer; what was typed in it is kept.
fn close_layer(model: &mut Model) {
    if matches!(model.layers.last(), Some(Layer::Form(_))) {
        drop(close_form(model));
        return;
    }
    keep_typed(model);
    model.layers.pop();
    if let Some(visit) = &mut model.visit {
        visit.rest();
    }
}

/// Applies a form and closes it. One that holds what the question does not take stays open once, to be corrected;
/// closed again as it is, it is given up.
fn close_form(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Form(form)) = model.layers.pop() else { return Vec::new() };
    let before = model.visit.as_ref().map(|visit| visit.current().clone());
    match apply::apply(model, &form) {
        apply::Applied::Done(effects) => {
            if let Some(visit) = model
                .visit
                .as_mut()
                .filter(|visit| form.advances() && Some(visit.current()) == before.as_ref())
            {
                model.interview.advance(visit);
            }
            effects
        }
        apply::Applied::Refused(_) if form.has_complained() => Vec::new(),
        apply::Applied::Refused(why) => {
            let mut form = form;
            form.complain(why);
            model.layers.push(Layer::Form(form));
            Vec::new()
        }
    }
}

fn on_table(model: &mut Model, wish: &table::Wish, intent: Intent) {
    let read_only =
        model.visit.as_ref().and_then(|visit| visit.read_only.as_ref()).map(|why| why.message.clone());
    let editing = matches!(intent, Intent::Undo | Intent::Redo)
        || matches!(wish, table::Wish::Edit(_) | table::Wish::Remove(_));
    if let Some(why) = read_only.filter(|_| editing) {
        model.say(why);
        return;
    }
    match wish {
        table::Wish::Close => close_layer(model),
        table::Wish::Edit(index) => {
            if let (Some(Layer::Table(table)), Some(visit)) = (model.layers.last(), &model.visit) {
                let form = apply::line_form(table, visit, *index, model.language);
                open(model, Layer::Form(Box::new(form)));
            }
        }
        table::Wish::Remove(index) => {
            let (Some(Layer::Table(table)), Some(visit)) = (model.layers.last(), &mut model.visit) else {
                return;
            };
            let mut rows = visit.assessment().rows(&table.table).to_vec();
            if *index < rows.len() {
                rows.remove(*index);
                let id = table.table.clone();
                let difference = visit.edit(&table.question.clone(), |assessment, questionnaire| {
                    assessment.record_rows(questionnaire, &id, rows);
                });
                tell_difference(model, &difference);
                model.say(Text::new("ligne supprimée ; « u » la remet", "line removed; “u” brings it back"));
            }
        }
        table::Wish::Stay => undo_in_table(model, intent),
    }
}

fn undo_in_table(model: &mut Model, intent: Intent) {
    let Some(visit) = &mut model.visit else { return };
    let difference = match intent {
        Intent::Undo => visit.undo(),
        Intent::Redo => visit.redo(),
        _ => return,
    };
    match difference {
        Some(difference) => {
            // What was undone may belong to another question: the table under the eyes must be its table.
            if !shows_current(model) {
                model.layers.pop();
            }
            tell_difference(model, &difference);
        }
        None => model.say(Text::new("plus rien à annuler", "nothing left to undo")),
    }
}

fn shows_current(model: &Model) -> bool {
    match (model.layers.last(), &model.visit) {
        (Some(Layer::Table(table)), Some(visit)) => {
            let current = Table::new(visit, visit.current());
            current.is_some_and(|current| current.table == table.table)
        }
        _ => true,
    }
}

fn chosen(model: &mut Model, index: usize) {
    let Some(Layer::Chooser(chooser)) = model.layers.pop() else { return };
    let Some(visit) = &mut model.visit else { return };
    match chooser.purpose {
        chooser::Purpose::Evidence(id) => {
            let level = Evidence::ALL.get(index).copied();
            let date = visit.assessment().date;
            let difference = visit.change(&id, |answer| {
                answer.evidence = level;
                // A level given today is evidence of today, also on an answer carried from long ago.
                answer.evidence_on = answer.evidence_on.map(|_| date);
            });
            tell_difference(model, &difference);
        }
        chooser::Purpose::Then | chooser::Purpose::Now => {
            model.comparison.choose(&chooser.purpose, index, visit, model.today);
        }
        chooser::Purpose::Band => {
            if let Some(text) = model.actions.cheapest(index, visit) {
                model.say(text);
            }
        }
        chooser::Purpose::Question(ids) => {
            if let Some(id) = ids.get(index) {
                go_to_question(model, id);
            }
        }
    }
}

fn go_to_question(model: &mut Model, id: &crate::domain::id::QuestionId) {
    let Some(visit) = &mut model.visit else { return };
    if visit.go_to(id) {
        model.interview.arrive(visit);
        model.screen = Screen::Interview;
    } else {
        model.say(Text::new(
            "cette question n’est pas posée : le profil l’écarte",
            "this question is not asked: the profile leaves it out",
        ));
    }
}

fn go(model: &mut Model, target: finder::Target) -> Vec<Effect> {
    match target {
        finder::Target::Question(id) => {
            go_to_question(model, &id);
            Vec::new()
        }
        finder::Target::Client { folder } => {
            let mut effects = leave_visit(model);
            model.visit = None;
            model.screen = Screen::Clients;
            model.clients.select(&folder);
            effects.push(Effect::OpenClient { folder });
            effects
        }
        finder::Target::Command(intent) => update(model, intent),
    }
}

fn on_reader(model: &mut Model, intent: Intent) {
    let (columns, rows) = model.size;
    let Some(Layer::Reader(reader)) = model.layers.last() else { return };
    let mut scroll = reader.scroll;
    let subject = reader.subject.clone();
    match (intent, &subject) {
        (Intent::Confirm, Subject::Explanation(result::Item::Finding(id)) | Subject::History(id)) => {
            model.layers.pop();
            go_to_question(model, &id.clone());
            return;
        }
        (Intent::Confirm | Intent::Back, _) => {
            model.layers.pop();
            return;
        }
        _ => {}
    }
    let (_, text) = model.read(&subject);
    let shown = usize::from(rows).saturating_sub(5).max(1);
    let lines = fold(&text, usize::from(columns.saturating_sub(8).min(88))).len();
    scroll.update(intent, shown.saturating_sub(1));
    scroll.settle(lines, shown);
    if let Some(Layer::Reader(reader)) = model.layers.last_mut() {
        reader.scroll = scroll;
    }
}
