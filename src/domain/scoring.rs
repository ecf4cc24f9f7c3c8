//! What is the risk? From answers to degrees, scores, bands and findings, each with what caused it.
//!
//! The method: severity and likelihood per question, a degree of control between 0 and 1 per answer, means per
//! step and overall, and gates (caps) that keep an average from hiding a critical gap. Scores run from 0 to 100.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;

use super::answer::Answer;
use super::answer::Evidence;
use super::answer::Value;
use super::assessment::Assessment;
use super::assessment::State;
use super::contradiction;
use super::id::QuestionId;
use super::id::StepId;
use super::questionnaire::Lowers;
use super::questionnaire::Question;
use super::questionnaire::Questionnaire;
use super::questionnaire::Step;
use super::scope::Scope;

mod degree;
mod gate;
mod tally;

pub use degree::Degree;
pub use gate::Cap;
pub use gate::CapKind;
pub use tally::Tally;

/// Below this coverage there is no point score, only an interval.
pub const LEAST_COVERAGE: f64 = 0.6;
/// Above this share of a step's weight, "not applicable" deserves a warning.
pub const MUCH_NOT_APPLICABLE: f64 = 0.2;
/// The overall score is at most this much above the weakest step's.
pub const ABOVE_WEAKEST: f64 = 15.0;

/// The scores of one assessment, and everything they are made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    pub overall: Overall,
    /// All steps, in order.
    pub steps: Vec<StepScore>,
    /// The scored questions, in order.
    pub questions: Vec<QuestionScore>,
    /// Answered questions that leave a risk, in the order in which they are to be mended.
    pub findings: Vec<QuestionId>,
    pub amplified: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Overall {
    pub figures: Figures,
    pub caps: Vec<Cap>,
    /// The weakest step, when it holds the overall score down to its own plus 15.
    pub weakest: Option<StepId>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct StepScore {
    pub id: StepId,
    /// Its weight in the overall mean.
    pub weight: f64,
    pub figures: Figures,
    /// How many of its applicable questions are answered.
    pub answered: usize,
    pub applicable: usize,
    /// The share of its weight that somebody declared not applicable.
    pub not_applicable: f64,
    pub caps: Vec<Cap>,
}

/// The figures that a step and the whole have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// After caps; none below 60 % coverage.
    pub score: Option<f64>,
    /// The same whatever the coverage, for what lies between two visits; none where nothing is answered.
    pub point: Option<f64>,
    /// Before caps; none where nothing is answered.
    pub raw: Option<f64>,
    /// The score if everything open turned out bad, and good; none for a step with nothing applicable.
    pub interval: Option<(f64, f64)>,
    /// The share of the applicable weight that is answered, 0 to 1.
    pub coverage: f64,
    /// How well the answers are known, 0 to 1. It never changes the score, and an answer that a capture disproves
    /// lowers this figure only: what is true is for people to decide.
    pub confidence: f64,
}

impl Figures {
    pub fn band(&self) -> Option<Band> {
        self.score.map(Band::of)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct QuestionScore {
    pub id: QuestionId,
    pub step: StepId,
    pub state: Counted,
    /// After amplification, or the consultant's own figure.
    pub severity: u8,
    pub likelihood: u8,
    pub knockout: bool,
    pub lowers: Lowers,
    /// One degree more severe because of the profile.
    pub amplified: bool,
    /// Severity × likelihood.
    pub weight: f64,
    /// Degree of control, 0 to 1; none unless answered.
    pub degree: Option<f64>,
    /// The degree if what is open in it turned out bad, and good.
    pub range: (f64, f64),
    pub residual: Option<Residual>,
    /// After ageing and carrying; no more than said as long as a capture disproves the answer and nobody has
    /// written why.
    pub evidence: Option<Evidence>,
}

/// How a question counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    Answered,
    Unanswered,
    Unknown,
    NotApplicable,
    NotAsked,
}

impl Counted {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Counted::Answered => "answered",
            Counted::Unanswered => "unanswered",
            Counted::Unknown => "unknown",
            Counted::NotApplicable => "not-applicable",
            Counted::NotAsked => "not-asked",
        }
    }

    /// In the sums: asked, and not declared out of them.
    pub fn applies(self) -> bool {
        matches!(self, Counted::Answered | Counted::Unanswered | Counted::Unknown)
    }
}

