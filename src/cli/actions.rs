//! `privaudit actions`: what is to be done, by whom, by when? And who decides so.

use std::io::Write;

use clap::ArgGroup;
use clap::Args;
use clap::Subcommand;

use super::change::change;
use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::paper::Ink;
use super::paper::Paper;
use super::parse;
use super::parse::Due;
use super::print::colon;
use super::question;
use super::today::today;
use crate::domain::action;
use crate::domain::action::Action;
use crate::domain::action::FollowUp;
use crate::domain::action::Standing;
use crate::domain::assessment::Assessment;
use crate::domain::assessment::Plan;
use crate::domain::assessment::Status;
use crate::domain::id::QuestionId;
use crate::domain::scoring;
use crate::domain::text::Language;
use crate::domain::text::plain_line;
use crate::domain::words;
use crate::report::actions::ActionsDocument;
use crate::report::actions::Listed;
use crate::report::json;
use crate::storage::assessments;
use crate::storage::error::Error;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Actions {
    #[arg(value_name = "REF", required = true)]
    reference: Option<String>,
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Set(Set),
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("decision").args(["owner", "due", "status", "reason"]).multiple(true).required(true)))]
struct Set {
    #[arg(value_name = "REF")]
    reference: String,
    #[arg(value_name = "QUESTION")]
    question: String,
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    #[arg(long, value_name = "DATE", value_parser = parse::due)]
    due: Option<Due>,
    #[arg(long, value_name = "STATUS", value_parser = parse::status)]
    status: Option<Status>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

pub const WORDS: Words = Words {
    about: (
        "Montre les constats comme des actions, dans l’ordre, et ce qui reste à savoir",
        "Shows the findings as actions, in order, and what is still to be found out",
    ),
    arguments: &[
        (
            "reference",
            "la visite : CLIENT, CLIENT@DATE, ou un fichier",
            "the visit: CLIENT, CLIENT@DATE, or a file",
        ),
        ("json", "en JSON", "as JSON"),
    ],
    commands: &[(
        "set",
        Words {
            about: (
                "Décide d’une action : qui, pour quand, où elle en est",
                "Decides about an action: who, by when, where it stands",
            ),
            arguments: &[
                (
                    "reference",
                    "la visite : CLIENT, CLIENT@DATE, ou un fichier",
                    "the visit: CLIENT, CLIENT@DATE, or a file",
                ),
                ("question", "l’id de la question du constat", "the id of the finding’s question"),
                ("owner", "qui s’en charge", "who does it"),
                ("due", "l’échéance ; none la retire", "by when; none takes it back"),
                (
                    "status",
                    "open (à faire), planned (planifiée), doing (en cours), done (faite), accepted (risque accepté)",
                    "open, planned, doing, done, accepted (the risk is)",
                ),
                ("reason", "pourquoi le risque est accepté", "why the risk is accepted"),
            ],
            commands: &[],
        },
    )],
};

impl Actions {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        match (&self.command, &self.reference) {
            (Some(Command::Set(set)), _) => set.run(context, out),
            (None, Some(reference)) => self.list(reference, context, out),
            // Clap asks for one of the two.
            (None, None) => Ok(()),
        }
    }

    fn list(&self, reference: &str, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let (found, visit) = context.visit(reference)?;
        let last = found.before()?.map(|last| assessments::read(&last.path)).transpose()?;
        let (questionnaire, assessment) = (visit.questionnaire.as_ref(), &visit.assessment);
        let score = scoring::score(questionnaire, assessment);
        let confirmed = last.as_ref().map_or(Vec::new(), |last| action::confirmed(assessment, &score, last));
        let listed = Listed {
            reference: &found.reference(),
            questionnaire,
            assessment,
            actions: &action::actions(questionnaire, assessment, &score, last.as_ref(), today()),
            follow_ups: &action::follow_ups(questionnaire, assessment, today()),
            confirmed: &confirmed,
        };
        if self.json {
            let text = json::text(&ActionsDocument::new(&listed, context.language))
                .map_err(|error| Failure::Output(error.into()))?;
            out.write_all(text.as_bytes())?;
            return Ok(());
        }
        print(&listed, Paper::of_output(), context.language, out)?;
        Ok(())
    }
}

pub fn print(listed: &Listed, paper: Paper, language: Language, out: &mut dyn Write) -> std::io::Result<()> {
    let client = plain_line(&listed.assessment.client);
    let head = format!("{client} · {} · {}", language.date(listed.assessment.date), listed.reference);
    paper.item(0, &head, Ink::Heading, out)?;
    if listed.actions.is_empty() {
        writeln!(out, "\n{}", language.pick("Aucun constat.", "No finding."))?;
    }
    for (index, action) in listed.actions.iter().enumerate() {
        writeln!(out)?;
        print_action(index + 1, action, listed, paper, language, out)?;
    }
    if !listed.follow_ups.is_empty() {
        paper.heading(language.pick("Reste à savoir", "To be found out"), out)?;
    }
    for open in listed.follow_ups {
        let line = format!("{} · {}", title(open.question, listed, language), who(open, language));
        paper.item(2, &line, if open.overdue { Ink::Worse } else { Ink::Plain }, out)?;
    }
    if !listed.confirmed.is_empty() {
        let heading =
            language.pick("Faites, et confirmées à cette visite", "Done, and confirmed at this visit");
        paper.heading(heading, out)?;
    }
    for id in listed.confirmed {
        paper.item(2, &title(id, listed, language), Ink::Better, out)?;
    }
    Ok(())
}

