//! Are three generations of a web shop's visits compared rightly? Figures held against others, computed apart.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use privaudit::domain::answer::Value;
use privaudit::storage::library;
use serde_json::Value as Json;

use crate::cli::driver::Done;
use crate::cli::driver::User;

const FIRST: &str = "boutique-elan@2025-03-10";
const SECOND: &str = "boutique-elan@2025-09-10";
const THIRD: &str = "boutique-elan@2026-03-10";
const REPAIRED: [&str; 4] =
    ["choice.trackers.prior", "secure.updates.supported", "policy.recipients", "complaints.log"];

/// The three visits, made by the script.
fn shop() -> User {
    let user = User::new();
    let questionnaire = library::built_in().unwrap().questionnaire;
    let yes = questionnaire.questions().filter(|question| Value::Yes.fits(question).is_ok());
    let rows = yes.map(|question| format!("{},yes\n", question.id)).collect::<Vec<_>>().concat();
    user.file("answers.csv", format!("question,value\n{rows}"));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/web-shop.sh");
    let mut command = Command::new("sh");
    command
        .arg(script)
        .env("PRIVAUDIT", env!("CARGO_BIN_EXE_privaudit"))
        .env("PRIVAUDIT_STORE", user.store())
        .env("COPY", user.path("copy"))
        .env("HOME", user.home.path())
        .env_remove("XDG_CONFIG_HOME")
        .current_dir(user.home.path());
    let done = Done::of(command.output().unwrap());
    assert_eq!(done.status, 0, "{}", done.err);
    user
}

/// The overall mean before caps, from nothing but each question's weight and degree and each step's weight.
fn mean(score: &Json) -> f64 {
    let mut sums: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for question in score["questions"].as_array().unwrap() {
        let Some(degree) = question["degree"].as_f64() else { continue };
        let weight = question["severity"].as_f64().unwrap() * question["likelihood"].as_f64().unwrap();
        let sum = sums.entry(question["step"].as_str().unwrap()).or_default();
        *sum = (sum.0 + weight * degree, sum.1 + weight);
    }
    let steps = score["steps"].as_array().unwrap();
    let weighted = steps.iter().filter_map(|step| {
        let (won, most) = sums.get(step["id"].as_str().unwrap())?;
        let weight = step["weight"].as_f64().unwrap();
        Some((weight * 100.0 * won / most, weight))
    });
    let (sum, weights) = weighted.fold((0.0, 0.0), |sum, step| (sum.0 + step.0, sum.1 + step.1));
    sum / weights
}

fn overall(score: &Json) -> f64 {
    score["overall"]["score"].as_f64().unwrap()
}

#[track_caller]
fn same(figure: &Json, expected: f64) {
    let figure = figure.as_f64().unwrap();
    assert!((figure - expected).abs() < 1e-6, "{figure} instead of {expected}");
}

/// The parts of a difference, along the four points of the way.
#[track_caller]
fn split(figure: &Json, points: [f64; 4]) {
    let [from, questionnaire, scope, to] = points;
    same(&figure["delta"], to - from);
    same(&figure["by_questionnaire"], questionnaire - from);
    same(&figure["by_scope"], scope - questionnaire);
    same(&figure["by_answers"], to - scope);
    let part = |name: &str| figure[name].as_f64().unwrap();
    let sum = part("by_questionnaire") + part("by_scope") + part("by_answers");
    assert!((sum - part("delta")).abs() < 1e-9);
}

fn changed(diff: &Json) -> BTreeMap<&str, &str> {
    let changes = diff["changes"].as_array().unwrap();
    changes
        .iter()
        .map(|change| (change["question"].as_str().unwrap(), change["kind"].as_str().unwrap()))
        .collect()
}

fn set(ids: &Json) -> BTreeSet<&str> {
    ids.as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect()
}

#[test]
fn four_repairs_are_four_improvements_and_all_of_the_difference() {
    let user = shop();
    let score = |reference| user.json(&["score", reference, "--json"]);
    let (first, second) = (score(FIRST), score(SECOND));
    let diff = user.json(&["diff", FIRST, SECOND, "--json"]);
    let expected: BTreeMap<&str, &str> = REPAIRED.iter().map(|id| (*id, "improved")).collect();
    assert_eq!(changed(&diff), expected);
    let change = &diff["changes"][0];
    assert_eq!((&change["note"], &change["evidence"]), (&true.into(), &true.into()));
    assert_eq!(set(&diff["findings"]["closed"]), REPAIRED.into_iter().collect());
    assert_eq!(
        set(&diff["findings"]["same"]),
        ["audit.need.purpose", "policy.identity"].into_iter().collect()
    );
    assert_eq!(diff["findings"]["opened"], serde_json::json!([]));
    assert_eq!(set(&diff["actions"]["closed"]), REPAIRED.into_iter().collect());
    assert_eq!(diff["actions"]["overdue"], serde_json::json!(["audit.need.purpose"]));
    split(&diff["score"], [overall(&first), overall(&first), overall(&first), overall(&second)]);
    split(&diff["raw"], [mean(&first), mean(&first), mean(&first), mean(&second)]);
    assert!(mean(&second) > mean(&first) && overall(&second) > overall(&first));
    assert_eq!(user.run(&["diff", FIRST, SECOND, "--gate"]).status, 0);
    assert_eq!(user.run(&["diff", SECOND, FIRST, "--gate"]).status, 3);

    let actions = user.json(&["actions", SECOND, "--json"]);
    let [purpose, identity] = actions["actions"].as_array().unwrap().as_slice() else { panic!("{actions}") };
    assert_eq!((&purpose["question"], &purpose["owner"]), (&"audit.need.purpose".into(), &"Ana".into()));
    assert_eq!((&purpose["due"], &purpose["overdue"]), (&"2025-06-01".into(), &true.into()));
    assert_eq!((&identity["standing"], &identity["status"]), (&"open".into(), &"open".into()));
}

