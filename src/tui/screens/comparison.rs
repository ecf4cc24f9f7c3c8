//! What changed since last time? Two visits side by side, the reasons, and the client's timeline.

use jiff::civil::Date;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::chooser;
use super::chooser::Chooser;
use super::look::Look;
use super::reader::Paragraph;
use crate::domain::id::QuestionId;
use crate::tui::effect::Past;
use crate::tui::intent::Intent;
use crate::tui::visit::Visit;

#[derive(Debug, Clone, Default)]
pub struct Comparison {
    history: Vec<Past>,
}

/// What the comparison wants after an intent.
#[derive(Debug, Clone)]
pub enum Wish {
    Stay,
    /// Which visit is to be compared.
    Choose(Chooser),
    /// The history of one question.
    History(QuestionId),
}

impl Comparison {
    /// All visits of the client, as they were read.
    pub fn receive(&mut self, history: Vec<Past>, _visit: &Visit, _today: Date) {
        self.history = history;
    }

    /// The visit that was chosen for one side.
    pub fn choose(&mut self, _side: &chooser::Purpose, _index: usize, _visit: &Visit, _today: Date) {}

    pub fn update(&mut self, _intent: Intent, _visit: &Visit, _page: usize) -> Wish {
        Wish::Stay
    }

    /// One question over all visits.
    pub fn history(&self, _id: &QuestionId, _visit: &Visit, _look: Look) -> Vec<Paragraph> {
        Vec::new()
    }

    pub fn draw(&self, _frame: &mut Frame, _area: Rect, _visit: &Visit, _look: Look) {}
}
