//! Which bracket is missing, too many, or of the wrong kind? The indentation tells where it should have been.
//!
//! Only looked at in files with mistakes: otherwise any indentation is fine.

use super::Mend;
use super::tokens::Kind;
use super::tokens::Token;
use super::tokens::tokens;
use crate::domain::text::Text;
use crate::storage::mapped::Mapped;

pub fn mend(text: &mut Mapped, mended: &mut Mend, even_if_they_match: bool) {
    let mut pieces = tokens(text.text());
    if !balanced(&pieces) {
        open_where_only_a_bracket_fits(text, &pieces, mended);
        pieces = tokens(text.text());
    }
    if !even_if_they_match && balanced(&pieces) {
        return;
    }
    let tokens = pieces;
    let source = text.text().to_owned();
    let mut walk =
        Walk { source: &source, tokens: &tokens, open: Vec::new(), edits: Vec::new(), found: Vec::new() };
    for (index, token) in tokens.iter().enumerate() {
        if walk.edits.len() > super::MOST {
            break;
        }
        if token.first {
            walk.close_what_is_left_open(index, token);
        }
        match token.kind {
            Kind::Open(_) => walk.open.push(index),
            Kind::Close(close) => walk.close(index, token, close),
            _ => {}
        }
    }
    walk.close_at_the_end(text.text().len());
    let Walk { mut edits, found, .. } = walk;
    edits.truncate(super::MOST);
    for (byte, message) in found.into_iter().take(super::MOST) {
        mended.add(text.origin(byte), message);
    }
    // From the end, so that the places of those before stay right; of two at one place, the later one first.
    edits.sort_by_key(|edit| edit.0.start);
    for (range, with) in edits.into_iter().rev() {
        text.replace(range, &with);
    }
}

/// `risk: severity: 3`, `Choice[`, `Flag"x"`: a parenthesis is missing.
fn open_where_only_a_bracket_fits(text: &mut Mapped, tokens: &[Token], mended: &mut Mend) {
    let mut places = Vec::new();
    for three in tokens.windows(3) {
        let [one, two, three] = three else { continue };
        let upper = |token: &Token| {
            let word = text.text().get(token.range.clone()).unwrap_or("");
            word.starts_with(|first: char| first.is_ascii_uppercase())
        };
        match (one.kind, two.kind, three.kind) {
            (Kind::Colon, Kind::Word, Kind::Colon) if one.line == two.line => places.push(two.range.start),
            (Kind::Colon, Kind::Word, Kind::Colon) => places.push(one.range.end),
            (Kind::Colon | Kind::Comma | Kind::Open(_), Kind::Word, Kind::Open('[') | Kind::Text)
                if upper(two) =>
            {
                places.push(two.range.end);
            }
            _ => {}
        }
    }
    places.truncate(super::MOST);
    for place in &places {
        mended.add(text.origin(*place), missing('('));
    }
    for place in places.into_iter().rev() {
        text.replace(place..place, "(");
    }
}

fn balanced(tokens: &[Token]) -> bool {
    let mut open = Vec::new();
    for token in tokens {
        match token.kind {
            Kind::Open(bracket) => open.push(bracket),
            Kind::Close(bracket) if open.pop() != Some(partner(bracket)) => return false,
            _ => {}
        }
    }
    open.is_empty()
}

fn partner(bracket: char) -> char {
    match bracket {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        ')' => '(',
        ']' => '[',
        _ => '{',
    }
}

struct Walk<'a> {
    source: &'a str,
    tokens: &'a [Token],
    /// The places of the brackets that are open, among the tokens.
    open: Vec<usize>,
    edits: Vec<(std::ops::Range<usize>, String)>,
    found: Vec<(usize, Text)>,
}

