//! How long does the work behind the screen take, and how does it grow with the number of clients?
//!
//! `cargo bench --bench work`; `cargo bench --bench work -- finder` for a part of it.

#![expect(clippy::expect_used, reason = "what cannot be prepared cannot be measured")]

use std::path::Path;

use crossterm::event::KeyCode;
use crossterm::event::KeyEvent;
use divan::Bencher;
use divan::black_box;
use privaudit::domain::comparison::compare;
use privaudit::domain::scoring::score;
use privaudit::domain::text::Language;
use privaudit::storage::assessments;
use privaudit::storage::assessments::Writer;
use privaudit::storage::clients::Store;
use privaudit::storage::library;
use privaudit::tui::Session;
use privaudit::tui::intent::Intent;
use privaudit::tui::model::Model;
use privaudit::tui::perform::Hands;
use privaudit::tui::screens::finder::Entry;
use privaudit::tui::screens::finder::Finder;
use privaudit::tui::screens::finder::Target;
use privaudit::tui::terminal::painter::Painter;
use privaudit::tui::theme::Theme;
use privaudit::tui::widgets::fuzzy::Folded;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tempfile::TempDir;

#[path = "measured/portfolio.rs"]
mod portfolio;

use portfolio::DAY;
use portfolio::Portfolio;
use portfolio::QUESTIONNAIRE;
use portfolio::name;
use portfolio::visit;
use portfolio::write;

const CLIENTS: [usize; 5] = [10, 100, 1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

#[divan::bench]
fn parse_a_questionnaire() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("questionnaires/seven-steps");
    black_box(library::from_folder(&folder).expect("it is without faults"));
}

#[divan::bench]
fn load_a_visit(bencher: Bencher) {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("2026-11-23.ron");
    write(&path, &assessments::text(&visit(1)).expect("a visit can be written"));
    bencher.bench_local(|| assessments::read(&path).expect("a visit"));
}

#[divan::bench]
fn save_a_visit(bencher: Bencher) {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("2026-11-23.ron");
    write(&path, &assessments::text(&visit(1)).expect("a visit can be written"));
    let mut writer = Writer::new(&path).expect("a visit to write");
    let states = [visit(2), visit(3)];
    let mut turn = 0;
    bencher.bench_local(move || {
        turn += 1;
        drop(states.get(turn % 2).map(|state| writer.write(state).expect("room on the disk")));
    });
}

#[divan::bench]
fn score_a_visit(bencher: Bencher) {
    let visit = visit(1);
    bencher.bench_local(|| score(&QUESTIONNAIRE, black_box(&visit)));
}

#[divan::bench]
fn compare_two_visits(bencher: Bencher) {
    let (before, after) = (visit(1), visit(2));
    bencher.bench_local(|| compare(&QUESTIONNAIRE, &before, &QUESTIONNAIRE, black_box(&after), DAY));
}

#[divan::bench]
fn draw_the_next_question(bencher: Bencher) {
    let folder = TempDir::new().expect("a temporary folder");
    let hands = Hands::new(Store::at(folder.path()), DAY).forgetful();
    let mut session = Session::at_once(Model::new(Language::Fr, Theme::FULL, (80, 24), DAY), hands);
    session.start();
    for key in "nAcme".chars().map(KeyCode::Char).chain([KeyCode::Enter]) {
        session.press(KeyEvent::from(key));
    }
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("a screen in memory");
    let mut painter = Painter::default();
    bencher.bench_local(move || {
        session.press(KeyEvent::from(KeyCode::Right));
        let drawn = terminal.draw(|frame| session.draw(frame)).expect("a screen in memory");
        painter.paint(drawn.buffer, None)
    });
}

#[divan::bench(args = CLIENTS)]
fn finder_a_typed_letter(bencher: Bencher, clients: usize) {
    type_again_and_again(bencher, clients, "librairie zoe 7");
}

/// From the slip on, all names are looked at once more for each letter.
#[divan::bench(args = CLIENTS)]
fn finder_a_letter_with_a_slip(bencher: Bencher, clients: usize) {
    type_again_and_again(bencher, clients, "lirbairie tanenurs");
}

fn type_again_and_again(bencher: Bencher, clients: usize, text: &str) {
    let entries = (0..clients).map(|number| Entry {
        target: Target::Client { folder: format!("{number:06}"), last: None },
        shown: name(number),
        aside: String::new(),
        keys: vec![Folded::new(&name(number))],
    });
    let mut finder = Finder::new(entries.collect());
    let keys: Vec<Intent> = text.chars().map(Intent::Type).collect();
    let mut turn = 0;
    bencher.bench_local(move || {
        if let Some(key) = keys.get(turn) {
            finder.update(*key, 20);
            turn += 1;
        } else {
            finder.update(Intent::EraseWord, 20);
            finder.update(Intent::EraseWord, 20);
            finder.update(Intent::EraseWord, 20);
            turn = 0;
        }
    });
}

#[divan::bench(args = CLIENTS, sample_count = 5, sample_size = 1)]
fn clients_with_an_index(bencher: Bencher, clients: usize) {
    let portfolio = Portfolio::of(clients);
    let store = portfolio.store();
    // What changed a moment ago is not kept yet.
    std::thread::sleep(std::time::Duration::from_millis(60));
    store.lines(|_, _| {}).expect("a store");
    bencher.bench_local(|| store.lines(|_, _| {}).expect("a store"));
}

#[divan::bench(args = [10, 100, 1_000, 10_000], sample_count = 3, sample_size = 1)]
fn clients_for_the_first_time(bencher: Bencher, clients: usize) {
    let portfolio = Portfolio::of(clients);
    let store = portfolio.store();
    bencher
        .with_inputs(|| portfolio.forget())
        .bench_local_values(|()| store.lines(|_, _| {}).expect("a store"));
}
