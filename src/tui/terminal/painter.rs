//! What has to be written so that the screen shows the next frame? As few bytes as we can find.
//!
//! Ratatui's own drawing sets every attribute in a sequence of its own, goes to every cell that is not the next one by
//! its full address, and resets all of it after each frame. Over a slow line that is what one waits for. Here cells that
//! look the same are left alone, attributes are changed together, the end of a line is erased, and of the ways to
//! the next cell the shortest is taken. A test sees to it that the screen is the same cell by cell.

use std::fmt::Write as _;
use std::io::Write as _;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::layout::Rect;
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
    shown: Option<Shown>,
    /// The line being painted; kept for its room.
    line: Vec<Glyph>,
    /// Where the cursor stands; None behind what may be as wide as each terminal thinks.
    at: Option<Position>,
    cursor_shown: Option<bool>,
    pen: Pen,
    out: Vec<u8>,
}

/// A screen, line by line.
#[derive(Debug)]
struct Shown {
    area: Rect,
    glyphs: Vec<Glyph>,
}

/// The attributes with which the terminal writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Pen {
    fn of(cell: &Cell) -> Pen {
        Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }
}

impl Painter {
    /// Forgets what is on the screen: the next frame draws all of it.
    pub fn forget(&mut self) {
        self.shown = None;
    }

    /// The bytes that lead from the last frame to this one; none where nothing changed.
    pub fn paint(&mut self, next: &Buffer, cursor: Option<Position>) -> Vec<u8> {
        let mut shown = match self.shown.take() {
            Some(shown) if shown.area == next.area => shown,
            _ => {
                self.out.extend_from_slice(b"\x1b[m\x1b[2J");
                self.pen = Pen::default();
                self.at = None;
                self.cursor_shown = None;
                Shown { area: next.area, glyphs: vec![Glyph::BLANK; next.content.len()] }
            }
        };
        let columns = usize::from(next.area.width).max(1);
        let lines = next.content.chunks(columns).zip(shown.glyphs.chunks_mut(columns));
        let mut line = std::mem::take(&mut self.line);
        for ((cells, old), y) in lines.zip(next.area.top()..) {
            // Most lines are as they were.
            if cells.iter().zip(&*old).all(|(cell, glyph)| glyph.shows(cell)) {
                continue;
            }
            line.clear();
            read(cells, &mut line);
            self.paint_line(old, &line, y);
            old.swap_with_slice(&mut line);
        }
        self.line = line;
        // A message of somebody else must not come in our colours.
        self.take_pen(Pen::default());
        self.place_cursor(cursor);
        self.shown = Some(shown);
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

    fn paint_line(&mut self, old: &[Glyph], new: &[Glyph], y: u16) {
        let changed: Vec<bool> = old.iter().zip(new).map(|(old, new)| !old.looks_like(new)).collect();
        let blank_from = new.iter().rposition(|glyph| !glyph.is_blank()).map_or(0, |last| last + 1);
        let to_blank = changed.iter().skip(blank_from).filter(|changed| **changed).count();
        // The last cell may be half of a wide one: only what is blank on both sides is erased.
        let erased = to_blank > ERASE.len();
        let end = if erased { blank_from } else { new.len() };
        let mut x = 0;
        while x < end {
            let Some(glyph) = new.get(x) else { break };
            let width = glyph.width.max(1);
            let blanks = blanks(new, &changed, x..end);
            if blanks >= WORTH_BLANKING {
                self.take_pen(Pen::default());
                self.go(Position { x: column(x), y });
                // Into a vector, writing cannot fail. The cursor stays.
                let _ = write!(self.out, "\x1b[{blanks}X");
                x += blanks;
                continue;
            }
            if changed.iter().skip(x).take(width).any(|changed| *changed) && glyph.width > 0 {
                self.reach(new, x, y);
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
            let plain = |glyph: &Glyph| glyph.symbol.is_ascii() && glyph.fits(self.pen);
            if gap.len() <= 4 && gap.iter().all(plain) {
                for glyph in gap {
                    glyph.symbol.write(&mut self.out);
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
        glyph.symbol.write(&mut self.out);
        let behind = x + glyph.width;
        // In the last column the cursor stays, and wraps with the next letter; of marks that stand together, terminals
        // differ in how wide they are.
        let sure = behind < columns && matches!(glyph.symbol, Symbol::Letter(_));
        self.at = sure.then(|| Position { x: column(behind), y });
    }

    /// The shortest way to a place.
    fn go(&mut self, target: Position) {
        if self.at == Some(target) {
            return;
        }
        let steps = self.at.into_iter().flat_map(|at| Way::from(at, target));
        let shortest = steps.chain([Way::To(target)]).min_by_key(|way| way.length());
        shortest.unwrap_or(Way::To(target)).write(&mut self.out);
        self.at = Some(target);
    }

    /// Changes the attributes: what is different, or all anew where that is shorter.
    fn take_pen(&mut self, pen: Pen) {
        if self.pen == pen {
            return;
        }
        let (gone, come) = (self.pen.modifier - pen.modifier, pen.modifier - self.pen.modifier);
        let mut changes = Codes::default();
        // One code takes both bold and dim away.
        let both = Modifier::BOLD | Modifier::DIM;
        let mut come = come;
        if gone.intersects(both) {
            changes.add("22");
            come |= pen.modifier & both;
        }
        OFF.iter().filter(|(modifier, _)| gone.contains(*modifier)).for_each(|(_, code)| changes.add(code));
        changes.add_all(come);
        if self.pen.fg != pen.fg {
            changes.add_colour(pen.fg, 30);
        }
        if self.pen.bg != pen.bg {
            changes.add_colour(pen.bg, 40);
        }
        // Nothing in front of the first semicolon puts everything back.
        let mut anew = Codes::default();
        anew.add("");
        anew.add_all(pen.modifier);
        if pen.fg != Color::Reset {
            anew.add_colour(pen.fg, 30);
        }
        if pen.bg != Color::Reset {
            anew.add_colour(pen.bg, 40);
        }
        let shorter = if changes.text.len() <= anew.text.len() { changes.text } else { anew.text };
        // Into a vector, writing cannot fail.
        let _ = write!(self.out, "\x1b[{shorter}m");
        self.pen = pen;
    }
}

/// A cell as the terminal has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Glyph {
    symbol: Symbol,
    pen: Pen,
    /// 0 for the second half of a wide one.
    width: usize,
}

/// What is written into a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Symbol {
    Letter(char),
    /// A letter and its marks, or signs that stand for one.
    Cluster(Box<str>),
    /// Nothing: a wide one reaches into it.
    Covered,
}

impl Symbol {
    fn is_ascii(&self) -> bool {
        matches!(self, Symbol::Letter(letter) if letter.is_ascii())
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Symbol::Letter(letter) => out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes()),
            Symbol::Cluster(cluster) => out.extend_from_slice(cluster.as_bytes()),
            Symbol::Covered => {}
        }
    }
}

impl Glyph {
    const BLANK: Glyph = Glyph {
        symbol: Symbol::Letter(' '),
        pen: Pen { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() },
        width: 1,
    };

