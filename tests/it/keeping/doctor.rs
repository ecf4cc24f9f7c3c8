//! Does `doctor` see what is wrong in a store, say what to do, mend what loses nothing, and leave the rest alone?

use std::collections::BTreeSet;
use std::fs;
use std::fs::File;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use std::time::SystemTime;

use privaudit::storage::attachments;
use serde_json::Value as Json;

use crate::cli::driver::Done;
use crate::cli::driver::User;
use crate::cli::driver::visited;

fn doctor(user: &User, arguments: &[&str]) -> Done {
    let mut command = user.command(&["doctor"]);
    command.args(arguments).env("TMPDIR", user.home.path());
    Done::of(command.output().unwrap())
}

/// Each finding's kind with the name of its file.
fn findings(user: &User, arguments: &[&str]) -> BTreeSet<(String, String)> {
    let json: Json = serde_json::from_str(&doctor(user, &[&["--json"], arguments].concat()).out).unwrap();
    let text = |finding: &Json, field: &str| finding[field].as_str().unwrap().to_owned();
    json.as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            assert!(!text(finding, "message").is_empty() && !text(finding, "advice").is_empty(), "{finding}");
            let path = text(finding, "path");
            (text(finding, "kind"), path.rsplit_once('/').unwrap().1.to_owned())
        })
        .collect()
}

fn found(pairs: &[(&str, &str)]) -> BTreeSet<(String, String)> {
    pairs.iter().map(|(kind, name)| ((*kind).to_owned(), (*name).to_owned())).collect()
}

fn private(path: &Path, content: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::set_permissions(path.parent().unwrap(), Permissions::from_mode(0o700)).unwrap();
    fs::write(path, content).unwrap();
    fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
}

#[test]
fn a_store_in_order_is_said_to_be() {
    let user = visited();
    user.ok(&["answer", "acme", "secure.devices", "no"]);
    let done = doctor(&user, &[]);
    assert_eq!((done.status, done.err.as_str()), (0, ""), "{}", done.out);
    assert_eq!(done.out, "1 client, 1 readable visit; all is in order\n");
    // A store that is not there yet is no trouble, but where it was looked for is told.
    let nowhere = doctor(&User::new(), &[]);
    assert_eq!(nowhere.status, 0);
    assert!(nowhere.out.starts_with("there is no store at /"), "{}", nowhere.out);
}

#[test]
fn everything_that_is_wrong_is_found_mended_or_left_alone() {
    let user = visited();
    user.ok(&["answer", "acme", "secure.devices", "no"]);
    user.ok(&["new", "Borel", "--on", "2026-11-21"]);
    user.ok(&["client", "acme", "--keep-until", "2020-01-01"]);
    let acme = user.store().join("clients/acme");
    let history = fs::read_to_string(acme.join("history/2026-11-20-1.ron")).unwrap();
    private(&acme.join("notes.txt"), "mine");
    private(&acme.join(".2026-11-20.ron.77-0.tmp"), "half");
    let old = SystemTime::now() - Duration::from_hours(2);
    File::options()
        .write(true)
        .open(acme.join(".2026-11-20.ron.77-0.tmp"))
        .unwrap()
        .set_modified(old)
        .unwrap();
    private(&acme.join(".2026-11-19.ron.77-1.tmp"), "being written");
    private(&acme.join(".2025-01-01.ron.lock"), "");
    private(&acme.join("evidence/0123abcd"), "nobody's");
    for number in 2..=23 {
        private(&acme.join(format!("history/2026-11-20-{number}.ron")), &history);
    }
    private(&acme.join("history/2024-01-01-1.ron"), &history);
    fs::set_permissions(acme.join("2026-11-20.ron"), Permissions::from_mode(0o644)).unwrap();
    private(&acme.join("2026-11-22.ron"), "(format: 1, client: [");
    symlink("/etc", user.store().join("clients/linked")).unwrap();
    fs::remove_file(user.store().join("clients/borel/client.ron")).unwrap();

    let wrong = [
        ("unreadable", "2026-11-22.ron"),
        ("orphan", "borel"),
        ("orphan", "0123abcd"),
        ("orphan", "2024-01-01-1.ron"),
        ("permissions", "2026-11-20.ron"),
        ("leftover", ".2026-11-20.ron.77-0.tmp"),
        ("leftover", ".2025-01-01.ron.lock"),
        ("history", "2026-11-20-1.ron"),
        ("history", "2026-11-20-2.ron"),
        ("history", "2026-11-20-3.ron"),
        ("foreign", "notes.txt"),
        ("foreign", "linked"),
        ("due", "acme"),
    ];
    assert_eq!(findings(&user, &[]), found(&wrong));
    let said = doctor(&user, &["--lang", "fr"]);
    assert_eq!(said.status, 1);
    assert!(
        said.err.contains("13 points demandent votre attention") && said.err.contains("en répare 7"),
        "{}",
        said.err
    );
    // Looking changes nothing.
    assert_eq!(findings(&user, &[]), found(&wrong));

    doctor(&user, &["--fix"]);
    let left = [
        ("unreadable", "2026-11-22.ron"),
        ("orphan", "0123abcd"),
        ("orphan", "2024-01-01-1.ron"),
        ("foreign", "notes.txt"),
        ("foreign", "linked"),
        ("due", "acme"),
    ];
    assert_eq!(findings(&user, &[]), found(&left));
    assert!(user.ok(&["show", "borel"]).contains("Borel"));
    assert!(acme.join(".2026-11-19.ron.77-1.tmp").exists(), "it may be being written");
    assert!(Path::new("/etc/passwd").exists());
}

