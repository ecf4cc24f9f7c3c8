//! What does a terminal get of it, and what is left when the line is cut?

use std::fs;

use privaudit::domain::answer::Value;
use privaudit::storage::assessments;
use rustix::process::Signal;
use tempfile::TempDir;

use super::SMALL;
use crate::terminal::pty::BINARY;
use crate::terminal::pty::Setup;
use crate::terminal::pty::Terminal;

const VISIT: &str = "clients/acme/2026-11-20.ron";

fn setup(folder: &TempDir, more: &[&str]) -> Setup {
    let new = ["--new", "--on", "2026-11-20", "--questionnaire", SMALL];
    let program = [&[BINARY, "open", "Acme", "--plain"], new.as_slice(), more].concat();
    Setup::new(folder.path(), &program)
}

fn start(setup: Setup) -> Terminal {
    let mut terminal = setup.start();
    terminal.see("What do you have online?");
    terminal
}

#[test]
fn a_cut_line_loses_nothing_and_the_next_login_resumes() {
    for by_signal in [true, false] {
        let folder = TempDir::new().unwrap();
        let mut terminal = start(setup(&folder, &["--only"]));
        terminal.press("1\n");
        terminal.see("Do you keep a list?");
        terminal.press("e half a note\n");
        terminal.see("saved");
        terminal.press("y\n");
        terminal.see("How many months?");
        if by_signal {
            terminal.signal(Signal::HUP);
            assert_eq!(terminal.end().status, Some(129));
        } else {
            terminal.hang_up();
            terminal.end();
        }
        assert!(!terminal.output.contains(&0x1b), "an escape sequence");
        let kept = assessments::read(&folder.path().join(VISIT)).unwrap();
        assert_eq!(kept.value(&"first.yes_no".into()), Some(&Value::Yes));
        assert_eq!(kept.answer(&"first.yes_no".into()).unwrap().note, "half a note");
        let mut again = setup(&folder, &["--only"]).start();
        again.see("How many months?");
        again.press("q\n");
        assert_eq!(again.end().status, Some(0));
    }
}

#[test]
fn lines_are_folded_to_the_terminal_and_a_line_that_is_refused_there_is_no_failure() {
    let folder = TempDir::new().unwrap();
    let mut terminal = start(setup(&folder, &[]).size(40, 24).set("TERM", "dumb"));
    terminal.press("nonsense\n");
    terminal.see("error:");
    terminal.press("?\n");
    terminal.see("everything is saved");
    terminal.press("q\n");
    assert_eq!(terminal.end().status, Some(0));
    let said = String::from_utf8_lossy(&terminal.output).into_owned();
    assert!(said.lines().all(|line| line.chars().count() <= 42), "{said}");
    assert!(!said.contains(['’', '“', '…', '·', '–']), "a simple terminal gets marks of ASCII: {said}");
}

#[test]
fn what_cannot_be_saved_is_said_tried_again_and_rescued() {
    let folder = TempDir::new().unwrap();
    let clients = folder.path().join("clients");
    let aside = folder.path().join("aside");
    let mut terminal = start(setup(&folder, &[]).set("TMPDIR", folder.path().to_str().unwrap()));
    fs::rename(&clients, &aside).unwrap();
    fs::write(&clients, "in the way").unwrap();
    terminal.press("1\n");
    terminal.see("NOT saved");
    terminal.see("Do you keep a list?");
    fs::remove_file(&clients).unwrap();
    fs::rename(&aside, &clients).unwrap();
    terminal.press("y\n");
    terminal.see("How many months?");
    let kept = assessments::read(&folder.path().join(VISIT)).unwrap();
    assert_eq!(kept.value(&"first.yes_no".into()), Some(&Value::Yes));
    fs::rename(&clients, &aside).unwrap();
    fs::write(&clients, "in the way").unwrap();
    terminal.press("12\n");
    terminal.see("Which rule?");
    for (refusals, leads_on) in [(1, "S\n"), (2, "V\n")] {
        terminal.wait("prompt", |screen| screen.contents().trim_end().ends_with("\n>"));
        terminal.press(leads_on);
        terminal.wait("refusal", |screen| {
            screen.contents().matches("not everything is saved yet").count() == refusals
        });
    }
    terminal.press("q\n");
    terminal.see("all that was entered is kept in");
    assert_eq!(terminal.end().status, Some(1));
}

#[test]
fn a_confined_session_cannot_be_suspended() {
    let folder = TempDir::new().unwrap();
    let mut terminal = start(setup(&folder, &["--only"]));
    terminal.press("\x1a");
    terminal.press("\n1\n");
    terminal.see("Do you keep a list?");
    terminal.press("q\n");
    assert_eq!(terminal.end().status, Some(0));
}

#[test]
fn a_line_that_a_terminal_cuts_is_told() {
    let folder = TempDir::new().unwrap();
    let mut terminal = start(setup(&folder, &[]));
    terminal.press(format!("e {}\n", "long ".repeat(1000)));
    terminal.see("its end may not have arrived");
    terminal.see("saved");
    terminal.press("q\n");
    assert_eq!(terminal.end().status, Some(0));
}

#[test]
fn a_visit_that_was_open_elsewhere_can_be_changed_once_the_other_is_gone() {
    let folder = TempDir::new().unwrap();
    let mut first = start(setup(&folder, &[]));
    let mut second = start(setup(&folder, &["--only"]));
    second.see("open elsewhere");
    first.press("1\n");
    first.see("Do you keep a list?");
    second.press("shop\n");
    second.see("error: this visit is open elsewhere");
    first.signal(Signal::KILL);
    first.end();
    second.press("e seen by the second\n");
    second.see("you can change this visit now");
    second.see("Answer: ");
    second.press("e seen by the second\n");
    second.see("saved");
    second.press("q\n");
    assert_eq!(second.end().status, Some(0));
}
