//! How does a folder of RON files become a questionnaire? And if it does not: every problem, at its line.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Digest;
use sha2::Sha256;

use super::format;
use super::outline::Child;
use super::outline::Node;
use super::outline::outline;
use crate::domain::check::Part;
use crate::domain::check::check;
use crate::domain::questionnaire::Head;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::questionnaire::Step;
use crate::domain::questionnaire::Table;
use crate::domain::questionnaire::Term;
use crate::domain::text::Language;
use crate::domain::text::Text;

/// The file at the head of a questionnaire's folder.
pub const HEAD: &str = "questionnaire.ron";
/// No file of a questionnaire needs to be larger, in bytes.
pub const LARGEST: u64 = 8 << 20;
/// After this many, a file is not looked at further.
const MOST_PROBLEMS: usize = 200;

/// The texts of a questionnaire, wherever they came from: embedded, a folder, a pinned copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    /// What to call the place in messages: a folder's path.
    #[serde(skip)]
    pub origin: String,
    /// By file name; [`HEAD`] is one of them.
    pub files: BTreeMap<String, String>,
}

/// A problem of one file, at its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    pub message: Text,
    /// The line itself.
    pub excerpt: String,
}

impl Fault {
    /// `FILE:LINE:COLUMN: message`, then the line with a mark under the place.
    pub fn show(&self, language: Language) -> String {
        let message = self.message.get(language);
        let mut shown = format!("{}:{}:{}: {message}", self.file, self.line, self.column);
        if !self.excerpt.trim().is_empty() {
            let (excerpt, column) = window(&self.excerpt, self.column);
            let margin = " ".repeat(self.line.to_string().len());
            let mark = " ".repeat(column - 1);
            shown += &["\n  ", &self.line.to_string(), " | ", &excerpt, "\n  ", &margin, " | ", &mark, "^"]
                .concat();
        }
        shown
    }
}

/// At most 100 characters of a line around a column, without control characters.
fn window(line: &str, column: usize) -> (String, usize) {
    const WIDTH: usize = 100;
    let start = if line.chars().count() > WIDTH { column.saturating_sub(WIDTH / 2) } else { 0 };
    let shown =
        line.chars().skip(start).take(WIDTH).map(|letter| if letter.is_control() { ' ' } else { letter });
    (shown.collect(), (column - start.min(column - 1)).max(1))
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}:{}: {}", self.file, self.line, self.column, self.message.en)
    }
}

impl Sources {
    /// SHA-256 over the names and contents of the files, in hexadecimal; line ends do not count.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (name, text) in &self.files {
            let text = text.replace("\r\n", "\n");
            for part in [name.as_bytes(), text.as_bytes()] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part);
            }
        }
        hex(&hash.finalize())
    }

    /// The questionnaire, or all that is wrong with it.
    pub fn load(&self) -> Result<Questionnaire, Vec<Fault>> {
        let mut reading = Reading {
            sources: self,
            faults: Vec::new(),
            outlines: BTreeMap::new(),
            missing: BTreeSet::new(),
        };
        let questionnaire = reading.questionnaire();
        let mut faults = reading.faults;
        match questionnaire {
            Some(questionnaire) if faults.is_empty() => Ok(questionnaire),
            _ => {
                faults.sort();
                faults.dedup();
                Err(faults)
            }
        }
    }
}

/// Bytes as lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// A plain file name: it cannot lead out of its folder.
pub fn plain_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_'))
}

/// One pass over all files, collecting faults.
struct Reading<'a> {
    sources: &'a Sources,
    faults: Vec<Fault>,
    outlines: BTreeMap<String, Node>,
    /// Ids of what could not be read: references to them are no faults of their own.
    missing: BTreeSet<String>,
}

