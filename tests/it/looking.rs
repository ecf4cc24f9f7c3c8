//! Is the list what the folders hold now, and does nobody wait for it? Readings given up and gone on with, clients that
//! come and go from outside, and what the list says of them.

use std::fs;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use privaudit::domain::text::Language;
use privaudit::storage::clients::Store;
use privaudit::storage::library;
use privaudit::storage::portfolio::Reading;
use privaudit::storage::portfolio::line::Line;
use privaudit::tui::effect::Effect;
use privaudit::tui::effect::Outcome;
use privaudit::tui::perform;
use privaudit::tui::perform::Hands;
use privaudit::tui::screens::clients::Clients;

use crate::consultant::Consultant;
use crate::consultant::TODAY;
use crate::consultant::day;

const BOTH: [Language; 2] = [Language::Fr, Language::En];

/// A store with so many clients that nobody has read; their files have rested long enough for the index.
fn unread(count: usize) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path());
    let first = store.create_client("Client 000").unwrap();
    store.create_visit(&first, day(TODAY), &library::built_in().unwrap(), false, false).unwrap();
    let files = |path: &std::path::Path| -> Vec<std::path::PathBuf> {
        let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap());
        entries.filter(|entry| entry.file_type().unwrap().is_file()).map(|entry| entry.path()).collect()
    };
    for number in 1..count {
        let other = first.path.with_file_name(format!("client-{number:03}"));
        fs::create_dir(&other).unwrap();
        for file in files(&first.path) {
            let text =
                fs::read_to_string(&file).unwrap().replace("Client 000", &format!("Client {number:03}"));
            fs::write(other.join(file.file_name().unwrap()), text).unwrap();
        }
    }
    let settled = std::time::Instant::now() + Duration::from_millis(60);
    while std::time::Instant::now() < settled {
        std::thread::yield_now();
    }
    (folder, store)
}

fn kept(store: &Store) -> usize {
    store.glimpse().count
}

fn all(mut reading: Reading) -> Vec<Arc<Line>> {
    let mut lines = Vec::new();
    while let Some(portion) = reading.read(usize::MAX, Duration::MAX) {
        lines.extend(portion);
    }
    reading.keep();
    lines
}

/// Several clients, of whom the list stands at the second.
fn three(language: Language) -> Consultant {
    let mut at = Consultant::arrives(language);
    for name in ["Milieu", "Boulangerie", "Zinc"] {
        at.keys("n").types(name).keys("<Enter> <Esc>");
    }
    at.keys("g j");
    assert!(at.screen().contains("▸ Milieu"), "{}", at.screen());
    at
}

#[test]
fn a_portion_ends_when_its_time_is_over_and_none_is_left_out() {
    let (_folder, store) = unread(90);
    let mut reading = store.portfolio().unwrap();
    let mut lines = Vec::new();
    while let Some(portion) = reading.read(usize::MAX, Duration::ZERO) {
        // Two threads take one each.
        assert!((1..=2).contains(&portion.len()), "{}", portion.len());
        lines.extend(portion);
        assert_eq!(reading.done(), lines.len());
    }
    let folders: Vec<String> = lines.iter().map(|line| line.folder.clone()).collect();
    assert_eq!(folders, (0..90).map(|number| format!("client-{number:03}")).collect::<Vec<_>>());
}

#[test]
fn a_reading_given_up_is_kept_and_the_next_one_goes_on_from_there() {
    let (_folder, store) = unread(40);
    let mut reading = store.portfolio().unwrap();
    reading.read(15, Duration::MAX);
    reading.keep();
    assert_eq!(kept(&store), 15);
    let mut reading = store.portfolio().unwrap();
    reading.read(5, Duration::MAX);
    reading.keep();
    assert_eq!(kept(&store), 15, "what was known of those to come stays known");
    assert_eq!(all(store.portfolio().unwrap()).len(), 40);
    assert_eq!(kept(&store), 40);
}

