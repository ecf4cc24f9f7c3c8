//! How is one file of a questionnaire read, past each of its mistakes?
//!
//! RON stops at the first error. Here each error is noted, then mended or left out in memory, so that the next one
//! can be found, until the file can be read or nothing more can be done.

use std::collections::BTreeSet;
use std::ops::Range;

use ron::error::SpannedError;
use serde::de::DeserializeOwned;

use crate::domain::check::near::distance;
use crate::domain::text::Text;
use crate::storage::format;
use crate::storage::mapped::Mapped;
use crate::storage::outline::Child;
use crate::storage::outline::Node;
use crate::storage::outline::outline;
use crate::storage::repair::Brackets;
use crate::storage::repair::mend;
use crate::storage::wording::message;

/// After this many, a file is not looked at further.
const MOST_PROBLEMS: usize = 200;

/// A file as it was read in the end.
#[derive(Debug)]
pub struct FileRead<T> {
    /// None where it could not be read at all.
    pub value: Option<T>,
    /// The byte in the file, and what is wrong there.
    pub faults: Vec<(usize, Text)>,
    /// Ids in what was left out, and of what it belonged to: nothing that refers to them is wrong for that.
    pub ids: BTreeSet<String>,
    pub shape: Shape,
}

/// Where everything stands in a file.
#[derive(Debug)]
pub struct Shape {
    pub text: Mapped,
    pub outline: Node,
    /// Names of fields that were left out, with the byte of the file at which they stood.
    pub lost: Vec<(usize, String)>,
}

/// Reads a file and everything that is wrong with its form, its fields and their kinds.
pub fn read<T: DeserializeOwned>(original: &str) -> FileRead<T> {
    let plain = Attempt::new(original).read(Brackets::WhereTheyDoNotMatch);
    if plain.value.is_some() && plain.faults.is_empty() {
        return plain;
    }
    // Two mistakes can make brackets match that should not; the indentation knows. What explains the file with
    // fewer mistakes is right.
    let indented = Attempt::new(original).read(Brackets::ByIndentation);
    let badness = |read: &FileRead<T>| (read.value.is_none(), read.faults.len());
    if badness(&indented) < badness(&plain) { indented } else { plain }
}

/// What is wrong with the form of a file of which nobody knows what it holds.
pub fn form(original: &str) -> Vec<(usize, Text)> {
    let mut attempt = Attempt::new(original);
    if let Err(error) = ron::Options::default().from_str::<ron::Value>(attempt.text.text()) {
        attempt.mend_form(Brackets::WhereTheyDoNotMatch);
        if attempt.faults.is_empty() {
            let byte = byte_at(original, error.span.start.line, error.span.start.col);
            attempt.faults.push((byte, message(&error.code)));
        }
    }
    attempt.faults
}

struct Attempt<'a> {
    original: &'a str,
    text: Mapped,
    faults: Vec<(usize, Text)>,
    ids: BTreeSet<String>,
    lost: Vec<(usize, String)>,
    /// Lines with a mistake of form.
    lines: BTreeSet<usize>,
}

