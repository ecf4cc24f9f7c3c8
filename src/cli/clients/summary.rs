//! `privaudit clients --summary`: what do the chosen clients have in common?

use std::io::Write;

use crate::cli::failure::Failure;
use crate::cli::print::column;
use crate::cli::print::widest;
use crate::cli::progress::Progress;
use crate::domain::scoring::shown;
use crate::domain::summary::Mean;
use crate::domain::summary::Summary;
use crate::domain::text::Language;
use crate::report::json;
use crate::report::summary::SummaryDocument;
use crate::storage::clients::ClientFolder;
use crate::storage::clients::Store;
use crate::storage::error::Error;

/// How many of the questions missed are printed as text; JSON has them all.
const MOST: usize = 15;
/// How many clients are read before it is told how far that is.
const PORTION: usize = 64;

/// Over the last visits of these clients; of nobody in particular, over those of everyone who is archived or who is
/// not. What cannot be read comes back.
pub fn summary(
    store: &Store,
    clients: &[String],
    archived: bool,
    mut progress: Progress,
) -> Result<(Summary, Vec<Error>), Error> {
    let mut errors = Vec::new();
    let chosen: Vec<ClientFolder> = if clients.is_empty() {
        let readable = store.clients()?.into_iter();
        readable
            .filter_map(|client| client.map_err(|error| errors.push(error)).ok())
            .filter(|client| client.archived.is_some() == archived)
            .collect()
    } else {
        clients.iter().map(|client| store.client(client)).collect::<Result<_, _>>()?
    };
    let mut summing = store.sum_up(chosen.into_iter().map(|client| client.folder).collect());
    while summing.go_on(PORTION) {
        progress.tell(summing.done(), summing.total());
    }
    let sum = summing.end();
    errors.extend(sum.errors);
    Ok((sum.summary, errors))
}

pub fn print_json(summary: &Summary, out: &mut dyn Write) -> Result<(), Failure> {
    let text = json::text(&SummaryDocument::of(summary)).map_err(|error| Failure::Output(error.into()))?;
    out.write_all(text.as_bytes())?;
    Ok(())
}

pub fn print_text(summary: &Summary, language: Language, out: &mut dyn Write) -> Result<(), Failure> {
    let visits = summary.visits;
    let Some((from, to)) = summary.dates else {
        let none = language.pick("Aucun client, aucune visite à résumer.", "No client, no visit to sum up.");
        writeln!(out, "{none}")?;
        return Ok(());
    };
    let counted = language.plural(
        visits,
        language.pick("client, sa dernière visite", "client, the last visit"),
        language.pick("clients, la dernière visite de chacun", "clients, the last visit of each"),
    );
    let when = match from == to {
        true => language.pick(format!("du {from}"), format!("of {from}")),
        false => language.pick(format!("du {from} au {to}"), format!("from {from} to {to}")),
    };
    writeln!(out, "{visits} {counted}, {when}\n")?;
    let mut means = vec![(language.pick("Ensemble", "Overall"), summary.overall)];
    means.extend(summary.steps.iter().map(|step| (step.title.get(language), step.score)));
    let widest_title = widest(means.iter().map(|(title, _)| *title));
    for (title, mean) in means {
        writeln!(out, "{}  {}", column(title, widest_title), described(mean, language))?;
    }
    let missed = summary.most_missed();
    if missed.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", language.pick("Le plus souvent en défaut", "Missed most often"))?;
    for (id, question) in missed.into_iter().take(MOST) {
        let of = language.pick("sur", "of");
        let count = format!("{} {of} {}", question.missed(), question.answered);
        writeln!(out, "{count:>12}  {} ({id})", question.title.get(language))?;
    }
    if summary.is_uneven() {
        let among = language.pick(
            "Chaque compte est parmi les clients qui ont répondu\u{202f}: tous n’ont pas le même profil.",
            "Each count is among the clients who answered: they do not all have the same profile.",
        );
        writeln!(out, "\n{among}")?;
    }
    Ok(())
}

fn described(mean: Mean, language: Language) -> String {
    let Some(value) = mean.value() else {
        return language.pick("–  aucun score", "–  no score").to_owned();
    };
    let average = language.pick("moyenne de", "mean of");
    format!("{:>3}  {average} {}", shown(value), mean.count)
}