    /// Whether it is this cell, as long as all glyphs before it are their cells.
    fn shows(&self, cell: &Cell) -> bool {
        let same = match (&self.symbol, cell.symbol().as_bytes()) {
            (Symbol::Covered, _) => return true,
            (Symbol::Letter(letter), [byte]) => u32::from(*letter) == u32::from(*byte),
            (Symbol::Letter(letter), written) => letter.encode_utf8(&mut [0; 4]).as_bytes() == written,
            (Symbol::Cluster(cluster), written) => cluster.as_bytes() == written,
        };
        same && self.pen == Pen::of(cell)
    }

    /// A blank cell in which nothing is seen.
    fn is_blank(&self) -> bool {
        self.is_space() && self.pen.bg == Color::Reset && !self.pen.modifier.intersects(SEEN)
    }

    fn is_space(&self) -> bool {
        self.symbol == Symbol::Letter(' ')
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

/// A line's cells as glyphs.
fn read(cells: &[Cell], line: &mut Vec<Glyph>) {
    let mut covered = 0;
    for cell in cells {
        let pen = Pen::of(cell);
        if covered > 0 {
            covered -= 1;
            line.push(Glyph { symbol: Symbol::Covered, pen, width: 0 });
            continue;
        }
        let written = cell.symbol();
        let mut letters = written.chars();
        let symbol = match letters.next() {
            Some(letter) if letters.as_str().is_empty() => Symbol::Letter(letter),
            _ => Symbol::Cluster(written.into()),
        };
        let width = if symbol.is_ascii() { 1 } else { written.width().max(1) };
        covered = width - 1;
        line.push(Glyph { symbol, pen, width });
    }
}

/// A way of the cursor to a place.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// By its address.
    To(Position),
    /// To the first column where it goes back, then down, then along the line.
    By { back: bool, down: u16, from: u16, to: u16 },
}

impl Way {
    /// The ways that begin where the cursor is.
    fn from(at: Position, target: Position) -> impl Iterator<Item = Way> {
        let down = target.y.checked_sub(at.y);
        let along = down.map(|down| Way::By { back: false, down, from: at.x, to: target.x });
        let back = down.map(|down| Way::By { back: true, down, from: 0, to: target.x });
        along.into_iter().chain(back)
    }

