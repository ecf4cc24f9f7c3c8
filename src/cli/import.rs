//! `privaudit import`: what does a capture of the client's site show? Read, summed up, and kept with the visit.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::change::change;
use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::parse;
use super::progress::Progress;
use super::progress::Told;
use crate::domain::capture::CaptureLabel;
use crate::domain::capture::Phase;
use crate::domain::text::Language;
use crate::domain::text::plain_line;
use crate::import::capture;
use crate::import::capture::Keep;
use crate::import::capture::Reading;
use crate::import::first_party;
use crate::report::capture_text;
use crate::report::json;
use crate::report::json::CapturePart;
use crate::storage::captures;
use crate::storage::captures::Seen;
use crate::storage::error::Error;
use crate::storage::error::Kind;

#[derive(Debug, Args)]
pub struct Import {
    #[arg(value_name = "REF")]
    reference: String,
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "PHASE", default_value = "before", hide_default_value = true, value_parser = parse::phase)]
    phase: Phase,
    #[arg(long, value_name = "DOMAIN")]
    first_party: Vec<String>,
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    on: Option<Date>,
    #[arg(long)]
    keep: bool,
    #[arg(long)]
    json: bool,
}

pub const WORDS: Words = Words {
    about: (
        "Lit une capture du site : un HAR, ou l’inspection.json du Website Evidence Collector\n\n\
         Le fichier est reconnu à son contenu. N’en est gardé que ce qu’il montre : hôtes, noms de cookies, \
         formulaires, liens. Jamais une valeur de cookie, une requête, un corps ou une autorisation. Le même fichier \
         importé deux fois est une seule capture, dont l’étiquette est remplacée.",
        "Reads a capture of the site: a HAR, or the Website Evidence Collector’s inspection.json\n\n\
         The file is recognised by its content. Only what it shows is kept: hosts, names of cookies, forms, links. \
         Never the value of a cookie, a query, a body or an authorisation. The same file imported twice is one \
         capture, whose label is replaced.",
    ),
    arguments: &[
        (
            "reference",
            "la visite : CLIENT, CLIENT@DATE, ou un fichier",
            "the visit: CLIENT, CLIENT@DATE, or a file",
        ),
        ("file", "la capture", "the capture"),
        (
            "phase",
            "le choix fait sur les traceurs : before (aucun encore ; sans cette option), refused, accepted, withdrawn",
            "the choice made about trackers: before (none yet; without this option), refused, accepted, withdrawn",
        ),
        (
            "first_party",
            "un domaine qui appartient aussi au site ; peut être répété",
            "a domain that belongs to the site, too; may be repeated",
        ),
        (
            "on",
            "le jour de la capture (sinon celui que dit le fichier)",
            "the day of the capture (else the one that the file says)",
        ),
        (
            "keep",
            "garder aussi le HAR, sans valeurs, requêtes ni corps",
            "keep the HAR, too, without values, queries and bodies",
        ),
        ("json", "en JSON", "as JSON"),
    ],
    commands: &[],
};

impl Import {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let (found, visit) = context.visit(&self.reference)?;
        if visit.assessment.seal.is_some() {
            return Err(Error::sealed(&found.reference()).into());
        }
        // Read before the visit is locked: a large file takes seconds.
        let reading = self.read(context.language)?;
        let kept = match &reading.scrubbed {
            Some(scrubbed) if !scrubbed.too_large => {
                Some(captures::keep_scrubbed(&found.path, &scrubbed.text())?)
            }
            _ => None,
        };
        let label = CaptureLabel {
            name: self.name(),
            phase: self.phase,
            on: self.on.or(reading.on).unwrap_or(visit.assessment.date),
            digest: reading.capture.digest.clone(),
            summary: captures::keep(&found.path, &reading.capture)?,
            kept,
        };
        let (reference, known) = change(context, &self.reference, |questionnaire, assessment| {
            let before = assessment.captures.iter_mut().find(|before| before.digest == label.digest);
            let known = before.is_some();
            if let Some(before) = before {
                // Kept once, it stays kept.
                let kept = label.kept.clone().or(before.kept.take());
                *before = CaptureLabel { kept, ..label.clone() };
            } else {
                assessment.captures.push(label.clone());
            }
            captures::observe(&found.path, questionnaire, assessment);
            Ok(known)
        })?;
        self.note(context, &reading, known);
        if visit.questionnaire.rulebook.rules.is_empty() {
            context.note(
                "le questionnaire de cette visite n’a pas de règles pour les captures : aucune réponse n’est proposée ni \
                 contredite (`privaudit upgrade` passe à une version qui en a)",
                "this visit’s questionnaire has no rules for captures: no answer is proposed or disproved \
                 (`privaudit upgrade` moves to a version that has them)",
            );
        }
        if self.json {
            let seen = Seen { label, capture: Ok(reading.capture) };
            let text = json::text(&CapturePart::new(&seen)).map_err(|error| Failure::Output(error.into()))?;
            out.write_all(text.as_bytes())?;
            return Ok(());
        }
        writeln!(out, "{reference}")?;
        capture_text::summary(&label, &reading.capture, context.language, out)?;
        Ok(())
    }

    fn note(&self, context: &Context, reading: &Reading, known: bool) {
        if known {
            context.note(
                "cette capture était déjà importée ; son étiquette est remplacée",
                "this capture was imported already; its label is replaced",
            );
        }
        if self.keep && reading.scrubbed.as_ref().is_none_or(|scrubbed| scrubbed.too_large) {
            context.note(
                "la capture elle-même n’est pas gardée : ce n’est pas un HAR, ou il est trop grand",
                "the capture itself is not kept: it is no HAR, or too large",
            );
        }
    }

    /// The file's name alone: its folder is nobody's business.
    fn name(&self) -> String {
        self.file.file_name().map_or_else(String::new, |name| plain_line(&name.to_string_lossy()))
    }

    fn read(&self, language: Language) -> Result<Reading, Failure> {
        let mut declared = BTreeSet::new();
        for domain in &self.first_party {
            declared.insert(first_party::declared(domain).ok_or_else(|| no_domain(domain))?);
        }
        let failed = |error: &io::Error| Error::io(&self.file, ("lire", "read"), error);
        let file = File::open(&self.file).map_err(|error| failed(&error))?;
        let found = file.metadata().map_err(|error| failed(&error))?;
        if found.is_dir() {
            return Err(failed(&io::ErrorKind::IsADirectory.into()).into());
        }
        let progress = Progress::of(language, "lecture de la capture\u{a0}:", "reading the capture:");
        let file = Told::new(file, found.len(), progress);
        let keep = if self.keep { Keep::Scrubbed } else { Keep::Nothing };
        capture::read(file, &declared, keep).map_err(|failure| match failure {
            capture::Failure::Io(error) => failed(&error).into(),
            capture::Failure::Problem(problem) => at_place(&self.file, problem).into(),
        })
    }
}

fn at_place(file: &Path, problem: crate::import::problem::Problem) -> Error {
    let (shown, line, byte) = (file.display(), problem.line, problem.byte);
    let error = Error::new(
        Kind::Unreadable,
        format!("{shown} : ligne {line}, octet {byte} : {}", problem.message.fr),
        format!("{shown}: line {line}, byte {byte}: {}", problem.message.en),
    );
    match problem.hint {
        Some(hint) => error.hint(hint.fr, hint.en),
        None => error,
    }
}

fn no_domain(text: &str) -> Failure {
    Failure::refused(format!("« {text} » n’est pas un domaine"), format!("“{text}” is no domain"))
}
