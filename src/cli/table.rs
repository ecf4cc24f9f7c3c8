//! `privaudit table`: how do rows get into a table, and out of it? As CSV.

use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use clap::ArgGroup;
use clap::Args;

use super::change::change;
use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::question;
use super::sheet::Problem;
use super::sheet::Sheet;
use crate::domain::answer::Cell;
use crate::domain::answer::Row;
use crate::domain::id::TableId;
use crate::domain::prefill;
use crate::domain::questionnaire::Column;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::refusal;
use crate::domain::scope::Scope;
use crate::domain::text::Text;
use crate::domain::text::fold;
use crate::storage::captures;
use crate::storage::error::Error;

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("way").args(["csv", "export", "from_captures"]).required(true)))]
pub struct Table {
    #[arg(value_name = "REF")]
    reference: String,
    #[arg(value_name = "QUESTION")]
    question: String,
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    #[arg(long)]
    export: bool,
    #[arg(long)]
    from_captures: bool,
}

pub const WORDS: Words = Words {
    about: (
        "Remplace les lignes d’un tableau par celles d’un fichier CSV, ou les montre",
        "Replaces the rows of a table by those of a CSV file, or prints them",
    ),
    arguments: &[
        (
            "reference",
            "la visite : CLIENT, CLIENT@DATE, ou un fichier",
            "the visit: CLIENT, CLIENT@DATE, or a file",
        ),
        ("question", "l’id d’une question à tableau", "the id of a question with a table"),
        (
            "csv",
            "un fichier (ou -) dont la première ligne nomme les colonnes, par leur id ou leur titre",
            "a file (or -) whose first line names the columns, by id or title",
        ),
        (
            "export",
            "écrit les lignes en CSV sur la sortie standard",
            "prints the rows as CSV on standard output",
        ),
        (
            "from_captures",
            "ajoute les lignes que montrent les captures du site et que le tableau n’a pas",
            "adds the rows that captures of the site show and the table lacks",
        ),
    ],
    commands: &[],
};

impl Table {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        match &self.csv {
            Some(file) => self.replace(file, context, out),
            None if self.from_captures => self.fill_in(context, out),
            None => self.print(context, out),
        }
    }

    /// What captures leave open in a line, and what is already there, is left to whoever knows.
    fn fill_in(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let place = context.store()?.find(&self.reference)?.path;
        let (reference, (table, count)) = change(context, &self.reference, |questionnaire, assessment| {
            let question = question::find(questionnaire, &self.question)?;
            let (table, _) = table_of(questionnaire, question)?;
            let mut rows = assessment.rows(&table).to_vec();
            let shown = prefill::lines(questionnaire, &table, &rows, &captures::taken(&place, assessment));
            let count = shown.len();
            if count > 0 {
                rows.extend(shown);
                assessment.record_rows(questionnaire, &table, rows);
            }
            Ok((table, count))
        })?;
        let said = Text::counted(count, ("ligne ajoutée", "lignes ajoutées"), ("row added", "rows added"));
        writeln!(out, "{reference} {table}: {}", said.get(context.language))?;
        Ok(())
    }

    fn replace(&self, file: &Path, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let sheet = Sheet::read(file)?;
        let (reference, (table, count)) = change(context, &self.reference, |questionnaire, assessment| {
            let question = question::find(questionnaire, &self.question)?;
            let (table, columns) = table_of(questionnaire, question)?;
            let rows = rows(&sheet, columns)?;
            incomplete(&sheet, columns, &rows, context);
            assessment.record_rows(questionnaire, &table, rows);
            if !Scope::new(questionnaire, assessment).asks(question) {
                let id = &question.id;
                context.note(
                    format!("{id} n’est pas posée lors de cette visite ; le tableau est gardé"),
                    format!("this visit does not ask {id}; the table is kept"),
                );
            }
            let count = assessment.rows(&table).len();
            Ok((table, count))
        })?;
        let rows = Text::counted(count, ("ligne", "lignes"), ("row", "rows"));
        writeln!(out, "{reference} {table}: {}", rows.get(context.language))?;
        Ok(())
    }

    fn print(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let (_, visit) = context.visit(&self.reference)?;
        let question = question::find(&visit.questionnaire, &self.question)?;
        let (table, columns) = table_of(&visit.questionnaire, question)?;
        let mut writer = csv::Writer::from_writer(out);
        let written = (|| {
            writer.write_record(columns.iter().map(|column| column.id.as_str()))?;
            for row in visit.assessment.rows(&table) {
                let cell = |column: &Column| row.get(&column.id).map_or(String::new(), Cell::word);
                writer.write_record(columns.iter().map(cell))?;
            }
            writer.flush()?;
            Ok::<(), csv::Error>(())
        })();
        written.map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => Failure::Output(error),
            other => Failure::Output(std::io::Error::other(format!("{other:?}"))),
        })
    }
}

