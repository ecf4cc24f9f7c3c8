//! What is it called in front of a client? The words for answers, levels, bands and the rest, in both languages.

pub mod capture;

use super::answer::Answer;
use super::answer::Cell;
use super::answer::Evidence;
use super::answer::Value;
use super::assessment::Plan;
use super::assessment::Status;
use super::questionnaire::AnswerKind;
use super::questionnaire::CellKind;
use super::questionnaire::Choice;
use super::questionnaire::Effort;
use super::questionnaire::Question;
use super::resident::Words;
use super::scoring::Band;
use super::scoring::CapKind;
use super::scoring::Counted;
use super::scoring::Level;
use super::scoring::shown;
use super::text::Language;
use super::text::Text;
use super::text::plain_line;

/// Between which scores it may end, as one says it in a sentence.
pub fn interval(language: Language, (low, high): (f64, f64)) -> String {
    let (low, high) = (shown(low), shown(high));
    if low == high {
        return language.pick(format!("environ {low}"), format!("about {low}"));
    }
    language.pick(format!("entre {low} et {high}"), format!("between {low} and {high}"))
}

/// An answer's value, as one says it.
pub fn value(language: Language, question: &Question, value: &Value) -> String {
    let named = |id: &super::id::ChoiceId| {
        question.choice(id).map_or_else(|| id.to_string(), |choice| choice.text.get(language).to_owned())
    };
    match value {
        Value::Yes => language.pick("oui", "yes").to_owned(),
        Value::Partly => language.pick("en partie", "partly").to_owned(),
        Value::No => language.pick("non", "no").to_owned(),
        Value::Choice(id) => named(id),
        Value::Choices(ids) => {
            let in_order = question.choices().iter().filter(|choice| ids.contains(&choice.id));
            let known = in_order.map(|choice| choice.text.get(language));
            // One that this version of the questionnaire does not know is named by its id, never left out.
            let foreign = ids.iter().filter(|id| question.choice(id).is_none());
            known.chain(foreign.map(super::id::ChoiceId::as_str)).collect::<Vec<_>>().join(", ")
        }
        Value::Number(number) => match &question.answer {
            AnswerKind::Number { unit, .. } => measured(language, *number, unit),
            _ => language.number(*number),
        },
        Value::Date(date) => language.date(*date),
        Value::Text(text) => text.clone(),
        Value::Nothing => match question.answer {
            AnswerKind::Table { .. } => language.pick("aucune ligne", "no line").to_owned(),
            _ => language.pick("aucun de ces choix", "none of these").to_owned(),
        },
        Value::Unknown => language.pick("ne sait pas", "not known").to_owned(),
        Value::NotApplicable => language.pick("sans objet", "not applicable").to_owned(),
    }
}

/// A number with its unit, where it has one.
fn measured(language: Language, number: f64, unit: &Text) -> String {
    format!("{} {}", language.number(number), unit.get(language)).trim_end().to_owned()
}

/// The same for an answer that may hold none.
pub fn answer(language: Language, question: &Question, answer: Option<&Answer>) -> Option<String> {
    Some(value(language, question, answer?.value.as_ref()?))
}

/// A cell of a table, as one says it.
pub fn cell(language: Language, kind: &CellKind, cell: &Cell) -> String {
    let named = |id: &super::id::ChoiceId| {
        let choice = kind.choices().iter().find(|choice| &choice.id == id);
        choice.map_or_else(|| id.to_string(), |choice: &Choice| choice.text.get(language).to_owned())
    };
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => match kind {
            CellKind::Number(unit) => measured(language, *number, unit),
            _ => language.number(*number),
        },
        Cell::Date(date) => language.date(*date),
        Cell::Yes => language.pick("oui", "yes").to_owned(),
        Cell::No => language.pick("non", "no").to_owned(),
        Cell::Choice(id) => named(id),
        Cell::Choices(ids) => ids.iter().map(named).collect::<Vec<_>>().join(", "),
    }
}

pub fn evidence(language: Language, level: Evidence) -> &'static str {
    match level {
        Evidence::Said => language.pick("dit", "said"),
        Evidence::Explained => language.pick("expliqué", "explained"),
        Evidence::Seen => language.pick("vu", "seen"),
        Evidence::Tested => language.pick("testé", "tested"),
    }
}

/// What a level of evidence means.
pub fn evidence_meaning(language: Language, level: Evidence) -> &'static str {
    match level {
        Evidence::Said => language.pick("la personne l’affirme", "the person says so"),
        Evidence::Explained => {
            language.pick("la personne l’explique en détail", "the person explains it in detail")
        }
        Evidence::Seen => {
            language.pick("le document ou l’écran a été vu", "the document or the screen was seen")
        }
        Evidence::Tested => language.pick("vérifié par un essai", "verified by a test"),
    }
}

pub fn level(language: Language, level: Level) -> &'static str {
    match level {
        Level::Low => language.pick("faible", "low"),
        Level::Moderate => language.pick("modéré", "moderate"),
        Level::High => language.pick("élevé", "high"),
        Level::Critical => language.pick("critique", "critical"),
    }
}

/// 1 to 4, in the words of the CNIL's guides, which exist in both languages.
pub fn figure(language: Language, figure: u8) -> &'static str {
    match figure {
        0 | 1 => language.pick("négligeable", "negligible"),
        2 => language.pick("limitée", "limited"),
        3 => language.pick("importante", "significant"),
        _ => language.pick("maximale", "maximum"),
    }
}

