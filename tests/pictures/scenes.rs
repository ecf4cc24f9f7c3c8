//! Which screens are pictured? Each with the keys that lead to it, pressed on the interface itself.

#![allow(clippy::expect_used, reason = "made for tests and pictures: what fails shows where")]

use crossterm::event::KeyCode;
use crossterm::event::KeyEvent;
use crossterm::event::KeyModifiers;
use privaudit::domain::text::Language;
use privaudit::storage::clients::Store;
use privaudit::tui::Session;
use privaudit::tui::model::Model;
use privaudit::tui::perform::Hands;
use privaudit::tui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use tempfile::TempDir;

use super::portfolio;

/// One picture: what it shows, and how one gets there from the list of clients.
#[derive(Debug)]
pub struct Scene {
    /// The file's name, without its ending.
    pub name: &'static str,
    /// What it shows, in the title of its window.
    pub title: &'static str,
    language: Language,
    size: (u16, u16),
    /// Of the client that the cursor stands on, as it is found.
    client: &'static str,
    /// Letters are themselves, other keys are `<Enter>`, `<Down>` …; blanks are for the eye.
    keys: &'static str,
}

pub const SCENES: &[Scene] = &[
    Scene {
        name: "clients",
        title: "privaudit : les clients",
        language: Language::Fr,
        size: (96, 16),
        client: portfolio::BAKERY,
        keys: "",
    },
    Scene {
        name: "interview-fr",
        title: "privaudit : l’entretien",
        language: Language::Fr,
        size: (96, 30),
        client: portfolio::BAKERY,
        keys: "<Enter> p k",
    },
    Scene {
        name: "interview-en",
        title: "privaudit: the interview",
        language: Language::En,
        size: (120, 40),
        client: portfolio::BICYCLES,
        keys: "<Enter> n k",
    },
    Scene {
        name: "table",
        title: "privaudit : un tableau",
        language: Language::Fr,
        size: (96, 20),
        client: portfolio::DENTIST,
        keys: "<Enter> t <Down> <Down>",
    },
    Scene {
        name: "result",
        title: "privaudit : le résultat",
        language: Language::Fr,
        size: (96, 32),
        client: portfolio::CAMPSITE,
        keys: "<Enter> r",
    },
    Scene {
        name: "evidence",
        title: "privaudit : les preuves du site",
        language: Language::Fr,
        size: (96, 20),
        client: portfolio::BOOKSHOP,
        keys: "<Enter> i <Tab> <Down> <Down> <Down> <Down> <Down> <Down> <Down>",
    },
    Scene {
        name: "help",
        title: "privaudit : l’aide",
        language: Language::Fr,
        size: (96, 32),
        client: portfolio::BAKERY,
        keys: "<Enter> ?",
    },
];

/// Where the scenes are played: a store that is gone with it.
#[derive(Debug)]
pub struct Stage {
    store: Store,
    _folder: TempDir,
}

impl Stage {
    pub fn new() -> Stage {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = Store::at(folder.path());
        portfolio::fill(&store);
        Stage { store, _folder: folder }
    }
}

impl Scene {
    /// The screen. What its keys answer is in the store from then on, for the scenes behind it.
    pub fn screen(&self, stage: &Stage) -> Buffer {
        let store = stage.store.clone();
        let chosen = store.client(self.client).expect("a client of the portfolio").folder;
        let model = Model::new(self.language, Theme::FULL, self.size, portfolio::TODAY);
        let mut session = Session::at_once(model, Hands::new(store, portfolio::TODAY).forgetful());
        session.start();
        session.model.clients.select(&chosen);
        for key in keys(self.keys) {
            session.press(key);
        }
        let mut terminal =
            Terminal::new(TestBackend::new(self.size.0, self.size.1)).expect("no input or output");
        terminal.draw(|frame| session.draw(frame)).expect("no input or output");
        terminal.backend().buffer().clone()
    }
}

fn keys(script: &str) -> Vec<KeyEvent> {
    let mut keys = Vec::new();
    let mut rest = script.trim_start();
    while let Some(letter) = rest.chars().next() {
        let special = rest.strip_prefix('<').and_then(|named| named.split_once('>'));
        let letters = || (KeyCode::Char(letter), &rest[letter.len_utf8()..]);
        let (code, behind) = special.map_or_else(letters, |(name, behind)| (named(name), behind));
        keys.push(KeyEvent::new(code, KeyModifiers::NONE));
        rest = behind.trim_start();
    }
    keys
}

fn named(name: &str) -> KeyCode {
    match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Tab" => KeyCode::Tab,
        "PageDown" => KeyCode::PageDown,
        _ => panic!("no key is called <{name}>"),
    }
}
