//! What can be typed behind `privaudit`? The commands, a file each, and what they have in common.
//!
//! To add a command: a file with its arguments (`clap`), its `WORDS` in both languages and its `run`; then a line
//! in `Command`, in `ABOUT` and in `perform`.

use std::ffi::OsString;
use std::io::BufWriter;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use clap::CommandFactory;
use clap::FromArgMatches;
use clap::Parser;
use clap::Subcommand;

use crate::domain::text::Language;

mod actions;
mod answer;
mod change;
mod check;
mod client;
mod clients;
mod completions;
mod context;
mod delete;
pub mod demo;
mod diff;
mod doctor;
mod evidence;
mod failure;
mod help;
mod history;
mod import;
mod interrupt;
mod language;
mod man;
mod new;
mod open;
mod paper;
mod parse;
mod plain;
mod print;
mod progress;
mod question;
mod questionnaires;
mod report;
mod score;
mod seal;
mod sheet;
mod show;
mod syntax;
mod table;
mod today;
mod upgrade;
mod verify;

use context::Context;
use failure::Failure;
use help::Words;

#[derive(Debug, Parser)]
#[command(name = "privaudit", version, disable_help_subcommand = true)]
struct Arguments {
    #[arg(long, global = true, value_name = "DIR", display_order = 900)]
    store: Option<PathBuf>,
    #[arg(long, global = true, value_name = "fr|en", display_order = 901, value_parser = parse::language)]
    lang: Option<Language>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Open(open::Open),
    New(new::New),
    Clients(clients::Clients),
    Client(client::Client),
    Answer(Box<answer::Answer>),
    Table(table::Table),
    Import(import::Import),
    Evidence(evidence::Evidence),
    Show(show::Show),
    History(history::History),
    Delete(delete::Delete),
    Restore(delete::Restore),
    Erase(delete::Erase),
    Doctor(doctor::Doctor),
    Score(score::Score),
    Actions(actions::Actions),
    Report(report::Report),
    Diff(diff::Diff),
    Seal(seal::Seal),
    Verify(verify::Verify),
    Upgrade(upgrade::Upgrade),
    Check(check::Check),
    Questionnaires(questionnaires::Questionnaires),
    Demo,
    Completions(completions::Completions),
    Man,
    Help(Help),
}

/// `help diff` says what `diff --help` says.
#[derive(Debug, Args)]
struct Help {
    #[arg(value_name = "COMMAND")]
    of: Vec<OsString>,
}

const ABOUT: Words = Words {
    about: (
        "Mène une petite entreprise à travers une évaluation de la vie privée en sept étapes. Sans commande : l’interface, sur la liste des clients.",
        "Walks a small business through a privacy assessment in seven steps. Without a command: the interface, on the list of clients.",
    ),
    arguments: &[
        (
            "store",
            "le dossier des clients (sinon PRIVAUDIT_STORE, sinon le dossier de données du système)",
            "the folder of the clients (else PRIVAUDIT_STORE, else the system’s data folder)",
        ),
        (
            "lang",
            "la langue : fr ou en (sinon celle des réglages, sinon celle du système)",
            "the language: fr or en (else that of the settings, else that of the system)",
        ),
    ],
    commands: &[
        ("open", open::WORDS),
        ("new", new::WORDS),
        ("clients", clients::WORDS),
        ("client", client::WORDS),
        ("answer", answer::WORDS),
        ("table", table::WORDS),
        ("import", import::WORDS),
        ("evidence", evidence::WORDS),
        ("show", show::WORDS),
        ("history", history::WORDS),
        ("delete", delete::DELETE),
        ("restore", delete::RESTORE),
        ("erase", delete::ERASE),
        ("doctor", doctor::WORDS),
        ("score", score::WORDS),
        ("actions", actions::WORDS),
        ("report", report::WORDS),
        ("diff", diff::WORDS),
        ("seal", seal::WORDS),
        ("verify", verify::WORDS),
        ("upgrade", upgrade::WORDS),
        ("check", check::WORDS),
        ("questionnaires", questionnaires::WORDS),
        ("demo", open::DEMO),
        ("completions", completions::WORDS),
        ("man", man::WORDS),
        (
            "help",
            Words {
                about: ("Montre l’aide d’une commande", "Shows the help of a command"),
                arguments: &[("of", "la commande (sinon, toutes)", "the command (else all of them)")],
                commands: &[],
            },
        ),
    ],
};

/// What the shell is told when it did not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// Lines ready for standard error.
    pub message: String,
    pub status: u8,
}

