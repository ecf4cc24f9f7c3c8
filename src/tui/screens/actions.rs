//! What is to be done, by whom and by when? The plan, and what doing it would bring.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::chooser;
use super::chooser::Chooser;
use super::explanation;
use super::form::Form;
use super::form::Purpose;
use super::look::Look;
use crate::domain::action;
use crate::domain::action::Action;
use crate::domain::action::Cheapest;
use crate::domain::action::FollowUp;
use crate::domain::action::Impossible;
use crate::domain::action::Target;
use crate::domain::answer::Cell;
use crate::domain::answer::Row;
use crate::domain::assessment::Assessment;
use crate::domain::assessment::Plan;
use crate::domain::assessment::Status;
use crate::domain::id::ChoiceId;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Choice;
use crate::domain::questionnaire::Column;
use crate::domain::scoring::Band;
use crate::domain::scoring::Score;
use crate::domain::scoring::score_mended;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::words;
use crate::tui::intent::Intent;
use crate::tui::visit::Visit;

mod page;

#[derive(Debug, Clone, Default)]
pub struct Actions {
    selected: usize,
    order: Order,
    /// Done in thought: these findings, as if they were mended.
    thought: BTreeSet<QuestionId>,
    /// The scores that would result; none while nothing is thought of.
    then: Option<Score>,
}

/// In which order the plan is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Order {
    #[default]
    Priority,
    Owner,
    Step,
    Due,
}

/// What the plan wants after an intent.
#[derive(Debug, Clone)]
pub enum Wish {
    Stay,
    Say(Text),
    Edit(Box<Form>),
    Choose(Chooser),
}

/// A line of the plan: work on a finding, or a question to somebody.
#[derive(Debug, Clone, PartialEq)]
enum Line<'a> {
    Action(Action<'a>),
    FollowUp(FollowUp<'a>),
}

impl Line<'_> {
    fn question(&self) -> &QuestionId {
        match self {
            Line::Action(action) => action.question,
            Line::FollowUp(follow_up) => follow_up.question,
        }
    }

    fn due(&self) -> Option<Date> {
        match self {
            Line::Action(action) => action.plan.and_then(|plan| plan.due),
            Line::FollowUp(follow_up) => follow_up.by,
        }
    }

    /// Who was named; else who the questionnaire proposes.
    fn owner(&self, language: Language) -> &str {
        match self {
            Line::Action(action) => {
                let named = action.plan.map(|plan| plan.owner.as_str()).filter(|owner| !owner.is_empty());
                named.or(action.remedy.map(|remedy| remedy.owner.get(language))).unwrap_or("")
            }
            Line::FollowUp(follow_up) => follow_up.who,
        }
    }
}

