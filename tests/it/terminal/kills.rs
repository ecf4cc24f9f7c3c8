//! Killed at any moment, is each answer that the screen called saved in the file, and does the file load?

use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::time::Duration;

use crossterm::event::KeyCode;
use crossterm::event::KeyEvent;
use jiff::civil::date;
use privaudit::domain::answer::Answer;
use privaudit::domain::id::QuestionId;
use privaudit::domain::questionnaire::AnswerKind;
use privaudit::domain::text::Language;
use privaudit::storage::assessments;
use privaudit::storage::clients::Store;
use privaudit::storage::library::BUILT_IN;
use privaudit::tui::Session;
use privaudit::tui::effect::Effect;
use privaudit::tui::effect::Outcome;
use privaudit::tui::model::Model;
use privaudit::tui::perform::Hands;
use privaudit::tui::theme::Theme;
use privaudit::tui::update;
use ratatui::Terminal as Drawn;
use ratatui::backend::TestBackend;
use rustix::process::Signal;
use tempfile::TempDir;

use super::CLIENT;
use super::Desk;

const DATE: &str = "2026-11-23";

#[test]
fn killed_at_any_moment_what_was_called_saved_is_there() {
    kill_rounds(25);
}

/// `cargo test --test it killed_two_hundred -- --ignored`
#[test]
#[ignore = "takes minutes; the shorter one runs always"]
fn killed_two_hundred_times_what_was_called_saved_is_there() {
    kill_rounds(200);
}

/// Where a visit can be after so many keys.
#[derive(Debug)]
struct State {
    /// The line that says how far each step is.
    progress: String,
    answers: BTreeMap<QuestionId, Answer>,
}

/// Keys that answer, and what they come to.
#[derive(Debug)]
struct Course {
    keys: Vec<char>,
    /// One more than the keys: the first is before them.
    states: Vec<State>,
}

fn kill_rounds(rounds: u64) {
    let seed = std::hash::RandomState::new().hash_one(());
    let mut chance = Chance(seed | 1);
    let course = course(&mut chance);
    let mut called_saved = 0;
    for round in 0..rounds {
        let at = format!("round {round} of seed {seed}");
        called_saved += kill_round(&course, &mut chance, &at);
    }
    // Without this the rounds would prove nothing.
    assert!(called_saved > rounds, "only {called_saved} answers were called saved; seed {seed}");
}

/// Types answers until it is killed; returns how many answers the screen had called saved.
fn kill_round(course: &Course, chance: &mut Chance, at: &str) -> u64 {
    let desk = Desk::new();
    let mut terminal = desk.setup(&["open", CLIENT, "--new", "--on", DATE]).start();
    let mut claimed = None;
    let moment = chance.below(5);
    if moment == 0 {
        // While it starts.
        terminal.read(Duration::from_micros(chance.below(400_000)));
    } else {
        terminal.see("✓ saved");
        let count = usize::try_from(1 + chance.below(course.keys.len() as u64)).unwrap();
        for key in course.keys.iter().take(count) {
            terminal.press(key.to_string());
            terminal.read(Duration::from_micros(chance.below(15_000)));
            claimed = claimed.max(claim(course, terminal.screen()));
        }
        if moment < 3 {
            // At the very moment in which the last answer is called saved.
            let last = course.states.iter().position(|state| state.progress == course.states[count].progress);
            terminal.wait("the last answer saved", |screen| claim(course, screen) >= last);
        }
    }
    terminal.signal(Signal::KILL);
    assert_eq!(terminal.end().signal, Some(9), "{at}");
    let claimed = claimed.max(claim(course, terminal.screen()));

    let visits = match desk.store().client(CLIENT) {
        Ok(client) => client.visits().unwrap().into_iter().map(|visit| client.visit_path(visit)).collect(),
        Err(error) => {
            assert_eq!(claimed, None, "{at}: {error:?}");
            Vec::new()
        }
    };
    for path in &visits {
        let visit = assessments::read(path).unwrap_or_else(|error| panic!("{at}: {error:?}"));
        let known = course.states.iter().rposition(|state| state.answers == visit.answers);
        assert!(known.is_some(), "{at}: the file holds what was never typed");
        assert!(known >= claimed, "{at}: {claimed:?} keys were called saved, {known:?} are in the file");
    }
    assert!(claimed.is_none() || !visits.is_empty(), "{at}: no file");
    claimed.map_or(0, |claimed| course.states[claimed].answers.len() as u64)
}

/// After how many keys the visit is that the screen calls saved. A frame may be half there: its first line, which
/// says so, comes first.
fn claim(course: &Course, screen: &vt100::Screen) -> Option<usize> {
    let mut rows = screen.rows(0, 80);
    let saved = rows.next().is_some_and(|title| title.contains("✓ saved"));
    let progress = rows.next()?;
    let state = course.states.iter().position(|state| state.progress == progress.trim_end());
    state.filter(|_| saved)
}

/// Answers at random, in a session without a terminal.
fn course(chance: &mut Chance) -> Course {
    let folder = TempDir::new().unwrap();
    let store = Store::at(folder.path());
    let today = date(2026, 11, 23);
    let client = store.create_client(CLIENT).unwrap();
    let listed = store.library().find(BUILT_IN).unwrap();
    store.create_visit(&client, today, &listed, false, false).unwrap();
    let mut model = Model::new(Language::En, Theme::FULL, (80, 24), today);
    let mut hands = Hands::new(store, today).forgetful();
    hands.perform(Effect::OpenClient { folder: client.folder }, &mut |outcome| {
        assert!(matches!(outcome, Outcome::Opened(_)), "{outcome:?}");
        update::receive(&mut model, outcome);
    });
    let mut session = Session::at_once(model, hands);
    let mut course = Course { keys: Vec::new(), states: vec![state(&session)] };
    for _ in 0..60 {
        let visit = session.model.visit.as_ref().unwrap();
        let key = match visit.question().unwrap().answer {
            AnswerKind::YesPartlyNo => ['y', 'p', 'n'][usize::try_from(chance.below(3)).unwrap()],
            AnswerKind::Choices { .. } => '0',
            AnswerKind::Choice(_) => '1',
            _ => 'j',
        };
        session.press(KeyEvent::from(KeyCode::Char(key)));
        course.keys.push(key);
        course.states.push(state(&session));
    }
    course
}

fn state(session: &Session) -> State {
    let mut drawn = Drawn::new(TestBackend::new(80, 24)).unwrap();
    drawn.draw(|frame| session.draw(frame)).unwrap();
    let buffer = drawn.backend().buffer();
    let progress: String = (0..80).map(|column| buffer[(column, 1)].symbol()).collect();
    let answers = session.model.visit.as_ref().unwrap().assessment().answers.clone();
    State { progress: progress.trim_end().to_owned(), answers }
}

/// Numbers nobody can foresee, and that a seed brings back (xorshift, Marsaglia 2003).
#[derive(Debug)]
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound.max(1)
    }
}
