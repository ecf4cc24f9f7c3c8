//! How large is the store that is measured? As many clients as asked for, each with a visit.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::civil::date;
use privaudit::cli::demo::Demo;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::questionnaire::Questionnaire;
use privaudit::storage::assessments;
use privaudit::storage::clients::Store;
use privaudit::storage::library;
use tempfile::TempDir;

pub const DAY: Date = date(2026, 11, 23);

pub static QUESTIONNAIRE: LazyLock<Arc<Questionnaire>> =
    LazyLock::new(|| library::built_in().expect("it is prepared with the program").questionnaire);

/// The visits of the demonstration: answers of every kind, with notes, tables and actions.
static VISITS: LazyLock<Vec<Assessment>> = LazyLock::new(|| {
    let parent = TempDir::new().expect("a temporary folder");
    let demo = Demo::make_in(parent.path(), DAY).expect("room for the demonstration");
    let clients = Store::at(demo.path()).clients().expect("a store");
    let visits = clients.iter().filter_map(|client| client.as_ref().ok()).flat_map(|client| {
        let visits = client.visits().expect("a client");
        visits.into_iter().map(|visit| assessments::read(&client.visit_path(visit)).expect("a visit"))
    });
    visits.collect()
});

/// One of them.
pub fn visit(number: usize) -> Assessment {
    VISITS[number % VISITS.len()].clone()
}

/// A store with one visit a client. Of a visit that is the same for many there is one file, with many names.
pub struct Portfolio {
    folder: TempDir,
}

impl Portfolio {
    pub fn of(clients: usize) -> Portfolio {
        let folder = TempDir::new().expect("a temporary folder");
        let pool: Vec<PathBuf> = (0..16)
            .map(|number| {
                let path = folder.path().join(format!("visit-{number}"));
                write(&path, &assessments::text(&visit(number)).expect("a visit can be written"));
                path
            })
            .collect();
        for number in 0..clients {
            let name = name(number);
            let client = folder.path().join(format!("clients/{number:06}"));
            fs::create_dir_all(&client).expect("a folder");
            write(&client.join("client.ron"), &format!("(\n  format: 1,\n  name: \"{name}\",\n)\n"));
            let visit = pool.get(number % pool.len()).expect("one of the pool");
            fs::hard_link(visit, client.join("2026-11-23.ron")).expect("a link");
        }
        Portfolio { folder }
    }

    pub fn store(&self) -> Store {
        Store::at(self.folder.path())
    }

    pub fn forget(&self) {
        let _ = fs::remove_file(self.folder.path().join("index"));
    }
}

/// Writes a file that there is room for.
pub fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("room on the disk");
}

/// The name of a client, each another.
pub fn name(number: usize) -> String {
    const KINDS: [&str; 8] =
        ["Boulangerie", "Cabinet dentaire", "Garage", "Librairie", "Atelier", "Pharmacie", "Hôtel", "École"];
    const NAMES: [&str; 9] = [
        "Martin",
        "de l’Œuvre",
        "du Marché",
        "Lefèvre",
        "Saint-Éloi",
        "des Tanneurs",
        "Zoé",
        "Müller",
        "du Pont",
    ];
    let pick = |words: &[&'static str], at: usize| words.get(at % words.len()).copied().unwrap_or_default();
    format!("{} {} {}", pick(&KINDS, number), pick(&NAMES, number / KINDS.len()), number / 72)
}
