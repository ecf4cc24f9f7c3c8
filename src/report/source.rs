//! From what is a document made? The visit that was read, compared with the one before.

use jiff::civil::Date;

use super::comparison::Compared;
use super::comparison::End;
use super::content::Subject;
use super::document::chart::TrendPoint;
use crate::domain::comparison::Comparison;
use crate::domain::comparison::compare;
use crate::domain::scoring;
use crate::storage::dossier::Dossier;

/// What changed since the visit before, where there was one.
pub fn comparison(dossier: &Dossier, today: Date) -> Option<Comparison> {
    let (_, before) = dossier.before.as_ref()?;
    let now = &dossier.visit;
    Some(compare(&before.questionnaire, &before.assessment, &now.questionnaire, &now.assessment, today))
}

/// Hands over what a document is about; it borrows from what was read.
pub fn with_subject<T>(
    dossier: &Dossier,
    comparison: Option<&Comparison>,
    today: Date,
    then: impl FnOnce(&Subject) -> T,
) -> T {
    let visit = &dossier.visit;
    let to = End {
        reference: &dossier.reference,
        questionnaire: &visit.questionnaire,
        assessment: &visit.assessment,
    };
    let compared = dossier.before.as_ref().zip(comparison).map(|((reference, before), comparison)| {
        let from = End { reference, questionnaire: &before.questionnaire, assessment: &before.assessment };
        Compared { from, to, comparison }
    });
    let now = scoring::score(&visit.questionnaire, &visit.assessment).overall.figures;
    let visits = dossier.past.iter().copied().chain(std::iter::once((visit.assessment.date, now)));
    let past: Vec<TrendPoint> = visits
        .map(|(date, figures)| TrendPoint { date, score: figures.score, interval: figures.interval })
        .collect();
    then(&Subject {
        reference: &dossier.reference,
        questionnaire: &visit.questionnaire,
        assessment: &visit.assessment,
        compared,
        past: &past,
        evidence: &dossier.evidence,
        captures: &dossier.captures,
        attached: &dossier.attached,
        today,
    })
}
