//! Was a visit changed since it was sealed? The digest chain over a client's visits.
//!
//! A seal covers the visit's content (not how its file is laid out), the digest of its questionnaire, those of the
//! evidence files that it names, and the seal before it. It shows changes by accident, and by whoever did not seal
//! everything again. It is no signature and no trusted time: who can write the files can also make new seals, for the
//! whole chain; and that the last visits of a chain were taken away shows only to somebody who noted the last digest.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use jiff::civil::Date;
use serde_json::Value as Json;
use sha2::Digest;
use sha2::Sha256;

use super::assessment::Assessment;
use super::assessment::Seal;
use super::id::QuestionId;
use super::id::TableId;
use super::questionnaire::Questionnaire;
use super::scope::Scope;
use super::text::Text;

/// What a seal's digest begins with; another way of making it would begin otherwise.
const METHOD: &str = "privaudit seal 1";
/// How many hexadecimal digits of a part's digest are kept: enough to tell a change.
const PART_DIGITS: usize = 16;

/// What does not agree with a seal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Something in the visit was changed, added or removed.
    Content(Place),
    EvidenceMissing(String),
    EvidenceChanged(String),
    /// The seal itself was changed: its date, its list of evidence or its digest.
    Seal,
    /// The visit sealed before it is not the one that was there: removed, changed and sealed again, or put between.
    Previous {
        expected: String,
        found: String,
    },
}

/// A place in a visit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Answer(QuestionId),
    Table(TableId),
    Action(QuestionId),
    /// A field of the visit itself: `client`, `date` …
    Field(String),
}

/// The seal for a visit as it is now. `evidence` is the digest of each file by its name; `previous` is the seal of
/// the visit sealed before it.
pub fn seal(
    assessment: &Assessment,
    on: Date,
    evidence: BTreeMap<String, String>,
    previous: Option<&Seal>,
) -> Seal {
    let content = content(assessment);
    let mut seal = Seal {
        on,
        previous: previous.map_or(String::new(), |previous| previous.digest.clone()),
        digest: String::new(),
        evidence,
        parts: content.iter().map(|(path, part)| (path.clone(), part_digest(part))).collect(),
    };
    seal.digest = digest(&content, &seal);
    seal
}

/// What does not agree with the visit's seal; nothing for one that is not sealed. `evidence` is the digest of each
/// file that is there now, `previous` the seal of the sealed visit before it.
pub fn differences(
    assessment: &Assessment,
    evidence: &BTreeMap<String, String>,
    previous: Option<&Seal>,
) -> Vec<Difference> {
    let Some(seal) = &assessment.seal else { return Vec::new() };
    let content = content(assessment);
    let mut differences = Vec::new();
    let paths: BTreeSet<&String> = content.keys().chain(seal.parts.keys()).collect();
    for path in paths {
        let now = content.get(path).map(|part| part_digest(part));
        if now.as_ref() != seal.parts.get(path) {
            differences.push(Difference::Content(Place::of(path)));
        }
    }
    if differences.is_empty() && digest(&content, seal) != seal.digest {
        differences.push(Difference::Seal);
    }
    for (name, sealed) in &seal.evidence {
        match evidence.get(name) {
            None => differences.push(Difference::EvidenceMissing(name.clone())),
            Some(now) if now != sealed => differences.push(Difference::EvidenceChanged(name.clone())),
            Some(_) => {}
        }
    }
    let found = previous.map_or("", |previous| &previous.digest);
    if seal.previous != found {
        differences.push(Difference::Previous { expected: seal.previous.clone(), found: found.to_owned() });
    }
    differences
}

/// What may be said of a visit's seal wherever the visit is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Integrity {
    Unsealed,
    /// The visit says what it said then. Its evidence and the seals before it were not looked at.
    Holds(Date),
    /// The visit was changed behind its seal.
    Broken(Date),
}

impl Integrity {
    pub fn of(assessment: &Assessment) -> Integrity {
        let Some(seal) = &assessment.seal else { return Integrity::Unsealed };
        if digest(&content(assessment), seal) == seal.digest {
            Integrity::Holds(seal.on)
        } else {
            Integrity::Broken(seal.on)
        }
    }
}

