//! What became of a client's site between two visits? Hosts, cookies, headers and links gained and lost, phase by phase.
//!
//! Only what both visits could show is compared: a phase captured on one side alone, or a capture without cookie data,
//! says nothing about what came or went.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::Deserialize;
use serde::Serialize;

use super::capture::Capture;
use super::capture::LinkKind;
use super::capture::Phase;
use super::capture::SecurityHeader;
use super::observing::Taken;

/// The site then and now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SiteComparison {
    /// The phases that both visits captured.
    pub phases: Vec<PhaseChange>,
    /// Captured then and not now.
    pub only_then: Vec<Phase>,
    /// Captured now and not then.
    pub only_now: Vec<Phase>,
}

/// What came and went, in one phase. Nothing where the captures of a side could not show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseChange {
    pub phase: Phase,
    /// The registrable domains of third parties.
    pub third_parties: Moved<String>,
    /// Their hosts.
    pub hosts: Moved<String>,
    /// Names, with where they go: `_ga (example.fr)`.
    pub cookies: Option<Moved<String>>,
    /// What every page came with.
    pub headers: Option<Moved<SecurityHeader>>,
    /// The kinds of pages that are linked to.
    pub links: Option<Moved<LinkKind>>,
    /// Where forms are sent without encryption.
    pub insecure_forms: Option<Moved<String>>,
    /// The hosts that were asked without encryption.
    pub plain_http: Moved<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved<T> {
    pub gained: Vec<T>,
    pub lost: Vec<T>,
}

/// What of the site breaks a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SiteRule {
    /// A third party that was not there before.
    ThirdParty,
    /// A new cookie before any choice, or after refusing.
    CookieBeforeConsent,
    /// No link to the privacy policy any more.
    PolicyLinkLost,
    /// A form that is sent without encryption, and was not before.
    InsecureForm,
    /// A security header that is gone.
    HeaderLost,
    /// A host that is newly asked without encryption.
    PlainHttp,
}

/// One thing of the site that breaks a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteBreach {
    pub rule: SiteRule,
    pub phase: Phase,
    pub what: String,
}

