//! Do the commands around two visits do what scripts rely on: diff, actions, seal, verify, upgrade?

use std::fs;

use crate::cli::driver::Done;
use crate::cli::driver::PRIOR;
use crate::cli::driver::User;
use crate::cli::driver::visited;

const FIRST: &str = "acme@2026-11-20";
const SECOND: &str = "acme@2026-11-21";
const POLICY: &str = "policy.exists";

/// Two visits: one answer got worse, one better, and one question is answered for the first time, badly.
fn two_visits() -> User {
    let user = visited();
    for fact in [["profile.presence", "site,form"], ["profile.trackers", "stats"]] {
        user.ok(&["answer", "acme", fact[0], fact[1]]);
    }
    user.ok(&["answer", "acme", PRIOR, "no", "--note", "the pixel fires"]);
    user.ok(&["answer", "acme", POLICY, "yes"]);
    user.ok(&["new", "acme", "--on", "2026-11-21"]);
    user.ok(&["answer", "acme", PRIOR, "yes", "--note", "the pixel waits"]);
    user.ok(&["answer", "acme", POLICY, "no"]);
    user.ok(&["answer", "acme", "secure.devices", "no"]);
    user
}

#[test]
fn the_comparison_has_the_shape_that_programs_rely_on() {
    let user = two_visits();
    let diff = user.json(&["diff", "acme", "--json"]);
    assert_eq!((&diff["from"]["ref"], &diff["to"]["ref"]), (&FIRST.into(), &SECOND.into()));
    assert_eq!((&diff["from"]["date"], &diff["to"]["date"]), (&"2026-11-20".into(), &"2026-11-21".into()));
    // Too little is answered for a score.
    assert!(diff["score"].is_null() && diff["raw"].is_null() && diff["from"]["band"].is_null());
    assert_eq!(diff["steps"].as_array().unwrap().len(), 7);
    let change = diff["changes"].as_array().unwrap().iter().find(|change| change["question"] == POLICY);
    let change = change.unwrap();
    assert_eq!(
        (&change["kind"], &change["from"], &change["to"]),
        (&"worsened".into(), &"yes".into(), &"no".into())
    );
    assert_eq!(diff["findings"]["closed"], serde_json::json!([PRIOR]));
    assert_eq!(diff["actions"]["closed"], serde_json::json!([PRIOR]));
    assert_eq!(user.json(&["diff", FIRST, "acme", "--json"]), diff);
    let mirrored = user.json(&["diff", SECOND, FIRST, "--json"]);
    assert_eq!(mirrored["findings"]["opened"], diff["findings"]["closed"]);
    let itself = user.json(&["diff", "acme", "acme", "--json"]);
    assert_eq!(itself["changes"], serde_json::json!([]));
}

#[test]
fn it_reads_in_both_languages_without_colour_outside_a_terminal() {
    let user = two_visits();
    let english = user.ok(&["diff", "acme"]);
    for part in
        ["20 Nov 2026 → 21 Nov 2026", "What is worse (1)", "yes → no", "the pixel [-fires-] {+waits+}"]
    {
        assert!(english.contains(part), "{part} is missing:\n{english}");
    }
    let french = user.ok(&["--lang", "fr", "diff", "acme"]);
    for part in ["20/11/2026 → 21/11/2026", "Ce qui va moins bien (1)", "oui → non", "Constats levés (1)"]
    {
        assert!(french.contains(part), "{part} is missing:\n{french}");
    }
    for text in [&english, &french] {
        assert!(!text.contains('\u{1b}'));
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }
    assert!(user.ok(&["--lang", "fr", "diff", "acme", "--markdown"]).starts_with("# Acme"));
    user.run(&["diff", "acme", "--json", "--markdown"]).wrong_syntax();
    user.run(&["diff", "acme", "acme", "acme"]).wrong_syntax();
    user.run(&["diff"]).wrong_syntax();
    user.run(&["diff", "--gate"]).wrong_syntax();
}

