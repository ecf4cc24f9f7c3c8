//! Does the index of the clients ever say what their files do not? Whatever happens to it, to them, and in between.

use std::fs;
use std::fs::File;
use std::fs::FileTimes;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::civil::date;
use privaudit::domain::answer::Answer;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::assessment::Plan;
use privaudit::domain::text::Language;
use privaudit::storage::assessments;
use privaudit::storage::clients::ClientFolder;
use privaudit::storage::clients::Store;
use privaudit::storage::library;
use privaudit::storage::portfolio::line::Line;
use tempfile::TempDir;

use crate::cli::driver::User;
use crate::consultant::Consultant;
use crate::random::Chance;

const DAY: Date = date(2026, 11, 23);

/// A store that is looked at with and without its index.
struct Office {
    folder: TempDir,
    store: Store,
}

impl Office {
    fn new() -> Office {
        let folder = tempfile::tempdir().unwrap();
        Office { store: Store::at(folder.path().join("store")), folder }
    }

    /// With clients of these names, each with a visit, that the index knows.
    fn with(names: &[&str]) -> Office {
        let office = Office::new();
        for name in names {
            office.visited(name);
        }
        office.settle();
        office
    }

    fn visited(&self, name: &str) -> ClientFolder {
        let client = self.store.create_client(name).unwrap();
        self.visit(&client, DAY);
        client
    }

    fn visit(&self, client: &ClientFolder, day: Date) {
        self.store.create_visit(client, day, &library::built_in().unwrap(), false, false).unwrap();
    }

    fn index(&self) -> PathBuf {
        self.store.root().join("index")
    }

    fn lines(&self) -> Vec<Line> {
        self.store.lines(|_, _| {}).unwrap()
    }

    /// What a store without an index says, which is left as it was.
    fn truth(&self) -> Vec<Line> {
        let aside = self.folder.path().join("aside");
        let moved = fs::rename(self.index(), &aside);
        let lines = self.lines();
        let _ = fs::remove_file(self.index());
        if moved.is_ok() {
            fs::rename(&aside, self.index()).unwrap();
        }
        lines
    }

    #[track_caller]
    fn check(&self, after: &str) {
        let truth = self.truth();
        assert_eq!(self.lines(), truth, "after: {after}");
        assert_eq!(self.lines(), truth, "once more, after: {after}");
    }

    /// Reads until the index holds every client: what changed a moment ago is not kept.
    fn settle(&self) {
        let begun = std::time::Instant::now();
        while !self.knows(&self.lines()) {
            assert!(begun.elapsed().as_secs() < 30, "the index never holds every client");
        }
    }

    fn knows(&self, lines: &[Line]) -> bool {
        let bytes = fs::read(self.index()).unwrap_or_default();
        lines.iter().all(|line| holds(&bytes, &line.name))
    }
}

fn holds(bytes: &[u8], name: &str) -> bool {
    bytes.windows(name.len()).any(|window| window == name.as_bytes())
}

/// Changes a visit's file in place, as an editor or another machine would.
fn edit(client: &ClientFolder, change: impl FnOnce(&mut Assessment)) {
    let path = client.visit_path(*client.visits().unwrap().last().unwrap());
    let mut assessment = assessments::read(&path).unwrap();
    change(&mut assessment);
    fs::write(&path, assessments::text(&assessment).unwrap()).unwrap();
}

fn answer(assessment: &mut Assessment, question: &str, value: Value) {
    let value = Some(value);
    assessment.answers.insert(question.into(), Answer { value, ..Answer::default() });
}

#[test]
fn a_clients_page_tells_its_visits_and_leads_to_the_last() {
    let mut consultant = Consultant::begins(Language::En);
    let client = consultant.store().client("boulangerie-martin").unwrap();
    consultant.keys("q");
    edit(&client, |visit| {
        let action = Plan { due: Some(date(2026, 11, 1)), owner: "Zoé".into(), ..Plan::default() };
        answer(visit, "secure.devices", Value::No);
        visit.actions.insert("secure.devices".into(), action);
    });
    consultant
        .store()
        .create_visit(&client, date(2026, 12, 1), &library::built_in().unwrap(), false, false)
        .unwrap();
    let screen = consultant.keys("v").screen();
    for expected in ["Boulangerie Martin", "1 Dec 2026", "23 Nov 2026", "1 overdue", "due 1 Nov 2026 · Zoé"]
    {
        assert!(screen.contains(expected), "{expected} is not on:\n{screen}");
    }
    assert!(screen.find("1 Dec 2026") < screen.rfind("23 Nov 2026"), "the newest first");
    consultant.keys("<Esc>");
    assert!(consultant.session.model.visit.is_none());
    consultant.keys("v <Enter> <Enter>");
    assert_eq!(consultant.session.model.visit.as_ref().unwrap().reference, "boulangerie-martin@2026-12-01");
}

