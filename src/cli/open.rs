//! `privaudit`, `privaudit open`, `privaudit demo`: what does the interface begin with?

use clap::Args;
use jiff::civil::Date;

use super::context::Context;
use super::demo;
use super::demo::Demo;
use super::failure::Failure;
use super::help::Words;
use super::parse;
use super::plain;
use super::today;
use crate::storage::clients::Store;
use crate::storage::error::Error;
use crate::storage::error::Kind;
use crate::storage::library::BUILT_IN;
use crate::storage::reference::Found;
use crate::tui;
use crate::tui::End;
use crate::tui::clipboard::Reach;
use crate::tui::effect::Effect;
use crate::tui::effect::Opened;
use crate::tui::effect::Outcome;
use crate::tui::model::Model;
use crate::tui::perform::Hands;
use crate::tui::terminal;
use crate::tui::theme::Theme;
use crate::tui::update;
use crate::tui::view;

/// The interview of one client.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Open {
    #[arg(value_name = "CLIENT")]
    pub client: String,
    #[arg(long)]
    pub new: bool,
    #[arg(long)]
    pub only: bool,
    #[arg(long)]
    pub plain: bool,
    #[arg(long, value_name = "DATE", value_parser = parse::date, requires = "new")]
    pub on: Option<Date>,
    #[arg(long, value_name = "ID|PATH", requires = "new")]
    pub questionnaire: Option<String>,
    #[arg(long, requires = "new")]
    pub express: bool,
}

pub const WORDS: Words = Words {
    about: (
        "Ouvre un client dans l’entretien de sa dernière visite, en lecture seule si elle est scellée",
        "Opens a client in the interview of the latest visit, to be read only if it is sealed",
    ),
    arguments: &[
        (
            "client",
            "le nom du client, celui de son dossier, ou une visite CLIENT@DATE",
            "the client’s name, that of its folder, or a visit CLIENT@DATE",
        ),
        (
            "new",
            "crée le client et la visite s’ils manquent, ou si la dernière visite est scellée",
            "makes client and visit where they are missing, or where the latest visit is sealed",
        ),
        (
            "only",
            "une session limitée à ce client : aucun autre n’y est visible",
            "a session confined to this client: no other is visible in it",
        ),
        (
            "plain",
            "ligne par ligne, pour lecteurs d’écran, terminaux simples et tubes",
            "line by line, for screen readers, simple terminals and pipes",
        ),
        (
            "on",
            "avec --new : la date de la visite (aujourd’hui)",
            "with --new: the date of the visit (today)",
        ),
        (
            "questionnaire",
            "avec --new : un questionnaire, par son id ou son dossier",
            "with --new: a questionnaire, by id or folder",
        ),
        (
            "express",
            "avec --new : seulement les questions de la visite rapide",
            "with --new: only the questions of the express visit",
        ),
    ],
    commands: &[],
};

pub const DEMO: Words = Words {
    about: (
        "Ouvre l’interface sur un dépôt jetable, avec des clients d’exemple",
        "Opens the interface on a throw-away store with sample clients",
    ),
    arguments: &[],
    commands: &[],
};

/// Where the interface begins.
#[derive(Debug)]
pub enum Start {
    Clients,
    Client(Open),
    Demo,
}

/// Hands the terminal over to the interface.
pub fn interface(start: &Start, context: &Context) -> Result<(), Failure> {
    if let Start::Client(open @ Open { plain: true, .. }) = start {
        return line_by_line(open, context);
    }
    if !terminal::is_usable() {
        return Err(Failure::Refused(
            Error::refused(
                "l’interface a besoin d’un terminal qui sache placer un curseur",
                "the interface needs a terminal that can place a cursor",
            )
            .hint(
                "par SSH, ajouter -t ; terminal simple ou tube : `privaudit open CLIENT --plain`",
                "over SSH, add -t; a simple terminal or a pipe: `privaudit open CLIENT --plain`",
            ),
        ));
    }
    let today = today::today();
    match start {
        Start::Clients | Start::Client(_) => run(context.store()?, context, start, today),
        Start::Demo => {
            let folder = Demo::make(today)?;
            let done = run(Store::at(folder.path()), context, start, today);
            let removed = folder.remove();
            done.and(removed.map_err(Failure::from))
        }
    }
}

