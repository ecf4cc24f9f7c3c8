//! Where does a figure come from? Each number of the result, question by question.

use super::help::blank;
use super::help::heading;
use super::look::Look;
use super::reader::Paragraph;
use crate::domain::answer::Override;
use crate::domain::id::QuestionId;
use crate::domain::id::StepId;
use crate::domain::questionnaire::Lowers;
use crate::domain::scoring::ABOVE_WEAKEST;
use crate::domain::scoring::Cap;
use crate::domain::scoring::Counted;
use crate::domain::scoring::QuestionScore;
use crate::domain::scoring::shown;
use crate::domain::words;
use crate::tui::visit::Visit;

/// The overall score: what holds it down, the worst first; then how it is made of the steps.
pub fn overall(visit: &Visit, look: Look) -> Vec<Paragraph> {
    let score = &visit.score;
    let figures = &score.overall.figures;
    let mut out = vec![heading(look.pick("Score global", "Overall score"), look)];
    out.extend(caps(visit, &score.overall.caps, look));
    if let Some(weakest) = weakest(visit, look) {
        out.extend([plain(weakest, look), blank(look)]);
    }
    let mut sum = Vec::new();
    for (step, scored) in visit.questionnaire.steps.iter().zip(&score.steps) {
        let raw = scored
            .figures
            .raw
            .map_or(look.theme.mark("—", "-").to_owned(), |raw| look.language.number(raw));
        let capped = scored.caps.first().map_or(String::new(), |cap| {
            look.pick(format!(", plafond {}", cap.kind.cap()), format!(", cap {}", cap.kind.cap()))
        });
        sum.push(plain(format!("  {}{}{raw}{capped}", look.text(&step.title), look.colon()), look));
    }
    out.push(plain(
        look.pick(
            "Le calcul : la moyenne des étapes, chacune avec son plafond ; jamais plus de 15 points au-dessus de la plus faible, ni plus que les plafonds de tous les constats ensemble.".to_owned(),
            "The sum: the mean of the steps, each with its cap; never more than 15 points above the weakest, nor above the caps of all findings together.".to_owned(),
        ),
        look,
    ));
    out.extend(sum);
    if let Some(raw) = figures.raw {
        let raw = look.language.number(raw);
        out.push(plain(
            look.pick(format!("Moyenne sans plafond : {raw}"), format!("Mean without caps: {raw}")),
            look,
        ));
    }
    out.push(blank(look));
    out.extend(coverage(figures.coverage, figures.confidence, look));
    out.extend(out_of_the_sums(visit, None, look));
    out
}

/// A good average does not make up for one neglected step: which one, and how far it lets the whole rise.
fn weakest(visit: &Visit, look: Look) -> Option<String> {
    let weakest = visit.score.overall.weakest.as_ref()?;
    let step = visit.questionnaire.steps.iter().find(|step| step.id == *weakest)?;
    let point = visit.score.step(weakest)?.figures.point?;
    let title = look.text(&step.title);
    let (point, most) = (shown(point), shown(point + ABOVE_WEAKEST));
    Some(look.pick(
        format!(
            "L’étape la plus faible, « {title} », est à {point}. Une étape négligée ne se rattrape pas ailleurs : l’ensemble la dépasse de 15 points au plus, soit {most}."
        ),
        format!(
            "The weakest step, “{title}”, stands at {point}. What one step neglects, the others do not make up for: the whole is at most 15 points above it, that is {most}."
        ),
    ))
}

