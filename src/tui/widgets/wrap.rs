//! Where may a line end? Text folded to a width, so that no line begins with `?`, `:` or `»`.

use unicode_linebreak::BreakOpportunity;
use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::domain::text::is_turning;

/// The columns that a text takes.
pub fn width(text: &str) -> usize {
    if is_plain(text) { text.chars().count() } else { text.width() }
}

/// Whether each letter has a column of its own, whatever stands beside it: those of Latin scripts, punctuation, lines,
/// blocks and the marks of this program. Of any other, the tables of Unicode know.
pub fn is_plain(text: &str) -> bool {
    text.chars().all(is_plain_letter)
}

fn is_plain_letter(letter: char) -> bool {
    matches!(letter,
        ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{24f}' // Latin, without the soft hyphen
        | '\u{2010}'..='\u{2027}' | '\u{202f}' | '€' | '\u{2190}'..='\u{21ff}' // dashes, quotes, arrows
        | '\u{2500}'..='\u{25cf}' | '✓' | '✗')
}

/// A text with the no-break spaces of French, as terminals show them: the narrow one, on whose width they do not
/// agree, and an ordinary one where somebody typed it, become the usual no-break space. What would turn the direction of
/// the line is left out; it has no width.
pub fn set(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = 0;
    for (at, letter) in text.char_indices() {
        let instead = match letter {
            '\u{202f}' => "\u{a0}",
            ' ' if binds(text, at) => "\u{a0}",
            letter if is_turning(letter) => "",
            _ => continue,
        };
        out.push_str(text.get(rest..at).unwrap_or_default());
        out.push_str(instead);
        rest = at + letter.len_utf8();
    }
    out.push_str(text.get(rest..).unwrap_or_default());
    out
}

/// Whether no line may end at this space: a sign of French stands behind it, or a quotation opens before it.
fn binds(text: &str, space: usize) -> bool {
    let before = text.get(..space).and_then(|before| before.chars().next_back());
    match text.get(space + 1..).and_then(|behind| behind.chars().next()) {
        Some('?' | '!' | ':' | ';' | '»') => before.is_some_and(|before| before != ' '),
        Some(_) => before == Some('«'),
        None => false,
    }
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

/// A paragraph being folded, up to the end of the last word taken.
struct Folding<'a> {
    paragraph: &'a str,
    /// Whether its columns are its letters: then no word is measured twice.
    plain: bool,
    lines: &'a mut Vec<String>,
    /// Where the last line begins, where it ends so far, and the columns between.
    start: usize,
    end: usize,
    taken: usize,
}

impl Folding<'_> {
    fn part(&self, from: usize, to: usize) -> &str {
        self.paragraph.get(from..to).unwrap_or_default()
    }

    /// The columns of the last line if it went on to here.
    fn up_to(&self, end: usize) -> usize {
        match self.plain {
            true => self.taken + self.part(self.end, end).chars().count(),
            false => self.part(self.start, end).width(),
        }
    }

    fn take(&mut self, end: usize) {
        self.taken = self.up_to(end);
        self.end = end;
    }

    fn finish(&mut self) {
        let line = self.part(self.start, self.end).trim_end_matches(' ').to_owned();
        self.lines.push(line);
        self.start = self.end;
        self.taken = 0;
    }

    fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

fn wrap_paragraph(paragraph: &str, columns: impl Fn(usize) -> usize, lines: &mut Vec<String>) {
    let mut folding = Folding { paragraph, plain: is_plain(paragraph), lines, start: 0, end: 0, taken: 0 };
    for (end, opportunity) in linebreaks(paragraph) {
        let chunk = paragraph.get(folding.end..end).unwrap_or_default();
        let rest = paragraph.get(end..).unwrap_or_default();
        if opportunity == BreakOpportunity::Allowed
            && (is_prefix_of_one_letter(chunk) || is_in_code(chunk, rest))
        {
            continue;
        }
        let visible = folding.end + chunk.trim_end_matches(' ').len();
        let room = |folding: &Folding| columns(folding.lines.len()).max(1);
        if !folding.is_empty() && folding.up_to(visible) > room(&folding) {
            folding.finish();
        }
        if folding.is_empty() && folding.up_to(visible) > room(&folding) {
            cut(chunk, room(&folding), &mut folding);
        } else {
            folding.take(end);
        }
        if opportunity == BreakOpportunity::Mandatory && end < paragraph.len() {
            folding.finish();
        }
    }
    folding.finish();
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

fn cut(word: &str, room: usize, folding: &mut Folding) {
    for cluster in word.graphemes(true) {
        let end = folding.end + cluster.len();
        if !folding.is_empty() && folding.up_to(end) > room {
            folding.finish();
        }
        folding.take(end);
    }
}

/// A text in at most `width` columns on one line, with `…` where something is left out.
pub fn shorten(text: &str, width: usize, ellipsis: &str) -> String {
    let plain = set(text).replace('\n', " ");
    if self::width(&plain) <= width {
        return plain;
    }
    let room = width.saturating_sub(self::width(ellipsis));
    let mut short = String::new();
    let mut taken = 0;
    for cluster in plain.graphemes(true) {
        taken += self::width(cluster);
        if taken > room {
            break;
        }
        short.push_str(cluster);
    }
    let kept = short.trim_end().len();
    short.truncate(kept);
    if width >= self::width(ellipsis) {
        short.push_str(ellipsis);
    }
    short
}

/// A text in exactly `width` columns: shortened or filled with spaces.
pub fn fit(text: &str, width: usize, ellipsis: &str) -> String {
    let mut fitted = shorten(text, width, ellipsis);
    let missing = width.saturating_sub(self::width(&fitted));
    fitted.extend(std::iter::repeat_n(' ', missing));
    fitted
}
