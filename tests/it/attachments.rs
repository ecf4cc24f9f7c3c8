//! Are attached files copied, listed, noticed when they are not what they were, and gone when nobody needs them?

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::path::PathBuf;

use privaudit::domain::answer::Evidence;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::attachment::Attachment;
use privaudit::domain::id::QuestionId;
use privaudit::domain::scoring;
use privaudit::domain::text::Language;
use privaudit::storage::assessments;
use privaudit::storage::assessments::Writer;
use privaudit::storage::library;

use crate::cli::driver::User;
use crate::cli::driver::visited;
use crate::consultant::Consultant;
use crate::consultant::TODAY;
use crate::consultant::day;

const QUESTION: &str = "audit.processors.contracts";

fn copies(user: &User) -> Vec<PathBuf> {
    let folder = user.store().join("clients/acme/evidence");
    fs::read_dir(folder).map_or(Vec::new(), |entries| entries.map(|entry| entry.unwrap().path()).collect())
}

/// With a contract attached that holds for another ten years.
fn with_a_contract() -> (User, PathBuf) {
    let user = visited();
    let file = user.file("Contrat d’hébergement.PDF", b"%PDF-1.7 signed");
    user.ok(&[
        "evidence",
        "acme",
        QUESTION,
        "add",
        &file,
        "--expires",
        "2036-12-31",
        "--note",
        "signé\u{1b}[2J",
    ]);
    let copy = copies(&user).remove(0);
    (user, copy)
}

#[test]
fn a_file_is_copied_for_its_owner_alone_and_listed_with_digest_date_and_expiry() {
    let (user, copy) = with_a_contract();
    let name = copy.file_name().unwrap().to_str().unwrap().to_owned();
    assert_eq!(fs::read(&copy).unwrap(), b"%PDF-1.7 signed");
    assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    let folder = copy.parent().unwrap();
    assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);

    let listed = user.json(&["evidence", "acme", "--json"]);
    let one = &listed[0];
    assert_eq!(one["question"], QUESTION);
    assert_eq!(one["name"], "Contrat d’hébergement.PDF");
    assert_eq!((one["size"].as_u64(), one["expires"].as_str()), (Some(15), Some("2036-12-31")));
    assert_eq!((one["condition"].as_str(), one["lapsed"].as_bool()), (Some("intact"), Some(false)));
    assert_eq!(name, one["digest"].as_str().unwrap());
    let record = user.json(&["show", "acme", "--json"]);
    assert_eq!(record["attachments"][0], *one);
    let text = user.ok(&["show", "acme"]);
    assert!(text.contains("Contrat d’hébergement.PDF") && !text.contains('\u{1b}'), "{text}");

    // The same content again is the same file, with what was said last.
    let again = user.file("contrat.pdf", b"%PDF-1.7 signed");
    user.ok(&["evidence", "acme", QUESTION, "add", &again]);
    let listed = user.json(&["evidence", "acme", "list", "--json"]);
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!((listed[0]["name"].as_str(), copies(&user).len()), (Some("contrat.pdf"), 1));
    let doctor = user.run(&["doctor"]);
    assert_eq!(doctor.status, 0, "no orphan: {}", doctor.out);
}

#[test]
fn a_missing_or_changed_copy_is_noticed_by_list_record_seal_and_verify() {
    let (user, copy) = with_a_contract();
    user.ok(&["seal", "acme"]);
    user.ok(&["verify", "acme"]);
    fs::write(&copy, b"%PDF-1.7 forged").unwrap();
    let listed = user.run(&["evidence", "acme"]);
    assert!(listed.status == 1 && listed.out.contains("CHANGED"), "{} {}", listed.out, listed.err);
    assert_eq!(user.json(&["show", "acme", "--json"])["attachments"][0]["condition"], "changed");
    assert_eq!(user.run(&["verify", "acme"]).status, 1);
    // A link with the right content is no copy: what it leads to lies elsewhere.
    let elsewhere = user.file("elsewhere.pdf", b"%PDF-1.7 signed");
    fs::remove_file(&copy).unwrap();
    symlink(elsewhere, &copy).unwrap();
    assert_eq!(user.json(&["show", "acme", "--json"])["attachments"][0]["condition"], "changed");
    fs::remove_file(&copy).unwrap();
    assert_eq!(user.json(&["show", "acme", "--json"])["attachments"][0]["condition"], "missing");
    assert_eq!(user.run(&["verify", "acme"]).status, 1);
    user.refused(&["evidence", "acme", QUESTION, "remove", "contrat.pdf"]);

    user.ok(&["new", "acme", "--on", "2026-11-21"]);
    let sealed = user.run(&["seal", "acme", "--with-carried"]);
    assert!(sealed.status == 0 && sealed.err.contains("Contrat"), "{}", sealed.err);
}

