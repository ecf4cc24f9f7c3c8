//! How does a folder of RON files become a questionnaire? And if it does not: every problem, at its line.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use ron::error::SpannedError;
use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Digest;
use sha2::Sha256;

use super::format;
use super::mapped::Mapped;
use super::outline::Child;
use super::outline::Node;
use super::outline::outline;
use super::repair::mend;
use crate::domain::check::Part;
use crate::domain::check::Unread;
use crate::domain::check::check;
use crate::domain::check::near::distance;
use crate::domain::check::near::suggestion;
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
        let mut reading =
            Reading { sources: self, faults: Vec::new(), files: BTreeMap::new(), unread: Unread::default() };
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
    files: BTreeMap<&'a str, Read>,
    unread: Unread,
}

/// What was mended in a file.
#[derive(Default)]
struct Mended {
    /// Names of fields that were left out, with the byte of the file at which they stood.
    lost: Vec<(usize, String)>,
    /// Lines with a mistake of form.
    lines: BTreeSet<usize>,
}

/// A file as it was read in the end.
struct Read {
    text: Mapped,
    outline: Node,
    /// As in [`Mended`].
    lost: Vec<(usize, String)>,
}

impl<'a> Reading<'a> {
    fn questionnaire(&mut self) -> Option<Questionnaire> {
        let Some(head) = self.file::<Head>(HEAD) else {
            // Which file is what, the head would have told; their form can be looked at all the same.
            let sources = self.sources;
            for name in sources.files.keys().filter(|name| *name != HEAD) {
                let mut text = self.text(name);
                self.form(name, &mut text);
            }
            return None;
        };
        let mut steps: Vec<(usize, Step)> = Vec::new();
        for (part, name) in head.files.iter().enumerate() {
            steps.extend(self.listed::<Step>(name, &format!("files[{part}]")).map(|step| (part, step)));
        }
        let listed: Option<Vec<Table>> = head.tables.as_ref().and_then(|name| self.listed(name, "tables"));
        self.unread.tables = listed.is_none() && head.tables.is_some();
        let tables = listed.unwrap_or_default();
        let glossary: Vec<Term> =
            head.glossary.as_ref().and_then(|name| self.listed(name, "glossary")).unwrap_or_default();
        self.unread.profile = steps.first().is_none_or(|(part, _)| *part != 0);
        self.unread.steps = steps.len() < head.files.len();
        if self.unread.profile {
            // The steps are checked all the same, but for what they take from the profile.
            steps.insert(0, (0, format::options().from_str("()").ok()?));
        }
        let parts: Vec<usize> = steps.iter().map(|(part, _)| *part).collect();
        let mut steps = steps.into_iter().map(|(_, step)| step);
        let profile = steps.next()?;
        for name in &head.files {
            self.answers_missing(name);
        }
        let questionnaire =
            Questionnaire::new(head, profile, steps.collect(), tables, glossary, self.sources.digest());
        for problem in check(&questionnaire, &self.unread) {
            let name = match problem.place.part {
                Part::Head => Some(HEAD),
                Part::Step(step) => {
                    parts.get(step).and_then(|part| questionnaire.head.files.get(*part)).map(String::as_str)
                }
                Part::Tables => questionnaire.head.tables.as_deref(),
                Part::Glossary => questionnaire.head.glossary.as_deref(),
            };
            self.problem(name.unwrap_or(HEAD), &problem.place.path, problem.message);
        }
        Some(questionnaire)
    }

    /// A problem of a questionnaire's content, at its place in a file.
    fn problem(&mut self, name: &str, path: &str, message: Text) {
        let Some(read) = self.files.get(name) else { return self.fault(name, 0, message) };
        let reach = read.outline.find(path);
        let byte = read.text.origin(reach.node.range.start);
        let behind = read.text.origin(reach.node.range.end);
        let Some(field) = reach.missing else { return self.fault(name, byte, message) };
        // What was left out because something is wrong with it is not missing as well.
        let is_lost = |(at, lost): &(usize, String)| lost == field && (byte..behind).contains(at);
        if read.lost.iter().any(is_lost) {
            return;
        }
        // A text that lacks one language says which.
        let says_it = matches!(field, "fr" | "en");
        self.fault(name, byte, if says_it { message } else { missing_field(field) });
    }

    /// A file that the head names.
    fn listed<T: DeserializeOwned>(&mut self, name: &str, path: &str) -> Option<T> {
        let Some((name, _)) = self.sources.files.get_key_value(name) else {
            let text = if plain_name(name) {
                Text::new(format!("fichier « {name} » introuvable"), format!("file {name:?} not found"))
            } else {
                Text::new(
                    format!("« {name} » : un simple nom de fichier, dans le même dossier"),
                    format!("{name:?}: a plain file name in the same folder is needed"),
                )
            };
            self.problem(HEAD, path, text);
            return None;
        };
        self.file(name)
    }

