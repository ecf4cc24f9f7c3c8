//! What are frames, blocks and shades made of? Rectangles and arcs that meet exactly, instead of a font's glyphs.

/// The width and height of a cell. Odd, so that a line of one pixel has its middle.
pub const WIDTH: u32 = 9;
pub const HEIGHT: u32 = 19;

/// In pixels, from the top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rectangle {
    pub y: u32,
    pub x: u32,
    pub width: u32,
    pub height: u32,
}

/// What a letter looks like, in its cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Filled with so much of the text's colour.
    Fill(Rectangle, f32),
    /// A line of one pixel along this path.
    Line(String),
}

/// A frame's arms, in pixels of thickness: left, right, up, down.
type Arms = [u32; 4];

/// The shapes of a letter; none where the font is to draw it.
pub fn shapes(letter: char) -> Option<Vec<Shape>> {
    let whole = |share| vec![Shape::Fill(Rectangle { x: 0, y: 0, width: WIDTH, height: HEIGHT }, share)];
    let code = u32::from(letter);
    Some(match letter {
        '█' => whole(1.0),
        '▓' => whole(0.7),
        '▒' => whole(0.45),
        '░' => whole(0.25),
        '▀' => vec![part(0, 0, WIDTH, HEIGHT.div_ceil(2))],
        // From an eighth below to seven eighths.
        '▁'..='▇' => {
            let height = (HEIGHT * (code - 0x2580) + 4) / 8;
            vec![part(0, HEIGHT - height, WIDTH, height)]
        }
        // From seven eighths on the left to one.
        '▉'..='▏' => vec![part(0, 0, (WIDTH * (0x2590 - code) + 4) / 8, HEIGHT)],
        '▐' => vec![part(WIDTH / 2, 0, WIDTH - WIDTH / 2, HEIGHT)],
        '╭' => arc(WIDTH, HEIGHT),
        '╮' => arc(0, HEIGHT),
        '╰' => arc(WIDTH, 0),
        '╯' => arc(0, 0),
        '⠀'..='⣿' => braille(code - 0x2800),
        _ => frame(arms(letter)?),
    })
}

fn part(x: u32, y: u32, width: u32, height: u32) -> Shape {
    Shape::Fill(Rectangle { y, x, width, height }, 1.0)
}

fn arms(letter: char) -> Option<Arms> {
    const LIGHT: &str = "─│┌┐└┘├┤┬┴┼╴╵╶╷";
    const HEAVY: &str = "━┃┏┓┗┛┣┫┳┻╋╸╹╺╻";
    const DIRECTIONS: [Arms; 15] = [
        [1, 1, 0, 0],
        [0, 0, 1, 1],
        [0, 1, 0, 1],
        [1, 0, 0, 1],
        [0, 1, 1, 0],
        [1, 0, 1, 0],
        [0, 1, 1, 1],
        [1, 0, 1, 1],
        [1, 1, 0, 1],
        [1, 1, 1, 0],
        [1, 1, 1, 1],
        [1, 0, 0, 0],
        [0, 0, 1, 0],
        [0, 1, 0, 0],
        [0, 0, 0, 1],
    ];
    let place = |letters: &str| letters.chars().position(|other| other == letter);
    let light = place(LIGHT).map(|place| DIRECTIONS[place]);
    light.or_else(|| place(HEAVY).map(|place| DIRECTIONS[place].map(|thick| thick * 3)))
}

/// Each arm goes from the edge past the middle, so that corners are closed.
fn frame(arms: Arms) -> Vec<Shape> {
    let thick = arms.into_iter().max().unwrap_or(1);
    let (left, top) = ((WIDTH - thick) / 2, (HEIGHT - thick) / 2);
    let [to_left, to_right, up, down] = arms.map(|arm| arm > 0);
    let mut shapes = Vec::new();
    if to_left || to_right {
        let from = if to_left { 0 } else { left };
        let to = if to_right { WIDTH } else { left + thick };
        shapes.push(part(from, top, to - from, thick));
    }
    if up || down {
        let from = if up { 0 } else { top };
        let to = if down { HEIGHT } else { top + thick };
        shapes.push(part(left, from, thick, to - from));
    }
    shapes
}

/// From the middle of one side, around a corner, to the middle of another.
fn arc(to_x: u32, to_y: u32) -> Vec<Shape> {
    let (x, y) = (f64::from(WIDTH) / 2.0, f64::from(HEIGHT) / 2.0);
    let (towards_x, towards_y) = (if to_x == 0 { -x } else { x }, if to_y == 0 { -x } else { x });
    vec![Shape::Line(format!("M{to_x} {y}H{}Q{x} {y} {x} {}V{to_y}", x + towards_x, y + towards_y))]
}

/// Dots 1 to 3 and 7 on the left, 4 to 6 and 8 on the right.
fn braille(dots: u32) -> Vec<Shape> {
    const PLACES: [(u32, u32); 8] = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)];
    let places = PLACES.into_iter().enumerate().filter(|(dot, _)| dots & (1 << dot) != 0);
    places.map(|(_, (column, row))| part(1 + column * 5, 2 + row * 5, 2, 2)).collect()
}
