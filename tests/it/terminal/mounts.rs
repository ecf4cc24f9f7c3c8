//! Does a real file system that is full, or becomes readable only, lose anything? In memory, mounted for the test where
//! that is allowed.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;

use privaudit::domain::answer::Value;
use privaudit::storage::assessments;
use privaudit::storage::clients::Store;
use tempfile::TempDir;

use super::BINARY;
use super::CLIENT;
use super::CTRL_C;
use super::pty::Setup;
use super::pty::Terminal;
use super::saved;
use super::told;

/// A small disk with a store on it.
struct Disk {
    folder: TempDir,
    /// For temporary files, with room.
    elsewhere: TempDir,
}

impl Drop for Disk {
    fn drop(&mut self) {
        mount("umount", &["-l"], self.folder.path());
    }
}

fn mount(program: &str, arguments: &[&str], place: &Path) -> bool {
    let done = Command::new(program).args(arguments).arg(place).stderr(Stdio::null()).status();
    done.is_ok_and(|status| status.success())
}

impl Disk {
    /// None, with the reason printed, where this user may not mount one.
    fn new() -> Option<Disk> {
        let folder = TempDir::new().unwrap();
        if mount("mount", &["-t", "tmpfs", "-o", "size=2m", "tmpfs"], folder.path()) {
            return Some(Disk { folder, elsewhere: TempDir::new().unwrap() });
        }
        println!("skipped: this user may not mount a file system");
        None
    }

    fn remount(&self, how: &str) -> bool {
        mount("mount", &["-o", &format!("remount,{how}")], self.folder.path())
    }

    fn filler(&self) -> std::path::PathBuf {
        self.folder.path().join("filler")
    }

    fn fill(&self) {
        let full = fs::write(self.filler(), vec![0; 4 << 20]).unwrap_err();
        assert_eq!(full.kind(), std::io::ErrorKind::StorageFull);
    }

    fn start(&self, arguments: &[&str]) -> Terminal {
        let program = [&[BINARY, "open", CLIENT], arguments].concat();
        Setup::new(self.folder.path(), &program)
            .set("TMPDIR", self.elsewhere.path().to_str().unwrap())
            .start()
    }

    fn open(&self) -> Terminal {
        let mut terminal = self.start(&["--new"]);
        terminal.see("✓ saved");
        terminal
    }

    fn answers(&self) -> usize {
        let client = Store::at(self.folder.path()).client(CLIENT).unwrap();
        let visit = client.visit_path(*client.visits().unwrap().last().unwrap());
        assessments::read(&visit).unwrap().answers.len()
    }
}

#[test]
fn on_a_full_disk_work_goes_on_and_is_saved_when_there_is_room() {
    let Some(disk) = Disk::new() else { return };
    let mut terminal = disk.open();
    terminal.press("0");
    saved(&mut terminal, 1);
    disk.fill();
    terminal.press("0");
    told(&mut terminal, "the disk is full");
    terminal.see("✗ not saved");
    terminal.press("k");
    terminal.see("Profile 2/15");
    assert_eq!(disk.answers(), 1, "what was saved is whole");
    fs::remove_file(disk.filler()).unwrap();
    saved(&mut terminal, 2);
    assert_eq!(disk.answers(), 2);
}

#[test]
fn what_a_full_disk_does_not_take_at_the_end_is_kept_elsewhere() {
    let Some(disk) = Disk::new() else { return };
    let mut terminal = disk.open();
    disk.fill();
    terminal.press("0");
    terminal.see("✗ not saved");
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(1));
    let text = terminal.text().replace('\n', "");
    let kept = text.rsplit_once("all that was entered is kept in ").map(|(_, path)| path.trim()).unwrap();
    let visit = assessments::read(kept.as_ref()).unwrap();
    assert_eq!(visit.answer(&"profile.markets".into()).unwrap().value, Some(Value::Nothing));
}

#[test]
fn a_confined_session_is_not_told_where_its_answers_are_kept() {
    let Some(disk) = Disk::new() else { return };
    drop(disk.open());
    let mut terminal = disk.start(&["--only"]);
    terminal.see("✓ saved");
    disk.fill();
    terminal.press("0");
    terminal.see("✗ not saved");
    terminal.press(CTRL_C);
    assert_eq!(terminal.end().status, Some(1));
    let everything = String::from_utf8_lossy(&terminal.output).replace(['\r', '\n'], "");
    assert!(everything.contains("all that was entered is kept in cafe-noir-"), "{}", terminal.text());
    assert!(!everything.contains(disk.elsewhere.path().to_str().unwrap()), "{}", terminal.text());
    assert_eq!(fs::read_dir(disk.elsewhere.path()).unwrap().count(), 1, "they are there all the same");
}

#[test]
fn on_a_read_only_disk_a_visit_is_read_and_written_again_when_the_disk_is() {
    let Some(disk) = Disk::new() else { return };
    let mut terminal = disk.open();
    terminal.press("0");
    saved(&mut terminal, 1);
    terminal.press(CTRL_C);
    terminal.end();
    assert!(disk.remount("ro"), "nobody has a file of it open");
    let mut terminal = disk.start(&[]);
    terminal.see("read-only");
    told(&mut terminal, "the disk is read-only");
    assert!(disk.remount("rw"));
    terminal.press("f");
    told(&mut terminal, "you can change this visit now");
    saved(&mut terminal, 1);
    terminal.press("0");
    saved(&mut terminal, 2);
    assert_eq!(disk.answers(), 2);
}