/// A step's score, question by question.
pub fn step(visit: &Visit, id: &StepId, look: Look) -> Vec<Paragraph> {
    let Some((step, scored)) =
        visit.questionnaire.steps.iter().find(|step| step.id == *id).zip(visit.score.step(id))
    else {
        return Vec::new();
    };
    let mut out = vec![heading(look.text(&step.title), look)];
    let questions: Vec<&QuestionScore> =
        visit.score.questions.iter().filter(|question| question.step == *id).collect();
    let answered: Vec<&&QuestionScore> =
        questions.iter().filter(|question| question.state == Counted::Answered).collect();
    let weights: f64 = answered.iter().map(|question| question.weight).sum();
    let earned: f64 = answered.iter().map(|question| question.weight * question.degree.unwrap_or(0.0)).sum();
    let number = |figure: f64| look.language.number(figure);
    if let Some(raw) = scored.figures.raw {
        out.push(plain(format!("100 × {} / {} = {}", number(earned), number(weights), number(raw)), look));
    }
    if scored.not_applicable > crate::domain::scoring::MUCH_NOT_APPLICABLE {
        let share = look.percent(scored.not_applicable);
        out.push(warning(
            look.pick(
                format!("Attention : {share} du poids de l’étape sont déclarés sans objet."),
                format!("Note: {share} of the step’s weight is declared not applicable."),
            ),
            look,
        ));
    }
    out.push(blank(look));
    out.extend(caps(visit, &scored.caps, look));
    out.push(heading(look.pick("Poids × maîtrise, par question", "Weight × control, by question"), look));
    for question in &answered {
        let degree = question.degree.unwrap_or(0.0);
        let lost = if weights > 0.0 { 100.0 * question.weight * (1.0 - degree) / weights } else { 0.0 };
        let lost = match lost > 0.0 {
            true => look.pick(
                format!(" ({} points perdus)", number(lost)),
                format!(" ({} points lost)", number(lost)),
            ),
            false => String::new(),
        };
        let own = own_judgement(visit, &question.id, look).map_or(String::new(), |own| format!(" · {own}"));
        let line = format!(
            "{} × {}  {}{lost}{own}",
            number(question.weight),
            number(degree),
            title(visit, &question.id, look)
        );
        out.push(Paragraph { text: line, style: look.theme.text(), indent: 8 });
    }
    out.push(blank(look));
    out.extend(coverage(scored.figures.coverage, scored.figures.confidence, look));
    out.extend(out_of_the_sums(visit, Some(id), look));
    out
}

/// One question's risk: inherent, control, residual.
pub fn question(visit: &Visit, id: &QuestionId, look: Look) -> Vec<Paragraph> {
    let (Some(question), Some(scored)) = (visit.questionnaire.question(id), visit.score.question(id)) else {
        return Vec::new();
    };
    let language = look.language;
    let mut out =
        vec![heading(look.text(&question.title), look), plain(look.text(&question.ask).to_owned(), look)];
    let said = words::answer(language, question, visit.answer(id));
    if let Some(said) = said {
        out.push(plain(format!("{}{}{said}", look.pick("Réponse", "Answer"), look.colon()), look));
    }
    out.push(blank(look));
    out.push(heading(look.pick("Risque si la mesure manque", "Risk if the control is missing"), look));
    let figure = |name: &str, figure: u8| format!("{name} {figure} ({})", words::figure(language, figure));
    let severity = figure(look.pick("gravité", "severity"), scored.severity);
    let likelihood = figure(look.pick("vraisemblance", "likelihood"), scored.likelihood);
    out.push(plain(
        format!(
            "{severity} × {likelihood} = {} {}",
            look.pick("poids", "weight"),
            language.number(scored.weight)
        ),
        look,
    ));
    if scored.amplified {
        out.push(plain(look.pick("La gravité est relevée d’un degré par le profil (données ou personnes sensibles, grand nombre).", "The severity is one degree higher because of the profile (sensitive data or people, large numbers).").to_owned(), look));
    }
    let answer = visit.answer(id);
    let own = [
        (look.pick("gravité", "severity"), answer.and_then(|answer| answer.severity.as_ref())),
        (look.pick("vraisemblance", "likelihood"), answer.and_then(|answer| answer.likelihood.as_ref())),
    ];
    for (name, own) in own {
        if let Some(own) = own.filter(|own| !own.reason.trim().is_empty()) {
            out.push(warning(
                look.pick(
                    format!("Votre avis : {name} {}, parce que : {}", own.figure, own.reason),
                    format!("Your judgement: {name} {}, because: {}", own.figure, own.reason),
                ),
                look,
            ));
        }
    }
    if scored.knockout {
        out.push(warning(
            look.pick(
                "Point éliminatoire : sans maîtrise, il plafonne l’étape et l’ensemble à 39.",
                "Knock-out: without control, it caps the step and the whole at 39.",
            )
            .to_owned(),
            look,
        ));
    }
    if let (Some(degree), Some(residual)) = (scored.degree, scored.residual) {
        out.push(blank(look));
        out.push(heading(look.pick("Ce qui reste", "What is left"), look));
        let lowered = match scored.lowers {
            Lowers::Likelihood => look.pick("abaisse la vraisemblance", "lowers the likelihood"),
            Lowers::Severity => look.pick("abaisse la gravité", "lowers the severity"),
        };
        let control = look.pick("maîtrise", "control");
        out.push(plain(format!("{control} {} ({lowered})", language.number(degree)), look));
        let level = words::level(language, residual.level);
        out.push(Paragraph {
            text: format!("({}, {}){}{level}", residual.severity, residual.likelihood, look.colon()),
            style: look.theme.level(residual.level),
            indent: 0,
        });
    }
    if let Some(remedy) = question.remedy.as_ref().filter(|_| scored.is_finding()) {
        out.push(blank(look));
        out.push(heading(look.pick("Quoi faire", "What to do"), look));
        out.push(plain(look.text(&remedy.text).to_owned(), look));
        let effort = words::effort(language, remedy.effort);
        out.push(plain(format!("{} · {effort}", look.text(&remedy.owner)), look));
    }
    if !question.law.is_empty() {
        out.push(blank(look));
        out.push(Paragraph {
            text: words::law(look.language, &question.law),
            style: look.theme.quiet(),
            indent: 0,
        });
    }
    out
}