/// The answers that count although they were only taken over from an earlier visit: never to be sealed silently.
pub fn unconfirmed(questionnaire: &Questionnaire, assessment: &Assessment) -> Vec<QuestionId> {
    let scope = Scope::new(questionnaire, assessment);
    questionnaire
        .questions()
        .filter(|question| scope.asks(question))
        .filter(|question| assessment.answer(&question.id).is_some_and(|answer| answer.carried.is_some()))
        .map(|question| question.id.clone())
        .collect()
}

impl Difference {
    /// `the answer to choice.trackers.prior differs`
    pub fn said(&self) -> Text {
        match self {
            Difference::Content(place) => place.differs(),
            Difference::EvidenceMissing(name) => Text::new(
                format!("le fichier de preuve {name} manque"),
                format!("the evidence file {name} is missing"),
            ),
            Difference::EvidenceChanged(name) => Text::new(
                format!("le fichier de preuve {name} a changé"),
                format!("the evidence file {name} was changed"),
            ),
            Difference::Seal => Text::new("le sceau lui-même a changé", "the seal itself was changed"),
            Difference::Previous { .. } => Text::new(
                "la visite scellée d’avant n’est pas celle d’alors (ôtée, ajoutée, ou changée et scellée de nouveau)",
                "the visit sealed before it is not the one that was there (taken away, put in, or changed and sealed \
                 anew)",
            ),
        }
    }
}

impl Place {
    fn differs(&self) -> Text {
        let name = self.name();
        match self {
            Place::Answer(_) => {
                Text::new(format!("la réponse à {name} diffère"), format!("the answer to {name} differs"))
            }
            Place::Table(_) => {
                Text::new(format!("le tableau {name} diffère"), format!("the table {name} differs"))
            }
            Place::Action(_) => {
                Text::new(format!("l’action pour {name} diffère"), format!("the action for {name} differs"))
            }
            Place::Field(_) => {
                Text::new(format!("le champ {name} diffère"), format!("the field {name} differs"))
            }
        }
    }

    /// The id of what is there, or the field's name.
    pub fn name(&self) -> &str {
        match self {
            Place::Answer(id) | Place::Action(id) => id.as_str(),
            Place::Table(id) => id.as_str(),
            Place::Field(name) => name,
        }
    }

    /// Reads what [`content`] calls a part.
    fn of(path: &str) -> Place {
        match path.split_once('/') {
            Some(("answers", id)) => Place::Answer(id.into()),
            Some(("tables", id)) => Place::Table(id.into()),
            Some(("actions", id)) => Place::Action(id.into()),
            _ => Place::Field(path.to_owned()),
        }
    }
}

/// The parts of a visit, without its seal: each answer, table and action, and each other field, in a form that does
/// not depend on how the file is laid out or in which order fields are declared.
fn content(assessment: &Assessment) -> BTreeMap<String, String> {
    // Plain data: ids are the only keys, so that nothing here can fail to be written.
    let Ok(Json::Object(fields)) = serde_json::to_value(assessment) else { return BTreeMap::new() };
    let mut parts = BTreeMap::new();
    for (name, field) in fields.into_iter().filter(|(name, _)| name != "seal") {
        match (name.as_str(), field) {
            ("answers" | "tables" | "actions", Json::Object(entries)) => {
                let entries = entries.iter().map(|(id, entry)| (format!("{name}/{id}"), canonical(entry)));
                parts.extend(entries);
            }
            (_, field) => {
                parts.insert(name, canonical(&field));
            }
        }
    }
    parts
}

/// JSON without white space, the names of objects sorted.
fn canonical(value: &Json) -> String {
    match value {
        Json::Object(fields) => {
            let sorted: BTreeMap<&String, &Json> = fields.iter().collect();
            let fields = sorted
                .into_iter()
                .map(|(name, field)| format!("{}:{}", Json::String(name.clone()), canonical(field)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        Json::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => value.to_string(),
    }
}

/// Over everything that a seal covers. The questionnaire's digest is part of the content.
fn digest(content: &BTreeMap<String, String>, seal: &Seal) -> String {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        // With its length, so that no two lists of parts run into the same bytes.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    };
    [METHOD, &seal.on.to_string(), &seal.previous].into_iter().for_each(&mut add);
    for parts in [content, &seal.evidence] {
        add(&parts.len().to_string());
        for (name, part) in parts {
            add(name);
            add(part);
        }
    }
    hex(&hash.finalize())
}

fn part_digest(part: &str) -> String {
    let mut digest = hex(&Sha256::digest(part.as_bytes()));
    digest.truncate(PART_DIGITS);
    digest
}

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}
