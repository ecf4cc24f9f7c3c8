//! Does the finder find what is meant? Names of businesses and questions, as hurried people type them.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::sync::Arc;

use jiff::civil::date;
use privaudit::domain::text::Language;
use privaudit::domain::text::fold;
use privaudit::storage::portfolio::line::Line;
use privaudit::tui::effect::Outcome;
use privaudit::tui::intent::Intent;
use privaudit::tui::model::Layer;
use privaudit::tui::screens::finder::Entry;
use privaudit::tui::screens::finder::Finder;
use privaudit::tui::screens::finder::Target;
use privaudit::tui::widgets::fuzzy::Folded;
use privaudit::tui::widgets::fuzzy::Kind;
use privaudit::tui::widgets::fuzzy::Query;

use crate::cases;
use crate::consultant::Consultant;

/// Trades and names of which a portfolio of small French businesses is made here, each with each.
const TRADES: [&str; 24] = [
    "Boulangerie",
    "Pâtisserie",
    "Cabinet dentaire",
    "Kinésithérapie",
    "Ostéopathe",
    "Garage",
    "Librairie",
    "Fleuriste",
    "Institut de beauté",
    "Salon de coiffure",
    "Auto-école",
    "Agence immobilière",
    "Plomberie",
    "Menuiserie",
    "Opticien",
    "Pharmacie",
    "Crêperie",
    "Hôtel",
    "Camping",
    "Comité des fêtes",
    "Cave coopérative",
    "Étude notariale",
    "Gîte",
    "Mairie",
];
const NAMES: [&str; 24] = [
    "Martin",
    "Lefèvre",
    "de l’Œuvre",
    "Saint-Exupéry",
    "du Vieux Port",
    "Garcia & Fils",
    "Nguyen",
    "des Tilleuls",
    "L’Étoile",
    "Kerguélen",
    "Belle-Île",
    "d’Aujourd’hui",
    "Le Goff",
    "Ben Salah",
    "Rousseau",
    "Château-Thierry",
    "des Trois Fontaines",
    "Zoé",
    "Durand",
    "Mézières",
    "Côte d’Opale",
    "Dupont",
    "Val de Loire",
    "Îlot Vert",
];

/// What is typed, and the name that is meant.
const CLIENTS: &[(&str, &str)] = &[
    // As it is written, or a part of it.
    ("boulangerie martin", "Boulangerie Martin"),
    ("martin boul", "Boulangerie Martin"),
    ("boul mart", "Boulangerie Martin"),
    ("creperie kerguelen", "Crêperie Kerguélen"),
    ("oeuvre garage", "Garage de l’Œuvre"),
    ("kine goff", "Kinésithérapie Le Goff"),
    ("auto ecole zoe", "Auto-école Zoé"),
    ("gite ilot", "Gîte Îlot Vert"),
    ("etude notariale chateau", "Étude notariale Château-Thierry"),
    ("hotel st exupery", "Hôtel Saint-Exupéry"),
    ("cave opale", "Cave coopérative Côte d’Opale"),
    ("comite fetes tilleuls", "Comité des fêtes des Tilleuls"),
    // A letter too few.
    ("boulagerie martin", "Boulangerie Martin"),
    ("pharmaci nguyen", "Pharmacie Nguyen"),
    ("libraire rousseau", "Librairie Rousseau"),
    ("menuisrie durand", "Menuiserie Durand"),
    ("fleurste zoe", "Fleuriste Zoé"),
    ("osteopate dupont", "Ostéopathe Dupont"),
    // Two letters the wrong way round.
    ("boulnagerie martin", "Boulangerie Martin"),
    ("pharamcie nguyen", "Pharmacie Nguyen"),
    ("garaeg lefevre", "Garage Lefèvre"),
    ("opticein ben salah", "Opticien Ben Salah"),
    ("camipng belle ile", "Camping Belle-Île"),
    ("palomberie garcia", "Plomberie Garcia & Fils"),
    // A wrong letter, or one too much.
    ("boulengerie martin", "Boulangerie Martin"),
    ("patisserie mezieres", "Pâtisserie Mézières"),
    ("patissserie mezieres", "Pâtisserie Mézières"),
    ("mairrie val de loire", "Mairie Val de Loire"),
    ("coifure fontaines", "Salon de coiffure des Trois Fontaines"),
    ("coifffure fontaines", "Salon de coiffure des Trois Fontaines"),
    ("garage lefebvre", "Garage Lefèvre"),
    ("agence imobiliere etoile", "Agence immobilière L’Étoile"),
    ("agemce immobiliere etoile", "Agence immobilière L’Étoile"),
    ("fluriste aujourdhui", "Fleuriste d’Aujourd’hui"),
];

