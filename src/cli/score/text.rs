//! Why is the score what it is? Figures, what holds them down, findings in order; at most 80 columns where it can.

use std::io;
use std::io::Write;

use crate::cli::print::colon;
use crate::cli::print::column;
use crate::cli::print::widest;
use crate::domain::contradiction;
use crate::domain::id::StepId;
use crate::domain::proof;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scoring;
use crate::domain::scoring::Cap;
use crate::domain::scoring::Figures;
use crate::domain::scoring::Score;
use crate::domain::scoring::StepScore;
use crate::domain::text::Language;
use crate::domain::text::plain_line;
use crate::domain::words;
use crate::storage::assessments::Visit;

pub fn print(
    reference: &str,
    visit: &Visit,
    score: &Score,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let questionnaire = &visit.questionnaire;
    let client = plain_line(&visit.assessment.client);
    writeln!(out, "{client} · {} · {reference}\n", language.date(visit.assessment.date))?;
    let overall = language.pick("Ensemble", "Overall");
    let titles: Vec<String> =
        score.steps.iter().map(|step| title(questionnaire, &step.id, language)).collect();
    let width = widest(titles.iter().map(String::as_str).chain([overall]));
    writeln!(out, "{} {}", column("", width), header(language))?;
    let answered = score.steps.iter().map(|step| step.answered).sum();
    let applicable = score.steps.iter().map(|step| step.applicable).sum();
    let line = figures(&score.overall.figures, answered, applicable, language);
    writeln!(out, "{} {line}", column(overall, width))?;
    print_caps(&score.overall.caps, questionnaire, language, out)?;
    if let Some(weakest) = &score.overall.weakest {
        let why = language
            .pick("au plus 15 au-dessus de l’étape la plus faible", "at most 15 above the weakest step");
        writeln!(out, "  {why}{}{}", colon(language), title(questionnaire, weakest, language))?;
    }
    writeln!(out)?;
    for (step, title) in score.steps.iter().zip(&titles) {
        let line = figures(&step.figures, step.answered, step.applicable, language);
        writeln!(out, "{} {line}", column(title, width))?;
        print_caps(&step.caps, questionnaire, language, out)?;
        remarks(step, score, language, out)?;
    }
    print_disproved(visit, language, out)?;
    print_findings(visit, score, language, out)
}

/// The answers that a capture disproves and nobody explained: they count as no more than said for confidence.
fn print_disproved(visit: &Visit, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let open = contradiction::open(&visit.questionnaire, &visit.assessment);
    if open.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", language.pick("Contredits par un relevé", "Disproved by a capture"))?;
    for id in &open {
        let title = visit.questionnaire.question(id).map_or("", |question| question.title.get(language));
        writeln!(out, "  {} ({id})", plain_line(title))?;
        for found in contradiction::contradictions(&visit.questionnaire, &visit.assessment, id) {
            writeln!(out, "    {}", proof::seen(language, found.seen))?;
        }
    }
    Ok(())
}

fn title(questionnaire: &Questionnaire, id: &StepId, language: Language) -> String {
    let step = questionnaire.steps.iter().find(|step| step.id == *id);
    step.map_or_else(|| id.to_string(), |step| plain_line(step.title.get(language)))
}

/// What [`figures`] shows.
fn header(language: Language) -> String {
    match language {
        Language::Fr => "Score  Brut  Entre Couv. Conf.    Rép.".to_owned(),
        Language::En => "Score   Raw  Range Cover Conf. Answers".to_owned(),
    }
}

/// `39 E  67.1 39–39   82 %  54 % 16/24`: score and band, before caps, interval, coverage, confidence, answers.
fn figures(figures: &Figures, answered: usize, applicable: usize, language: Language) -> String {
    let score = match (figures.score, figures.band()) {
        (Some(score), Some(band)) => format!("{} {}", scoring::shown(score), band.letter()),
        _ => "–".to_owned(),
    };
    let raw = figures.raw.map_or("–".to_owned(), |raw| language.number((raw * 10.0).floor() / 10.0));
    let interval = figures
        .interval
        .map_or("–".to_owned(), |(low, high)| format!("{}–{}", scoring::shown(low), scoring::shown(high)));
    let percent = |share: f64| format!("{} %", scoring::shown(share * 100.0));
    let (coverage, confidence) = (percent(figures.coverage), percent(figures.confidence));
    let answers = format!("{answered}/{applicable}");
    format!("{score:>5} {raw:>5} {interval:>6} {coverage:>5} {confidence:>5} {answers:>7}")
}

/// What a reader of a step's figures should know besides.
fn remarks(step: &StepScore, score: &Score, language: Language, out: &mut dyn Write) -> io::Result<()> {
    if score.steps.iter().any(|other| (other.weight - step.weight).abs() > 1e-9) {
        let weight = language.pick("poids dans l’ensemble", "weight in the whole");
        writeln!(out, "  {weight}{}{}", colon(language), language.number(step.weight))?;
    }
    if step.not_applicable > scoring::MUCH_NOT_APPLICABLE {
        let share = scoring::shown(step.not_applicable * 100.0);
        let much = language.pick("% du poids déclaré sans objet", "% of the weight declared not applicable");
        writeln!(out, "  {share} {much}")?;
    }
    Ok(())
}

fn print_caps(
    caps: &[Cap],
    questionnaire: &Questionnaire,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    for cap in caps {
        let most = scoring::shown(cap.kind.cap());
        let held = language.pick("au plus", "at most");
        writeln!(out, "  {held} {most}{}{}", colon(language), words::cap(language, cap.kind))?;
        for id in &cap.because {
            let title = questionnaire.question(id).map_or("", |question| question.title.get(language));
            writeln!(out, "    {} ({id})", plain_line(title))?;
        }
    }
    Ok(())
}

fn print_findings(visit: &Visit, score: &Score, language: Language, out: &mut dyn Write) -> io::Result<()> {
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
            scored.and_then(|scored| scored.residual).map(|residual| words::level(language, residual.level));
        let knockout = if scored.is_some_and(|scored| scored.knockout) {
            language.pick(", éliminatoire", ", knock-out")
        } else {
            ""
        };
        let value = visit.assessment.value(id).map_or_else(
            || language.pick("tableau", "table").to_owned(),
            |value| words::value(language, question, value),
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