#[test]
fn nothing_is_read_from_a_pipe_nor_written_through_a_link() {
    let user = visited();
    let outside = user.path("outside");
    fs::create_dir(&outside).unwrap();
    let file = user.file("contrat.pdf", b"signed");
    symlink(&outside, user.store().join("clients/acme/evidence")).unwrap();
    user.refused(&["evidence", "acme", QUESTION, "add", &file]);
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 0);
    fs::remove_file(user.store().join("clients/acme/evidence")).unwrap();

    user.refused(&["evidence", "acme", QUESTION, "add", outside.to_str().unwrap()]);
    user.refused(&["evidence", "acme", QUESTION, "add", "/dev/zero"]);
    user.refused(&["evidence", "acme", QUESTION, "add", "none.pdf"]);
    user.refused(&["evidence", "acme", "audit.nothing", "add", &file]);
    user.refused(&["evidence", "acme", "add", &file]);
    assert_eq!(copies(&user), Vec::<PathBuf>::new());
    let listed = user.run(&["evidence", "acme"]);
    assert!(
        listed.status == 0 && listed.out.is_empty() && listed.err.contains("no file attached"),
        "{}",
        listed.err
    );
    assert_eq!(user.json(&["show", "acme", "--json"])["attachments"].as_array().unwrap().len(), 0);
}

#[test]
fn a_file_taken_off_stays_for_earlier_states_until_it_is_erased() {
    let (user, copy) = with_a_contract();
    let file = user.file("contrat.pdf", b"%PDF-1.7 signed");
    user.ok(&["evidence", "acme", "secure.devices", "add", &file]);
    let removed = user.run(&["evidence", "acme", QUESTION, "remove", "Contrat d’hébergement.PDF", "--erase"]);
    assert!(removed.status == 0 && removed.err.contains("still names it"), "{}", removed.err);
    let removed = user.run(&["evidence", "acme", "secure.devices", "remove", "contrat.pdf"]);
    assert!(removed.status == 0 && removed.err.contains("earlier states"), "{}", removed.err);
    assert!(copy.exists());
    assert_eq!(user.json(&["show", "acme", "--json"])["attachments"].as_array().unwrap().len(), 0);

    user.ok(&["evidence", "acme", QUESTION, "add", &file]);
    user.refused(&["evidence", "acme", QUESTION, "remove", "other.pdf"]);
    user.ok(&["evidence", "acme", QUESTION, "remove", "contrat.pdf", "--erase"]);
    assert!(!copy.exists());
}

#[test]
fn a_digest_that_is_a_path_leads_nowhere() {
    let (user, copy) = with_a_contract();
    let outside = user.file("outside", b"%PDF-1.7 signed");
    let visit = user.store().join("clients/acme/2026-11-20.ron");
    let digest = copy.file_name().unwrap().to_str().unwrap();
    let text = fs::read_to_string(&visit).unwrap().replace(digest, &outside);
    fs::write(&visit, text).unwrap();
    let listed = user.json(&["show", "acme", "--json"])["attachments"].clone();
    assert_eq!(
        (listed[0]["digest"].as_str(), listed[0]["condition"].as_str()),
        (Some(&*outside), Some("missing"))
    );
    user.ok(&["evidence", "acme", QUESTION, "remove", "Contrat d’hébergement.PDF", "--erase"]);
    assert!(Path::new(&outside).exists());
}

