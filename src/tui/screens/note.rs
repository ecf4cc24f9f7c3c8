//! What was said around the answer? A note of several lines, kept as it is typed.

use ratatui::Frame;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::look::Look;
use crate::domain::id::QuestionId;
use crate::domain::text::Text;
use crate::tui::intent::Intent;
use crate::tui::widgets::editor::Editor;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::popup;
use crate::tui::widgets::wrap::set;
use crate::tui::widgets::wrap::wrap;

/// Where a text of several lines belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs {
    Note,
    /// The answer itself, for a question that asks for a text.
    Answer,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub question: QuestionId,
    pub belongs: Belongs,
    title: Text,
    editor: Editor,
}

impl Note {
    pub fn new(question: QuestionId, belongs: Belongs, title: Text, text: &str) -> Note {
        Note { question, belongs, title, editor: Editor::lines(text) }
    }

    pub fn text(&self) -> &str {
        self.editor.text().trim_end()
    }

    pub fn update(&mut self, intent: Intent) {
        self.editor.edit(intent);
    }

    /// False where there was not room for all of it; so in the other places of texts.
    pub fn paste(&mut self, text: &str) -> bool {
        self.editor.insert(text)
    }

    /// In the lower half, so that the question stays in sight.
    pub fn draw(&self, frame: &mut Frame, area: Rect, look: Look) {
        let height = (area.height / 2).max(5).min(area.height);
        let area = Rect { y: area.y + area.height - height, height, ..area };
        let title = match self.belongs {
            Belongs::Note => format!("{} · {}", look.pick("Note", "Note"), look.text(&self.title)),
            Belongs::Answer => look.text(&self.title).to_owned(),
        };
        let inside = popup(frame, area, &title, look.theme);
        let inside =
            Rect { x: inside.x + 1.min(inside.width), width: inside.width.saturating_sub(2), ..inside };
        let (lines, (line, column)) = self.editor.layout(usize::from(inside.width));
        let rows = usize::from(inside.height).max(1);
        let first = (line + 1).saturating_sub(rows);
        if self.editor.is_empty() {
            let hint = look.pick(
                "Ce que dit le client, avec ses mots. Échap ferme : tout est gardé.",
                "What the client says, in their own words. Esc closes: all is kept.",
            );
            let hint: Vec<Line> = wrap(hint, usize::from(inside.width))
                .into_iter()
                .map(|line| Line::styled(line, look.theme.quiet()))
                .collect();
            draw(frame, inside, &hint);
        } else {
            let shown: Vec<Line> = lines.iter().skip(first).map(|line| Line::from(set(line))).collect();
            draw(frame, inside, &shown);
        }
        let row = u16::try_from(line - first).unwrap_or(0).min(inside.height.saturating_sub(1));
        let column = u16::try_from(column).unwrap_or(0).min(inside.width.saturating_sub(1));
        frame.set_cursor_position(Position::new(inside.x + column, inside.y + row));
    }
}
