//! What do the captures of a visit show about its questions? Rules held against captures.

use std::collections::BTreeMap;

use super::capture::Capture;
use super::capture::CaptureLabel;
use super::capture::Category;
use super::capture::Cookie;
use super::capture::Host;
use super::capture::LinkKind;
use super::capture::SecurityHeader;
use super::capture::lies_in;
use super::id::QuestionId;
use super::observation::MOST_PROOF;
use super::observation::Observation;
use super::observation::Proof;
use super::rulebook::Fact;
use super::rulebook::Rule;
use super::rulebook::Rulebook;

/// A capture of a visit, with its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    pub label: CaptureLabel,
    pub capture: Capture,
}

/// What the captures show, by question, in the order of the rules.
pub fn observe(rulebook: &Rulebook, taken: &[Taken]) -> BTreeMap<QuestionId, Vec<Observation>> {
    let mut observations: BTreeMap<QuestionId, Vec<Observation>> = BTreeMap::new();
    for rule in &rulebook.rules {
        if let Some(observation) = meet(rule, taken) {
            observations.entry(rule.question.clone()).or_default().push(observation);
        }
    }
    observations
}

fn meet(rule: &Rule, taken: &[Taken]) -> Option<Observation> {
    let of_phase = |taken: &&Taken| rule.phases.is_empty() || rule.phases.contains(&taken.label.phase);
    let looked_at: Vec<&Taken> =
        taken.iter().filter(of_phase).filter(|taken| could_show(&rule.seen, &taken.capture)).collect();
    if let Fact::Without(fact) = &rule.seen {
        let nothing = looked_at.iter().all(|taken| things(fact, &taken.capture).is_empty());
        return nothing.then(|| observation(rule, &looked_at, Things::new())).flatten();
    }
    let mut seen = Things::new();
    let mut showing = Vec::new();
    for taken in looked_at {
        let things = things(&rule.seen, &taken.capture);
        if !things.is_empty() {
            showing.push(taken);
            for (key, proof) in things {
                seen.entry(key).or_insert(proof);
            }
        }
    }
    if seen.len() < rule.at_least {
        return None;
    }
    observation(rule, &showing, seen)
}

/// None without a capture behind it.
fn observation(rule: &Rule, captures: &[&Taken], seen: Things) -> Option<Observation> {
    Some(Observation {
        rule: rule.id.clone(),
        on: captures.iter().map(|taken| taken.label.on).max()?,
        captures: captures.iter().map(|taken| taken.label.digest.clone()).collect(),
        count: seen.len(),
        proof: seen.into_values().take(MOST_PROOF).collect(),
    })
}

/// Whether a capture holds that kind of data at all: from a file without cookies it does not follow that a site
/// sets none.
fn could_show(fact: &Fact, capture: &Capture) -> bool {
    match fact {
        Fact::Hosts(_) | Fact::Services(_) | Fact::PlainHttp | Fact::Identifiers => true,
        Fact::Cookies(_) | Fact::NamedCookies(_) | Fact::LongCookies { .. } => capture.carries_cookies,
        Fact::NoHttps => capture.https.is_some(),
        Fact::NoRedirectToHttps => capture.redirects_to_https.is_some(),
        Fact::UnsafeForms => capture.shows_pages || !capture.forms.is_empty(),
        Fact::Links(_) => capture.shows_pages,
        Fact::WithoutHeader(_) => capture.security_headers.is_some(),
        // One part shows something all the same; that there is nothing needs all of them.
        Fact::Any(facts) => facts.iter().any(|fact| could_show(fact, capture)),
        // What was recorded before a page was there, or behind one that failed, lacks everything.
        Fact::Without(_) if capture.pages.is_empty() => false,
        Fact::Without(fact) => match fact.as_ref() {
            Fact::Any(facts) => facts.iter().all(|fact| could_show(fact, capture)),
            fact => could_show(fact, capture),
        },
    }
}

/// Things seen, by what makes them different.
type Things = BTreeMap<String, Proof>;

