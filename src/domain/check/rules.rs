//! Do the rules by which captures speak about questions make sense? Known questions, answers, tables and columns.

use super::Findings;
use super::Unread;
use super::near::suggestion;
use crate::domain::answer::Cell;
use crate::domain::answer::Value;
use crate::domain::id::ChoiceId;
use crate::domain::id::ColumnId;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Column;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::refusal;
use crate::domain::rulebook::Fact;
use crate::domain::rulebook::Part;
use crate::domain::rulebook::Prefill;
use crate::domain::rulebook::Rule;

pub fn check(questionnaire: &Questionnaire, unread: &Unread, findings: &mut Findings) {
    let rules = || questionnaire.rulebook.rules.iter().enumerate();
    findings.unique(
        ("règle", "rule"),
        rules().map(|(index, rule)| (format!("rules[{index}].id"), rule.id.as_str())),
    );
    for (index, rule) in rules() {
        let path = format!("rules[{index}]");
        findings.id(&format!("{path}.id"), rule.id.as_str());
        findings.text(&format!("{path}.why"), &rule.why);
        check_counts(rule, &path, findings);
        match questionnaire.question(&rule.question) {
            Some(question) => check_answers(rule, question, &path, findings),
            None => unknown_question(questionnaire, unread, rule, &path, findings),
        }
    }
    for (index, prefill) in questionnaire.rulebook.tables.iter().enumerate() {
        check_table(questionnaire, unread, prefill, &format!("tables[{index}]"), findings);
    }
}

fn unknown_question(
    questionnaire: &Questionnaire,
    unread: &Unread,
    rule: &Rule,
    path: &str,
    findings: &mut Findings,
) {
    let id = rule.question.as_str();
    if id.is_empty() {
        findings.add(format!("{path}.question"), "champ « question » manquant", "missing field `question`");
    } else if !unread.ids.contains(id) && !unread.steps && !unread.profile {
        let known = questionnaire.questions().map(|question| question.id.as_str());
        let (fr, en) = suggestion(id, known);
        findings.add(
            format!("{path}.question"),
            format!("question « {id} » inconnue{fr}"),
            format!("unknown question {id:?}{en}"),
        );
    }
}

/// A rule that can never be met, or is always.
fn check_counts(rule: &Rule, path: &str, findings: &mut Findings) {
    if rule.at_least == 0 {
        findings.add(
            format!("{path}.at_least"),
            "at_least 0 : 1 ou plus ; l’absence se dit Without(…)",
            "at_least 0: it is 1 or more; absence is Without(…)",
        );
    }
    if matches!(rule.seen, Fact::Without(_)) && rule.at_least > 1 {
        findings.add(
            format!("{path}.at_least"),
            "at_least avec Without : ce qui manque ne se compte pas",
            "at_least with Without: what is missing cannot be counted",
        );
    }
    if rule.proposes.is_none() && rule.disproves.is_empty() && rule.includes.is_empty() {
        findings.add(
            path,
            "règle sans effet : proposes, disproves ou includes manque",
            "a rule without effect: proposes, disproves or includes is missing",
        );
    }
}

/// The answers that a rule names are answers of its question.
fn check_answers(rule: &Rule, question: &Question, path: &str, findings: &mut Findings) {
    let disproves = rule.disproves.iter().enumerate();
    let disproves = disproves.map(|(index, word)| (format!("{path}.disproves[{index}]"), word));
    let proposes = rule.proposes.iter().map(|word| (format!("{path}.proposes"), word));
    for (path, word) in disproves.chain(proposes) {
        if let Err(misfit) = Value::from_word(word, question) {
            let why = refusal::refused(word, &misfit);
            let takes = refusal::takes(question);
            findings.add(
                path,
                format!("{} : {} ; possibles : {}", question.id, why.fr, takes.fr),
                format!("{}: {}; possible: {}", question.id, why.en, takes.en),
            );
        }
    }
    if rule.proposes.is_some() && question.takes_several() {
        findings.add(
            format!("{path}.proposes"),
            "plusieurs choix possibles : includes dit ceux qui s’ajoutent",
            "several choices are possible: includes names those to be added",
        );
    }
    for (index, choice) in rule.includes.iter().enumerate() {
        if !question.takes_several() || question.choice(choice).is_none() {
            let (fr, en) =
                suggestion(choice.as_str(), question.choices().iter().map(|known| known.id.as_str()));
            findings.add(
                format!("{path}.includes[{index}]"),
                format!("la question « {} » n’a pas de choix « {choice} » parmi plusieurs{fr}", question.id),
                format!(
                    "question {:?} has no choice {:?} among several{en}",
                    question.id.as_str(),
                    choice.as_str()
                ),
            );
        }
    }
}

fn check_table(
    questionnaire: &Questionnaire,
    unread: &Unread,
    prefill: &Prefill,
    path: &str,
    findings: &mut Findings,
) {
    let Some(table) = questionnaire.table(&prefill.table) else {
        if !unread.tables {
            let known = questionnaire.tables.iter().map(|table| table.id.as_str());
            let (fr, en) = suggestion(prefill.table.as_str(), known);
            findings.add(
                format!("{path}.table"),
                format!("tableau « {} » inconnu{fr}", prefill.table),
                format!("unknown table {:?}{en}", prefill.table.as_str()),
            );
        }
        return;
    };
    if prefill.columns.is_empty() {
        findings.add(format!("{path}.columns"), "aucune colonne", "no column");
    }
    for (index, (id, part)) in prefill.columns.iter().enumerate() {
        let path = format!("{path}.columns[{index}]");
        match table.columns.iter().find(|column| column.id == *id) {
            Some(column) => check_part(column, part, &format!("{path}(1)"), findings),
            None => unknown_column(&table.columns, id, &format!("{path}(0)"), findings),
        }
    }
}

fn unknown_column(columns: &[Column], id: &ColumnId, path: &str, findings: &mut Findings) {
    let (fr, en) = suggestion(id.as_str(), columns.iter().map(|column| column.id.as_str()));
    findings.add(
        path,
        format!("colonne « {id} » inconnue{fr}"),
        format!("unknown column {:?}{en}", id.as_str()),
    );
}

/// What is seen fits the kind of the column.
fn check_part(column: &Column, part: &Part, path: &str, findings: &mut Findings) {
    let words: Vec<&str> = match part {
        Part::Category(choices) => choices.values().map(ChoiceId::as_str).collect(),
        Part::Kind(choices) => choices.iter().map(|(_, choice)| choice.as_str()).collect(),
        Part::Always(word) => vec![word],
        _ => Vec::new(),
    };
    let text = matches!(
        part,
        Part::Name
            | Part::Company
            | Part::Service
            | Part::Country
            | Part::Page
            | Part::Action
            | Part::Cookies
    );
    let fits = match (part, &column.kind) {
        (Part::LongestCookie, CellKind::Number(_))
        | (Part::Seen(_), CellKind::YesNo)
        | (Part::Category(_) | Part::Kind(_), CellKind::Choice(_))
        | (Part::Always(_), _) => true,
        (_, kind) => text && matches!(kind, CellKind::Text),
    };
    if !fits {
        let takes = refusal::cell_takes(&column.kind);
        findings.add(
            path,
            format!("la colonne « {} » accepte : {}", column.id, takes.fr),
            format!("column {:?} takes: {}", column.id.as_str(), takes.en),
        );
        return;
    }
    for word in words {
        if let Err(misfit) = Cell::from_word(word, &column.kind) {
            let why = refusal::refused(word, &misfit);
            findings.add(path, why.fr, why.en);
        }
    }
}
