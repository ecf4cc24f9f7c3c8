//! Does a sealed visit show that it was changed, and where?

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::mpsc;

use jiff::civil::Date;
use jiff::civil::date;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::assessment::Status;
use privaudit::domain::seal;
use privaudit::domain::seal::Difference;
use privaudit::domain::seal::Place;
use privaudit::domain::text::Language;
use privaudit::storage::assessments;
use privaudit::storage::attachments;
use privaudit::storage::clients::ClientFolder;
use privaudit::storage::clients::Store;
use privaudit::storage::clients::VisitKey;
use privaudit::storage::library;
use privaudit::storage::lock::Lock;
use privaudit::storage::seals::Flaw;
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
const PRIOR: &str = "choice.trackers.prior";

struct Kept {
    _folder: TempDir,
    store: Store,
    client: ClientFolder,
}

impl Kept {
    fn new() -> Kept {
        let folder = TempDir::new().unwrap();
        let store = Store::at(folder.path());
        let client = store.create_client("Boutique").unwrap();
        Kept { _folder: folder, store, client }
    }

    fn visit(&self, on: Date) -> VisitKey {
        let built_in = library::built_in().unwrap();
        self.store.create_visit(&self.client, on, &built_in, false, false).unwrap()
    }

    /// Changes a visit's file behind the program's back.
    fn tamper(&self, visit: VisitKey, change: impl FnOnce(&mut Assessment)) {
        let path = self.client.visit_path(visit);
        let mut assessment = assessments::read(&path).unwrap();
        change(&mut assessment);
        fs::write(&path, assessments::text(&assessment).unwrap()).unwrap();
    }

    fn seal(&self, visit: VisitKey) {
        self.store.seal(&self.client, visit, ON, Unconfirmed::Accept).unwrap();
    }

    /// The first visit that does not hold, and what is wrong with it.
    fn broken(&self) -> Option<(VisitKey, Vec<Difference>)> {
        let broken = self.store.check_seals(&self.client).unwrap().broken?;
        let differences = broken.what.into_iter().filter_map(|flaw| match flaw {
            Flaw::Differs(difference) => Some(difference),
            Flaw::Unreadable(_) => None,
        });
        Some((broken.visit, differences.collect()))
    }
}

fn answer_no(assessment: &mut Assessment) {
    assessment.edit(&PRIOR.into(), |answer| answer.value = Some(Value::No));
}

/// Two sealed visits and one that is not.
fn three_visits() -> (Kept, VisitKey, VisitKey) {
    let kept = Kept::new();
    let first = kept.visit(date(2026, 1, 10));
    kept.tamper(first, answer_no);
    kept.seal(first);
    let second = kept.visit(date(2026, 6, 10));
    kept.seal(second);
    kept.visit(date(2026, 9, 10));
    (kept, first, second)
}

#[test]
fn an_untouched_chain_holds() {
    let (kept, first, second) = three_visits();
    let checked = kept.store.check_seals(&kept.client).unwrap();
    assert_eq!(checked.intact, [first, second]);
    assert_eq!((checked.unsealed.len(), checked.broken), (1, None));
}

#[test]
fn the_first_visit_that_differs_is_named_with_the_answer_that_was_changed() {
    let (kept, first, second) = three_visits();
    let improved = |assessment: &mut Assessment| {
        assessment.edit(&PRIOR.into(), |answer| answer.value = Some(Value::Yes));
    };
    kept.tamper(second, improved);
    let content = vec![Difference::Content(Place::Answer(PRIOR.into()))];
    assert_eq!(kept.broken(), Some((second, content.clone())));
    kept.tamper(first, improved);
    assert_eq!(kept.broken(), Some((first, content)));
}

type Change = fn(&mut Assessment);

#[test]
fn every_kind_of_change_is_seen() {
    let changes: [(Change, Difference); 6] = [
        (|it| it.client = "Autre".into(), Difference::Content(Place::Field("client".into()))),
        (
            |it| it.questionnaire.digest = "0".repeat(64),
            Difference::Content(Place::Field("questionnaire".into())),
        ),
        (
            |it| it.actions.entry(PRIOR.into()).or_default().status = Status::Done,
            Difference::Content(Place::Action(PRIOR.into())),
        ),
        (
            |it| it.set_rows(&"T1".into(), vec![BTreeMap::new()]),
            Difference::Content(Place::Table("T1".into())),
        ),
        (|it| it.seal.as_mut().unwrap().on = date(2020, 1, 1), Difference::Seal),
        (|it| it.seal.as_mut().unwrap().digest = "0".repeat(64), Difference::Seal),
    ];
    for (change, difference) in changes {
        let (kept, first, _) = three_visits();
        kept.tamper(first, change);
        assert_eq!(kept.broken(), Some((first, vec![difference])));
    }
}

