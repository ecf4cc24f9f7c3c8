//! Can a condition ever hold? Every way to answer the questions on which it rests is tried.

use std::collections::BTreeSet;

use crate::domain::condition::Condition;
use crate::domain::condition::Facts;
use crate::domain::condition::Truth;
use crate::domain::id::ChoiceId;
use crate::domain::id::FlagId;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;

/// Beyond this many combinations of answers, a condition is taken to be possible.
const MOST_WORLDS: usize = 1 << 16;
/// Beyond this many choices that a condition can tell apart, not every set of them is tried.
const MOST_CHOICES: usize = 12;

/// The names on which a condition rests, directly or by the flags that it names.
#[derive(Debug, Default)]
struct Ground<'a> {
    flags: BTreeSet<&'a FlagId>,
    answers: BTreeSet<(&'a QuestionId, &'a ChoiceId)>,
}

fn ground<'a>(questionnaire: &'a Questionnaire, condition: &'a Condition) -> Ground<'a> {
    let mut ground = Ground::default();
    let mut open = vec![condition];
    while let Some(condition) = open.pop() {
        condition.walk(&mut |part| match part {
            Condition::Is(question, choice) => {
                ground.answers.insert((question, choice));
            }
            Condition::Flag(flag) if ground.flags.insert(flag) => {
                open.extend(questionnaire.flag(flag).and_then(|flag| flag.when.as_ref()));
            }
            _ => {}
        });
    }
    ground
}

/// The questions on whose answers a condition rests, directly or by the flags that they set.
pub fn rests_on<'a>(questionnaire: &'a Questionnaire, condition: &'a Condition) -> BTreeSet<&'a QuestionId> {
    let ground = ground(questionnaire, condition);
    let sets = |question: &&Question| {
        question.choices().iter().flat_map(|choice| &choice.sets).any(|flag| ground.flags.contains(flag))
    };
    let setters = questionnaire.profile.questions.iter().filter(sets).map(|question| &question.id);
    ground.answers.iter().map(|(question, _)| *question).chain(setters).collect()
}

/// A way in which the questions that matter could be answered.
struct World<'a> {
    questionnaire: &'a Questionnaire,
    chosen: BTreeSet<(&'a QuestionId, &'a str)>,
    set: BTreeSet<&'a FlagId>,
}

impl Facts for World<'_> {
    fn flag(&self, flag: &FlagId) -> Truth {
        let derived = self.questionnaire.flag(flag).and_then(|flag| flag.when.as_ref());
        (self.set.contains(flag) || derived.is_some_and(|when| when.evaluate(self) == Truth::Yes)).into()
    }

    fn is(&self, question: &QuestionId, choice: &ChoiceId) -> Truth {
        self.chosen.contains(&(question, choice.as_str())).into()
    }
}

/// What choosing it changes for a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pick<'a> {
    id: &'a str,
    sets: BTreeSet<&'a FlagId>,
    group: Option<&'a str>,
}

/// Whether some combination of answers makes the condition true. What rests on something `lost` may be possible.
///
/// Flags whose conditions lead back to themselves must be among what is lost.
pub fn possible(questionnaire: &Questionnaire, condition: &Condition, lost: impl Fn(&str) -> bool) -> bool {
    let ground = ground(questionnaire, condition);
    if ground.flags.iter().any(|flag| lost(flag.as_str())) {
        return true;
    }
    let mut ways: Vec<(&QuestionId, Vec<Vec<Pick>>)> = Vec::new();
    for id in rests_on(questionnaire, condition) {
        let Some(question) = questionnaire.question(id).filter(|_| !lost(id.as_str())) else { return true };
        ways.push((id, ways_to_answer(question, &ground)));
    }
    let worlds = ways.iter().try_fold(1usize, |product, (_, ways)| product.checked_mul(ways.len()));
    if worlds.is_none_or(|worlds| worlds > MOST_WORLDS) {
        return true;
    }
    let mut digits = vec![0usize; ways.len()];
    loop {
        let mut world = World { questionnaire, chosen: BTreeSet::new(), set: BTreeSet::new() };
        for ((id, ways), digit) in ways.iter().zip(&digits) {
            for option in ways.get(*digit).into_iter().flatten() {
                world.chosen.insert((id, option.id));
                world.set.extend(&option.sets);
            }
        }
        if condition.evaluate(&world) == Truth::Yes {
            return true;
        }
        // The next combination, counted like a number whose digits have bases of their own.
        let mut place = 0;
        loop {
            let (Some(digit), Some((_, of))) = (digits.get_mut(place), ways.get(place)) else { return false };
            *digit += 1;
            if *digit < of.len() {
                break;
            }
            *digit = 0;
            place += 1;
        }
    }
}

/// The ways to answer a question that the condition can tell apart: nothing, one of its choices, or any set of them.
fn ways_to_answer<'a>(question: &'a Question, ground: &Ground<'a>) -> Vec<Vec<Pick<'a>>> {
    let named =
        |id: &str| ground.answers.iter().any(|(of, choice)| **of == question.id && choice.as_str() == id);
    let mut options: Vec<Pick> = Vec::new();
    if question.answer == AnswerKind::YesPartlyNo {
        let plain = |id| Pick { id, sets: BTreeSet::new(), group: None };
        options.extend(["yes", "partly", "no"].into_iter().filter(|id| named(id)).map(plain));
    }
    for choice in question.choices() {
        let sets: BTreeSet<&FlagId> = choice.sets.iter().filter(|flag| ground.flags.contains(flag)).collect();
        let (id, group) = (choice.id.as_str(), choice.group.as_deref());
        let same = |other: &Pick| other.sets == sets && other.group == group && !named(other.id);
        // Two choices with the same effect are one for the condition; one without any effect is as none chosen.
        let new = if named(id) { true } else { !sets.is_empty() && !options.iter().any(same) };
        if new {
            options.push(Pick { id, sets, group });
        }
    }
    let single = || std::iter::once(Vec::new()).chain(options.iter().map(|option| vec![option.clone()]));
    if !question.takes_several() {
        return single().collect();
    }
    if options.len() > MOST_CHOICES {
        // Each alone, all, and all but one: enough to notice conditions as people write them.
        let without = |out: &Pick| options.iter().filter(|option| *option != out).cloned().collect();
        return single().chain(options.iter().map(without)).chain([options.clone()]).collect();
    }
    let mut sets = Vec::new();
    for bits in 0u32..1 << options.len() {
        let taken: Vec<Pick> = options
            .iter()
            .enumerate()
            .filter(|(index, _)| bits >> index & 1 == 1)
            .map(|(_, option)| option.clone())
            .collect();
        let mut groups = BTreeSet::new();
        if taken.iter().filter_map(|option| option.group).all(|group| groups.insert(group)) {
            sets.push(taken);
        }
    }
    sets
}
