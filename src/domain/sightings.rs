//! What do captures show together? Each host and each cookie once, with where it was seen.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::capture::Cookie;
use super::capture::Host;
use super::capture::Kind;
use super::capture::Phase;
use super::capture::lies_in;
use super::observing::Taken;

/// A host over all the captures looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct HostSeen<'a> {
    pub name: &'a str,
    /// Of the first capture that shows it: domain, service and whose it is are the same in all.
    pub host: &'a Host,
    pub requests: u32,
    pub plain_http: u32,
    pub kinds: BTreeMap<Kind, u32>,
    pub phases: BTreeSet<Phase>,
    /// How many cookies of its own or of its domain go to it.
    pub cookies: usize,
}

/// A cookie over all the captures looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct CookieSeen<'a> {
    /// Of the capture in which it lives longest.
    pub cookie: &'a Cookie,
    pub phases: BTreeSet<Phase>,
}

/// Every host, by name.
pub fn hosts<'a>(taken: impl Iterator<Item = &'a Taken> + Clone) -> Vec<HostSeen<'a>> {
    let mut seen: BTreeMap<&str, HostSeen> = BTreeMap::new();
    for Taken { label, capture } in taken.clone() {
        for (name, host) in &capture.hosts {
            let sum = seen.entry(name).or_insert_with(|| HostSeen {
                name,
                host,
                requests: 0,
                plain_http: 0,
                kinds: BTreeMap::new(),
                phases: BTreeSet::new(),
                cookies: 0,
            });
            sum.requests += host.requests;
            sum.plain_http += host.plain_http;
            sum.phases.insert(label.phase);
            for (kind, count) in &host.kinds {
                *sum.kinds.entry(*kind).or_default() += count;
            }
        }
    }
    let mut going: BTreeMap<&str, usize> = BTreeMap::new();
    for found in cookies(taken) {
        *going.entry(&found.cookie.host).or_default() += 1;
    }
    for (name, sum) in &mut seen {
        // There may be thousands of both: each host asks for itself and the domains above it.
        let above = name.match_indices('.').filter_map(|(at, _)| name.get(at + 1..));
        let counts = std::iter::once(*name).chain(above).filter_map(|domain| going.get(domain));
        sum.cookies = counts.sum();
    }
    seen.into_values().collect()
}

/// Every cookie, by name and host.
pub fn cookies<'a>(taken: impl Iterator<Item = &'a Taken>) -> Vec<CookieSeen<'a>> {
    let mut seen: BTreeMap<(&str, &str), CookieSeen> = BTreeMap::new();
    for Taken { label, capture } in taken {
        for cookie in &capture.cookies {
            let known = seen
                .entry((&cookie.name, &cookie.host))
                .or_insert_with(|| CookieSeen { cookie, phases: BTreeSet::new() });
            known.phases.insert(label.phase);
            if cookie.life > known.cookie.life {
                known.cookie = cookie;
            }
        }
    }
    seen.into_values().collect()
}

/// Whether a cookie goes to a host: to itself, or to a domain above it.
pub fn goes_to(cookie: &Cookie, host: &str) -> bool {
    lies_in(host, &cookie.host)
}
