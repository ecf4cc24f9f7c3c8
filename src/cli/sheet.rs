//! What does a CSV file hold? Its header and its lines, however a spreadsheet program wrote it.

use std::io::Read;
use std::path::Path;

use csv::ReaderBuilder;
use csv::StringRecord;

use crate::domain::text::Text;
use crate::storage::error::Error;
use crate::storage::files;

/// Standard input is read up to here, in bytes.
const LARGEST: u64 = 64 << 20;
/// A record that no file holds: where it is not read again, an open quote has swallowed it.
const END: &str = "\u{1}end";

/// A file's cells as they are; the lines are those of the file, from 1.
#[derive(Debug)]
pub struct Sheet {
    /// What to call it in messages.
    pub name: String,
    pub header: Vec<String>,
    pub lines: Vec<Line>,
}

#[derive(Debug)]
pub struct Line {
    pub number: u64,
    /// As many as the header has.
    pub cells: Vec<String>,
}

/// A problem of one line.
#[derive(Debug)]
pub struct Problem {
    pub line: u64,
    /// The question's or column's name.
    pub of: String,
    pub fr: String,
    pub en: String,
}

impl Sheet {
    /// Reads a file, or standard input for `-`: UTF-8 with or without BOM, columns divided by `,`, `;` or tabs.
    pub fn read(path: &Path) -> Result<Sheet, Error> {
        if path.as_os_str() == "-" {
            return Sheet::parse("-", &standard_input()?);
        }
        Sheet::parse(&path.display().to_string(), &files::read_given(path)?)
    }

    fn parse(name: &str, text: &str) -> Result<Sheet, Error> {
        let text = text.trim_start_matches('\u{feff}');
        let with_end = format!("{text}\n{END}\n");
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(text))
            .from_reader(with_end.as_bytes());
        let mut records: Vec<(u64, StringRecord)> = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| unreadable(name, 1, &error.to_string()))?;
            records.push((line_of(&record, &with_end), record));
        }
        match records.pop() {
            Some((_, end)) if end.get(0) == Some(END) => {}
            swallowed => {
                let line = swallowed.map_or(1, |(line, _)| line);
                return Err(open_quote(name, line));
            }
        }
        let mut records = records.into_iter();
        let Some((_, header)) = records.next() else {
            return Err(Error::refused(
                format!("{name} : fichier vide, sans ligne d’en-tête"),
                format!("{name}: empty, without a header line"),
            ));
        };
        let header: Vec<String> = header.iter().map(|title| title.trim().to_owned()).collect();
        let mut lines = Vec::new();
        let mut problems = Vec::new();
        for (number, record) in records {
            let surplus = record.iter().skip(header.len()).find(|cell| !cell.trim().is_empty());
            if let Some(surplus) = surplus {
                problems.push(Problem {
                    line: number,
                    of: surplus.to_owned(),
                    fr: "plus de cellules que l’en-tête ; un texte avec un séparateur s’écrit entre \"…\""
                        .into(),
                    en: "more cells than the header; a text with a separator goes between \"…\"".into(),
                });
            }
            let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
            cells.resize(header.len(), String::new());
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                lines.push(Line { number, cells });
            }
        }
        let sheet = Sheet { name: name.to_owned(), header, lines };
        sheet.refuse(problems)?;
        Ok(sheet)
    }

    /// Nothing, or one error with every problem at its line.
    pub fn refuse(&self, mut problems: Vec<Problem>) -> Result<(), Error> {
        if problems.is_empty() {
            return Ok(());
        }
        problems.sort_by_key(|problem| problem.line);
        let count = Text::counted(problems.len(), ("problème", "problèmes"), ("problem", "problems"));
        let name = &self.name;
        let mut fr = vec![format!("{name}\u{a0}: {}, rien n’a été enregistré", count.fr)];
        let mut en = vec![format!("{name}: {}, nothing was recorded", count.en)];
        for Problem { line, of, fr: in_french, en: in_english } in problems {
            let of = of.replace(['\n', '\r'], " ");
            fr.push(format!("{name}:{line}: {of} : {in_french}"));
            en.push(format!("{name}:{line}: {of}: {in_english}"));
        }
        Err(Error::refused(fr.join("\n"), en.join("\n")))
    }
}

/// The line on which a record begins; its position as the reader gives it is before the blank lines.
fn line_of(record: &StringRecord, text: &str) -> u64 {
    let Some(position) = record.position() else { return 0 };
    let start = usize::try_from(position.byte()).ok().and_then(|byte| text.get(byte..)).unwrap_or("");
    let blank = start.bytes().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    position.line() + blank.filter(|byte| *byte == b'\n').count() as u64
}

/// The divider that stands most often in the first line.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or("");
    let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    let mut best = b',';
    for other in [b';', b'\t'] {
        if count(other) > count(best) {
            best = other;
        }
    }
    best
}

fn standard_input() -> Result<String, Error> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(LARGEST)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::io(Path::new("-"), ("lire", "read"), &error))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Error::refused(format!("- : pas de l’UTF-8 à l’octet {at}"), format!("-: not UTF-8 at byte {at}"))
    })
}

fn unreadable(name: &str, line: u64, error: &str) -> Error {
    Error::refused(format!("{name}:{line}: {error}"), format!("{name}:{line}: {error}"))
}

fn open_quote(name: &str, line: u64) -> Error {
    Error::refused(
        format!("{name}:{line}: un guillemet \" ouvert ici n’est jamais fermé"),
        format!("{name}:{line}: a quote \" opened here is never closed"),
    )
}
