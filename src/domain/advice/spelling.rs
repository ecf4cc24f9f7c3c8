//! Which words stand in two spellings? `e-mail` and `email`, `sous-traitant` and `sous traitant`.
//!
//! Spellings differ here by what joins the parts of a word: a hyphen, a space or nothing. A plural is no other
//! spelling.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::texts::Said;
use crate::domain::check::Place;
use crate::domain::check::Problem;
use crate::domain::questionnaire::Term;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::text::fold;

pub fn advise(glossary: &[Term], texts: &[Said]) -> Vec<Problem> {
    let mut advice = Vec::new();
    for language in [Language::Fr, Language::En] {
        let terms = terms(glossary, language);
        let mut compounds: BTreeMap<String, BTreeMap<String, Uses>> = BTreeMap::new();
        for said in texts {
            let parts = parts(said.text.get(language));
            against_terms(&terms, &parts, &said.place(language), &mut advice);
            for compound in parts.chunk_by(|_, next| next.joined == Some('-')) {
                let key = key(compound);
                if key.chars().any(char::is_alphabetic) && !terms.contains_key(&key) {
                    let uses = compounds.entry(key).or_default().entry(spelling(compound));
                    let uses = uses.or_insert_with(|| Uses {
                        first: said.place(language),
                        written: written(compound),
                        count: 0,
                    });
                    uses.count += 1;
                }
            }
        }
        advice
            .extend(compounds.values().filter(|spellings| spellings.len() > 1).flat_map(against_each_other));
    }
    advice
}

/// A part of a word, or a word of a term.
struct Piece<'a> {
    /// As it stands.
    word: &'a str,
    /// As it is compared.
    stem: String,
    /// What stands between it and the piece before: a hyphen or a space; none where a run begins.
    joined: Option<char>,
}

/// Where a spelling stands, and how it looks there.
struct Uses {
    first: Place,
    written: String,
    count: usize,
}

/// The spellings of each term as its glossary has them, by what they have in common; each with how it looks.
type Terms = BTreeMap<String, BTreeMap<String, String>>;

/// The pieces of a text. What is neither a hyphen nor one space begins a new run.
fn parts(text: &str) -> Vec<Piece<'_>> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut pieces = Vec::new();
    let mut joined = None;
    for chunk in letters.chunk_by(|one, next| one.1.is_alphanumeric() == next.1.is_alphanumeric()) {
        let (Some((start, first)), Some((end, last))) = (chunk.first(), chunk.last()) else { continue };
        if first.is_alphanumeric() {
            let word = text.get(*start..end + last.len_utf8()).unwrap_or_default();
            pieces.push(Piece { word, stem: stem(word), joined: joined.take() });
        } else {
            joined = match first {
                _ if chunk.len() > 1 || pieces.is_empty() => None,
                ' ' | '\u{a0}' => Some(' '),
                '-' | '\u{2010}' | '\u{2011}' => Some('-'),
                _ => None,
            };
        }
    }
    pieces
}

fn terms(glossary: &[Term], language: Language) -> Terms {
    let mut terms = Terms::new();
    for term in glossary {
        let also = language.pick(&term.also.fr, &term.also.en);
        for form in std::iter::once(term.term.get(language)).chain(also.iter().map(String::as_str)) {
            let parts = parts(form);
            let is_one_run = parts.iter().skip(1).all(|piece| piece.joined.is_some());
            if is_one_run && !parts.is_empty() {
                let spellings = terms.entry(key(&parts)).or_default();
                // The term itself comes first, then its plural.
                spellings.entry(spelling(&parts)).or_insert_with(|| form.to_owned());
            }
        }
    }
    terms
}

/// What stands in a text like a term, but joined otherwise than the glossary has it.
fn against_terms(terms: &Terms, parts: &[Piece], place: &Place, advice: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for start in 0..parts.len() {
        let rest = parts.get(start..).unwrap_or_default();
        let run = rest.chunk_by(|_, next| next.joined.is_some()).next().unwrap_or_default();
        let mut begun = String::new();
        for (index, piece) in run.iter().enumerate() {
            let whole = format!("{begun}{}", piece.stem);
            begun += &fold(piece.word);
            if let (Some(known), Some(found)) = (terms.get(&whole), run.get(..=index)) {
                let spelling = spelling(found);
                if !known.contains_key(&spelling)
                    && let Some(usual) = known.values().next()
                    && seen.insert(spelling)
                {
                    let message = two_spellings(&written(found), usual);
                    advice.push(Problem { place: place.clone(), message });
                }
            }
            let next = terms.range(begun.clone()..).next();
            if next.is_none_or(|(longer, _)| !longer.starts_with(&begun)) {
                break;
            }
        }
    }
}

/// The spellings of one word, but for the most frequent of them, each where it first stands.
fn against_each_other(spellings: &BTreeMap<String, Uses>) -> Vec<Problem> {
    let Some((most, usual)) = spellings.iter().max_by_key(|(_, uses)| uses.count) else { return Vec::new() };
    let others = spellings.iter().filter(|(spelling, _)| *spelling != most);
    others
        .map(|(_, uses)| Problem {
            place: uses.first.clone(),
            message: two_spellings(&uses.written, &usual.written),
        })
        .collect()
}

fn two_spellings(found: &str, usual: &str) -> Text {
    Text::new(
        format!("«\u{202f}{found}\u{202f}» s’écrit ailleurs «\u{202f}{usual}\u{202f}»"),
        format!("{found:?} is spelt {usual:?} elsewhere"),
    )
}

/// What all spellings of a word have in common. Only its last piece is taken without the s of a plural: the one
/// inside `news-letter` stands in `newsletter` too.
fn key(parts: &[Piece]) -> String {
    let Some((last, before)) = parts.split_last() else { return String::new() };
    before.iter().map(|piece| fold(piece.word)).chain([last.stem.clone()]).collect()
}

/// The parts with what joins them, as they are compared.
fn spelling(parts: &[Piece]) -> String {
    joined(parts, |piece| &piece.stem)
}

/// The same as it stands.
fn written(parts: &[Piece]) -> String {
    joined(parts, |piece| piece.word)
}

fn joined<'a>(parts: &'a [Piece], word: fn(&'a Piece) -> &'a str) -> String {
    let mut whole = String::new();
    for (index, piece) in parts.iter().enumerate() {
        whole.extend(piece.joined.filter(|_| index > 0));
        whole += word(piece);
    }
    whole
}

/// A word as it is compared: folded, without the s of a plural.
fn stem(word: &str) -> String {
    let folded = fold(word);
    match folded.strip_suffix('s') {
        Some(singular) if singular.len() >= 3 => singular.to_owned(),
        _ => folded,
    }
}
