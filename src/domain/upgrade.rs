//! What does a newer version of the questionnaire change, and how does a visit move to it?

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::assessment::Assessment;
use super::id::ChoiceId;
use super::id::ColumnId;
use super::id::QuestionId;
use super::questionnaire::AnswerKind;
use super::questionnaire::CellKind;
use super::questionnaire::Choice;
use super::questionnaire::Column;
use super::questionnaire::Details;
use super::questionnaire::Question;
use super::questionnaire::Questionnaire;
use super::text::Language;
use super::text::Text;
use super::wording;
use super::wording::Piece;

/// The questions of two versions side by side, in the order of the new one; those removed, in the old one's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Upgrade {
    pub unchanged: Vec<QuestionId>,
    pub modified: Vec<Modified>,
    pub removed: Vec<QuestionId>,
    pub added: Vec<QuestionId>,
}

/// A question that both versions have, not alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modified {
    pub question: QuestionId,
    pub words: Vec<Rewording>,
    /// What is not alike besides its words; nothing here and no words: something that no answer depends on.
    pub aspects: BTreeSet<Aspect>,
}

/// What of a question can differ between versions, besides its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// Its severity or likelihood, its being a knock-out, what it lowers, whether it is amplified.
    Risk,
    /// What an answer is worth, or which answers there are.
    Values,
    /// Of whom it is asked.
    Condition,
    /// The step in which it stands.
    Step,
}

/// One of a question's texts, before and after; empty where it has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewording {
    pub place: Place,
    pub old: Text,
    pub new: Text,
}

/// Which of a question's texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Title,
    Ask,
    Help,
    LookFor,
    Yes,
    Partly,
    No,
    Unit,
    Choice(ChoiceId),
    Column(ColumnId),
    ColumnUnit(ColumnId),
    ColumnChoice(ColumnId, ChoiceId),
    Reference,
    Remedy,
    Owner,
    Law,
    Maps,
}

impl Rewording {
    /// The words that differ, in one language.
    pub fn pieces(&self, language: Language) -> Vec<Piece> {
        wording::difference(self.old.get(language), self.new.get(language))
    }
}

impl Modified {
    pub fn reworded(&self) -> bool {
        !self.words.is_empty()
    }

    /// The same answer moves the score otherwise than before.
    pub fn reweighted(&self) -> bool {
        [Aspect::Risk, Aspect::Values, Aspect::Step].iter().any(|aspect| self.aspects.contains(aspect))
    }

    /// The same answer gives another degree of control, or cannot be given any more.
    pub fn revalued(&self) -> bool {
        self.aspects.contains(&Aspect::Values)
    }
}

/// What the new version makes of the old one's questions.
pub fn preview(old: &Questionnaire, new: &Questionnaire) -> Upgrade {
    let mut upgrade = Upgrade::default();
    for question in new.questions() {
        match old.question(&question.id) {
            None => upgrade.added.push(question.id.clone()),
            Some(_) => match modified(old, new, &question.id) {
                Some(modified) => upgrade.modified.push(modified),
                None => upgrade.unchanged.push(question.id.clone()),
            },
        }
    }
    let removed = old.questions().filter(|question| new.question(&question.id).is_none());
    upgrade.removed = removed.map(|question| question.id.clone()).collect();
    upgrade
}

/// How a question differs between two versions; none when it does not, or when one of them lacks it.
pub fn modified(old: &Questionnaire, new: &Questionnaire, id: &QuestionId) -> Option<Modified> {
    let (before, after) = (old.question(id)?, new.question(id)?);
    let old_columns = old.table_of(before).map_or(&[] as &[Column], |(_, columns)| columns);
    let new_columns = new.table_of(after).map_or(&[] as &[Column], |(_, columns)| columns);
    let moved = old.step_of(id).map(|step| &step.id) != new.step_of(id).map(|step| &step.id);
    if before == after && old_columns == new_columns && !moved {
        return None;
    }
    let scored = before.risk.is_some() || after.risk.is_some();
    let aspects = [
        (Aspect::Risk, before.risk != after.risk),
        (Aspect::Values, scored && valuing(before, old_columns) != valuing(after, new_columns)),
        (Aspect::Condition, before.when != after.when || before.express != after.express),
        (Aspect::Step, moved),
    ];
    Some(Modified {
        question: id.clone(),
        words: rewordings(before, old_columns, after, new_columns),
        aspects: aspects.into_iter().filter(|(_, differs)| *differs).map(|(aspect, _)| aspect).collect(),
    })
}

