//! What is seen? The screen, the layers above it, and two lines at the bottom.
//!
//! ```text
//!  Boulangerie Martin · 23/11/2026      C 62 (48–80) couv. 71 %  ✓ enregistré   screens draw
//!  Profil ✓  1 Auditer 3/24  2 0/23  3 0/24  4 0/22  5 0/20  6 0/24  7 0/22     down to here
//! ── Auditer les données 4/24 · Base légale ───────────────────────────────
//!  …
//! ─ notice ─                                                                    what just happened
//!  o oui  p en partie  n non  d ne sait pas  …                                  keys, from the table
//! ```

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

use super::keymap::BINDINGS;
use super::keymap::Binding;
use super::model::Layer;
use super::model::Model;
use super::model::Screen;
use super::model::Subject;
use super::screens::reader;
use super::widgets::lines::draw;
use super::widgets::lines::span;
use super::widgets::wrap::shorten;
use super::widgets::wrap::width;
use super::widgets::wrap::wrap;
use crate::domain::text::ascii;

/// Below this many columns or rows there is nothing sensible to draw.
const LEAST: (u16, u16) = (12, 4);
/// In front of the keys, and behind each.
const MARGIN: usize = 1;
const GAP: &str = "  ";

/// Draws the model. Keeps nothing.
pub fn view(model: &Model, frame: &mut Frame) {
    draw_all(model, frame);
    if !model.theme.letters {
        in_ascii(frame.buffer_mut());
    }
}

/// Each cell has one sign, so of what stands for a letter the last one, `e` for the two of a ligature, and of what stands
/// for a mark the first.
fn in_ascii(buffer: &mut Buffer) {
    for at in 0..buffer.content.len() {
        let Some(cell) = buffer.content.get_mut(at).filter(|cell| !cell.symbol().is_ascii()) else {
            continue;
        };
        let wide = cell.symbol().width() > 1;
        let (ascii, is_letter) = (ascii(cell.symbol()), cell.symbol().starts_with(char::is_alphabetic));
        let sign = match cell.symbol() {
            "→" => Some('>'),
            _ if is_letter => ascii.chars().last(),
            _ => ascii.chars().next(),
        };
        let sign = sign.unwrap_or('?');
        cell.set_char(sign);
        // What a wide sign covered is seen again.
        if let Some(covered) = buffer.content.get_mut(at + 1).filter(|_| wide) {
            covered.set_char(sign);
        }
    }
}

fn draw_all(model: &Model, frame: &mut Frame) {
    let area = frame.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        let ask = model.language.pick("trop petit", "too small");
        draw(frame, area, &[Line::from(shorten(ask, usize::from(area.width), ""))]);
        return;
    }
    let foot = foot(model, usize::from(area.width), usize::from(area.height));
    let rows = u16::try_from(foot.len()).unwrap_or(1).min(area.height);
    let above = Rect { height: area.height - rows, ..area };
    let look = model.look();
    match (model.screen, &model.visit) {
        (Screen::Interview, Some(visit)) => model.interview.draw(frame, above, visit, look),
        (Screen::Result, Some(visit)) => model.result.draw(frame, above, visit, look),
        (Screen::Comparison, Some(visit)) => model.comparison.draw(frame, above, visit, look),
        (Screen::Actions, Some(visit)) => model.actions.draw(frame, above, visit, model.today, look),
        (Screen::Evidence, Some(visit)) => model.evidence.draw(frame, above, visit, look),
        (Screen::Summary, _) => model.summary.draw(frame, above, look),
        (Screen::Clients, _) | (_, None) => {
            model.clients.draw(frame, above, model.today, look);
        }
    }
    for layer in &model.layers {
        match layer {
            Layer::Form(form) => form.draw(frame, above, look),
            Layer::Note(note) => note.draw(frame, above, look),
            Layer::Chooser(chooser) => chooser.draw(frame, above, look),
            Layer::Finder(finder) => finder.draw(frame, above, model.clients.reading(look).as_deref(), look),
            Layer::Documents(documents) => documents.draw(frame, above, look),
            Layer::Table(table) => {
                if let Some(visit) = &model.visit {
                    table.draw(frame, above, visit, look);
                }
            }
            Layer::Reader(layer) => {
                let (title, text) = model.read(&layer.subject);
                match layer.subject {
                    Subject::Bare(_) => reader::draw_bare(frame, above, &text, layer.scroll),
                    _ => reader::draw_box(frame, above, &title, &text, layer.scroll, look),
                }
            }
        }
    }
    draw(frame, Rect { y: area.bottom() - rows, height: rows, ..area }, &foot);
}

