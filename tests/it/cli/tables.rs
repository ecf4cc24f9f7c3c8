//! Do rows go in and come out of tables unchanged?

use serde_json::Value as Json;

use super::driver::PRIOR;
use super::driver::TABLE;
use super::driver::User;
use super::driver::visited;

#[test]
fn a_table_goes_in_and_comes_out_as_csv() {
    let user = visited();
    let french =
        "Nom;Contrat (art. 28);données sensibles ?\nOVH;signed;yes\n\"Société « É », SAS\";incomplete;no\n";
    let path = user.file("table.csv", french);
    assert_eq!(user.ok(&["table", "acme", TABLE, "--csv", &path]), "acme@2026-11-20 T2: 2 rows\n");
    let exported = user.ok(&["table", "acme", TABLE, "--export"]);
    assert!(exported.starts_with("name,service,role,"), "{exported}");
    assert!(exported.contains("\"Société « É », SAS\""), "{exported}");
    let rows = user.json(&["show", "acme", "--json"])["tables"]["T2"].clone();
    assert_eq!(rows[0], serde_json::json!({ "name": "OVH", "contract": "signed", "sensitive": "yes" }));
    user.ok(&["new", "Other", "--on", "2026-11-20"]);
    let done = user.run_with_input(&["table", "other", TABLE, "--csv", "-"], exported.as_bytes());
    assert_eq!(done.status, 0, "{}", done.err);
    assert_eq!(user.ok(&["table", "other", TABLE, "--export"]), exported);
    assert_eq!(user.json(&["show", "other", "--json"])["tables"]["T2"], rows);
    user.run_with_input(&["table", "other", TABLE, "--csv", "-"], b"name\n");
    assert_eq!(user.json(&["show", "other", "--json"])["tables"], serde_json::json!({}));
}

#[test]
fn rows_answer_their_question_and_end_what_was_said_before() {
    let user = visited();
    user.ok(&["answer", "acme", TABLE, "none", "--reason", "nobody"]);
    let value = |user: &User| user.json(&["show", "acme", "--json"])["answers"][TABLE]["value"].clone();
    assert_eq!(value(&user), "none");
    user.run_with_input(&["table", "acme", TABLE, "--csv", "-"], b"name,contract\nOVH,signed\n");
    assert_eq!(value(&user), Json::Null);
}

#[test]
fn a_table_with_problems_is_refused_with_all_of_them() {
    let user = visited();
    let csv = b"name;colour;contract\nOVH;red;signed\nX;;perhaps\n";
    let error = user.run_with_input(&["table", "acme", TABLE, "--csv", "-"], csv).refused();
    assert!(error.contains("\n-:1: colour: unknown column"), "{error}");
    assert!(error.contains("\n-:3: contract: there is no choice \"perhaps\"; this column takes:"), "{error}");
    assert!(user.refused(&["table", "acme", PRIOR, "--export"]).contains("has no table"));
    user.run(&["table", "acme", TABLE]).wrong_syntax();
    user.run(&["table", "acme", TABLE, "--export", "--csv", "x"]).wrong_syntax();
}
