//! Do the conditions make sense? Unknown names, circles, and questions that can never be asked.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::Findings;
use super::Part;
use super::Problem;
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
const MOST_WORLDS: usize = 1 << 18;

pub fn check(questionnaire: &Questionnaire, missing: &BTreeSet<String>, problems: &mut Vec<Problem>) {
    let mut findings = Findings { part: Part::Step(0), problems };
    for (index, flag) in questionnaire.profile.flags.iter().enumerate() {
        if let Some(when) = &flag.when {
            check_names(questionnaire, when, &format!("flags[{index}].when"), missing, &mut findings);
        }
    }
    if let Some(amplify) = &questionnaire.profile.amplify {
        check_names(questionnaire, amplify, "amplify", missing, &mut findings);
    }
    for (part, step) in questionnaire.parts().enumerate() {
        let mut findings = Findings { part: Part::Step(part), problems: &mut *findings.problems };
        for (index, question) in step.questions.iter().enumerate() {
            let path = format!("questions[{index}].when");
            let named = findings.problems.len();
            check_names(questionnaire, &question.when, &path, missing, &mut findings);
            for (choice, listed) in question.choices().iter().enumerate() {
                for flag in &listed.sets {
                    if part == 0 && questionnaire.flag(flag).is_none() {
                        let of = if question.takes_several() { ".of" } else { "" };
                        unknown_flag(
                            format!("questions[{index}].answer{of}[{choice}].sets"),
                            flag,
                            &mut findings,
                        );
                    }
                }
            }
            if findings.problems.len() > named {
                continue;
            }
            if let Some(circle) = circle(questionnaire, &question.id) {
                findings.add(
                    path,
                    format!("conditions en cercle : {circle}"),
                    format!("conditions in a circle: {circle}"),
                );
            } else if !possible(questionnaire, &question.when) {
                findings.add(
                    path,
                    format!("la question « {} » ne peut jamais être posée", question.id),
                    format!("question {:?} can never be asked", question.id.as_str()),
                );
            }
        }
    }
}

fn unknown_flag(path: String, flag: &FlagId, findings: &mut Findings) {
    findings.add(path, format!("drapeau « {flag} » inconnu"), format!("unknown flag {:?}", flag.as_str()));
}

fn check_names(
    questionnaire: &Questionnaire,
    condition: &Condition,
    path: &str,
    missing: &BTreeSet<String>,
    findings: &mut Findings,
) {
    condition.walk(&mut |part| match part {
        Condition::Flag(flag) if questionnaire.flag(flag).is_none() && !missing.contains(flag.as_str()) => {
            unknown_flag(path.to_owned(), flag, findings);
        }
        Condition::Is(question, choice) if !missing.contains(question.as_str()) => {
            match questionnaire.question(question) {
                None => findings.add(
                    path,
                    format!("question « {question} » inconnue"),
                    format!("unknown question {:?}", question.as_str()),
                ),
                Some(found) if !answerable(found, choice) => findings.add(
                    path,
                    format!("la question « {question} » n’a pas de choix « {choice} »"),
                    format!("question {:?} has no choice {:?}", question.as_str(), choice.as_str()),
                ),
                Some(_) => {}
            }
        }
        _ => {}
    });
}

fn answerable(question: &Question, choice: &ChoiceId) -> bool {
    match &question.answer {
        AnswerKind::YesPartlyNo => matches!(choice.as_str(), "yes" | "partly" | "no"),
        _ => question.choice(choice).is_some(),
    }
}

/// The questions on whose answers a condition rests, directly or by the flags that they set.
fn rests_on<'a>(questionnaire: &'a Questionnaire, condition: &'a Condition) -> BTreeSet<&'a QuestionId> {
    let mut questions = BTreeSet::new();
    let mut open = vec![condition];
    let mut seen: BTreeSet<&FlagId> = BTreeSet::new();
    while let Some(condition) = open.pop() {
        condition.walk(&mut |part| match part {
            Condition::Is(question, _) => {
                questions.insert(question);
            }
            Condition::Flag(flag) if seen.insert(flag) => {
                open.extend(questionnaire.flag(flag).and_then(|flag| flag.when.as_ref()));
                let setters = questionnaire.profile.questions.iter().filter(|question| sets(question, flag));
                questions.extend(setters.map(|question| &question.id));
            }
            _ => {}
        });
    }
    questions
}

fn sets(question: &Question, flag: &FlagId) -> bool {
    question.choices().iter().any(|choice| choice.sets.contains(flag))
}

