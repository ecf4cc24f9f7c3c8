//! Does the comparison on screen tell the client what changed, why the score moved, and how they came along?
//!
//! A snapshot that changed on purpose is taken over with `INSTA_UPDATE=always cargo test comparison_screen`, and read.

use std::fmt::Write;

use privaudit::domain::answer::Answer;
use privaudit::domain::answer::Evidence;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::assessment::Plan;
use privaudit::domain::assessment::Status;
use privaudit::domain::text::Language;
use privaudit::storage::assessments;
use privaudit::storage::assessments::Writer;
use privaudit::storage::clients::ClientFolder;
use privaudit::storage::clients::Store;
use privaudit::storage::library;
use privaudit::storage::library::Listed;
use privaudit::tui::effect::Outcome;
use privaudit::tui::effect::Past;
use privaudit::tui::model::Screen;
use privaudit::tui::theme::Colours;
use privaudit::tui::theme::Theme;
use tempfile::TempDir;

use crate::consultant::Consultant;
use crate::consultant::TODAY;
use crate::consultant::day;

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);
const BOTH: [Language; 2] = [Language::Fr, Language::En];

/// A question of the shop's questionnaire: its id, its title, severity, likelihood, more of it.
type Asked = (&'static str, (&'static str, &'static str), u8, u8, &'static str);

const STEPS: [(&str, (&str, &str), &[Asked]); 3] = [
    (
        "data",
        ("Les données", "The data"),
        &[
            ("data.inventory", ("Inventaire des fichiers", "Inventory of files"), 2, 3, ""),
            ("data.retention", ("Durées de conservation", "Retention periods"), 3, 3, ""),
            ("data.free_text", ("Champs libres relus", "Free text reviewed"), 2, 2, ""),
            ("data.partners", ("Partenaires nommés", "Partners named"), 3, 2, ""),
        ],
    ),
    (
        "security",
        ("La sécurité", "Security"),
        &[
            ("security.backups", ("Sauvegardes testées", "Backups tested"), 3, 3, "lowers: Severity,"),
            ("security.accounts", ("Comptes personnels", "Personal accounts"), 3, 4, ""),
            ("security.updates", ("Mises à jour suivies", "Updates followed"), 3, 3, ""),
        ],
    ),
    (
        "site",
        ("Le site", "The site"),
        &[
            (
                "site.trackers",
                ("Aucun traceur avant le choix", "No tracker before the choice"),
                3,
                4,
                "knockout: true,",
            ),
            ("site.refuse", ("Refuser aussi simple", "Refusing as easy"), 2, 4, ""),
            ("site.newsletter", ("Lettre sur accord", "Newsletter by consent"), 2, 4, ""),
        ],
    ),
];

