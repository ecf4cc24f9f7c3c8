//! How is a comparison put into words?

use crate::domain::comparison::Common;
use crate::domain::comparison::Comparison;
use crate::domain::comparison::Files;
use crate::domain::comparison::Kind;
use crate::domain::comparison::Part;
use crate::domain::comparison::Trend;
use crate::domain::scoring;
use crate::domain::scoring::Band;
use crate::domain::scoring::Figures;
use crate::domain::text::Language;
use crate::domain::text::plain_line;
use crate::domain::words;

/// Below this, in points, a difference is not worth a plus or a minus.
pub const NOTHING: f64 = 0.05;

/// One sentence: how many answers and findings went which way; what none did is not told.
pub fn tally(comparison: &Comparison, language: Language) -> String {
    if comparison.is_empty() {
        return language.pick("Rien n’a changé.", "Nothing changed.").to_owned();
    }
    let of = |kind: Kind| comparison.changes.iter().filter(|change| change.kind == kind).count();
    let findings = &comparison.findings;
    let counted = [
        (
            of(Kind::Improved),
            ("réponse meilleure", "answer better"),
            ("réponses meilleures", "answers better"),
        ),
        (
            of(Kind::Worsened),
            ("réponse moins bonne", "answer worse"),
            ("réponses moins bonnes", "answers worse"),
        ),
        (findings.closed.len(), ("constat levé", "finding closed"), ("constats levés", "findings closed")),
        (
            findings.opened.len(),
            ("constat nouveau", "finding opened"),
            ("constats nouveaux", "findings opened"),
        ),
    ];
    let told = counted.iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| {
        let words = language.plural(*count, language.pick(one.0, one.1), language.pick(many.0, many.1));
        format!("{count} {words}")
    });
    let told = told.collect::<Vec<_>>().join(", ");
    if told.is_empty() {
        return language
            .pick("Aucune réponse n’est meilleure ni moins bonne.", "No answer is better or worse.")
            .to_owned();
    }
    told + "."
}

/// How far two questionnaires ask the same, and what of them has nothing to compare it with.
pub fn compatibility(common: Common, added: usize, removed: usize, language: Language) -> String {
    let (shared, all, percent) = (common.common, common.all, language.number(common.percent()));
    match language {
        Language::Fr => {
            let alike = format!(
                "{shared} {} sur {all} ({percent}\u{a0}%)",
                language.plural(shared, "question commune", "questions communes")
            );
            let apart = format!(
                "\u{202f}; hors comparaison\u{202f}: {added} {}, {removed} {}",
                language.plural(added, "ajoutée", "ajoutées"),
                language.plural(removed, "retirée", "retirées")
            );
            if added + removed == 0 { alike } else { alike + &apart }
        }
        Language::En => {
            let questions = language.plural(shared, "question", "questions");
            let alike = format!("{shared} {questions} in common out of {all} ({percent}%)");
            let apart = format!("; not comparable: {added} added, {removed} removed");
            if added + removed == 0 { alike } else { alike + &apart }
        }
    }
}

/// The same of two visits.
pub fn comparable(comparison: &Comparison, language: Language) -> String {
    let of = |kind: Kind| comparison.changes.iter().filter(|change| change.kind == kind).count();
    compatibility(comparison.common, of(Kind::Added), of(Kind::Removed), language)
}

/// A score with its band, or the interval where there is none.
pub fn shown(figures: Option<&Figures>, language: Language) -> String {
    let Some(figures) = figures else { return "–".to_owned() };
    match (figures.score, figures.interval) {
        (Some(score), _) => format!("{} ({})", scoring::shown(score), Band::of(score).letter()),
        (None, Some(interval)) => words::interval(language, interval),
        (None, None) => "–".to_owned(),
    }
}

/// Points with their sign, to a tenth.
pub fn points(points: f64, language: Language) -> String {
    if points.abs() < NOTHING {
        return "0".to_owned();
    }
    let figure = language.number((points.abs() * 10.0).round() / 10.0);
    format!("{}{figure}", if points < 0.0 { '−' } else { '+' })
}

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

/// `nouveau : contrat.pdf ; retiré : ancien.pdf`, of the files attached to a question.
pub fn files(files: &Files, language: Language) -> String {
    let lists = [
        (&files.new, language.pick("nouveau", "new")),
        (&files.gone, language.pick("retiré", "gone")),
        (&files.lapsed, language.pick("périmé", "lapsed")),
        (&files.renewed, language.pick("prolongé", "renewed")),
    ];
    let colon = language.pick("\u{a0}:", ":");
    let told = lists.iter().filter(|(names, _)| !names.is_empty());
    let told = told.map(|(names, what)| format!("{what}{colon} {}", plain_line(&names.join(", "))));
    told.collect::<Vec<_>>().join(language.pick("\u{202f}; ", "; "))
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
        Part::Files => language.pick("fichiers", "files"),
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
