//! In which file format is a document handed over? The bytes of every one, from one place.

use super::actions::Listed;
use super::content;
use super::content::Kind;
use super::content::Subject;
use super::csv;
use super::document::Document;
use super::html::html;
use super::ics;
use super::json;
use super::json::Beside;
use super::json::RecordDocument;
use super::markdown::markdown;
use super::sheets;
use super::sheets::Sheet;
use super::typst::typst;
use crate::domain::action;
use crate::domain::brand::Brand;
use crate::domain::scoring;
use crate::domain::text::Language;
use crate::storage::error::Error;
use crate::storage::printer;
use crate::storage::printer::Pages;

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Html,
    Docx,
    Pdf,
    Xlsx,
    Csv,
    Markdown,
    Json,
    /// The dates of the actions for a calendar.
    Ics,
}

impl Format {
    pub const ALL: [Format; 8] = [
        Format::Html,
        Format::Docx,
        Format::Pdf,
        Format::Xlsx,
        Format::Csv,
        Format::Markdown,
        Format::Json,
        Format::Ics,
    ];

    /// The word for it in commands, and the end of its files' names.
    pub fn word(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Pdf => "pdf",
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
            Format::Markdown => "md",
            Format::Json => "json",
            Format::Ics => "ics",
        }
    }

    pub fn from_word(word: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.word() == word)
    }

    /// Whether it shows the document that was chosen; the others always hold all that they can.
    pub fn has_kinds(self) -> bool {
        matches!(self, Format::Html | Format::Docx | Format::Pdf | Format::Markdown)
    }
}

/// What is to be made.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    pub kind: Kind,
    pub format: Format,
    pub language: Language,
    pub brand: &'a Brand,
    /// For CSV, which holds one sheet: its id. Without one, what fits the kind of document.
    pub sheet: Option<&'a str>,
}

/// The file's bytes. The same order for the same visit gives the same bytes; only a PDF is another program's work.
pub fn export(subject: &Subject, order: &Order) -> Result<Vec<u8>, Error> {
    let Order { kind, format, language, brand, .. } = *order;
    let document = || content::document(kind, subject, brand, language);
    match format {
        Format::Html => Ok(html(&document()).into_bytes()),
        Format::Docx => docx(&document()),
        Format::Markdown => Ok(markdown(&document()).into_bytes()),
        Format::Pdf => {
            let document = document();
            printer::pdf(&Pages {
                docx: &docx(&document)?,
                html: html(&document).as_bytes(),
                typst: typst(&document).as_bytes(),
            })
        }
        Format::Xlsx => xlsx(&sheets::sheets(subject, language), order, subject),
        Format::Csv => {
            let sheets = sheets::sheets(subject, language);
            let sheet = chosen(&sheets, order)?;
            csv::csv(sheet, language).map_err(|error| unwritten(&error.to_string()))
        }
        Format::Json => {
            let beside = Beside { captures: subject.captures, attached: subject.attached };
            let record =
                RecordDocument::new(subject.reference, subject.questionnaire, subject.assessment, beside);
            json::text(&record).map(String::into_bytes).map_err(|error| unwritten(&error.to_string()))
        }
        Format::Ics => Ok(calendar(subject, language)),
    }
}

fn calendar(subject: &Subject, language: Language) -> Vec<u8> {
    let (questionnaire, assessment) = (subject.questionnaire, subject.assessment);
    let score = scoring::score(questionnaire, assessment);
    let last = subject.compared.as_ref().map(|compared| compared.from.assessment);
    let listed = Listed {
        reference: subject.reference,
        questionnaire,
        assessment,
        actions: &action::actions(questionnaire, assessment, &score, last, subject.today),
        follow_ups: &action::follow_ups(questionnaire, assessment, subject.today),
        confirmed: &[],
    };
    ics::ics(&listed, language).into_bytes()
}

/// The sheet that was asked for, or the one that fits the document.
fn chosen<'s>(sheets: &'s [Sheet], order: &Order) -> Result<&'s Sheet, Error> {
    let fitting = match order.kind {
        Kind::Page | Kind::Plan => "actions",
        Kind::Full => "answers",
        Kind::Register => "register",
    };
    let wanted = order.sheet.unwrap_or(fitting);
    let known = || sheets.iter().map(|sheet| sheet.id.as_str()).collect::<Vec<_>>().join(", ");
    sheets.iter().find(|sheet| sheet.id == wanted).ok_or_else(|| {
        Error::not_found(
            format!("cette visite n’a pas de feuille « {wanted} »"),
            format!("this visit has no sheet “{wanted}”"),
        )
        .hint(format!("feuilles : {}", known()), format!("sheets: {}", known()))
    })
}

fn unwritten(why: &str) -> Error {
    Error::refused(
        format!("le document n’a pas pu être composé : {why}"),
        format!("the document could not be made: {why}"),
    )
}

#[cfg(feature = "xlsx")]
fn xlsx(sheets: &[Sheet], order: &Order, subject: &Subject) -> Result<Vec<u8>, Error> {
    let title = format!("{} · {}", subject.assessment.client, subject.reference);
    super::xlsx::xlsx(sheets, &title, order.brand.colour(), order.language)
        .map_err(|error| unwritten(&error.to_string()))
}

#[cfg(not(feature = "xlsx"))]
fn xlsx(_: &[Sheet], _: &Order, _: &Subject) -> Result<Vec<u8>, Error> {
    Err(Error::refused(
        "ce programme a été compilé sans les classeurs XLSX",
        "this program was built without XLSX workbooks",
    )
    .hint(
        "--format csv donne les mêmes feuilles, une par une",
        "--format csv gives the same sheets, one at a time",
    ))
}

fn docx(document: &Document) -> Result<Vec<u8>, Error> {
    super::docx::docx(document).map_err(|error| unwritten(&error.to_string()))
}
