//! What does one entry of a HAR 1.2 tell? Its request and its answer, as browsers and proxies write them.
//!
//! Variants that are read: cookies missing (Chrome’s sanitised export leaves them out, with their headers), `Set-Cookie`
//! headers joined by line ends (Chrome) or commas (Safari), sizes of -1, `_resourceType` (Chrome), no pages or pages
//! behind the entries.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hash;
use std::hash::Hasher;

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::GeneralPurpose;
use base64::engine::GeneralPurposeConfig;
use jiff::civil::DateTime;
use serde::Deserialize;

use super::address::Address;
use super::address::looks_like_mail;
use super::first_party;
use super::gathering;
use super::gathering::Gathering;
use super::idn;
use super::lenient;
use super::lenient::Bounded;
use super::page;
use super::set_cookie;
use crate::domain::capture::Cookie;
use crate::domain::capture::Kind;
use crate::domain::capture::Life;
use crate::domain::capture::SecurityHeader;
use crate::domain::capture::SetBy;
use crate::domain::capture::Sign;
use crate::domain::capture::lies_in;

/// Names of parameters that carry an identifier, in lower case.
const IDENTIFYING_NAMES: [&str; 34] = [
    "_ga",
    "_gid",
    "aid",
    "anonymous_id",
    "anonymousid",
    "cid",
    "client_id",
    "clientid",
    "cookie_id",
    "cookieid",
    "device_id",
    "deviceid",
    "did",
    "email",
    "em",
    "external_id",
    "fbclid",
    "fbp",
    "gclid",
    "google_gid",
    "gid",
    "idclient",
    "mail",
    "msclkid",
    "partner_uid",
    "puid",
    "uid",
    "user_id",
    "userid",
    "uuid",
    "visitor",
    "visitor_id",
    "visitorid",
    "vid",
];
/// Shorter values are flags and counters.
const SHORTEST_VALUE: usize = 8;
/// How many values of cookies are remembered, as hashes and while reading only.
const MOST_VALUES: usize = 20_000;
const NOT_MODIFIED: f64 = 304.0;
/// Pictures of so few bytes show nothing.
const LARGEST_PIXEL: f64 = 100.0;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Entry {
    #[serde(rename = "startedDateTime", deserialize_with = "lenient::short")]
    pub started: String,
    #[serde(rename = "_resourceType", deserialize_with = "lenient::short")]
    resource_type: String,
    #[serde(deserialize_with = "lenient::object")]
    pub request: Request,
    #[serde(deserialize_with = "lenient::object")]
    pub response: Response,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    #[serde(deserialize_with = "lenient::short")]
    pub method: String,
    #[serde(deserialize_with = "lenient::text")]
    pub url: String,
    #[serde(deserialize_with = "lenient::list")]
    pub headers: Bounded<Header>,
    #[serde(deserialize_with = "lenient::list")]
    pub cookies: Bounded<ListedCookie>,
    #[serde(rename = "postData", deserialize_with = "lenient::object")]
    posted: Posted,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Response {
    #[serde(deserialize_with = "lenient::number")]
    pub status: Option<f64>,
    #[serde(deserialize_with = "lenient::list")]
    pub headers: Bounded<Header>,
    #[serde(deserialize_with = "lenient::list")]
    pub cookies: Bounded<ListedCookie>,
    #[serde(deserialize_with = "lenient::object")]
    pub content: Content,
    #[serde(rename = "redirectURL", deserialize_with = "lenient::text")]
    redirect: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Header {
    #[serde(deserialize_with = "lenient::short")]
    pub name: String,
    #[serde(deserialize_with = "lenient::text")]
    value: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListedCookie {
    #[serde(deserialize_with = "lenient::short")]
    pub name: String,
    #[serde(deserialize_with = "lenient::text")]
    value: String,
    /// Chrome says of cookies that are sent, too, where they go and how long they live.
    #[serde(deserialize_with = "lenient::short")]
    domain: String,
    #[serde(deserialize_with = "lenient::short")]
    expires: String,
    #[serde(rename = "httpOnly", deserialize_with = "lenient::truth")]
    http_only: Option<bool>,
    #[serde(deserialize_with = "lenient::truth")]
    secure: Option<bool>,
    #[serde(rename = "sameSite", deserialize_with = "lenient::short")]
    same_site: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Content {
    #[serde(deserialize_with = "lenient::number")]
    size: Option<f64>,
    #[serde(rename = "mimeType", deserialize_with = "lenient::short")]
    pub mime: String,
    /// The intake cuts it; only of pages is anything read.
    #[serde(deserialize_with = "lenient::page")]
    text: String,
    #[serde(deserialize_with = "lenient::short")]
    encoding: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Posted {
    #[serde(rename = "mimeType", deserialize_with = "lenient::short")]
    mime: String,
    #[serde(deserialize_with = "lenient::list")]
    params: Bounded<Parameter>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Parameter {
    #[serde(deserialize_with = "lenient::short")]
    name: String,
}

/// Reads entries one after the other.
#[derive(Debug)]
pub struct Reader<'a> {
    gathering: &'a RefCell<Gathering>,
    /// What cookies were worth, as hashes, to find the same in addresses. It is gone with the reader.
    values: HashSet<u64>,
}

impl<'a> Reader<'a> {
    pub fn new(gathering: &'a RefCell<Gathering>) -> Reader<'a> {
        Reader { gathering, values: HashSet::new() }
    }

    pub fn entry(&mut self, entry: &Entry) {
        let Some(address) = Address::parse(&entry.request.url) else { return };
        let gathering = &mut *self.gathering.borrow_mut();
        let kind = kind(entry);
        gathering.request(&address, &entry.request.method, kind, travels_plain(entry, &address));
        let (request, response) = (&entry.request, &entry.response);
        for list in [request.headers.more, request.cookies.more, response.headers.more, response.cookies.more]
        {
            gathering.leave_out(list);
        }
        self.cookies(entry, &address, gathering);
        self.identifiers(&address, gathering);
        if leads_to_https(entry, &address) {
            gathering.led_to_https(address.host());
        }
        match kind {
            Kind::Document => document(entry, &address, gathering),
            // One of the site’s own inside its page shows forms and links like the page.
            Kind::Frame if answered(entry) => drop(read_page(&entry.response.content, &address, gathering)),
            _ => {}
        }
    }

    fn cookies(&mut self, entry: &Entry, address: &Address, gathering: &mut Gathering) {
        let at = set_cookie::json_date(&entry.started);
        let host = address.host();
        let headers: Vec<&str> = named(&entry.response.headers, "set-cookie").collect();
        for header in set_cookie::each(&headers) {
            gathering.carries_cookies = true;
            self.remember(
                header.split(';').next().and_then(|pair| pair.split_once('=')).map(|(_, value)| value),
            );
            let Some(read) = set_cookie::parse(header, at) else { continue };
            if read.deletes || read.is_refused(address) {
                continue;
            }
            gathering.cookie(Cookie {
                host: if read.domain.is_empty() { host.clone() } else { read.domain },
                name: read.name,
                third_party: false,
                life: read.life,
                set_by: SetBy::Header,
                secure: Some(read.secure),
                http_only: Some(read.http_only),
                same_site: read.same_site,
            });
        }
        // The header says more; the list repeats it, except where only the list was written.
        if headers.is_empty() {
            for given in entry.response.cookies.iter() {
                gathering.carries_cookies = true;
                self.remember(Some(&given.value));
                let taken = !set_cookie::is_refused(&given.name, &given.domain, given.secure, address);
                if let Some(cookie) = given_cookie(given, &host, at).filter(|_| taken) {
                    gathering.cookie(cookie);
                }
            }
        }
        for sent in entry.request.cookies.iter() {
            self.remember(Some(&sent.value));
            gathering.cookie(sent_cookie(sent, &host, at));
        }
        for (name, value) in named(&entry.request.headers, "cookie")
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.split_once('='))
        {
            self.remember(Some(value));
            gathering.cookie(gathering::sent(name.trim(), host.clone()));
        }
    }

    fn remember(&mut self, value: Option<&str>) {
        let value = value.map(str::trim).filter(|value| value.len() >= SHORTEST_VALUE);
        if let Some(value) = value.filter(|_| self.values.len() < MOST_VALUES) {
            self.values.insert(hash(value));
        }
    }

    fn identifiers(&self, address: &Address, gathering: &mut Gathering) {
        for (parameter, value) in address.parameters() {
            let lower = parameter.to_ascii_lowercase();
            let sign = if looks_like_mail(value) {
                Sign::Email
            } else if value.len() >= SHORTEST_VALUE && self.values.contains(&hash(value)) {
                Sign::Cookie
            } else if value.len() >= SHORTEST_VALUE && IDENTIFYING_NAMES.contains(&lower.as_str()) {
                Sign::Name
            } else {
                continue;
            };
            if let Some(parameter) = page::field_name(parameter) {
                gathering.identifier(address.host(), &parameter, sign);
            }
        }
    }
}

fn hash(value: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn named<'a>(headers: &'a [Header], name: &str) -> impl Iterator<Item = &'a str> {
    headers
        .iter()
        .filter(move |header| header.name.eq_ignore_ascii_case(name))
        .map(|header| header.value.as_str())
}

/// None where it takes a cookie away.
fn given_cookie(given: &ListedCookie, host: &str, at: Option<DateTime>) -> Option<Cookie> {
    let days = set_cookie::days_until(&given.expires, at);
    let life = match days {
        Some(days) => set_cookie::lasting(days),
        None if given.expires.is_empty() => Life::Session,
        None => Life::Unknown,
    };
    days.is_none_or(|days| days > 0.0).then(|| Cookie {
        name: given.name.clone(),
        host: if given.domain.is_empty() { host.to_owned() } else { given.domain.clone() },
        third_party: false,
        life,
        set_by: SetBy::Header,
        secure: given.secure,
        http_only: given.http_only,
        same_site: set_cookie::same_site(&given.same_site),
    })
}

/// Only where the domain is told does the rest mean anything: older browsers fill it in.
fn sent_cookie(sent: &ListedCookie, host: &str, at: Option<DateTime>) -> Cookie {
    let of_host = gathering::sent(&sent.name, host.to_owned());
    let within = lies_in(host, &idn::ascii(&sent.domain));
    let known = given_cookie(sent, host, at).filter(|_| within && !sent.domain.is_empty());
    known.map_or(of_host, |known| Cookie { set_by: SetBy::Unknown, ..known })
}

/// Whether it went over the network without encryption. A browser that knows better leads itself from http to https
/// before anything is sent (HSTS, upgrades), and writes that down as an answer; a proxy is asked for a tunnel.
fn travels_plain(entry: &Entry, address: &Address) -> bool {
    !address.scheme.secure() && !led_by_browser(entry) && !is_tunnel(entry)
}

/// What a proxy is asked for before the site is: nothing that the site would answer.
fn is_tunnel(entry: &Entry) -> bool {
    entry.request.method.eq_ignore_ascii_case("connect")
}

/// Chrome names its reason where no server gave the answer.
fn led_by_browser(entry: &Entry) -> bool {
    named(&entry.response.headers, "non-authoritative-reason").next().is_some()
}

/// What the request was for: as the browser says it in a header or a field of its own, else by what came.
fn kind(entry: &Entry) -> Kind {
    if is_tunnel(entry) {
        return Kind::Other;
    }
    let destination = named(&entry.request.headers, "sec-fetch-dest").next().unwrap_or_default();
    let told = match destination.to_ascii_lowercase().as_str() {
        "document" => Some(Kind::Document),
        "iframe" | "frame" | "embed" | "object" => Some(Kind::Frame),
        "script" | "worker" | "serviceworker" | "sharedworker" => Some(Kind::Script),
        "style" => Some(Kind::Style),
        "image" => Some(Kind::Image),
        "font" => Some(Kind::Font),
        "audio" | "video" | "track" => Some(Kind::Media),
        _ => None,
    };
    let told = told.or(match entry.resource_type.as_str() {
        "document" => Some(Kind::Document),
        "script" => Some(Kind::Script),
        "stylesheet" => Some(Kind::Style),
        "image" => Some(Kind::Image),
        "font" => Some(Kind::Font),
        "media" => Some(Kind::Media),
        "ping" | "beacon" => Some(Kind::Beacon),
        "websocket" => Some(Kind::Socket),
        "xhr" | "fetch" | "eventsource" | "preflight" => Some(Kind::Fetch),
        _ => None,
    });
    let told = told.or_else(|| is_sent_only(entry).then_some(Kind::Beacon));
    let kind = told.unwrap_or_else(|| kind_of_answer(entry));
    let size = entry.response.content.size.unwrap_or(-1.0);
    let pixel =
        kind == Kind::Image && (size > 0.0 && size <= LARGEST_PIXEL || entry.response.status == Some(204.0));
    if pixel { Kind::Beacon } else { kind }
}

/// `sendBeacon`, the ping of a link, or a post of which the page may not read the answer.
fn is_sent_only(entry: &Entry) -> bool {
    let told = |name, wanted: &str| {
        named(&entry.request.headers, name).next().is_some_and(|value| value.eq_ignore_ascii_case(wanted))
    };
    entry.request.method.eq_ignore_ascii_case("post")
        && (told("content-type", "text/ping")
            || told("sec-fetch-dest", "empty") && told("sec-fetch-mode", "no-cors"))
}

fn kind_of_answer(entry: &Entry) -> Kind {
    let url = &entry.request.url;
    if url.starts_with("ws") {
        return Kind::Socket;
    }
    let mime = entry.response.content.mime.to_ascii_lowercase();
    match mime.split(['/', ';']).next().unwrap_or_default() {
        "image" => Kind::Image,
        "font" => Kind::Font,
        "audio" | "video" => Kind::Media,
        _ if mime.contains("font") => Kind::Font,
        _ if mime.contains("javascript") || mime.contains("ecmascript") => Kind::Script,
        _ if mime.contains("css") => Kind::Style,
        _ if mime.contains("html") && !redirects(entry) => Kind::Document,
        _ if mime.contains("json") || mime.contains("xml") => Kind::Fetch,
        _ => Kind::Other,
    }
}

fn redirects(entry: &Entry) -> bool {
    let status = entry.response.status;
    status != Some(NOT_MODIFIED) && status.is_some_and(|status| (300.0..400.0).contains(&status))
}

/// Whatever was asked for: http:// of a site leads to its https://.
fn leads_to_https(entry: &Entry, address: &Address) -> bool {
    let location = named(&entry.response.headers, "location").next().unwrap_or(&entry.response.redirect);
    let host = address.host();
    let same = |to: &Address| first_party::domain(&to.host()) == first_party::domain(&host);
    let to = Address::parse(location).filter(|to| to.scheme.secure() && same(to));
    redirects(entry) && to.is_some() && !address.scheme.secure() && !led_by_browser(entry)
}

/// A page that was asked for, and answered.
fn document(entry: &Entry, address: &Address, gathering: &mut Gathering) {
    submitted(entry, address, gathering);
    if answered(entry) {
        gathering.page(address);
        let said = read_page(&entry.response.content, address, gathering);
        if said.is_some() {
            gathering.shows(address.host());
        }
        // The browser that had the page already was told that it still holds, not with which headers.
        let headers = &entry.response.headers;
        if entry.response.status != Some(NOT_MODIFIED) && !headers.is_empty() {
            let sent = SecurityHeader::ALL.into_iter().filter(|header| is_sent(*header, headers, address));
            gathering.headers(address.host(), &sent.chain(said.unwrap_or_default()).collect());
        }
    } else if entry.response.status.is_some_and(|status| status >= 400.0) {
        gathering.stands_for_the_site(&address.host());
    }
}

/// Whether the page came, or the browser had it already.
fn answered(entry: &Entry) -> bool {
    let status = entry.response.status;
    status.is_some_and(|status| (200.0..300.0).contains(&status) || status == NOT_MODIFIED)
}

/// Over plain http, or for no time at all, a browser keeps to no HTTPS (RFC 6797, 6.1.1 and 8.1).
fn is_sent(header: SecurityHeader, headers: &[Header], address: &Address) -> bool {
    let mut values = named(headers, header.name());
    match header {
        SecurityHeader::StrictTransportSecurity => {
            let lasts =
                |value: &str| !value.to_ascii_lowercase().replace(['"', ' '], "").contains("max-age=0");
            address.scheme.secure() && values.next().is_some_and(lasts)
        }
        _ => values.next().is_some(),
    }
}

/// Gives what the page says itself in place of headers; nothing where its text is not there.
fn read_page(
    content: &Content,
    address: &Address,
    gathering: &mut Gathering,
) -> Option<BTreeSet<SecurityHeader>> {
    if content.text.is_empty() || !content.mime.to_ascii_lowercase().contains("html") {
        return None;
    }
    let decoded = (content.encoding == "base64").then(|| decoded(&content.text));
    let read = page::read(decoded.as_deref().unwrap_or(&content.text), address);
    read.forms.into_iter().for_each(|form| gathering.form(address.host(), form));
    read.links.into_iter().for_each(|(kind, to)| gathering.link(address.host(), kind, to));
    Some(read.headers)
}

/// A form that was sent while the capture was taken. Which page it stood on, the referrer tells.
fn submitted(entry: &Entry, address: &Address, gathering: &mut Gathering) {
    let posted = &entry.request.posted;
    let is_form = posted.mime.contains("form-urlencoded") || posted.mime.contains("multipart/form-data");
    if !is_form || !entry.request.method.eq_ignore_ascii_case("post") {
        return;
    }
    let from = named(&entry.request.headers, "referer").next().and_then(Address::parse);
    let from = from.unwrap_or(*address);
    if let Some(mut form) = page::form_to(&entry.request.url, "post", &from) {
        form.fields =
            posted.params.iter().filter_map(|parameter| page::field_name(&parameter.name)).collect();
        gathering.form(from.host(), form);
    }
}

/// Base64 (RFC 4648), as far as it is: captures break lines, and cut. What is not UTF-8 in it shows as such.
fn decoded(text: &str) -> String {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_allow_trailing_bits(true)
            .with_decode_padding_mode(DecodePaddingMode::RequireNone),
    );
    let mut letters: Vec<u8> = text
        .bytes()
        .filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, b'+' | b'/'))
        .collect();
    // One letter alone is no byte yet.
    if letters.len() % 4 == 1 {
        letters.pop();
    }
    String::from_utf8_lossy(&LENIENT.decode(letters).unwrap_or_default()).into_owned()
}
