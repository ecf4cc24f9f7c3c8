//! Who reads what comes from outside? A function a kind of file: it is handed any bytes, does with them all that the
//! program does, and gives everything that a terminal would be shown.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::SystemTime;

use jiff::civil::Date;
use privaudit::cli::demo::Demo;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::brand::Brand;
use privaudit::domain::capture::CaptureLabel;
use privaudit::domain::capture::Phase;
use privaudit::domain::text::Language;
use privaudit::domain::text::plain;
use privaudit::import::capture;
use privaudit::import::capture::Failure;
use privaudit::import::capture::Keep;
use privaudit::report::content::Kind;
use privaudit::report::export::Format;
use privaudit::report::export::Order;
use privaudit::report::export::export;
use privaudit::report::source;
use privaudit::storage::assessments;
use privaudit::storage::brand;
use privaudit::storage::captures;
use privaudit::storage::clients::Store;
use privaudit::storage::digest::hex;
use privaudit::storage::error::Error;
use privaudit::storage::files;
use privaudit::storage::settings::Settings;
use sha2::Digest;
use sha2::Sha256;

use crate::consultant::Consultant;
use crate::consultant::TODAY;

/// A kind of file that may be anything.
#[derive(Debug)]
pub struct Reader {
    pub name: &'static str,
    /// Files in order, to do damage to.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// In what is shown when nothing is damaged.
    pub sign: &'static str,
    /// Gives all that would be shown.
    pub read: fn(&[u8]) -> String,
}

pub const READERS: [Reader; 7] = [
    Reader { name: "visit", seeds: visits, sign: "\"seal\":", read: visit },
    Reader { name: "client", seeds: clients, sign: "\"seal\":", read: client },
    Reader { name: "deleted", seeds: deleted_notes, sign: "acme@2026-11-20", read: deleted },
    Reader {
        name: "settings",
        seeds: || vec![b"(\n  language: fr,\n)\n".to_vec()],
        sign: "fr",
        read: settings,
    },
    Reader { name: "brand", seeds: brands, sign: "", read: branded },
    Reader { name: "capture", seeds: recordings, sign: "\"first_party\"", read: recording },
    Reader { name: "summary", seeds: summaries, sign: "\"first_party\"", read: summary },
];

fn today() -> Date {
    TODAY.parse().unwrap()
}

fn cases(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder)
}

/// The visits of the demonstration: answers of every kind, notes, tables, actions.
fn visits() -> Vec<Vec<u8>> {
    static VISITS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    let read = || {
        let parent = tempfile::tempdir().unwrap();
        let demo = Demo::make_in(parent.path(), today()).unwrap();
        let store = Store::at(demo.path());
        let clients = store.clients().unwrap().into_iter().map(Result::unwrap);
        let paths = clients.flat_map(|client| {
            client.visits().unwrap().into_iter().map(move |visit| client.visit_path(visit))
        });
        paths.map(|path| fs::read(path).unwrap()).collect()
    };
    VISITS.get_or_init(read).clone()
}

fn visit(bytes: &[u8]) -> String {
    let consultant = Consultant::arrives(Language::Fr);
    let path = a_client(&consultant.store()).join("2026-11-20.ron");
    fs::write(&path, bytes).unwrap();
    look_at(&consultant)
}

/// What a colleague sees who opens the one client, and everything that is made of the visit.
fn look_at(consultant: &Consultant) -> String {
    let said = look_through(consultant);
    said + &made(&consultant.store()).unwrap_or_else(|error| told(&error))
}

/// What a colleague sees who opens the one client, and what `doctor` says.
fn look_through(consultant: &Consultant) -> String {
    let mut said = String::new();
    let mut colleague = consultant.colleague();
    said.push_str(&colleague.rows().join("\n"));
    for keys in [
        "<Enter>",
        "<Tab> <Tab> j v",
        "<Esc> t",
        "<Esc> e",
        "<Esc> F",
        "<Esc> r",
        "<Down> <Enter>",
        "<Esc> c",
        "<Esc> a",
        "<Enter>",
        "<Esc> R",
    ] {
        said.push_str(&colleague.keys(keys).rows().join("\n"));
    }
    let store = consultant.store();
    let health = store.examine(today(), SystemTime::now(), &mut |_, _| {}).unwrap();
    for finding in &health.findings {
        said.push_str(&plain(&finding.message.fr));
    }
    said
}

