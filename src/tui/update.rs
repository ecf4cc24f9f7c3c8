//! What follows from a key, and from what came of an effect? The model changes; the rest is returned as effects.

use super::effect::Effect;
use super::effect::Paper;
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
use super::screens::documents;
use super::screens::documents::Documents;
use super::screens::evidence;
use super::screens::finder;
use super::screens::finder::Finder;
use super::screens::form;
use super::screens::interview;
use super::screens::interview::Opens;
use super::screens::interview::Reaction;
use super::screens::reader::Scroll;
use crate::domain::text::Text;
use crate::report::export::Format;

mod apply;
mod attaching;
mod copying;
mod entries;
mod keeping;
mod layers;
mod leaving;
mod receiving;
mod sealing;
mod summing_up;
mod telling;

pub use keeping::keep;
pub use keeping::waits;
pub use receiving::receive;

use keeping::save;
use layers::chosen;
use layers::close_form;
use layers::close_layer;
use layers::go_to_question;
use layers::on_reader;
use layers::on_table;
use layers::open;
use telling::tell_difference;

/// Changes the model as an intent asks, and tells what else is to be done.
pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    model.notice = None;
    let again = std::mem::take(&mut model.copied);
    let mut effects = match intent {
        Intent::Quit => quit(model),
        Intent::Suspend => vec![Effect::Suspend],
        Intent::Redraw => vec![Effect::Redraw],
        // Help on help would pile up.
        Intent::Help if is_help_on_top(model) => Vec::new(),
        Intent::Help => {
            let subject = Subject::Help(help_context(model));
            open(model, Layer::Reader(Reader { subject, scroll: Scroll::default() }));
            Vec::new()
        }
        Intent::Copy => copying::copy(model, again),
        Intent::GiveUpFile => attaching::give_up(model),
        Intent::OtherLanguage => {
            model.language = model.language.other();
            vec![Effect::Remember { language: model.language }]
        }
        other if model.layers.is_empty() => on_screen(model, other),
        other => on_layer(model, other),
    };
    let saved = save(model);
    // Undone or done again, a change may have been one of the files.
    let unknown = !saved.is_empty() && model.visit.as_ref().is_some_and(|visit| !visit.knows_its_files());
    effects.extend(saved);
    effects.extend(if unknown { attaching::check(model) } else { None });
    effects
}

/// Puts a pasted text where text is typed; elsewhere it means nothing.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let whole = match model.layers.last_mut() {
        Some(Layer::Form(form)) => form.paste(text),
        Some(Layer::Note(note)) => note.paste(text),
        Some(Layer::Finder(finder)) => finder.paste(text),
        Some(Layer::Table(_) | Layer::Chooser(_) | Layer::Reader(_) | Layer::Documents(_)) | None => {
            model.say(Text::new(
                "ici, rien ne se colle : ouvrez une note avec « e »",
                "nothing can be pasted here: open a note with “e”",
            ));
            true
        }
    };
    if !whole {
        let (mut fr, mut en) = (
            "trop long\u{202f}: la fin du texte collé n’a pas été prise".to_owned(),
            "too long: the end of the pasted text was not taken".to_owned(),
        );
        // A confined session attaches no file.
        if !model.confined {
            fr += " ; joignez plutôt le fichier à la question";
            en += "; rather attach the file to the question";
        }
        model.warn(Text::new(fr, en));
    }
    Vec::new()
}

