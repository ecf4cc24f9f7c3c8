//! How is a screen put together? Lines, bars and boxes at their places, never outside the terminal.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Block;
use ratatui::widgets::BorderType;
use ratatui::widgets::Clear;

use super::wrap::is_plain;
use super::wrap::set;
use super::wrap::shorten;
use super::wrap::width;
use crate::tui::theme::Theme;

/// The columns that are left free on both sides of a box.
const GUTTER: u16 = 1;
/// What is narrower beside a box is cleared as well: the torn edges of a list look like a fault.
const STRIP: u16 = 8;
/// Fewer columns of a name tell nothing.
const LEAST_OF_NAME: usize = 12;

/// Draws lines from the top of an area, as many as fit.
pub fn draw(frame: &mut Frame, area: Rect, lines: &[Line]) {
    let area = area.intersection(frame.area());
    for (line, row) in lines.iter().zip(area.rows()) {
        if line.alignment.is_none() && line.iter().all(|span| is_plain(&span.content)) {
            write(frame.buffer_mut(), row, line);
        } else {
            frame.render_widget(line, row);
        }
    }
}

/// Writes a line letter by letter into the cells of a row. The framework does the same once it has measured the line and
/// taken it apart, which is most of the work of a frame.
fn write(buffer: &mut Buffer, row: Rect, line: &Line) {
    if row.is_empty() {
        return;
    }
    let letters = line.iter().flat_map(|span| span.content.chars().map(|letter| (letter, span.style)));
    if line.style != Style::default() && letters.clone().next().is_some() {
        buffer.set_style(row, line.style);
    }
    let first = buffer.index_of(row.x, row.y);
    let cells = buffer.content.iter_mut().skip(first).take(usize::from(row.width));
    for ((letter, style), cell) in letters.zip(cells) {
        cell.set_char(letter).set_style(style);
    }
}

/// A span of text, with its no-break spaces.
pub fn span(text: impl AsRef<str>, style: Style) -> Span<'static> {
    Span::styled(set(text.as_ref()), style)
}

/// Something on the left, something on the right; the left gives way. What comes first there is a name, which is known
/// by its beginning: it gives way before the date or the page behind it, as long as some of it is left.
pub fn both_ends(
    left: &[Span<'static>],
    right: Vec<Span<'static>>,
    columns: usize,
    theme: Theme,
) -> Line<'static> {
    let of_right: usize = right.iter().map(|span| width(&span.content)).sum();
    let mut room = columns.saturating_sub(of_right + 1);
    let behind: usize = left.iter().skip(1).map(|span| width(&span.content)).sum();
    let of_name = if room > behind + LEAST_OF_NAME { room - behind } else { room.min(LEAST_OF_NAME) };
    let mut spans = Vec::new();
    for (index, span) in left.iter().enumerate() {
        let most = if index == 0 { of_name } else { room };
        let short = shorten(&span.content, most, theme.ellipsis());
        room -= width(&short);
        spans.push(Span::styled(short, span.style));
    }
    spans.push(Span::raw(" ".repeat(room + 1)));
    spans.extend(right);
    Line::from(spans)
}

/// A bar of `columns` cells for a score from 0 to 100: sure up to `low`, possible up to `high`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "cells of a bar"
)]
pub fn bar(low: f64, high: f64, columns: usize, theme: Theme, style: Style) -> Vec<Span<'static>> {
    let cells =
        |score: f64| ((score.clamp(0.0, 100.0) / 100.0 * columns as f64).round() as usize).min(columns);
    let (full, maybe) = (cells(low), cells(high).max(cells(low)));
    vec![
        Span::styled(theme.bar_full().repeat(full), style),
        Span::styled(theme.bar_maybe().repeat(maybe - full), style),
        Span::styled(theme.bar_empty().repeat(columns - maybe), theme.quiet()),
    ]
}

/// A horizontal line with a title in it.
pub fn rule(title: &[Span<'static>], columns: usize, theme: Theme) -> Line<'static> {
    let mut spans = vec![Span::styled(theme.rule().repeat(2.min(columns)), theme.quiet())];
    let mut used = 2.min(columns);
    for span in title {
        let short = shorten(&span.content, columns.saturating_sub(used), theme.ellipsis());
        used += width(&short);
        spans.push(Span::styled(short, span.style));
    }
    spans.push(Span::styled(theme.rule().repeat(columns.saturating_sub(used)), theme.quiet()));
    Line::from(spans)
}

/// A box over what is there, with its title; returns the inside.
pub fn popup(frame: &mut Frame, area: Rect, title: &str, theme: Theme) -> Rect {
    let area = area.intersection(frame.area());
    clear_around(frame, area);
    let title = format!(" {} ", shorten(title, usize::from(area.width.saturating_sub(4)), theme.ellipsis()));
    let mut block = Block::bordered().title(Span::styled(title, theme.accent())).border_style(theme.quiet());
    block = match theme.unicode {
        true => block.border_type(BorderType::Rounded),
        false => block.border_set(ratatui::symbols::border::Set {
            top_left: "+",
            top_right: "+",
            bottom_left: "+",
            bottom_right: "+",
            vertical_left: "|",
            vertical_right: "|",
            horizontal_top: "-",
            horizontal_bottom: "-",
        }),
    };
    let inside = block.inner(area);
    frame.render_widget(block, area);
    inside
}

/// Clears an area and a gutter on both sides, or what is left there: single letters of the text beneath look like
/// mistakes.
fn clear_around(frame: &mut Frame, area: Rect) {
    let whole = frame.area();
    let left = area.x.saturating_sub(GUTTER).max(whole.x);
    let left = if left - whole.x < STRIP { whole.x } else { left };
    let right = area.right().saturating_add(GUTTER).min(whole.right());
    let right = if whole.right() - right < STRIP { whole.right() } else { right };
    let cleared = Rect { x: left, width: right - left, ..area };
    frame.render_widget(Clear, cleared);
    // A wide character whose second half was cleared would swallow what is drawn there.
    let Some(before) = left.checked_sub(1) else { return };
    for y in cleared.top()..cleared.bottom() {
        if let Some(cell) = frame.buffer_mut().cell_mut((before, y)).filter(|cell| width(cell.symbol()) > 1) {
            cell.set_symbol(" ");
        }
    }
}

/// A box in the middle: at most this large, at most the screen.
pub fn centred(area: Rect, columns: u16, rows: u16) -> Rect {
    let (columns, rows) = (columns.min(area.width), rows.min(area.height));
    Rect {
        x: area.x + (area.width - columns) / 2,
        y: area.y + (area.height - rows) / 2,
        width: columns,
        height: rows,
    }
}

/// Says on the lower edge of a box how many lines are hidden above and below what it shows.
pub fn hidden(frame: &mut Frame, outside: Rect, (above, below): (usize, usize), theme: Theme) {
    let mark = |count: usize, mark: &str| if count > 0 { format!(" {mark} {count} ") } else { String::new() };
    let said = mark(above, theme.mark("↑", "^")) + &mark(below, theme.mark("↓", "v"));
    if !said.is_empty() && outside.height > 1 {
        let x = outside.x + 2.min(outside.width);
        let row = Rect { x, y: outside.bottom() - 1, width: outside.width.saturating_sub(4), height: 1 };
        draw(frame, row, &[Line::from(span(said, theme.accent()))]);
    }
}

/// The first line to show so that the selected one is in sight and the list does not jump: a page at a time.
pub fn first_shown(selected: usize, shown: usize, total: usize) -> usize {
    if total <= shown || shown == 0 {
        return 0;
    }
    let middle = selected.saturating_sub(shown / 2);
    middle.min(total - shown)
}