fn run(store: Store, context: &Context, start: &Start, today: Date) -> Result<(), Failure> {
    let open = match start {
        Start::Client(open) => Some(open),
        Start::Clients | Start::Demo => None,
    };
    let theme = Theme::from_environment(|name| std::env::var(name).ok());
    let today = open.and_then(|open| open.on).unwrap_or(today);
    let mut model = Model::new(context.language, theme, (80, 24), today);
    model.clipboard = Reach::from_environment(|name| std::env::var(name).ok());
    let mut hands = match open {
        Some(open) => hands(store, open, today),
        None => Hands::new(store, today),
    };
    if matches!(start, Start::Demo) {
        hands = hands.forgetful();
        model.say(demo::notice());
    }
    // Read before the first frame: what is asked for is what is seen first.
    let first = if let Some(open) = open {
        model.confined = open.only;
        let opened = begin(&mut hands, open, today)?;
        update::receive(&mut model, Outcome::Opened(Box::new(opened)))
    } else {
        update::receive(&mut model, hands.glimpse());
        vec![Effect::ListClients]
    };
    match tui::run(model, hands, first, view::view) {
        Ok(End::Quit) => Ok(()),
        Ok(End::Signal(signal)) => Err(Failure::Signal(signal)),
        Ok(End::Unsaved(error)) => Err(Failure::Refused(*error)),
        Err(error) => Err(Failure::Output(error)),
    }
}

/// The interview without a screen, which any terminal and any pipe can have.
fn line_by_line(open: &Open, context: &Context) -> Result<(), Failure> {
    let today = open.on.unwrap_or_else(today::today);
    let mut hands = hands(context.store()?, open, today);
    let opened = begin(&mut hands, open, today)?;
    plain::conduct(hands, opened, context.language, today, open.only)
}

/// What touches the store for a client's visit.
fn hands(store: Store, open: &Open, today: Date) -> Hands {
    let mut hands = Hands::new(store, today);
    if open.only {
        hands = hands.confined();
    }
    if let Some(questionnaire) = &open.questionnaire {
        hands = hands.with_questionnaire(questionnaire.clone());
    }
    hands
}

/// The visit that the command names. A confined session is told neither a path nor what else there is.
fn begin(hands: &mut Hands, open: &Open, today: Date) -> Result<Opened, Failure> {
    let root = hands.store().root().to_owned();
    match opened(hands, open, today) {
        Err(Failure::Refused(error)) if open.only => {
            Err(Failure::Refused(Error { hint: None, ..error.without_paths(&root) }))
        }
        Ok(mut opened) if open.only => {
            opened.read_only = opened.read_only.map(|error| error.without_paths(&root));
            Ok(opened)
        }
        opened => opened,
    }
}

/// The visit that the command names; with `--new`, client and visit are made where they are missing.
fn opened(hands: &mut Hands, open: &Open, today: Date) -> Result<Opened, Failure> {
    let store = hands.store().clone();
    if open.new && store.client(&open.client).is_err_and(|error| error.kind == Kind::NotFound) {
        let client = store.create_client(&open.client)?;
        let questionnaire = open.questionnaire.as_deref().unwrap_or(BUILT_IN);
        let listed = store.library().find(questionnaire)?;
        store.create_visit(&client, today, &listed, open.express, false)?;
    }
    match store.find(&open.client) {
        Ok(Found { client: Some(client), visit: Some(visit), .. }) if open.client.contains('@') => {
            Ok(hands.open_visit(&client, visit)?)
        }
        Ok(Found { client: Some(client), .. }) => {
            let opened = hands.open_client(&client, false)?;
            // A sealed visit is corrected by a new one.
            let begins = open.new && opened.assessment.seal.is_some();
            Ok(if begins { hands.open_client(&client, true)? } else { opened })
        }
        Ok(Found { client: None, .. }) => {
            Err(Failure::refused("ce fichier n’est pas dans le dépôt", "this file is not in the store"))
        }
        // A client without a visit yet.
        Err(_) if open.new => Ok(hands.open_client(&store.client(&open.client)?, false)?),
        Err(error) => Err(error.into()),
    }
}
