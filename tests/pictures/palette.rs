//! Which colours do the terminal's sixteen become? A calm dark scheme, with what bold, dim and reversed make of it.

use ratatui::buffer::Cell;
use ratatui::style::Color;
use ratatui::style::Modifier;

/// Red, green, blue.
pub type Colour = [u8; 3];

pub const GROUND: Colour = [0x1b, 0x1f, 0x27];
pub const TEXT: Colour = [0xd7, 0xdc, 0xe4];
pub const BAR: Colour = [0x25, 0x2a, 0x34];
pub const EDGE: Colour = [0x3a, 0x41, 0x4e];
pub const TITLE: Colour = [0x9a, 0xa3, 0xb2];
pub const BUTTONS: [Colour; 3] = [[0xe0, 0x6c, 0x68], [0xe0, 0xb3, 0x5c], [0x7f, 0xb9, 0x76]];

/// Black to white, then the same bright.
const SIXTEEN: [Colour; 16] = [
    [0x2b, 0x31, 0x3c],
    [0xf0, 0x7f, 0x7b],
    [0x9c, 0xcc, 0x85],
    [0xe8, 0xbf, 0x73],
    [0x7f, 0xaf, 0xee],
    [0xc7, 0x98, 0xe6],
    [0x72, 0xc6, 0xd2],
    [0xc5, 0xcb, 0xd5],
    [0x6d, 0x76, 0x86],
    [0xff, 0x9c, 0x98],
    [0xb4, 0xe0, 0x9d],
    [0xf7, 0xd4, 0x92],
    [0xa3, 0xc7, 0xf8],
    [0xda, 0xb4, 0xf4],
    [0x95, 0xdd, 0xe7],
    [0xf2, 0xf4, 0xf8],
];

/// How much of the text's colour is left where it is dim; it stays readable on the ground, at more than 5 to 1.
const DIM: f32 = 0.62;

/// A cell's colours, everything taken into account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    pub text: Colour,
    pub ground: Colour,
    pub bold: bool,
}

pub fn look(cell: &Cell) -> Look {
    let has = |modifier| cell.modifier.contains(modifier);
    let (mut text, mut ground) = (colour(cell.fg, TEXT), colour(cell.bg, GROUND));
    if has(Modifier::REVERSED) {
        std::mem::swap(&mut text, &mut ground);
    }
    if has(Modifier::DIM) {
        text = mix(text, ground, DIM);
    }
    if has(Modifier::HIDDEN) {
        text = ground;
    }
    Look { text, ground, bold: has(Modifier::BOLD) }
}

/// So much of the one, the rest of the other.
pub fn mix(one: Colour, other: Colour, share: f32) -> Colour {
    std::array::from_fn(|part| {
        let mixed = f32::from(one[part]) * share + f32::from(other[part]) * (1.0 - share);
        // Both are between 0 and 255, and so is what lies between them.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
        let byte = mixed.round() as u8;
        byte
    })
}

fn colour(of: Color, unset: Colour) -> Colour {
    match of {
        Color::Reset => unset,
        Color::Rgb(red, green, blue) => [red, green, blue],
        Color::Indexed(index @ 0..16) => SIXTEEN[usize::from(index)],
        Color::Indexed(index @ 16..232) => {
            let levels = [0, 95, 135, 175, 215, 255];
            let place = usize::from(index - 16);
            [levels[place / 36], levels[place / 6 % 6], levels[place % 6]]
        }
        Color::Indexed(index) => [8 + 10 * (index - 232); 3],
        Color::Black => SIXTEEN[0],
        Color::Red => SIXTEEN[1],
        Color::Green => SIXTEEN[2],
        Color::Yellow => SIXTEEN[3],
        Color::Blue => SIXTEEN[4],
        Color::Magenta => SIXTEEN[5],
        Color::Cyan => SIXTEEN[6],
        Color::Gray => SIXTEEN[7],
        Color::DarkGray => SIXTEEN[8],
        Color::LightRed => SIXTEEN[9],
        Color::LightGreen => SIXTEEN[10],
        Color::LightYellow => SIXTEEN[11],
        Color::LightBlue => SIXTEEN[12],
        Color::LightMagenta => SIXTEEN[13],
        Color::LightCyan => SIXTEEN[14],
        Color::White => SIXTEEN[15],
    }
}
