//! `privaudit check`: what is wrong with questionnaire files? Everything at once, each problem at its line.

use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use clap::Args;

use super::context::Context;
use super::failure::Failure;
use super::failure::shown;
use super::help::Words;
use crate::domain::text::Language;
use crate::domain::text::plain;
use crate::storage::error::Error;
use crate::storage::library;

#[derive(Debug, Args)]
pub struct Check {
    #[arg(value_name = "PATH", required = true)]
    path: Vec<PathBuf>,

    #[arg(long)]
    strict: bool,
}

pub const WORDS: Words = Words {
    about: (
        "Montre tous les problèmes de questionnaires, chacun à sa ligne",
        "Shows all problems of questionnaires, each at its line",
    ),
    arguments: &[
        (
            "path",
            "le dossier d’un questionnaire, ou un fichier de ce dossier",
            "the folder of a questionnaire, or a file of that folder",
        ),
        ("strict", "un conseil compte comme un problème", "advice counts as a problem"),
    ],
    commands: &[],
};

impl Check {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let language = context.language;
        let mut folders: Vec<PathBuf> = Vec::new();
        let mut problems = 0;
        for path in &self.path {
            let folder = folder_of(path);
            if !folders.contains(&folder) {
                let found = check(&folder, language, out)?;
                problems += found.problems + if self.strict { found.advice } else { 0 };
                folders.push(folder.clone());
            }
            problems += unnamed(path, &folder, language, out)?;
        }
        if problems == 0 {
            return Ok(());
        }
        Err(Failure::refused(
            format!("{problems} {}", Language::Fr.plural(problems, "problème", "problèmes")),
            format!("{problems} {}", Language::En.plural(problems, "problem", "problems")),
        ))
    }
}

/// A file stands for the questionnaire of its folder.
fn folder_of(path: &Path) -> PathBuf {
    if !path.is_file() {
        return path.to_owned();
    }
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => PathBuf::from("."),
        Some(folder) => folder.to_owned(),
        None => path.to_owned(),
    }
}

/// How much was printed about a questionnaire.
struct Found {
    problems: usize,
    advice: usize,
}

/// Prints all problems of a questionnaire, then the advice on it.
fn check(folder: &Path, language: Language, out: &mut dyn Write) -> Result<Found, Failure> {
    let sources = match library::sources(folder) {
        Ok(sources) => sources,
        Err(error) => return Ok(Found { problems: failed(&error, language, out)?, advice: 0 }),
    };
    let (loaded, advice) = (sources.load(), sources.advise());
    let faults = loaded.as_ref().err().map(Vec::as_slice).unwrap_or_default();
    for fault in faults.iter().chain(&advice) {
        writeln!(out, "{}", plain(&fault.show(language)))?;
    }
    if let Ok(questionnaire) = &loaded {
        let (shown, head) = (folder.display().to_string(), &questionnaire.head);
        let count = questionnaire.questions().count();
        let advised = match advice.len() {
            0 => String::new(),
            1 => language.pick(", 1 conseil", ", 1 piece of advice").to_owned(),
            many => format!(", {many} {}", language.pick("conseils", "pieces of advice")),
        };
        writeln!(
            out,
            "{}: {} {}, {count} {}{advised}",
            plain(&shown),
            plain(&head.id),
            plain(&head.version),
            language.pick("questions, aucun problème", "questions, no problem"),
        )?;
    }
    Ok(Found { problems: faults.len(), advice: advice.len() })
}

/// A file that was named but is no part of its questionnaire would pass unseen.
fn unnamed(path: &Path, folder: &Path, language: Language, out: &mut dyn Write) -> Result<usize, Failure> {
    let Some(name) = path.file_name().filter(|_| path.is_file()) else { return Ok(0) };
    let Ok(sources) = library::sources(folder) else { return Ok(0) };
    if sources.files.contains_key(&*name.to_string_lossy()) {
        return Ok(0);
    }
    let shown = path.display().to_string();
    let error = Error::refused(
        format!("{shown}:1:1: questionnaire.ron ne nomme pas ce fichier"),
        format!("{shown}:1:1: questionnaire.ron does not name this file"),
    );
    failed(&error, language, out)
}

fn failed(error: &Error, language: Language, out: &mut dyn Write) -> Result<usize, Failure> {
    write!(out, "{}", shown(error, language).trim_start_matches("error: "))?;
    Ok(1)
}
