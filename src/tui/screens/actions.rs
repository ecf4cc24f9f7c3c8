//! What is to be done, by whom and by when? The plan, and what doing it would bring.

use jiff::civil::Date;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::chooser::Chooser;
use super::form::Form;
use super::look::Look;
use crate::domain::answer::Row;
use crate::domain::assessment::Assessment;
use crate::domain::assessment::Plan;
use crate::domain::id::QuestionId;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::tui::intent::Intent;
use crate::tui::visit::Visit;

#[derive(Debug, Clone, Default)]
pub struct Actions;

/// What the plan wants after an intent.
#[derive(Debug, Clone)]
pub enum Wish {
    Stay,
    Say(Text),
    Edit(Box<Form>),
    Choose(Chooser),
}

impl Actions {
    pub fn update(
        &mut self,
        _intent: Intent,
        _visit: &mut Visit,
        _today: Date,
        _language: Language,
        _page: usize,
    ) -> Wish {
        Wish::Stay
    }

    pub fn cheapest(&mut self, _index: usize, _visit: &Visit) {}

    pub fn draw(&self, _frame: &mut Frame, _area: Rect, _visit: &Visit, _today: Date, _look: Look) {}
}

pub fn plan(_form: &Form, _row: &Row) -> Result<Plan, Text> {
    Ok(Plan::default())
}

pub fn put(_assessment: &mut Assessment, _id: &QuestionId, _plan: Plan) {}
