//! Is a client of whom something cannot be read still seen, and is nothing made in its place?

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::Value as Json;

use super::driver::User;
use super::driver::visited;

const CLIENT: &str = "clients/acme/client.ron";

/// What may have become of `client.ron`, and what is then said of it.
type Accident = (&'static str, fn(&User), &'static str);

const ACCIDENTS: [Accident; 7] = [
    (
        "cut",
        |user| fs::write(user.store().join(CLIENT), "(\n  format: 1,\n  name: \"Ac").unwrap(),
        "client.ron:3:",
    ),
    ("empty", |user| fs::write(user.store().join(CLIENT), "").unwrap(), "client.ron:1:1"),
    (
        "not UTF-8",
        |user| fs::write(user.store().join(CLIENT), b"(format: 1, name: \"L\xe9on\")").unwrap(),
        "UTF-8",
    ),
    (
        "newer",
        |user| fs::write(user.store().join(CLIENT), "(format: 7, name: \"Acme\")").unwrap(),
        "format 7",
    ),
    ("lost", |user| fs::remove_file(user.store().join(CLIENT)).unwrap(), "client.ron is missing"),
    (
        "a folder",
        |user| {
            fs::remove_file(user.store().join(CLIENT)).unwrap();
            fs::create_dir(user.store().join(CLIENT)).unwrap();
        },
        "no ordinary file",
    ),
    (
        "a link",
        |user| {
            let elsewhere = user.store().join("elsewhere.ron");
            fs::rename(user.store().join(CLIENT), &elsewhere).unwrap();
            symlink(elsewhere, user.store().join(CLIENT)).unwrap();
        },
        "through a link",
    ),
];

#[test]
fn a_client_whose_file_cannot_be_read_is_shown_with_the_reason_and_not_made_anew() {
    for (accident, happens, said) in ACCIDENTS {
        let user = visited();
        user.ok(&["new", "Zoé", "--on", "2026-11-20"]);
        happens(&user);
        let listed = user.run(&["clients"]);
        assert_eq!(listed.status, 1, "{accident}");
        assert!(listed.err.contains(said), "{accident}: {}", listed.err);
        let row = listed.out.lines().find(|line| line.contains("acme"));
        assert!(row.is_some_and(|row| row.contains("unreadable")), "{accident}: {}", listed.out);
        assert!(listed.out.contains("Zoé"), "{accident}: {}", listed.out);
        let json: Json = serde_json::from_str(&user.run(&["clients", "--json"]).out).unwrap();
        let acme = json.as_array().unwrap().iter().find(|client| client["folder"] == "acme").unwrap();
        assert!(acme["error"].as_str().is_some_and(|error| error.contains(said)), "{accident}: {acme}");
        for name in ["Acme", "acme"] {
            assert!(user.refused(&["show", name]).contains(said), "{accident}: {name}");
            assert!(user.refused(&["new", name]).contains(said), "{accident}: {name}");
        }
        assert!(!user.store().join("clients/acme-2").exists(), "{accident}");
        assert!(user.store().join("clients/acme/2026-11-20.ron").is_file(), "{accident}");
    }
}

#[test]
fn of_a_visit_that_cannot_be_read_the_day_is_still_told_and_no_count_is_made_up() {
    let user = visited();
    fs::write(user.store().join("clients/acme/2026-11-20.ron"), "(\n  format: 1,\n  Yess").unwrap();
    let listed = user.run(&["clients"]);
    let row = listed.out.lines().find(|line| line.contains("acme")).unwrap();
    let cells: Vec<&str> = row.split_whitespace().collect();
    assert_eq!(cells, ["Acme", "acme", "1", "2026-11-20", "unreadable", "–", "–", "–"]);
    let json: Json = serde_json::from_str(&user.run(&["clients", "--json"]).out).unwrap();
    assert_eq!((&json[0]["open_actions"], &json[0]["overdue"]), (&Json::Null, &Json::Null));
}

#[test]
fn a_visits_name_is_no_clients_and_an_empty_folder_is_free() {
    let user = User::new();
    let said = user.refused(&["new", "Café Léon@2026-01-01"]);
    assert!(said.contains("means a visit") && said.contains("--on 2026-01-01"), "{said}");
    assert!(!user.store().join("clients").exists());
    assert_eq!(user.ok(&["new", "ann@home.example", "--on", "2026-01-01"]), "ann-home-example@2026-01-01\n");
    fs::create_dir(user.store().join("clients/empty")).unwrap();
    assert_eq!(user.ok(&["new", "Empty", "--on", "2026-01-01"]), "empty@2026-01-01\n");
}

#[test]
fn a_mistyped_store_is_named() {
    let user = visited();
    let said = user.refused(&["show", "acme", "--store", "/nowhere/at-all"]);
    assert!(said.contains("unknown client") && said.contains("no store at /nowhere/at-all"), "{said}");
}

#[test]
fn what_was_deleted_comes_back_by_the_clients_name_as_people_write_it() {
    let user = User::new();
    user.ok(&["new", "Café Léon", "--on", "2026-09-01"]);
    for what in ["Café Léon@2026-09-01", "cafe léon@2026-09-01", "CAFÉ LÉON"] {
        user.ok(&["delete", what]);
        user.ok(&["restore", what]);
    }
}

#[test]
fn a_comparison_of_two_clients_names_both() {
    let user = visited();
    user.ok(&["new", "Bakery", "--on", "2026-11-21"]);
    let both = ["diff", "acme@2026-11-20", "bakery@2026-11-21"];
    assert!(user.ok(&both).starts_with("Acme → Bakery"));
    assert!(user.ok(&[&both[..], &["--markdown"]].concat()).contains("Acme → Bakery"));
}
