//! `privaudit clients`: how do the clients stand? The portfolio, a line each.

use std::cmp::Ordering;
use std::io::Write;

use clap::Args;
use jiff::civil::Date;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::progress::Progress;
use super::today::today;
use crate::domain::scoring;
use crate::domain::scoring::Band;
use crate::domain::text::Language;
use crate::domain::text::plain_line;
use crate::report::json;
use crate::report::json::ClientEntry;
use crate::report::json::LastVisit;
use crate::storage::clients::Store;
use crate::storage::error::Error;
use crate::storage::portfolio::line::Line;
use crate::storage::portfolio::line::Standing;

mod summary;
mod table;

#[derive(Debug, Args)]
pub struct Clients {
    #[arg(long)]
    json: bool,
    #[arg(long)]
    summary: bool,
    #[arg(long)]
    archived: bool,
    #[arg(value_name = "CLIENT", requires = "summary", conflicts_with = "archived")]
    of: Vec<String>,
}

pub const WORDS: Words = Words {
    about: (
        "Montre le portefeuille : clients, visites, dernière date, score, bande, actions ouvertes",
        "Shows the portfolio: clients, visits, last date, score, band, open actions",
    ),
    arguments: &[
        ("json", "en JSON", "as JSON"),
        (
            "summary",
            "ce que des clients ont en commun : moyenne par étape et défauts les plus fréquents, avec leur nombre",
            "what clients have in common: mean by step, and what is missed most often, with counts",
        ),
        ("archived", "seulement ceux qui sont archivés", "only those that are archived"),
        (
            "of",
            "ces clients seulement (sinon tous ceux qui ne sont pas archivés)",
            "these clients only (else all that are not archived)",
        ),
    ],
    commands: &[],
};

impl Clients {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let store = context.store()?;
        if self.summary {
            return self.summarise(&store, context.language, out);
        }
        let mut progress = Progress::of(context.language, "lecture des clients\u{a0}:", "reading clients:");
        let lines = store.lines(|done, total| progress.tell(done, total))?;
        drop(progress);
        let errors: Vec<Error> = lines.iter().filter_map(|line| line.error.as_deref().cloned()).collect();
        let mut standings = lines;
        let today = today();
        if self.json {
            standings.retain(|standing| !self.archived || standing.archived.is_some());
            print_json(&standings, today, context.language, out)?;
        } else {
            self.print_text(standings, today, context.language, out)?;
        }
        if errors.is_empty() {
            return Ok(());
        }
        // The others were shown; what is missing must not pass for nothing.
        Err(Failure::Refused(together(&errors)))
    }

    fn summarise(&self, store: &Store, language: Language, out: &mut dyn Write) -> Result<(), Failure> {
        let progress = Progress::of(language, "lecture des visites\u{a0}:", "reading visits:");
        let (summary, errors) = summary::summary(store, &self.of, self.archived, progress)?;
        if self.json {
            summary::print_json(&summary, out)?;
        } else {
            summary::print_text(&summary, language, out)?;
        }
        if errors.is_empty() { Ok(()) } else { Err(Failure::Refused(together(&errors))) }
    }
}

impl Clients {
    /// Those of every day, or those that are archived; of the others, how many there are.
    fn print_text(
        &self,
        standings: Vec<Line>,
        today: Date,
        language: Language,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let (archived, current): (Vec<Line>, Vec<Line>) =
            standings.into_iter().partition(|standing| standing.archived.is_some());
        if self.archived {
            if archived.is_empty() {
                writeln!(out, "{}", language.pick("Aucun client archivé.", "No client is archived."))?;
                return Ok(());
            }
            return print_text(&archived, today, language, out);
        }
        print_text(&current, today, language, out)?;
        let count = archived.len();
        if count > 0 {
            let counted = language.plural(
                count,
                language.pick("client archivé", "client is archived"),
                language.pick("clients archivés", "clients are archived"),
            );
            let how = language.pick("`--archived` les montre", "`--archived` shows them");
            writeln!(out, "\n{count} {counted}{}{how}", language.pick("\u{202f}: ", "; "))?;
        }
        Ok(())
    }
}

