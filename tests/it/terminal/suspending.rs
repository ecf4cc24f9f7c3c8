//! Is the terminal the shell's while the program is stopped, and the program's afterwards?

use rustix::process::Signal;

use super::CLIENT;
use super::CTRL_C;
use super::CTRL_Z;
use super::Desk;
use super::saved;

/// A shell that stops and continues its jobs, as those that people sit at.
fn script() -> String {
    format!(
        "set -m; \"$BINARY\" open '{CLIENT}' --new; echo \"stopped: $?\"; read go; fg; echo \"ended: $?\"; read go"
    )
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_takes_it_back() {
    let desk = Desk::new();
    let mut terminal = desk.shell(&script()).start();
    terminal.see("saved");
    terminal.press("0e");
    terminal.see("all is kept");
    terminal.press("half a sent");
    terminal.see("half a sent");
    terminal.press(CTRL_Z);
    terminal.see("stopped: ");
    terminal.assert_given_back();
    assert!(
        !terminal.text().contains("half a sent"),
        "the interface is still in sight:\n{}",
        terminal.text()
    );
    terminal.wait("the note on disk", |_| desk.answer("profile.size").note == "half a sent");
    terminal.press("\n");
    terminal.see("half a sent");
    terminal.assert_taken();
    terminal.press(", ended");
    terminal.see("half a sent, ended");
    terminal.press(CTRL_C);
    terminal.see("ended: 0");
    terminal.assert_given_back();
    assert_eq!(desk.answer("profile.size").note, "half a sent, ended");
    terminal.press("\n");
    assert_eq!(terminal.end().status, Some(0));
}

#[test]
fn without_a_shell_to_return_to_ctrl_z_stops_nothing() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    terminal.press(CTRL_Z);
    terminal.press("0");
    saved(&mut terminal, 1);
    terminal.signal(Signal::TSTP);
    terminal.press("0");
    saved(&mut terminal, 2);
    terminal.assert_taken();
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(0));
}

#[test]
fn a_stop_from_outside_is_recovered_from() {
    let desk = Desk::new();
    let mut terminal = desk.open();
    terminal.signal(Signal::STOP);
    // What a shell does while the program cannot: its own settings, its own text.
    terminal.meddle();
    terminal.signal(Signal::CONT);
    terminal.wait("the interface again", |screen| {
        screen.contents().contains("Profile 0/15") && screen.alternate_screen()
    });
    terminal.press("0");
    saved(&mut terminal, 1);
    terminal.assert_taken();
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(0));
    terminal.assert_given_back();
}
