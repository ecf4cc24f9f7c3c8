//! Do the portfolio, the record and the score say what the contract promises?

use std::fs;

use serde_json::Value as Json;

use super::driver::PRIOR;
use super::driver::TABLE;
use super::driver::User;
use super::driver::visited;

#[test]
fn the_score_has_the_fields_of_the_contract() {
    let user = visited();
    user.ok(&["answer", "acme", PRIOR, "no", "--evidence", "seen"]);
    let score = user.json(&["score", "acme", "--json"]);
    let has = |json: &Json, names: &[&str]| {
        for name in names {
            assert!(json.get(name).is_some(), "{name} is missing");
        }
    };
    has(
        &score,
        &["client", "ref", "date", "sealed", "questionnaire", "overall", "steps", "questions", "findings"],
    );
    has(&score["questionnaire"], &["id", "version", "digest"]);
    let figures = ["score", "raw", "low", "high", "band", "coverage", "confidence", "caps"];
    has(&score["overall"], &figures);
    assert!(score["overall"]["low"].is_f64() && score["overall"]["score"].is_null());
    let steps = score["steps"].as_array().unwrap();
    let ids: Vec<&str> = steps.iter().map(|step| step["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["audit", "minimise", "secure", "policy", "communicate", "choice", "complaints"]);
    for step in steps {
        has(step, &figures);
        has(step, &["id", "weight", "answered", "applicable"]);
    }
    assert_eq!(score["overall"]["caps"][0]["cap"], 39.0);
    assert_eq!(score["overall"]["caps"][0]["because"], serde_json::json!([PRIOR]));
    assert_eq!(score["findings"], serde_json::json!([PRIOR]));
    let questions = score["questions"].as_array().unwrap();
    for question in questions {
        has(question, &["id", "step", "state", "severity", "likelihood", "knockout", "lowers", "amplified"]);
        has(question, &["weight", "degree", "residual", "evidence"]);
        let answered = question["state"] == "answered";
        assert_eq!(question["degree"].is_null(), !answered);
        assert_eq!(question["residual"].is_null(), !answered);
        assert_eq!(question["evidence"].is_null(), !answered);
    }
    let prior = questions.iter().find(|question| question["id"] == PRIOR).unwrap();
    assert_eq!(prior["residual"], serde_json::json!({ "severity": 3, "likelihood": 4, "level": "critical" }));
    assert_eq!((&prior["evidence"], &prior["lowers"]), (&"seen".into(), &"likelihood".into()));
    assert!(!questions.iter().any(|question| question["id"].as_str().unwrap().starts_with("profile.")));
}

#[test]
fn the_portfolio_counts_open_and_overdue_actions() {
    let user = visited();
    user.ok(&["new", "Élan", "--on", "2026-11-20"]);
    for question in [PRIOR, "secure.devices", "secure.network"] {
        user.ok(&["answer", "elan", question, "no"]);
    }
    let path = user.store().join("clients/elan/2026-11-20.ron");
    let text = fs::read_to_string(&path).unwrap();
    let actions = "  actions: {\n    \"choice.trackers.prior\": (status: Doing, due: \"2020-01-01\"),\n    \
                   \"secure.devices\": (status: Accepted, due: \"2020-01-01\", reason: \"x\"),\n  },\n)\n";
    fs::write(&path, text.trim_end().strip_suffix(')').unwrap().to_owned() + actions).unwrap();
    let clients = user.json(&["clients", "--json"]);
    let acme = serde_json::json!({
        "client": "Acme", "folder": "acme", "visits": 1,
        "last": { "date": "2026-11-20", "score": null, "band": null, "coverage": 0.0, "before": null },
        "open_actions": 0, "overdue": 0, "keep_until": null, "due": false,
        "visit_due": clients[0]["visit_due"].as_bool().unwrap(),
        "archived": null,
    });
    assert_eq!(clients[0], acme);
    assert_eq!((&clients[1]["client"], &clients[1]["open_actions"]), (&"Élan".into(), &2.into()));
    assert_eq!(clients[1]["overdue"], 1);
    let text = user.ok(&["clients"]);
    assert!(text.contains("Élan") && text.lines().count() == 3, "{text}");
}

#[test]
fn a_client_whose_visit_cannot_be_read_hides_no_other() {
    let user = visited();
    user.ok(&["new", "Broken", "--on", "2026-11-20"]);
    fs::write(user.store().join("clients/broken/2026-11-20.ron"), "(format: 1, oops").unwrap();
    let done = user.run(&["clients", "--json"]);
    assert_eq!(done.status, 1);
    let clients: Json = serde_json::from_str(&done.out).unwrap();
    assert_eq!((&clients[0]["folder"], &clients[1]["folder"]), (&"acme".into(), &"broken".into()));
    assert!(clients[1]["last"].is_null() && clients[1]["error"].is_string());
    assert!(done.err.contains("2026-11-20.ron"), "{}", done.err);
}

#[test]
fn a_client_whose_name_is_misspelt_or_half_typed_is_named() {
    let user = User::new();
    user.ok(&["new", "Pelote & Grelot", "--on", "2026-11-20"]);
    user.ok(&["new", "Pelote de laine", "--on", "2026-11-20"]);
    for typed in ["grelo", "pelote & grelto", "PELOTE GREL"] {
        let said = user.refused(&["client", typed]);
        assert!(
            said.contains("unknown client") && said.contains("did you mean \"Pelote & Grelot\"?"),
            "{said}"
        );
    }
    assert!(user.refused(&["client", "pélote-grelott"]).contains("did you mean \"pelote-grelot\"?"));
    let said = user.refused(&["--lang", "fr", "client", "laines"]);
    assert!(!said.contains("plutôt"), "{said}");
    let said = user.refused(&["--lang", "fr", "client", "laine"]);
    assert!(said.contains("plutôt «\u{202f}Pelote de laine\u{202f}»\u{202f}?"), "{said}");
    assert!(!user.refused(&["client", "zanzibar"]).contains("did you mean"));
    // A session for one client is told of no other.
    let confined = user.run(&["open", "grelo", "--only", "--plain"]);
    assert!(confined.status != 0 && !confined.err.contains("Grelot"), "{}", confined.err);
}

#[test]
fn the_empty_store_has_an_empty_portfolio_and_is_not_made() {
    let user = User::new();
    assert_eq!(user.ok(&["clients", "--json"]), "[]\n");
    user.refused(&["show", "nobody"]);
    user.refused(&["answer", "nobody", PRIOR, "no"]);
    assert!(!user.store().exists());
}

#[test]
fn the_record_shows_everything_in_the_language_asked_for() {
    let user = visited();
    user.ok(&["answer", "acme", PRIOR, "partly", "--note", "première\nseconde", "--judgement", "faible"]);
    user.run_with_input(&["table", "acme", TABLE, "--csv", "-"], b"name,contract\nOVH,signed\n");
    let french = user.ok(&["--lang", "fr", "show", "acme"]);
    for part in ["en partie", "première\n", "seconde", "faible", "OVH", "20/11/2026", "sans réponse"] {
        assert!(french.contains(part), "{part} is missing");
    }
    let english = user.ok(&["--lang", "en", "show", "acme"]);
    for part in ["partly", "20 Nov 2026", "not answered", "OVH"] {
        assert!(english.contains(part), "{part} is missing");
    }
}
