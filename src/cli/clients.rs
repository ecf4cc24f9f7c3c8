//! `privaudit clients`: how do the clients stand? The portfolio, a line each.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::print::column;
use super::print::widest;
use super::today::today;
use crate::domain::assessment::Assessment;
use crate::domain::assessment::Pin;
use crate::domain::assessment::Plan;
use crate::domain::assessment::Status;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scoring;
use crate::domain::scoring::Score;
use crate::domain::text::Language;
use crate::domain::text::plain_line;
use crate::report::json;
use crate::report::json::ClientEntry;
use crate::report::json::LastVisit;
use crate::storage::assessments;
use crate::storage::clients::ClientFolder;
use crate::storage::error::Error;
use crate::storage::library::Library;

#[derive(Debug, Args)]
pub struct Clients {
    #[arg(long)]
    json: bool,
}

pub const WORDS: Words = Words {
    about: (
        "Montre le portefeuille : clients, visites, dernière date, score, bande, actions ouvertes",
        "Shows the portfolio: clients, visits, last date, score, band, open actions",
    ),
    arguments: &[("json", "en JSON", "as JSON")],
    commands: &[],
};

/// A client with what its last visit says.
struct Standing {
    client: ClientFolder,
    visits: usize,
    last: Option<LastVisit>,
    open_actions: usize,
    overdue: usize,
    error: Option<Error>,
}

impl Clients {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let store = context.store()?;
        let mut questionnaires = Questionnaires { library: store.library(), read: BTreeMap::new() };
        let today = today();
        let (mut standings, mut errors) = (Vec::new(), Vec::new());
        for client in store.clients()? {
            match client {
                Ok(client) => standings.push(standing(client, today, &mut questionnaires)),
                Err(error) => errors.push(error),
            }
        }
        errors.extend(standings.iter().filter_map(|standing| standing.error.clone()));
        if self.json {
            print_json(&standings, today, context.language, out)?;
        } else {
            print_text(&standings, today, context.language, out)?;
        }
        if errors.is_empty() {
            return Ok(());
        }
        // The others were shown; what is missing must not pass for nothing.
        Err(Failure::Refused(together(&errors)))
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

/// Questionnaires by their pin: most clients have the same one, and reading it takes longest.
struct Questionnaires {
    library: Library,
    read: BTreeMap<Pin, Arc<Questionnaire>>,
}

impl Questionnaires {
    fn of(&mut self, pin: &Pin) -> Result<Arc<Questionnaire>, Error> {
        if let Some(questionnaire) = self.read.get(pin) {
            return Ok(Arc::clone(questionnaire));
        }
        let questionnaire = self.library.pinned(pin)?;
        self.read.insert(pin.clone(), Arc::clone(&questionnaire));
        Ok(questionnaire)
    }
}

fn standing(client: ClientFolder, today: Date, questionnaires: &mut Questionnaires) -> Standing {
    let mut standing = Standing { client, visits: 0, last: None, open_actions: 0, overdue: 0, error: None };
    if let Err(error) = fill(&mut standing, today, questionnaires) {
        standing.error = Some(error);
    }
    standing
}

fn fill(standing: &mut Standing, today: Date, questionnaires: &mut Questionnaires) -> Result<(), Error> {
    let visits = standing.client.visits()?;
    standing.visits = visits.len();
    let Some(last) = visits.last() else { return Ok(()) };
    let assessment = assessments::read(&standing.client.visit_path(*last))?;
    let questionnaire = questionnaires.of(&assessment.questionnaire)?;
    let score = scoring::score(&questionnaire, &assessment);
    let figures = score.overall.figures;
    standing.last = Some(LastVisit {
        date: assessment.date,
        score: figures.score,
        band: figures.band().map(scoring::Band::letter),
        coverage: figures.coverage,
    });
    let open: Vec<Option<Date>> = open_actions(&score, &assessment).collect();
    standing.open_actions = open.len();
    standing.overdue = open.iter().flatten().filter(|due| **due < today).count();
    Ok(())
}

/// When each finding that nobody has dealt with is due.
fn open_actions(score: &Score, assessment: &Assessment) -> impl Iterator<Item = Option<Date>> {
    let none = Plan::default();
    let plans: Vec<Plan> = score
        .findings
        .iter()
        .map(|finding| assessment.actions.get(finding).unwrap_or(&none).clone())
        .filter(|plan| matches!(plan.status, Status::Open | Status::Planned | Status::Doing))
        .collect();
    plans.into_iter().map(|plan| plan.due)
}

fn print_json(
    standings: &[Standing],
    today: Date,
    language: Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let entries: Vec<ClientEntry> = standings
        .iter()
        .map(|standing| ClientEntry {
            client: &standing.client.name,
            folder: &standing.client.folder,
            visits: standing.visits,
            last: standing.last,
            open_actions: standing.open_actions,
            overdue: standing.overdue,
            keep_until: standing.client.keep_until,
            due: standing.client.is_due(today),
            error: standing.error.as_ref().map(|error| error.message.get(language)),
        })
        .collect();
    let text = json::text(&entries).map_err(|error| Failure::Output(error.into()))?;
    out.write_all(text.as_bytes())?;
    Ok(())
}

fn print_text(
    standings: &[Standing],
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
    let header = match language {
        Language::Fr => {
            ["Client", "Dossier", "Visites", "Dernière", "Score", "Couverture", "Actions", "En retard"]
        }
        Language::En => ["Client", "Folder", "Visits", "Last", "Score", "Coverage", "Actions", "Overdue"],
    };
    let mut lines: Vec<[String; 8]> = vec![header.map(str::to_owned)];
    lines.extend(standings.iter().map(|standing| line(standing, language)));
    let widths: Vec<usize> = (0..8)
        .map(|cell| widest(lines.iter().filter_map(|line| line.get(cell)).map(String::as_str)))
        .collect();
    for line in &lines {
        let cells: Vec<String> = line.iter().zip(&widths).map(|(cell, width)| column(cell, *width)).collect();
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    let due: Vec<&str> = standings
        .iter()
        .filter(|standing| standing.client.is_due(today))
        .map(|standing| standing.client.folder.as_str())
        .collect();
    if !due.is_empty() {
        let said = language.pick("À ne plus conserver\u{202f}:", "Not to be kept any longer:");
        writeln!(out, "\n{said} {}", plain_line(&due.join(", ")))?;
    }
    Ok(())
}

fn line(standing: &Standing, language: Language) -> [String; 8] {
    let nothing = || "–".to_owned();
    let last = standing.last;
    let score = last.and_then(|last| Some(format!("{} {}", scoring::shown(last.score?), last.band?)));
    [
        plain_line(&standing.client.name),
        plain_line(&standing.client.folder),
        standing.visits.to_string(),
        last.map_or_else(nothing, |last| last.date.to_string()),
        match standing.error {
            Some(_) => language.pick("illisible", "unreadable").to_owned(),
            None => score.unwrap_or_else(nothing),
        },
        last.map_or_else(nothing, |last| format!("{} %", scoring::shown(last.coverage * 100.0))),
        standing.open_actions.to_string(),
        standing.overdue.to_string(),
    ]
}
