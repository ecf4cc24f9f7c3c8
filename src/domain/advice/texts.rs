//! Which words does a questionnaire say, and where does each stand?

use crate::domain::check::Part;
use crate::domain::check::Place;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Choice;
use crate::domain::questionnaire::Column;
use crate::domain::questionnaire::Details;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::questionnaire::Step;
use crate::domain::text::Language;
use crate::domain::text::Text;

/// A text at its place.
#[derive(Debug)]
pub struct Said<'a> {
    part: Part,
    path: String,
    pub role: Role,
    pub text: &'a Text,
}

/// What a text is for, as far as the room for it depends on that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Title,
    Ask,
    Help,
    LookFor,
    Means,
    Remedy,
    Other,
}

impl Said<'_> {
    /// Where its words in one language stand.
    pub fn place(&self, language: Language) -> Place {
        Place { part: self.part, path: format!("{}.{}", self.path, language.code()) }
    }
}

/// Every text that somebody reads, in the questionnaire's order.
pub fn all(questionnaire: &Questionnaire) -> Vec<Said<'_>> {
    let mut gathering = Gathering { part: Part::Head, said: Vec::new() };
    gathering.add("title", Role::Other, &questionnaire.head.title);
    gathering.add("about", Role::Other, &questionnaire.head.about);
    for (part, step) in questionnaire.parts().enumerate() {
        gathering.part = Part::Step(part);
        gathering.step(step);
    }
    gathering.part = Part::Tables;
    for (index, table) in questionnaire.tables.iter().enumerate() {
        gathering.add(format!("[{index}].title"), Role::Other, &table.title);
        gathering.add(format!("[{index}].row"), Role::Other, &table.row);
        gathering.columns(&format!("[{index}].columns"), &table.columns);
    }
    gathering.part = Part::Glossary;
    for (index, term) in questionnaire.glossary.iter().enumerate() {
        gathering.add(format!("[{index}].term"), Role::Other, &term.term);
        gathering.add(format!("[{index}].meaning"), Role::Other, &term.meaning);
    }
    gathering.said
}

struct Gathering<'a> {
    part: Part,
    said: Vec<Said<'a>>,
}

impl<'a> Gathering<'a> {
    fn add(&mut self, path: impl Into<String>, role: Role, text: &'a Text) {
        if !text.is_empty() {
            self.said.push(Said { part: self.part, path: path.into(), role, text });
        }
    }

    fn step(&mut self, step: &'a Step) {
        self.add("title", Role::Other, &step.title);
        self.add("opening", Role::Other, &step.opening);
        for (index, flag) in step.flags.iter().enumerate() {
            self.add(format!("flags[{index}].title"), Role::Other, &flag.title);
        }
        for (index, question) in step.questions.iter().enumerate() {
            self.question(&format!("questions[{index}]"), question);
        }
    }

    fn question(&mut self, path: &str, question: &'a Question) {
        self.add(format!("{path}.title"), Role::Title, &question.title);
        self.add(format!("{path}.ask"), Role::Ask, &question.ask);
        self.add(format!("{path}.help"), Role::Help, &question.help);
        self.add(format!("{path}.look_for"), Role::LookFor, &question.look_for);
        if let Some(means) = &question.means {
            self.add(format!("{path}.means.yes"), Role::Means, &means.yes);
            self.add(format!("{path}.means.partly"), Role::Means, &means.partly);
            self.add(format!("{path}.means.no"), Role::Means, &means.no);
        }
        if let Some(remedy) = &question.remedy {
            self.add(format!("{path}.remedy.text"), Role::Remedy, &remedy.text);
            self.add(format!("{path}.remedy.owner"), Role::Other, &remedy.owner);
        }
        if let Some(reference) = &question.reference {
            self.add(format!("{path}.reference"), Role::Other, reference);
        }
        let answer = format!("{path}.answer");
        match &question.answer {
            AnswerKind::Choice(choices) => self.choices(&answer, choices),
            AnswerKind::Choices { of, .. } => self.choices(&format!("{answer}.of"), of),
            AnswerKind::Number { unit, or, .. } => {
                self.add(format!("{answer}.unit"), Role::Other, unit);
                self.choices(&format!("{answer}.or"), or);
            }
            AnswerKind::Date { or, .. } => self.choices(&format!("{answer}.or"), or),
            AnswerKind::Table { columns, .. } => self.columns(&format!("{answer}.columns"), columns),
            AnswerKind::YesPartlyNo | AnswerKind::Text => {}
        }
        match &question.details {
            Some(Details::Table { columns, .. }) => self.columns(&format!("{path}.details.columns"), columns),
            Some(Details::Fields(fields)) => self.columns(&format!("{path}.details"), fields),
            None => {}
        }
    }

    fn choices(&mut self, path: &str, choices: &'a [Choice]) {
        for (index, choice) in choices.iter().enumerate() {
            self.add(format!("{path}[{index}].text"), Role::Other, &choice.text);
        }
    }

    fn columns(&mut self, path: &str, columns: &'a [Column]) {
        for (index, column) in columns.iter().enumerate() {
            self.add(format!("{path}[{index}].title"), Role::Other, &column.title);
            let kind = format!("{path}[{index}].kind");
            if let CellKind::Number(unit) = &column.kind {
                self.add(format!("{kind}(0)"), Role::Other, unit);
            }
            self.choices(&kind, column.kind.choices());
        }
    }
}
