//! What follows from what came of an effect? Outcomes, taken into the model.

use super::attaching;
use super::entries;
use super::leaving;
use super::sealing;
use crate::domain::text::Text;
use crate::storage::error::Error;
use crate::storage::error::Kind;
use crate::storage::whereabouts;
use crate::tui::effect::Effect;
use crate::tui::effect::Opened;
use crate::tui::effect::Outcome;
use crate::tui::model::Layer;
use crate::tui::model::Model;
use crate::tui::model::Screen;
use crate::tui::screens::evidence::Copying;
use crate::tui::screens::evidence::Evidence;
use crate::tui::screens::result;
use crate::tui::visit::Captured;
use crate::tui::visit::Visit;

/// Takes in what came of an effect.
pub fn receive(model: &mut Model, outcome: Outcome) -> Vec<Effect> {
    match outcome {
        Outcome::ClientsBegun { remembered, total } => {
            entries::follow(model, |clients, today| clients.begin(remembered, total, today));
        }
        Outcome::ClientsRead { lines, done } => {
            entries::follow(model, |clients, today| clients.receive(lines, done, today));
        }
        Outcome::ClientsEnded => model.clients.end(model.today),
        Outcome::ClientsFailed(error) => model.clients.fail(error),
        Outcome::ClientGone { folder } => return leaving::gone(model, &folder),
        Outcome::SummingUp { run, done, total } => model.summary.progress(run, done, total),
        Outcome::SummedUp { run, sum } => model.summary.receive(run, *sum),
        Outcome::ClientCreated { folder } => {
            model.clients.select(&folder);
            return vec![Effect::OpenClient { folder }];
        }
        Outcome::Deleted { id, folder, name } => leaving::deleted(model, id, &folder, &name),
        Outcome::Archived { folder, name, since } => leaving::archived(model, &folder, &name, since),
        Outcome::Visits { folder, visits, deleted } => leaving::choose(model, folder, visits, deleted),
        Outcome::VisitDeleted { id, folder, reference } => {
            return leaving::visit_deleted(model, id, folder, &reference);
        }
        Outcome::Sealing { reference, done, total } => sealing::underway(model, reference, done, total),
        Outcome::SealingStopped { reference } => sealing::stopped(model, &reference),
        Outcome::SealFailed(error) => {
            model.clients.page.sealing = None;
            return receive(model, Outcome::Failed(error));
        }
        Outcome::CheckingSeals { folder, done, total } => sealing::checking(model, folder, done, total),
        Outcome::CheckingStopped => sealing::checking_stopped(model),
        Outcome::CheckFailed(error) => {
            model.clients.page.checking = None;
            return receive(model, Outcome::Failed(error));
        }
        Outcome::Sealed { folder, reference } => return sealing::sealed(model, folder, &reference),
        Outcome::SealsChecked { said, hold } => sealing::checked(model, said, hold),
        Outcome::Erased { id, reference, files } => leaving::erased(model, id, &reference, files),
        Outcome::IsBack { folder, name } => return leaving::is_back(model, folder, &name),
        Outcome::Opened(opened) => return arrive(model, *opened),
        // Whoever left meanwhile is not taken back; what follows gives the visit back.
        Outcome::TakenOver(opened) => {
            if model.visit.as_ref().is_some_and(|visit| visit.reference == opened.reference) {
                return arrive(model, *opened);
            }
        }
        Outcome::History { visits, lost } => match &model.visit {
            Some(visit) => model.comparison.receive(visits, visit, model.today),
            None => model.clients.page.receive(&visits, lost),
        },
        Outcome::NoHistory { folder, error } => return no_history(model, &folder, error),
        Outcome::Captures { reference, captures } => {
            if let Some(visit) = model.visit.as_mut().filter(|visit| visit.reference == reference) {
                visit.captured = Captured::new(captures);
            }
        }
        Outcome::Files { reference, files } => {
            if let Some(visit) = model.visit.as_mut().filter(|visit| visit.reference == reference) {
                visit.files = files;
            }
        }
        Outcome::Attaching { name, done, total, waiting } => {
            attaching::underway(model, Copying { name, done, total, waiting });
        }
        Outcome::AttachingStopped { reference, name } => attaching::given_up(model, &reference, &name),
        Outcome::Attached { reference, question, attachment } => {
            return attaching::attached(model, &reference, &question, attachment);
        }
        Outcome::NotAttached { asked, error } => attaching::failed(model, &asked, &error),
        outcome @ (Outcome::Saved { .. }
        | Outcome::SavedAnew { .. }
        | Outcome::Renamed { .. }
        | Outcome::SavedBeside { .. }
        | Outcome::Merged { .. }
        | Outcome::SaveFailed(_)) => return of_saving(model, outcome),
        Outcome::Previewed { kind, document } => {
            let (columns, theme) = (model.size.0, model.theme);
            for layer in &mut model.layers {
                if let Layer::Documents(documents) = layer {
                    documents.receive(kind, document.clone(), columns, theme);
                }
            }
        }
        Outcome::DocumentWritten { path, name } => {
            // A confined session shows no path.
            let place = if model.confined { name } else { path };
            model.say(Text::new(format!("écrit : {place}"), format!("written: {place}")));
        }
        Outcome::Failed(error) => warn(model, &error),
    }
    Vec::new()
}

