//! What does the EDPS Website Evidence Collector’s `inspection.json` tell? Field by field, as they come.
//!
//! Whose a host is, it says itself; but it calls the page’s own cookies foreign now and then, so everybody’s place is
//! told anew from the site’s domains.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::MapAccess;

use super::address::Address;
use super::first_party;
use super::gathering::Gathering;
use super::lenient;
use super::lenient::Bounded;
use super::lenient::Each;
use super::lenient::Fields;
use super::lenient::Name;
use super::lenient::Skipped;
use super::page;
use super::set_cookie;
use crate::domain::capture::Cookie;
use crate::domain::capture::Form;
use crate::domain::capture::Life;
use crate::domain::capture::LinkKind;
use crate::domain::capture::SetBy;

/// Cookies of the page.
const MOST_OF_PAGE: usize = 1000;

/// What is known beside the sums.
#[derive(Debug, Default)]
pub struct Inspection {
    /// A field was met that only this scanner writes.
    pub recognised: bool,
    pub started: String,
    /// Where the visit ended up, or began.
    address: String,
    /// Where it began.
    asked: String,
    /// The addresses that whoever ran it called their own.
    pub declared: BTreeSet<String>,
    /// Those of scripts on the page, to which no domain was given: they are the page's.
    of_page: Vec<Cookie>,
    forms: Bounded<UnsafeForm>,
    links: Links,
    pages: Bounded<Name>,
    /// Where it began, and what was declared beside.
    references: Bounded<Name>,
}

