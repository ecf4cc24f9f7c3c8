//! Is a comparison handed over completely, in both languages, and without harm?

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use jiff::civil::date;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::comparison::Kind;
use privaudit::domain::comparison::compare;
use privaudit::domain::questionnaire::Questionnaire;
use privaudit::domain::text::Language;
use privaudit::report::brand::Brand;
use privaudit::report::comparison::Compared;
use privaudit::report::comparison::DiffDocument;
use privaudit::report::comparison::End;
use privaudit::report::comparison::document;
use privaudit::report::json;
use privaudit::report::markdown;
use privaudit::storage::library;
use serde_json::Value as Json;

use crate::random;
use crate::random::Chance;

fn markdown(compared: &Compared, language: Language) -> String {
    markdown::markdown(&document(compared, &Brand::default(), language))
}

const PRIOR: &str = "choice.trackers.prior";

fn with_compared<T>(
    from: (&Questionnaire, &Assessment),
    to: (&Questionnaire, &Assessment),
    then: impl FnOnce(&Compared) -> T,
) -> T {
    let comparison = compare(from.0, from.1, to.0, to.1, date(2026, 11, 23));
    let end = |reference, (questionnaire, assessment)| End { reference, questionnaire, assessment };
    then(&Compared { from: end("b@2025-03-01", from), to: end("b@2026-09-01", to), comparison: &comparison })
}

/// A failed knock-out with a note, mended by half; everything else in order.
fn two_visits(questionnaire: &Questionnaire, client: &str, note: &str) -> (Assessment, Assessment) {
    let mut from = Assessment::new(client, date(2025, 3, 1), questionnaire);
    for question in questionnaire.questions().filter(|question| Value::Yes.fits(question).is_ok()) {
        from.edit(&question.id, |answer| answer.value = Some(Value::Yes));
    }
    let mut to = from.clone();
    to.date = date(2026, 9, 1);
    from.edit(&PRIOR.into(), |answer| {
        answer.value = Some(Value::No);
        answer.note = "Le pixel part à l’arrivée.".into();
    });
    to.edit(&PRIOR.into(), |answer| {
        answer.value = Some(Value::Partly);
        answer.note = note.into();
    });
    (from, to)
}

#[test]
fn the_json_has_every_field_of_the_contract() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let (from, to) = two_visits(&questionnaire, "Boutique", "Le pixel part au clic.");
    let document: Json = with_compared((&questionnaire, &from), (&questionnaire, &to), |compared| {
        serde_json::from_str(&json::text(&DiffDocument::new(compared)).unwrap()).unwrap()
    });
    assert_eq!(document["from"]["ref"], "b@2025-03-01");
    assert_eq!((&document["from"]["band"], &document["to"]["band"]), (&"E".into(), &"D".into()));
    assert_eq!((&document["from"]["score"], &document["to"]["score"]), (&39.0.into(), &54.0.into()));
    for figure in ["score", "raw"] {
        let part = |name: &str| document[figure][name].as_f64().unwrap();
        let sum = part("by_questionnaire") + part("by_scope") + part("by_answers");
        assert!((sum - part("delta")).abs() < 1e-9 && part("delta") > 0.0);
    }
    assert_eq!(document["steps"].as_array().unwrap().len(), 7);
    let choice = document["steps"].as_array().unwrap().iter().find(|step| step["id"] == "choice").unwrap();
    assert_eq!(
        (&choice["from"], &choice["to"], &choice["delta"]),
        (&39.0.into(), &54.0.into(), &15.0.into())
    );
    let [change] = document["changes"].as_array().unwrap().as_slice() else { panic!("{document}") };
    assert_eq!((&change["question"], &change["kind"]), (&PRIOR.into(), &"improved".into()));
    assert_eq!((&change["from"], &change["to"]), (&"no".into(), &"partly".into()));
    assert_eq!((&change["note"], &change["evidence"]), (&true.into(), &false.into()));
    assert_eq!(document["findings"]["eased"], serde_json::json!([PRIOR]));
    for (part, lists) in [
        ("findings", &["closed", "opened", "eased", "worsened", "same"] as &[&str]),
        ("actions", &["closed", "opened", "overdue"]),
    ] {
        assert!(lists.iter().all(|list| document[part][*list].is_array()), "{part}");
    }
    assert_eq!(document["compatibility"]["percent"], 100.0);
}