impl<'a> Walk<'a> {
    fn token(&self, index: usize) -> Option<&'a Token> {
        self.tokens.get(index)
    }

    fn top(&self) -> Option<(usize, &'a Token)> {
        let index = *self.open.last()?;
        Some((index, self.token(index)?))
    }

    /// At the start of a line: a bracket opened further in, or as far in unless this line closes it, should have
    /// been closed before.
    fn close_what_is_left_open(&mut self, index: usize, token: &Token) {
        let closes = matches!(token.kind, Kind::Close(_));
        while let Some((opened, top)) = self.top() {
            let left_open = top.indent > token.indent || (top.indent == token.indent && !closes);
            if top.line == token.line || !left_open {
                return;
            }
            self.left_open(opened, top, index, token);
            self.open.pop();
        }
    }

    fn left_open(&mut self, opened: usize, top: &Token, index: usize, token: &Token) {
        let Kind::Open(bracket) = top.kind else { return };
        let close = partner(bracket);
        let Some(last) = index.checked_sub(1).and_then(|last| self.token(last)) else { return };
        let first = self.tokens.iter().find(|first| first.line == last.line);
        let closed_there = first.is_some_and(|first| {
            matches!(first.kind, Kind::Close(_)) && first.indent == top.indent && last.line != top.line
        });
        let on_one_line = closed_there || (last.line == top.line && opened + 1 < index);
        let goes_on = !matches!(token.kind, Kind::Comma | Kind::Close(_));
        let (at, with) = match last.kind {
            Kind::Comma if on_one_line => (last.range.start, close.to_string()),
            _ => (last.range.end, format!("{close}{}", if goes_on { "," } else { "" })),
        };
        self.found.push((if on_one_line { at } else { token.range.start }, missing(close)));
        self.edits.push((at..at, with));
    }

    fn close(&mut self, index: usize, token: &Token, close: char) {
        if self.edits.len() > super::MOST {
            return;
        }
        let Some((opened, top)) = self.top() else { return self.superfluous(index, token, close) };
        if top.line != token.line && top.indent < token.indent {
            return self.superfluous(index, token, close);
        }
        let Kind::Open(bracket) = top.kind else { return };
        if bracket == partner(close) {
            self.open.pop();
            return;
        }
        // Of another kind: one is missing in between if the line has too few for those that it should close.
        let should_close = |open: &&usize| {
            let open = self.token(**open);
            open.is_some_and(|open| open.line == token.line || open.indent >= token.indent)
        };
        let wanted = self.open.iter().filter(should_close).count();
        let following = self.tokens.get(index..).unwrap_or_default().iter();
        let given = following
            .take_while(|next| next.line == token.line)
            .scan(0usize, |depth, next| {
                match next.kind {
                    Kind::Open(_) => *depth += 1,
                    Kind::Close(_) if *depth > 0 => *depth -= 1,
                    Kind::Close(_) => return Some(true),
                    _ => {}
                }
                Some(false)
            })
            .filter(|closes| *closes)
            .count();
        if given < wanted {
            self.open.pop();
            let at = token.range.start;
            self.found.push((at, missing(partner(bracket))));
            self.edits.push((at..at, partner(bracket).to_string()));
            return self.close(index, token, close);
        }
        if given > wanted {
            let on_the_line =
                if top.line == token.line { self.on_the_line(index, token, close) } else { None };
            return self.add_open(on_the_line.unwrap_or(top.range.end), close);
        }
        self.open.pop();
        // The content tells which of the two is right.
        let right = self.bracket_for(opened);
        let (wrong, with) = if right == bracket { (token, partner(bracket)) } else { (top, partner(close)) };
        self.found.push((
            wrong.range.start,
            Text::new(
                format!("parenthèse ou crochet d’une autre sorte : « {with} » est attendu ici"),
                format!("bracket of another kind: `{with}` is expected here"),
            ),
        ));
        self.edits.push((wrong.range.clone(), with.to_string()));
    }

    /// `(name: …)`, `{"key": …}`, or else a list.
    fn bracket_for(&self, opened: usize) -> char {
        let kind = |index: usize| self.token(index).map(|token| token.kind);
        match (kind(opened + 1), kind(opened + 2)) {
            (Some(Kind::Word), Some(Kind::Colon)) => '(',
            (Some(Kind::Text), Some(Kind::Colon)) => '{',
            _ => '[',
        }
    }

    /// A closing bracket that closes nothing: the opening one is missing, or it is too many.
    fn superfluous(&mut self, index: usize, token: &Token, close: char) {
        let place = if token.first {
            self.above(index, token)
        } else {
            self.on_the_line(index, token, close).or_else(|| self.at_the_element(index, token))
        };
        if let Some(at) = place {
            self.add_open(at, close);
        } else {
            self.found.push((
                token.range.start,
                Text::new(format!("« {close} » est de trop"), format!("`{close}` is too many")),
            ));
            self.edits.push((token.range.clone(), " ".to_owned()));
        }
    }

    /// The end of the line above, as far in as this one, if it names a field: `ask:`. Else the start of the next.
    fn above(&self, index: usize, token: &Token) -> Option<usize> {
        let before = self.tokens.get(..index)?;
        let header = before.iter().rev().find(|other| other.first && other.indent <= token.indent);
        let Some(header) = header else {
            // Nothing is above it: the file's own bracket.
            let names = matches!(before, [one, two, ..] if one.kind == Kind::Word && two.kind == Kind::Colon);
            let first = before.first().filter(|_| names)?;
            return Some(self.blank_line(0, first.range.start));
        };
        let end = before.iter().rposition(|other| other.line == header.line)?;
        let last = before.get(end)?;
        let next = before.get(end + 1).filter(|next| next.indent > token.indent);
        match last.kind {
            Kind::Colon | Kind::Word => Some(last.range.end),
            _ => next.map(|next| self.blank_line(last.range.end, next.range.start)),
        }
    }

    /// The end of an empty line between two places, or the second place.
    fn blank_line(&self, from: usize, to: usize) -> usize {
        let between = self.source.get(from..to).unwrap_or("");
        let mut at = from;
        for (index, line) in between.split_inclusive('\n').enumerate() {
            if (index > 0 || from == 0) && line.trim().is_empty() && line.ends_with('\n') {
                return at + line.len() - 1;
            }
            at += line.len();
        }
        to
    }

    fn on_the_line(&self, index: usize, token: &Token, close: char) -> Option<usize> {
        let start = self
            .tokens
            .get(..index)?
            .iter()
            .rposition(|other| other.line != token.line)
            .map_or(0, |at| at + 1);
        let line = self.tokens.get(start..index)?;
        let kinds: Vec<Kind> = line.iter().map(|token| token.kind).collect();
        let at = match close {
            // `risk: severity: 3, …)`
            ')' => kinds
                .windows(4)
                .position(|four| matches!(four, [Kind::Word, Kind::Colon, Kind::Word, Kind::Colon]))
                .map(|at| at + 2)
                .or_else(|| matches!(kinds.as_slice(), [Kind::Word, Kind::Colon, ..]).then_some(0)),
            // `law: "RGPD 5", …]`
            _ => kinds.windows(2).rposition(|two| matches!(two, [Kind::Colon, Kind::Text])).map(|at| at + 1),
        };
        at.and_then(|at| line.get(at)).map(|token| token.range.start)
    }

    /// `id: …, kind: Choice([` as an element of a list, with one bracket too few for the `])),` that ends it.
    fn at_the_element(&self, index: usize, token: &Token) -> Option<usize> {
        let (_, top) = self.top().filter(|(_, top)| top.kind == Kind::Open('['))?;
        let before = self.tokens.get(..index)?;
        let same = |other: &&Token| other.first && other.line < token.line && other.indent <= token.indent;
        let header = before.iter().rev().find(same).filter(|header| header.indent > top.indent)?;
        (header.kind == Kind::Word).then_some(header.range.start)
    }

    fn add_open(&mut self, at: usize, close: char) {
        let open = partner(close);
        self.found.push((
            at,
            Text::new(
                format!("« {open} » manque ici, ou « {close} » est de trop plus loin"),
                format!("`{open}` is missing here, or `{close}` is too many further on"),
            ),
        ));
        self.edits.push((at..at, open.to_string()));
    }

    fn close_at_the_end(&mut self, end: usize) {
        while let Some(index) = self.open.pop() {
            let Some(Kind::Open(bracket)) = self.token(index).map(|token| token.kind) else { continue };
            let close = partner(bracket);
            let last = self.tokens.last().map_or(end, |last| last.range.end);
            self.found.push((last, missing(close)));
            self.edits.push((end..end, close.to_string()));
        }
    }
}

fn missing(bracket: char) -> Text {
    Text::new(format!("« {bracket} » manque ici"), format!("`{bracket}` is missing here"))
}
