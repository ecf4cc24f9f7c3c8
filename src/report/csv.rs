//! How does a sheet look as CSV? With the separator of the language, and no cell that a spreadsheet would compute.

use super::sheets::Cell;
use super::sheets::Sheet;
use crate::domain::text::Language;

/// What tells Excel that it is UTF-8.
const MARK: &str = "\u{feff}";

/// One sheet: UTF-8 with a mark, `;` and decimal commas in French, `,` and points in English, dates as `2026-11-23`.
pub fn csv(sheet: &Sheet, language: Language) -> Result<Vec<u8>, csv::Error> {
    let mut bytes = MARK.as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new()
        .delimiter(language.pick(b';', b','))
        .terminator(csv::Terminator::CRLF)
        .from_writer(&mut bytes);
    writer.write_record(sheet.columns.iter().map(|column| harmless(&column.title)))?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|cell| written(cell, language)))?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

fn written(cell: &Cell, language: Language) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Number(number) => language.number(*number),
        Cell::Date(date) => date.to_string(),
    }
}

/// A text that a spreadsheet takes for a formula is marked as text.
fn harmless(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{feff}']).chars().next();
    match first {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠' | '|' | '%') => {
            format!("'{text}")
        }
        _ => text.to_owned(),
    }
}