#[test]
fn a_copy_that_was_cut_short_is_found_at_once_and_one_that_goes_on_is_left_alone() {
    let user = visited();
    let acme = user.store().join("clients/acme");
    let film = user.file("film", vec![7; 1 << 20]);
    let on = "2026-11-20".parse().unwrap();
    let mut copying = attachments::begin_to_keep(&acme.join("2026-11-20.ron"), Path::new(&film), on).unwrap();
    copying.go_on(1).unwrap();
    assert_eq!(doctor(&user, &[]).status, 0, "it is still being copied");
    let left = acme.join("evidence/.attached.77.0.tmp");
    private(&left, "half");
    private(&acme.join("history/.2026-11-20-1.ron.77-0.tmp"), "being written");
    assert_eq!(findings(&user, &[]), found(&[("leftover", ".attached.77.0.tmp")]));
    let said = doctor(&user, &["--lang", "fr"]).out;
    assert!(said.contains("copie interrompue") && said.contains("n’a pas été joint"), "{said}");
    doctor(&user, &["--fix"]);
    assert!(!left.exists());
    assert!(copying.go_on(2 << 20).is_ok_and(|more| !more) && copying.end().is_ok(), "it goes on");
}

#[test]
fn an_unreadable_visit_is_told_with_its_place_and_the_way_back() {
    let user = visited();
    user.ok(&["answer", "acme", "secure.devices", "no"]);
    let file = user.store().join("clients/acme/2026-11-20.ron");
    fs::write(&file, "(\n  format: 1,\n  klient: 3,\n)\n").unwrap();
    let done = doctor(&user, &[]);
    assert!(done.out.contains("2026-11-20.ron:3:"), "{}", done.out);
    let command = "privaudit history acme@2026-11-20 1 --restore";
    assert!(done.out.contains(command), "{}", done.out);
    user.ok(&command.split(' ').skip(1).collect::<Vec<_>>());
    assert_eq!(doctor(&user, &[]).status, 0);
}

#[test]
fn a_broken_seal_and_a_lost_questionnaire_are_told() {
    let user = visited();
    user.ok(&["answer", "acme", "secure.devices", "no"]);
    user.ok(&["seal", "acme"]);
    let file = user.store().join("clients/acme/2026-11-20.ron");
    let changed = fs::read_to_string(&file).unwrap().replacen("value: No", "value: Yes", 1);
    fs::write(&file, changed).unwrap();
    assert_eq!(findings(&user, &[]), found(&[("seal", "2026-11-20.ron")]));
    let unpinned = fs::read_to_string(&file).unwrap().replacen("digest: \"", "digest: \"0", 1);
    fs::write(&file, unpinned).unwrap();
    assert!(findings(&user, &[]).contains(&("questionnaire".to_owned(), "2026-11-20.ron".to_owned())));
}

