//! How does a screen become a picture? A window with the cells in it, as outlines and rectangles only.

use std::collections::BTreeMap;
use std::fmt::Write;

use ratatui::buffer::Buffer;
use ratatui::buffer::Cell;
use ratatui::style::Modifier;

use super::boxes;
use super::boxes::HEIGHT;
use super::boxes::Rectangle;
use super::boxes::Shape;
use super::boxes::WIDTH;
use super::font::Fonts;
use super::palette;
use super::palette::Colour;
use super::screen;

/// Around the cells, and above them for the window's bar.
const MARGIN: u32 = 14;
const BAR: u32 = 34;

/// What lies on the window, by colour: the same screen is always written in the same order.
#[derive(Default)]
struct Drawing {
    grounds: BTreeMap<Colour, Vec<Rectangle>>,
    fills: BTreeMap<Colour, Vec<Rectangle>>,
    lines: BTreeMap<Colour, Vec<String>>,
    letters: BTreeMap<Colour, Vec<(Glyph, u32, u32)>>,
}

/// A letter, bold or not.
type Glyph = (char, bool);

/// The picture of a screen, under a title.
pub fn picture(screen: &Buffer, title: &str, fonts: &Fonts) -> Result<String, String> {
    let mut drawing = Drawing::default();
    let columns = usize::from(screen.area.width);
    for (row, y) in screen.content.chunks(columns).zip((BAR + MARGIN / 2..).step_by(HEIGHT as usize)) {
        for (cell, x) in row.iter().zip((MARGIN..).step_by(WIDTH as usize)) {
            drawing.cell(cell, x, y);
        }
    }
    let width = 2 * MARGIN + WIDTH * u32::from(screen.area.width);
    let height = BAR + MARGIN / 2 + HEIGHT * u32::from(screen.area.height) + MARGIN;
    drawing.title(title, width);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{}</title>\n",
        escape(title)
    );
    // The words for whoever cannot see them, and for whoever compares two pictures.
    let text: Vec<String> = screen::lines(screen).iter().map(|line| escape(line)).collect();
    add(&mut out, &format!("<desc>\n{}\n</desc>", text.join("\n")));
    add(&mut out, &format!("<!-- screen {}, outlines {} -->", screen::digest(screen), fonts.name()));
    window(&mut out, width, height);
    drawing.write(&mut out, fonts)?;
    out.push_str("</svg>\n");
    Ok(out)
}

fn window(out: &mut String, width: u32, height: u32) {
    let (right, bottom, edge) = (width - 1, height - 1, hex(palette::EDGE));
    let ground = hex(palette::GROUND);
    add(
        out,
        &format!(
            "<rect x=\".5\" y=\".5\" width=\"{right}\" height=\"{bottom}\" rx=\"10\" fill=\"{ground}\"/>\n\
             <path d=\"M.5 {BAR}V10.5a10 10 0 0 1 10-10H{}a10 10 0 0 1 10 10V{BAR}z\" fill=\"{}\"/>\n\
             <path d=\"M.5 {BAR}.5H{right}.5\" stroke=\"{edge}\"/>\n\
             <rect x=\".5\" y=\".5\" width=\"{right}\" height=\"{bottom}\" rx=\"10\" fill=\"none\" stroke=\"{edge}\"/>",
            f64::from(width) - 10.5,
            hex(palette::BAR),
        ),
    );
    for (colour, x) in palette::BUTTONS.into_iter().zip((20..).step_by(20)) {
        add(out, &format!("<circle cx=\"{x}\" cy=\"{}\" r=\"6\" fill=\"{}\"/>", BAR / 2, hex(colour)));
    }
}

