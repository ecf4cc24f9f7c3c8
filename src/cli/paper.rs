//! What is printed on: how wide is it, and does it take colour? Text folded to the width, with a hanging indent.

use std::io;
use std::io::IsTerminal;
use std::io::Write;

use unicode_width::UnicodeWidthStr;

use crate::domain::text::plain;
use crate::domain::wording::Piece;
use crate::tui::terminal::painter;
use crate::tui::theme::Colours;
use crate::tui::theme::Theme;
use crate::tui::widgets::wrap::wrap;

/// Where there is no terminal that would say its width, in columns.
const WIDTH: usize = 80;
/// Longer lines are hard to read, shorter ones hold no table.
const NARROWEST: usize = 40;
const WIDEST: usize = 120;
/// Nothing that is said is wider.
const UNFOLDED: usize = 1 << 20;
/// What encloses words that went, and words that are new; as `git diff --word-diff` has it.
const GONE: (&str, &str) = ("[-", "-]");
const NEW: (&str, &str) = ("{+", "+}");

/// What words mean, and are coloured for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Plain,
    Heading,
    Better,
    Worse,
    Quiet,
}

impl Ink {
    /// How a terminal is told; nothing for plain text.
    fn code(self, theme: Theme) -> String {
        let style = match self {
            Ink::Plain => theme.text(),
            Ink::Heading => theme.strong(),
            Ink::Better => theme.good(),
            Ink::Worse => theme.bad(),
            Ink::Quiet => theme.quiet(),
        };
        painter::told(style)
    }
}

const RESET: &str = "\u{1b}[0m";

/// How wide the terminal is that is printed on, if it is one that says so.
pub fn columns_of_output() -> Option<usize> {
    let out = io::stdout();
    let size = out.is_terminal().then(|| rustix::termios::tcgetwinsize(&out))?.ok()?;
    Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
}

#[derive(Debug, Clone, Copy)]
pub struct Paper {
    pub width: usize,
    /// None where nothing is coloured.
    theme: Option<Theme>,
}

impl Paper {
    /// Standard output as it is now.
    pub fn of_output() -> Paper {
        if !io::stdout().is_terminal() {
            return Paper { width: WIDTH, theme: None };
        }
        Paper {
            width: columns_of_output().map_or(WIDTH, |columns| columns.clamp(NARROWEST, WIDEST)),
            theme: Some(Theme::from_environment(|name| std::env::var(name).ok()))
                .filter(|theme| theme.colours != Colours::None),
        }
    }

    /// Paper that takes no colour; without a width, lines are as long as what they say.
    pub fn bare(width: Option<usize>) -> Paper {
        Paper { width: width.unwrap_or(UNFOLDED), theme: None }
    }

    pub fn paint(self, text: &str, ink: Ink) -> String {
        match self.theme.map(|theme| ink.code(theme)) {
            Some(code) if !code.is_empty() && !text.is_empty() => format!("{code}{text}{RESET}"),
            _ => text.to_owned(),
        }
    }

    /// A heading with an empty line before it.
    pub fn heading(self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n{}", self.paint(&plain(text), Ink::Heading))
    }

    /// A text whose lines are indented, the second and further ones by two more.
    pub fn item(self, indent: usize, text: &str, ink: Ink, out: &mut dyn Write) -> io::Result<()> {
        self.print(&self.folded(indent, 2, text), ink, out)
    }

    /// A text behind a label of a fixed width; further lines stand under the first word.
    pub fn entry(
        self,
        indent: usize,
        label: &str,
        text: &str,
        ink: Ink,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        self.print(&self.folded(indent, label.width(), &format!("{label}{text}")), ink, out)
    }

    fn print(self, lines: &[String], ink: Ink, out: &mut dyn Write) -> io::Result<()> {
        for line in lines {
            let margin = line.len() - line.trim_start_matches(' ').len();
            let (margin, words) = line.split_at(margin);
            writeln!(out, "{margin}{}", self.paint(words, ink))?;
        }
        Ok(())
    }

