//! Where does a reference on a page lead? Completed by the page’s own address, or by the one that it names as its base.

use super::address::Address;
use super::address::Scheme;

/// The address that is meant; nothing for what leads to no page.
pub fn resolved(reference: &str, base: &Address) -> Option<String> {
    let reference: String =
        reference.trim().chars().filter(|letter| !matches!(letter, '\t' | '\n' | '\r')).collect();
    let secure = if base.scheme.secure() { Scheme::Https } else { Scheme::Http };
    let (site, path) = base.site(secure);
    if scheme(&reference).is_some() {
        return reference.to_ascii_lowercase().starts_with("http").then_some(reference);
    }
    Some(match reference.as_str() {
        own if own.is_empty() || own.starts_with(['#', '?']) => format!("{site}{path}"),
        other if other.starts_with("//") => {
            format!("{}:{other}", if secure == Scheme::Https { "https" } else { "http" })
        }
        rooted if rooted.starts_with('/') => site + &without_dots(rooted),
        beside => {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            site + &without_dots(&format!("{folder}/{beside}"))
        }
    })
}

/// `mailto` of `mailto:info@a.example`, as it is written.
pub fn scheme(reference: &str) -> Option<&str> {
    let (scheme, _) = reference.trim_start().split_once(':')?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.');
    let begins = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic());
    (begins && scheme.chars().all(plain)).then_some(scheme)
}

/// A path from the root, with what `.` and `..` in it mean.
fn without_dots(path: &str) -> String {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let (path, behind) = path.split_at(end);
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment {
            "." => {}
            ".." => drop(kept.pop()),
            other => kept.push(other),
        }
    }
    // They end in a folder.
    if path.ends_with("/.") || path.ends_with("/..") {
        kept.push("");
    }
    format!("/{}{behind}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_completed_as_a_browser_does() {
        let base = Address::parse("https://a.example:8443/shop/item?x=1").unwrap();
        for (reference, meant) in [
            ("", "https://a.example:8443/shop/item"),
            ("?q=1", "https://a.example:8443/shop/item"),
            ("send", "https://a.example:8443/shop/send"),
            ("./send", "https://a.example:8443/shop/send"),
            ("../up?a=../b", "https://a.example:8443/up?a=../b"),
            ("../../../top/.", "https://a.example:8443/top/"),
            ("/root/x/..", "https://a.example:8443/root/"),
            ("//b.example/y", "https://b.example/y"),
            (" HTTP://c.example/\nz ", "HTTP://c.example/z"),
            ("1:2", "https://a.example:8443/shop/1:2"),
        ] {
            assert_eq!(resolved(reference, &base).as_deref(), Some(meant), "{reference}");
        }
        for nowhere in ["mailto:a@b.example", "javascript:void(0)", "tel:+33", "web+x:y"] {
            assert_eq!(resolved(nowhere, &base), None, "{nowhere}");
        }
    }
}
