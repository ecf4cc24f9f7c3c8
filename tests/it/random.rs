//! Questionnaires and visits made by chance, the same for the same seed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::civil::date;
use privaudit::domain::answer::Answer;
use privaudit::domain::answer::Cell;
use privaudit::domain::answer::Evidence;
use privaudit::domain::answer::Override;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::assessment::Plan;
use privaudit::domain::assessment::Status;
use privaudit::domain::attachment::Attachment;
use privaudit::domain::condition::Condition;
use privaudit::domain::id::QuestionId;
use privaudit::domain::id::TableId;
use privaudit::domain::questionnaire::AgeBand;
use privaudit::domain::questionnaire::AnswerKind;
use privaudit::domain::questionnaire::Band;
use privaudit::domain::questionnaire::CellKind;
use privaudit::domain::questionnaire::Choice;
use privaudit::domain::questionnaire::Column;
use privaudit::domain::questionnaire::Effort;
use privaudit::domain::questionnaire::Flag;
use privaudit::domain::questionnaire::Head;
use privaudit::domain::questionnaire::Lowers;
use privaudit::domain::questionnaire::Question;
use privaudit::domain::questionnaire::Questionnaire;
use privaudit::domain::questionnaire::Remedy;
use privaudit::domain::questionnaire::Risk;
use privaudit::domain::questionnaire::RowDegree;
use privaudit::domain::questionnaire::Rule;
use privaudit::domain::questionnaire::Step;
use privaudit::domain::text::Text;

/// The generator `SplitMix64` of S. Vigna: small, and good enough for tests.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub fn of<T: Clone>(&mut self, these: &[T]) -> T {
        these[self.below(these.len())].clone()
    }

    pub fn words(&mut self, most: usize) -> String {
        let words =
            ["le", "site", "mai", "dit", "que", "tout", "part", "avant", "le", "choix", "\n", "vu  ", "œuf"];
        (0..=self.below(most)).map(|_| self.of(&words)).collect::<Vec<_>>().join(" ")
    }
}

fn text(chance: &mut Chance) -> Text {
    Text::new(chance.words(8), chance.words(8))
}

fn choice(id: &str, degree: Option<f64>, chance: &mut Chance) -> Choice {
    Choice {
        id: id.into(),
        text: text(chance),
        degree,
        weight: Some(1 + u8::from(chance.percent(30))),
        sets: Vec::new(),
        group: None,
    }
}

fn choices(chance: &mut Chance) -> Vec<Choice> {
    (0..2 + chance.below(3))
        .map(|index| {
            let degree = chance.of(&[0.0, 0.25, 0.5, 0.75, 1.0, 1.0 / 3.0]);
            choice(&format!("c{index}"), Some(degree), chance)
        })
        .collect()
}

fn answer_kind(chance: &mut Chance) -> AnswerKind {
    match chance.below(12) {
        0 => AnswerKind::Choice(choices(chance)),
        1 => AnswerKind::Choices { of: choices(chance), rule: Some(chance.of(&[Rule::Share, Rule::Worst])) },
        2 => AnswerKind::Number {
            unit: text(chance),
            min: None,
            max: Some(100.0),
            bands: vec![Band { upto: 10.0, degree: 1.0 }, Band { upto: 50.0, degree: 0.5 }],
            beyond: 0.0,
            or: choices(chance),
        },
        3 => AnswerKind::Date {
            bands: vec![AgeBand { months: 12, degree: 1.0 }, AgeBand { months: 24, degree: 0.5 }],
            beyond: 0.0,
            or: Vec::new(),
        },
        4 => {
            let kind = CellKind::Choice(choices(chance));
            let column = Column::new("cell", text(chance), kind);
            AnswerKind::Table {
                of: None,
                columns: vec![column],
                degree: RowDegree::Cell("cell".into()),
                weight: Some("cell".into()),
                none_is: chance.of(&[0.0, 1.0]),
            }
        }
        _ => AnswerKind::YesPartlyNo,
    }
}

fn condition(chance: &mut Chance) -> Condition {
    let flag = |chance: &mut Chance| Condition::Flag(chance.of(&["f0", "f1", "f2"]).into());
    match chance.below(8) {
        0 => flag(chance),
        1 => Condition::Not(Box::new(flag(chance))),
        2 => Condition::Is("p.1".into(), "c1".into()),
        _ => Condition::Always,
    }
}

fn risk(chance: &mut Chance) -> Risk {
    Risk {
        severity: 1 + u8::try_from(chance.below(4)).unwrap(),
        likelihood: 1 + u8::try_from(chance.below(4)).unwrap(),
        knockout: chance.percent(10),
        lowers: chance.of(&[Lowers::Likelihood, Lowers::Likelihood, Lowers::Severity]),
        amplified: chance.percent(50),
    }
}

