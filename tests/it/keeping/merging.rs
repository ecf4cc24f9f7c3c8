//! Does nobody's work go under when two programs write one visit? Where locks do not work, or somebody edits the file.

use std::fs;

use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::attachment::Attachment;
use privaudit::domain::merge;
use privaudit::domain::seal::Place;
use privaudit::storage::assessments;
use privaudit::storage::assessments::Writer;
use privaudit::storage::assessments::Written;
use privaudit::storage::history;

use super::Desk;
use super::answered;
use super::value;

const FIRST: &str = "secure.devices";
const SECOND: &str = "secure.https";
const THIRD: &str = "secure.backups";

#[test]
fn each_takes_over_what_only_the_other_changed() {
    let desk = Desk::new();
    let base = desk.with(FIRST, Value::No);
    let ours = answered(base.clone(), SECOND, Value::Yes);
    let mut theirs = answered(base.clone(), THIRD, Value::Partly);
    theirs.answers.remove(FIRST);
    theirs.express = true;
    let merged = merge::merge(&base, &ours, &theirs);
    assert_eq!(value(&merged.assessment, FIRST), None, "taken back there");
    assert_eq!(value(&merged.assessment, SECOND), Some(&Value::Yes));
    assert_eq!(value(&merged.assessment, THIRD), Some(&Value::Partly));
    assert!(merged.assessment.express);
    let places =
        [Place::Answer(THIRD.into()), Place::Answer(FIRST.into()), Place::Field("express".to_owned())];
    assert_eq!(merged.taken, places);
    assert!(merged.disputed.is_empty());
    // Whoever merges, all of it is there.
    assert_eq!(merge::merge(&base, &theirs, &ours).assessment, merged.assessment);
}

#[test]
fn ours_stays_where_both_changed_the_same_and_theirs_is_kept_beside() {
    let desk = Desk::new();
    let mut writer = Writer::new(&desk.visit).unwrap();
    let ours = desk.with(FIRST, Value::Yes);
    let theirs = answered(desk.with(FIRST, Value::No), SECOND, Value::Partly);
    desk.overwrite(&theirs);
    let Written::Merged { merged, kept: Some(kept) } = writer.write(&ours).unwrap() else {
        panic!("it went unnoticed")
    };
    assert_eq!(merged.disputed, [Place::Answer(FIRST.into())]);
    assert_eq!(merged.taken, [Place::Answer(SECOND.into())]);
    assert_eq!(assessments::read(&kept).unwrap(), theirs);
    let read = desk.read();
    assert_eq!((value(&read, FIRST), value(&read, SECOND)), (Some(&Value::Yes), Some(&Value::Partly)));
    let said = merged.said(Some("/kept.ron"));
    assert!(said.en.contains("1 taken over") && said.en.contains("ours stays: secure.devices"), "{said:?}");
    assert!(said.fr.contains("le nôtre reste") && said.fr.contains("/kept.ron"), "{said:?}");
}

#[test]
fn states_from_before_the_merge_do_not_undo_it() {
    let desk = Desk::new();
    let mut writer = Writer::new(&desk.visit).unwrap();
    let first = desk.with(FIRST, Value::Yes);
    desk.overwrite(&desk.with(SECOND, Value::Partly));
    let Written::Merged { merged, .. } = writer.write(&first).unwrap() else { panic!("it went unnoticed") };
    // Typed before the session learned of it.
    let second = answered(first, THIRD, Value::No);
    assert_eq!(writer.write(&second).unwrap(), Written::Saved);
    let read = desk.read();
    assert_eq!(value(&read, SECOND), Some(&Value::Partly), "it went under");
    assert_eq!(value(&read, THIRD), Some(&Value::No));
    // After it has learned of it, its word counts again: also where it takes something back.
    writer.taken_in();
    let mut third = answered(merged.assessment, THIRD, Value::No);
    third.answers.remove(SECOND);
    writer.write(&third).unwrap();
    assert_eq!(value(&desk.read(), SECOND), None);
}

#[test]
fn another_visit_in_its_place_is_kept_beside_and_never_mixed_in() {
    let desk = Desk::new();
    let mut writer = Writer::new(&desk.visit).unwrap();
    let ours = desk.with(FIRST, Value::Yes);
    let mut other = desk.with(SECOND, Value::No);
    other.client = "Somebody else".to_owned();
    desk.overwrite(&other);
    let Written::KeptOther(kept) = writer.write(&ours).unwrap() else { panic!("it was mixed in") };
    assert_eq!(assessments::read(&kept).unwrap(), other);
    assert_eq!(desk.read(), ours);
}

#[test]
fn two_sessions_without_locks_come_to_the_same_visit() {
    let desk = Desk::new();
    let mut writers = [Writer::new(&desk.visit).unwrap(), Writer::new(&desk.visit).unwrap()];
    let mut states = [desk.read(), desk.read()];
    let questions = [
        "secure.devices",
        "secure.https",
        "secure.backups",
        "policy.exists",
        "choice.settings",
        "minimise.forms",
    ];
    for (turn, question) in questions.iter().enumerate() {
        let (writer, state) = (&mut writers[turn % 2], &mut states[turn % 2]);
        *state = answered(state.clone(), question, Value::Yes);
        if let Written::Merged { merged, .. } = writer.write(state).unwrap() {
            *state = merged.assessment;
            writer.taken_in();
        }
    }
    let read = desk.read();
    for question in questions {
        assert_eq!(value(&read, question), Some(&Value::Yes), "{question} went under");
    }
}