#[test]
fn a_reading_that_begins_once_more_reads_only_what_it_has_not() {
    let (_folder, store) = unread(40);
    let mut reading = store.portfolio().unwrap();
    let before = reading.read(15, Duration::MAX).unwrap();
    let client = store.client("client-003").unwrap();
    fs::remove_dir_all(store.root().join("clients/client-007")).unwrap();
    store.archive(&client, Some(day(TODAY))).unwrap();
    store.create_client("Client 001 bis").unwrap();
    let after = all(reading.again().unwrap());
    assert_eq!(after.len(), 40);
    for line in before {
        let again = after.iter().find(|again| again.folder == line.folder);
        match line.folder.as_str() {
            "client-003" => assert!(again.unwrap().archived.is_some()),
            "client-007" => assert!(again.is_none()),
            _ => assert!(Arc::ptr_eq(again.unwrap(), &line), "{} was read twice", line.folder),
        }
    }
}

#[test]
fn what_is_deleted_while_it_is_read_does_not_come_back_into_the_index() {
    let (_folder, store) = unread(40);
    let mut hands = Hands::new(store.clone(), day(TODAY)).forgetful();
    hands.perform(Effect::ListClients, &mut |_| {});
    hands.read_on(&mut |_| {});
    hands.perform(Effect::DeleteClient { folder: "client-003".to_owned() }, &mut |_| {});
    while hands.is_reading() {
        hands.read_on(&mut |_| {});
    }
    assert_eq!(kept(&store), 39);
    let index = fs::read(store.root().join("index")).unwrap();
    assert!(!index.windows(10).any(|bytes| bytes == b"Client 003") && index.len() > 1000);
}

#[test]
fn whoever_opens_a_client_or_quits_does_not_wait_for_the_rest_and_nothing_of_it_is_lost() {
    let (_folder, store) = unread(300);
    let mut hands = Hands::new(store.clone(), day(TODAY)).forgetful();
    let (effects, waiting) = mpsc::channel();
    effects.send(Effect::ListClients).unwrap();
    let mut effects = Some(effects);
    let (mut read, mut opened) = (0, false);
    perform::work(&mut hands, &waiting, &mut |outcome| match outcome {
        Outcome::ClientsRead { done, .. } => {
            assert!(!opened && read == 0, "nobody waits for a second portion");
            read = done;
            let open = Effect::OpenClient { folder: "client-299".to_owned() };
            effects.as_ref().unwrap().send(open).unwrap();
        }
        Outcome::Opened(visit) => {
            opened = visit.folder == "client-299";
            effects = None;
        }
        _ => {}
    });
    assert!(opened && read < 300);
    assert_eq!(kept(&store), read);
}

#[test]
fn what_comes_and_goes_from_outside_is_seen_and_the_selection_stays() {
    let mut at = three(Language::En);
    let store = at.store();
    for name in ["Aaa", "Nouveau"] {
        store.create_client(name).unwrap();
    }
    fs::remove_dir_all(store.client("zinc").unwrap().path).unwrap();
    assert!(!at.keys("j k").screen().contains("Aaa"));
    let screen = at.keys("<F5>").screen();
    assert!(screen.contains("  Aaa") && screen.contains("  Nouveau") && !screen.contains("Zinc"), "{screen}");
    assert!(screen.contains("▸ Milieu") && screen.contains("4 clients"), "{screen}");
    // The selected one goes: the one below takes its place.
    fs::remove_dir_all(store.client("milieu").unwrap().path).unwrap();
    assert!(at.keys("<F5>").screen().contains("▸ Nouveau"), "{}", at.screen());
}

#[test]
fn whoever_comes_before_the_first_row_does_not_take_its_place_under_the_eyes() {
    let mut at = three(Language::En).colleague();
    assert!(at.screen().contains("▸ Boulangerie"), "{}", at.screen());
    at.store().create_client("Aaa").unwrap();
    assert!(at.keys("<F5>").screen().contains("▸ Boulangerie"), "{}", at.screen());
    assert!(at.screen().contains("  Aaa"));
}