/// A small shop's questionnaire. The second version asks about free text no more, asks about chatbots instead,
/// words one question otherwise and weighs another more.
fn questionnaire(version: &str) -> Listed {
    let folder = TempDir::new().unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let second = version != "1.0.0";
    let both = |(fr, en): (&str, &str)| format!("(fr: \"{fr}\", en: \"{en}\")");
    put(
        "questionnaire.ron",
        &format!(
            "(format: 1, id: \"shop\", version: \"{version}\", title: (fr: \"Boutique\", en: \"Shop\"), \
             legal_baseline: \"2025-01-01\", files: [\"profile.ron\", \"data.ron\", \"security.ron\", \"site.ron\"])"
        ),
    );
    put(
        "profile.ron",
        "(id: \"profile\", title: (fr: \"Profil\", en: \"Profile\"), \
          flags: [(id: \"letter\", title: (fr: \"lettre\", en: \"newsletter\"))], \
          questions: [(id: \"profile.letter\", title: (fr: \"Lettre d’information\", en: \"Newsletter\"), \
            ask: (fr: \"Envoyez-vous une lettre ?\", en: \"Do you send a newsletter?\"), \
            help: (fr: \"Une lettre.\", en: \"A letter.\"), answer: Choice([ \
              (id: \"yes\", text: (fr: \"Oui\", en: \"Yes\"), sets: [\"letter\"]), \
              (id: \"no\", text: (fr: \"Non\", en: \"No\"))]))])",
    );
    for (step, title, questions) in STEPS {
        let mut text = format!("(id: \"{step}\", title: {}, questions: [", both(title));
        let chatbots: Asked = ("data.chatbots", ("Robots de conversation", "Chatbots"), 2, 3, "");
        let added = Some(chatbots).filter(|_| second && step == "data");
        let kept = questions.iter().copied().filter(|(id, ..)| !(second && *id == "data.free_text"));
        for (id, title, severity, likelihood, more) in kept.chain(added) {
            let severity = if second && id == "security.updates" { 4 } else { severity };
            let ask = match (second, id) {
                (true, "data.partners") => {
                    ("Chaque partenaire est-il nommé par écrit ?", "Is each partner named in writing?")
                }
                (_, "data.partners") => ("Chaque partenaire est-il nommé ?", "Is each partner named?"),
                _ => ("Est-ce fait ?", "Is it done?"),
            };
            let when = if id == "site.newsletter" { "when: Flag(\"letter\")," } else { "" };
            write!(
                text,
                "(id: \"{id}\", title: {}, ask: {}, help: (fr: \"Pour savoir.\", en: \"To know.\"), \
                  look_for: (fr: \"Voir.\", en: \"Look.\"), answer: YesPartlyNo, {when} \
                  means: (yes: (fr: \"Oui.\", en: \"Yes.\"), partly: (fr: \"Un peu.\", en: \"A bit.\"), no: (fr: \"Non.\", en: \"No.\")), \
                  risk: (severity: {severity}, likelihood: {likelihood}, {more}), \
                  remedy: (text: (fr: \"Le faire.\", en: \"Do it.\"), effort: Small, owner: (fr: \"Gérant\", en: \"Manager\"))),",
                both(title),
                both(ask),
            )
            .unwrap();
        }
        text.push_str("])");
        put(&format!("{step}.ron"), &text);
    }
    library::from_folder(folder.path()).unwrap_or_else(|error| panic!("{error:?}"))
}

/// A visit that starts from the last one, and what was changed in it.
fn visit(
    store: &Store,
    client: &ClientFolder,
    date: &str,
    listed: &Listed,
    edit: impl FnOnce(&mut Assessment),
) {
    let key = store.create_visit(client, day(date), listed, false, false).unwrap();
    let path = client.visit_path(key);
    let mut assessment = assessments::read(&path).unwrap();
    edit(&mut assessment);
    Writer::new(&path).unwrap().write(&assessment).unwrap();
}

fn answered(assessment: &mut Assessment, id: &str, value: Value, with: impl FnOnce(&mut Answer)) {
    assessment.edit(&id.into(), |answer| {
        answer.value = Some(value);
        answer.carried = None;
        with(answer);
    });
}

fn first(visit: &mut Assessment) {
    answered(visit, "profile.letter", Value::Choice("no".into()), |_| {});
    answered(visit, "data.inventory", Value::Partly, |answer| answer.evidence = Some(Evidence::Seen));
    answered(visit, "data.retention", Value::No, |_| {});
    answered(visit, "data.free_text", Value::Yes, |_| {});
    answered(visit, "data.partners", Value::No, |_| {});
    answered(visit, "security.backups", Value::No, |answer| {
        answer.note = "Jamais essayé, le disque est dans le tiroir.".into();
    });
    answered(visit, "security.accounts", Value::Partly, |_| {});
    answered(visit, "security.updates", Value::Yes, |answer| answer.evidence = Some(Evidence::Tested));
    answered(visit, "site.trackers", Value::No, |_| {});
    answered(visit, "site.refuse", Value::Yes, |_| {});
    let plan = Plan { owner: "Paul".into(), due: Some(day("2026-03-01")), ..Plan::default() };
    visit.actions.insert("data.retention".into(), plan);
}

/// Half of it is mended; the knock-out is not, and its cap holds the score where it was.
fn second(visit: &mut Assessment) {
    answered(visit, "data.inventory", Value::Yes, |_| {});
    answered(visit, "data.partners", Value::Yes, |_| {});
    answered(visit, "security.accounts", Value::Yes, |_| {});
    answered(visit, "security.backups", Value::Partly, |answer| {
        answer.note = "Essayé en juin, le disque est au coffre.".into();
    });
    visit.actions.insert("security.backups".into(), Plan { status: Status::Done, ..Plan::default() });
}

