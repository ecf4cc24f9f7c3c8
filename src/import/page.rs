//! Which forms and links does a page hold? Read from its text, of which nothing else is kept.
//!
//! No parser of HTML: tags are found by their brackets, which is what a page needs that browsers show. What a script
//! adds later is not in the text, and not seen.

use std::collections::BTreeSet;

use super::address::Address;
use super::address::is_identifying;
use super::lenient::beginning;
use super::reference::resolved;
use super::reference::scheme;
use super::tag;
use super::tag::Tag;
use crate::domain::capture::Form;
use crate::domain::capture::LinkKind;
use crate::domain::capture::SecurityHeader;
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
/// What stands for letters and calls, in place of whom they go to.
const MAIL: &str = "mailto:*";
const PHONE: &str = "tel:*";
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
    /// What the page says itself in place of a header.
    pub headers: BTreeSet<SecurityHeader>,
}

/// Where a page was had, and what completes its references.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    at: &'a Address<'a>,
    base: Address<'a>,
}

/// A form that was begun: where it can be sent to, by itself and by its buttons, and what it asks for.
#[derive(Debug, Default)]
struct Begun {
    sent: Vec<Form>,
    /// The action and the method that count where a button names none.
    action: String,
    method: String,
    fields: BTreeSet<String>,
}

/// Reads a page that was had at this address.
pub fn read(html: &str, at: &Address) -> Page {
    let base = base(html, at);
    let base = base.as_deref().and_then(Address::parse).unwrap_or(*at);
    let place = Place { at, base };
    let mut page = Page::default();
    let mut begun: Option<Begun> = None;
    let mut rest = html;
    while let Some((tag, behind)) = Tag::next(rest) {
        rest = behind;
        match tag.name().as_str() {
            "form" => {
                page.forms.extend(begun.into_iter().flat_map(Begun::ended));
                begun = Some(Begun::with(tag, place));
            }
            "/form" => page.forms.extend(begun.take().into_iter().flat_map(Begun::ended)),
            "input" | "textarea" | "select" | "button" => {
                if let Some(begun) = &mut begun {
                    begun.part(tag, place);
                }
            }
            "a" | "area" => page.links.extend(link(tag, behind, place)),
            "meta" => page.headers.extend(header(tag)),
            // What stands in a script is no tag.
            name @ ("script" | "style") => rest = tag::after_closing(behind, name),
            _ => {}
        }
    }
    page.forms.extend(begun.into_iter().flat_map(Begun::ended));
    page
}

/// What the page’s references start from, where it says so: in its head, and the first time counts.
fn base(html: &str, at: &Address) -> Option<String> {
    let mut rest = html;
    while let Some((tag, behind)) = Tag::next(rest) {
        rest = behind;
        match tag.name().as_str() {
            "base" => {
                if let Some(base) = tag.attribute("href") {
                    return resolved(&base, at);
                }
            }
            "/head" | "body" => return None,
            name @ ("script" | "style") => rest = tag::after_closing(behind, name),
            _ => {}
        }
    }
    None
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
    form(action, method, Place { at, base: *at })
}

/// The name of a form's field, unless it tells more than a name would.
pub fn field_name(name: &str) -> Option<String> {
    let plain = name.chars().all(|letter| letter.is_alphanumeric() || "-_.[]".contains(letter));
    let name = beginning(name, LONGEST_FIELD);
    (plain && !name.is_empty() && !is_identifying(name)).then(|| name.to_owned())
}

fn form(action: &str, method: &str, place: Place) -> Option<Form> {
    let page = place.at.to_string();
    let method = if method.eq_ignore_ascii_case("post") { "POST" } else { "GET" };
    // Without an action it goes to the page itself, whatever its references start from.
    let base = if action.trim().is_empty() { *place.at } else { place.base };
    let (action, secure) = match by_other_means(action) {
        // The site has no part in how a letter travels; it has in the page on which it is written.
        Some(MAIL) => (MAIL.to_owned(), place.at.scheme.secure()),
        Some(_) => return None,
        None => {
            let address = resolved(action, &base)?;
            let address = Address::parse(&address)?;
            (address.to_string(), address.scheme.secure() && place.at.scheme.secure())
        }
    };
    Some(Form { page, action, method: method.to_owned(), secure, fields: BTreeSet::new() })
}