fn together(errors: &[Error]) -> Error {
    let all = |language: Language| {
        errors.iter().map(|error| error.message.get(language)).collect::<Vec<_>>().join("\n")
    };
    let error = Error::refused(all(Language::Fr), all(Language::En));
    match errors.iter().find_map(|error| error.hint.clone()) {
        Some(hint) => error.hint(hint.fr, hint.en),
        None => error,
    }
}

fn print_json(
    standings: &[Line],
    today: Date,
    language: Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let entries: Vec<ClientEntry> = standings
        .iter()
        .map(|standing| ClientEntry {
            client: standing.called(),
            folder: &standing.folder,
            visits: standing.visits,
            last: last(standing),
            open_actions: open(standing),
            overdue: overdue(standing, today),
            keep_until: standing.keep_until,
            archived: standing.archived,
            due: standing.is_kept_too_long(today),
            visit_due: is_visit_due(standing, today),
            error: standing.error.as_deref().map(|error| error.message.get(language)),
        })
        .collect();
    let text = json::text(&entries).map_err(|error| Failure::Output(error.into()))?;
    out.write_all(text.as_bytes())?;
    Ok(())
}

fn print_text(
    standings: &[Line],
    today: Date,
    language: Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if standings.is_empty() {
        let none = language.pick(
            "Aucun client. `privaudit new NOM` en crée un, avec sa première visite.",
            "No client. `privaudit new NAME` makes one, with its first visit.",
        );
        writeln!(out, "{none}")?;
        return Ok(());
    }
    let lines = standings.iter().map(|standing| line(standing, today, language));
    table::print(lines.collect(), language, out)?;
    if standings.iter().any(|standing| is_visit_due(standing, today)) {
        let said = language.pick(
            "!\u{a0}: visite à refaire, la dernière date d’un an ou plus",
            "!: visit due, the last was a year ago or more",
        );
        writeln!(out, "\n{said}")?;
    }
    let due: Vec<&str> = standings
        .iter()
        .filter(|standing| standing.is_kept_too_long(today))
        .map(|standing| standing.folder.as_str())
        .collect();
    if !due.is_empty() {
        let said = language.pick("À ne plus conserver\u{202f}:", "Not to be kept any longer:");
        writeln!(out, "\n{said} {}", plain_line(&due.join(", ")))?;
    }
    Ok(())
}

/// What there is of something in the last visit: none of it without a visit, and nobody knows where it cannot be read.
fn counted(line: &Line, count: impl FnOnce(&Standing) -> usize) -> Option<usize> {
    line.standing.as_ref().map(count).or_else(|| line.error.is_none().then_some(0))
}

fn open(line: &Line) -> Option<usize> {
    counted(line, |standing| standing.open)
}

fn overdue(line: &Line, today: Date) -> Option<usize> {
    counted(line, |standing| standing.overdue(today))
}

fn last(line: &Line) -> Option<LastVisit> {
    line.standing.as_ref().map(|standing| LastVisit {
        date: standing.date,
        score: standing.score,
        band: standing.band().map(Band::letter),
        coverage: standing.coverage,
        before: line.before,
    })
}

/// Nobody goes back to a client who is archived.
fn is_visit_due(line: &Line, today: Date) -> bool {
    line.archived.is_none() && line.is_visit_due(today)
}

fn line(standing: &Line, today: Date, language: Language) -> table::Row {
    let nothing = || "–".to_owned();
    let last = last(standing);
    let due = if is_visit_due(standing, today) { " !" } else { "" };
    let trend = match standing.trend() {
        Some(Ordering::Greater) => " ↑",
        Some(Ordering::Less) => " ↓",
        Some(Ordering::Equal) => " =",
        None => "",
    };
    let score = last.and_then(|last| Some(format!("{} {}{trend}", scoring::shown(last.score?), last.band?)));
    table::Row {
        client: plain_line(standing.called()),
        folder: plain_line(&standing.folder),
        cells: [
            standing.visits.to_string(),
            last.map(|last| last.date).or(standing.last).map_or_else(nothing, |date| format!("{date}{due}")),
            match standing.error {
                Some(_) => language.pick("illisible", "unreadable").to_owned(),
                None => score.unwrap_or_else(nothing),
            },
            last.map_or_else(nothing, |last| format!("{} %", scoring::shown(last.coverage * 100.0))),
            open(standing).map_or_else(nothing, |count| count.to_string()),
            overdue(standing, today).map_or_else(nothing, |count| count.to_string()),
        ],
    }
}