#[test]
fn a_summary_counts_who_answered_and_who_missed() {
    let user = User::new();
    for (name, devices, network) in
        [("Acme", "no", "yes"), ("Zoé", "partly", "no"), ("Café", "yes", "unknown")]
    {
        user.ok(&["new", name, "--on", "2026-11-20"]);
        user.ok(&["answer", name, "secure.devices", devices]);
        user.ok(&["answer", name, "secure.network", network]);
    }
    let all = user.json(&["clients", "--summary", "--json"]);
    assert_eq!(all["clients"], 3);
    let missed = serde_json::json!([
        { "id": "secure.devices", "missed": 2, "answered": 3 },
        { "id": "secure.network", "missed": 1, "answered": 2 },
    ]);
    assert_eq!(all["missed"], missed);
    assert_eq!(
        all["steps"][2],
        serde_json::json!({ "id": "secure", "mean": null, "of": 0 }),
        "too little is answered"
    );
    let some = user.json(&["clients", "--summary", "acme", "Café", "--json"]);
    assert_eq!((&some["clients"], &some["missed"][0]["missed"]), (&2.into(), &1.into()));
    let text = user.ok(&["clients", "--summary"]);
    assert!(text.contains("2 of 3") && text.contains("(secure.devices)"), "{text}");
    assert!(!text.contains("Acme"), "nobody is named, nobody is ranked");
    assert_ne!(user.run(&["clients", "--summary", "nobody"]).status, 0);
}

#[test]
fn a_store_that_changes_at_random_is_never_told_wrong() {
    for seed in 0..6 {
        let mut chance = Chance(seed);
        let office = Office::new();
        for turn in 0..40 {
            let after = disturb(&office, &mut chance, 2 * turn);
            // A reading may be given up, and begun once more.
            if chance.percent(30) {
                let mut reading = office.store.portfolio().unwrap();
                reading.read(chance.below(4), Duration::MAX);
                if chance.percent(50) {
                    disturb(&office, &mut chance, 2 * turn + 1);
                    reading = reading.again().unwrap();
                    reading.read(chance.below(4), Duration::MAX);
                }
                reading.keep();
            }
            // Several changes may come between two readings.
            if chance.percent(70) {
                office.check(&format!("{after} (seed {seed}, turn {turn})"));
            }
            if chance.percent(15) && office.lines().iter().all(|line| line.error.is_none()) {
                office.settle();
            }
        }
    }
}

/// Does something to a store, and says what.
fn disturb(office: &Office, chance: &mut Chance, turn: usize) -> &'static str {
    let clients: Vec<ClientFolder> = office.store.clients().unwrap().into_iter().flatten().collect();
    if clients.len() < 3 {
        office.visited(&format!("Client {turn}"));
        return "a new client";
    }
    let client = chance.of(&clients);
    let last = client.visits().unwrap().last().map(|last| client.visit_path(*last));
    let readable = last.as_deref().is_some_and(|last| assessments::read(last).is_ok());
    match (chance.below(9), last) {
        (0, _) => drop(office.store.create_client(&format!("Œuvre {turn}")).unwrap()),
        (1, _) => fs::remove_dir_all(&client.path).unwrap(),
        (2, _) => fs::rename(&client.path, client.path.with_file_name(format!("moved-{turn}"))).unwrap(),
        (3, _) => {
            fs::write(client.path.join("client.ron"), format!("(format: 1, name: \"Nom {turn}\")")).unwrap();
        }
        (4, Some(last)) => fs::remove_file(last).unwrap(),
        (5, Some(last)) => fs::write(last, "not a visit").unwrap(),
        (6, _) if readable => office.visit(&client, DAY + i64::try_from(turn).unwrap().days()),
        (_, _) if readable => edit(&client, |visit| {
            for _ in 0..20 {
                let question =
                    chance.of(&["secure.devices", "secure.network", "choice.trackers.prior", "audit.owner"]);
                answer(visit, question, chance.of(&[Value::Yes, Value::Partly, Value::No]));
            }
        }),
        _ => return "nothing",
    }
    "a change"
}

#[test]
fn a_change_right_after_a_reading_is_seen_though_size_and_time_stay() {
    let office = Office::with(&["Acme"]);
    let client = office.store.client("acme").unwrap();
    let path = client.path.join("client.ron");
    for letter in 'a'..='z' {
        let text = fs::read_to_string(&path).unwrap();
        let name = office.lines()[0].name.clone();
        fs::write(&path, text.replace(&name, &format!("Acm{letter}"))).unwrap();
        assert_eq!(office.lines()[0].name, format!("Acm{letter}"));
    }
    office.settle();
    let times = FileTimes::new().set_modified(path.metadata().unwrap().modified().unwrap());
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("Acmz", "Acme")).unwrap();
    File::options().write(true).open(&path).unwrap().set_times(times).unwrap();
    assert_eq!(office.lines()[0].name, "Acme", "its time was set back, as copying programs do");
}

#[test]
fn two_programs_may_read_at_once_while_a_third_one_writes() {
    let office = Office::with(&["Acme", "Zoé"]);
    let (mut one, mut other) = (office.store.portfolio().unwrap(), office.store.portfolio().unwrap());
    one.read(1, Duration::MAX);
    edit(&office.store.client("acme").unwrap(), |visit| answer(visit, "secure.devices", Value::No));
    office.visited("Milieu");
    other.read(9, Duration::MAX);
    one.read(9, Duration::MAX);
    other.keep();
    one.keep();
    office.check("the older reading was kept last");
}

