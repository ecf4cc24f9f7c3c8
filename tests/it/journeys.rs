//! Does a visit go as it should? Whole stretches of work in keys, then the screen and the file.

use std::sync::OnceLock;

use privaudit::domain::answer::Cell;
use privaudit::domain::answer::Evidence;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::assessment::State;
use privaudit::domain::id::QuestionId;
use privaudit::domain::scoring;
use privaudit::domain::scoring::Counted;
use privaudit::domain::text::Language;
use privaudit::storage::clients::Store;
use privaudit::tui::effect::Opened;
use privaudit::tui::effect::Outcome;
use privaudit::tui::model::Screen;
use privaudit::tui::perform::Hands;
use privaudit::tui::widgets::fuzzy::Folded;
use privaudit::tui::widgets::fuzzy::Kind;
use privaudit::tui::widgets::fuzzy::Query;
use proptest::prelude::*;

use crate::consultant::Consultant;
use crate::consultant::TODAY;
use crate::consultant::day;
use crate::consultant::keys;

const PRIOR: &str = "choice.trackers.prior";
const LEAD: &str = "audit.lead.named";
const DEVICES: &str = "secure.devices";

/// What the visit holds, wherever one stands in it.
fn held(consultant: &Consultant) -> Assessment {
    Assessment { at: None, ..consultant.visit().assessment().clone() }
}

/// What its file holds.
fn written(consultant: &Consultant) -> Assessment {
    Assessment { at: None, ..consultant.on_disk() }
}

#[test]
fn a_whole_visit_from_the_first_key_to_a_saved_result() {
    let mut at = Consultant::begins(Language::Fr);
    assert_eq!(at.here(), "profile.markets");
    at.answers_all(|place| place % 2);
    assert_eq!(at.notice(), "dernière question · résultat (r)");
    at.keys("j");
    assert!(at.notice().contains("c’est la fin"), "{}", at.notice());
    let score = &at.visit().score;
    let overall = score.overall.figures.score.expect("everything is answered");
    assert!((score.overall.figures.coverage - 1.0).abs() < 1e-9);
    let shown = format!("{}", scoring::shown(overall));
    assert!(at.keys("r").screen().contains(&format!(" {shown} ")), "{shown}\n{}", at.screen());
    assert_eq!(held(&at), written(&at));
    at.keys("q q");
    assert!(at.session.model.visit.is_none());
    let row = at.rows().into_iter().find(|row| row.contains("Boulangerie Martin")).unwrap();
    assert!(row.contains(&shown) && row.contains("100\u{a0}%"), "{row}");
    at.keys("q");
    assert!(at.session.model.quitting);
}

#[test]
fn a_visit_goes_on_where_it_was_left() {
    let mut at = Consultant::begins(Language::En);
    at.finds(LEAD).keys("2 j j").keys("q");
    let mut at = at.returns_on("2026-11-24");
    at.keys("<Enter>");
    assert_eq!(at.answer(LEAD).value, Some(Value::Choice("lead".into())));
    let left = at.here();
    at.finds(LEAD).keys("j j j");
    assert_eq!(at.here(), left);
}

#[test]
fn a_program_that_is_killed_has_every_answer_and_goes_on_behind_the_last() {
    let mut at = Consultant::begins(Language::Fr);
    at.finds(PRIOR).keys("n");
    let next = at.here();
    at.keys("e").types("carte non cliquée").keys("<Esc>");
    let mut at = at.returns_on(TODAY);
    at.keys("<Enter>");
    assert_eq!(at.here(), next);
    assert_eq!(
        (at.answer(PRIOR).value, at.answer(&next).note),
        (Some(Value::No), "carte non cliquée".into())
    );
}

#[test]
fn each_answer_is_on_disk_when_the_screen_says_so() {
    let mut at = Consultant::begins(Language::Fr);
    for _ in 0..30 {
        at.answers(1);
        assert!(at.screen().contains("✓ enregistré"), "{}", at.screen());
        assert_eq!(held(&at), written(&at));
    }
}

#[test]
fn the_next_visit_starts_from_the_last_and_enter_confirms() {
    let mut at = Consultant::begins(Language::Fr);
    at.finds(PRIOR).keys("n k e").types("bandeau absent").keys("<Esc> v 3 f q");
    let mut at = at.returns_on("2027-11-23");
    at.keys("N").finds(PRIOR);
    let carried = at.answer(PRIOR);
    assert_eq!((carried.value, carried.carried, carried.flagged), (Some(Value::No), Some(day(TODAY)), false));
    let screen = at.screen();
    assert!(screen.contains("Le 23/11/2026\u{a0}: non") && screen.contains("Entrée confirme"), "{screen}");
    at.keys("<Enter>");
    assert_ne!(at.here(), PRIOR);
    let confirmed = at.answer(PRIOR);
    assert_eq!((confirmed.value, confirmed.carried), (Some(Value::No), None));
    assert_eq!((confirmed.evidence, confirmed.evidence_on), (Some(Evidence::Seen), Some(day(TODAY))));
    at.keys("u");
    assert_eq!((at.here(), at.answer(PRIOR).carried), (PRIOR.to_owned(), Some(day(TODAY))));
    at.keys("o");
    assert_eq!((at.answer(PRIOR).evidence, at.answer(PRIOR).carried), (None, None));
    assert_eq!(at.files("Boulangerie Martin").len(), 2);
}