/// The risk that an answer leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Residual {
    pub severity: u8,
    pub likelihood: u8,
    pub level: Level,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Level {
    Low,
    Moderate,
    High,
    Critical,
}

impl Level {
    pub const ALL: [Level; 4] = [Level::Low, Level::Moderate, Level::High, Level::Critical];

    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Level::Low => "low",
            Level::Moderate => "moderate",
            Level::High => "high",
            Level::Critical => "critical",
        }
    }

    /// From the table, never from the product: rare and catastrophic is not frequent and trivial.
    /// Both figures run from 1 to 4; others are held to that.
    pub fn of(severity: u8, likelihood: u8) -> Level {
        use Level::{Critical, High, Low, Moderate};
        match (severity.clamp(1, 4), likelihood.clamp(1, 4)) {
            (1, 4) | (2, 2 | 3) | (3, 2) => Moderate,
            (2, 4) | (3, 3) | (4, 2) => High,
            (3, 4) | (4, 3 | 4) => Critical,
            _ => Low,
        }
    }
}

/// A, B, C, D, E: 85, 70, 55, 40 and below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    A,
    B,
    C,
    D,
    E,
}

impl Band {
    pub const ALL: [Band; 5] = [Band::A, Band::B, Band::C, Band::D, Band::E];

    pub fn of(score: f64) -> Band {
        Band::ALL.into_iter().find(|band| score >= band.least()).unwrap_or(Band::E)
    }

    /// The least score of the band.
    pub fn least(self) -> f64 {
        match self {
            Band::A => 85.0,
            Band::B => 70.0,
            Band::C => 55.0,
            Band::D => 40.0,
            Band::E => 0.0,
        }
    }

    pub fn letter(self) -> char {
        match self {
            Band::A => 'A',
            Band::B => 'B',
            Band::C => 'C',
            Band::D => 'D',
            Band::E => 'E',
        }
    }
}

/// A score as it is shown: rounded down, so that 84.9 stays in its band.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100, floored")]
pub fn shown(score: f64) -> u8 {
    score.clamp(0.0, 100.0).floor() as u8
}

/// Scores an assessment with the questionnaire that it is pinned to.
pub fn score(questionnaire: &Questionnaire, assessment: &Assessment) -> Score {
    score_in(&Scope::new(questionnaire, assessment))
}

/// The same for what a visit is known to ask.
pub fn score_in(scope: &Scope) -> Score {
    score_in_mended(scope, &BTreeSet::new())
}

/// The same as if these questions were fully in order: what mending them would bring.
pub fn score_mended(
    questionnaire: &Questionnaire,
    assessment: &Assessment,
    mended: &BTreeSet<QuestionId>,
) -> Score {
    score_in_mended(&Scope::new(questionnaire, assessment), mended)
}

fn score_in_mended(scope: &Scope, mended: &BTreeSet<QuestionId>) -> Score {
    let (questionnaire, assessment) = (scope.questionnaire(), scope.assessment());
    let amplified = scope.amplifies();
    let mut questions = Vec::with_capacity(questionnaire.steps.iter().map(|step| step.questions.len()).sum());
    let mut steps = Vec::with_capacity(questionnaire.steps.len());
    let mut parts = Vec::with_capacity(questionnaire.steps.len());
    for step in &questionnaire.steps {
        let first = questions.len();
        for question in &step.questions {
            questions.extend(score_question(questionnaire, assessment, scope, amplified, step, question));
        }
        let of_step = questions.get_mut(first..).unwrap_or_default();
        for question in of_step.iter_mut().filter(|question| mended.contains(&question.id)) {
            question.mend();
        }
        steps.push(score_step(step, of_step));
        parts.push(first..questions.len());
    }
    let of_steps: Vec<&[QuestionScore]> = parts.into_iter().filter_map(|part| questions.get(part)).collect();
    let overall = score_overall(&steps, &of_steps, &questions);
    let findings = order_of_actions(questionnaire, &questions);
    Score { overall, steps, questions, findings, amplified }
}

