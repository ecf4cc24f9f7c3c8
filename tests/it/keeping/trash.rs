//! Can what was deleted be brought back, never over anything, and is what was erased gone, and only that?

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use privaudit::domain::text::Language;
use privaudit::storage::clients::Store;
use privaudit::storage::lock::Lock;

use crate::cli::driver::User;
use crate::cli::driver::visited;
use crate::consultant::Consultant;

/// Two visits with earlier states, documents, and a file of evidence for each and for both.
fn two_visits() -> User {
    let user = visited();
    user.ok(&["answer", "acme", "secure.devices", "no", "--note", "seen: aaaa"]);
    user.ok(&["new", "acme", "--on", "2026-11-21", "--blank"]);
    user.ok(&["answer", "acme", "secure.devices", "yes", "--note", "seen: bbbb"]);
    user.ok(&["answer", "acme@2026-11-20", "secure.devices", "partly", "--note", "aaaa and both"]);
    user.ok(&["answer", "acme@2026-11-21", "secure.devices", "partly", "--note", "bbbb and both"]);
    for name in [
        "evidence/aaaa",
        "evidence/bbbb",
        "evidence/both",
        "evidence/cccc",
        "reports/acme-2026-11-21-page-en.html",
    ] {
        user.file(&format!("store/clients/acme/{name}"), name);
    }
    user
}

fn files(user: &User) -> Vec<String> {
    fn below(folder: PathBuf) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .flat_map(|entry| if entry.path().is_dir() { below(entry.path()) } else { vec![entry.path()] })
            .collect()
    }
    let store = user.store();
    let mut names: Vec<String> = below(store.clone())
        .iter()
        .filter(|path| path.extension().is_none_or(|extension| extension != "lock"))
        .map(|path| path.strip_prefix(&store).unwrap().display().to_string())
        .collect();
    names.sort();
    names
}

#[test]
fn a_deleted_visit_comes_back_as_it_was() {
    let user = two_visits();
    let before = files(&user);
    assert!(user.ok(&["delete", "acme@2026-11-21"]).contains("privaudit restore acme@2026-11-21"));
    assert!(user.refused(&["show", "acme@2026-11-21"]).contains("no visit 2026-11-21"));
    assert!(!files(&user).iter().any(|name| name.starts_with("clients") && name.contains("2026-11-21")));
    assert!(user.ok(&["restore"]).contains("acme@2026-11-21  Acme"));
    user.ok(&["restore", "acme@2026-11-21"]);
    assert_eq!(files(&user), before);
    assert!(user.ok(&["restore"]).contains("The trash is empty"));
}

#[test]
fn a_deleted_client_comes_back_and_never_over_another() {
    let user = two_visits();
    let before = files(&user);
    user.ok(&["delete", "Acme"]);
    assert!(user.ok(&["clients"]).contains("No client"));
    user.ok(&["new", "Acme", "--on", "2026-11-25"]);
    let refused = user.refused(&["restore", "acme"]);
    assert!(refused.contains("nothing is replaced"), "{refused}");
    user.ok(&["delete", "acme"]);
    // The last one that is called so, and any by its name in the list.
    let listed = user.ok(&["restore"]);
    let first = listed.lines().next().unwrap().split(' ').next().unwrap();
    user.ok(&["restore", first]);
    let of_clients =
        |files: Vec<String>| files.into_iter().filter(|name| name.starts_with("clients")).collect::<Vec<_>>();
    assert_eq!(of_clients(files(&user)), of_clients(before));
    assert!(user.refused(&["restore", "nobody"]).contains("nothing in the trash"));
}

#[test]
fn erasing_a_visit_takes_its_history_its_documents_and_its_own_evidence() {
    let user = two_visits();
    assert!(user.refused(&["erase", "acme@2026-11-21"]).contains("privaudit delete acme@2026-11-21"));
    user.ok(&["delete", "acme@2026-11-21"]);
    let wrong = user.run_with_input(&["erase", "acme@2026-11-21"], b"Acne\n").refused();
    assert!(wrong.contains("nothing was erased"), "{wrong}");
    let done = user.run_with_input(&["erase", "acme@2026-11-21"], b"Acme\n");
    assert_eq!(done.status, 0, "{}", done.err);
    for gone in [
        "evidence/bbbb",
        "2026-11-21.ron",
        "history/2026-11-21-1.ron",
        "reports/acme-2026-11-21-page-en.html",
    ] {
        assert!(done.out.contains(gone), "{gone} is not reported: {}", done.out);
        assert!(!files(&user).iter().any(|name| name.ends_with(gone)), "{gone} is still there");
    }
    for kept in ["evidence/aaaa", "evidence/both", "evidence/cccc", "2026-11-20.ron"] {
        assert!(files(&user).contains(&format!("clients/acme/{kept}")), "{kept} is gone");
    }
    assert!(!files(&user).iter().any(|name| name.starts_with("trash")));
}

#[test]
fn a_client_erased_at_once_leaves_nothing_and_no_link_is_followed() {
    let user = two_visits();
    let outside = user.file("outside/kept.txt", "kept");
    symlink(user.path("outside"), user.store().join("clients/acme/linked")).unwrap();
    assert!(user.refused(&["erase", "acme"]).contains("--now"));
    let out = user.ok(&["erase", "acme", "--now", "--yes"]);
    assert!(out.contains("acme is erased") && out.contains("evidence/both"), "{out}");
    assert!(files(&user).iter().all(|name| name.starts_with("questionnaires")), "{:?}", files(&user));
    assert_eq!(fs::read_to_string(outside).unwrap(), "kept");
}