    /// A file's text, with its byte order mark reported and gone.
    fn text(&mut self, name: &str) -> Mapped {
        const MARK: char = '\u{feff}';
        let original = self.sources.files.get(name).map_or("", String::as_str);
        let mut text = Mapped::new(original);
        if original.starts_with(MARK) {
            self.fault(
                name,
                0,
                Text::new(
                    "marque d’ordre des octets (BOM) : enregistrer en UTF-8 sans BOM",
                    "byte order mark (BOM): save as UTF-8 without a BOM",
                ),
            );
            text.replace(0..MARK.len_utf8(), "");
        }
        text
    }

    /// Mends the form of a file, as far as it goes, and reports what is wrong with it.
    fn form(&mut self, name: &str, text: &mut Mapped) -> Mended {
        let found = mend(text);
        let mut mended = Mended { lost: found.lost, lines: BTreeSet::new() };
        for (byte, message) in found.found {
            // One mistake of form a line: what follows on the same line follows from it.
            if mended.lines.insert(self.line(name, byte)) {
                self.fault(name, byte, message);
            }
        }
        mended
    }

    /// Reads a file; after each error, what caused it is mended or left out, so that the next one can be found.
    fn file<T: DeserializeOwned>(&mut self, name: &'a str) -> Option<T> {
        let mut text = self.text(name);
        let mut mended = Mended::default();
        let mut value = format::options().from_str::<T>(text.text());
        if value.is_err() {
            mended = self.form(name, &mut text);
            value = format::options().from_str::<T>(text.text());
        }
        for _ in 0..MOST_PROBLEMS {
            let Err(error) = &value else { break };
            if !self.step_over(name, &mut text, error, &mut mended) {
                break;
            }
            value = format::options().from_str::<T>(text.text());
        }
        let outline = outline(text.text());
        let mut keys = Vec::new();
        outline.duplicate_keys(&mut keys);
        for (key, byte) in keys {
            let message = Text::new(format!("clé « {key} » en double"), format!("duplicate key {key:?}"));
            self.fault(name, text.origin(byte), message);
        }
        self.files.insert(name, Read { text, outline, lost: mended.lost });
        value.ok()
    }