/// A new assessment from an old one, by a newer version; the old one stays as it is. On a later day everything is
/// carried over. On the same day the answers stand as they were given, and only those to questions that are not
/// the same any more are marked as carried. Answers to questions that are gone stay, inactive.
pub fn upgraded(
    old_questionnaire: &Questionnaire,
    old: &Assessment,
    new_questionnaire: &Questionnaire,
    date: Date,
) -> Assessment {
    let mut new = Assessment::new(old.client.clone(), date, new_questionnaire);
    new.carry_from(old, new_questionnaire);
    if date == old.date {
        new.at.clone_from(&old.at);
        new.captures.clone_from(&old.captures);
        new.observations.clone_from(&old.observations);
        new.resolutions.clone_from(&old.resolutions);
        for question in new_questionnaire.questions() {
            if modified(old_questionnaire, new_questionnaire, &question.id).is_none() {
                let before = old.answer(&question.id).cloned().unwrap_or_default();
                new.edit(&question.id, |answer| *answer = before);
            }
        }
    }
    new
}

/// What an answer to the question is worth: the same for two questions that only say it in other words.
fn valuing(question: &Question, columns: &[Column]) -> (AnswerKind, Vec<Column>) {
    let mut answer = question.answer.clone();
    let mut scored_columns = Vec::new();
    match &mut answer {
        AnswerKind::Choice(choices)
        | AnswerKind::Choices { of: choices, .. }
        | AnswerKind::Date { or: choices, .. } => choices.iter_mut().for_each(bare_choice),
        AnswerKind::Number { unit, or, .. } => {
            *unit = Text::default();
            or.iter_mut().for_each(bare_choice);
        }
        AnswerKind::Table { columns: own, .. } => {
            own.clear();
            scored_columns = columns.to_vec();
            scored_columns.iter_mut().for_each(bare_column);
        }
        AnswerKind::YesPartlyNo | AnswerKind::Text => {}
    }
    (answer, scored_columns)
}

fn bare_choice(choice: &mut Choice) {
    choice.text = Text::default();
    choice.sets.clear();
}

fn bare_column(column: &mut Column) {
    column.title = Text::default();
    match &mut column.kind {
        CellKind::Number(unit) => *unit = Text::default(),
        CellKind::Choice(choices) | CellKind::Choices(choices) => choices.iter_mut().for_each(bare_choice),
        CellKind::Text | CellKind::Date | CellKind::YesNo => {}
    }
}

fn rewordings(
    old: &Question,
    old_columns: &[Column],
    new: &Question,
    new_columns: &[Column],
) -> Vec<Rewording> {
    let (mut old, new) = (texts(old, old_columns), texts(new, new_columns));
    let places: BTreeSet<Place> = old.keys().chain(new.keys()).cloned().collect();
    let mut new = new;
    let pairs = places.into_iter().map(|place| {
        let (old, new) = (old.remove(&place).unwrap_or_default(), new.remove(&place).unwrap_or_default());
        Rewording { place, old, new }
    });
    pairs.filter(|pair| pair.old != pair.new).collect()
}

/// Every text of a question, by its place.
fn texts(question: &Question, columns: &[Column]) -> BTreeMap<Place, Text> {
    let mut texts = BTreeMap::from([
        (Place::Title, question.title.clone()),
        (Place::Ask, question.ask.clone()),
        (Place::Help, question.help.clone()),
        (Place::LookFor, question.look_for.clone()),
        (Place::Reference, question.reference.clone().unwrap_or_default()),
        (Place::Law, in_both(question.law.join("; "))),
        (Place::Maps, in_both(maps(question))),
    ]);
    if let Some(means) = &question.means {
        texts.insert(Place::Yes, means.yes.clone());
        texts.insert(Place::Partly, means.partly.clone());
        texts.insert(Place::No, means.no.clone());
    }
    if let AnswerKind::Number { unit, .. } = &question.answer {
        texts.insert(Place::Unit, unit.clone());
    }
    if let Some(remedy) = &question.remedy {
        texts.insert(Place::Remedy, remedy.text.clone());
        texts.insert(Place::Owner, remedy.owner.clone());
    }
    for choice in question.choices() {
        texts.insert(Place::Choice(choice.id.clone()), choice.text.clone());
    }
    let fields = match &question.details {
        Some(Details::Fields(fields)) => fields.as_slice(),
        _ => &[],
    };
    for column in fields.iter().chain(columns) {
        let id = &column.id;
        texts.insert(Place::Column(id.clone()), column.title.clone());
        if let CellKind::Number(unit) = &column.kind {
            texts.insert(Place::ColumnUnit(id.clone()), unit.clone());
        }
        for choice in column.kind.choices() {
            texts.insert(Place::ColumnChoice(id.clone(), choice.id.clone()), choice.text.clone());
        }
    }
    texts
}

/// References are the same in both languages.
fn in_both(words: String) -> Text {
    Text::new(words.clone(), words)
}

fn maps(question: &Question) -> String {
    let frameworks = question.maps.iter();
    let lines: Vec<String> = frameworks.map(|(name, refs)| format!("{name}: {}", refs.join(", "))).collect();
    lines.join("; ")
}
