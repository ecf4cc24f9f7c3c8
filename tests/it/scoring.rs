//! Do answers become the figures that the method promises? Every worked example, as data in `tests/cases/scoring/`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use privaudit::domain::answer::Answer;
use privaudit::domain::answer::Row;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::id::QuestionId;
use privaudit::domain::id::TableId;
use privaudit::domain::questionnaire::AnswerKind;
use privaudit::domain::questionnaire::Head;
use privaudit::domain::questionnaire::Question;
use privaudit::domain::questionnaire::Questionnaire;
use privaudit::domain::questionnaire::Step;
use privaudit::domain::questionnaire::Table;
use privaudit::domain::scoring;
use privaudit::domain::scoring::Cap;
use privaudit::domain::scoring::Figures;
use privaudit::domain::scoring::Score;
use privaudit::domain::text::Text;
use privaudit::storage::library;

use crate::cases;

/// Figures agree to this.
const EPSILON: f64 = 1e-6;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    questionnaire: From,
    #[serde(default = "some_day")]
    date: Date,
    #[serde(default)]
    express: bool,
    /// As in an assessment's file.
    #[serde(default)]
    answers: BTreeMap<QuestionId, Answer>,
    #[serde(default)]
    tables: BTreeMap<TableId, Vec<Row>>,
    /// What every other question of yes, partly, no is answered with.
    #[serde(default)]
    otherwise: Option<Value>,
    expect: Expected,
}

fn some_day() -> Date {
    jiff::civil::date(2026, 11, 23)
}

#[derive(Deserialize)]
enum From {
    BuiltIn,
    /// A file beside the cases, for several of them.
    File(String),
    These(Box<Small>),
}

/// A questionnaire with nothing but what scoring looks at; an answer not described is yes, partly, no.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Small {
    #[serde(default)]
    profile: Option<Step>,
    #[serde(default)]
    tables: Vec<Table>,
    steps: Vec<SmallStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SmallStep {
    id: String,
    #[serde(default)]
    weight: Option<f64>,
    questions: Vec<Question>,
}

