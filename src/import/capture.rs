//! Which program wrote this capture, and what did it see? Recognised by content, never by name.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::io::Read;

use jiff::civil::Date;
use serde::Deserialize;
use serde::Deserializer;
use serde::de::DeserializeSeed;
use serde::de::MapAccess;
use serde::de::Visitor;

use super::gathering::Gathering;
use super::har::Entry;
use super::har::Reader;
use super::inspection::Inspection;
use super::intake::Intake;
use super::intake::Place;
use super::lenient;
use super::lenient::Each;
use super::lenient::Name;
use super::lenient::Skipped;
use super::problem::Problem;
use super::scrubbed::Scrubbed;
use crate::domain::capture::Capture;
use crate::domain::capture::Source;
use crate::domain::text::Text;

/// A capture that was read.
#[derive(Debug)]
pub struct Reading {
    pub capture: Capture,
    /// When it was taken, where the file says so.
    pub on: Option<Date>,
    /// The capture itself without anything secret, where that was asked for and it is a HAR.
    pub scrubbed: Option<Scrubbed>,
}

/// Why there is no reading.
#[derive(Debug)]
pub enum Failure {
    /// The system refused to read on.
    Io(io::Error),
    Problem(Problem),
}

/// What is made of a HAR itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    Nothing,
    Scrubbed,
}

/// Reads a capture of any size. `declared` are domains that belong to the site, beside that of its first page.
pub fn read(file: impl Read, declared: &BTreeSet<String>, keep: Keep) -> Result<Reading, Failure> {
    let mut intake = Intake::new(file).map_err(Failure::Io)?;
    let place = intake.place();
    let gathering = RefCell::new(Gathering::default());
    let mut root = Root {
        gathering: &gathering,
        inspection: Inspection::default(),
        is_har: false,
        started: String::new(),
        scrubbed: (keep == Keep::Scrubbed).then(Scrubbed::default),
    };
    let mut parser = serde_json::Deserializer::from_reader(&mut intake);
    let parsed = parser.deserialize_any(&mut root).and_then(|()| parser.end());
    parsed.map_err(|error| failure(error, &place))?;
    let digest = intake.digest().map_err(Failure::Io)?;
    let Root { mut inspection, is_har, started, scrubbed, .. } = root;
    let mut gathering = gathering.into_inner();
    if is_har && gathering.is_empty() {
        return Err(Failure::Problem(nothing_asked()));
    }
    let mut own = declared.clone();
    let source = match (is_har, inspection.recognised) {
        (true, _) => Source::Har,
        (false, true) => {
            inspection.finish(&mut gathering);
            own.extend(inspection.declared.iter().cloned());
            Source::Inspection
        }
        (false, false) => return Err(Failure::Problem(not_recognised())),
    };
    let started = if is_har { &started } else { &inspection.started };
    // The day where it was taken, which the text begins with.
    let on = started.get(..10).and_then(|day| day.parse().ok());
    let scrubbed = scrubbed.filter(|_| is_har);
    Ok(Reading { capture: gathering.finish(source, digest, &own), on, scrubbed })
}

fn failure(error: serde_json::Error, place: &Place) -> Failure {
    let (line, byte) = place.now();
    let problem = |message, hint| Failure::Problem(Problem { line, byte, message, hint });
    if let Some(trouble) = place.trouble() {
        return problem(trouble.message(), None);
    }
    if error.is_io() {
        return Failure::Io(error.into());
    }
    if error.is_eof() {
        let message = Text::new(
            "la capture s’arrête là : le fichier est incomplet",
            "the capture ends here: the file is incomplete",
        );
        return problem(message, Some(export_again()));
    }
    let said = error.to_string();
    // What the parser says ends with a place of its own, which does not know of what was cut.
    let said = said.split(" at line ").next().unwrap_or_default();
    if let Some(name) = said.strip_prefix("duplicate field ") {
        let message = Text::new(
            format!("le champ {name} est écrit deux fois dans un même objet"),
            format!("the field {name} stands twice in one object"),
        );
        return problem(message, Some(export_again()));
    }
    if error.is_data() {
        // A list or a number where the outermost object should be.
        return Failure::Problem(not_recognised());
    }
    let message = Text::new(format!("pas du JSON : {said}"), format!("no JSON: {said}"));
    problem(message, Some(Text::new(CAPTURES.0, CAPTURES.1)))
}

