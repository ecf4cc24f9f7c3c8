//! Is nothing ever lost? A file a danger: disks that fail, other programs, mistakes, and what hostile files try.

use std::fs;
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::civil::date;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::storage::assessments;
use privaudit::storage::assessments::Writer;
use privaudit::storage::clients::Store;
use privaudit::storage::library;
use tempfile::TempDir;

mod archive;
mod doctor;
mod faults;
mod history;
mod merging;
mod trash;
mod visits;

const DAY: Date = date(2026, 11, 23);

/// A store with a client and a visit.
struct Desk {
    // Deleted when dropped.
    _folder: TempDir,
    visit: PathBuf,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path().join("store"));
        let client = store.create_client("Café Noir").unwrap();
        let key = store.create_visit(&client, DAY, &library::built_in().unwrap(), false, false).unwrap();
        Desk { visit: client.visit_path(key), _folder: folder }
    }

    fn read(&self) -> Assessment {
        assessments::read(&self.visit).unwrap()
    }

    /// The visit on disk, with one answer more.
    fn with(&self, question: &str, value: Value) -> Assessment {
        answered(self.read(), question, value)
    }

    /// Saves an answer as a session of its own would.
    fn save(&self, question: &str, value: Value) {
        Writer::new(&self.visit).unwrap().write(&self.with(question, value)).unwrap();
    }

    /// As an editor or another machine would, behind our back.
    fn overwrite(&self, assessment: &Assessment) {
        fs::write(&self.visit, assessments::text(assessment).unwrap()).unwrap();
    }
}

fn answered(mut assessment: Assessment, question: &str, value: Value) -> Assessment {
    assessment.edit(&question.into(), |answer| answer.value = Some(value));
    assessment
}

fn value<'a>(assessment: &'a Assessment, question: &str) -> Option<&'a Value> {
    assessment.value(&question.into())
}
