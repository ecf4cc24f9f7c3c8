//! Does `report` write what it says, where it says, and never over what somebody reworked?

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::fs::symlink;

use crate::cli::driver::User;
use crate::cli::driver::files_below;
use crate::cli::driver::visited;

/// The smallest picture there is, one pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89";

fn answered() -> User {
    let user = visited();
    user.ok(&["answer", "acme", "choice.trackers.prior", "no", "--note", "=the pixel fires"]);
    user.ok(&["actions", "set", "acme", "choice.trackers.prior", "--owner", "Ana", "--due", "2030-05-04"]);
    user
}

#[test]
fn the_name_of_the_file_says_the_format_and_a_dash_is_standard_output() {
    let user = answered();
    for (name, begins) in [
        ("a.html", "<!DOCTYPE html>"),
        ("a.htm", "<!DOCTYPE html>"),
        ("a.md", "# Acme"),
        ("a.json", "{"),
        ("a.ics", "BEGIN:VCALENDAR"),
        ("a.csv", "\u{feff}"),
        ("a.docx", "PK"),
    ] {
        let said = user.ok(&["report", "acme", "-o", name]);
        assert!(said.trim_end().ends_with(name), "{said}");
        let bytes = fs::read(user.path(name)).unwrap();
        assert!(bytes.starts_with(begins.as_bytes()), "{name}");
        let mode = fs::metadata(user.path(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name} is for its owner only");
    }
    let page = user.ok(&["--lang", "fr", "report", "acme", "--format", "md", "--length", "page", "-o", "-"]);
    assert!(page.starts_with("# Acme · L’essentiel en une page"), "{page}");
    assert!(user.refused(&["report", "acme", "-o", "a.odt"]).contains("unknown format"));
    user.run(&["report", "acme", "--format", "odt"]).wrong_syntax();
    user.run(&["report", "acme", "--length", "long"]).wrong_syntax();
}

#[test]
fn a_file_that_was_not_named_is_never_replaced() {
    let user = answered();
    let said = user.ok(&["report", "acme", "--format", "docx", "--length", "full"]);
    assert!(said.trim_end().ends_with("acme-2026-11-20-full.docx"), "{said}");
    let written = user.path("acme-2026-11-20-full.docx");
    fs::write(&written, "reworked").unwrap();
    let refused = user.refused(&["report", "acme", "--format", "docx", "--length", "full"]);
    assert!(
        refused.contains("exists already") && refused.contains("-o acme-2026-11-20-full.docx"),
        "{refused}"
    );
    assert_eq!(fs::read(&written).unwrap(), b"reworked");
}

#[test]
fn no_document_is_written_over_what_the_store_keeps_of_a_client() {
    let user = answered();
    let folder = user.store().join("clients/acme");
    let visit = folder.join("2026-11-20.ron");
    symlink(&visit, user.path("link.md")).unwrap();
    let copy = files_below(&user.store().join("questionnaires")).remove(0);
    let before = fs::read(&visit).unwrap();
    for place in [
        visit.clone(),
        folder.join("client.ron"),
        // Not there yet: it would be taken for a visit.
        folder.join("2026-12-01.2.ron"),
        folder.join("history/kept.md"),
        folder.join("evidence/proof.md"),
        copy,
        user.store().join("trash/a.md"),
        user.store().join("index"),
        user.path("link.md"),
    ] {
        let place = place.to_str().unwrap();
        let refused = user.refused(&["report", "acme", "--format", "md", "-o", place]);
        assert!(refused.contains(place) && refused.contains("choose another name"), "{refused}");
    }
    assert_eq!(fs::read(&visit).unwrap(), before);
    // A document beside the visits is one's own business.
    user.ok(&["report", "acme", "-o", folder.join("plan.md").to_str().unwrap()]);
}

#[test]
fn a_csv_is_one_sheet_in_the_way_of_the_language_and_computes_nothing() {
    let user = answered();
    let sheet = |more: &[&str]| user.ok(&[&["report", "acme", "--format", "csv", "-o", "-"], more].concat());
    let english = sheet(&["--length", "full"]);
    assert!(english.starts_with("\u{feff}Id,Step,Question"), "{}", &english[..80]);
    assert!(english.contains("'=the pixel fires") && !english.contains(",=the"), "a formula");
    let french = user.ok(&["--lang", "fr", "report", "acme", "--format", "csv", "-o", "-"]);
    assert!(french.starts_with("\u{feff}Rang;Étape;Constat"), "{}", &french[..80]);
    assert!(french.contains(";Ana;2030-05-04;"), "{french}");
    assert!(sheet(&["--sheet", "scores"]).contains("Overall"));
    let refused = user.refused(&["report", "acme", "--format", "csv", "--sheet", "nothing", "-o", "-"]);
    assert!(refused.contains("actions, answers") && refused.contains("register"), "{refused}");
}

#[test]
fn the_dates_of_the_plan_make_a_calendar_that_moves_rather_than_doubles() {
    let user = answered();
    let calendar = || user.ok(&["report", "acme", "--format", "ics", "-o", "-"]);
    let before = calendar();
    assert!(before.contains("DTSTART;VALUE=DATE:20300504\r\nDTEND;VALUE=DATE:20300505\r\n"), "{before}");
    assert!(before.lines().all(|line| line.len() <= 75), "{before}");
    user.ok(&["actions", "set", "acme", "choice.trackers.prior", "--due", "2030-06-01"]);
    let after = calendar();
    let uid = |text: &str| text.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
    assert_eq!(uid(&before), uid(&after));
    assert!(after.contains("20300601") && !after.contains("20300504"));
}

#[test]
fn a_brand_is_on_the_document_and_a_wrong_one_is_told_with_its_place() {
    let user = answered();
    user.file("logo.png", PIXEL);
    let brand = user.file(
        "brand.ron",
        "(name: \"Agence <b>\", logo: \"logo.png\", colour: \"#ffcc00\", contact: [\"Dijon\"], closing: (fr: \"Merci.\", en: \"Thanks.\"))",
    );
    let page = user.ok(&["report", "acme", "--format", "html", "--brand", &brand, "-o", "-"]);
    for part in ["Agence &lt;b&gt;", "data:image/png;base64,iVBORw0KGgo", "Thanks.", "Dijon"] {
        assert!(page.contains(part), "{part}");
    }
    user.file("logo.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>");
    let brand = user.file("svg.ron", "(name: \"Agence\", logo: \"logo.svg\")");
    let word = user.run(&["report", "acme", "--brand", &brand, "-o", "a.docx"]);
    assert!(word.status == 0 && word.err.contains("show a PNG logo only"), "{}", word.err);
    let page = user.run(&["report", "acme", "--brand", &brand, "-o", "a.html"]);
    assert_eq!((page.status, page.err.as_str()), (0, ""), "a browser shows it");
    fs::create_dir_all(user.store()).unwrap();
    fs::write(user.store().join("brand.ron"), "(name: \"Maison\")").unwrap();
    assert!(user.ok(&["report", "acme", "--format", "md", "-o", "-"]).contains("Maison"));
    for (text, told) in [
        ("(name: \"A\", colour: \"yellow\")", "“yellow” is no colour"),
        ("(name: \"A\",\n logo: \"none.png\")", "none.png"),
        ("(name: \"A\",\n colur: \"#000000\")", "bad.ron:2:"),
        ("(logo: \"bad.ron\")", "is no logo"),
    ] {
        let bad = user.file("bad.ron", text);
        let refused = user.refused(&["report", "acme", "--brand", &bad, "-o", "-"]);
        assert!(refused.contains(told), "{refused}");
    }
}

#[test]
fn a_pdf_is_made_by_the_first_program_that_does_it_or_the_user_is_told_what_to_install() {
    let user = answered();
    let report = |path: &str| {
        let mut command = user.command(&["report", "acme", "--format", "pdf", "-o", "a.pdf"]);
        crate::cli::driver::Done::of(command.env("PATH", path).output().unwrap())
    };
    let refused = report("").refused();
    assert!(refused.contains("LibreOffice, Chromium or typst"), "{refused}");
    let bin = user.path("bin");
    let program = |name: &str, does: &str| {
        let path = user.file(&format!("bin/{name}"), format!("#!/bin/sh\n{does}\n"));
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    };
    program("soffice", "echo broken >&2; exit 1");
    let refused = report(bin.to_str().unwrap()).refused();
    assert!(refused.contains("soffice") && refused.contains("broken"), "{refused}");
    // The one that follows does it; what it reads is there, and only for its owner.
    program("typst", "/bin/grep -q Acme \"$2\" && echo '%PDF-1.7' > \"$3\"");
    assert_eq!(report(bin.to_str().unwrap()).status, 0);
    assert_eq!(fs::read(user.path("a.pdf")).unwrap(), b"%PDF-1.7\n");
}
