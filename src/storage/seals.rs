//! How is a visit sealed, and does a client's chain of seals still hold?

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;

use super::assessments;
use super::assessments::Visit;
use super::assessments::Writer;
use super::clients::ClientFolder;
use super::clients::Store;
use super::clients::VisitKey;
use super::error::Error;
use super::evidence::Digests;
use super::evidence::EVIDENCE;
use super::files;
use super::lock::Lock;
use super::source;
use crate::domain::assessment::Assessment;
use crate::domain::assessment::Seal;
use crate::domain::contradiction;
use crate::domain::id::QuestionId;
use crate::domain::seal;
use crate::domain::seal::Difference;
use crate::domain::text::Language;
use crate::domain::text::Text;

/// What to do with answers that were taken over from an earlier visit and never confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unconfirmed {
    Refuse,
    /// Somebody saw the list and seals all the same.
    Accept,
}

/// A visit that was sealed just now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub seal: Seal,
    /// The answers that were sealed although nobody confirmed them.
    pub unconfirmed: Vec<QuestionId>,
    /// The answers that captures disprove, and nobody explained.
    pub contradicted: Vec<QuestionId>,
    /// The attached files whose copy was missing or changed.
    pub unsound: Vec<String>,
}

/// What came of checking a client's seals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// The visits whose seals hold, up to the first that does not.
    pub intact: Vec<VisitKey>,
    /// Visits without a seal: nothing can be said of them.
    pub unsealed: Vec<VisitKey>,
    /// The first visit that is not as it was sealed; what comes after it was not looked at.
    pub broken: Option<Broken>,
}

/// A visit that is not as it was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    pub visit: VisitKey,
    pub what: Vec<Flaw>,
}

/// What is wrong with a sealed visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    Differs(Difference),
    /// The visit's file, its questionnaire or its evidence cannot be read as they were.
    Unreadable(Error),
}

/// A visit on its way to be sealed: its evidence is still being read. Given up, nothing has happened.
#[derive(Debug)]
pub struct Sealing {
    pub reference: String,
    /// Of the evidence that it names.
    pub digests: Digests,
    read: Visit,
    on: Date,
    open: Vec<QuestionId>,
    contradicted: Vec<QuestionId>,
    previous: Option<Seal>,
    writer: Writer,
    _lock: Lock,
}

impl Sealing {
    /// Reads what is left of the evidence, and seals.
    pub fn end(mut self) -> Result<Sealed, Error> {
        let evidence = self.digests.all()?;
        let attached = self.read.assessment.attachments.values().flatten();
        let unsound = attached
            .filter(|attachment| evidence.get(&attachment.digest) != Some(&attachment.digest))
            .map(|attachment| attachment.name.clone())
            .collect();
        // Where locks do not work, somebody may have changed it: what nobody saw is not sealed.
        if assessments::read(&self.read.path)? != self.read.assessment {
            let reference = &self.reference;
            return Err(Error::refused(
                format!("{reference} a changé entre-temps\u{202f}: rien n’est scellé"),
                format!("{reference} changed meanwhile: nothing is sealed"),
            ));
        }
        let seal = seal::seal(&self.read.assessment, self.on, evidence, self.previous.as_ref());
        let assessment = Assessment { seal: Some(seal.clone()), ..self.read.assessment };
        self.writer.write(&assessment)?;
        Ok(Sealed { seal, unconfirmed: self.open, contradicted: self.contradicted, unsound })
    }
}

impl Checked {
    /// `2 seals are intact, 1 not sealed`
    pub fn counted(&self) -> Text {
        let intact = match self.intact.len() {
            0 => Text::new("aucun sceau", "no seal"),
            count => Text::counted(
                count,
                ("sceau intact", "sceaux intacts"),
                ("seal is intact", "seals are intact"),
            ),
        };
        let open = Text::counted(
            self.unsealed.len(),
            ("visite non scellée", "visites non scellées"),
            ("not sealed", "not sealed"),
        );
        Text::new(format!("{}, {}", intact.fr, open.fr), format!("{}, {}", intact.en, open.en))
    }
}

impl Broken {
    /// Everything that is wrong with it.
    pub fn said(&self) -> Text {
        let whats: Vec<Text> = self.what.iter().map(Flaw::said).collect();
        let all =
            |language: Language| whats.iter().map(|what| what.get(language)).collect::<Vec<_>>().join("; ");
        Text::new(all(Language::Fr), all(Language::En))
    }
}

impl Flaw {
    fn said(&self) -> Text {
        match self {
            Flaw::Differs(difference) => difference.said(),
            Flaw::Unreadable(error) => error.message.clone(),
        }
    }
}

impl Store {
    /// Seals a visit: from then on it is only read. Visits are sealed in their order.
    pub fn seal(
        &self,
        client: &ClientFolder,
        visit: VisitKey,
        on: Date,
        unconfirmed: Unconfirmed,
    ) -> Result<Sealed, Error> {
        self.begin_to_seal(client, visit, on, unconfirmed)?.end()
    }

