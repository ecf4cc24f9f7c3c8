//! Does it match what was typed, and in which way? Whole words before parts of them, slips after what is exact, and
//! scattered letters, which are fuzzy-matcher's, last; all of it without accents, case, ligatures and word order.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::slips::Slips;
use crate::domain::text::fold;
use crate::domain::text::fold_char;

/// Scattered letters must reach this share, in percent, of the score that they have side by side …
const LEAST_SHARE: i64 = 45;
/// … within this many times their number: without limits a few letters match nearly every sentence.
const WIDEST: usize = 2;
/// Scattered letters are looked for in so many of the keys, in names and ids: in a sentence there are always some.
const SCATTERED_IN: usize = 2;

/// Slips are forgiven in so many, and a word stands in them as a word. Behind them are long texts, in which nearly any
/// word stands somewhere, and always one that is another but for a letter.
const SHORT_KEYS: usize = 3;

/// How a text matches, the best first. What is typed matches as its weakest word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What is typed is the whole name or id.
    Name,
    /// Each word typed is a whole word of it, or in the plural.
    Word,
    /// Each is the beginning of a word.
    Beginning,
    /// Each stands somewhere in a word.
    Inside,
    /// Each stands somewhere: one in the name, say, and one in the text, or all in what is said around.
    Spread,
    /// The beginning of a word but for one letter: too much, too few, a wrong one, or two the wrong way round.
    Slip,
    /// A long word but for two letters.
    TwoSlips,
    /// The letters are there in this order, close to each other.
    Scattered,
}

/// How an entry matches; the least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    pub kind: Kind,
    /// Which of the keys matches, of several the furthest.
    pub rank: usize,
    /// By how much it is not what was typed, among those of its kind.
    pub cost: u32,
    /// How far from the beginning of a name.
    pub place: usize,
}

/// A text prepared for searching: folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    text: String,
    letters: u64,
}

impl Folded {
    pub fn new(text: &str) -> Folded {
        Folded::of(fold(text))
    }

    /// What was folded before, and kept so.
    pub fn kept(folded: &str) -> Folded {
        Folded::of(folded.to_owned())
    }

    fn of(text: String) -> Folded {
        Folded { letters: letters(&text), text }
    }
}

/// Which letters a text has, a bit each: what has none of some word's cannot match it.
fn letters(text: &str) -> u64 {
    text.bytes().filter(|byte| *byte != b' ').fold(0, |letters, byte| letters | 1 << (byte % 64))
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
    folded: String,
    terms: Vec<Term>,
}

/// A word that was typed.
#[derive(Debug)]
struct Term {
    text: String,
    letters: u64,
    /// Its score against itself.
    own: i64,
    slips: Slips,
}

impl std::fmt::Debug for Query {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Query").field("typed", &self.folded).finish_non_exhaustive()
    }
}