/// What is not named is not compared.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Expected {
    overall: ExpectedFigures,
    steps: BTreeMap<String, ExpectedFigures>,
    questions: BTreeMap<String, ExpectedQuestion>,
    /// In the order of actions.
    findings: Option<Vec<String>>,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct ExpectedFigures {
    score: Option<Figure>,
    raw: Option<Figure>,
    low: Option<Figure>,
    high: Option<Figure>,
    band: Option<String>,
    shown: Option<u8>,
    coverage: Option<Figure>,
    confidence: Option<Figure>,
    answered: Option<usize>,
    applicable: Option<usize>,
    not_applicable: Option<Figure>,
    /// Each cap with the questions that cause it, lowest first.
    caps: Option<Vec<(f64, Vec<String>)>>,
    weakest: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct ExpectedQuestion {
    state: Option<String>,
    severity: Option<u8>,
    likelihood: Option<u8>,
    amplified: Option<bool>,
    weight: Option<Figure>,
    degree: Option<Figure>,
    /// Severity and likelihood that remain.
    residual: Option<(u8, u8)>,
    level: Option<String>,
    evidence: Option<String>,
    range: Option<(f64, f64)>,
}

#[derive(Deserialize, Clone, Copy, Debug)]
enum Figure {
    Is(f64),
    /// There is no such figure.
    Missing,
}

#[test]
fn every_worked_example_comes_out_as_written() {
    let mut wrong = Vec::new();
    for (name, case) in cases::all::<Case>("scoring") {
        let (questionnaire, assessment) = case.build(&name);
        let score = scoring::score(&questionnaire, &assessment);
        let mut comparison = Comparison { case: format!("{name} ({})", case.about), wrong: &mut wrong };
        comparison.score(&case.expect, &score);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

impl Case {
    fn build(&self, name: &str) -> (Questionnaire, Assessment) {
        let questionnaire = match &self.questionnaire {
            From::BuiltIn => (*library::built_in().unwrap().questionnaire).clone(),
            From::File(file) => {
                let path = cases::folder().join("scoring/questionnaires").join(format!("{file}.ron"));
                cases::read::<Small>(&path).build()
            }
            From::These(small) => small.build(),
        };
        let mut assessment = Assessment::new(name, self.date, &questionnaire);
        assessment.express = self.express;
        for question in questionnaire.steps.iter().flat_map(|step| &step.questions) {
            if let (Some(value), AnswerKind::YesPartlyNo) = (&self.otherwise, &question.answer) {
                assessment.edit(&question.id, |answer| answer.value = Some(value.clone()));
            }
        }
        for (id, answer) in &self.answers {
            let known = questionnaire.question(id);
            let known = known.unwrap_or_else(|| panic!("{name}: there is no question {id}"));
            if let Some(value) = &answer.value {
                assert_eq!(value.fits(known), Ok(()), "{name}: {id}");
            }
            assessment.edit(id, |empty| *empty = answer.clone());
        }
        assessment.tables.clone_from(&self.tables);
        (questionnaire, assessment)
    }
}

impl Small {
    fn build(&self) -> Questionnaire {
        let head = Head {
            format: 1,
            id: "small".into(),
            version: "1".into(),
            title: Text::default(),
            about: Text::default(),
            legal_baseline: some_day(),
            files: Vec::new(),
            tables: None,
            glossary: None,
            evidence: None,
        };
        let empty = |id: &str| Step {
            id: id.into(),
            title: Text::default(),
            short: Text::default(),
            opening: Text::default(),
            weight: 1.0,
            flags: Vec::new(),
            amplify: None,
            questions: Vec::new(),
        };
        let profile = self.profile.clone().unwrap_or_else(|| empty("profile"));
        let steps = self.steps.iter().map(|step| {
            let mut questions = step.questions.clone();
            for question in questions.iter_mut().filter(|question| question.answer == AnswerKind::Text) {
                question.answer = AnswerKind::YesPartlyNo;
            }
            Step { weight: step.weight.unwrap_or(1.0), questions, ..empty(&step.id) }
        });
        Questionnaire::new(head, profile, steps.collect(), self.tables.clone(), Vec::new(), String::new())
    }
}

/// What is expected against what came out; every difference is kept.
struct Comparison<'a> {
    case: String,
    wrong: &'a mut Vec<String>,
}

impl Comparison<'_> {
    fn score(&mut self, expected: &Expected, score: &Score) {
        self.figures("overall", &expected.overall, &score.overall.figures, &score.overall.caps);
        if let Some(weakest) = &expected.overall.weakest {
            let found = score.overall.weakest.as_ref().map_or("none", |step| step.as_str());
            self.same("overall weakest", weakest.as_str(), found);
        }
        for (id, expected) in &expected.steps {
            let Some(step) = score.step(&id.as_str().into()) else { panic!("{}: no step {id}", self.case) };
            self.figures(id, expected, &step.figures, &step.caps);
            self.same_if(&format!("{id} answered"), expected.answered.as_ref(), &step.answered);
            self.same_if(&format!("{id} applicable"), expected.applicable.as_ref(), &step.applicable);
            self.figure(&format!("{id} not applicable"), expected.not_applicable, Some(step.not_applicable));
        }
        for (id, expected) in &expected.questions {
            self.question(id, expected, score);
        }
        if let Some(findings) = &expected.findings {
            let found: Vec<String> = score.findings.iter().map(ToString::to_string).collect();
            self.same("findings", findings, &found);
        }
    }

    fn figures(&mut self, place: &str, expected: &ExpectedFigures, found: &Figures, caps: &[Cap]) {
        self.figure(&format!("{place} score"), expected.score, found.score);
        self.figure(&format!("{place} raw"), expected.raw, found.raw);
        self.figure(&format!("{place} low"), expected.low, found.interval.map(|(low, _)| low));
        self.figure(&format!("{place} high"), expected.high, found.interval.map(|(_, high)| high));
        self.figure(&format!("{place} coverage"), expected.coverage, Some(found.coverage));
        self.figure(&format!("{place} confidence"), expected.confidence, Some(found.confidence));
        let band = found.band().map_or("none".to_owned(), |band| band.letter().to_string());
        self.same_if(&format!("{place} band"), expected.band.as_ref(), &band);
        let shown = found.score.map_or(u8::MAX, scoring::shown);
        self.same_if(&format!("{place} shown"), expected.shown.as_ref(), &shown);
        let caps: Vec<(f64, Vec<String>)> = caps
            .iter()
            .map(|cap| (cap.kind.cap(), cap.because.iter().map(ToString::to_string).collect()))
            .collect();
        self.same_if(&format!("{place} caps"), expected.caps.as_ref(), &caps);
    }

    fn question(&mut self, id: &str, expected: &ExpectedQuestion, score: &Score) {
        let Some(found) = score.question(&id.into()) else { panic!("{}: no question {id}", self.case) };
        self.same_if(&format!("{id} state"), expected.state.as_deref(), found.state.word());
        self.same_if(&format!("{id} severity"), expected.severity.as_ref(), &found.severity);
        self.same_if(&format!("{id} likelihood"), expected.likelihood.as_ref(), &found.likelihood);
        self.same_if(&format!("{id} amplified"), expected.amplified.as_ref(), &found.amplified);
        self.figure(&format!("{id} weight"), expected.weight, Some(found.weight));
        self.figure(&format!("{id} degree"), expected.degree, found.degree);
        let residual = found.residual.map_or((0, 0), |left| (left.severity, left.likelihood));
        self.same_if(&format!("{id} residual"), expected.residual.as_ref(), &residual);
        let level = found.residual.map_or("none", |left| left.level.word());
        self.same_if(&format!("{id} level"), expected.level.as_deref(), level);
        let evidence = found.evidence.map_or("none", privaudit::domain::answer::Evidence::word);
        self.same_if(&format!("{id} evidence"), expected.evidence.as_deref(), evidence);
        if let Some((low, high)) = expected.range {
            self.figure(&format!("{id} lowest degree"), Some(Figure::Is(low)), Some(found.range.0));
            self.figure(&format!("{id} highest degree"), Some(Figure::Is(high)), Some(found.range.1));
        }
    }

    fn figure(&mut self, place: &str, expected: Option<Figure>, found: Option<f64>) {
        let right = match (expected, found) {
            (None, _) | (Some(Figure::Missing), None) => true,
            (Some(Figure::Is(expected)), Some(found)) => (expected - found).abs() < EPSILON,
            _ => false,
        };
        if !right {
            self.wrong.push(format!("{}: {place}: expected {expected:?}, found {found:?}", self.case));
        }
    }

    fn same_if<T: PartialEq + std::fmt::Debug + ?Sized>(
        &mut self,
        place: &str,
        expected: Option<&T>,
        found: &T,
    ) {
        if let Some(expected) = expected {
            self.same(place, expected, found);
        }
    }

    fn same<T: PartialEq + std::fmt::Debug + ?Sized>(&mut self, place: &str, expected: &T, found: &T) {
        if expected != found {
            self.wrong.push(format!("{}: {place}: expected {expected:?}, found {found:?}", self.case));
        }
    }
}