fn warn(model: &mut Model, error: &Error) {
    let hint = error.hint.clone().unwrap_or_default();
    let with = |message: &str, hint: &str| match hint {
        "" => message.to_owned(),
        hint => format!("{message} ({hint})"),
    };
    model.warn(Text::new(with(&error.message.fr, &hint.fr), with(&error.message.en, &hint.en)));
}

/// The visits of a client cannot be read: whoever waits for them is told instead.
fn no_history(model: &mut Model, folder: &str, error: Error) -> Vec<Effect> {
    if let Some(visit) = &model.visit {
        // What is open can still be seen alone.
        model.comparison.receive(Vec::new(), visit, model.today);
        warn(model, &error);
        return Vec::new();
    }
    if error.kind == Kind::NotFound {
        return leaving::gone(model, folder);
    }
    if model.clients.page.folder == folder {
        model.clients.page.fail(error);
    }
    Vec::new()
}

/// How far the visit is on its way to the disk, and what was met there.
fn of_saving(model: &mut Model, outcome: Outcome) -> Vec<Effect> {
    match outcome {
        Outcome::Saved { revision } => {
            let had_failed = model.visit.as_mut().is_some_and(|visit| visit.saving.done(revision));
            // What was said of the failure is true no more.
            if had_failed {
                model.say(Text::new(
                    "le disque répond de nouveau\u{202f}: tout est enregistré",
                    "the disk answers again: everything is saved",
                ));
            }
        }
        Outcome::SavedAnew { revision } => {
            if let Some(visit) = &mut model.visit {
                visit.saving.done(revision);
            }
            model.warn(whereabouts::said_of_lost());
        }
        Outcome::Renamed { folder, reference } => {
            model.warn(whereabouts::said_of_renamed(&folder));
            if let Some(visit) = &mut model.visit {
                (visit.folder, visit.reference) = (folder, reference);
            }
        }
        Outcome::SavedBeside { revision, kept } => {
            if let Some(visit) = &mut model.visit {
                visit.saving.done(revision);
            }
            model.warn(Text::new(
                format!("un autre programme avait modifié ce fichier ; son état est gardé dans {kept}"),
                format!("another program had changed this file; its state is kept in {kept}"),
            ));
        }
        Outcome::Merged { revision, sent, merged, kept } => {
            if let Some(visit) = &mut model.visit {
                visit.take_in(&sent, &merged.assessment);
                visit.saving.done(revision);
            }
            // A confined session shows no path.
            let kept = kept.filter(|_| !model.confined);
            model.warn(merged.said(kept.as_deref()));
            return look_again(model);
        }
        Outcome::SaveFailed(error) => {
            if let Some(visit) = &mut model.visit {
                visit.saving.failed();
            }
            return receive(model, Outcome::Failed(error));
        }
        _ => {}
    }
    Vec::new()
}

/// A visit is opened: the interview stands where it was left.
fn arrive(model: &mut Model, opened: Opened) -> Vec<Effect> {
    let why = opened.read_only.as_ref().map(|error| error.message.clone());
    model.clients.opened(&opened.folder, &opened.assessment, opened.archived, model.today);
    // Somebody waited for it, and stays at the question.
    let is_this = |before: &Visit| before.reference == opened.reference && before.read_only.is_some();
    let waited = model.visit.take().filter(is_this);
    let mut visit = Visit::new(opened);
    if let Some(before) = &waited {
        visit.go_to(before.current());
    }
    model.interview.arrive(&visit);
    model.visit = Some(visit);
    model.result = result::Result::default();
    model.evidence = Evidence::default();
    model.summary.give_up();
    model.screen = Screen::Interview;
    match why {
        Some(why) => model.warn(why),
        None if waited.is_some() => model.say(Text::new(
            "vous pouvez maintenant modifier cette visite\u{202f}: refaites ce que vous vouliez",
            "you can change this visit now: do once more what you wanted to",
        )),
        None => {}
    }
    attaching::check(model).into_iter().collect()
}

/// What another program wrote was taken in: it may name other captures and files.
fn look_again(model: &mut Model) -> Vec<Effect> {
    // Whoever left meanwhile has not taken it in.
    let Some(visit) = &model.visit else { return Vec::new() };
    let read = Effect::ReadCaptures {
        reference: visit.reference.clone(),
        labels: visit.assessment().captures.clone(),
    };
    [Effect::TakenIn, read].into_iter().chain(attaching::check(model)).collect()
}