fn score_question(
    questionnaire: &Questionnaire,
    assessment: &Assessment,
    scope: &Scope,
    amplified: bool,
    step: &Step,
    question: &Question,
) -> Option<QuestionScore> {
    let risk = question.risk.as_ref()?;
    let answer = assessment.answer(&question.id);
    let amplified = amplified && risk.amplified;
    let inherent = if amplified { (risk.severity + 1).min(4) } else { risk.severity };
    let own = |of: Option<&super::answer::Override>| {
        of.filter(|own| !own.reason.trim().is_empty()).map(|own| own.figure.clamp(1, 4))
    };
    let severity = own(answer.and_then(|answer| answer.severity.as_ref())).unwrap_or(inherent);
    let likelihood = own(answer.and_then(|answer| answer.likelihood.as_ref())).unwrap_or(risk.likelihood);

    let value = answer.and_then(|answer| answer.value.as_ref());
    let degree = degree::of(question, value, questionnaire, assessment);
    let state = if scope.asks(question) {
        match (assessment.state_by(answer, question, questionnaire), &degree) {
            (State::Answered, Degree { point: Some(_), .. }) => Counted::Answered,
            (State::Answered | State::Unanswered, _) => Counted::Unanswered,
            (State::Unknown, _) => Counted::Unknown,
            (State::NotApplicable, _) => Counted::NotApplicable,
        }
    } else {
        Counted::NotAsked
    };
    let answered = state == Counted::Answered;
    let mut scored = QuestionScore {
        id: question.id.clone(),
        step: step.id.clone(),
        state,
        severity,
        likelihood,
        knockout: risk.knockout,
        lowers: risk.lowers,
        amplified,
        weight: f64::from(severity) * f64::from(likelihood),
        degree: degree.point.filter(|_| answered),
        range: if answered { (degree.low, degree.high) } else { (0.0, 1.0) },
        residual: None,
        evidence: answered.then(|| match contradiction::is_open(questionnaire, assessment, &question.id) {
            true => Evidence::Said,
            false => evidence(assessment, &question.id, answer),
        }),
    };
    scored.residual = scored.degree.map(|degree| scored.residual_at(degree));
    Some(scored)
}

/// The level that counts: aged by a year it drops one step, carried over it drops one, never below said.
fn evidence(assessment: &Assessment, id: &QuestionId, answer: Option<&Answer>) -> Evidence {
    let Some(answer) = answer else { return Evidence::Said };
    let mut level = answer.evidence.unwrap_or(Evidence::Said);
    // Said is the weakest there is.
    if level > Evidence::Said && has_lapsed(assessment, id, answer.evidence_on) {
        level = level.weaker();
    }
    if answer.carried.is_some() {
        level = level.weaker();
    }
    level
}

/// Whether the evidence for an answer proves nothing any more on the day of the visit: it is older than twelve months,
/// or it rests on attached files all of which have expired.
pub fn lapsed(assessment: &Assessment, id: &QuestionId) -> bool {
    has_lapsed(assessment, id, assessment.answer(id).and_then(|answer| answer.evidence_on))
}

fn has_lapsed(assessment: &Assessment, id: &QuestionId, taken: Option<Date>) -> bool {
    let visit = assessment.date;
    // Within one year of the calendar there are no twelve months to count.
    let taken = taken.filter(|on| on.year() < visit.year());
    let fresh_until = taken.and_then(|on| on.checked_add(jiff::Span::new().months(12)).ok());
    let aged = fresh_until.is_some_and(|fresh_until| fresh_until < visit);
    let attached = assessment.attachments.get(id).map_or(&[][..], Vec::as_slice);
    let expired = !attached.is_empty() && attached.iter().all(|attachment| attachment.has_lapsed(visit));
    aged || expired
}

impl QuestionScore {
    /// The risk that a degree of control leaves.
    pub fn residual_at(&self, degree: f64) -> Residual {
        let lowered = |figure: u8| round_half_up(1.0 + f64::from(figure - 1) * (1.0 - degree));
        let (severity, likelihood) = match self.lowers {
            Lowers::Likelihood => (self.severity, lowered(self.likelihood)),
            Lowers::Severity => (lowered(self.severity), self.likelihood),
        };
        let failed = self.knockout && degree <= 0.0;
        let level = if failed { Level::Critical } else { Level::of(severity, likelihood) };
        Residual { severity, likelihood, level }
    }

    /// Answered, and not fully in order.
    pub fn is_finding(&self) -> bool {
        self.degree.is_some_and(|degree| degree < 1.0)
    }

