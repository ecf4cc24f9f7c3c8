//! What becomes of a large file while the real program copies it, and somebody quits, cuts the line or gives it up?

use std::fs;
use std::fs::File;
use std::path::PathBuf;

use privaudit::storage::attachments;
use privaudit::storage::attachments::Condition;
use privaudit::storage::seals::Unconfirmed;
use rustix::process::Resource;
use rustix::process::Rlimit;

use super::CLIENT;
use super::CTRL_C;
use super::Desk;
use super::ENTER;
use super::pty::Terminal;
use super::told;

/// In bytes, and a hole on the disk: copied in seconds, by a program that is not optimised and by one that is.
const LARGE: u64 = if cfg!(debug_assertions) { 64 << 20 } else { 4 << 30 };
const QUESTION: &str = "profile.sector";
const CTRL_X: &str = "\x18";
const CTRL_BACKSLASH: &str = "\x1c";

impl Desk {
    fn film(&self) -> PathBuf {
        let path = self.folder.path().join("film.mp4");
        File::create(&path).unwrap().set_len(LARGE).unwrap();
        path
    }

    /// In a visit, for which a file is being copied.
    fn copying(&self) -> Terminal {
        let film = self.film();
        let mut terminal = self.open();
        terminal.press("ia");
        terminal.see("Attach a file");
        terminal.press(format!("{}{ENTER}{ENTER}{ENTER}", film.display()));
        terminal.see("copying film.mp4: ");
        terminal
    }

    /// The files that the visit names, each with its copy whole.
    fn attached(&self) -> Vec<String> {
        let checked = attachments::check(&self.path(), &self.visit());
        assert!(checked.iter().all(|one| one.condition == Condition::Intact), "{checked:?}");
        checked.into_iter().map(|one| one.attachment.name).collect()
    }

    fn evidence(&self) -> usize {
        let folder = self.path().with_file_name("evidence");
        fs::read_dir(folder).map_or(0, Iterator::count)
    }
}

#[test]
fn whoever_quits_during_a_copy_is_told_why_the_shell_waits_and_finds_the_file_attached() {
    let desk = Desk::new();
    let mut terminal = desk.copying();
    // To the interview, to the list, out.
    terminal.press("iqq");
    told(&mut terminal, "film.mp4 is still being copied: this ends as soon as it is attached");
    terminal.assert_given_back();
    assert_eq!(terminal.end().status, Some(0));
    assert!(terminal.text().contains("attached to cafe-noir@"), "{}", terminal.text());
    assert_eq!((desk.attached(), desk.evidence()), (vec!["film.mp4".to_owned()], 1));
}

#[test]
fn a_line_that_is_cut_during_a_copy_costs_nothing() {
    let desk = Desk::new();
    let mut terminal = desk.copying();
    terminal.hang_up();
    terminal.end();
    assert_eq!((desk.attached(), desk.evidence()), (vec!["film.mp4".to_owned()], 1));
}

#[test]
fn a_copy_is_given_up_by_a_key_and_from_the_shell_and_leaves_nothing() {
    let desk = Desk::new();
    let mut terminal = desk.copying();
    terminal.press(CTRL_X);
    told(&mut terminal, "film.mp4 is not attached to cafe-noir@");
    assert_eq!(desk.evidence(), 0);
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(0));

    let mut terminal = desk.copying();
    terminal.press(CTRL_C);
    told(&mut terminal, "gives it up and leaves nothing of it");
    terminal.press(CTRL_BACKSLASH);
    assert_eq!(terminal.end().status, Some(131));
    assert!(terminal.text().contains("nothing of it stays"), "{}", terminal.text());
    assert_eq!((desk.attached().len(), desk.evidence()), (0, 0));
}

#[test]
fn a_copy_that_fails_after_its_user_quit_is_told_to_the_shell() {
    let desk = Desk::new();
    let mut terminal = desk.copying();
    terminal.press(CTRL_C);
    told(&mut terminal, "is still being copied");
    let limit = Rlimit { current: Some(1 << 20), maximum: None };
    rustix::process::prlimit(Some(terminal.pid()), Resource::Fsize, limit).unwrap();
    assert_eq!(terminal.end().status, Some(1));
    let said = terminal.text().replace(['\r', '\n'], "");
    assert!(said.contains("film.mp4 is not attached to cafe-noir@"), "{}", terminal.text());
    assert_eq!((desk.attached().len(), desk.evidence()), (0, 0));
}

#[test]
fn commands_tell_how_far_they_are_and_ctrl_c_leaves_nothing() {
    let desk = Desk::new();
    desk.prepare();
    let film = desk.film();
    let add = ["evidence", CLIENT, QUESTION, "add", film.to_str().unwrap()];
    let mut terminal = desk.setup(&add).start();
    terminal.see("copying: ");
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(130));
    assert!(terminal.text().contains("nothing of it stays"), "{}", terminal.text());
    assert_eq!((desk.attached().len(), desk.evidence()), (0, 0));

    let mut terminal = desk.setup(&add).start();
    assert_eq!(terminal.end().status, Some(0));
    assert!(!terminal.text().contains("copying"), "{}", terminal.text());
    assert_eq!((desk.attached(), desk.evidence()), (vec!["film.mp4".to_owned()], 1));
    let client = desk.store().client(CLIENT).unwrap();
    let visit = *client.visits().unwrap().last().unwrap();
    let on = desk.visit().date;
    desk.store().seal(&client, visit, on, Unconfirmed::Accept).unwrap();
    for (command, line) in [("verify", "reading the evidence: "), ("doctor", "examining clients: ")] {
        let mut terminal = desk.setup(&[command]).start();
        terminal.see(line);
        assert_eq!(terminal.end().status, Some(0), "{}", terminal.text());
        assert!(!terminal.text().contains(line), "{}", terminal.text());
    }
}

#[test]
fn line_by_line_too_a_copy_is_told_and_given_up_without_ending_the_visit() {
    let desk = Desk::new();
    let film = desk.film();
    let mut terminal = desk.setup(&["open", CLIENT, "--new", "--plain"]).start();
    terminal.see("> ");
    terminal.press(format!("attach {}\n\n\n", film.display()));
    terminal.see("copying film.mp4: ");
    terminal.press(CTRL_C);
    terminal.see("film.mp4 is not attached: nothing of it stays");
    assert_eq!(desk.evidence(), 0);
    terminal.press(format!("attach {}\n\n\n", film.display()));
    terminal.see("attached: film.mp4");
    terminal.press("q\n");
    assert_eq!(terminal.end().status, Some(0));
    assert_eq!((desk.attached(), desk.evidence()), (vec!["film.mp4".to_owned()], 1));
}
