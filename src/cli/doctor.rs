//! `privaudit doctor`: is the store in order, and what is to be done? Mends only when asked to.

use std::io::Write;
use std::time::SystemTime;

use clap::Args;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::print::colon;
use super::progress::Progress;
use super::today::today;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::text::plain;
use crate::report::json;
use crate::report::json::FindingEntry;
use crate::storage::doctor::Health;
use crate::storage::doctor::finding::Finding;
use crate::storage::error::Error;

#[derive(Debug, Args)]
pub struct Doctor {
    #[arg(long)]
    fix: bool,
    #[arg(long)]
    json: bool,
}

pub const WORDS: Words = Words {
    about: (
        "Examine le dépôt, et dit que faire\n\n\
         Fichiers illisibles, réponses rescapées d’un enregistrement impossible, questionnaires manquants, sceaux \
         rompus, fichiers orphelins ou étrangers, permissions, restes d’écritures et de verrous, clients à ne plus \
         conserver. Ne change rien sans --fix, qui ne touche à rien de ce qui a été saisi. Statut 1 s’il reste quelque \
         chose à faire.",
        "Examines the store, and says what to do\n\n\
         Files that cannot be read, answers rescued from a save that failed, questionnaires missing, seals broken, \
         orphaned and foreign files, permissions, what is left of writes and locks, clients not to be kept any longer. \
         Changes nothing without --fix, which touches nothing that was entered. Exit status 1 if something is left to \
         do.",
    ),
    arguments: &[
        (
            "fix",
            "répare ce qui peut l’être sans rien perdre",
            "mends what can be mended without losing anything",
        ),
        ("json", "en JSON", "as JSON"),
    ],
    commands: &[],
};

/// A finding, and what became of it.
type Treated<'a> = (&'a Finding, Option<Text>);

impl Doctor {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let store = context.store()?;
        let language = context.language;
        // A mistyped place must not be told to be in good order.
        if !self.json && !store.root().is_dir() {
            let root = plain(&store.root().display().to_string());
            let said = language.pick(
                format!("aucun dépôt en {root}\u{202f}: rien à examiner"),
                format!("there is no store at {root}: nothing to examine"),
            );
            writeln!(out, "{said}")?;
            return Ok(());
        }
        let mut progress = Progress::of(language, "examen des clients\u{a0}:", "examining clients:");
        let health =
            store.examine(today(), SystemTime::now(), &mut |done, total| progress.tell(done, total))?;
        drop(progress);
        let mut treated: Vec<Treated> = Vec::new();
        for finding in &health.findings {
            let done = match self.fix {
                false => None,
                // One that cannot be mended must not keep the others from it.
                true => store.mend(finding).unwrap_or_else(|error| {
                    context.note(&error.message.fr, &error.message.en);
                    None
                }),
            };
            treated.push((finding, done));
        }
        if self.json {
            print_json(&treated, language, out)?;
        } else {
            print_text(&health, &treated, language, out)?;
        }
        let left = treated.iter().filter(|(_, done)| done.is_none()).count();
        let mendable =
            treated.iter().filter(|(finding, done)| done.is_none() && finding.mend.is_some()).count();
        if left == 0 { Ok(()) } else { Err(unwell(left, mendable).into()) }
    }
}

fn unwell(left: usize, mendable: usize) -> Error {
    let points = Language::Fr.plural(left, "point demande", "points demandent");
    let need = Language::En.plural(left, "point needs", "points need");
    let error =
        Error::refused(format!("{left} {points} votre attention"), format!("{left} {need} attention"));
    match mendable {
        0 => error,
        count => error.hint(
            format!("`privaudit doctor --fix` en répare {count}"),
            format!("`privaudit doctor --fix` mends {count} of them"),
        ),
    }
}

fn print_json(treated: &[Treated], language: Language, out: &mut dyn Write) -> Result<(), Failure> {
    let entries: Vec<FindingEntry> = treated
        .iter()
        .map(|(finding, done)| FindingEntry {
            kind: finding.kind.word(),
            path: finding.path.display().to_string(),
            message: finding.message.get(language),
            advice: finding.advice.get(language),
            mendable: finding.mend.is_some(),
            mended: done.is_some(),
        })
        .collect();
    let text = json::text(&entries).map_err(|error| Failure::Output(error.into()))?;
    out.write_all(text.as_bytes())?;
    Ok(())
}

fn print_text(
    health: &Health,
    treated: &[Treated],
    language: Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    for (finding, done) in treated {
        writeln!(out, "{}", plain(&finding.path.display().to_string()))?;
        writeln!(out, "  {}", plain(finding.message.get(language)))?;
        let (label, text) = match done {
            Some(done) => (language.pick("fait", "done"), done),
            None => (language.pick("à faire", "to do"), &finding.advice),
        };
        if !text.is_empty() {
            writeln!(out, "  {label}{}{}", colon(language), plain(text.get(language)))?;
        }
    }
    let (clients, visits) = (health.clients, health.visits);
    let counted = match language {
        Language::Fr => format!(
            "{clients} {}, {visits} {} lisibles",
            language.plural(clients, "client", "clients"),
            language.plural(visits, "visite", "visites"),
        ),
        Language::En => format!(
            "{clients} {}, {visits} readable {}",
            language.plural(clients, "client", "clients"),
            language.plural(visits, "visit", "visits"),
        ),
    };
    let well = if treated.is_empty() {
        language.pick("\u{202f}; tout est en ordre", "; all is in order")
    } else {
        ""
    };
    writeln!(out, "{counted}{well}")?;
    if health.deleted > 0 {
        let deleted = health.deleted;
        let said = language.pick(
            "dans la corbeille\u{202f}; `privaudit restore` les liste, `privaudit erase` les efface",
            "in the trash; `privaudit restore` lists them, `privaudit erase` erases them",
        );
        writeln!(out, "{deleted} {said}")?;
    }
    Ok(())
}
