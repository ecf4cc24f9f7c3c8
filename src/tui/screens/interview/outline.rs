//! Where are we in the step? Its questions with their state, beside the question on a wide screen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::tui::screens::look::Look;
use crate::tui::visit::Visit;
use crate::tui::widgets::lines;
use crate::tui::widgets::lines::first_shown;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::shorten;

pub fn draw(frame: &mut Frame, area: Rect, visit: &Visit, look: Look) {
    let theme = look.theme;
    let questions: Vec<_> = visit.asked_in(visit.current_part()).collect();
    let current = questions.iter().position(|question| question.id == *visit.current()).unwrap_or(0);
    let rows = usize::from(area.height);
    let first = first_shown(current, rows, questions.len());
    let room = usize::from(area.width).saturating_sub(6);
    let mut drawn = Vec::new();
    for (index, question) in questions.iter().enumerate().skip(first).take(rows) {
        let answer = visit.answer(&question.id);
        let degree = visit.score.question(&question.id).and_then(|scored| scored.degree);
        let aside = if visit.is_contradicted(&question.id) {
            span(theme.disproved(), theme.bad())
        } else if answer.is_some_and(|answer| answer.flagged) {
            span(theme.flag(), theme.warning())
        } else if answer.is_some_and(|answer| answer.carried.is_some()) {
            span(theme.carried(), theme.quiet())
        } else {
            Span::raw(" ")
        };
        let style = if index == current { theme.selected() } else { theme.text() };
        drawn.push(Line::from(vec![
            Span::raw(" "),
            look.state_mark(visit.state(&question.id), degree),
            aside,
            Span::raw(" "),
            span(shorten(look.text(&question.title), room, theme.ellipsis()), style),
        ]));
    }
    lines::draw(frame, area, &drawn);
}
