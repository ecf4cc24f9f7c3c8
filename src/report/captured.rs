//! What do captures say about answers, for other programs? Observations, proposals and contradictions as JSON.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::domain::assessment::Assessment;
use crate::domain::contradiction;
use crate::domain::contradiction::Contradiction;
use crate::domain::id::QuestionId;
use crate::domain::observation::Observation;
use crate::domain::observation::Proof;
use crate::domain::observation::Resolution;
use crate::domain::questionnaire::Questionnaire;

/// The parts of the record that captures make.
#[derive(Debug, Serialize)]
pub struct Captured<'a> {
    /// What the rules saw, by question.
    observations: BTreeMap<&'a str, Vec<ObservationPart<'a>>>,
    /// The answers that wait for somebody to accept them.
    proposals: Vec<ProposalPart<'a>>,
    /// Answers that captures disprove, explained or not.
    contradictions: Vec<ContradictionPart<'a>>,
}

#[derive(Debug, Serialize)]
struct ObservationPart<'a> {
    rule: &'a str,
    on: Date,
    captures: &'a BTreeSet<String>,
    count: usize,
    proof: Vec<ProofPart<'a>>,
}

#[derive(Debug, Serialize)]
struct ProofPart<'a> {
    what: &'a str,
    of: &'a str,
    days: Option<u32>,
}

#[derive(Debug, Serialize)]
struct ProposalPart<'a> {
    question: &'a str,
    value: String,
    rule: &'a str,
    on: Date,
}

#[derive(Debug, Serialize)]
pub struct ContradictionPart<'a> {
    question: &'a str,
    value: String,
    rule: &'a str,
    open: bool,
    on: Date,
    captures: &'a BTreeSet<String>,
    proof: Vec<ProofPart<'a>>,
    resolution: Option<ResolutionPart<'a>>,
    /// What was written before another capture showed it again.
    earlier: Option<ResolutionPart<'a>>,
}

#[derive(Debug, Serialize)]
struct ResolutionPart<'a> {
    text: &'a str,
    by: &'a str,
    on: Date,
}

impl<'a> Captured<'a> {
    pub fn new(questionnaire: &'a Questionnaire, assessment: &'a Assessment) -> Captured<'a> {
        let proposal = |id: &'a QuestionId| {
            let found = contradiction::proposal(questionnaire, assessment, questionnaire.question(id)?)?;
            Some(ProposalPart {
                question: id.as_str(),
                value: found.value.word(),
                rule: found.seen.rule.id.as_str(),
                on: found.seen.observation.on,
            })
        };
        let observed = &assessment.observations;
        Captured {
            observations: observed
                .iter()
                .map(|(id, found)| (id.as_str(), found.iter().map(ObservationPart::of).collect()))
                .collect(),
            proposals: observed.keys().filter_map(proposal).collect(),
            contradictions: contradictions(questionnaire, assessment),
        }
    }
}

/// Every contradiction of a visit, explained or not.
pub fn contradictions<'a>(
    questionnaire: &'a Questionnaire,
    assessment: &'a Assessment,
) -> Vec<ContradictionPart<'a>> {
    assessment
        .observations
        .keys()
        .flat_map(|id| {
            let found = contradiction::contradictions(questionnaire, assessment, id);
            found.into_iter().map(|found| ContradictionPart::of(id, found, assessment))
        })
        .collect()
}

impl<'a> ObservationPart<'a> {
    fn of(observation: &'a Observation) -> ObservationPart<'a> {
        ObservationPart {
            rule: observation.rule.as_str(),
            on: observation.on,
            captures: &observation.captures,
            count: observation.count,
            proof: proof(observation),
        }
    }
}

impl<'a> ContradictionPart<'a> {
    fn of(id: &'a QuestionId, found: Contradiction<'a>, assessment: &Assessment) -> ContradictionPart<'a> {
        let observation = found.seen.observation;
        ContradictionPart {
            question: id.as_str(),
            value: assessment.value(id).map(crate::domain::answer::Value::word).unwrap_or_default(),
            rule: found.seen.rule.id.as_str(),
            open: found.resolution.is_none(),
            on: observation.on,
            captures: &observation.captures,
            proof: proof(observation),
            resolution: found.resolution.map(ResolutionPart::of),
            earlier: found.earlier.map(ResolutionPart::of),
        }
    }
}

fn proof(observation: &Observation) -> Vec<ProofPart<'_>> {
    observation.proof.iter().map(ProofPart::of).collect()
}

impl<'a> ResolutionPart<'a> {
    fn of(resolution: &'a Resolution) -> ResolutionPart<'a> {
        ResolutionPart { text: &resolution.text, by: &resolution.by, on: resolution.on }
    }
}

impl<'a> ProofPart<'a> {
    fn of(proof: &'a Proof) -> ProofPart<'a> {
        ProofPart { what: &proof.what, of: &proof.of, days: proof.days }
    }
}
