//! How do sheets become a workbook? Office Open XML, with headings that stay, filters, and cells of their kind.
//!
//! A library writes it: sheets, styles, shared strings and the container are no part of what this program is for.

use rust_xlsxwriter::Color;
use rust_xlsxwriter::DocProperties;
use rust_xlsxwriter::ExcelDateTime;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::FormatAlign;
use rust_xlsxwriter::FormatBorder;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

use super::brand::Colour;
use super::sheets::Cell;
use super::sheets::Sheet;
use crate::domain::text::Language;

/// What one cell holds at most, in letters; more of a text goes on in the rows below.
const LONGEST: usize = 32_000;
/// A sheet's name, in letters.
const LONGEST_NAME: usize = 31;
/// ISO 216 A4, as the format numbers it.
const A4: u8 = 9;

/// All sheets in one file: the same for the same sheets.
pub fn xlsx(sheets: &[Sheet], title: &str, colour: Colour, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The day on which the file was made is no part of it: it would never be the same twice.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&epoch));
    let styles = Styles::new(colour, language);
    let mut names = Vec::new();
    for sheet in sheets {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(free_name(&sheet.title, &mut names))?;
        fill(worksheet, sheet, &styles)?;
    }
    workbook.save_to_buffer()
}

struct Styles {
    heading: Format,
    text: Format,
    number: Format,
    date: Format,
}

impl Styles {
    fn new(colour: Colour, language: Language) -> Styles {
        let cell = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        let Colour(red, green, blue) = colour.readable();
        let fill = Color::RGB(u32::from(red) << 16 | u32::from(green) << 8 | u32::from(blue));
        let heading = cell.clone().set_bold().set_font_color(Color::White).set_background_color(fill);
        Styles {
            heading: heading.set_border_bottom(FormatBorder::Thin),
            number: cell.clone().set_num_format("0.##"),
            date: cell.clone().set_num_format(language.pick("dd/mm/yyyy", "d mmm yyyy")),
            text: cell,
        }
    }
}

fn fill(worksheet: &mut Worksheet, sheet: &Sheet, styles: &Styles) -> Result<(), XlsxError> {
    for (at, column) in (0_u16..).zip(&sheet.columns) {
        worksheet.set_column_width(at, f64::from(column.width))?;
        worksheet.write_string_with_format(0, at, &column.title, &styles.heading)?;
    }
    let mut line = 1_u32;
    for row in &sheet.rows {
        let mut used = 1;
        for (at, cell) in (0_u16..).zip(row) {
            used = used.max(write(worksheet, line, at, cell, styles)?);
        }
        line += used;
    }
    let last = u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    worksheet.autofilter(0, 0, line.saturating_sub(1), last)?;
    worksheet.set_freeze_panes(1, 0)?;
    worksheet.set_repeat_rows(0, 0)?;
    worksheet.set_landscape();
    worksheet.set_paper_size(A4);
    // As wide as a page, as long as it needs to be.
    worksheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Writes a cell, and tells how many rows it took.
fn write(
    worksheet: &mut Worksheet,
    line: u32,
    at: u16,
    cell: &Cell,
    styles: &Styles,
) -> Result<u32, XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Number(number) => {
            worksheet.write_number_with_format(line, at, *number, &styles.number)?;
        }
        Cell::Date(date) => {
            let serial = u16::try_from(date.year())
                .ok()
                .zip(u8::try_from(date.month()).ok())
                .zip(u8::try_from(date.day()).ok())
                .and_then(|((year, month), day)| ExcelDateTime::from_ymd(year, month, day).ok());
            match serial {
                Some(serial) => worksheet.write_datetime_with_format(line, at, &serial, &styles.date)?,
                // The format knows no day before 1900.
                None => worksheet.write_string_with_format(line, at, date.to_string(), &styles.text)?,
            };
        }
        Cell::Text(text) => {
            let letters: Vec<char> = text.chars().collect();
            let parts = letters.chunks(LONGEST);
            let rows = u32::try_from(parts.len()).unwrap_or(u32::MAX).max(1);
            for (below, part) in (0_u32..).zip(parts) {
                let part: String = part.iter().collect();
                worksheet.write_string_with_format(line + below, at, part, &styles.text)?;
            }
            return Ok(rows);
        }
    }
    Ok(1)
}

/// A sheet's name without what the format forbids, and unlike those before it.
fn free_name(title: &str, taken: &mut Vec<String>) -> String {
    let allowed = |letter: &char| {
        !matches!(letter, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !letter.is_control()
    };
    let clean: String = title.chars().filter(allowed).collect();
    let clean = clean.trim();
    let clean = if clean.is_empty() { "–" } else { clean };
    let cut = |most: usize| clean.chars().take(most).collect::<String>().trim_end().to_owned();
    let is_taken = |name: &String| taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let numbered = (2..).map(|number| {
        let suffix = format!(" {number}");
        format!("{}{suffix}", cut(LONGEST_NAME - suffix.len()))
    });
    let name = std::iter::once(cut(LONGEST_NAME)).chain(numbered).find(|name| !is_taken(name));
    let name = name.unwrap_or_default();
    taken.push(name.clone());
    name
}
