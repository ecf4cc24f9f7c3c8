//! How is it said? In lines added at the end: folded for a terminal, whole for a pipe, without any escape sequence.

use std::io;
use std::io::IsTerminal;
use std::io::Write;

use unicode_normalization::char::is_combining_mark;

use crate::cli::paper::Paper;
use crate::domain::text::ascii;
use crate::domain::text::plain;
use crate::tui::theme::Colours;
use crate::tui::theme::Theme;
use crate::tui::widgets::wrap::set;
use crate::tui::widgets::wrap::wrap_hanging;

#[derive(Debug)]
pub struct Voice {
    /// None where lines are left whole.
    width: Option<usize>,
    unicode: bool,
    letters: bool,
}

impl Voice {
    pub fn of_output() -> Voice {
        let width = io::stdout().is_terminal().then(|| Paper::of_output().width);
        let theme = Theme::from_environment(|name| std::env::var(name).ok());
        Voice { width, unicode: theme.unicode, letters: theme.letters }
    }

    pub fn theme(&self) -> Theme {
        Theme { colours: Colours::None, unicode: self.unicode, letters: self.letters }
    }

    /// For what other commands print.
    pub fn paper(&self) -> Paper {
        Paper::bare(self.width)
    }

    pub fn say(&self, text: &str) -> io::Result<()> {
        self.item(0, text)
    }

    /// A text whose lines are indented, the second and further ones by two more.
    pub fn item(&self, indent: usize, text: &str) -> io::Result<()> {
        let text = plain(text);
        let lines = match self.width {
            Some(width) => wrap_hanging(&text, width.saturating_sub(indent).max(20), 2),
            None => text.lines().map(set).collect(),
        };
        let mut out = io::stdout().lock();
        for (index, line) in lines.iter().enumerate() {
            let margin = if index == 0 { indent } else { indent + 2 };
            writeln!(out, "{}", self.spoken(&format!("{}{line}", " ".repeat(margin))).trim_end())?;
        }
        Ok(())
    }

    pub fn gap(&self) -> io::Result<()> {
        self.printed(b"\n")
    }

    /// What is folded already.
    pub fn printed(&self, text: &[u8]) -> io::Result<()> {
        io::stdout().lock().write_all(self.spoken(&String::from_utf8_lossy(text)).as_bytes())
    }

    pub fn prompt(&self) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(self.spoken("> ").as_bytes())?;
        out.flush()
    }

    /// A line that was read where no terminal shows it.
    pub fn echo(&self, line: &str) -> io::Result<()> {
        writeln!(io::stdout().lock(), "{}", self.spoken(&plain(line)))
    }

    fn spoken(&self, text: &str) -> String {
        match (self.letters, self.unicode) {
            (false, _) => ascii(text),
            (true, false) => ascii_marks(text),
            (true, true) => text.to_owned(),
        }
    }
}

/// Letters stay, and what nothing in ASCII is like; marks and typography have their like there.
fn ascii_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let mark = ascii(letter.encode_utf8(&mut [0; 4]));
        if letter.is_alphanumeric() || is_combining_mark(letter) || mark == "?" {
            out.push(letter);
        } else {
            out.push_str(&mark);
        }
    }
    out
}