/// What is typed in French, in English, and the question that is meant by both.
const QUESTIONS: &[(&str, &str, &str)] = &[
    ("registre traitement", "record processing", "audit.inventory.documented"),
    ("rgistre des traitements", "recrod of processing", "audit.inventory.documented"),
    ("base legal", "legal bassis", "audit.basis.documented"),
    ("contrat sous traitant", "contract processor", "audit.processors.contracts"),
    ("transfert eee", "transfers eea", "audit.transfers.mapped"),
    ("aipd", "dpia", "audit.dpia.screened"),
    ("hds", "hds", "audit.health.hds"),
    ("analyse impact", "impact assesment", "audit.dpia.screened"),
    ("desinscription", "unsubscribing", "choice.marketing.unsubscribe"),
    ("desincription effective", "unsuscribing works", "choice.marketing.unsubscribe"),
    ("pas accptation forcee", "forced acceptence", "choice.trackers.no_wall"),
    ("sauvegrade rotation", "bakcups rotation", "minimise.retention.backups"),
    ("double autentification", "two fator", "secure.auth.mfa"),
    ("regle mot de passe", "password rule", "secure.auth.passwords"),
    ("wifi", "wifi", "secure.network"),
    ("cv candidats", "applicants cv", "minimise.retention.candidates"),
    ("depart acces", "departure acces", "secure.access.leavers"),
    ("mediateur", "mediator", "complaints.mediator"),
    ("medaiteur consomation", "meditaor", "complaints.mediator"),
    ("contenu clic", "embedded demand", "choice.embeds.click"),
];

fn typed(mut finder: Finder, text: &str) -> Finder {
    for letter in text.chars() {
        finder.update(Intent::Type(letter), 20);
    }
    finder
}

#[test]
fn a_client_typed_in_a_hurry_is_the_first_that_is_found() {
    let entries = TRADES.iter().flat_map(|trade| NAMES.iter().map(move |name| format!("{trade} {name}")));
    let finder = Finder::new(entries.map(|name| client(&name)).collect());
    let mut missed = String::new();
    for (text, meant) in CLIENTS {
        let finder = typed(finder.clone(), text);
        let first = finder.found().next().map(|entry| entry.shown.as_str());
        if first != Some(*meant) {
            writeln!(missed, "{text}: {first:?}").unwrap();
        }
    }
    assert!(missed.is_empty(), "{missed}");
}

#[test]
fn a_question_typed_in_a_hurry_is_the_first_that_is_found() {
    for language in [Language::Fr, Language::En] {
        let mut at = Consultant::begins(language);
        let mut missed = String::new();
        for (fr, en, meant) in QUESTIONS {
            let text = language.pick(fr, en);
            at.keys("/").types(text).keys("<Enter>");
            if at.here() != *meant {
                writeln!(missed, "{text}: {}", at.here()).unwrap();
            }
        }
        assert!(missed.is_empty(), "{missed}");
    }
}

/// A word typed, the keys of an entry, and how they match.
const KINDS: &[(&str, &[&str], Option<Kind>)] = &[
    ("l’étoile", &["L’Étoile"], Some(Kind::Name)),
    ("secure.auth.mfa", &["Double authentification", "secure.auth.mfa"], Some(Kind::Name)),
    ("mfa", &["Double authentification", "secure.auth.mfa"], Some(Kind::Word)),
    ("etoile", &["L’Étoile"], Some(Kind::Word)),
    ("ecole zoe", &["Auto-école Zoé"], Some(Kind::Word)),
    ("eco zoe", &["Auto-école Zoé"], Some(Kind::Beginning)),
    ("cole zoe", &["Auto-école Zoé"], Some(Kind::Inside)),
    ("mfa double", &["Double authentification", "secure.auth.mfa"], Some(Kind::Spread)),
    // A letter too much, too few, a wrong one, two the wrong way round; a space and a hyphen are letters here.
    ("crepperie", &["Crêperie"], Some(Kind::Slip)),
    ("creprie", &["Crêperie"], Some(Kind::Slip)),
    ("crererie", &["Crêperie"], Some(Kind::Slip)),
    ("cerperie", &["Crêperie"], Some(Kind::Slip)),
    ("rceperie", &["Crêperie"], Some(Kind::Slip)),
    ("creperiedesiles", &["Crêperie des Îles"], Some(Kind::TwoSlips)),
    ("autoecole", &["Auto-école"], Some(Kind::Slip)),
    ("lefebvre", &["Lefèvre"], Some(Kind::Slip)),
    ("massonnerie", &["Maçonnerie"], Some(Kind::TwoSlips)),
    ("mfa duoble", &["Double authentification", "secure.auth.mfa"], Some(Kind::Slip)),
    ("bltins", &["Boulangerie des Tilleuls"], None),
    ("hotel st exupery", &["Hôtel Saint-Exupéry"], Some(Kind::Scattered)),
    ("cokes", &["Comité des fêtes", "Kiosque"], None),
    // In a short word a slip is another word, and a sentence has letters in every order.
    ("mfo", &["mfa"], None),
    ("mtdl", &["Nom", "id", "Mettez-vous à temps des délais"], None),
    ("delais", &["Nom", "id", "Question", "Mettez-vous à temps des délais"], Some(Kind::Spread)),
    ("traceur", &["Rubrique traceurs complète"], Some(Kind::Word)),
    ("traceur", &["Tracker section complete"], Some(Kind::TwoSlips)),
    ("dalais", &["Nom", "id", "Question", "Mettez-vous à temps des délais"], None),
];

