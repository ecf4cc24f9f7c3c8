//! Whose data do the pictures show? A store with clients that do not exist.
//!
//! Every question is answered well until the place where a visit was left, but for what stands here.

#![allow(clippy::expect_used, reason = "made for tests and pictures: what fails shows where")]

use std::fs;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::civil::date;
use privaudit::domain::answer::Cell;
use privaudit::domain::answer::Evidence;
use privaudit::domain::answer::Row;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::capture::Capture;
use privaudit::domain::capture::CaptureLabel;
use privaudit::domain::id::QuestionId;
use privaudit::domain::id::TableId;
use privaudit::domain::questionnaire::AnswerKind;
use privaudit::domain::questionnaire::Choice;
use privaudit::domain::questionnaire::Question;
use privaudit::domain::questionnaire::Questionnaire;
use privaudit::domain::recording::Entry;
use privaudit::domain::scope::Scope;
use privaudit::storage::assessments;
use privaudit::storage::captures;
use privaudit::storage::clients::Store;
use privaudit::storage::library;
use serde::Deserialize;

/// The day of the pictures.
pub const TODAY: Date = date(2026, 11, 23);

pub const BAKERY: &str = "Boulangerie Martin";
pub const BICYCLES: &str = "Bellevue Bikes";
pub const CAMPSITE: &str = "Camping des Genêts";
pub const DENTIST: &str = "Cabinet dentaire Vasseur";
pub const BOOKSHOP: &str = "Librairie du Vieux Pont";

/// One visit of a client.
struct Visit {
    date: Date,
    express: bool,
    /// The profile, as choices by question.
    profile: &'static [(&'static str, &'static [&'static str])],
    /// What was answered less than well.
    said: &'static [(&'static str, Said)],
    /// The question at which it was left, with who is there; nothing is said about those behind it. All are
    /// answered without it.
    left_at: Option<(&'static str, &'static str)>,
    /// The rows of tables, as [`row`] reads them.
    rows: &'static [(&'static str, &'static [&'static str])],
}

