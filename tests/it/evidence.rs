//! Do captures speak about answers as the rules say, and does nothing of it happen silently?

use std::collections::BTreeMap;

use jiff::civil::Date;
use privaudit::domain::answer::Cell;
use privaudit::domain::answer::Evidence;
use privaudit::domain::answer::Row;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::capture::CaptureLabel;
use privaudit::domain::capture::Life;
use privaudit::domain::capture::Phase;
use privaudit::domain::contradiction;
use privaudit::domain::id::ColumnId;
use privaudit::domain::id::QuestionId;
use privaudit::domain::observing::Taken;
use privaudit::domain::observing::observe;
use privaudit::domain::prefill;
use privaudit::domain::proof;
use privaudit::domain::questionnaire::Questionnaire;
use privaudit::domain::recording::Entry;
use privaudit::domain::rulebook::Fact;
use privaudit::domain::rulebook::Rule;
use privaudit::domain::rulebook::Rulebook;
use privaudit::domain::scoring;
use privaudit::domain::sightings;
use privaudit::domain::text::Language;
use privaudit::domain::touching;
use privaudit::storage::assessments;
use privaudit::storage::assessments::Writer;
use privaudit::storage::library;
use serde::Deserialize;

use crate::cases;
use crate::cli::driver::User;
use crate::consultant::Consultant;
use crate::consultant::TODAY;
use crate::consultant::day;

const ADS: &str = "choice.trackers.prior";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    about: String,
    captures: Vec<CaseCapture>,
    answers: BTreeMap<QuestionId, String>,
    /// Every proposal, as commands write it.
    proposals: BTreeMap<QuestionId, String>,
    /// Every open contradiction, in the order of the questions.
    open: Vec<QuestionId>,
    /// The first cells of the lines proposed for a table.
    lines: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseCapture {
    label: privaudit::domain::capture::CaptureLabel,
    capture: privaudit::domain::capture::Capture,
}

fn built_in() -> std::sync::Arc<Questionnaire> {
    library::built_in().unwrap().questionnaire
}

impl Case {
    pub fn named(name: &str) -> Case {
        cases::read(&cases::folder().join("evidence").join(format!("{name}.ron")))
    }

    pub fn taken(&self) -> Vec<Taken> {
        let taken = |one: &CaseCapture| Taken { label: one.label.clone(), capture: one.capture.clone() };
        self.captures.iter().map(taken).collect()
    }

    /// A visit in which everything was said and the captures were read.
    pub fn assessment(&self, questionnaire: &Questionnaire, date: Date) -> Assessment {
        let mut assessment = Assessment::new("Acme", date, questionnaire);
        for (id, word) in &self.answers {
            let question = questionnaire.question(id).unwrap();
            assessment.record(id, Entry::of(Value::from_word(word, question).unwrap()));
        }
        assessment.observations = observe(&questionnaire.rulebook, &self.taken());
        assessment
    }
}

#[test]
fn captures_propose_answers_and_disprove_others() {
    let questionnaire = built_in();
    for (name, case) in cases::all::<Case>("evidence") {
        let assessment = case.assessment(&questionnaire, day(TODAY));
        let proposals: BTreeMap<QuestionId, String> = questionnaire
            .questions()
            .filter_map(|question| {
                let proposal = contradiction::proposal(&questionnaire, &assessment, question)?;
                Some((question.id.clone(), proposal.value.word()))
            })
            .collect();
        assert_eq!(proposals, case.proposals, "{name}: {}", case.about);
        let open = contradiction::open(&questionnaire, &assessment);
        assert_eq!(open, case.open, "{name}: {}", case.about);
        for (table, expected) in &case.lines {
            let table = table.as_str().into();
            let lines = prefill::lines(&questionnaire, &table, &[], &case.taken());
            let first = &questionnaire.table(&table).unwrap().columns[0].id;
            let names: Vec<String> = lines.iter().map(|line| line[first].word()).collect();
            assert_eq!(&names, expected, "{name}: {}", case.about);
            let again = prefill::lines(&questionnaire, &table, &lines, &case.taken());
            assert!(again.is_empty(), "{name}: what the table has is not proposed again");
        }
    }
}

