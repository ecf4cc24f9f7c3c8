//! Does the real program, in a real terminal, keep what was typed and give the terminal back? A file a subject:
//! what is typed, how it ends, what it is killed by, how it looks.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::PathBuf;

use privaudit::domain::answer::Answer;
use privaudit::domain::assessment::Assessment;
use privaudit::storage::assessments;
use privaudit::storage::clients::Store;
use tempfile::TempDir;

use pty::BINARY;
use pty::Setup;
use pty::Terminal;

mod copies;
mod copying;
mod crowds;
mod dangers;
mod endings;
mod kills;
mod looks;
mod mounts;
pub mod pty;
mod suspending;
mod visits;

const ESC: &str = "\x1b";
const CTRL_C: &str = "\x03";
const CTRL_Z: &str = "\x1a";
const ENTER: &str = "\r";
const TAB: &str = "\t";
const CLIENT: &str = "Café Noir";

/// A store of its own, with one client.
#[derive(Debug)]
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        Desk { folder: TempDir::new().unwrap() }
    }

    fn setup(&self, arguments: &[&str]) -> Setup {
        let program: Vec<&str> = std::iter::once(BINARY).chain(arguments.iter().copied()).collect();
        Setup::new(self.folder.path(), &program)
    }

    /// Opens the client's visit, and waits for it.
    fn open(&self) -> Terminal {
        let mut terminal = self.setup(&["open", CLIENT, "--new"]).start();
        terminal.see("saved");
        terminal
    }

    /// Makes the client's visit, and leaves it.
    fn prepare(&self) {
        let mut terminal = self.open();
        terminal.press(CTRL_C);
        assert_eq!(terminal.end().status, Some(0));
    }

    /// A program of the shell's, with the name of ours in `$BINARY`.
    fn shell(&self, script: &str) -> Setup {
        Setup::new(self.folder.path(), &["sh", "-c", script])
    }

    fn store(&self) -> Store {
        Store::at(self.folder.path())
    }

    fn path(&self) -> PathBuf {
        let client = self.store().client(CLIENT).unwrap();
        let visits = client.visits().unwrap();
        client.visit_path(*visits.last().unwrap())
    }

    fn visit(&self) -> Assessment {
        assessments::read(&self.path()).unwrap()
    }

    fn answer(&self, question: &str) -> Answer {
        self.visit().answer(&question.into()).cloned().unwrap_or_default()
    }
}

/// Waits until so many questions of the profile are answered, and all is on disk.
fn saved(terminal: &mut Terminal, answered: usize) {
    terminal.wait(&format!("{answered} answers, saved"), |screen| {
        let mut rows = screen.rows(0, 80);
        let (title, progress) = (rows.next().unwrap_or_default(), rows.next().unwrap_or_default());
        title.contains("✓ saved") && progress.contains(&format!("Profile {answered}/15"))
    });
}

/// A message, wherever its lines are folded.
fn told(terminal: &mut Terminal, message: &str) {
    terminal.wait(message, |screen| {
        screen.contents().split_whitespace().collect::<Vec<_>>().join(" ").contains(message)
    });
}
