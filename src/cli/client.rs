//! `privaudit client`: who is a client, until when are their files kept, and is it among those of every day?

use std::io::Write;

use clap::Args;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::parse;
use super::parse::Due;
use super::print::colon;
use super::today::today;
use crate::domain::text::plain_line;

#[derive(Debug, Args)]
pub struct Client {
    #[arg(value_name = "CLIENT")]
    name: String,
    #[arg(long, value_name = "DATE", value_parser = parse::due)]
    keep_until: Option<Due>,
    #[arg(long)]
    archive: bool,
    #[arg(long, conflicts_with = "archive")]
    unarchive: bool,
}

pub const WORDS: Words = Words {
    about: (
        "Montre un client, décide jusqu’à quand ses fichiers sont conservés, l’archive ou le ramène\n\n\
         Rien n’est effacé tout seul\u{202f}: passé la date, `privaudit clients`, la liste et `privaudit doctor` le \
         disent, et `privaudit erase` efface. Un nouveau client n’a pas de date\u{202f}: la durée dépend du contrat et \
         de la loi, que ce programme ne connaît pas.",
        "Shows a client, decides until when the files are kept, archives it or takes it back\n\n\
         Nothing is erased by itself: after the date, `privaudit clients`, the list and `privaudit doctor` say so, and \
         `privaudit erase` erases. A new client has no date: how long depends on the contract and the law, which this \
         program does not know.",
    ),
    arguments: &[
        ("name", "son nom ou son dossier", "the name or the folder"),
        (
            "keep_until",
            "conserver jusqu’à cette date\u{202f}; none la retire",
            "keep until this date; none takes it back",
        ),
        (
            "archive",
            "l’archiver\u{202f}: tout est gardé, et il n’est plus parmi les autres",
            "archive it: all is kept, and it is not among the others any more",
        ),
        ("unarchive", "le ramener parmi les autres", "take it back among the others"),
    ],
    commands: &[],
};

impl Client {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let store = context.store()?;
        let mut client = store.client(&self.name)?;
        if let Some(Due(until)) = self.keep_until {
            client = store.keep_until(&client, until)?;
        }
        if self.archive || self.unarchive {
            client = store.archive(&client, self.archive.then(today))?;
        }
        let language = context.language;
        let visits = client.visits()?;
        let until = match client.keep_until {
            None => language.pick("pas de date", "no date").to_owned(),
            Some(until) if client.is_due(today()) => {
                format!("{until} {}", language.pick("(passé\u{202f}: à effacer)", "(over: to be erased)"))
            }
            Some(until) => until.to_string(),
        };
        let archived = client.archived.map(|on| (language.pick("Archivé le", "Archived on"), on.to_string()));
        let lines = [
            (language.pick("Client", "Client"), plain_line(&client.name)),
            (language.pick("Dossier", "Folder"), client.path.display().to_string()),
            (
                language.pick("Visites", "Visits"),
                visits.iter().map(|visit| visit.name()).collect::<Vec<_>>().join(", "),
            ),
            (language.pick("À conserver jusqu’au", "Keep until"), until),
        ];
        for (label, text) in lines.into_iter().chain(archived) {
            writeln!(out, "{label}{}{}", colon(language), plain_line(&text))?;
        }
        Ok(())
    }
}
