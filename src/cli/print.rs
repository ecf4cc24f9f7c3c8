//! How does text reach a terminal? Without what the terminal would obey, and in columns.

use unicode_width::UnicodeWidthStr;

use crate::domain::text::Language;

/// A text whose control characters do nothing: a client's note must not move the cursor or change the title.
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\n' | '\t' => letter,
            letter if letter.is_control() => '\u{fffd}',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            letter => letter,
        })
        .collect()
}

/// The same on one line.
pub fn plain_line(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

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
