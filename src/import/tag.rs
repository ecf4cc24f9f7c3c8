//! Where does a tag of a page begin and end, and what do its attributes say? As browsers tell, where forms and links
//! need it.

/// The names of letters that stand in the words and addresses of links.
const LETTERS: [(&str, char); 22] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("sol", '/'),
    ("colon", ':'),
    ("period", '.'),
    ("commat", '@'),
    ("rsquo", '’'),
    ("agrave", 'à'),
    ("acirc", 'â'),
    ("ccedil", 'ç'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("ecirc", 'ê'),
    ("icirc", 'î'),
    ("ocirc", 'ô'),
    ("ucirc", 'û'),
    ("Agrave", 'À'),
    ("Eacute", 'É'),
];

/// What stands between two brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a>(&'a str);

impl<'a> Tag<'a> {
    /// The next tag of a page, and what follows it. One that the page ends in is none.
    pub fn next(html: &'a str) -> Option<(Tag<'a>, &'a str)> {
        let mut rest = html;
        loop {
            rest = rest.get(rest.find('<')? + 1..)?;
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = after_comment(comment)?;
                continue;
            }
            let name = rest.strip_prefix('/').unwrap_or(rest);
            if name.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
                let end = length(rest)?;
                return Some((Tag(rest.get(..end)?), rest.get(end + 1..)?));
            }
        }
    }

    /// What stands between two brackets that were found already.
    pub fn of(text: &'a str) -> Tag<'a> {
        Tag(text)
    }

    /// In lower case; behind a slash where the tag closes.
    pub fn name(self) -> String {
        let (slash, name) = self.0.strip_prefix('/').map_or(("", self.0), |name| ("/", name));
        let name = name.split(|letter: char| letter.is_whitespace() || letter == '/').next();
        slash.to_owned() + &name.unwrap_or_default().to_ascii_lowercase()
    }

    /// The value of an attribute; of two of this name, the first counts.
    pub fn attribute(self, wanted: &str) -> Option<String> {
        let mut rest = self.0;
        while let Some(at) = rest.find('=') {
            let (before, behind) = rest.split_at(at);
            let name =
                before.trim_end().rsplit(|letter: char| letter.is_whitespace() || letter == '/').next()?;
            let behind = behind.get(1..)?.trim_start();
            let (value, after) = match behind.chars().next()? {
                quote @ ('"' | '\'') => {
                    let inside = behind.get(1..)?;
                    inside.split_once(quote).unwrap_or((inside, ""))
                }
                _ => behind.split_at(behind.find(char::is_whitespace).unwrap_or(behind.len())),
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(unescaped(value.trim()));
            }
            rest = after;
        }
        None
    }

    /// What an attribute says, in lower case; empty where there is none.
    pub fn word(self, attribute: &str) -> String {
        self.attribute(attribute).unwrap_or_default().to_ascii_lowercase()
    }
}

fn after_comment(comment: &str) -> Option<&str> {
    // `<!-->` and `<!--->` are over at once.
    for over in [">", "->"] {
        if let Some(behind) = comment.strip_prefix(over) {
            return Some(behind);
        }
    }
    comment.find("-->").and_then(|end| comment.get(end + 3..))
}

/// How far it is to the bracket that ends a tag: in the quotes of a value stands none.
fn length(tag: &str) -> Option<usize> {
    let mut quote = None;
    let mut value_begins = false;
    for (at, letter) in tag.char_indices() {
        match quote {
            Some(open) if letter == open => quote = None,
            None if letter == '>' => return Some(at),
            None if value_begins && matches!(letter, '"' | '\'') => quote = Some(letter),
            Some(_) | None => {}
        }
        value_begins = letter == '=' || value_begins && letter.is_whitespace();
    }
    None
}

/// What follows the closing tag of this name.
pub fn after_closing<'a>(html: &'a str, name: &str) -> &'a str {
    let mut rest = html;
    while let Some(at) = rest.find("</") {
        rest = rest.get(at + 2..).unwrap_or_default();
        if rest.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name)) {
            return rest;
        }
    }
    ""
}

/// A text with the letters that it names.
pub fn unescaped(text: &str) -> String {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let named = part.split_once(';').and_then(|(name, behind)| Some((letter(name)?, behind)));
        let (letter, behind) = named.unwrap_or(('&', part));
        plain.push(letter);
        plain.push_str(behind);
    }
    plain
}

fn letter(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return LETTERS.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter);
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    char::from_u32(number.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(html: &str) -> Vec<String> {
        let mut names = Vec::new();
        let mut rest = html;
        while let Some((tag, behind)) = Tag::next(rest) {
            names.push(tag.name());
            rest = behind;
        }
        names
    }

    #[test]
    fn a_bracket_ends_a_tag_unless_it_stands_in_a_value() {
        assert_eq!(names(r#"<A title="a > b" href = '>'>1 < 2<br/></A ><!DOCTYPE html>"#), ["a", "br", "/a"]);
        assert_eq!(names(r"<p it's><b>"), ["p", "b"], "no value begins there");
        assert_eq!(names("<!--<i>--><!--><b><!---><u><!-- <s>"), ["b", "u"]);
        assert_eq!(names(r#"<b><i title="never closed><u>"#), ["b"]);
    }

    #[test]
    fn attributes_are_read_as_browsers_read_them() {
        let (tag, _) = Tag::next(r#"<a data-href=no/ HREF = "x&amp;y&#x2F;&#233;&copy;" href=z>"#).unwrap();
        assert_eq!(tag.attribute("href").unwrap(), "x&y/é&copy;");
        assert_eq!((tag.word("data-href").as_str(), tag.attribute("title")), ("no/", None));
    }
}
