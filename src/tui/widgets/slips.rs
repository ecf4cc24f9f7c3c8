//! Is it a word but for a slip of the fingers? Any beginning of a word, held against a term in one go.
//!
//! Bit by bit (Wu and Manber 1992, with Hyyrö's way to turn two letters round): bit `i` of a state says that the first
//! `i` letters of the term are found, with as many slips as the state's number in the row.

use std::ops::Range;

/// In a shorter term a slip is not told from another word …
const LEAST_FORGIVEN: usize = 4;
/// … and two only in a long one.
const LEAST_FORGIVEN_TWICE: usize = 7;
/// As many as fit beside the one for nothing.
const LONGEST: usize = 62;

/// What is found of the term without a slip, with one and with two.
#[derive(Debug, Clone, Copy, Default)]
struct Row {
    none: u64,
    one: u64,
    two: u64,
}

/// A term, ready to be held against texts.
#[derive(Debug)]
pub struct Slips {
    /// For each letter, where the term has it.
    places: Box<[u64; 256]>,
    length: usize,
    most: u32,
}

/// A word that is the term but for some letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slip {
    pub letters: u32,
    /// The word ends where the term does.
    pub ends_word: bool,
}

impl Slips {
    pub fn of(term: &str) -> Slips {
        let length = term.chars().count();
        let most = match length {
            LEAST_FORGIVEN_TWICE..=LONGEST => 2,
            LEAST_FORGIVEN..LEAST_FORGIVEN_TWICE => 1,
            _ => 0,
        };
        let mut places = Box::new([0; 256]);
        if most > 0 {
            for (index, letter) in term.chars().enumerate() {
                places[usize::from(class(letter))] |= 1 << index;
            }
        }
        Slips { places, length, most }
    }

    /// How many letters may be wrong.
    pub fn most(&self) -> u32 {
        self.most
    }

    /// The beginning of a word that comes closest.
    pub fn find(&self, text: &str) -> Option<Slip> {
        if self.most == 0 {
            None
        } else if text.is_ascii() {
            self.find_among(text.bytes().map(|byte| (byte, byte.is_ascii_alphanumeric())))
        } else {
            self.find_among(text.chars().map(|letter| (class(letter), letter.is_alphanumeric())))
        }
    }

    /// Among the classes of letters, and whether they are letters.
    fn find_among(&self, letters: impl Iterator<Item = (u8, bool)>) -> Option<Slip> {
        let (mut row, mut turned, mut best) = (Row::default(), Row::default(), None);
        let mut in_word = false;
        for (class, is_letter) in letters {
            if is_letter && !in_word {
                row.begin();
            } else if self.is_over(row) {
                // Until another word begins, nothing can be found.
                in_word = is_letter;
                continue;
            } else if !is_letter && in_word {
                best = better(best, self.reached(row), true);
            }
            in_word = is_letter;
            (row, turned) = self.step(row, turned, class);
            best = better(best, self.reached(row), false);
        }
        better(best, self.reached(row), in_word)
    }

    /// Nothing of the term is found with as many slips as are forgiven.
    fn is_over(&self, row: Row) -> bool {
        (row.none | row.one) == 0 && (self.most < 2 || row.two == 0)
    }

    /// Where that is, in bytes: from the beginning of the word to where the term ends.
    pub fn place(&self, text: &str) -> Option<Range<usize>> {
        let letters = self.find(text)?.letters;
        let mut in_word = false;
        for (start, first) in text.char_indices() {
            let begins = first.is_alphanumeric() && !in_word;
            in_word = first.is_alphanumeric();
            if !begins {
                continue;
            }
            let (mut row, mut turned) = (Row::default(), Row::default());
            row.begin();
            // Where it ends as well one letter later, that letter is meant, too.
            let mut end = None;
            for (place, letter) in text.char_indices().skip_while(|(place, _)| *place < start) {
                (row, turned) = self.step(row, turned, class(letter));
                if self.reached(row).is_some_and(|reached| reached <= letters) {
                    end = Some(place + letter.len_utf8());
                } else if end.is_some() {
                    break;
                }
            }
            if let Some(end) = end {
                return Some(start..end);
            }
        }
        None
    }

    /// The row behind one more letter of the text, and what is found when the next letter turns out to be the one
    /// that should have come first.
    fn step(&self, row: Row, turned: Row, class: u8) -> (Row, Row) {
        let here = self.places[usize::from(class)];
        let none = (row.none & here) << 1;
        // As it should be; one that the term has not; a wrong one; one that only the term has; two turned round.
        let level = |own: u64, fewer: u64, before: u64, turned: u64| {
            (own & here) << 1 | fewer | fewer << 1 | before << 1 | (turned & here) << 2
        };
        let one = level(row.one, row.none, none, turned.one);
        let two = level(row.two, row.one, one, turned.two);
        let turning = Row { none: 0, one: row.none & here >> 1, two: row.one & here >> 1 };
        (Row { none, one, two }, turning)
    }

    /// With how many slips the whole term is found.
    fn reached(&self, row: Row) -> Option<u32> {
        let levels = [row.none, row.one, row.two].into_iter().zip(0..=self.most);
        levels.filter(|(found, _)| found >> self.length & 1 == 1).map(|(_, slips)| slips).min()
    }
}

impl Row {
    /// A word begins: nothing of the term is found, or what is left of it after leaving letters out.
    fn begin(&mut self) {
        self.none |= 1;
        self.one |= self.none << 1 | 1;
        self.two |= self.one << 1 | 1;
    }
}

fn better(best: Option<Slip>, reached: Option<u32>, ends_word: bool) -> Option<Slip> {
    let Some(letters) = reached else { return best };
    match best {
        // The end of the word is the better one.
        Some(best) if (best.letters, !best.ends_word) <= (letters, !ends_word) => Some(best),
        _ => Some(Slip { letters, ends_word }),
    }
}

/// Of letters that share a class, one may stand for the other: a stranger among what is found with a slip.
fn class(letter: char) -> u8 {
    u8::try_from(letter).ok().filter(u8::is_ascii).unwrap_or((letter as u32 % 128) as u8 | 128)
}