#[test]
fn behind_the_last_question_it_is_said_what_is_left() {
    let mut at = Consultant::begins(Language::En);
    let last = at.visit().asked.last().unwrap().clone();
    at.finds(last.as_str()).answers(0);
    let unanswered = at.visit().asked.len() - 1;
    assert_eq!(at.notice(), format!("the last question · unanswered: {unanswered} · result (r)"));
    assert_eq!(at.here(), last.as_str());
    at.keys("f").answers(1);
    assert_eq!(
        at.notice(),
        format!("the last question · unanswered: {unanswered} · open points (F): 1 · result (r)")
    );
}

#[test]
fn what_the_last_visit_left_open_comes_first_and_any_move_goes_on_in_order() {
    let mut at = Consultant::begins(Language::Fr);
    at.finds(PRIOR).keys("n").finds(DEVICES).keys("d <Esc> q");
    let mut at = at.returns_on("2027-11-23");
    at.keys("N");
    assert_eq!(at.here(), DEVICES);
    assert!(at.screen().contains("resté ouvert") && at.screen().contains("1 sur 2"), "{}", at.screen());
    at.keys("<Enter>");
    assert_eq!(at.here(), PRIOR);
    assert!(at.screen().contains("2 sur 2"), "{}", at.screen());
    at.keys("k");
    assert_ne!(at.here(), PRIOR);
    assert!(!at.screen().contains("resté ouvert"), "{}", at.screen());
    at.keys("F <Enter>");
    assert_eq!(at.here(), PRIOR);
    assert!(at.screen().contains("2 sur 2"), "{}", at.screen());
    at.keys("o");
    assert_eq!(at.visit().place(), 0);
    assert!(!at.screen().contains("resté ouvert"), "{}", at.screen());
}

#[test]
fn what_is_to_confirm_says_what_is_to_be_done_and_what_it_rests_on() {
    let mut at = Consultant::begins(Language::En);
    at.finds("complaints.owner")
        .keys("y k v 4")
        .finds("policy.exists")
        .keys("n")
        .finds(DEVICES)
        .keys("d <Esc> q");
    let mut at = at.returns_on("2027-12-24");
    at.keys("N F");
    let screen = at.screen();
    let place = |what: &str| screen.lines().position(|line| line.contains(what)).expect(what);
    let (unknown, action) = (place("not known, to confirm"), place("to confirm, action open"));
    let lapsed = place("to confirm, evidence lapsed");
    assert!(unknown < action && action < lapsed, "{screen}");
    at.keys("<Esc>").finds("complaints.owner");
    assert!(at.screen().contains("tested (lapsed)"), "{}", at.screen());
}

#[test]
fn a_step_of_the_next_visit_is_done_once_everything_in_it_is_confirmed() {
    let mut at = Consultant::begins(Language::Fr);
    at.answers_all(|_| 0);
    let mut at = at.returns_on("2027-11-23");
    at.keys("N").keys(&"<S-Tab>".repeat(7)).keys("<Home>");
    let steps = |at: &Consultant| at.rows()[1].clone();
    assert!(!steps(&at).contains('✓'), "{}", steps(&at));
    let (_, profile) = at.visit().progress().next().unwrap();
    assert_eq!((profile.answered, profile.carried), (15, 15));
    at.keys(&"<Enter>".repeat(15));
    assert!(steps(&at).contains("P ✓") && steps(&at).contains('↻'), "{}", steps(&at));
}

#[test]
fn the_language_changes_in_place() {
    let mut at = Consultant::begins(Language::Fr);
    at.finds(DEVICES).keys("e").types("« portables »").keys("<Esc>");
    let french = at.screen();
    let english = at.keys("L").screen();
    assert_eq!(at.here(), DEVICES);
    assert!(french.contains(" o  oui") && english.contains(" y  yes"), "{english}");
    assert!(english.contains("«\u{a0}portables\u{a0}»"));
    assert_eq!(at.keys("L").screen(), french);
    for opens in ["t", "v", "?", "F", "m"] {
        let french = at.keys(opens).screen();
        assert_ne!(at.keys("L").screen(), french, "{opens}");
        assert_eq!(at.keys("L").screen(), french, "{opens}");
        at.keys("<Esc>");
    }
}