#[test]
fn an_open_contradiction_lowers_confidence_and_never_the_score() {
    let questionnaire = built_in();
    let case = Case::named("ads_denied");
    let mut assessment = case.assessment(&questionnaire, day(TODAY));
    let id: QuestionId = ADS.into();
    assessment.edit(&id, |answer| answer.evidence = Some(Evidence::Seen));
    let without = Assessment { observations: BTreeMap::new(), ..assessment.clone() };
    let evidence =
        |assessment: &Assessment| scoring::score(&questionnaire, assessment).question(&id).unwrap().evidence;
    assert_eq!(evidence(&without), Some(Evidence::Seen));
    assert_eq!(evidence(&assessment), Some(Evidence::Said));
    let score = |assessment: &Assessment| scoring::score(&questionnaire, assessment).overall.figures;
    assert_eq!(score(&without).point, score(&assessment).point);
    assert_eq!(score(&without).interval, score(&assessment).interval);
    assert!(score(&assessment).confidence < score(&without).confidence);

    assert_eq!(assessment.resolve(&questionnaire, &id, "  ", "Ana", day(TODAY)), 0, "nothing was written");
    assert_eq!(assessment.resolve(&questionnaire, &id, "retiré depuis", "Ana", day(TODAY)), 1);
    assert_eq!(evidence(&assessment), Some(Evidence::Seen));
    // The same seen in another capture is another contradiction, and what was written stays.
    let mut later = case.taken();
    later[0].label.digest = "later".to_owned();
    assessment.observations = observe(&questionnaire.rulebook, &later);
    assert_eq!(evidence(&assessment), Some(Evidence::Said));
    let again = contradiction::contradictions(&questionnaire, &assessment, &id);
    assert_eq!((again[0].resolution, again[0].earlier.unwrap().text.as_str()), (None, "retiré depuis"));
    let said = |language| proof::resolution(language, &again[0]).unwrap();
    assert!(said(Language::En).starts_with("retiré depuis (Ana, "), "{}", said(Language::En));
    assert!(said(Language::En).ends_with(", before this capture)"), "{}", said(Language::En));
    assert!(said(Language::Fr).ends_with(", avant ce relevé)"), "{}", said(Language::Fr));
}

#[test]
fn what_was_written_before_another_capture_is_still_said_where_the_contradiction_is_open_again() {
    let user = User::new();
    planted(&user);
    user.ok(&["answer", "acme", ADS, "--resolve", "Removed on the 22nd", "--by", "Ana"]);
    let path = user.store().join("clients/acme/2026-11-20.ron");
    let mut assessment = assessments::read(&path).unwrap();
    let mut later = Case::named("ads_denied").taken();
    later[0].label.digest = "later".to_owned();
    assessment.observations = observe(&built_in().rulebook, &later);
    Writer::new(&path).unwrap().write(&assessment).unwrap();
    let record = user.json(&["show", "acme", "--json"]);
    let again = &record["contradictions"].as_array().unwrap()[0];
    assert_eq!((&again["open"], &again["earlier"]["by"]), (&true.into(), &"Ana".into()), "{again}");
    let said = "Removed on the 22nd (Ana, ";
    let plan = user.ok(&["report", "acme", "--format", "md", "--length", "plan", "-o", "-"]);
    assert!(plan.contains("**open**<br>Removed on the 22nd"), "{plan}");
    assert!(user.ok(&["show", "acme"]).contains(said));
}

#[test]
fn what_was_written_covers_the_captures_that_it_was_written_about_and_the_last_word_counts() {
    let questionnaire = built_in();
    let id = QuestionId::from(ADS);
    let mut assessment = Case::named("ads_denied").assessment(&questionnaire, day(TODAY));
    let mut taken = Case::named("ads_denied").taken();
    for (text, next) in [("first", "2026-11-21"), ("second", "2026-11-22")] {
        assert_eq!(assessment.resolve(&questionnaire, &id, text, "Ana", day(TODAY)), 1);
        assert!(!contradiction::is_open(&questionnaire, &assessment, &id));
        taken.push(again(&taken[0], Phase::Before, next));
        assessment.observations = observe(&questionnaire.rulebook, &taken);
        let found = contradiction::contradictions(&questionnaire, &assessment, &id)[0];
        assert_eq!((found.resolution, found.earlier.map(|said| said.text.as_str())), (None, Some(text)));
    }
}