#[test]
fn the_timeline_tells_each_visit_with_the_actions_opened_and_closed() {
    let user = two_visits();
    user.ok(&["new", "acme", "--on", "2026-11-22"]);
    user.ok(&["answer", "acme", POLICY, "yes"]);
    let timeline = user.json(&["diff", "acme", "--timeline", "--json"]);
    let actions = |visit: usize, what: &str| timeline["visits"][visit]["actions"][what].clone();
    assert_eq!(timeline["visits"].as_array().unwrap().len(), 3);
    assert_eq!(timeline["visits"][1]["ref"], SECOND);
    assert_eq!(
        (actions(0, "open"), actions(0, "closed")),
        (serde_json::json!([PRIOR]), serde_json::json!([]))
    );
    assert_eq!(actions(1, "opened"), serde_json::json!([POLICY, "secure.devices"]));
    assert_eq!(actions(1, "closed"), serde_json::json!([PRIOR]));
    assert_eq!(actions(2, "closed"), serde_json::json!([POLICY]));
    assert_eq!(actions(2, "open"), serde_json::json!(["secure.devices"]));
    for visit in 0..3 {
        // What the timeline says of a visit is what `score` says of it.
        let reference = timeline["visits"][visit]["ref"].as_str().unwrap();
        let score = user.json(&["score", reference, "--json"]);
        for figure in ["score", "raw", "low", "high", "coverage"] {
            assert_eq!(timeline["visits"][visit][figure], score["overall"][figure], "{reference} {figure}");
            assert_eq!(timeline["visits"][visit]["steps"][2][figure], score["steps"][2][figure]);
        }
    }
    let earlier = user.json(&["diff", SECOND, "--timeline", "--json"]);
    assert_eq!(earlier["visits"].as_array().unwrap().len(), 2);
    assert!(user.ok(&["diff", "acme", "--timeline"]).contains("2 actions open: 2 opened, 1 closed"));
    let french = user.ok(&["--lang", "fr", "diff", "acme", "--timeline"]);
    assert!(french.contains("2 nouvelles, 1 close"), "{french}");
    let markdown = user.ok(&["diff", "acme", "--timeline", "--markdown"]);
    assert!(markdown.contains("closed since"), "{markdown}");
    assert_eq!(user.run(&["diff", FIRST, SECOND, "--timeline"]).status, 2);
}

#[test]
fn without_a_visit_before_there_is_nothing_to_compare() {
    let user = visited();
    let error = user.refused(&["diff", "acme"]);
    assert!(error.contains("no visit before acme@2026-11-20") && error.contains("hint: "), "{error}");
    let error = user.refused(&["--lang", "fr", "diff", "acme"]);
    assert!(error.contains("aucune visite avant"), "{error}");
    user.refused(&["diff", "nobody"]);
}

/// The gate's exit status and what broke it.
fn gate(user: &User, rules: &str) -> (i32, String) {
    let file = user.file("rules.ron", rules);
    let done = user.run(&["diff", "acme", "--json", "--gate", &file]);
    if done.status != 1 {
        assert!(serde_json::from_str::<serde_json::Value>(&done.out).is_ok(), "{}", done.out);
    }
    (done.status, done.err)
}

#[test]
fn the_gate_exits_3_and_says_what_got_worse() {
    let user = two_visits();
    for arguments in [
        vec!["diff", "acme", "--gate"],
        vec!["diff", "--gate", FIRST, SECOND],
        vec!["diff", "--gate", "acme"],
    ] {
        let done = user.run(&arguments);
        assert_eq!(done.status, 3, "{}", done.err);
        assert!(done.err.contains(POLICY) && done.err.contains("yes → no"), "{}", done.err);
        // Nobody had answered it before.
        assert!(!done.err.contains("secure.devices") && !done.err.contains(PRIOR), "{}", done.err);
        assert!(done.out.contains("What is worse"));
    }
    let french = user.run(&["--lang", "fr", "diff", "acme", "--gate"]);
    assert!(french.status == 3 && french.err.contains("oui → non"), "{}", french.err);
    assert_eq!(user.run(&["diff", "acme", "acme", "--gate"]).status, 0);
}

