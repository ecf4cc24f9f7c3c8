//! What has to be written so that the screen shows the next frame? As few bytes as we can find.
//!
//! Ratatui's own drawing sets every attribute in a sequence of its own, goes to every cell that is not the next one by
//! its full address, and resets all of it after each frame. Over a slow line that is what one waits for. Here cells that
//! look the same are left alone, attributes are changed together, the end of a line is erased, and of the ways to
//! the next cell the shortest is taken. A test sees to it that the screen is the same cell by cell.

use std::io::Write;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::style::Color;
use ratatui::style::Modifier;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

/// The terminal shows a frame when it is whole, where it knows how to wait.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// A frame this short arrives in one piece anyway.
const SHORT: usize = 200;
/// Erasing the rest of a line takes this many bytes, and perhaps a change of attributes.
const ERASE: &[u8] = b"\x1b[K";

/// Of so many blanks, erasing them where they are and going on behind them takes less.
const WORTH_BLANKING: usize = 14;

/// What makes a blank cell visible.
const SEEN: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// Remembers what the terminal shows.
#[derive(Debug, Default)]
pub struct Painter {
    /// None when nothing is known of the screen.
    shown: Option<Buffer>,
    /// Where the cursor stands; None behind what may be as wide as each terminal thinks.
    at: Option<Position>,
    cursor_shown: Option<bool>,
    pen: Pen,
    out: Vec<u8>,
}