pub fn question(id: &str, chance: &mut Chance) -> Question {
    let scored = chance.percent(92);
    Question {
        id: id.into(),
        title: text(chance),
        ask: text(chance),
        help: text(chance),
        look_for: text(chance),
        answer: if scored { answer_kind(chance) } else { AnswerKind::Text },
        means: None,
        details: None,
        when: condition(chance),
        risk: scored.then(|| risk(chance)),
        remedy: Some(Remedy {
            text: text(chance),
            effort: chance.of(&[Effort::Small, Effort::Medium, Effort::Large]),
            owner: text(chance),
        }),
        reference: None,
        law: Vec::new(),
        maps: BTreeMap::new(),
        express: chance.percent(50),
    }
}

fn profile(chance: &mut Chance) -> Step {
    let questions = (0..3)
        .map(|index| {
            let mut fact = question(&format!("p.{index}"), chance);
            let mut choices: Vec<Choice> =
                (0..2).map(|index| choice(&format!("c{index}"), None, chance)).collect();
            choices[1].sets = vec![format!("f{index}").as_str().into()];
            (fact.answer, fact.risk, fact.when) = (AnswerKind::Choice(choices), None, Condition::Always);
            fact
        })
        .collect();
    let flags: Vec<Flag> = (0..3)
        .map(|index| Flag {
            id: format!("f{index}").as_str().into(),
            title: text(chance),
            when: None,
            informs: false,
        })
        .collect();
    Step {
        id: "profile".into(),
        title: text(chance),
        short: Text::default(),
        opening: Text::default(),
        weight: 1.0,
        flags,
        amplify: Some(Condition::Flag("f0".into())),
        questions,
    }
}

/// Up to `steps` steps of up to `questions` questions.
pub fn questionnaire(chance: &mut Chance, steps: usize, questions: usize) -> Questionnaire {
    let steps = (0..=chance.below(steps)).map(|step| Step {
        id: format!("s{step}").as_str().into(),
        title: text(chance),
        short: Text::default(),
        opening: Text::default(),
        weight: chance.of(&[1.0, 1.0, 1.0, 2.0]),
        flags: Vec::new(),
        amplify: None,
        questions: (0..=chance.below(questions))
            .map(|index| question(&format!("s{step}.q{index}"), chance))
            .collect(),
    });
    let steps = steps.collect::<Vec<Step>>();
    assembled(profile(chance), steps, "1.0.0")
}

fn assembled(profile: Step, steps: Vec<Step>, version: &str) -> Questionnaire {
    let head = Head {
        format: 1,
        id: "chance".into(),
        version: version.into(),
        title: Text::new("hasard", "chance"),
        about: Text::default(),
        legal_baseline: date(2026, 1, 1),
        files: Vec::new(),
        tables: None,
        glossary: None,
        evidence: None,
    };
    Questionnaire::new(head, profile, steps, Vec::new(), Vec::new(), version.into())
}

/// Another version: questions added, removed, reworded, reweighted, moved, asked of others.
pub fn next_version(old: &Questionnaire, chance: &mut Chance) -> Questionnaire {
    let mut steps = old.steps.clone();
    for step in &mut steps {
        if chance.percent(10) {
            step.weight = chance.of(&[1.0, 2.0, 3.0]);
        }
        step.questions.retain(|_| !chance.percent(10));
        for question in &mut step.questions {
            change_question(question, chance);
        }
        if chance.percent(30) {
            let id = format!("{}.new{}", step.id, chance.below(3));
            step.questions.push(question(&id, chance));
        }
    }
    if steps.len() > 1 && chance.percent(10) {
        let moved = steps[0].questions.pop();
        steps[1].questions.extend(moved);
    }
    if chance.percent(8) {
        steps.pop();
    }
    let mut profile = old.profile.clone();
    if chance.percent(10) {
        profile.amplify = Some(Condition::Flag("f1".into()));
    }
    for fact in &mut profile.questions {
        if chance.percent(10) {
            fact.ask = text(chance);
        }
    }
    assembled(profile, steps, "2.0.0")
}

fn change_question(question: &mut Question, chance: &mut Chance) {
    match chance.below(20) {
        0 => question.ask = text(chance),
        1 if question.risk.is_some() => question.risk = Some(risk(chance)),
        2 if question.risk.is_some() => question.answer = answer_kind(chance),
        3 => question.when = condition(chance),
        4 => {
            if let AnswerKind::Choice(choices) = &mut question.answer {
                choices[0].degree = Some(chance.of(&[0.0, 0.5, 1.0]));
            }
        }
        _ => {}
    }
}

