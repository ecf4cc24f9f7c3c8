//! Does every key stand in the one table, once, and does the README say what the table says?

use std::collections::BTreeSet;
use std::fmt::Write;

use crossterm::event::KeyCode;
use crossterm::event::KeyEvent;
use crossterm::event::KeyModifiers;
use privaudit::domain::text::Language;
use privaudit::tui::intent::Intent;
use privaudit::tui::keymap::BINDINGS;
use privaudit::tui::keymap::Binding;
use privaudit::tui::keymap::Context;
use privaudit::tui::keymap::Key;
use privaudit::tui::keymap::intent;

use crate::consultant::Consultant;

fn of(context: Context) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |binding| binding.context == context)
}

/// A key as a terminal sends it.
fn pressed(key: Key) -> KeyEvent {
    match key {
        Key::Char(letter) => KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE),
        Key::Ctrl(letter) => KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL),
        Key::Code(code) => KeyEvent::new(code, KeyModifiers::NONE),
        Key::Digit => KeyEvent::new(KeyCode::Char('7'), KeyModifiers::NONE),
    }
}

#[test]
fn no_key_means_two_things_in_a_context() {
    for context in Context::ALL {
        let mut taken = BTreeSet::new();
        for key in of(context).flat_map(|binding| binding.keys) {
            assert!(taken.insert(key.name(Language::En)), "{context:?} has {key:?} twice");
        }
        let digits = ['à', '&', 'é', '"', '\'', '(', '-', 'è', '_', 'ç', '0', '1', '9'];
        if of(context).any(|binding| binding.keys.contains(&Key::Digit)) {
            let shadowed = digits.iter().find(|digit| taken.contains(&digit.to_string()));
            assert_eq!(shadowed, None, "{context:?}: a letter hides a digit");
        }
    }
}

#[test]
fn each_key_of_the_table_leads_to_its_intent() {
    for binding in BINDINGS {
        for key in binding.keys {
            let found = intent(binding.context, pressed(*key));
            let wanted = if *key == Key::Digit { Intent::Digit(7) } else { binding.intent };
            assert_eq!(found, Some(wanted), "{:?} {key:?}", binding.context);
        }
    }
}

#[test]
fn each_context_has_a_way_out_and_a_way_to_help() {
    let out = [Intent::Back, Intent::Quit];
    for context in Context::ALL {
        assert!(of(context).any(|binding| out.contains(&binding.intent)), "{context:?} has no way out");
        let help = intent(context, pressed(Key::Code(KeyCode::F(1))));
        assert_eq!(help, Some(Intent::Help), "{context:?}");
        if !context.takes_text() && context != Context::Everywhere {
            let question_mark = intent(context, pressed(Key::Char('?')));
            assert!(matches!(question_mark, Some(Intent::Help | Intent::Back)), "{context:?}");
        }
    }
}

#[test]
fn no_context_swallows_the_keys_that_work_everywhere() {
    for context in Context::ALL {
        for binding in of(Context::Everywhere) {
            for key in binding.keys {
                assert_eq!(intent(context, pressed(*key)), Some(binding.intent), "{context:?} {key:?}");
            }
        }
    }
}

#[test]
fn letters_are_text_where_text_is_typed() {
    for context in Context::ALL.into_iter().filter(|context| context.takes_text()) {
        for letter in "aAjqoynxdé&\"'(-è_çà0123456789 ?!/œ€".chars() {
            assert_eq!(
                intent(context, pressed(Key::Char(letter))),
                Some(Intent::Type(letter)),
                "{context:?}"
            );
        }
    }
}

/// Whether an intent is one that keys of the table lead to; typing has every other key. A new intent stands here
/// or does not compile.
fn has_a_key(intent: Intent) -> bool {
    match intent {
        Intent::Type(_) => true,
        Intent::Digit(_) => BINDINGS.iter().any(|binding| binding.keys.contains(&Key::Digit)),
        other => BINDINGS.iter().any(|binding| binding.intent == other),
    }
}

#[test]
fn each_intent_has_a_key() {
    // The source is asked, so that a new intent cannot be forgotten here.
    let source = include_str!("../../src/tui/intent.rs");
    let body = source.split("pub enum Intent {").nth(1).unwrap().split("\n}").next().unwrap();
    let names = body.lines().map(str::trim).filter(|line| !line.starts_with("//") && line.ends_with(','));
    let names: Vec<&str> = names.map(|line| line.trim_end_matches(',').split('(').next().unwrap()).collect();
    assert!(names.len() > 40, "{names:?}");
    for name in names {
        let bound =
            BINDINGS.iter().any(|binding| format!("{:?}", binding.intent).split('(').next() == Some(name));
        assert!(bound || name == "Type", "{name} has no key");
    }
    assert!(has_a_key(Intent::Digit(0)) && has_a_key(Intent::Type('x')));
}

#[test]
fn labels_are_short_and_in_both_languages() {
    for binding in BINDINGS {
        for language in [Language::Fr, Language::En] {
            let label = binding.label(language);
            assert!(!label.is_empty() && label.chars().count() <= 32, "{label}");
        }
    }
}

#[test]
fn the_footer_of_every_context_names_the_way_out_at_eighty_columns() {
    for language in [Language::Fr, Language::En] {
        let mut at = Consultant::begins(language);
        for (keys, out) in [
            ("", "q "),
            ("r", "q "),
            ("<Esc> e", "Esc"),
            ("<Esc> /", "Esc"),
            ("<Esc> v", "q "),
            ("<Esc> w", "Esc"),
        ] {
            at.keys(keys);
            let out = if out == "Esc" { language.pick("Échap", "Esc") } else { out };
            let foot = at.rows().pop().unwrap();
            assert!(foot.contains(out), "{keys}: {foot}");
        }
    }
}

const BEGIN: &str = "<!-- keys: from the table in src/tui/keymap.rs -->";
const END: &str = "<!-- end of keys -->";

/// The README's tables: the interview, then the rest folded away; keys, and what they do in both languages.
fn table() -> String {
    let others = Context::ALL.into_iter().filter(|context| *context != Context::Interview);
    let mut out = part(Context::Interview);
    out.push_str("<details><summary>The other screens · <em>Les autres écrans</em></summary>\n\n");
    others.for_each(|context| out.push_str(&part(context)));
    out.push_str("</details>\n");
    out
}

fn part(context: Context) -> String {
    let (fr, en) = (context.title(Language::Fr), context.title(Language::En));
    let title = if fr == en { en.to_owned() } else { format!("{en} · *{fr}*") };
    let mut out = format!("| {title} | | |\n|---|---|---|\n");
    for binding in of(context) {
        let keys: Vec<String> = binding.keys.iter().map(|key| code(&key.name(Language::En))).collect();
        let labels = (binding.label(Language::En), binding.label(Language::Fr));
        writeln!(out, "| {} | {} | *{}* |", keys.join(" "), labels.0, labels.1).unwrap();
    }
    out.push('\n');
    out
}

fn code(key: &str) -> String {
    format!("`{}`", key.replace('|', "\\|"))
}

#[test]
fn the_readme_has_the_table_of_keys() {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let text = std::fs::read_to_string(readme).unwrap();
    let found =
        text.split_once(BEGIN).and_then(|(_, rest)| rest.split_once(END)).map(|(table, _)| table.trim());
    let wanted = table();
    assert_eq!(found, Some(wanted.trim()), "README.md wants, from its line {BEGIN} on:\n\n{wanted}{END}");
}