impl Attempt<'_> {
    fn new(original: &str) -> Attempt<'_> {
        const MARK: char = '\u{feff}';
        let mut text = Mapped::new(original);
        let mut faults = Vec::new();
        if original.starts_with(MARK) {
            faults.push((
                0,
                Text::new(
                    "marque d’ordre des octets (BOM) : enregistrer en UTF-8 sans BOM",
                    "byte order mark (BOM): save as UTF-8 without a BOM",
                ),
            ));
            text.replace(0..MARK.len_utf8(), "");
        }
        let (ids, lost, lines) = (BTreeSet::new(), Vec::new(), BTreeSet::new());
        Attempt { original, text, faults, ids, lost, lines }
    }

    fn read<T: DeserializeOwned>(mut self, brackets: Brackets) -> FileRead<T> {
        let mut value = format::options().from_str::<T>(self.text.text());
        if value.is_err() {
            self.mend_form(brackets);
            value = format::options().from_str::<T>(self.text.text());
        }
        for _ in 0..MOST_PROBLEMS {
            let Err(error) = &value else { break };
            if !self.step_over(error) {
                break;
            }
            value = format::options().from_str::<T>(self.text.text());
        }
        let outline = outline(self.text.text());
        let mut keys = Vec::new();
        outline.duplicate_keys(&mut keys);
        for (key, byte) in keys {
            let message = Text::new(format!("clé « {key} » en double"), format!("duplicate key {key:?}"));
            self.faults.push((self.text.origin(byte), message));
        }
        let Attempt { text, faults, ids, lost, .. } = self;
        FileRead { value: value.ok(), faults, ids, shape: Shape { text, outline, lost } }
    }

    /// Mends the form, as far as it goes.
    fn mend_form(&mut self, brackets: Brackets) {
        let mended = mend(&mut self.text, brackets);
        self.lost.extend(mended.lost);
        for (byte, message) in mended.found {
            // One mistake of form a line: what follows on the same line follows from it.
            if self.lines.insert(self.line(byte)) {
                self.faults.push((byte, message));
            }
        }
    }

    fn line(&self, byte: usize) -> usize {
        self.original.bytes().take(byte).filter(|byte| *byte == b'\n').count()
    }

    /// Notes an error, then fills in what is missing or leaves out what is wrong; whether that was possible.
    fn step_over(&mut self, error: &SpannedError) -> bool {
        let node = outline(self.text.text());
        let end = byte_at(self.text.text(), error.span.end.line, error.span.end.col);
        let place = blame(&node, &error.code, end);
        let around = place.map_or(&node, |child| &child.value);
        let missing = match &error.code {
            ron::Error::MissingStructField { field, .. } => Some(*field),
            _ => None,
        };
        let shown = match (missing, place) {
            (Some(_), _) => around.range.start,
            (None, Some(child)) if is_name_wrong(&error.code) => child.range.start,
            (None, Some(child)) if child.value.children.is_empty() => child.value.range.start,
            (None, _) => byte_at(self.text.text(), error.span.start.line, error.span.start.col),
        };
        let shown = self.text.origin(skip_blank(self.text.text(), shown));
        let follows = match missing {
            Some(field) => {
                let inside = shown..self.text.origin(around.range.end);
                self.lost.iter().any(|(at, name)| name == field && inside.contains(at))
            }
            None => self.lines.contains(&self.line(shown)),
        };
        if !follows {
            self.faults.push((shown, message(&error.code)));
        }
        if let Some(filler) = missing.and_then(filler) {
            let open = self.text.text().get(around.range.clone()).and_then(|value| value.find('('));
            let at = around.range.start + open.map_or(0, |open| open + 1);
            self.text.replace(at..at, filler);
            return true;
        }
        let Some(child) = place else { return false };
        self.remember(&node, child);
        let at = self.text.origin(child.range.start);
        self.lost.extend(child.name.clone().map(|name| (at, name)));
        self.lost.extend(meant(&node, child, &error.code).map(|name| (at, name.to_owned())));
        let range = with_comma(self.text.text(), child);
        self.text.blank(range);
        true
    }

    fn remember(&mut self, node: &Node, child: &Child) {
        let text = self.text.text();
        let mut pieces = text.get(child.range.clone()).unwrap_or("").split('"');
        pieces.next();
        // Every second piece stands between quotes.
        self.ids.extend(pieces.step_by(2).map(str::to_owned));
        for around in node.around(child.range.start) {
            let id = around.value.children.iter().find(|field| field.name.as_deref() == Some("id"));
            let id = id.and_then(|id| text.get(id.value.range.clone()));
            self.ids.extend(id.map(|id| id.trim_matches('"').to_owned()));
        }
    }
}

/// What stands in for a field that must be there and is not, so that the rest can be read.
fn filler(field: &str) -> Option<&'static str> {
    match field {
        "effort" => Some("effort: Small, "),
        "kind" => Some("kind: Text, "),
        "seen" => Some("seen: PlainHttp, "),
        "of" => Some("of: Domains, "),
        "degree" => Some("degree: Filled([]), "),
        "format" => Some("format: 1, "),
        "legal_baseline" => Some("legal_baseline: \"2000-01-01\", "),
        _ => None,
    }
}

/// Whether an error is about a field's name and not about its value.
fn is_name_wrong(code: &ron::Error) -> bool {
    matches!(code, ron::Error::NoSuchStructField { .. } | ron::Error::DuplicateStructField { .. })
}

/// For an unknown field, the one that its struct lacks and whose name is the closest: it is not missing as well.
fn meant(node: &Node, child: &Child, code: &ron::Error) -> Option<&'static str> {
    let ron::Error::NoSuchStructField { expected, found, .. } = code else { return None };
    let way = node.around(child.range.start);
    let around = way.iter().rev().nth(1).map_or(node, |around| &around.value);
    let has = |name: &str| around.children.iter().any(|child| child.name.as_deref() == Some(name));
    let short: String = found.chars().take(100).collect();
    expected.iter().copied().filter(|name| !has(name)).min_by_key(|name| distance(&short, name))
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
        | ron::Error::InvalidIntegerDigit { .. }
        | ron::Error::ExpectedFloat
        | ron::Error::FloatUnderscore
        | ron::Error::ExpectedBoolean
        | ron::Error::ExpectedString
        | ron::Error::ExpectedArray
        | ron::Error::ExpectedMap
        | ron::Error::ExpectedOption
        | ron::Error::ExpectedUnit
        | ron::Error::ExpectedIdentifier
        | ron::Error::InvalidIdentifier(_)
        | ron::Error::SuggestRawIdentifier(_)
        | ron::Error::InvalidEscape(_)
        | ron::Error::ExpectedStructLike
        | ron::Error::ExpectedStructLikeEnd
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

/// A field or an element, with the comma behind it.
fn with_comma(text: &str, child: &Child) -> Range<usize> {
    let after = text.get(child.range.end..).unwrap_or("");
    let gap = after.len() - after.trim_start().len();
    let comma = after.trim_start().starts_with(',');
    child.range.start..child.range.end + if comma { gap + 1 } else { 0 }
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