/// The cap goes, the profile and the questionnaire changed, one answer is worse, one is not known any more.
fn third(visit: &mut Assessment) {
    answered(visit, "profile.letter", Value::Choice("yes".into()), |_| {});
    answered(visit, "site.trackers", Value::Yes, |answer| answer.evidence = Some(Evidence::Tested));
    answered(visit, "site.newsletter", Value::Partly, |_| {});
    answered(visit, "site.refuse", Value::No, |_| {});
    answered(visit, "data.chatbots", Value::Yes, |_| {});
    answered(visit, "security.backups", Value::Partly, |_| {});
    answered(visit, "security.accounts", Value::Unknown, |_| {});
}

/// Three visits of a shop, of which the last is open on its first question.
fn shop(language: Language) -> Consultant {
    let consultant = Consultant::arrives(language);
    let store = consultant.store();
    let client = store.create_client("Boutique Lune").unwrap();
    visit(&store, &client, "2025-03-04", &questionnaire("1.0.0"), first);
    visit(&store, &client, "2025-09-12", &questionnaire("1.0.0"), second);
    visit(&store, &client, TODAY, &questionnaire("1.1.0"), third);
    let mut consultant = consultant.returns_on(TODAY);
    consultant.keys("<Enter>");
    consultant
}

/// The client's visits as their files have them.
fn history(consultant: &Consultant, client: &str) -> Vec<Past> {
    let store = consultant.store();
    let client = store.client(client).unwrap();
    let past = |key| {
        let read = store.visit(&client.visit_path(key)).unwrap();
        Past {
            reference: client.reference(key),
            assessment: read.assessment,
            questionnaire: read.questionnaire,
            taken: Vec::new(),
        }
    };
    client.visits().unwrap().into_iter().map(past).collect()
}

/// The keys from the interview to each page.
const PAGES: [(&str, &str); 3] = [
    ("comparison_summary", "c"),
    ("comparison_changes", "c <Tab>"),
    ("comparison_timeline", "c <Tab> <Tab>"),
];

#[test]
fn the_three_pages_look_as_they_did() {
    let more = [
        ("comparison_summary_end", "c <End>"),
        ("comparison_changes_note", "c b 3 n 2 f <Down> <Down>"),
        ("comparison_changes_reworded", "c <Tab> <Down> <Down>"),
        ("comparison_history", "c <Tab> f <Enter>"),
        ("comparison_chooser", "c b"),
    ];
    for (name, keys) in PAGES.into_iter().chain(more) {
        let mut text = String::new();
        for language in BOTH {
            let mut at = shop(language);
            at.keys(keys);
            for size in [SMALL, LARGE] {
                let (columns, rows) = size;
                writeln!(text, "=== {} {columns}×{rows}\n{}", language.code(), at.resizes(size).screen())
                    .unwrap();
            }
        }
        insta::assert_snapshot!(name, text);
    }
}

#[test]
fn colours_and_marks_are_as_they_were() {
    let mut text = String::new();
    for (name, keys) in PAGES {
        let mut at = shop(Language::Fr);
        at.keys(keys);
        writeln!(text, "=== {name}\n{}", at.styles()).unwrap();
        at.session.model.theme = Theme { colours: Colours::None, unicode: false, letters: true };
        writeln!(text, "=== {name}, ASCII\n{}", at.screen()).unwrap();
    }
    insta::assert_snapshot!(text);
}

#[test]
fn tab_goes_round_and_the_way_back_is_the_way_in() {
    let mut at = shop(Language::En);
    for (keys, page) in
        [("c", "why the score moved"), ("<Tab>", "all 10"), ("<Tab>", "3 visits"), ("<Tab>", "has a capture")]
    {
        let screen = at.keys(keys).screen();
        assert!(screen.to_lowercase().contains(page), "after {keys}: {page} is missing\n{screen}");
    }
    let summary = at.keys("<Tab>").screen();
    assert_eq!(at.keys("<S-Tab> <S-Tab> <S-Tab> <S-Tab>").screen(), summary);
    assert_eq!(at.keys("q").session.model.screen, Screen::Interview);
    at.keys("r c <Esc>");
    assert_eq!(at.session.model.screen, Screen::Result);
}

/// The titles that the list of changes shows, by their lines' marks.
fn listed(at: &Consultant) -> Vec<String> {
    let rows = at.rows();
    let end = rows.iter().skip(4).position(|row| row.starts_with("──") || row.trim().is_empty());
    let rows = rows.iter().skip(4).take(end.unwrap_or(0));
    rows.map(|row| row.chars().skip(1).take(35).collect::<String>().trim().to_owned()).collect()
}