#[test]
fn evidence_has_lapsed_when_all_files_have_expired() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let id: QuestionId = "secure.devices".into();
    let mut visit = Assessment::new("Acme", day("2026-11-20"), &questionnaire);
    let value = privaudit::domain::answer::Value::Yes;
    visit.edit(&id, |answer| (answer.value, answer.evidence) = (Some(value), Some(Evidence::Seen)));
    let level = |visit: &Assessment| scoring::score(&questionnaire, visit).question(&id).unwrap().evidence;
    let file = |digest: &str, expires: &str| Attachment {
        name: "a.pdf".into(),
        digest: digest.into(),
        size: 1,
        on: day("2026-01-01"),
        expires: Some(day(expires)),
        note: String::new(),
    };
    assert_eq!(level(&visit), Some(Evidence::Seen));
    visit.attach(&id, file("aa", "2026-11-19"));
    assert_eq!(level(&visit), Some(Evidence::Explained), "a level less, as with old evidence");
    assert!(scoring::lapsed(&visit, &id));
    visit.attach(&id, file("bb", "2026-11-20"));
    assert_eq!(level(&visit), Some(Evidence::Seen), "one still holds on its last day");
    let mut next = Assessment::new("Acme", day("2027-01-20"), &questionnaire);
    next.carry_from(&visit, &questionnaire);
    assert_eq!(next.attachments, visit.attachments, "the next visit knows them, too");
    assert!(scoring::lapsed(&next, &id));
}

#[test]
fn the_screens_show_attached_files_and_what_became_of_them() {
    let mut at = Consultant::begins(Language::En);
    let path = at.files("Boulangerie Martin").remove(0);
    at.keys("q");
    let source = path.with_file_name("contract.pdf");
    fs::write(&source, b"signed").unwrap();
    let kept = privaudit::storage::attachments::keep(&path, &source, day("2026-11-20")).unwrap();
    let mut visit = assessments::read(&path).unwrap();
    visit.attach(&QUESTION.into(), kept.clone());
    Writer::new(&path).unwrap().write(&visit).unwrap();
    at.keys("<Enter>").finds(QUESTION);
    assert!(at.screen().contains("contract.pdf · attached on 20 Nov 2026 · intact"), "{}", at.screen());
    at.keys("i <S-Tab>");
    assert!(at.screen().contains("contract.pdf") && at.screen().contains("intact"), "{}", at.screen());
    at.keys("q q");

    fs::remove_file(privaudit::storage::attachments::path(&path, &kept)).unwrap();
    at.keys("<Enter> i <S-Tab>");
    assert!(at.screen().contains("MISSING"), "{}", at.screen());
    at.keys("<Enter>");
    assert!(at.screen().contains("attach the file again"), "{}", at.screen());
    at.keys("<Enter>");
    assert_eq!(at.here(), QUESTION);
    at.keys("r <End>");
    assert!(at.screen().contains("MISSING"), "{}", at.screen());
}

#[test]
fn the_comparison_names_files_that_came_went_and_lapsed() {
    let user = visited();
    let add = |name: &str, more: &[&str]| {
        let file = user.file(name, name);
        user.ok(&[&["evidence", "acme", QUESTION, "add", file.as_str()], more].concat());
    };
    add("gone.pdf", &[]);
    add("certificate.pdf", &["--expires", "2026-12-31"]);
    user.ok(&["new", "acme", "--on", "2027-03-01"]);
    user.ok(&["evidence", "acme", QUESTION, "remove", "gone.pdf"]);
    add("new.pdf", &[]);
    let diff = user.json(&["diff", "acme", "--json"]);
    let [change] = diff["changes"].as_array().unwrap().as_slice() else { panic!("{diff}") };
    assert_eq!((&change["kind"], &change["evidence"]), (&"changed".into(), &true.into()));
    assert_eq!(change["parts"], serde_json::json!(["files"]));
    let files = serde_json::json!({
        "new": ["new.pdf"], "gone": ["gone.pdf"], "lapsed": ["certificate.pdf"], "renewed": [],
    });
    assert_eq!(change["files"], files);
    let told = "files: new: new.pdf; gone: gone.pdf; lapsed: certificate.pdf";
    assert!(user.ok(&["diff", "acme"]).contains(told));
    let markdown = user.ok(&["diff", "acme", "--markdown", "--lang", "fr"]);
    assert!(markdown.contains("nouveau\u{a0}: new.pdf\u{202f}; retiré\u{a0}: gone.pdf"), "{markdown}");
}

