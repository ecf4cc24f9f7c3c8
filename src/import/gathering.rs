//! What is kept while a capture goes by? Sums by host, names of cookies; whose they are is told at the end.
//!
//! Every collection has a bound, and what is beyond it is counted. The site's own domains may be known only when the
//! whole file was read: until then nobody is a third party.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::address::Address;
use super::first_party;
use super::idn;
use super::lenient::beginning;
use super::services;
use crate::domain::capture::Beacon;
use crate::domain::capture::Capture;
use crate::domain::capture::Cookie;
use crate::domain::capture::Form;
use crate::domain::capture::Host;
use crate::domain::capture::Identifier;
use crate::domain::capture::Kind;
use crate::domain::capture::Life;
use crate::domain::capture::Link;
use crate::domain::capture::LinkKind;
use crate::domain::capture::SecurityHeader;
use crate::domain::capture::SetBy;
use crate::domain::capture::Sign;
use crate::domain::capture::Source;

/// No site that anybody assesses has more of any of these.
const MOST: usize = 5000;
/// Lines of evidence for a host.
const SAMPLES: usize = 5;
/// Names of cookies, keys and programs, in bytes.
const LONGEST_NAME: usize = 200;

/// The first page that answered counts as the site, were it to refuse; the host asked first, where no page is known.
#[derive(Debug, Default)]
pub struct Gathering {
    pub tool: String,
    pub browser: String,
    pub carries_cookies: bool,
    /// A scanner that looks at pages says so as a whole.
    pub shows_pages: bool,
    pub https: Option<bool>,
    pub redirects_to_https: Option<bool>,
    first_page: Option<String>,
    first_asked: Option<String>,
    hosts: BTreeMap<String, Host>,
    /// By name and host: those that were set.
    cookies: BTreeMap<(String, String), Cookie>,
    /// Those that were seen being sent. They are told only where nothing tells more.
    sent: BTreeMap<(String, String), Cookie>,
    storage: BTreeMap<String, BTreeSet<String>>,
    beacons: BTreeMap<String, Beacon>,
    identifiers: BTreeSet<Identifier>,
    /// What follows belongs to pages, by their host: only the site's own are kept.
    pages: Vec<(String, String)>,
    forms: BTreeSet<(String, Form)>,
    links: BTreeSet<(String, Link)>,
    headers: BTreeMap<String, BTreeSet<SecurityHeader>>,
    /// Pages over plain http: whether they led to https.
    plain_pages: BTreeMap<String, bool>,
    secure_pages: BTreeSet<String>,
    /// Hosts of which the text of a page was seen.
    shown: BTreeSet<String>,
    left_out: u32,
}

impl Gathering {
    /// A host that is named without a request that could be shown.
    pub fn host(&mut self, name: &str) -> Option<&mut Host> {
        if !self.hosts.contains_key(name) && self.hosts.len() >= MOST {
            self.leave_out(1);
            return None;
        }
        let host = self.hosts.entry(name.to_owned()).or_default();
        first_party::domain(name).clone_into(&mut host.domain);
        Some(host)
    }

    /// `plain` is whether it went over the network without encryption.
    pub fn request(&mut self, address: &Address, method: &str, kind: Kind, plain: bool) {
        let name = address.host();
        self.first_asked.get_or_insert_with(|| name.clone());
        let method: String = method.chars().filter(char::is_ascii_alphabetic).take(10).collect();
        let sample = format!("{} {address}", method.to_ascii_uppercase());
        let Some(host) = self.host(&name) else { return };
        host.requests += 1;
        host.plain_http += u32::from(plain);
        *host.kinds.entry(kind).or_default() += 1;
        if host.samples.len() < SAMPLES && !host.samples.contains(&sample) {
            host.samples.push(sample);
        }
        if kind == Kind::Beacon {
            self.beacon(address, 1, "");
        }
    }

