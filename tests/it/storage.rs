//! Is what is saved safe? Whole files, private ones, one writer at a time, nothing overwritten unseen, no name obeyed.

use std::fs;
use std::io::BufRead;
use std::io::BufReader;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::civil::date;
use proptest::prelude::*;
use tempfile::TempDir;

use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::id::QuestionId;
use privaudit::storage::assessments;
use privaudit::storage::assessments::Writer;
use privaudit::storage::assessments::Written;
use privaudit::storage::clients::Store;
use privaudit::storage::clients::folder_name;
use privaudit::storage::error::Kind;
use privaudit::storage::files;
use privaudit::storage::format;
use privaudit::storage::library;
use privaudit::storage::library::Listed;
use privaudit::storage::lock::Lock;
use privaudit::storage::lock::lock_path;

use crate::cases;

const DAY: Date = date(2026, 11, 23);

/// A store with one client and one visit.
struct Stored {
    // Deleted when dropped.
    _folder: TempDir,
    store: Store,
    visit: PathBuf,
}

fn stored() -> Stored {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    let client = store.create_client("Café & Cie").unwrap();
    let key = store.create_visit(&client, DAY, &library::built_in().unwrap(), false, false).unwrap();
    Stored { visit: client.visit_path(key), store, _folder: folder }
}

impl Stored {
    fn answered(&self, value: Value) -> Assessment {
        let mut assessment = assessments::read(&self.visit).unwrap();
        assessment.edit(&QuestionId::new("secure.devices"), |answer| answer.value = Some(value));
        assessment
    }

    fn history(&self) -> Vec<String> {
        let folder = self.visit.with_file_name("history");
        let mut names: Vec<String> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

/// Every path below a folder.
fn everything(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(everything(&entry.path()));
        }
        found.push(entry.path());
    }
    found.sort();
    found
}

#[test]
fn writing_replaces_the_whole_file_and_leaves_nothing_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("visit.ron");
    files::write(&path, b"a long first content").unwrap();
    files::write(&path, b"short").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"short");
    assert_eq!(everything(folder.path()), [path]);
}

#[test]
fn a_write_that_fails_says_where_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("visit.ron");
    // A folder in the way cannot be replaced by a file.
    fs::create_dir(&path).unwrap();
    fs::write(path.join("inside"), "").unwrap();
    let error = files::write(&path, b"content").unwrap_err();
    assert_eq!(error.kind, Kind::Io);
    assert!(error.message.en.contains("visit.ron") && error.message.fr.contains("écrire"), "{error:?}");
    assert_eq!(everything(folder.path()), [path.clone(), path.join("inside")]);
}

#[test]
fn a_link_is_followed_only_where_somebody_chose_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real.ron"), folder.path().join("link.ron"));
    files::write(&real, b"old").unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    files::write_given(&link, b"new").unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read(&real).unwrap(), b"new");
    files::write(&link, b"of the store").unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_file());
    assert_eq!(fs::read(&real).unwrap(), b"new");
}

#[test]
fn a_pipe_in_the_place_of_a_file_is_refused_and_one_that_was_named_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR).unwrap();
    assert!(files::read(&pipe).unwrap_err().message.en.contains("no ordinary file"));
    let writer = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::write(pipe, "said").unwrap()
    });
    assert_eq!(files::read_given(&pipe).unwrap(), "said");
    writer.join().unwrap();
}

/// One of this file's ignored tests, in a process of its own that works in `folder`.
fn in_a_process(test: &str, folder: &Path, umask: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("umask {umask}; exec \"$0\" --exact --ignored --nocapture storage::{test}")])
        .arg(std::env::current_exe().unwrap())
        .current_dir(folder);
    command
}

#[test]
fn a_folder_with_too_many_rights_becomes_its_owners_when_a_store_is_made_in_it() {
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let everybodys = fs::Permissions::from_mode(0o777);
    for others in [false, true] {
        let root = tempfile::tempdir().unwrap();
        let clients = root.path().join("clients");
        fs::create_dir(&clients).unwrap();
        if others {
            fs::write(root.path().join("thesis.odt"), "").unwrap();
        }
        for folder in [root.path(), &clients] {
            fs::set_permissions(folder, everybodys.clone()).unwrap();
        }
        Store::at(root.path()).create_client("Acme").unwrap();
        assert_eq!((mode(&clients), mode(&clients.join("acme"))), (0o700, 0o700));
        assert_eq!(mode(root.path()), if others { 0o777 } else { 0o700 }, "others: {others}");
    }
}

