//! Is the questionnaire that ships what it promises? Its figures, its profiles, its words, its references.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Deserialize;

use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::condition::Truth;
use privaudit::domain::id::QuestionId;
use privaudit::domain::questionnaire::AnswerKind;
use privaudit::domain::questionnaire::Column;
use privaudit::domain::questionnaire::Details;
use privaudit::domain::questionnaire::Effort;
use privaudit::domain::questionnaire::Lowers;
use privaudit::domain::questionnaire::Question;
use privaudit::domain::questionnaire::Questionnaire;
use privaudit::domain::scope::Scope;
use privaudit::domain::text::Text;
use privaudit::storage::library;

use crate::cases;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Promise {
    questions: BTreeMap<String, usize>,
    facts: usize,
    efforts: Efforts,
    knockouts: BTreeSet<String>,
    amplified: BTreeSet<String>,
    lowering_severity: BTreeSet<String>,
    express: BTreeSet<String>,
    homes: Vec<Defect>,
    unverified: BTreeSet<String>,
    never_without_mark: BTreeSet<String>,
    lengths: Lengths,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Efforts {
    small: usize,
    medium: usize,
    large: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Defect {
    what: String,
    home: String,
    not_again_in: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lengths {
    title: usize,
    ask: usize,
    help: usize,
    look_for: usize,
    means: usize,
    choice: usize,
    remedy: usize,
    owner: usize,
    reference: usize,
    term: usize,
    meaning: usize,
    opening: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Profile {
    about: String,
    answers: BTreeMap<QuestionId, Value>,
    flags: BTreeSet<String>,
    asked: usize,
    knockouts: usize,
}

fn built_in() -> Arc<Questionnaire> {
    library::built_in().unwrap().questionnaire
}

fn promise() -> Promise {
    cases::read(&cases::folder().join("built_in.ron"))
}

fn scored(questionnaire: &Questionnaire) -> impl Iterator<Item = &Question> {
    questionnaire.steps.iter().flat_map(|step| &step.questions)
}

fn ids(questionnaire: &Questionnaire, such: impl Fn(&Question) -> bool) -> BTreeSet<String> {
    scored(questionnaire).filter(|question| such(question)).map(|question| question.id.to_string()).collect()
}

#[test]
fn what_was_prepared_at_build_time_is_what_its_files_say() {
    let listed = library::built_in().unwrap();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("questionnaires/seven-steps");
    let on_disk = library::sources(&folder).unwrap();
    assert_eq!(listed.sources().files, on_disk.files);
    assert!(
        *listed.questionnaire == on_disk.load().unwrap(),
        "the prepared questionnaire differs from its files"
    );
}

#[test]
fn each_step_has_its_questions_and_the_profile_its_facts() {
    let (questionnaire, promise) = (built_in(), promise());
    let counted: BTreeMap<String, usize> =
        questionnaire.steps.iter().map(|step| (step.id.to_string(), step.questions.len())).collect();
    assert_eq!(counted, promise.questions);
    assert_eq!(counted.values().sum::<usize>(), 159);
    assert_eq!(questionnaire.profile.questions.len(), promise.facts);
    for step in &questionnaire.steps {
        for question in &step.questions {
            let id = question.id.as_str();
            assert!(id.starts_with(&format!("{}.", step.id)), "{id} stands in step {}", step.id);
        }
    }
}

#[test]
fn knock_outs_amplified_express_and_the_like_are_the_ones_agreed_on() {
    let (questionnaire, promise) = (built_in(), promise());
    let risk = |such: fn(&privaudit::domain::questionnaire::Risk) -> bool| {
        ids(&questionnaire, |question| question.risk.as_ref().is_some_and(such))
    };
    assert_eq!(risk(|risk| risk.knockout), promise.knockouts);
    assert_eq!(promise.knockouts.len(), 17);
    assert_eq!(risk(|risk| risk.amplified), promise.amplified);
    assert_eq!(promise.amplified.len(), 14);
    assert_eq!(risk(|risk| risk.lowers == Lowers::Severity), promise.lowering_severity);
    assert_eq!(promise.lowering_severity.len(), 7);
    assert_eq!(ids(&questionnaire, |question| question.express), promise.express);
    assert_eq!(promise.express.len(), 54);
    assert!(promise.knockouts.is_subset(&promise.express), "an express visit asks every knock-out");
}

#[test]
fn each_question_of_a_step_has_its_risk_its_remedy_and_its_words() {
    let (questionnaire, promise) = (built_in(), promise());
    let mut efforts = BTreeMap::new();
    for question in scored(&questionnaire) {
        let id = &question.id;
        assert!(question.risk.is_some(), "{id} has no risk");
        let remedy = question.remedy.as_ref().unwrap_or_else(|| panic!("{id} has no remedy"));
        *efforts.entry(remedy.effort).or_insert(0) += 1;
        assert!(!question.look_for.is_empty(), "{id} says not what to look for");
        let yes_no = question.answer == AnswerKind::YesPartlyNo;
        assert_eq!(question.means.is_some(), yes_no, "{id}: means belongs to yes, partly, no");
    }
    let wanted = [
        (Effort::Small, promise.efforts.small),
        (Effort::Medium, promise.efforts.medium),
        (Effort::Large, promise.efforts.large),
    ];
    assert_eq!(efforts, wanted.into());
}

#[test]
fn each_defect_has_one_home() {
    let (questionnaire, promise) = (built_in(), promise());
    for defect in promise.homes {
        for id in std::iter::once(&defect.home).chain(&defect.not_again_in) {
            let step = questionnaire.step_of(&id.as_str().into());
            let step = step.unwrap_or_else(|| panic!("{}: there is no question {id}", defect.what));
            assert_eq!(Some(step.id.as_str()), id.split('.').next(), "{}", defect.what);
        }
        assert!(!defect.not_again_in.contains(&defect.home), "{}", defect.what);
        let said = |id: &String| {
            let question = questionnaire.question(&id.as_str().into()).unwrap();
            let no = question.means.as_ref().map(|means| &means.no);
            [Some(&question.ask), no].map(|text| text.cloned().unwrap_or_default())
        };
        let home = said(&defect.home);
        for id in &defect.not_again_in {
            for (mine, theirs) in home.iter().zip(said(id)) {
                let same = !mine.is_empty() && (mine.fr == theirs.fr || mine.en == theirs.en);
                assert!(!same, "{}: {} and {id} both say {theirs:?}", defect.what, defect.home);
            }
        }
    }
}

#[test]
fn the_typical_profiles_ask_what_they_should() {
    let questionnaire = built_in();
    for (name, profile) in cases::all::<Profile>("profiles") {
        let mut assessment = Assessment::new(name.clone(), jiff::civil::date(2026, 11, 23), &questionnaire);
        for (id, value) in &profile.answers {
            let question = questionnaire.question(id).unwrap_or_else(|| panic!("{name}: no fact {id}"));
            assert_eq!(value.fits(question), Ok(()), "{name}: {id}");
            assessment.edit(id, |answer| answer.value = Some(value.clone()));
        }
        let about = &profile.about;
        let facts: BTreeSet<&QuestionId> =
            questionnaire.profile.questions.iter().map(|fact| &fact.id).collect();
        assert_eq!(profile.answers.keys().collect::<BTreeSet<_>>(), facts, "{name} ({about})");
        let scope = Scope::new(&questionnaire, &assessment);
        let flags: BTreeSet<String> = scope
            .flags()
            .inspect(|(flag, truth)| assert_ne!(*truth, Truth::Unknown, "{name}: {flag}"))
            .filter(|(_, truth)| *truth == Truth::Yes)
            .map(|(flag, _)| flag.to_string())
            .collect();
        assert_eq!(flags, profile.flags, "{name} ({about})");
        let asked: Vec<&Question> = scored(&questionnaire).filter(|question| scope.asks(question)).collect();
        let knockouts =
            asked.iter().filter(|question| question.risk.as_ref().is_some_and(|risk| risk.knockout)).count();
        assert_eq!((asked.len(), knockouts), (profile.asked, profile.knockouts), "{name} ({about})");
        assert!(asked.iter().all(|question| !scope.asks_to_be_sure(question)), "{name}");
    }
}

#[test]
fn without_a_profile_every_question_is_asked_to_be_sure() {
    let questionnaire = built_in();
    let assessment = Assessment::new("", jiff::civil::date(2026, 11, 23), &questionnaire);
    let scope = Scope::new(&questionnaire, &assessment);
    assert_eq!(scored(&questionnaire).filter(|question| scope.asks(question)).count(), 159);
    assert!(!scope.amplifies());
}

#[test]
fn references_that_nobody_looked_up_say_so() {
    let (questionnaire, promise) = (built_in(), promise());
    let mut marked = BTreeSet::new();
    for question in questionnaire.questions() {
        let frameworks = question.maps.iter().flat_map(|(name, refs)| std::iter::once(name).chain(refs));
        for reference in question.law.iter().chain(frameworks) {
            if reference.ends_with("(?)") {
                marked.insert(reference.to_string());
            } else {
                assert!(!reference.contains('?'), "{}: {reference:?} has its mark elsewhere", question.id);
            }
            assert!(
                !promise.never_without_mark.contains(&**reference),
                "{}: {reference:?} was never looked up; end it with (?)",
                question.id
            );
        }
    }
    assert_eq!(marked, promise.unverified);
}

/// A text with the name of its place, and the most characters that it may have.
fn texts(questionnaire: &Questionnaire) -> Vec<(String, &Text, usize)> {
    let most = promise().lengths;
    let mut all: Vec<(String, &Text, usize)> = Vec::new();
    let head = &questionnaire.head;
    all.push(("title".into(), &head.title, most.title));
    all.push(("about".into(), &head.about, most.opening));
    for flag in &questionnaire.profile.flags {
        all.push((format!("flag {}", flag.id), &flag.title, 60));
    }
    for step in questionnaire.parts() {
        all.push((format!("{} title", step.id), &step.title, most.title));
        all.push((format!("{} opening", step.id), &step.opening, most.opening));
    }
    for question in questionnaire.questions() {
        let mut add = |name: &str, text, most| all.push((format!("{} {name}", question.id), text, most));
        add("title", &question.title, most.title);
        add("ask", &question.ask, most.ask);
        add("help", &question.help, most.help);
        add("look_for", &question.look_for, most.look_for);
        if let Some(means) = &question.means {
            add("means.yes", &means.yes, most.means);
            add("means.partly", &means.partly, most.means);
            add("means.no", &means.no, most.means);
        }
        if let Some(remedy) = &question.remedy {
            add("remedy.text", &remedy.text, most.remedy);
            add("remedy.owner", &remedy.owner, most.owner);
        }
        if let Some(reference) = &question.reference {
            add("reference", reference, most.reference);
        }
        if let AnswerKind::Number { unit, .. } = &question.answer {
            add("unit", unit, most.owner);
        }
        for choice in question.choices() {
            add(&format!("choice {}", choice.id), &choice.text, most.choice);
        }
        match (&question.answer, &question.details) {
            (AnswerKind::Table { columns, .. }, _)
            | (_, Some(Details::Table { columns, .. } | Details::Fields(columns))) => {
                of_columns(&question.id.to_string(), columns, &mut all);
            }
            _ => {}
        }
    }
    for table in &questionnaire.tables {
        all.push((format!("{} title", table.id), &table.title, most.title));
        all.push((format!("{} row", table.id), &table.row, most.owner));
        of_columns(table.id.as_str(), &table.columns, &mut all);
    }
    for term in &questionnaire.glossary {
        all.push((format!("{} term", term.id), &term.term, most.term));
        all.push((format!("{} meaning", term.id), &term.meaning, most.meaning));
    }
    all
}

fn of_columns<'a>(of: &str, columns: &'a [Column], all: &mut Vec<(String, &'a Text, usize)>) {
    for column in columns {
        all.push((format!("{of} column {}", column.id), &column.title, 60));
        for choice in column.kind.choices() {
            all.push((format!("{of} column {} choice {}", column.id, choice.id), &choice.text, 90));
        }
    }
}

#[test]
fn every_text_stands_in_both_languages_and_fits_its_place() {
    let questionnaire = built_in();
    let mut wrong = Vec::new();
    for (place, text, most) in texts(&questionnaire) {
        for (language, words) in [("fr", &text.fr), ("en", &text.en)] {
            let length = words.chars().count();
            if words.trim().is_empty() || words.trim() != &**words || length > most {
                wrong.push(format!("{place} ({language}): {length} characters of {most} at most: {words:?}"));
            }
            if words.contains("  ") || words.chars().any(char::is_control) {
                wrong.push(format!("{place} ({language}): two spaces or a control character: {words:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn french_typography_holds() {
    let questionnaire = built_in();
    let mut wrong = Vec::new();
    for (place, text, _) in texts(&questionnaire) {
        if let Some(why) = bad_french(&text.fr) {
            wrong.push(format!("{place}: {why}: {:?}", text.fr));
        }
        if text.en.contains('\'') || text.en.contains('"') {
            wrong.push(format!("{place}: straight quote or apostrophe: {:?}", text.en));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with the typography of a French text.
fn bad_french(text: &str) -> Option<&'static str> {
    let letters: Vec<char> = text.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| letters.get(before)).copied();
        let after = letters.get(at + 1).copied();
        // `(?)` marks a doubtful reference; `https://`, `12:30` and a quoted `site:` are no sentences.
        let quoted = letters.get(at + 1..at + 3) == Some(&['\u{202f}', '»']);
        let in_word =
            matches!(letter, ':' | '?' | '!') && after.is_some_and(|after| quoted || !after.is_whitespace());
        match letter {
            '\'' => return Some("straight apostrophe"),
            '"' => return Some("straight quotation mark"),
            '?' | '!' | ':' | ';' if !in_word && before != Some('\u{202f}') => {
                return Some("no narrow no-break space before ? ! : ;");
            }
            '»' if before != Some('\u{202f}') => return Some("no narrow no-break space before »"),
            '«' if after != Some('\u{202f}') => return Some("no narrow no-break space after «"),
            _ => {}
        }
    }
    None
}

#[test]
fn the_typography_check_sees_what_it_should() {
    assert_eq!(bad_french("Est-ce bien\u{202f}?"), None);
    assert_eq!(bad_french("«\u{202f}Oui\u{202f}»\u{202f}: d’accord, à 12:30 (?)"), None);
    for wrong in [
        "Est-ce bien ?",
        "Est-ce bien?",
        "« Oui\u{202f}»",
        "«\u{202f}Oui »",
        "d'accord",
        "Oui : non",
        "\"Oui\"",
    ] {
        assert!(bad_french(wrong).is_some(), "{wrong}");
    }
}
