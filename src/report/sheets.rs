//! What goes into a spreadsheet? The plan, the answers and the tables as sheets of typed cells.

use jiff::civil::Date;

use super::content::Subject;
use super::record::Record;
use super::register::Processing;
use super::register::Registers;
use crate::domain::action;
use crate::domain::answer;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::RegisterPart;
use crate::domain::scoring;
use crate::domain::scoring::Score;
use crate::domain::text::Language;
use crate::domain::text::plain;
use crate::domain::text::plain_line;
use crate::domain::words;

mod actions;
mod answers;

/// One sheet: a heading row, then rows of as many cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// What commands call it: `actions`, `answers`, `register`, or a table's id.
    pub id: String,
    /// What people call it.
    pub title: String,
    pub columns: Vec<SheetColumn>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SheetColumn {
    pub title: String,
    /// In letters.
    pub width: u16,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Date(Date),
}

impl Cell {
    /// A text made harmless; nothing where there is none.
    pub fn text(text: impl AsRef<str>) -> Cell {
        let text = plain(text.as_ref().trim());
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    fn date(date: Option<Date>) -> Cell {
        date.map_or(Cell::Empty, Cell::Date)
    }

    fn number(number: impl Into<f64>) -> Cell {
        Cell::Number(number.into())
    }
}

impl SheetColumn {
    fn new(title: impl Into<String>, width: u16) -> SheetColumn {
        SheetColumn { title: title.into(), width }
    }
}

/// Every sheet of a visit, in order; a table without a row makes none.
pub fn sheets(subject: &Subject, language: Language) -> Vec<Sheet> {
    let score = scoring::score(subject.questionnaire, subject.assessment);
    let view = View {
        subject,
        language,
        score: &score,
        record: Record::new(subject.questionnaire, subject.assessment, language),
    };
    let mut sheets = vec![actions::sheet(&view), answers::sheet(&view)];
    sheets.extend(actions::follow_ups(&view));
    sheets.push(scores(&view));
    sheets.extend(registers(&view));
    sheets.extend(tables(&view));
    sheets
}

/// What every sheet is filled from.
struct View<'a> {
    subject: &'a Subject<'a>,
    language: Language,
    score: &'a Score,
    record: Record<'a>,
}

impl View<'_> {
    fn pick<T>(&self, fr: T, en: T) -> T {
        self.language.pick(fr, en)
    }

    fn step(&self, question: &Question) -> String {
        let step = self.subject.questionnaire.step_of(&question.id);
        plain_line(step.map_or("", |step| step.title.get(self.language)))
    }

    fn actions(&self) -> Vec<action::Action<'_>> {
        let (questionnaire, assessment) = (self.subject.questionnaire, self.subject.assessment);
        let last = self.subject.compared.as_ref().map(|compared| compared.from.assessment);
        action::actions(questionnaire, assessment, self.score, last, self.subject.today)
    }
}

