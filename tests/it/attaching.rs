//! What becomes of a file that is being copied when somebody leaves, comes back, quits, gives it up, or the disk fails?
//! Either its visit names it whole, or nothing of it stays and that is told.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::mpsc;

use jiff::civil::Date;
use jiff::civil::date;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::text::Language;
use privaudit::storage::assessments;
use privaudit::storage::attachments;
use privaudit::storage::clients::ClientFolder;
use privaudit::storage::clients::Store;
use privaudit::storage::error::Error;
use privaudit::storage::library;
use privaudit::storage::lock::Lock;
use privaudit::storage::seals::Unconfirmed;
use privaudit::tui::effect::Attaching;
use privaudit::tui::effect::Effect;
use privaudit::tui::effect::Outcome;
use privaudit::tui::effect::Work;
use privaudit::tui::perform;
use privaudit::tui::perform::Hands;
use tempfile::TempDir;

use crate::consultant::Consultant;

const ON: Date = date(2026, 11, 23);
const QUESTION: &str = "choice.trackers.prior";
const OTHER: &str = "policy.exists";
/// More than is copied at once.
const LARGE: usize = 20 << 20;

/// A client with one visit, and hands that have it open.
struct Desk {
    folder: TempDir,
    client: ClientFolder,
    hands: Hands,
    outcomes: Vec<Outcome>,
}

impl Desk {
    fn new() -> Desk {
        let folder = TempDir::new().unwrap();
        let store = Store::at(folder.path().join("store"));
        let client = store.create_client("Boutique").unwrap();
        store.create_visit(&client, ON, &library::built_in().unwrap(), false, false).unwrap();
        let mut desk = Desk { hands: Hands::new(store, ON), client, folder, outcomes: Vec::new() };
        desk.open();
        desk
    }

    fn perform(&mut self, effect: Effect) -> Option<&Outcome> {
        let before = self.outcomes.len();
        self.hands.perform(effect, &mut |outcome| self.outcomes.push(outcome));
        self.outcomes[before..].last()
    }

    fn open(&mut self) {
        let folder = self.client.folder.clone();
        let opened = self.perform(Effect::OpenClient { folder });
        assert!(matches!(opened, Some(Outcome::Opened(opened)) if opened.read_only.is_none()), "{opened:?}");
    }

    /// A file of so many bytes, all the same.
    fn file(&self, name: &str, bytes: usize) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, vec![name.as_bytes()[0]; bytes]).unwrap();
        path
    }

    fn attaching(&self, name: &str, bytes: usize) -> Effect {
        Effect::Attach(Box::new(Attaching {
            reference: "boutique@2026-11-23".into(),
            question: QUESTION.into(),
            path: self.file(name, bytes).to_str().unwrap().to_owned(),
            note: String::new(),
            expires: None,
        }))
    }

    /// Begins to copy a file, of which a part is copied then.
    fn begin(&mut self, name: &str) {
        let attach = self.attaching(name, LARGE);
        self.perform(attach);
        self.read_on();
        let told = self.outcomes.last();
        assert!(matches!(told, Some(Outcome::Attaching { done, total, .. }) if done < total), "{told:?}");
    }

    fn read_on(&mut self) {
        self.hands.read_on(&mut |outcome| self.outcomes.push(outcome));
    }

    fn run_out(&mut self) -> &Outcome {
        while self.hands.is_reading() {
            self.read_on();
        }
        self.outcomes.last().unwrap()
    }

    fn save(&mut self, assessment: Assessment) {
        let saved = self.perform(Effect::Save { assessment: assessment.into(), revision: 1 });
        assert!(matches!(saved, Some(Outcome::Saved { .. })), "{saved:?}");
    }

    fn path(&self) -> PathBuf {
        self.client.path.join("2026-11-23.ron")
    }

    fn visit(&self) -> Assessment {
        assessments::read(&self.path()).unwrap()
    }

    /// The names of the files that the visit on disk names, each with its copy whole.
    fn attached(&self) -> Vec<String> {
        let visit = self.visit();
        let checked = attachments::check(&self.path(), &visit);
        assert!(checked.iter().all(|one| one.condition == attachments::Condition::Intact), "{checked:?}");
        checked.into_iter().map(|one| one.attachment.name).collect()
    }

    /// How many files there are in the evidence, whatever they are called.
    fn evidence(&self) -> usize {
        fs::read_dir(self.client.path.join("evidence")).map_or(0, Iterator::count)
    }
}