/// An answer with what belongs to it.
enum Said {
    Partly(&'static str),
    No(&'static str),
    Unknown(&'static str),
    Choice(&'static str),
    Number(f64),
}

const SHOP: &[(&str, &[&str])] = &[
    ("profile.markets", &["france"]),
    ("profile.size", &["h_1_9", "t_2m"]),
    ("profile.sector", &["retail"]),
    ("profile.role", &["controller"]),
    ("profile.presence", &["site", "form", "shop"]),
    ("profile.sales", &["consumers", "terminal", "redirect"]),
    ("profile.marketing", &["email"]),
    ("profile.trackers", &["stats", "widgets", "social"]),
    ("profile.sensitive", &[]),
    ("profile.finance", &[]),
    ("profile.minors", &[]),
    ("profile.suppliers", &["s_1_5", "outside"]),
];

const SURGERY: &[(&str, &[&str])] = &[
    ("profile.markets", &["france"]),
    ("profile.size", &["h_1_9", "t_2m"]),
    ("profile.sector", &["health_care"]),
    ("profile.role", &["controller"]),
    ("profile.presence", &["site", "form"]),
    ("profile.sales", &["consumers", "terminal"]),
    ("profile.marketing", &[]),
    ("profile.trackers", &["widgets"]),
    ("profile.sensitive", &["health", "care_host"]),
    ("profile.finance", &[]),
    ("profile.minors", &[]),
    ("profile.suppliers", &["s_1_5", "eea_only"]),
];

const PROCESSING: &[&str] = &[
    "activity=Dossiers des patients|basis=legal_duty|purpose=soigner et tracer les soins|why_needed=imposé|system=Logiciel du cabinet|country=France",
    "activity=Rendez-vous en ligne|basis=contract|purpose=prendre rendez-vous|why_needed=pour rappeler|system=Agenda en ligne|country=France",
    "activity=Rappels par SMS|basis=legitimate_interest|purpose=éviter les oublis|why_needed=numéro seul|balancing_note=faite en 2025|system=Agenda en ligne|country=France",
    "activity=Feuilles de soins|basis=legal_duty|purpose=remboursement|why_needed=imposé|system=Télétransmission|country=France",
    "activity=Paie et congés|basis=legal_duty|purpose=payer les salariés|why_needed=imposé|system=Expert-comptable|country=France",
    "activity=Candidatures reçues|basis=unknown|purpose=recruter|system=Messagerie",
    "activity=Caméra de l’entrée|basis=legitimate_interest|purpose=sécurité la nuit|why_needed=deux vols|balancing_note=à faire|system=Enregistreur|country=France",
];

const SUPPLIERS: &[&str] = &[
    "name=Hébergeur du site|service=site web|role=processor|sensitive=no|contract=accepted|transfer_tool=eea",
    "name=Envoi des e-mails|service=newsletter|role=processor|sensitive=no|contract=accepted|transfer_tool=dpf",
    "name=Expert-comptable|service=paie|role=separate|sensitive=yes|contract=signed|transfer_tool=eea",
];

const ACCOUNTS: &[&str] = &[
    "system=Messagerie|exposed=yes|mfa=partly",
    "system=Boutique en ligne|exposed=yes|mfa=yes",
    "system=Logiciel de caisse|exposed=no|mfa=no",
];

const TABLES: &[(&str, &[&str])] = &[("T1", PROCESSING), ("T2", SUPPLIERS), ("T8", ACCOUNTS)];

/// Makes every client with its visits.
pub fn fill(store: &Store) {
    let whole = |date| Visit { date, express: true, profile: SHOP, said: &[], left_at: None, rows: TABLES };
    let bakery_before: &[(&str, Said)] = &[
        ("secure.backup.exists", Said::No("Le fichier des commandes n’est que sur l’ordinateur du magasin.")),
        ("secure.backup.tested", Said::Unknown("le prestataire informatique")),
        ("audit.inventory.documented", Said::Partly("Une liste sur papier, sans les durées.")),
        ("choice.embeds.click", Said::No("")),
        ("policy.current", Said::Unknown("")),
    ];
    visit(store, BAKERY, &Visit { said: bakery_before, ..whole(date(2025, 11, 20)) });
    let bakery: &[(&str, Said)] = &[
        ("secure.backup.exists", Said::Partly("Disque externe copié le soir, mais il reste branché.")),
        ("audit.inventory.documented", Said::Partly("La liste existe ; il manque le fichier de fidélité.")),
        ("audit.transfers.mapped", Said::Unknown("l’agence web")),
        ("minimise.retention.prospects", Said::Number(48.0)),
        ("secure.auth.passwords", Said::Choice("weak")),
    ];
    visit(
        store,
        BAKERY,
        &Visit { said: bakery, left_at: Some(("secure.backup.exists", "Mme Martin")), ..whole(TODAY) },
    );

    let bicycles: &[(&str, Said)] = &[
        ("audit.thirdparty.scan", Said::Partly("Only the home page was scanned.")),
        ("minimise.retention.purge_runs", Said::No("Nobody remembers a clean-up.")),
        ("secure.breach.plan", Said::No("")),
        ("policy.accuracy.true", Said::Partly("")),
        ("choice.trackers.prior", Said::No("The map of the shop and an advertising pixel load at once.")),
    ];
    let left_at = Some(("choice.trackers.prior", "the manager"));
    visit(store, BICYCLES, &Visit { said: bicycles, left_at, ..whole(TODAY) });

    let campsite: &[(&str, Said)] = &[
        ("audit.inventory.documented", Said::Partly("")),
        ("minimise.identity.copies", Said::No("Une photo de la carte d’identité est gardée à l’arrivée.")),
        ("minimise.retention.purge_runs", Said::No("")),
        ("minimise.retention.schedule", Said::Partly("")),
        ("secure.backup.tested", Said::Unknown("le prestataire informatique")),
        ("secure.access.leavers", Said::Number(30.0)),
        ("policy.accuracy.tailored", Said::Partly("")),
        ("communicate.change.notified", Said::No("")),
        ("choice.embeds.click", Said::Partly("")),
        ("complaints.deadline.tracked", Said::Partly("")),
    ];
    visit(store, CAMPSITE, &Visit { said: campsite, ..whole(TODAY) });

    let dentist: &[(&str, Said)] = &[
        ("audit.health.hds", Said::Unknown("l’éditeur du logiciel")),
        ("secure.auth.mfa", Said::Unknown("")),
        ("complaints.procedure", Said::No("")),
    ];
    visit(store, DENTIST, &Visit { profile: SURGERY, said: dentist, ..whole(date(2026, 10, 6)) });
    visit(
        store,
        DENTIST,
        &Visit { profile: SURGERY, left_at: Some(("audit.basis.documented", "Dr Vasseur")), ..whole(TODAY) },
    );

    visit(store, BOOKSHOP, &whole(date(2026, 3, 12)));
    capture(store, BOOKSHOP);
    store.create_client("Association Les Rives").expect("a client");
}

fn visit(store: &Store, name: &str, visit: &Visit) {
    let listed = library::built_in().expect("the embedded questionnaire");
    let client = store.client_or_new(name).expect("a client");
    let key = store.create_visit(&client, visit.date, &listed, visit.express, false).expect("a visit");
    let path = client.visit_path(key);
    let mut assessment = assessments::read(&path).expect("the visit just made");
    answer(&mut assessment, &listed.questionnaire, visit);
    // Neither synced nor kept beside its former state: this store lives for a moment.
    fs::write(&path, assessments::text(&assessment).expect("a visit as text"))
        .expect("a store one can write to");
}

/// What browsers saw of the client's site, in its last visit.
fn capture(store: &Store, name: &str) {
    let shots: Vec<Shot> = ron::from_str(include_str!("site.ron")).expect("captures");
    let listed = library::built_in().expect("the embedded questionnaire");
    let path = store.find(name).expect("a visit").path;
    let mut assessment = assessments::read(&path).expect("a visit");
    for Shot { label, capture } in shots {
        let summary = captures::keep(&path, &capture).expect("a store one can write to");
        assessment.captures.push(CaptureLabel { summary, ..label });
    }
    captures::observe(&path, &listed.questionnaire, &mut assessment);
    fs::write(&path, assessments::text(&assessment).expect("a visit as text"))
        .expect("a store one can write to");
}

#[derive(Debug, Deserialize)]
struct Shot {
    label: CaptureLabel,
    capture: Capture,
}

fn answer(assessment: &mut Assessment, questionnaire: &Questionnaire, visit: &Visit) {
    for (table, rows) in visit.rows {
        assessment.record_rows(
            questionnaire,
            &TableId::from(*table),
            rows.iter().map(|text| row(text)).collect(),
        );
    }
    for (place, question) in questionnaire.questions().enumerate() {
        if visit.left_at.is_some_and(|(left_at, _)| left_at == question.id.as_str()) {
            break;
        }
        if Scope::new(questionnaire, assessment).asks(question) {
            let said = visit.said.iter().find(|(id, _)| *id == question.id.as_str());
            let mut entry = said.map_or_else(
                || Entry { value: good(question, visit), ..Entry::default() },
                |(_, said)| said.entry(),
            );
            entry.evidence = Some([Evidence::Explained, Evidence::Seen, Evidence::Said][place % 3]);
            assessment.record(&question.id, entry);
        }
    }
    if let Some((question, who)) = visit.left_at {
        assessment.at = Some(QuestionId::from(question));
        // What belongs to the answer is there already; the answer itself is the scene's.
        let said = visit.said.iter().find(|(id, _)| *id == question).map(|(_, said)| said.entry());
        let beside = Entry {
            value: None,
            said_by: Some(who.to_owned()),
            evidence: Some(Evidence::Explained),
            ..said.unwrap_or_default()
        };
        assessment.record(&QuestionId::from(question), beside);
    }
}

impl Said {
    fn entry(&self) -> Entry {
        let noted = |value: Value, note: &str| Entry {
            note: Some(note.to_owned()).filter(|note| !note.is_empty()),
            ..Entry::of(value)
        };
        match self {
            Said::Partly(note) => noted(Value::Partly, note),
            Said::No(note) => noted(Value::No, note),
            Said::Unknown(who) => Entry { find_out: Some((*who).to_owned()), ..Entry::of(Value::Unknown) },
            Said::Choice(id) => Entry::of(Value::Choice((*id).into())),
            Said::Number(number) => Entry::of(Value::Number(*number)),
        }
    }
}

/// The answer that one hopes for; none where rows answer.
fn good(question: &Question, visit: &Visit) -> Option<Value> {
    if let Some((_, chosen)) = visit.profile.iter().find(|(id, _)| *id == question.id.as_str()) {
        return Some(match (&question.answer, chosen) {
            (AnswerKind::Choice(_), [choice, ..]) => Value::Choice((*choice).into()),
            (_, []) => Value::Nothing,
            (_, chosen) => Value::Choices(chosen.iter().map(|choice| (*choice).into()).collect()),
        });
    }
    let best = |choices: &[Choice]| {
        let by_degree =
            |one: &&Choice, other: &&Choice| one.degree.partial_cmp(&other.degree).expect("degrees");
        choices.iter().rev().max_by(by_degree).map(|choice| Value::Choice(choice.id.clone()))
    };
    match &question.answer {
        AnswerKind::YesPartlyNo => Some(Value::Yes),
        AnswerKind::Choice(choices) => best(choices),
        // In the profile, what it does not name is not there.
        AnswerKind::Choices { rule: None, .. } => Some(Value::Nothing),
        AnswerKind::Choices { of, .. } => {
            Some(Value::Choices(of.iter().map(|choice| choice.id.clone()).collect()))
        }
        AnswerKind::Number { bands, .. } => bands.first().map(|band| Value::Number(band.upto)),
        AnswerKind::Date { .. } => visit.date.checked_sub(2.months()).ok().map(Value::Date),
        AnswerKind::Text | AnswerKind::Table { .. } => None,
    }
}

/// `column=value|column=value`; a value that is the id of a choice is that choice.
fn row(text: &str) -> Row {
    const CHOSEN: [&str; 9] =
        ["basis", "role", "sensitive", "contract", "transfer_tool", "exposed", "mfa", "people", "source"];
    let cells = text.split('|').filter_map(|cell| cell.split_once('='));
    cells
        .map(|(column, value)| match CHOSEN.contains(&column) {
            true => (column.into(), Cell::Choice(value.into())),
            false => (column.into(), Cell::Text(value.to_owned())),
        })
        .collect()
}
