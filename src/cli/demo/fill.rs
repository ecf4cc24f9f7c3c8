//! How do the sample clients get into a store? Visit after visit, recorded as an interview records it.

use std::path::Path;

use jiff::Span;
use jiff::civil::Date;
use jiff::civil::Weekday;

use super::sample::Planned;
use super::sample::Said;
use super::sample::Sample;
use super::sample::Shot;
use super::sample::Sitting;
use super::sample::Words;
use crate::domain::answer::Cell;
use crate::domain::answer::Evidence;
use crate::domain::answer::Row;
use crate::domain::answer::Value;
use crate::domain::assessment::Assessment;
use crate::domain::assessment::Plan;
use crate::domain::assessment::State;
use crate::domain::capture::Capture;
use crate::domain::capture::CaptureLabel;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Column;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::recording::Entry;
use crate::domain::refusal;
use crate::domain::scope::Scope;
use crate::storage::assessments;
use crate::storage::captures;
use crate::storage::clients::Store;
use crate::storage::digest;
use crate::storage::error::Error;
use crate::storage::files;
use crate::storage::library;

pub fn fill(store: &Store, samples: &[Sample], today: Date) -> Result<(), Error> {
    let listed = library::built_in()?;
    store.library().pin(&listed)?;
    for sample in samples {
        let client = store.create_client(&sample.client)?;
        let mut last: Option<Assessment> = None;
        for sitting in &sample.visits {
            let day = working_day(after(today, -sitting.days_ago)?)?;
            let mut filled = visit(sitting, &client.name, day, last.as_ref(), &listed.questionnaire)?;
            let path = client.visit_path(client.free_visit(day)?);
            for shot in &sitting.captures {
                filled.captures.push(import(shot, &path, day)?);
            }
            captures::observe(&path, &listed.questionnaire, &mut filled);
            files::write(&path, assessments::text(&filled)?.as_bytes())?;
            last = Some(filled);
        }
    }
    Ok(())
}

/// As if the capture had been imported: there never was a file of another program.
fn import(shot: &Shot, visit: &Path, day: Date) -> Result<CaptureLabel, Error> {
    let digest = digest::of(std::iter::once((shot.name.as_str(), shot.phase.word())));
    let capture = Capture { digest: digest.clone(), ..shot.capture.clone() };
    let summary = captures::keep(visit, &capture)?;
    Ok(CaptureLabel { name: shot.name.clone(), phase: shot.phase, on: day, digest, summary, kept: None })
}

fn visit(
    sitting: &Sitting,
    client: &str,
    day: Date,
    last: Option<&Assessment>,
    questionnaire: &Questionnaire,
) -> Result<Assessment, Error> {
    let mut assessment = Assessment::new(client, day, questionnaire);
    if let Some(last) = last {
        assessment.carry_from(last, questionnaire);
    }
    confirm(sitting, questionnaire, &mut assessment);
    for (id, rows) in &sitting.tables {
        let columns = columns(questionnaire, id.as_str())?;
        let rows = rows.iter().map(|row| cells(row, columns, day)).collect::<Result<_, _>>()?;
        assessment.record_rows(questionnaire, id, rows);
    }
    for (word, ids) in &sitting.said {
        for id in ids {
            let said = Said { value: Some(word.clone()), ..Said::default() };
            assessment.record(id, entry(&said, sitting, asked(questionnaire, id)?, day)?);
        }
    }
    for (id, said) in &sitting.answers {
        assessment.record(id, entry(said, sitting, asked(questionnaire, id)?, day)?);
    }
    answer_rest(sitting, questionnaire, &mut assessment, day)?;
    rate_evidence(sitting, questionnaire, &mut assessment);
    for (id, planned) in &sitting.actions {
        let plan = plan(planned, day)?;
        assessment.actions.insert(asked(questionnaire, id)?.id.clone(), plan);
    }
    assessment.at = Some(asked(questionnaire, &sitting.at)?.id.clone());
    Ok(assessment)
}

/// What the last visit knew of these steps still holds.
fn confirm(sitting: &Sitting, questionnaire: &Questionnaire, assessment: &mut Assessment) {
    let steps = questionnaire.parts().filter(|part| sitting.confirmed.contains(&part.id));
    for question in steps.flat_map(|part| &part.questions) {
        assessment.record(&question.id, Entry { confirmed: true, ..Entry::default() });
    }
}

/// The rule for what is not written out: one answer a step.
fn answer_rest(
    sitting: &Sitting,
    questionnaire: &Questionnaire,
    assessment: &mut Assessment,
    day: Date,
) -> Result<(), Error> {
    // The profile is written out: what is asked does not change any more.
    let known = assessment.clone();
    let scope = Scope::new(questionnaire, &known);
    for step in &questionnaire.steps {
        let Some(word) = sitting.rest.get(&step.id) else { continue };
        let said = Said { value: Some(word.clone()), ..Said::default() };
        let open = |question: &&Question| {
            scope.asks(question)
                && matches!(question.answer, AnswerKind::YesPartlyNo)
                && known.state(question, questionnaire) == State::Unanswered
        };
        for question in step.questions.iter().filter(open) {
            assessment.record(&question.id, entry(&said, sitting, question, day)?);
        }
    }
    Ok(())
}

