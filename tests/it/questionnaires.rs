//! Are the mistakes of a questionnaire's author found where they stand, all at once, whatever they are?

use serde::Deserialize;

use privaudit::domain::text::Language;
use privaudit::storage::fault::Fault;
use privaudit::storage::library;
use privaudit::storage::source::Sources;

use crate::cases;

/// One mistake for the copy of the built-in questionnaire.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
struct Planted {
    near: String,
    replace: String,
    #[serde(default)]
    until: Option<String>,
    by: String,
    #[serde(default)]
    at: Option<String>,
    /// Only the line counts.
    #[serde(default)]
    anywhere: bool,
    says: String,
}

fn seven_steps() -> Sources {
    library::built_in().unwrap().sources().clone()
}

fn planted() -> Vec<Planted> {
    cases::read(&cases::folder().join("questionnaires/planted.ron"))
}

/// The file in which an id stands, and where the id's field begins.
fn place_of(sources: &Sources, id: &str) -> (String, usize) {
    let wanted = format!("id: \"{id}\"");
    let mut found = sources.files.iter().filter_map(|(name, text)| Some((name.clone(), text.find(&wanted)?)));
    found.next().unwrap_or_else(|| panic!("nothing has the id {id}"))
}

fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..byte];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

impl Planted {
    /// What is to be replaced, in the text as it is now.
    fn range(&self, text: &str, near: usize) -> Option<std::ops::Range<usize>> {
        let start = near + text[near..].find(&self.replace)?;
        let behind = start + self.replace.len();
        let end = match &self.until {
            Some(until) => behind + text[behind..].find(until)? + until.len(),
            None => behind,
        };
        Some(start..end)
    }
}

/// Plants mistakes, and says where each must be found: file, line, column (0 where any will do), message.
fn plant(mistakes: &[Planted]) -> (Sources, Vec<(String, usize, usize, String)>) {
    let mut sources = seven_steps();
    let original = seven_steps();
    // From the end of each file, so that what was planted before stays where it is.
    let mut placed: Vec<(String, usize, &Planted)> = mistakes
        .iter()
        .map(|mistake| {
            let (file, near) = place_of(&original, &mistake.near);
            (file, near, mistake)
        })
        .collect();
    placed.sort_by(|one, other| other.1.cmp(&one.1).then(other.2.replace.cmp(&one.2.replace)));
    for (file, near, mistake) in &placed {
        let text = sources.files.get_mut(file).unwrap();
        let range = mistake.range(text, *near).unwrap_or_else(|| panic!("{mistake:?} fits nowhere"));
        text.replace_range(range, &mistake.by);
    }
    // Where the ids stand now is known by how much the files grew before them.
    let mut expected = Vec::new();
    for (file, near, mistake) in &placed {
        let grown: isize = placed
            .iter()
            .filter(|(other, at, _)| other == file && at < near)
            .map(|(file, near, other)| {
                let range = other.range(&original.files[file], *near).unwrap();
                other.by.len().cast_signed() - range.len().cast_signed()
            })
            .sum();
        let text = &sources.files[file];
        let near = near.checked_add_signed(grown).unwrap();
        let byte = match mistake.at.as_deref() {
            None => text[..near].rfind('(').unwrap(),
            Some("") => near + text[near..].find('\n').unwrap() + 1,
            Some(at) => near + text[near..].find(at).unwrap_or_else(|| panic!("{mistake:?} is nowhere")),
        };
        let (line, column) = line_and_column(text, byte);
        let column = if mistake.anywhere { 0 } else { column };
        expected.push((file.clone(), line, column, mistake.says.clone()));
    }
    expected.sort();
    (sources, expected)
}

/// What is wrong with what was found, if anything.
fn differences(faults: &[Fault], expected: &[(String, usize, usize, String)]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut left: Vec<&Fault> = faults.iter().collect();
    for (file, line, column, says) in expected {
        let fits = |fault: &&Fault| {
            fault.file.ends_with(file.as_str())
                && fault.line == *line
                && (*column == 0 || fault.column == *column)
                && fault.message.en.contains(says)
        };
        match left.iter().position(fits) {
            Some(found) => {
                left.remove(found);
            }
            None => wrong.push(format!("not found: {file}:{line}:{column}: {says}")),
        }
    }
    wrong.extend(left.iter().map(|fault| format!("too many: {}", fault.show(Language::En))));
    wrong
}

