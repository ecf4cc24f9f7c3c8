//! How could a text that is no RON go on? Each mistake of form is named at its place and mended in memory, so that
//! what follows it can be read as well. Nothing is ever written back.

use crate::domain::text::Text;
use crate::storage::mapped::Mapped;

mod brackets;
mod quotes;
mod separators;
mod tokens;

/// After this many, a file is not looked at further.
const MOST: usize = 200;

/// What was mended.
#[derive(Debug, Default)]
pub struct Mend {
    /// The byte in the file, and what is wrong there.
    pub found: Vec<(usize, Text)>,
    /// Names of fields that had no value, with the byte at which they stood: they are not missing once more.
    pub lost: Vec<(usize, String)>,
}

impl Mend {
    fn add(&mut self, byte: usize, message: Text) {
        self.found.push((byte, message));
    }

    fn is_enough(&self) -> bool {
        self.found.len() >= MOST
    }
}

/// When brackets are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brackets {
    WhereTheyDoNotMatch,
    /// Also where they match, but stand where the indentation says that they should not.
    ByIndentation,
}

/// Mends quotes first, then brackets, then what stands between values: each needs those before it.
pub fn mend(text: &mut Mapped, brackets: Brackets) -> Mend {
    let mut mended = Mend::default();
    quotes::mend(text, &mut mended);
    separators::mend_odd(text, &mut mended);
    brackets::mend(text, &mut mended, brackets == Brackets::ByIndentation);
    separators::mend(text, &mut mended);
    mended
}
