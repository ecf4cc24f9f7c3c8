//! Which known name did somebody mean who wrote another? Suggestions for what is misspelt.

use crate::domain::text::fold;

/// Names of more bytes than this are no names.
const LONGEST: usize = 100;

/// `, plutôt « x » ?` and `, did you mean "x"?`, or nothing where no known name is close.
pub fn suggestion<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> (String, String) {
    // Nobody misspells a name that long.
    if found.len() > LONGEST {
        return (String::new(), String::new());
    }
    let close = known.into_iter().map(|name| (distance(found, name), name)).min();
    match close {
        Some((distance, name)) if distance <= 2 && distance < name.chars().count() => {
            (format!(", plutôt «\u{202f}{name}\u{202f}»\u{202f}?"), format!(", did you mean {name:?}?"))
        }
        _ => (String::new(), String::new()),
    }
}

/// The name that somebody meant who typed a part of it, or some letters of it wrong; case and accents are no mistakes.
pub fn meant<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(found);
    if found.len() > LONGEST || wanted.trim().is_empty() {
        return None;
    }
    let close = known.into_iter().filter_map(|name| {
        let folded = fold(name);
        let begins = |word: &str| {
            folded.split(|letter: char| !letter.is_alphanumeric()).any(|one| one.starts_with(word))
        };
        let wrong = match wanted.split_whitespace().all(begins) {
            true => 0,
            false => distance(&wanted, &folded),
        };
        (wrong <= 2 && wrong < folded.chars().count()).then_some((wrong, folded.len(), name))
    });
    close.min().map(|(_, _, name)| name)
}

/// Levenshtein's edit distance, in characters.
pub fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.chars().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        let mut next = vec![left];
        for (above, candidate) in row.iter().skip(1).zip(&other) {
            let changed = diagonal + usize::from(letter != *candidate);
            left = changed.min(left + 1).min(above + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