#[test]
fn two_files_attached_to_one_question_here_and_there_are_both_attached() {
    let desk = Desk::new();
    let file = |name: &str| Attachment {
        name: name.to_owned(),
        digest: format!("{:x}", name.len()),
        size: 1,
        on: super::DAY,
        expires: None,
        note: String::new(),
    };
    let with = |mut visit: Assessment, names: &[&str]| {
        for name in names {
            visit.attach(&FIRST.into(), file(name));
        }
        visit
    };
    let base = with(desk.read(), &["one", "a second"]);
    let mut ours = with(base.clone(), &["the third"]);
    ours.detach(&FIRST.into(), "3");
    let theirs = with(base.clone(), &["the one after", "and a fifth"]);
    let merged = merge::merge(&base, &ours, &theirs);
    let names: Vec<&str> = merged.assessment.attachments[FIRST].iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["a second", "the one after", "and a fifth", "the third"]);
    assert_eq!((merged.taken, merged.disputed), (vec![Place::Answer(FIRST.into())], Vec::new()));
    // Of one file that both described in other words, ours stays.
    let describe = |mut visit: Assessment, note: &str| {
        let file = Attachment { note: note.to_owned(), ..file("one") };
        visit.attach(&FIRST.into(), file);
        visit
    };
    let merged = merge::merge(&base, &describe(base.clone(), "ours"), &describe(base.clone(), "theirs"));
    assert_eq!(merged.assessment.attachments[FIRST][0].note, "ours");
    assert_eq!(merged.disputed, [Place::Answer(FIRST.into())]);
}

#[test]
fn what_came_about_beside_a_session_is_taken_in_only_when_it_was_told_of_all_of_it() {
    let desk = Desk::new();
    let mut writer = Writer::new(&desk.visit).unwrap();
    let before = desk.read();
    desk.overwrite(&desk.with(SECOND, Value::Partly));
    let first = answered(before, FIRST, Value::Yes);
    let Written::Merged { merged, .. } = writer.write(&first).unwrap() else { panic!("it went unnoticed") };
    let third = |visit: &mut Assessment| {
        visit.edit(&THIRD.into(), |answer| answer.value = Some(Value::No));
    };
    assert_eq!(writer.add(third).unwrap().0, Written::Saved);
    // The session takes in the first, and writes before it is told of the second.
    writer.taken_in();
    writer.write(&merged.assessment).unwrap();
    let read = desk.read();
    assert_eq!(value(&read, THIRD), Some(&Value::No), "it went under");
    assert_eq!(value(&read, SECOND), Some(&Value::Partly));
    writer.taken_in();
    writer.write(&merged.assessment).unwrap();
    assert_eq!(value(&desk.read(), THIRD), None, "its word counts again");
}

#[test]
fn a_save_that_is_tried_again_and_again_keeps_one_copy() {
    let desk = Desk::new();
    let foreign = fs::read_to_string(&desk.visit).unwrap();
    for _ in 0..30 {
        history::keep(&privaudit::storage::files::System, &desk.visit, &foreign).unwrap();
    }
    assert_eq!(history::states(&desk.visit).unwrap().len(), 1);
}

#[test]
fn a_capture_imported_meanwhile_and_what_was_written_about_it_are_taken_over() {
    let user = crate::cli::driver::visited();
    let questionnaire = privaudit::storage::library::built_in().unwrap().questionnaire;
    let read = || {
        let files = crate::cli::driver::files_below(&user.store());
        let visit = files.iter().find(|file| file.ends_with("acme/2026-11-20.ron")).unwrap();
        privaudit::storage::assessments::read(visit).unwrap()
    };
    user.ok(&["answer", "acme", "secure.tls.everywhere", "yes"]);
    let base = read();
    let capture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/har/chrome.har");
    user.ok(&["import", "acme", capture]);
    user.ok(&["answer", "acme", "secure.tls.everywhere", "--resolve", "an old site", "--by", "Ana"]);
    let theirs = read();
    let mut ours = base.clone();
    ours.edit(&"secure.devices".into(), |answer| answer.note = "ours".to_owned());
    let merged = privaudit::domain::merge::merge(&base, &ours, &theirs);
    assert_eq!(merged.assessment.captures, theirs.captures);
    assert_eq!(merged.assessment.observations, theirs.observations);
    assert!(!theirs.resolutions.is_empty() && merged.assessment.resolutions == theirs.resolutions);
    assert_eq!(merged.assessment.answer(&"secure.devices".into()).unwrap().note, "ours");
    assert!(merged.disputed.is_empty(), "{:?}", merged.disputed);
    let open = |state| {
        privaudit::domain::contradiction::is_open(&questionnaire, state, &"secure.tls.everywhere".into())
    };
    assert!(!open(&merged.assessment), "it was explained");
}
