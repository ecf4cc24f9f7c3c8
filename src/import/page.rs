//! Which forms and links does a page hold? Read from its text, of which nothing else is kept.
//!
//! No parser of HTML: tags are found by their brackets, which is what a page needs that browsers show. What a script
//! adds later is not in the text, and not seen.

use super::address::Address;
use super::address::Scheme;
use super::address::is_identifying;
use super::lenient::beginning;
use crate::domain::capture::Form;
use crate::domain::capture::LinkKind;
use crate::domain::capture::lies_in;
use crate::domain::text::fold;

/// The words, folded, that tell what a link leads to; the first that fits counts.
const LINK_WORDS: [(LinkKind, &[&str]); 4] = [
    (LinkKind::Cookies, &["cookie", "traceur"]),
    (
        LinkKind::Privacy,
        &[
            "privacy",
            "vie privee",
            "vie-privee",
            "confidentialit",
            "donnees personnelles",
            "donnees-personnelles",
            "donnees a caractere personnel",
            "rgpd",
            "gdpr",
            "data protection",
            "data-protection",
            "datenschutz",
            "protection des donnees",
            "protection-des-donnees",
        ],
    ),
    (
        LinkKind::Legal,
        &[
            "mentions legales",
            "mentions-legales",
            "legal",
            "cgv",
            "cgu",
            "conditions generales",
            "terms",
            "impressum",
        ],
    ),
    (LinkKind::Contact, &["contact"]),
];
const SOCIAL_HOSTS: [&str; 9] = [
    "facebook.com",
    "instagram.com",
    "linkedin.com",
    "pinterest.com",
    "tiktok.com",
    "twitter.com",
    "x.com",
    "youtube.com",
    "snapchat.com",
];
/// Fields of one form, and how long the name of one may be, in bytes.
const MOST_FIELDS: usize = 60;
const LONGEST_FIELD: usize = 60;
/// Links longer than this have a text that no visitor reads.
const LONGEST_LINK: usize = 2000;

/// What was found on one page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    pub forms: Vec<Form>,
    /// Where links of interest lead.
    pub links: Vec<(LinkKind, String)>,
}

/// Reads a page that was had at this address.
pub fn read(html: &str, at: &Address) -> Page {
    let mut page = Page::default();
    let mut open: Option<Form> = None;
    let mut rest = html;
    while let Some((tag, behind)) = next_tag(rest) {
        rest = behind;
        let name =
            tag.split(|letter: char| letter.is_whitespace() || letter == '/').next().unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "form" => {
                page.forms.extend(open.take());
                open = form(tag, at);
            }
            "" if tag.get(1..5).is_some_and(|word| word.eq_ignore_ascii_case("form")) => {
                page.forms.extend(open.take());
            }
            "input" | "textarea" | "select" => {
                if let (Some(form), Some(field)) = (&mut open, field(tag))
                    && form.fields.len() < MOST_FIELDS
                {
                    form.fields.insert(field);
                }
            }
            "a" | "area" => page.links.extend(link(tag, behind, at)),
            // What stands in a script is no tag.
            "script" | "style" => rest = after_closing(behind, name),
            _ => {}
        }
    }
    page.forms.extend(open);
    page
}

/// What a link leads to, by its address and its words.
pub fn link_kind(address: &Address, words: &str) -> Option<LinkKind> {
    let host = address.host();
    if SOCIAL_HOSTS.iter().any(|social| lies_in(&host, social)) {
        return Some(LinkKind::Social);
    }
    let said = fold(&format!("{words} {address}"));
    LINK_WORDS.iter().find(|(_, fits)| fits.iter().any(|word| said.contains(word))).map(|(kind, _)| *kind)
}

/// Where a form of this page is sent to, as it may be kept.
pub fn form_to(action: &str, method: &str, at: &Address) -> Option<Form> {
    let address = resolved(action, at)?;
    let address = Address::parse(&address)?;
    let secure = address.scheme.secure() && at.scheme.secure();
    let method = if method.eq_ignore_ascii_case("post") { "POST" } else { "GET" };
    let (page, action) = (at.to_string(), address.to_string());
    Some(Form { page, action, method: method.to_owned(), secure, fields: std::collections::BTreeSet::new() })
}

