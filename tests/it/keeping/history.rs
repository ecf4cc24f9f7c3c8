//! Can the earlier states of a visit be looked at and brought back, and does bringing back lose nothing?

use std::fs;

use crate::cli::driver::User;
use crate::cli::driver::visited;

fn answer(user: &User, value: &str) {
    user.ok(&["answer", "acme", "secure.devices", value]);
}

fn device(user: &User) -> String {
    user.json(&["show", "acme", "--json"])["answers"]["secure.devices"]["value"].to_string()
}

#[test]
fn an_earlier_state_is_listed_shown_and_brought_back() {
    let user = visited();
    assert!(user.ok(&["history", "acme"]).contains("No earlier state"));
    for value in ["yes", "partly", "no"] {
        answer(&user, value);
    }
    let states = user.json(&["history", "acme", "--json"]);
    assert_eq!(states.as_array().unwrap().len(), 3);
    assert_eq!(states[1]["number"], 2);
    assert_eq!(states[1]["answers"], 1);
    assert_eq!(states[1]["changed_after"], serde_json::json!(["secure.devices"]));
    let listed = user.ok(&["history", "acme"]);
    assert!(listed.lines().nth(2).unwrap().contains("1 answer  "), "{listed}");
    assert!(user.ok(&["--lang", "fr", "history", "acme"]).contains("puis changé 1"));
    assert!(user.ok(&["history", "acme", "2"]).contains("yes"));

    assert_eq!(user.ok(&["history", "acme", "2", "--restore"]), "acme@2026-11-20 is back in state 2\n");
    assert_eq!(device(&user), "\"yes\"");
    // What was there before is a state as well.
    user.ok(&["history", "acme", "4", "--restore"]);
    assert_eq!(device(&user), "\"no\"");
    let refused = user.refused(&["history", "acme", "77"]);
    assert!(refused.contains("no state 77") && refused.contains("1, 2, 3, 4, 5"), "{refused}");
}

#[test]
fn a_visit_that_cannot_be_read_is_brought_back_and_its_file_kept() {
    let user = visited();
    answer(&user, "yes");
    answer(&user, "no");
    let file = user.store().join("clients/acme/2026-11-20.ron");
    fs::write(&file, [0xff, 0xfe, 0x00]).unwrap();
    let error = user.refused(&["show", "acme"]);
    assert!(error.contains("UTF-8"), "{error}");
    assert!(user.ok(&["history", "acme"]).lines().count() == 2);
    user.ok(&["history", "acme", "2", "--restore"]);
    assert_eq!(device(&user), "\"yes\"");
    let kept = user.store().join("clients/acme/history/2026-11-20-3.ron");
    assert_eq!(fs::read(kept).unwrap(), [0xff, 0xfe, 0x00]);
    assert!(user.ok(&["history", "acme"]).contains("unreadable"));
}

#[test]
fn a_sealed_visit_is_not_brought_back() {
    let user = visited();
    answer(&user, "yes");
    user.ok(&["seal", "acme"]);
    assert!(user.refused(&["history", "acme", "1", "--restore"]).contains("sealed"));
}