impl Reading<'_> {
    fn questionnaire(&mut self) -> Option<Questionnaire> {
        let head: Head = self.file(HEAD)?;
        let mut steps: Vec<(usize, Step)> = Vec::new();
        for (part, name) in head.files.iter().enumerate() {
            steps.extend(self.listed::<Step>(name, &format!("files[{part}]")).map(|step| (part, step)));
        }
        let tables: Vec<Table> =
            head.tables.as_ref().and_then(|name| self.listed(name, "tables")).unwrap_or_default();
        let glossary: Vec<Term> =
            head.glossary.as_ref().and_then(|name| self.listed(name, "glossary")).unwrap_or_default();
        let all_read = steps.len() == head.files.len();
        let (first, _) = steps.first()?;
        if *first != 0 {
            return None;
        }
        let parts: Vec<usize> = steps.iter().map(|(part, _)| *part).collect();
        let mut steps = steps.into_iter().map(|(_, step)| step);
        let profile = steps.next()?;
        for name in &head.files {
            self.required_fields(name);
        }
        let questionnaire =
            Questionnaire::new(head, profile, steps.collect(), tables, glossary, self.sources.digest());
        for problem in check(&questionnaire, &self.missing) {
            let name = match problem.place.part {
                Part::Head => Some(HEAD),
                Part::Step(step) => {
                    parts.get(step).and_then(|part| questionnaire.head.files.get(*part)).map(String::as_str)
                }
                Part::Tables => questionnaire.head.tables.as_deref(),
                Part::Glossary => questionnaire.head.glossary.as_deref(),
            };
            let name = name.unwrap_or(HEAD);
            let byte = self.outlines.get(name).map_or(0, |node| node.find(&problem.place.path).range.start);
            self.fault(name, byte, problem.message);
        }
        all_read.then_some(questionnaire)
    }

    /// A file that the head names.
    fn listed<T: DeserializeOwned>(&mut self, name: &str, path: &str) -> Option<T> {
        if !self.sources.files.contains_key(name) {
            let byte = self.outlines.get(HEAD).map_or(0, |node| node.find(path).range.start);
            let text = if plain_name(name) {
                Text::new(format!("fichier « {name} » introuvable"), format!("file {name:?} not found"))
            } else {
                Text::new(
                    format!("« {name} » : un simple nom de fichier, dans le même dossier"),
                    format!("{name:?}: a plain file name in the same folder is needed"),
                )
            };
            self.fault(HEAD, byte, text);
            return None;
        }
        self.file(name)
    }

    /// Reads a file; after each error, what caused it is blanked out, so that the next one can be found.
    fn file<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let original = self.sources.files.get(name)?;
        let mut text = original.clone();
        if text.starts_with('\u{feff}') {
            self.fault(
                name,
                0,
                Text::new(
                    "marque d’ordre des octets (BOM) : enregistrer en UTF-8 sans BOM",
                    "byte order mark (BOM): save as UTF-8 without a BOM",
                ),
            );
            text.replace_range(0..'\u{feff}'.len_utf8(), "   ");
        }
        let mut keys = Vec::new();
        outline(&text).duplicate_keys(&mut keys);
        for (key, byte) in keys {
            self.fault(
                name,
                byte,
                Text::new(format!("clé « {key} » en double"), format!("duplicate key {key:?}")),
            );
        }
        let mut blanked: Vec<String> = Vec::new();
        for _ in 0..MOST_PROBLEMS {
            let error = match format::options().from_str::<T>(&text) {
                Ok(value) => {
                    self.outlines.insert(name.to_owned(), outline(&text));
                    return Some(value);
                }
                Err(error) => error,
            };
            let node = outline(&text);
            let byte = byte_at(&text, error.span.end.line, error.span.end.col);
            let place = blame(&node, &error.code, byte);
            let lost = matches!(&error.code, ron::Error::MissingStructField { field, .. } if blanked.iter().any(|name| name == field));
            if !lost {
                let shown = match &error.code {
                    ron::Error::MissingStructField { .. } => {
                        place.map_or(byte, |child| child.value.range.start)
                    }
                    _ => byte_at(&text, error.span.start.line, error.span.start.col),
                };
                self.fault(name, skip_blank(&text, shown), message(&error.code));
            }
            let Some(child) = place else { break };
            self.remember(&text, child);
            blanked.extend(child.name.clone());
            blank(&mut text, child);
        }
        self.outlines.insert(name.to_owned(), outline(original));
        None
    }

    /// Ids inside something that is about to be left out.
    fn remember(&mut self, text: &str, child: &Child) {
        for inner in &child.value.children {
            if inner.name.as_deref() == Some("id") {
                let id = text.get(inner.value.range.clone()).unwrap_or("").trim_matches('"');
                self.missing.insert(id.to_owned());
            }
            self.remember(text, inner);
        }
    }

    /// What serde takes a default for, so that one missing field hides nothing else.
    fn required_fields(&mut self, name: &str) {
        let Some(text) = self.sources.files.get(name) else { return };
        let node = outline(text);
        let Some(questions) = node.children.iter().find(|child| child.name.as_deref() == Some("questions"))
        else {
            return;
        };
        for question in &questions.value.children {
            let has_answer =
                question.value.children.iter().any(|child| child.name.as_deref() == Some("answer"));
            if !has_answer {
                let text = Text::new("champ « answer » manquant", "missing field `answer`");
                self.fault(name, question.range.start, text);
            }
        }
    }

    fn fault(&mut self, name: &str, byte: usize, message: Text) {
        let text = self.sources.files.get(name).map_or("", String::as_str);
        let before = text.get(..byte).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let excerpt = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        self.faults.push(Fault {
            file: join(&self.sources.origin, name),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).map_or(0, |line| line.chars().count()) + 1,
            message,
            excerpt: excerpt.to_owned(),
        });
    }
}