/// The place where the visit was left is written when it is left, not at each step.
fn leave_visit(model: &mut Model) -> Vec<Effect> {
    while let Some(below) = model.layers.len().checked_sub(1) {
        close_layer(model);
        // A form that refuses what it holds stays open; nothing of it can be kept.
        model.layers.truncate(below);
    }
    let mut effects = Vec::new();
    if let Some(visit) = model.visit.as_mut().filter(|visit| visit.read_only.is_none())
        && (visit.saving.take_unsent() || !visit.place_is_sent())
    {
        effects.push(visit.write());
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

fn help_context(model: &Model) -> Context {
    match model.context() {
        // In a text or a choice, the help of what is under it is wanted.
        Context::List | Context::Reader => model.screen_context(),
        context => context,
    }
}

/// A text is read, which `?` closes; a client's page has keys of its own, of which to be told.
fn is_help_on_top(model: &Model) -> bool {
    matches!(model.layers.last(), Some(Layer::Reader(_))) && model.context() != Context::Client
}

fn on_screen(model: &mut Model, intent: Intent) -> Vec<Effect> {
    if intent == Intent::Find {
        let entries = entries::entries(model);
        open(model, Layer::Finder(Box::new(Finder::new(entries))));
        return Vec::new();
    }
    match model.screen {
        Screen::Clients => on_clients(model, intent),
        Screen::Summary => summing_up::on_summary(model, intent),
        Screen::Interview => on_interview(model, intent),
        Screen::Result => on_result(model, intent),
        Screen::Comparison => on_comparison(model, intent),
        Screen::Actions => on_actions(model, intent),
        Screen::Evidence => on_evidence(model, intent),
    }
}

/// The list is old: the folders are looked at again, unless something else has the keyboard, or they are being read.
pub fn look_again(model: &Model) -> Vec<Effect> {
    let is_wanted = model.context() == Context::Clients && !model.quitting && model.clients.rests();
    is_wanted.then_some(Effect::ListClients).into_iter().collect()
}

fn on_clients(model: &mut Model, intent: Intent) -> Vec<Effect> {
    if intent == Intent::LookAgain {
        return vec![Effect::ListClients];
    }
    let page = model.page();
    match model.clients.update(intent, page, model.today) {
        clients::Wish::Stay => Vec::new(),
        clients::Wish::Open { folder } => vec![Effect::OpenClient { folder }],
        clients::Wish::NewVisit { folder } => vec![Effect::NewVisit { folder }],
        clients::Wish::Delete { folder } => vec![Effect::DeleteClient { folder }],
        clients::Wish::PutBack { id } => vec![Effect::PutBack { id }],
        clients::Wish::Archive { folder, away } => vec![Effect::Archive { folder, away }],
        clients::Wish::NothingToPutBack => {
            model.say(Text::new(
                "rien n’a été supprimé ni archivé ici\u{202f}; `privaudit restore` montre la corbeille",
                "nothing was deleted or archived here; `privaudit restore` shows the trash",
            ));
            Vec::new()
        }
        clients::Wish::Show { folder } => {
            open(model, Layer::Reader(Reader { subject: Subject::Client, scroll: Scroll::default() }));
            vec![Effect::ReadHistory { folder }]
        }
        clients::Wish::Summarise => summing_up::begin(model),
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
    if let Some(take_over) = take_over(model, intent) {
        return vec![take_over];
    }
    let page = model.page() / 2;
    let Some(visit) = &mut model.visit else { return Vec::new() };
    let reaction = model.interview.update(intent, visit, model.language, page);
    react(model, reaction);
    Vec::new()
}

/// Whoever wants to change a visit that somebody else had, or that could not be written to, gets it once that is over.
fn take_over(model: &Model, intent: Intent) -> Option<Effect> {
    let visit = model.visit.as_ref().filter(|_| interview::changes(intent))?;
    let passes = visit.read_only.as_ref()?.may_pass();
    passes.then(|| Effect::TakeOver { reference: visit.reference.clone() })
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

/// From the interview or the result to what lies beside them; none when the intent is another.
fn beside(model: &mut Model, intent: Intent) -> Option<Vec<Effect>> {
    if intent == Intent::ShowDocuments {
        return Some(show_documents(model));
    }
    let (screen, effects) = match (intent, &model.visit) {
        (Intent::ShowComparison, Some(visit)) => {
            (Screen::Comparison, vec![Effect::ReadHistory { folder: visit.folder.clone() }])
        }
        (Intent::ShowActions, Some(_)) => (Screen::Actions, Vec::new()),
        (Intent::ShowEvidence, Some(_)) => (Screen::Evidence, Vec::new()),
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
    let (page, look) = (model.page(), model.look());
    if intent == Intent::Back {
        model.screen = model.under;
        return Vec::new();
    }
    if intent == Intent::ShowDocuments {
        return show_documents(model);
    }
    let Some(visit) = &model.visit else { return Vec::new() };
    match model.comparison.update(intent, visit, look, page) {
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
    if intent == Intent::ShowDocuments {
        return show_documents(model);
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

fn on_evidence(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let (page, look) = (model.page(), model.look());
    if intent == Intent::Back {
        model.screen = model.under;
        return Vec::new();
    }
    let Some(visit) = &model.visit else { return Vec::new() };
    match model.evidence.update(intent, visit, look, page) {
        evidence::Wish::Stay => {}
        evidence::Wish::Choose(chooser) => open(model, Layer::Chooser(chooser)),
        evidence::Wish::Read(item) => {
            let subject = Subject::Evidence(item);
            open(model, Layer::Reader(Reader { subject, scroll: Scroll::default() }));
        }
        evidence::Wish::Attach(id) => attaching::ask(model, &id),
        evidence::Wish::Detach { question, digest } => return attaching::take_off(model, &question, &digest),
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
        Some(Layer::Chooser(chooser)) => match chooser.update(intent, page) {
            chooser::Wish::Stay => Vec::new(),
            chooser::Wish::Close => {
                close_layer(model);
                Vec::new()
            }
            chooser::Wish::Chosen(index) => chosen(model, index),
        },
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
        Some(Layer::Reader(_)) => on_reader(model, intent),
        Some(Layer::Documents(documents)) => match documents.update(intent, page.saturating_sub(2)) {
            documents::Wish::Stay => Vec::new(),
            documents::Wish::Close => {
                close_layer(model);
                Vec::new()
            }
            documents::Wish::Preview => preview(model),
            documents::Wish::Write => write_document(model),
        },
    }
}

/// Opens the choice of documents, with the first one being made.
fn show_documents(model: &mut Model) -> Vec<Effect> {
    open(model, Layer::Documents(Box::new(Documents::new(model.language, model.confined))));
    preview(model)
}

/// The document that is chosen, about the visit as it is on the screen.
fn paper(model: &Model) -> Option<(Box<Paper>, Format)> {
    let (Some(Layer::Documents(chosen)), Some(visit)) = (model.layers.last(), &model.visit) else {
        return None;
    };
    let paper = Paper {
        kind: chosen.kind,
        language: chosen.language,
        reference: visit.reference.clone(),
        assessment: visit.snapshot(),
    };
    Some((Box::new(paper), chosen.format))
}

fn preview(model: &Model) -> Vec<Effect> {
    paper(model).map(|(paper, _)| Effect::Preview(paper)).into_iter().collect()
}

fn write_document(model: &mut Model) -> Vec<Effect> {
    let Some((paper, format)) = paper(model) else { return Vec::new() };
    model.say(Text::new("le document se prépare…", "the document is being made…"));
    vec![Effect::WriteDocument(paper, format)]
}

fn go(model: &mut Model, target: finder::Target) -> Vec<Effect> {
    match target {
        finder::Target::Question(id) => {
            go_to_question(model, &id);
            Vec::new()
        }
        finder::Target::Client { folder, .. } => {
            let mut effects = leave_visit(model);
            model.visit = None;
            model.screen = Screen::Clients;
            model.clients.select(&folder);
            effects.extend(summing_up::give_up(model));
            effects.push(Effect::OpenClient { folder });
            effects
        }
        finder::Target::Command(intent) => update(model, intent),
    }
}
