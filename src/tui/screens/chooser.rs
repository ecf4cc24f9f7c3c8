//! Which one? A short list to choose from with a digit, or with the arrows and Enter.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::look::Look;
use crate::domain::id::QuestionId;
use crate::domain::text::Text;
use crate::storage::seals::Unconfirmed;
use crate::tui::intent::Intent;
use crate::tui::widgets::lines::centred;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::first_shown;
use crate::tui::widgets::lines::popup;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::shorten;

/// What is chosen, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    Evidence(QuestionId),
    /// The visit to compare with, and the visit compared.
    Then,
    Now,
    /// What of the hosts or cookies is shown.
    Shown,
    /// The band to be reached with the least effort.
    Band,
    /// One of these questions, to go to.
    Question(Vec<QuestionId>),
    /// One of these clients, to open, by folder.
    Client(Vec<String>),
    /// A visit to open, by its file's name.
    Opening {
        folder: String,
        visits: Vec<String>,
    },
    /// A visit to seal, by its file's name.
    Sealing {
        folder: String,
        visits: Vec<String>,
    },
    /// Whether it is sealed for good.
    SealingMeant {
        folder: String,
        visit: String,
        unconfirmed: Unconfirmed,
    },
    /// A visit to delete, or one of the trash to erase.
    Deleting {
        folder: String,
        choices: Vec<Doomed>,
    },
    /// Whether it is erased for good.
    Erasing {
        id: String,
    },
}

/// What may go: a visit by its file's name, or what the trash has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doomed {
    Visit(String),
    Binned { id: String, reference: String },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chooser {
    pub purpose: Purpose,
    title: Text,
    items: Vec<Item>,
    selected: usize,
}

/// A line of the list: its words, and what stands behind them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub words: Text,
    pub aside: Text,
}

/// What a chooser wants after an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Stay,
    Close,
    /// The n-th item.
    Chosen(usize),
}

impl Chooser {
    pub fn new(purpose: Purpose, title: Text, items: Vec<Item>, selected: usize) -> Chooser {
        Chooser { purpose, title, items, selected }
    }

    pub fn update(&mut self, intent: Intent, page: usize) -> Wish {
        let last = self.items.len().saturating_sub(1);
        match intent {
            Intent::Back => return Wish::Close,
            Intent::Confirm if !self.items.is_empty() => return Wish::Chosen(self.selected),
            Intent::Digit(digit) => {
                let index = if digit == 0 { 9 } else { usize::from(digit) - 1 };
                if index <= last && !self.items.is_empty() {
                    return Wish::Chosen(index);
                }
            }
            _ => self.selected = intent.moved(self.selected, last, page).unwrap_or(self.selected),
        }
        Wish::Stay
    }

    pub fn draw(&self, frame: &mut Frame, area: Rect, look: Look) {
        let theme = look.theme;
        let columns = area.width.saturating_sub(4).min(92);
        let rows = u16::try_from(self.items.len().max(1) + 2).unwrap_or(u16::MAX);
        let outside = centred(area, columns, rows.min(area.height.saturating_sub(2)));
        let inside = popup(frame, outside, look.text(&self.title), theme);
        let shown = usize::from(inside.height);
        let first = first_shown(self.selected, shown, self.items.len());
        let room = usize::from(inside.width).saturating_sub(5);
        let mut lines = Vec::new();
        for (index, item) in self.items.iter().enumerate().skip(first).take(shown) {
            let key = if index < 9 { (index + 1).to_string() } else { " ".to_owned() };
            let words = shorten(look.text(&item.words), room, theme.ellipsis());
            let left = room.saturating_sub(crate::tui::widgets::wrap::width(&words) + 2);
            let style = if index == self.selected { theme.selected() } else { theme.text() };
            let mut spans = vec![span(format!(" {key} "), theme.accent()), span(words, style)];
            if left > 3 && !item.aside.is_empty() {
                let aside = shorten(look.text(&item.aside), left, theme.ellipsis());
                spans.push(span(format!("  {aside}"), theme.quiet()));
            }
            lines.push(Line::from(spans));
        }
        if self.items.is_empty() {
            lines.push(Line::styled(look.pick(" rien", " nothing"), theme.quiet()));
        }
        draw(frame, inside, &lines);
        if inside.height > 0 {
            let row = u16::try_from(self.selected - first.min(self.selected)).unwrap_or(0);
            frame.set_cursor_position((inside.x, inside.y + row.min(inside.height - 1)));
        }
    }
}