    /// Whether, as it stands, it is one of those that make this cap.
    pub fn counts_for(&self, kind: CapKind) -> bool {
        self.degree.is_some_and(|degree| gate::counts_for(self, degree, kind))
    }

    fn mend(&mut self) {
        if self.state.applies() {
            self.state = Counted::Answered;
            self.degree = Some(1.0);
            self.range = (1.0, 1.0);
            self.residual = Some(self.residual_at(1.0));
            self.evidence = self.evidence.or(Some(Evidence::Said));
        }
    }
}

/// What is one half on paper is rounded up, also where a mean of tenths falls short of it by its last bit.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 4")]
fn round_half_up(figure: f64) -> u8 {
    (figure + 0.5 + 1e-9).floor() as u8
}

/// `100 × Σ w·e / Σ w`, in this form: the other way round loses the last bit, and 32 shows as 31.
fn mean(weights_and_degrees: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (weight, degree) in weights_and_degrees {
        sum += weight * degree;
        weights += weight;
    }
    (weights > 0.0).then(|| 100.0 * sum / weights)
}

/// What is open counts as bad, as good, or not at all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Bad,
    Good,
    LeftOut,
}

impl QuestionScore {
    fn degree_with(&self, open: Open) -> Option<f64> {
        if !self.state.applies() {
            return None;
        }
        match open {
            Open::Bad => Some(self.range.0),
            Open::Good => Some(self.range.1),
            Open::LeftOut => self.degree,
        }
    }
}

/// A step's mean and its caps, with what is open taken in one way.
fn capped(questions: &[QuestionScore], open: Open) -> Option<(f64, f64)> {
    let raw =
        mean(questions.iter().filter_map(|question| Some((question.weight, question.degree_with(open)?))))?;
    let lowest = gate::lowest(questions, |question| question.degree_with(open));
    Some((raw, raw.min(lowest)))
}

fn score_step(step: &Step, questions: &[QuestionScore]) -> StepScore {
    let weight = |counts: fn(&QuestionScore) -> bool| -> f64 {
        // From 0 on: the sum of nothing would be −0, and show its sign.
        questions.iter().filter(|question| counts(question)).fold(0.0, |sum, question| sum + question.weight)
    };
    let not_applicable = weight(|question| question.state == Counted::NotApplicable);
    let asked = weight(|question| question.state != Counted::NotAsked);
    StepScore {
        id: step.id.clone(),
        weight: step.weight,
        figures: figures(questions, |open| capped(questions, open)),
        answered: questions.iter().filter(|question| question.state == Counted::Answered).count(),
        applicable: questions.iter().filter(|question| question.state.applies()).count(),
        not_applicable: if asked > 0.0 { not_applicable / asked } else { 0.0 },
        caps: gate::caps(questions, |question| question.degree),
    }
}

/// The figures of a set of questions, given the mean before and after caps.
fn figures(questions: &[QuestionScore], capped: impl Fn(Open) -> Option<(f64, f64)>) -> Figures {
    let (mut applicable, mut answered, mut known) = (0.0, 0.0, 0.0);
    for question in questions.iter().filter(|question| question.state.applies()) {
        applicable += question.weight;
        if question.state == Counted::Answered {
            answered += question.weight;
            known += question.weight * question.evidence.map_or(0.0, Evidence::confidence);
        }
    }
    let share = |part: f64| if applicable > 0.0 { part / applicable } else { 0.0 };
    let coverage = share(answered);
    let point = capped(Open::LeftOut);
    let low = capped(Open::Bad);
    let high = capped(Open::Good);
    Figures {
        score: point.map(|(_, score)| score).filter(|_| coverage >= LEAST_COVERAGE),
        point: point.map(|(_, score)| score),
        raw: point.map(|(raw, _)| raw),
        interval: low.zip(high).map(|((_, low), (_, high))| (low, high)),
        coverage,
        confidence: share(known),
    }
}

fn score_overall(steps: &[StepScore], of_steps: &[&[QuestionScore]], questions: &[QuestionScore]) -> Overall {
    let whole = |open: Open| -> Option<(f64, f64)> {
        let scores: Vec<(f64, (f64, f64))> = steps
            .iter()
            .zip(of_steps)
            .filter_map(|(step, questions)| Some((step.weight, capped(questions, open)?)))
            .collect();
        together(&scores, || gate::lowest(questions, |question| question.degree_with(open)))
    };
    let mut figures = figures(questions, whole);
    // With nothing to score at all, anything between the two ends is still possible.
    figures.interval = figures.interval.or(Some((0.0, 100.0)));
    Overall {
        weakest: weakest(steps, of_steps, &figures),
        figures,
        caps: gate::caps(questions, |question| question.degree),
    }
}

