//! Is an answer recorded as it was given, or refused as a whole?

use std::fs;

use super::driver::PRIOR;
use super::driver::TABLE;
use super::driver::User;
use super::driver::visited;

#[test]
fn an_answer_is_kept_with_everything_that_was_said_about_it() {
    let user = visited();
    let line = user.ok(&[
        "answer",
        "acme",
        PRIOR,
        "no",
        "--note",
        "deux\nlignes\u{1b}[2J",
        "--by",
        "Ana",
        "--evidence",
        "seen",
        "--evidence-on",
        "2026-11-19",
        "--judgement",
        "pire",
        "--severity",
        "4",
        "--because",
        "gros site",
        "--flag",
    ]);
    assert_eq!(line, "acme@2026-11-20 choice.trackers.prior: no\n");
    let shown = user.json(&["show", "acme@2026-11-20", "--json"]);
    let expected = serde_json::json!({
        "value": "no", "note": "deux\nlignes[2J", "reason": "", "agreed_by": "", "said_by": "Ana",
        "evidence": "seen", "evidence_on": "2026-11-19", "judgement": "pire",
        "severity": { "figure": 4, "reason": "gros site" }, "likelihood": null, "flagged": true,
        "follow_up": null, "details": {}, "carried": null,
    });
    assert_eq!(shown["answers"][PRIOR], expected);
    let scored = user.json(&["score", "acme", "--json"]);
    let question = scored["questions"].as_array().unwrap().iter().find(|question| question["id"] == PRIOR);
    assert_eq!(question.unwrap()["severity"], 4);
}

#[test]
fn every_kind_of_value_comes_back_as_its_word() {
    let user = visited();
    let values = [
        ("secure.devices", "partly", serde_json::json!("partly")),
        ("minimise.retention.prospects", "48", serde_json::json!(48.0)),
        ("profile.presence", "none", serde_json::json!("none")),
        ("profile.markets", "uk, france", serde_json::json!("france,uk")),
        ("audit.lead.named", "unknown", serde_json::json!("unknown")),
    ];
    for (question, word, value) in values {
        let done = user.run(&["answer", "acme", question, word]);
        assert_eq!(done.status, 0, "{question}: {}", done.err);
        assert_eq!(user.json(&["show", "acme", "--json"])["answers"][question]["value"], value);
    }
}

#[test]
fn a_value_that_a_question_does_not_take_is_refused_with_what_it_takes() {
    let user = visited();
    let file = fs::read(user.store().join("clients/acme/2026-11-20.ron")).unwrap();
    let error = user.refused(&["answer", "acme", PRIOR, "maybe"]);
    assert!(error.contains("hint: this question takes yes, partly, no; and always unknown, na"), "{error}");
    let error = user.refused(&["--lang", "fr", "answer", "acme", "profile.markets", "mars"]);
    assert!(error.contains("pas de choix «\u{202f}mars\u{202f}»") && error.contains("hint: "), "{error}");
    assert!(error.contains("france") && error.contains("accepte"), "{error}");
    let error = user.refused(&["answer", "acme", "choice.trackers.priro", "no"]);
    assert!(error.contains("hint: perhaps: choice.trackers.prior"), "{error}");
    for word in ["nan", "inf", "1e999", "", "2026-13-40", "\u{1b}[31m"] {
        let error = user.refused(&["answer", "acme", "minimise.retention.prospects", word]);
        assert!(!error.contains('\u{1b}'), "{error:?}");
    }
    assert_eq!(fs::read(user.store().join("clients/acme/2026-11-20.ron")).unwrap(), file);
}

