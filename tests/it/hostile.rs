//! Is whatever is read treated as hostile? Damaged and malicious files of every kind: no panic, an end in good time,
//! nothing that a terminal would obey, no way out of the store.
//!
//! `PRIVAUDIT_ROUNDS=5000 cargo test --test it -- hostile` does more than usual damage; `PRIVAUDIT_SEED=…` other damage.

use std::fs;
use std::time::Duration;
use std::time::Instant;

use crate::cli::driver::TABLE;
use crate::cli::driver::visited;
use crate::random::Chance;

mod accident;
mod links;
mod readers;

use readers::READERS;

/// Far more than any file needs, even unoptimised on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

fn from_environment(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// What a terminal would obey, or what turns the text beside it round.
fn obeyed(letter: char) -> bool {
    (letter.is_control() && !matches!(letter, '\n' | '\t'))
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn assert_harmless(shown: &str, context: &str) {
    if let Some(letter) = shown.chars().find(|letter| obeyed(*letter)) {
        let at = shown.find(letter).unwrap();
        let around: String = shown.get(..at).unwrap().chars().rev().take(80).collect();
        panic!(
            "{context}: {letter:?} reaches the terminal behind {:?}",
            around.chars().rev().collect::<String>()
        );
    }
}

fn survives(name: &str, rounds: u64) {
    let reader = READERS.iter().find(|reader| reader.name == name).unwrap();
    let seeds = (reader.seeds)();
    let seed = from_environment("PRIVAUDIT_SEED", 1);
    for round in 0..from_environment("PRIVAUDIT_ROUNDS", rounds) {
        let mut chance = Chance(seed.wrapping_mul(1_000_003).wrapping_add(round));
        let content = accident::happen(&chance.of(&seeds), &mut chance);
        let begun = Instant::now();
        // A panic says which round it was: the same seed and round do the same damage.
        let read = std::panic::catch_unwind(|| (reader.read)(&content));
        let shown = read.unwrap_or_else(|_| {
            panic!("{name}: panics in round {round}: {}", String::from_utf8_lossy(&content))
        });
        assert!(begun.elapsed() < PATIENCE, "{name}: round {round} took {:?}", begun.elapsed());
        assert_harmless(&shown, &format!("{name}, round {round}"));
    }
}

#[test]
fn a_visit_may_hold_anything() {
    survives("visit", 120);
}

#[test]
fn a_client_file_may_hold_anything() {
    survives("client", 120);
}

#[test]
fn a_note_in_the_trash_may_hold_anything() {
    survives("deleted", 300);
}

#[test]
fn settings_may_hold_anything() {
    survives("settings", 300);
}

#[test]
fn a_brand_and_its_logo_may_hold_anything() {
    survives("brand", 150);
}

#[test]
fn a_capture_may_hold_anything() {
    survives("capture", 150);
}

#[test]
fn a_summary_of_a_capture_may_hold_anything() {
    survives("summary", 80);
}

#[test]
fn undamaged_files_are_read() {
    // Otherwise the others would only see the same refusal again and again.
    for reader in &READERS {
        for seed in (reader.seeds)() {
            let shown = (reader.read)(&seed);
            assert!(shown.contains(reader.sign), "{}: {shown}", reader.name);
        }
    }
}

/// The commands that read a file of somebody's: the gate's rules, answers, a table, a capture.
#[test]
fn files_handed_to_commands_may_hold_anything() {
    let user = visited();
    user.ok(&["new", "Acme", "--on", "2026-11-21"]);
    let cases: [(&[&str], &str); 4] = [
        (
            &["diff", "acme@2026-11-20", "acme@2026-11-21", "--gate"],
            "(kinds: [Worsened], steps: [\"choice\"], questions: [\"choice.trackers.prior\"])",
        ),
        (&["answer", "acme", "--from"], "question;answer;note\nchoice.trackers.prior;yes;seen\n"),
        (&["table", "acme", TABLE, "--from"], "name;country\nMailer;France\n"),
        (&["import", "acme"], "{\"log\":{\"version\":\"1.2\",\"entries\":[]}}"),
    ];
    let rounds = from_environment("PRIVAUDIT_ROUNDS", 25);
    for (arguments, content) in cases {
        for round in 0..rounds {
            let mut chance = Chance(round);
            let file = user.file("any", accident::happen(content.as_bytes(), &mut chance));
            let mut arguments = arguments.to_vec();
            arguments.push(&file);
            let done = user.run(&arguments);
            assert!((0..=3).contains(&done.status), "{arguments:?}, round {round}: {}", done.err);
            assert_harmless(&(done.out + &done.err), &format!("{arguments:?}, round {round}"));
        }
    }
}

#[test]
fn what_a_visit_calls_a_capture_leads_to_no_other_folder() {
    let user = visited();
    fs::write(user.path("secret.ron"), "(format: 1)").unwrap();
    let path = user.store().join("clients/acme/2026-11-20.ron");
    let text = fs::read_to_string(&path).unwrap();
    let label = "  captures: [\n    (name: \"x\", phase: Before, on: \"2026-11-20\", digest: \"00\", \
                 summary: \"../../../../secret\"),\n  ],\n)\n";
    fs::write(&path, text.trim_end().strip_suffix(')').unwrap().to_owned() + label).unwrap();
    let shown = user.json(&["show", "acme", "--json"]);
    let error = shown["captures"][0]["error"].as_str().unwrap();
    assert!(error.contains("not as it was kept any more"), "{error}");
}
