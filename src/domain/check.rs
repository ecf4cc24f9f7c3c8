//! What is wrong with a questionnaire? Every problem of it at once, each with the place where it stands.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::id;
use super::questionnaire::Choice;
use super::questionnaire::Column;
use super::questionnaire::Details;
use super::questionnaire::FORMAT;
use super::questionnaire::Question;
use super::questionnaire::Questionnaire;
use super::questionnaire::Step;
use super::resident::Words;
use super::text::Text;

mod answers;
mod conditions;
pub mod near;
mod possible;
mod rules;

use answers::check_answer;
use answers::check_table_ref;
use answers::choices_path;

/// Something that an author should mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub place: Place,
    /// In both languages, with the value that is wrong.
    pub message: Text,
}

/// Where in a questionnaire: a file of it, and the path inside, such as `questions[3].risk.severity`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub part: Part,
    pub path: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Head,
    /// The n-th of the head's files: 0 is the profile.
    Step(usize),
    Tables,
    Glossary,
    /// The rules by which captures speak about questions.
    Evidence,
}

/// Collects problems of one file.
struct Findings<'a> {
    part: Part,
    problems: &'a mut Vec<Problem>,
}

impl Findings<'_> {
    fn add(&mut self, path: impl Into<String>, fr: impl Into<Words>, en: impl Into<Words>) {
        let place = Place { part: self.part, path: path.into() };
        self.problems.push(Problem { place, message: Text::new(fr, en) });
    }

    /// Both languages must say something.
    fn text(&mut self, path: &str, text: &Text) {
        if text.fr.trim().is_empty() {
            self.add(
                format!("{path}.fr"),
                "texte français manquant ou vide (fr)",
                "missing or empty French text (fr)",
            );
        }
        if text.en.trim().is_empty() {
            self.add(
                format!("{path}.en"),
                "texte anglais manquant ou vide (en)",
                "missing or empty English text (en)",
            );
        }
    }

    /// Both languages or neither.
    fn optional_text(&mut self, path: &str, text: &Text) {
        if !text.is_empty() {
            self.text(path, text);
        }
    }

    fn id(&mut self, path: &str, id: &str) {
        if id.is_empty() {
            self.add(path, "identifiant manquant", "missing id");
        } else if !id::well_formed(id) {
            self.add(
                path,
                format!(
                    "identifiant « {id} » : lettres ASCII, chiffres, _ et . seulement, une lettre d’abord"
                ),
                format!("id {id:?}: only ASCII letters, digits, _ and . are allowed, a letter first"),
            );
        }
    }

    fn degree(&mut self, path: String, degree: f64) {
        if degree.is_nan() {
            return self.add(path, "champ « degree » manquant", "missing field `degree`");
        }
        if !(0.0..=1.0).contains(&degree) {
            self.add(
                path,
                format!("degré {degree} : il va de 0 à 1"),
                format!("degree {degree}: it runs from 0 to 1"),
            );
        }
    }

    /// Ids used twice: each later use is a problem.
    fn unique<'i>(&mut self, what: (&str, &str), ids: impl Iterator<Item = (String, &'i str)>) {
        let mut seen = BTreeSet::new();
        for (path, id) in ids {
            if !id.is_empty() && !seen.insert(id) {
                self.add(
                    path,
                    format!("{} « {id} » en double", what.0),
                    format!("duplicate {} {id:?}", what.1),
                );
            }
        }
    }
}

/// What could not be read: a reference to it is no problem of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unread {
    /// Ids that stood in what was left out.
    pub ids: BTreeSet<String>,
    pub profile: bool,
    /// At least one step.
    pub steps: bool,
    pub tables: bool,
}

