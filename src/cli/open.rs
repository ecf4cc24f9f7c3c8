//! `privaudit`, `privaudit open`, `privaudit demo`: what does the interface begin with?

use clap::Args;
use jiff::civil::Date;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::parse;

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
        "Ouvre un client dans l’entretien de sa dernière visite non scellée",
        "Opens a client in the interview of the latest unsealed visit",
    ),
    arguments: &[
        (
            "client",
            "le nom du client, celui de son dossier, ou une visite CLIENT@DATE",
            "the client’s name, that of its folder, or a visit CLIENT@DATE",
        ),
        (
            "new",
            "crée le client et la visite s’ils manquent",
            "makes client and visit where they are missing",
        ),
        (
            "only",
            "une session limitée à ce client : aucun autre n’y est visible",
            "a session confined to this client: no other is visible in it",
        ),
        ("plain", "ligne par ligne, sans plein écran", "line by line, without a full screen"),
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
#[expect(dead_code, reason = "read by the interface, which is not in this build")]
pub enum Start {
    Clients,
    Client(Open),
    Demo,
}

/// Hands the terminal over to the interface.
pub fn interface(_start: &Start, _context: &Context) -> Result<(), Failure> {
    Err(Failure::refused("l’interface n’est pas dans cette version", "the interface is not in this build"))
}