#[test]
fn the_rules_of_a_gate_can_be_set() {
    let user = two_visits();
    assert_eq!(gate(&user, "()").0, 3);
    assert_eq!(gate(&user, "(ignore: [\"policy.exists\"])").0, 0);
    assert_eq!(gate(&user, "(steps: [\"secure\", \"choice\"])").0, 0);
    assert_eq!(gate(&user, "(steps: [\"policy\"])").0, 3);
    assert_eq!(gate(&user, "(watch: [\"choice.trackers.prior\"])").0, 0);
    assert_eq!(gate(&user, "(changes: [Withdrawn], findings: [])").0, 0);
    assert_eq!(gate(&user, "(changes: [], level: Critical)").0, 3);
    let (status, error) = gate(&user, "(changes: [Improved], findings: [Found])");
    assert_eq!(status, 3);
    assert!(error.contains(PRIOR) && error.contains("secure.devices"), "{error}");
    let (status, error) = gate(&user, "(changes: [], findings: [Found], level: Critical)");
    assert_eq!(status, 0, "{error}");
    user.ok(&["actions", "set", "acme", POLICY, "--due", "2020-01-01"]);
    assert_eq!(gate(&user, "(changes: [], findings: [], overdue: true)").0, 3);

    assert_eq!(gate(&user, "(changes: [], findings: [Worsened])").0, 0);
    user.ok(&["answer", FIRST, "secure.devices", "partly"]);
    let (status, error) = gate(&user, "(changes: [], findings: [Worsened])");
    assert_eq!((status, error.contains("secure.devices: finding worse")), (3, true), "{error}");
    assert_eq!(gate(&user, "(changes: [], findings: [Worsened], level: Critical)").0, 0);
    assert_eq!(gate(&user, "(changes: [], findings: [Worsened], level: High)").0, 3);
    assert_eq!(gate(&user, "(changes: [], findings: [Worsened], steps: [\"choice\"])").0, 0);
    assert_eq!(gate(&user, "(changes: [], findings: [Worsened], watch: [\"secure.devices\"])").0, 3);
}

#[test]
fn a_mistake_in_the_rules_is_shown_at_its_place() {
    let user = two_visits();
    for (rules, place, part) in [
        ("(\n  chnges: [],\n)", ":2:", "chnges"),
        ("(\n  changes: [Wrsened],\n)", ":2:", "Worsened"),
        ("(\n  steps: [\n    \"choise\"],\n)", ":3:5:", "choise"),
        ("(\n  watch: [\"policy.exist\"],\n)", ":2:11:", "policy.exists"),
        ("(\n  changes: [],\n  ignore: [\"choice.trackers.priors\"],\n)", ":3:12:", "choice.trackers.prior"),
        ("(\n  findings: [Closed],\n)", ":2:", "Closed"),
        ("(\n  overdue: maybe,\n)", ":2:", "maybe"),
        ("(level: high)", ":1:", "High"),
        ("(", ":1:", ""),
        ("rubbish", ":1:", ""),
    ] {
        let (status, error) = gate(&user, rules);
        assert_eq!(status, 1, "{rules}: {error}");
        assert!(error.contains(&format!("rules.ron{place}")) && error.contains(part), "{rules}: {error}");
        assert!(error.contains("hint: "), "{error}");
    }
    assert_eq!(user.run(&["diff", "acme", "--gate", "missing.ron"]).status, 1);
}

#[test]
fn actions_are_decided_and_listed_in_order() {
    let user = two_visits();
    let line = user.ok(&[
        "actions",
        "set",
        "acme",
        POLICY,
        "--owner",
        "Ana",
        "--due",
        "2020-01-01",
        "--status",
        "doing",
    ]);
    assert!(line.starts_with("acme@2026-11-21 policy.exists: under way · Ana"), "{line}");
    user.ok(&["answer", "acme", "complaints.owner", "unknown", "--find-out", "Bob", "--until", "2020-02-01"]);
    let list = user.json(&["actions", "acme", "--json"]);
    let findings = user.json(&["score", "acme", "--json"])["findings"].clone();
    let actions = list["actions"].as_array().unwrap();
    let listed: Vec<&serde_json::Value> = actions.iter().map(|action| &action["question"]).collect();
    assert_eq!(listed, findings.as_array().unwrap().iter().collect::<Vec<_>>());
    let policy = actions.iter().find(|action| action["question"] == POLICY).unwrap();
    for (field, value) in [
        ("owner", "Ana"),
        ("due", "2020-01-01"),
        ("status", "doing"),
        ("standing", "open"),
        ("step", "policy"),
    ] {
        assert_eq!(policy[field], value, "{field}");
    }
    assert_eq!(policy["overdue"], true);
    assert!(
        policy["remedy"].as_str().is_some_and(|remedy| !remedy.is_empty()) && policy["effort"].is_string()
    );
    let follow_up = &list["follow_ups"][0];
    assert_eq!((&follow_up["question"], &follow_up["who"]), (&"complaints.owner".into(), &"Bob".into()));
    assert_eq!((&follow_up["by"], &follow_up["overdue"]), (&"2020-02-01".into(), &true.into()));
    let french = user.ok(&["--lang", "fr", "actions", "acme"]);
    assert!(
        french.contains("en retard") && french.contains("Reste à savoir") && french.contains("Ana"),
        "{french}"
    );

    // Accepting needs a reason, whoever gave it and when.
    let error = user.refused(&["actions", "set", "acme", POLICY, "--status", "accepted"]);
    assert!(error.contains("reason") && error.contains("hint: "), "{error}");
    user.ok(&["actions", "set", "acme", POLICY, "--status", "accepted", "--reason", "closing down"]);
    user.refused(&["actions", "set", "acme", POLICY, "--reason", " "]);
    let kept = user.json(&["show", "acme", "--json"])["actions"][POLICY].clone();
    let expected = serde_json::json!({ "owner": "Ana", "due": "2020-01-01", "status": "accepted", "reason": "closing down" });
    assert_eq!(kept, expected);
    user.ok(&[
        "actions", "set", "acme", POLICY, "--status", "open", "--reason", "", "--owner", "", "--due", "none",
    ]);
    assert_eq!(user.json(&["show", "acme", "--json"])["actions"], serde_json::json!({}));
    user.run(&["actions", "set", "acme", POLICY]).wrong_syntax();
    user.run(&["actions", "set", "acme", POLICY, "--status", "someday"]).wrong_syntax();
    user.refused(&["actions", "set", "acme", "policy.exist", "--owner", "Ana"]);
    user.run(&["actions"]).wrong_syntax();
}