#[test]
fn a_hidden_answer_stays_in_the_file_and_comes_back() {
    let mut at = Consultant::begins(Language::Fr);
    at.finds(PRIOR).keys("p");
    at.finds("profile.trackers").keys("0");
    at.finds("profile.presence").keys("0");
    at.keys("/").types(PRIOR).keys("<Enter>");
    assert_ne!(at.here(), PRIOR);
    assert!(at.notice().contains("n’est pas posée"), "{}", at.notice());
    assert_eq!(at.on_disk().answers[&QuestionId::new(PRIOR)].value, Some(Value::Partly));
    at.keys("u u").finds(PRIOR);
    assert!(at.screen().contains("▸ p"), "{}", at.screen());
}

#[test]
fn it_is_told_what_an_answer_of_the_profile_adds_and_takes_away() {
    for (language, less, more) in [(Language::Fr, "−", "question"), (Language::En, "−", "question")] {
        let mut at = Consultant::begins(language);
        let before = at.visit().asked.len();
        at.finds("profile.monitoring").keys("0");
        let gone = before - at.visit().asked.len();
        assert!(gone > 0 && at.notice().starts_with(&format!("{less}{gone} {more}")), "{}", at.notice());
        at.keys("u");
        assert!(at.notice().starts_with(&format!("+{gone} {more}")), "{}", at.notice());
        at.keys("j");
        assert_eq!(at.notice(), "");
    }
}

#[test]
fn of_many_questions_three_are_named_and_the_others_counted() {
    for (language, others) in [(Language::Fr, "et {} autres"), (Language::En, "and {} others")] {
        let mut at = Consultant::begins(language);
        let before = at.visit().asked.len();
        at.finds("profile.presence").keys("0");
        let gone = before - at.visit().asked.len();
        assert!(gone > 4, "{gone}");
        let others = others.replace("{}", &(gone - 3).to_string());
        assert!(at.notice().trim_end().ends_with(&others), "{}", at.notice());
    }
}

#[test]
fn a_number_takes_only_what_a_number_is_made_of() {
    let mut at = Consultant::begins(Language::Fr);
    // On a French keyboard the dash is where the 6 is.
    at.finds("minimise.retention.prospects").keys("3 n x o d ? 6 , -");
    assert!(at.screen().contains("36,6 mois"), "{}", at.screen());
    at.keys("<BS> <BS> <Enter>");
    assert_eq!(at.answer("minimise.retention.prospects").value, Some(Value::Number(36.0)));
}

#[test]
fn not_known_is_recorded_at_once_and_asks_who_will_find_out() {
    let mut at = Consultant::begins(Language::Fr);
    at.finds(LEAD).keys("d");
    assert_eq!(written(&at).answers[&QuestionId::new(LEAD)].value, Some(Value::Unknown));
    assert_eq!(at.here(), LEAD);
    at.types("Ana").keys("<Tab>").types("1/12").keys("<Esc>");
    assert!(at.screen().contains("n’est pas une date"), "{}", at.screen());
    at.types("/26").keys("<Esc>");
    let answer = at.answer(LEAD);
    assert_eq!((answer.follow_up.who.as_str(), answer.follow_up.by), ("Ana", Some(day("2026-12-01"))));
    assert_ne!(at.here(), LEAD, "on to the next question");
    at.keys("k d <Esc>");
    assert_eq!(at.answer(LEAD).follow_up, answer.follow_up, "what is known of it stays");
}

#[test]
fn what_is_no_date_never_takes_the_place_of_one_that_stood_there() {
    let mut at = Consultant::begins(Language::Fr);
    let until = |at: &Consultant| at.answer(LEAD).follow_up.by;
    at.finds(LEAD).keys("d").types("Ana").keys("<Tab>").types("1/12/26").keys("<Esc>");
    // A date is typed anew, not on at the end of the one that stands there.
    at.keys("k d <Tab>").types("15/01/2027").keys("<Esc>");
    assert_eq!(until(&at), Some(day("2027-01-15")));
    // What is there can be mended all the same.
    at.keys("k d <Tab> <Left> <Del>").types("8").keys("<Esc>");
    assert_eq!(until(&at), Some(day("2028-01-15")));
    for elsewhere in ["", "<S-Tab>"] {
        at.keys("k d <Tab>").types("demain").keys(elsewhere).keys("<Esc>");
        assert!(at.screen().contains("15/01/2028 reste"), "{}", at.screen());
        at.keys("<Esc>");
        assert_eq!(until(&at), Some(day("2028-01-15")), "{elsewhere}");
    }
    // What is emptied is meant to be empty.
    at.keys("k d <Tab>").keys(&"<BS> ".repeat(10)).keys("<Esc>");
    assert_eq!(until(&at), None);
}