#[test]
fn everything_in_a_store_is_its_owners_only_whatever_the_umask() {
    for umask in ["000", "022", "077"] {
        let folder = tempfile::tempdir().unwrap();
        let done = in_a_process("fills_a_store", folder.path(), umask).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
        let store = folder.path().join("store");
        let paths = everything(&store);
        for wanted in [
            "client.ron",
            "2026-11-23.ron",
            "history/2026-11-23-1.ron",
            ".2026-11-23.ron.lock",
            "questionnaires",
        ] {
            assert!(paths.iter().any(|path| path.ends_with(wanted)), "{wanted} is not among {paths:?}");
        }
        for path in paths.iter().chain([&store]) {
            let mode = fs::metadata(path).unwrap().permissions().mode() & 0o777;
            let wanted = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, wanted, "umask {umask}: {} has {mode:o}", path.display());
        }
    }
}

#[test]
#[ignore = "is run by another test, in a process of its own"]
fn fills_a_store() {
    let store = Store::at("store");
    let client = store.create_client("Client").unwrap();
    let key = store.create_visit(&client, DAY, &library::built_in().unwrap(), false, false).unwrap();
    let path = client.visit_path(key);
    let _lock = Lock::take(&path).unwrap();
    let mut assessment = assessments::read(&path).unwrap();
    assessment.edit(&QuestionId::new("secure.devices"), |answer| answer.value = Some(Value::No));
    Writer::new(&path).unwrap().write(&assessment).unwrap();
}

#[test]
fn a_visit_of_a_newer_format_is_refused_and_not_touched() {
    let stored = stored();
    let newer =
        fs::read_to_string(&stored.visit).unwrap().replacen("format: 1", "format: 2, novelty: [[]]", 1);
    fs::write(&stored.visit, &newer).unwrap();
    let error = stored.store.visit(&stored.visit).unwrap_err();
    assert_eq!(error.kind, Kind::Newer);
    assert!(error.message.en.contains("2026-11-23.ron") && error.hint.is_some(), "{error:?}");
    assert_eq!(fs::read_to_string(&stored.visit).unwrap(), newer);
    assert_eq!(stored.history(), [""; 0]);
}

#[test]
fn a_client_of_a_newer_format_is_an_error_beside_the_others() {
    let stored = stored();
    let other = stored.store.create_client("Autre").unwrap();
    let file = other.path.join("client.ron");
    fs::write(&file, "(\n  format: 7,\n  name: 3,\n)\n").unwrap();
    let clients = stored.store.clients().unwrap();
    assert_eq!(clients.len(), 2);
    let kinds: Vec<Kind> =
        clients.iter().filter_map(|client| client.as_ref().err()).map(|error| error.kind).collect();
    assert_eq!(kinds, [Kind::Newer]);
    assert!(stored.store.client("Café & Cie").is_ok());
}

#[test]
fn a_file_that_is_no_saved_file_is_named_with_its_place() {
    let stored = stored();
    let good = fs::read_to_string(&stored.visit).unwrap();
    let cases = [
        (String::new(), ":1:1:"),
        ("nothing".to_owned(), ":1:1:"),
        ("(client: \"x\")".to_owned(), ":1:1:"),
        (good.replacen("client:", "klient:", 1), ":3:"),
        (good.replacen("2026-11-23", "2026-13-23", 1), ":4:"),
        (good.trim_end().trim_end_matches(')').to_owned(), ":"),
    ];
    for (text, place) in cases {
        fs::write(&stored.visit, &text).unwrap();
        let error = assessments::read(&stored.visit).unwrap_err();
        assert_eq!(error.kind, Kind::Unreadable, "{text}");
        assert!(error.message.en.contains(&format!("2026-11-23.ron{place}")), "{place}: {error:?}");
        assert!(error.hint.is_some());
    }
    fs::write(&stored.visit, [0xff, 0xfe]).unwrap();
    assert_eq!(assessments::read(&stored.visit).unwrap_err().kind, Kind::Unreadable);
}

