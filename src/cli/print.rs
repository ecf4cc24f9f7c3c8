//! How does text reach a terminal? Without what the terminal would obey, and in columns.

use unicode_width::UnicodeWidthStr;

use crate::domain::text::Language;
use crate::domain::text::plain;

/// The text filled up with spaces to a number of columns.
pub fn column(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

/// The widest of some texts, in columns.
pub fn widest<'a>(texts: impl IntoIterator<Item = &'a str>) -> usize {
    texts.into_iter().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// The lines of a text behind a label, each further line under the first.
pub fn labelled(label: &str, text: &str) -> String {
    let margin = format!("\n{}", " ".repeat(label.width()));
    format!("{label}{}", plain(text).replace('\n', &margin))
}

/// What stands between a label and its text.
pub fn colon(language: Language) -> &'static str {
    language.pick(" : ", ": ")
}