#[test]
fn a_visit_taken_out_of_its_folder_reads_as_it_does_in_it() {
    let (user, copy) = with_a_contract();
    let visit = user.store().join("clients/acme/2026-11-20.ron");
    let apart = user.file("git-blob-x/2026-11-20.ron", fs::read(&visit).unwrap());
    let there = user.ok(&["show", "acme"]);
    assert_eq!(user.ok(&["show", &apart]), there);
    assert!(there.contains("signé") && !there.contains("intact"), "{there}");
    fs::write(copy, "other").unwrap();
    assert!(user.ok(&["show", "acme"]).contains("CHANGED since"));
}

#[test]
fn a_file_is_attached_and_taken_off_by_keys_and_what_fails_is_asked_again() {
    let mut at = Consultant::begins(Language::En);
    let visit = at.files("Boulangerie Martin").remove(0);
    let source = visit.with_file_name("a signed contract.pdf");
    fs::write(&source, b"signed").unwrap();
    let attached = |at: &Consultant| at.on_disk().attachments.get(QUESTION).cloned().unwrap_or_default();
    at.finds(QUESTION).keys("i a");
    let title = at.visit().question().unwrap().title.en.clone();
    assert!(at.screen().contains(&format!("Attach a file: {title}")), "{}", at.screen());
    at.keys("<Esc>");
    assert!(attached(&at).is_empty(), "no file, nothing attached");
    at.keys("a").types("/no/such/file.pdf").keys("<Enter>").types("the last page").keys("<Enter>");
    at.types("31/12/2027").keys("<Enter>");
    let refused = at.screen();
    assert!(refused.contains("/no/such/file.pdf") && refused.contains("the last page"), "{refused}");
    assert!(refused.contains("not found"), "{refused}");
    // As a terminal writes the name of a file that is dragged into it.
    let dragged = source.to_str().unwrap().replace(' ', "\\ ");
    at.keys(&"<BS>".repeat(20)).types(&dragged).keys("<Enter> <Enter> <Enter>");
    let [file] = <[Attachment; 1]>::try_from(attached(&at)).unwrap();
    assert_eq!((file.name.as_str(), file.note.as_str()), ("a signed contract.pdf", "the last page"));
    assert_eq!((file.on, file.expires), (day(TODAY), Some(day("2027-12-31"))));
    at.keys("<S-Tab>");
    assert!(at.screen().contains("a signed") && at.screen().contains("intact"), "{}", at.screen());
    at.keys("D");
    assert!(attached(&at).is_empty() && at.screen().contains("no file attached"), "{}", at.screen());
    at.keys("q u");
    assert_eq!(attached(&at).len(), 1, "undone in the interview");
    assert!(at.screen().contains("a signed contract.pdf"), "{}", at.screen());
    // Given up: what failed is not asked for without end.
    at.keys("v 5").types("/no/such").keys("<Esc>");
    assert!(at.screen().contains("/no/such: not found"), "{}", at.screen());
    at.keys("<Esc>");
    assert!(!at.screen().contains("Attach a file"), "{}", at.screen());
}

#[test]
fn a_folder_is_not_attached_and_nothing_is_put_in_the_place_of_a_link() {
    let (user, copy) = with_a_contract();
    let folder = user.store();
    let refused = user.refused(&["evidence", "acme", QUESTION, "add", folder.to_str().unwrap()]);
    assert!(refused.contains("no ordinary file"), "{refused}");
    let elsewhere = user.file("elsewhere", b"%PDF-1.7 signed");
    fs::remove_file(&copy).unwrap();
    symlink(&elsewhere, &copy).unwrap();
    let refused = user.refused(&["evidence", "acme", QUESTION, "add", &elsewhere]);
    assert!(refused.contains("leads elsewhere"), "{refused}");
    assert_eq!(copies(&user), [copy]);
}
