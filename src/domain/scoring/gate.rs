//! What holds a score down? The caps that keep a mean from hiding a critical gap.

use super::Level;
use super::QuestionScore;
use crate::domain::id::QuestionId;

/// One gate that a set of questions does not pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    pub kind: CapKind,
    /// The questions that cause it, in the questionnaire's order.
    pub because: Vec<QuestionId>,
}

/// Why there is a cap, and how high it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CapKind {
    /// A knock-out with no control at all.
    KnockoutFailed,
    /// A knock-out with some.
    KnockoutPartial,
    /// Any other finding whose residual risk is critical.
    Critical,
    /// Three or more findings whose residual risk is high.
    ManyHigh,
    /// One or two.
    High,
}

impl CapKind {
    const ALL: [CapKind; 5] = [
        CapKind::KnockoutFailed,
        CapKind::KnockoutPartial,
        CapKind::Critical,
        CapKind::ManyHigh,
        CapKind::High,
    ];

    /// The most that a score can be.
    pub fn cap(self) -> f64 {
        match self {
            CapKind::KnockoutFailed => 39.0,
            CapKind::KnockoutPartial | CapKind::Critical => 54.0,
            CapKind::ManyHigh => 69.0,
            CapKind::High => 84.0,
        }
    }

    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            CapKind::KnockoutFailed => "knockout-failed",
            CapKind::KnockoutPartial => "knockout-partial",
            CapKind::Critical => "critical",
            CapKind::ManyHigh => "many-high",
            CapKind::High => "high",
        }
    }
}

/// How many questions count for each kind of cap, in the order of [`CapKind::ALL`].
pub type Counts = [usize; 5];

/// The kinds of cap that a question at this degree counts for, in the order of [`CapKind::ALL`]; how many make one is
/// decided over all.
pub fn counted(question: &QuestionScore, degree: f64) -> [bool; 5] {
    if degree >= 1.0 {
        return [false; 5];
    }
    let failed = question.knockout && degree <= 0.0;
    // As it stands, its risk is known.
    let known = question.residual.filter(|_| question.degree == Some(degree));
    let level = known.unwrap_or_else(|| question.residual_at(degree)).level;
    let is_high = !failed && level == Level::High;
    let is_critical = !question.knockout && level == Level::Critical;
    [failed, question.knockout && !failed, is_critical, is_high, is_high]
}

/// Whether it counts for this one.
pub fn counts_for(question: &QuestionScore, degree: f64, kind: CapKind) -> bool {
    CapKind::ALL.into_iter().zip(counted(question, degree)).any(|(other, counts)| counts && other == kind)
}

/// The lowest cap of so many questions; infinite where there is none.
pub fn lowest_of(counts: &Counts) -> f64 {
    let cap = CapKind::ALL.iter().zip(counts).find(|(kind, count)| applies(**kind, **count));
    cap.map_or(f64::INFINITY, |(kind, _)| kind.cap())
}

/// The caps that apply, lowest first.
pub fn caps(questions: &[QuestionScore], degree: impl Fn(&QuestionScore) -> Option<f64>) -> Vec<Cap> {
    let mut caps = CapKind::ALL.map(|kind| Cap { kind, because: Vec::new() });
    for question in questions {
        let Some(degree) = degree(question) else { continue };
        for (cap, _) in caps.iter_mut().zip(counted(question, degree)).filter(|(_, counts)| *counts) {
            cap.because.push(question.id.clone());
        }
    }
    caps.into_iter().filter(|cap| applies(cap.kind, cap.because.len())).collect()
}

/// The lowest cap alone, without the reasons; infinite where there is none.
pub fn lowest(questions: &[QuestionScore], degree: impl Fn(&QuestionScore) -> Option<f64>) -> f64 {
    let mut counts = Counts::default();
    for question in questions {
        let Some(degree) = degree(question) else { continue };
        let counted = counted(question, degree);
        counts.iter_mut().zip(counted).for_each(|(count, counts)| *count += usize::from(counts));
    }
    lowest_of(&counts)
}

fn applies(kind: CapKind, count: usize) -> bool {
    match kind {
        CapKind::KnockoutFailed | CapKind::KnockoutPartial | CapKind::Critical => count >= 1,
        CapKind::ManyHigh => count >= 3,
        CapKind::High => (1..=2).contains(&count),
    }
}