#[test]
fn an_accepted_proposal_is_tested_on_the_day_of_the_capture() {
    let questionnaire = built_in();
    let mut assessment = Case::named("ads_denied").assessment(&questionnaire, day(TODAY));
    let question = questionnaire.question(&ADS.into()).unwrap();
    let entry = contradiction::proposal(&questionnaire, &assessment, question).unwrap().entry();
    assessment.record(&question.id, entry);
    let answer = assessment.answer(&question.id).unwrap();
    assert_eq!(answer.value, Some(Value::No));
    assert_eq!((answer.evidence, answer.evidence_on), (Some(Evidence::Tested), Some(day("2026-11-20"))));
    assert_eq!(contradiction::proposal(&questionnaire, &assessment, question), None);
    assert!(!contradiction::is_open(&questionnaire, &assessment, &question.id));
    assessment.answers.get_mut(&question.id).unwrap().carried = Some(day("2026-11-20"));
    let again = contradiction::proposal(&questionnaire, &assessment, question);
    assert!(again.is_some(), "taken over from the last visit, it is to be confirmed");
}

/// A visit of Acme whose file holds the case, as an import leaves it.
fn planted(user: &User) {
    user.ok(&["new", "Acme", "--on", "2026-11-20"]);
    let path = user.store().join("clients/acme/2026-11-20.ron");
    let case = Case::named("ads_denied");
    let planted = case.assessment(&built_in(), day("2026-11-20"));
    let mut writer = Writer::new(&path).unwrap();
    writer.write(&Assessment { at: assessments::read(&path).unwrap().at, ..planted }).unwrap();
}