/// Every problem of a questionnaire, apart from what refers to something unread.
pub fn check(questionnaire: &Questionnaire, unread: &Unread) -> Vec<Problem> {
    let mut problems = Vec::new();
    check_head(questionnaire, &mut Findings { part: Part::Head, problems: &mut problems });
    check_tables(questionnaire, &mut Findings { part: Part::Tables, problems: &mut problems });
    check_glossary(questionnaire, &mut Findings { part: Part::Glossary, problems: &mut problems });
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    for (part, step) in questionnaire.parts().enumerate().skip(usize::from(unread.profile)) {
        let mut findings = Findings { part: Part::Step(part), problems: &mut problems };
        check_step(questionnaire, step, part == 0, &mut findings);
        for (index, question) in step.questions.iter().enumerate() {
            let path = format!("questions[{index}]");
            let id = question.id.as_str();
            if !id.is_empty() && ids.insert(id, part).is_some() {
                findings.add(
                    format!("{path}.id"),
                    format!("question « {id} » en double"),
                    format!("duplicate question {id:?}"),
                );
            }
            check_question(questionnaire, unread, question, part == 0, &path, &mut findings);
        }
    }
    conditions::check(questionnaire, unread, &mut problems);
    rules::check(questionnaire, unread, &mut Findings { part: Part::Evidence, problems: &mut problems });
    problems
}

fn check_head(questionnaire: &Questionnaire, findings: &mut Findings) {
    let head = &questionnaire.head;
    if head.format != FORMAT {
        findings.add(
            "format",
            format!("format {} : ce programme lit le format {FORMAT}", head.format),
            format!("format {}: this program reads format {FORMAT}", head.format),
        );
    }
    findings.id("id", &head.id.replace('-', "_"));
    let version_is_plain = head
        .version
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '+'));
    if head.version.is_empty() || !version_is_plain || head.version.starts_with('.') {
        findings.add(
            "version",
            format!("version « {} » : lettres, chiffres et points seulement", head.version),
            format!("version {:?}: only letters, digits and dots are allowed", head.version),
        );
    }
    findings.text("title", &head.title);
    findings.optional_text("about", &head.about);
    if head.files.len() < 2 {
        findings.add(
            "files",
            "il faut le fichier du profil, puis celui d’au moins une étape",
            "the profile's file and that of at least one step are needed",
        );
    }
    let steps = questionnaire.parts().enumerate();
    let mut seen = BTreeSet::new();
    for (part, step) in steps {
        if !step.id.as_str().is_empty() && !seen.insert(&step.id) {
            let mut findings = Findings { part: Part::Step(part), problems: &mut *findings.problems };
            findings.add(
                "id",
                format!("étape « {} » en double", step.id),
                format!("duplicate step {:?}", step.id.as_str()),
            );
        }
    }
}

fn check_tables(questionnaire: &Questionnaire, findings: &mut Findings) {
    let tables = || questionnaire.tables.iter().enumerate();
    findings.unique(
        ("tableau", "table"),
        tables().map(|(index, table)| (format!("[{index}].id"), table.id.as_str())),
    );
    for (index, table) in tables() {
        findings.id(&format!("[{index}].id"), table.id.as_str());
        findings.text(&format!("[{index}].title"), &table.title);
        findings.text(&format!("[{index}].row"), &table.row);
        check_columns(&format!("[{index}].columns"), &table.columns, findings);
    }
}

fn check_glossary(questionnaire: &Questionnaire, findings: &mut Findings) {
    let terms = || questionnaire.glossary.iter().enumerate();
    findings
        .unique(("terme", "term"), terms().map(|(index, term)| (format!("[{index}].id"), term.id.as_str())));
    for (index, term) in terms() {
        findings.text(&format!("[{index}].term"), &term.term);
        findings.text(&format!("[{index}].meaning"), &term.meaning);
    }
}

fn check_columns(path: &str, columns: &[Column], findings: &mut Findings) {
    if columns.is_empty() {
        findings.add(path, "aucune colonne", "no column");
    }
    findings.unique(
        ("colonne", "column"),
        columns.iter().enumerate().map(|(index, column)| (format!("{path}[{index}].id"), column.id.as_str())),
    );
    for (index, column) in columns.iter().enumerate() {
        let path = format!("{path}[{index}]");
        findings.id(&format!("{path}.id"), column.id.as_str());
        findings.text(&format!("{path}.title"), &column.title);
        check_choices(&format!("{path}.kind"), column.kind.choices(), findings);
    }
}

