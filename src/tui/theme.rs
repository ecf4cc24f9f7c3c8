//! How does it look? Colours with a meaning, and marks that say the same without colour.

use ratatui::style::Color;
use ratatui::style::Modifier;
use ratatui::style::Style;

use crate::domain::scoring::Band;
use crate::domain::scoring::Level;

/// The look of one session: the sixteen colours of the terminal's own scheme, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Without it, weight and marks carry all the meaning.
    pub colour: bool,
    /// Marks and lines beyond ASCII.
    pub unicode: bool,
}

impl Theme {
    pub const FULL: Theme = Theme { colour: true, unicode: true };

    /// What the environment asks for: `NO_COLOR`, a locale without UTF-8, a simple terminal.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Theme {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let terminal = set("TERM").unwrap_or_default();
        let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")).unwrap_or_default();
        let utf8 = locale.to_ascii_lowercase().replace('-', "").contains("utf8");
        Theme {
            colour: set("NO_COLOR").is_none() && terminal != "dumb" && !terminal.starts_with("vt"),
            unicode: utf8 && terminal != "linux" && terminal != "dumb",
        }
    }

    fn style(self, colour: Color, plain: Modifier) -> Style {
        if self.colour { Style::new().fg(colour) } else { Style::new().add_modifier(plain) }
    }

    pub fn text(self) -> Style {
        Style::new()
    }

    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Beside the point: help, hints, what was before.
    pub fn quiet(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// Where the focus is.
    pub fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// A title, a key, what leads the eye.
    pub fn accent(self) -> Style {
        self.style(Color::Cyan, Modifier::BOLD)
    }

    pub fn good(self) -> Style {
        self.style(Color::Green, Modifier::empty())
    }

    pub fn warning(self) -> Style {
        self.style(Color::Yellow, Modifier::BOLD)
    }

    pub fn bad(self) -> Style {
        self.style(Color::Red, Modifier::BOLD)
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