#[test]
fn a_planted_contradiction_is_found_explained_and_sealed_with_a_warning_by_commands() {
    let user = User::new();
    planted(&user);
    let open = |user: &User| {
        let score = user.json(&["score", "acme", "--json"]);
        let all = score["contradictions"].as_array().unwrap().clone();
        let open = all.iter().filter(|one| one["open"] == true);
        open.map(|one| one["question"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(open(&user), [ADS, "minimise.analytics.scope", "profile.trackers"]);
    let shown = user.ok(&["--lang", "en", "show", "acme"]);
    assert!(shown.contains("disproved by a capture: capture of 20 Nov 2026"), "{shown}");
    assert!(shown.contains("stats.g.doubleclick.net (Google Ads)"), "{shown}");
    let record = user.json(&["show", "acme", "--json"]);
    assert_eq!(record["observations"][ADS][0]["rule"], "trackers_before_choice");
    assert_eq!(record["observations"][ADS][0]["proof"][0]["what"], "stats.g.doubleclick.net");
    assert!(user.ok(&["score", "acme"]).contains("Disproved by a capture"));
    let plan = user.ok(&["report", "acme", "--format", "md", "--length", "plan", "-o", "-"]);
    assert!(plan.contains("Answers disproved by a capture"), "{plan}");

    user.ok(&["answer", "acme", ADS, "--resolve", "Removed on the 22nd", "--by", "Ana"]);
    assert_eq!(open(&user), ["minimise.analytics.scope", "profile.trackers"]);
    assert!(user.ok(&["show", "acme"]).contains("Removed on the 22nd (Ana, "));
    user.refused(&["answer", "acme", ADS, "--resolve", "again"]);
    user.ok(&["answer", "acme", "minimise.analytics.scope", "--accept"]);
    let record = user.json(&["show", "acme", "--json"]);
    assert_eq!(record["answers"]["minimise.analytics.scope"]["value"], "partly");
    assert_eq!(record["answers"]["minimise.analytics.scope"]["evidence"], "tested");
    user.refused(&["answer", "acme", "minimise.analytics.scope", "--accept"]);
    assert_eq!(open(&user), ["profile.trackers"]);

    let sealed = user.run(&["seal", "acme"]);
    assert_eq!(sealed.status, 0, "{}", sealed.err);
    assert!(sealed.err.contains("profile.trackers"), "{}", sealed.err);
}

#[test]
fn a_planted_contradiction_is_shown_accepted_and_explained_by_keys() {
    let mut at = Consultant::begins(Language::En);
    let mut opened = at.opened().unwrap();
    let case = Case::named("ads_denied");
    let planted = case.assessment(&opened.questionnaire, day(TODAY));
    opened.assessment.answers = planted.answers;
    opened.assessment.observations = planted.observations;
    at.starts_over(Language::En, Some(&opened));
    at.finds(ADS);
    let screen = at.screen();
    assert!(screen.contains("disproved") && screen.contains("doubleclick"), "{screen}");
    at.keys("F");
    assert!(at.screen().contains("disproved by a capture"), "{}", at.screen());
    at.keys("<Esc> X").types("removed since").keys("<Enter>").types("Ana").keys("<Enter>");
    let id: QuestionId = ADS.into();
    assert_eq!(at.visit().assessment().resolutions[&id][0].by, "Ana");
    assert!(!at.visit().is_contradicted(&id));
    assert!(at.screen().contains("removed since"), "{}", at.screen());
    at.keys("u");
    assert!(at.visit().is_contradicted(&id), "undone, it is open again");
    at.keys("P");
    assert_eq!(at.visit().answer(&id).unwrap().value, Some(Value::No));
    assert_eq!(at.visit().answer(&id).unwrap().evidence, Some(Evidence::Tested));
    assert!(!at.visit().is_contradicted(&id));
    at.keys("r <End> <Home>");
    assert!(at.screen().contains("disproved by a capture"), "{}", at.screen());
}

#[test]
fn a_questionnaire_without_rules_keeps_its_digest_and_sees_nothing() {
    let mut sources = library::built_in().unwrap().sources().clone();
    let with = sources.digest();
    sources.files.remove("evidence.ron");
    let head = sources.files.get_mut("questionnaire.ron").unwrap();
    *head = head.replace("    evidence: \"evidence.ron\",\n", "");
    let without = sources.load().unwrap();
    assert_ne!(without.digest, with, "the digest covers the rules");
    assert!(without.rulebook.rules.is_empty());
    let case = Case::named("ads_denied");
    assert!(observe(&without.rulebook, &case.taken()).is_empty());
}

/// The captures of the case once more, of another phase and day.
fn again(taken: &Taken, phase: Phase, on: &str) -> Taken {
    let label = CaptureLabel { phase, on: day(on), digest: on.to_owned(), ..taken.label.clone() };
    Taken { label, ..taken.clone() }
}

#[test]
fn what_several_captures_show_is_of_the_youngest_day() {
    let first = Case::named("ads_denied").taken().remove(0);
    let taken = [again(&first, Phase::Before, "2026-11-22"), first];
    let seen = observe(&built_in().rulebook, &taken);
    let found = &seen[&QuestionId::from(ADS)][0];
    assert_eq!((found.on, found.captures.len()), (day("2026-11-22"), 2));
}

#[test]
fn that_there_are_no_cookies_follows_from_no_file_without_cookie_data() {
    let rule = |seen| Rule { seen, ..built_in().rulebook.rules[0].clone() };
    let rules = |seen| Rulebook {
        rules: vec![Rule { phases: Vec::new(), at_least: 1, ..rule(seen) }],
        tables: Vec::new(),
    };
    let none = rules(Fact::Without(Box::new(Fact::Cookies(Vec::new()))));
    let mut taken = Case::named("without_cookie_data").taken();
    assert!(observe(&none, &taken).is_empty());
    taken[0].capture.carries_cookies = true;
    assert_eq!(observe(&none, &taken).len(), 1);
}

#[test]
fn a_phase_without_a_capture_says_neither_yes_nor_no_and_touches_no_question() {
    let questionnaire = built_in();
    let before = Case::named("ads_denied").taken().remove(0);
    let table = "T3".into();
    let lines = |taken: &[Taken]| prefill::lines(&questionnaire, &table, &[], taken);
    let cells = |row: &Row| {
        let word = |column: &str| row.get(&ColumnId::from(column)).map(Cell::word);
        (word("before_choice"), word("after_refusal"))
    };
    let yes = Some("yes".to_owned());
    assert_eq!(cells(&lines(std::slice::from_ref(&before))[0]), (yes.clone(), None));
    let mut refused = again(&before, Phase::Refused, "2026-11-22");
    refused.capture.hosts.remove("stats.g.doubleclick.net");
    assert_eq!(cells(&lines(&[before.clone(), refused])[0]), (yes, Some("no".to_owned())));

    let touched = |taken: Taken| touching::by_host(&questionnaire, &[taken], "stats.g.doubleclick.net");
    let accepted = again(&before, Phase::Accepted, "2026-11-22");
    assert!(touched(before).contains(&ADS.into()));
    assert!(!touched(accepted).contains(&ADS.into()));
}

#[test]
fn of_a_cookie_in_several_captures_the_longest_life_is_shown() {
    let before = Case::named("ads_denied").taken().remove(0);
    let mut shorter = again(&before, Phase::Refused, "2026-11-22");
    shorter.capture.cookies[1].life = Life::Days(1.0);
    for taken in [[before.clone(), shorter.clone()], [shorter, before]] {
        let seen = sightings::cookies(taken.iter());
        let found = seen.iter().find(|seen| seen.cookie.name == "IDE").unwrap();
        assert_eq!((found.cookie.life, found.phases.len()), (Life::Days(390.0), 2));
    }
}