/// The overall mean before caps and the overall score, of the steps' weights with their raw and capped scores.
fn together(of_steps: &[(f64, (f64, f64))], lowest: impl FnOnce() -> f64) -> Option<(f64, f64)> {
    let weights: f64 = of_steps.iter().map(|(weight, _)| weight).sum();
    if weights <= 0.0 {
        return None;
    }
    let raw = of_steps.iter().map(|(weight, (raw, _))| weight * raw).sum::<f64>() / weights;
    let mean = of_steps.iter().map(|(weight, (_, score))| weight * score).sum::<f64>() / weights;
    let weakest = of_steps.iter().map(|(_, (_, score))| *score).fold(f64::INFINITY, f64::min);
    Some((raw, mean.min(weakest + ABOVE_WEAKEST).min(lowest())))
}

/// The step that holds the overall score, when it is the weakest one plus 15 that does.
fn weakest(steps: &[StepScore], of_steps: &[&[QuestionScore]], overall: &Figures) -> Option<StepId> {
    let score = overall.score?;
    let scores = of_steps.iter().map(|questions| capped(questions, Open::LeftOut));
    let (step, (_, lowest)) = steps
        .iter()
        .zip(scores)
        .filter_map(|(step, scores)| Some((step, scores?)))
        .min_by(|(_, (_, one)), (_, (_, other))| one.total_cmp(other))?;
    ((score - (lowest + ABOVE_WEAKEST)).abs() < 1e-9).then(|| step.id.clone())
}

/// Failed knock-outs first; then the residual level; then what mending brings for its effort.
fn order_of_actions(questionnaire: &Questionnaire, questions: &[QuestionScore]) -> Vec<QuestionId> {
    let mut findings: Vec<(bool, Level, f64, &QuestionId)> = questions
        .iter()
        .filter(|question| question.is_finding())
        .filter_map(|scored| {
            let degree = scored.degree?;
            let remedy = questionnaire.question(&scored.id)?.remedy.as_ref();
            let effort = remedy.map_or(1, |remedy| remedy.effort.size());
            let gain = scored.weight * (1.0 - degree) / f64::from(effort);
            // What is equal on paper is equal here: thirds and tenths differ in their last bits.
            let gain = (gain * 1e9).round();
            Some((scored.knockout && degree <= 0.0, scored.residual?.level, gain, &scored.id))
        })
        .collect();
    // Stable: what is equal keeps the questionnaire's order.
    findings
        .sort_by(|one, other| other.0.cmp(&one.0).then(other.1.cmp(&one.1)).then(other.2.total_cmp(&one.2)));
    findings.into_iter().map(|(.., id)| id.clone()).collect()
}

impl Score {
    pub fn question(&self, id: &QuestionId) -> Option<&QuestionScore> {
        self.questions.iter().find(|question| &question.id == id)
    }

    pub fn step(&self, id: &StepId) -> Option<&StepScore> {
        self.steps.iter().find(|step| &step.id == id)
    }

    /// The questions declared not applicable, unknown …
    pub fn counted(&self, state: Counted) -> impl Iterator<Item = &QuestionScore> {
        self.questions.iter().filter(move |question| question.state == state)
    }
}

/// Whether the value alone (apart from its question) says that nobody knows.
pub fn is_unknown(value: Option<&Value>) -> bool {
    matches!(value, Some(Value::Unknown))
}

#[cfg(test)]
mod tests {
    use super::round_half_up;

    #[test]
    fn a_half_is_rounded_up_whatever_its_last_bit() {
        // Rows of weight 1 and degrees 0.4, 0.7, 0.4 have the mean 0.5 on paper.
        let degree = (0.4 + 0.7 + 0.4) / 3.0;
        assert_eq!(round_half_up(1.0 + 3.0 * (1.0 - degree)), 3);
        assert_eq!(round_half_up(1.0 + 3.0 * (1.0 - (degree + 2e-16))), 3);
        assert_eq!(round_half_up(2.49), 2);
    }
}
