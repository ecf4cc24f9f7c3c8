//! How is an answer recorded? Setting, completing and taking back what is said about a question.
//!
//! One door for the interview and the commands, so that both keep the same things together: a new value ends the
//! mark *carried*, a reason goes with what it explains. Sealed visits are the storage's business.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::answer::Answer;
use super::answer::Cell;
use super::answer::Evidence;
use super::answer::Override;
use super::answer::Row;
use super::answer::Value;
use super::assessment::Assessment;
use super::assessment::State;
use super::id::ColumnId;
use super::id::QuestionId;
use super::id::TableId;
use super::questionnaire::AnswerKind;
use super::questionnaire::Question;
use super::questionnaire::Questionnaire;

/// What is to be recorded about one question; what is `None` stays as it is, an empty text takes the text away.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Entry {
    pub value: Option<Value>,
    pub reason: Option<String>,
    pub agreed_by: Option<String>,
    pub note: Option<String>,
    pub said_by: Option<String>,
    pub evidence: Option<Evidence>,
    pub evidence_on: Option<Date>,
    pub judgement: Option<String>,
    pub severity: Option<Override>,
    pub likelihood: Option<Override>,
    pub flagged: Option<bool>,
    pub find_out: Option<String>,
    pub until: Option<Date>,
    /// Cells of the fields asked with the question; `None` empties one.
    pub details: Vec<(ColumnId, Option<Cell>)>,
    /// A carried answer still holds as it is.
    pub confirmed: bool,
}

/// Why a value that was given does not count yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Not applicable, or none, and nobody said why.
    Reason,
    /// A knock-out that does not apply, and nobody agreed.
    SecondPerson,
}

impl Entry {
    pub fn of(value: Value) -> Entry {
        Entry { value: Some(value), ..Entry::default() }
    }

    pub fn is_empty(&self) -> bool {
        *self == Entry::default()
    }

    /// Puts it into an answer.
    pub fn apply(self, answer: &mut Answer) {
        if let Some(value) = self.value {
            set_value(answer, tidy(value));
        }
        if self.confirmed {
            answer.carried = None;
        }
        let line = |field: &mut String, new: Option<String>| {
            if let Some(new) = new {
                *field = clean_line(&new);
            }
        };
        line(&mut answer.agreed_by, self.agreed_by);
        line(&mut answer.said_by, self.said_by);
        line(&mut answer.follow_up.who, self.find_out);
        let text = |field: &mut String, new: Option<String>| {
            if let Some(new) = new {
                *field = clean(&new);
            }
        };
        text(&mut answer.reason, self.reason);
        text(&mut answer.note, self.note);
        text(&mut answer.judgement, self.judgement);
        if let Some(level) = self.evidence {
            answer.evidence = Some(level);
            // Taken today unless said otherwise; the date of older evidence goes with it.
            answer.evidence_on = None;
        }
        answer.evidence_on = self.evidence_on.or(answer.evidence_on);
        answer.severity = self.severity.map(reasoned).or(answer.severity.take());
        answer.likelihood = self.likelihood.map(reasoned).or(answer.likelihood.take());
        answer.flagged = self.flagged.unwrap_or(answer.flagged);
        answer.follow_up.by = self.until.or(answer.follow_up.by);
        for (column, cell) in self.details {
            match cell {
                Some(cell) => answer.details.insert(column, tidy_cell(cell)),
                None => answer.details.remove(&column),
            };
        }
    }
}

fn reasoned(mut own: Override) -> Override {
    own.reason = clean(&own.reason);
    own
}

fn set_value(answer: &mut Answer, value: Value) {
    let changed = answer.value.as_ref() != Some(&value);
    if changed && answer.carried.is_some() {
        // What was seen on an earlier visit spoke for another answer.
        answer.evidence = None;
        answer.evidence_on = None;
    }
    if !matches!(value, Value::NotApplicable | Value::Nothing) {
        answer.reason.clear();
        answer.agreed_by.clear();
    }
    if value != Value::Unknown {
        answer.follow_up = super::answer::FollowUp::default();
    }
    answer.value = Some(value);
    answer.carried = None;
}

fn tidy(value: Value) -> Value {
    match value {
        Value::Text(text) => Value::Text(clean(&text)),
        other => other,
    }
}

fn tidy_cell(cell: Cell) -> Cell {
    match cell {
        Cell::Text(text) => Cell::Text(clean(&text)),
        other => other,
    }
}

/// Takes an answer's value and what belongs to it out of an answer.
pub fn take_back(answer: &mut Answer) {
    *answer = Answer {
        note: std::mem::take(&mut answer.note),
        judgement: std::mem::take(&mut answer.judgement),
        severity: answer.severity.take(),
        likelihood: answer.likelihood.take(),
        flagged: answer.flagged,
        details: std::mem::take(&mut answer.details),
        ..Answer::default()
    };
}

