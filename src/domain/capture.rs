//! What did a capture of a site show? Hosts, cookies, forms and links: names only, never a value, a query or a body.
//!
//! A capture is a file of another program: a HAR that a browser recorded, or the `inspection.json` of the EDPS
//! Website Evidence Collector. Only this summary of it is kept, as a file of its own in the client's `evidence`
//! folder, named by the SHA-256 of that file's bytes: it is never written over, and a change of it shows. The visit
//! holds a [`CaptureLabel`] for each capture; [`crate::storage::captures`] goes from one to the other.
//!
//! Addresses are `scheme://host/path`: without user, query and fragment, and with `*` in place of whatever in the path
//! looks like an identifier. Texts come from strangers: show them through [`super::text::plain_line`].

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

/// How a visit names one of its captures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaptureLabel {
    /// The name of the file that was imported, without its folder.
    pub name: String,
    pub phase: Phase,
    /// When it was taken.
    pub on: Date,
    /// SHA-256 of the file that was imported, in hexadecimal: the same file is one capture of a visit.
    pub digest: String,
    /// SHA-256 of what was read out of it: `evidence/<summary>.ron`.
    pub summary: String,
    /// SHA-256 of the capture itself, scrubbed, where it was to be kept: `evidence/<kept>.har`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<String>,
}

/// What the visitor of the site had decided about trackers when the capture was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Phase {
    /// Nothing yet: before any choice.
    #[default]
    Before,
    Refused,
    Accepted,
    /// Accepted first, then taken back.
    Withdrawn,
}

impl Phase {
    pub const ALL: [Phase; 4] = [Phase::Before, Phase::Refused, Phase::Accepted, Phase::Withdrawn];

    /// The word for it in commands and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Phase::Before => "before",
            Phase::Refused => "refused",
            Phase::Accepted => "accepted",
            Phase::Withdrawn => "withdrawn",
        }
    }

    pub fn from_word(word: &str) -> Option<Phase> {
        Phase::ALL.into_iter().find(|phase| phase.word() == word)
    }
}

/// What was read out of one capture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capture {
    pub source: Source,
    /// The program that wrote the file, and the browser, as they name themselves.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tool: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub browser: String,
    /// SHA-256 of the file that was imported, in hexadecimal.
    pub digest: String,
    /// The addresses of the pages that were visited, in their order.
    #[serde(default)]
    pub pages: Vec<String>,
    /// The registrable domains of the site: that of its first page, and those declared.
    #[serde(default)]
    pub first_party: BTreeSet<String>,
    /// Whether the file holds cookie data at all. Browsers leave them out of a sanitised HAR: then `cookies` is empty,
    /// and nothing follows from it.
    pub carries_cookies: bool,
    /// Every host that was asked for something, or that the scanner names.
    #[serde(default)]
    pub hosts: BTreeMap<String, Host>,
    #[serde(default)]
    pub cookies: Vec<Cookie>,
    /// What pages keep in the browser beside cookies: origin, then names of keys. A HAR shows none of it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub storage: BTreeMap<String, BTreeSet<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beacons: Vec<Beacon>,
    /// Forms on the site's own pages. Of a scanner's file, only those sent insecurely.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<Form>,
    /// Parameters of addresses that tell a person or a browser from others.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub identifiers: BTreeSet<Identifier>,
    /// The headers that every page of the site's own came with, or what it says itself in their place; nothing where the file shows no page's headers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security_headers: Option<BTreeSet<SecurityHeader>>,
    /// Whether a page of the site was had over https; nothing where the file does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub https: Option<bool>,
    /// Whether http:// leads to https://; nothing where it was not tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirects_to_https: Option<bool>,
    /// Whether links and forms could be looked for: the file holds the text of a page of the site.
    pub shows_pages: bool,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub links: BTreeSet<Link>,
    /// How many hosts, cookies and so on were left out because there were too many.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Capture {
    /// The hosts of others, by name.
    pub fn third_parties(&self) -> impl Iterator<Item = (&String, &Host)> {
        self.hosts.iter().filter(|(_, host)| host.third_party)
    }
}

/// Which kind of file it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// HTTP Archive 1.2.
    Har,
    /// The EDPS Website Evidence Collector's `inspection.json`.
    Inspection,
}

/// One host.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Host {
    /// The registrable domain by the public suffix rules: `example.co.uk`; an IP address is its own.
    pub domain: String,
    pub third_party: bool,
    /// A subdomain of the site that is named, or used, as those are behind which trackers hide (CNAME cloaking).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cname_like: bool,
    /// Whose it is, where the table of services knows; never a guess.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// How many requests went there; 0 where the scanner gives no number.
    pub requests: u32,
    /// How many of them over plain http.
    #[serde(skip_serializing_if = "is_zero")]
    pub plain_http: u32,
    /// What was asked for, and how often.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub kinds: BTreeMap<Kind, u32>,
    /// The lines of evidence: a few requests, `GET https://host/path`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<String>,
}

