//! `privaudit new`: how does a visit begin?

use std::io::Write;

use clap::Args;
use jiff::civil::Date;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::parse;
use super::today::today;
use crate::storage::assessments;

#[derive(Debug, Args)]
pub struct New {
    #[arg(value_name = "CLIENT")]
    client: String,
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    on: Option<Date>,
    #[arg(long, value_name = "ID|PATH")]
    questionnaire: Option<String>,
    #[arg(long)]
    express: bool,
    #[arg(long)]
    blank: bool,
}

pub const WORDS: Words = Words {
    about: (
        "Crée une visite sans l’ouvrir, et le client s’il est nouveau ; la dernière ligne est sa référence",
        "Makes a visit without opening it, and the client if new; the last line is its reference",
    ),
    arguments: &[
        ("client", "le nom du client, ou celui de son dossier", "the client’s name, or that of its folder"),
        ("on", "la date de la visite (aujourd’hui)", "the date of the visit (today)"),
        (
            "questionnaire",
            "un questionnaire, par son id ou son dossier (celui de la dernière visite)",
            "a questionnaire, by id or folder (that of the last visit)",
        ),
        ("express", "seulement les questions de la visite rapide", "only the questions of the express visit"),
        (
            "blank",
            "sans reprendre les réponses de la dernière visite",
            "without taking over the answers of the last visit",
        ),
    ],
    commands: &[],
};

impl New {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let store = context.store()?;
        let library = store.library();
        let last = match store.client(&self.client) {
            Ok(client) => client.visits()?.last().map(|visit| client.visit_path(*visit)),
            Err(_) => None,
        };
        let questionnaire = match (&self.questionnaire, last) {
            (Some(named), _) => library.find(named)?,
            (None, Some(last)) => library.next(&assessments::read(&last)?.questionnaire)?,
            (None, None) => crate::storage::library::built_in()?,
        };
        // Made last: a client whose first visit is refused would be in the way.
        let client = store.client_or_new(&self.client)?;
        let date = self.on.unwrap_or_else(today);
        let visit = store.create_visit(&client, date, &questionnaire, self.express, self.blank)?;
        writeln!(out, "{}", client.reference(visit))?;
        Ok(())
    }
}