/// The steps with their figures.
fn scores(view: &View) -> Sheet {
    let columns = vec![
        SheetColumn::new(view.pick("Étape", "Step"), 40),
        SheetColumn::new(view.pick("Score", "Score"), 9),
        SheetColumn::new(view.pick("Au moins", "At least"), 9),
        SheetColumn::new(view.pick("Au plus", "At most"), 9),
        SheetColumn::new(view.pick("Couverture (%)", "Coverage (%)"), 14),
        SheetColumn::new(view.pick("Confiance (%)", "Confidence (%)"), 14),
        SheetColumn::new(view.pick("Répondues", "Answered"), 10),
        SheetColumn::new(view.pick("Posées", "Asked"), 10),
    ];
    let shown = |score: Option<f64>| score.map_or(Cell::Empty, |score| Cell::number(scoring::shown(score)));
    let share = |share: f64| Cell::number((share * 1000.0).round() / 10.0);
    let row = |title: &str, figures: &scoring::Figures, counts: [usize; 2]| {
        let (low, high) = figures.interval.unzip();
        let counts = counts.map(|count| Cell::number(u32::try_from(count).unwrap_or(u32::MAX)));
        let figures = [
            shown(figures.score),
            shown(low),
            shown(high),
            share(figures.coverage),
            share(figures.confidence),
        ];
        std::iter::once(Cell::text(plain_line(title))).chain(figures).chain(counts).collect::<Vec<Cell>>()
    };
    let steps = &view.score.steps;
    let mut rows: Vec<Vec<Cell>> = steps
        .iter()
        .map(|scored| {
            let step = view.subject.questionnaire.steps.iter().find(|step| step.id == scored.id);
            let title = step.map_or(scored.id.as_str(), |step| step.title.get(view.language));
            row(title, &scored.figures, [scored.answered, scored.applicable])
        })
        .collect();
    let sum = |of: fn(&scoring::StepScore) -> usize| steps.iter().map(of).sum();
    let counts = [sum(|step| step.answered), sum(|step| step.applicable)];
    rows.push(row(view.pick("Ensemble", "Overall"), &view.score.overall.figures, counts));
    Sheet { id: "scores".to_owned(), title: view.pick("Scores", "Scores").to_owned(), columns, rows }
}

/// The records of processing activities, a line each; the processor's apart.
fn registers(view: &View) -> Vec<Sheet> {
    let registers = Registers::of(view.subject.questionnaire, view.subject.assessment, view.language);
    let sheet = |id: &str, title: &str, processings: &[Processing], parts: &[RegisterPart]| {
        let heads = [RegisterPart::Name].iter().chain(parts);
        let mut columns = vec![SheetColumn::new(view.pick("N°", "No."), 6)];
        columns.extend(heads.clone().map(|part| SheetColumn::new(part.title(view.language), 28)));
        let row = |processing: &Processing| {
            let number = Cell::number(u32::try_from(processing.number).unwrap_or(u32::MAX));
            let said = heads.clone().map(|part| Cell::text(processing.said(*part, view.language)));
            std::iter::once(number).chain(said).collect()
        };
        Sheet {
            id: id.to_owned(),
            title: title.to_owned(),
            columns,
            rows: processings.iter().map(row).collect(),
        }
    };
    let controller = view.pick("Registre", "Register");
    let processor = view.pick("Registre sous-traitant", "Processor register");
    let mut sheets = vec![sheet("register", controller, &registers.controller, &RegisterPart::CONTROLLER)];
    if !registers.processor.is_empty() {
        sheets.push(sheet("processor", processor, &registers.processor, &RegisterPart::PROCESSOR));
    }
    sheets
}

/// A sheet for each table with rows, with all its columns.
fn tables(view: &View) -> Vec<Sheet> {
    let (questionnaire, assessment) = (view.subject.questionnaire, view.subject.assessment);
    let mut sheets: Vec<Sheet> = Vec::new();
    for question in questionnaire.questions() {
        let Some((id, columns)) = questionnaire.table_of(question) else { continue };
        let rows = assessment.rows(&id);
        if rows.is_empty() || sheets.iter().any(|sheet| sheet.id == id.as_str()) {
            continue;
        }
        let title = questionnaire.table(&id).map_or(&question.title, |table| &table.title);
        let heads =
            columns.iter().map(|column| SheetColumn::new(plain_line(column.title.get(view.language)), 22));
        let cell = |column: &crate::domain::questionnaire::Column, cell: Option<&answer::Cell>| match cell {
            None => Cell::Empty,
            Some(answer::Cell::Number(number)) => Cell::Number(*number),
            Some(answer::Cell::Date(date)) => Cell::Date(*date),
            Some(other) => Cell::text(words::cell(view.language, &column.kind, other)),
        };
        let row =
            |row: &answer::Row| columns.iter().map(|column| cell(column, row.get(&column.id))).collect();
        sheets.push(Sheet {
            id: id.to_string(),
            title: plain_line(title.get(view.language)),
            columns: heads.collect(),
            rows: rows.iter().map(row).collect(),
        });
    }
    sheets
}