/// Does what a command line says. The first argument is the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<(), Failed> {
    // A limit to the size of files is then told like a full disk, and ends nothing. It may not be settable; few have one.
    let _ = signal_hook::flag::register(rustix::process::Signal::XFSZ.as_raw(), Arc::default());
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let language = language::before_parsing(&arguments);
    let program = arguments.first().cloned().unwrap_or_default();
    let parsed = match parse(arguments, language) {
        Ok(Arguments { command: Some(Command::Help(Help { of })), .. }) => {
            parse([vec![program], of, vec!["--help".into()]].concat(), language)
        }
        parsed => parsed,
    };
    let done = match parsed {
        Ok(arguments) => perform(arguments, language),
        Err(error) => syntax::told(&error, language),
    };
    match done {
        // Whoever reads our output may stop when they have seen enough.
        Err(failure) if failure.is_broken_pipe() => Ok(()),
        done => done.map_err(|failure| Failed { status: failure.status(), message: failure.show(language) }),
    }
}

/// The commands as `clap` knows them, described in one language.
fn described(language: Language) -> clap::Command {
    help::describe(Arguments::command(), &ABOUT, language)
}

fn parse(arguments: Vec<OsString>, language: Language) -> Result<Arguments, clap::Error> {
    // Descriptions take as long as all the rest of it, and are for whoever asks or is mistaken.
    let plain = Arguments::command().try_get_matches_from(&arguments);
    let matches = plain.or_else(|_| described(language).try_get_matches_from(arguments))?;
    Arguments::from_arg_matches(&matches)
}

fn perform(arguments: Arguments, language: Language) -> Result<(), Failure> {
    let context = Context::new(arguments.lang.unwrap_or(language), arguments.store);
    // The interface has the terminal for itself.
    let command = match arguments.command {
        None => return open::interface(&open::Start::Clients, &context),
        Some(Command::Open(open)) => return open::interface(&open::Start::Client(open), &context),
        Some(Command::Demo) => return open::interface(&open::Start::Demo, &context),
        Some(command) => command,
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let done = perform_printing(&command, &context, &mut out);
    // What was printed before a failure belongs to the answer, too.
    let flushed = out.flush().map_err(Failure::Output);
    done.and(flushed)
}

fn perform_printing(command: &Command, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    match command {
        Command::New(new) => new.run(context, out),
        Command::Clients(clients) => clients.run(context, out),
        Command::Client(client) => client.run(context, out),
        Command::Answer(answer) => answer.run(context, out),
        Command::Table(table) => table.run(context, out),
        Command::Import(import) => import.run(context, out),
        Command::Evidence(evidence) => evidence.run(context, out),
        Command::Show(show) => show.run(context, out),
        Command::History(history) => history.run(context, out),
        Command::Delete(delete) => delete.run(context, out),
        Command::Restore(restore) => restore.run(context, out),
        Command::Erase(erase) => erase.run(context, out),
        Command::Doctor(doctor) => doctor.run(context, out),
        Command::Score(score) => score.run(context, out),
        Command::Actions(actions) => actions.run(context, out),
        Command::Report(report) => report.run(context, out),
        Command::Diff(diff) => diff.run(context, out),
        Command::Seal(seal) => seal.run(context, out),
        Command::Verify(verify) => verify.run(context, out),
        Command::Upgrade(upgrade) => upgrade.run(context, out),
        Command::Check(check) => check.run(context, out),
        Command::Questionnaires(questionnaires) => questionnaires.run(context, out),
        Command::Completions(completions) => completions.run(described(context.language), out),
        Command::Man => man::run(&described(context.language), context.language, out),
        Command::Open(_) | Command::Demo | Command::Help(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each(command: &clap::Command, path: &str, see: &mut impl FnMut(&str, &clap::Command)) {
        see(path, command);
        for inner in command.get_subcommands() {
            each(inner, &format!("{path} {}", inner.get_name()), see);
        }
    }

    #[test]
    fn the_commands_are_consistent() {
        described(Language::En).debug_assert();
        described(Language::Fr).debug_assert();
    }

    #[test]
    fn everything_has_its_words_in_both_languages() {
        let mut said = [Vec::new(), Vec::new()];
        for (words, language) in said.iter_mut().zip([Language::Fr, Language::En]) {
            each(&described(language), "privaudit", &mut |path, command| {
                let about = command.get_about().map(ToString::to_string).unwrap_or_default();
                words.push((path.to_owned(), about));
                for argument in command.get_arguments() {
                    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
                    words.push((format!("{path} {}", argument.get_id()), help));
                }
            });
        }
        let [fr, en] = said;
        assert_eq!(fr.len(), en.len());
        for ((place, fr), (_, en)) in fr.iter().zip(&en) {
            assert!(!fr.is_empty() && !en.is_empty(), "{place} is not described");
            assert_ne!(fr, en, "{place} says the same in both languages");
        }
    }
}