#[test]
fn filters_leave_what_they_say_and_come_round() {
    let mut at = shop(Language::En);
    let all = listed(at.keys("c <Tab> <Home>"));
    let mut seen = Vec::new();
    for mark in ["▲", "▼", "+", "−", "~"] {
        let shown = listed(at.keys("f"));
        assert!(!shown.is_empty() && shown.iter().all(|row| row.starts_with(mark)), "{mark}: {shown:?}");
        seen.extend(shown);
    }
    seen.sort();
    let mut sorted = all.clone();
    sorted.sort();
    assert_eq!(seen, sorted, "each change is in one kind");
    assert_eq!(listed(at.keys("f")), all, "the sixth time all are back");
    let mut by_step = Vec::new();
    for step in ["Profile", "1 The data", "2 Security", "3 The site"] {
        by_step.extend(listed(at.keys("s")));
        let heading = at.rows().get(1).cloned().unwrap();
        assert!(heading.contains(step), "{heading}");
    }
    by_step.sort();
    assert_eq!(by_step, sorted, "each change is in one step");
    assert_eq!(listed(at.keys("s")), all);
}

#[test]
fn enter_opens_the_history_and_then_the_question() {
    let mut at = shop(Language::En);
    let screen = at.keys("c <Tab> f <Enter>").screen();
    for said in
        ["From visit to visit", "4 Mar 2025", "12 Sep 2025", "23 Nov 2026", "No tracker before the choice"]
    {
        assert!(screen.contains(said), "{said} is missing\n{screen}");
    }
    at.keys("<Enter>");
    assert_eq!((at.session.model.screen, at.here().as_str()), (Screen::Interview, "site.trackers"));
    // From the summary too: what improved most is the same question.
    let mut at = shop(Language::En);
    at.keys("c");
    let screen = (0..40).find_map(|_| {
        let screen = at.keys("<Down>").screen();
        let row = screen.lines().find(|row| row.starts_with('▸'));
        row.is_some_and(|row| row.contains("No tracker before the choice")).then_some(())
    });
    assert!(screen.is_some(), "the pointer never came to it");
    at.keys("<Enter> <Enter>");
    assert_eq!(at.here(), "site.trackers");
}

#[test]
fn any_two_visits_can_be_chosen_and_stay_in_their_order() {
    let mut at = shop(Language::En);
    let between = |at: &Consultant| at.rows().get(1).cloned().unwrap();
    assert!(
        between(at.keys("c")).contains("12 Sep 2025 → n 23 Nov 2026"),
        "the visit before, and the open one"
    );
    // The latest stands first in the list.
    assert!(between(at.keys("b 3")).contains("4 Mar 2025 → n 23 Nov 2026"));
    assert!(between(at.keys("n 2")).contains("4 Mar 2025 → n 12 Sep 2025"));
    assert!(
        between(at.keys("b 1")).contains("12 Sep 2025 → n 23 Nov 2026"),
        "the earlier one is always before"
    );
    at.keys("n 2");
    assert!(at.screen().contains("The same visit on both sides"), "{}", at.screen());
    // Left and opened again, the choice is the same.
    at.keys("b 3");
    let chosen = between(&at);
    assert_eq!(between(at.keys("q c")), chosen);
}

#[test]
fn the_open_visit_counts_as_it_is_now_whatever_its_file_says() {
    let mut at = shop(Language::En);
    let old = history(&at, "Boutique Lune");
    at.keys("c <Tab>");
    assert!(!at.screen().contains("Backups tested"), "{}", at.screen());
    at.keys("q").finds("security.backups").keys("n c");
    assert!(at.screen().contains("Backups tested"), "{}", at.screen());
    // A file read before the answer was written changes nothing.
    at.session.receive(Outcome::History { visits: old, lost: Vec::new() });
    assert!(at.screen().contains("Backups tested"), "{}", at.screen());
}

#[test]
fn with_one_visit_the_next_one_is_announced() {
    for language in BOTH {
        let mut at = Consultant::begins(language);
        let said = language
            .pick("La prochaine partira de ces réponses", "The next one will start from these answers");
        for keys in ["c", "<Tab>", "<Tab>", "f", "s", "b", "n", "<Enter>", "<Down>"] {
            let screen = at.keys(keys).screen();
            assert!(screen.contains(said), "after {keys}\n{screen}");
        }
    }
}

