//! `privaudit questionnaires`: which ones are there, and how does one's own begin?

use std::fs;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use clap::Args;
use clap::Subcommand;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::print::column;
use super::print::widest;
use crate::domain::text::plain;
use crate::domain::text::plain_line;
use crate::report::json;
use crate::report::json::QuestionnaireEntry;
use crate::storage::error::Error;
use crate::storage::files;
use crate::storage::library::Listed;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Questionnaires {
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Export(Export),
}

#[derive(Debug, Args)]
struct Export {
    #[arg(value_name = "ID|PATH")]
    id: String,
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub const WORDS: Words = Words {
    about: (
        "Liste les questionnaires connus : celui du programme, puis les vôtres",
        "Lists the questionnaires known: the program’s, then your own",
    ),
    arguments: &[("json", "en JSON", "as JSON")],
    commands: &[(
        "export",
        Words {
            about: (
                "Copie un questionnaire en fichiers, pour en faire le sien",
                "Copies a questionnaire as files, to make one’s own from",
            ),
            arguments: &[
                ("id", "un questionnaire, par son id ou son dossier", "a questionnaire, by id or folder"),
                ("folder", "un dossier nouveau ou vide", "a new or empty folder"),
            ],
            commands: &[],
        },
    )],
};

impl Questionnaires {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        match &self.command {
            Some(Command::Export(export)) => export.run(context, out),
            None => self.list(context, out),
        }
    }

    fn list(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let (known, broken): (Vec<_>, Vec<_>) = context.library().list().into_iter().partition(Result::is_ok);
        let known: Vec<Listed> = known.into_iter().flatten().collect();
        if self.json {
            let entries: Vec<QuestionnaireEntry> =
                known.iter().map(|listed| entry(listed, context)).collect();
            let text = json::text(&entries).map_err(|error| Failure::Output(error.into()))?;
            out.write_all(text.as_bytes())?;
        } else {
            list_as_text(&known, context, out)?;
        }
        out.flush()?;
        let broken: Vec<Error> = broken.into_iter().filter_map(Result::err).collect();
        match broken.as_slice() {
            [] => Ok(()),
            broken => {
                let all = |fr: bool| {
                    let text =
                        |error: &Error| if fr { error.message.fr.clone() } else { error.message.en.clone() };
                    broken.iter().map(text).collect::<Vec<_>>().join("\n")
                };
                Err(Failure::Refused(
                    Error::refused(all(true), all(false)).hint(
                        "`privaudit check DOSSIER` montre tout",
                        "`privaudit check DIR` shows everything",
                    ),
                ))
            }
        }
    }
}

fn entry<'a>(listed: &'a Listed, context: &Context) -> QuestionnaireEntry<'a> {
    let head = &listed.questionnaire.head;
    QuestionnaireEntry {
        id: &head.id,
        version: &head.version,
        digest: &listed.questionnaire.digest,
        title: head.title.get(context.language),
        questions: listed.questionnaire.questions().count(),
        legal_baseline: head.legal_baseline,
        built_in: listed.is_built_in(),
        origin: &listed.sources().origin,
    }
}

fn list_as_text(known: &[Listed], context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let language = context.language;
    let lines: Vec<[String; 5]> = known
        .iter()
        .map(|listed| {
            let head = &listed.questionnaire.head;
            let count = listed.questionnaire.questions().count();
            let origin = if listed.is_built_in() {
                language.pick("fourni avec le programme", "built in").to_owned()
            } else {
                plain_line(&listed.sources().origin)
            };
            [
                format!("{} {}", plain_line(&head.id), plain_line(&head.version)),
                plain_line(head.title.get(language)),
                format!("{count} questions"),
                format!("{} {}", language.pick("droit au", "law as of"), language.date(head.legal_baseline)),
                origin,
            ]
        })
        .collect();
    let widths: Vec<usize> = (0..4)
        .map(|cell| widest(lines.iter().filter_map(|line| line.get(cell)).map(String::as_str)))
        .collect();
    for line in &lines {
        let cells = line.iter().zip(widths.iter().chain(&[0])).map(|(cell, width)| column(cell, *width));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  "))?;
    }
    Ok(())
}

impl Export {
    fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let listed = context.library().find(&self.id)?;
        refuse_what_is_there(&self.folder)?;
        files::make_folder(&self.folder)?;
        for (name, text) in &listed.sources().files {
            files::write(&self.folder.join(name), text.as_bytes())?;
        }
        writeln!(out, "{}", plain(&self.folder.display().to_string()))?;
        Ok(())
    }
}

fn refuse_what_is_there(folder: &Path) -> Result<(), Error> {
    let empty = fs::read_dir(folder).map_or(!folder.exists(), |mut entries| entries.next().is_none());
    if empty {
        return Ok(());
    }
    let shown = folder.display();
    Err(Error::refused(
        format!("{shown} n’est pas un dossier vide : rien n’y est écrit"),
        format!("{shown} is no empty folder: nothing is written there"),
    )
    .hint("indiquer un dossier nouveau", "name a new folder"))
}