impl Actions {
    fn lines<'a>(&self, visit: &'a Visit, today: Date, language: Language) -> Vec<Line<'a>> {
        let (questionnaire, assessment) = (&visit.questionnaire, visit.assessment());
        let actions =
            action::actions(questionnaire, assessment, &visit.score, visit.previous.as_ref(), today);
        let follow_ups = action::follow_ups(questionnaire, assessment, today);
        let mut lines: Vec<Line> = actions.into_iter().map(Line::Action).collect();
        lines.extend(follow_ups.into_iter().map(Line::FollowUp));
        // Stable: within an owner, a step or a date, by priority.
        match self.order {
            Order::Priority => {}
            Order::Owner => lines.sort_by_key(|line| {
                let owner = line.owner(language).to_lowercase();
                (owner.is_empty(), owner)
            }),
            Order::Step => {
                let place = |line: &Line| visit.asked.iter().position(|id| id == line.question());
                lines.sort_by_key(place);
            }
            Order::Due => lines.sort_by_key(|line| (line.due().is_none(), line.due())),
        }
        lines
    }

    pub fn update(
        &mut self,
        intent: Intent,
        visit: &mut Visit,
        today: Date,
        language: Language,
        page: usize,
    ) -> Wish {
        let lines = self.lines(visit, today, language);
        let last = lines.len().saturating_sub(1);
        self.selected = self.selected.min(last);
        let chosen = lines.get(self.selected).cloned();
        self.selected = intent.moved(self.selected, last, page).unwrap_or(self.selected.min(last));
        match (intent, chosen) {
            (Intent::Order, chosen) => {
                let question = chosen.map(|line| line.question().clone());
                self.next_order(question.as_ref(), visit, today, language)
            }
            (Intent::Cheapest, _) => Wish::Choose(bands()),
            (Intent::Undo | Intent::Redo, _) if visit.read_only.is_none() => {
                let done = if intent == Intent::Undo { visit.undo() } else { visit.redo() };
                self.think(visit);
                match done {
                    Some(_) => Wish::Stay,
                    None => Wish::Say(Text::new("plus rien à annuler", "nothing left to undo")),
                }
            }
            (Intent::WhatIf, Some(Line::Action(action))) => {
                let id = action.question.clone();
                if !self.thought.remove(&id) {
                    self.thought.insert(id);
                }
                self.think(visit);
                Wish::Stay
            }
            (Intent::Confirm | Intent::NextStatus, Some(line)) => {
                if let Some(why) = &visit.read_only {
                    return Wish::Say(why.message.clone());
                }
                match (intent, line) {
                    (Intent::NextStatus, Line::Action(action)) => {
                        next_status(&action.question.clone(), visit)
                    }
                    (_, Line::Action(action)) => Wish::Edit(Box::new(plan_form(&action, visit, language))),
                    (_, Line::FollowUp(_)) => Wish::Say(Text::new(
                        "une question à poser : « d » dans l’entretien dit à qui et pour quand",
                        "a question to ask: “d” in the interview says whom and by when",
                    )),
                }
            }
            _ => Wish::Stay,
        }
    }

    /// The same line stays selected in another order.
    fn next_order(
        &mut self,
        chosen: Option<&QuestionId>,
        visit: &Visit,
        today: Date,
        language: Language,
    ) -> Wish {
        self.order = match self.order {
            Order::Priority => Order::Owner,
            Order::Owner => Order::Step,
            Order::Step => Order::Due,
            Order::Due => Order::Priority,
        };
        let lines = self.lines(visit, today, language);
        let place = chosen.and_then(|id| lines.iter().position(|line| line.question() == id));
        self.selected = place.unwrap_or(0);
        Wish::Stay
    }

    /// What the thought comes to; findings that are none any more drop out of it.
    fn think(&mut self, visit: &Visit) {
        self.thought.retain(|id| visit.score.findings.contains(id));
        self.then = (!self.thought.is_empty())
            .then(|| score_mended(&visit.questionnaire, visit.assessment(), &self.thought));
    }

    /// The screen is opened: what was thought of another state of the visit is thought again.
    pub fn arrive(&mut self, visit: &Visit) {
        self.think(visit);
    }

    /// The line under the pointer as plain text: what is to be done, by whom, by when.
    pub fn in_front(&self, visit: &Visit, today: Date, look: Look) -> Option<String> {
        let lines = self.lines(visit, today, look.language);
        let line = lines.get(self.selected.min(lines.len().saturating_sub(1)))?;
        let mut text = vec![explanation::title(visit, line.question(), look), page::what(line, visit, look)];
        let mut labelled = |label: &str, words: &str| {
            if !words.is_empty() {
                text.push(format!("{label}{}{words}", look.colon()));
            }
        };
        labelled(look.pick("Qui", "Who"), line.owner(look.language));
        let due = line.due().map(|due| look.language.date(due));
        labelled(look.pick("Pour quand", "By when"), &due.unwrap_or_default());
        Some(text.join("\n"))
    }

    /// Thinks of the least effort that reaches the n-th band, leaving accepted risks as they are.
    pub fn cheapest(&mut self, index: usize, visit: &Visit) -> Option<Text> {
        let band = *Band::ALL.get(index)?;
        let target = Target { step: None, band };
        let accepted = |(id, plan): (&QuestionId, &Plan)| {
            (plan.status == Status::Accepted && !plan.reason.trim().is_empty()).then(|| id.clone())
        };
        let kept: BTreeSet<QuestionId> = visit.assessment().actions.iter().filter_map(accepted).collect();
        match action::cheapest(&visit.questionnaire, visit.assessment(), &target, &kept) {
            Ok(Cheapest { mended, effort, then }) => {
                let count = mended.len();
                self.thought = mended.into_iter().collect();
                self.then = (count > 0).then_some(then);
                Some(reached(band, count, effort))
            }
            Err(why) => Some(impossible(&why, band)),
        }
    }
}

fn reached(band: Band, count: usize, effort: u32) -> Text {
    let letter = band.letter();
    if count == 0 {
        return Text::new(
            format!("la bande {letter} est déjà atteinte"),
            format!("band {letter} is reached already"),
        );
    }
    Text::new(
        format!("le moindre effort vers {letter}\u{202f}: {count} constats, {effort} jours d’effort environ"),
        format!("the least effort to reach {letter}: {count} findings, about {effort} points of effort"),
    )
}