    /// What differs between two texts, the words that went and those that are new between marks.
    pub fn words(self, indent: usize, label: &str, pieces: &[Piece], out: &mut dyn Write) -> io::Result<()> {
        let marked = pieces.iter().map(|piece| match piece {
            Piece::Same(words) => words.trim().to_owned(),
            Piece::Gone(words) => format!("{}{}{}", GONE.0, words.trim(), GONE.1),
            Piece::New(words) => format!("{}{}{}", NEW.0, words.trim(), NEW.1),
        });
        let text = format!("{label}{}", marked.collect::<Vec<_>>().join(" "));
        let mut open = Ink::Plain;
        for line in self.folded(indent, 2, &text) {
            writeln!(out, "{}", self.marked(&line, &mut open))?;
        }
        Ok(())
    }

    /// Second and further lines are indented by `hang` more.
    fn folded(self, indent: usize, hang: usize, text: &str) -> Vec<String> {
        let text = plain(text);
        // Room for the hanging lines: the first is folded as narrow as they are.
        let lines = wrap(text.trim_end(), self.width.saturating_sub(indent + hang).max(NARROWEST / 2));
        let margin = |index: usize| " ".repeat(if index == 0 { indent } else { indent + hang });
        lines.iter().enumerate().map(|(index, line)| format!("{}{line}", margin(index))).collect()
    }

    /// Colours what stands between marks; `open` is what is still open at the end of the line before.
    fn marked(self, line: &str, open: &mut Ink) -> String {
        let Some(theme) = self.theme else { return line.to_owned() };
        let mut painted = open.code(theme);
        let mut rest = line;
        while let Some(letter) = rest.chars().next() {
            let opens = [(GONE.0, Ink::Worse), (NEW.0, Ink::Better)];
            let closes = [GONE.1, NEW.1];
            if let Some((mark, ink)) = opens.into_iter().find(|(mark, _)| rest.starts_with(mark)) {
                *open = ink;
                painted = painted + &ink.code(theme) + mark;
                rest = rest.get(mark.len()..).unwrap_or_default();
            } else if let Some(mark) = closes.into_iter().find(|mark| rest.starts_with(mark)) {
                *open = Ink::Plain;
                painted = painted + mark + RESET;
                rest = rest.get(mark.len()..).unwrap_or_default();
            } else {
                painted.push(letter);
                rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            }
        }
        if *open == Ink::Plain { painted } else { painted + RESET }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(paper: Paper, print: impl FnOnce(Paper, &mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        assert!(print(paper, &mut out).is_ok());
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn lines_are_folded_to_the_width_with_a_hanging_indent() {
        let paper = Paper { width: 40, theme: None };
        let text = "one two three four five six seven eight nine ten eleven twelve";
        let shown = printed(paper, |paper, out| paper.item(2, text, Ink::Better, out));
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines.len() == 2 && lines.iter().all(|line| line.len() <= 40), "{shown}");
        assert!(lines[0].starts_with("  one") && lines[1].starts_with("    "), "{shown}");
    }

    #[test]
    fn colour_is_reset_at_the_end_of_each_line() {
        let pieces = [Piece::Same("a ".into()), Piece::Gone("bb ".repeat(30)), Piece::New("c".into())];
        let shown = printed(Paper { width: 40, theme: Some(Theme::FULL) }, |paper, out| {
            paper.words(0, "", &pieces, out)
        });
        assert!(shown.lines().count() > 2);
        for line in shown.lines().filter(|line| line.contains("\u{1b}[3")) {
            assert!(line.ends_with(RESET), "{line:?}");
        }
        let bare = printed(Paper { width: 40, theme: None }, |paper, out| paper.words(0, "", &pieces, out));
        assert!(!bare.contains('\u{1b}') && bare.contains("[-bb") && bare.contains("{+c+}"), "{bare}");
    }
}