#[test]
fn of_a_client_that_is_gone_every_key_says_so_and_the_row_goes() {
    for language in BOTH {
        for keys in ["<Enter>", "A", "D", "N", "v"] {
            let mut at = three(language);
            fs::remove_dir_all(at.store().client("milieu").unwrap().path).unwrap();
            at.keys(keys);
            let said = language.pick("Milieu n’est plus là", "Milieu is no longer there");
            assert!(at.notice().contains(said), "{keys}: {}", at.notice());
            assert!(!at.notice().contains('`'), "{keys}: {}", at.notice());
            let screen = at.screen();
            assert!(at.session.model.layers.is_empty() && screen.contains("▸ Zinc"), "{keys}\n{screen}");
            assert!(at.rows().iter().all(|row| !row.contains("  Milieu")), "{keys}\n{screen}");
        }
    }
}

#[test]
fn a_client_whose_folder_has_another_name_is_found_again_under_it() {
    let mut at = three(Language::En);
    let path = at.store().client("milieu").unwrap().path;
    fs::rename(&path, path.with_file_name("ailleurs")).unwrap();
    at.keys("<Enter>");
    assert!(at.notice().contains("Milieu is no longer there"), "{}", at.notice());
    assert!(at.session.model.visit.is_none() && at.screen().contains("  Milieu"), "{}", at.screen());
    at.keys("k <Enter>");
    assert!(at.session.model.visit.is_some());
}

#[test]
fn the_page_of_a_client_that_cannot_be_read_says_why() {
    for language in BOTH {
        let mut at = three(language);
        let file = at.store().client("milieu").unwrap().path.join("client.ron");
        fs::write(file, "(format: 1, name: ").unwrap();
        let screen = at.keys("v").screen();
        assert!(screen.contains("client.ron:1:"), "{screen}");
        assert!(!screen.contains(language.pick("Lecture…", "Reading…")), "{screen}");
        at.keys("<Esc> <Enter>");
        assert!(at.notice().contains("client.ron:1:"), "{}", at.notice());
    }
}

#[test]
fn another_order_begins_at_its_first_row() {
    let mut at = three(Language::En);
    at.keys("G s");
    assert!(at.rows()[3].starts_with('▸'), "{}", at.screen());
    // What is shown is another choice: the selected client stays so where it is among it.
    at.keys("s s s G f f f f f");
    assert!(at.screen().contains("▸ Zinc"), "{}", at.screen());
}

#[test]
fn an_archived_client_is_called_so_and_leaves_the_selection_where_it_was() {
    for language in BOTH {
        let archived = language.pick("· archivé", "· archived");
        let mut at = three(language);
        at.keys("<Enter>");
        assert!(!at.rows()[0].contains(archived), "{}", at.screen());
        at.keys("<Esc> G A g j");
        assert!(at.screen().contains("▸ Milieu"), "{}", at.screen());
        let screen = at.keys("/").types("zinc").screen();
        assert!(screen.lines().any(|row| row.contains("Zinc") && row.contains(archived)), "{screen}");
        at.keys("<Enter>");
        assert!(at.rows()[0].contains("Zinc") && at.rows()[0].contains(archived), "{}", at.screen());
        assert!(at.keys("<Esc>").screen().contains("▸ Milieu"), "{}", at.screen());
    }
}

