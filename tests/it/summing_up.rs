//! What do clients have in common? On the screen and in the shell: counts, means, and nobody ranked.

use jiff::civil::Date;
use jiff::civil::date;
use privaudit::cli::demo::Demo;
use privaudit::domain::answer::Answer;
use privaudit::domain::answer::Value;
use privaudit::domain::text::Language;
use privaudit::storage::assessments;
use privaudit::storage::clients::Store;
use privaudit::storage::library;
use privaudit::tui::effect::Effect;
use privaudit::tui::effect::Outcome;
use privaudit::tui::effect::Work;
use privaudit::tui::intent::Intent;
use privaudit::tui::model::Screen;
use privaudit::tui::perform::Hands;
use privaudit::tui::update;

use crate::cli::driver::Done;
use crate::cli::driver::User;
use crate::consultant::Consultant;
use crate::consultant::TODAY;

const DEVICES: &str = "secure.devices";
const NETWORK: &str = "secure.network";

/// A client, the day of the visit, and what was answered to two questions.
type Visited = (&'static str, Date, [Option<Value>; 2]);

fn three() -> [Visited; 3] {
    [
        ("Zoé", date(2026, 11, 2), [Some(Value::No), None]),
        ("Acme", date(2025, 3, 1), [Some(Value::Partly), Some(Value::No)]),
        ("Café", date(2026, 7, 14), [Some(Value::Yes), Some(Value::Yes)]),
    ]
}

fn keep(store: &Store, visited: &[Visited]) {
    for (name, day, answers) in visited {
        let client = store.create_client(name).unwrap();
        let visit = store.create_visit(&client, *day, &library::built_in().unwrap(), false, false).unwrap();
        let path = client.visit_path(visit);
        let mut assessment = assessments::read(&path).unwrap();
        for (question, value) in [DEVICES, NETWORK].into_iter().zip(answers) {
            let answer = Answer { value: value.clone(), ..Answer::default() };
            if value.is_some() {
                assessment.answers.insert(question.into(), answer);
            }
        }
        std::fs::write(&path, assessments::text(&assessment).unwrap()).unwrap();
    }
}

/// In front of the list of three clients.
fn office(language: Language) -> Consultant {
    let at = Consultant::arrives(language);
    keep(&at.store(), &three());
    at.returns_on(TODAY)
}

#[test]
fn the_clients_shown_are_summed_up_and_a_question_leads_to_who_missed_it() {
    let mut at = office(Language::En);
    let screen = at.keys("m").screen();
    for expected in [
        "all clients",
        "3 clients, last visits from 1 Mar 2025 to 2 Nov 2026",
        "2 of 3",
        "1 of 2",
        "no score",
    ] {
        assert!(screen.contains(expected), "{expected} is not on:\n{screen}");
    }
    assert!(screen.contains("do not all have the same profile"), "one did not answer:\n{screen}");
    assert!(!screen.contains("Acme"), "nobody is named, nobody is ranked:\n{screen}");
    let screen = at.keys("<Enter>").screen();
    let (acme, zoe) = (screen.find("Acme"), screen.find("Zoé"));
    assert!(acme.is_some() && acme < zoe && !screen.contains("Café"), "by name:\n{screen}");
    at.keys("<Down> <Enter>");
    assert_eq!(at.visit().assessment().client, "Zoé");
    at.keys("q");
    assert_eq!(at.session.model.screen, Screen::Clients);
}

#[test]
fn only_the_clients_that_the_filter_shows_are_summed_up() {
    let at = office(Language::Fr);
    let store = at.store();
    store.archive(&store.client("acme").unwrap(), Some(date(2026, 1, 1))).unwrap();
    let mut at = at.returns_on(TODAY);
    assert!(at.keys("m").screen().contains("2 clients, dernières visites du 14/07/2026 au 02/11/2026"));
    let screen = at.keys("<Esc> f f f f m").screen();
    assert!(screen.contains("archivés") && screen.contains("1 client, visite du 01/03/2025"), "{screen}");
    assert!(screen.contains("1 sur 1"), "{screen}");
    let screen = at.keys("q f f m").screen();
    assert!(screen.contains("aucune visite à résumer ici"), "nobody is overdue:\n{screen}");
    assert_eq!(at.session.model.screen, Screen::Clients);
}

#[test]
fn a_summary_being_read_tells_how_far_it_is_and_is_given_up_with_escape() {
    let mut at = office(Language::Fr);
    let model = &mut at.session.model;
    let effects = update::update(model, Intent::ShowSummary);
    let [Effect::SumUp { folders, run }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(folders, &["acme", "cafe", "zoe"]);
    let run = *run;
    update::receive(model, Outcome::SummingUp { run, done: 64, total: 400 });
    let screen = at.screen();
    assert!(screen.contains("64 / 400") && screen.contains("arrêter"), "{screen}");
    let model = &mut at.session.model;
    assert_eq!(update::update(model, Intent::Back), [Effect::GiveUp(Work::SummingUp)]);
    assert_eq!(model.screen, Screen::Clients);
    // What was on its way, of another summary, is not taken for this one.
    update::update(model, Intent::ShowSummary);
    update::receive(model, Outcome::SummedUp { run, sum: Box::default() });
    assert!(at.screen().contains("0 / 3"), "{}", at.screen());
}

#[test]
fn the_visits_are_read_between_other_effects() {
    let at = office(Language::Fr);
    let mut hands = Hands::new(at.store(), date(2026, 11, 23)).forgetful();
    let folders: Vec<String> = (0..100).map(|number| format!("nobody-{number}")).collect();
    let mut outcomes = Vec::new();
    hands.perform(Effect::SumUp { folders: folders.clone(), run: 1 }, &mut |one| outcomes.push(one));
    assert!(hands.is_reading() && outcomes.is_empty(), "{outcomes:?}");
    hands.read_on(&mut |one| outcomes.push(one));
    assert!(matches!(outcomes.as_slice(), [Outcome::SummingUp { run: 1, total: 100, .. }]), "{outcomes:?}");
    hands.perform(Effect::GiveUp(Work::SummingUp), &mut |one| outcomes.push(one));
    assert!(!hands.is_reading() && outcomes.len() == 1, "{outcomes:?}");
    hands.perform(Effect::SumUp { folders, run: 2 }, &mut |_| {});
    while hands.is_reading() {
        hands.read_on(&mut |one| outcomes.push(one));
    }
    let Some(Outcome::SummedUp { run: 2, sum }) = outcomes.last() else { panic!("{outcomes:?}") };
    assert_eq!((sum.summary.visits, sum.errors.len()), (0, 100), "what cannot be read is told");
}

#[test]
fn it_comes_to_the_same_in_however_many_portions() {
    let at = Consultant::arrives(Language::En);
    let names = ["A", "B", "C", "D", "E", "F", "G", "H", "I"];
    let answers = [Value::No, Value::Yes, Value::Partly];
    let visited: Vec<Visited> = (0..9)
        .map(|place| {
            let day = date(2026, 1, i8::try_from(place).unwrap() + 1);
            (names[place], day, [Some(answers[place % 3].clone()), (place % 2 == 0).then_some(Value::No)])
        })
        .collect();
    keep(&at.store(), &visited);
    let folders: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let sum = |portion: usize| {
        let mut summing = at.store().sum_up(folders.iter().chain(&folders).cloned().collect());
        assert_eq!(summing.total(), 9, "who is named twice counts once");
        while summing.go_on(portion) {}
        summing.end()
    };
    let one_by_one = sum(1);
    assert_eq!(one_by_one.summary.dates, Some((date(2026, 1, 1), date(2026, 1, 9))));
    for portion in [2, 4, 5, 100] {
        assert_eq!(sum(portion), one_by_one, "in portions of {portion}");
    }
    let missed = one_by_one.summary.most_missed();
    let by = |id: &str| missed.iter().find(|(other, _)| other.as_str() == id).unwrap().1.missed_by.clone();
    assert_eq!((by(DEVICES), by(NETWORK)), (vec![0, 2, 3, 5, 6, 8], vec![0, 2, 4, 6, 8]));
}

#[test]
fn the_shell_sums_up_those_who_are_archived_and_says_when_there_is_nobody() {
    let user = User::new();
    let none = user.ok(&["clients", "--summary"]);
    assert_eq!(none.trim(), "No client, no visit to sum up.");
    assert_eq!(
        user.ok(&["--lang", "fr", "clients", "--summary"]).trim(),
        "Aucun client, aucune visite à résumer."
    );
    keep(&Store::at(user.store()), &three());
    user.ok(&["client", "acme", "--archive"]);
    let all = user.ok(&["clients", "--summary"]);
    assert!(all.starts_with("2 clients, the last visit of each, from 2026-07-14 to 2026-11-02\n"), "{all}");
    let archived = user.ok(&["clients", "--summary", "--archived"]);
    assert!(archived.starts_with("1 client, the last visit, of 2025-03-01\n"), "{archived}");
    let twice = user.json(&["clients", "--summary", "--json", "zoé", "zoe", "Zoé"]);
    assert_eq!((&twice["clients"], &twice["from"]), (&1.into(), &"2026-11-02".into()));
    let json = user.json(&["clients", "--archived", "--json"]);
    assert_eq!((json.as_array().unwrap().len(), &json[0]["client"]), (1, &"Acme".into()));
    user.run(&["clients", "--summary", "--archived", "acme"]).wrong_syntax();
}

#[test]
fn the_shell_marks_visits_that_are_due_and_where_a_score_went() {
    let user = User::new();
    let store = Store::at(user.store());
    keep(&store, &[("Old", date(2020, 3, 1), [Some(Value::No), None])]);
    let text = user.ok(&["clients"]);
    let old = text.lines().find(|line| line.starts_with("Old")).unwrap();
    assert!(old.contains("2020-03-01 !"), "{text}");
    assert!(text.contains("\n!: visit due, the last was a year ago or more\n"), "{text}");
    let json = user.json(&["clients", "--json"]);
    assert_eq!(json[0]["visit_due"], true);
    user.ok(&["client", "old", "--archive"]);
    assert_eq!(user.json(&["clients", "--json"])[0]["visit_due"], false);
    let demo = Demo::make_in(user.home.path(), date(2026, 11, 23)).unwrap();
    let text = Done::of(user.command(&["clients"]).env("PRIVAUDIT_STORE", demo.path()).output().unwrap()).out;
    let risen = Store::at(demo.path()).lines(|_, _| {}).unwrap();
    let risen: Vec<&str> = risen
        .iter()
        .filter(|line| line.trend() == Some(std::cmp::Ordering::Greater))
        .map(|line| line.name.as_str())
        .collect();
    let marked = text.lines().filter(|line| line.contains(" ↑"));
    assert!(!risen.is_empty() && marked.count() == risen.len(), "{risen:?}\n{text}");
}
