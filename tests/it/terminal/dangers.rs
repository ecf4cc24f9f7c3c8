//! What does the screen say, and what is on disk, when another program, a full disk or a deletion comes in between?

use std::fs;

use privaudit::domain::answer::Value;
use privaudit::storage::assessments;
use privaudit::storage::history;
use rustix::process::Resource;
use rustix::process::Rlimit;
use rustix::process::Signal;

use super::CTRL_C;
use super::Desk;
use super::pty::Terminal;
use super::saved;

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
    saved(&mut terminal, 2);
    terminal.signal(Signal::KILL);
    terminal.end();
    assert_eq!(desk.visit().answers.len(), 2);
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
    // The signal would end any program; as on a full disk, only the write is to fail.
    let mut terminal = desk.shell("trap '' XFSZ; exec \"$BINARY\" open 'Café Noir'").start();
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