impl<T: Ord + Clone> Moved<T> {
    fn between(then: &BTreeSet<T>, now: &BTreeSet<T>) -> Moved<T> {
        Moved {
            gained: now.difference(then).cloned().collect(),
            lost: then.difference(now).cloned().collect(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.gained.is_empty() && self.lost.is_empty()
    }
}

impl PhaseChange {
    /// Nothing that both sides could show came or went.
    pub fn is_empty(&self) -> bool {
        self.third_parties.is_empty()
            && self.hosts.is_empty()
            && self.cookies.as_ref().is_none_or(Moved::is_empty)
            && self.headers.as_ref().is_none_or(Moved::is_empty)
            && self.links.as_ref().is_none_or(Moved::is_empty)
            && self.insecure_forms.as_ref().is_none_or(Moved::is_empty)
            && self.plain_http.is_empty()
    }
}

/// The captures of one visit held against those of another.
pub fn compare(then: &[Taken], now: &[Taken]) -> SiteComparison {
    let (then, now) = (by_phase(then), by_phase(now));
    let alone = |one: &BTreeMap<Phase, Vec<&Capture>>, other: &BTreeMap<Phase, Vec<&Capture>>| {
        one.keys().filter(|phase| !other.contains_key(phase)).copied().collect()
    };
    let both = then.iter().filter_map(|(phase, captures)| Some((*phase, captures, now.get(phase)?)));
    SiteComparison {
        phases: both.map(|(phase, then, now)| phase_change(phase, then, now)).collect(),
        only_then: alone(&then, &now),
        only_now: alone(&now, &then),
    }
}

fn by_phase(taken: &[Taken]) -> BTreeMap<Phase, Vec<&Capture>> {
    let mut phases: BTreeMap<Phase, Vec<&Capture>> = BTreeMap::new();
    for taken in taken {
        phases.entry(taken.label.phase).or_default().push(&taken.capture);
    }
    phases
}

fn phase_change(phase: Phase, then: &[&Capture], now: &[&Capture]) -> PhaseChange {
    let always = |of: fn(&Capture) -> BTreeSet<String>| Moved::between(&all(then, of), &all(now, of));
    PhaseChange {
        phase,
        third_parties: always(third_parties),
        hosts: always(hosts),
        cookies: where_shown(then, now, |capture| capture.carries_cookies, cookies),
        headers: headers(then).zip(headers(now)).map(|(then, now)| Moved::between(&then, &now)),
        links: where_shown(then, now, |capture| capture.shows_pages, links),
        insecure_forms: where_shown(then, now, |capture| capture.shows_pages, insecure_forms),
        plain_http: always(plain_http),
    }
}

fn all<T: Ord>(captures: &[&Capture], of: impl Fn(&Capture) -> BTreeSet<T>) -> BTreeSet<T> {
    captures.iter().flat_map(|capture| of(capture)).collect()
}

/// Over the captures that can show it; nothing where there is none on a side.
fn where_shown<T: Ord + Clone>(
    then: &[&Capture],
    now: &[&Capture],
    shows: impl Fn(&Capture) -> bool,
    of: impl Fn(&Capture) -> BTreeSet<T>,
) -> Option<Moved<T>> {
    let side = |captures: &[&Capture]| {
        let showing: Vec<&Capture> = captures.iter().copied().filter(|capture| shows(capture)).collect();
        (!showing.is_empty()).then(|| all(&showing, &of))
    };
    side(then).zip(side(now)).map(|(then, now)| Moved::between(&then, &now))
}

fn third_parties(capture: &Capture) -> BTreeSet<String> {
    capture.third_parties().map(|(_, host)| host.domain.clone()).collect()
}

fn hosts(capture: &Capture) -> BTreeSet<String> {
    capture.third_parties().map(|(name, _)| name.clone()).collect()
}

fn cookies(capture: &Capture) -> BTreeSet<String> {
    capture.cookies.iter().map(|cookie| format!("{} ({})", cookie.name, cookie.host)).collect()
}

/// What every page of every capture came with.
fn headers(captures: &[&Capture]) -> Option<BTreeSet<SecurityHeader>> {
    let known = captures.iter().filter_map(|capture| capture.security_headers.clone());
    known.reduce(|one, other| one.intersection(&other).copied().collect())
}

fn links(capture: &Capture) -> BTreeSet<LinkKind> {
    capture.links.iter().map(|link| link.kind).collect()
}

fn insecure_forms(capture: &Capture) -> BTreeSet<String> {
    capture.forms.iter().filter(|form| !form.secure).map(|form| form.action.clone()).collect()
}

fn plain_http(capture: &Capture) -> BTreeSet<String> {
    capture.hosts.iter().filter(|(_, host)| host.plain_http > 0).map(|(name, _)| name.clone()).collect()
}

/// What of the site breaks a gate with these rules, phase by phase, in the order of the rules.
pub fn breaches(rules: &[SiteRule], site: &SiteComparison) -> Vec<SiteBreach> {
    let of = |change: &PhaseChange, rule: SiteRule| -> Vec<String> {
        let before_consent = matches!(change.phase, Phase::Before | Phase::Refused);
        let gained =
            |moved: &Option<Moved<String>>| moved.as_ref().map_or(Vec::new(), |moved| moved.gained.clone());
        match rule {
            SiteRule::ThirdParty => change.third_parties.gained.clone(),
            SiteRule::CookieBeforeConsent if before_consent => gained(&change.cookies),
            SiteRule::CookieBeforeConsent => Vec::new(),
            SiteRule::PolicyLinkLost => {
                let lost = change.links.as_ref().is_some_and(|links| links.lost.contains(&LinkKind::Privacy));
                if lost { vec![String::new()] } else { Vec::new() }
            }
            SiteRule::InsecureForm => gained(&change.insecure_forms),
            SiteRule::HeaderLost => {
                let lost = change.headers.as_ref().map_or(&[][..], |headers| &headers.lost);
                lost.iter().map(|header| header.name().to_owned()).collect()
            }
            SiteRule::PlainHttp => change.plain_http.gained.clone(),
        }
    };
    let mut found = Vec::new();
    for change in &site.phases {
        for rule in rules {
            let broken = of(change, *rule).into_iter();
            found.extend(broken.map(|what| SiteBreach { rule: *rule, phase: change.phase, what }));
        }
    }
    found
}
