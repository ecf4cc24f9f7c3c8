//! Do the cases in `tests/cases/comparison` come out as written there? Adding one needs no Rust.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::comparison::Comparison;
use privaudit::domain::comparison::Trend;
use privaudit::domain::comparison::compare;
use privaudit::domain::id::QuestionId;
use privaudit::domain::questionnaire::AnswerKind;
use privaudit::domain::questionnaire::Question;
use privaudit::domain::questionnaire::Questionnaire;
use privaudit::domain::scoring;
use privaudit::storage::format;
use privaudit::storage::library;
use serde::Deserialize;

/// Two visits by the built-in questionnaire, and what is to be said of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    from: Visit,
    to: Visit,
    /// The overall scores as shown, rounded down.
    shown: (Option<u8>, Option<u8>),
    /// Which parts of the difference are not zero: "questionnaire", "scope", "answers".
    #[serde(default)]
    score_moved_by: BTreeSet<String>,
    /// The same without caps.
    #[serde(default)]
    raw_moved_by: BTreeSet<String>,
    /// Where a visit has no score.
    #[serde(default)]
    trend: Option<String>,
    /// All of them, by question.
    changes: Changes,
    #[serde(default)]
    closed: BTreeSet<QuestionId>,
    #[serde(default)]
    opened: BTreeSet<QuestionId>,
    #[serde(default)]
    eased: BTreeSet<QuestionId>,
    #[serde(default)]
    worsened: BTreeSet<QuestionId>,
    #[serde(default)]
    same: BTreeSet<QuestionId>,
    /// The answer that moved most.
    #[serde(default)]
    first_mover: Option<QuestionId>,
}

#[derive(Debug, Deserialize)]
enum Changes {
    These(BTreeMap<QuestionId, String>),
    /// At least these.
    With(BTreeMap<QuestionId, String>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Visit {
    /// Every question that yes, a number or a choice answers has its best answer.
    #[serde(default)]
    all_good: bool,
    /// As commands write them.
    answers: BTreeMap<QuestionId, String>,
}

fn assessment(questionnaire: &Questionnaire, visit: &Visit) -> Assessment {
    let mut assessment = Assessment::new("Boutique", date(2026, 1, 10), questionnaire);
    let scored = questionnaire.questions().filter(|question| question.risk.is_some() && visit.all_good);
    for question in scored {
        assessment.edit(&question.id, |answer| answer.value = best(question));
    }
    for (id, word) in &visit.answers {
        let question = questionnaire.question(id).unwrap_or_else(|| panic!("no question {id}"));
        let value = (word != "--clear")
            .then(|| Value::from_word(word, question).unwrap_or_else(|why| panic!("{id}: {word}: {why:?}")));
        assessment.edit(id, |answer| {
            answer.value = value;
            answer.reason = "dit le gérant".into();
            answer.agreed_by = "Lina".into();
        });
    }
    assessment
}

fn best(question: &Question) -> Option<Value> {
    let full = question.choices().iter().find(|choice| choice.degree == Some(1.0));
    match &question.answer {
        AnswerKind::YesPartlyNo => Some(Value::Yes),
        AnswerKind::Number { bands, .. } => {
            let number = bands.iter().find(|band| band.degree >= 1.0).map(|band| Value::Number(band.upto));
            number.or_else(|| Some(Value::Choice(full?.id.clone())))
        }
        AnswerKind::Choice(_) | AnswerKind::Date { .. } => Some(Value::Choice(full?.id.clone())),
        AnswerKind::Choices { .. } | AnswerKind::Text | AnswerKind::Table { .. } => None,
    }
}

fn moved_by(split: Option<privaudit::domain::comparison::Split>) -> BTreeSet<String> {
    let Some(split) = split else { return BTreeSet::new() };
    let parts =
        [("questionnaire", split.by_questionnaire), ("scope", split.by_scope), ("answers", split.by_answers)];
    parts.into_iter().filter(|(_, part)| part.abs() > 1e-9).map(|(name, _)| name.to_owned()).collect()
}

fn check(name: &str, case: &Case, comparison: &Comparison) {
    let shown = [&comparison.from, &comparison.to].map(|visit| visit.overall.score.map(scoring::shown));
    assert_eq!((shown[0], shown[1]), case.shown, "{name}: scores");
    assert_eq!(moved_by(comparison.score), case.score_moved_by, "{name}: what moved the score");
    assert_eq!(moved_by(comparison.raw), case.raw_moved_by, "{name}: what moved the raw score");
    let trend = comparison.intervals.map(|trend| match trend {
        Trend::Better => "better",
        Trend::Worse => "worse",
        Trend::Undecided => "undecided",
    });
    assert_eq!(trend, case.trend.as_deref(), "{name}: trend");

    let mut changes: BTreeMap<QuestionId, String> = BTreeMap::new();
    for change in &comparison.changes {
        changes.insert(change.question.clone(), change.kind.word().to_owned());
    }
    match &case.changes {
        Changes::These(all) => assert_eq!(&changes, all, "{name}: changes"),
        Changes::With(some) => {
            changes.retain(|id, _| some.contains_key(id));
            assert_eq!(&changes, some, "{name}: changes");
        }
    }
    let findings = &comparison.findings;
    for (what, found, expected) in [
        ("closed", &findings.closed, &case.closed),
        ("opened", &findings.opened, &case.opened),
        ("eased", &findings.eased, &case.eased),
        ("worsened", &findings.worsened, &case.worsened),
        ("same", &findings.same, &case.same),
    ] {
        assert_eq!(&found.iter().cloned().collect::<BTreeSet<_>>(), expected, "{name}: {what}");
    }
    if let Some(first) = &case.first_mover {
        assert_eq!(comparison.movers.first().map(|mover| &mover.question), Some(first), "{name}: movers");
    }
}

#[test]
fn every_case_comes_out_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/comparison");
    let questionnaire = library::built_in().unwrap().questionnaire;
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert!(!names.is_empty());
    for path in names {
        let text = fs::read_to_string(&path).unwrap();
        let case: Case =
            format::options().from_str(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let (from, to) = (assessment(&questionnaire, &case.from), assessment(&questionnaire, &case.to));
        let comparison = compare(&questionnaire, &from, &questionnaire, &to, date(2026, 11, 23));
        check(&path.file_stem().unwrap().to_string_lossy(), &case, &comparison);
    }
}
