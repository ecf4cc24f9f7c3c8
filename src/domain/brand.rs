//! Whose paper is it? The name, logo, colour and closing words of who hands a document over.

/// Who hands a document over. The default is nobody: documents are complete without.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brand {
    /// The adviser's or agency's name; empty where there is none.
    pub name: String,
    pub logo: Option<Logo>,
    /// For headings and rules; none is the program's own.
    pub colour: Option<Colour>,
    /// Address, telephone, e-mail: as many lines as wanted.
    pub contact: Vec<String>,
    /// Said at the end of every document.
    pub closing: String,
}

/// A picture, as it was in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    pub kind: LogoKind,
    pub bytes: Vec<u8>,
    /// In pixels, for what must know the shape before it draws.
    pub width: u32,
    pub height: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoKind {
    Png,
    Svg,
}

/// Red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

/// What documents on a dark screen are written on.
const DARK_PAPER: Colour = Colour(0x17, 0x1c, 0x23);

impl Colour {
    /// The program's own.
    pub const OURS: Colour = Colour(0x1f, 0x5a, 0x7a);

    /// From `#1f5a7a`.
    pub fn from_hex(hex: &str) -> Option<Colour> {
        let digits = hex.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Colour(part(0)?, part(2)?, part(4)?))
    }

    /// The colour, darkened as far as white letters on it, or it on white, need: a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3).
    #[must_use]
    pub fn readable(self) -> Colour {
        let mut colour = self;
        while colour.contrast_with_white() < 4.5 {
            let darker = |part: u8| u8::try_from(u16::from(part) * 15 / 16).unwrap_or(part);
            colour = Colour(darker(colour.0), darker(colour.1), darker(colour.2));
        }
        colour
    }

    /// The colour, lightened as far as letters in it on dark paper need.
    #[must_use]
    pub fn on_dark(self) -> Colour {
        let mut colour = self;
        while colour.luminance() + 0.05 < 4.5 * (DARK_PAPER.luminance() + 0.05) {
            let lighter = |part: u8| part.saturating_add((255 - part).div_ceil(12));
            colour = Colour(lighter(colour.0), lighter(colour.1), lighter(colour.2));
        }
        colour
    }

    fn contrast_with_white(self) -> f64 {
        1.05 / (self.luminance() + 0.05)
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// `1f5a7a`.
    pub fn hex(self) -> String {
        format!("{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

impl Brand {
    pub fn colour(&self) -> Colour {
        self.colour.unwrap_or(Colour::OURS)
    }
}
