//! What does the screen say, and what is on disk, when another program, a full disk or a deletion comes in between?

use std::fs;
use std::process::Command;

use privaudit::domain::answer::Value;
use privaudit::storage::assessments;
use privaudit::storage::history;
use privaudit::storage::lock::Lock;
use rustix::process::Resource;
use rustix::process::Rlimit;
use rustix::process::Signal;

use super::BINARY;
use super::CLIENT;
use super::CTRL_C;
use super::Desk;
use super::ESC;
use super::pty::Setup;
use super::pty::Terminal;
use super::saved;
use super::told;

const DEVICES: &str = "secure.devices";

/// Another program answers a question in the file.
fn meddle(desk: &Desk, question: &str, value: Value) {
    let mut theirs = desk.visit();
    theirs.edit(&question.into(), |answer| answer.value = Some(value));
    fs::write(desk.path(), assessments::text(&theirs).unwrap()).unwrap();
}

#[test]
fn what_another_program_changes_is_taken_over_and_told() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    terminal.press("0");
    saved(&mut terminal, 1);
    meddle(&desk, DEVICES, Value::Partly);
    terminal.press("0");
    terminal.see("another program changed this visit: 1 taken over");
    saved(&mut terminal, 2);
    // It is in the session, too: what is saved from now on holds it.
    terminal.press("0");
    saved(&mut terminal, 3);
    assert_eq!(desk.answer(DEVICES).value, Some(Value::Partly));
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(0));
    assert_eq!(desk.visit().answers.len(), 4);
}

#[test]
fn an_answer_that_both_changed_stays_ours_and_theirs_is_kept() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    meddle(&desk, "profile.markets", Value::Unknown);
    terminal.press("0");
    terminal.see("changed on both sides, ours");
    // The line may be folded in between.
    terminal.see("profile.markets; the other state:");
    saved(&mut terminal, 1);
    assert_eq!(desk.answer("profile.markets").value, Some(Value::Nothing));
    let states = history::states(&desk.path()).unwrap();
    let theirs = assessments::read(&states.last().unwrap().path).unwrap();
    assert_eq!(theirs.value(&"profile.markets".into()), Some(&Value::Unknown));
}

#[test]
fn two_sessions_without_locks_lose_no_answer() {
    let desk = Desk::new();
    let mut first = desk.open();
    // As if the file system knew no locks: the second takes another one.
    for entry in fs::read_dir(desk.path().parent().unwrap()).unwrap().flatten() {
        if entry.file_name().to_string_lossy().ends_with(".lock") {
            fs::remove_file(entry.path()).unwrap();
        }
    }
    let mut second = desk.open();
    second.press("jj");
    first.press("0");
    saved(&mut first, 1);
    second.press("0");
    second.see("another program changed this visit: 1 taken over");
    saved(&mut second, 2);
    first.press("0");
    first.see("another program changed this visit: 1 taken over");
    first.wait("its answers saved", |_| desk.visit().answers.len() == 3);
    for terminal in [&mut first, &mut second] {
        terminal.press(CTRL_C);
        assert_eq!(terminal.end().status, Some(0));
    }
    assert_eq!(desk.visit().answers.len(), 3);
}

#[test]
fn a_folder_deleted_underneath_is_there_again_with_the_next_answer() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    terminal.press("0");
    saved(&mut terminal, 1);
    fs::remove_dir_all(desk.folder.path().join("clients")).unwrap();
    terminal.press("0");
    told(&mut terminal, "the visit was no longer in its place (folder deleted, moved or replaced)");
    told(&mut terminal, "put this file back into it");
    saved(&mut terminal, 2);
    // Told once; and nobody else may change it, as before.
    terminal.press("0");
    saved(&mut terminal, 3);
    assert!(!terminal.text().contains("no longer in its place"), "{}", terminal.text());
    assert!(Lock::take(&desk.path()).is_err(), "anybody may have it");
    terminal.signal(Signal::KILL);
    terminal.end();
    assert_eq!(desk.visit().answers.len(), 3);
}

#[test]
fn a_folder_renamed_underneath_is_where_the_visit_goes_on() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    terminal.press("0");
    saved(&mut terminal, 1);
    let clients = desk.folder.path().join("clients");
    fs::rename(clients.join("cafe-noir"), clients.join("cafe-blanc")).unwrap();
    terminal.press("0");
    told(&mut terminal, "this client’s folder is called cafe-blanc now");
    saved(&mut terminal, 2);
    assert_eq!(fs::read_dir(&clients).unwrap().count(), 1, "there is another client");
    assert_eq!(desk.visit().answers.len(), 2);
    // What is read beside the visit is found under the new name.
    terminal.press("c");
    terminal.see("Only one visit so far");
    terminal.press(ESC);
    // Together they would be another key.
    terminal.see("Profile 3/15");
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(0));
    assert_eq!(fs::read_dir(&clients).unwrap().count(), 1);
}