    /// How many bytes it takes.
    fn length(self) -> usize {
        match self {
            Way::To(Position { x: 0, y: 0 }) => 3,
            Way::To(Position { x: 0, y }) => 3 + digits(y + 1),
            Way::To(Position { x, y }) => 4 + digits(y + 1) + digits(x + 1),
            Way::By { back, down, from, to } => {
                let along = match from.abs_diff(to) {
                    0 => 0,
                    1 if from < to => 3,
                    count @ 1..=4 if from > to => usize::from(count),
                    count => 3 + digits(count),
                };
                usize::from(back) + usize::from(down) + along
            }
        }
    }

    fn write(self, out: &mut Vec<u8>) {
        // Into a vector, writing cannot fail.
        let _ = match self {
            Way::To(Position { x: 0, y: 0 }) => out.write_all(b"\x1b[H"),
            Way::To(Position { x: 0, y }) => write!(out, "\x1b[{}H", y + 1),
            Way::To(Position { x, y }) => write!(out, "\x1b[{};{}H", y + 1, x + 1),
            Way::By { back, down, from, to } => {
                out.extend(back.then_some(b'\r'));
                out.extend(std::iter::repeat_n(b'\n', usize::from(down)));
                match from.abs_diff(to) {
                    0 => Ok(()),
                    1 if from < to => out.write_all(b"\x1b[C"),
                    count if from < to => write!(out, "\x1b[{count}C"),
                    count @ 1..=4 => {
                        out.write_all(b"\x08\x08\x08\x08".get(..usize::from(count)).unwrap_or_default())
                    }
                    count => write!(out, "\x1b[{count}D"),
                }
            }
        };
    }
}

fn digits(number: u16) -> usize {
    number.checked_ilog10().map_or(1, |tens| tens as usize + 1)
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

/// What a terminal is told about how to write, with semicolons between.
#[derive(Debug, Default)]
struct Codes {
    text: String,
    begun: bool,
}

impl Codes {
    fn add(&mut self, code: &str) {
        self.begin();
        self.text.push_str(code);
    }

    /// The first may be an empty one: whether there is anything yet does not tell.
    fn begin(&mut self) {
        if self.begun {
            self.text.push(';');
        }
        self.begun = true;
    }

    fn add_all(&mut self, modifiers: Modifier) {
        ON.iter().filter(|(modifier, _)| modifiers.contains(*modifier)).for_each(|(_, code)| self.add(code));
    }

    /// `base` is 30 for letters and 40 for what lies behind them.
    fn add_colour(&mut self, colour: Color, base: u8) {
        self.begin();
        // Into a text, writing cannot fail.
        let _ = match colour {
            Color::Indexed(number) => write!(self.text, "{};5;{number}", base + 8),
            Color::Rgb(red, green, blue) => write!(self.text, "{};2;{red};{green};{blue}", base + 8),
            named => write!(self.text, "{}", base + number(named)),
        };
    }
}

/// How a terminal is told to write so; nothing where it is to write as ever.
pub fn told(style: Style) -> String {
    let mut told = Codes::default();
    told.add_all(style.add_modifier);
    if let Some(fg) = style.fg {
        told.add_colour(fg, 30);
    }
    if told.text.is_empty() { String::new() } else { format!("\u{1b}[{}m", told.text) }
}

/// What a colour with a name adds to the base; nine is the terminal's own.
fn number(named: Color) -> u8 {
    match named {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Reset | Color::Indexed(_) | Color::Rgb(..) => 9,
    }
}