/// A cap: how high it is, and every question behind it.
pub fn caps(visit: &Visit, caps: &[Cap], look: Look) -> Vec<Paragraph> {
    let mut out = Vec::new();
    for cap in caps {
        let kind = words::cap(look.language, cap.kind);
        let text = look
            .pick(format!("Plafond {} : {kind}", cap.kind.cap()), format!("Cap {}: {kind}", cap.kind.cap()));
        out.push(warning(text, look));
        for id in &cap.because {
            out.push(Paragraph {
                text: format!("  {}", title(visit, id, look)),
                style: look.theme.text(),
                indent: 2,
            });
        }
        out.push(blank(look));
    }
    out
}

fn coverage(coverage: f64, confidence: f64, look: Look) -> Vec<Paragraph> {
    let (share, word) = (look.percent(coverage), look.confidence(confidence));
    let known = look.percent(confidence);
    vec![
        plain(
            look.pick(
                format!("Couverture : {share} du poids a une réponse. Confiance : {word} ({known})."),
                format!("Coverage: {share} of the weight is answered. Confidence: {word} ({known})."),
            ),
            look,
        ),
        blank(look),
    ]
}

/// Unanswered, unknown, not applicable, not asked: what the sums leave out, by title.
fn out_of_the_sums(visit: &Visit, step: Option<&StepId>, look: Look) -> Vec<Paragraph> {
    let mut out = Vec::new();
    let kinds = [
        (Counted::Unknown, look.pick("Ne sait pas", "Not known")),
        (Counted::Unanswered, look.pick("Sans réponse", "Unanswered")),
        (Counted::NotApplicable, look.pick("Sans objet", "Not applicable")),
        (
            Counted::NotAsked,
            look.pick("Non posées (profil, visite express)", "Not asked (profile, express visit)"),
        ),
    ];
    for (kind, name) in kinds {
        let of_kind: Vec<&QuestionScore> = visit
            .score
            .counted(kind)
            .filter(|question| step.is_none_or(|step| question.step == *step))
            .collect();
        if of_kind.is_empty() {
            continue;
        }
        out.push(heading(&format!("{name}{}{}", look.colon(), of_kind.len()), look));
        for question in of_kind {
            let reason = visit.answer(&question.id).map_or("", |answer| answer.reason.as_str());
            let reason = match (kind, reason) {
                (Counted::NotApplicable, reason) if !reason.is_empty() => format!(" ({reason})"),
                _ => String::new(),
            };
            out.push(Paragraph {
                text: format!("  {}{reason}", title(visit, &question.id, look)),
                style: look.theme.text(),
                indent: 2,
            });
        }
        out.push(blank(look));
    }
    out
}

/// Says, beside a figure, that the consultant gave this client another severity or likelihood.
pub fn own_judgement(visit: &Visit, id: &QuestionId, look: Look) -> Option<&'static str> {
    let answer = visit.answer(id)?;
    let counts = |own: &Override| !own.reason.trim().is_empty();
    let own = answer.severity.iter().chain(answer.likelihood.iter()).any(counts);
    own.then(|| look.pick("votre avis", "your judgement"))
}

pub fn title(visit: &Visit, id: &QuestionId, look: Look) -> String {
    visit
        .questionnaire
        .question(id)
        .map_or_else(|| id.to_string(), |question| look.text(&question.title).to_owned())
}

fn plain(text: String, look: Look) -> Paragraph {
    Paragraph { text, style: look.theme.text(), indent: 0 }
}

fn warning(text: String, look: Look) -> Paragraph {
    Paragraph { text, style: look.theme.warning(), indent: 0 }
}

/// `62` for what is shown; used where a figure stands alone.
pub fn rounded(score: Option<f64>, look: Look) -> String {
    score.map_or_else(|| look.theme.mark("—", "-").to_owned(), |score| shown(score).to_string())
}
