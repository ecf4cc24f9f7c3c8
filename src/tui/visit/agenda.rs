//! What comes first in a visit that carries answers over? What was left open, one point after the other.

use crate::domain::id::QuestionId;

/// The points left open, and whether one goes through them now or in the order of the questionnaire.
#[derive(Debug, Clone, Default)]
pub struct Agenda {
    points: Vec<QuestionId>,
    followed: bool,
}

impl Agenda {
    pub fn new(points: Vec<QuestionId>, followed: bool) -> Agenda {
        Agenda { points, followed }
    }

    pub fn first(&self) -> Option<&QuestionId> {
        self.points.first()
    }

    pub fn contains(&self, question: &QuestionId) -> bool {
        self.points.contains(question)
    }

    /// The order in which its points are spoken of; what is none of them comes behind.
    pub fn rank(&self, question: &QuestionId) -> usize {
        self.points.iter().position(|point| point == question).unwrap_or(usize::MAX)
    }

    /// Which point of how many a question is, from 1, while they are gone through.
    pub fn place(&self, question: &QuestionId) -> Option<(usize, usize)> {
        let place = self.points.iter().position(|point| point == question).filter(|_| self.followed)?;
        Some((place + 1, self.points.len()))
    }

    /// The points behind a question.
    pub fn after<'a>(&'a self, question: &'a QuestionId) -> impl Iterator<Item = &'a QuestionId> {
        self.points.iter().skip_while(move |point| *point != question).skip(1)
    }

    pub fn leave(&mut self) {
        self.followed = false;
    }

    /// Takes the points up again at one of them.
    pub fn take_up(&mut self, question: &QuestionId) {
        self.followed = self.contains(question);
    }
}
