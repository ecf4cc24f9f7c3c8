//! What is wrong between two values? Commas and colons that are missing, too many, or something else.

use super::Mend;
use super::tokens::Kind;
use super::tokens::Token;
use super::tokens::tokens;
use crate::domain::text::Text;
use crate::storage::mapped::Mapped;

/// Characters that were meant as others: `=` for `:`, `;` for `,`, typographic quotes for straight ones.
pub fn mend_odd(text: &mut Mapped, mended: &mut Mend) {
    let mut edits = Vec::new();
    for token in tokens(text.text()) {
        let Kind::Odd(found) = token.kind else { continue };
        let meant = match found {
            '=' => ":",
            ';' => ",",
            _ => "\"",
        };
        if mended.is_enough() {
            break;
        }
        mended.add(
            text.origin(token.range.start),
            Text::new(
                format!("« {found} » : {meant} est attendu ici"),
                format!("`{found}`: {meant} is expected here"),
            ),
        );
        edits.push((token.range, meant));
    }
    for (range, meant) in edits.into_iter().rev() {
        text.replace(range, meant);
    }
}

/// A change to a text, still to be made.
enum Edit {
    Insert(usize, &'static str),
    Replace(std::ops::Range<usize>, &'static str),
    Blank(std::ops::Range<usize>),
}

pub fn mend(text: &mut Mapped, mended: &mut Mend) {
    let tokens = tokens(text.text());
    let mut edits: Vec<Edit> = Vec::new();
    let mut open: Vec<char> = Vec::new();
    let mut skip_to = 0;
    for (index, pair) in tokens.windows(2).enumerate() {
        let [one, two] = pair else { continue };
        match one.kind {
            Kind::Open(bracket) => open.push(bracket),
            Kind::Close(_) => {
                open.pop();
            }
            _ => {}
        }
        if index < skip_to || mended.is_enough() {
            continue;
        }
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        let begins_item = before.is_none_or(|before| matches!(before.kind, Kind::Comma | Kind::Open(_)));
        let source = text.text();
        match (one.kind, two.kind) {
            (Kind::Close(_), _) if open.is_empty() => {
                let end = source.len();
                mended.add(
                    text.origin(two.range.start),
                    Text::new("plus rien n’est attendu ici", "nothing more is expected here"),
                );
                edits.push(Edit::Blank(two.range.start..end));
                break;
            }
            (Kind::Comma | Kind::Open(_), Kind::Comma) => {
                mended.add(text.origin(two.range.start), Text::new("virgule de trop", "one comma too many"));
                edits.push(Edit::Blank(two.range.clone()));
            }
            (Kind::Colon, Kind::Colon) => {
                mended.add(
                    text.origin(two.range.start),
                    Text::new("deux-points de trop", "one colon too many"),
                );
                edits.push(Edit::Blank(two.range.clone()));
            }
            (Kind::Colon, Kind::Comma | Kind::Close(_)) => {
                no_value(text, &tokens, index, mended, &mut edits);
            }
            (Kind::Text, Kind::Word | Kind::Text) if quotes_inside(source, &tokens, index).is_some() => {
                let Some(last) = quotes_inside(source, &tokens, index) else { continue };
                mended.add(
                    text.origin(one.range.end - 1),
                    Text::new(
                        "guillemet droit à l’intérieur d’un texte : écrire \\\", ou des guillemets typographiques",
                        "straight quote inside a text: write \\\", or typographic quotes",
                    ),
                );
                let inside =
                    one.range.end - 1..tokens.get(last).map_or(one.range.end, |last| last.range.start + 1);
                let quotes = source.get(inside.clone()).unwrap_or("").match_indices('"');
                edits.extend(
                    quotes.map(|(at, _)| Edit::Replace(inside.start + at..inside.start + at + 1, "'")),
                );
                skip_to = last;
            }
            // Not even one value to begin with: what RON says about that is more to the point.
            (Kind::Word | Kind::Text, _) if open.is_empty() && two.kind != Kind::Open('(') => break,
            _ if one.ends_value() && two.starts_value() => {
                if is_variant(source, one, two, begins_item, open.last()) {
                    continue;
                }
                let word = source.get(one.range.clone()).unwrap_or("");
                let name = one.kind == Kind::Word && is_name(word);
                let key = one.kind == Kind::Text && open.last() == Some(&'{');
                if begins_item && (key || (name && open.last() == Some(&'('))) {
                    mended.add(
                        text.origin(one.range.end),
                        Text::new(
                            format!("« : » manque après {word}"),
                            format!("`:` is missing after {word}"),
                        ),
                    );
                    edits.push(Edit::Insert(one.range.end, ":"));
                } else {
                    mended.add(
                        text.origin(one.range.end),
                        Text::new("virgule manquante ici", "a comma is missing here"),
                    );
                    edits.push(Edit::Insert(one.range.end, ","));
                }
            }
            _ => {}
        }
    }
    for edit in edits.into_iter().rev() {
        match edit {
            Edit::Insert(at, with) => text.replace(at..at, with),
            Edit::Replace(range, with) => text.replace(range, with),
            Edit::Blank(range) => text.blank(range),
        }
    }
}

/// `severity: ,`: the field is left out.
fn no_value(text: &Mapped, tokens: &[Token], colon: usize, mended: &mut Mend, edits: &mut Vec<Edit>) {
    let (Some(name), Some(at)) = (colon.checked_sub(1).and_then(|name| tokens.get(name)), tokens.get(colon))
    else {
        return;
    };
    let word = text.text().get(name.range.clone()).unwrap_or("").to_owned();
    let next = tokens.get(colon + 1).map_or(at.range.end, |next| next.range.start);
    mended.add(
        text.origin(next),
        Text::new(format!("« {word} » n’a pas de valeur"), format!("`{word}` has no value")),
    );
    mended.lost.push((text.origin(name.range.start), word));
    // The comma behind it goes, too.
    let end = match tokens.get(colon + 1) {
        Some(next) if next.kind == Kind::Comma => next.range.end,
        _ => at.range.end,
    };
    edits.push(Edit::Blank(name.range.start..end));
}

/// A name of a field, not a value such as `true` or `Small`.
fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_lowercase()) && !matches!(word, "true" | "false" | "inf")
}

/// `Choice(…)`: a value with a name in front. `title (…)` among fields is a field without its colon.
fn is_variant(source: &str, one: &Token, two: &Token, begins_item: bool, open: Option<&char>) -> bool {
    let word = source.get(one.range.clone()).unwrap_or("");
    let field = begins_item && open == Some(&'(') && is_name(word);
    one.kind == Kind::Word && two.kind == Kind::Open('(') && !field
}

/// `"he said "yes" to all"`: the last piece of such a line of texts and words, if what follows it makes sense.
fn quotes_inside(source: &str, tokens: &[Token], first: usize) -> Option<usize> {
    let line = tokens.get(first)?.line;
    let mut last = None;
    let mut words = 0;
    for (index, token) in tokens.iter().enumerate().skip(first + 1) {
        let after = tokens.get(index + 1).map(|next| next.kind);
        match token.kind {
            Kind::Text if token.line == line && words > 0 => last = Some(index),
            Kind::Word if token.line == line && after != Some(Kind::Colon) => words += 1,
            // Commas and the like inside the sentence, as long as a text closes it.
            _ => break,
        }
    }
    last.filter(|last| {
        let end = tokens.get(*last).map_or(0, |token| token.range.end);
        let next = source.get(end..).and_then(|rest| rest.trim_start().chars().next());
        next.is_none_or(|next| ",)]}".contains(next))
    })
}
