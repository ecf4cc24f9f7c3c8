//! Is an author advised where it helps, at the line, in both languages, and not where all is well?

use serde::Deserialize;

use privaudit::domain::advice::advise;
use privaudit::domain::check::Part;
use privaudit::domain::questionnaire::Questionnaire;
use privaudit::domain::text::Language;
use privaudit::domain::text::Text;
use privaudit::storage::fault::Fault;
use privaudit::storage::library;
use privaudit::storage::source::Sources;

use crate::cases;

/// One change of the copy of the built-in questionnaire, and the one piece of advice that follows from it.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Planted {
    /// The change comes after this id.
    near: String,
    replace: String,
    by: String,
    /// The text on whose line the advice must stand, sought in the changed file from `near` on.
    at: String,
    fr: String,
    en: String,
}

fn seven_steps() -> Sources {
    library::built_in().unwrap().sources().clone()
}

fn shown(advice: &[Fault]) -> String {
    advice.iter().map(|fault| fault.show(Language::En)).collect::<Vec<_>>().join("\n")
}

/// The file of an id, and where it stands in it.
fn place_of(sources: &Sources, id: &str) -> (String, usize) {
    let wanted = format!("id: \"{id}\"");
    let mut found = sources.files.iter().filter_map(|(name, text)| Some((name.clone(), text.find(&wanted)?)));
    found.next().unwrap_or_else(|| panic!("nothing has the id {id}"))
}

#[test]
fn the_built_in_questionnaire_needs_no_advice() {
    let advice = seven_steps().advise();
    assert!(advice.is_empty(), "{}", shown(&advice));
}

#[test]
fn each_kind_of_advice_is_given_at_its_line_in_both_languages() {
    let planted: Vec<Planted> = cases::read(&cases::folder().join("questionnaires/advice.ron"));
    let mut wrong = Vec::new();
    for change in planted {
        let mut sources = seven_steps();
        let (file, near) = place_of(&sources, &change.near);
        let text = sources.files.get_mut(&file).unwrap();
        let start = near + text[near..].find(&change.replace).unwrap_or_else(|| panic!("{change:?}"));
        text.replace_range(start..start + change.replace.len(), &change.by);
        let at = near + text[near..].find(&change.at).unwrap_or_else(|| panic!("{change:?}"));
        let line = text[..at].matches('\n').count() + 1;
        assert_eq!(sources.load().err(), None, "{change:?}");
        let advice = sources.advise();
        let right = |fault: &Fault| {
            fault.line == line
                && fault.file.ends_with(&file)
                && fault.message.fr.starts_with("conseil\u{202f}: ")
                && fault.message.fr.contains(&change.fr)
                && fault.message.en.starts_with("advice: ")
                && fault.message.en.contains(&change.en)
        };
        if !matches!(advice.as_slice(), [only] if right(only)) {
            wrong.push(format!("{change:?} at {file}:{line}, but found:\n{}", shown(&advice)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_is_meant_otherwise_needs_no_advice() {
    let mut sources = seven_steps();
    for (near, replace, by) in [
        // Still to be checked, but in a known form.
        ("secure.tls.everywhere", "RGPD 32(1)(a)", "RGPD 32(1)(a) (?)"),
        // A number in digits, the same in words.
        ("profile.minors", "child and parent consent", "three persons or child and parent consent"),
        (
            "profile.minors",
            "l’enfant et un parent consentent",
            "3 personnes ou l’enfant et un parent consentent",
        ),
        // What groups the digits of a number differs between the languages.
        ("profile.volume", "À partir de 100 000", "À partir de 100\u{a0}000"),
    ] {
        let (file, near) = place_of(&sources, near);
        let text = sources.files.get_mut(&file).unwrap();
        let by_hand = text[near..].replacen(replace, by, 1);
        text.replace_range(near.., &by_hand);
    }
    let advice = sources.advise();
    assert!(advice.is_empty(), "{}", shown(&advice));
}

#[test]
fn a_questionnaire_that_cannot_be_read_whole_gets_no_advice() {
    let mut sources = seven_steps();
    sources.files.insert("6-choice.ron".to_owned(), "(".to_owned());
    assert_eq!(sources.advise(), []);
}

/// The built-in questionnaire with this many questions in its first step.
fn large(questions: usize, ask: impl Fn(usize) -> String) -> Questionnaire {
    let mut questionnaire = library::built_in().unwrap().questionnaire.as_ref().clone();
    let step = &mut questionnaire.steps[0];
    let mut model = step.questions[0].clone();
    for text in [&mut model.help, &mut model.look_for] {
        *text = Text::default();
    }
    step.questions = (0..questions)
        .map(|index| {
            let mut question = model.clone();
            question.ask = Text::new(ask(index), ask(index));
            question
        })
        .collect();
    questionnaire
}

fn alike(questionnaire: &Questionnaire) -> usize {
    let advice = advise(questionnaire);
    let of_the_step = advice.iter().filter(|advice| advice.place.part == Part::Step(1));
    of_the_step.filter(|advice| advice.message.en.starts_with("almost the same question")).count()
}

#[test]
fn thousands_of_questions_are_compared_in_no_time() {
    let same = large(3000, |_| "Which suppliers hold personal records for you?".to_owned());
    assert_eq!(alike(&same), 2 * 2999);
    let different = large(3000, |index| {
        format!("Which suppliers of kind{index} hold the records of group{index} for branch{index}?")
    });
    assert_eq!(alike(&different), 0);
}