#[test]
fn every_kind_of_match_is_told_from_the_others() {
    for (typed, keys, kind) in KINDS {
        let keys: Vec<Folded> = keys.iter().map(|key| Folded::new(key)).collect();
        let query = Query::new(typed);
        let found = query.exact(&keys).or_else(|| query.loose(&keys));
        assert_eq!(found.map(|found| found.kind), *kind, "{typed}");
    }
}

/// What is shown of what is found, best first.
fn found(entries: Vec<Entry>, text: &str) -> Vec<String> {
    typed(Finder::new(entries), text).found().map(|entry| entry.shown.clone()).collect()
}

fn client(name: &str) -> Entry {
    Entry {
        target: Target::Client { folder: name.to_owned(), last: None },
        aside: String::new(),
        keys: vec![Folded::new(name)],
        shown: name.to_owned(),
    }
}

#[test]
fn what_is_shown_is_marked_where_it_is_meant() {
    let cases = [
        ("oeuvre", "Garage de l’Œuvre", Kind::Word, "Œuvre"),
        ("lefebvre", "Garage Lefèvre", Kind::Slip, "Lefèvre"),
        ("garaeg", "Garage Lefèvre", Kind::Slip, "Garage"),
        ("st", "Hôtel Saint-Exupéry", Kind::Scattered, "St"),
        // It is exact somewhere else: letters that happen to be here are not what is meant.
        ("st", "Hôtel Saint-Exupéry", Kind::Word, ""),
    ];
    for (typed, shown, kind, expected) in cases {
        let places = Query::new(typed).places(shown, kind);
        let marked: String = places.iter().filter_map(|place| shown.chars().nth(*place)).collect();
        assert_eq!(marked, expected, "{typed}");
    }
}

#[test]
fn what_is_exact_comes_before_slips_and_these_before_scattered_letters() {
    let names = [
        "Marc Tinville",
        "Garage Marten",
        "Saintmartin",
        "Chez Martinez",
        "Chez Martin",
        "Martin",
        "Boulangerie Dupont",
    ];
    let clients = names.iter().map(|name| client(name)).collect();
    let expected =
        ["Martin", "Chez Martin", "Chez Martinez", "Saintmartin", "Garage Marten", "Marc Tinville"];
    assert_eq!(found(clients, "martin"), expected);
}

#[test]
fn slips_are_forgiven_although_something_matches_by_chance() {
    let mut names: Vec<String> = NAMES.iter().map(|name| format!("Crêperie {name}")).collect();
    names.push("Crème et papier peint réunis".to_owned());
    let found = found(names.iter().map(|name| client(name)).collect(), "crepperie");
    assert_eq!(found.get(..NAMES.len()), names.get(..NAMES.len()));
}

/// What is typed with a slip, the trade and the owner that are meant.
fn slips() -> Vec<[String; 3]> {
    let text = fs::read_to_string(cases::folder().join("finder/slips.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            <[String; 3]>::try_from(line.split(" | ").map(str::to_owned).collect::<Vec<_>>()).unwrap()
        })
        .collect()
}