    pub fn beacon(&mut self, address: &Address, times: u32, list: &str) {
        let (shown, host) = (address.to_string(), address.host());
        if self.beacons.len() >= MOST && !self.beacons.contains_key(&shown) {
            self.leave_out(1);
            return;
        }
        let list = name(list);
        let beacon = Beacon { host, address: shown.clone(), times: 0, list };
        let beacon = self.beacons.entry(shown).or_insert(beacon);
        beacon.times = beacon.times.saturating_add(times);
    }

    /// Of two that were set, the later counts.
    pub fn cookie(&mut self, mut cookie: Cookie) {
        self.carries_cookies = true;
        cookie.name = name(&cookie.name);
        cookie.host = idn::ascii(&cookie.host);
        if cookie.name.is_empty() {
            return;
        }
        let key = (cookie.name.clone(), cookie.host.clone());
        let kept = if cookie.set_by == SetBy::Unknown { &mut self.sent } else { &mut self.cookies };
        let known = kept.contains_key(&key);
        if !known && kept.len() >= MOST {
            return self.leave_out(1);
        }
        // Sent again, without its life, it lives no less long.
        let tells = cookie.set_by != SetBy::Unknown || cookie.life != Life::Unknown;
        if !known || tells {
            kept.insert(key, cookie);
        }
    }

    /// Whether a cookie that was sent to a host is one of that host or of a domain above it that tells more.
    fn tells_more(&self, sent: &Cookie) -> bool {
        let above = sent.host.match_indices('.').filter_map(|(at, _)| sent.host.get(at + 1..));
        let key = |host: &str| (sent.name.clone(), host.to_owned());
        self.cookies.contains_key(&key(&sent.host))
            || above.map(key).any(|key| self.cookies.contains_key(&key) || self.sent.contains_key(&key))
    }

    pub fn stored(&mut self, origin: &str, key: &str) {
        let full = self.storage.values().map(BTreeSet::len).sum::<usize>() >= MOST;
        if full {
            self.leave_out(1);
            return;
        }
        self.storage.entry(name(origin)).or_default().insert(name(key));
    }

    pub fn identifier(&mut self, host: String, parameter: &str, sign: Sign) {
        if self.identifiers.len() >= MOST {
            self.leave_out(1);
            return;
        }
        self.identifiers.insert(Identifier { host, parameter: parameter.to_owned(), sign });
    }

    /// Whether any host was asked for something.
    pub fn is_empty(&self) -> bool {
        self.first_asked.is_none()
    }

    /// So many things are not kept, because there are too many.
    pub fn leave_out(&mut self, count: u32) {
        self.left_out = self.left_out.saturating_add(count);
    }

    /// A page of this host answered.
    pub fn stands_for_the_site(&mut self, host: &str) {
        self.first_page.get_or_insert_with(|| host.to_owned());
    }

    /// Whether anything more can be kept of a host: of one that was left out, nothing is.
    fn has_room(&self, host: &str) -> bool {
        self.hosts.contains_key(host) || self.hosts.len() < MOST
    }

    /// The text of a page of this host was there to be read.
    pub fn shows(&mut self, host: String) {
        if self.has_room(&host) {
            self.shown.insert(host);
        }
    }

    /// A page that was had.
    pub fn page(&mut self, address: &Address) {
        let host = address.host();
        self.stands_for_the_site(&host);
        if !self.has_room(&host) {
            return;
        }
        if address.scheme.secure() {
            self.secure_pages.insert(host.clone());
        } else {
            self.plain_pages.insert(host.clone(), false);
        }
        let page = (host, address.to_string());
        if self.pages.contains(&page) {
            return;
        }
        if self.pages.len() >= MOST / 10 {
            self.leave_out(1);
        } else {
            self.pages.push(page);
        }
    }

    /// Something over plain http that led to https. A page that answers all the same counts.
    pub fn led_to_https(&mut self, host: String) {
        if self.has_room(&host) {
            self.plain_pages.entry(host).or_insert(true);
        }
    }

    /// The headers that a page came with: those that every page of a host has.
    pub fn headers(&mut self, host: String, found: &BTreeSet<SecurityHeader>) {
        if !self.has_room(&host) {
            return;
        }
        let common = self.headers.entry(host).or_insert_with(|| found.clone());
        common.retain(|header| found.contains(header));
    }