#[test]
fn nothing_of_one_client_is_seen_with_another() {
    let mut at = shop(Language::En);
    at.keys("c q q n").types("Atelier Soleil").keys("<Enter>");
    at.session.model.screen = Screen::Comparison;
    let screen = at.screen();
    assert!(screen.contains("Atelier Soleil") && screen.contains("Reading"), "{screen}");
    at.keys("<Tab> <Down> <Enter> f s b");
    assert!(at.session.model.layers.is_empty());
    assert!(!at.screen().contains("2025"), "{}", at.screen());
}

#[test]
fn without_a_score_the_intervals_are_told() {
    let consultant = Consultant::arrives(Language::En);
    let store = consultant.store();
    let client = store.create_client("Boutique Lune").unwrap();
    let listed = questionnaire("1.0.0");
    visit(&store, &client, "2025-03-04", &listed, |visit| {
        answered(visit, "site.trackers", Value::No, |_| {});
    });
    visit(&store, &client, TODAY, &listed, |visit| {
        first(visit);
        answered(visit, "site.trackers", Value::Yes, |_| {});
    });
    let mut at = consultant.returns_on(TODAY);
    let screen = at.keys("<Enter> c").resizes(LARGE).screen();
    assert!(screen.contains("The visit of 4 Mar 2025 has no score"), "{screen}");
    assert!(screen.contains("The score was between 0 and 39, it is D 43."), "{screen}");
    assert!(screen.contains("It is better, whatever the open points turn out to be."), "{screen}");
    assert!(!screen.contains("Why the score moved"), "{screen}");
}

#[test]
fn at_no_size_anything_breaks() {
    for language in BOTH {
        for (_, keys) in PAGES {
            let mut at = shop(language);
            at.keys(keys);
            for columns in [1, 2, 5, 11, 12, 13, 15, 20, 27, 40, 57, 60, 69, 72, 80, 100, 250] {
                for rows in (1..9).chain([12, 24, 60]) {
                    at.resizes((columns, rows));
                    at.keys("<End>").draw();
                    at.keys("<Home> <PgDn>").draw();
                }
            }
        }
    }
}

#[test]
fn french_has_its_own_spaces_before_its_marks() {
    for (_, keys) in PAGES {
        let mut at = shop(Language::Fr);
        at.keys(keys).resizes((200, 120));
        // Not the last row: there "?" is a key.
        let rows = at.rows();
        let screen = rows.split_last().map(|(_, above)| above.join("\n")).unwrap();
        for mark in [" ?", " !", " ;", " :", " »", "« "] {
            assert!(!screen.contains(mark), "an ordinary space in {mark:?}\n{screen}");
        }
    }
}

/// Visits by the questionnaire that the program ships, each a little better than the last.
fn many_visits(count: usize, language: Language) -> Consultant {
    let consultant = Consultant::arrives(language);
    let store = consultant.store();
    let client = store.create_client("Boutique Lune").unwrap();
    let listed = library::built_in().unwrap();
    for number in 0..count {
        let date = format!("{}-0{}-01", 2020 + number / 4, number % 4 + 1);
        visit(&store, &client, &date, &listed, |assessment| {
            for (index, question) in listed.questionnaire.questions().enumerate() {
                let value = if index % count <= number { Value::Yes } else { Value::Partly };
                if value.fits(question).is_ok() {
                    answered(assessment, question.id.as_str(), value, |_| {});
                }
            }
        });
    }
    let mut consultant = consultant.returns_on(TODAY);
    consultant.keys("<Enter>");
    consultant
}

#[test]
fn all_seven_steps_and_the_chosen_visit_are_seen_on_a_small_terminal() {
    for language in BOTH {
        let mut at = many_visits(10, language);
        at.keys("c <Tab> <Tab>");
        for keys in ["<Home>", "<Down>", "<Down> <Down> <Down>", "<End>", "<Up>"] {
            let screen = at.keys(keys).screen();
            for step in 1..=7 {
                assert!(screen.lines().any(|row| row.starts_with(&format!(" {step} "))), "{step}\n{screen}");
            }
            for band in ["A 85–100", "B 70–84", "C 55–69", "D 40–54", "E 0–39"] {
                assert!(screen.contains(band), "{band}\n{screen}");
            }
        }
        let first = at.keys("<Home>").screen();
        assert!(first.contains(language.pick("01/01/2020", "1 Jan 2020")), "{first}");
        let last = at.keys("<End>").screen();
        assert!(last.contains(language.pick("01/02/2022", "1 Feb 2022")), "{last}");
    }
}