/// The attributes with which the terminal writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Painter {
    /// Forgets what is on the screen: the next frame draws all of it.
    pub fn forget(&mut self) {
        self.shown = None;
    }

    /// The bytes that lead from the last frame to this one; none where nothing changed.
    pub fn paint(&mut self, next: &Buffer, cursor: Option<Position>) -> Vec<u8> {
        let before = match self.shown.take() {
            Some(before) if before.area == next.area => before,
            _ => {
                self.out.extend_from_slice(b"\x1b[m\x1b[2J");
                self.pen = Pen::default();
                self.at = None;
                self.cursor_shown = None;
                Buffer::empty(next.area)
            }
        };
        for y in next.area.top()..next.area.bottom() {
            self.line(&before, next, y);
        }
        // A message of somebody else must not come in our colours.
        self.take_pen(Pen::default());
        self.place_cursor(cursor);
        self.shown = Some(next.clone());
        let mut out = std::mem::take(&mut self.out);
        if out.len() > SHORT {
            out.splice(0..0, BEGIN.iter().copied());
            out.extend_from_slice(END);
        }
        out
    }

    fn place_cursor(&mut self, cursor: Option<Position>) {
        if let Some(cursor) = cursor {
            self.go(cursor);
        }
        if self.cursor_shown != Some(cursor.is_some()) {
            self.cursor_shown = Some(cursor.is_some());
            self.out.extend_from_slice(if cursor.is_some() { b"\x1b[?25h" } else { b"\x1b[?25l" });
        }
    }

    fn line(&mut self, before: &Buffer, next: &Buffer, y: u16) {
        let (before, next) = (row(before, y), row(next, y));
        if before == next {
            return;
        }
        let (old, new) = (glyphs(before), glyphs(next));
        let changed: Vec<bool> = old.iter().zip(&new).map(|(old, new)| !old.looks_like(new)).collect();
        let blank_from = new.iter().rposition(|glyph| !glyph.is_blank()).map_or(0, |last| last + 1);
        let to_blank = changed.iter().skip(blank_from).filter(|changed| **changed).count();
        // The last cell may be half of a wide one: only what is blank on both sides is erased.
        let erased = to_blank > ERASE.len();
        let end = if erased { blank_from } else { new.len() };
        let mut x = 0;
        while x < end {
            let Some(glyph) = new.get(x) else { break };
            let width = glyph.width.max(1);
            let blanks = blanks(&new, &changed, x..end);
            if blanks >= WORTH_BLANKING {
                self.take_pen(Pen::default());
                self.go(Position { x: column(x), y });
                // Into a vector, writing cannot fail. The cursor stays.
                let _ = write!(self.out, "\x1b[{blanks}X");
                x += blanks;
                continue;
            }
            if changed.iter().skip(x).take(width).any(|changed| *changed) && glyph.width > 0 {
                self.reach(&new, x, y);
                self.write(glyph, x, y, new.len());
            }
            x += width;
        }
        if erased {
            self.take_pen(Pen::default());
            self.go(Position { x: column(blank_from), y });
            self.out.extend_from_slice(ERASE);
        }
    }

    /// Goes to a cell. Over a short gap that can be written as it is, that is the shortest.
    fn reach(&mut self, new: &[Glyph], x: usize, y: u16) {
        let target = Position { x: column(x), y };
        if let Some(at) = self.at.filter(|at| at.y == y && at.x < target.x) {
            let gap = new.get(usize::from(at.x)..x).unwrap_or_default();
            let plain = |glyph: &Glyph| glyph.width == 1 && glyph.symbol.len() == 1 && glyph.fits(self.pen);
            if gap.len() <= 4 && gap.iter().all(plain) {
                for glyph in gap {
                    self.out.extend_from_slice(glyph.symbol.as_bytes());
                }
                self.at = Some(target);
                return;
            }
        }
        self.go(target);
    }

    fn write(&mut self, glyph: &Glyph, x: usize, y: u16, columns: usize) {
        if !glyph.fits(self.pen) {
            self.take_pen(glyph.pen);
        }
        self.out.extend_from_slice(glyph.symbol.as_bytes());
        let behind = x + glyph.width;
        // In the last column the cursor stays, and wraps with the next letter; of marks that stand together, terminals
        // differ in how wide they are.
        let sure = behind < columns && (glyph.symbol.len() == 1 || glyph.symbol.chars().count() == 1);
        self.at = sure.then(|| Position { x: column(behind), y });
    }

    /// The shortest way to a place.
    fn go(&mut self, target: Position) {
        if self.at == Some(target) {
            return;
        }
        let mut best = format!("\x1b[{};{}H", target.y + 1, target.x + 1);
        if target.x == 0 {
            best = if target.y == 0 { "\x1b[H".to_owned() } else { format!("\x1b[{}H", target.y + 1) };
        }
        if let Some(at) = self.at {
            let mut ways = Vec::new();
            if at.y == target.y {
                ways.push(along(at.x, target.x));
            }
            if let Some(down) = target.y.checked_sub(at.y) {
                let feeds = "\n".repeat(usize::from(down));
                ways.push(format!("\r{feeds}{}", along(0, target.x)));
                ways.push(format!("{feeds}{}", along(at.x, target.x)));
            }
            best = ways.into_iter().chain([best]).min_by_key(String::len).unwrap_or_default();
        }
        self.out.extend_from_slice(best.as_bytes());
        self.at = Some(target);
    }

    /// Changes the attributes: what is different, or all anew where that is shorter.
    fn take_pen(&mut self, pen: Pen) {
        if self.pen == pen {
            return;
        }
        let (gone, come) = (self.pen.modifier - pen.modifier, pen.modifier - self.pen.modifier);
        let mut changes = Vec::new();
        // One code takes both bold and dim away.
        let both = Modifier::BOLD | Modifier::DIM;
        let mut come = come;
        if gone.intersects(both) {
            changes.push("22".to_owned());
            come |= pen.modifier & both;
        }
        changes.extend(
            OFF.iter().filter(|(modifier, _)| gone.contains(*modifier)).map(|(_, code)| (*code).to_owned()),
        );
        changes.extend(codes(come));
        if self.pen.fg != pen.fg {
            changes.push(colour(pen.fg, 30));
        }
        if self.pen.bg != pen.bg {
            changes.push(colour(pen.bg, 40));
        }
        let mut anew = vec![String::new()];
        anew.extend(codes(pen.modifier));
        anew.extend((pen.fg != Color::Reset).then(|| colour(pen.fg, 30)));
        anew.extend((pen.bg != Color::Reset).then(|| colour(pen.bg, 40)));
        let (changes, anew) = (changes.join(";"), anew.join(";"));
        let shorter = if changes.len() <= anew.len() { changes } else { anew };
        // Into a vector, writing cannot fail.
        let _ = write!(self.out, "\x1b[{shorter}m");
        self.pen = pen;
    }
}

/// A cell as the terminal has it.
#[derive(Debug, Clone, Copy)]
struct Glyph<'a> {
    symbol: &'a str,
    pen: Pen,
    /// 0 for the second half of a wide one.
    width: usize,
}