#[test]
fn a_visit_changed_and_sealed_anew_breaks_the_seal_after_it() {
    let (kept, first, second) = three_visits();
    kept.tamper(first, |assessment| {
        assessment.edit(&PRIOR.into(), |answer| answer.value = Some(Value::Yes));
        let evidence = BTreeMap::new();
        assessment.seal = Some(seal::seal(assessment, ON, evidence, None));
    });
    let (visit, differences) = kept.broken().unwrap();
    assert_eq!(visit, second);
    assert!(matches!(differences.as_slice(), [Difference::Previous { .. }]), "{differences:?}");

    let (kept, first, second) = three_visits();
    fs::remove_file(kept.client.visit_path(first)).unwrap();
    let (visit, differences) = kept.broken().unwrap();
    assert_eq!(visit, second);
    assert!(matches!(differences.as_slice(), [Difference::Previous { .. }]), "{differences:?}");
}

/// Attaches a file to a question of a visit; gives its copy.
fn attach(kept: &Kept, visit: VisitKey, content: &str) -> PathBuf {
    let (path, source) = (kept.client.visit_path(visit), kept.store.root().join("contract.pdf"));
    fs::write(&source, content).unwrap();
    let attached = attachments::keep(&path, &source, ON).unwrap();
    let copy = attachments::path(&path, &attached);
    kept.tamper(visit, |assessment| assessment.attach(&PRIOR.into(), attached));
    copy
}

#[test]
fn evidence_that_is_missing_or_changed_is_named_and_that_of_other_visits_is_theirs() {
    let kept = Kept::new();
    let visit = kept.visit(date(2026, 1, 10));
    let copy = attach(&kept, visit, "signed");
    let name = copy.file_name().unwrap().to_str().unwrap().to_owned();
    let other = copy.with_file_name("0".repeat(64));
    fs::write(&other, "of another visit").unwrap();
    kept.seal(visit);
    fs::remove_file(other).unwrap();
    assert_eq!(kept.broken(), None);
    fs::write(&copy, "forged").unwrap();
    assert_eq!(kept.broken(), Some((visit, vec![Difference::EvidenceChanged(name.clone())])));
    fs::remove_file(&copy).unwrap();
    assert_eq!(kept.broken(), Some((visit, vec![Difference::EvidenceMissing(name)])));
}

#[test]
fn a_seal_of_everything_in_the_folder_as_older_ones_are_is_still_checked() {
    let kept = Kept::new();
    let visit = kept.visit(date(2026, 1, 10));
    let folder = kept.client.path.join("evidence");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("capture.har"), "{}").unwrap();
    let digest = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a".to_owned();
    kept.tamper(visit, |assessment| {
        let evidence = BTreeMap::from([("capture.har".to_owned(), digest)]);
        assessment.seal = Some(seal::seal(assessment, ON, evidence, None));
    });
    assert_eq!(kept.broken(), None);
    fs::write(folder.join("capture.har"), "{ }").unwrap();
    assert_eq!(kept.broken(), Some((visit, vec![Difference::EvidenceChanged("capture.har".into())])));
}

#[test]
fn erasing_a_visit_takes_its_evidence_and_leaves_the_seals_of_others_whole() {
    let kept = Kept::new();
    let first = kept.visit(date(2026, 1, 10));
    let (theirs, shared) = (attach(&kept, first, "theirs"), attach(&kept, first, "shared"));
    let second = kept.visit(date(2026, 2, 10));
    // Of what was carried over, the second keeps one.
    let gone = theirs.file_name().unwrap().to_str().unwrap().to_owned();
    kept.tamper(second, |assessment| {
        for files in assessment.attachments.values_mut() {
            files.retain(|file| file.digest != gone);
        }
    });
    kept.seal(second);
    let entry = kept.store.delete_visit(&kept.client, first, ON).unwrap();
    let removed = kept.store.erase(&entry).unwrap();
    assert!(removed.contains(&theirs) && !theirs.exists(), "{removed:?}");
    assert!(shared.exists());
    assert_eq!(kept.broken(), None);
}

