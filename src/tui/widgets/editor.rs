//! How is a text typed? A few lines and a cursor that moves by what people see as characters.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::GraphemeCursor;
use unicode_segmentation::UnicodeSegmentation;

use super::wrap::width;
use crate::tui::intent::Intent;

/// In bytes: more than anybody types in an interview; a paste beyond it is cut.
const LONGEST: usize = 20_000;

/// A text being edited.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Editor {
    text: String,
    /// A byte offset, always between two characters.
    cursor: usize,
    /// Whether a line can end in it.
    multiline: bool,
}

impl Editor {
    /// For one line.
    pub fn line(text: &str) -> Editor {
        Editor { text: clean(text, false), cursor: text.len(), multiline: false }.at_end()
    }

    /// For several.
    pub fn lines(text: &str) -> Editor {
        Editor { text: clean(text, true), cursor: text.len(), multiline: true }.at_end()
    }

    fn at_end(mut self) -> Editor {
        self.cursor = self.text.len();
        self
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Does what an intent asks of a text; false when it asks for something else.
    pub fn edit(&mut self, intent: Intent) -> bool {
        match intent {
            Intent::Type(letter) => {
                self.insert(letter.encode_utf8(&mut [0; 4]));
            }
            Intent::NewLine if self.multiline => {
                self.insert("\n");
            }
            Intent::Erase => self.remove(self.before()..self.cursor),
            Intent::EraseNext => self.remove(self.cursor..self.after()),
            Intent::EraseWord => self.remove(self.word_start()..self.cursor),
            Intent::Left => self.cursor = self.before(),
            Intent::Right => self.cursor = self.after(),
            Intent::LineStart => self.cursor = self.line_start(),
            Intent::LineEnd => self.cursor = self.line_end(),
            Intent::Up if self.multiline => self.vertical(-1),
            Intent::Down if self.multiline => self.vertical(1),
            _ => return false,
        }
        true
    }

    /// Puts a typed or pasted text in, without what a terminal or a file could take for a command. False where there
    /// was not room for all of it.
    pub fn insert(&mut self, text: &str) -> bool {
        let text = clean(text, self.multiline);
        let room = LONGEST.saturating_sub(self.text.len());
        let mut end = text.len().min(room);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let kept = text.get(..end).unwrap_or("");
        self.text.insert_str(self.cursor, kept);
        self.cursor += kept.len();
        kept.len() == text.len()
    }

    fn remove(&mut self, range: std::ops::Range<usize>) {
        self.cursor = range.start;
        self.text.replace_range(range, "");
    }

    fn before(&self) -> usize {
        let mut cursor = GraphemeCursor::new(self.cursor, self.text.len(), true);
        cursor.prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }

    fn after(&self) -> usize {
        let mut cursor = GraphemeCursor::new(self.cursor, self.text.len(), true);
        cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len())
    }

    fn head(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or("")
    }

    fn word_start(&self) -> usize {
        let words = self.head().trim_end();
        words.rfind(char::is_whitespace).map_or(0, |space| {
            space + words.get(space..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        })
    }

    fn line_start(&self) -> usize {
        self.head().rfind('\n').map_or(0, |newline| newline + 1)
    }

    fn line_end(&self) -> usize {
        let rest = self.text.get(self.cursor..).unwrap_or("");
        rest.find('\n').map_or(self.text.len(), |newline| self.cursor + newline)
    }

    /// To the same column of the line above or below.
    fn vertical(&mut self, lines: isize) {
        let column = width(self.text.get(self.line_start()..self.cursor).unwrap_or(""));
        let start = if lines < 0 {
            let Some(above) = self.line_start().checked_sub(1) else { return self.cursor = 0 };
            self.text.get(..above).and_then(|head| head.rfind('\n')).map_or(0, |newline| newline + 1)
        } else {
            let end = self.line_end();
            if end == self.text.len() {
                return self.cursor = end;
            }
            end + 1
        };
        let line = self.text.get(start..).and_then(|rest| rest.split('\n').next()).unwrap_or("");
        let mut at = start;
        let mut passed = 0;
        for cluster in line.graphemes(true) {
            if passed >= column {
                break;
            }
            passed += width(cluster);
            at += cluster.len();
        }
        self.cursor = at;
    }

    /// The text in lines of at most `columns`, and where in them the cursor is: line and column, from 0.
    pub fn layout(&self, columns: usize) -> (Vec<String>, (usize, usize)) {
        let ranges = self.fold(columns.max(2));
        // A cursor between two lines stands at the start of the second.
        let line = ranges.iter().rposition(|range| range.start <= self.cursor).unwrap_or(0);
        let start = ranges.get(line).map_or(0, |range| range.start);
        let column = width(self.text.get(start..self.cursor).unwrap_or(""));
        let lines = ranges.into_iter().map(|range| self.text.get(range).unwrap_or("").to_owned());
        (lines.collect(), (line, column.min(columns)))
    }

    /// The byte ranges of the lines: broken at line ends, else behind the last space that fits, else anywhere.
    fn fold(&self, columns: usize) -> Vec<std::ops::Range<usize>> {
        let mut ranges = Vec::new();
        let (mut start, mut used, mut last_space) = (0, 0, None);
        for (at, cluster) in self.text.grapheme_indices(true) {
            if cluster == "\n" {
                ranges.push(start..at);
                (start, used, last_space) = (at + 1, 0, None);
                continue;
            }
            // Spaces hang over the edge: no line begins with one.
            if used + width(cluster) > columns && cluster != " " {
                let cut = last_space.unwrap_or(at);
                ranges.push(start..cut);
                start = cut;
                used = width(self.text.get(cut..at).unwrap_or(""));
                last_space = None;
            }
            used += width(cluster);
            let next = self.text.get(at + cluster.len()..).and_then(|rest| rest.chars().next());
            let binds = matches!(next, Some('?' | '!' | ':' | ';' | '»'));
            if cluster == " " && !binds {
                last_space = Some(at + 1);
            }
        }
        ranges.push(start..self.text.len());
        ranges
    }
}

/// Text as it may enter a file and reach a terminal: composed, one kind of line end, no control and no
/// direction-changing characters.
pub fn clean(text: &str, multiline: bool) -> String {
    let one_kind = text.replace("\r\n", "\n").replace('\r', "\n");
    one_kind
        .nfc()
        .filter_map(|letter| match letter {
            '\n' if multiline => Some('\n'),
            '\n' | '\t' => Some(' '),
            '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => None,
            letter if letter.is_control() => None,
            letter => Some(letter),
        })
        .collect()
}
