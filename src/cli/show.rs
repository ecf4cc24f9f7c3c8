//! `privaudit show`: what does a visit hold? The complete record, to read or as JSON.

use std::io::Write;
use std::path::Path;

use clap::Args;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use crate::domain::text::Language;
use crate::report::attached;
use crate::report::capture_text;
use crate::report::json;
use crate::report::json::Beside;
use crate::report::json::RecordDocument;
use crate::storage::assessments::Visit;
use crate::storage::attachments;
use crate::storage::captures;

mod record;

#[derive(Debug, Args)]
pub struct Show {
    #[arg(value_name = "REF")]
    reference: String,
    #[arg(long)]
    json: bool,
}

pub const WORDS: Words = Words {
    about: ("Montre tout ce que contient une visite", "Shows everything that a visit holds"),
    arguments: &[
        (
            "reference",
            "la visite : CLIENT, CLIENT@DATE, ou un fichier",
            "the visit: CLIENT, CLIENT@DATE, or a file",
        ),
        ("json", "en JSON", "as JSON"),
    ],
    commands: &[],
};

impl Show {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let (found, visit) = context.visit(&self.reference)?;
        // The same wherever the file lies: version control copies it elsewhere, under its name.
        let name = found.path.file_stem().unwrap_or_default().to_string_lossy();
        print((&found.reference(), &name), &found.path, &visit, self.json, context.language, out)
    }
}

/// Prints everything that a visit holds; its evidence is beside the file at `place`. `names`: what JSON calls it, and
/// what its first line says after client and date.
pub fn print(
    (reference, heading): (&str, &str),
    place: &Path,
    visit: &Visit,
    json: bool,
    language: Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let captures = captures::all(place, &visit.assessment.captures);
    let attached = attachments::check(place, &visit.assessment);
    if json {
        let seen = Beside { captures: &captures, attached: &attached };
        let document = RecordDocument::new(reference, &visit.questionnaire, &visit.assessment, seen);
        let text = json::text(&document).map_err(|error| Failure::Output(error.into()))?;
        out.write_all(text.as_bytes())?;
        return Ok(());
    }
    record::print(heading, visit, language, out)?;
    // A file that was taken elsewhere says what was attached to it, not that it is missing there.
    let apart = !attachments::folder(place).is_dir();
    attached::list(&attached, apart, language, out)?;
    capture_text::list(&captures, apart, language, out)?;
    Ok(())
}