fn join(origin: &str, name: &str) -> String {
    if origin.is_empty() { name.to_owned() } else { format!("{}/{name}", origin.trim_end_matches('/')) }
}

/// The field, entry or element that an error is about, or none where the file's brackets are wrong.
fn blame<'a>(node: &'a Node, code: &ron::Error, byte: usize) -> Option<&'a Child> {
    let way = node.around(byte);
    match code {
        ron::Error::MissingStructField { .. } => {
            // The error stands at the end of the value that lacks the field, not at its last field.
            way.into_iter().rfind(|child| !child.value.children.is_empty() && byte < child.range.end)
        }
        ron::Error::NoSuchStructField { .. }
        | ron::Error::DuplicateStructField { .. }
        | ron::Error::NoSuchEnumVariant { .. }
        | ron::Error::InvalidValueForType { .. }
        | ron::Error::IntegerOutOfBounds
        | ron::Error::ExpectedInteger
        | ron::Error::ExpectedFloat
        | ron::Error::ExpectedBoolean
        | ron::Error::ExpectedString
        | ron::Error::ExpectedArray
        | ron::Error::ExpectedMap
        | ron::Error::ExpectedOption
        | ron::Error::ExpectedStructLike
        | ron::Error::ExpectedNamedStructLike(_)
        | ron::Error::ExpectedDifferentStructName { .. }
        | ron::Error::ExpectedDifferentLength { .. }
        | ron::Error::Message(_) => way.into_iter().next_back(),
        // A number in the wrong form is reported as a missing comma; a whole field can be left out all the same
        // as long as the brackets around it match.
        ron::Error::ExpectedComma => way.into_iter().rfind(|child| child.value.children.is_empty()),
        _ => None,
    }
}

/// Overwrites a field or an element, and the comma behind it, with spaces; lines stay where they are.
fn blank(text: &mut String, child: &Child) {
    let after = text.get(child.range.end..).unwrap_or("");
    let gap = after.len() - after.trim_start().len();
    let comma = usize::from(after.trim_start().starts_with(','));
    let end = child.range.end + if comma == 1 { gap + 1 } else { 0 };
    let range = child.range.start..end;
    let spaces: String = text
        .get(range.clone())
        .unwrap_or("")
        .bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect();
    text.replace_range(range, &spaces);
}

/// The byte of a line and column, both from 1, the column in characters.
fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or("");
    start + rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>()
}

fn skip_blank(text: &str, byte: usize) -> usize {
    let rest = text.get(byte..).unwrap_or("");
    let skipped = rest.len() - rest.trim_start().len();
    if skipped == rest.len() { byte } else { byte + skipped }
}

/// What RON's error means to an author.
fn message(code: &ron::Error) -> Text {
    let list = |names: &[&str]| names.join(", ");
    match code {
        ron::Error::NoSuchStructField { expected, found, .. } => {
            let (fr, en) = suggestion(found, expected);
            Text::new(
                format!("champ « {found} » inconnu{fr} (possibles : {})", list(expected)),
                format!("unknown field `{found}`{en} (possible: {})", list(expected)),
            )
        }
        ron::Error::MissingStructField { field, .. } => {
            Text::new(format!("champ « {field} » manquant"), format!("missing field `{field}`"))
        }
        ron::Error::DuplicateStructField { field, .. } => {
            Text::new(format!("champ « {field} » en double"), format!("duplicate field `{field}`"))
        }
        ron::Error::NoSuchEnumVariant { expected, found, .. } => {
            let (fr, en) = suggestion(found, expected);
            Text::new(
                format!("« {found} » inconnu{fr} (possibles : {})", list(expected)),
                format!("unknown `{found}`{en} (possible: {})", list(expected)),
            )
        }
        ron::Error::IntegerOutOfBounds => Text::new("nombre hors des limites", "number out of bounds"),
        ron::Error::ExpectedInteger => {
            Text::new("un nombre entier est attendu ici", "a whole number is expected here")
        }
        ron::Error::ExpectedString | ron::Error::ExpectedStringEnd => Text::new(
            "un texte entre guillemets droits est attendu ici, fermé par \"",
            "a text in straight quotes is expected here, closed by \"",
        ),
        other => Text::new(format!("RON : {other}"), format!("RON: {other}")),
    }
}

fn suggestion(found: &str, expected: &[&str]) -> (String, String) {
    let close = expected.iter().map(|name| (distance(found, name), name)).min();
    match close {
        Some((distance, name)) if distance <= 2 => {
            (format!(", plutôt « {name} » ?"), format!(", did you mean `{name}`?"))
        }
        _ => (String::new(), String::new()),
    }
}

/// Levenshtein's edit distance, in characters.
pub fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.chars().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        let mut next = vec![left];
        for (above, candidate) in row.iter().skip(1).zip(&other) {
            let changed = diagonal + usize::from(letter != *candidate);
            left = changed.min(left + 1).min(above + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
