//! What is to be done, by whom, by when? Findings and actions step by step, and what is still to be found out.

use super::Sight;
use super::anchored;
use super::charts;
use super::heading;
use super::paragraph;
use super::verdict;
use crate::domain::action::Action;
use crate::domain::action::Standing;
use crate::domain::assessment::Status;
use crate::domain::contradiction;
use crate::domain::contradiction::Contradiction;
use crate::domain::proof;
use crate::domain::questionnaire::Step;
use crate::domain::scoring::StepScore;
use crate::domain::words;
use crate::report::comparison;
use crate::report::document::Block;
use crate::report::document::Column;
use crate::report::document::Line;
use crate::report::document::Run;
use crate::report::document::Table;

pub fn blocks(sight: &Sight) -> Vec<Block> {
    let mut blocks = vec![verdict::block(sight), charts::radar(sight)];
    blocks.extend(charts::risk_map(sight));
    if let Some(compared) = &sight.subject.compared {
        blocks.push(heading(1, since(sight, compared.comparison.from.date)));
        blocks.extend(comparison::brief(compared, sight.language));
    }
    blocks.extend(steps(sight));
    blocks.extend(rest(sight));
    blocks
}

/// "Depuis la visite du …"
pub fn since(sight: &Sight, from: jiff::civil::Date) -> String {
    let from = sight.date(from);
    sight.pick(format!("Depuis la visite du {from}"), format!("Since the visit of {from}"))
}

/// A chapter a step, with the actions still open in it.
pub fn steps(sight: &Sight) -> Vec<Block> {
    let mut blocks = Vec::new();
    for step in &sight.subject.questionnaire.steps {
        blocks.push(anchored(1, sight.step_title(step), format!("plan-{}", step.id)));
        if let Some(scored) = sight.score.steps.iter().find(|scored| scored.id == step.id) {
            blocks.push(paragraph(standing(sight, scored)));
        }
        let open: Vec<&Action> = open_of(sight, step);
        if open.is_empty() {
            blocks.push(paragraph(sight.pick("Aucune action ouverte.", "No open action.")));
        } else {
            blocks.push(table(sight, &open, &sight.step_title(step)));
        }
    }
    blocks
}

fn open_of<'s>(sight: &'s Sight, step: &Step) -> Vec<&'s Action<'s>> {
    let of_step = sight.actions.iter().filter(|action| action.step == &step.id);
    of_step.filter(|action| action.standing.is_open()).collect()
}

/// `Score 54 (D) · 12 questions répondues sur 14`
pub fn standing(sight: &Sight, step: &StepScore) -> String {
    let score = comparison::shown(Some(&step.figures), sight.language);
    let (answered, applicable) = (step.answered, step.applicable);
    sight.pick(
        format!("Score\u{202f}: {score} · {answered} questions répondues sur {applicable}"),
        format!("Score: {score} · {answered} of {applicable} questions answered"),
    )
}

/// Actions in a table, in their order.
pub fn table(sight: &Sight, actions: &[&Action], caption: &str) -> Block {
    let columns = vec![
        Column::new(sight.pick("Action", "Action"), 34),
        Column::new(sight.pick("Risque", "Risk"), 12),
        Column::new(sight.pick("Effort", "Effort"), 11),
        Column::new(sight.pick("Qui", "Who"), 17),
        Column::new(sight.pick("Pour le", "By"), 14),
        Column::new(sight.pick("État", "Status"), 12),
    ];
    let rows = actions.iter().map(|action| row(sight, action)).collect();
    Block::Table(Table { caption: caption.to_owned(), columns, rows })
}