    /// Reports an error, then fills in what is missing or leaves out what is wrong; whether that was possible.
    fn step_over(
        &mut self,
        name: &str,
        text: &mut Mapped,
        error: &SpannedError,
        mended: &mut Mended,
    ) -> bool {
        let node = outline(text.text());
        let end = byte_at(text.text(), error.span.end.line, error.span.end.col);
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
            (None, _) => byte_at(text.text(), error.span.start.line, error.span.start.col),
        };
        let shown = text.origin(skip_blank(text.text(), shown));
        let follows = match missing {
            Some(field) => {
                let inside = shown..text.origin(around.range.end);
                mended.lost.iter().any(|(at, name)| name == field && inside.contains(at))
            }
            None => mended.lines.contains(&self.line(name, shown)),
        };
        if !follows {
            self.fault(name, shown, message(&error.code));
        }
        if let Some(filler) = missing.and_then(filler) {
            let open = text.text().get(around.range.clone()).and_then(|value| value.find('('));
            let at = around.range.start + open.map_or(0, |open| open + 1);
            text.replace(at..at, filler);
            return true;
        }
        let Some(child) = place else { return false };
        self.remember(text.text(), &node, child);
        let at = text.origin(child.range.start);
        mended.lost.extend(child.name.clone().map(|name| (at, name)));
        mended.lost.extend(meant(&node, child, &error.code).map(|name| (at, name.to_owned())));
        let range = with_comma(text.text(), child);
        text.blank(range);
        true
    }

    fn line(&self, name: &str, byte: usize) -> usize {
        let text = self.sources.files.get(name).map_or("", String::as_str);
        text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
    }

    /// Ids in something that is about to be left out, and of what it belongs to: nothing that refers to them is
    /// wrong for that.
    fn remember(&mut self, text: &str, node: &Node, child: &Child) {
        let mut pieces = text.get(child.range.clone()).unwrap_or("").split('"');
        pieces.next();
        // Every second piece stands between quotes.
        self.unread.ids.extend(pieces.step_by(2).map(str::to_owned));
        for around in node.around(child.range.start) {
            let id = around.value.children.iter().find(|field| field.name.as_deref() == Some("id"));
            let id = id.and_then(|id| text.get(id.value.range.clone()));
            self.unread.ids.extend(id.map(|id| id.trim_matches('"').to_owned()));
        }
    }

    /// Questions without any answer kind, which serde takes for free text.
    fn answers_missing(&mut self, name: &str) {
        let Some(read) = self.files.get(name) else { return };
        let questions = read.outline.children.iter().find(|child| child.name.as_deref() == Some("questions"));
        let count = questions.map_or(0, |questions| questions.value.children.len());
        for index in 0..count {
            let path = format!("questions[{index}].answer");
            let missing = self.files.get(name).is_some_and(|read| read.outline.find(&path).missing.is_some());
            if missing {
                self.problem(name, &path, missing_field("answer"));
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

/// What stands in for a field that must be there and is not, so that the rest can be read.
fn filler(field: &str) -> Option<&'static str> {
    match field {
        "effort" => Some("effort: Small, "),
        "kind" => Some("kind: Text, "),
        "degree" => Some("degree: Filled([]), "),
        "format" => Some("format: 1, "),
        "legal_baseline" => Some("legal_baseline: \"2000-01-01\", "),
        _ => None,
    }
}

fn missing_field(field: &str) -> Text {
    Text::new(format!("champ « {field} » manquant"), format!("missing field `{field}`"))
}

fn join(origin: &str, name: &str) -> String {
    if origin.is_empty() { name.to_owned() } else { format!("{}/{name}", origin.trim_end_matches('/')) }
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
    expected.iter().copied().filter(|name| !has(name)).min_by_key(|name| distance(found, name))
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

/// What RON's error means to an author.
fn message(code: &ron::Error) -> Text {
    let list = |names: &[&str]| names.join(", ");
    match code {
        ron::Error::NoSuchStructField { expected, found, .. } => {
            let (fr, en) = suggestion(found, expected.iter().copied());
            Text::new(
                format!("champ « {found} » inconnu{fr} (possibles : {})", list(expected)),
                format!("unknown field `{found}`{en} (possible: {})", list(expected)),
            )
        }
        ron::Error::MissingStructField { field, .. } => missing_field(field),
        ron::Error::DuplicateStructField { field, .. } => {
            Text::new(format!("champ « {field} » en double"), format!("duplicate field `{field}`"))
        }
        ron::Error::NoSuchEnumVariant { expected, found, .. } => {
            let (fr, en) = suggestion(found, expected.iter().copied());
            Text::new(
                format!("« {found} » inconnu{fr} (possibles : {})", list(expected)),
                format!("unknown `{found}`{en} (possible: {})", list(expected)),
            )
        }
        ron::Error::IntegerOutOfBounds => Text::new("nombre hors des limites", "number out of bounds"),
        ron::Error::ExpectedInteger | ron::Error::InvalidIntegerDigit { .. } => {
            Text::new("un nombre entier est attendu ici", "a whole number is expected here")
        }
        ron::Error::ExpectedFloat | ron::Error::FloatUnderscore => {
            Text::new("un nombre est attendu ici", "a number is expected here")
        }
        ron::Error::ExpectedBoolean => {
            Text::new("true ou false est attendu ici", "true or false is expected here")
        }
        ron::Error::ExpectedString | ron::Error::ExpectedStringEnd => Text::new(
            "un texte entre guillemets droits est attendu ici, fermé par \"",
            "a text in straight quotes is expected here, closed by \"",
        ),
        ron::Error::ExpectedArray => {
            Text::new("une liste entre [ ] est attendue ici", "a list in [ ] is expected here")
        }
        ron::Error::ExpectedMap => {
            Text::new("un dictionnaire entre { } est attendu ici", "a map in { } is expected here")
        }
        ron::Error::ExpectedNamedStructLike("Text") => Text::new(
            "les deux langues sont attendues ici : (fr: \"…\", en: \"…\")",
            "both languages are expected here: (fr: \"…\", en: \"…\")",
        ),
        ron::Error::ExpectedNamedStructLike(_) | ron::Error::ExpectedStructLike => Text::new(
            "des champs entre parenthèses sont attendus ici : (nom: valeur, …)",
            "fields in parentheses are expected here: (name: value, …)",
        ),
        ron::Error::ExpectedIdentifier
        | ron::Error::InvalidIdentifier(_)
        | ron::Error::SuggestRawIdentifier(_) => {
            Text::new("un mot sans guillemets est attendu ici", "a word without quotes is expected here")
        }
        ron::Error::ExceededRecursionLimit => {
            Text::new("trop d’imbrications à partir d’ici", "nested too deeply from here on")
        }
        ron::Error::Eof => Text::new("le fichier s’arrête trop tôt", "the file ends too early"),
        other => Text::new(format!("RON : {other}"), format!("RON: {other}")),
    }
}
