//! Does the terminal show what was drawn, whatever was there before, and in how few bytes? Another terminal judges.

use std::num::NonZero;

use proptest::prelude::*;
use ratatui::backend::Backend;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::style::Modifier;
use ratatui::style::Style;

use privaudit::domain::text::Language;
use privaudit::tui::terminal::painter::Painter;

use crate::consultant::Consultant;

const SIZE: Rect = Rect { x: 0, y: 0, width: 23, height: 6 };

/// A text somewhere on the screen.
#[derive(Debug, Clone)]
struct Stroke {
    x: u16,
    y: u16,
    text: String,
    style: Style,
}

fn strokes() -> impl Strategy<Value = Vec<Stroke>> {
    let texts = prop::sample::select(vec![
        "",
        " ",
        "      ",
        "oui",
        "Élan",
        "漢字",
        "a漢b",
        "e\u{301}te",
        "— ●",
        "                    ",
    ]);
    let colours = prop::sample::select(vec![
        Color::Reset,
        Color::Red,
        Color::Cyan,
        Color::DarkGray,
        Color::Indexed(200),
        Color::Rgb(1, 2, 3),
    ]);
    // Bold and dim at once is no look to rely on: of some terminals, the one judging here among them, the later wins.
    let weights = prop::sample::select(vec![Modifier::empty(), Modifier::BOLD, Modifier::DIM]);
    let style = (colours.clone(), colours, weights, 0u16..8).prop_map(|(fg, bg, weight, bits)| {
        let modifiers = [Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED];
        let chosen = modifiers.iter().enumerate().filter(|(bit, _)| bits & (1 << bit) != 0);
        let nothing = Style::new().remove_modifier(Modifier::all());
        nothing.fg(fg).bg(bg).add_modifier(chosen.fold(weight, |all, (_, one)| all | *one))
    });
    let plain = prop_oneof![2 => Just(Style::new()), 3 => style];
    let stroke = (0..SIZE.width, 0..SIZE.height, texts, plain).prop_map(|(x, y, text, style)| Stroke {
        x,
        y,
        text: text.repeat(2),
        style,
    });
    prop::collection::vec(stroke, 0..12)
}

fn draw(strokes: &[Stroke], buffer: &mut Buffer) {
    for stroke in strokes {
        buffer.set_string(stroke.x, stroke.y, &stroke.text, stroke.style);
    }
}

fn emulator() -> vt100::Parser {
    let side = |cells: u16| NonZero::new(cells).unwrap();
    vt100::Parser::new(side(SIZE.height), side(SIZE.width), 0)
}

/// Every cell with what is seen of its attributes.
fn seen(parser: &vt100::Parser) -> Vec<String> {
    let screen = parser.screen();
    let cells = (0..SIZE.height).flat_map(|y| (0..SIZE.width).map(move |x| (y, x)));
    cells
        .map(|(y, x)| {
            let cell = screen.cell(y, x).unwrap();
            let text = if cell.has_contents() { cell.contents() } else { " " };
            let blank = text == " " && !cell.is_wide_continuation();
            match blank && !cell.inverse() && !cell.underline() {
                true => format!("{y},{x} blank on {:?}", cell.bgcolor()),
                false => format!(
                    "{y},{x} {text:?} {} {:?} {:?} {} {} {} {} {}",
                    cell.is_wide(),
                    cell.fgcolor(),
                    cell.bgcolor(),
                    cell.bold(),
                    cell.dim(),
                    cell.italic(),
                    cell.underline(),
                    cell.inverse()
                ),
            }
        })
        .collect()
}

/// The screen as ratatui's own backend draws it, from nothing.
fn reference(buffer: &Buffer) -> Vec<String> {
    let mut bytes = Vec::new();
    let empty = Buffer::empty(buffer.area);
    CrosstermBackend::new(&mut bytes).draw(empty.diff(buffer).into_iter()).unwrap();
    let mut parser = emulator();
    parser.process(&bytes);
    seen(&parser)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn after_any_frames_the_screen_is_the_last_one_cell_by_cell(
        frames in prop::collection::vec((strokes(), any::<bool>(), prop::option::of((0..SIZE.width, 0..SIZE.height))), 1..6)
    ) {
        let mut painter = Painter::default();
        let mut parser = emulator();
        let mut buffer = Buffer::empty(SIZE);
        for (strokes, anew, cursor) in frames {
            if anew {
                buffer = Buffer::empty(SIZE);
            }
            draw(&strokes, &mut buffer);
            let cursor = cursor.map(Position::from);
            parser.process(&painter.paint(&buffer, cursor));
            let (seen, reference) = (seen(&parser), reference(&buffer));
            let differences: Vec<_> = seen.iter().zip(&reference).filter(|(seen, reference)| seen != reference).collect();
            prop_assert!(differences.is_empty(), "painted and right: {differences:#?}");
            prop_assert_eq!(parser.screen().hide_cursor(), cursor.is_none());
            if let Some(cursor) = cursor {
                prop_assert_eq!(parser.screen().cursor_position(), (cursor.y, cursor.x));
            }
            prop_assert!(painter.paint(&buffer, cursor).is_empty(), "nothing changed, and something was written");
        }
    }
}

/// A session whose frames are painted, with the bytes of each.
struct Line {
    consultant: Consultant,
    painter: Painter,
}

impl Line {
    fn press(&mut self, keys: &str) -> usize {
        self.consultant.keys(keys);
        let (buffer, cursor) = self.consultant.draw();
        self.painter.paint(&buffer, cursor).len()
    }
}

#[test]
fn a_key_costs_few_bytes_on_a_slow_line() {
    let mut line = Line { consultant: Consultant::begins(Language::Fr), painter: Painter::default() };
    line.press("?");
    line.press("<Esc>");
    let answers: Vec<usize> = (0..12).map(|_| line.press("<Tab>")).collect();
    let next = answers.iter().max().unwrap();
    assert!(*next <= 1_700, "the next question takes {answers:?} bytes");
    line.press("/");
    let letters = line.press("a").max(line.press("b"));
    assert!(letters <= 1_700, "a letter in the finder takes {letters} bytes");
    line.press("<Esc>");
    line.press("e");
    let letters = line.press("a").max(line.press("b"));
    assert!(letters <= 60, "a typed letter takes {letters} bytes");
}
