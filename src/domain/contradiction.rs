//! Which answers does a capture disprove, and which does it propose? Observations held against answers.
//!
//! Nothing is answered by a capture alone: a proposal waits until somebody accepts it, a contradiction until the
//! answer changes or somebody writes down what explains it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::answer::Answer;
use super::answer::Evidence;
use super::answer::Value;
use super::assessment::Assessment;
use super::id::QuestionId;
use super::observation::Observation;
use super::observation::Resolution;
use super::questionnaire::Question;
use super::questionnaire::Questionnaire;
use super::recording::Entry;
use super::recording::clean;
use super::recording::clean_line;
use super::rulebook::Rule;
use super::scope::Scope;

/// What the captures show about a question, with the rule behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen<'a> {
    pub rule: &'a Rule,
    pub observation: &'a Observation,
}

/// An answer that the captures settle, to be accepted by somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal<'a> {
    pub value: Value,
    pub seen: Seen<'a>,
}

/// An answer that a capture disproves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contradiction<'a> {
    pub seen: Seen<'a>,
    /// What was written about it; open as long as nothing was.
    pub resolution: Option<&'a Resolution>,
    /// What was written before another capture showed it again.
    pub earlier: Option<&'a Resolution>,
}

/// Everything that the captures show about a question, in the order of the rules.
pub fn seen<'a>(
    questionnaire: &'a Questionnaire,
    assessment: &'a Assessment,
    id: &QuestionId,
) -> Vec<Seen<'a>> {
    let observations = assessment.observations.get(id).map_or(&[][..], Vec::as_slice);
    let with_rule = |observation: &'a Observation| {
        let rule = questionnaire.rulebook.rule(&observation.rule)?;
        Some(Seen { rule, observation })
    };
    observations.iter().filter_map(with_rule).collect()
}

/// What is proposed for a question: by the first rule that proposes anything, together with all those that add
/// choices to the same answer. None where the answer is that already, known by a test.
pub fn proposal<'a>(
    questionnaire: &'a Questionnaire,
    assessment: &'a Assessment,
    question: &Question,
) -> Option<Proposal<'a>> {
    let answer = assessment.answer(&question.id);
    let all = seen(questionnaire, assessment, &question.id);
    let adding = all.iter().filter(|seen| !seen.rule.includes.is_empty());
    let (value, seen) = if question.takes_several() {
        let mut chosen = match answer.and_then(|answer| answer.value.as_ref()) {
            Some(Value::Choices(chosen)) => chosen.clone(),
            _ => BTreeSet::new(),
        };
        let first = *adding.clone().next()?;
        chosen.extend(adding.flat_map(|seen| seen.rule.includes.iter().cloned()));
        (Value::Choices(chosen), first)
    } else {
        all.iter().find_map(|seen| {
            let word = seen.rule.proposes.as_ref()?;
            Some((Value::from_word(word, question).ok()?, *seen))
        })?
    };
    value.fits(question).ok()?;
    let settled = answer.is_some_and(|answer| {
        answer.value.as_ref() == Some(&value)
            && answer.carried.is_none()
            && (question.takes_several() || answer.evidence == Some(Evidence::Tested))
    });
    (!settled).then_some(Proposal { value, seen })
}

impl Proposal<'_> {
    /// What accepting it records: the value, as tested on the day of the capture.
    pub fn entry(&self) -> Entry {
        Entry {
            evidence: Some(Evidence::Tested),
            evidence_on: Some(self.seen.observation.on),
            confirmed: true,
            ..Entry::of(self.value.clone())
        }
    }
}

/// The contradictions of a question with its answer, resolved or not.
pub fn contradictions<'a>(
    questionnaire: &'a Questionnaire,
    assessment: &'a Assessment,
    id: &QuestionId,
) -> Vec<Contradiction<'a>> {
    let Some(answer) = assessment.answer(id) else { return Vec::new() };
    let resolutions = assessment.resolutions.get(id).map_or(&[][..], Vec::as_slice);
    seen(questionnaire, assessment, id)
        .into_iter()
        .filter(|seen| disproves(seen.rule, answer))
        .map(|seen| {
            // The last word counts.
            let mut written = resolutions.iter().rev().filter(|written| written.rule == seen.rule.id);
            let earlier = written.clone().next();
            let covers = |written: &&Resolution| seen.observation.captures.is_subset(&written.captures);
            let resolution = written.find(covers);
            Contradiction { seen, resolution, earlier: earlier.filter(|_| resolution.is_none()) }
        })
        .collect()
}

/// Whether a question's answer is disproved by a capture and nobody has written why.
pub fn is_open(questionnaire: &Questionnaire, assessment: &Assessment, id: &QuestionId) -> bool {
    // Most questions have no observation, and scoring asks for each.
    assessment.observations.contains_key(id)
        && contradictions(questionnaire, assessment, id)
            .iter()
            .any(|contradiction| contradiction.resolution.is_none())
}

/// The questions asked whose contradiction is open, in order.
pub fn open(questionnaire: &Questionnaire, assessment: &Assessment) -> Vec<QuestionId> {
    with(questionnaire, assessment, |id| is_open(questionnaire, assessment, id))
}

/// The questions asked whose answer a capture disproves, resolved or not, in order.
pub fn all(questionnaire: &Questionnaire, assessment: &Assessment) -> Vec<QuestionId> {
    with(questionnaire, assessment, |id| !contradictions(questionnaire, assessment, id).is_empty())
}

fn with(
    questionnaire: &Questionnaire,
    assessment: &Assessment,
    wanted: impl Fn(&QuestionId) -> bool,
) -> Vec<QuestionId> {
    if assessment.observations.is_empty() {
        return Vec::new();
    }
    let scope = Scope::new(questionnaire, assessment);
    let asked = questionnaire.questions().filter(|question| scope.asks(question));
    asked.map(|question| &question.id).filter(|id| wanted(id)).cloned().collect()
}

fn disproves(rule: &Rule, answer: &Answer) -> bool {
    let Some(value) = &answer.value else { return false };
    let lacks = match value {
        Value::Choices(chosen) => rule.includes.iter().any(|choice| !chosen.contains(choice)),
        Value::Nothing => !rule.includes.is_empty(),
        _ => false,
    };
    lacks || rule.disproves.contains(&value.word())
}

impl Assessment {
    /// Writes down what explains the contradictions of a question that are open. An empty text explains nothing.
    /// Returns how many there were.
    pub fn resolve(
        &mut self,
        questionnaire: &Questionnaire,
        id: &QuestionId,
        text: &str,
        by: &str,
        on: Date,
    ) -> usize {
        let text = clean(text);
        if text.trim().is_empty() {
            return 0;
        }
        let resolutions: Vec<Resolution> = contradictions(questionnaire, self, id)
            .into_iter()
            .filter(|contradiction| contradiction.resolution.is_none())
            .map(|contradiction| Resolution {
                rule: contradiction.seen.rule.id.clone(),
                captures: contradiction.seen.observation.captures.clone(),
                text: text.clone(),
                by: clean_line(by),
                on,
            })
            .collect();
        let count = resolutions.len();
        if count > 0 {
            self.resolutions.entry(id.clone()).or_default().extend(resolutions);
        }
        count
    }

    /// Takes the written explanations of a question's contradictions back: they are open again.
    pub fn reopen(&mut self, id: &QuestionId) {
        self.resolutions.remove(id);
    }
}
