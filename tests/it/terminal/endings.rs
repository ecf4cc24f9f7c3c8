//! Is the terminal given back and everything saved, however it ends?

use std::time::Duration;

use jiff::civil::date;
use privaudit::domain::answer::Value;
use privaudit::domain::text::Language;
use privaudit::storage::assessments;
use privaudit::storage::clients::Store;
use privaudit::tui;
use privaudit::tui::effect::Effect;
use privaudit::tui::model::Layer;
use privaudit::tui::model::Model;
use privaudit::tui::perform::Hands;
use privaudit::tui::theme::Theme;
use privaudit::tui::update;
use privaudit::tui::view;
use ratatui::Frame;
use rustix::process::Signal;

use super::CLIENT;
use super::CTRL_C;
use super::Desk;
use super::pty::Ended;
use super::pty::Setup;
use super::pty::Terminal;
use super::saved;

/// A visit with an answer, and a note that is still being typed.
fn typing(desk: &Desk) -> Terminal {
    answer_and_type(desk.setup(&["open", CLIENT, "--new"]).start())
}

fn answer_and_type(mut terminal: Terminal) -> Terminal {
    terminal.see("saved");
    terminal.assert_taken();
    terminal.press("0");
    saved(&mut terminal, 1);
    terminal.press("e");
    terminal.see("all is kept");
    terminal.press("half a sent");
    terminal.see("half a sent");
    terminal
}

fn assert_kept(desk: &Desk) {
    assert_eq!(desk.answer("profile.markets").value, Some(Value::Nothing));
    assert_eq!(desk.answer("profile.size").note, "half a sent");
}

/// After a cut line there is nobody to ask: it ends of itself, soon, without spinning.
fn assert_ended_by_hang_up(ended: Ended, used_before: Option<Duration>) {
    assert_eq!(ended.status, Some(129));
    if let (Some(used), Some(before)) = (ended.used, used_before) {
        let since = used.saturating_sub(before);
        assert!(since < Duration::from_millis(1500), "{since:?} of a processor after the end of the line");
    }
}

#[test]
fn where_there_is_no_other_screen_nothing_of_the_client_is_left_on_it() {
    let desk = Desk::new();
    let mut terminal = desk.shell("\"$BINARY\" open 'Café Noir' --new; echo back").start();
    terminal.see("✓ saved");
    terminal.press("0");
    saved(&mut terminal, 1);
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(0));
    // As GNU screen takes it.
    let written = String::from_utf8_lossy(&terminal.output).replace("\x1b[?1049", "\x1b[?9999");
    let mut parser = vt100::Parser::default();
    parser.process(written.as_bytes());
    assert_eq!(parser.screen().contents().trim(), "back");
    assert_eq!(parser.screen().cursor_position(), (1, 0));
}

#[test]
fn ctrl_c_saves_and_quits() {
    let desk = Desk::new();
    let mut terminal = typing(&desk);
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(0));
    terminal.assert_given_back();
    assert_kept(&desk);
}

#[test]
fn ctrl_c_quits_also_from_a_form_that_is_not_filled_in_well() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    terminal.press("/");
    terminal.see("Find a question");
    terminal.press("minimise.retention.prospects");
    terminal.see("prospects");
    terminal.press("\r");
    terminal.see("Minimise");
    terminal.press("9");
    terminal.see("Answer");
    terminal.press("99999");
    terminal.see("999999");
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(0));
    terminal.assert_given_back();
}

#[test]
fn signals_save_give_the_terminal_back_and_tell_the_shell() {
    let signals = [(Signal::TERM, 143), (Signal::INT, 130), (Signal::QUIT, 131)];
    for (signal, status) in signals {
        let desk = Desk::new();
        let mut terminal = typing(&desk);
        terminal.signal(signal);
        assert_eq!(terminal.end().status, Some(status), "{signal:?}");
        terminal.assert_given_back();
        assert_kept(&desk);
    }
}

#[test]
fn a_hang_up_signal_saves_and_ends() {
    let desk = Desk::new();
    let mut terminal = typing(&desk);
    let used = terminal.used();
    terminal.signal(Signal::HUP);
    assert_ended_by_hang_up(terminal.end(), used);
    assert_kept(&desk);
}

#[test]
fn a_cut_line_saves_and_ends() {
    let desk = Desk::new();
    let mut terminal = typing(&desk);
    let used = terminal.used();
    terminal.hang_up();
    assert_ended_by_hang_up(terminal.end(), used);
    assert_kept(&desk);
}

#[test]
fn a_cut_line_saves_and_ends_also_where_hang_ups_are_ignored() {
    let desk = Desk::new();
    desk.prepare();
    let ignoring = desk.shell(&format!("trap '' HUP; exec \"$BINARY\" open '{CLIENT}'"));
    let mut terminal = answer_and_type(ignoring.start());
    let used = terminal.used();
    terminal.hang_up();
    assert_ended_by_hang_up(terminal.end(), used);
    assert_kept(&desk);
}

