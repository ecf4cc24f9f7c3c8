//! What is wrong in a file that somebody wrote, and where exactly? One problem, with its line to show.

use std::fmt;

use crate::domain::text::Language;
use crate::domain::text::Text;

/// A problem of one file, at its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    pub message: Text,
    /// The line itself.
    pub excerpt: String,
}

impl Fault {
    /// `FILE:LINE:COLUMN: message`, then the line with a mark under the place.
    pub fn show(&self, language: Language) -> String {
        let message = self.message.get(language);
        let mut shown = format!("{}:{}:{}: {message}", self.file, self.line, self.column);
        if !self.excerpt.trim().is_empty() {
            let (excerpt, column) = window(&self.excerpt, self.column);
            let margin = " ".repeat(self.line.to_string().len());
            let mark = " ".repeat(column - 1);
            shown += &["\n  ", &self.line.to_string(), " | ", &excerpt, "\n  ", &margin, " | ", &mark, "^"]
                .concat();
        }
        shown
    }
}

/// At most 100 characters of a line around a column, without control characters.
fn window(line: &str, column: usize) -> (String, usize) {
    const WIDTH: usize = 100;
    let start = if line.chars().count() > WIDTH { column.saturating_sub(WIDTH / 2) } else { 0 };
    let shown =
        line.chars().skip(start).take(WIDTH).map(|letter| if letter.is_control() { ' ' } else { letter });
    (shown.collect(), (column - start.min(column - 1)).max(1))
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}:{}: {}", self.file, self.line, self.column, self.message.en)
    }
}