/// A questionnaire of one's own in a folder, used for a visit.
fn with_own_questionnaire() -> (Stored, PathBuf, Listed) {
    let mut stored = stored();
    let folder = stored.store.root().with_file_name("own");
    fs::create_dir(&folder).unwrap();
    for entry in fs::read_dir(cases::folder().join("questionnaires/small")).unwrap().flatten() {
        fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    let own = library::from_folder(&folder).unwrap();
    let client = stored.store.create_client("Autre").unwrap();
    let key = stored.store.create_visit(&client, DAY, &own, false, true).unwrap();
    stored.visit = client.visit_path(key);
    (stored, folder, own)
}

fn pinned_copy(stored: &Stored, id: &str) -> PathBuf {
    let copies = everything(&stored.store.root().join("questionnaires"));
    let mine = |path: &&PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(id));
    copies.iter().find(mine).expect("a pinned copy").clone()
}

#[test]
fn a_visit_stays_with_the_questionnaire_that_it_was_made_with() {
    let (stored, folder, own) = with_own_questionnaire();
    let file = folder.join("1-first.ron");
    let changed = fs::read_to_string(&file).unwrap().replacen("severity: 3", "severity: 4", 1);
    fs::write(&file, changed).unwrap();
    assert_ne!(library::from_folder(&folder).unwrap().questionnaire.digest, own.questionnaire.digest);
    assert_eq!(stored.store.visit(&stored.visit).unwrap().questionnaire, own.questionnaire);
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(stored.store.visit(&stored.visit).unwrap().questionnaire, own.questionnaire);
}

#[test]
fn a_pinned_questionnaire_that_was_changed_or_lost_or_is_newer_is_refused() {
    let (stored, _, _) = with_own_questionnaire();
    let copy = pinned_copy(&stored, "small");
    let text = fs::read_to_string(&copy).unwrap();
    let refused = |text: &str| {
        fs::write(&copy, text).unwrap();
        let error = stored.store.visit(&stored.visit).unwrap_err();
        assert_eq!(fs::read_to_string(&copy).unwrap(), text, "it was touched");
        assert!(error.hint.is_some());
        error.kind
    };
    assert_eq!(refused(&text.replacen("severity: 3", "severity: 2", 1)), Kind::Refused);
    assert_eq!(refused(&text.replacen("format: 1", "format: 9", 1)), Kind::Newer);
    assert_eq!(refused(&text.replacen("severity: 3", "severity: 9", 1)), Kind::Unreadable);
    assert_eq!(refused(""), Kind::Unreadable);
    fs::write(&copy, &text).unwrap();
    assert!(stored.store.visit(&stored.visit).is_ok());
    fs::remove_file(&copy).unwrap();
    assert_eq!(stored.store.visit(&stored.visit).unwrap_err().kind, Kind::NotFound);
}

#[test]
fn a_pin_cannot_lead_out_of_the_folder_of_questionnaires() {
    let stored = stored();
    let mut pin = library::built_in().unwrap().questionnaire.pin();
    for hostile in ["../../secret", "/etc/passwd", "a/b", "", "é", ".."] {
        pin.digest = "0123456789abcdef".into();
        pin.id = hostile.into();
        let error = stored.store.library().pinned(&pin).unwrap_err();
        assert!(matches!(error.kind, Kind::Refused | Kind::NotFound), "{hostile}: {error:?}");
        pin.id = "small".into();
        pin.digest = hostile.into();
        assert!(stored.store.library().pinned(&pin).is_err());
    }
}

#[test]
fn a_second_session_is_told_who_has_the_visit() {
    let stored = stored();
    let lock = Lock::take(&stored.visit).unwrap();
    let error = Lock::take(&stored.visit).unwrap_err();
    assert_eq!(error.kind, Kind::Locked);
    let (process, user) = (std::process::id().to_string(), rustix::system::uname());
    let machine = format!("@{} (", user.nodename().to_str().unwrap());
    for message in [&error.message.en, &error.message.fr] {
        assert!(message.contains(&process) && message.contains(&machine), "{message}");
    }
    // Whoever may see this client alone is not told who else works here.
    let told = error.without_paths(stored.store.root());
    for message in [&told.message.en, &told.message.fr] {
        assert!(!message.contains(&process) && !message.contains('@'), "{message}");
    }
    drop(lock);
    assert!(Lock::take(&stored.visit).is_ok());
    // Whoever replaces the file does not break the lock.
    let _lock = Lock::take(&stored.visit).unwrap();
    Writer::new(&stored.visit).unwrap().write(&stored.answered(Value::Yes)).unwrap();
    assert_eq!(Lock::take(&stored.visit).unwrap_err().kind, Kind::Locked);
}

