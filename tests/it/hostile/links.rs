//! Does anything in the place of a file or a folder lead out of the store, or keep a program waiting?

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::path::PathBuf;

use privaudit::storage::clients::VisitKey;
use privaudit::storage::history;

use crate::cli::driver::PRIOR;
use crate::cli::driver::User;
use crate::cli::driver::visited;

/// A client whose folder has links out of the store, a pipe that nobody writes to, and the real visit.
fn with_links() -> User {
    let user = visited();
    user.ok(&["answer", "acme", PRIOR, "no"]);
    let acme = user.store().join("clients/acme");
    let outside = user.path("outside");
    fs::create_dir_all(outside.join("evidence")).unwrap();
    fs::copy(acme.join("client.ron"), outside.join("client.ron")).unwrap();
    fs::copy(acme.join("2026-11-20.ron"), outside.join("2026-11-21.ron")).unwrap();
    symlink(outside.join("2026-11-21.ron"), acme.join("2026-11-21.ron")).unwrap();
    symlink(&outside, user.store().join("clients/other")).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(acme.join("2026-11-22.ron")).status().unwrap();
    assert!(pipe.success());
    user
}

#[test]
fn no_link_is_followed_out_of_the_store_and_no_pipe_waited_for() {
    let user = with_links();
    let listed = user.json(&["clients", "--json"]);
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]["visits"]), (1, &1.into()));
    assert!(user.refused(&["show", "other"]).contains("other"));
    assert!(user.refused(&["show", "acme@2026-11-21"]).contains("2026-11-21"));
    // The latest is the last real one.
    assert!(user.ok(&["show", "acme"]).contains("2026-11-20"));
    user.ok(&["seal", "acme"]);
    user.ok(&["verify", "acme"]);
    let told = user.run(&["doctor"]);
    assert!(
        told.out.contains("acme/2026-11-21.ron") && told.out.contains("acme/2026-11-22.ron"),
        "{}",
        told.out
    );
}

/// A folder outside the store with a file that nobody is to touch, and a link to it in a client's folder.
fn with_a_folder_elsewhere(link: &str) -> (User, PathBuf) {
    let user = visited();
    user.ok(&["answer", "acme", PRIOR, "no", "--note", "see precious-2026-11-20-full-en.html"]);
    let folder = user.store().join("clients/acme").join(link);
    let _ = fs::remove_dir_all(&folder);
    let outside = user.file("outside/precious-2026-11-20-full-en.html", "mine");
    symlink(Path::new(&outside).parent().unwrap(), folder).unwrap();
    (user, PathBuf::from(outside))
}

#[test]
fn erasing_removes_nothing_behind_a_link() {
    for link in ["evidence", "history", "reports"] {
        let (user, outside) = with_a_folder_elsewhere(link);
        user.ok(&["new", "acme", "--on", "2026-11-21", "--blank"]);
        user.run(&["delete", "acme@2026-11-20"]);
        user.run(&["erase", "acme@2026-11-20", "--yes"]);
        user.run(&["restore", "acme@2026-11-20"]);
        assert_eq!(fs::read_to_string(&outside).unwrap(), "mine", "{link}");
    }
}

#[test]
fn nothing_is_written_behind_a_link_and_it_is_said_why() {
    let (user, outside) = with_a_folder_elsewhere("history");
    let said = user.refused(&["answer", "acme", PRIOR, "yes"]);
    assert!(said.contains("leads elsewhere") && said.contains("hint: put the folder"), "{said}");
    let (other, elsewhere) = with_a_folder_elsewhere("evidence");
    let capture = other.file("site.har", include_str!("../../cases/har/firefox-sanitised.har"));
    assert!(other.refused(&["import", "acme", &capture]).contains("leads elsewhere"));
    for folder in [outside, elsewhere] {
        assert_eq!(fs::read_dir(folder.parent().unwrap()).unwrap().count(), 1);
    }
}

#[test]
fn a_new_visit_does_not_write_through_a_link_that_has_its_name() {
    let user = visited();
    let outside = user.file("outside", "mine");
    symlink(&outside, user.store().join("clients/acme/2026-11-21.ron")).unwrap();
    // Neither through it nor over it: the place is taken.
    assert_eq!(user.ok(&["new", "acme", "--on", "2026-11-21"]), "acme@2026-11-21.2\n");
    assert_eq!(fs::read_to_string(&outside).unwrap(), "mine");
    assert!(user.store().join("clients/acme/2026-11-21.ron").is_symlink());
}

#[test]
fn a_logo_is_a_file_beside_the_brand() {
    let user = visited();
    user.file("elsewhere.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>");
    fs::create_dir(user.path("brands")).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(user.path("brands/pipe.svg")).status().unwrap();
    assert!(pipe.success());
    for logo in ["/dev/zero", "pipe.svg", "../elsewhere.svg"] {
        let brand = user.file("brands/brand.ron", format!("(logo: {logo:?})"));
        let said = user.refused(&["report", "acme", "--brand", &brand, "-o", "out.html"]);
        assert!(said.contains("is no logo"), "{logo}: {said}");
    }
}

#[test]
fn only_names_as_the_program_writes_them_are_those_of_visits() {
    for name in ["2026-11-23", "2026-11-23.2", "2026-11-23.9999"] {
        assert_eq!(VisitKey::from_name(name).unwrap().name(), name);
    }
    for name in
        ["2026-11-23.1", "2026-11-23.02", "2026-11-23.+2", "2026-11-23.10000", "2026-11-23.4294967295"]
    {
        assert_eq!(VisitKey::from_name(name), None, "{name}");
    }
    let user = visited();
    let acme = user.store().join("clients/acme");
    for name in ["2026-11-20.4294967295", "2026-11-20.9999"] {
        fs::copy(acme.join("2026-11-20.ron"), acme.join(format!("{name}.ron"))).unwrap();
    }
    assert!(user.refused(&["new", "acme", "--on", "2026-11-20"]).contains("no free name"));
    assert_eq!(history::split("2026-11-20-18446744073709551615.ron"), None);
}