#[test]
fn another_profile_and_questionnaire_are_told_apart_from_other_answers() {
    let user = shop();
    let score = |reference| user.json(&["score", reference, "--json"]);
    let read = |name| -> Json { serde_json::from_slice(&fs::read(user.path(name)).unwrap()).unwrap() };
    let points = [score(SECOND), read("by-questionnaire.json"), read("by-scope.json"), score(THIRD)];
    let diff = user.json(&["diff", "boutique-elan", "--json"]);
    assert_eq!((&diff["from"]["ref"], &diff["to"]["ref"]), (&SECOND.into(), &THIRD.into()));
    split(&diff["score"], points.each_ref().map(overall));
    split(&diff["raw"], points.each_ref().map(mean));
    for part in ["by_questionnaire", "by_scope", "by_answers"] {
        assert!(diff["raw"][part].as_f64().unwrap().abs() > 1e-6, "{part} is nothing: {}", diff["raw"]);
    }

    let changes = changed(&diff);
    let of =
        |kind: &str| changes.iter().filter(|(_, of)| **of == kind).map(|(id, _)| *id).collect::<Vec<_>>();
    assert_eq!(of("improved"), ["policy.identity"]);
    assert_eq!(of("worsened"), ["complaints.owner"]);
    assert_eq!(of("reweighted"), ["audit.inventory.documented"]);
    assert_eq!(of("reworded"), ["audit.need.purpose"]);
    assert_eq!(of("changed"), ["profile.presence"]);
    // What is asked now and was not before: by the two visits' own records.
    let asked = |score: &Json| -> BTreeSet<String> {
        let questions = score["questions"].as_array().unwrap();
        let asked = questions.iter().filter(|question| question["state"] != "not-asked");
        asked.map(|question| question["id"].as_str().unwrap().to_owned()).collect()
    };
    let (before, after) = (asked(&points[0]), asked(&points[3]));
    let newly: Vec<&str> = after.difference(&before).map(String::as_str).collect();
    assert_eq!(of("asked"), newly);
    assert!(newly.contains(&"secure.auth.storage"));
    assert_eq!(changes.len(), 5 + newly.len());
    assert_eq!(set(&diff["findings"]["closed"]), ["policy.identity"].into_iter().collect());
    let opened = ["complaints.owner", "secure.auth.storage"].into_iter().collect();
    assert_eq!(set(&diff["findings"]["opened"]), opened);

    // Only what had been answered before breaks the gate.
    let gate = user.run(&["diff", "boutique-elan", "--gate"]);
    assert_eq!(gate.status, 3);
    assert!(
        gate.err.contains("complaints.owner") && !gate.err.contains("secure.auth.storage"),
        "{}",
        gate.err
    );
    let old = user.json(&["score", SECOND, "--json"]);
    assert_eq!(old["questionnaire"]["version"], "1.0.0");
    assert_eq!(diff["to"]["questionnaire"]["version"], "2.0.0");

    // The next visits keep the version that came in by its path: the program's own is older.
    user.ok(&["new", "boutique-elan", "--on", "2026-06-10"]);
    let version = |score: &Json| score["questionnaire"]["version"].clone();
    assert_eq!(version(&user.json(&["score", "boutique-elan", "--json"])), "2.0.0");
    user.ok(&["seal", "boutique-elan", "--with-carried"]);
    // What is sealed is opened to be read; only who asks for it begins another.
    let latest = |open: &[&str]| {
        let opened = user.run_with_input(open, b"q\n");
        assert_eq!(opened.status, 0, "{}", opened.err);
        user.json(&["score", "boutique-elan", "--json"])
    };
    let sealed = latest(&["open", "boutique-elan", "--plain"]);
    assert_eq!(sealed["ref"], "boutique-elan@2026-06-10");
    let next = latest(&["open", "boutique-elan", "--plain", "--new"]);
    assert_ne!(next["ref"], "boutique-elan@2026-06-10");
    assert_eq!(version(&next), "2.0.0");

    // A store apart, with its questionnaires beside it, is read by the path of its files.
    let path = user.store().join("clients/boutique-elan/2026-03-10.ron");
    let mut apart = user.command(&["diff", path.to_str().unwrap(), "--json"]);
    let done = Done::of(apart.env("PRIVAUDIT_STORE", user.path("nothing")).output().unwrap());
    assert_eq!(done.status, 0, "{}", done.err);
    let by_path: Json = serde_json::from_str(&done.out).unwrap();
    assert_eq!((&by_path["score"], &by_path["changes"]), (&diff["score"], &diff["changes"]));
}