/// How well an answer of this visit is known, where nobody said it. What nobody knows is known in no way.
fn rate_evidence(sitting: &Sitting, questionnaire: &Questionnaire, assessment: &mut Assessment) {
    let mut levels = sitting.evidence.iter().copied().cycle();
    for question in questionnaire.steps.iter().flat_map(|step| &step.questions) {
        let answered = assessment.state(question, questionnaire) == State::Answered;
        let fresh = assessment
            .answer(&question.id)
            .is_none_or(|answer| answer.carried.is_none() && answer.evidence.is_none());
        if answered && fresh {
            let evidence: Option<Evidence> = levels.next();
            assessment.record(&question.id, Entry { evidence, ..Entry::default() });
        }
    }
}

fn entry(said: &Said, sitting: &Sitting, question: &Question, day: Date) -> Result<Entry, Error> {
    let value = said.value.as_deref().map(|word| value(word, question, day)).transpose()?;
    let by = said.by.clone().or_else(|| value.as_ref().map(|_| sitting.by.clone()));
    let details = cells(&said.details, question.fields(), day)?;
    // What was noted on the last visit explained the answer of then.
    let text = |text: &Option<String>| text.clone().or_else(|| value.as_ref().map(|_| String::new()));
    Ok(Entry {
        note: text(&said.note),
        judgement: text(&said.judgement),
        value,
        reason: said.reason.clone(),
        agreed_by: said.agreed_by.clone(),
        said_by: by,
        evidence: said.evidence,
        evidence_on: said.evidence_on.map(|days| after(day, days)).transpose()?,
        severity: said.severity.clone(),
        likelihood: said.likelihood.clone(),
        flagged: said.flagged.then_some(true),
        find_out: said.find_out.clone(),
        until: said.until.map(|days| after(day, days)).transpose()?,
        details: details.into_iter().map(|(column, cell)| (column, Some(cell))).collect(),
        confirmed: false,
    })
}

fn value(word: &str, question: &Question, day: Date) -> Result<Value, Error> {
    if let (AnswerKind::Date { .. }, Ok(days)) = (&question.answer, word.parse()) {
        return Ok(Value::Date(after(day, days)?));
    }
    Value::from_word(word, question).map_err(|misfit| {
        let (id, why) = (&question.id, refusal::refused(word, &misfit));
        Error::refused(format!("{id} : {}", why.fr), format!("{id}: {}", why.en))
    })
}

fn cells(words: &Words, columns: &[Column], day: Date) -> Result<Row, Error> {
    let mut row = Row::new();
    for (id, word) in words {
        let Some(column) = columns.iter().find(|column| column.id == *id) else {
            return Err(unknown(id.as_str()));
        };
        let cell = match (&column.kind, word.parse()) {
            (CellKind::Date, Ok(days)) => Some(Cell::Date(after(day, days)?)),
            (kind, _) => Cell::from_word(word, kind).map_err(|misfit| {
                let why = refusal::refused(word, &misfit);
                Error::refused(format!("{id} : {}", why.fr), format!("{id}: {}", why.en))
            })?,
        };
        row.extend(cell.map(|cell| (id.clone(), cell)));
    }
    Ok(row)
}

fn plan(planned: &Planned, day: Date) -> Result<Plan, Error> {
    Ok(Plan {
        owner: planned.owner.clone(),
        due: planned.due.map(|days| after(day, days)).transpose()?,
        status: planned.status,
        reason: planned.reason.clone(),
    })
}

fn asked<'a>(questionnaire: &'a Questionnaire, id: &QuestionId) -> Result<&'a Question, Error> {
    questionnaire.question(id).ok_or_else(|| unknown(id.as_str()))
}

/// The columns of a shared table, or of the question whose own table it is.
fn columns<'a>(questionnaire: &'a Questionnaire, table: &str) -> Result<&'a [Column], Error> {
    if let Some(table) = questionnaire.table(&table.into()) {
        return Ok(&table.columns);
    }
    let own = questionnaire.question(&table.into()).and_then(|question| questionnaire.table_of(question));
    own.map(|(_, columns)| columns).ok_or_else(|| unknown(table))
}

fn unknown(id: &str) -> Error {
    Error::refused(format!("démonstration : « {id} » inconnu"), format!("demonstration: unknown {id:?}"))
}

fn after(day: Date, days: i32) -> Result<Date, Error> {
    day.checked_add(Span::new().days(days))
        .map_err(|error| Error::refused(error.to_string(), error.to_string()))
}

/// Nobody was visited on a weekend.
fn working_day(day: Date) -> Result<Date, Error> {
    match day.weekday() {
        Weekday::Saturday => after(day, -1),
        Weekday::Sunday => after(day, -2),
        _ => Ok(day),
    }
}