/// The way from a question back to itself, if there is one: `a → b → a`.
fn circle(questionnaire: &Questionnaire, start: &QuestionId) -> Option<String> {
    let mut came_from: BTreeMap<&QuestionId, &QuestionId> = BTreeMap::new();
    let mut open = vec![&questionnaire.question(start)?.id];
    while let Some(id) = open.pop() {
        let Some(question) = questionnaire.question(id) else { continue };
        for next in rests_on(questionnaire, &question.when) {
            if next == start {
                let mut way = vec![start.as_str(), id.as_str()];
                let mut at = id;
                while let Some(previous) = came_from.get(at).filter(|_| at != start) {
                    way.push(previous.as_str());
                    at = previous;
                }
                if way.last() != Some(&start.as_str()) {
                    way.push(start.as_str());
                }
                way.reverse();
                way.dedup();
                return Some(way.join(" → "));
            }
            if !came_from.contains_key(next) {
                came_from.insert(next, id);
                open.push(next);
            }
        }
    }
    None
}

/// A way in which the questions that matter could be answered.
struct World<'a> {
    questionnaire: &'a Questionnaire,
    chosen: BTreeSet<(&'a QuestionId, &'a str)>,
}

impl Facts for World<'_> {
    fn flag(&self, flag: &FlagId) -> Truth {
        let derived = self.questionnaire.flag(flag).and_then(|flag| flag.when.as_ref());
        let set = self.questionnaire.profile.questions.iter().any(|question| {
            let choices = question.choices().iter().filter(|choice| choice.sets.contains(flag));
            choices.into_iter().any(|choice| self.chosen.contains(&(&question.id, choice.id.as_str())))
        });
        (set || derived.is_some_and(|when| when.evaluate(self) == Truth::Yes)).into()
    }

    fn is(&self, question: &QuestionId, choice: &ChoiceId) -> Truth {
        self.chosen.iter().any(|(id, chosen)| *id == question && *chosen == choice.as_str()).into()
    }
}

/// Whether some combination of answers makes the condition true. Each question that matters can be answered in a
/// few ways: one of its choices or another, or any set of those choices that the condition can notice.
fn possible(questionnaire: &Questionnaire, condition: &Condition) -> bool {
    let mut ways: Vec<(&QuestionId, Vec<Vec<&str>>)> = Vec::new();
    for id in rests_on(questionnaire, condition) {
        let Some(question) = questionnaire.question(id) else { return true };
        let noticed: Vec<&str> = match &question.answer {
            AnswerKind::YesPartlyNo => vec!["yes", "partly", "no"],
            _ => question.choices().iter().map(|choice| choice.id.as_str()).collect(),
        };
        ways.push((id, if question.takes_several() { subsets(question) } else { single(noticed) }));
    }
    let worlds = ways.iter().try_fold(1usize, |product, (_, ways)| product.checked_mul(ways.len()));
    if worlds.is_none_or(|worlds| worlds > MOST_WORLDS) {
        return true;
    }
    let mut digits = vec![0usize; ways.len()];
    loop {
        let chosen = ways
            .iter()
            .zip(&digits)
            .flat_map(|((id, ways), digit)| {
                ways.get(*digit).into_iter().flatten().map(|choice| (*id, *choice))
            })
            .collect();
        if condition.evaluate(&World { questionnaire, chosen }) == Truth::Yes {
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

fn single(choices: Vec<&str>) -> Vec<Vec<&str>> {
    std::iter::once(Vec::new()).chain(choices.into_iter().map(|choice| vec![choice])).collect()
}

/// The ways to answer a question of several choices. Up to twelve choices, all of them; beyond, each alone, all,
/// and all but one: enough to notice a condition that can hold, for conditions as people write them.
fn subsets(question: &Question) -> Vec<Vec<&str>> {
    let choices = question.choices();
    let ids = || choices.iter().map(|choice| choice.id.as_str());
    if choices.len() > 12 {
        let mut sets = single(ids().collect());
        sets.extend(ids().map(|left_out| ids().filter(|id| *id != left_out).collect()));
        sets.push(ids().collect());
        return sets;
    }
    let mut sets = Vec::new();
    for bits in 0u32..1 << choices.len() {
        let taken = || choices.iter().enumerate().filter(move |(index, _)| bits >> index & 1 == 1);
        let mut groups = BTreeSet::new();
        if taken().filter_map(|(_, choice)| choice.group.as_ref()).all(|group| groups.insert(group)) {
            sets.push(taken().map(|(_, choice)| choice.id.as_str()).collect());
        }
    }
    sets
}