#[test]
fn a_cut_line_saves_and_ends_also_where_no_signal_tells() {
    let desk = Desk::new();
    desk.prepare();
    let mut terminal = desk.setup(&["open", CLIENT]).without_control().start();
    terminal.see("saved");
    terminal.press("0");
    saved(&mut terminal, 1);
    // Nothing waits to be written or drawn: it has to notice of itself.
    let used = terminal.used();
    terminal.hang_up();
    assert_ended_by_hang_up(terminal.end(), used);
    assert_eq!(desk.visit().answers.len(), 1);
}

#[test]
fn a_panic_saves_gives_the_terminal_back_and_says_what_it_was() {
    let desk = Desk::new();
    desk.prepare();
    let tests = std::env::current_exe().unwrap();
    let only = ["--exact", "--ignored", "--nocapture", "terminal::endings::a_program_that_panics"];
    let program: Vec<&str> = std::iter::once(tests.to_str().unwrap()).chain(only).collect();
    let mut terminal = Setup::new(desk.folder.path(), &program).set(PANICS, "1").start();
    terminal.see("saved");
    terminal.assert_taken();
    terminal.press("0");
    saved(&mut terminal, 1);
    terminal.press("e");
    terminal.see("all is kept");
    terminal.press("half a sent");
    terminal.see("half a sent");
    terminal.press("!");
    assert_eq!(terminal.end().status, Some(101));
    terminal.assert_given_back();
    let text = terminal.text();
    assert!(text.contains("\na mistake in drawing\n"), "{text}");
    assert_eq!(desk.answer("profile.size").note, "half a sent!");
}

const PANICS: &str = "PRIVAUDIT_TESTS_PANICS";

/// Not a test: the interface, with a mistake in what it draws.
#[test]
#[ignore = "a part of another, which runs it in a terminal"]
fn a_program_that_panics() {
    fn mistaken(model: &Model, frame: &mut Frame) {
        if let Some(Layer::Note(note)) = model.layers.last() {
            assert!(!note.text().ends_with('!'), "a mistake in drawing");
        }
        view::view(model, frame);
    }
    let Some(store) = std::env::var_os(PANICS).and_then(|_| std::env::var_os("PRIVAUDIT_STORE")) else {
        return;
    };
    let store = Store::at(store);
    let folder = store.client(CLIENT).unwrap().folder;
    let mut model = Model::new(Language::En, Theme::FULL, (80, 24), date(2026, 11, 23));
    let mut hands = Hands::new(store, model.today);
    hands.perform(Effect::OpenClient { folder }, &mut |outcome| drop(update::receive(&mut model, outcome)));
    let end = tui::run(model, hands, Vec::new(), mistaken);
    panic!("ended without a panic: {end:?}");
}

/// The client's folder turns into something that nobody can write into, root included.
fn break_store(desk: &Desk) {
    let clients = desk.folder.path().join("clients");
    std::fs::rename(clients.join("cafe-noir"), desk.folder.path().join("elsewhere")).unwrap();
    std::fs::write(clients.join("cafe-noir"), "in the way").unwrap();
}

#[test]
fn a_save_that_fails_is_told_and_tried_again() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    break_store(&desk);
    terminal.press("0");
    terminal.see("cannot");
    terminal.see("not saved");
    let clients = desk.folder.path().join("clients");
    std::fs::remove_file(clients.join("cafe-noir")).unwrap();
    std::fs::rename(desk.folder.path().join("elsewhere"), clients.join("cafe-noir")).unwrap();
    saved(&mut terminal, 1);
    assert_eq!(desk.answer("profile.markets").value, Some(Value::Nothing));
}

#[test]
fn what_cannot_be_saved_at_the_end_is_kept_elsewhere() {
    let desk = Desk::new();
    let mut terminal =
        desk.setup(&["open", CLIENT, "--new"]).set("TMPDIR", desk.folder.path().to_str().unwrap()).start();
    terminal.see("saved");
    break_store(&desk);
    terminal.press("0");
    terminal.see("not saved");
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(1));
    terminal.assert_given_back();
    // Long lines are folded by the terminal alone.
    let text = terminal.text().replace('\n', "");
    assert!(text.contains("error: ") && text.contains("hint: all that was entered is kept in "), "{text}");
    let kept = text.rsplit_once("kept in ").unwrap().1;
    let visit = assessments::read(kept.trim().as_ref()).unwrap();
    assert_eq!(visit.answer(&"profile.markets".into()).unwrap().value, Some(Value::Nothing));
}