#[test]
fn a_profile_fact_without_a_reason_takes_no_question_away() {
    let mut at = Consultant::begins(Language::Fr);
    let asked = |at: &Consultant| {
        let score = at.visit().score.clone();
        score.questions.iter().filter(|question| question.state != Counted::NotAsked).count()
    };
    let all = asked(&at);
    at.finds("profile.presence").keys("x <Esc>");
    assert_eq!(asked(&at), all);
    at.finds("profile.presence").keys("x").types("aucune présence en ligne").keys("<Esc>");
    assert!(asked(&at) < all);
}

#[test]
fn not_applicable_counts_with_its_reason_and_for_a_knock_out_with_a_second_person() {
    let mut at = Consultant::begins(Language::Fr);
    let state = |at: &Consultant, id: &str| at.visit().state(&QuestionId::new(id));
    at.finds(DEVICES).keys("x");
    assert_eq!(state(&at, DEVICES), Some(State::Unanswered));
    at.types("aucun appareil").keys("<Esc>");
    assert_eq!(
        (state(&at, DEVICES), at.answer(DEVICES).reason.as_str()),
        (Some(State::NotApplicable), "aucun appareil")
    );
    at.finds(PRIOR).keys("x").types("pas de site").keys("<Enter> <Enter>");
    assert_eq!(state(&at, PRIOR), Some(State::Unanswered));
    assert!(at.finds(PRIOR).screen().contains("il manque la personne qui confirme"), "{}", at.screen());
    at.keys("x <Tab>").types("M. Martin").keys("<Enter>");
    assert_eq!(state(&at, PRIOR), Some(State::NotApplicable));
    assert_eq!(at.answer(PRIOR).reason, "pas de site");
}

#[test]
fn going_on_without_a_tick_is_said_to_be_no_answer() {
    let mut at = Consultant::begins(Language::Fr);
    let several = "profile.presence";
    at.finds(several).keys("<Enter>");
    assert_ne!(at.here(), several);
    assert!(at.notice().contains("reste sans réponse (0"), "{}", at.notice());
    at.finds(several).keys("1 <Enter>");
    assert!(!at.notice().contains("sans réponse"), "{}", at.notice());
}

#[test]
fn enter_and_space_choose_nothing_that_is_not_seen_to_be_chosen() {
    let mut at = Consultant::begins(Language::Fr);
    at.finds(LEAD).keys("<Enter>");
    assert_ne!(at.here(), LEAD, "Enter goes on");
    at.finds(LEAD).keys("<Space>");
    assert_eq!(at.notice(), "un chiffre choisit la réponse");
    assert_eq!(at.answer(LEAD).value, None);
}

#[test]
fn what_was_typed_as_a_reason_is_offered_for_the_next_one_and_never_taken_unasked() {
    let mut at = Consultant::begins(Language::En);
    at.finds(DEVICES).keys("x").types("works alone").keys("<Enter>");
    at.finds(LEAD).keys("x <Enter>");
    assert_eq!(at.answer(LEAD).reason, "", "an empty field stays empty");
    at.finds(LEAD).keys("x");
    assert!(at.screen().contains("↑ works alone"), "{}", at.screen());
    at.keys("<Up>").types(" too").keys("<Enter>");
    assert_eq!(at.answer(LEAD).reason, "works alone too");
    at.finds(PRIOR).keys("x <Up> <Enter>").types("M. Martin").keys("<Enter>");
    assert_eq!(
        (at.answer(PRIOR).reason.as_str(), at.answer(PRIOR).agreed_by.as_str()),
        ("works alone too", "M. Martin")
    );
}

#[test]
fn a_line_of_a_table_asks_first_for_what_counts_and_a_new_one_is_selected() {
    let mut at = Consultant::begins(Language::Fr);
    let places = "audit.storage.locations";
    at.finds(places).keys("<Enter> a").types("Paie").keys("<Enter>");
    at.types("Logiciel").keys("<Enter>").types("France").keys("<Esc>");
    let degree = at.visit().score.question(&QuestionId::new(places)).and_then(|scored| scored.degree);
    assert_eq!(degree, Some(1.0));
    at.keys("a").types("Adhésions").keys("<Esc>");
    assert!(at.screen().contains("▸Adhésions"), "{}", at.screen());
}