#[test]
fn without_a_score_at_an_end_there_is_no_split_and_the_intervals_are_compared() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let (_, to) = two_visits(&questionnaire, "Boutique", "");
    let from = Assessment::new("Boutique", date(2025, 3, 1), &questionnaire);
    with_compared((&questionnaire, &from), (&questionnaire, &to), |compared| {
        let document = serde_json::to_value(DiffDocument::new(compared)).unwrap();
        assert!(
            document["score"].is_null() && document["raw"].is_null() && document["from"]["score"].is_null()
        );
        assert_eq!(document["trend"], "undecided");
        assert!(markdown(compared, Language::Fr).contains("les intervalles sont comparés"));
        assert!(markdown(compared, Language::En).contains("the intervals are compared"));
    });
}

#[test]
fn a_client_reads_in_both_languages_what_moved_and_which_words_changed() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let (from, to) = two_visits(&questionnaire, "Boutique", "Le pixel part au clic.");
    with_compared((&questionnaire, &from), (&questionnaire, &to), |compared| {
        let (fr, en) = (markdown(compared, Language::Fr), markdown(compared, Language::En));
        assert!(fr.contains("39 (E) → 54 (D)") && en.contains("39 (E) → 54 (D)"));
        assert!(fr.contains("**Aucun traceur avant le choix**\u{202f}: non → en partie"), "{fr}");
        assert!(en.contains("**No tracker before the choice**: no → partly"), "{en}");
        assert!(fr.contains("Le pixel part ~~à l’arrivée.~~ **au clic.**"), "{fr}");
        assert!(fr.contains("Plafond levé (39") && en.contains("Cap gone (39"));
    });
}

#[test]
fn what_a_client_typed_is_never_markup() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let hostile = "<script>alert(1)</script> | [x](http://x) ![y](z) *a* `b` \u{1b}[31m\n# Titre\n- liste";
    let (from, to) = two_visits(&questionnaire, hostile, hostile);
    with_compared((&questionnaire, &from), (&questionnaire, &to), |compared| {
        for language in [Language::Fr, Language::En] {
            let page = markdown(compared, language);
            assert!(!page.contains("<script") && !page.contains("[x]") && !page.contains('\u{1b}'), "{page}");
            assert!(
                !page.contains("\n# Titre") && !page.contains("\n- liste") && !page.contains(" *a*"),
                "{page}"
            );
        }
        let printed = json::text(&DiffDocument::new(compared)).unwrap();
        assert!(!printed.contains('\u{1b}'));
    });
}

#[test]
fn every_changed_question_of_any_pair_is_in_both_documents() {
    let mut kinds = std::collections::BTreeSet::new();
    for seed in 0..200 {
        let mut chance = Chance(seed);
        let old = random::questionnaire(&mut chance, 3, 6);
        let new = random::next_version(&old, &mut chance);
        let from = random::assessment(&old, date(2025, 3, 1), &mut chance);
        let to = random::next_visit(&from, &new, date(2026, 9, 1), &mut chance);
        with_compared((&old, &from), (&new, &to), |compared| {
            let document = serde_json::to_value(DiffDocument::new(compared)).unwrap();
            let page = markdown(compared, Language::En);
            assert_eq!(page, markdown(compared, Language::En));
            let changes = &compared.comparison.changes;
            assert_eq!(document["changes"].as_array().unwrap().len(), changes.len(), "seed {seed}");
            let section = page.split("## Question by question").nth(1).unwrap();
            let listed = section.lines().filter(|line| line.starts_with("- **")).count();
            assert_eq!(listed, changes.len(), "seed {seed}");
            kinds.extend(changes.iter().map(|change| change.kind));
        });
    }
    assert_eq!(kinds.len(), Kind::ALL.len());
}