#[test]
fn what_is_open_or_sealed_under_another_seal_is_not_deleted() {
    let user = two_visits();
    let path = user.store().join("clients/acme/2026-11-20.ron");
    let lock = Lock::take(&path).unwrap();
    assert!(user.refused(&["delete", "acme"]).contains("open elsewhere"));
    assert!(user.refused(&["delete", "acme@2026-11-20"]).contains("open elsewhere"));
    drop(lock);
    user.ok(&["seal", "acme@2026-11-20"]);
    user.ok(&["seal", "acme@2026-11-21"]);
    let refused = user.refused(&["delete", "acme@2026-11-20"]);
    assert!(refused.contains("builds on it"), "{refused}");
    user.ok(&["delete", "acme@2026-11-21"]);
    user.ok(&["delete", "acme@2026-11-20"]);
}

#[test]
fn a_hostile_entry_leads_nowhere() {
    let user = visited();
    for (number, folder) in ["..", "../..", "a/b", "/etc", ".hidden", ""].iter().enumerate() {
        let entry = format!("store/trash/2026-11-2{number}-1");
        user.file(
            &format!("{entry}/deleted.ron"),
            format!("(format: 1, client: \"x\", folder: {folder:?}, on: \"2026-11-20\")"),
        );
        user.file(&format!("{entry}/content/client.ron"), "(format: 1, name: \"x\")");
    }
    let store = Store::at(user.store());
    assert!(store.trash().unwrap().iter().all(Result::is_err));
    assert!(user.refused(&["restore", "x"]).contains("nothing in the trash"));
    assert_eq!(user.run(&["doctor"]).status, 1);
}

#[test]
fn a_date_until_which_a_client_is_kept_is_shown_everywhere() {
    let user = visited();
    assert!(user.ok(&["client", "acme"]).contains("Keep until: no date"));
    let entry = |user: &User| user.json(&["clients", "--json"])[0].clone();
    assert_eq!((entry(&user)["keep_until"].is_null(), entry(&user)["due"].as_bool()), (true, Some(false)));
    user.ok(&["client", "acme", "--keep-until", "2999-12-31"]);
    assert!(!user.ok(&["clients"]).contains("Not to be kept"));
    user.ok(&["client", "acme", "--keep-until", "2020-12-31"]);
    assert!(user.ok(&["client", "acme"]).contains("2020-12-31 (over"));
    assert!(user.ok(&["clients"]).contains("Not to be kept any longer: acme"));
    assert_eq!(
        (entry(&user)["keep_until"].as_str(), entry(&user)["due"].as_bool()),
        (Some("2020-12-31"), Some(true))
    );
    user.ok(&["client", "acme", "--keep-until", "none"]);
    assert!(entry(&user)["keep_until"].is_null());
    user.run(&["client", "acme", "--keep-until", "soon"]).wrong_syntax();
}

#[test]
fn in_the_list_a_client_is_deleted_with_a_key_and_brought_back_with_another() {
    let mut consultant = Consultant::begins(Language::En);
    consultant.keys("<Esc> n").types("Zinc").keys("<Enter> <Esc> u");
    assert!(consultant.notice().contains("nothing was deleted or archived here"), "{}", consultant.notice());
    consultant.keys("<Home> D");
    assert!(!consultant.screen().contains("Boulangerie Martin\u{20}\u{20}"), "{}", consultant.screen());
    assert!(consultant.notice().contains("Boulangerie Martin is in the trash"), "{}", consultant.notice());
    assert!(consultant.store().client("Boulangerie Martin").is_err());
    // The next one is selected, and goes the same way.
    consultant.keys("D");
    assert!(consultant.store().clients().unwrap().is_empty());
    consultant.keys("u");
    assert!(consultant.notice().contains("Zinc is there again"), "{}", consultant.notice());
    consultant.keys("u");
    assert!(consultant.screen().contains("▸ Boulangerie Martin"), "{}", consultant.screen());
    assert_eq!(consultant.store().clients().unwrap().len(), 2);
    // Opened, it is the same visit.
    consultant.keys("<Enter>");
    assert_eq!(consultant.visit().assessment().client, "Boulangerie Martin");
}

#[test]
fn a_client_that_is_open_elsewhere_is_not_deleted() {
    let mut consultant = Consultant::begins(Language::En);
    let mut colleague = consultant.colleague();
    colleague.keys("D");
    assert!(colleague.screen().contains("Boulangerie Martin"), "{}", colleague.screen());
    assert!(colleague.notice().contains("open elsewhere"), "{}", colleague.notice());
    consultant.keys("<Esc>");
    colleague.keys("D");
    assert!(consultant.store().clients().unwrap().is_empty());
}

#[test]
fn the_list_marks_clients_that_are_kept_too_long() {
    let mut consultant = Consultant::begins(Language::En);
    consultant.keys("<Esc> n").types("Zinc").keys("<Enter> <Esc>");
    let store = consultant.store();
    store.keep_until(&store.client("Zinc").unwrap(), Some("2026-11-22".parse().unwrap())).unwrap();
    let mut colleague = consultant.colleague();
    let row = |consultant: &Consultant| {
        consultant.rows().into_iter().find(|row| row.contains("Zinc")).unwrap_or_default()
    };
    assert!(row(&colleague).contains('×'), "{}", colleague.screen());
    colleague.keys("f f f");
    let screen = colleague.screen();
    assert!(screen.contains("1 / 2, kept too long") && screen.contains("Zinc"), "{screen}");
    assert!(!screen.contains("Boulangerie"), "{screen}");
}
