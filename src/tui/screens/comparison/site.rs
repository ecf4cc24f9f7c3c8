//! What became of the client's site? The page that lists what came and went, phase by phase.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::domain::site::SiteComparison;
use crate::report::comparison::site_told;
use crate::tui::intent::Intent;
use crate::tui::screens::look::Look;
use crate::tui::screens::reader::Scroll;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::wrap_hanging;

#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Of the two visits that are compared.
    found: SiteComparison,
    scroll: Scroll,
}

impl Site {
    pub fn of(found: SiteComparison) -> Site {
        Site { found, scroll: Scroll::default() }
    }

    pub fn update(&mut self, intent: Intent, look: Look, page: usize) {
        self.scroll.update(intent, page);
        // Lines that fold are few: a little beyond the end is nothing that anybody would notice.
        let lines = self.lines(usize::MAX, look).len();
        self.scroll.settle(lines, page);
    }

    pub fn draw(&self, frame: &mut Frame, area: Rect, look: Look) {
        let lines = self.lines(usize::from(area.width), look);
        let first = self.scroll.first(lines.len(), usize::from(area.height));
        draw(frame, area, lines.get(first..).unwrap_or_default());
        if area.height > 0 && area.width > 0 {
            frame.set_cursor_position((area.x, area.y));
        }
    }

    fn lines(&self, columns: usize, look: Look) -> Vec<Line<'static>> {
        let theme = look.theme;
        let told = site_told(&self.found, look.language);
        if told.is_empty() {
            let none = look.pick(
                " Aucune de ces visites n’a de relevé du site\u{202f}: «\u{202f}privaudit import\u{202f}» en lit un.",
                " Neither of these visits has a capture of the site: “privaudit import” reads one.",
            );
            let folded = wrap_hanging(none, columns.saturating_sub(1), 1);
            return folded.into_iter().map(|line| Line::from(span(line, theme.quiet()))).collect();
        }
        let mut lines = Vec::new();
        for phase in told {
            lines.push(Line::from(span(format!(" {}", phase.heading), theme.accent())));
            for text in phase.lines {
                let style = match text.chars().next() {
                    Some('+') => theme.strong(),
                    Some('?') => theme.quiet(),
                    _ => theme.text(),
                };
                let text = if theme.unicode { text } else { text.replace('−', "-") };
                let folded = wrap_hanging(&text, columns.saturating_sub(4), 2);
                lines.extend(folded.into_iter().enumerate().map(|(index, line)| {
                    let indent = if index == 0 { "   " } else { "     " };
                    Line::from(span(format!("{indent}{line}"), style))
                }));
            }
            lines.push(Line::default());
        }
        lines
    }
}