fn impossible(why: &Impossible, band: Band) -> Text {
    let letter = band.letter();
    match why {
        Impossible::TooMuchOpen { open, .. } => {
            let count = open.len();
            Text::new(
                format!("trop de questions ouvertes ({count}) pour viser {letter}"),
                format!("too many open questions ({count}) to aim at {letter}"),
            )
        }
        Impossible::Kept(kept) => {
            let count = kept.len();
            Text::new(
                format!("les risques acceptés ({count}) empêchent d’atteindre {letter}"),
                format!("the accepted risks ({count}) keep {letter} out of reach"),
            )
        }
    }
}

fn bands() -> Chooser {
    let item = |band: Band| chooser::Item {
        words: Text::new(
            format!("{} (à partir de {})", band.letter(), band.least()),
            format!("{} (from {})", band.letter(), band.least()),
        ),
        aside: Text::new(words::band(Language::Fr, band), words::band(Language::En, band)),
    };
    let title = Text::new("Le moindre effort pour atteindre…", "The least effort to reach…");
    Chooser::new(chooser::Purpose::Band, title, Band::ALL.into_iter().take(4).map(item).collect(), 1)
}

/// Open, planned, doing, done; accepting a risk needs a reason, and so the form.
fn next_status(id: &QuestionId, visit: &mut Visit) -> Wish {
    let plan = visit.assessment().actions.get(id).cloned().unwrap_or_default();
    let status = match plan.status {
        Status::Open => Status::Planned,
        Status::Planned => Status::Doing,
        Status::Doing => Status::Done,
        Status::Done | Status::Accepted => Status::Open,
    };
    visit.edit(id, |assessment, _| put(assessment, id, Plan { status, ..plan }));
    Wish::Stay
}

fn plan_form(action: &Action, visit: &Visit, language: Language) -> Form {
    let column = |id: &str, fr: &'static str, en: &'static str, kind: CellKind| {
        Column::new(id, Text::new(fr, en), kind)
    };
    let status = |status: Status| Choice {
        id: ChoiceId::new(status.word()),
        text: Text::new(words::status(Language::Fr, status), words::status(Language::En, status)),
        ..Choice::default()
    };
    let columns = [
        column("owner", "Responsable", "Owner", CellKind::Text),
        column("due", "Échéance", "Due", CellKind::Date),
        column("status", "État", "Status", CellKind::Choice(Status::ALL.into_iter().map(status).collect())),
        column("reason", "Motif si accepté", "Reason if accepted", CellKind::Text),
    ];
    let plan = action.plan.cloned().unwrap_or_default();
    let owner = match (plan.owner.as_str(), action.remedy) {
        ("", Some(remedy)) => remedy.owner.get(language).to_owned(),
        (owner, _) => owner.to_owned(),
    };
    let mut row = Row::new();
    row.insert("owner".into(), Cell::Text(owner));
    row.insert("status".into(), Cell::Choice(ChoiceId::new(plan.status.word())));
    if let Some(due) = plan.due {
        row.insert("due".into(), Cell::Date(due));
    }
    if !plan.reason.is_empty() {
        row.insert("reason".into(), Cell::Text(plan.reason.clone()));
    }
    let title = visit.questionnaire.question(action.question).map(|question| question.title.clone());
    let about = action.remedy.map(|remedy| remedy.text.clone()).unwrap_or_default();
    Form::new(Purpose::Plan(action.question.clone()), title.unwrap_or_default(), &columns, &row, language)
        .about(about)
}

/// What the form says; accepting a risk without saying why is refused.
pub fn plan(form: &Form, row: &Row) -> Result<Plan, Text> {
    let status = match row.get("status") {
        Some(Cell::Choice(id)) => Status::ALL.into_iter().find(|status| status.word() == id.as_str()),
        _ => None,
    };
    let status = status.unwrap_or_default();
    let reason = form.typed("reason");
    if status == Status::Accepted && reason.is_empty() {
        return Err(Text::new("accepter un risque demande un motif", "accepting a risk needs a reason"));
    }
    let due = match row.get("due") {
        Some(Cell::Date(due)) => Some(*due),
        _ => None,
    };
    Ok(Plan { owner: form.typed("owner"), due, status, reason })
}

/// A plan that says nothing leaves no trace.
pub fn put(assessment: &mut Assessment, id: &QuestionId, plan: Plan) {
    assessment.plan(id, plan);
}