#[test]
fn what_is_sealed_and_then_changed_by_hand_is_named() {
    let user = two_visits();
    user.ok(&["new", "Other", "--on", "2026-11-20"]);
    let digest = user.ok(&["seal", FIRST]);
    assert!(digest.starts_with("acme@2026-11-20 sealed "), "{digest}");
    let error = user.refused(&["seal", SECOND]);
    assert!(error.contains("--with-carried") && error.contains("profile."), "{error}");
    // Each of them is named, before and when it is sealed all the same.
    let sealed = user.run(&["seal", SECOND, "--with-carried"]);
    assert_eq!(sealed.status, 0, "{}", sealed.err);
    for told in [error, sealed.err] {
        let named = told.lines().filter(|line| line.starts_with("  profile.")).count();
        assert!(named > 1 && told.contains(&format!(": {named} answer")), "{told}");
    }
    assert!(user.refused(&["seal", SECOND]).contains("already"));
    let verified = user.ok(&["verify"]);
    let digest = digest.trim().rsplit(' ').next().unwrap().to_owned();
    assert!(verified.contains("2 seals are intact") && !verified.contains(&digest), "{verified}");
    assert!(user.refused(&["answer", FIRST, PRIOR, "yes"]).contains("sealed"));
    assert!(user.refused(&["actions", "set", FIRST, PRIOR, "--owner", "Ana"]).contains("sealed"));

    let path = user.store().join("clients/acme/2026-11-20.ron");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("the pixel fires", "the pixel sleeps")).unwrap();
    for (language, words) in [
        ("en", "the answer to choice.trackers.prior differs"),
        ("fr", "la réponse à choice.trackers.prior diffère"),
    ] {
        for command in [vec!["verify", "--lang", language], vec!["verify", "acme", "--lang", language]] {
            let done = user.run(&command);
            assert_eq!(done.status, 1);
            assert!(done.err.contains("acme/2026-11-20.ron") && done.err.contains(words), "{}", done.err);
            assert!(!done.err.contains("2026-11-21.ron"), "{}", done.err);
        }
    }
    assert_eq!(user.run(&["verify", "other"]).status, 0);
    fs::write(&path, text).unwrap();
    user.ok(&["verify"]);
    user.refused(&["verify", "nobody"]);
    for language in ["en", "fr"] {
        let help = user.ok(&["verify", "--help", "--lang", language]);
        assert!(
            help.contains("signature")
                && help.contains(if language == "en" { "trusted" } else { "confiance" }),
            "{help}"
        );
    }
}