#[test]
fn the_unshifted_top_row_of_a_french_keyboard_gives_digits() {
    let mut at = Consultant::begins(Language::Fr);
    at.finds(LEAD).keys("é");
    assert_eq!(at.answer(LEAD).value, Some(Value::Choice("lead".into())));
    at.finds("profile.markets").keys("& \" à");
    assert_eq!(at.answer("profile.markets").value, Some(Value::Nothing));
    let prospects = "minimise.retention.prospects";
    at.finds(prospects).keys("( <BS> \" - <Enter>");
    assert_eq!(at.answer(prospects).value, Some(Value::Number(36.0)));
    let row: Vec<_> = "&é\"'(-è_çà".chars().map(privaudit::tui::keymap::digit).collect();
    assert_eq!(row, [1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map(Some));
    at.finds("secure.backup.tested").types("1-11-2026").keys("<Enter>");
    assert_eq!(at.answer("secure.backup.tested").value, Some(Value::Date(day("2026-11-01"))));
}

#[test]
fn dates_take_every_usual_form_and_nothing_that_is_no_date() {
    for typed in ["1/2/2026", "01.02.2026", "1 2 26", "2026-02-01", "02/2026", "2026-02"] {
        let mut at = Consultant::begins(Language::Fr);
        at.finds("secure.backup.tested").types(typed).keys("<Enter>");
        let value = at.answer("secure.backup.tested").value;
        assert_eq!(value, Some(Value::Date(day("2026-02-01"))), "{typed}");
    }
}

#[test]
fn what_is_flagged_or_open_is_found_again() {
    let mut at = Consultant::begins(Language::Fr);
    at.finds(DEVICES).keys("f");
    at.finds(LEAD).keys("d <Esc>").finds(PRIOR).keys("x <Esc>");
    at.keys("F");
    let screen = at.screen();
    for why in ["à revoir", "ne sait pas", "réponse incomplète"] {
        assert!(screen.contains(why), "{screen}");
    }
    at.keys("2");
    assert_eq!(at.here(), DEVICES);
    at.keys("f F");
    assert!(!at.screen().contains("à revoir"), "{}", at.screen());
}

#[test]
fn the_finder_sees_through_accents_case_ligatures_and_word_order() {
    let cases = [
        ("refuser traceur", "choice.trackers.refuse_easy", false),
        ("chifr", "secure.encryption", false),
        ("ORDINATEURS telephones", DEVICES, true),
        ("telephones ordinateurs", DEVICES, true),
        ("trackers.prior", PRIOR, true),
    ];
    for (typed, question, first) in cases {
        let mut at = Consultant::begins(Language::Fr);
        at.keys("/").types(typed);
        let screen = at.screen();
        if first {
            assert_eq!(at.keys("<Enter>").here(), question, "{typed}\n{screen}");
        } else {
            assert!(!screen.contains("Rien ne correspond"), "{typed}\n{screen}");
        }
    }
}

#[test]
fn a_match_needs_every_word_and_no_order() {
    let text = "Remise du dossier\u{a0}: mise en Œuvre";
    let keys = [Folded::new(text)];
    for typed in ["remise oeuvre", "œuvre REMISE", "dossier", "Dossïer"] {
        assert!(Query::new(typed).exact(&keys).is_some(), "{typed}");
    }
    for typed in ["remise ouvrage", "zzz", "remise oeuvre traceur"] {
        let query = Query::new(typed);
        assert_eq!(query.exact(&keys).or(query.loose(&keys)), None, "{typed}");
    }
    let positions = Query::new("oeuvre").places(text, Kind::Word);
    let letters: String = positions.iter().filter_map(|at| text.chars().nth(*at)).collect();
    assert_eq!(letters, "Œuvre");
}

#[test]
fn the_finder_goes_to_clients_and_carries_out_commands() {
    let mut at = Consultant::begins(Language::Fr);
    at.keys("q n").types("Garage de l’Œuvre").keys("<Enter> /").types("boulang").keys("<Enter>");
    assert_eq!(at.visit().assessment().client, "Boulangerie Martin");
    at.keys("/").types("oeuvre garage").keys("<Enter>");
    assert_eq!(at.visit().assessment().client, "Garage de l’Œuvre");
    at.keys("/").types("resultat").keys("<Enter>");
    assert_eq!(at.session.model.screen, Screen::Result);
}

#[test]
fn a_visit_that_somebody_else_has_open_can_be_read_and_nothing_else() {
    let mut first = Consultant::begins(Language::Fr);
    first.finds(PRIOR).keys("n k");
    let mut second = first.colleague();
    second.keys("<Enter>");
    assert!(second.screen().contains("lecture seule"), "{}", second.screen());
    assert!(!second.notice().is_empty());
    let before = held(&second);
    let edits =
        ["o", "p", "n", "1", "0", "d", "x", "e", "E", "v", "w", "s", "f", "<BS>", "<Space>", "u", "<C-r>"];
    for edit in edits {
        let notice = second.keys(edit).notice();
        assert!(!notice.is_empty(), "nothing is said about {edit}");
        assert!(second.session.model.layers.is_empty(), "{edit} opens something");
    }
    for question in
        ["secure.auth.mfa", "minimise.retention.prospects", "profile.markets", "audit.ads.networks"]
    {
        second.finds(question).keys("<Enter> t a <Enter>").types("x");
        while !second.session.model.layers.is_empty() {
            second.keys("<Esc>");
        }
        assert_eq!(held(&second), before, "{question}");
    }
    let text = std::fs::read_to_string(&first.files("Boulangerie Martin")[0]).unwrap();
    second.keys("r <Enter> <Esc> q q");
    assert_eq!(std::fs::read_to_string(&first.files("Boulangerie Martin")[0]).unwrap(), text);
    first.keys("o");
    assert_eq!(held(&first), written(&first));
}

#[test]
fn evidence_is_a_level_and_stays_apart_from_the_answer() {
    let mut at = Consultant::begins(Language::Fr);
    at.finds(PRIOR).keys("n k v 4");
    assert_eq!(
        (at.answer(PRIOR).value, at.answer(PRIOR).evidence),
        (Some(Value::No), Some(Evidence::Tested))
    );
    assert!(at.screen().contains("Preuve\u{a0}: testé"), "{}", at.screen());
    at.keys("v <Up> <Enter>");
    assert_eq!(at.answer(PRIOR).evidence, Some(Evidence::Seen));
}

#[test]
fn another_severity_is_shown_wherever_the_figure_is() {
    let mut at = Consultant::begins(Language::Fr);
    at.finds(DEVICES).keys("n k s").types("Postes partagés").keys("<Tab> 4 <Esc>");
    assert!(at.screen().contains("ne compte pas sans motif"), "{}", at.screen());
    assert_eq!(at.visit().score.question(&QuestionId::new(DEVICES)).unwrap().severity, 3);
    at.keys("s <Tab> <Enter>").types("postes en libre accès").keys("<Esc>");
    let scored = at.visit().score.question(&QuestionId::new(DEVICES)).unwrap();
    assert_eq!(scored.severity, 4);
    let screen = at.screen();
    assert!(
        screen.contains("Autre gravité\u{a0}: 4 (postes en libre accès)")
            && screen.contains("Votre avis\u{a0}: Postes partagés"),
        "{screen}"
    );
    at.keys("r <End>");
    let row = at.rows().into_iter().rfind(|row| row.contains("Ordinateurs et téléphones")).unwrap();
    assert!(row.contains("votre avis"), "{row}");
    at.keys("<Enter>");
    assert!(at.screen().contains("gravité 4, parce que"), "{}", at.screen());
    at.keys("<Enter>");
    assert_eq!(at.here(), DEVICES);
}

#[test]
fn several_lines_are_typed_into_a_note_and_kept_by_escape() {
    let mut at = Consultant::begins(Language::Fr);
    at.finds(PRIOR)
        .keys("n e")
        .types("x")
        .keys("<Esc> E")
        .types("première ligne")
        .keys("<Enter>")
        .types("o j q")
        .keys("<Esc>");
    assert_eq!(at.answer(PRIOR).note, "première ligne\no j q");
    assert_eq!(at.answer(PRIOR).value, Some(Value::No));
    assert_eq!(written(&at).answers[&QuestionId::new(PRIOR)].note, "première ligne\no j q");
}

#[test]
fn a_note_is_written_while_it_is_still_open_and_taken_back_as_one() {
    let mut at = Consultant::begins(Language::Fr);
    at.finds(PRIOR).keys("e").types("une longue ");
    at.session.keep();
    assert_eq!(written(&at).answers[&QuestionId::new(PRIOR)].note, "une longue");
    at.types("histoire");
    at.session.keep();
    at.types(" vraie").keys("<Esc>");
    assert_eq!(at.answer(PRIOR).note, "une longue histoire vraie");
    at.keys("u");
    assert_eq!(at.answer(PRIOR).note, "", "one note, one undo");
}

#[test]
fn a_number_out_of_range_is_refused_with_its_limits_and_never_locks_the_door() {
    let clicks = "choice.trackers.refuse_easy";
    let mut at = Consultant::begins(Language::Fr);
    at.finds(clicks).types("999").keys("<Enter>");
    assert!(at.screen().contains("valeur attendue entre"), "{}", at.screen());
    at.keys("<Esc>");
    assert!(at.session.model.layers.is_empty(), "{}", at.screen());
    assert_eq!((at.here().as_str(), at.answer(clicks).value), (clicks, None));
    at.types("999").keys("<C-c>");
    assert!(at.session.model.quitting);
}

#[test]
fn escape_from_an_empty_field_stays_at_the_question() {
    let mut at = Consultant::begins(Language::Fr);
    for question in ["minimise.retention.prospects", "secure.backup.tested"] {
        at.finds(question).keys("<Enter> <Esc>");
        assert_eq!((at.here().as_str(), at.answer(question).value), (question, None));
    }
}

#[test]
fn lines_of_a_table_are_added_changed_removed_and_brought_back() {
    let mut at = Consultant::begins(Language::Fr);
    at.finds("secure.auth.mfa").keys("<Enter> a").types("Messagerie").keys("<Enter> 2 <Enter> 1 <Esc>");
    at.keys("a").types("Site").keys("<Esc>");
    let rows = |at: &Consultant| at.visit().assessment().tables.values().next().map_or(0, Vec::len);
    assert_eq!(rows(&at), 2);
    at.keys("<End> D");
    assert_eq!(rows(&at), 1);
    at.keys("u");
    assert_eq!(rows(&at), 2);
    at.keys("<C-r> u <Home> <Enter>").types(" Pro").keys("<Esc> <Esc>");
    assert!(at.session.model.layers.is_empty());
    let text = std::fs::read_to_string(&at.files("Boulangerie Martin")[0]).unwrap();
    assert!(text.contains("Messagerie Pro") && text.contains("Site"), "{text}");
    at.keys("0");
    assert!(at.screen().contains("Aucune ligne"), "{}", at.screen());
}

/// One visit read once, for the properties.
fn opened() -> Opened {
    static OPENED: OnceLock<Opened> = OnceLock::new();
    let opened = OPENED.get_or_init(|| {
        let folder = tempfile::TempDir::new().unwrap();
        let store = Store::at(folder.path());
        let client = store.create_client("Atelier").unwrap();
        Hands::new(store, day(TODAY)).open_client(&client, true).unwrap()
    });
    opened.clone()
}

/// Keys as somebody presses them who does not look.
fn any_keys(of: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(of), 1..most)
}

