//! Is each kind of answer well described? Choices, bands, tables, and the degrees that they are worth.

use super::Findings;
use super::Unread;
use super::check_choices;
use super::check_columns;
use crate::domain::id::ColumnId;
use crate::domain::id::TableId;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::Column;
use crate::domain::questionnaire::Details;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::questionnaire::RowDegree;
use crate::domain::questionnaire::Rule;

/// Where the choices of a question stand, below the question's own path.
pub fn choices_path(question: &Question, path: &str) -> String {
    match &question.answer {
        AnswerKind::Choices { .. } => format!("{path}.answer.of"),
        AnswerKind::Number { .. } | AnswerKind::Date { .. } => format!("{path}.answer.or"),
        _ => format!("{path}.answer"),
    }
}

pub fn check_answer(
    questionnaire: &Questionnaire,
    unread: &Unread,
    question: &Question,
    scored: bool,
    question_path: &str,
    findings: &mut Findings,
) {
    let choices_path = choices_path(question, question_path);
    let path = &format!("{question_path}.answer");
    check_choices(&choices_path, question.choices(), findings);
    for (index, choice) in question.choices().iter().enumerate() {
        let id = choice.id.as_str();
        if matches!(id, "na" | "unknown") || (id == "none" && question.takes_several()) {
            findings.add(
                format!("{choices_path}[{index}].id"),
                format!("choix « {id} » : ce mot est réservé"),
                format!("choice {id:?}: this word is reserved"),
            );
        }
    }
    let every_choice_has_a_degree = !matches!(question.answer, AnswerKind::Choices { .. });
    if scored && every_choice_has_a_degree {
        for (index, choice) in question.choices().iter().enumerate() {
            if choice.degree.is_none() {
                findings.add(
                    format!("{choices_path}[{index}].degree"),
                    format!("choix « {} » sans degré dans une question notée", choice.id),
                    format!("choice {:?} without a degree in a scored question", choice.id.as_str()),
                );
            }
        }
    }
    match &question.answer {
        AnswerKind::YesPartlyNo => {}
        AnswerKind::Text => {
            if scored {
                findings.add(path, "un texte libre ne peut pas être noté", "free text cannot be scored");
            }
        }
        AnswerKind::Choice(choices) => {
            if choices.is_empty() {
                findings.add(path, "aucun choix", "no choice");
            }
        }
        AnswerKind::Choices { of, rule } => {
            if of.is_empty() {
                findings.add(path, "aucun choix", "no choice");
            }
            match rule {
                None if scored => {
                    findings.add(
                        path,
                        "règle manquante (rule)",
                        "a scored question of several choices needs a rule",
                    );
                }
                Some(Rule::Missing(degrees)) => {
                    for (index, degree) in degrees.iter().enumerate() {
                        findings.degree(format!("{path}.rule[{index}]"), *degree);
                    }
                }
                _ => {}
            }
        }
        AnswerKind::Number { unit, min, max, bands, beyond, .. } => {
            findings.text(&format!("{path}.unit"), unit);
            findings.degree(format!("{path}.beyond"), *beyond);
            if let (Some(min), Some(max)) = (min, max)
                && min > max
            {
                findings.add(
                    format!("{path}.min"),
                    format!("le minimum {min} dépasse le maximum {max}"),
                    format!("the minimum {min} is above the maximum {max}"),
                );
            }
            let bands: Vec<(f64, f64)> = bands.iter().map(|band| (band.upto, band.degree)).collect();
            check_bands(path, "upto", &bands, scored, findings);
        }
        AnswerKind::Date { bands, beyond, .. } => {
            findings.degree(format!("{path}.beyond"), *beyond);
            let bands: Vec<(f64, f64)> =
                bands.iter().map(|band| (f64::from(band.months), band.degree)).collect();
            check_bands(path, "months", &bands, scored, findings);
        }
        AnswerKind::Table { .. } => {
            check_scored_table(questionnaire, unread, question, question_path, findings);
        }
    }
}

fn check_bands(path: &str, limit: &str, bands: &[(f64, f64)], scored: bool, findings: &mut Findings) {
    if bands.is_empty() && scored {
        findings.add(path, "aucune tranche (bands) dans une question notée", "a scored question needs bands");
    }
    let mut last = f64::NEG_INFINITY;
    for (index, (upto, degree)) in bands.iter().enumerate() {
        if *upto <= last || upto.is_nan() {
            findings.add(
                format!("{path}.bands[{index}].{limit}"),
                format!("tranches en désordre : {upto} vient après {last}"),
                format!("bands out of order: {upto} comes after {last}"),
            );
        }
        last = last.max(*upto);
        findings.degree(format!("{path}.bands[{index}].degree"), *degree);
    }
}

pub fn check_table_ref(
    questionnaire: &Questionnaire,
    unread: &Unread,
    of: Option<&TableId>,
    columns: &[Column],
    path: &str,
    findings: &mut Findings,
) {
    match of {
        None => check_columns(&format!("{path}.columns"), columns, findings),
        Some(table) => {
            let known = unread.tables || unread.ids.contains(table.as_str());
            if questionnaire.table(table).is_none() && !known {
                findings.add(
                    format!("{path}.of"),
                    format!("tableau « {table} » inconnu"),
                    format!("unknown table {:?}", table.as_str()),
                );
            }
            if !columns.is_empty() {
                findings.add(
                    format!("{path}.columns"),
                    "soit un tableau commun (of), soit des colonnes (columns)",
                    "either a shared table (of) or columns of its own",
                );
            }
        }
    }
}

fn check_scored_table(
    questionnaire: &Questionnaire,
    unread: &Unread,
    question: &Question,
    question_path: &str,
    findings: &mut Findings,
) {
    let AnswerKind::Table { of, columns, degree, weight, none_is } = &question.answer else { return };
    let path = &format!("{question_path}.answer");
    check_table_ref(questionnaire, unread, of.as_ref(), columns, path, findings);
    findings.degree(format!("{path}.none_is"), *none_is);
    if matches!(question.details, Some(Details::Table { .. })) {
        findings.add(
            format!("{question_path}.details"),
            "la réponse est déjà un tableau",
            "the answer is a table already",
        );
    }
    let Some((_, columns)) = questionnaire.table_of(question) else { return };
    let mut named = |path: String, column: &ColumnId| {
        let found = columns.iter().find(|candidate| &candidate.id == column);
        if found.is_none() && !unread.ids.contains(column.as_str()) {
            findings.add(
                path,
                format!("colonne « {column} » inconnue"),
                format!("unknown column {:?}", column.as_str()),
            );
        }
        found
    };
    match degree {
        RowDegree::Cell(column) => {
            named(format!("{path}.degree(0)"), column);
        }
        RowDegree::Filled(wanted) => {
            for (index, column) in wanted.iter().enumerate() {
                named(format!("{path}.degree[{index}]"), column);
            }
        }
    }
    if let Some(column) = weight {
        named(format!("{path}.weight"), column);
    }
}
