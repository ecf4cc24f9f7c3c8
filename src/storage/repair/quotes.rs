//! Which text is not closed, or not opened? Found line by line, since a lost quote turns all that follows inside out.

use std::cmp::Reverse;

use super::Mend;
use super::tokens::Kind;
use super::tokens::Token;
use super::tokens::text_end;
use super::tokens::tokens;
use crate::domain::text::Text;
use crate::storage::mapped::Mapped;

/// A longer line is not searched for the place where a quote would fit.
const LONGEST: usize = 2000;

pub fn mend(text: &mut Mapped, mended: &mut Mend) {
    let mut at = 0;
    while let Some(broken) = broken_text(text.text(), at) {
        if mended.is_enough() {
            return;
        }
        let source = text.text();
        let start =
            source.get(..broken).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
        let length = source.get(start..).and_then(|rest| rest.find('\n'));
        let end = length.map_or(source.len(), |length| start + length);
        let line = source.get(start..end).unwrap_or("");
        if let Some((place, fixed)) = closed(line) {
            mended.add(text.origin(start + place), message());
            text.replace(start..end, &fixed);
            // The same line again: it may lack a second one.
            at = start;
        } else {
            mended.add(text.origin(broken), message());
            text.blank(broken..end);
            at = end;
        }
    }
}

fn message() -> Text {
    Text::new(
        "un guillemet droit (\") manque ou est de trop sur cette ligne",
        "a straight quote (\") is missing or too many on this line",
    )
}

/// The start of the first text behind `from` that swallows what is no text: it goes on over lines that look like
/// fields or brackets, or never ends.
fn broken_text(source: &str, from: usize) -> Option<usize> {
    let rest = source.get(from..)?;
    tokens(rest).into_iter().filter(|token| token.kind == Kind::Text).find_map(|token| {
        let text = rest.get(token.range.clone())?;
        let raw = text.starts_with('r');
        let closed = raw || text_end(text) == text.len() && text.len() > 1 && text.ends_with('"');
        let below = text.split_once('\n').map_or("", |(_, below)| below);
        // One that ends where a line begins is closed by the quote that opens the next.
        let ends_at_a_start = below.rsplit('\n').next().is_some_and(|last| last.trim() == "\"");
        let swallows = !raw && (below.lines().any(looks_like_ron) || ends_at_a_start);
        (swallows || !closed).then_some(from + token.range.start)
    })
}

/// `name:`, `name: (`, `),`, `"key": [` … and nothing that a sentence would hold.
fn looks_like_ron(line: &str) -> bool {
    let line = line.trim();
    let brackets = line.chars().all(|letter| "()[]{},\"".contains(letter));
    let inside = line.trim_start_matches(['(', '[', '{']);
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let name = inside.find(|letter| !is_name(letter)).unwrap_or(inside.len());
    let after = inside.get(name..).and_then(|rest| rest.strip_prefix(':')).map(str::trim_start);
    let value = |after: &str| {
        after.is_empty()
            || after.starts_with(['(', '[', '{', '"'])
            || !after.contains(' ') && after.ends_with(',')
    };
    // `Is(`, `"key": [`
    let opens = line.len() < 40 && line.trim_end_matches('"').ends_with(['(', '[', '{']);
    opens || (name > 0 && after.is_some_and(value)) || (brackets && line.len() > usize::from(line == "\""))
}

/// The line with one quote more or less, so that it makes sense, and the byte at which it was changed.
fn closed(line: &str) -> Option<(usize, String)> {
    if line.len() > LONGEST {
        return None;
    }
    let places = || line.char_indices().map(|(at, _)| at).chain([line.len()]);
    let more = places().map(|at| {
        let (before, after) = line.split_at(at);
        (at, format!("{before}\"{after}"))
    });
    let less = line.match_indices('"').map(|(at, _)| {
        let (before, after) = line.split_at(at);
        (at, format!("{before}{}", after.get(1..).unwrap_or("")))
    });
    let last = |line: &str| line.trim_end().chars().next_back().filter(|last| ",)]}".contains(*last));
    let wanted = last(line);
    let fitting = more.chain(less).filter(|(_, fixed)| sensible(fixed) && ends_like(fixed, wanted));
    // The one whose brackets cross least, that leaves the most outside of texts, and has no space at their ends; of
    // equals, the first.
    fitting.rev().max_by_key(|(_, fixed)| {
        let tokens = tokens(fixed);
        let text = |token: &Token| fixed.get(token.range.clone()).unwrap_or("").trim_matches('"');
        let loose = |text: &str| text != text.trim();
        let loose = tokens.iter().filter(|token| token.kind == Kind::Text && loose(text(token))).count();
        (Reverse(crossed(&tokens)), tokens.len(), Reverse(loose))
    })
}

/// How many brackets close one of another kind that was opened on the same line, or none at all.
fn crossed(tokens: &[Token]) -> usize {
    let mut open = Vec::new();
    let mut crossed = 0;
    let begins = tokens.iter().take_while(|token| matches!(token.kind, Kind::Close(_))).count();
    for token in tokens.iter().skip(begins) {
        match token.kind {
            Kind::Open(bracket) => open.push(bracket),
            Kind::Close(bracket) => {
                let of_this_kind =
                    |open: char| matches!((open, bracket), ('(', ')') | ('[', ']') | ('{', '}'));
                crossed += usize::from(!open.pop().is_some_and(of_this_kind));
            }
            _ => {}
        }
    }
    crossed
}

/// A line that ends with a comma or a bracket does so outside its texts.
fn ends_like(line: &str, wanted: Option<char>) -> bool {
    let kind = tokens(line).last().map(|token| token.kind);
    match wanted {
        Some(',') => kind == Some(Kind::Comma),
        Some(close) => kind == Some(Kind::Close(close)),
        None => true,
    }
}

/// Every text stands between what can stand before and behind one, and every word is one that RON has.
fn sensible(line: &str) -> bool {
    let tokens = tokens(line);
    let kind =
        |index: Option<usize>| index.and_then(|index| tokens.get(index)).map(|token: &Token| token.kind);
    tokens.iter().enumerate().all(|(index, token)| {
        let (before, after) = (kind(index.checked_sub(1)), kind(Some(index + 1)));
        let text = line.get(token.range.clone()).unwrap_or("");
        match token.kind {
            Kind::Text => {
                text.len() > 1
                    && text_end(text) == text.len()
                    && text.ends_with('"')
                    && matches!(before, None | Some(Kind::Open(_) | Kind::Comma | Kind::Colon))
                    && matches!(after, None | Some(Kind::Close(_) | Kind::Comma | Kind::Colon))
            }
            Kind::Word => {
                let plain = |letter: char| letter.is_ascii_alphanumeric() || "_.+-".contains(letter);
                let lower = text.starts_with(|first: char| first.is_ascii_lowercase());
                let is_name = after == Some(Kind::Colon);
                let may_be_value = matches!(before, Some(Kind::Colon)) || !lower;
                text.chars().all(plain)
                    && (is_name || may_be_value)
                    && !matches!(after, Some(Kind::Word | Kind::Text | Kind::Odd(_)))
            }
            Kind::Odd(_) => false,
            _ => true,
        }
    })
}
