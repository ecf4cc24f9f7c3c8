//! What does the program do with a file that may be anything? A function a kind of file, through the doors that the
//! program itself uses; each has to come back, and nothing that it says may be obeyed by a terminal.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::OnceLock;

use privaudit::cli;
use privaudit::domain::brand::Brand;
use privaudit::domain::text::Language;
use privaudit::domain::text::is_obeyed;
use privaudit::domain::text::plain;
use privaudit::import::capture::Failure;
use privaudit::import::capture::Keep;
use privaudit::report::content::Kind;
use privaudit::report::export::Format;
use privaudit::report::export::Order;
use privaudit::report::export::export;
use privaudit::report::source;
use privaudit::storage::brand;
use privaudit::storage::captures;
use privaudit::storage::clients::Store;
use privaudit::storage::error::Error;
use privaudit::storage::settings::Settings;
use privaudit::storage::source::Sources;
use tempfile::TempDir;

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases/questionnaires/small");
const DATES: [&str; 2] = ["2026-11-20", "2026-11-23"];

/// A store with one client and two visits, for as long as the fuzzer runs.
struct Desk {
    folder: TempDir,
    /// What the files were before they were anything.
    client: Vec<u8>,
    visit: Vec<u8>,
}

fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let folder = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).expect("a temporary folder");
        for date in DATES {
            let new = ["new", "Acme", "--on", date, "--questionnaire", SMALL];
            let first = date == DATES[0];
            let made = run(folder.path(), if first { &new } else { &new[..4] });
            assert_eq!(made, None, "a visit is made");
        }
        let read = |name: &str| fs::read(at(folder.path(), name)).expect("it is there");
        let (client, visit) = (read("client.ron"), read("2026-11-23.ron"));
        Desk { folder, client, visit }
    })
}

fn at(store: &Path, name: &str) -> PathBuf {
    store.join("clients/acme").join(name)
}

/// What a command says when it refuses.
fn run(store: &Path, arguments: &[&str]) -> Option<String> {
    let program = [OsString::from("privaudit"), OsString::from("--store"), store.into()];
    let done = cli::run(program.into_iter().chain(arguments.iter().map(OsString::from)));
    done.err().map(|failed| failed.message)
}

fn harmless(shown: &str) {
    let obeyed = shown.chars().find(|letter| is_obeyed(*letter) && !matches!(letter, '\n' | '\t'));
    assert_eq!(obeyed, None, "{shown:?}");
}

/// As it is said on a screen and on standard error.
fn told(error: &Error) {
    harmless(&plain(&error.message.fr));
    harmless(&plain(&error.message.en));
}

/// The first byte says which of a questionnaire's files the others are.
pub fn questionnaire(bytes: &[u8]) {
    static SOURCES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    let files = SOURCES.get_or_init(|| {
        let entries = fs::read_dir(SMALL).expect("the case is there").flatten();
        let text = |path: PathBuf| fs::read_to_string(path).expect("it is a text");
        entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), text(entry.path()))).collect()
    });
    let Some((which, bytes)) = bytes.split_first() else { return };
    let Ok(text) = str::from_utf8(bytes) else { return };
    let mut files = files.clone();
    let place = usize::from(*which) % files.len();
    if let Some(file) = files.values_mut().nth(place) {
        text.clone_into(file);
    }
    let sources = Sources { origin: "fuzz".to_owned(), files };
    if let Err(faults) = sources.load() {
        for fault in faults {
            harmless(&plain(&fault.show(Language::Fr)));
        }
    }
    drop(sources.advise());
}

/// Everything that is made of the client's last visit.
fn look_at(store: &Path) {
    let store = Store::at(store);
    let today = "2026-11-25".parse().expect("a date");
    for line in store.portfolio().into_iter().flat_map(|mut reading| reading.read(10)).flatten() {
        line.error.iter().for_each(|error| told(error));
    }
    let dossier = store.find("acme").and_then(|found| store.dossier(&found));
    let dossier = match dossier {
        Ok(dossier) => dossier,
        Err(error) => return told(&error),
    };
    let brand = Brand::default();
    for format in [Format::Html, Format::Csv, Format::Markdown, Format::Json, Format::Ics] {
        let order = Order { kind: Kind::Full, format, language: Language::En, brand: &brand, sheet: None };
        match source::with_subject(&dossier, None, today, |subject| export(subject, &order)) {
            Ok(document) if matches!(format, Format::Markdown | Format::Json) => {
                harmless(&String::from_utf8(document).expect("a text"));
            }
            Ok(_) => {}
            Err(error) => told(&error),
        }
    }
}

pub fn assessment(bytes: &[u8]) {
    let store = desk().folder.path();
    fs::write(at(store, "2026-11-23.ron"), bytes).expect("it is written");
    look_at(store);
    fs::write(at(store, "2026-11-23.ron"), &desk().visit).expect("it is written");
}

pub fn client(bytes: &[u8]) {
    let store = desk().folder.path();
    fs::write(at(store, "client.ron"), bytes).expect("it is written");
    look_at(store);
    fs::write(at(store, "client.ron"), &desk().client).expect("it is written");
}

pub fn brand(bytes: &[u8]) {
    let path = desk().folder.path().join("brand.ron");
    fs::write(&path, bytes).expect("it is written");
    if let Err(error) = brand::read(&path, Language::Fr) {
        told(&error);
    }
    fs::remove_file(path).expect("it was there");
}

pub fn settings(bytes: &[u8]) {
    let folder = desk().folder.path();
    fs::write(folder.join("config.ron"), bytes).expect("it is written");
    if let Err(error) = Settings::load(folder) {
        told(&error);
    }
}

pub fn csv(bytes: &[u8]) {
    let store = desk().folder.path();
    let sheet = store.join("answers.csv");
    fs::write(&sheet, bytes).expect("it is written");
    let refused = run(store, &["answer", "acme", "--from", &sheet.display().to_string()]);
    refused.iter().for_each(|said| harmless(said));
    fs::write(at(store, "2026-11-23.ron"), &desk().visit).expect("it is written");
}

pub fn gate(bytes: &[u8]) {
    let store = desk().folder.path();
    let rules = store.join("rules.ron");
    fs::write(&rules, bytes).expect("it is written");
    let refused = run(store, &["diff", "acme", "--gate", &rules.display().to_string()]);
    refused.iter().for_each(|said| harmless(said));
}

pub fn capture(bytes: &[u8]) {
    match privaudit::import::capture::read(bytes, &BTreeSet::new(), Keep::Scrubbed) {
        Ok(reading) => {
            let visit = at(desk().folder.path(), "2026-11-23.ron");
            let summary = captures::keep(&visit, &reading.capture).expect("it is kept");
            // Otherwise the folder would grow as long as the fuzzer runs.
            fs::remove_file(captures::path(&visit, &summary)).expect("it is there");
        }
        Err(Failure::Problem(problem)) => harmless(&plain(&problem.message.fr)),
        Err(Failure::Io(error)) => panic!("reading from memory fails: {error}"),
    }
}
