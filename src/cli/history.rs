//! `privaudit history`: how was a visit before? Its earlier states, to look at and to bring back.

use std::io::Write;
use std::path::Path;
use std::time::SystemTime;

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::print::column;
use super::show;
use crate::domain::assessment::Assessment;
use crate::domain::merge;
use crate::domain::seal::Place;
use crate::domain::text::Language;
use crate::report::json;
use crate::report::json::StateEntry;
use crate::storage::assessments;
use crate::storage::error::Error;
use crate::storage::history;
use crate::storage::history::State;

#[derive(Debug, Args)]
pub struct History {
    #[arg(value_name = "REF")]
    reference: String,
    #[arg(value_name = "N")]
    number: Option<u64>,
    #[arg(long, requires = "number", conflicts_with = "json")]
    restore: bool,
    #[arg(long)]
    json: bool,
}

pub const WORDS: Words = Words {
    about: (
        "Montre les états antérieurs d’une visite, et en rétablit un\n\n\
         Les vingt derniers sont gardés : celui d’avant chaque séance qui change la visite, et ce qu’un autre programme \
         a écrit dans son fichier. Rétablir n’efface rien : l’état présent devient un état antérieur.",
        "Shows the earlier states of a visit, and brings one back\n\n\
         The last twenty are kept: the one before each session that changes the visit, and what another program wrote \
         into its file. Bringing one back erases nothing: the present state becomes an earlier one.",
    ),
    arguments: &[
        (
            "reference",
            "la visite : CLIENT, CLIENT@DATE, ou un fichier",
            "the visit: CLIENT, CLIENT@DATE, or a file",
        ),
        ("number", "montre cet état, comme `show`", "shows this state, like `show`"),
        ("restore", "en fait l’état présent", "makes it the present state"),
        ("json", "en JSON", "as JSON"),
    ],
    commands: &[],
};

impl History {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let store = context.store()?;
        let found = store.find(&self.reference)?;
        let states = history::states(&found.path)?;
        let reference = found.reference();
        let Some(number) = self.number else {
            return list(&found.path, &states, self.json, context.language, out);
        };
        let Some(state) = states.iter().find(|state| state.number == number) else {
            return Err(unknown(&reference, number, &states).into());
        };
        if self.restore {
            assessments::restore(&found.path, &assessments::read(&state.path)?)?;
            let said = context.language.pick("rétablie dans l’état", "is back in state");
            writeln!(out, "{reference} {said} {number}")?;
            return Ok(());
        }
        let visit = store.visit(&state.path)?;
        let name = format!("{reference} [{number}]");
        show::print((&name, &name), &found.path, &visit, self.json, context.language, out)
    }
}

fn unknown(reference: &str, number: u64, states: &[State]) -> Error {
    let known = states.iter().map(|state| state.number.to_string()).collect::<Vec<_>>().join(", ");
    let error = Error::not_found(
        format!("{reference} n’a pas d’état {number}"),
        format!("{reference} has no state {number}"),
    );
    if known.is_empty() {
        return error.hint("aucun état antérieur n’est gardé", "no earlier state is kept");
    }
    error.hint(format!("états\u{202f}: {known}"), format!("states: {known}"))
}

/// Each state with what was changed after it, until the next or the present one.
fn list(
    visit: &Path,
    states: &[State],
    json: bool,
    language: Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let read: Vec<Result<Assessment, Error>> =
        states.iter().map(|state| assessments::read(&state.path)).chain([assessments::read(visit)]).collect();
    let changes = read.windows(2).map(|pair| match pair {
        [Ok(before), Ok(after)] => Some(merge::differences(before, after)),
        _ => None,
    });
    let lines: Vec<(&State, Option<Vec<Place>>)> = states.iter().zip(changes).collect();
    if json {
        let entries: Vec<StateEntry> = lines
            .iter()
            .zip(&read)
            .map(|((state, changes), read)| StateEntry {
                number: state.number,
                saved: Timestamp::try_from(state.saved).unwrap_or_default().to_string(),
                answers: read.as_ref().ok().map(|assessment| assessment.answers.len()),
                changed_after: changes
                    .as_ref()
                    .map(|changes| changes.iter().map(|place| place.name().to_owned()).collect()),
                error: read.as_ref().err().map(|error| error.message.get(language).to_owned()),
            })
            .collect();
        let text = json::text(&entries).map_err(|error| Failure::Output(error.into()))?;
        out.write_all(text.as_bytes())?;
        return Ok(());
    }
    if lines.is_empty() {
        let none = language.pick("Aucun état antérieur n’est gardé.", "No earlier state is kept.");
        writeln!(out, "{none}")?;
    }
    for ((state, changes), read) in lines.iter().zip(&read) {
        let held = match read {
            Ok(assessment) => answers(assessment.answers.len(), language),
            Err(_) => language.pick("illisible", "unreadable").to_owned(),
        };
        let after = changes.as_ref().map_or(String::new(), |changes| changed(changes, language));
        let number = column(&state.number.to_string(), 4);
        writeln!(
            out,
            "{}",
            format!("{number}  {}  {}  {after}", minute(state.saved), column(&held, 14)).trim_end()
        )?;
    }
    Ok(())
}

fn answers(count: usize, language: Language) -> String {
    let (one, many) = language.pick(("réponse", "réponses"), ("answer", "answers"));
    format!("{count} {}", language.plural(count, one, many))
}

/// What was changed after a state, in a line.
fn changed(places: &[Place], language: Language) -> String {
    let (count, first) =
        (places.len(), places.iter().take(2).map(Place::name).collect::<Vec<_>>().join(", "));
    let more = if count > 2 { ", …" } else { "" };
    match count {
        0 => language.pick("puis aucun changement", "then no change").to_owned(),
        _ => format!(
            "{} {count}{} {first}{more}",
            language.pick("puis changé", "then changed"),
            language.pick("\u{202f}:", ":")
        ),
    }
}

/// On the clock of this place, to the minute.
fn minute(at: SystemTime) -> String {
    let moment = Timestamp::try_from(at).unwrap_or_default().to_zoned_datetime(TimeZone::system());
    moment.strftime("%Y-%m-%d %H:%M").to_string()
}
