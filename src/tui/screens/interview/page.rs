//! How is the interview laid out? Header, steps, the question, and beneath it what helps to answer.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Interview;
use super::context::Help;
use super::header;
use super::outline;
use super::question;
use crate::domain::questionnaire::Question;
use crate::tui::screens::look::Look;
use crate::tui::visit::Visit;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::span;

/// From this width on, the step's questions stand beside the question.
const WIDE: u16 = 104;
/// The width of that list: what is beyond the 80 columns that a question needs, as far as titles take it.
const LIST: std::ops::RangeInclusive<u16> = 36..=52;
/// The text of a question is not drawn wider: long lines are hard to read.
const WIDEST: usize = 92;
/// The width of the mark that tells that there is more help.
const MORE: u16 = 9;

impl Interview {
    pub fn draw(&self, frame: &mut Frame, area: Rect, visit: &Visit, look: Look) {
        let columns = usize::from(area.width);
        let mut top = vec![header::title(visit, columns, look)];
        let list = match area.width >= WIDE && area.height >= 16 {
            true => (area.width - 80).clamp(*LIST.start(), *LIST.end()),
            false => 0,
        };
        if area.height >= 12 {
            top.push(header::steps(visit, columns, look));
        }
        if area.height >= 14 {
            top.extend(header::left_open(visit, look));
        }
        top.push(header::rule(visit, columns, look));
        draw(frame, area, &top);
        let taken = u16::try_from(top.len()).unwrap_or(u16::MAX).min(area.height);
        let body = Rect { y: area.y + taken, height: area.height - taken, ..area };
        if list > 0 {
            let beside = Rect { width: list - 2, ..body };
            outline::draw(frame, beside, visit, look);
        }
        let main = Rect { x: body.x + list.min(body.width), width: body.width.saturating_sub(list), ..body };
        self.draw_question(frame, main, visit, look);
    }

    fn draw_question(&self, frame: &mut Frame, area: Rect, visit: &Visit, look: Look) {
        let Some(asked) = visit.question() else {
            draw(
                frame,
                area,
                &[Line::from(span(look.pick(" Aucune question.", " No question."), look.theme.quiet()))],
            );
            return;
        };
        let columns = usize::from(area.width).saturating_sub(2).min(WIDEST);
        let inside = Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(1), ..area };
        let (lines, focus) = question::lines(visit, asked, self.cursor, columns, look);
        let rows = usize::from(inside.height);
        // Many choices may need more than the screen: what has the focus stays in sight.
        let first = (focus + 2).saturating_sub(rows).min(lines.len().saturating_sub(rows));
        draw(frame, inside, lines.get(first..).unwrap_or_default());
        let used = u16::try_from(lines.len() - first).unwrap_or(u16::MAX).min(inside.height);
        let below = Rect { y: inside.y + used, height: inside.height - used, ..inside };
        self.draw_help(frame, below, visit, asked, columns, look);
        let row = u16::try_from(focus - first.min(focus)).unwrap_or(0);
        if row < inside.height && inside.width > 0 {
            frame.set_cursor_position((inside.x, inside.y + row));
        }
    }

    /// What helps to answer; where there is more, its last line leaves room for the key that shows it.
    fn draw_help(
        &self,
        frame: &mut Frame,
        area: Rect,
        visit: &Visit,
        asked: &Question,
        columns: usize,
        look: Look,
    ) {
        let rows = usize::from(area.height);
        let mut help = Help::of(visit, asked, columns, look);
        let start = self.help.first(help.lines.len(), rows);
        let hidden = help.lines.len().saturating_sub(start + rows);
        let marked = hidden > 0 && rows > 0 && area.width > MORE + 3;
        if marked {
            let room = usize::from(area.width - MORE);
            help.narrow(start + rows - 1, room.min(columns));
        }
        draw(frame, area, help.lines.get(start..).unwrap_or_default());
        if marked {
            let more = format!(" {} {} ", look.theme.mark("↓", "v"), look.pick("Page↓", "PgDn"));
            let corner = Rect { x: area.right() - MORE, y: area.bottom() - 1, width: MORE, height: 1 };
            draw(frame, corner, &[Line::from(span(more, look.theme.accent()))]);
        }
    }
}