#[test]
fn a_lock_dies_with_its_process() {
    let folder = tempfile::tempdir().unwrap();
    let mut holder = in_a_process("holds_a_lock", folder.path(), "077")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(holder.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(said.into_iter().any(|line| line.contains("locked")), "it never took the lock");
    let path = folder.path().join("visit.ron");
    let error = Lock::take(&path).unwrap_err();
    assert_eq!(error.kind, Kind::Locked);
    assert!(error.message.en.contains(&format!("(process {})", holder.id())), "{error:?}");
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert!(Lock::take(&path).is_ok());
}

#[test]
fn a_lock_that_is_a_link_leaves_what_it_leads_to_alone() {
    let stored = stored();
    let (lock, precious) = (lock_path(&stored.visit), stored.visit.with_file_name("precious"));
    fs::write(&precious, "kept").unwrap();
    let _ = fs::remove_file(&lock);
    std::os::unix::fs::symlink(&precious, &lock).unwrap();
    let error = Lock::take(&stored.visit).unwrap_err();
    assert!(error.message.en.contains(".lock"), "{error:?}");
    assert_eq!(fs::read_to_string(&precious).unwrap(), "kept");
}

#[test]
#[ignore = "is run by another test, in a process of its own"]
fn holds_a_lock() {
    let _lock = Lock::take(Path::new("visit.ron")).unwrap();
    println!("locked");
    // Until killed: nobody ever writes to it.
    let _ = std::io::stdin().read_line(&mut String::new());
}

#[test]
fn what_another_program_wrote_is_kept_before_ours_is_written() {
    let stored = stored();
    let mut writer = Writer::new(&stored.visit).unwrap();
    assert_eq!(writer.write(&stored.answered(Value::No)).unwrap(), Written::Saved);
    let foreign = fs::read_to_string(&stored.visit).unwrap().replacen("No", "Partly", 1);
    fs::write(&stored.visit, &foreign).unwrap();
    let ours = stored.answered(Value::Yes);
    let Written::Merged { kept: Some(kept), .. } = writer.write(&ours).unwrap() else {
        panic!("it went unnoticed")
    };
    assert_eq!(fs::read_to_string(kept).unwrap(), foreign);
    assert_eq!(assessments::read(&stored.visit).unwrap(), ours);
    // It is not foreign for ever.
    assert_eq!(writer.write(&stored.answered(Value::No)).unwrap(), Written::Saved);
    // Even something that is no visit any more is kept, not lost.
    fs::write(&stored.visit, "half a").unwrap();
    let Written::KeptOther(kept) = writer.write(&ours).unwrap() else { panic!("it went unnoticed") };
    assert_eq!(fs::read_to_string(kept).unwrap(), "half a");
}

#[test]
fn a_visit_deleted_underneath_is_written_again() {
    let stored = stored();
    let ours = stored.answered(Value::No);
    let mut writer = Writer::new(&stored.visit).unwrap();
    fs::remove_file(&stored.visit).unwrap();
    writer.write(&ours).unwrap();
    assert_eq!(assessments::read(&stored.visit).unwrap(), ours);
}

#[test]
fn the_state_before_a_session_is_kept_and_the_history_is_bounded() {
    let stored = stored();
    let before = fs::read_to_string(&stored.visit).unwrap();
    for session in 0..30 {
        let mut writer = Writer::new(&stored.visit).unwrap();
        for value in [Value::No, Value::Partly, Value::Number(f64::from(session))] {
            writer.write(&stored.answered(value)).unwrap();
        }
        if session == 0 {
            // One state a session, however many answers.
            assert_eq!(stored.history(), ["2026-11-23-1.ron"]);
            let kept = stored.visit.with_file_name("history").join("2026-11-23-1.ron");
            assert_eq!(fs::read_to_string(kept).unwrap(), before);
        }
    }
    let history = stored.history();
    assert_eq!(history.len(), 20);
    assert!(history.contains(&"2026-11-23-30.ron".to_owned()), "{history:?}");
    assert!(!history.contains(&"2026-11-23-10.ron".to_owned()), "{history:?}");
}

#[test]
fn writing_what_is_there_already_changes_nothing() {
    let stored = stored();
    let same = assessments::read(&stored.visit).unwrap();
    let before = fs::metadata(&stored.visit).unwrap().modified().unwrap();
    assert_eq!(Writer::new(&stored.visit).unwrap().write(&same).unwrap(), Written::Saved);
    assert_eq!(fs::metadata(&stored.visit).unwrap().modified().unwrap(), before);
    assert_eq!(stored.history(), [""; 0]);
}

#[test]
fn an_answer_changes_only_its_own_lines() {
    let stored = stored();
    let text = |assessment: &Assessment| assessments::text(assessment).unwrap();
    let (before, after) = (text(&stored.answered(Value::No)), text(&stored.answered(Value::Yes)));
    let changed: Vec<(&str, &str)> =
        before.lines().zip(after.lines()).filter(|(old, new)| old != new).collect();
    assert_eq!(before.lines().count(), after.lines().count());
    let [(old, new)] = changed[..] else { panic!("{changed:?}") };
    assert!(old.contains("No") && new.contains("Yes"));
}

#[test]
fn names_from_outside_never_become_paths_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    let clients = folder.path().join("store/clients");
    let long = "é".repeat(200);
    let hostile = [
        "../../outside",
        "..",
        ".",
        "/etc/passwd",
        "a/b\\c",
        "CON",
        "nul\0byte",
        "-rf",
        "~",
        "$HOME",
        ".hidden",
        "a\nb",
        "\u{202e}gpj.exe",
        "日本語",
        "Ünïcödé",
        "client.ron",
        "2026-11-23.ron",
        "*",
        "   x   ",
        &long,
    ];
    for name in hostile {
        let client = store.create_client(name).unwrap();
        assert_eq!(client.path.parent(), Some(clients.as_path()), "{name:?}");
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        assert!(
            client.folder.chars().all(plain) && !client.folder.starts_with('-'),
            "{name:?}: {}",
            client.folder
        );
        assert!(client.folder.len() <= 70, "{name:?}");
        assert_eq!(store.client(&client.folder).unwrap(), client);
    }
    let outside: Vec<PathBuf> = everything(folder.path())
        .into_iter()
        .filter(|path| {
            !path.starts_with(&clients) && path != &folder.path().join("store") && path != &clients
        })
        .collect();
    assert!(outside.is_empty(), "{outside:?}");
    assert_eq!(store.clients().unwrap().len(), hostile.len());
    for name in ["", "   ", "\n\t", &"x".repeat(201)] {
        assert_eq!(store.create_client(name).unwrap_err().kind, Kind::Refused, "{name:?}");
    }
    // Looking for one leads nowhere, either.
    fs::write(folder.path().join("client.ron"), "(\n  format: 1,\n  name: \"elsewhere\",\n)\n").unwrap();
    for name in ["../..", "./../..", "", "/", "elsewhere"] {
        assert_eq!(store.client(name).map_err(|error| error.kind), Err(Kind::NotFound), "{name:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_folders_name_is_plain_whatever_the_clients(name in any::<String>()) {
        let folder = folder_name(&name);
        prop_assert!(!folder.is_empty() && folder.len() <= 60);
        prop_assert!(folder.starts_with(|first: char| first.is_ascii_alphanumeric()));
        prop_assert!(folder.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'));
    }
}

#[test]
fn two_clients_of_one_name_get_folders_of_their_own() {
    let stored = stored();
    let again = stored.store.create_client("CAFÉ   & Cie").unwrap();
    assert_eq!(again.folder, "cafe-cie-2");
    assert_eq!(stored.store.client("Café & Cie").unwrap().folder, "cafe-cie");
    assert_eq!(stored.store.client("café & cie").unwrap_err().kind, Kind::Refused);
    assert_eq!(stored.store.client("cafe-cie-2").unwrap(), again);
}

#[test]
fn the_second_visit_of_a_day_and_the_next_carry_over_and_never_overwrite() {
    let stored = stored();
    let listed = library::built_in().unwrap();
    let client = stored.store.client("Café & Cie").unwrap();
    Writer::new(&stored.visit).unwrap().write(&stored.answered(Value::No)).unwrap();
    let second = stored.store.create_visit(&client, DAY, &listed, false, false).unwrap();
    assert_eq!(second.name(), "2026-11-23.2");
    let carried = assessments::read(&client.visit_path(second)).unwrap();
    assert_eq!(carried.answer(&"secure.devices".into()).unwrap().carried, Some(DAY));
    let blank = stored.store.create_visit(&client, date(2027, 1, 5), &listed, false, true).unwrap();
    assert!(assessments::read(&client.visit_path(blank)).unwrap().answers.is_empty());
    let earlier = stored.store.create_visit(&client, date(2025, 1, 1), &listed, false, false);
    assert_eq!(earlier.unwrap_err().kind, Kind::Refused);
    assert_eq!(client.visits().unwrap().len(), 3);
}

#[test]
fn saved_files_of_every_format_still_load() {
    let mut seen = 0;
    for folder in fs::read_dir(cases::folder().join("saved_files")).unwrap().flatten() {
        for entry in fs::read_dir(folder.path()).unwrap().flatten() {
            let assessment = assessments::read(&entry.path()).unwrap();
            let listed = library::built_in().unwrap();
            let score = privaudit::domain::scoring::score(&listed.questionnaire, &assessment);
            assert!(score.overall.figures.raw.is_some(), "{}", entry.path().display());
            if folder.file_name() == format::FORMAT.to_string().as_str() {
                let text = fs::read_to_string(entry.path()).unwrap();
                assert_eq!(assessments::text(&assessment).unwrap(), text, "{}", entry.path().display());
            }
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[test]
fn the_embedded_questionnaire_is_the_same_as_its_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("questionnaires/seven-steps");
    let from_files = library::from_folder(&folder).unwrap().questionnaire;
    let embedded = library::built_in().unwrap().questionnaire;
    assert_eq!(from_files.digest, embedded.digest);
    assert!(Arc::ptr_eq(&embedded, &library::built_in().unwrap().questionnaire), "read once");
    // Line ends of another system are no other questionnaire.
    let mut sources = library::built_in().unwrap().sources().clone();
    for text in sources.files.values_mut() {
        *text = text.replace('\n', "\r\n");
    }
    assert_eq!(sources.load().unwrap().digest, embedded.digest);
}

#[test]
fn a_renamed_folder_is_one_of_the_store_with_the_visit_in_it() {
    let folder = TempDir::new().unwrap();
    let store = Store::at(folder.path());
    let client = store.create_client("Acme").unwrap();
    let visit = store.create_visit(&client, DAY, &library::built_in().unwrap(), false, false).unwrap();
    let path = client.visit_path(visit);
    let lock = Lock::take(&path).unwrap();
    assert_eq!(store.renamed(&lock, &path), None, "it is where it was");
    let (renamed, elsewhere) = (client.path.with_file_name("other"), folder.path().join("elsewhere"));
    fs::rename(&client.path, &renamed).unwrap();
    assert_eq!(store.renamed(&lock, &path), Some(renamed.clone()));
    fs::rename(&renamed, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &renamed).unwrap();
    assert_eq!(store.renamed(&lock, &path), None, "a link leads to it");
    fs::remove_file(&renamed).unwrap();
    fs::rename(&elsewhere, &renamed).unwrap();
    fs::remove_file(renamed.join(path.file_name().unwrap())).unwrap();
    assert_eq!(store.renamed(&lock, &path), None, "the lock alone is there");
}

#[test]
fn what_stands_in_a_visit_twice_is_refused_at_its_line_instead_of_dropped() {
    let stored = stored();
    let good = fs::read_to_string(&stored.visit).unwrap();
    let twice = "\"policy.exists\": (value: Yes), \"choice.trackers.prior\": (value: No),";
    for (entries, line, key) in [
        (format!("\n{twice}\n\"policy.exists\": (value: No),\n"), 8, "policy.exists"),
        (format!("\n{twice}\n\"choice.trackers.prior\": (value: Yes),\n"), 8, "choice.trackers.prior"),
    ] {
        let answers = format!("  answers: {{{entries}}},\n)");
        let text = match good.find("  answers: {") {
            Some(at) => good[..at].to_owned() + &answers,
            None => good.trim_end().trim_end_matches(')').to_owned() + &answers,
        };
        let line = text[..text.find(&answers).unwrap()].lines().count() + line - 5;
        fs::write(&stored.visit, &text).unwrap();
        let error = assessments::read(&stored.visit).unwrap_err();
        let said = error.message.fr.to_string();
        assert!(said.contains(&format!(".ron:{line}:")), "{line}: {said}\n{text}");
        assert!(said.contains(&format!("« {key} » est là deux fois")), "{said}");
    }
}
