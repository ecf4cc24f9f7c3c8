//! Does reading a questionnaire survive any text? No panic, an end in good time, and places that exist.

use std::time::Duration;
use std::time::Instant;

use proptest::prelude::*;
use proptest::sample::Index;

use privaudit::domain::text::Text;
use privaudit::storage::library;
use privaudit::storage::source::Sources;

use crate::cases;

/// Far more than any text needs, even unoptimised on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A change to a file, such as accidents make.
#[derive(Debug, Clone)]
pub enum Accident {
    /// A byte becomes another.
    Byte(Index, u8),
    /// The rest is lost.
    Cut(Index),
    /// A part is lost.
    Lose(Index, usize),
    /// A part stands twice.
    Repeat(Index, usize),
    /// Something is inserted.
    Insert(Index, String),
    /// Two lines change places.
    Swap(Index, Index),
}

pub fn accident() -> impl Strategy<Value = Accident> {
    let piece = prop_oneof![
        "[(){}\\[\\],:\"'/*#rn\\\\]{1,6}",
        Just("\u{feff}".to_owned()),
        Just("r#\"".to_owned()),
        Just("/*".to_owned()),
        Just("fr: \"".to_owned()),
        Just("(id: \"first.months\", answer: Text),".to_owned()),
        "\\PC{1,8}",
    ];
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Accident::Byte(at, byte)),
        any::<Index>().prop_map(Accident::Cut),
        (any::<Index>(), 1..200usize).prop_map(|(at, length)| Accident::Lose(at, length)),
        (any::<Index>(), 1..400usize).prop_map(|(at, length)| Accident::Repeat(at, length)),
        (any::<Index>(), piece).prop_map(|(at, text)| Accident::Insert(at, text)),
        (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Accident::Swap(one, other)),
    ]
}

impl Accident {
    pub fn happens_to(&self, text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        let end = bytes.len();
        match self {
            Accident::Byte(at, byte) => bytes[at.index(end.max(1)).min(end - 1)] = *byte,
            Accident::Cut(at) => bytes.truncate(at.index(end)),
            Accident::Lose(at, length) => {
                let at = at.index(end);
                bytes.drain(at..(at + length).min(end));
            }
            Accident::Repeat(at, length) => {
                let at = at.index(end);
                let part = bytes[at..(at + length).min(end)].to_vec();
                bytes.splice(at..at, part);
            }
            Accident::Insert(at, text) => {
                let at = at.index(end);
                bytes.splice(at..at, text.bytes());
            }
            Accident::Swap(one, other) => {
                let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
                let count = lines.len();
                lines.swap(one.index(count), other.index(count));
                bytes = lines.concat().into_bytes();
            }
        }
        // What is not UTF-8 is refused before it is looked at.
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if text.is_empty() { " ".to_owned() } else { text }
    }
}

/// Loads, and looks at every place that is named.
fn survives(sources: &Sources) {
    let begun = Instant::now();
    let loaded = sources.load();
    assert!(begun.elapsed() < PATIENCE, "took {:?}", begun.elapsed());
    let Err(faults) = loaded else { return };
    assert!(!faults.is_empty(), "refused without a word");
    for fault in faults {
        let name = sources.files.keys().find(|name| fault.file.ends_with(name.as_str()));
        let text = &sources.files[name.expect("a file that there is")];
        let lines = text.matches('\n').count() + 1;
        assert!((1..=lines).contains(&fault.line), "{}:{}", fault.file, fault.line);
        assert!(fault.column >= 1 && fault.column <= fault.excerpt.chars().count() + 1, "{fault:?}");
        assert!(!fault.message.fr.is_empty() && !fault.message.en.is_empty());
    }
}

#[test]
fn a_place_inside_a_line_end_is_the_end_of_the_line() {
    let mut sources = small();
    sources.files.insert("glossary.ron".into(), "[\n    \r\n        id: \"list\",\n    ),\n]\n".into());
    survives(&sources);
    let byte = "[\n    \r".len();
    let fault = sources.fault("glossary.ron", byte, Text::new("ici", "here"));
    assert_eq!((fault.line, fault.column, fault.excerpt.as_str()), (2, 5, "    "));
}

fn small() -> Sources {
    library::sources(&cases::folder().join("questionnaires/small")).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_accident_to_a_small_questionnaire_is_too_much(
        file in any::<Index>(),
        accidents in prop::collection::vec(accident(), 1..5),
    ) {
        let mut sources = small();
        let name = sources.files.keys().nth(file.index(sources.files.len())).unwrap().clone();
        let mut text = sources.files[&name].clone();
        for accident in &accidents {
            text = accident.happens_to(&text);
        }
        sources.files.insert(name, text);
        survives(&sources);
    }

    #[test]
    fn no_text_at_all_is_too_much(text in "[\\PC\n\"(){}\\[\\]:,]{0,300}", file in any::<Index>()) {
        let mut sources = small();
        let name = sources.files.keys().nth(file.index(sources.files.len())).unwrap().clone();
        sources.files.insert(name, text);
        survives(&sources);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_accident_to_the_shipped_questionnaire_is_too_much(
        file in any::<Index>(),
        accidents in prop::collection::vec(accident(), 1..4),
    ) {
        let mut sources = library::built_in().unwrap().sources().clone();
        let name = sources.files.keys().nth(file.index(sources.files.len())).unwrap().clone();
        let mut text = sources.files[&name].clone();
        for accident in &accidents {
            text = accident.happens_to(&text);
        }
        sources.files.insert(name, text);
        survives(&sources);
    }
}

#[test]
fn texts_made_to_exhaust_a_reader_come_to_an_end() {
    let step = "(id: \"first\", title: (fr: \"a\", en: \"a\"), questions: [";
    let condition = format!("{}Flag(\"site\"){}", "Not(".repeat(10_000), ")".repeat(10_000));
    let texts = [
        "(".repeat(10_000),
        "[".repeat(10_000),
        format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)),
        format!("{}{}", "([{".repeat(5_000), ")]}".repeat(5_000)),
        ")".repeat(10_000),
        "(\n".repeat(10_000),
        format!("{step}{}", "(id: ".repeat(5_000)),
        format!("{step}(id: \"first.a\", when: {condition})])"),
        "\"".repeat(10_001),
        "\"\n".repeat(10_001),
        "x: \"\n".repeat(3_000),
        "/*".repeat(10_000),
        "r#".repeat(10_000),
        "a: b, ".repeat(10_000),
        "a b ".repeat(10_000),
        ",".repeat(10_000),
        ": ".repeat(10_000),
        "“".repeat(10_000),
        "x".repeat(300_000),
        format!("{step}{}])", "(id: \"first.a\", severity: x),\n".repeat(300)),
        format!("{step}{}])", "(idd: \"first.a\" \n),\n".repeat(300)),
        "\u{feff}\u{feff}".to_owned(),
        String::new(),
    ];
    for text in texts {
        for name in ["1-first.ron", "0-profile.ron", "questionnaire.ron", "glossary.ron"] {
            let mut sources = small();
            sources.files.insert(name.to_owned(), text.clone());
            let begun = Instant::now();
            survives(&sources);
            let start: String = text.chars().take(12).collect();
            assert!(begun.elapsed() < Duration::from_secs(30), "{name} {start:?}: {:?}", begun.elapsed());
        }
    }
}
