//! `privaudit score`: what is the score of a visit? To read, or as JSON.

use std::io::Write;

use clap::Args;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use crate::domain::scoring;
use crate::report::json;
use crate::report::json::ScoreDocument;

mod text;

#[derive(Debug, Args)]
pub struct Score {
    #[arg(value_name = "REF")]
    reference: String,
    #[arg(long)]
    json: bool,
}

pub const WORDS: Words = Words {
    about: ("Montre les scores d’une visite et ses constats", "Shows the scores of a visit and its findings"),
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

impl Score {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let (found, visit) = context.visit(&self.reference)?;
        let score = scoring::score(&visit.questionnaire, &visit.assessment);
        let reference = found.reference();
        if self.json {
            let document = ScoreDocument::new(&reference, &visit.questionnaire, &visit.assessment, &score);
            let text = json::text(&document).map_err(|error| Failure::Output(error.into()))?;
            out.write_all(text.as_bytes())?;
            return Ok(());
        }
        text::print(&reference, &visit, &score, context.language, out)?;
        Ok(())
    }
}