fn answered(mut visit: Assessment) -> Assessment {
    visit.edit(&OTHER.into(), |answer| answer.value = Some(Value::Yes));
    visit
}

#[test]
fn a_file_is_attached_although_its_visit_was_left_meanwhile() {
    let mut desk = Desk::new();
    desk.begin("film");
    desk.save(answered(desk.visit()));
    desk.perform(Effect::CloseVisit);
    assert!(Lock::take(&desk.path()).is_err(), "nobody seals or deletes it meanwhile");
    let told = desk.run_out();
    assert!(
        matches!(told, Outcome::Attached { reference, .. } if reference == "boutique@2026-11-23"),
        "{told:?}"
    );
    assert_eq!((desk.attached(), desk.evidence()), (vec!["film".to_owned()], 1));
    assert_eq!(desk.visit().value(&OTHER.into()), Some(&Value::Yes));
    assert!(Lock::take(&desk.path()).is_ok());
}

#[test]
fn whoever_quits_while_files_are_copied_finds_them_attached() {
    let mut desk = Desk::new();
    let (effects, waiting) = mpsc::channel();
    for name in ["film", "sound"] {
        effects.send(desk.attaching(name, LARGE)).unwrap();
    }
    effects.send(Effect::CloseVisit).unwrap();
    drop(effects);
    perform::work(&mut desk.hands, &waiting, &mut |outcome| desk.outcomes.push(outcome));
    assert!(matches!(desk.outcomes.last(), Some(Outcome::Attached { .. })), "{:?}", desk.outcomes);
    assert_eq!((desk.attached(), desk.evidence()), (vec!["film".to_owned(), "sound".to_owned()], 2));
}