/// What is being copied, a notice, if there is one, and the keys.
fn foot(model: &Model, columns: usize, rows: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if let Some(copying) = model.copying.as_ref().filter(|_| rows >= 12 || model.notice.is_none()) {
        let room = columns.saturating_sub(2);
        let text = shorten(&copying.said(model.look(), room), room, model.theme.ellipsis());
        lines.push(Line::from(span(format!(" {text}"), model.theme.warning())));
    }
    if let Some(notice) = &model.notice {
        let style = if notice.grave { model.theme.bad() } else { model.theme.warning() };
        let most = if rows >= 12 { 3 } else { 1 };
        let text = notice.text.get(model.language);
        lines.extend(
            wrap(text, columns.saturating_sub(2))
                .into_iter()
                .take(most)
                .map(|line| Line::from(span(format!(" {line}"), style))),
        );
    }
    lines.push(keys(model, columns));
    lines
}

/// As many whole hints as fit, in fewer words where not all do; help and the way out are always among them.
fn keys(model: &Model, columns: usize) -> Line<'static> {
    let context = model.context();
    let hints = BINDINGS.iter().filter(|binding| binding.context == context && binding.hint);
    let hints: Vec<&Binding> = hints.filter(|binding| model.offers(binding)).collect();
    let (spans, complete) = fitting(&hints, columns, |binding| hint(binding, model.label(binding), model));
    if complete {
        return Line::from(spans);
    }
    Line::from(fitting(&hints, columns, |binding| hint(binding, model.short_label(binding), model)).0)
}

/// The hints that fit, the way out last; and whether those are all.
fn fitting(
    hints: &[&Binding],
    columns: usize,
    hint: impl Fn(&Binding) -> [Span<'static>; 2],
) -> (Vec<Span<'static>>, bool) {
    let mut used = MARGIN;
    let mut shown = Vec::new();
    let mut by_weight: Vec<(usize, &Binding)> = hints.iter().copied().enumerate().collect();
    by_weight.sort_by_key(|(_, binding)| (!binding.is_way_out(), !binding.first));
    for (place, binding) in by_weight {
        let hint = hint(binding);
        let room: usize = hint.iter().map(|span| width(&span.content)).sum();
        // Of one that is too long, a shorter one behind it may have the place. The last one's gap needs none.
        let fits = used + room <= columns + GAP.len();
        if fits || binding.is_way_out() {
            used += room;
            shown.push((binding.is_way_out(), place, hint));
        }
    }
    let complete = shown.len() == hints.len() && used <= columns + GAP.len();
    shown.sort_by_key(|(is_way_out, place, _)| (*is_way_out, *place));
    let margin = Span::raw(" ".repeat(MARGIN));
    (std::iter::once(margin).chain(shown.into_iter().flat_map(|(.., hint)| hint)).collect(), complete)
}

fn hint(binding: &Binding, label: &str, model: &Model) -> [Span<'static>; 2] {
    let key = binding.keys.first().map_or(String::new(), |key| model.look().keys(&key.name(model.language)));
    [span(key, model.theme.accent()), span(format!(" {label}{GAP}"), model.theme.quiet())]
}
