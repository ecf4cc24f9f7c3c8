//! Does it match what was typed? fuzzy-matcher, made to see through accents, case, ligatures and word order.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use crate::domain::text::fold;
use crate::domain::text::fold_char;

/// A term must reach this share of the score that it has against itself …
const LEAST_SHARE: f64 = 0.45;
/// … within this many times its length: without limits a few letters match nearly every sentence.
const WIDEST: usize = 2;
/// In a shorter term a slip is not told from another word.
const LEAST_FORGIVEN: usize = 4;
/// What a match with a slip counts for, of one without.
const WITH_A_SLIP: f64 = 0.7;

/// A text prepared for searching: folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded(String);

impl Folded {
    pub fn new(text: &str) -> Folded {
        Folded(fold(text))
    }

    /// What was folded before, and kept so.
    pub fn kept(folded: &str) -> Folded {
        Folded(folded.to_owned())
    }
}

/// For places in the folded text, the characters of the original, ascending.
fn originals(text: &str, folded: &[usize]) -> Vec<usize> {
    let origins: Vec<usize> =
        text.chars().enumerate().flat_map(|(index, letter)| fold_char(letter).map(move |_| index)).collect();
    let mut places: Vec<usize> = folded.iter().filter_map(|place| origins.get(*place)).copied().collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// What was typed, ready to be held against many texts.
pub struct Query {
    matcher: SkimMatcherV2,
    terms: Vec<(String, f64)>,
    /// Whether a term may have a letter that is not there.
    forgiving: bool,
}

impl std::fmt::Debug for Query {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Query").field("terms", &self.terms).finish_non_exhaustive()
    }
}

impl Query {
    #[expect(clippy::cast_precision_loss, reason = "scores of short terms")]
    pub fn new(typed: &str) -> Query {
        let matcher = SkimMatcherV2::default().ignore_case();
        let folded = fold(typed);
        let terms = folded
            .split_whitespace()
            .map(|term| (term.to_owned(), matcher.fuzzy_match(term, term).unwrap_or(1).max(1) as f64))
            .collect();
        Query { matcher, terms, forgiving: false }
    }

    /// The same with a slip of the fingers forgiven in each term: a letter too much, a wrong one, two the wrong way
    /// round. A letter too few needs no forgiving.
    #[must_use]
    pub fn forgiving(self) -> Query {
        Query { forgiving: true, ..self }
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether what matches this can only be among what passes the other's [`Query::may_match`]: it says more.
    pub fn narrows(&self, other: &Query) -> bool {
        other.terms.len() <= self.terms.len()
            && self
                .terms
                .iter()
                .zip(&other.terms)
                .all(|((term, _), (before, _))| term.starts_with(before.as_str()))
    }

    /// Whether the letters of every term are there in order, but for the one that is forgiven: cheap, and true of
    /// whatever matches.
    pub fn may_match(&self, text: &Folded) -> bool {
        self.terms.iter().all(|(term, _)| {
            let from_start = in_order(term.bytes(), text.0.bytes());
            from_start == term.len()
                || (self.forgives(term) && {
                    let from_end = in_order(term.bytes().rev(), text.0.bytes().rev());
                    let left_out = if term.is_ascii() { 1 } else { 4 };
                    from_start + from_end + left_out >= term.len()
                })
        })
    }

    fn forgives(&self, term: &str) -> bool {
        self.forgiving && term.chars().count() >= LEAST_FORGIVEN
    }

    /// How well a text matches: 0 to 1 a term, summed. Every term must match, in any order.
    pub fn score(&self, text: &Folded) -> Option<f64> {
        self.terms.iter().map(|term| self.term(text, term).map(|(share, _)| share)).sum()
    }

    /// Which characters of the original match.
    pub fn places(&self, original: &str) -> Vec<usize> {
        let folded = Folded::new(original);
        let places: Vec<usize> = self
            .terms
            .iter()
            .filter_map(|term| self.term(&folded, term))
            .flat_map(|(_, places)| places)
            .collect();
        originals(original, &places)
    }

    fn term(&self, text: &Folded, (term, own): &(String, f64)) -> Option<(f64, Vec<usize>)> {
        let found = self.letters(text, term, *own);
        if found.is_some() || !self.forgives(term) {
            return found;
        }
        let without = |(start, letter): (usize, char)| {
            let rest = term.get(start + letter.len_utf8()..)?;
            let (share, places) = self.letters(text, &format!("{}{rest}", term.get(..start)?), *own)?;
            Some((share * WITH_A_SLIP, places))
        };
        let best = term.char_indices().filter_map(without);
        best.max_by(|(one, _), (other, _)| one.total_cmp(other))
    }

    #[expect(clippy::cast_precision_loss, reason = "scores of short terms")]
    fn letters(&self, text: &Folded, letters: &str, own: f64) -> Option<(f64, Vec<usize>)> {
        let (score, places) = self.matcher.fuzzy_indices(&text.0, letters)?;
        let span = places.last().zip(places.first()).map_or(0, |(last, first)| last - first + 1);
        let share = score as f64 / own;
        (share >= LEAST_SHARE && span <= WIDEST * letters.chars().count() + 2).then_some((share, places))
    }
}

/// How many of the bytes wanted are there, one behind the other.
fn in_order(wanted: impl Iterator<Item = u8>, mut bytes: impl Iterator<Item = u8>) -> usize {
    wanted.take_while(|wanted| bytes.any(|byte| byte == *wanted)).count()
}