fn title(id: &QuestionId, listed: &Listed, language: Language) -> String {
    let question = listed.questionnaire.question(id);
    format!("{} ({id})", plain_line(question.map_or("", |question| question.title.get(language))))
}

fn print_action(
    number: usize,
    action: &Action,
    listed: &Listed,
    paper: Paper,
    language: Language,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let knockout = if action.knockout_failed { language.pick(", éliminatoire", ", knock-out") } else { "" };
    let level = words::level(language, action.level);
    let line = format!("{number:>2}. {} · {level}{knockout}", title(action.question, listed, language));
    paper.item(0, &line, Ink::Heading, out)?;
    let none = Plan::default();
    let (line, ink) = (decided(action.plan.unwrap_or(&none), language), standing(action, language));
    let line = match ink.0 {
        "" => line,
        standing => format!("{line} · {standing}"),
    };
    paper.item(4, &line, ink.1, out)?;
    let Some(remedy) = action.remedy else { return Ok(()) };
    paper.item(4, remedy.text.get(language), Ink::Plain, out)?;
    let (effort, owner) = (words::effort(language, remedy.effort), remedy.owner.get(language));
    let line =
        if owner.is_empty() { effort.to_owned() } else { format!("{effort} · {}", plain_line(owner)) };
    paper.item(4, &line, Ink::Quiet, out)
}

/// What there is to say besides the status, and how.
fn standing(action: &Action, language: Language) -> (&'static str, Ink) {
    match action.standing {
        _ if action.overdue => (language.pick("en retard", "overdue"), Ink::Worse),
        Standing::Reopened => (
            language
                .pick("à reprendre : le risque est encore là", "to be done again: the risk is still there"),
            Ink::Worse,
        ),
        Standing::Done => (
            language.pick("à confirmer à la prochaine visite", "to be confirmed at the next visit"),
            Ink::Better,
        ),
        Standing::Open | Standing::Accepted => ("", Ink::Plain),
    }
}

/// `planned · Ana · due 1 Dec 2026 · reason`
fn decided(plan: &Plan, language: Language) -> String {
    let due = plan.due.map(|due| format!("{} {}", language.pick("pour le", "due"), language.date(due)));
    let owner = if plan.owner.is_empty() {
        language.pick("personne n’est désigné", "nobody is named").to_owned()
    } else {
        plain_line(&plan.owner)
    };
    let reason = Some(plain_line(&plan.reason)).filter(|reason| !reason.is_empty());
    let parts = [Some(words::status(language, plan.status).to_owned()), Some(owner), due, reason];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn who(open: &FollowUp, language: Language) -> String {
    let who = if open.who.is_empty() {
        language.pick("personne n’est désigné", "nobody is named").to_owned()
    } else {
        plain_line(open.who)
    };
    match open.by {
        None => who,
        Some(by) => format!("{who} · {} {}", language.pick("pour le", "by"), language.date(by)),
    }
}

impl Set {
    fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let (reference, (id, plan)) = change(context, &self.reference, |questionnaire, assessment| {
            let question = question::find(questionnaire, &self.question)?;
            let plan = self.plan(assessment, &question.id);
            if plan.status == Status::Accepted && plan.reason.trim().is_empty() {
                return Err(reason_missing(&question.id).into());
            }
            assessment.plan(&question.id, plan.clone());
            let score = scoring::score(questionnaire, assessment);
            if !score.findings.contains(&question.id) {
                let id = &question.id;
                context.note(
                    format!("{id} n’est pas un constat de cette visite ; la décision est gardée"),
                    format!("{id} is no finding of this visit; what was decided is kept"),
                );
            }
            Ok((question.id.clone(), plan))
        })?;
        writeln!(out, "{reference} {id}{}{}", colon(context.language), decided(&plan, context.language))?;
        Ok(())
    }

    /// What was decided before, with what is decided now.
    fn plan(&self, assessment: &Assessment, id: &QuestionId) -> Plan {
        let before = assessment.actions.get(id).cloned().unwrap_or_default();
        Plan {
            owner: self.owner.clone().map_or(before.owner, |owner| owner.trim().to_owned()),
            due: self.due.map_or(before.due, |due| due.0),
            status: self.status.unwrap_or(before.status),
            reason: self.reason.clone().map_or(before.reason, |reason| reason.trim().to_owned()),
        }
    }
}

fn reason_missing(id: &QuestionId) -> Error {
    Error::refused(
        format!("{id} : accepter un risque demande un motif"),
        format!("{id}: accepting a risk needs a reason"),
    )
    .hint("ajouter --reason \"…\"", "add --reason \"…\"")
}