#[test]
fn whoever_does_not_wait_either_leaves_nothing_behind() {
    let mut desk = Desk::new();
    desk.begin("film");
    let attach = desk.attaching("sound", LARGE);
    desk.perform(attach);
    let (effects, waiting) = mpsc::channel();
    drop(effects);
    desk.hands.impatience().store(true, Ordering::Relaxed);
    perform::work(&mut desk.hands, &waiting, &mut |outcome| desk.outcomes.push(outcome));
    let stopped: Vec<&str> = desk
        .outcomes
        .iter()
        .filter_map(|outcome| match outcome {
            Outcome::AttachingStopped { name, .. } => Some(name.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!((stopped, desk.evidence()), (vec!["film", "sound"], 0));
    assert!(desk.attached().is_empty());
}

#[test]
fn a_visit_opened_again_meanwhile_can_be_changed_and_has_the_file_in_the_end() {
    let mut desk = Desk::new();
    desk.begin("film");
    desk.perform(Effect::CloseVisit);
    desk.open();
    let before = desk.visit();
    desk.run_out();
    assert_eq!(desk.attached(), ["film"]);
    // Sent before the session was told of the file.
    desk.save(answered(before.clone()));
    assert_eq!(desk.attached(), ["film"], "it went under");
    assert_eq!(desk.visit().value(&OTHER.into()), Some(&Value::Yes));
    // From then on, its word counts: also where it takes the file off.
    desk.perform(Effect::TakenIn);
    desk.save(answered(before));
    assert!(desk.attached().is_empty());
}

#[test]
fn two_files_of_one_question_are_both_attached_whenever_the_session_learns_of_them() {
    let mut desk = Desk::new();
    desk.begin("film");
    let sound = desk.attaching("sound", LARGE);
    let waits = desk.perform(sound);
    assert!(
        matches!(waits, Some(Outcome::Attaching { name, waiting: 1, .. }) if name == "film"),
        "{waits:?}"
    );
    let before = desk.visit();
    desk.run_out();
    assert_eq!(desk.attached(), ["film", "sound"]);
    desk.perform(Effect::TakenIn);
    desk.save(answered(before));
    assert_eq!(desk.attached(), ["film", "sound"], "the session knew of the first alone");
}

#[test]
fn what_waits_for_a_file_is_neither_sealed_nor_deleted_until_it_is_given_up() {
    let mut desk = Desk::new();
    desk.begin("film");
    desk.perform(Effect::CloseVisit);
    let (folder, visit) = (desk.client.folder.clone(), "2026-11-23".to_owned());
    let seal =
        Effect::SealVisit { folder: folder.clone(), visit: visit.clone(), unconfirmed: Unconfirmed::Accept };
    for effect in [
        seal.clone(),
        Effect::DeleteVisit { folder: folder.clone(), visit: visit.clone() },
        Effect::DeleteClient { folder },
    ] {
        let refused = desk.perform(effect);
        let Some(Outcome::Failed(Error { message, hint: Some(hint), .. })) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(message.en, "film is still being copied for boutique@2026-11-23");
        assert!(hint.fr.contains("Ctrl-X"), "{hint:?}");
    }
    let stopped = desk.perform(Effect::GiveUp(Work::Attaching));
    assert!(matches!(stopped, Some(Outcome::AttachingStopped { name, .. }) if name == "film"), "{stopped:?}");
    assert_eq!((desk.evidence(), desk.attached().len()), (0, 0));
    desk.perform(seal);
    assert!(matches!(desk.run_out(), Outcome::Sealed { .. }));
}

#[test]
fn where_the_visit_is_gone_or_sealed_behind_our_back_nothing_of_the_file_stays_and_that_is_told() {
    let seal = |desk: &Desk| {
        let mut visit = desk.visit();
        let seal = privaudit::domain::seal::seal(&visit, ON, std::collections::BTreeMap::new(), None);
        visit.seal = Some(seal);
        fs::write(desk.path(), assessments::text(&visit).unwrap()).unwrap();
    };
    let remove = |desk: &Desk| fs::remove_file(desk.path()).unwrap();
    for (meddle, why) in [(&seal as &dyn Fn(&Desk), "sealed"), (&remove, "not there any more")] {
        let mut desk = Desk::new();
        desk.begin("film");
        desk.perform(Effect::CloseVisit);
        meddle(&desk);
        let Outcome::NotAttached { error, .. } = desk.run_out().clone() else {
            panic!("{:?}", desk.outcomes)
        };
        assert!(error.message.en.contains(why), "{error:?}");
        assert_eq!(desk.evidence(), 0);
    }
}

#[test]
fn what_was_there_before_stays_where_naming_it_again_fails() {
    let mut desk = Desk::new();
    let attach = desk.attaching("film", LARGE);
    desk.perform(attach);
    desk.run_out();
    let mut visit = desk.visit();
    visit.attachments.clear();
    desk.perform(Effect::TakenIn);
    desk.save(visit);
    desk.begin("film");
    desk.perform(Effect::CloseVisit);
    fs::remove_file(desk.path()).unwrap();
    assert!(matches!(desk.run_out(), Outcome::NotAttached { .. }));
    assert_eq!(desk.evidence(), 1, "an earlier state may need it");
}

#[test]
fn a_client_renamed_meanwhile_has_the_file_where_it_is_now() {
    for left in [true, false] {
        let mut desk = Desk::new();
        desk.begin("film");
        if left {
            desk.perform(Effect::CloseVisit);
        }
        let renamed = desk.client.path.with_file_name("boutique-neuve");
        fs::rename(&desk.client.path, &renamed).unwrap();
        desk.client.path = renamed;
        let told = desk.run_out();
        assert!(
            matches!(told, Outcome::Attached { reference, .. } if reference == "boutique-neuve@2026-11-23"),
            "{told:?}"
        );
        assert_eq!((desk.attached(), desk.evidence()), (vec!["film".to_owned()], 1));
    }
}

fn seen(at: &Consultant) -> String {
    at.screen().replace(['\u{a0}', '\u{202f}'], " ")
}

fn underway(name: &str, waiting: usize) -> Outcome {
    Outcome::Attaching { name: name.into(), done: 1 << 30, total: 3 << 30, waiting }
}

#[test]
fn what_is_being_copied_stays_in_sight_with_the_key_that_gives_it_up() {
    let mut at = Consultant::begins(Language::Fr);
    at.keys("<C-x>");
    assert_eq!(at.notice(), "aucun fichier n’est en cours de copie");
    at.session.receive(underway("film.mp4", 0));
    let line = "copie de film.mp4 : 33 %, le travail continue ; Ctrl-X y renonce";
    // Beside what else is said, while somebody types, and on the list of clients.
    for keys in ["j", "P", "e", "<Esc>", "q"] {
        at.keys(keys);
        assert!(seen(&at).contains(line), "{keys}: {}", at.screen());
    }
    at.session.receive(underway("film.mp4", 2));
    assert!(seen(&at).contains("33 %, 2 autres attendent ;"), "{}", at.screen());
    at.session.receive(underway(&"très long ".repeat(40), 0));
    assert!(at.screen().contains("Ctrl-X y renonce"), "{}", at.screen());
    at.session.receive(Outcome::AttachingStopped {
        reference: "boulangerie-martin@2026-11-23".into(),
        name: "film.mp4".into(),
    });
    let said = "film.mp4 n’est pas joint à boulangerie-martin@2026-11-23\u{202f}: il n’en reste rien";
    assert_eq!(at.notice(), said);
    assert!(!at.screen().contains("Ctrl-X"), "{}", at.screen());
}

#[test]
fn a_copy_that_fails_late_comes_between_nobody_and_what_is_being_typed() {
    let mut at = Consultant::begins(Language::En);
    let asked = Attaching {
        reference: at.visit().reference.clone(),
        question: QUESTION.into(),
        path: "/media/film.mp4".into(),
        note: "seen".into(),
        expires: None,
    };
    let failed =
        || Outcome::NotAttached { asked: Box::new(asked.clone()), error: Error::refused("plein", "full") };
    at.keys("e").types("we talk of");
    at.session.receive(underway("film.mp4", 0));
    at.session.receive(failed());
    let said = "/media/film.mp4 is not attached to boulangerie-martin@2026-11-23: full";
    assert_eq!(at.notice(), said);
    at.types(" money").keys("<Esc>");
    assert!(at.on_disk().answers.values().any(|answer| answer.note == "we talk of money"));
    // Where nothing is in the way, what was typed is there again.
    at.session.receive(failed());
    assert!(
        at.screen().contains("/media/film.mp4") && at.screen().contains("Attach a file"),
        "{}",
        at.screen()
    );
    // Whoever left is told all the same.
    at.keys("<Esc> <Esc> q");
    at.session.receive(failed());
    assert_eq!(at.notice(), said);
}

#[test]
fn a_file_attached_to_a_visit_that_was_left_is_said_to_be() {
    let mut desk = Desk::new();
    desk.begin("film");
    let attached = desk.run_out().clone();
    let mut at = Consultant::begins(Language::En);
    at.session.receive(underway("film", 0));
    at.session.receive(attached);
    assert_eq!(at.notice(), "attached to boutique@2026-11-23: film");
    assert!(at.visit().assessment().attachments.is_empty(), "another visit is open");
    assert!(!at.screen().contains("Ctrl-X"), "{}", at.screen());
}
