//! How does it look? Colours with a meaning, and marks that say the same without colour.

use ratatui::style::Color;
use ratatui::style::Modifier;
use ratatui::style::Style;

use crate::domain::scoring::Band;
use crate::domain::scoring::Level;

/// The look of one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    pub colours: Colours,
    /// Marks and lines beyond ASCII.
    pub unicode: bool,
    /// Letters beyond ASCII. A terminal that is known to have other signs would show something else for them.
    pub letters: bool,
}

/// Which colours have a meaning. Whatever lies behind them, they can be read: a terminal seldom tells whether its
/// background is light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// Weight and marks carry all the meaning.
    None,
    /// Those of the terminal's own scheme that are read on a dark background.
    OnDark,
    /// Those of it that are read on a light one.
    OnLight,
    /// Of a scheme on whose background nothing is known, the two that are neither light nor dark.
    Of16,
    /// Of the 256, the few that are read on black and on white.
    Of256,
    /// Any; in between black and white as well.
    Any,
}

impl Colours {
    /// What the environment tells of the terminal.
    fn of_terminal(variable: impl Fn(&str) -> Option<String>) -> Colours {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let terminal = set("TERM").unwrap_or_default();
        if set("NO_COLOR").is_some() || matches!(&*terminal, "" | "dumb") || terminal.starts_with("vt") {
            return Colours::None;
        }
        // `15;0` or `0;default;15`: what is behind stands last.
        let behind = set("COLORFGBG").and_then(|told| told.rsplit(';').next()?.parse::<u8>().ok());
        match behind {
            _ if terminal == "linux" => Colours::OnDark,
            Some(0..=6 | 8) => Colours::OnDark,
            Some(7 | 9..=15) => Colours::OnLight,
            _ if set("COLORTERM").is_some_and(|told| matches!(&*told, "truecolor" | "24bit")) => Colours::Any,
            _ if terminal.contains("256color") => Colours::Of256,
            _ => Colours::Of16,
        }
    }
}

/// What a colour says; without colours, and in a scheme that has none for it, with what weight.
struct Ink {
    on_dark: Color,
    on_light: Color,
    of_16: Color,
    of_256: u8,
    any: (u8, u8, u8),
    plain: Modifier,
}

const ACCENT: Ink = Ink {
    on_dark: Color::Cyan,
    on_light: Color::Blue,
    of_16: Color::Reset,
    of_256: 63,
    any: (0x14, 0x80, 0x9a),
    plain: Modifier::BOLD,
};
const GOOD: Ink = Ink {
    on_dark: Color::Green,
    on_light: Color::Reset,
    of_16: Color::Reset,
    of_256: 29,
    any: (0x14, 0x88, 0x3a),
    plain: Modifier::empty(),
};
const WARNING: Ink = Ink {
    on_dark: Color::Yellow,
    on_light: Color::Magenta,
    of_16: Color::Magenta,
    of_256: 131,
    any: (0xba, 0x5b, 0x00),
    plain: Modifier::BOLD,
};
const BAD: Ink = Ink {
    on_dark: Color::Red,
    on_light: Color::Red,
    of_16: Color::Red,
    of_256: 163,
    any: (0xe9, 0x18, 0x1f),
    plain: Modifier::BOLD,
};

impl Theme {
    pub const FULL: Theme = Theme { colours: Colours::OnDark, unicode: true, letters: true };

    /// What the environment asks for: `NO_COLOR`, a locale without UTF-8, a simple terminal.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Theme {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let terminal = set("TERM").unwrap_or_default();
        let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")).unwrap_or_default();
        // `C`, and nothing at all, say little of the terminal, and as a rule it has them.
        let unsaid = matches!(&*locale, "" | "C" | "POSIX");
        let utf8 = locale.to_ascii_lowercase().replace('-', "").contains("utf8");
        Theme {
            colours: Colours::of_terminal(&variable),
            unicode: utf8 && terminal != "linux" && terminal != "dumb",
            letters: utf8 || unsaid,
        }
    }

    fn ink(self, ink: &Ink) -> Style {
        match self.colours {
            Colours::None => Style::new().add_modifier(ink.plain),
            Colours::OnDark => Style::new().fg(ink.on_dark),
            Colours::OnLight => Style::new().fg(ink.on_light),
            Colours::Of16 => Style::new().fg(ink.of_16).add_modifier(ink.plain),
            Colours::Of256 => Style::new().fg(Color::Indexed(ink.of_256)),
            Colours::Any => Style::new().fg(Color::Rgb(ink.any.0, ink.any.1, ink.any.2)),
        }
    }

    pub fn text(self) -> Style {
        Style::new()
    }

    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Beside the point: help, hints, what was before.
    pub fn quiet(self) -> Style {
        match self.colours {
            // How much is left of a dim letter, each terminal decides for itself.
            Colours::Of256 => Style::new().fg(Color::Indexed(243)),
            Colours::Any => Style::new().fg(Color::Rgb(0x76, 0x76, 0x76)),
            Colours::None | Colours::OnDark | Colours::OnLight | Colours::Of16 => {
                Style::new().add_modifier(Modifier::DIM)
            }
        }
    }

    /// Where the focus is.
    pub fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// A title, a key, what leads the eye.
    pub fn accent(self) -> Style {
        self.ink(&ACCENT)
    }

    pub fn good(self) -> Style {
        self.ink(&GOOD)
    }

    pub fn warning(self) -> Style {
        self.ink(&WARNING)
    }

    pub fn bad(self) -> Style {
        self.ink(&BAD)
    }

    pub fn band(self, band: Option<Band>) -> Style {
        let style = match band {
            None => return self.quiet(),
            Some(Band::A | Band::B) => self.good(),
            Some(Band::C | Band::D) => self.warning(),
            Some(Band::E) => self.bad(),
        };
        style.add_modifier(Modifier::BOLD)
    }

    pub fn level(self, level: Level) -> Style {
        match level {
            Level::Low => self.good(),
            Level::Moderate => self.text(),
            Level::High => self.warning(),
            Level::Critical => self.bad(),
        }
    }

    /// One of two marks: the right one, or what ASCII has for it.
    pub fn mark(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        if self.unicode { unicode } else { ascii }
    }

    pub fn done(self) -> &'static str {
        self.mark("✓", "+")
    }

    pub fn failed(self) -> &'static str {
        self.mark("✗", "x")
    }

    pub fn half(self) -> &'static str {
        self.mark("±", "~")
    }

    pub fn open(self) -> &'static str {
        self.mark("·", ".")
    }

    pub fn pointer(self) -> &'static str {
        self.mark("▸", ">")
    }

    pub fn flag(self) -> &'static str {
        self.mark("⚑", "!")
    }

    pub fn disproved(self) -> &'static str {
        self.mark("≠", "#")
    }

    pub fn carried(self) -> &'static str {
        self.mark("↻", "@")
    }

    pub fn rule(self) -> &'static str {
        self.mark("─", "-")
    }

    pub fn bar_full(self) -> &'static str {
        self.mark("█", "#")
    }

    pub fn bar_maybe(self) -> &'static str {
        self.mark("░", "=")
    }

    pub fn bar_empty(self) -> &'static str {
        self.mark("·", ".")
    }

    pub fn ellipsis(self) -> &'static str {
        self.mark("…", "~")
    }
}
