//! Of which pieces does a RON text consist, and how are its lines indented? Whatever the text, it has pieces.

use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Open(char),
    Close(char),
    Comma,
    Colon,
    Text,
    /// A name, a number, anything else without a space.
    Word,
    /// A character that stands nowhere in RON outside texts, but may have been meant as one that does.
    Odd(char),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub range: Range<usize>,
    /// From 0.
    pub line: usize,
    /// The width of the white space before the first piece of its line.
    pub indent: usize,
    /// The first of its line.
    pub first: bool,
}

impl Token {
    pub fn ends_value(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Word | Kind::Close(_))
    }

    pub fn starts_value(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Word | Kind::Open(_))
    }
}

/// The pieces of a text, without comments. A text that is not closed reaches to the end.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let (mut at, mut line, mut line_start) = (0, 0, 0);
    let mut indent = 0;
    while let Some(letter) = source.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = source.get(at..).unwrap_or("");
        let start = at;
        if letter == '\n' {
            line += 1;
            line_start = at + 1;
        }
        if letter.is_whitespace() {
            at += letter.len_utf8();
            continue;
        }
        let (kind, length) = match letter {
            '/' if rest.starts_with("//") => (None, rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => (None, rest.find("*/").map_or(rest.len(), |end| end + 2)),
            '#' if rest.starts_with("#!") => (None, rest.find('\n').unwrap_or(rest.len())),
            _ => {
                let (kind, length) = piece(rest, letter);
                (Some(kind), length)
            }
        };
        at += length.max(1);
        if let Some(kind) = kind {
            let first = tokens.last().is_none_or(|last| last.line != line);
            if first {
                indent = start - line_start;
            }
            tokens.push(Token { kind, range: start..at, line, indent, first });
        }
        let inside = source.get(start..at).unwrap_or("");
        if let Some(newline) = inside.rfind('\n') {
            line += inside.matches('\n').count();
            line_start = start + newline + 1;
        }
    }
    tokens
}

fn piece(rest: &str, letter: char) -> (Kind, usize) {
    match letter {
        '(' | '[' | '{' => (Kind::Open(letter), 1),
        ')' | ']' | '}' => (Kind::Close(letter), 1),
        ',' => (Kind::Comma, 1),
        ':' => (Kind::Colon, 1),
        '"' => (Kind::Text, text_end(rest)),
        'r' if rest.starts_with("r\"") || rest.starts_with("r#") => (Kind::Text, raw_text_end(rest)),
        '=' | ';' | '“' | '”' | '„' | '«' | '»' => (Kind::Odd(letter), letter.len_utf8()),
        _ => {
            let ends = |next: char| next.is_whitespace() || "()[]{},:\"=;“”„«»".contains(next);
            (Kind::Word, rest.find(ends).unwrap_or(rest.len()))
        }
    }
}

/// Behind the quote that closes a text, or the end.
pub fn text_end(rest: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_text_end(rest: &str) -> usize {
    let hashes = rest.chars().skip(1).take_while(|letter| *letter == '#').count();
    let open = hashes + 2;
    let close = format!("\"{}", "#".repeat(hashes));
    match rest.get(open..) {
        Some(inside) if rest.get(open - 1..open) == Some("\"") => {
            inside.find(&close).map_or(rest.len(), |end| open + end + close.len())
        }
        _ => hashes + 1,
    }
}
