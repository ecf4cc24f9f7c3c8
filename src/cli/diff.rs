//! `privaudit diff`: what changed between two visits, and why did the score move?

use std::io::Write;
use std::path::Path;

use clap::Args;

use super::context::Context;
use super::failure::Failure;
use super::failure::shown;
use super::help::Words;
use super::paper::Paper;
use super::today::today;
use crate::domain::comparison::compare;
use crate::domain::observing::Taken;
use crate::domain::site;
use crate::domain::text::Text;
use crate::report::brand::Brand;
use crate::report::comparison::Compared;
use crate::report::comparison::DiffDocument;
use crate::report::comparison::End;
use crate::report::comparison::document;
use crate::report::comparison::site_chapter;
use crate::report::json;
use crate::report::markdown::markdown;
use crate::storage::assessments::Visit;
use crate::storage::captures;
use crate::storage::error::Error;
use crate::storage::reference::Found;

mod gate;
pub mod text;
mod timeline;

use gate::Gate;
use timeline::Form;

#[derive(Debug, Args)]
pub struct Diff {
    #[arg(value_name = "REF", required_unless_present = "gate")]
    references: Vec<String>,
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    #[arg(long)]
    markdown: bool,
    #[arg(long, conflicts_with = "gate")]
    timeline: bool,
    #[arg(long, value_name = "RULES.ron", num_args = 0..=1)]
    #[expect(
        clippy::option_option,
        reason = "an option whose value may be left out: that is clap’s type for it"
    )]
    gate: Option<Option<String>>,
}

pub const WORDS: Words = Words {
    about: (
        "Compare deux visites : ce qui a changé, et pourquoi le score a bougé",
        "Compares two visits: what changed, and why the score moved",
    ),
    arguments: &[
        (
            "references",
            "une visite, comparée à celle d’avant ; ou deux, l’ancienne d’abord (CLIENT, CLIENT@DATE, ou un fichier)",
            "a visit, compared with the one before it; or two, the older first (CLIENT, CLIENT@DATE, or a file)",
        ),
        ("json", "en JSON", "as JSON"),
        ("markdown", "en Markdown, pour le client", "as Markdown, for the client"),
        (
            "timeline",
            "toutes les visites jusqu’à celle-ci : scores, étapes, actions ouvertes et closes",
            "all visits up to this one: scores, steps, actions opened and closed",
        ),
        (
            "gate",
            "se termine par 3 si quelque chose est moins bien ; ce qui compte, aussi du site, se règle dans un fichier RON",
            "exits 3 if anything got worse; what counts, also of the site, can be set in a RON file",
        ),
    ],
    commands: &[],
};

/// One of the two visits, read.
struct Read {
    reference: String,
    visit: Visit,
    /// The captures of the site that can be read.
    taken: Vec<Taken>,
}

impl Read {
    fn end(&self) -> End<'_> {
        End {
            reference: &self.reference,
            questionnaire: &self.visit.questionnaire,
            assessment: &self.visit.assessment,
        }
    }
}

impl Diff {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let (references, rules) = self.sorted();
        if self.timeline {
            return timeline::run(&references, self.form(), context, out);
        }
        let (from, to) = visits(&references, context)?;
        let gate = match &self.gate {
            None => None,
            Some(_) => Some(Gate::read(rules.map(Path::new), [&from.visit, &to.visit], context.language)?),
        };
        let comparison = compare(
            &from.visit.questionnaire,
            &from.visit.assessment,
            &to.visit.questionnaire,
            &to.visit.assessment,
            today(),
        );
        let compared = Compared { from: from.end(), to: to.end(), comparison: &comparison };
        let site = site::compare(&from.taken, &to.taken);
        if self.json {
            let text = json::text(&DiffDocument::new(&compared).with_site(&site))
                .map_err(|error| Failure::Output(error.into()))?;
            out.write_all(text.as_bytes())?;
        } else if self.markdown {
            let mut document = document(&compared, &Brand::default(), context.language);
            document.blocks.extend(site_chapter(&site, context.language));
            out.write_all(markdown(&document).as_bytes())?;
        } else {
            text::print(&compared, Paper::of_output(), context.language, out)?;
            text::print_site(&site, Paper::of_output(), context.language, out)?;
        }
        // What the gate says stands behind it.
        out.flush()?;
        gate.map_or(Ok(()), |gate| gate.pass(&compared, &site, context))
    }

    fn form(&self) -> Form {
        match (self.json, self.markdown) {
            (true, _) => Form::Json,
            (_, true) => Form::Markdown,
            _ => Form::Text,
        }
    }

    /// The references, and the file of rules. `--gate` takes the word behind it, which may be a reference: rules are
    /// a file.
    fn sorted(&self) -> (Vec<&str>, Option<&str>) {
        let references = self.references.iter().map(String::as_str);
        match self.gate.as_ref().and_then(Option::as_deref) {
            Some(word) if is_file(word) => (references.collect(), Some(word)),
            word => (word.into_iter().chain(references).collect(), None),
        }
    }
}

fn is_file(word: &str) -> bool {
    let path = Path::new(word);
    path.extension().is_some_and(|extension| extension == "ron") || path.is_file()
}

fn visits(references: &[&str], context: &Context) -> Result<(Read, Read), Failure> {
    let store = context.store()?;
    let read = |found: Found| {
        let visit = store.visit(&found.path)?;
        let taken = captures::taken(&found.path, &visit.assessment);
        let lost = visit.assessment.captures.len() - taken.len();
        if lost > 0 {
            let reference = found.reference();
            let left_out = Text::counted(
                lost,
                ("relevé du site illisible, laissé de côté", "relevés du site illisibles, laissés de côté"),
                (
                    "capture of the site cannot be read and is left out",
                    "captures of the site cannot be read and are left out",
                ),
            );
            context
                .note(format!("{reference}\u{a0}: {}", left_out.fr), format!("{reference}: {}", left_out.en));
        }
        Ok::<Read, Error>(Read { reference: found.reference(), visit, taken })
    };
    match references {
        [only] => {
            let to = store.find(only)?;
            let before = to.before()?.ok_or_else(|| nothing_before(&to))?;
            Ok((read(before)?, read(to)?))
        }
        [from, to] => Ok((read(store.find(from)?)?, read(store.find(to)?)?)),
        _ => {
            let error = Error::refused("il faut une ou deux visites", "one visit or two are needed").hint(
                "`privaudit diff AVANT APRÈS`, ou `privaudit diff CLIENT` pour les deux dernières",
                "`privaudit diff BEFORE AFTER`, or `privaudit diff CLIENT` for the last two",
            );
            Err(Failure::Syntax(shown(&error, context.language)))
        }
    }
}

fn nothing_before(found: &Found) -> Error {
    let reference = found.reference();
    Error::not_found(
        format!("aucune visite avant {reference} : il n’y a rien à quoi la comparer"),
        format!("there is no visit before {reference}: nothing to compare it with"),
    )
    .hint(
        "nommer les deux visites : `privaudit diff AVANT APRÈS`",
        "name both visits: `privaudit diff BEFORE AFTER`",
    )
}