const CAPTURES: (&str, &str) = (
    "une capture est un fichier HAR (outils de développement, réseau, exporter) ou l’inspection.json du Website Evidence Collector",
    "a capture is a HAR file (developer tools, network, export) or the Website Evidence Collector’s inspection.json",
);

fn export_again() -> Text {
    Text::new("l’exporter de nouveau depuis le navigateur", "export it from the browser again")
}

fn not_recognised() -> Problem {
    Problem {
        line: 1,
        byte: 1,
        message: Text::new(
            "du JSON, mais ni un HAR ni un inspection.json",
            "JSON, but neither a HAR nor an inspection.json",
        ),
        hint: Some(Text::new(CAPTURES.0, CAPTURES.1)),
    }
}

/// From such a file nothing follows: not even that the site asks nobody.
fn nothing_asked() -> Problem {
    Problem {
        line: 1,
        byte: 1,
        message: Text::new("aucune requête dans cette capture", "no request in this capture"),
        hint: Some(Text::new(
            "ouvrir l’onglet Réseau des outils de développement, charger la page, puis exporter",
            "open the Network tab of the developer tools, load the page, then export",
        )),
    }
}

/// The outermost object of a file of either kind.
struct Root<'a> {
    gathering: &'a RefCell<Gathering>,
    inspection: Inspection,
    is_har: bool,
    /// When the first entry began.
    started: String,
    scrubbed: Option<Scrubbed>,
}

impl<'de> Visitor<'de> for &mut Root<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a capture")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut file: A) -> Result<(), A::Error> {
        while let Some(Name(name)) = file.next_key()? {
            match name.as_str() {
                "log" => {
                    self.is_har = true;
                    file.next_value_seed(Log(self))?;
                }
                name => self.inspection.field(name, &mut file, self.gathering)?,
            }
        }
        Ok(())
    }
}

/// The only object of a HAR.
struct Log<'a, 'b>(&'a mut Root<'b>);

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Program {
    #[serde(deserialize_with = "lenient::short")]
    name: String,
    #[serde(deserialize_with = "lenient::short")]
    version: String,
}

#[derive(Debug, Deserialize)]
struct Named(#[serde(deserialize_with = "lenient::object")] Program);

impl Named {
    fn text(&self) -> String {
        format!("{} {}", self.0.name, self.0.version).trim().to_owned()
    }
}

#[derive(Debug, Deserialize)]
struct Any(#[serde(deserialize_with = "lenient::object")] Entry);

impl<'de> DeserializeSeed<'de> for Log<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Log<'_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("the log of a HAR")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut log: A) -> Result<(), A::Error> {
        let root = self.0;
        while let Some(Name(name)) = log.next_key()? {
            match name.as_str() {
                "creator" => {
                    let tool = log.next_value::<Named>()?.text();
                    root.gathering.borrow_mut().tool = tool;
                }
                "browser" => {
                    let browser = log.next_value::<Named>()?.text();
                    root.gathering.borrow_mut().browser = browser;
                }
                "entries" => {
                    let mut reader = Reader::new(root.gathering);
                    log.next_value_seed(Each::new(|Any(entry): Any| {
                        if root.started.is_empty() {
                            root.started.clone_from(&entry.started);
                        }
                        if let Some(scrubbed) = &mut root.scrubbed {
                            scrubbed.entry(&entry);
                        }
                        reader.entry(&entry);
                    }))?;
                }
                // Pages repeat what entries say, and are often behind them or missing.
                _ => drop(log.next_value::<Skipped>()?),
            }
        }
        Ok(())
    }
}
