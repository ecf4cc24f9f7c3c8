//! Which questions does this visit ask? What the profile's answers make of flags and conditions.

use std::collections::HashMap;

use super::answer::Value;
use super::assessment::Assessment;
use super::assessment::State;
use super::condition::Condition;
use super::condition::Facts;
use super::condition::Truth;
use super::id::ChoiceId;
use super::id::FlagId;
use super::id::QuestionId;
use super::questionnaire::Choice;
use super::questionnaire::Question;
use super::questionnaire::Questionnaire;

/// The flags of one assessment, and with them what applies.
#[derive(Debug, Clone)]
pub struct Scope<'a> {
    assessment: &'a Assessment,
    questionnaire: &'a Questionnaire,
    flags: HashMap<&'a FlagId, Truth>,
}

impl<'a> Scope<'a> {
    pub fn new(questionnaire: &'a Questionnaire, assessment: &'a Assessment) -> Scope<'a> {
        let mut scope = Scope { assessment, questionnaire, flags: HashMap::new() };
        for question in &questionnaire.profile.questions {
            for choice in question.choices() {
                let truth = scope.chosen(question, choice);
                for flag in &choice.sets {
                    // One choice that surely sets it is enough; one that may set it leaves it open.
                    let known = scope.flags.entry(flag).or_insert(Truth::No);
                    *known = match (*known, truth) {
                        (Truth::Yes, _) | (_, Truth::Yes) => Truth::Yes,
                        (Truth::Unknown, _) | (_, Truth::Unknown) => Truth::Unknown,
                        (Truth::No, Truth::No) => Truth::No,
                    };
                }
            }
        }
        // Derived flags may build on those before them; `check` refuses circles and unknown names.
        for flag in &questionnaire.profile.flags {
            if let Some(when) = &flag.when {
                let truth = when.evaluate(&scope);
                scope.flags.insert(&flag.id, truth);
            }
        }
        scope
    }

    pub fn questionnaire(&self) -> &'a Questionnaire {
        self.questionnaire
    }

    pub fn assessment(&self) -> &'a Assessment {
        self.assessment
    }

    /// Whether the visit asks this question: always, unless its condition is certainly false, or it is left out
    /// of an express visit.
    pub fn asks(&self, question: &Question) -> bool {
        let express = !self.assessment.express || question.express || question.risk.is_none();
        express && question.when.evaluate(self) != Truth::No
    }

    /// Asked because an unknown fact may switch it on.
    pub fn asks_to_be_sure(&self, question: &Question) -> bool {
        self.asks(question) && question.when.evaluate(self) == Truth::Unknown
    }

    /// Whether the profile surely makes amplified questions more severe.
    pub fn amplifies(&self) -> bool {
        let amplify = self.questionnaire.profile.amplify.as_ref();
        amplify.is_some_and(|condition| condition.evaluate(self) == Truth::Yes)
    }

    /// The flags that surely hold and those that may, in the questionnaire's order.
    pub fn flags(&self) -> impl Iterator<Item = (&'a FlagId, Truth)> {
        let flags = &self.questionnaire.profile.flags;
        flags.iter().map(|flag| (&flag.id, self.flag(&flag.id)))
    }

    /// Why a condition holds: the flags in it that hold or may hold.
    pub fn because(&self, condition: &Condition) -> Vec<&'a FlagId> {
        let named = condition.flags();
        self.flags()
            .filter(|(flag, truth)| *truth != Truth::No && named.contains(flag))
            .map(|(flag, _)| flag)
            .collect()
    }

    fn chosen(&self, question: &Question, choice: &Choice) -> Truth {
        // The answer to a question that is not asked any more stays in the file, inactive.
        if question.when.evaluate(self) == Truth::No {
            return Truth::No;
        }
        match self.assessment.value(&question.id) {
            None | Some(Value::Unknown) => Truth::Unknown,
            Some(Value::NotApplicable) => self.declared_out(question),
            Some(Value::Choice(chosen)) => (*chosen == choice.id).into(),
            Some(Value::Choices(chosen)) if chosen.contains(&choice.id) => Truth::Yes,
            // Of a group, one is to be chosen: as long as none is, any may hold.
            Some(Value::Choices(chosen)) if choice.group.is_some() && !chosen.is_empty() => {
                let siblings = question.choices().iter().filter(|other| other.group == choice.group);
                let decided = siblings.clone().any(|other| chosen.contains(&other.id));
                if decided { Truth::No } else { Truth::Unknown }
            }
            // Nothing toggled yet is no answer.
            Some(Value::Choices(chosen)) if chosen.is_empty() => Truth::Unknown,
            Some(_) => Truth::No,
        }
    }

    /// Whether a choice of a question that is said not to apply may hold. Without a reason that is no answer, and
    /// must not take questions away.
    fn declared_out(&self, question: &Question) -> Truth {
        match self.assessment.state(question, self.questionnaire) {
            State::NotApplicable => Truth::No,
            State::Answered | State::Unanswered | State::Unknown => Truth::Unknown,
        }
    }
}

impl Facts for Scope<'_> {
    fn flag(&self, flag: &FlagId) -> Truth {
        self.flags.get(flag).copied().unwrap_or(Truth::No)
    }

    fn is(&self, question: &QuestionId, choice: &ChoiceId) -> Truth {
        let Some(asked) = self.questionnaire.question(question) else { return Truth::No };
        if let Some(listed) = asked.choice(choice) {
            return self.chosen(asked, listed);
        }
        match self.assessment.value(question) {
            _ if asked.when.evaluate(self) == Truth::No => Truth::No,
            None | Some(Value::Unknown) => Truth::Unknown,
            Some(Value::NotApplicable) if self.declared_out(asked) == Truth::Unknown => Truth::Unknown,
            Some(value) => (value.word() == choice.as_str()).into(),
        }
    }
}
