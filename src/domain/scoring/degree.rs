//! How much control does an answer give? From a value, or a table's rows, to a degree between 0 and 1.

use jiff::Span;
use jiff::civil::Date;

use crate::domain::answer::Cell;
use crate::domain::answer::Row;
use crate::domain::answer::Value;
use crate::domain::assessment::Assessment;
use crate::domain::id::ChoiceId;
use crate::domain::id::ColumnId;
use crate::domain::questionnaire::AgeBand;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::Band;
use crate::domain::questionnaire::Choice;
use crate::domain::questionnaire::Column;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::questionnaire::RowDegree;
use crate::domain::questionnaire::Rule;

/// A degree of control, and what it could be if what is still open turned out bad or good.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degree {
    /// None when nothing is answered.
    pub point: Option<f64>,
    pub low: f64,
    pub high: f64,
}

impl Degree {
    fn known(degree: f64) -> Degree {
        Degree { point: Some(degree), low: degree, high: degree }
    }

    fn open() -> Degree {
        Degree { point: None, low: 0.0, high: 1.0 }
    }
}

/// The degree of control that the assessment's answer to a question gives; `value` is what it says.
pub fn of(
    question: &Question,
    value: Option<&Value>,
    questionnaire: &Questionnaire,
    assessment: &Assessment,
) -> Degree {
    if let AnswerKind::Table { degree, weight, none_is, .. } = &question.answer {
        return match value {
            Some(Value::Nothing) => Degree::known(*none_is),
            Some(_) => Degree::open(),
            None => questionnaire.table_of(question).map_or_else(Degree::open, |(table, columns)| {
                of_rows(assessment.rows(&table), columns, degree, weight.as_ref())
            }),
        };
    }
    let degree = value
        .filter(|value| value.fits(question).is_ok())
        .and_then(|value| of_value(question, value, assessment.date));
    degree.map_or_else(Degree::open, Degree::known)
}

fn of_value(question: &Question, value: &Value, visit: Date) -> Option<f64> {
    match (&question.answer, value) {
        (AnswerKind::YesPartlyNo, Value::Yes) => Some(1.0),
        (AnswerKind::YesPartlyNo, Value::Partly) => Some(0.5),
        (AnswerKind::YesPartlyNo, Value::No) => Some(0.0),
        (_, Value::Choice(id)) => question.choice(id)?.degree,
        (AnswerKind::Choices { of, rule }, Value::Choices(chosen)) if !chosen.is_empty() => {
            of_several(of, rule.as_ref()?, |id| chosen.contains(id))
        }
        (AnswerKind::Choices { of, rule }, Value::Nothing) => of_several(of, rule.as_ref()?, |_| false),
        (AnswerKind::Number { bands, beyond, .. }, Value::Number(number)) => {
            Some(in_band(bands, *beyond, *number))
        }
        (AnswerKind::Date { bands, beyond, .. }, Value::Date(date)) => {
            Some(by_age(bands, *beyond, *date, visit))
        }
        _ => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "a handful of choices")]
fn of_several(of: &[Choice], rule: &Rule, chosen: impl Fn(&ChoiceId) -> bool) -> Option<f64> {
    let met = of.iter().filter(|choice| chosen(&choice.id));
    match rule {
        Rule::Share => (!of.is_empty()).then(|| met.count() as f64 / of.len() as f64),
        Rule::Missing(degrees) => Some(degrees.get(of.len() - met.count()).copied().unwrap_or(0.0)),
        Rule::Worst => Some(met.filter_map(|choice| choice.degree).reduce(f64::min).unwrap_or(0.0)),
    }
}

fn in_band(bands: &[Band], beyond: f64, number: f64) -> f64 {
    bands.iter().find(|band| number <= band.upto).map_or(beyond, |band| band.degree)
}

fn by_age(bands: &[AgeBand], beyond: f64, date: Date, visit: Date) -> f64 {
    let fresh = |band: &&AgeBand| {
        date.checked_add(Span::new().months(i64::from(band.months))).is_ok_and(|until| visit <= until)
    };
    bands.iter().find(fresh).map_or(beyond, |band| band.degree)
}

/// The weighted mean of the rows, held to 0.5 when a row of weight 2 is at 0, and to 0 when all of them are.
fn of_rows(rows: &[Row], columns: &[Column], rule: &RowDegree, weight: Option<&ColumnId>) -> Degree {
    let rows: Vec<(u8, Option<f64>)> =
        rows.iter().map(|row| (row_weight(row, columns, weight), row_degree(row, columns, rule))).collect();
    let known: Vec<(u8, f64)> =
        rows.iter().filter_map(|(weight, degree)| Some((*weight, (*degree)?))).collect();
    let with_open = |open: f64| -> Vec<(u8, f64)> {
        rows.iter().map(|(weight, degree)| (*weight, degree.unwrap_or(open))).collect()
    };
    if known.is_empty() {
        return Degree::open();
    }
    Degree { point: Some(held(&known)), low: held(&with_open(0.0)), high: held(&with_open(1.0)) }
}

fn held(rows: &[(u8, f64)]) -> f64 {
    let weights: f64 = rows.iter().map(|(weight, _)| f64::from(*weight)).sum();
    let mean = rows.iter().map(|(weight, degree)| f64::from(*weight) * degree).sum::<f64>() / weights;
    let heavy: Vec<f64> = rows.iter().filter(|(weight, _)| *weight >= 2).map(|(_, degree)| *degree).collect();
    match heavy.iter().filter(|degree| **degree <= 0.0).count() {
        0 => mean,
        zeros if zeros == heavy.len() => 0.0,
        _ => mean.min(0.5),
    }
}

/// 1 unless the row's choice says 2.
fn row_weight(row: &Row, columns: &[Column], weight: Option<&ColumnId>) -> u8 {
    weight.and_then(|column| chosen(row, columns, column)).and_then(|choice| choice.weight).unwrap_or(1)
}

#[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
fn row_degree(row: &Row, columns: &[Column], rule: &RowDegree) -> Option<f64> {
    match rule {
        RowDegree::Cell(column) => match row.get(column)? {
            Cell::Yes => Some(1.0),
            Cell::No => Some(0.0),
            _ => chosen(row, columns, column)?.degree,
        },
        RowDegree::Filled(wanted) => {
            let filled = wanted.iter().filter(|column| row.contains_key(*column)).count();
            (!wanted.is_empty()).then(|| filled as f64 / wanted.len() as f64)
        }
    }
}

fn chosen<'a>(row: &Row, columns: &'a [Column], column: &ColumnId) -> Option<&'a Choice> {
    let Some(Cell::Choice(id)) = row.get(column) else { return None };
    let column = columns.iter().find(|candidate| &candidate.id == column)?;
    column.kind.choices().iter().find(|choice| &choice.id == id)
}
