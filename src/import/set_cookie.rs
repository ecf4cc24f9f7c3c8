//! What does a `Set-Cookie` header say beside the value? RFC 6265bis, as lenient as browsers are.

use std::net::IpAddr;

use jiff::civil::DateTime;

use super::address::Address;
use super::first_party;
use super::idn;
use crate::domain::capture::Life;
use crate::domain::capture::SameSite;
use crate::domain::capture::lies_in;

const SECONDS_A_DAY: f64 = 86_400.0;
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// One header, without the value.
#[derive(Debug, Clone, PartialEq)]
pub struct SetCookie {
    pub name: String,
    /// As it is written; empty where the cookie is the host's only.
    pub domain: String,
    pub path: String,
    pub life: Life,
    /// It takes a cookie away instead of setting one.
    pub deletes: bool,
    pub secure: bool,
    pub http_only: bool,
    pub same_site: Option<SameSite>,
}

/// What may stand behind a comma without being a cookie: a server that took it for a semicolon.
const ATTRIBUTES: [&str; 7] = ["domain", "expires", "max-age", "partitioned", "path", "priority", "samesite"];

/// The cookies of an answer’s headers. Chrome joins several with line ends, Safari with commas, which stand in dates and
/// values as well: only in a header that is the only one, a cookie begins where a name and its `=` follow a comma.
pub fn each<'a>(headers: &[&'a str]) -> Vec<&'a str> {
    let lines: Vec<&str> = headers.iter().flat_map(|header| header.lines()).collect();
    match lines.as_slice() {
        [line] => apart(line),
        _ => lines,
    }
}

fn apart(line: &str) -> Vec<&str> {
    let begins = |at: &usize| {
        let name = line.get(at + 2..).and_then(|behind| behind.split_once('=')).map(|(name, _)| name);
        name.is_some_and(|name| {
            let plain = !name.is_empty() && name.chars().all(is_of_a_name);
            plain && !ATTRIBUTES.iter().any(|known| name.eq_ignore_ascii_case(known))
        })
    };
    let mut cookies = Vec::new();
    let mut start = 0;
    for end in line.match_indices(", ").map(|(at, _)| at).filter(begins) {
        cookies.extend(line.get(start..end));
        start = end + 2;
    }
    cookies.extend(line.get(start..));
    cookies
}

/// RFC 9110, 5.6.2.
fn is_of_a_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter)
}

/// Reads one header; `at` is when the answer was given, in UTC. Nothing where there is no name.
pub fn parse(header: &str, at: Option<DateTime>) -> Option<SetCookie> {
    let mut parts = header.split(';').map(str::trim);
    let (name, _) = parts.next()?.split_once('=')?;
    let mut cookie = SetCookie {
        name: name.trim().to_owned(),
        domain: String::new(),
        path: String::new(),
        life: Life::Session,
        deletes: false,
        secure: false,
        http_only: false,
        same_site: None,
    };
    let (mut max_age, mut expires) = (None, None);
    for part in parts {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        let value = value.trim();
        match key.trim().to_ascii_lowercase().as_str() {
            "domain" => value.clone_into(&mut cookie.domain),
            "path" => value.clone_into(&mut cookie.path),
            "max-age" => max_age = value.parse::<f64>().ok().map(|seconds| seconds / SECONDS_A_DAY),
            "expires" => expires = days_until(value, at),
            "secure" => cookie.secure = true,
            "httponly" => cookie.http_only = true,
            "samesite" => cookie.same_site = same_site(value),
            _ => {}
        }
    }
    // Max-Age has precedence (RFC 6265, 5.3).
    if let Some(days) = max_age.or(expires).filter(|days| days.is_finite()) {
        cookie.deletes = days <= 0.0;
        cookie.life = lasting(days);
    }
    (!cookie.name.is_empty()).then_some(cookie)
}

impl SetCookie {
    /// Whether a browser throws this cookie away that came from there.
    pub fn is_refused(&self, from: &Address) -> bool {
        // The strictest prefix binds to the host and everything on it.
        let unbound = is_bound(&self.name) && (!self.domain.is_empty() || self.path != "/");
        unbound || is_refused(&self.name, &self.domain, Some(self.secure), from)
    }
}

fn begins(name: &str, prefix: &str) -> bool {
    name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn is_bound(name: &str) -> bool {
    begins(name, "__Host-")
}

/// Whether a browser throws a cookie away that came from there (RFC 6265bis, 5.7): it is for somebody else’s domain or
/// for everybody’s, or it is to be secure and comes without encryption.
pub fn is_refused(name: &str, domain: &str, secure: Option<bool>, from: &Address) -> bool {
    let (host, domain) = (from.host(), idn::ascii(domain));
    let is_number = host.parse::<IpAddr>().is_ok();
    let elsewhere = is_number || !lies_in(&host, &domain) || first_party::is_public_suffix(&domain);
    let foreign = !domain.is_empty() && domain != host && elsewhere;
    let promised = is_bound(name) || begins(name, "__Secure-");
    let plain = !from.scheme.secure() && !matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1");
    foreign || promised && secure == Some(false) || (promised || secure == Some(true)) && plain
}

pub fn same_site(word: &str) -> Option<SameSite> {
    match word.to_ascii_lowercase().as_str() {
        "strict" => Some(SameSite::Strict),
        "lax" => Some(SameSite::Lax),
        "none" | "no_restriction" => Some(SameSite::None),
        _ => None,
    }
}

/// A life in days, to the hundredth: what is beyond means nothing, and would make two captures differ.
pub fn lasting(days: f64) -> Life {
    Life::Days((days * 100.0).round() / 100.0)
}

/// Days from `at` until a date of HTTP, or of JSON; nothing where either is not known.
pub fn days_until(date: &str, at: Option<DateTime>) -> Option<f64> {
    let until = json_date(date).or_else(|| http_date(date))?;
    let seconds = until.duration_since(at?).as_secs_f64();
    Some(seconds / SECONDS_A_DAY)
}

/// `2026-11-23T10:00:00.000+01:00` as UTC.
pub fn json_date(text: &str) -> Option<DateTime> {
    let stamp: jiff::Timestamp = text.trim().parse().ok()?;
    Some(stamp.to_zoned_datetime(jiff::tz::TimeZone::UTC).datetime())
}

/// `Wed, 09 Jun 2027 10:18:14 GMT` and its older ways (RFC 6265, 5.1.1): the parts are told by their form, and the first
/// of each counts.
fn http_date(text: &str) -> Option<DateTime> {
    let (mut day, mut month, mut year, mut time) = (None, None, None, None);
    let splits = |letter: char| !(letter.is_ascii_alphanumeric() || letter == ':');
    for word in text.split(splits).filter(|word| !word.is_empty()) {
        let lower = word.to_ascii_lowercase();
        if word.contains(':') && time.is_none() {
            let mut parts = word.split(':').map(str::parse::<i8>);
            time = Some((parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?));
        } else if let Some(found) = MONTHS.iter().position(|name| lower.starts_with(name)) {
            month = month.or(i8::try_from(found + 1).ok());
        } else if let Ok(number) = word.parse::<i16>() {
            match day {
                None if word.len() <= 2 => day = i8::try_from(number).ok(),
                _ => year = year.or(Some(full_year(number))),
            }
        }
    }
    let (hour, minute, second) = time?;
    DateTime::new(year?, month?, day?, hour, minute, second, 0).ok()
}

/// Two digits, as they were written once.
fn full_year(year: i16) -> i16 {
    match year {
        0..70 => year + 2000,
        70..100 => year + 1900,
        _ => year,
    }
}