#[test]
fn an_upgrade_is_a_new_visit_and_leaves_the_old_one() {
    let user = two_visits();
    let error = user.refused(&["upgrade", "acme"]);
    assert!(error.contains("1.0.0 already") && error.contains("hint: "), "{error}");
    user.ok(&["questionnaires", "export", "seven-steps", "newer"]);
    for (name, old, new) in [
        ("newer/questionnaire.ron", "1.0.0", "1.1.0"),
        ("newer/4-policy.ron", "severity: 3, likelihood: 4", "severity: 4, likelihood: 4"),
        ("newer/7-complaints.ron", "id: \"complaints.log\"", "id: \"complaints.book\""),
    ] {
        let text = fs::read_to_string(user.path(name)).unwrap();
        assert!(text.contains(old), "{name}");
        user.file(name, text.replacen(old, new, 1));
    }
    let path = user.store().join("clients/acme/2026-11-21.ron");
    let before = fs::read(&path).unwrap();
    let preview = user.ok(&["upgrade", "acme", "--preview", "--questionnaire", "newer"]);
    for part in
        ["1.0.0 → seven-steps 1.1.0", "1 removed, 1 added", "policy.exists", "complaints.book", "[risk"]
    {
        assert!(preview.contains(part), "{part} is missing:\n{preview}");
    }
    let french = user.ok(&["--lang", "fr", "upgrade", "acme", "--preview", "--questionnaire", "newer"]);
    assert!(french.contains("1 retirée, 1 ajoutée"), "{french}");
    assert_eq!(
        fs::read_dir(path.parent().unwrap())
            .unwrap()
            .filter(|entry| { entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("2026-") })
            .count(),
        2
    );

    let made = user.ok(&["upgrade", "acme", "--questionnaire", "newer"]);
    assert_eq!(made.lines().last(), Some("acme@2026-11-21.2"));
    assert_eq!(fs::read(&path).unwrap(), before);
    let record = user.json(&["show", "acme@2026-11-21.2", "--json"]);
    assert_eq!(record["questionnaire"]["version"], "1.1.0");
    let diff = user.json(&["diff", "acme", "--json"]);
    let (common, all) = (diff["compatibility"]["common"].as_u64(), diff["compatibility"]["all"].as_u64());
    let (common, all) = (common.unwrap(), all.unwrap());
    assert_eq!(common + 2, all);
    let percent = f64::from(u32::try_from(common * 1000 / all).unwrap()) / 10.0;
    let said =
        format!("{common} questions in common out of {all} ({percent}%); not comparable: 1 added, 1 removed");
    for told in [preview, user.ok(&["diff", "acme"]), user.ok(&["diff", "acme", "--markdown"])] {
        // Folded to the width of a page.
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(&said), "{said} is missing:\n{told}");
    }
    // Only what is not asked as before is to be confirmed, besides what was carried already.
    assert!(record["answers"][POLICY]["carried"].is_string());
    assert!(record["answers"][PRIOR]["carried"].is_null());
    let later = user.ok(&["upgrade", SECOND, "--questionnaire", "newer", "--on", "2026-12-01"]);
    assert_eq!(later.lines().last(), Some("acme@2026-12-01"));
    assert!(user.json(&["show", "acme", "--json"])["answers"][PRIOR]["carried"].is_string());
    user.refused(&["upgrade", SECOND, "--questionnaire", "newer", "--on", "2026-11-01"]);
    user.refused(&["upgrade", FIRST, "--questionnaire", "newer"]);
}

#[test]
fn what_came_and_went_among_several_choices_is_named_alone() {
    let user = two_visits();
    user.ok(&["answer", "acme", "profile.presence", "site,account"]);
    let told = user.ok(&["diff", "acme"]);
    let line = told.split("(profile.presence)").nth(1).unwrap();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(line.starts_with(": + A customer or member area, with a password; − A form"), "{line}");
    assert!(!line.contains("A website"), "{line}");
}

#[test]
fn the_new_commands_help_in_both_languages() {
    let user = User::new();
    for command in ["diff", "actions", "seal", "verify", "upgrade"] {
        let help = user.ok(&[command, "--help"]);
        assert!(help.contains("shows this help"));
        assert_eq!(user.ok(&["help", command]), help);
        let french = user.ok(&["--lang", "fr", command, "--help"]);
        assert_eq!(user.ok(&["--lang", "fr", "help", command]), french);
        assert!(french.contains("montre cette aide") && !french.contains("Usage:"), "{french}");
        let page = user.ok(&["man"]);
        assert!(page.contains(command));
    }
    assert_eq!(user.ok(&["help"]), user.ok(&["--help"]));
    assert_eq!(user.ok(&["help", "actions", "set"]), user.ok(&["actions", "set", "--help"]));
    user.run(&["help", "nothing"]).wrong_syntax();
    let outside = user.file("elsewhere.ron", "(format: 1)");
    let done: Done = user.run(&["seal", &outside]);
    assert_eq!(done.status, 1);
}
