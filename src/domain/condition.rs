//! When does a question apply? Typed conditions over the profile, in three-valued logic.

use serde::Deserialize;
use serde::Serialize;

use super::id::ChoiceId;
use super::id::FlagId;
use super::id::QuestionId;

/// A condition as its author wrote it. `Always` is what is meant where none is written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Condition {
    #[default]
    Always,
    /// Every one holds.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// The profile sets this flag.
    Flag(FlagId),
    /// That question has this answer: `yes`, `partly`, `no`, or a choice's id.
    Is(QuestionId, ChoiceId),
}

/// What is known of a condition (Kleene's strong logic): an unanswered fact makes neither a yes nor a no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    Yes,
    No,
    Unknown,
}

impl From<bool> for Truth {
    fn from(known: bool) -> Truth {
        if known { Truth::Yes } else { Truth::No }
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::Yes => Truth::No,
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

/// Who knows whether a flag is set and what a question's answer is.
pub trait Facts {
    fn flag(&self, flag: &FlagId) -> Truth;
    fn is(&self, question: &QuestionId, choice: &ChoiceId) -> Truth;
}

impl Condition {
    pub fn evaluate(&self, facts: &impl Facts) -> Truth {
        match self {
            Condition::Always => Truth::Yes,
            Condition::All(parts) => least(parts.iter().map(|part| part.evaluate(facts))),
            Condition::Any(parts) => !least(parts.iter().map(|part| !part.evaluate(facts))),
            Condition::Not(part) => !part.evaluate(facts),
            Condition::Flag(flag) => facts.flag(flag),
            Condition::Is(question, choice) => facts.is(question, choice),
        }
    }

    /// Calls `see` with this condition and every condition inside it.
    pub fn walk<'a>(&'a self, see: &mut impl FnMut(&'a Condition)) {
        see(self);
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| part.walk(see)),
            Condition::Not(part) => part.walk(see),
            Condition::Always | Condition::Flag(_) | Condition::Is(..) => {}
        }
    }

    /// The flags named in it, in the order of writing, each once.
    pub fn flags(&self) -> Vec<&FlagId> {
        let mut flags = Vec::new();
        self.walk(&mut |condition| {
            if let Condition::Flag(flag) = condition
                && !flags.contains(&flag)
            {
                flags.push(flag);
            }
        });
        flags
    }
}

/// The conjunction: No wins, then Unknown.
fn least(truths: impl Iterator<Item = Truth>) -> Truth {
    let mut all = Truth::Yes;
    for truth in truths {
        match truth {
            Truth::No => return Truth::No,
            Truth::Unknown => all = Truth::Unknown,
            Truth::Yes => {}
        }
    }
    all
}
