//! If the disk fails or the power is cut after any step of a save, is the old state or the new one there, whole?

use std::fs;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use privaudit::domain::answer::Value;
use privaudit::storage::assessments;
use privaudit::storage::assessments::Writer;
use privaudit::storage::files;
use privaudit::storage::files::Disk;
use privaudit::storage::files::System;
use privaudit::storage::history;

use super::Desk;
use super::value;

const MINE: &str = "secure.devices";
const THEIRS: &str = "secure.https";

/// How a step goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It is refused; the next one works again.
    Refused,
    /// It is done, and fails all the same.
    DoneAndFailed,
    /// A file is half written, for lack of room.
    Half,
    /// From then on nothing happens any more, and nothing is cleared away.
    PowerCut,
    /// The same in the middle of writing a file.
    PowerCutHalf,
}

const FAULTS: [Fault; 5] =
    [Fault::Refused, Fault::DoneAndFailed, Fault::Half, Fault::PowerCut, Fault::PowerCutHalf];

/// A disk that goes wrong at one step.
#[derive(Debug)]
struct Faulty {
    at: usize,
    fault: Fault,
    steps: AtomicUsize,
}

impl Faulty {
    /// Whether this step goes wrong, and how.
    fn next(&self) -> Option<Fault> {
        let step = self.steps.fetch_add(1, Ordering::Relaxed);
        let dead = matches!(self.fault, Fault::PowerCut | Fault::PowerCutHalf) && step > self.at;
        (step == self.at || dead).then_some(if dead { Fault::PowerCut } else { self.fault })
    }

    fn was_met(&self) -> bool {
        self.steps.load(Ordering::Relaxed) > self.at
    }

    fn step<T>(&self, does: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        match self.next() {
            None => does(),
            Some(Fault::DoneAndFailed) => does().and(Err(io::ErrorKind::Other.into())),
            Some(Fault::Refused | Fault::Half | Fault::PowerCut | Fault::PowerCutHalf) => {
                Err(io::ErrorKind::StorageFull.into())
            }
        }
    }
}

impl Disk for Faulty {
    fn create(&self, path: &Path, content: &[u8]) -> io::Result<File> {
        if matches!(self.fault, Fault::Half | Fault::PowerCutHalf)
            && self.steps.load(Ordering::Relaxed) == self.at
        {
            System.create(path, &content[..content.len() / 2])?;
        }
        self.step(|| System.create(path, content))
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.step(|| System.sync(file))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| System.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let cut = matches!(self.fault, Fault::PowerCut | Fault::PowerCutHalf) && self.was_met();
        if cut { Ok(()) } else { System.remove(path) }
    }
}

/// Every step at which every fault can happen, until a save has fewer steps than that.
fn everywhere(test: impl Fn(&Arc<Faulty>, &str)) -> usize {
    let mut met = 0;
    for fault in FAULTS {
        for at in 0.. {
            let disk = Arc::new(Faulty { at, fault, steps: AtomicUsize::new(0) });
            test(&disk, &format!("{fault:?} at step {at}"));
            if !disk.was_met() {
                break;
            }
            met += 1;
        }
    }
    met
}

#[test]
fn a_file_is_the_old_one_or_the_new_one_after_any_fault() {
    let met = everywhere(|disk, at| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("visit.ron");
        files::write(&path, b"the old content").unwrap();
        let written = files::write_on(disk.as_ref(), &path, b"the new content");
        let read = fs::read(&path).unwrap();
        assert!(read == b"the old content" || read == b"the new content", "{at}: {read:?}");
        assert!(written.is_err() || read == b"the new content", "{at}: said to be written");
        assert_eq!(written.is_err(), disk.was_met(), "{at}: a fault must be told");
    });
    // Created, synced, renamed, and the folder synced.
    assert_eq!(met, FAULTS.len() * 4);
}

#[test]
fn a_visit_is_the_old_one_or_the_new_one_after_any_fault_and_the_next_save_mends_it() {
    let met = everywhere(|disk, at| {
        let desk = Desk::new();
        desk.save(MINE, Value::No);
        let (old, new) = (desk.read(), desk.with(MINE, Value::Yes));
        let mut writer = Writer::on(Arc::clone(disk) as Arc<dyn Disk>, &desk.visit).unwrap();
        let written = writer.write(&new);
        let read = desk.read();
        assert!(read == old || read == new, "{at}");
        assert!(written.is_err() || read == new, "{at}: said to be saved");
        for state in history::states(&desk.visit).unwrap() {
            assessments::read(&state.path).unwrap_or_else(|error| panic!("{at}: {error:?}"));
        }
        if !matches!(disk.fault, Fault::PowerCut | Fault::PowerCutHalf) {
            writer.write(&new).unwrap_or_else(|error| panic!("{at}, tried again: {error:?}"));
        }
        // The next session, after the power is back.
        Writer::new(&desk.visit).unwrap().write(&new).unwrap();
        assert_eq!(desk.read(), new, "{at}");
        let states = history::states(&desk.visit).unwrap();
        let kept: Vec<_> = states.iter().map(|state| assessments::read(&state.path).unwrap()).collect();
        assert_eq!(kept.iter().filter(|kept| **kept == old).count(), 1, "{at}: the state before, kept once");
    });
    assert_eq!(met, FAULTS.len() * 8, "the state before, and the visit");
}

#[test]
fn what_another_program_wrote_survives_any_fault() {
    everywhere(|disk, at| {
        let desk = Desk::new();
        let mut writer = Writer::on(Arc::clone(disk) as Arc<dyn Disk>, &desk.visit).unwrap();
        let ours = desk.with(MINE, Value::No);
        desk.overwrite(&desk.with(THEIRS, Value::Partly));
        let written = writer.write(&ours);
        let read = desk.read();
        assert_eq!(value(&read, THEIRS), Some(&Value::Partly), "{at}");
        assert!(written.is_err() || value(&read, MINE) == Some(&Value::No), "{at}");
    });
}