impl Query {
    pub fn new(typed: &str) -> Query {
        let matcher = SkimMatcherV2::default().ignore_case();
        let words: Vec<String> = fold(typed).split_whitespace().map(str::to_owned).collect();
        let folded = words.join(" ");
        let term = |text: String| Term {
            letters: letters(&text),
            own: matcher.fuzzy_match(&text, &text).unwrap_or(1).max(1),
            slips: Slips::of(&text),
            text,
        };
        let terms = words.into_iter().map(term).collect();
        Query { matcher, folded, terms }
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether what has this as it is typed can only be among what has the other so: it says more.
    pub fn narrows(&self, other: &Query) -> bool {
        other.terms.len() <= self.terms.len()
            && self.terms.iter().zip(&other.terms).all(|(term, before)| term.text.starts_with(&before.text))
    }

    /// How the keys match as it is typed, if they do: every word, in any order, in one key or in several.
    pub fn exact(&self, keys: &[Folded]) -> Option<Match> {
        let in_one = keys.iter().enumerate().filter_map(|(rank, key)| self.in_key(rank, key)).min();
        if in_one.is_some() || keys.len() < 2 || self.terms.len() < 2 {
            return in_one;
        }
        let mut spread = Match { kind: Kind::Spread, rank: 0, cost: 0, place: 0 };
        for term in &self.terms {
            let mut places = keys.iter().enumerate();
            let (rank, (kind, _)) =
                places.find_map(|(rank, key)| term.stands(key).map(|found| (rank, found)))?;
            spread.rank = spread.rank.max(rank);
            spread.cost += kind as u32;
        }
        Some(spread)
    }

    fn in_key(&self, rank: usize, key: &Folded) -> Option<Match> {
        let mut found = Match { kind: Kind::Name, rank, cost: 0, place: usize::MAX };
        for term in &self.terms {
            let (kind, place) = term.stands(key)?;
            found.kind = found.kind.max(kind);
            found.cost += kind as u32;
            found.place = found.place.min(place);
        }
        if rank > 0 {
            found.place = 0;
        }
        if rank >= SHORT_KEYS {
            found.kind = Kind::Spread;
        }
        if found.kind == Kind::Word && rank < SCATTERED_IN && key.text == self.folded {
            found.kind = Kind::Name;
        }
        Some(found)
    }

    /// How the keys match with slips forgiven and letters scattered, for what does not match exactly.
    pub fn loose(&self, keys: &[Folded]) -> Option<Match> {
        let letters = keys.iter().fold(0, |letters, key| letters | key.letters);
        if self.terms.iter().any(|term| (term.letters & !letters).count_ones() > term.slips.most()) {
            return None;
        }
        let mut found = Match { kind: Kind::Word, rank: 0, cost: 0, place: 0 };
        for term in &self.terms {
            let one = |(rank, key)| self.loosely(term, rank, key);
            let best = keys.iter().enumerate().filter_map(one).min()?;
            found.kind = found.kind.max(best.kind);
            found.rank = found.rank.max(best.rank);
            found.cost += best.cost;
        }
        Some(found)
    }

    fn loosely(&self, term: &Term, rank: usize, key: &Folded) -> Option<Match> {
        let missing = (term.letters & !key.letters).count_ones();
        let of = |kind, cost| Some(Match { kind, rank, cost, place: 0 });
        if missing == 0
            && let Some((kind, _)) = term.stands(key)
        {
            return of(if rank < SHORT_KEYS { kind } else { Kind::Spread }, kind as u32);
        }
        if rank < SHORT_KEYS
            && missing <= term.slips.most()
            && let Some(slip) = term.slips.find(&key.text)
        {
            let kind = if slip.letters < 2 { Kind::Slip } else { Kind::TwoSlips };
            return of(kind, 10 * slip.letters + u32::from(!slip.ends_word));
        }
        let looked_for = missing == 0 && rank < SCATTERED_IN && is_scattered(&term.text, &key.text);
        let (share, _) = if looked_for { self.scattered(term, key)? } else { return None };
        of(Kind::Scattered, 40 + u32::try_from(100 - share.min(100)).unwrap_or(0))
    }

    /// Which characters of the original match, in what matches in this way.
    pub fn places(&self, original: &str, kind: Kind) -> Vec<usize> {
        let folded = Folded::new(original);
        let places = |term| self.places_of(term, &folded, kind).unwrap_or_default();
        originals(original, &self.terms.iter().flat_map(places).collect::<Vec<usize>>())
    }

    fn places_of(&self, term: &Term, key: &Folded, kind: Kind) -> Option<Vec<usize>> {
        let stands = term.stands(key).map(|(_, place)| place..place + term.text.len());
        let forgiven = || (kind >= Kind::Slip).then(|| term.slips.place(&key.text))?;
        match stands.or_else(forgiven) {
            Some(bytes) => {
                let first = key.text.get(..bytes.start)?.chars().count();
                Some((first..first + key.text.get(bytes)?.chars().count()).collect())
            }
            None if kind == Kind::Scattered => self.scattered(term, key).map(|(_, places)| places),
            None => None,
        }
    }

    /// The share of its own score that a word reaches, in percent, and its letters' places.
    fn scattered(&self, term: &Term, key: &Folded) -> Option<(i64, Vec<usize>)> {
        let (score, places) = self.matcher.fuzzy_indices(&key.text, &term.text)?;
        let span = places.last().zip(places.first()).map_or(0, |(last, first)| last - first + 1);
        let share = score * 100 / term.own;
        (share >= LEAST_SHARE && span <= widest(&term.text)).then_some((share, places))
    }
}

impl Term {
    /// How it stands in a key as it is typed, and where first in this way.
    fn stands(&self, key: &Folded) -> Option<(Kind, usize)> {
        if self.letters & !key.letters != 0 {
            return None;
        }
        let (text, word) = (key.text.as_bytes(), self.text.as_bytes());
        let first = word.first()?;
        let mut best: Option<(Kind, usize)> = None;
        for (place, rest) in text.windows(word.len()).enumerate() {
            if rest.first() != Some(first) || rest != word {
                continue;
            }
            let (before, behind) = (key.text.get(..place)?, key.text.get(place + word.len()..)?);
            let begins = !before.ends_with(char::is_alphanumeric);
            let ends = !behind.strip_prefix(['s', 'x']).unwrap_or(behind).starts_with(char::is_alphanumeric);
            let kind = match (begins, ends) {
                (true, true) => return Some((Kind::Word, place)),
                (true, false) => Kind::Beginning,
                (false, _) => Kind::Inside,
            };
            best = best.into_iter().chain([(kind, place)]).min();
        }
        best
    }
}

fn widest(term: &str) -> usize {
    WIDEST * term.chars().count() + 2
}

/// Whether the letters are there in order, not too far from each other: cheap, and true of whatever is found so.
fn is_scattered(term: &str, text: &str) -> bool {
    let (term, text) = (term.as_bytes(), text.as_bytes());
    let Some(first) = term.first() else { return false };
    // Four bytes a letter are the most; the limit itself is the matcher's to hold.
    let widest = if term.is_ascii() { WIDEST * term.len() + 2 } else { 4 * (WIDEST * term.len() + 2) };
    let starts = text.iter().enumerate().filter(|(_, byte)| *byte == first).map(|(place, _)| place);
    starts.into_iter().any(|start| {
        let mut near = text.iter().skip(start).take(widest);
        term.iter().all(|wanted| near.any(|byte| byte == wanted))
    })
}
