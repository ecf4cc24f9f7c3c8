//! Is the interface drawn well in any terminal, and quiet when nothing happens?

use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

use super::CLIENT;
use super::CTRL_C;
use super::Desk;
use super::pty;
use super::saved;

#[test]
fn a_storm_of_sizes_leaves_the_screen_as_it_was() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    let before = terminal.text();
    let sizes = [(79, 23), (40, 12), (20, 5), (12, 4), (3, 2), (1, 1), (1, 50), (200, 1), (200, 60), (2, 2)];
    for round in 0..6 {
        for (columns, rows) in sizes {
            terminal.resize(columns + round, rows + round % 2);
        }
    }
    terminal.resize(10, 1);
    terminal.see("too small");
    terminal.resize(80, 24);
    terminal.wait("the first screen", |screen| screen.contents() == before);
    terminal.press("0");
    saved(&mut terminal, 1);
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(0));
    terminal.assert_given_back();
}

#[test]
fn a_terminal_without_a_size_is_no_reason_to_fail() {
    let desk = Desk::new();
    let mut terminal = desk.setup(&["open", CLIENT, "--new"]).size(0, 0).start();
    terminal.wait("bracketed paste", vt100::Screen::bracketed_paste);
    terminal.press("0");
    terminal.resize(80, 24);
    saved(&mut terminal, 1);
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(0));
}

#[test]
fn a_line_that_claims_an_endless_screen_ends_no_session_and_fills_no_memory() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    for size in [(u16::MAX, u16::MAX), (u16::MAX, 1), (20_000, 20_000)] {
        let drawn = terminal.output.len();
        terminal.claim(size.0, size.1);
        terminal.wait("another frame", |_| true);
        while terminal.output.len() == drawn {
            assert!(terminal.read(Duration::from_secs(30)), "it ended at {size:?}");
        }
    }
    terminal.resize(80, 24);
    terminal.wait("the first screen", |screen| screen.contents().contains("Profile 0/15"));
    terminal.press("0");
    saved(&mut terminal, 1);
    if let Some(memory) = terminal.memory() {
        assert!(memory < 300_000, "{memory} kB");
    }
}

#[test]
fn without_colours_the_selection_is_still_reversed() {
    let desk = Desk::new();
    let mut terminal = desk.setup(&["open", CLIENT, "--new"]).set("NO_COLOR", "1").start();
    terminal.see("saved");
    let (mut reversed, mut bold) = (String::new(), 0);
    for row in 0..24 {
        for column in 0..80 {
            let cell = terminal.screen().cell(row, column).unwrap();
            assert_eq!((cell.fgcolor(), cell.bgcolor()), Default::default(), "a colour at {column}, {row}");
            bold += usize::from(cell.bold());
            if cell.inverse() {
                reversed.push_str(cell.contents());
            }
        }
    }
    assert!(reversed.contains("Profile"), "reversed: {reversed:?}");
    assert!(bold > 0);
}

#[test]
fn a_terminal_that_cannot_place_a_cursor_is_refused_in_words() {
    let desk = Desk::new();
    let mut terminal = desk.setup(&["open", CLIENT, "--new"]).set("TERM", "dumb").start();
    assert_eq!(terminal.end().status, Some(1));
    let text = terminal.text();
    assert!(text.contains("error: ") && text.contains("hint: "), "{text}");
    assert!(!terminal.output.contains(&0x1b), "{:?}", String::from_utf8_lossy(&terminal.output));
}

#[test]
fn without_a_terminal_it_is_refused_in_words() {
    let desk = Desk::new();
    let out = Command::new(pty::BINARY)
        .args(["open", CLIENT, "--new"])
        .env_clear()
        .envs(pty::environment(desk.folder.path()))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(1));
    let error = String::from_utf8(out.stderr).unwrap();
    assert!(error.contains("error: ") && error.contains("hint: "), "{error}");
    assert!(!error.contains('\x1b') && out.stdout.is_empty());
    assert!(!desk.folder.path().join("clients").exists(), "refused, yet something was made");
}

#[test]
fn nothing_happens_while_nobody_types() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    terminal.press("0");
    saved(&mut terminal, 1);
    // The cursor may follow the words of the last frame.
    while terminal.read_some(Duration::from_millis(300)) {}
    let (drawn, used) = (terminal.output.len(), terminal.used());
    let end = Instant::now() + Duration::from_secs(2);
    while let Some(left) = end.checked_duration_since(Instant::now()) {
        terminal.read(left);
    }
    assert_eq!(terminal.output.len(), drawn, "drawn without need");
    if let (Some(before), Some(after)) = (used, terminal.used()) {
        let spent = after.saturating_sub(before);
        assert!(spent <= Duration::from_millis(10), "{spent:?} of a processor for nothing");
    }
}

#[test]
fn a_key_in_a_list_that_is_old_makes_it_look_again() {
    let desk = Desk::new();
    desk.prepare();
    let mut terminal = desk.setup(&[]).start();
    terminal.see("1 client");
    desk.store().create_client("Zinc").unwrap();
    let end = Instant::now() + Duration::from_mins(1);
    while !terminal.text().contains("Zinc") {
        assert!(Instant::now() < end, "{}", terminal.text());
        terminal.press("j");
        terminal.read(Duration::from_millis(200));
    }
    terminal.see("2 clients");
    terminal.press("q");
    assert_eq!(terminal.end().status, Some(0));
}