#[test]
fn how_the_file_is_laid_out_does_not_matter() {
    let (kept, first, _) = three_visits();
    let path = kept.client.visit_path(first);
    let spread: String = fs::read_to_string(&path).unwrap().replace('\n', "\n\n  ");
    fs::write(&path, spread).unwrap();
    assert_eq!(kept.broken(), None);
}

#[test]
fn carried_answers_are_not_sealed_silently() {
    let (kept, _, second) = three_visits();
    let third = kept.visit(date(2026, 10, 10));
    let refused = kept.store.seal(&kept.client, third, ON, Unconfirmed::Refuse).unwrap_err();
    assert!(refused.message.en.contains(PRIOR), "{refused:?}");
    assert!(assessments::read(&kept.client.visit_path(third)).unwrap().seal.is_none());
    let sealed = kept.store.seal(&kept.client, third, ON, Unconfirmed::Accept).unwrap();
    assert_eq!(sealed.unconfirmed, [PRIOR.into()]);
    let again = kept.store.seal(&kept.client, second, ON, Unconfirmed::Accept).unwrap_err();
    assert!(again.message.en.contains("already"), "{again:?}");
}

#[test]
fn visits_are_sealed_in_their_order() {
    let kept = Kept::new();
    let first = kept.visit(date(2026, 1, 10));
    let second = kept.visit(date(2026, 2, 10));
    kept.seal(second);
    let refused = kept.store.seal(&kept.client, first, ON, Unconfirmed::Accept).unwrap_err();
    assert!(refused.hint.unwrap().en.contains("order"));
}

#[test]
fn a_questionnaire_copy_that_was_changed_is_a_flaw() {
    let kept = Kept::new();
    let visit = kept.visit(date(2026, 1, 10));
    kept.tamper(visit, |assessment| assessment.questionnaire.digest = "ab".repeat(32));
    kept.tamper(visit, |assessment| {
        assessment.seal = Some(seal::seal(assessment, ON, BTreeMap::new(), None));
    });
    let broken = kept.store.check_seals(&kept.client).unwrap().broken.unwrap();
    assert!(matches!(broken.what.as_slice(), [Flaw::Unreadable(_)]), "{broken:?}");
}

#[test]
fn a_sealed_file_is_not_written_over_by_whoever_had_it_open_before() {
    let kept = Kept::new();
    let visit = kept.visit(date(2026, 1, 10));
    let path = kept.client.visit_path(visit);
    let mut open = assessments::Writer::new(&path).unwrap();
    let mut assessment = assessments::read(&path).unwrap();
    kept.seal(visit);
    let sealed = fs::read(&path).unwrap();
    answer_no(&mut assessment);
    assert!(open.write(&assessment).unwrap_err().message.en.contains("sealed"));
    let mut unsealed = assessments::read(&path).unwrap();
    unsealed.seal = None;
    assert!(assessments::Writer::new(&path).unwrap().write(&unsealed).is_err());
    assert_eq!(fs::read(&path).unwrap(), sealed);
    // A note that says the word is no seal.
    let other = kept.visit(date(2026, 2, 10));
    let path = kept.client.visit_path(other);
    let mut assessment = assessments::read(&path).unwrap();
    assessment.edit(&PRIOR.into(), |answer| answer.note = "seal: (on: \"2026-01-01\")".into());
    assessments::Writer::new(&path).unwrap().write(&assessment).unwrap();
    answer_no(&mut assessment);
    assessments::Writer::new(&path).unwrap().write(&assessment).unwrap();
}