fn value(question: &Question, visit: Date, chance: &mut Chance) -> Value {
    match chance.below(20) {
        0 => return Value::Unknown,
        1 => return Value::NotApplicable,
        _ => {}
    }
    let ids: Vec<_> = question.choices().iter().map(|choice| choice.id.clone()).collect();
    match &question.answer {
        AnswerKind::YesPartlyNo => chance.of(&[Value::Yes, Value::Yes, Value::Partly, Value::No]),
        AnswerKind::Choice(_) => Value::Choice(chance.of(&ids)),
        AnswerKind::Choices { .. } if chance.percent(20) => Value::Nothing,
        AnswerKind::Choices { .. } => {
            Value::Choices(ids.into_iter().filter(|_| chance.percent(50)).collect())
        }
        AnswerKind::Number { .. } if chance.percent(30) => Value::Choice(chance.of(&ids)),
        AnswerKind::Number { .. } => {
            Value::Number(chance.of(&[0.0, 10.0, 11.5, 50.0, 99.0, 1000.0, f64::NAN]))
        }
        AnswerKind::Date { .. } => {
            let months = i64::try_from(chance.below(40)).unwrap();
            Value::Date(visit.saturating_sub(jiff::Span::new().months(months)))
        }
        AnswerKind::Text => Value::Text(chance.words(12)),
        AnswerKind::Table { .. } => Value::Nothing,
    }
}

fn give_answer(assessment: &mut Assessment, question: &Question, chance: &mut Chance) {
    let is_table = matches!(question.answer, AnswerKind::Table { .. });
    if is_table && chance.percent(80) {
        let AnswerKind::Table { columns, .. } = &question.answer else { return };
        let cells = columns[0].kind.choices();
        let rows = (0..=chance.below(3)).map(|_| {
            let cell = (!chance.percent(20)).then(|| ("cell".into(), Cell::Choice(chance.of(cells).id)));
            BTreeMap::from_iter(cell)
        });
        let rows = rows.collect();
        assessment.set_rows(&TableId::new(question.id.as_str()), rows);
        assessment.answers.remove(&question.id);
        return;
    }
    let mut answer = Answer { value: Some(value(question, assessment.date, chance)), ..Answer::default() };
    if chance.percent(60) {
        answer.reason = chance.words(5);
        answer.agreed_by = chance.words(1);
    }
    if chance.percent(50) {
        answer.note = chance.words(30);
    }
    if chance.percent(50) {
        answer.evidence = Some(chance.of(&Evidence::ALL));
        let months = i64::try_from(chance.below(30)).unwrap();
        answer.evidence_on =
            chance.percent(60).then(|| assessment.date.saturating_sub(jiff::Span::new().months(months)));
    }
    if chance.percent(8) {
        answer.severity =
            Some(Override { figure: 1 + u8::try_from(chance.below(4)).unwrap(), reason: "vu".into() });
    }
    if chance.percent(10) {
        let digest = chance.of(&["aa", "bb", "cc"]);
        let months = i64::try_from(chance.below(12)).unwrap();
        let file = Attachment {
            name: format!("{digest}.pdf"),
            digest: digest.into(),
            size: 1,
            on: assessment.date,
            expires: chance
                .percent(60)
                .then(|| assessment.date.saturating_add(jiff::Span::new().months(months - 2))),
            note: String::new(),
        };
        assessment.attach(&question.id, file);
    }
    if chance.percent(10) {
        assessment.attachments.remove(&question.id);
    }
    answer.flagged = chance.percent(10);
    assessment.answers.insert(question.id.clone(), answer);
}

/// A visit in which most questions are answered.
pub fn assessment(questionnaire: &Questionnaire, on: Date, chance: &mut Chance) -> Assessment {
    let mut assessment = Assessment::new("Boutique", on, questionnaire);
    let answered = chance.of(&[20, 70, 95, 100]);
    for question in questionnaire.questions() {
        if chance.percent(answered) {
            give_answer(&mut assessment, question, chance);
        }
    }
    assessment.express = chance.percent(10);
    plan(&mut assessment, questionnaire, chance);
    assessment
}

fn plan(assessment: &mut Assessment, questionnaire: &Questionnaire, chance: &mut Chance) {
    for question in questionnaire.questions().filter(|question| question.risk.is_some()) {
        if chance.percent(40) {
            let plan = Plan {
                owner: chance.words(2),
                due: chance.percent(50).then(|| assessment.date.saturating_add(jiff::Span::new().months(2))),
                status: chance.of(&Status::ALL),
                reason: if chance.percent(50) { "assumé".into() } else { String::new() },
            };
            assessment.actions.insert(question.id.clone(), plan);
        }
    }
}

/// The visit after another: carried over, some answers confirmed, some given afresh or taken back.
pub fn next_visit(
    last: &Assessment,
    questionnaire: &Questionnaire,
    on: Date,
    chance: &mut Chance,
) -> Assessment {
    let mut assessment = Assessment::new("Boutique", on, questionnaire);
    assessment.carry_from(last, questionnaire);
    for question in questionnaire.questions() {
        match chance.below(10) {
            0..=3 => assessment.edit(&question.id, |answer| answer.carried = None),
            4 | 5 => give_answer(&mut assessment, question, chance),
            6 if chance.percent(30) => {
                assessment.answers.remove(&question.id);
            }
            _ => {}
        }
    }
    if chance.percent(40) {
        plan(&mut assessment, questionnaire, chance);
    }
    assessment
}

/// Every question of a step with an id in it.
pub fn ids(questionnaire: &Questionnaire) -> Vec<QuestionId> {
    questionnaire.questions().map(|question| question.id.clone()).collect()
}
