//! What does `actions --json` print? The findings as work, with who does it and by when.

use jiff::civil::Date;
use serde::Serialize;

use super::json::Head;
use crate::domain::action::Action;
use crate::domain::action::FollowUp;
use crate::domain::assessment::Assessment;
use crate::domain::assessment::Status;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::Effort;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::text::Language;

/// The whole list.
#[derive(Debug, Serialize)]
pub struct ActionsDocument<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    /// In the order in which they are to be mended.
    actions: Vec<ActionPart<'a>>,
    follow_ups: Vec<FollowUpPart<'a>>,
    /// Done at the visit before, and found in order at this one.
    confirmed: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct ActionPart<'a> {
    question: &'a str,
    step: &'a str,
    title: &'a str,
    level: &'static str,
    /// A knock-out without any control.
    knockout_failed: bool,
    remedy: Option<&'a str>,
    effort: Option<&'static str>,
    /// Who the questionnaire proposes; `owner` is who was named.
    proposed_owner: Option<&'a str>,
    owner: &'a str,
    due: Option<Date>,
    status: &'static str,
    reason: &'a str,
    standing: &'static str,
    overdue: bool,
}

#[derive(Debug, Serialize)]
struct FollowUpPart<'a> {
    question: &'a str,
    step: &'a str,
    title: &'a str,
    who: &'a str,
    by: Option<Date>,
    overdue: bool,
}

/// What the list is made from.
#[derive(Debug)]
pub struct Listed<'a> {
    pub reference: &'a str,
    pub questionnaire: &'a Questionnaire,
    pub assessment: &'a Assessment,
    pub actions: &'a [Action<'a>],
    pub follow_ups: &'a [FollowUp<'a>],
    pub confirmed: &'a [QuestionId],
}

impl<'a> ActionsDocument<'a> {
    pub fn new(listed: &Listed<'a>, language: Language) -> ActionsDocument<'a> {
        let title = |id: &QuestionId| {
            listed.questionnaire.question(id).map_or("", |question| question.title.get(language))
        };
        ActionsDocument {
            head: Head::of(listed.reference, listed.assessment),
            actions: listed
                .actions
                .iter()
                .map(|action| ActionPart::of(action, title(action.question), language))
                .collect(),
            follow_ups: listed
                .follow_ups
                .iter()
                .map(|open| FollowUpPart {
                    question: open.question.as_str(),
                    step: open.step.as_str(),
                    title: title(open.question),
                    who: open.who,
                    by: open.by,
                    overdue: open.overdue,
                })
                .collect(),
            confirmed: listed.confirmed.iter().map(QuestionId::as_str).collect(),
        }
    }
}

impl<'a> ActionPart<'a> {
    fn of(action: &Action<'a>, title: &'a str, language: Language) -> ActionPart<'a> {
        let (plan, remedy) = (action.plan, action.remedy);
        ActionPart {
            question: action.question.as_str(),
            step: action.step.as_str(),
            title,
            level: action.level.word(),
            knockout_failed: action.knockout_failed,
            remedy: remedy.map(|remedy| remedy.text.get(language)),
            effort: remedy.map(|remedy| effort(remedy.effort)),
            proposed_owner: remedy.map(|remedy| remedy.owner.get(language)),
            owner: plan.map_or("", |plan| &plan.owner),
            due: plan.and_then(|plan| plan.due),
            status: plan.map_or(Status::Open, |plan| plan.status).word(),
            reason: plan.map_or("", |plan| &plan.reason),
            standing: action.standing.word(),
            overdue: action.overdue,
        }
    }
}

fn effort(effort: Effort) -> &'static str {
    match effort {
        Effort::Small => "small",
        Effort::Medium => "medium",
        Effort::Large => "large",
    }
}
