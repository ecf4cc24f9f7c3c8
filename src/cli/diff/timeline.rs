//! `privaudit diff --timeline`: how did a client come along over all visits? Scores, steps, actions opened and closed.

use std::io::Write;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::failure::shown;
use crate::cli::paper::Ink;
use crate::cli::paper::Paper;
use crate::cli::print::column;
use crate::cli::print::widest;
use crate::domain::scoring::Figures;
use crate::domain::text::Language;
use crate::domain::text::plain_line;
use crate::domain::timeline;
use crate::domain::timeline::Point;
use crate::report::comparison as said;
use crate::report::comparison::End;
use crate::report::comparison::Stage;
use crate::report::comparison::TimelineDocument;
use crate::report::comparison::timeline_document;
use crate::report::json;
use crate::report::markdown::markdown;
use crate::storage::assessments::Visit;
use crate::storage::error::Error;

/// How it is printed.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    Text,
    Json,
    Markdown,
}

/// The cells of a whole bar.
const BAR: usize = 10;

pub fn run(references: &[&str], form: Form, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let [reference] = references else { return Err(one_only(context.language)) };
    let visits = visits(reference, context)?;
    let points =
        timeline::timeline(visits.iter().map(|(_, visit)| (visit.questionnaire.as_ref(), &visit.assessment)));
    let stages: Vec<Stage> = visits
        .iter()
        .zip(&points)
        .map(|((reference, visit), point)| Stage { end: end(reference, visit), point })
        .collect();
    match form {
        Form::Json => {
            let text =
                json::text(&TimelineDocument::new(&stages)).map_err(|error| Failure::Output(error.into()))?;
            out.write_all(text.as_bytes())?;
        }
        Form::Markdown => {
            out.write_all(markdown(&timeline_document(&stages, context.language)).as_bytes())?;
        }
        Form::Text => print(&stages, Paper::of_output(), context.language, out)?,
    }
    Ok(())
}

fn end<'a>(reference: &'a str, visit: &'a Visit) -> End<'a> {
    End { reference, questionnaire: &visit.questionnaire, assessment: &visit.assessment }
}

/// The visit and all before it, oldest first.
fn visits(reference: &str, context: &Context) -> Result<Vec<(String, Visit)>, Error> {
    let store = context.store()?;
    let mut next = Some(store.find(reference)?);
    let mut visits = Vec::new();
    while let Some(found) = next {
        visits.push((found.reference(), store.visit(&found.path)?));
        next = found.before()?;
    }
    visits.reverse();
    Ok(visits)
}

fn one_only(language: Language) -> Failure {
    let error = Error::refused("il faut une seule visite, la dernière", "one visit is needed, the last")
        .hint("`privaudit diff --timeline CLIENT`", "`privaudit diff --timeline CLIENT`");
    Failure::Syntax(shown(&error, language))
}

fn print(stages: &[Stage], paper: Paper, language: Language, out: &mut dyn Write) -> std::io::Result<()> {
    let client = stages.last().map_or("", |stage| &stage.end.assessment.client);
    paper.item(0, &plain_line(client), Ink::Heading, out)?;
    for stage in stages {
        paper.heading(stage.end.reference, out)?;
        for line in visit(stage, language) {
            paper.item(2, &line, Ink::Plain, out)?;
        }
    }
    paper.heading(language.pick("Étapes", "Steps"), out)?;
    let steps = said::steps(stages);
    let title = |step: &crate::domain::questionnaire::Step| plain_line(step.title.get(language));
    let titles: Vec<String> = steps.iter().map(|step| title(step)).collect();
    let width = widest(titles.iter().map(String::as_str));
    for (step, title) in steps.iter().zip(&titles) {
        let figures =
            |stage: &Stage| said::shown(stage.point.score.step(&step.id).map(|step| &step.figures), language);
        let trend: Vec<String> = stages.iter().map(figures).collect();
        paper.item(2, &format!("{}  {}", column(title, width), trend.join(" → ")), Ink::Plain, out)?;
    }
    Ok(())
}

/// The score with its bar, the figures beside it, and what became of the actions.
fn visit(stage: &Stage, language: Language) -> [String; 2] {
    let Point { score, open, opened, closed } = stage.point;
    let overall = &score.overall.figures;
    let raw = overall.raw.map_or("–".to_owned(), |raw| language.number((raw * 10.0).floor() / 10.0));
    let (shown, coverage) = (said::shown(Some(overall), language), language.percent(overall.coverage));
    let (findings, open, opened, closed) = (score.findings.len(), open.len(), opened.len(), closed.len());
    let bar = bar(overall);
    match language {
        Language::Fr => [
            format!("{bar} {shown} · sans plafonds {raw} · couverture {coverage}"),
            format!(
                "{findings} {} · {open} {} : {opened} {}, {closed} {}",
                language.plural(findings, "constat", "constats"),
                language.plural(open, "action ouverte", "actions ouvertes"),
                language.plural(opened, "nouvelle", "nouvelles"),
                language.plural(closed, "close", "closes"),
            ),
        ],
        Language::En => [
            format!("{bar} {shown} · without caps {raw} · coverage {coverage}"),
            format!(
                "{findings} {} · {open} {} open: {opened} opened, {closed} closed",
                language.plural(findings, "finding", "findings"),
                language.plural(open, "action", "actions"),
            ),
        ],
    }
}

/// `████░░░░░░`: the score; where there is none, a bar without a filled cell.
fn bar(figures: &Figures) -> String {
    let score = figures.score.unwrap_or(0.0);
    (0..BAR)
        .map(|cell| if score / 10.0 > f64::from(u8::try_from(cell).unwrap_or(0)) + 0.5 { '█' } else { '░' })
        .collect()
}