/// A channel that a page kept open.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Socket {
    #[serde(deserialize_with = "lenient::text")]
    url: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SeenCookie {
    #[serde(deserialize_with = "lenient::short")]
    name: String,
    #[serde(deserialize_with = "lenient::short")]
    domain: String,
    #[serde(rename = "expiresDays", deserialize_with = "lenient::number")]
    days: Option<f64>,
    #[serde(deserialize_with = "lenient::number")]
    expires: Option<f64>,
    #[serde(deserialize_with = "lenient::truth")]
    session: Option<bool>,
    #[serde(deserialize_with = "lenient::truth")]
    secure: Option<bool>,
    #[serde(rename = "httpOnly", deserialize_with = "lenient::truth")]
    http_only: Option<bool>,
    #[serde(rename = "sameSite", deserialize_with = "lenient::short")]
    same_site: String,
    #[serde(deserialize_with = "lenient::object")]
    log: Log,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Log {
    #[serde(rename = "type", deserialize_with = "lenient::short")]
    kind: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SeenBeacon {
    #[serde(deserialize_with = "lenient::text")]
    url: String,
    #[serde(rename = "listName", deserialize_with = "lenient::short")]
    list: String,
    /// Spelled so by the scanner.
    #[serde(rename = "occurrances", deserialize_with = "lenient::number")]
    times: Option<f64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Hosts {
    #[serde(deserialize_with = "lenient::object")]
    requests: Parties,
    #[serde(deserialize_with = "lenient::object")]
    beacons: Parties,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Parties {
    #[serde(rename = "firstParty", deserialize_with = "lenient::list")]
    first: Bounded<Name>,
    #[serde(rename = "thirdParty", deserialize_with = "lenient::list")]
    third: Bounded<Name>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Links {
    #[serde(deserialize_with = "lenient::list")]
    keywords: Bounded<SeenLink>,
    #[serde(deserialize_with = "lenient::list")]
    social: Bounded<SeenLink>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SeenLink {
    #[serde(deserialize_with = "lenient::short")]
    href: String,
    #[serde(deserialize_with = "lenient::short")]
    inner_text: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct UnsafeForm {
    #[serde(deserialize_with = "lenient::short")]
    action: String,
    #[serde(deserialize_with = "lenient::short")]
    method: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Connection {
    #[serde(deserialize_with = "lenient::truth")]
    https_support: Option<bool>,
    #[serde(deserialize_with = "lenient::truth")]
    https_redirect: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Script {
    #[serde(deserialize_with = "lenient::object")]
    version: Version,
    #[serde(deserialize_with = "lenient::object")]
    config: Config,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Version {
    #[serde(deserialize_with = "lenient::short")]
    npm: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Config {
    #[serde(rename = "firstPartyUri", deserialize_with = "lenient::list")]
    first_party: Bounded<Name>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Browser {
    #[serde(deserialize_with = "lenient::short")]
    name: String,
    #[serde(deserialize_with = "lenient::short")]
    version: String,
}

/// The whole of a value that may be of another type than expected.
#[derive(Debug, Default, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de> + Default"))]
struct Object<T>(#[serde(deserialize_with = "lenient::object")] T);

#[derive(Debug, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
struct List<T>(#[serde(deserialize_with = "lenient::list")] Bounded<T>);

impl Inspection {
    /// Reads the value of one field of the file.
    pub fn field<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        file: &mut A,
        gathering: &RefCell<Gathering>,
    ) -> Result<(), A::Error> {
        match name {
            "uri_ins" | "uri_dest" => {
                self.recognised = true;
                let Name(address) = file.next_value()?;
                if name == "uri_ins" {
                    self.asked.clone_from(&address);
                }
                // Where it ended up counts, whichever comes first in the file.
                if name == "uri_dest" && !address.is_empty() || self.address.is_empty() {
                    self.address = address;
                }
            }
            "start_time" => self.started = file.next_value::<Name>()?.0,
            "secure_connection" => {
                let Object(connection) = file.next_value::<Object<Connection>>()?;
                let mut gathering = gathering.borrow_mut();
                gathering.https = connection.https_support;
                gathering.redirects_to_https = connection.https_redirect;
            }
            "script" => {
                let Object(script) = file.next_value::<Object<Script>>()?;
                gathering.borrow_mut().tool = format!("website-evidence-collector {}", script.version.npm);
                let own = script.config.first_party.iter();
                self.declared.extend(own.filter_map(|Name(address)| first_party::declared(address)));
            }
            "browser" => {
                let Object(browser) = file.next_value::<Object<Browser>>()?;
                gathering.borrow_mut().browser = format!("{} {}", browser.name, browser.version);
            }
            "cookies" => {
                // A scanner looks for cookies: none in its list is none at all.
                gathering.borrow_mut().carries_cookies = true;
                file.next_value_seed(Each::new(|cookie: Object<SeenCookie>| match cookie.0.read() {
                    cookie if !cookie.host.is_empty() => gathering.borrow_mut().cookie(cookie),
                    cookie if self.of_page.len() < MOST_OF_PAGE => self.of_page.push(cookie),
                    _ => gathering.borrow_mut().leave_out(1),
                }))?;
            }
            "beacons" => file.next_value_seed(Each::new(|beacon: Object<SeenBeacon>| {
                beacon.0.tell(&mut gathering.borrow_mut());
            }))?,
            "localStorage" => {
                for (origin, keys) in file.next_value::<Fields<Fields<Skipped>>>()?.0 {
                    let mut gathering = gathering.borrow_mut();
                    keys.0.iter().for_each(|(key, _)| gathering.stored(&origin, key));
                }
            }
            "hosts" => {
                let Object(hosts) = file.next_value::<Object<Hosts>>()?;
                let parties = [hosts.requests, hosts.beacons];
                for Name(host) in
                    parties.iter().flat_map(|parties| parties.first.iter().chain(parties.third.iter()))
                {
                    if let Some(host) =
                        Address::parse(&format!("https://{host}")).map(|address| address.host())
                    {
                        gathering.borrow_mut().host(&host);
                    }
                }
            }
            "websocketLog" | "websockets" => {
                for (_, Object(socket)) in file.next_value::<Fields<Object<Socket>>>()?.0 {
                    if let Some(address) = Address::parse(&socket.url) {
                        gathering.borrow_mut().host(&address.host());
                    }
                }
            }
            "uri_refs" => self.references = file.next_value::<List<Name>>()?.0,
            "links" => {
                gathering.borrow_mut().shows_pages = true;
                self.links = file.next_value::<Object<Links>>()?.0;
            }
            "unsafeForms" => self.forms = file.next_value::<List<UnsafeForm>>()?.0,
            "browsing_history" => self.pages = file.next_value::<List<Name>>()?.0,
            _ => drop(file.next_value::<Skipped>()?),
        }
        Ok(())
    }

    /// Tells what could not be told before everything was read.
    pub fn finish(&mut self, gathering: &mut Gathering) {
        let declared = self.references.iter().filter(|Name(address)| *address != self.asked);
        self.declared.extend(declared.filter_map(|Name(address)| first_party::declared(address)));
        let Some(at) = Address::parse(&self.address) else { return };
        let host = at.host();
        for cookie in self.of_page.drain(..) {
            gathering.cookie(Cookie { host: host.clone(), ..cookie });
        }
        // The site is asked over what it has; its scheme says nothing about the redirect.
        gathering.page(&at);
        for Name(page) in self.pages.iter() {
            if let Some(page) = Address::parse(page) {
                gathering.page(&page);
            }
        }
        for form in self.forms.iter() {
            if let Some(form) = page::form_to(&form.action, &form.method, &at) {
                gathering.form(host.clone(), Form { page: String::new(), secure: false, ..form });
            }
        }
        for (links, otherwise) in
            [(&self.links.keywords, LinkKind::Legal), (&self.links.social, LinkKind::Social)]
        {
            for link in links.iter() {
                let Some(to) = Address::parse(&link.href) else { continue };
                let kind = page::link_kind(&to, &link.inner_text).unwrap_or(otherwise);
                gathering.link(host.clone(), kind, to.to_string());
            }
        }
    }
}

impl SeenCookie {
    fn read(self) -> Cookie {
        let life = match (self.session, self.days) {
            (Some(true), _) => Life::Session,
            (_, Some(days)) => set_cookie::lasting(days),
            // As the browser tells it that it goes with the session.
            (None, None) if self.expires == Some(-1.0) => Life::Session,
            _ => Life::Unknown,
        };
        Cookie {
            name: self.name,
            host: self.domain,
            third_party: false,
            life,
            set_by: match self.log.kind.as_str() {
                "Cookie.HTTP" => SetBy::Header,
                "Cookie.JS" => SetBy::Script,
                _ => SetBy::Unknown,
            },
            secure: self.secure,
            http_only: self.http_only,
            same_site: set_cookie::same_site(&self.same_site),
        }
    }
}

impl SeenBeacon {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie between")]
    fn tell(&self, gathering: &mut Gathering) {
        let times = self.times.filter(|times| (1.0..1e6).contains(times)).map_or(1, |times| times as u32);
        if let Some(address) = Address::parse(&self.url) {
            gathering.host(&address.host());
            gathering.beacon(&address, times, &self.list);
        }
    }
}