impl Glyph<'_> {
    /// A blank cell in which nothing is seen.
    fn is_blank(&self) -> bool {
        self.is_space() && self.pen.bg == Color::Reset && !self.pen.modifier.intersects(SEEN)
    }

    fn is_space(&self) -> bool {
        self.symbol == " " && self.width == 1
    }

    /// Whether it looks right when it is written with this pen: of a blank, only some attributes are seen.
    fn fits(&self, pen: Pen) -> bool {
        if !self.is_space() || (self.pen.modifier | pen.modifier).intersects(SEEN) {
            return self.pen == pen;
        }
        self.pen.bg == pen.bg
    }

    fn looks_like(&self, other: &Glyph) -> bool {
        self.symbol == other.symbol && self.width == other.width && (self.width == 0 || self.fits(other.pen))
    }
}

/// How many cells from here on become blank; it ends with the last one that changes.
fn blanks(new: &[Glyph], changed: &[bool], cells: Range<usize>) -> usize {
    if changed.get(cells.start) != Some(&true) {
        return 0;
    }
    let blank =
        new.get(cells.clone()).unwrap_or_default().iter().take_while(|glyph| glyph.is_blank()).count();
    let changed = changed.get(cells.start..cells.start + blank).unwrap_or_default();
    changed.iter().rposition(|changed| *changed).map_or(0, |last| last + 1)
}

fn row(buffer: &Buffer, y: u16) -> &[Cell] {
    let width = usize::from(buffer.area.width);
    let start = usize::from(y - buffer.area.top()) * width;
    buffer.content.get(start..start + width).unwrap_or_default()
}

fn glyphs(cells: &[Cell]) -> Vec<Glyph<'_>> {
    let mut covered = 0;
    let mut glyphs = Vec::with_capacity(cells.len());
    for cell in cells {
        let pen = Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
        if covered > 0 {
            covered -= 1;
            glyphs.push(Glyph { symbol: "", pen, width: 0 });
            continue;
        }
        let width = cell.symbol().width().max(1);
        covered = width - 1;
        glyphs.push(Glyph { symbol: cell.symbol(), pen, width });
    }
    glyphs
}

/// Along a line.
fn along(from: u16, to: u16) -> String {
    match (to.checked_sub(from), from.abs_diff(to)) {
        (_, 0) => String::new(),
        (Some(_), 1) => "\x1b[C".to_owned(),
        (Some(_), count) => format!("\x1b[{count}C"),
        (None, count @ 1..=4) => "\x08".repeat(usize::from(count)),
        (None, count) => format!("\x1b[{count}D"),
    }
}

fn column(x: usize) -> u16 {
    u16::try_from(x).unwrap_or(u16::MAX)
}

const ON: [(Modifier, &str); 9] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::SLOW_BLINK, "5"),
    (Modifier::RAPID_BLINK, "6"),
    (Modifier::REVERSED, "7"),
    (Modifier::HIDDEN, "8"),
    (Modifier::CROSSED_OUT, "9"),
];

const OFF: [(Modifier, &str); 7] = [
    (Modifier::ITALIC, "23"),
    (Modifier::UNDERLINED, "24"),
    (Modifier::SLOW_BLINK, "25"),
    (Modifier::RAPID_BLINK, "25"),
    (Modifier::REVERSED, "27"),
    (Modifier::HIDDEN, "28"),
    (Modifier::CROSSED_OUT, "29"),
];

fn codes(modifiers: Modifier) -> impl Iterator<Item = String> {
    ON.iter().filter(move |(modifier, _)| modifiers.contains(*modifier)).map(|(_, code)| (*code).to_owned())
}

/// How a terminal is told to write so; nothing where it is to write as ever.
pub fn told(style: Style) -> String {
    let told: Vec<String> = codes(style.add_modifier).chain(style.fg.map(|fg| colour(fg, 30))).collect();
    if told.is_empty() { String::new() } else { format!("\u{1b}[{}m", told.join(";")) }
}

/// A colour's code; `base` is 30 for letters and 40 for what lies behind them.
fn colour(colour: Color, base: u8) -> String {
    let named = |number: u8| format!("{}", base + number);
    let bright = |number: u8| format!("{}", base + 60 + number);
    match colour {
        Color::Reset => named(9),
        Color::Black => named(0),
        Color::Red => named(1),
        Color::Green => named(2),
        Color::Yellow => named(3),
        Color::Blue => named(4),
        Color::Magenta => named(5),
        Color::Cyan => named(6),
        Color::Gray => named(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(number) => format!("{};5;{number}", base + 8),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", base + 8),
    }
}
