//! Do many sessions at once in one store lose an answer, or disturb each other? Or somebody who types without end?
//!
//! `PRIVAUDIT_SESSIONS=200 cargo test --test it -- crowds` has more of them than usual.

use std::time::SystemTime;

use privaudit::storage::assessments;
use rustix::process::Signal;

use super::CTRL_C;
use super::Desk;
use super::pty::Terminal;
use super::saved;

const DATE: &str = "2026-11-23";
const ANSWERS: usize = 5;

fn sessions() -> usize {
    std::env::var("PRIVAUDIT_SESSIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(12)
}

fn name(number: usize) -> String {
    format!("Client {number:03}")
}

#[test]
fn every_answer_of_every_session_is_kept_however_it_ends() {
    let desk = Desk::new();
    let start = |number| desk.setup(&["open", &name(number), "--new", "--on", DATE]).start();
    let mut terminals: Vec<Terminal> = (0..sessions()).map(start).collect();
    for terminal in &mut terminals {
        terminal.see("saved");
    }
    // In turn, so that all of them write at the same time.
    for _ in 0..ANSWERS {
        for terminal in &mut terminals {
            terminal.press("0");
        }
    }
    for (number, terminal) in terminals.iter_mut().enumerate() {
        saved(terminal, ANSWERS);
        match number % 3 {
            0 => terminal.press(CTRL_C),
            1 => terminal.signal(Signal::KILL),
            _ => terminal.hang_up(),
        }
    }
    for terminal in &mut terminals {
        terminal.end();
    }
    let clients = desk.store().clients().unwrap();
    assert_eq!(clients.len(), sessions());
    for client in clients {
        let client = client.unwrap();
        let visits = client.visits().unwrap();
        assert_eq!(visits.len(), 1, "{}", client.name);
        let visit = assessments::read(&client.visit_path(visits[0])).unwrap();
        assert_eq!((visit.client, visit.answers.len()), (client.name, ANSWERS));
    }
    let mut health = desk.store().examine(DATE.parse().unwrap(), SystemTime::now(), &mut |_, _| {}).unwrap();
    // The folder around the store is the test’s own.
    health.findings.retain(|finding| finding.path != desk.folder.path());
    assert!(health.findings.is_empty(), "{:?}", health.findings);
}

#[test]
fn keys_that_come_faster_than_they_are_taken_in_wait_in_the_terminal_not_in_memory() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    // As much as there is room for is in its memory already.
    terminal.press("j".repeat(10_000));
    let Some(before) = terminal.memory() else { return };
    terminal.press("j".repeat(100_000));
    let after = terminal.memory().unwrap();
    assert!(after < before + 5_000, "{before} kB grew to {after} kB");
    terminal.press("r");
    terminal.see("No finding.");
}

#[test]
fn of_many_sessions_on_one_visit_the_first_writes_and_the_others_read() {
    let desk = Desk::new();
    let mut first = desk.open();
    let mut others: Vec<Terminal> = (0..4).map(|_| desk.setup(&["open", super::CLIENT]).start()).collect();
    for other in &mut others {
        other.see("read-only");
        // Reading on takes the first notice away: the next one is the answer to the key.
        other.press("j");
        other.see("Profile 2/15 ·");
        other.press("0");
        other.see("this visit is open elsewhere");
    }
    first.press("0");
    saved(&mut first, 1);
    first.signal(Signal::KILL);
    first.end();
    // The lock died with its process: who still wants to write may, with what was answered meanwhile.
    let mut next = others.pop().unwrap();
    next.press("0");
    next.see("you can change this visit now");
    next.see("Profile 2/15 ·");
    for other in &mut others {
        other.press("0");
        other.see("this visit is open elsewhere");
        other.press(CTRL_C);
        other.end();
    }
    next.press("0");
    saved(&mut next, 2);
    assert_eq!(desk.visit().answers.len(), 2);
}