fn check_choices(path: &str, choices: &[Choice], findings: &mut Findings) {
    findings.unique(
        ("choix", "choice"),
        choices.iter().enumerate().map(|(index, choice)| (format!("{path}[{index}].id"), choice.id.as_str())),
    );
    for (index, choice) in choices.iter().enumerate() {
        let path = format!("{path}[{index}]");
        findings.id(&format!("{path}.id"), choice.id.as_str());
        findings.text(&format!("{path}.text"), &choice.text);
        if let Some(degree) = choice.degree {
            findings.degree(format!("{path}.degree"), degree);
        }
        if let Some(weight) = choice.weight
            && !(1..=2).contains(&weight)
        {
            findings.add(
                format!("{path}.weight"),
                format!("poids {weight} : 1 ou 2"),
                format!("weight {weight}: it is 1 or 2"),
            );
        }
    }
}

fn check_step(questionnaire: &Questionnaire, step: &Step, profile: bool, findings: &mut Findings) {
    findings.id("id", step.id.as_str());
    findings.text("title", &step.title);
    findings.optional_text("short", &step.short);
    findings.optional_text("opening", &step.opening);
    if step.weight < 0.0 || !step.weight.is_finite() {
        findings.add(
            "weight",
            format!("poids {} : 0 ou plus", step.weight),
            format!("weight {}: it is 0 or more", step.weight),
        );
    }
    findings.unique(
        ("drapeau", "flag"),
        step.flags.iter().enumerate().map(|(index, flag)| (format!("flags[{index}].id"), flag.id.as_str())),
    );
    for (index, flag) in step.flags.iter().enumerate() {
        findings.id(&format!("flags[{index}].id"), flag.id.as_str());
        findings.text(&format!("flags[{index}].title"), &flag.title);
    }
    if !profile && !step.flags.is_empty() {
        findings.add("flags", "seul le profil déclare des drapeaux", "only the profile declares flags");
    }
    if !profile && step.amplify.is_some() {
        findings.add("amplify", "seul le profil amplifie", "only the profile amplifies");
    }
    if profile && questionnaire.profile.questions.iter().any(|question| question.risk.is_some()) {
        for (index, question) in questionnaire.profile.questions.iter().enumerate() {
            if question.risk.is_some() {
                findings.add(
                    format!("questions[{index}].risk"),
                    "une question du profil n’a pas de risque : elle n’est jamais notée",
                    "a question of the profile has no risk: it is never scored",
                );
            }
        }
    }
}

fn check_question(
    questionnaire: &Questionnaire,
    unread: &Unread,
    question: &Question,
    profile: bool,
    path: &str,
    findings: &mut Findings,
) {
    findings.id(&format!("{path}.id"), question.id.as_str());
    findings.text(&format!("{path}.title"), &question.title);
    findings.text(&format!("{path}.ask"), &question.ask);
    findings.text(&format!("{path}.help"), &question.help);
    findings.optional_text(&format!("{path}.look_for"), &question.look_for);
    if let Some(reference) = &question.reference {
        findings.text(&format!("{path}.reference"), reference);
    }
    if let Some(remedy) = &question.remedy {
        findings.text(&format!("{path}.remedy.text"), &remedy.text);
        findings.text(&format!("{path}.remedy.owner"), &remedy.owner);
    }
    if let Some(means) = &question.means {
        for (name, text) in [("yes", &means.yes), ("partly", &means.partly), ("no", &means.no)] {
            findings.text(&format!("{path}.means.{name}"), text);
        }
    }
    if let Some(risk) = &question.risk {
        for (name, figure) in [("severity", risk.severity), ("likelihood", risk.likelihood)] {
            if !(1..=4).contains(&figure) {
                findings.add(
                    format!("{path}.risk.{name}"),
                    format!("{name} {figure} : de 1 à 4"),
                    format!("{name} {figure}: it runs from 1 to 4"),
                );
            }
        }
    }
    let scored = question.risk.is_some() && !profile;
    check_answer(questionnaire, unread, question, scored, path, findings);
    match &question.details {
        Some(Details::Table { of, columns }) => {
            let path = format!("{path}.details");
            check_table_ref(questionnaire, unread, of.as_ref(), columns, &path, findings);
        }
        Some(Details::Fields(fields)) => check_columns(&format!("{path}.details"), fields, findings),
        None => {}
    }
    if !profile {
        for (index, choice) in question.choices().iter().enumerate() {
            if !choice.sets.is_empty() {
                findings.add(
                    format!("{}[{index}].sets", choices_path(question, path)),
                    "seules les réponses du profil posent des drapeaux",
                    "only answers of the profile set flags",
                );
            }
        }
    }
}
