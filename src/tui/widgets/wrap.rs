//! Where may a line end? Text folded to a width, so that no line begins with `?`, `:` or `»`.

use unicode_linebreak::BreakOpportunity;
use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::domain::text::is_turning;

/// The columns that a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// A text with the no-break spaces of French, as terminals show them: the narrow one, on whose width they do not
/// agree, and an ordinary one where somebody typed it, become the usual no-break space. What would turn the direction of
/// the line is left out; it has no width.
pub fn set(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let binds = match (letter, letters.peek()) {
            ('\u{202f}', _) => true,
            (' ', Some('?' | '!' | ':' | ';' | '»')) => before != ' ',
            (' ', Some(_)) => before == '«',
            _ => false,
        };
        if !is_turning(letter) {
            out.push(if binds { '\u{a0}' } else { letter });
        }
        before = letter;
    }
    out
}

/// A text as lines of at most `width` columns. Line ends in it are kept; a word that is too long is cut.
///
/// The narrow no-break space of French is shown as an ordinary no-break space: terminals agree on its width.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    wrap_hanging(text, width, 0)
}

/// The same with lines after the first narrower by `indent`, for a caller who moves them in.
pub fn wrap_hanging(text: &str, width: usize, indent: usize) -> Vec<String> {
    wrap_to(text, |line| if line == 0 { width } else { width.saturating_sub(indent) })
}

/// The same with a width for each line, counted from 0.
pub fn wrap_to(text: &str, columns: impl Fn(usize) -> usize) -> Vec<String> {
    let text = set(text);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, &columns, &mut lines);
    }
    lines
}

fn wrap_paragraph(paragraph: &str, columns: impl Fn(usize) -> usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut start = 0;
    for (end, opportunity) in linebreaks(paragraph) {
        let chunk = paragraph.get(start..end).unwrap_or("");
        let rest = paragraph.get(end..).unwrap_or("");
        if opportunity == BreakOpportunity::Allowed
            && (is_prefix_of_one_letter(chunk) || is_in_code(chunk, rest))
        {
            continue;
        }
        start = end;
        let visible = chunk.trim_end_matches(' ');
        if !line.is_empty() && line.width() + visible.width() > columns(lines.len()).max(1) {
            finish(&mut line, lines);
        }
        let width = columns(lines.len()).max(1);
        if visible.width() > width {
            cut(chunk, width, &mut line, lines);
        } else {
            line.push_str(chunk);
        }
        if opportunity == BreakOpportunity::Mandatory && end < paragraph.len() {
            finish(&mut line, lines);
        }
    }
    finish(&mut line, lines);
}

/// `e-` of `e-mail`: a line that ends in it is hard to read.
fn is_prefix_of_one_letter(chunk: &str) -> bool {
    let mut letters = chunk.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.as_str() == "-"
}

/// Behind the hyphen or the stroke of a reference such as `ID.DE-P2`: its halves mean nothing.
fn is_in_code(chunk: &str, rest: &str) -> bool {
    let of_code = |letter: char| letter.is_uppercase() || letter.is_ascii_digit();
    let sign = chunk.ends_with(['-', '/']);
    sign && chunk.chars().filter(|letter| letter.is_alphanumeric()).all(of_code) && rest.starts_with(of_code)
}

fn finish(line: &mut String, lines: &mut Vec<String>) {
    let visible = line.trim_end_matches(' ').len();
    line.truncate(visible);
    lines.push(std::mem::take(line));
}

fn cut(word: &str, width: usize, line: &mut String, lines: &mut Vec<String>) {
    for cluster in word.graphemes(true) {
        if !line.is_empty() && line.width() + cluster.width() > width {
            finish(line, lines);
        }
        line.push_str(cluster);
    }
}

/// A text in at most `width` columns on one line, with `…` where something is left out.
pub fn shorten(text: &str, width: usize, ellipsis: &str) -> String {
    let plain = set(text).replace('\n', " ");
    if plain.width() <= width {
        return plain;
    }
    let room = width.saturating_sub(ellipsis.width());
    let mut short = String::new();
    for cluster in plain.graphemes(true) {
        if short.width() + cluster.width() > room {
            break;
        }
        short.push_str(cluster);
    }
    let kept = short.trim_end().len();
    short.truncate(kept);
    if width >= ellipsis.width() {
        short.push_str(ellipsis);
    }
    short
}

/// A text in exactly `width` columns: shortened or filled with spaces.
pub fn fit(text: &str, width: usize, ellipsis: &str) -> String {
    let mut fitted = shorten(text, width, ellipsis);
    let missing = width.saturating_sub(fitted.width());
    fitted.extend(std::iter::repeat_n(' ', missing));
    fitted
}
