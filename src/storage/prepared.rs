//! What did build.rs prepare? The embedded questionnaire: its texts, their digest, and the value they stand for.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::error::Error;
use super::source::Sources;
use crate::domain::questionnaire::Head;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::questionnaire::Step;
use crate::domain::questionnaire::Table;
use crate::domain::questionnaire::Term;
use crate::domain::resident;
use crate::domain::rulebook::Rulebook;

include!(concat!(env!("OUT_DIR"), "/seven-steps.rs"));

static VALUE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/seven-steps.postcard"));

/// The words that it is made of.
static WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/seven-steps.txt"));

/// What build.rs wrote: the parts are the profile and the steps.
type Prepared = (Head, Vec<Step>, Vec<Table>, Vec<Term>, Rulebook);

/// The texts, for whoever exports or pins them.
pub fn sources(origin: &str) -> &'static Sources {
    static SOURCES: OnceLock<Sources> = OnceLock::new();
    SOURCES.get_or_init(|| {
        let files: BTreeMap<String, String> =
            FILES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Sources { origin: origin.to_owned(), files }
    })
}

/// The value, without parsing. The texts are what counts: should the prepared form not be readable, they are read.
pub fn questionnaire(origin: &str) -> Result<Questionnaire, Error> {
    let prepared = resident::within(WORDS, || postcard::from_bytes::<Prepared>(VALUE));
    if let Ok((head, parts, tables, glossary, rulebook)) = prepared {
        let mut parts = parts.into_iter();
        if let Some(profile) = parts.next() {
            let digest = DIGEST.to_owned();
            return Ok(Questionnaire::new(head, profile, parts.collect(), tables, glossary, digest)
                .with_rulebook(rulebook));
        }
    }
    sources(origin).load().map_err(|faults| Error::faulty(origin, &faults))
}
