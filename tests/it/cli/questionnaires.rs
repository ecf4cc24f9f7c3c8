//! Are questionnaires listed, copied and checked from the command line?

use std::fs;
use std::path::Path;

use super::driver::User;
use super::driver::files_below;

#[test]
fn a_questionnaire_is_exported_checked_and_used() {
    let user = User::new();
    assert_eq!(user.json(&["questionnaires", "--json"])[0]["id"], "seven-steps");
    user.ok(&["questionnaires", "export", "seven-steps", "own/deep"]);
    let original = concat!(env!("CARGO_MANIFEST_DIR"), "/questionnaires/seven-steps");
    for file in files_below(Path::new(original)) {
        let copy = user.path("own/deep").join(file.file_name().unwrap());
        assert_eq!(fs::read(&copy).unwrap(), fs::read(&file).unwrap(), "{copy:?}");
    }
    assert!(user.ok(&["check", "own/deep"]).contains("no problem"));
    assert_eq!(user.ok(&["check", "own/deep/3-secure.ron", "own/deep"]).lines().count(), 1);
    user.refused(&["questionnaires", "export", "seven-steps", "own/deep"]);
    user.refused(&["questionnaires", "export", "no-such", "other"]);
    assert!(!user.path("other").exists());

    let head = user.path("own/deep/questionnaire.ron");
    let text = fs::read_to_string(&head).unwrap();
    fs::write(&head, text.replace("\"seven-steps\"", "\"mine\"")).unwrap();
    user.ok(&["new", "Acme", "--on", "2026-11-20", "--questionnaire", "own/deep"]);
    // The next visit stays with it, also when its folder is gone.
    fs::remove_dir_all(user.path("own")).unwrap();
    user.ok(&["new", "Acme", "--on", "2026-11-21"]);
    assert_eq!(user.json(&["score", "acme", "--json"])["questionnaire"]["id"], "mine");
}

#[test]
fn check_shows_every_problem_at_its_line_and_fails() {
    let user = User::new();
    user.ok(&["questionnaires", "export", "seven-steps", "q"]);
    let path = user.path("q/6-choice.ron");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        text.replacen("severity: 3", "severity: 9", 1).replacen("express: true", "expres: true", 1),
    )
    .unwrap();
    for (language, word) in [("en", "problems"), ("fr", "problèmes")] {
        let done = user.run(&["--lang", language, "check", "q"]);
        assert_eq!(done.status, 1);
        let places = done.out.lines().filter(|line| line.starts_with("q/6-choice.ron:")).count();
        assert_eq!(places, 2, "{}", done.out);
        assert!(done.err.starts_with("error: 2 ") && done.err.contains(word), "{}", done.err);
    }
    let stray = user.file("q/stray.ron", "()");
    assert!(user.run(&["check", &stray]).out.contains("stray.ron:1:1: "));
    assert_eq!(user.run(&["check", "no-such-folder"]).status, 1);
    assert_eq!(user.run(&["check", "/dev/null"]).status, 1);
    user.run(&["check"]).wrong_syntax();
}

#[test]
fn check_advises_without_failing_unless_strict() {
    let user = User::new();
    user.ok(&["questionnaires", "export", "seven-steps", "q"]);
    user.ok(&["check", "--strict", "q"]);
    let path = user.path("q/6-choice.ron");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("\u{202f}?", " ?", 1)).unwrap();
    for (language, word, count) in
        [("en", ": advice: ", ", 1 piece of advice"), ("fr", ": conseil\u{202f}: ", ", 1 conseil")]
    {
        let out = user.ok(&["--lang", language, "check", "q"]);
        assert!(out.starts_with("q/6-choice.ron:") && out.contains(word) && out.contains(count), "{out}");
        assert_eq!(user.run(&["--lang", language, "check", "--strict", "q"]).status, 1);
    }
    // Errors come first.
    let wrong = fs::read_to_string(&path).unwrap().replacen("severity: 3", "severity: 9", 1);
    fs::write(&path, wrong).unwrap();
    let done = user.run(&["--lang", "en", "check", "q"]);
    assert_eq!(done.status, 1);
    let (error, advice) = (done.out.find("severity 9"), done.out.find("advice: "));
    assert!(error.is_some() && error < advice, "{}", done.out);
    assert!(done.err.starts_with("error: 1 problem"), "{}", done.err);
}

#[test]
fn check_never_panics_whatever_the_files_hold() {
    let user = User::new();
    let deep = "[".repeat(100_000);
    let contents: [&[u8]; 8] =
        [b"", b"(", b"\xff\xfe", b"\0\0\0", b"\xef\xbb\xbf(format: 1)", b"((((((", b"\"", deep.as_bytes()];
    for (index, content) in contents.iter().enumerate() {
        let folder = format!("q{index}");
        user.file(&format!("{folder}/questionnaire.ron"), content);
        let done = user.run(&["check", &folder]);
        assert_eq!(done.status, 1, "{folder}: {}", done.err);
        assert!(done.err.starts_with("error: "), "{}", done.err);
    }
}

#[test]
fn a_faulty_questionnaire_of_ones_own_hides_no_other() {
    let user = User::new();
    user.file(".config/privaudit/questionnaires/mine/questionnaire.ron", "(oops");
    let done = user.run(&["questionnaires"]);
    assert_eq!(done.status, 1);
    assert!(done.out.starts_with("seven-steps"), "{}", done.out);
    assert!(done.err.contains("mine/questionnaire.ron"), "{}", done.err);
}