fn made(store: &Store) -> Result<String, Error> {
    let dossier = store.dossier(&store.find("acme")?)?;
    let brand = Brand::default();
    let mut said = String::new();
    for format in
        [Format::Html, Format::Docx, Format::Xlsx, Format::Csv, Format::Markdown, Format::Json, Format::Ics]
    {
        let order = Order { kind: Kind::Full, format, language: Language::En, brand: &brand, sheet: None };
        let bytes = source::with_subject(&dossier, None, today(), |subject| export(subject, &order))?;
        // These are shown in a terminal as well; what is inside a packed document is not.
        if matches!(format, Format::Markdown | Format::Json) {
            said.push_str(&String::from_utf8(bytes).unwrap());
        }
    }
    Ok(said)
}

fn told(error: &Error) -> String {
    format!("{}\n{}\n", plain(&error.message.fr), plain(&error.message.en))
}

/// A client without a visit.
fn a_client(store: &Store) -> PathBuf {
    store.create_client("Acme").unwrap().path
}

fn clients() -> Vec<Vec<u8>> {
    vec![
        b"(\n  format: 1,\n  name: \"Acme\",\n)\n".to_vec(),
        b"(\n  format: 1,\n  name: \"Caf\xc3\xa9 \xc2\xab chez Zo\xc3\xa9 \xc2\xbb\",\n  keep_until: \"2027-01-31\",\n)\n".to_vec(),
    ]
}

fn client(bytes: &[u8]) -> String {
    let consultant = Consultant::arrives(Language::En);
    let folder = a_client(&consultant.store());
    fs::write(folder.join("2026-11-20.ron"), &visits()[0]).unwrap();
    fs::write(folder.join("client.ron"), bytes).unwrap();
    look_at(&consultant)
}

fn deleted_notes() -> Vec<Vec<u8>> {
    vec![b"(\n  format: 1,\n  client: \"Acme\",\n  folder: \"acme\",\n  visit: \"2026-11-20\",\n  on: \"2026-11-23\",\n)\n".to_vec()]
}

fn deleted(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    let client = a_client(&store);
    let entry = folder.path().join("store/trash/2026-11-23-1");
    fs::create_dir_all(entry.join("content")).unwrap();
    fs::write(entry.join("content/2026-11-20.ron"), &visits()[0]).unwrap();
    fs::write(entry.join("deleted.ron"), bytes).unwrap();
    let mut said = String::new();
    for entry in store.trash().unwrap() {
        match entry.and_then(|entry| store.put_back(&entry).map(|()| entry)) {
            Ok(entry) => said.push_str(&plain(&entry.reference())),
            Err(error) => said.push_str(&told(&error)),
        }
    }
    let outside: Vec<PathBuf> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(outside, [folder.path().join("store")], "something was put back outside the store");
    assert!(client.join("client.ron").is_file());
    said
}

fn settings(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("config.ron"), bytes).unwrap();
    Settings::load(folder.path())
        .map_or_else(|error| told(&error), |settings| format!("{settings:?}").to_lowercase())
}

fn brands() -> Vec<Vec<u8>> {
    let text = "(\n  name: \"Agence Claire\",\n  logo: \"logo.svg\",\n  colour: \"#1f5a7a\",\n  contact: [\"1 rue X\"],\n  \
                closing: (fr: \"Merci\", en: \"Thanks\"),\n)\n";
    // The logo's own file is told from the brand's by its beginning.
    let logo =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"40\" viewBox=\"0 0 120 40\"></svg>";
    vec![
        text.into(),
        logo.into(),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89".to_vec(),
    ]
}

