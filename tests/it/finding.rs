//! Does the finder find what is meant? Names of businesses and questions, as hurried people type them.

use std::fmt::Write;

use privaudit::domain::text::Language;
use privaudit::tui::intent::Intent;
use privaudit::tui::screens::finder::Entry;
use privaudit::tui::screens::finder::Finder;
use privaudit::tui::screens::finder::Target;
use privaudit::tui::widgets::fuzzy::Folded;

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
    let entries = entries.map(|name| Entry {
        target: Target::Client { folder: name.clone() },
        aside: String::new(),
        keys: vec![Folded::new(&name)],
        shown: name,
    });
    let finder = Finder::new(entries.collect());
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

#[test]
fn what_is_found_by_its_name_with_a_slip_and_by_its_text_without_is_told_once() {
    let entry = |name: &str, text: &str| Entry {
        target: Target::Client { folder: name.to_owned() },
        aside: String::new(),
        keys: vec![Folded::new(name), Folded::new(text)],
        shown: name.to_owned(),
    };
    let entries =
        vec![entry("Tracker section complete", "Rubrique traceurs"), entry("Procedures", "traceur")];
    let finder = typed(Finder::new(entries), "traceur");
    let names: Vec<&str> = finder.found().map(|entry| entry.shown.as_str()).collect();
    assert_eq!(names, ["Tracker section complete", "Procedures"]);
}
