//! How is a comparison put into words?

use crate::domain::comparison::Kind;
use crate::domain::comparison::Part;
use crate::domain::comparison::Trend;
use crate::domain::text::Language;

/// What happened to one question.
pub fn kind(kind: Kind, language: Language) -> &'static str {
    match kind {
        Kind::Added => language.pick("nouvelle dans le questionnaire", "new in the questionnaire"),
        Kind::Removed => language.pick("retirée du questionnaire", "removed from the questionnaire"),
        Kind::Asked => language.pick("posée désormais", "asked now"),
        Kind::NoLongerAsked => language.pick("plus posée", "no longer asked"),
        Kind::Answered => language.pick("répondue désormais", "answered now"),
        Kind::Withdrawn => language.pick("réponse retirée", "answer withdrawn"),
        Kind::Improved => language.pick("mieux", "better"),
        Kind::Worsened => language.pick("moins bien", "worse"),
        Kind::Reweighted => language.pick("pondérée autrement", "weighted otherwise"),
        Kind::Reworded => language.pick("reformulée", "reworded"),
        Kind::Changed => {
            language.pick("modifiée, sans effet sur le risque", "changed, without effect on the risk")
        }
    }
}

/// A heading over the questions of one kind.
pub fn kinds(kind: Kind, language: Language) -> &'static str {
    match kind {
        Kind::Added => language.pick("Nouvelles dans le questionnaire", "New in the questionnaire"),
        Kind::Removed => language.pick("Retirées du questionnaire", "Removed from the questionnaire"),
        Kind::Asked => language.pick("Posées désormais", "Asked now"),
        Kind::NoLongerAsked => language.pick("Plus posées", "No longer asked"),
        Kind::Answered => language.pick("Répondues désormais", "Answered now"),
        Kind::Withdrawn => language.pick("Réponses retirées", "Answers withdrawn"),
        Kind::Improved => language.pick("Ce qui va mieux", "What is better"),
        Kind::Worsened => language.pick("Ce qui va moins bien", "What is worse"),
        Kind::Reweighted => language.pick("Pondérées autrement", "Weighted otherwise"),
        Kind::Reworded => language.pick("Reformulées", "Reworded"),
        Kind::Changed => {
            language.pick("Modifiées, sans effet sur le risque", "Changed, without effect on the risk")
        }
    }
}

/// What of a question or its answer differs.
pub fn part(part: Part, language: Language) -> &'static str {
    match part {
        Part::Value => language.pick("réponse", "answer"),
        Part::Rows => language.pick("tableau", "table"),
        Part::Details => language.pick("précisions", "details"),
        Part::Reason => language.pick("motif", "reason"),
        Part::AgreedBy => language.pick("second accord", "second person"),
        Part::Note => language.pick("note", "note"),
        Part::SaidBy => language.pick("qui l’a dit", "who said it"),
        Part::Evidence => language.pick("preuve", "evidence"),
        Part::Judgement => language.pick("avis du consultant", "consultant’s judgement"),
        Part::Figures => language.pick("gravité ou vraisemblance propre", "own severity or likelihood"),
        Part::FollowUp => language.pick("suivi", "follow-up"),
        Part::Wording => language.pick("libellé", "wording"),
        Part::Weighing => language.pick("pondération", "weighting"),
    }
}

/// What can be said where a visit has no score.
pub fn trend(trend: Trend, language: Language) -> &'static str {
    match trend {
        Trend::Better => language.pick(
            "mieux, quoi que révèlent les points ouverts",
            "better, whatever the open points turn out to be",
        ),
        Trend::Worse => language.pick(
            "moins bien, quoi que révèlent les points ouverts",
            "worse, whatever the open points turn out to be",
        ),
        Trend::Undecided => language.pick(
            "indécis\u{202f}: cela dépend des points ouverts",
            "undecided: it depends on the open points",
        ),
    }
}