/// Whether a host is this domain, or lies below it.
pub fn lies_in(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|front| front.is_empty() || front.ends_with('.'))
}

/// A known service behind a host.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// `Google Fonts`.
    pub name: String,
    /// `Google`.
    pub company: String,
    pub category: Category,
    /// Where the company has its seat: ISO 3166-1, two letters. Nothing where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// What a service is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Category {
    Advertising,
    Analytics,
    Social,
    TagManager,
    Consent,
    Chat,
    Video,
    Fonts,
    Maps,
    Payment,
    Booking,
    /// Newsletters, customer relations, reviews, personalisation.
    Marketing,
    /// Captchas, fraud, protection against attacks.
    Security,
    Cdn,
    Hosting,
    Content,
    Utility,
    Other,
}

/// What a request was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    Document,
    Frame,
    Script,
    Style,
    Image,
    Font,
    Media,
    /// `XMLHttpRequest`, fetch, event streams.
    Fetch,
    /// Something sent for its own sake: a ping, or a picture of one pixel.
    Beacon,
    Socket,
    Other,
}

/// One cookie: never its value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cookie {
    pub name: String,
    /// The host or domain that it goes to, without a leading dot.
    pub host: String,
    pub third_party: bool,
    pub life: Life,
    pub set_by: SetBy,
    /// Nothing where the file does not say; so for the next two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secure: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http_only: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_site: Option<SameSite>,
}

/// How long a cookie lives.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub enum Life {
    /// It was seen being sent, not being set.
    Unknown,
    /// Until the browser is closed.
    Session,
    Days(f64),
}

impl Life {
    /// The days, where it is a number of days.
    pub fn days(self) -> Option<f64> {
        match self {
            Life::Days(days) => Some(days),
            Life::Unknown | Life::Session => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SetBy {
    /// The server's answer.
    Header,
    Script,
    /// It was sent along, and the capture does not show who set it: a script, or an earlier visit.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SameSite {
    Strict,
    Lax,
    None,
}

/// Something sent for its own sake, once or often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beacon {
    pub host: String,
    pub address: String,
    pub times: u32,
    /// The filter list that names it, where a scanner says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub list: String,
}

/// A form on a page of the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The page that it stands on; empty where the scanner does not say.
    pub page: String,
    /// Where it is sent to; `mailto:*` where the visitor's mail program sends it.
    pub action: String,
    /// `GET` or `POST`.
    pub method: String,
    /// Page and action are both https; of a form that is sent as a letter, the page is.
    pub secure: bool,
    /// What it asks for: names of fields, without hidden ones.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub fields: BTreeSet<String>,
}

/// A parameter in addresses of a host.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identifier {
    pub host: String,
    pub parameter: String,
    pub sign: Sign,
}

/// Why a parameter counts as an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Sign {
    /// Its value has the form of an e-mail address.
    Email,
    /// Its name is that of an identifier, and it has a value.
    Name,
    /// Its value is also that of a cookie.
    Cookie,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SecurityHeader {
    StrictTransportSecurity,
    ContentSecurityPolicy,
    XFrameOptions,
    XContentTypeOptions,
    ReferrerPolicy,
    PermissionsPolicy,
}

impl SecurityHeader {
    pub const ALL: [SecurityHeader; 6] = [
        SecurityHeader::StrictTransportSecurity,
        SecurityHeader::ContentSecurityPolicy,
        SecurityHeader::XFrameOptions,
        SecurityHeader::XContentTypeOptions,
        SecurityHeader::ReferrerPolicy,
        SecurityHeader::PermissionsPolicy,
    ];

    /// Its name in HTTP, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            SecurityHeader::StrictTransportSecurity => "strict-transport-security",
            SecurityHeader::ContentSecurityPolicy => "content-security-policy",
            SecurityHeader::XFrameOptions => "x-frame-options",
            SecurityHeader::XContentTypeOptions => "x-content-type-options",
            SecurityHeader::ReferrerPolicy => "referrer-policy",
            SecurityHeader::PermissionsPolicy => "permissions-policy",
        }
    }
}

/// A link on a page of the site that an assessment asks about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub kind: LinkKind,
    /// `mailto:*` and `tel:*` where it leads to somebody.
    pub address: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LinkKind {
    Privacy,
    Cookies,
    /// Legal notice, terms.
    Legal,
    Contact,
    Social,
}
