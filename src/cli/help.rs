//! What does `--help` say, in which language? Descriptions kept beside the commands, in French and English.

use clap::Arg;
use clap::ArgAction;
use clap::Command;

use crate::domain::text::Language;

/// What a command is for, and each of its arguments; French first.
#[derive(Debug)]
pub struct Words {
    /// In one line; what `--help` says besides stands behind an empty line.
    pub about: (&'static str, &'static str),
    /// By the argument's id.
    pub arguments: &'static [(&'static str, &'static str, &'static str)],
    /// By name.
    pub commands: &'static [(&'static str, Words)],
}

/// What stands for a value in French, where the English word would not be understood.
const VALUE_NAMES: [(&str, &str); 12] = [
    ("DIR", "DOSSIER"),
    ("FILE", "FICHIER"),
    ("PATH", "CHEMIN"),
    ("VALUE", "VALEUR"),
    ("NAME", "NOM"),
    ("TEXT", "TEXTE"),
    ("LEVEL", "NIVEAU"),
    ("ID|PATH", "ID|CHEMIN"),
    ("COLUMN=VALUE", "COLONNE=VALEUR"),
    ("RULES.ron", "RÈGLES.ron"),
    ("STATUS", "STATUT"),
    ("COMMAND", "COMMANDE"),
];

/// The command with its descriptions, and those of the commands inside it.
pub fn describe(command: Command, words: &Words, language: Language) -> Command {
    let version = command.get_version().is_some();
    let about = language.pick(words.about.0, words.about.1);
    let mut command = match about.split_once("\n\n") {
        Some((line, _)) => command.about(line).long_about(about),
        None => command.about(about),
    };
    command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .subcommand_help_heading(language.pick("Commandes", "Commands"))
        .subcommand_value_name(language.pick("COMMANDE", "COMMAND"))
        .help_template(language.pick(
            "{about-with-newline}\nUsage\u{202f}: {usage}\n\n{all-args}",
            "{about-with-newline}\nUsage: {usage}\n\n{all-args}",
        ))
        .arg(help_flag(language));
    if version {
        command = command.arg(version_flag(language));
    }
    command = command.mut_args(|argument| describe_argument(argument, words, language));
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    for name in names {
        if let Some((_, words)) = words.commands.iter().find(|(of, _)| *of == name) {
            command = command.mut_subcommand(name, |inner| describe(inner, words, language));
        }
    }
    command
}

fn describe_argument(argument: Arg, words: &Words, language: Language) -> Arg {
    let id = argument.get_id().to_string();
    let found = words.arguments.iter().find(|(of, ..)| *of == id);
    let argument = match found {
        Some((_, fr, en)) => argument.help(language.pick(*fr, *en)),
        None => argument,
    };
    let name = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    let french = VALUE_NAMES.iter().find(|(en, _)| name.as_deref() == Some(*en));
    match (language, french) {
        (Language::Fr, Some((_, fr))) => argument.value_name(*fr),
        _ => argument,
    }
}

fn help_flag(language: Language) -> Arg {
    Arg::new("help")
        .short('h')
        .long("help")
        .display_order(902)
        .action(ArgAction::Help)
        .help(language.pick("montre cette aide", "shows this help"))
}

fn version_flag(language: Language) -> Arg {
    Arg::new("version")
        .short('V')
        .long("version")
        .display_order(903)
        .action(ArgAction::Version)
        .help(language.pick("montre la version", "shows the version"))
}