#[test]
fn not_applicable_counts_with_its_reason_and_a_knock_out_with_a_second_person() {
    let user = visited();
    let state = || {
        let scored = user.json(&["score", "acme", "--json"]);
        let questions = scored["questions"].as_array().unwrap();
        questions.iter().find(|question| question["id"] == PRIOR).unwrap()["state"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert!(user.run(&["answer", "acme", PRIOR, "na"]).err.contains("--reason"));
    assert_eq!(state(), "unanswered");
    assert!(user.run(&["answer", "acme", PRIOR, "na", "--reason", "no site"]).err.contains("--agreed-by"));
    assert_eq!(state(), "unanswered");
    assert_eq!(user.run(&["answer", "acme", PRIOR, "na", "--agreed-by", "Zoé"]).err, "");
    assert_eq!(state(), "not-applicable");
    user.ok(&["answer", "acme", PRIOR, "unknown", "--find-out", "Bob", "--until", "2026-12-01"]);
    assert_eq!(state(), "unknown");
    let shown = user.json(&["show", "acme", "--json"]);
    assert_eq!(shown["answers"][PRIOR]["follow_up"], serde_json::json!({ "who": "Bob", "by": "2026-12-01" }));
    user.ok(&["answer", "acme", PRIOR, "--clear"]);
    assert_eq!(state(), "unanswered");
    assert_eq!(user.json(&["show", "acme", "--json"])["answers"], serde_json::json!({}));
}

#[test]
fn an_answer_to_a_question_that_is_not_asked_is_kept_and_said() {
    let user = visited();
    user.ok(&["answer", "acme", "profile.presence", "none"]);
    let done = user.run(&["answer", "acme", "secure.web.hardening", "no"]);
    assert_eq!(done.status, 0, "{}", done.err);
    assert!(done.err.contains("does not ask"), "{}", done.err);
}

#[test]
fn a_sealed_visit_does_not_change() {
    let user = visited();
    user.ok(&["answer", "acme", PRIOR, "no"]);
    let path = user.store().join("clients/acme/2026-11-20.ron");
    let text = fs::read_to_string(&path).unwrap();
    let sealed = text.trim_end().strip_suffix(')').unwrap().to_owned()
        + "  seal: (on: \"2026-11-21\", digest: \"00\"),\n)\n";
    fs::write(&path, &sealed).unwrap();
    for arguments in [["answer", "acme", PRIOR, "yes"], ["table", "acme", TABLE, "--csv=-"]] {
        let error = user.run_with_input(&arguments, b"name\nOVH\n").refused();
        assert!(error.contains("sealed") && error.contains("hint: "), "{error}");
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), sealed);
    assert_eq!(user.json(&["score", "acme", "--json"])["sealed"], true);
}

#[test]
fn a_visit_that_is_open_elsewhere_is_refused() {
    let user = visited();
    let path = user.store().join("clients/acme/2026-11-20.ron");
    let _lock = privaudit::storage::lock::Lock::take(&path).unwrap();
    let error = user.refused(&["answer", "acme", PRIOR, "yes"]);
    assert!(error.contains(&std::process::id().to_string()), "{error}");
    user.ok(&["show", "acme"]);
}

#[test]
fn a_file_of_answers_is_taken_in_the_forms_that_spreadsheets_write() {
    let comma = "question,value,note\nchoice.trackers.prior,no,\"a, b\"\nsecure.devices,yes,\n";
    let semicolon =
        "\u{feff}note;question;value\r\n\"a, b\";choice.trackers.prior;no\r\n;secure.devices;yes\r\n";
    let blank_lines =
        "question\tvalue\tnote\n\n\nchoice.trackers.prior\tno\ta, b\n\t\t\nsecure.devices\tyes\n";
    let mut files = Vec::new();
    for content in [comma, semicolon, blank_lines] {
        let user = visited();
        let path = user.file("answers.csv", content);
        let line = user.ok(&["answer", "acme", "--from", &path]);
        assert_eq!(line, "acme@2026-11-20: 2 answers recorded\n");
        files.push(fs::read_to_string(user.store().join("clients/acme/2026-11-20.ron")).unwrap());
    }
    assert!(files[0].contains("a, b"));
    assert!(files.iter().all(|file| *file == files[0]));
}

#[test]
fn a_file_of_answers_is_taken_wholly_or_refused_with_every_problem() {
    let user = visited();
    let path = user.store().join("clients/acme/2026-11-20.ron");
    let before = fs::read(&path).unwrap();
    let csv = "value;question;evidence;evidence_on\nyes;secure.devices;;\n\nmaybe;choice.trackers.prior;felt;soon\n\
               no;no.such.question;;\nno;secure.devices;;\nno;;;\n";
    let error = user.run_with_input(&["answer", "acme", "--from", "-"], csv.as_bytes()).refused();
    let places: Vec<&str> = error.lines().filter_map(|line| line.strip_prefix("-:")).collect();
    let starts = [
        "4: choice.trackers.prior: \"maybe\"",
        "4: choice.trackers.prior: unknown level",
        "4: choice.trackers.prior: evidence_on",
        "5: no.such.question: ",
        "6: secure.devices: already on line 2",
        "7: : ",
    ];
    assert_eq!(places.len(), starts.len(), "{error}");
    for (place, start) in places.iter().zip(starts) {
        assert!(place.starts_with(start), "{place}");
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn hostile_files_of_answers_are_refused_and_change_nothing() {
    let user = visited();
    let path = user.store().join("clients/acme/2026-11-20.ron");
    let before = fs::read(&path).unwrap();
    let huge = format!("question,value,note\nsecure.devices,yes,{}\n", "\u{1f600}".repeat(17_000_000));
    let hostile: [&[u8]; 9] = [
        b"",
        b"\n\n",
        b"value\nyes\n",
        b"question,value,colour\nsecure.devices,yes,red\n",
        b"question,question\nsecure.devices,yes\n",
        b"question,value\nsecure.devices,\"yes\nchoice.trackers.prior,no\n",
        b"question,value\nsecure.devices,yes,and,more\n",
        b"question,value\nsecure.devices,\xff\xfe\n",
        huge.as_bytes(),
    ];
    for content in hostile {
        let error = user.run_with_input(&["answer", "acme", "--from", "-"], content).refused();
        assert!(error.len() < 2000, "{}", error.len());
        assert_eq!(fs::read(&path).unwrap(), before);
    }
    user.refused(&["answer", "acme", "--from", "no-such-file.csv"]);
    user.refused(&["answer", "acme", "--from", "."]);
}

#[test]
fn a_value_that_begins_with_a_dash_can_be_said() {
    let user = visited();
    user.ok(&["answer", "acme", "choice.trackers.refuse_easy", "-5"]);
    let shown = user.json(&["show", "acme", "--json"]);
    assert_eq!(shown["answers"]["choice.trackers.refuse_easy"]["value"], -5.0);
    assert!(user.refused(&["answer", "acme", PRIOR, "--", "--no"]).contains("does not fit"));
}

#[test]
fn the_fields_asked_with_a_question_are_filled_and_emptied() {
    let user = visited();
    let question = "secure.payment.pci";
    user.ok(&[
        "answer",
        "acme",
        question,
        "current",
        "--detail",
        "integration=iframe",
        "--detail",
        "signed=2026-01-31",
    ]);
    let details =
        |user: &User| user.json(&["show", "acme", "--json"])["answers"][question]["details"].clone();
    assert_eq!(details(&user), serde_json::json!({ "integration": "iframe", "signed": "2026-01-31" }));
    user.ok(&["answer", "acme", question, "--detail", "signed="]);
    assert_eq!(details(&user), serde_json::json!({ "integration": "iframe" }));
    let error = user.refused(&["answer", "acme", question, "--detail", "integration=carrier_pigeon"]);
    assert!(error.contains("redirect, iframe"), "{error}");
    let error = user.refused(&["answer", "acme", question, "--detail", "colour=red"]);
    assert!(error.contains("hint: fields: integration"), "{error}");
}