#[test]
fn a_visit_is_opened_sealed_and_checked_from_its_clients_page() {
    let mut at = Consultant::begins(Language::En);
    at.finds("policy.exists").keys("n q");
    let mut at = at.returns_on("2027-11-23");
    at.keys("N q v S");
    assert!(at.screen().contains("Which visit to seal?") && at.screen().contains("1 carried over"));
    // Leaving it open comes first, and sealing takes a second step.
    at.keys("1 <Enter>");
    assert!(!at.screen().contains("sealed"), "{}", at.screen());
    // Sealing the later one first would leave the other without a seal: the first at hand is the oldest.
    at.keys("S 1");
    assert!(at.screen().contains("1 carried over, not confirmed; 1 older one"), "{}", at.screen());
    at.keys("1 S <Enter> 2");
    assert_eq!(at.notice(), "boulangerie-martin@2026-11-23 is sealed; “N” in the list begins a new one");
    assert!(
        at.rows().iter().any(|row| row.contains("23 Nov 2026") && row.contains("sealed")),
        "{}",
        at.screen()
    );
    // The one that is left is asked about at once, with what nobody confirmed.
    at.keys("S");
    assert!(
        at.screen().contains("Seal the visit of 23 Nov 2027?")
            && at.screen().contains("1 carried over, not confirmed")
    );
    at.keys("2 V");
    assert_eq!(at.notice(), "2 seals are intact, 0 not sealed");
    at.keys("S");
    assert_eq!(at.notice(), "no visit to seal");

    // Any of the two is opened, and neither can be changed.
    at.keys("<Enter> 2");
    assert_eq!(at.visit().reference, "boulangerie-martin@2026-11-23");
    at.finds("policy.exists").keys("y q");
    at.keys("<Enter>");
    assert_eq!(at.visit().reference, "boulangerie-martin@2027-11-23");
    assert!(at.notice().contains("sealed"), "{}", at.notice());
    at.keys("q N");
    assert_eq!(at.visit().reference, "boulangerie-martin@2027-11-23.2");

    let path = at.store().client("boulangerie-martin").unwrap().path.join("2026-11-23.ron");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("value: No", "value: Yes")).unwrap();
    assert_ne!(std::fs::read_to_string(&path).unwrap(), text);
    at.keys("q v");
    assert_eq!(
        at.rows().iter().filter(|row| row.contains("changed after sealing")).count(),
        1,
        "{}",
        at.screen()
    );
    at.keys("V");
    assert_eq!(
        at.notice(),
        "seal broken at boulangerie-martin@2026-11-23: the answer to policy.exists differs"
    );
}

#[test]
fn much_evidence_is_read_in_portions_between_which_others_are_served() {
    let kept = Kept::new();
    let visit = kept.visit(ON);
    let path = kept.client.visit_path(visit);
    let film = kept.store.root().join("film");
    fs::write(&film, vec![7; 20 << 20]).unwrap();
    let attachment = attachments::keep(&path, &film, ON).unwrap();
    kept.tamper(visit, |assessment| assessment.attach(&PRIOR.into(), attachment));
    let other = kept.store.create_client("Other").unwrap();
    kept.store.create_visit(&other, ON, &library::built_in().unwrap(), false, false).unwrap();

    let mut hands = Hands::new(kept.store.clone(), ON);
    let seal = Effect::SealVisit {
        folder: kept.client.folder.clone(),
        visit: visit.name(),
        unconfirmed: Unconfirmed::Refuse,
    };
    let asked = |hands: &mut Hands, effect: Effect| {
        let mut outcomes = Vec::new();
        hands.perform(effect, &mut |outcome| outcomes.push(outcome));
        outcomes
    };
    let read = |hands: &mut Hands| {
        let mut outcomes = Vec::new();
        hands.read_on(&mut |outcome| outcomes.push(outcome));
        outcomes
    };
    let begun = asked(&mut hands, seal.clone());
    assert!(matches!(begun[..], [Outcome::Sealing { done: 0, total, .. }] if total == 20 << 20), "{begun:?}");
    // The file is opened, then read.
    read(&mut hands);
    let under_way = read(&mut hands);
    assert!(
        matches!(under_way[..], [Outcome::Sealing { done, total, .. }] if done > 0 && done < total),
        "{under_way:?}"
    );
    let opened = asked(&mut hands, Effect::OpenClient { folder: other.folder.clone() });
    assert!(matches!(&opened[..], [Outcome::Opened(opened)] if opened.read_only.is_none()), "{opened:?}");
    assert!(hands.is_reading() && Lock::take(&path).is_err(), "nobody changes what is being sealed");
    let stopped = asked(&mut hands, Effect::GiveUp(Work::Sealing));
    assert!(matches!(stopped[..], [Outcome::SealingStopped { .. }]) && !hands.is_reading(), "{stopped:?}");
    assert!(assessments::read(&path).unwrap().seal.is_none() && Lock::take(&path).is_ok());

    asked(&mut hands, seal);
    let mut last = Vec::new();
    while hands.is_reading() {
        last = read(&mut hands);
    }
    assert!(matches!(last[..], [Outcome::Sealed { .. }]), "{last:?}");
    assert_eq!(kept.store.check_seals(&kept.client).unwrap().intact, [visit]);
}

