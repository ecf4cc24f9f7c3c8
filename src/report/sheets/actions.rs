//! How does the plan look in a spreadsheet? A line an action, to filter and sort; the unknowns apart.

use super::Cell;
use super::Sheet;
use super::SheetColumn;
use super::View;
use crate::domain::action;
use crate::domain::action::Action;
use crate::domain::action::Standing;
use crate::domain::assessment::Plan;
use crate::domain::text::plain_line;
use crate::domain::words;

pub fn sheet(view: &View) -> Sheet {
    let columns = vec![
        SheetColumn::new(view.pick("Rang", "Rank"), 6),
        SheetColumn::new(view.pick("Étape", "Step"), 24),
        SheetColumn::new(view.pick("Constat", "Finding"), 32),
        SheetColumn::new(view.pick("Risque", "Risk"), 10),
        SheetColumn::new(view.pick("Éliminatoire", "Knock-out"), 12),
        SheetColumn::new(view.pick("Action", "Action"), 60),
        SheetColumn::new(view.pick("Effort", "Effort"), 20),
        SheetColumn::new(view.pick("Proposé à", "Proposed to"), 20),
        SheetColumn::new(view.pick("Qui", "Who"), 20),
        SheetColumn::new(view.pick("Pour le", "By"), 12),
        SheetColumn::new(view.pick("État", "Status"), 14),
        SheetColumn::new(view.pick("Remarque", "Remark"), 22),
        SheetColumn::new(view.pick("Motif", "Reason"), 32),
        SheetColumn::new(view.pick("Repère", "Reference"), 40),
        SheetColumn::new(view.pick("Question", "Question"), 28),
    ];
    let actions = view.actions();
    let rows = actions.iter().enumerate().map(|(index, action)| row(view, index, action)).collect();
    Sheet { id: "actions".to_owned(), title: view.pick("Actions", "Actions").to_owned(), columns, rows }
}

fn row(view: &View, index: usize, action: &Action) -> Vec<Cell> {
    let question = view.subject.questionnaire.question(action.question);
    let (nothing, language) = (Plan::default(), view.language);
    let plan = action.plan.unwrap_or(&nothing);
    let remedy = action.remedy;
    let knockout = if action.knockout_failed { view.pick("oui", "yes") } else { "" };
    let reference = question.and_then(|question| question.reference.as_ref());
    vec![
        Cell::number(u32::try_from(index + 1).unwrap_or(u32::MAX)),
        Cell::text(question.map_or(String::new(), |question| view.step(question))),
        Cell::text(question.map_or("", |question| question.title.get(language))),
        Cell::text(words::level(language, action.level)),
        Cell::text(knockout),
        Cell::text(remedy.map_or("", |remedy| remedy.text.get(language))),
        Cell::text(remedy.map_or("", |remedy| words::effort(language, remedy.effort))),
        Cell::text(remedy.map_or("", |remedy| remedy.owner.get(language))),
        Cell::text(plain_line(&plan.owner)),
        Cell::date(plan.due),
        Cell::text(words::status(language, plan.status)),
        Cell::text(remark(view, action)),
        Cell::text(&plan.reason),
        Cell::text(reference.map_or("", |reference| reference.get(language))),
        Cell::text(action.question.as_str()),
    ]
}

/// What the status alone does not say.
fn remark(view: &View, action: &Action) -> &'static str {
    match action.standing {
        _ if action.overdue => view.pick("en retard", "overdue"),
        Standing::Reopened => view.pick("à reprendre", "to be done again"),
        Standing::Done => view.pick("à confirmer", "to be confirmed"),
        Standing::Open | Standing::Accepted => "",
    }
}

/// What nobody knew; no sheet where everything is known.
pub fn follow_ups(view: &View) -> Option<Sheet> {
    let open = action::follow_ups(view.subject.questionnaire, view.subject.assessment, view.subject.today);
    if open.is_empty() {
        return None;
    }
    let columns = vec![
        SheetColumn::new(view.pick("Étape", "Step"), 24),
        SheetColumn::new(view.pick("Question", "Question"), 60),
        SheetColumn::new(view.pick("Qui se renseigne", "Who finds out"), 24),
        SheetColumn::new(view.pick("Pour le", "By"), 12),
        SheetColumn::new(view.pick("Remarque", "Remark"), 16),
        SheetColumn::new(view.pick("Identifiant", "Id"), 28),
    ];
    let row = |open: &action::FollowUp| {
        let question = view.subject.questionnaire.question(open.question);
        vec![
            Cell::text(question.map_or(String::new(), |question| view.step(question))),
            Cell::text(question.map_or("", |question| question.ask.get(view.language))),
            Cell::text(plain_line(open.who)),
            Cell::date(open.by),
            Cell::text(if open.overdue { view.pick("en retard", "overdue") } else { "" }),
            Cell::text(open.question.as_str()),
        ]
    };
    let title = view.pick("Reste à savoir", "To find out").to_owned();
    Some(Sheet { id: "unknown".to_owned(), title, columns, rows: open.iter().map(row).collect() })
}