/// What a reference asks for that leads to no page, but to somebody; never to whom.
fn by_other_means(reference: &str) -> Option<&'static str> {
    let scheme = scheme(reference)?;
    [MAIL, PHONE]
        .into_iter()
        .find(|known| known.split(':').next().is_some_and(|it| scheme.eq_ignore_ascii_case(it)))
}

impl Begun {
    fn with(tag: Tag, place: Place) -> Begun {
        let action = tag.attribute("action").unwrap_or_default();
        let method = tag.word("method");
        let mut begun = Begun { action, method, ..Begun::default() };
        begun.can_be_sent("", "", place);
        begun
    }

    /// Once more, with what a button says of its own.
    fn can_be_sent(&mut self, action: &str, method: &str, place: Place) {
        let action = if action.is_empty() { self.action.as_str() } else { action };
        let method = if method.is_empty() { self.method.as_str() } else { method };
        // A dialog is closed, and nothing sent.
        if method != "dialog" && self.sent.len() < MOST_FIELDS {
            self.sent.extend(form(action, method, place));
        }
    }

    fn ended(self) -> impl Iterator<Item = Form> {
        let Begun { sent, fields, .. } = self;
        sent.into_iter().map(move |form| Form { fields: fields.clone(), ..form })
    }

    /// A field, or a button.
    fn part(&mut self, tag: Tag, place: Place) {
        let (action, method) = (tag.attribute("formaction").unwrap_or_default(), tag.word("formmethod"));
        if !action.is_empty() || !method.is_empty() {
            self.can_be_sent(&action, &method, place);
        }
        if tag.name() != "button"
            && self.fields.len() < MOST_FIELDS
            && let Some(field) = field(tag)
        {
            self.fields.insert(field);
        }
    }
}

fn field(tag: Tag) -> Option<String> {
    let kind = tag.word("type");
    let shown = !matches!(kind.as_str(), "hidden" | "submit" | "button" | "reset" | "image");
    field_name(&tag.attribute("name")?).filter(|_| shown)
}

/// A policy of contents or of referrers that the page carries itself counts like the header.
fn header(tag: Tag) -> Option<SecurityHeader> {
    let said = tag.attribute("content").is_some_and(|said| !said.is_empty());
    let header = match (tag.word("http-equiv").as_str(), tag.word("name").as_str()) {
        ("content-security-policy", _) => SecurityHeader::ContentSecurityPolicy,
        (_, "referrer") => SecurityHeader::ReferrerPolicy,
        _ => return None,
    };
    said.then_some(header)
}

fn link(tag: Tag, behind: &str, place: Place) -> Option<(LinkKind, String)> {
    let reference = tag.attribute("href")?;
    if let Some(means) = by_other_means(&reference) {
        return Some((LinkKind::Contact, means.to_owned()));
    }
    let address = resolved(&reference, &place.base)?;
    let address = Address::parse(&address)?;
    link_kind(&address, &words(tag, behind)).map(|kind| (kind, address.to_string()))
}

/// What a link says: in its text, to whoever cannot see it, and in place of its pictures.
fn words(tag: Tag, behind: &str) -> String {
    let inside = beginning(behind, LONGEST_LINK);
    // No link stands in another: the next one ends it as well.
    let ends = ["</a", "<a "].into_iter().filter_map(|end| inside.find(end)).min();
    let inside = inside.get(..ends.unwrap_or(inside.len())).unwrap_or_default();
    let mut words = vec![tag.attribute("aria-label"), tag.attribute("title")];
    for (index, part) in inside.split('<').enumerate() {
        let (inner, text) = if index == 0 { ("", part) } else { part.split_once('>').unwrap_or((part, "")) };
        words.push(Tag::of(inner).attribute("alt"));
        words.push(Some(tag::unescaped(text)));
    }
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