#[test]
fn what_is_being_sealed_is_seen_on_the_page_and_given_up_by_the_same_key() {
    let mut at = Consultant::begins(Language::En);
    at.keys("q v");
    let reference = "boutique@2026-11-23".to_owned();
    at.session.receive(Outcome::Sealing {
        reference: reference.clone(),
        done: 512_000_000,
        total: 3_000_000_000,
    });
    assert!(at.screen().contains("being sealed: 512 of 3000 MB of evidence read; S "), "{}", at.screen());
    // No question whether something is to be sealed.
    at.keys("S");
    assert!(!at.screen().contains("Seal the visit"), "{}", at.screen());
    at.session.receive(Outcome::SealingStopped { reference });
    assert!(at.screen().contains("is not sealed: nothing has changed"), "{}", at.screen());
    assert!(!at.screen().contains("being sealed"), "{}", at.screen());
}

#[test]
fn who_leaves_while_a_visit_is_being_sealed_leaves_it_sealed() {
    let kept = Kept::new();
    let visit = kept.visit(ON);
    let film = kept.store.root().join("film");
    fs::write(&film, vec![7; 20 << 20]).unwrap();
    let attachment = attachments::keep(&kept.client.visit_path(visit), &film, ON).unwrap();
    kept.tamper(visit, |assessment| assessment.attach(&PRIOR.into(), attachment));
    let (effects, waiting) = mpsc::channel();
    let folder = kept.client.folder.clone();
    effects.send(Effect::CheckSeals { folder: folder.clone() }).unwrap();
    effects
        .send(Effect::SealVisit { folder, visit: visit.name(), unconfirmed: Unconfirmed::Refuse })
        .unwrap();
    drop(effects);
    let mut outcomes = Vec::new();
    let mut hands = Hands::new(kept.store.clone(), ON);
    perform::work(&mut hands, &waiting, &mut |outcome| outcomes.push(outcome));
    assert!(matches!(outcomes.last(), Some(Outcome::Sealed { .. })), "{outcomes:?}");
    assert_eq!(kept.store.check_seals(&kept.client).unwrap().intact, [visit]);
}

#[test]
fn a_large_file_is_attached_in_portions_between_which_answers_are_saved() {
    let kept = Kept::new();
    let visit = kept.visit(ON);
    let film = kept.store.root().join("film");
    fs::write(&film, vec![7; 20 << 20]).unwrap();
    let evidence = kept.client.path.join("evidence");
    let copies = || fs::read_dir(&evidence).unwrap().count();
    let mut hands = Hands::new(kept.store.clone(), ON);
    let mut outcomes = Vec::new();
    let mut report = |outcome| outcomes.push(outcome);
    hands.perform(Effect::OpenClient { folder: kept.client.folder.clone() }, &mut report);
    let reference = kept.client.reference(visit);
    let attach = || {
        Effect::Attach(Box::new(Attaching {
            reference: reference.clone(),
            question: PRIOR.into(),
            path: film.to_str().unwrap().to_owned(),
            note: "seen".into(),
            expires: None,
        }))
    };
    hands.perform(attach(), &mut report);
    hands.read_on(&mut report);
    let assessment = assessments::read(&kept.client.visit_path(visit)).unwrap();
    hands.perform(Effect::Save { assessment: assessment.into(), revision: 1 }, &mut report);
    let [
        Outcome::Opened(_),
        Outcome::Attaching { name, done, total, waiting: 0 },
        Outcome::Saved { revision: 1 },
    ] = &outcomes[..]
    else {
        panic!("{outcomes:?}");
    };
    assert!((name.as_str(), *total) == ("film", 20 << 20) && *done < *total, "{outcomes:?}");
    // Given up with the session: nothing half copied stays.
    assert_eq!(copies(), 1);
    drop(hands);
    assert_eq!(copies(), 0);

    let mut hands = Hands::new(kept.store.clone(), ON);
    hands.perform(attach(), &mut |_| {});
    let mut last = None;
    while hands.is_reading() {
        hands.read_on(&mut |outcome| last = Some(outcome));
    }
    let Some(Outcome::Attached { attachment, question, .. }) = last else { panic!("{last:?}") };
    assert_eq!(
        (attachment.name.as_str(), attachment.note.as_str(), attachment.size),
        ("film", "seen", 20 << 20)
    );
    assert_eq!((question, copies()), (PRIOR.into(), 1));
    assert_eq!(fs::read(evidence.join(&attachment.digest)).unwrap(), fs::read(&film).unwrap());
    let again = attachments::keep(&kept.client.visit_path(visit), &film, ON).unwrap();
    assert_eq!((again.digest, copies()), (attachment.digest, 1));
}

