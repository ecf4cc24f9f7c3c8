//! How do the answers of a CSV file get into a visit? All of them, or none and every problem at once.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use jiff::civil::Date;

use crate::cli::change::change;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::parse;
use crate::cli::question;
use crate::cli::sheet::Line;
use crate::cli::sheet::Problem;
use crate::cli::sheet::Sheet;
use crate::domain::answer::Evidence;
use crate::domain::answer::Value;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::recording::Entry;
use crate::domain::refusal;
use crate::domain::text::Text;
use crate::storage::error::Error;

use super::remarks;

/// The columns that a file may have, in any order.
const COLUMNS: [&str; 11] = [
    "question",
    "value",
    "note",
    "reason",
    "evidence",
    "by",
    "agreed_by",
    "evidence_on",
    "judgement",
    "find_out",
    "until",
];
/// Instead of a value: the answer is taken back.
const CLEAR: &str = "--clear";

/// One line, understood.
struct Wanted<'a> {
    question: &'a Question,
    clear: bool,
    entry: Entry,
}

pub fn run(reference: &str, file: &Path, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let sheet = Sheet::read(file)?;
    let columns = columns(&sheet)?;
    let (reference, count) = change(context, reference, |questionnaire, assessment| {
        let wanted = understood(&sheet, &columns, questionnaire)?;
        let questions: Vec<&Question> = wanted.iter().map(|wanted| wanted.question).collect();
        for Wanted { question, clear, entry } in wanted {
            if clear {
                assessment.take_back(&question.id);
            }
            assessment.record(&question.id, entry);
        }
        remarks::after_many(questions.iter().copied(), questionnaire, assessment, context);
        Ok(questions.len())
    })?;
    let recorded = Text::counted(
        count,
        ("réponse enregistrée", "réponses enregistrées"),
        ("answer recorded", "answers recorded"),
    );
    writeln!(out, "{reference}: {}", recorded.get(context.language))?;
    Ok(())
}

/// The place of each column in the file.
fn columns(sheet: &Sheet) -> Result<BTreeMap<&'static str, usize>, Error> {
    let mut places = BTreeMap::new();
    let mut problems = Vec::new();
    for (place, title) in sheet.header.iter().enumerate().filter(|(_, title)| !title.is_empty()) {
        let known = COLUMNS.iter().find(|column| title.to_lowercase().replace('-', "_") == **column);
        let (fr, en) = match known {
            None => {
                let all = COLUMNS.join(", ");
                (format!("colonne inconnue (possibles : {all})"), format!("unknown column (possible: {all})"))
            }
            Some(column) if places.insert(*column, place).is_some() => {
                ("colonne en double".to_owned(), "column given twice".to_owned())
            }
            Some(_) => continue,
        };
        problems.push(Problem { line: 1, of: title.clone(), fr, en });
    }
    sheet.refuse(problems)?;
    if places.contains_key("question") {
        return Ok(places);
    }
    let name = &sheet.name;
    Err(Error::refused(
        format!("{name}:1: il manque la colonne « question »"),
        format!("{name}:1: there is no column \"question\""),
    )
    .hint(
        "la première ligne nomme les colonnes : question,value,note,reason,evidence",
        "the first line names the columns: question,value,note,reason,evidence",
    ))
}

fn understood<'a>(
    sheet: &Sheet,
    columns: &BTreeMap<&str, usize>,
    questionnaire: &'a Questionnaire,
) -> Result<Vec<Wanted<'a>>, Error> {
    let mut wanted: Vec<Wanted> = Vec::new();
    let mut problems = Vec::new();
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    for line in &sheet.lines {
        let cell = |column: &str| cell(line, columns, column);
        let id = cell("question").trim();
        let mut refuse = |text: Text| {
            problems.push(Problem {
                line: line.number,
                of: id.to_owned(),
                fr: text.fr.into(),
                en: text.en.into(),
            });
        };
        let Some(question) = questionnaire.question(&QuestionId::new(id)) else {
            refuse(unknown(id, questionnaire));
            continue;
        };
        if let Some(first) = seen.insert(question.id.as_str(), line.number) {
            refuse(Text::new(format!("déjà à la ligne {first}"), format!("already on line {first}")));
        }
        let clear = cell("value").trim() == CLEAR;
        wanted.push(Wanted { question, clear, entry: entry(question, cell, &mut refuse) });
    }
    sheet.refuse(problems)?;
    wanted.retain(|wanted| wanted.clear || !wanted.entry.is_empty());
    Ok(wanted)
}

fn cell<'a>(line: &'a Line, columns: &BTreeMap<&str, usize>, column: &str) -> &'a str {
    columns.get(column).and_then(|place| line.cells.get(*place)).map_or("", String::as_str)
}

/// What a line records; each cell that cannot be taken is refused, and the others are looked at all the same.
fn entry<'a>(question: &Question, cell: impl Fn(&str) -> &'a str, refuse: &mut impl FnMut(Text)) -> Entry {
    let text = |column: &str| Some(cell(column)).filter(|text| !text.trim().is_empty()).map(str::to_owned);
    let date = |column: &str, refuse: &mut dyn FnMut(Text)| -> Option<Date> {
        let word = cell(column).trim();
        let date = parse::date(word).ok();
        if date.is_none() && !word.is_empty() {
            refuse(Text::new(
                format!("{column} : « {word} » n’est pas une date (2026-11-23)"),
                format!("{column}: {word:?} is no date (2026-11-23)"),
            ));
        }
        date
    };
    Entry {
        value: value(question, cell("value"), refuse),
        note: text("note"),
        reason: text("reason"),
        evidence: evidence(cell("evidence").trim(), refuse),
        said_by: text("by"),
        agreed_by: text("agreed_by"),
        evidence_on: date("evidence_on", refuse),
        judgement: text("judgement"),
        find_out: text("find_out"),
        until: date("until", refuse),
        ..Entry::default()
    }
}

fn value(question: &Question, word: &str, refuse: &mut impl FnMut(Text)) -> Option<Value> {
    if word.trim().is_empty() || word.trim() == CLEAR {
        return None;
    }
    match Value::from_word(word, question) {
        Ok(value) => Some(value),
        Err(misfit) => {
            let why = refusal::refused(word, &misfit);
            let takes = refusal::takes(question);
            refuse(Text::new(format!("{} ; {}", why.fr, takes.fr), format!("{}; {}", why.en, takes.en)));
            None
        }
    }
}

fn evidence(word: &str, refuse: &mut impl FnMut(Text)) -> Option<Evidence> {
    let level = Evidence::from_word(word);
    if level.is_none() && !word.is_empty() {
        let known = Evidence::ALL.map(Evidence::word).join(", ");
        refuse(Text::new(
            format!("niveau de preuve « {word} » inconnu (possibles : {known})"),
            format!("unknown level of evidence {word:?} (possible: {known})"),
        ));
    }
    level
}

fn unknown(id: &str, questionnaire: &Questionnaire) -> Text {
    let close = question::close(questionnaire, id).join(", ");
    if close.is_empty() {
        return Text::new("question inconnue", "unknown question");
    }
    Text::new(
        format!("question inconnue ; peut-être : {close}"),
        format!("unknown question; perhaps: {close}"),
    )
}