#[test]
fn the_finder_finds_who_is_read_while_it_is_open_and_says_how_far_that_is() {
    let at = three(Language::Fr);
    let line = |name: &str| {
        let unread = |line: &&Line| line.name == "Zinc";
        let mut line = at.store().lines(|_, _| {}).unwrap().iter().find(unread).unwrap().clone();
        (line.folder, line.name, line.key) = (name.to_lowercase(), name.to_owned(), name.to_lowercase());
        Arc::new(line)
    };
    let portions = [["Mi", "Milie"].map(line), ["Milieux", "Milimètre"].map(line)];
    let mut fresh = Consultant::arrives(Language::Fr);
    fresh.session.model.clients = Clients::default();
    fresh.session.receive(Outcome::ClientsBegun { remembered: Vec::new(), total: 4 });
    fresh.keys("/").types("mili");
    assert!(fresh.screen().contains("lecture 0 / 4"), "{}", fresh.screen());
    let [first, second] = portions;
    fresh.session.receive(Outcome::ClientsRead { lines: first.to_vec(), done: 2 });
    let screen = fresh.screen();
    assert!(screen.contains("▸ Milie ") && screen.contains("lecture 2 / 4"), "{screen}");
    // A better match goes before it, and what is selected stays so.
    fresh.session.receive(Outcome::ClientsRead { lines: second.to_vec(), done: 4 });
    let screen = fresh.screen();
    assert!(
        screen.contains("▸ Milie ") && screen.contains("  Milieux") && screen.contains("Milimètre"),
        "{screen}"
    );
    fresh.session.receive(Outcome::ClientsEnded);
    assert!(!fresh.screen().contains("lecture"), "{}", fresh.screen());
}

#[test]
fn the_footer_has_what_nobody_would_look_for_and_nothing_that_leads_nowhere() {
    let foot = |at: &Consultant| at.rows().pop().unwrap();
    for (language, columns, list, interview) in [
        (
            Language::Fr,
            80,
            "Entrée ouvrir, / chercher, ? aide, q quitter",
            "/ chercher, r résultat, d ne sait pas",
        ),
        (Language::En, 80, "Enter open, / find, ? help, q quit", "/ find, r result, d don’t know"),
        (Language::Fr, 120, "s trier, f filtrer, A archiver, N revisiter, n nouveau", "v preuve, f à revoir"),
        (
            Language::En,
            120,
            "s sort, f filter, A archive, N new visit, n new",
            "v evidence, f flag for later",
        ),
    ] {
        let mut at = three(language);
        at.resizes((columns, 24));
        for hint in list.split(", ") {
            assert!(foot(&at).contains(hint), "{hint}: {}", foot(&at));
        }
        at.keys("<Enter>");
        for hint in interview.split(", ") {
            assert!(foot(&at).contains(hint), "{hint}: {}", foot(&at));
        }
        at.keys("i");
        assert!(foot(&at).contains(language.pick("a joindre", "a attach")), "{}", foot(&at));
        at.keys("q q A f f f f");
        assert!(
            foot(&at).contains(language.pick("A ramener", "A take back")) || columns == 80,
            "{}",
            foot(&at)
        );
        let mut empty = Consultant::arrives(language);
        empty.resizes((columns, 24));
        for hint in ["Ent", " v ", " N ", " s ", " f ", " A "] {
            assert!(!foot(&empty).contains(hint), "{hint}: {}", foot(&empty));
        }
        assert!(foot(&empty).contains(language.pick("n nouveau client", "n new client")), "{}", foot(&empty));
    }
}

#[test]
fn the_help_of_the_list_explains_its_marks() {
    let mut at = Consultant::arrives(Language::En);
    at.resizes((100, 90)).keys("?");
    for mark in ["!   ", "×   ", "↑ ↓ =   ", "48–80   "] {
        assert!(at.screen().contains(mark), "{mark}\n{}", at.screen());
    }
    assert!(at.screen().contains("F5   "), "{}", at.screen());
}

#[test]
fn a_clients_page_says_which_visit_cannot_be_read_and_claims_nothing_of_it() {
    for language in [Language::Fr, Language::En] {
        let mut at = three(language);
        at.keys("<Enter> q");
        let folder = at.store().client("milieu").unwrap();
        let last = *folder.visits().unwrap().last().unwrap();
        std::fs::write(folder.visit_path(last), "(\n  format: 1,\n  klient: \"x\",\n)\n").unwrap();
        at.keys("v");
        let screen = at.screen();
        assert!(screen.contains(language.pick("illisible", "unreadable")), "{screen}");
        assert!(screen.contains(language.pick("inconnues, la dernière", "unknown, the last")), "{screen}");
        assert!(!screen.contains(language.pick("Aucune visite.", "No visit.")), "{screen}");
    }
}
