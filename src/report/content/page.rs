//! What does a client read who reads one page? Where they stand, what is good, what to do first, what comes next.

use super::Sight;
use super::charts;
use super::good;
use super::heading;
use super::plan;
use super::verdict;
use crate::domain::action::Action;
use crate::domain::contradiction;
use crate::report::comparison;
use crate::report::document::Block;
use crate::report::document::Line;

/// As many actions as can be begun at once.
const FIRST: usize = 6;
/// So many answers that captures disprove are named.
const NAMED: usize = 3;

pub fn blocks(sight: &Sight) -> Vec<Block> {
    let mut blocks = vec![verdict::block(sight), charts::radar(sight)];
    let good = good::lines(sight);
    if !good.is_empty() {
        blocks.push(heading(1, sight.pick("Ce qui va bien", "What is good")));
        blocks.push(Block::List(good));
    }
    let open: Vec<&Action> = sight.actions.iter().filter(|action| action.standing.is_open()).collect();
    let first: Vec<&Action> = open.iter().take(FIRST).copied().collect();
    if !first.is_empty() {
        let title = sight.language.plural(
            first.len(),
            sight.pick("L’action qui compte le plus", "The action that counts most"),
            sight.pick("Les actions qui comptent le plus", "The actions that count most"),
        );
        blocks.push(heading(1, title));
        blocks.push(plan::first(sight, &first, title));
    }
    if let Some(compared) = &sight.subject.compared {
        let from = sight.date(compared.comparison.from.date);
        let title = sight.pick(format!("Depuis la visite du {from}"), format!("Since the visit of {from}"));
        blocks.push(heading(1, title));
        // The score is said above, the lists are for the plan.
        blocks.push(Block::Paragraph(Line::plain(comparison::tally(compared.comparison, sight.language))));
    }
    blocks.push(heading(1, sight.pick("Et maintenant", "What happens next")));
    blocks.push(Block::List(next(sight, open.len())));
    blocks
}

/// What is to be done after the visit, in sentences.
fn next(sight: &Sight, open: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let overdue = sight.actions.iter().filter(|action| action.overdue).count();
    if open > 0 {
        let counted = format!(
            "{open} {}",
            sight.language.plural(
                open,
                sight.pick("action est ouverte", "action is open"),
                sight.pick("actions sont ouvertes", "actions are open")
            )
        );
        let mut said = sight.pick(
            format!("{counted}\u{202f}; le plan d’action les donne toutes, étape par étape."),
            format!("{counted}; the action plan has them all, step by step."),
        );
        if overdue > 0 {
            said.push_str(
                &sight.pick(format!(" En retard\u{202f}: {overdue}."), format!(" Overdue: {overdue}.")),
            );
        }
        lines.push(Line::plain(said));
    }
    let due = sight.actions.iter().filter(|action| action.standing.is_open()).filter_map(|action| {
        let plan = action.plan?;
        Some((plan.due.filter(|due| *due >= sight.subject.today)?, action, plan))
    });
    if let Some((due, action, plan)) = due.min_by_key(|(due, _, _)| *due) {
        let (due, title) = (sight.date(due), sight.title(action.question));
        let owner = if plan.owner.is_empty() { String::new() } else { format!(" ({})", plan.owner) };
        lines.push(Line::plain(sight.pick(
            format!("Prochaine échéance\u{202f}: le {due}, {title}{owner}."),
            format!("Next date: {due}, {title}{owner}."),
        )));
    }
    let nobody = sight.actions.iter().filter(|action| action.standing.is_open());
    let nobody = nobody.filter(|action| action.plan.is_none_or(|plan| plan.owner.is_empty())).count();
    if nobody > 0 {
        let unnamed = sight.language.plural(
            nobody,
            sight.pick("action n’a pas encore de responsable", "action has no owner yet"),
            sight.pick("actions n’ont pas encore de responsable", "actions have no owner yet"),
        );
        lines.push(Line::plain(sight.pick(
            format!("{nobody} {unnamed}\u{202f}: désigner quelqu’un, et une date."),
            format!("{nobody} {unnamed}: name somebody, and a date."),
        )));
    }
    let unknown = sight.follow_ups.len();
    if unknown > 0 {
        let points = sight.language.plural(
            unknown,
            sight.pick("point reste à éclaircir", "point is still to be found out"),
            sight.pick("points restent à éclaircir", "points are still to be found out"),
        );
        lines.push(Line::plain(format!("{unknown} {points}.")));
    }
    let (questionnaire, assessment) = (sight.subject.questionnaire, sight.subject.assessment);
    let disproved = contradiction::open(questionnaire, assessment);
    if !disproved.is_empty() {
        let answers = sight.language.plural(
            disproved.len(),
            sight.pick(
                "réponse est contredite par un relevé du site, sans explication",
                "answer is disproved by a capture of the site, without an explanation",
            ),
            sight.pick(
                "réponses sont contredites par un relevé du site, sans explication",
                "answers are disproved by a capture of the site, without an explanation",
            ),
        );
        let titles: Vec<String> = disproved.iter().take(NAMED).map(|id| sight.title(id)).collect();
        let more = if disproved.len() > NAMED { "…" } else { "" };
        let colon = sight.pick("\u{202f}:", ":");
        let count = disproved.len();
        lines.push(Line::plain(format!("{count} {answers}{colon} {}{more}.", titles.join(", "))));
    }
    lines.push(Line::plain(sight.pick(
        "La prochaine visite vérifiera ce qui a été fait, et mesurera le chemin parcouru.",
        "The next visit will verify what was done, and measure the progress made.",
    )));
    lines
}