#[test]
fn rescued_answers_are_found_and_brought_in_beside_never_over() {
    let user = visited();
    let file = user.store().join("clients/acme/2026-11-20.ron");
    let rescued = fs::read_to_string(&file).unwrap();
    user.ok(&["answer", "acme", "secure.devices", "no"]);
    let present = fs::read_to_string(&file).unwrap();
    let rescue = |number: u32| {
        let folder = user.home.path().join(format!("privaudit-4711.{number}"));
        private(&folder.join("acme-2026-11-20.ron"), &rescued);
        private(&folder.join("place"), file.to_str().unwrap());
        folder
    };
    let folder = rescue(1);
    // Somebody else's is nothing of this store's.
    private(&user.home.path().join("privaudit-4711.9/place"), "/elsewhere/clients/acme/2026-11-20.ron");
    private(&user.home.path().join("privaudit-4711.9/acme-2026-11-20.ron"), &rescued);
    assert_eq!(findings(&user, &[]), found(&[("rescue", "acme-2026-11-20.ron")]));
    assert_eq!(doctor(&user, &["--fix"]).status, 0);
    assert!(!folder.exists());
    assert_eq!(fs::read_to_string(&file).unwrap(), present);
    let states = user.json(&["history", "acme", "--json"]);
    assert_eq!(states.as_array().unwrap().len(), 1, "the same state as before the answer: {states}");
    // In its place where nothing is there any more.
    rescue(2);
    fs::remove_dir_all(user.store().join("clients/acme")).unwrap();
    assert_eq!(doctor(&user, &["--fix"]).status, 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), rescued);
    assert!(user.ok(&["show", "acme"]).contains("Acme"));
    assert!(user.home.path().join("privaudit-4711.9").exists());
}

#[test]
fn a_visit_under_another_date_or_another_client_is_told() {
    let user = visited();
    user.ok(&["new", "Borel", "--on", "2026-11-20"]);
    let clients = user.store().join("clients");
    fs::copy(clients.join("acme/2026-11-20.ron"), clients.join("borel/2026-11-20.ron")).unwrap();
    fs::rename(clients.join("acme/2026-11-20.ron"), clients.join("acme/2026-11-21.ron")).unwrap();
    let misplaced = [("misplaced", "2026-11-20.ron"), ("misplaced", "2026-11-21.ron")];
    assert_eq!(findings(&user, &[]), found(&misplaced));
    let out = doctor(&user, &[]).out;
    assert!(out.contains("a visit of Acme, in the folder of Borel"), "{out}");
    assert!(out.contains("rename it to 2026-11-20.ron"), "{out}");
}

#[test]
fn evidence_of_a_visit_in_the_trash_or_of_one_that_cannot_be_read_is_not_to_be_deleted() {
    let user = visited();
    let file = user.file("contract.pdf", "signed");
    user.ok(&["evidence", "acme", "secure.devices", "add", &file]);
    user.ok(&["delete", "acme@2026-11-20"]);
    assert_eq!(doctor(&user, &[]).status, 0, "it may come back");
    user.ok(&["restore", "acme@2026-11-20"]);
    fs::write(user.store().join("clients/acme/2026-11-20.ron"), "").unwrap();
    let out = doctor(&user, &[]).out;
    assert!(out.contains("may name it: mend that one first") && !out.contains("delete it"), "{out}");
}

/// A command of a user who is not root: root may read everything. None, with the reason printed, where nobody else may
/// run the program.
fn as_nobody(user: &User, arguments: &[&str]) -> Option<Done> {
    if !rustix::process::geteuid().is_root() {
        return Some(user.run(arguments));
    }
    let inner = user.command(arguments);
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(inner.get_program());
    command.args(arguments).env_clear().env("HOME", user.home.path());
    let done = command.env("PRIVAUDIT_STORE", user.store()).output().ok()?;
    if matches!(done.status.code(), Some(126 | 127) | None) {
        println!("skipped: nobody else may run the program");
        return None;
    }
    Some(Done::of(done))
}

#[test]
fn a_client_that_may_not_be_read_is_told_and_not_left_out() {
    let user = visited();
    let acme = user.store().join("clients/acme");
    // Anybody may look into the folders around it.
    for folder in [user.home.path().to_owned(), user.store(), user.store().join("clients")] {
        fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap();
    }
    fs::set_permissions(&acme, Permissions::from_mode(0o000)).unwrap();
    let told: Vec<Option<Done>> = [vec!["clients"], vec!["show", "acme"], vec!["doctor"]]
        .iter()
        .map(|arguments| as_nobody(&user, arguments))
        .collect();
    fs::set_permissions(&acme, Permissions::from_mode(0o700)).unwrap();
    for done in told.into_iter().flatten() {
        let all = done.out + &done.err;
        assert!(all.contains("permission denied") && all.contains("acme"), "{all}");
        assert!(all.contains("check the folder’s permissions"), "{all}");
    }
}
