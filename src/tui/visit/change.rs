//! What did one change do to a visit? Everything that it touched, before and after, to be taken back and done again.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::domain::answer::Answer;
use crate::domain::answer::Row;
use crate::domain::assessment::Assessment;
use crate::domain::assessment::Plan;
use crate::domain::attachment::Attachment;
use crate::domain::id::QuestionId;
use crate::domain::id::TableId;
use crate::domain::observation::Resolution;

/// One change, in both directions.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Where one looked when it was made.
    pub question: QuestionId,
    answers: Vec<(QuestionId, Both<Option<Answer>>)>,
    tables: Vec<(TableId, Both<Vec<Row>>)>,
    plans: Vec<(QuestionId, Both<Option<Plan>>)>,
    /// What was written about contradictions.
    resolutions: Lists<Resolution>,
    attachments: Lists<Attachment>,
}

/// What belongs to questions, several of a kind to each.
type Lists<T> = Vec<(QuestionId, Both<Vec<T>>)>;

#[derive(Debug, Clone, PartialEq)]
struct Both<T> {
    before: T,
    after: T,
}

/// In which direction a change is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Back,
    Forth,
}

impl<T: Clone> Both<T> {
    fn at(&self, way: Way) -> T {
        match way {
            Way::Back => self.before.clone(),
            Way::Forth => self.after.clone(),
        }
    }
}

impl Change {
    /// Another answer to a question.
    pub fn of_answer(question: &QuestionId, before: Option<Answer>, after: Option<Answer>) -> Change {
        let answers =
            if before == after { Vec::new() } else { vec![(question.clone(), Both { before, after })] };
        Change {
            question: question.clone(),
            answers,
            tables: Vec::new(),
            plans: Vec::new(),
            resolutions: Vec::new(),
            attachments: Vec::new(),
        }
    }

    /// What is different between two states of a visit.
    pub fn between(question: &QuestionId, before: &Assessment, after: &Assessment) -> Change {
        let ids: BTreeSet<&QuestionId> = before.answers.keys().chain(after.answers.keys()).collect();
        let answers = ids.into_iter().filter(|id| before.answer(id) != after.answer(id)).map(|id| {
            (id.clone(), Both { before: before.answer(id).cloned(), after: after.answer(id).cloned() })
        });
        let tables: BTreeSet<&TableId> = before.tables.keys().chain(after.tables.keys()).collect();
        let tables = tables.into_iter().filter(|id| before.rows(id) != after.rows(id)).map(|id| {
            (id.clone(), Both { before: before.rows(id).to_vec(), after: after.rows(id).to_vec() })
        });
        let ids: BTreeSet<&QuestionId> = before.actions.keys().chain(after.actions.keys()).collect();
        let plan = |assessment: &Assessment, id: &QuestionId| assessment.actions.get(id).cloned();
        let plans = ids
            .into_iter()
            .map(|id| (id.clone(), Both { before: plan(before, id), after: plan(after, id) }))
            .filter(|(_, plan)| plan.before != plan.after);
        Change {
            question: question.clone(),
            answers: answers.collect(),
            tables: tables.collect(),
            plans: plans.collect(),
            resolutions: lists(&before.resolutions, &after.resolutions),
            attachments: lists(&before.attachments, &after.attachments),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
            && self.tables.is_empty()
            && self.plans.is_empty()
            && self.resolutions.is_empty()
            && self.attachments.is_empty()
    }

    /// Takes in a change of the same answers that followed it.
    pub fn absorb(&mut self, next: Change) {
        for (id, both) in next.answers {
            match self.answers.iter_mut().find(|(known, _)| *known == id) {
                Some((_, known)) => known.after = both.after,
                None => self.answers.push((id, both)),
            }
        }
        self.answers.retain(|(_, both)| both.before != both.after);
    }

    pub fn apply(&self, assessment: &mut Assessment, way: Way) {
        for (id, answer) in &self.answers {
            match answer.at(way) {
                Some(answer) => drop(assessment.answers.insert(id.clone(), answer)),
                None => drop(assessment.answers.remove(id)),
            }
        }
        for (id, rows) in &self.tables {
            assessment.set_rows(id, rows.at(way));
        }
        for (id, plan) in &self.plans {
            match plan.at(way) {
                Some(plan) => drop(assessment.actions.insert(id.clone(), plan)),
                None => drop(assessment.actions.remove(id)),
            }
        }
        put(&self.resolutions, way, &mut assessment.resolutions);
        put(&self.attachments, way, &mut assessment.attachments);
    }
}

/// The lists that differ.
fn lists<T: Clone + PartialEq>(
    before: &BTreeMap<QuestionId, Vec<T>>,
    after: &BTreeMap<QuestionId, Vec<T>>,
) -> Lists<T> {
    let ids: BTreeSet<&QuestionId> = before.keys().chain(after.keys()).collect();
    let of =
        |lists: &BTreeMap<QuestionId, Vec<T>>, id: &QuestionId| lists.get(id).cloned().unwrap_or_default();
    ids.into_iter()
        .map(|id| (id.clone(), Both { before: of(before, id), after: of(after, id) }))
        .filter(|(_, list)| list.before != list.after)
        .collect()
}

/// An empty list leaves no trace.
fn put<T: Clone>(lists: &Lists<T>, way: Way, into: &mut BTreeMap<QuestionId, Vec<T>>) {
    for (id, list) in lists {
        let list = list.at(way);
        if list.is_empty() {
            into.remove(id);
        } else {
            into.insert(id.clone(), list);
        }
    }
}