    /// Begins to seal a visit, which nobody changes until it is done or given up.
    pub fn begin_to_seal(
        &self,
        client: &ClientFolder,
        visit: VisitKey,
        on: Date,
        unconfirmed: Unconfirmed,
    ) -> Result<Sealing, Error> {
        let path = client.visit_path(visit);
        let lock = Lock::take(&path)?;
        let writer = Writer::new(&path)?;
        let read = self.visit(&path)?;
        let reference = client.reference(visit);
        if read.assessment.seal.is_some() {
            return Err(Error::refused(
                format!("{reference} est déjà scellée"),
                format!("{reference} is sealed already"),
            )
            .hint(
                "une visite scellée se corrige par une nouvelle visite : `privaudit new CLIENT`",
                "a sealed visit is corrected by a new one: `privaudit new CLIENT`",
            ));
        }
        let open = seal::unconfirmed(&read.questionnaire, &read.assessment);
        if unconfirmed == Unconfirmed::Refuse && !open.is_empty() {
            return Err(still_carried(&reference, &open));
        }
        let contradicted = contradiction::open(&read.questionnaire, &read.assessment);
        let previous = previous_seal(client, visit)?;
        let digests = Digests::of(present(client, named(&read.assessment)));
        Ok(Sealing { reference, read, on, open, contradicted, previous, digests, writer, _lock: lock })
    }

    /// Checks a client's seals, oldest first, and stops at the first visit that is not as it was sealed.
    pub fn check_seals(&self, client: &ClientFolder) -> Result<Checked, Error> {
        self.check_seals_by(client, &Store::sealed_evidence(client)?.all()?)
    }

    /// The evidence that a client's seals list, to be read for checking them.
    pub fn sealed_evidence(client: &ClientFolder) -> Result<Digests, Error> {
        // What the seal lists counts: older ones list all that was in the folder. What cannot be read has none.
        let seals = client
            .visits()?
            .into_iter()
            .filter_map(|visit| assessments::read(&client.visit_path(visit)).ok()?.seal);
        let names = seals.flat_map(|seal| seal.evidence.into_keys());
        Ok(Digests::of(present(client, names)))
    }

    /// The same as [`Store::check_seals`] by what [`Store::sealed_evidence`] came to.
    pub fn check_seals_by(
        &self,
        client: &ClientFolder,
        evidence: &BTreeMap<String, String>,
    ) -> Result<Checked, Error> {
        let mut checked = Checked::default();
        let mut previous: Option<Seal> = None;
        for visit in client.visits()? {
            let assessment = match assessments::read(&client.visit_path(visit)) {
                Ok(assessment) => assessment,
                Err(error) => {
                    checked.broken = Some(Broken { visit, what: vec![Flaw::Unreadable(error)] });
                    return Ok(checked);
                }
            };
            let Some(sealed) = assessment.seal.clone() else {
                checked.unsealed.push(visit);
                continue;
            };
            let mut what: Vec<Flaw> = seal::differences(&assessment, evidence, previous.as_ref())
                .into_iter()
                .map(Flaw::Differs)
                .collect();
            // Its digest is part of the visit's content; that the copy of it still has this digest is checked here.
            what.extend(self.library().pinned(&assessment.questionnaire).err().map(Flaw::Unreadable));
            if !what.is_empty() {
                checked.broken = Some(Broken { visit, what });
                return Ok(checked);
            }
            checked.intact.push(visit);
            previous = Some(sealed);
        }
        Ok(checked)
    }
}

/// The seal of the last sealed visit before this one. A later one that is sealed already would not know of it.
fn previous_seal(client: &ClientFolder, visit: VisitKey) -> Result<Option<Seal>, Error> {
    let mut previous = None;
    for other in client.visits()?.into_iter().filter(|other| *other != visit) {
        let Some(seal) = assessments::read(&client.visit_path(other))?.seal else { continue };
        if other > visit {
            let (later, this) = (client.reference(other), client.reference(visit));
            return Err(Error::refused(
                format!("{later} est déjà scellée, et vient après {this}"),
                format!("{later} is sealed already, and comes after {this}"),
            )
            .hint("sceller les visites dans leur ordre", "seal the visits in their order"));
        }
        previous = Some(seal);
    }
    Ok(previous)
}

/// All of them are named: somebody has to decide about each.
fn still_carried(reference: &str, open: &[QuestionId]) -> Error {
    let counted = Text::counted(
        open.len(),
        ("réponse reprise et jamais confirmée", "réponses reprises et jamais confirmées"),
        ("answer carried over and never confirmed", "answers carried over and never confirmed"),
    );
    let list = listed(open);
    Error::refused(
        format!("{reference}\u{a0}: {}\u{a0}:{list}", counted.fr),
        format!("{reference}: {}:{list}", counted.en),
    )
    .hint(
        "les confirmer dans l’entretien (Entrée), ou sceller quand même avec --with-carried",
        "confirm them in the interview (Enter), or seal all the same with --with-carried",
    )
}

/// Each question on a line of its own.
pub fn listed(questions: &[QuestionId]) -> String {
    questions.iter().flat_map(|id| ["\n  ", id.as_str()]).collect()
}

/// The evidence files that a visit names: what its captures showed, and what is attached to its questions. What another
/// visit's erasure takes away does not concern it.
fn named(assessment: &Assessment) -> Vec<String> {
    let captures = assessment.captures.iter().flat_map(|label| {
        let kept = label.kept.as_ref().map(|kept| format!("{kept}.har"));
        std::iter::once(format!("{}.ron", label.summary)).chain(kept)
    });
    let attached = assessment.attachments.values().flatten().map(|attachment| attachment.digest.clone());
    captures.chain(attached).collect()
}

/// Those of these files that are in a client's evidence. Names in a visit may be anything: none leads to another folder.
fn present(
    client: &ClientFolder,
    names: impl IntoIterator<Item = String>,
) -> impl Iterator<Item = (String, PathBuf)> {
    let folder = client.path.join(EVIDENCE);
    let files = names.into_iter().map(move |name| (folder.join(&name), name));
    files
        .filter(|(path, name)| source::plain_name(name) && files::is_file_itself(path))
        .map(|(path, name)| (name, path))
}