fn table_of<'a>(
    questionnaire: &'a Questionnaire,
    question: &'a Question,
) -> Result<(TableId, &'a [Column]), Error> {
    questionnaire.table_of(question).ok_or_else(|| {
        let id = &question.id;
        let error = Error::refused(format!("{id} n’a pas de tableau"), format!("{id} has no table"));
        if question.fields().is_empty() {
            return error;
        }
        error.hint(
            "ses champs se remplissent avec `privaudit answer … --detail COLONNE=VALEUR`",
            "its fields are filled with `privaudit answer … --detail COLUMN=VALUE`",
        )
    })
}

fn rows(sheet: &Sheet, columns: &[Column]) -> Result<Vec<Row>, Error> {
    let mut problems = Vec::new();
    let places = places(sheet, columns, &mut problems);
    let mut rows = Vec::new();
    for line in &sheet.lines {
        let mut row = Row::new();
        for (column, word) in places.iter().zip(&line.cells) {
            let Some(column) = column else { continue };
            match Cell::from_word(word, &column.kind) {
                Ok(Some(cell)) => {
                    row.insert(column.id.clone(), cell);
                }
                Ok(None) => {}
                Err(misfit) => {
                    let why = refusal::refused(word, &misfit);
                    let takes = refusal::cell_takes(&column.kind);
                    problems.push(Problem {
                        line: line.number,
                        of: column.id.to_string(),
                        fr: format!("{} ; cette colonne accepte : {}", why.fr, takes.fr),
                        en: format!("{}; this column takes: {}", why.en, takes.en),
                    });
                }
            }
        }
        rows.push(row);
    }
    sheet.refuse(problems)?;
    Ok(rows)
}

/// The column that each title of the header means: an id, or a title in either language.
fn places<'a>(sheet: &Sheet, columns: &'a [Column], problems: &mut Vec<Problem>) -> Vec<Option<&'a Column>> {
    let mut places: Vec<Option<&Column>> = Vec::new();
    for title in &sheet.header {
        let by_id = columns.iter().find(|column| column.id.as_str() == title);
        let same = |text: &str| fold(text) == fold(title);
        let by_title = || {
            columns
                .iter()
                .find(|column| same(column.id.as_str()) || same(&column.title.fr) || same(&column.title.en))
        };
        let found = by_id.or_else(by_title);
        let problem = match found {
            _ if title.is_empty() => None,
            None => {
                let known = columns.iter().map(|column| column.id.as_str()).collect::<Vec<_>>().join(", ");
                Some((
                    format!("colonne inconnue (possibles : {known})"),
                    format!("unknown column (possible: {known})"),
                ))
            }
            Some(column) if places.iter().flatten().any(|other| other.id == column.id) => {
                Some(("colonne en double".to_owned(), "column given twice".to_owned()))
            }
            Some(_) => None,
        };
        if let Some((fr, en)) = problem {
            problems.push(Problem { line: 1, of: title.clone(), fr, en });
        }
        places.push(found.filter(|_| !title.is_empty()));
    }
    places
}

/// Says which lines lack a cell that a complete row has; they are taken all the same.
fn incomplete(sheet: &Sheet, columns: &[Column], rows: &[Row], context: &Context) {
    for (line, row) in sheet.lines.iter().zip(rows) {
        let missing: Vec<&str> = columns
            .iter()
            .filter(|column| column.required && !row.contains_key(&column.id))
            .map(|column| column.id.as_str())
            .collect();
        let (missing, name, number) = (missing.join(", "), &sheet.name, line.number);
        if !missing.is_empty() {
            context.note(
                format!("{name}:{number}: ligne incomplète, sans {missing}"),
                format!("{name}:{number}: incomplete row, without {missing}"),
            );
        }
    }
}