impl Assessment {
    pub fn record(&mut self, question: &QuestionId, entry: Entry) {
        self.edit(question, |answer| entry.apply(answer));
    }

    /// Takes an answer back: its value and what belongs to the value. Note, judgement, details and another
    /// severity or likelihood were not part of it, and stay.
    pub fn take_back(&mut self, question: &QuestionId) {
        self.edit(question, take_back);
    }

    /// Replaces the rows of a table. Rows without a cell are left out. The questions that the table answers are
    /// answered by it from then on: "none" and the mark *carried* end for all of them.
    pub fn record_rows(&mut self, questionnaire: &Questionnaire, table: &TableId, rows: Vec<Row>) {
        let rows: Vec<Row> = rows
            .into_iter()
            .map(|row| row.into_iter().map(|(column, cell)| (column, tidy_cell(cell))).collect::<Row>())
            .filter(|row| !row.is_empty())
            .collect();
        let filled = !rows.is_empty();
        self.set_rows(table, rows);
        for question in scored_by(questionnaire, table) {
            self.edit(&question.id, |answer| {
                if filled && answer.value == Some(Value::Nothing) {
                    answer.value = None;
                    answer.reason.clear();
                }
                answer.carried = None;
            });
        }
    }

    /// What a value still needs in order to count.
    pub fn lacks(&self, question: &Question, questionnaire: &Questionnaire) -> Option<Lack> {
        let answer = self.answer(&question.id)?;
        let explains = matches!(answer.value, Some(Value::NotApplicable | Value::Nothing));
        if !explains || self.state(question, questionnaire) != State::Unanswered {
            return None;
        }
        Some(if answer.reason.trim().is_empty() { Lack::Reason } else { Lack::SecondPerson })
    }
}

/// The questions that are answered by the rows of this table.
pub fn scored_by<'a>(
    questionnaire: &'a Questionnaire,
    table: &'a TableId,
) -> impl Iterator<Item = &'a Question> {
    questionnaire.questions().filter(move |question| {
        matches!(question.answer, AnswerKind::Table { .. })
            && questionnaire.table_of(question).is_some_and(|(of, _)| of == *table)
    })
}

/// A text as it is kept: composed letters, plain line ends, no control characters and no marks that turn the
/// direction of writing or hide in a word; they would change what a terminal or a report shows.
pub fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.nfc().filter(|letter| !is_hidden(*letter)).collect();
    kept.trim_matches('\n').trim_end().to_owned()
}

/// The same for what stands on one line: a name, a place.
pub fn clean_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_hidden(letter: char) -> bool {
    let control = letter.is_control() && !matches!(letter, '\n' | '\t');
    control
        || matches!(letter, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_value_ends_what_spoke_for_the_old_one() {
        let mut answer = Answer {
            value: Some(Value::NotApplicable),
            reason: "pas de site".into(),
            agreed_by: "Ana".into(),
            evidence: Some(Evidence::Tested),
            carried: Some("2025-01-01".parse().unwrap()),
            note: "à revoir".into(),
            ..Answer::default()
        };
        Entry::of(Value::Yes).apply(&mut answer);
        let expected = Answer { value: Some(Value::Yes), note: "à revoir".into(), ..Answer::default() };
        assert_eq!(answer, expected);
    }

    #[test]
    fn confirming_a_carried_answer_keeps_its_evidence() {
        let seen = Some("2025-01-01".parse().unwrap());
        let mut answer = Answer {
            value: Some(Value::Yes),
            evidence: Some(Evidence::Seen),
            evidence_on: seen,
            carried: seen,
            ..Answer::default()
        };
        Entry::of(Value::Yes).apply(&mut answer);
        assert_eq!((answer.evidence, answer.evidence_on, answer.carried), (Some(Evidence::Seen), seen, None));
    }

    #[test]
    fn new_evidence_is_of_today_unless_its_date_is_given() {
        let before = Some("2025-01-01".parse().unwrap());
        let mut answer = Answer { evidence: Some(Evidence::Said), evidence_on: before, ..Answer::default() };
        Entry { evidence: Some(Evidence::Seen), ..Entry::default() }.apply(&mut answer);
        assert_eq!((answer.evidence, answer.evidence_on), (Some(Evidence::Seen), None));
        Entry { evidence_on: before, ..Entry::default() }.apply(&mut answer);
        assert_eq!((answer.evidence, answer.evidence_on), (Some(Evidence::Seen), before));
    }

    #[test]
    fn a_text_loses_what_a_terminal_would_obey() {
        assert_eq!(
            clean("a\u{1b}[31mb\r\nc\rd\u{202e}e\u{301}\n\n"),
            "a[31mb\nc\nde\u{301}".replace("e\u{301}", "é")
        );
        assert_eq!(clean_line(" a \n\t b "), "a b");
    }
}