impl Drawing {
    fn cell(&mut self, cell: &Cell, x: u32, y: u32) {
        let look = palette::look(cell);
        let whole = Rectangle { y, x, width: WIDTH, height: HEIGHT };
        if look.ground != palette::GROUND {
            self.grounds.entry(look.ground).or_default().push(whole);
        }
        for (line, at) in [(Modifier::UNDERLINED, HEIGHT - 3), (Modifier::CROSSED_OUT, HEIGHT / 2)] {
            if cell.modifier.contains(line) {
                let rule = Rectangle { y: y + at, height: 1, ..whole };
                self.fills.entry(look.text).or_default().push(rule);
            }
        }
        for letter in cell.symbol().chars().filter(|letter| !letter.is_whitespace()) {
            let Some(shapes) = boxes::shapes(letter) else {
                self.letters.entry(look.text).or_default().push(((letter, look.bold), x, y));
                continue;
            };
            for shape in shapes {
                match shape {
                    Shape::Fill(fill, share) => {
                        let colour = palette::mix(look.text, look.ground, share);
                        let fill = Rectangle { x: x + fill.x, y: y + fill.y, ..fill };
                        self.fills.entry(colour).or_default().push(fill);
                    }
                    Shape::Line(path) => {
                        let line = format!("<path transform=\"translate({x} {y})\" d=\"{path}\"/>");
                        self.lines.entry(look.text).or_default().push(line);
                    }
                }
            }
        }
    }

    fn title(&mut self, title: &str, width: u32) {
        let length = u32::try_from(title.chars().count()).unwrap_or(0) * WIDTH;
        let places = (width.saturating_sub(length) / 2..).step_by(WIDTH as usize);
        for (letter, x) in title.chars().zip(places).filter(|(letter, _)| !letter.is_whitespace()) {
            self.letters.entry(palette::TITLE).or_default().push(((letter, false), x, (BAR - HEIGHT) / 2));
        }
    }

    fn write(self, out: &mut String, fonts: &Fonts) -> Result<(), String> {
        let used = self.letters.values().flatten().map(|(glyph, ..)| *glyph);
        let names: BTreeMap<Glyph, String> = used.map(|glyph| (glyph, name(glyph))).collect();
        add(out, "<defs>");
        for (glyph, name) in &names {
            let outline = fonts.outline(glyph.0, glyph.1)?;
            add(out, &format!("<path id=\"{name}\" d=\"{outline}\"/>"));
        }
        add(out, "</defs>");
        for (colour, rectangles) in self.grounds.into_iter().chain(self.fills) {
            let parts = merge(rectangles)
                .into_iter()
                .map(|Rectangle { x, y, width, height }| format!("M{x} {y}h{width}v{height}h-{width}z"));
            add(out, &format!("<path fill=\"{}\" d=\"{}\"/>", hex(colour), parts.collect::<String>()));
        }
        for (colour, lines) in self.lines {
            add(out, &format!("<g fill=\"none\" stroke=\"{}\">{}</g>", hex(colour), lines.concat()));
        }
        let baseline = fonts.baseline();
        for (colour, letters) in self.letters {
            add(out, &format!("<g fill=\"{}\" transform=\"translate(0 {baseline})\">", hex(colour)));
            let mut last = None;
            for (glyph, x, y) in letters {
                // A line of the screen is a line of the file.
                if last.is_some_and(|last| last != y) {
                    out.push('\n');
                }
                last = Some(y);
                // Writing into a string cannot fail.
                let _ = write!(out, "<use href=\"#{}\" x=\"{x}\" y=\"{y}\"/>", name(glyph));
            }
            add(out, "</g>");
        }
        Ok(())
    }
}

/// Neighbours of one colour become one: two edges that meet show as a seam when a picture is scaled.
fn merge(mut rectangles: Vec<Rectangle>) -> Vec<Rectangle> {
    rectangles.sort_unstable();
    let mut rows: Vec<Rectangle> = Vec::new();
    for next in rectangles {
        match rows.last_mut() {
            Some(last) if (last.y, last.height, last.x + last.width) == (next.y, next.height, next.x) => {
                last.width += next.width;
            }
            _ => rows.push(next),
        }
    }
    rows.sort_unstable_by_key(|row| (row.x, row.width, row.y));
    let mut merged: Vec<Rectangle> = Vec::new();
    for next in rows {
        match merged.last_mut() {
            Some(last) if (last.x, last.width, last.y + last.height) == (next.x, next.width, next.y) => {
                last.height += next.height;
            }
            _ => merged.push(next),
        }
    }
    merged
}

fn add(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

/// Of a glyph in its picture.
fn name((letter, bold): Glyph) -> String {
    format!("{}{:x}", if bold { 'b' } else { 'r' }, u32::from(letter))
}

fn hex([red, green, blue]: Colour) -> String {
    let mut hex = String::from("#");
    // Writing into a string cannot fail.
    let _ = write!(hex, "{red:02x}{green:02x}{blue:02x}");
    hex
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