/// The same for a page that has room for little: what is to be done in a sentence, and no status.
pub fn first(sight: &Sight, actions: &[&Action], caption: &str) -> Block {
    let columns = vec![
        Column::new(sight.pick("Action", "Action"), 58),
        Column::new(sight.pick("Risque", "Risk"), 11),
        Column::new(sight.pick("Qui", "Who"), 18),
        Column::new(sight.pick("Pour le", "By"), 13),
    ];
    let row = |action: &&Action| {
        let remedy = action.remedy.map_or("", |remedy| remedy.text.get(sight.language));
        let sentence = remedy.split_inclusive(". ").next().unwrap_or_default().trim_end();
        vec![
            what(sight, action).and(format!("\n{sentence}")),
            Line::level(action.level, words::level(sight.language, action.level)),
            owner(sight, action),
            Line::plain(due(sight, action)),
        ]
    };
    Block::Table(Table { caption: caption.to_owned(), columns, rows: actions.iter().map(row).collect() })
}

fn what(sight: &Sight, action: &Action) -> Line {
    let what = Line::strong(sight.title(action.question));
    if action.knockout_failed { what.and(sight.pick(" (éliminatoire)", " (knock-out)")) } else { what }
}

fn due(sight: &Sight, action: &Action) -> String {
    action.plan.and_then(|plan| plan.due).map_or("–".to_owned(), |due| sight.date(due))
}

fn row(sight: &Sight, action: &Action) -> Vec<Line> {
    let mut what = what(sight, action);
    if let Some(remedy) = action.remedy {
        what = what.and(format!("\n{}", remedy.text.get(sight.language)));
    }
    let reference = sight.question(action.question).and_then(|question| question.reference.as_ref());
    if let Some(reference) = reference {
        what = what.and_quiet(format!("\n{}", reference.get(sight.language)));
    }
    let effort = action.remedy.map(|remedy| words::effort(sight.language, remedy.effort));
    vec![
        what,
        Line::level(action.level, words::level(sight.language, action.level)),
        Line::plain(effort.unwrap_or("–")),
        owner(sight, action),
        Line::plain(due(sight, action)),
        status(sight, action),
    ]
}

/// Who was named; else who the questionnaire proposes, marked so.
fn owner(sight: &Sight, action: &Action) -> Line {
    let named = action.plan.map(|plan| plan.owner.trim()).filter(|owner| !owner.is_empty());
    let proposed = action.remedy.map(|remedy| remedy.owner.get(sight.language));
    match (named, proposed.filter(|owner| !owner.is_empty())) {
        (Some(owner), _) => Line::plain(owner),
        (None, Some(owner)) => Line::quiet(
            sight.pick(format!("à désigner ({owner}\u{202f}?)"), format!("to be named ({owner}?)")),
        ),
        (None, None) => Line::quiet(sight.pick("à désigner", "to be named")),
    }
}

fn status(sight: &Sight, action: &Action) -> Line {
    let status = action.plan.map_or(Status::Open, |plan| plan.status);
    match action.standing {
        Standing::Reopened => Line::strong(sight.pick("à reprendre", "to be done again")),
        _ if action.overdue => Line::plain(words::status(sight.language, status))
            .and("\n")
            .with(Run::Strong(sight.pick("en retard", "overdue").to_owned())),
        _ => Line::plain(words::status(sight.language, status)),
    }
}

/// What is no open action: unknowns, accepted risks, what is done.
pub fn rest(sight: &Sight) -> Vec<Block> {
    let mut blocks = contradictions(sight);
    blocks.extend(follow_ups(sight));
    blocks.extend(accepted(sight));
    let done = sight.actions.iter().filter(|action| action.standing == Standing::Done);
    let done: Vec<Line> = done.map(|action| Line::plain(sight.title(action.question))).collect();
    let confirmed = sight.confirmed.iter().map(|id| Line::plain(sight.title(id))).collect();
    let lists: [(&str, Vec<Line>); 2] = [
        (
            sight
                .pick("Faites, à confirmer à la prochaine visite", "Done, to be confirmed at the next visit"),
            done,
        ),
        (sight.pick("Faites, et confirmées à cette visite", "Done, and confirmed at this visit"), confirmed),
    ];
    for (title, lines) in lists {
        if !lines.is_empty() {
            blocks.extend([heading(1, title), Block::List(lines)]);
        }
    }
    blocks
}

