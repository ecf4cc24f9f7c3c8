//! Which words does a file hold, once its format is taken away? The readers of the formats that are written.

use std::io::Cursor;
use std::io::Read;

use privaudit::report::export::Format;

/// The words of a file, one space between them. Panics where the file is not of its format.
pub fn words_of(format: Format, bytes: &[u8]) -> String {
    let text = match format {
        Format::Html => tags_away(std::str::from_utf8(bytes).unwrap()),
        Format::Docx | Format::Xlsx => {
            parts(bytes).iter().map(|(_, part)| tags_away(part)).collect::<Vec<_>>().join(" ")
        }
        Format::Markdown => unescaped(std::str::from_utf8(bytes).unwrap()),
        Format::Json => {
            let value: serde_json::Value = serde_json::from_slice(bytes).unwrap();
            let mut words = String::new();
            leaves(&value, &mut words);
            words
        }
        Format::Csv => std::str::from_utf8(bytes).unwrap().replace("\"\"", "\""),
        Format::Ics | Format::Pdf => String::from_utf8_lossy(bytes).into_owned(),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The XML parts of a package, with their names.
pub fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        if matches!(name.rsplit_once('.'), Some((_, "xml" | "rels"))) {
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            parts.push((name, text));
        }
    }
    parts
}

/// What stands between tags, unescaped. Tags of a line or a paragraph are a space, others nothing.
fn tags_away(text: &str) -> String {
    let mut words = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        words.push_str(&rest[..open]);
        let close = rest[open..].find('>').expect("a tag that ends");
        let tag = &rest[open + 1..open + close];
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let inline = ["span", "strong", "ins", "del", "em", "b", "r", "t", "rPr"].contains(&name.as_str())
            || ["w:r", "w:t", "w:rPr", "w:rStyle"]
                .iter()
                .any(|inline| tag.trim_start_matches('/').split([' ', '/']).next() == Some(inline));
        words.push_str(if inline { "" } else { " " });
        rest = &rest[open + close + 1..];
    }
    words.push_str(rest);
    let named =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&amp;", "&")];
    named.iter().fold(words, |words, (escaped, plain)| words.replace(escaped, plain))
}

fn unescaped(text: &str) -> String {
    let text = text.replace("<br>", " ").replace("&lt;", "<").replace("&amp;", "&").replace("\\\n", "\n");
    let mut words = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => words.extend(letters.next()),
            '*' | '~' => {}
            _ => words.push(letter),
        }
    }
    words
}

fn leaves(value: &serde_json::Value, words: &mut String) {
    match value {
        serde_json::Value::String(text) => {
            words.push_str(text);
            words.push(' ');
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| leaves(item, words)),
        serde_json::Value::Object(fields) => fields.values().for_each(|field| leaves(field, words)),
        other => {
            words.push_str(&other.to_string());
            words.push(' ');
        }
    }
}
