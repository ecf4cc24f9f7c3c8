//! Which figures are worth a picture? Steps, risks left, the way made, and how much is answered.

use super::Sight;
use crate::domain::scoring::StepScore;
use crate::domain::text::plain_line;
use crate::report::document::Block;
use crate::report::document::Chart;
use crate::report::document::chart::Axis;
use crate::report::document::chart::Covered;
use crate::report::document::chart::Figures;
use crate::report::document::chart::MapCell;

/// The steps' scores, the visit before behind.
pub fn radar(sight: &Sight) -> Block {
    let before = |step: &StepScore| {
        let changes = &sight.subject.compared.as_ref()?.comparison.steps;
        changes.iter().find(|change| change.id == step.id)?.from?.score
    };
    let axis =
        |step: &StepScore| Axis { name: name(sight, step), now: step.figures.score, before: before(step) };
    chart(
        sight.pick("Les étapes, sur 100", "The steps, out of 100"),
        Figures::Radar(sight.score.steps.iter().map(axis).collect()),
    )
}

/// Findings by severity and likelihood; nothing where there is none.
pub fn risk_map(sight: &Sight) -> Option<Block> {
    let mut cells: Vec<MapCell> = (1..=4)
        .flat_map(|severity| (1..=4).map(move |likelihood| MapCell { severity, likelihood, findings: 0 }))
        .collect();
    let residuals = sight.score.findings.iter().filter_map(|id| sight.score.question(id)?.residual);
    for residual in residuals {
        let at = |cell: &&mut MapCell| {
            cell.severity == residual.severity && cell.likelihood == residual.likelihood
        };
        if let Some(cell) = cells.iter_mut().find(at) {
            cell.findings += 1;
        }
    }
    let any = cells.iter().any(|cell| cell.findings > 0);
    let title =
        sight.pick("Risques restants : gravité et vraisemblance", "Risks left: severity and likelihood");
    any.then(|| chart(title, Figures::RiskMap(cells)))
}

/// The way made; one visit makes none.
pub fn trend(sight: &Sight) -> Option<Block> {
    let past = sight.subject.past;
    let title = sight.pick("Score global, visite après visite", "Overall score, visit by visit");
    (past.len() > 1).then(|| chart(title, Figures::Trend(past.to_vec())))
}

pub fn coverage(sight: &Sight) -> Block {
    let covered = |step: &StepScore| Covered {
        name: name(sight, step),
        answered: step.answered,
        applicable: step.applicable,
        share: step.figures.coverage,
    };
    chart(
        sight.pick("Part des questions répondues", "How much is answered"),
        Figures::Coverage(sight.score.steps.iter().map(covered).collect()),
    )
}

fn chart(title: &str, figures: Figures) -> Block {
    Block::Chart(Chart { title: title.to_owned(), figures })
}

/// The step in a word or two.
fn name(sight: &Sight, step: &StepScore) -> String {
    let known = sight.subject.questionnaire.steps.iter().find(|one| one.id == step.id);
    let named = known.map(|step| {
        let short = step.short.get(sight.language);
        if short.is_empty() { step.title.get(sight.language) } else { short }
    });
    plain_line(named.unwrap_or(step.id.as_str()))
}
