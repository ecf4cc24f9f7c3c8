//! Does the text in front of one reach the clipboard, and where it cannot, the eye?

use std::fs;

use super::CTRL_C;
use super::Desk;
use super::ENTER;
use super::TAB;
use super::pty::Terminal;

const BEGIN: &[u8] = b"\x1b]52;c;";

/// What the terminal was asked to take, each time.
fn taken(terminal: &Terminal) -> Vec<String> {
    // What is wrapped for tmux has each escape twice.
    let begins = |place: &usize| {
        terminal.output[*place..].starts_with(BEGIN) && !terminal.output[..*place].ends_with(b"\x1b")
    };
    let places = (0..terminal.output.len()).filter(begins);
    let encoded = |place: usize| {
        let rest = &terminal.output[place + BEGIN.len()..];
        let end = rest.iter().position(|byte| *byte == 0x1b).unwrap();
        assert!(rest[end..].starts_with(b"\x1b\\"), "not closed");
        decoded(&rest[..end])
    };
    places.map(encoded).collect()
}

fn decoded(base64: &[u8]) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    assert_eq!(base64.len() % 4, 0);
    let sixes: Vec<u32> = base64
        .iter()
        .filter(|letter| **letter != b'=')
        .map(|letter| u32::try_from(letters.iter().position(|known| known == letter).unwrap()).unwrap())
        .collect();
    let bytes = sixes.chunks(4).flat_map(|four| {
        let bits = four.iter().enumerate().fold(0, |bits, (place, six)| bits | six << (18 - 6 * place));
        bits.to_be_bytes()[1..four.len()].to_vec()
    });
    String::from_utf8(bytes.collect()).unwrap()
}

/// The first question of the first step, with a note that is nobody else's business.
fn at_a_question(desk: &Desk, arguments: &[&str], variables: &[(&str, &str)]) -> Terminal {
    let arguments = [&["open", super::CLIENT, "--new"], arguments].concat();
    let setup = variables.iter().fold(desk.setup(&arguments), |setup, (name, value)| setup.set(name, value));
    let mut terminal = setup.start();
    terminal.see("saved");
    terminal.press(TAB);
    terminal.see("Audit 0/");
    terminal
}

#[test]
fn the_question_goes_to_the_clipboard_with_its_answer_and_remedy_and_without_the_note() {
    let desk = Desk::new();
    let mut terminal = at_a_question(&desk, &["--only"], &[]);
    terminal.press("n");
    terminal.press("k");
    terminal.press("e");
    terminal.see("all is kept");
    terminal.press("between us");
    terminal.press("\x13");
    terminal.press("C");
    terminal.see("for the clipboard. Nothing to paste?");
    let taken = taken(&terminal);
    let questionnaire = desk.store().visit(&desk.path()).unwrap().questionnaire;
    let question = questionnaire.part(1).unwrap().questions.first().unwrap();
    let [text] = taken.as_slice() else { panic!("{taken:?}") };
    assert!(text.starts_with(&*question.ask.en), "{text}");
    assert!(text.contains("\nAnswer: No\n") || text.contains("\nAnswer: no\n"), "{text}");
    assert!(text.contains(&*question.remedy.as_ref().unwrap().text.en), "{text}");
    assert!(!text.contains("between us"), "{text}");
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(0));
    terminal.assert_given_back();
}

#[test]
fn asked_for_twice_the_text_is_shown_without_a_frame() {
    let desk = Desk::new();
    let mut terminal = at_a_question(&desk, &[], &[]);
    terminal.press("r");
    terminal.see("Overall");
    terminal.press("C");
    terminal.see("for the clipboard");
    terminal.press("C");
    terminal.see("the text without a frame");
    assert_eq!(taken(&terminal).len(), 1);
    assert!(terminal.text().starts_with("Where this figure comes from\n"), "{}", terminal.text());
    terminal.press("q");
    terminal.see("Overall");
    // A key in between, and it is sent anew.
    terminal.press("C");
    terminal.see("for the clipboard");
    assert_eq!(taken(&terminal).len(), 2);
}

#[test]
fn a_terminal_that_cannot_take_it_gets_no_sequence_and_shows_the_text_at_once() {
    for variables in [[("TERM", "linux"), ("STY", "")], [("TERM", "screen"), ("STY", "12.tty")]] {
        let desk = Desk::new();
        let mut terminal = at_a_question(&desk, &[], &variables);
        terminal.press("C");
        terminal.see("the text without a frame");
        assert!(!terminal.output.windows(4).any(|bytes| bytes == b"\x1b]52"));
        terminal.press("q");
        terminal.press(CTRL_C);
        assert_eq!(terminal.end().status, Some(0));
    }
}

#[test]
fn tmux_is_told_so_that_it_hands_the_text_on_or_keeps_it() {
    let desk = Desk::new();
    let mut terminal = at_a_question(&desk, &[], &[("TMUX", "socket,1,0")]);
    terminal.press("C");
    terminal.see("set-clipboard on");
    let sent = taken(&terminal);
    assert_eq!(sent.len(), 1, "the other one is wrapped");
    assert!(terminal.output.windows(14).any(|bytes| bytes == b"\x1bPtmux;\x1b\x1b]52;c"));
}

#[test]
fn what_a_file_hides_in_a_text_does_not_reach_the_clipboard() {
    let desk = Desk::new();
    desk.prepare();
    let hostile = "rm -rf ~\\u{1b}]52;c;AAAA\\u{7}\\u{202e}\\u{9b}2J";
    let text = fs::read_to_string(desk.path()).unwrap();
    let actions = format!("  actions: {{\"audit.inventory.documented\": (owner: \"{hostile}\")}},\n  at: ");
    let with = text.replacen("  at: ", &actions, 1);
    assert_ne!(with, text);
    fs::write(desk.path(), with).unwrap();
    let mut terminal = desk.setup(&["open", super::CLIENT]).start();
    terminal.see("saved");
    terminal.press("/");
    terminal.press("audit.inventory.documented");
    terminal.press(ENTER);
    terminal.press("n");
    terminal.press("a");
    terminal.see("to do");
    terminal.press("C");
    terminal.see("for the clipboard");
    let taken = taken(&terminal);
    assert_eq!(taken.len(), 1, "{taken:?}");
    assert!(taken[0].contains("Who: rm -rf ~]52;c;AAAA2J"), "{taken:?}");
}