fn branded(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let is_brand = bytes.first() == Some(&b'(');
    let (text, logo) = if is_brand { (bytes, &brands()[1][..]) } else { (&brands()[0][..], bytes) };
    fs::write(folder.path().join("logo.svg"), logo).unwrap();
    let path = folder.path().join("brand.ron");
    fs::write(&path, text).unwrap();
    let brand = match brand::read(&path, Language::Fr) {
        Ok(brand) => brand,
        Err(error) => return told(&error),
    };
    let consultant = Consultant::arrives(Language::Fr);
    let visit = a_client(&consultant.store()).join("2026-11-20.ron");
    fs::write(visit, &visits()[0]).unwrap();
    let store = consultant.store();
    let dossier = store.dossier(&store.find("acme").unwrap()).unwrap();
    for format in [Format::Html, Format::Docx, Format::Xlsx] {
        let order = Order { kind: Kind::Page, format, language: Language::Fr, brand: &brand, sheet: None };
        source::with_subject(&dossier, None, today(), |subject| export(subject, &order)).unwrap();
    }
    String::new()
}

fn recordings() -> Vec<Vec<u8>> {
    let names = ["chrome.har", "fiddler-with-mark.har", "firefox-sanitised.har", "inspection.har"];
    names.iter().map(|name| fs::read(cases("har").join(name)).unwrap()).collect()
}

fn recording(bytes: &[u8]) -> String {
    match capture::read(bytes, &BTreeSet::new(), Keep::Scrubbed) {
        Ok(reading) => {
            let consultant = Consultant::arrives(Language::Fr);
            let visit = a_client(&consultant.store()).join("2026-11-20.ron");
            let summary = captures::keep(&visit, &reading.capture).unwrap();
            with_summary(&consultant, &visit, summary)
        }
        Err(Failure::Problem(problem)) => plain(&problem.message.fr),
        Err(Failure::Io(error)) => panic!("reading from memory fails: {error}"),
    }
}

fn summaries() -> Vec<Vec<u8>> {
    let keep = |bytes: Vec<u8>| {
        let folder = tempfile::tempdir().unwrap();
        let visit = folder.path().join("2026-11-20.ron");
        let reading = capture::read(&bytes[..], &BTreeSet::new(), Keep::Nothing);
        let Ok(reading) = reading else { panic!("the case is a capture") };
        let summary = captures::keep(&visit, &reading.capture).unwrap();
        fs::read(captures::path(&visit, &summary)).unwrap()
    };
    recordings().into_iter().map(keep).collect()
}

fn summary(bytes: &[u8]) -> String {
    let consultant = Consultant::arrives(Language::En);
    let visit = a_client(&consultant.store()).join("2026-11-20.ron");
    let summary = hex(&Sha256::digest(bytes));
    let path = captures::path(&visit, &summary);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
    with_summary(&consultant, &visit, summary)
}

/// A visit with this capture's summary, looked at.
fn with_summary(consultant: &Consultant, path: &Path, summary: String) -> String {
    fs::write(path, &visits()[0]).unwrap();
    let mut assessment: Assessment = assessments::read(path).unwrap();
    assessment.captures.push(CaptureLabel {
        name: "site.har".to_owned(),
        phase: Phase::Before,
        on: today(),
        digest: summary.clone(),
        summary,
        kept: None,
    });
    let store = consultant.store();
    let visit = store.find("acme").and_then(|found| store.visit(&found.path)).unwrap();
    captures::observe(path, &visit.questionnaire, &mut assessment);
    files::write(path, assessments::text(&assessment).unwrap().as_bytes()).unwrap();
    // A capture that cannot be read is the same to every document: making them anew each time would take most of it.
    let seen = captures::all(path, &assessment.captures);
    let unreadable = seen.iter().any(|seen| seen.capture.is_err());
    if unreadable { look_through(consultant) } else { look_at(consultant) }
}