/// What a band says to a client; never a verdict of conformity.
pub fn band(language: Language, band: Band) -> &'static str {
    match band {
        Band::A => language.pick(
            "quelques points ouverts ; garder les preuves à jour",
            "a few open points; keep the evidence fresh",
        ),
        Band::B => language.pick(
            "base solide, des risques élevés identifiés à traiter",
            "sound, with named high risks to close",
        ),
        Band::C => language.pick("partiel, plusieurs risques élevés", "partial, several high risks"),
        Band::D => language.pick(
            "un point critique est ouvert ; agir dans les semaines qui viennent",
            "a critical point is open; act within weeks",
        ),
        Band::E => language.pick(
            "un point éliminatoire n’est pas tenu ; agir maintenant",
            "a knock-out point failed; act now",
        ),
    }
}

pub fn cap(language: Language, kind: CapKind) -> &'static str {
    match kind {
        CapKind::KnockoutFailed => language.pick("point éliminatoire non tenu", "knock-out failed"),
        CapKind::KnockoutPartial => {
            language.pick("point éliminatoire tenu en partie", "knock-out only partly met")
        }
        CapKind::Critical => language.pick("risque restant critique", "critical residual risk"),
        CapKind::ManyHigh => {
            language.pick("trois risques restants élevés ou plus", "three or more high residual risks")
        }
        CapKind::High => {
            language.pick("un ou deux risques restants élevés", "one or two high residual risks")
        }
    }
}

/// Confidence, 0 to 1, in a word: high from 0.75, medium from 0.5.
pub fn confidence(language: Language, confidence: f64) -> &'static str {
    if confidence >= 0.75 {
        language.pick("haute", "high")
    } else if confidence >= 0.5 {
        language.pick("moyenne", "medium")
    } else {
        language.pick("faible", "low")
    }
}

pub fn effort(language: Language, effort: Effort) -> &'static str {
    match effort {
        Effort::Small => language.pick("un jour au plus", "at most a day"),
        Effort::Medium => language.pick("deux semaines au plus", "at most two weeks"),
        Effort::Large => language.pick("plus de deux semaines", "more than two weeks"),
    }
}

pub fn status(language: Language, status: Status) -> &'static str {
    match status {
        Status::Open => language.pick("à faire", "open"),
        Status::Planned => language.pick("planifiée", "planned"),
        Status::Doing => language.pick("en cours", "under way"),
        Status::Done => language.pick("faite", "done"),
        Status::Accepted => language.pick("risque accepté", "risk accepted"),
    }
}

/// What came and what went between two answers among several: `+ espace client ; − boutique`. None where the whole
/// answers are to be told.
pub fn moved(language: Language, question: &Question, then: &Value, now: &Value) -> Option<String> {
    let (Value::Choices(then), Value::Choices(now)) = (then, now) else { return None };
    let named = |ids: Vec<&super::id::ChoiceId>, sign: &str| {
        let ids: std::collections::BTreeSet<_> = ids.into_iter().cloned().collect();
        (!ids.is_empty()).then(|| format!("{sign} {}", value(language, question, &Value::Choices(ids))))
    };
    let came = named(now.difference(then).collect(), "+");
    let went = named(then.difference(now).collect(), "−");
    let both = [came, went].into_iter().flatten().collect::<Vec<_>>();
    (!both.is_empty()).then(|| both.join(language.pick("\u{202f}; ", "; ")))
}

/// What was decided about a finding: `en cours, Ana, échéance 01/05/2026`.
pub fn plan(language: Language, plan: &Plan) -> String {
    let text = |text: &str| Some(plain_line(text.trim())).filter(|text| !text.is_empty());
    let due = plan.due.map(|due| language.date(due));
    let due = due.map(|due| language.pick(format!("échéance {due}"), format!("due {due}")));
    let status = Some(status(language, plan.status).to_owned());
    [status, text(&plan.owner), due, text(&plan.reason)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// References to the law, as people of the language cite them: questionnaires write them in French.
pub fn law(language: Language, references: &[Words]) -> String {
    const ENGLISH: [(&str, &str); 6] = [
        ("RGPD considérant ", "GDPR recital "),
        ("RGPD ", "GDPR "),
        ("CJUE ", "CJEU "),
        ("UE ", "EU "),
        ("loi ", "law "),
        ("décret ", "decree "),
    ];
    let cited = |reference: &Words| match language {
        Language::Fr => reference.to_string(),
        Language::En => {
            let known = ENGLISH.iter().find_map(|(fr, en)| Some((en, reference.strip_prefix(fr)?)));
            known.map_or_else(|| reference.to_string(), |(en, rest)| format!("{en}{rest}"))
        }
    };
    references.iter().map(cited).collect::<Vec<_>>().join(" · ")
}

/// How a question counts.
pub fn counted(language: Language, state: Counted) -> &'static str {
    match state {
        Counted::Answered => language.pick("répondue", "answered"),
        Counted::Unanswered => language.pick("sans réponse", "unanswered"),
        Counted::Unknown => language.pick("ne sait pas", "not known"),
        Counted::NotApplicable => language.pick("sans objet", "not applicable"),
        Counted::NotAsked => language.pick("non posée", "not asked"),
    }
}