fn faults(sources: &Sources) -> Vec<Fault> {
    sources.load().err().unwrap_or_default()
}

#[test]
fn each_mistake_is_found_alone_at_its_place() {
    let mut wrong = Vec::new();
    for mistake in planted() {
        let (sources, expected) = plant(std::slice::from_ref(&mistake));
        let found = differences(&faults(&sources), &expected);
        if !found.is_empty() {
            wrong.push(format!("{} -> {:?}\n  {}", mistake.near, mistake.by, found.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), planted().len(), wrong.join("\n"));
}

/// How many sets of ten mistakes are tried; each with other ones, always the same.
const SETS: u64 = 12;

#[test]
fn ten_mistakes_at_once_are_ten_problems() {
    let mistakes = planted();
    let mut wrong = Vec::new();
    for set in 0..SETS {
        let mut state = set.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1);
        let mut chosen: Vec<Planted> = Vec::new();
        while chosen.len() < 10 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let next = &mistakes[usize::try_from(state >> 33).unwrap() % mistakes.len()];
            if chosen.iter().all(|other| other.near != next.near) {
                chosen.push(next.clone());
            }
        }
        let (sources, expected) = plant(&chosen);
        let found = differences(&faults(&sources), &expected);
        if !found.is_empty() {
            let by: Vec<&str> = chosen.iter().map(|mistake| mistake.by.as_str()).collect();
            wrong.push(format!("set {set} {by:?}\n  {}", found.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {SETS}:\n{}", wrong.len(), wrong.join("\n"));
}

/// A copy of the small questionnaire with mistakes in it, and all that must be found.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bad {
    about: String,
    edits: Vec<Edit>,
    problems: Vec<Expected>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    file: String,
    /// Its first occurrence.
    replace: String,
    by: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    file: String,
    /// The text at which it must be shown, its first occurrence in the changed file.
    at: String,
    /// Part of the message.
    fr: String,
    en: String,
}

fn small() -> Sources {
    library::sources(&cases::folder().join("questionnaires/small")).unwrap()
}

#[test]
fn the_small_questionnaire_has_no_problem() {
    let found = faults(&small());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn each_kind_of_mistake_is_found_at_its_place_in_both_languages() {
    let mut wrong = Vec::new();
    for (name, bad) in cases::all::<Bad>("questionnaires/bad") {
        let mut sources = small();
        for edit in &bad.edits {
            let text = sources.files.get_mut(&edit.file).unwrap();
            assert!(text.contains(&edit.replace), "{name}: {:?} is not in {}", edit.replace, edit.file);
            *text = text.replacen(&edit.replace, &edit.by, 1);
        }
        let found = faults(&sources);
        let mut expected = Vec::new();
        for problem in &bad.problems {
            let text = &sources.files[&problem.file];
            let byte = text.find(&problem.at).unwrap_or_else(|| panic!("{name}: {:?}", problem.at));
            let (line, column) = line_and_column(text, byte);
            expected.push((problem.file.clone(), line, column, problem.en.clone()));
            let in_french = found.iter().any(|fault| {
                fault.line == line
                    && fault.file.ends_with(&problem.file)
                    && fault.message.fr.contains(&problem.fr)
            });
            if !in_french {
                wrong.push(format!("{name}: not found: {}:{line}: {}", problem.file, problem.fr));
            }
        }
        let differences = differences(&found, &expected);
        if !differences.is_empty() {
            wrong.push(format!("{name} ({}):\n  {}", bad.about, differences.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_problem_is_shown_with_its_line_and_a_mark_under_its_place() {
    let mut sources = small();
    sources.origin = "folder".to_owned();
    let text = sources.files.get_mut("1-first.ron").unwrap();
    *text = text.replacen("likelihood: 2", "likelihood: 8", 1);
    let [fault] = &faults(&sources)[..] else { panic!("one problem") };
    assert_eq!(
        fault.show(Language::En),
        "folder/1-first.ron:20:45: likelihood 8: it runs from 1 to 4\n  \
         20 |             risk: (severity: 3, likelihood: 8, knockout: true, amplified: true),\n     \
         |                                             ^"
    );
    assert!(fault.show(Language::Fr).starts_with("folder/1-first.ron:20:45: likelihood 8"));
}