    pub fn form(&mut self, host: String, form: Form) {
        if self.forms.len() >= MOST / 10 {
            self.leave_out(1);
        } else {
            self.forms.insert((host, form));
        }
    }

    pub fn link(&mut self, host: String, kind: LinkKind, address: String) {
        if self.links.len() >= MOST / 10 {
            self.leave_out(1);
        } else {
            self.links.insert((host, Link { kind, address }));
        }
    }

    /// Tells whose everything is. `declared` are the domains that somebody named as the site's own.
    pub fn finish(mut self, source: Source, digest: String, declared: &BTreeSet<String>) -> Capture {
        let told: Vec<_> = self.sent.values().filter(|sent| !self.tells_more(sent)).cloned().collect();
        self.cookies.extend(told.into_iter().map(|sent| ((sent.name.clone(), sent.host.clone()), sent)));
        let mut own: BTreeSet<String> = declared.clone();
        let first = self.first_page.or(self.first_asked);
        own.extend(first.map(|host| first_party::domain(&host).to_owned()));
        let is_own = |host: &str| first_party::is_own(host, &own);
        let hosts = self.hosts.into_iter().map(|(name, host)| {
            let host = placed(&name, host, !is_own(&name));
            (name, host)
        });
        let hosts = hosts.collect();
        let cookies = self.cookies.into_values().map(|mut cookie| {
            cookie.third_party = !is_own(&cookie.host);
            cookie
        });
        let headers: Vec<_> =
            self.headers.into_iter().filter(|(host, _)| is_own(host)).map(|(_, headers)| headers).collect();
        let plain: Vec<bool> =
            self.plain_pages.iter().filter(|(host, _)| is_own(host)).map(|(_, led)| *led).collect();
        let secure = self.secure_pages.iter().any(|host| is_own(host));
        Capture {
            source,
            tool: name(&self.tool),
            browser: name(&self.browser),
            digest,
            pages: self.pages.into_iter().filter(|(host, _)| is_own(host)).map(|(_, page)| page).collect(),
            carries_cookies: self.carries_cookies,
            hosts,
            cookies: cookies.collect(),
            storage: self.storage,
            beacons: self.beacons.into_values().collect(),
            forms: self.forms.into_iter().filter(|(host, _)| is_own(host)).map(|(_, form)| form).collect(),
            identifiers: self.identifiers,
            security_headers: headers
                .into_iter()
                .reduce(|all, one| all.intersection(&one).copied().collect()),
            https: self.https.or((secure || !plain.is_empty()).then_some(secure)),
            redirects_to_https: self
                .redirects_to_https
                .or((!plain.is_empty()).then(|| plain.iter().all(|led| *led))),
            shows_pages: self.shows_pages || self.shown.iter().any(|host| is_own(host)),
            links: self.links.into_iter().filter(|(host, _)| is_own(host)).map(|(_, link)| link).collect(),
            left_out: self.left_out,
            first_party: own,
        }
    }
}

/// A host with what is known of it once it is told whose it is.
fn placed(name: &str, mut host: Host, third_party: bool) -> Host {
    host.third_party = third_party;
    host.cname_like = !third_party && first_party::is_cname_like(name, &host.samples);
    host.service = services::of(name).filter(|_| third_party);
    // A page of somebody else's inside the site's.
    if let Some(documents) = host.kinds.remove(&Kind::Document) {
        let kind = if third_party { Kind::Frame } else { Kind::Document };
        *host.kinds.entry(kind).or_default() += documents;
    }
    host
}

fn name(text: &str) -> String {
    beginning(text.trim(), LONGEST_NAME).to_owned()
}

/// A cookie of which nothing is known but that it was sent.
pub fn sent(name: &str, host: String) -> Cookie {
    Cookie {
        name: name.to_owned(),
        host,
        third_party: false,
        life: Life::Unknown,
        set_by: SetBy::Unknown,
        secure: None,
        http_only: None,
        same_site: None,
    }
}
