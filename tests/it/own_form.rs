//! Does the reader of what the program wrote itself read as RON's reader does, or else nothing?

use jiff::civil::date;
use proptest::prelude::*;

use privaudit::domain::assessment::Assessment;
use privaudit::domain::assessment::Seal;
use privaudit::domain::attachment::Attachment;
use privaudit::storage::assessments;
use privaudit::storage::format;
use privaudit::storage::own_form;

use crate::any_text;
use crate::random;
use crate::random::Chance;

const OPENED: &str = "(\n  format: 1,\n";

/// By this reader, and by RON's.
fn both(inside: &str) -> (Option<Assessment>, Option<Assessment>) {
    (own_form::read_opened(inside), format::options().from_str(&format!("({inside}")).ok())
}

/// A sealed visit with something in every field of it that chance alone leaves empty.
fn visit(seed: u64) -> String {
    let mut chance = Chance(seed);
    let questionnaire = random::questionnaire(&mut chance, 2, 6);
    let mut visit = random::assessment(&questionnaire, date(2026, 11, 30), &mut chance);
    visit.at = Some("first.a".into());
    let file = Attachment {
        name: "contrat \"signé\".pdf".into(),
        digest: "ab".into(),
        size: u64::MAX,
        on: visit.date,
        expires: Some(visit.date),
        note: "C:\\".into(),
    };
    visit.attach(&"first.a".into(), file);
    visit.seal = Some(Seal {
        on: visit.date,
        previous: String::new(),
        digest: "cd".into(),
        evidence: [("evidence/ab".to_owned(), "ab".to_owned())].into(),
        parts: [("résumé".to_owned(), "01".to_owned())].into(),
    });
    assessments::text(&visit).unwrap()
}

#[test]
fn what_is_written_for_the_shipped_example_is_read_at_once() {
    for seed in 0..200 {
        let text = visit(seed);
        let inside = text.strip_prefix(OPENED).unwrap();
        let (own, ron) = both(inside);
        // What is no number is the one value that takes RON's reader.
        assert!(own == ron || text.contains("NaN"), "{text}");
        assert!(own.is_some() || text.contains("NaN"), "{text}");
    }
}

#[test]
fn whatever_is_not_written_so_is_left_to_ron() {
    let inside = |fields: &str| {
        let pin = "questionnaire: (id: \"a\", version: \"1\", digest: \"b\")";
        format!("client: \"a\", date: \"2026-11-30\", {pin}, {fields})\n")
    };
    for read in [
        "",
        "express: true",
        "express: false,\r\n\t",
        "answers: {}",
        "answers: {\"x\": (value: Number(-0.5))},",
        "answers: {\"x\": (value: None)}",
        "answers: {\"x\": (value: Choices([\"a\", \"b\",]))}",
        "answers: {\"x\": (note: r\"a\\b\")}",
        "answers: {\"x\": (note: r##\"a\"#b\"##, severity: (figure: 4, reason: \"é\"))}",
    ] {
        let (own, ron) = both(&inside(read));
        assert!(own.is_some() && own == ron, "{read}: {own:?}");
    }
    for left in [
        "express: true /* as agreed */",
        "// short\nexpress: true",
        "express: truely",
        "express: trueé",
        "express: \"true\"",
        "at: Some(\"x\")",
        "answers: {\"x\": (note: \"a\\nb\")}",
        "answers: {\"x\": (note: \"a\\, said_by: \"b\")}",
        "answers: {\"x\": (note: \"a)}",
        "answers: {\"x\": (note: r#\"a\")}",
        "answers: {\"x\": (value: Number(1e3))}",
        "answers: {\"x\": (value: Number(1_000))}",
        "answers: {\"x\": (value: Number(+1))}",
        "answers: {\"x\": (value: Number(.5))}",
        "answers: {\"x\": (value: Number(1.))}",
        "answers: {\"x\": (value: Number(1-2))}",
        "answers: {\"x\": (value: Number(inf))}",
        "answers: {\"x\": (value: Yes())}",
        "answers: {\"x\": (value: Maybe)}",
        "answers: {\"x\": (value: Choice(\"a\",))}",
        "answers: {\"x\": (severity: (figure: 300, reason: \"a\"))}",
        "answers: {\"x\": Answer(value: Yes)}",
        "answers: {\"x\" (value: Yes)}",
        "answers: {\"x\": (value: Yes) \"y\": (value: No)}",
        "answers: {,}",
        "colour: \"blue\"",
        "express: true, express: true",
        "date: \"2026-11-31\"",
        "express: true)(",
    ] {
        assert_eq!(both(&inside(left)).0, None, "{left}");
    }
    let whole = inside("");
    for cut in (0..whole.trim_end().len()).filter(|cut| whole.is_char_boundary(*cut)) {
        assert_eq!(both(&whole[..cut]).0, None, "{}", &whole[..cut]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_an_accident_it_reads_what_ron_reads_or_nothing(
        seed in 0..64_u64,
        accidents in prop::collection::vec(any_text::accident(), 1..4),
    ) {
        let text = visit(seed);
        let mut inside = text.strip_prefix(OPENED).unwrap().to_owned();
        for accident in &accidents {
            inside = accident.happens_to(&inside);
        }
        let (own, ron) = both(&inside);
        prop_assert!(own.is_none() || own == ron, "{}\n{:?}\n{:?}", inside, own, ron);
    }
}
