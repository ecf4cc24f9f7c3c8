//! What of an address may be kept? Scheme, host and path, without whoever or whatever it names.

use std::fmt;

use super::idn;

/// The longest host that DNS has, and a path that still fits a line of evidence, in characters.
const LONGEST_HOST: usize = 253;
const LONGEST_PATH: usize = 160;
/// What stands in place of an identifier.
const MASK: &str = "*";

/// An address of the web, taken apart. Only what [`fmt::Display`] writes is ever kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address<'a> {
    pub scheme: Scheme,
    /// Without port and user.
    host: &'a str,
    port: &'a str,
    path: &'a str,
    pub query: &'a str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    Http,
    Https,
    Ws,
    Wss,
}

impl Scheme {
    const ALL: [Scheme; 4] = [Scheme::Http, Scheme::Https, Scheme::Ws, Scheme::Wss];

    fn name(self) -> &'static str {
        match self {
            Scheme::Http => "http",
            Scheme::Https => "https",
            Scheme::Ws => "ws",
            Scheme::Wss => "wss",
        }
    }

    /// Whether it travels encrypted.
    pub fn secure(self) -> bool {
        matches!(self, Scheme::Https | Scheme::Wss)
    }
}

impl<'a> Address<'a> {
    /// Nothing for what asks no host: `data:`, `blob:`, an extension's file.
    pub fn parse(text: &'a str) -> Option<Address<'a>> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://")?;
        let scheme = Scheme::ALL.into_iter().find(|known| known.name().eq_ignore_ascii_case(scheme))?;
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, behind) = rest.split_at(end);
        let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
        let (host, port) = split_port(place);
        let behind = behind.split('#').next().unwrap_or_default();
        let (path, query) = behind.split_once('?').unwrap_or((behind, ""));
        let plain =
            |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | ':' | '[' | ']');
        let named = host.contains(|letter: char| letter != '.');
        let fits = named && host.len() <= LONGEST_HOST && host.chars().all(plain);
        fits.then_some(Address { scheme, host, port, path, query })
    }

    /// In lower case and ASCII, without the dot that may stand at its end.
    pub fn host(&self) -> String {
        idn::ascii(self.host)
    }

    /// As it stands in an address: one of the network, version 6, in brackets.
    fn shown_host(&self) -> String {
        let host = self.host();
        if host.contains(':') { format!("[{host}]") } else { host }
    }

    /// The site in front of its path, and the path as it is: to complete what a page refers to.
    pub fn site(&self, scheme: Scheme) -> (String, &'a str) {
        let port = if self.port.is_empty() { String::new() } else { format!(":{}", self.port) };
        (format!("{}://{}{port}", scheme.name(), self.shown_host()), self.path)
    }

    /// The names and the values in its query.
    pub fn parameters(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.query.split(['&', ';']).filter_map(|pair| pair.split_once('='))
    }
}

impl fmt::Display for Address<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}://{}", self.scheme.name(), self.shown_host())?;
        if !self.port.is_empty() && self.port.chars().all(|digit| digit.is_ascii_digit()) {
            write!(out, ":{}", self.port)?;
        }
        out.write_str(&masked(self.path))
    }
}

fn split_port(place: &str) -> (&str, &str) {
    if let Some(inside) = place.strip_prefix('[') {
        let (host, behind) = inside.split_once(']').unwrap_or((inside, ""));
        return (host, behind.trim_start_matches(':'));
    }
    place.split_once(':').unwrap_or((place, ""))
}

/// A path without identifiers: what looks like one is `*`.
pub fn masked(path: &str) -> String {
    let path = if path.is_empty() { "/" } else { path };
    let mut kept = String::new();
    for (index, segment) in path.split(['/', '\\']).enumerate() {
        if index > 0 {
            kept.push('/');
        }
        if kept.chars().count() >= LONGEST_PATH {
            kept.push('…');
            break;
        }
        kept.push_str(&segment_masked(segment));
    }
    kept
}

/// Whether a text looks like what tells one person, browser or session from others: an address of mail, a long number,
/// a mixture of letters and digits, or letters beyond any word.
pub fn is_identifying(text: &str) -> bool {
    looks_like_mail(text) || is_long_hexadecimal(text) || text.split(between).any(is_token)
}

/// An address of mail, plain or as it stands in a query.
pub fn looks_like_mail(text: &str) -> bool {
    let lower = text.to_ascii_lowercase().replace("%40", "@");
    lower.split_once('@').is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'))
}

/// UUIDs, and digests.
fn is_long_hexadecimal(text: &str) -> bool {
    let digits = text.chars().filter(|letter| *letter != '-');
    digits.clone().count() >= 16 && digits.clone().all(|letter| letter.is_ascii_hexdigit())
}

fn segment_masked(segment: &str) -> String {
    let lower = segment.to_ascii_lowercase();
    if lower.contains('@') || lower.contains("%40") || is_long_hexadecimal(segment) || segment.contains('=') {
        return MASK.to_owned();
    }
    // What follows a semicolon is a parameter: `;jsessionid` has been seen there.
    let segment = segment.split(';').next().unwrap_or_default();
    let mut kept = String::new();
    let mut rest = segment;
    while let Some(letter) = rest.chars().next() {
        let end = rest.find(between).unwrap_or(rest.len());
        if end == 0 {
            // Whatever could be obeyed by a terminal does not belong into an address.
            kept.push(if letter.is_control() { '\u{fffd}' } else { letter });
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        } else {
            let (token, behind) = rest.split_at(end);
            kept.push_str(if is_token(token) { MASK } else { token });
            rest = behind;
        }
    }
    kept
}

fn between(letter: char) -> bool {
    matches!(letter, '.' | '-' | '_' | '~' | '%' | ',' | ':' | '|' | '+' | '!' | '$' | '(' | ')')
        || letter.is_control()
}

fn is_token(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let length = text.chars().count();
    let only_digits = digits == length;
    // Capitals in the middle of a word: `AbCdEfGhIj`, as random texts have them.
    let hops =
        text.chars().zip(text.chars().skip(1)).filter(|(a, b)| a.is_lowercase() && b.is_uppercase()).count();
    (only_digits && length >= 5) || (!only_digits && digits >= 1 && length >= 8) || length >= 25 || hops >= 4
}