/// Whatever changes something, or leads to where something can be changed.
const CHANGING: &[&str] = &[
    "o", "y", "p", "n", "d", "x", "0", "1", "2", "3", "é", "\"", "6", "<Space>", "<Enter>", "<Enter>",
    "<Esc>", "<Esc>", "e", "E", "v", "w", "s", "t", "t", "f", "F", "j", "j", "k", "<Tab>", "<S-Tab>", "<Up>",
    "<Down>", "<BS>", "<Del>", "a", "D", "L", "g", "G", "<PgDn>", "<Home>", "<End>", "<Left>",
];
const ALL: &[&str] = &[
    "u", "<C-r>", "/", "?", "<F1>", "r", "q", "N", "m", "<C-l>", "<C-w>", "<S-Tab>", "<PgUp>", "<Right>",
    "E", "<Enter>", "<Esc>", "j", "o", "x", "t", "n", "1",
];

/// A key that would leave the visit is not pressed.
fn leaves(at: &Consultant, key: &str) -> bool {
    key == "<Esc>" && at.session.model.layers.is_empty()
}

fn closes_everything(at: &mut Consultant) {
    for _ in 0..20 {
        if !at.session.model.layers.is_empty() {
            at.keys("<Esc>");
        }
    }
    assert!(at.session.model.layers.is_empty(), "{}", at.screen());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_change_can_be_undone_and_redone_one_by_one(pressed in any_keys(CHANGING, 90)) {
        let mut at = Consultant::reads(opened(), Language::Fr);
        let mut states = vec![held(&at)];
        for key in pressed {
            if leaves(&at, key) {
                continue;
            }
            at.keys(key);
            if held(&at) != *states.last().unwrap() {
                states.push(held(&at));
            }
        }
        closes_everything(&mut at);
        if held(&at) != *states.last().unwrap() {
            states.push(held(&at));
        }
        for state in states.iter().rev().skip(1) {
            at.keys("u");
            prop_assert_eq!(&held(&at), state);
            let visit = at.visit();
            prop_assert!(visit.score == scoring::score(&visit.questionnaire, visit.assessment()));
        }
        at.keys("u");
        prop_assert!(!at.notice().is_empty());
        for state in states.iter().skip(1) {
            at.keys("<C-r>");
            prop_assert_eq!(&held(&at), state);
        }
    }

    #[test]
    fn no_key_in_any_order_ends_in_a_panic_or_in_nowhere(pressed in any_keys(ALL, 60), size in (1u16..130, 1u16..50)) {
        let mut at = Consultant::reads(opened(), Language::Fr);
        at.resizes(size);
        for key in pressed {
            for key in keys(key) {
                at.session.press(key);
            }
            at.draw();
            if at.session.model.visit.is_none() {
                break;
            }
            prop_assert!(at.visit().question().is_some());
        }
        at.keys("<C-c>");
        prop_assert!(at.session.model.quitting);
    }
}