#[test]
fn a_damaged_index_is_as_good_as_none() {
    let office = Office::with(&["Acme", "Zoé"]);
    let (truth, whole) = (office.truth(), fs::read(office.index()).unwrap());
    let glimpse =
        || -> Vec<Line> { office.store.glimpse().lines.into_iter().map(Arc::unwrap_or_clone).collect() };
    let glimpsed = |after: &str| {
        let lines = glimpse();
        assert!(lines.is_empty() || lines == truth, "a glimpse of what is not there, after {after}");
    };
    assert_eq!(glimpse(), truth);
    for end in 0..whole.len() {
        fs::write(office.index(), &whole[..end]).unwrap();
        glimpsed(&format!("{end} bytes"));
        assert_eq!(office.lines(), truth, "cut after {end} bytes");
    }
    let mut chance = Chance(7);
    for _ in 0..400 {
        let mut bytes = whole.clone();
        for _ in 0..=chance.below(4) {
            let at = chance.below(bytes.len());
            bytes[at] = u8::try_from(chance.below(256)).unwrap();
        }
        fs::write(office.index(), &bytes).unwrap();
        glimpsed(&bytes.escape_ascii().to_string());
        assert_eq!(office.lines(), truth, "{}", bytes.escape_ascii());
    }
    for foreign in [b"".to_vec(), vec![0xff; 4096], b"privaudit index 999, 9.9.9\n".to_vec()] {
        fs::write(office.index(), &foreign).unwrap();
        glimpsed("something foreign");
        assert_eq!(office.lines(), truth);
    }
}

#[test]
fn what_is_no_file_in_the_place_of_the_index_does_no_harm() {
    let office = Office::with(&["Acme"]);
    let truth = office.truth();
    fs::remove_file(office.index()).unwrap();
    fs::create_dir(office.index()).unwrap();
    assert_eq!(office.lines(), truth, "a folder");
    fs::remove_dir(office.index()).unwrap();
    rustix::fs::mkfifoat(rustix::fs::CWD, office.index(), rustix::fs::Mode::RUSR).unwrap();
    assert!(office.store.glimpse().lines.is_empty(), "a pipe");
    assert_eq!(office.lines(), truth, "a pipe");
    let _ = fs::remove_file(office.index());
    File::create(office.index()).unwrap().set_len(1 << 40).unwrap();
    assert_eq!(office.lines(), truth, "an endless file");
    let elsewhere = office.folder.path().join("elsewhere");
    fs::write(&elsewhere, "keep me").unwrap();
    let _ = fs::remove_file(office.index());
    std::os::unix::fs::symlink(&elsewhere, office.index()).unwrap();
    office.settle();
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "keep me", "a link is replaced, not followed");
}

#[test]
fn a_store_that_cannot_be_written_to_is_read_all_the_same() {
    let office = Office::with(&["Acme", "Zoé"]);
    let truth = office.truth();
    fs::remove_file(office.index()).unwrap();
    fs::set_permissions(office.store.root(), fs::Permissions::from_mode(0o500)).unwrap();
    assert_eq!(office.lines(), truth);
    fs::set_permissions(office.store.root(), fs::Permissions::from_mode(0o700)).unwrap();
    let left: Vec<_> =
        fs::read_dir(office.store.root()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".tmp")), "{left:?}");
}

#[test]
fn the_index_is_its_owners_alone_and_forgets_who_is_gone() {
    let office = Office::with(&["Acme", "Boulangerie Secrète"]);
    assert_eq!(office.index().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    fs::remove_dir_all(office.store.client("acme").unwrap().path).unwrap();
    office.lines();
    assert!(!holds(&fs::read(office.index()).unwrap(), "Acme"), "a folder that is gone");
    let client = office.store.client("boulangerie-secrete").unwrap();
    office.store.delete_client(&client, DAY).unwrap();
    assert!(!holds(&fs::read(office.index()).unwrap(), "Secrète"), "deleted, it is forgotten at once");
    office.check("both are gone");
}

#[test]
fn programs_are_told_the_same_with_and_without_an_index() {
    let user = User::new();
    let store = Store::at(user.store());
    let mut chance = Chance(3);
    for number in 0..40 {
        let client = store.create_client(&format!("Client {number}")).unwrap();
        for visit in 0..chance.below(3) {
            let day = DAY + i64::try_from(visit * 100 + number).unwrap().days();
            store.create_visit(&client, day, &library::built_in().unwrap(), false, false).unwrap();
            edit(&client, |visit| answer(visit, "secure.devices", chance.of(&[Value::Yes, Value::No])));
        }
    }
    let first = user.ok(&["clients", "--json"]);
    assert_eq!(first.matches("\"client\"").count(), 40);
    while !user.store().join("index").exists() {
        user.ok(&["clients", "--json"]);
    }
    assert_eq!(user.ok(&["clients", "--json"]), first);
    fs::remove_file(user.store().join("index")).unwrap();
    assert_eq!(user.ok(&["clients", "--json"]), first);
}