/// Every trade of the cases with every owner.
fn businesses() -> Vec<String> {
    let cases = slips();
    let of = |place: usize| cases.iter().map(|case| case[place].clone()).collect::<BTreeSet<String>>();
    let (trades, owners) = (of(1), of(2));
    let names = trades.iter().flat_map(|trade| owners.iter().map(move |owner| format!("{trade} {owner}")));
    names.collect()
}

#[test]
fn names_with_a_slip_are_found_first() {
    let cases = slips();
    let finder = Finder::new(businesses().iter().map(|name| client(name)).collect());
    let mut missed = String::new();
    for case in &cases {
        let finder = typed(finder.clone(), &case[0]);
        let first = finder.found().next().map(|entry| entry.shown.clone()).unwrap_or_default();
        if first != format!("{} {}", case[1], case[2]) {
            writeln!(missed, "{}: {first}", case[0]).unwrap();
        }
    }
    assert!(cases.len() >= 60 && missed.lines().count() <= 2, "{missed}");
}

#[test]
fn what_is_found_keeps_its_order_while_typing() {
    let names = TRADES.iter().flat_map(|trade| NAMES.iter().map(move |name| format!("{trade} {name}")));
    let mut finder = Finder::new(names.map(|name| client(&name)).collect());
    let mut before: Vec<String> = Vec::new();
    let mut first = true;
    for letter in "boulangerie viux".chars() {
        finder.update(Intent::Type(letter), 20);
        let now: Vec<String> = finder.found().map(|entry| entry.shown.clone()).collect();
        let stayed: Vec<&String> = before.iter().filter(|name| now.contains(name)).collect();
        let order: Vec<&String> = now.iter().filter(|name| before.contains(name)).collect();
        // A word begun may put what has it before what has not.
        if !first && letter != ' ' {
            assert_eq!(stayed, order, "at {letter}");
        }
        first = letter == ' ';
        before = now;
    }
}

#[test]
fn what_is_found_by_its_name_with_a_slip_and_by_its_text_without_is_told_once() {
    let entry =
        |name: &str, text: &str| Entry { keys: vec![Folded::new(name), Folded::new(text)], ..client(name) };
    let entries =
        vec![entry("Tracker section complete", "Rubrique traceurs"), entry("Procedures", "traceur")];
    assert_eq!(found(entries, "traceur"), ["Procedures", "Tracker section complete"]);
}

/// In an interview, with many clients in the list.
fn among_many(language: Language) -> Consultant {
    let mut at = Consultant::begins(language);
    let names = businesses().into_iter().chain(["Auto-école Olivier Sœurs".to_owned()]);
    let lines = names.map(|name| {
        Arc::new(Line {
            folder: name.clone(),
            key: fold(&name),
            name,
            keep_until: None,
            archived: None,
            visits: 1,
            last: Some(date(2026, 3, 5)),
            standing: None,
            before: None,
            error: None,
        })
    });
    let lines = lines.collect();
    at.session.receive(Outcome::ClientsRead { lines, done: 1 });
    at
}

#[test]
fn in_an_interview_what_is_in_the_questions_is_not_lost_among_the_clients() {
    let cases = [
        (Language::Fr, "cookies", ""),
        (Language::Fr, "mfa", "secure.auth.mfa"),
        (Language::Fr, "enfants", ""),
        (Language::Fr, "numero de carte", "minimise.payment"),
        (Language::En, "children", ""),
        (Language::En, "seal", ""),
        (Language::En, "employee", ""),
    ];
    for (language, typed, expected) in cases {
        let mut at = among_many(language);
        at.keys("/").types(typed);
        let Some(Layer::Finder(finder)) = at.session.model.layers.last() else { panic!("no finder") };
        let found: Vec<&Target> = finder.found().map(|entry| &entry.target).collect();
        let Some(Target::Question(first)) = found.first() else { panic!("{typed}: {:?}", found.first()) };
        assert!(first.as_str().starts_with(expected), "{typed}: {first}");
        let screen = at.screen();
        at.keys("<Enter>");
        assert_eq!(at.visit().assessment().client, "Boulangerie Martin", "{typed}\n{screen}");
    }
}

#[test]
fn a_client_that_is_found_in_an_interview_says_that_it_is_one() {
    let mut at = among_many(Language::Fr);
    let screen = at.keys("/").types("soeurs olivier").screen();
    assert!(screen.contains("Auto-école Olivier Sœurs  client, visite du 05/03/2026"), "{screen}");
    let mut at = among_many(Language::En);
    let screen = at.keys("/").types("soeurs olivier").screen();
    assert!(screen.contains("Auto-école Olivier Sœurs  client, visit of 5 Mar 2026"), "{screen}");
}
