//! Which blanks of a saved file say nothing? Those that lay it out for people: to skip them is a third of the work of
//! reading it, and a byte here costs a hundredth of what it costs the parser.

/// The text without the blanks behind brackets, commas and colons; texts are as they were. None where it holds what
/// this reading does not know (comments, single letters): it is then to be read as it is.
///
/// No blank goes that keeps two words apart, so that what is not RON does not become it.
pub fn compact(text: &str) -> Option<String> {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let (values, string) = rest.split_at(rest.find('"').unwrap_or(rest.len()));
        push_values(&mut kept, values)?;
        if string.is_empty() {
            return Some(kept);
        }
        let (string, after) = string.split_at(string_end(values, string)?);
        kept.push_str(string);
        rest = after;
    }
}

fn push_values(kept: &mut String, values: &str) -> Option<()> {
    let (mut from, mut silent) = (0, false);
    for (at, byte) in values.bytes().enumerate() {
        match byte {
            b'/' | b'\'' => return None,
            b' ' | b'\n' | b'\r' | b'\t' if silent => {
                kept.push_str(values.get(from..at)?);
                from = at + 1;
            }
            _ => silent = matches!(byte, b'(' | b'[' | b'{' | b',' | b':'),
        }
    }
    kept.push_str(values.get(from..)?);
    Some(())
}

/// Behind the closing quote of a string at whose opening quote the text begins.
fn string_end(before: &str, text: &str) -> Option<usize> {
    let unhashed = before.trim_end_matches('#');
    if unhashed.ends_with('r') {
        let close = format!("\"{}", before.get(unhashed.len()..)?);
        let length = text.get(1..)?.find(&close)?;
        return Some(1 + length + close.len());
    }
    let mut end = 1;
    loop {
        let rest = text.get(end..)?;
        let found = rest.find(['"', '\\'])?;
        end += found + 1;
        match rest.as_bytes().get(found) {
            // What is escaped may be longer than a byte, and holds neither of the two.
            Some(b'\\') => end += text.get(end..)?.chars().next()?.len_utf8(),
            _ => return Some(end),
        }
    }
}
