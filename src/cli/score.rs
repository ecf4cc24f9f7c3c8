//! `privaudit score`: what is the score, and why? Figures, what holds them down, findings in order.

use std::io::Write;

use clap::Args;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::print::colon;
use super::print::column;
use super::print::plain_line;
use super::print::widest;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scoring;
use crate::domain::scoring::Cap;
use crate::domain::scoring::Figures;
use crate::domain::text::Language;
use crate::report::json;
use crate::report::json::ScoreDocument;
use crate::report::words;
use crate::storage::assessments::Visit;

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
            let document = ScoreDocument::new(&reference, &visit.assessment, &score);
            let text = json::text(&document).map_err(|error| Failure::Output(error.into()))?;
            out.write_all(text.as_bytes())?;
            return Ok(());
        }
        print(&reference, &visit, &score, context.language, out)
    }
}

fn print(
    reference: &str,
    visit: &Visit,
    score: &scoring::Score,
    language: Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let questionnaire = &visit.questionnaire;
    let client = plain_line(&visit.assessment.client);
    writeln!(out, "{client} · {} · {reference}", language.date(visit.assessment.date))?;
    let overall = language.pick("Ensemble", "Overall");
    let title = |step: &scoring::StepScore| {
        let found = questionnaire.steps.iter().find(|candidate| candidate.id == step.id);
        found.map_or_else(|| step.id.to_string(), |step| plain_line(step.title.get(language)))
    };
    let titles: Vec<String> = score.steps.iter().map(title).collect();
    let width = widest(titles.iter().map(String::as_str).chain([overall]));
    writeln!(out, "\n{}  {}", column(overall, width), figures(&score.overall.figures, language))?;
    print_caps(&score.overall.caps, questionnaire, language, out)?;
    if let Some(weakest) = &score.overall.weakest {
        let weakest = questionnaire.steps.iter().find(|step| step.id == *weakest);
        let weakest = weakest.map_or("", |step| step.title.get(language));
        let why = language
            .pick("au plus 15 au-dessus de l’étape la plus faible :", "at most 15 above the weakest step:");
        writeln!(out, "  {why} {}", plain_line(weakest))?;
    }
    writeln!(out)?;
    for (step, title) in score.steps.iter().zip(&titles) {
        let counts = format!("{}/{}", step.answered, step.applicable);
        writeln!(out, "{}  {}  {counts}", column(title, width), figures(&step.figures, language))?;
        print_caps(&step.caps, questionnaire, language, out)?;
        if step.not_applicable > scoring::MUCH_NOT_APPLICABLE {
            let share = scoring::shown(step.not_applicable * 100.0);
            let much =
                language.pick("% du poids déclaré sans objet", "% of the weight declared not applicable");
            writeln!(out, "  {share} {much}")?;
        }
    }
    print_findings(visit, score, language, out)
}

/// `54 D  raw 61.9  39–84  coverage 80 %  confidence 45 % low`.
fn figures(figures: &Figures, language: Language) -> String {
    let score = match (figures.score, figures.band()) {
        (Some(score), Some(band)) => format!("{:>3} {}", scoring::shown(score), band.letter()),
        _ => "  –  ".to_owned(),
    };
    let raw = figures.raw.map_or("–".to_owned(), |raw| language.number((raw * 10.0).floor() / 10.0));
    let interval = figures
        .interval
        .map_or("–".to_owned(), |(low, high)| format!("{}–{}", scoring::shown(low), scoring::shown(high)));
    let confidence = match figures.confidence {
        high if high >= 0.75 => language.pick("haute", "high"),
        medium if medium >= 0.5 => language.pick("moyenne", "medium"),
        _ => language.pick("basse", "low"),
    };
    format!(
        "{score}  {} {}  {} {}  {} {:>3} %  {} {:>3} % {confidence}",
        language.pick("brut", "raw"),
        column(&raw, 5),
        language.pick("entre", "between"),
        column(&interval, 6),
        language.pick("couverture", "coverage"),
        scoring::shown(figures.coverage * 100.0),
        language.pick("confiance", "confidence"),
        scoring::shown(figures.confidence * 100.0),
    )
}

fn print_caps(
    caps: &[Cap],
    questionnaire: &Questionnaire,
    language: Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    for cap in caps {
        let most = scoring::shown(cap.kind.cap());
        let held = language.pick("au plus", "at most");
        writeln!(out, "  {held} {most}{}{}", colon(language), words::cap(cap.kind, language))?;
        for id in &cap.because {
            let title = questionnaire.question(id).map_or("", |question| question.title.get(language));
            writeln!(out, "    {} ({id})", plain_line(title))?;
        }
    }
    Ok(())
}

fn print_findings(
    visit: &Visit,
    score: &scoring::Score,
    language: Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if score.findings.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n{}",
        language.pick("Constats, dans l’ordre où y remédier", "Findings, in the order to mend them")
    )?;
    for (index, id) in score.findings.iter().enumerate() {
        let Some(question) = visit.questionnaire.question(id) else { continue };
        let scored = score.question(id);
        let level =
            scored.and_then(|scored| scored.residual).map(|residual| words::level(residual.level, language));
        let knockout = if scored.is_some_and(|scored| scored.knockout) {
            language.pick(", éliminatoire", ", knock-out")
        } else {
            ""
        };
        let value = visit.assessment.value(id).map_or_else(
            || language.pick("tableau", "table").to_owned(),
            |value| words::value(value, question, language),
        );
        writeln!(
            out,
            "{:>3}. {} ({id}){}{} · {}{knockout}",
            index + 1,
            plain_line(question.title.get(language)),
            colon(language),
            plain_line(&value),
            level.unwrap_or("")
        )?;
    }
    Ok(())
}