/// Answers that a capture disproves, with what was seen and what was written about it.
fn contradictions(sight: &Sight) -> Vec<Block> {
    let (questionnaire, assessment) = (sight.subject.questionnaire, sight.subject.assessment);
    let all = contradiction::all(questionnaire, assessment);
    if all.is_empty() {
        return Vec::new();
    }
    let title = sight.pick("Réponses contredites par un relevé", "Answers disproved by a capture");
    let columns = vec![
        Column::new(sight.pick("Réponse", "Answer"), 6),
        Column::new(sight.pick("Constaté", "Seen"), 9),
        Column::new(sight.pick("Explication", "Explanation"), 6),
    ];
    let rows = all.iter().flat_map(|id| {
        let said = sight
            .question(id)
            .and_then(|question| words::answer(sight.language, question, assessment.answer(id)));
        let said = said.unwrap_or_default();
        contradiction::contradictions(questionnaire, assessment, id).into_iter().map(move |found| {
            vec![
                Line::strong(sight.title(id)).and(format!("\n{said}")),
                Line::plain(proof::seen(sight.language, found.seen)),
                explained(sight, &found),
            ]
        })
    });
    let table = Table { caption: title.to_owned(), columns, rows: rows.collect() };
    vec![heading(1, title), Block::Table(table)]
}

/// What explains a contradiction; one that is open says so, whatever was written before.
fn explained(sight: &Sight, found: &Contradiction) -> Line {
    let written = proof::resolution(sight.language, found);
    if found.resolution.is_some() {
        return Line::plain(written.unwrap_or_default());
    }
    let open = Line::strong(sight.pick("ouverte", "open"));
    match written {
        Some(written) => open.and(format!("\n{written}")),
        None => open,
    }
}

fn follow_ups(sight: &Sight) -> Vec<Block> {
    if sight.follow_ups.is_empty() {
        return Vec::new();
    }
    let title = sight.pick("Reste à savoir", "To be found out");
    let columns = vec![
        Column::new(sight.pick("Question", "Question"), 9),
        Column::new(sight.pick("Qui se renseigne", "Who finds out"), 4),
        Column::new(sight.pick("Pour le", "By"), 3),
    ];
    let rows = sight.follow_ups.iter().map(|open| {
        let asked = sight.question(open.question).map_or("", |question| question.ask.get(sight.language));
        let who = if open.who.is_empty() { sight.pick("à désigner", "to be named") } else { open.who };
        let by = open.by.map_or("–".to_owned(), |by| sight.date(by));
        let late = if open.overdue { sight.pick("\nen retard", "\noverdue") } else { "" };
        vec![
            Line::strong(sight.title(open.question)).and(format!("\n{asked}")),
            Line::plain(who),
            Line::plain(by).with(Run::Strong(late.to_owned())),
        ]
    });
    let table = Table { caption: title.to_owned(), columns, rows: rows.collect() };
    vec![heading(1, title), Block::Table(table)]
}

fn accepted(sight: &Sight) -> Vec<Block> {
    let accepted: Vec<&Action> =
        sight.actions.iter().filter(|action| action.standing == Standing::Accepted).collect();
    if accepted.is_empty() {
        return Vec::new();
    }
    let title = sight.pick("Risques acceptés", "Risks accepted");
    let columns = vec![
        Column::new(sight.pick("Constat", "Finding"), 6),
        Column::new(sight.pick("Risque", "Risk"), 2),
        Column::new(sight.pick("Motif", "Reason"), 7),
        Column::new(sight.pick("Qui", "Who"), 3),
    ];
    let row = |action: &&Action| {
        let plan = action.plan;
        vec![
            Line::strong(sight.title(action.question)),
            Line::level(action.level, words::level(sight.language, action.level)),
            Line::plain(plan.map_or("", |plan| &plan.reason)),
            Line::plain(plan.map_or("", |plan| &plan.owner)),
        ]
    };
    let rows = accepted.iter().map(row).collect();
    vec![heading(1, title), Block::Table(Table { caption: title.to_owned(), columns, rows })]
}
