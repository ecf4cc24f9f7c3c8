//! How does the record look in a spreadsheet? A line a question, with the answer and everything that stands beside it.

use super::Cell;
use super::Sheet;
use super::SheetColumn;
use super::View;
use crate::domain::answer::Answer;
use crate::domain::answer::Value;
use crate::domain::questionnaire::Question;
use crate::domain::scoring::Counted;
use crate::domain::text::plain_line;
use crate::domain::words;
use crate::report::record::Beside;
use crate::report::record::Entry;
use crate::report::record::Rows;

pub fn sheet(view: &View) -> Sheet {
    let titles: [(&str, &str, u16); 25] = [
        ("Identifiant", "Id", 28),
        ("Étape", "Step", 24),
        ("Question", "Question", 32),
        ("Énoncé", "Wording", 60),
        ("Réponse", "Answer", 32),
        ("Compte comme", "Counts as", 16),
        ("Remarque", "Remark", 24),
        ("Dit par", "Said by", 18),
        ("Raison", "Reason", 32),
        ("D’accord", "Agreed by", 18),
        ("Note", "Note", 50),
        ("Preuve", "Evidence", 12),
        ("Preuve du", "Evidence of", 12),
        ("Avis du consultant", "Consultant’s judgement", 40),
        ("Gravité", "Severity", 9),
        ("Vraisemblance", "Likelihood", 13),
        ("Propre à ce client", "Own to this client", 32),
        ("Maîtrise (%)", "Control (%)", 11),
        ("Risque restant", "Risk left", 14),
        ("Se renseigne", "Will find out", 18),
        ("Pour le", "By", 12),
        ("Précisions", "Details", 40),
        ("Lignes", "Lines", 40),
        ("Textes", "Law", 32),
        ("Relevés", "Captures", 50),
    ];
    let column = |(fr, en, width): (&str, &str, u16)| SheetColumn::new(view.pick(fr, en), width);
    let questions = view.subject.questionnaire.questions().map(|question| row(view, question));
    let foreign = view.subject.assessment.answers.iter();
    let foreign = foreign.filter(|(id, _)| view.subject.questionnaire.question(id).is_none());
    Sheet {
        id: "answers".to_owned(),
        title: view.pick("Réponses", "Answers").to_owned(),
        columns: titles.into_iter().map(column).collect(),
        rows: questions.chain(foreign.map(|(id, answer)| unknown(id.as_str(), answer))).collect(),
    }
}

fn row(view: &View, question: &Question) -> Vec<Cell> {
    let entry = view.record.entry(question);
    let nothing = Answer::default();
    let answer = view.subject.assessment.answer(&question.id).unwrap_or(&nothing);
    let scored = view.score.question(&question.id);
    let counted =
        scored.map_or(if entry.asked { None } else { Some(Counted::NotAsked) }, |scored| Some(scored.state));
    let figure = |figure: Option<u8>| figure.map_or(Cell::Empty, Cell::number);
    let degree = scored.and_then(|scored| scored.degree);
    let residual = scored.and_then(|scored| scored.residual);
    let beside = |wanted: &[Beside]| {
        let found = entry.beside.iter().filter(|(what, _)| wanted.contains(what));
        found
            .map(|(what, text)| format!("{}: {text}", what.word(view.language)))
            .collect::<Vec<_>>()
            .join("\n")
    };
    vec![
        Cell::text(question.id.as_str()),
        Cell::text(view.step(question)),
        Cell::text(question.title.get(view.language)),
        Cell::text(question.ask.get(view.language)),
        said(answer, &entry),
        Cell::text(counted.map_or("", |state| words::counted(view.language, state))),
        Cell::text(entry.marks.join(", ")),
        Cell::text(plain_line(&answer.said_by)),
        Cell::text(&answer.reason),
        Cell::text(plain_line(&answer.agreed_by)),
        Cell::text(&answer.note),
        Cell::text(answer.evidence.map_or("", |level| words::evidence(view.language, level))),
        Cell::date(answer.evidence_on),
        Cell::text(&answer.judgement),
        figure(scored.map(|scored| scored.severity)),
        figure(scored.map(|scored| scored.likelihood)),
        Cell::text(beside(&[Beside::Severity, Beside::Likelihood])),
        degree.map_or(Cell::Empty, |degree| Cell::number((degree * 1000.0).round() / 10.0)),
        Cell::text(residual.map_or("", |residual| words::level(view.language, residual.level))),
        Cell::text(plain_line(&answer.follow_up.who)),
        Cell::date(answer.follow_up.by),
        Cell::text(lines(&entry.fields)),
        Cell::text(entry.table.as_ref().map_or(String::new(), |rows| rows_of(view, rows))),
        Cell::text(words::law(view.language, &question.law)),
        Cell::text(beside(&[Beside::Disproved, Beside::Explained, Beside::Proposed])),
    ]
}

/// A number as a number, a date as a date; else in words.
fn said(answer: &Answer, entry: &Entry) -> Cell {
    match &answer.value {
        Some(Value::Number(number)) => Cell::Number(*number),
        Some(Value::Date(date)) => Cell::Date(*date),
        Some(_) => Cell::text(&entry.said),
        None if entry.recorded => Cell::text(&entry.said),
        None => Cell::Empty,
    }
}

fn lines(cells: &[(String, String)]) -> String {
    cells.iter().map(|(name, text)| format!("{name}: {text}")).collect::<Vec<_>>().join("\n")
}

/// All rows in one cell: each has its own sheet as well, but one file of answers is to be complete.
fn rows_of(view: &View, rows: &Rows) -> String {
    let line = |(index, row): (usize, &crate::domain::answer::Row)| {
        let cells = view.record.cells(row, rows.columns);
        let cells: Vec<String> =
            cells.iter().map(|(name, text)| format!("{name}: {}", plain_line(text))).collect();
        format!("{}. {}", index + 1, cells.join("; "))
    };
    rows.rows.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// An answer to a question that this questionnaire does not have.
fn unknown(id: &str, answer: &Answer) -> Vec<Cell> {
    let mut cells = vec![Cell::Empty; 25];
    let filled = [
        (0, id.to_owned()),
        (4, answer.value.as_ref().map_or(String::new(), Value::word)),
        (8, answer.reason.clone()),
        (10, answer.note.clone()),
        (13, answer.judgement.clone()),
    ];
    for (at, text) in filled {
        if let Some(cell) = cells.get_mut(at) {
            *cell = Cell::text(text);
        }
    }
    cells
}
