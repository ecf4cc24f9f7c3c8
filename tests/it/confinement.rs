//! Does a session for one client stay with that client? Whatever keys are pressed, and whatever it is told to do.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use jiff::civil::date;
use privaudit::domain::text::Language;
use privaudit::report::content::Kind;
use privaudit::report::export::Format;
use privaudit::tui::effect::Attaching;
use privaudit::tui::effect::Effect;
use privaudit::tui::effect::Paper;
use privaudit::tui::effect::Work;
use privaudit::tui::perform::Hands;

use crate::consultant::Consultant;
use crate::random::Chance;

const MINE: &str = "Café Noir";
/// In words that nothing else on a screen has.
const OTHERS: [&str; 2] = ["Zwölfaxing Neighbour", "Zwölfaxing Deleted"];

/// A store with a client, a neighbour, one in the trash, and a session for the client.
fn confined() -> (Consultant, Consultant) {
    let agency = Consultant::arrives(Language::En);
    let store = agency.store();
    let listed = store.library().find("seven-steps").unwrap();
    for name in [MINE].into_iter().chain(OTHERS) {
        let client = store.create_client(name).unwrap();
        for day in [20, 23] {
            store.create_visit(&client, date(2026, 11, day), &listed, false, false).unwrap();
        }
    }
    let away = agency.store().client(OTHERS[1]).unwrap().folder;
    let mut hands = Hands::new(agency.store(), date(2026, 11, 23));
    hands.perform(Effect::DeleteClient { folder: away }, &mut |_| {});
    let owner = agency.confined_to(MINE);
    (agency, owner)
}

/// Every file in the store but those of the client itself.
fn others(store: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![store.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("clients/cafe-noir") {
                folders.push(path);
            } else if path.is_file() {
                files.insert(path.clone(), fs::read(path).unwrap());
            }
        }
    }
    files
}

#[test]
fn no_keys_lead_to_another_client() {
    let (agency, mut owner) = confined();
    let before = others(agency.store().root());
    let keys = [
        "<Esc>",
        "<Enter>",
        "<Tab>",
        "<S-Tab>",
        "<Up>",
        "<Down>",
        "<Left>",
        "<Right>",
        "<Space>",
        "<C-r>",
        "<C-s>",
        "<Del>",
        "/z",
        "/zwo <Enter>",
        "/clients <Enter>",
        "/back <Enter>",
        "/delete <Enter>",
        "/trash <Enter>",
    ];
    for round in 0..40 {
        let mut chance = Chance(round);
        // It ends with the session; the next begins where it was.
        owner.session.model.quitting = false;
        for _ in 0..60 {
            if chance.below(3) == 0 {
                owner.keys(chance.of(&keys));
            } else {
                let letter = u8::try_from(33 + chance.below(94)).unwrap();
                owner.types(&char::from(letter).to_string());
            }
            if owner.session.model.quitting {
                break;
            }
        }
        let screen = owner.screen();
        assert!(!screen.contains("Zwölf"), "round {round}:\n{screen}");
        assert!(owner.session.model.visit.is_some(), "round {round}: the visit is left:\n{screen}");
    }
    assert!(before == others(agency.store().root()), "something else in the store was changed");
}

#[test]
fn whatever_it_is_told_a_confined_session_touches_nothing_but_its_visit() {
    let (agency, owner) = confined();
    let store = agency.store();
    let before = others(store.root());
    let folder = store.client(OTHERS[0]).unwrap().folder;
    let id = fs::read_dir(store.root().join("trash")).unwrap().next().unwrap().unwrap().file_name();
    let id = id.into_string().unwrap();
    let assessment = owner.visit().snapshot();
    let paper = Paper {
        kind: Kind::Page,
        language: Language::En,
        reference: owner.visit().reference.clone(),
        assessment,
    };
    let effects = [
        Effect::ListClients,
        Effect::SumUp { folders: vec![folder.clone()], run: 1 },
        Effect::GiveUp(Work::SummingUp),
        Effect::OpenClient { folder: folder.clone() },
        Effect::CreateClient { name: "New".to_owned() },
        Effect::NewVisit { folder: folder.clone() },
        Effect::DeleteClient { folder: folder.clone() },
        Effect::Archive { folder: folder.clone(), away: true },
        Effect::ListVisits { folder: folder.clone() },
        Effect::DeleteVisit { folder, visit: "2026-11-20".to_owned() },
        Effect::Erase { id: id.clone() },
        Effect::PutBack { id },
        Effect::WriteDocument(Box::new(paper), Format::Pdf),
        Effect::Attach(Box::new(Attaching {
            reference: owner.visit().reference.clone(),
            question: owner.visit().current().clone(),
            path: "/etc/hosts".to_owned(),
            note: String::new(),
            expires: None,
        })),
    ];
    let mut hands = Hands::new(store.clone(), date(2026, 11, 23)).confined();
    for effect in effects {
        let mut outcomes = Vec::new();
        hands.perform(effect.clone(), &mut |outcome| outcomes.push(outcome));
        assert!(outcomes.is_empty() && !hands.is_reading(), "{effect:?}: {outcomes:?}");
    }
    assert!(before == others(store.root()), "something in the store was changed");
}

#[test]
fn no_path_can_be_typed() {
    let (agency, mut owner) = confined();
    for keys in ["i a", "<Esc> v 5"] {
        owner.keys(keys);
        assert!(owner.notice().contains("in this session, no file is attached"), "{}", owner.screen());
        assert!(!owner.screen().contains("Attach a file:"), "{}", owner.screen());
    }
    drop(agency);
}

#[test]
fn the_way_out_is_called_what_it_is() {
    let (agency, mut owner) = confined();
    assert!(owner.screen().contains("q quit"), "{}", owner.screen());
    owner.keys("?");
    let help = owner.screen() + &owner.keys("<End>").screen();
    assert!(!help.contains("back to the clients"), "{help}");
    drop(agency);
}