/// The different things of a kind that a capture shows.
fn things(fact: &Fact, capture: &Capture) -> Things {
    match fact {
        Fact::Hosts(categories) => hosts(capture, |host| categories.is_empty() || is_of(host, categories)),
        Fact::Services(names) => hosts(capture, |host| is_named(host, names)),
        Fact::Cookies(categories) => {
            let of = |cookie: &&Cookie| {
                categories.is_empty() || host_of(capture, cookie).is_some_and(|host| is_of(host, categories))
            };
            each(capture.cookies.iter().filter(|cookie| cookie.third_party).filter(of).map(cookie))
        }
        Fact::NamedCookies(names) => each(named(capture, names).map(cookie)),
        Fact::LongCookies { names, days } => {
            let long = |cookie: &&Cookie| cookie.life.days().is_some_and(|life| life > f64::from(*days));
            each(named(capture, names).filter(long).map(cookie))
        }
        Fact::PlainHttp => {
            let plain = capture.hosts.iter().filter(|(_, host)| host.plain_http > 0);
            each(plain.map(|(name, host)| proof(format!("http://{name}"), company(host))))
        }
        Fact::NoHttps => site(capture, capture.https == Some(false)),
        Fact::NoRedirectToHttps => site(capture, capture.redirects_to_https == Some(false)),
        Fact::UnsafeForms => {
            let unsafe_forms = capture.forms.iter().filter(|form| !form.secure);
            each(unsafe_forms.map(|form| proof(form.action.clone(), form.page.clone())))
        }
        Fact::Identifiers => {
            let found = capture.identifiers.iter();
            each(found.map(|found| proof(found.parameter.clone(), found.host.clone())))
        }
        Fact::WithoutHeader(header) => without_header(capture, *header),
        Fact::Links(kind) => links(capture, *kind),
        Fact::Any(facts) => facts.iter().flat_map(|fact| things(fact, capture)).collect(),
        Fact::Without(fact) if things(fact, capture).is_empty() => site(capture, true),
        Fact::Without(_) => Things::new(),
    }
}

fn proof(what: String, of: String) -> Proof {
    Proof { what, of, days: None }
}

/// The hosts of others, one for each service: what is known under one name is one thing, over all captures.
fn hosts(capture: &Capture, wanted: impl Fn(&Host) -> bool) -> Things {
    let mut things = Things::new();
    for (name, host) in capture.third_parties().filter(|(_, host)| wanted(host)) {
        let known = host.service.as_ref().map_or(&host.domain, |service| &service.name);
        things.entry(known.clone()).or_insert_with(|| proof(name.clone(), company(host)));
    }
    things
}

fn each(proofs: impl IntoIterator<Item = Proof>) -> Things {
    proofs.into_iter().map(|proof| (format!("{} {}", proof.what, proof.of), proof)).collect()
}

/// The service and whose it is, where that is known.
fn company(host: &Host) -> String {
    host.service.as_ref().map_or(String::new(), |service| match service.name.contains(&service.company) {
        true => service.name.clone(),
        false => format!("{}, {}", service.name, service.company),
    })
}

pub(super) fn is_of(host: &Host, categories: &[Category]) -> bool {
    host.service.as_ref().is_some_and(|service| categories.contains(&service.category))
}

pub(super) fn is_named(host: &Host, names: &[String]) -> bool {
    host.service.as_ref().is_some_and(|service| {
        let known = [&service.name, &service.company];
        names.iter().any(|name| known.into_iter().any(|known| known.eq_ignore_ascii_case(name)))
    })
}

/// The host that a cookie goes to, or another one of its domain.
pub(super) fn host_of<'a>(capture: &'a Capture, cookie: &Cookie) -> Option<&'a Host> {
    let another = || capture.hosts.iter().find(|(name, _)| lies_in(name, &cookie.host));
    capture.hosts.get(&cookie.host).or_else(|| another().map(|(_, host)| host))
}

fn named<'a>(capture: &'a Capture, names: &'a [String]) -> impl Iterator<Item = &'a Cookie> {
    capture.cookies.iter().filter(move |cookie| is_one_of(cookie, names))
}

/// Whether a cookie has one of these names; `*` at the end of a name stands for anything.
pub(super) fn is_one_of(cookie: &Cookie, names: &[String]) -> bool {
    let fits = |wanted: &String| match wanted.strip_suffix('*') {
        Some(start) => cookie.name.starts_with(start),
        None => cookie.name == *wanted,
    };
    names.iter().any(fits)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to the range before")]
fn cookie(cookie: &Cookie) -> Proof {
    let days = cookie.life.days().map(|days| days.round().clamp(0.0, f64::from(u32::MAX)) as u32);
    Proof { what: cookie.name.clone(), of: cookie.host.clone(), days }
}

/// The site itself, where something is true of it as a whole.
fn site(capture: &Capture, holds: bool) -> Things {
    let name = capture.pages.first().cloned().or_else(|| capture.first_party.first().cloned());
    each(holds.then(|| proof(name.unwrap_or_default(), String::new())))
}

fn without_header(capture: &Capture, header: SecurityHeader) -> Things {
    let lacks = capture.security_headers.as_ref().is_some_and(|headers| !headers.contains(&header));
    let page = capture.pages.first().cloned().unwrap_or_default();
    each(lacks.then(|| proof(header.name().to_owned(), page)))
}

fn links(capture: &Capture, kind: LinkKind) -> Things {
    let links = capture.links.iter().filter(|link| link.kind == kind);
    each(links.map(|link| proof(link.address.clone(), String::new())))
}
