//! What follows from a key above a screen? Forms, tables, lists and texts: opened, used and closed.

use super::apply;
use super::attaching;
use super::keeping::keep_typed;
use super::on_clients;
use super::react;
use super::telling::tell_difference;
use crate::domain::answer::Evidence;
use crate::domain::text::Text;
use crate::tui::effect::Effect;
use crate::tui::effect::Work;
use crate::tui::intent::Intent;
use crate::tui::model::Layer;
use crate::tui::model::Model;
use crate::tui::model::Screen;
use crate::tui::model::Subject;
use crate::tui::screens::chooser;
use crate::tui::screens::chooser::Chooser;
use crate::tui::screens::clients::deleting;
use crate::tui::screens::clients::sealing;
use crate::tui::screens::evidence;
use crate::tui::screens::interview::Reaction;
use crate::tui::screens::reader::fold;
use crate::tui::screens::result;
use crate::tui::screens::table;
use crate::tui::screens::table::Table;

pub fn open(model: &mut Model, mut layer: Layer) {
    if let (Layer::Form(form), Some(visit)) = (&mut layer, &model.visit) {
        form.offer(&visit.again);
    }
    model.layers.push(layer);
}

/// Closes the top layer; what was typed in it is kept.
pub fn close_layer(model: &mut Model) {
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
pub fn close_form(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Form(form)) = model.layers.pop() else { return Vec::new() };
    let before = model.visit.as_ref().map(|visit| visit.current().clone());
    match apply::apply(model, &form) {
        apply::Applied::Done(effects) => {
            if let (Some(Layer::Table(table)), Some(visit), true) =
                (model.layers.last_mut(), &model.visit, form.is_new_line())
            {
                table.selected = visit.assessment().rows(&table.table).len().saturating_sub(1);
            }
            if let Some(visit) = model
                .visit
                .as_mut()
                .filter(|visit| form.advances() && Some(visit.current()) == before.as_ref())
            {
                let reaction = model.interview.advance(visit, Reaction::default());
                react(model, reaction);
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

pub fn on_table(model: &mut Model, wish: &table::Wish, intent: Intent) {
    let read_only =
        model.visit.as_ref().and_then(|visit| visit.read_only.as_ref()).map(|why| why.message.clone());
    let editing = matches!(intent, Intent::Undo | Intent::Redo | Intent::AcceptProposal)
        || matches!(wish, table::Wish::Edit(_) | table::Wish::Remove(_));
    if let Some(why) = read_only.filter(|_| editing) {
        model.say(why);
        return;
    }
    match wish {
        table::Wish::Close => {
            close_layer(model);
            // Enter would open the table again: whoever has filled it in must see what leads on.
            if model.screen == Screen::Interview {
                model.say(Text::new("j : question suivante", "j: next question"));
            }
        }
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
        table::Wish::Stay if intent == Intent::AcceptProposal => fill_in(model),
        table::Wish::Stay => undo_in_table(model, intent),
    }
}

/// Adds the lines that captures show to the table under the eyes.
fn fill_in(model: &mut Model) {
    let (Some(Layer::Table(table)), Some(visit)) = (model.layers.last(), &mut model.visit) else { return };
    let question = visit.questionnaire.question(&table.question).cloned();
    match question.and_then(|question| visit.fill_in(&question)) {
        Some((count, difference)) => {
            tell_difference(model, &difference);
            model.say(evidence::filled_in(count));
        }
        None => model.say(evidence::nothing_to_fill_in()),
    }
}

pub fn undo_in_table(model: &mut Model, intent: Intent) {
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

pub fn shows_current(model: &Model) -> bool {
    match (model.layers.last(), &model.visit) {
        (Some(Layer::Table(table)), Some(visit)) => {
            let current = Table::new(visit, visit.current());
            current.is_some_and(|current| current.table == table.table)
        }
        _ => true,
    }
}

pub fn chosen(model: &mut Model, index: usize) -> Vec<Effect> {
    let Some(Layer::Chooser(chooser)) = model.layers.pop() else { return Vec::new() };
    match chooser.purpose {
        chooser::Purpose::Deleting { folder, choices } => {
            return match choices.into_iter().nth(index) {
                Some(chooser::Doomed::Visit(visit)) => vec![Effect::DeleteVisit { folder, visit }],
                Some(chooser::Doomed::Binned { id, reference }) => {
                    open(model, Layer::Chooser(deleting::question(id, &reference)));
                    Vec::new()
                }
                None => Vec::new(),
            };
        }
        chooser::Purpose::Erasing { id } => {
            return (index == 1).then_some(Effect::Erase { id }).into_iter().collect();
        }
        chooser::Purpose::Opening { folder, visits } => {
            // The page is left for the visit.
            model.layers.pop();
            let visit = visits.into_iter().nth(index);
            return visit.map(|visit| Effect::OpenVisit { folder, visit }).into_iter().collect();
        }
        chooser::Purpose::Client(folders) => {
            let folder = folders.into_iter().nth(index);
            return folder.map(|folder| Effect::OpenClient { folder }).into_iter().collect();
        }
        chooser::Purpose::Sealing { folder, visits } => {
            let sittings = model.clients.page.visits();
            let chosen = visits.get(index).and_then(|visit| sittings.iter().find(|one| one.visit == *visit));
            if let Some(question) = chosen.map(|visit| sealing::question(&folder, visit, sittings)) {
                open(model, Layer::Chooser(question));
            }
        }
        chooser::Purpose::SealingMeant { folder, visit, unconfirmed } => {
            let seal = Effect::SealVisit { folder, visit, unconfirmed };
            return (index == 1).then_some(seal).into_iter().collect();
        }
        of_visit => chosen_of_visit(model, &of_visit, index),
    }
    Vec::new()
}

fn chosen_of_visit(model: &mut Model, purpose: &chooser::Purpose, index: usize) {
    // Behind the levels: a file that proves it.
    if let chooser::Purpose::Evidence(id) = purpose
        && index >= Evidence::ALL.len()
    {
        return attaching::ask(model, id);
    }
    let Some(visit) = &mut model.visit else { return };
    match purpose {
        chooser::Purpose::Client(_)
        | chooser::Purpose::Opening { .. }
        | chooser::Purpose::Sealing { .. }
        | chooser::Purpose::SealingMeant { .. }
        | chooser::Purpose::Deleting { .. }
        | chooser::Purpose::Erasing { .. } => {}
        chooser::Purpose::Evidence(id) => {
            let level = Evidence::ALL.get(index).copied();
            let date = visit.assessment().date;
            let difference = visit.change(id, |answer| {
                answer.evidence = level;
                // A level given today is evidence of today, also on an answer carried from long ago.
                answer.evidence_on = answer.evidence_on.map(|_| date);
            });
            tell_difference(model, &difference);
        }
        chooser::Purpose::Then | chooser::Purpose::Now => {
            model.comparison.choose(purpose, index, visit, model.today);
        }
        chooser::Purpose::Shown => model.evidence.choose(index, visit),
        chooser::Purpose::Band => {
            if let Some(text) = model.actions.cheapest(index, visit) {
                model.say(text);
            }
        }
        chooser::Purpose::Question(ids) => {
            if let Some(id) = ids.get(index) {
                go_to_question(model, id);
                if let Some(visit) = &mut model.visit {
                    visit.take_up_left_open();
                }
            }
        }
    }
}

pub fn go_to_question(model: &mut Model, id: &crate::domain::id::QuestionId) {
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

/// To the question that something seen touches; of several, one is chosen first.
fn go_to_touched(model: &mut Model, item: &evidence::Item) {
    let Some(visit) = &model.visit else { return };
    let touched = evidence::touched(visit, item);
    match touched.as_slice() {
        [] => {}
        [only] => go_to_question(model, only),
        _ => {
            let items = touched.iter().map(|id| evidence::question_item(visit, id)).collect();
            let title = Text::new("Quelle question\u{202f}?", "Which question?");
            let chooser = Chooser::new(chooser::Purpose::Question(touched.clone()), title, items, 0);
            open(model, Layer::Chooser(chooser));
        }
    }
}

pub fn on_reader(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let (columns, rows) = model.size;
    let Some(Layer::Reader(reader)) = model.layers.last() else { return Vec::new() };
    let mut scroll = reader.scroll;
    let subject = reader.subject.clone();
    match (intent, &subject) {
        (
            Intent::Confirm,
            Subject::Explanation(
                result::Item::Finding(id)
                | result::Item::Disproved(id)
                | result::Item::File { question: id, .. },
            )
            | Subject::History(id),
        ) => {
            model.layers.pop();
            go_to_question(model, &id.clone());
            return Vec::new();
        }
        (Intent::Confirm, Subject::Client) => {
            let page = &model.clients.page;
            let folder = page.folder.clone();
            if let Some(chooser) = sealing::which_to_open(&folder, page.visits()) {
                open(model, Layer::Chooser(chooser));
                return Vec::new();
            }
            model.layers.pop();
            return vec![Effect::OpenClient { folder }];
        }
        (Intent::Seal, Subject::Client) if model.clients.page.sealing.is_some() => {
            return vec![Effect::GiveUp(Work::Sealing)];
        }
        (Intent::Seal, Subject::Client) => {
            let page = &model.clients.page;
            match sealing::which_to_seal(&page.folder, page.visits()) {
                Some(chooser) => open(model, Layer::Chooser(chooser)),
                None => model.say(Text::new("aucune visite à sceller", "no visit to seal")),
            }
            return Vec::new();
        }
        (Intent::CheckSeals, Subject::Client) if model.clients.page.checking.is_some() => {
            return vec![Effect::GiveUp(Work::CheckingSeals)];
        }
        (Intent::CheckSeals, Subject::Client) => {
            return vec![Effect::CheckSeals { folder: model.clients.page.folder.clone() }];
        }
        (Intent::RemoveRow, Subject::Client) => {
            return vec![Effect::ListVisits { folder: model.clients.page.folder.clone() }];
        }
        (Intent::Undo, Subject::Client) => return on_clients(model, intent),
        (Intent::Confirm, Subject::Evidence(item)) => {
            model.layers.pop();
            go_to_touched(model, item);
            return Vec::new();
        }
        (Intent::Confirm | Intent::Back, _) => {
            model.layers.pop();
            return Vec::new();
        }
        _ => {}
    }
    let (_, text) = model.read(&subject);
    let is_bare = matches!(subject, Subject::Bare(_));
    let (around, beside, widest) = if is_bare { (1, 0, u16::MAX) } else { (5, 8, 88) };
    let shown = usize::from(rows).saturating_sub(around).max(1);
    let lines = fold(&text, usize::from(columns.saturating_sub(beside).min(widest))).len();
    scroll.update(intent, shown.saturating_sub(1));
    scroll.settle(lines, shown);
    if let Some(Layer::Reader(reader)) = model.layers.last_mut() {
        reader.scroll = scroll;
    }
    Vec::new()
}
