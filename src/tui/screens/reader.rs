//! What is there to read? A text in a box that scrolls: help, explained words.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Clear;

use super::look::Look;
use crate::tui::intent::Intent;
use crate::tui::widgets::lines::centred;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::hidden;
use crate::tui::widgets::lines::popup;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::wrap_hanging;

/// How far a text is scrolled, in lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scroll(usize);

impl Scroll {
    /// `page` is how many lines are seen at once; the end is found when drawing.
    pub fn update(&mut self, intent: Intent, page: usize) {
        self.0 = intent.moved(self.0, usize::MAX / 2, page).unwrap_or(self.0);
    }

    /// The first line to show of so many.
    pub fn first(self, total: usize, shown: usize) -> usize {
        self.0.min(total.saturating_sub(shown))
    }

    /// Forgets how far beyond the end was asked for, so that one step back is seen at once.
    pub fn settle(&mut self, total: usize, shown: usize) {
        self.0 = self.first(total, shown);
    }
}

/// A line of a text to read, before it is folded to the width of the box.
#[derive(Debug, Clone)]
pub struct Paragraph {
    pub text: String,
    pub style: Style,
    /// Columns that the lines after the first are moved in.
    pub indent: usize,
}

/// The lines of paragraphs at a width.
pub fn fold(paragraphs: &[Paragraph], columns: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        let folded = wrap_hanging(&paragraph.text, columns, paragraph.indent);
        for (index, line) in folded.into_iter().enumerate() {
            let indent = if index == 0 { 0 } else { paragraph.indent };
            lines.push(Line::from(span(format!("{}{line}", " ".repeat(indent)), paragraph.style)));
        }
    }
    lines
}

/// Draws a text in a box, and says with a mark that there is more.
pub fn draw_box(
    frame: &mut Frame,
    area: Rect,
    title: &str,
    paragraphs: &[Paragraph],
    scroll: Scroll,
    look: Look,
) {
    let columns = area.width.saturating_sub(4).min(92);
    let lines = fold(paragraphs, usize::from(columns.saturating_sub(4)));
    let wanted = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let outside = centred(area, columns, wanted.min(area.height.saturating_sub(1)));
    let inside = popup(frame, outside, title, look.theme);
    let inside = Rect { x: inside.x + 1.min(inside.width), width: inside.width.saturating_sub(2), ..inside };
    let rows = usize::from(inside.height);
    let first = scroll.first(lines.len(), rows);
    draw(frame, inside, lines.get(first..).unwrap_or_default());
    if inside.width > 0 && inside.height > 0 {
        frame.set_cursor_position((inside.x, inside.y));
    }
    hidden(frame, outside, (0, lines.len().saturating_sub(first + rows)), look.theme);
}

/// Draws a text from edge to edge, with nothing beside it that would be selected with it.
pub fn draw_bare(frame: &mut Frame, area: Rect, paragraphs: &[Paragraph], scroll: Scroll) {
    let lines = fold(paragraphs, usize::from(area.width));
    let first = scroll.first(lines.len(), usize::from(area.height));
    frame.render_widget(Clear, area);
    draw(frame, area, lines.get(first..).unwrap_or_default());
    frame.set_cursor_position((area.x, area.y));
}
