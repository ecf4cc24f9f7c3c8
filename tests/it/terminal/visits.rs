//! Is what was typed in the file, and does a visit go on where it was left?

use std::time::Duration;

use privaudit::domain::answer::Value;
use rustix::process::Signal;

use super::CLIENT;
use super::CTRL_C;
use super::Desk;
use super::ENTER;
use super::ESC;
use super::TAB;
use super::saved;

#[test]
fn a_new_client_answers_by_keys_and_finds_them_again() {
    let desk = Desk::new();
    let mut terminal = desk.setup(&[]).start();
    terminal.see("privacy in seven steps");
    terminal.see("n new client");
    terminal.press("n");
    terminal.see("New client");
    terminal.press(CLIENT);
    terminal.press(ENTER);
    saved(&mut terminal, 0);
    terminal.press("12");
    terminal.press(ENTER);
    saved(&mut terminal, 1);
    terminal.press(TAB);
    terminal.see("Audit 0/");
    let asked: Vec<_> = {
        let visit = desk.store().visit(&desk.path()).unwrap();
        let audit = visit.questionnaire.part(1).unwrap();
        audit.questions.iter().map(|question| (question.id.clone(), question.title.en.clone())).collect()
    };
    terminal.see(&asked[0].1);
    terminal.press("p");
    terminal.see(&asked[1].1);
    terminal.wait("it saved", |screen| screen.contents().contains("✓ saved"));
    terminal.press("q");
    terminal.see("privacy in seven steps");
    terminal.press("q");
    assert_eq!(terminal.end().status, Some(0));
    terminal.assert_given_back();

    let visit = desk.visit();
    assert_eq!(visit.client, CLIENT);
    let markets = Value::Choices(["france".into(), "eea".into()].into());
    assert_eq!(desk.answer("profile.markets").value, Some(markets));
    assert_eq!(visit.answer(&asked[0].0).unwrap().value, Some(Value::Partly));
    assert_eq!(visit.at.as_ref(), Some(&asked[1].0), "where it was left");

    let mut terminal = desk.setup(&["open", "cafe-noir"]).start();
    terminal.see(&asked[1].1);
    terminal.see("Audit 1/");
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(0));
}

#[test]
fn a_large_paste_arrives_whole() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    let line = "« Été », dit-elle : les fiches du fichier clients sont gardées dix ans. ";
    let pasted: Vec<String> = (0..130).map(|number| format!("{number:03} {}", line.trim())).collect();
    assert!(pasted.join("\r").len() > 10_000);
    terminal.press("e");
    terminal.see("all is kept");
    terminal.press(format!("{ESC}[200~{}{ESC}[201~", pasted.join("\r")));
    terminal.see("129 «");
    terminal.press(ESC);
    terminal.wait("it saved, the note closed", |screen| {
        let text = screen.contents();
        text.contains("✓ saved") && !text.contains("129 «")
    });
    assert_eq!(desk.answer("profile.markets").note, pasted.join("\n"));
}

#[test]
fn a_paste_without_an_end_is_cut_and_that_is_told() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    terminal.press("e");
    terminal.see("all is kept");
    terminal.press(format!("{ESC}[200~{}{ESC}[201~", "0123456789 ".repeat(100_000)));
    terminal.see("the end of the pasted text was not taken");
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(0));
    let note = desk.answer("profile.markets").note;
    assert!((19_900..=20_000).contains(&note.len()), "{}", note.len());
}

#[test]
fn a_paste_brings_no_control_characters() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    terminal.press("e");
    terminal.see("all is kept");
    let pasted = "red\x1b[31m bell\x07 nul\0 csi\u{9b}2J back\u{8} turned\u{202e}\r\nnext\ttab";
    terminal.press(format!("{ESC}[200~{pasted}{ESC}[201~"));
    terminal.see("next tab");
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(0));
    assert_eq!(desk.answer("profile.markets").note, "red[31m bell nul csi2J back turned\nnext tab");
}

#[test]
fn a_paste_outside_a_text_answers_nothing() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    terminal.press(format!("{ESC}[200~000ynq{ESC}[201~"));
    terminal.see("nothing can be pasted here");
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(0));
    assert!(desk.visit().answers.is_empty());
}

#[test]
fn a_note_that_rests_is_saved_while_it_is_open() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    terminal.press("e");
    terminal.see("all is kept");
    terminal.press("two thousand names");
    // No frame tells: the screen said so before, too. What is on disk does not need one.
    terminal.wait("it written", |_| desk.answer("profile.markets").note == "two thousand names");
    terminal.signal(Signal::KILL);
    terminal.end();
    assert_eq!(desk.answer("profile.markets").note, "two thousand names");
}

#[test]
fn enter_typed_ahead_of_the_list_opens_the_client_one_comes_from() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    terminal.press("0");
    saved(&mut terminal, 1);
    // Both at once: nothing of the list is read when the second key comes.
    terminal.press(format!("q{ENTER}"));
    let list = b"privacy in seven steps";
    while !terminal.output.windows(list.len()).any(|bytes| bytes == list) {
        assert!(terminal.read(Duration::from_secs(30)), "it ended");
    }
    terminal.see("Profile 1/15");
    terminal.see("✓ saved");
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(0));
    assert_eq!(desk.store().clients().unwrap().len(), 1);
}

#[test]
fn a_second_program_reads_and_writes_only_after_the_first() {
    let desk = Desk::new();
    let mut first = desk.open();
    first.press("0");
    saved(&mut first, 1);
    let mut second = desk.setup(&["open", CLIENT]).start();
    second.see("read-only");
    second.see("claire");
    second.see(&first.pid().as_raw_nonzero().to_string());
    second.see("Profile 1/15");
    second.press("0");
    second.see("open elsewhere");
    assert_eq!(desk.visit().answers.len(), 1);

    first.signal(Signal::KILL);
    assert_eq!(first.end().signal, Some(9));
    second.press("q");
    second.see("privacy in seven steps");
    second.press(ENTER);
    saved(&mut second, 1);
    second.press("0");
    saved(&mut second, 2);
    second.press(CTRL_C);
    assert_eq!(second.end().status, Some(0));
    assert_eq!(desk.visit().answers.len(), 2);
}
