//! Do the conditions make sense? Unknown names, circles, and questions that can never be asked.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::Findings;
use super::Part;
use super::Problem;
use super::Unread;
use super::answers::choices_path;
use super::near::suggestion;
use super::possible::possible;
use super::possible::rests_on;
use crate::domain::condition::Condition;
use crate::domain::id::ChoiceId;
use crate::domain::id::FlagId;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;

/// An unknown name that stands in more places than this is one problem, at the first of them.
const FEW_PLACES: usize = 2;

/// The checks of all conditions, with what they gather on their way.
struct Conditions<'a> {
    questionnaire: &'a Questionnaire,
    unread: &'a Unread,
    /// Names that nobody declared, and where they stand.
    unknown: BTreeMap<Name<'a>, Vec<(Part, String)>>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Name<'a> {
    Flag(&'a FlagId),
    Question(&'a QuestionId),
}

pub fn check(questionnaire: &Questionnaire, unread: &Unread, problems: &mut Vec<Problem>) {
    let mut conditions = Conditions { questionnaire, unread, unknown: BTreeMap::new() };
    let mut findings = Findings { part: Part::Step(0), problems };
    // Flags whose condition is no condition: what rests on them may be possible.
    let mut lost: BTreeSet<&str> = BTreeSet::new();
    for (index, flag) in questionnaire.profile.flags.iter().enumerate() {
        let path = format!("flags[{index}].when");
        if let Some(when) = &flag.when {
            if !conditions.names(when, &path, &mut findings) {
                lost.insert(flag.id.as_str());
            }
            if leads_back(questionnaire, &flag.id) {
                lost.insert(flag.id.as_str());
                findings.add(
                    path,
                    format!("drapeau « {} » : sa condition revient à lui-même", flag.id),
                    format!("flag {:?}: its condition leads back to itself", flag.id.as_str()),
                );
            }
        }
    }
    if let Some(amplify) = &questionnaire.profile.amplify {
        conditions.names(amplify, "amplify", &mut findings);
    }
    let mut in_circles: BTreeSet<&QuestionId> = BTreeSet::new();
    let mut doubtful = Vec::new();
    for (part, step) in questionnaire.parts().enumerate() {
        let mut findings = Findings { part: Part::Step(part), problems: &mut *findings.problems };
        for (index, question) in step.questions.iter().enumerate() {
            let path = format!("questions[{index}].when");
            let right = conditions.names(&question.when, &path, &mut findings);
            if part == 0 {
                conditions.set_flags(question, &format!("questions[{index}]"));
            }
            if let Some(circle) = circle(questionnaire, &question.id) {
                // One problem a circle, at the first of its questions.
                if !circle.iter().any(|id| in_circles.contains(id)) {
                    let way = circle.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(" → ");
                    findings.add(
                        path,
                        format!("conditions en cercle : {way}"),
                        format!("conditions in a circle: {way}"),
                    );
                }
                in_circles.extend(circle);
            } else if right {
                doubtful.push((part, path, question));
            }
        }
    }
    let unset = conditions.unset();
    for (part, path, question) in doubtful {
        let mut findings = Findings { part: Part::Step(part), problems: &mut *findings.problems };
        if !possible(questionnaire, &question.when, |id| {
            unread.ids.contains(id) || unset.contains(id) || lost.contains(id)
        }) {
            findings.add(
                path,
                format!("la question « {} » ne peut jamais être posée", question.id),
                format!("question {:?} can never be asked", question.id.as_str()),
            );
        }
    }
    conditions.report_unknown(&mut findings);
}

impl<'a> Conditions<'a> {
    /// Looks up every name in a condition; whether all are known.
    fn names(&mut self, condition: &'a Condition, path: &str, findings: &mut Findings) -> bool {
        match condition {
            Condition::Always => true,
            Condition::All(parts) | Condition::Any(parts) => {
                let mut right = true;
                for (index, part) in parts.iter().enumerate() {
                    right &= self.names(part, &format!("{path}(0)({index})"), findings);
                }
                right
            }
            Condition::Not(part) => self.names(part, &format!("{path}(0)"), findings),
            Condition::Flag(flag) => {
                let known = self.questionnaire.flag(flag).is_some();
                if !known && !self.unread.profile && !self.unread.ids.contains(flag.as_str()) {
                    self.note(Name::Flag(flag), findings.part, format!("{path}(0)"));
                }
                known
            }
            Condition::Is(question, choice) => self.answer(question, choice, path, findings),
        }
    }

    fn answer(
        &mut self,
        question: &'a QuestionId,
        choice: &ChoiceId,
        path: &str,
        findings: &mut Findings,
    ) -> bool {
        let Some(found) = self.questionnaire.question(question) else {
            let lost = self.unread.steps || self.unread.profile;
            if !lost && !self.unread.ids.contains(question.as_str()) {
                self.note(Name::Question(question), findings.part, format!("{path}(0)"));
            }
            return false;
        };
        let known = answerable(found, choice);
        if !known && !self.unread.ids.contains(question.as_str()) {
            let ids: Vec<&str> = match &found.answer {
                AnswerKind::YesPartlyNo => vec!["yes", "partly", "no"],
                _ => found.choices().iter().map(|choice| choice.id.as_str()).collect(),
            };
            let (fr, en) = suggestion(choice.as_str(), ids);
            findings.add(
                format!("{path}(1)"),
                format!("la question « {question} » n’a pas de choix « {choice} »{fr}"),
                format!("question {:?} has no choice {:?}{en}", question.as_str(), choice.as_str()),
            );
        }
        known
    }

    fn note(&mut self, name: Name<'a>, part: Part, path: String) {
        self.unknown.entry(name).or_default().push((part, path));
    }

    /// The flags that the choices of a profile's question set.
    fn set_flags(&mut self, question: &'a Question, path: &str) {
        let path = choices_path(question, path);
        for (index, choice) in question.choices().iter().enumerate() {
            for (nth, flag) in choice.sets.iter().enumerate() {
                if self.questionnaire.flag(flag).is_none() && !self.unread.ids.contains(flag.as_str()) {
                    self.note(Name::Flag(flag), Part::Step(0), format!("{path}[{index}].sets[{nth}]"));
                }
            }
        }
    }

    /// Where a `sets` names an unknown flag, the flags that no choice sets: one of them was meant.
    fn unset(&self) -> BTreeSet<&'a str> {
        let profile = &self.questionnaire.profile;
        let misspelt = profile
            .questions
            .iter()
            .flat_map(Question::choices)
            .flat_map(|choice| &choice.sets)
            .any(|flag| self.questionnaire.flag(flag).is_none());
        let set = |flag: &FlagId| {
            profile
                .questions
                .iter()
                .any(|question| question.choices().iter().any(|choice| choice.sets.contains(flag)))
        };
        let unset = profile.flags.iter().filter(|flag| flag.when.is_none() && !set(&flag.id));
        unset.filter(|_| misspelt).map(|flag| flag.id.as_str()).collect()
    }

    fn report_unknown(&self, findings: &mut Findings) {
        for (name, places) in &self.unknown {
            let shown = if places.len() > FEW_PLACES { 1 } else { places.len() };
            let others = places.len() - shown;
            let (more_fr, more_en) = match others {
                0 => (String::new(), String::new()),
                _ => {
                    (format!(" (et à {others} autres endroits)"), format!(" (and in {others} other places)"))
                }
            };
            let (fr, en) = match name {
                Name::Flag(flag) => {
                    let known = self.questionnaire.profile.flags.iter().map(|flag| flag.id.as_str());
                    let (fr, en) = suggestion(flag.as_str(), known);
                    (
                        format!("drapeau « {flag} » inconnu{fr}"),
                        format!("unknown flag {:?}{en}", flag.as_str()),
                    )
                }
                Name::Question(question) => {
                    let known = self.questionnaire.questions().map(|question| question.id.as_str());
                    let (fr, en) = suggestion(question.as_str(), known);
                    (
                        format!("question « {question} » inconnue{fr}"),
                        format!("unknown question {:?}{en}", question.as_str()),
                    )
                }
            };
            for (part, path) in places.iter().take(shown) {
                let mut findings = Findings { part: *part, problems: &mut *findings.problems };
                findings.add(path.clone(), format!("{fr}{more_fr}"), format!("{en}{more_en}"));
            }
        }
    }
}

fn answerable(question: &Question, choice: &ChoiceId) -> bool {
    match &question.answer {
        AnswerKind::YesPartlyNo => matches!(choice.as_str(), "yes" | "partly" | "no"),
        _ => question.choice(choice).is_some(),
    }
}

/// Whether a derived flag's condition leads back to the flag, over other derived flags.
fn leads_back(questionnaire: &Questionnaire, start: &FlagId) -> bool {
    let mut seen: BTreeSet<&FlagId> = BTreeSet::new();
    let mut open = vec![start];
    while let Some(flag) = open.pop() {
        let when = questionnaire.flag(flag).and_then(|flag| flag.when.as_ref());
        for next in when.iter().flat_map(|when| when.flags()) {
            if next == start {
                return true;
            }
            if seen.insert(next) {
                open.push(next);
            }
        }
    }
    false
}

/// The way from a question back to itself, if there is one: `a`, `b`, `a`.
fn circle<'a>(questionnaire: &'a Questionnaire, start: &QuestionId) -> Option<Vec<&'a QuestionId>> {
    let mut came_from: BTreeMap<&QuestionId, &QuestionId> = BTreeMap::new();
    let start = &questionnaire.question(start)?.id;
    let mut open = vec![start];
    while let Some(id) = open.pop() {
        let Some(question) = questionnaire.question(id) else { continue };
        for next in rests_on(questionnaire, &question.when) {
            if next == start {
                let mut way = vec![start];
                let mut at = id;
                while at != start {
                    way.push(at);
                    match came_from.get(at) {
                        Some(previous) => at = previous,
                        None => break,
                    }
                }
                way.push(start);
                way.reverse();
                return Some(way);
            }
            if !came_from.contains_key(next) {
                came_from.insert(next, id);
                open.push(next);
            }
        }
    }
    None
}
