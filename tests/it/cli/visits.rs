//! How do clients and visits come about from the command line, and where do their files end up?

use std::fs;

use serde_json::Value as Json;

use super::driver::PRIOR;
use super::driver::User;
use super::driver::files_below;
use super::driver::visited;

#[test]
fn a_new_visit_prints_its_reference_as_the_last_line() {
    let user = User::new();
    assert_eq!(
        user.ok(&["new", "Boulangerie Élan & fils", "--on", "2026-11-20"]),
        "boulangerie-elan-fils@2026-11-20\n"
    );
    assert_eq!(
        user.ok(&["new", "boulangerie elan & fils", "--on", "2026-11-20"]),
        "boulangerie-elan-fils@2026-11-20.2\n"
    );
    assert_eq!(
        user.ok(&["new", "boulangerie-elan-fils", "--on", "2026-11-21"]),
        "boulangerie-elan-fils@2026-11-21\n"
    );
    let today = user.ok(&["new", "Today"]);
    let date: jiff::civil::Date = today.trim().strip_prefix("today@").unwrap().parse().unwrap();
    assert!(date.year() >= 2026);
}

#[test]
fn a_visit_before_the_last_one_is_refused() {
    let user = visited();
    assert!(user.refused(&["new", "acme", "--on", "2026-11-19"]).contains("hint: "));
}

#[test]
fn names_never_lead_out_of_the_store() {
    let user = User::new();
    let long = "x".repeat(200);
    for name in
        ["../../x", "/etc/passwd", "..", ".", "a/b\\c", "-", "\u{1b}[31mred\n\t", "日本", long.as_str()]
    {
        let done = user.run(&["new", "--on", "2026-11-20", "--", name]);
        assert_eq!(done.status, 0, "{name:?}: {}", done.err);
        let reference = done.out.lines().last().unwrap();
        assert!(!reference.contains(char::is_whitespace), "{reference:?}");
        assert_eq!(user.json(&["score", reference, "--json"])["ref"], reference);
        // The name as it was typed finds the client again.
        assert_eq!(user.run(&["show", "--", name]).status, 0, "{name:?}");
    }
    for name in ["", "   ", "\u{1}\u{2}", &"y".repeat(201)] {
        user.refused(&["new", "--", name]);
    }
    let store = user.store().canonicalize().unwrap();
    for file in files_below(user.home.path()) {
        assert!(file.canonicalize().unwrap().starts_with(&store), "{file:?} is outside of the store");
    }
}

#[test]
fn the_second_visit_carries_answers_over_until_they_are_confirmed() {
    let user = User::new();
    user.ok(&["new", "Acme", "--on", "2025-11-20"]);
    user.ok(&["answer", "acme", PRIOR, "no", "--evidence", "tested"]);
    user.ok(&["answer", "acme", "secure.devices", "partly", "--evidence", "seen"]);
    user.ok(&["new", "Acme", "--on", "2026-11-19"]);
    let answer = |id: &str| user.json(&["show", "acme", "--json"])["answers"][id].clone();
    assert_eq!(answer(PRIOR)["carried"], "2025-11-20");
    user.ok(&["answer", "acme", PRIOR, "--note", "asked again"]);
    assert_eq!(answer(PRIOR)["carried"], "2025-11-20", "a note confirms nothing");
    user.ok(&["answer", "acme", PRIOR, "yes"]);
    assert_eq!(answer(PRIOR)["carried"], Json::Null);
    assert_eq!(answer(PRIOR)["evidence"], Json::Null, "what was tested spoke for the other answer");
    user.ok(&["answer", "acme", "secure.devices", "--confirm"]);
    assert_eq!(answer("secure.devices")["carried"], Json::Null);
    assert_eq!(answer("secure.devices")["evidence"], "seen");
    user.ok(&["new", "Acme", "--on", "2026-11-20", "--blank"]);
    assert_eq!(user.json(&["show", "acme", "--json"])["answers"], serde_json::json!({}));
}

#[test]
fn a_path_is_a_reference_too() {
    let user = visited();
    let inside = user.store().join("clients/acme/2026-11-20.ron");
    assert_eq!(user.json(&["score", inside.to_str().unwrap(), "--json"])["ref"], "acme@2026-11-20");
    let outside = user.path("copy.ron");
    fs::copy(&inside, &outside).unwrap();
    user.ok(&["answer", outside.to_str().unwrap(), PRIOR, "no"]);
    assert_eq!(user.json(&["show", outside.to_str().unwrap(), "--json"])["ref"], outside.to_str().unwrap());
    assert_eq!(user.json(&["show", "acme", "--json"])["answers"], serde_json::json!({}));
}

#[test]
fn files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let user = visited();
    user.ok(&["answer", "acme", PRIOR, "no"]);
    for file in files_below(&user.store()) {
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
    }
    assert_eq!(fs::metadata(user.store()).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn what_was_not_done_after_all_is_open_at_the_next_visit() {
    let user = User::new();
    user.ok(&["new", "Acme", "--on", "2026-01-10"]);
    user.ok(&["answer", "acme", "policy.exists", "no"]);
    user.ok(&["actions", "set", "acme", "policy.exists", "--status", "done"]);
    let standing = || user.json(&["actions", "acme", "--json"])["actions"][0]["standing"].clone();
    user.ok(&["new", "acme", "--on", "2026-06-10"]);
    assert_eq!(standing(), "done");
    user.ok(&["answer", "acme", "policy.exists", "no"]);
    assert_eq!(standing(), "reopened");
    user.ok(&["new", "acme", "--on", "2026-11-10"]);
    assert_eq!(standing(), "open");
    let diff = user.json(&["diff", "acme", "--json"]);
    assert_eq!(diff["actions"]["closed"], serde_json::json!([]), "{diff}");
}

#[test]
fn a_visit_that_was_changed_behind_its_seal_is_not_shown_as_sealed_alone() {
    let user = visited();
    user.ok(&["seal", "acme"]);
    let told = |user: &User| {
        let report = user.ok(&["report", "acme", "--format", "md", "-o", "-"]);
        (user.ok(&["show", "acme"]).contains("Changed since"), report.contains("changed since"))
    };
    assert_eq!(told(&user), (false, false));
    let path = user.store().join("clients/acme/2026-11-20.ron");
    let sealed = fs::read_to_string(&path).unwrap();
    fs::write(&path, sealed.replacen("client: \"Acme\"", "client: \"Acne\"", 1)).unwrap();
    assert_eq!(told(&user), (true, true));
}