#[test]
fn a_check_of_seals_is_seen_on_the_page_and_given_up_by_the_same_key() {
    let mut at = Consultant::begins(Language::En);
    at.keys("q v");
    assert!(at.screen().contains(" S seal  "), "{}", at.screen());
    let folder = "boulangerie-martin".to_owned();
    at.session.receive(Outcome::CheckingSeals { folder, done: 512_000_000, total: 3_000_000_000 });
    assert!(at.screen().contains("are being checked: 512 of 3000 MB"), "{}", at.screen());
    assert!(at.screen().contains("V gives it up"), "{}", at.screen());
    at.session.receive(Outcome::CheckingStopped);
    assert_eq!(at.notice(), "the check is given up");
    assert!(!at.screen().contains("being checked"), "{}", at.screen());
    // The key that began it says so.
    at.session.receive(Outcome::Sealing { reference: "boutique@2026-11-23".into(), done: 1, total: 2 });
    assert!(at.screen().contains(" S stop sealing  "), "{}", at.screen());
}

#[test]
fn a_check_of_seals_is_given_up_between_two_portions() {
    let kept = Kept::new();
    let visit = kept.visit(ON);
    let film = kept.store.root().join("film");
    fs::write(&film, vec![7; 20 << 20]).unwrap();
    let attachment = attachments::keep(&kept.client.visit_path(visit), &film, ON).unwrap();
    kept.tamper(visit, |assessment| assessment.attach(&PRIOR.into(), attachment));
    kept.seal(visit);
    let mut hands = Hands::new(kept.store.clone(), ON);
    let mut outcomes = Vec::new();
    let check = Effect::CheckSeals { folder: kept.client.folder.clone() };
    // Asked for twice, it is done once.
    for effect in [check.clone(), check.clone()] {
        hands.perform(effect, &mut |outcome| outcomes.push(outcome));
    }
    for _ in 0..2 {
        hands.read_on(&mut |outcome| outcomes.push(outcome));
    }
    let last = outcomes.last();
    assert!(
        matches!(last, Some(Outcome::CheckingSeals { done, total, .. }) if *done > 0 && done < total),
        "{outcomes:?}"
    );
    hands.perform(Effect::GiveUp(Work::CheckingSeals), &mut |outcome| outcomes.push(outcome));
    assert!(matches!(outcomes.last(), Some(Outcome::CheckingStopped)) && !hands.is_reading());
    hands.perform(check, &mut |_| {});
    while hands.is_reading() {
        hands.read_on(&mut |outcome| outcomes.push(outcome));
    }
    assert!(matches!(outcomes.last(), Some(Outcome::SealsChecked { hold: true, .. })), "{outcomes:?}");
}

#[test]
fn evidence_is_read_for_one_after_the_other_and_for_the_same_once() {
    let kept = Kept::new();
    let (small, large) = (kept.visit(ON), kept.visit(date(2026, 11, 24)));
    attach(&kept, small, "one");
    for content in ["two", "three", "four"] {
        attach(&kept, large, content);
    }
    let mut hands = Hands::new(kept.store.clone(), ON);
    for visit in [small, large, small] {
        let assessment = assessments::read(&kept.client.visit_path(visit)).unwrap();
        let check =
            Effect::CheckFiles { reference: kept.client.reference(visit), assessment: Box::new(assessment) };
        hands.perform(check, &mut |outcome| panic!("at once: {outcome:?}"));
    }
    let seal = Effect::SealVisit {
        folder: kept.client.folder.clone(),
        visit: small.name(),
        unconfirmed: Unconfirmed::Refuse,
    };
    hands.perform(seal, &mut |outcome| assert!(matches!(outcome, Outcome::Sealing { .. }), "{outcome:?}"));
    let mut stopped = Vec::new();
    hands.perform(Effect::GiveUp(Work::Sealing), &mut |outcome| stopped.push(outcome));
    assert!(matches!(stopped[..], [Outcome::SealingStopped { .. }]), "{stopped:?}");

    let mut looked_at = Vec::new();
    while hands.is_reading() {
        hands.read_on(&mut |outcome| match outcome {
            Outcome::Files { reference, files } => looked_at.push((reference, files.len())),
            other => panic!("{other:?}"),
        });
    }
    assert_eq!(looked_at, [(kept.client.reference(large), 3), (kept.client.reference(small), 1)]);
}
