//! How does a folder of RON files become a questionnaire? And if it does not: every problem, at its line.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::digest;
pub use super::digest::hex;
use super::fault::Fault;
use super::format;
use super::outline::Node;
use super::wording::missing_field;
use crate::domain::advice;
use crate::domain::check::Part;
use crate::domain::check::Unread;
use crate::domain::check::check;
use crate::domain::questionnaire::Head;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::questionnaire::Step;
use crate::domain::questionnaire::Table;
use crate::domain::questionnaire::Term;
use crate::domain::rulebook::Rulebook;
use crate::domain::text::Text;

mod file;

use file::Shape;

/// The file at the head of a questionnaire's folder.
pub const HEAD: &str = "questionnaire.ron";
/// No file of a questionnaire needs to be larger, in bytes.
pub const LARGEST: u64 = 8 << 20;

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

impl Sources {
    /// SHA-256 over the names and contents of the files, in hexadecimal; line ends do not count.
    pub fn digest(&self) -> String {
        digest::of(self.files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
    }

    /// One file by itself, or all that is wrong with it.
    pub fn read<T: DeserializeOwned>(&self, name: &str) -> Result<T, Vec<Fault>> {
        let mut reading = Reading::of(self);
        let value = self.files.get_key_value(name).and_then(|(name, _)| reading.file(name));
        value.filter(|_| reading.faults.is_empty()).ok_or(reading.faults)
    }

    /// A problem at a byte of a file.
    pub fn fault(&self, name: &str, byte: usize, message: Text) -> Fault {
        let text = self.files.get(name).map_or("", String::as_str);
        let before = text.get(..byte).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let excerpt = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        // Between the two letters of a line end there is no column: that is the end of the line.
        let in_front = before.get(line_start..).map_or(0, |line| line.chars().count());
        Fault {
            file: join(&self.origin, name),
            line: before.matches('\n').count() + 1,
            column: in_front.min(excerpt.chars().count()) + 1,
            message,
            excerpt: excerpt.to_owned(),
        }
    }

    /// The questionnaire, or all that is wrong with it.
    pub fn load(&self) -> Result<Questionnaire, Vec<Fault>> {
        let mut reading = Reading::of(self);
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

    /// The questionnaire of texts that were without a fault when they were kept: what it takes to say where something
    /// is wrong is not made. None where something is.
    pub fn reload(&self, digest: String) -> Option<Questionnaire> {
        let head: Head = self.parse(HEAD)?;
        let parts: Option<Vec<Step>> = head.files.iter().map(|name| self.parse(name)).collect();
        let mut parts = parts?.into_iter();
        let (profile, steps) = (parts.next()?, parts.collect());
        let tables = head.tables.as_ref().map_or(Some(Vec::new()), |name| self.parse(name))?;
        let glossary = head.glossary.as_ref().map_or(Some(Vec::new()), |name| self.parse(name))?;
        let rulebook = head.evidence.as_ref().map_or(Some(Rulebook::default()), |name| self.parse(name))?;
        let questionnaire =
            Questionnaire::new(head, profile, steps, tables, glossary, digest).with_rulebook(rulebook);
        check(&questionnaire, &Unread::default()).is_empty().then_some(questionnaire)
    }

    fn parse<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        format::options().from_str(self.files.get(name)?).ok()
    }

    /// What would make the questionnaire better, wrong or not; nothing as long as a part of it cannot be read.
    pub fn advise(&self) -> Vec<Fault> {
        let mut reading = Reading::of(self);
        let Some(questionnaire) = reading.questionnaire() else { return Vec::new() };
        if reading.mended || reading.unread != Unread::default() {
            return Vec::new();
        }
        reading.faults.clear();
        for advice in advice::advise(&questionnaire) {
            let name = file_of(&questionnaire.head, advice.place.part);
            let Text { fr, en } = advice.message;
            let message = Text::new(format!("conseil\u{202f}: {fr}"), format!("advice: {en}"));
            reading.problem(name, &advice.place.path, message);
        }
        let mut faults = reading.faults;
        faults.sort();
        faults.dedup();
        faults
    }
}

/// The file of a questionnaire in which a part of it stands.
fn file_of(head: &Head, part: Part) -> &str {
    let name = match part {
        Part::Head => None,
        Part::Step(step) => head.files.get(step),
        Part::Tables => head.tables.as_ref(),
        Part::Glossary => head.glossary.as_ref(),
        Part::Evidence => head.evidence.as_ref(),
    };
    name.map_or(HEAD, String::as_str)
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
    shapes: BTreeMap<&'a str, Shape>,
    unread: Unread,
    /// Whether a file had to be mended to be read: something of it may be lost.
    mended: bool,
}

impl<'a> Reading<'a> {
    fn of(sources: &'a Sources) -> Reading<'a> {
        Reading {
            sources,
            faults: Vec::new(),
            shapes: BTreeMap::new(),
            unread: Unread::default(),
            mended: false,
        }
    }

    fn questionnaire(&mut self) -> Option<Questionnaire> {
        let Some(head) = self.file::<Head>(HEAD) else {
            // Which file is what, the head would have told; their form can be looked at all the same.
            let sources = self.sources;
            for (name, text) in sources.files.iter().filter(|(name, _)| *name != HEAD) {
                for (byte, message) in file::form(text) {
                    self.fault(name, byte, message);
                }
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
        let rulebook: Rulebook =
            head.evidence.as_ref().and_then(|name| self.listed(name, "evidence")).unwrap_or_default();
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
            Questionnaire::new(head, profile, steps.collect(), tables, glossary, self.sources.digest())
                .with_rulebook(rulebook);
        for problem in check(&questionnaire, &self.unread) {
            // Files that could not be read are in the head's list, but no part of the questionnaire.
            let part = match problem.place.part {
                Part::Step(step) => parts.get(step).map_or(Part::Head, |part| Part::Step(*part)),
                other => other,
            };
            self.problem(file_of(&questionnaire.head, part), &problem.place.path, problem.message);
        }
        Some(questionnaire)
    }

    /// A problem of a questionnaire's content, at its place in a file.
    fn problem(&mut self, name: &str, path: &str, message: Text) {
        let Some(shape) = self.shapes.get(name) else { return self.fault(name, 0, message) };
        let reach = shape.outline.find(path);
        let byte = shape.text.origin(reach.node.range.start);
        let behind = shape.text.origin(reach.node.range.end);
        let Some(field) = reach.missing else { return self.fault(name, byte, message) };
        // What was left out because something is wrong with it is not missing as well.
        let is_lost = |(at, lost): &(usize, String)| lost == field && (byte..behind).contains(at);
        if shape.lost.iter().any(is_lost) {
            return;
        }
        // A text that lacks one language, or an answer without its degree, says more.
        let says_it = matches!(field, "fr" | "en" | "degree");
        self.fault(name, byte, if says_it { message } else { missing_field(field) });
    }

    /// A file that the head names.
    fn listed<T: DeserializeOwned>(&mut self, name: &str, path: &str) -> Option<T> {
        let Some((name, _)) = self.sources.files.get_key_value(name) else {
            let text = if plain_name(name) {
                Text::new(format!("fichier « {name} » introuvable"), format!("file {name:?} not found"))
            } else {
                Text::new(
                    format!("« {name} » : un simple nom de fichier, dans le même dossier"),
                    format!("{name:?}: a plain file name in the same folder is needed"),
                )
            };
            self.problem(HEAD, path, text);
            return None;
        };
        self.file(name)
    }

    /// Reads a file, and everything that is wrong with it by itself.
    fn file<T: DeserializeOwned>(&mut self, name: &'a str) -> Option<T> {
        let read = file::read::<T>(self.sources.files.get(name)?);
        for (byte, message) in read.faults {
            self.mended = true;
            self.fault(name, byte, message);
        }
        self.unread.ids.extend(read.ids);
        self.shapes.insert(name, read.shape);
        read.value
    }

    /// Questions without any answer kind, which serde takes for free text.
    fn answers_missing(&mut self, name: &str) {
        let Some(shape) = self.shapes.get(name) else { return };
        let field =
            |of: &Node, name: &str| of.children.iter().position(|child| child.name.as_deref() == Some(name));
        let questions = field(&shape.outline, "questions").and_then(|at| shape.outline.children.get(at));
        let mut missing = Vec::new();
        for (index, question) in questions.iter().flat_map(|list| &list.value.children).enumerate() {
            if field(&question.value, "answer").is_none() {
                missing.push(format!("questions[{index}].answer"));
                let id = field(&question.value, "id").and_then(|at| question.value.children.get(at));
                let id = id.and_then(|id| shape.text.text().get(id.value.range.clone()));
                // Which answers it has, nobody knows.
                self.unread.ids.extend(id.map(|id| id.trim_matches('"').to_owned()));
            }
        }
        for path in missing {
            self.problem(name, &path, missing_field("answer"));
        }
    }

    fn fault(&mut self, name: &str, byte: usize, message: Text) {
        self.faults.push(self.sources.fault(name, byte, message));
    }
}

fn join(origin: &str, name: &str) -> String {
    if origin.is_empty() { name.to_owned() } else { format!("{}/{name}", origin.trim_end_matches('/')) }
}