#[test]
fn a_store_that_another_one_replaced_has_all_answers_and_its_own() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    terminal.press("0");
    saved(&mut terminal, 1);
    let (clients, before) = (desk.folder.path().join("clients"), desk.folder.path().join("before"));
    fs::rename(&clients, &before).unwrap();
    desk.store().create_client("Somebody else").unwrap();
    terminal.press("0");
    told(&mut terminal, "the visit was no longer in its place");
    saved(&mut terminal, 2);
    assert_eq!(desk.visit().answers.len(), 2);
    assert!(before.join("cafe-noir").is_dir() && clients.join("somebody-else").is_dir());
}

#[test]
fn a_link_in_place_of_the_folder_leads_no_answer_elsewhere() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    let (folder, elsewhere) =
        (desk.folder.path().join("clients/cafe-noir"), desk.folder.path().join("elsewhere"));
    fs::remove_dir_all(&folder).unwrap();
    fs::create_dir(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &folder).unwrap();
    terminal.press("0");
    told(&mut terminal, "leads elsewhere");
    terminal.see("✗ not saved");
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    fs::remove_file(&folder).unwrap();
    terminal.press("0");
    saved(&mut terminal, 2);
    assert_eq!(desk.visit().answers.len(), 2);
}

/// The program on a disk that takes half a second for each of its steps; none, with the reason printed, where this
/// machine has nothing to make it so.
fn on_a_slow_disk(desk: &Desk) -> Option<Terminal> {
    let traced = |program: &[&str]| {
        let mut words = vec!["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=fsync"];
        words.extend(["-e", "inject=fsync:delay_exit=500000"]);
        words.extend(program);
        words.into_iter().map(str::to_owned).collect::<Vec<String>>()
    };
    let trial = traced(&["true"]);
    if !Command::new(&trial[0]).args(&trial[1..]).output().is_ok_and(|done| done.status.success()) {
        println!("skipped: there is no strace that may trace");
        return None;
    }
    let program = traced(&[BINARY, "open", CLIENT]);
    let program: Vec<&str> = program.iter().map(String::as_str).collect();
    Some(Setup::new(desk.folder.path(), &program).start())
}

#[test]
fn while_a_disk_takes_seconds_for_a_write_typing_stays_immediate() {
    let desk = Desk::new();
    desk.prepare();
    let Some(mut terminal) = on_a_slow_disk(&desk) else { return };
    terminal.see("✓ saved");
    // The first write keeps an earlier state, too: two seconds, of which none is waited for.
    terminal.press("00e");
    terminal.see("Profile 2/15");
    terminal.press("typed meanwhile");
    terminal.see("typed meanwhile");
    assert!(!terminal.text().contains("✓ saved"), "{}", terminal.text());
    assert!(desk.visit().answers.is_empty(), "the disk was faster than this test");
    terminal.press(CTRL_C);
    terminal.see("the disk has not written everything yet");
    terminal.assert_given_back();
    assert_eq!(terminal.end().status, Some(0));
    assert_eq!((desk.visit().answers.len(), &*desk.answer("profile.sector").note), (3, "typed meanwhile"));
}

#[test]
fn whoever_does_not_wait_for_a_disk_is_told_by_the_status() {
    let desk = Desk::new();
    desk.prepare();
    let Some(mut terminal) = on_a_slow_disk(&desk) else { return };
    terminal.see("✓ saved");
    terminal.press("0");
    terminal.see("Profile 1/15");
    terminal.press(CTRL_C);
    terminal.see("the disk has not written everything yet");
    terminal.press("\x1c");
    assert_eq!(terminal.end().status, Some(131));
    assert!(desk.visit().answers.is_empty());
}

/// How large a file may become that the program writes.
fn room(terminal: &Terminal, bytes: Option<u64>) {
    let limit = Rlimit { current: bytes, maximum: None };
    rustix::process::prlimit(Some(terminal.pid()), Resource::Fsize, limit).unwrap();
}

#[test]
fn a_full_disk_is_told_work_goes_on_and_everything_is_saved_when_there_is_room() {
    let desk = Desk::new();
    desk.prepare();
    let mut terminal = desk.setup(&["open", CLIENT]).start();
    terminal.see("saved");
    room(&terminal, Some(0));
    terminal.press("0");
    terminal.see("cannot write");
    terminal.see("✗ not saved");
    terminal.press("0");
    terminal.see("Profile 2/15");
    assert!(desk.visit().answers.is_empty());
    room(&terminal, None);
    terminal.see("the disk answers again: everything is saved");
    saved(&mut terminal, 2);
    assert_eq!(desk.visit().answers.len(), 2);
}