#[test]
fn tab_leaves_a_field_of_choices_and_arrows_go_through_them() {
    let mut at = Consultant::begins(Language::Fr);
    at.finds("audit.basis.documented").keys("t a").types("Paie").keys("<Tab> 3 <Tab>").types("12");
    at.keys("<S-Tab> <Down> <Space> <Esc>");
    let rows = at.visit().assessment().rows(&"T1".into()).to_vec();
    let shown = format!("{rows:?}");
    assert_eq!(rows.len(), 1, "{shown}");
    let cell = |column: &str| rows[0].get(column).cloned();
    assert_eq!(cell("activity"), Some(Cell::Text("Paie".to_owned())), "{shown}");
    assert_eq!(cell("purpose"), Some(Cell::Text("12".to_owned())), "{shown}");
    let table = at.visit().questionnaire.table(&"T1".into()).unwrap().clone();
    let basis = table.columns.iter().find(|column| column.id.as_str() == "basis").unwrap();
    // Three is chosen with its digit; the arrow goes on to the fourth.
    assert_eq!(cell("basis"), Some(Cell::Choice(basis.kind.choices()[3].id.clone())), "{shown}");
}

#[test]
fn who_left_while_a_visit_was_being_taken_over_is_not_taken_back() {
    let mut at = Consultant::begins(Language::En);
    let opened = at.opened().unwrap();
    at.keys("q");
    at.session.receive(Outcome::TakenOver(Box::new(opened)));
    assert!(at.session.model.visit.is_none());
    assert_eq!(at.session.model.screen, Screen::Clients);
}