/// The name of a form's field, unless it tells more than a name would.
pub fn field_name(name: &str) -> Option<String> {
    let plain = name.chars().all(|letter| letter.is_alphanumeric() || "-_.[]".contains(letter));
    let name = beginning(name, LONGEST_FIELD);
    (plain && !name.is_empty() && !is_identifying(name)).then(|| name.to_owned())
}

/// What is between the next `<` and its `>`, and what follows.
fn next_tag(html: &str) -> Option<(&str, &str)> {
    let mut rest = html;
    loop {
        let start = rest.find('<')?;
        rest = rest.get(start + 1..)?;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").and_then(|end| comment.get(end + 3..))?;
            continue;
        }
        let end = rest.find('>')?;
        return Some((rest.get(..end)?, rest.get(end + 1..)?));
    }
}

fn after_closing<'a>(html: &'a str, name: &str) -> &'a str {
    let mut rest = html;
    while let Some(at) = rest.find("</") {
        rest = rest.get(at + 2..).unwrap_or_default();
        if rest.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name)) {
            return rest;
        }
    }
    ""
}

/// The value of an attribute.
fn attribute<'a>(tag: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = tag;
    while let Some(at) = rest.find('=') {
        let (before, behind) = rest.split_at(at);
        let name = before.trim_end().rsplit(|letter: char| letter.is_whitespace() || letter == '/').next()?;
        let behind = behind.get(1..)?.trim_start();
        let (value, after) = match behind.chars().next()? {
            quote @ ('"' | '\'') => {
                let inside = behind.get(1..)?;
                inside.split_once(quote).unwrap_or((inside, ""))
            }
            _ => behind.split_at(behind.find(char::is_whitespace).unwrap_or(behind.len())),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value.trim());
        }
        rest = after;
    }
    None
}

fn form(tag: &str, at: &Address) -> Option<Form> {
    let action = attribute(tag, "action").unwrap_or_default();
    form_to(action, attribute(tag, "method").unwrap_or_default(), at)
}

fn field(tag: &str) -> Option<String> {
    let kind = attribute(tag, "type").unwrap_or_default().to_ascii_lowercase();
    let shown = !matches!(kind.as_str(), "hidden" | "submit" | "button" | "reset" | "image");
    field_name(attribute(tag, "name")?).filter(|_| shown)
}

fn link(tag: &str, behind: &str, at: &Address) -> Option<(LinkKind, String)> {
    let address = resolved(attribute(tag, "href")?, at)?;
    let address = Address::parse(&address)?;
    let inside = beginning(behind, LONGEST_LINK);
    let inside = inside.split("</a").next().unwrap_or_default();
    let mut words = String::new();
    for (index, part) in inside.split('<').enumerate() {
        let text = if index == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) };
        words.push_str(text);
        words.push(' ');
    }
    let words = words.replace("&eacute;", "é").replace("&#233;", "é").replace("&nbsp;", " ");
    link_kind(&address, &words).map(|kind| (kind, address.to_string()))
}

/// An address as it is meant on this page; nothing for what leads to no page.
fn resolved(reference: &str, at: &Address) -> Option<String> {
    let reference = reference.trim().replace("&amp;", "&");
    let secure = if at.scheme.secure() { Scheme::Https } else { Scheme::Http };
    let (site, path) = at.site(secure);
    let has_scheme = reference.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.chars().all(|letter| letter.is_ascii_alphanumeric())
    });
    Some(match reference.as_str() {
        "" => format!("{site}{path}"),
        own if own.starts_with('#') || own.starts_with('?') => format!("{site}{path}"),
        other if other.starts_with("//") => {
            format!("{}:{other}", if secure == Scheme::Https { "https" } else { "http" })
        }
        rooted if rooted.starts_with('/') => format!("{site}{rooted}"),
        full if has_scheme => {
            return full.to_ascii_lowercase().starts_with("http").then(|| full.to_owned());
        }
        beside => {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{site}{folder}/{}", beside.trim_start_matches("./"))
        }
    })
}
