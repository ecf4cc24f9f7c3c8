//! Where did this byte stand before the text was mended? A text that knows its origin.

use std::ops::Range;

/// A text under repair. Every byte knows where it came from, so that what is found in the mended text is shown at
/// its place in the file.
#[derive(Debug, Clone)]
pub struct Mapped {
    text: String,
    /// For each byte, and for the end, the byte in the file.
    origin: Vec<usize>,
}

impl Mapped {
    pub fn new(text: &str) -> Mapped {
        Mapped { text: text.to_owned(), origin: (0..=text.len()).collect() }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place in the file of a byte of this text.
    pub fn origin(&self, byte: usize) -> usize {
        self.origin.get(byte).or(self.origin.last()).copied().unwrap_or(0)
    }

    /// Puts other text in the place of a range; all of it comes from where the range began.
    pub fn replace(&mut self, range: Range<usize>, with: &str) {
        if !self.text.is_char_boundary(range.start) || !self.text.is_char_boundary(range.end) {
            return;
        }
        let from = self.origin(range.start);
        self.text.replace_range(range.clone(), with);
        self.origin.splice(range, std::iter::repeat_n(from, with.len()));
    }

    /// Overwrites a range with spaces; lines stay where they are.
    pub fn blank(&mut self, range: Range<usize>) {
        let bytes = self.text.get(range.clone()).unwrap_or("").bytes();
        let spaces: String = bytes.map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        if spaces.len() == range.len() {
            self.text.replace_range(range, &spaces);
        }
    }
}