#[test]
fn who_opened_another_visit_while_one_was_being_taken_over_stays_in_it() {
    let mut at = Consultant::begins(Language::En);
    let opened = at.opened().unwrap();
    let late = Opened { reference: "elsewhere@2026-11-20".to_owned(), ..opened };
    let here = at.visit().reference.clone();
    at.session.receive(Outcome::TakenOver(Box::new(late)));
    assert_eq!(at.visit().reference, here);
}

#[test]
fn what_was_taken_back_is_not_done_again_once_something_else_was_done() {
    let mut at = Consultant::begins(Language::En);
    at.finds(PRIOR).keys("n u");
    at.finds("policy.exists").keys("n");
    at.finds(PRIOR).keys("<C-r>");
    assert!(at.visit().answer(&PRIOR.into()).is_none());
}

#[test]
fn a_text_is_one_change_however_often_it_rested_and_none_when_it_was_erased_again() {
    let mut at = Consultant::begins(Language::En);
    let first = at.visit().current().clone();
    let note =
        |at: &Consultant| at.visit().answer(&first).map(|answer| answer.note.clone()).unwrap_or_default();
    at.keys("f e").types("one ");
    at.session.keep();
    at.types("two");
    at.session.keep();
    at.keys("<Esc> u");
    assert_eq!(note(&at), "");
    at.keys("<C-r>");
    assert_eq!(note(&at), "one two");
    at.keys("u e").types("x");
    at.session.keep();
    at.keys("<BS>");
    at.session.keep();
    at.keys("<Esc>");
    assert!(at.visit().answer(&first).unwrap().flagged);
    at.keys("u");
    assert!(
        !at.visit().answer(&first).is_some_and(|answer| answer.flagged),
        "the flag is what was changed last"
    );
}

#[test]
fn only_what_is_on_disk_is_called_saved_and_what_failed_is_sent_again() {
    let mut at = Consultant::begins(Language::En);
    at.keys("f");
    let saving = &mut at.session.model.visit.as_mut().unwrap().saving;
    let written = saving.revision();
    assert!(saving.is_done());
    saving.changed();
    assert!(saving.take_unsent() && !saving.has_unsent());
    saving.done(written);
    assert!(!saving.is_done(), "an older state was written");
    saving.failed();
    assert!(saving.has_unsent() && saving.is_failing());
    let newest = saving.revision();
    assert!(saving.done(newest) && saving.is_done() && !saving.is_failing());
}

#[test]
fn what_does_not_apply_is_behind_us() {
    let mut at = Consultant::begins(Language::En);
    let answered =
        |at: &Consultant| at.visit().progress().map(|(_, progress)| progress.answered).sum::<usize>();
    at.finds(DEVICES);
    let before = answered(&at);
    at.keys("x").types("no site yet").keys("<Enter>");
    assert_eq!(answered(&at), before + 1, "{}", at.screen());
}
