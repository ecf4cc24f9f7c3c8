//! How are the clients printed on a terminal that is not wide? The folders go first, then the names are shortened: no
//! line is broken.

use std::io;
use std::io::Write;

use crate::cli::paper::columns_of_output;
use crate::cli::print::column;
use crate::cli::print::widest;
use crate::domain::text::Language;
use crate::tui::widgets::wrap::shorten;

/// Between two columns.
const GAP: usize = 2;
/// Shorter names are not told apart.
const SHORTEST: usize = 12;

/// A client, in cells.
#[derive(Debug)]
pub struct Row {
    pub client: String,
    pub folder: String,
    /// Visits, last, score, coverage, actions, overdue.
    pub cells: [String; 6],
}

pub fn print(rows: Vec<Row>, language: Language, out: &mut dyn Write) -> io::Result<()> {
    print_within(rows, columns_of_output(), language, out)
}

/// As wide as what it says, where no number of columns is given.
fn print_within(
    rows: Vec<Row>,
    columns: Option<usize>,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut lines = vec![headings(language)];
    lines.extend(rows);
    let widths: Vec<usize> = (0..6)
        .map(|cell| widest(lines.iter().filter_map(|line| line.cells.get(cell)).map(String::as_str)))
        .collect();
    let behind: usize = widths.iter().map(|width| GAP + width).sum();
    let names = widest(lines.iter().map(|line| line.client.as_str()));
    let folders = widest(lines.iter().map(|line| line.folder.as_str()));
    let room = columns.map_or(usize::MAX, |columns| columns.saturating_sub(behind).max(SHORTEST));
    // A client is found by name, too.
    let with_folders = names + GAP + folders <= room;
    let names = names.min(room);
    for line in &lines {
        let mut cells = vec![column(&shorten(&line.client, names, "…"), names)];
        if with_folders {
            cells.push(column(&line.folder, folders));
        }
        cells.extend(line.cells.iter().zip(&widths).map(|(cell, width)| column(cell, *width)));
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    Ok(())
}

fn headings(language: Language) -> Row {
    let (client, folder, cells) = match language {
        Language::Fr => {
            ("Client", "Dossier", ["Visites", "Dernière", "Score", "Couvert.", "Actions", "Retard"])
        }
        Language::En => ("Client", "Folder", ["Visits", "Last", "Score", "Coverage", "Actions", "Overdue"]),
    };
    Row { client: client.to_owned(), folder: folder.to_owned(), cells: cells.map(str::to_owned) }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn printed(columns: Option<usize>, language: Language) -> String {
        let row = |client: &str, folder: &str| Row {
            client: client.to_owned(),
            folder: folder.to_owned(),
            cells: ["2", "2025-11-20 !", "62 C ↑", "71 %", "14", "3"].map(str::to_owned),
        };
        let long = "Institut de beauté et de bien-être de la place de la République";
        let rows = vec![row("Zoé", "zoe"), row(long, "institut-de-beaute-et-de-bien-etre-de-la-place")];
        let mut out = Vec::new();
        print_within(rows, columns, language, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_line_fits_on_eighty_columns_with_its_date_in_one_piece() {
        for language in [Language::Fr, Language::En] {
            let text = printed(Some(80), language);
            assert!(text.lines().all(|line| line.width() <= 80), "{text}");
            assert_eq!(text.matches("2025-11-20 !").count(), 2, "{text}");
            assert!(text.contains("…") && !text.contains("institut-de"), "{text}");
        }
    }

    #[test]
    fn nothing_is_left_out_where_there_is_no_terminal() {
        let text = printed(None, Language::Fr);
        assert!(text.contains("République") && text.contains("institut-de-beaute-et-de"), "{text}");
    }
}
