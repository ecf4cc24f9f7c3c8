//! Does it match what was typed? fuzzy-matcher, made to see through accents, case, ligatures and word order.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use crate::domain::text::fold_char;

/// A term must reach this share of the score that it has against itself …
const LEAST_SHARE: f64 = 0.45;
/// … within this many times its length: without limits a few letters match nearly every sentence.
const WIDEST: usize = 2;

/// A text prepared for searching: folded, with the way back to the original's characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// For each folded character, the index of the original one.
    origin: Vec<usize>,
}

impl Folded {
    pub fn new(text: &str) -> Folded {
        let mut folded = Folded { text: String::new(), origin: Vec::new() };
        for (index, letter) in text.chars().enumerate() {
            for part in fold_char(letter) {
                folded.text.push(part);
                folded.origin.push(index);
            }
        }
        folded
    }
}

/// What was typed, ready to be held against many texts.
pub struct Query {
    matcher: SkimMatcherV2,
    terms: Vec<(String, f64)>,
}

impl std::fmt::Debug for Query {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Query").field("terms", &self.terms).finish_non_exhaustive()
    }
}

/// How well a text matches, and which of its characters did.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// 0 to 1 a term, summed.
    pub score: f64,
    /// Indices of the original's characters, ascending.
    pub positions: Vec<usize>,
}

impl Query {
    #[expect(clippy::cast_precision_loss, reason = "scores of short terms")]
    pub fn new(typed: &str) -> Query {
        let matcher = SkimMatcherV2::default().ignore_case();
        let folded = crate::domain::text::fold(typed);
        let terms = folded
            .split_whitespace()
            .map(|term| (term.to_owned(), matcher.fuzzy_match(term, term).unwrap_or(1).max(1) as f64))
            .collect();
        Query { matcher, terms }
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Every term must match, in any order.
    #[expect(clippy::cast_precision_loss, reason = "scores of short terms")]
    pub fn matches(&self, text: &Folded) -> Option<Match> {
        let mut matched = Match { score: 0.0, positions: Vec::new() };
        for (term, own) in &self.terms {
            let (score, positions) = self.matcher.fuzzy_indices(&text.text, term)?;
            let span = positions.last().zip(positions.first()).map_or(0, |(last, first)| last - first + 1);
            let share = score as f64 / own;
            if share < LEAST_SHARE || span > WIDEST * term.chars().count() + 2 {
                return None;
            }
            matched.score += share;
            matched.positions.extend(positions.iter().filter_map(|position| text.origin.get(*position)));
        }
        matched.positions.sort_unstable();
        matched.positions.dedup();
        Some(matched)
    }
}
