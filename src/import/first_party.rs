//! Whose is a host: the site's own, or another's? Registrable domains, and where a tracker could hide among our own.

use std::collections::BTreeSet;
use std::net::IpAddr;

use structured_public_domains::lookup;

use super::idn;
use crate::domain::capture::lies_in;

/// Names of subdomains that have been pointed at trackers (CNAME cloaking) or at tag servers.
const HIDING_NAMES: [&str; 28] = [
    "analytics",
    "atc",
    "collect",
    "collector",
    "data",
    "events",
    "gtm",
    "insight",
    "insights",
    "log",
    "logs",
    "matomo",
    "metric",
    "metrics",
    "piwik",
    "pixel",
    "sgtm",
    "smetrics",
    "sst",
    "stat",
    "statistics",
    "stats",
    "tag",
    "tags",
    "telemetry",
    "tr",
    "track",
    "tracking",
];
/// What trackers are asked for, wherever they stand.
const HIDING_PATHS: [&str; 9] = [
    "/b/ss/",
    "/g/collect",
    "/j/collect",
    "/r/collect",
    "/matomo.php",
    "/piwik.php",
    "/gtm.js",
    "/gtag/js",
    "/hit.xiti",
];

/// The registrable domain of a host, by the public suffix rules; an address of the network, a name without a dot and
/// a public suffix stand for themselves.
pub fn domain(host: &str) -> &str {
    if host.parse::<IpAddr>().is_ok() {
        return host;
    }
    let host = host.strip_suffix('.').unwrap_or(host);
    // It is told as a text of its own; here it is the end of the host.
    let registrable = lookup(host).and_then(|found| found.registrable_domain().map(str::len));
    registrable.and_then(|length| host.get(host.len().checked_sub(length)?..)).unwrap_or(host)
}

/// Whether nobody owns a domain as a whole: no cookie can be set for it (RFC 6265bis, 5.7).
pub fn is_public_suffix(domain: &str) -> bool {
    let suffix = |domain| lookup(domain).is_some_and(|found| found.registrable_domain().is_none());
    !domain.contains('.') || suffix(domain)
}

/// Whether a host is one of the site's own.
pub fn is_own(host: &str, first_party: &BTreeSet<String>) -> bool {
    first_party.iter().any(|own| lies_in(host, own))
}

/// What somebody typed as a domain of the site: a domain, a host, or an address.
pub fn declared(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = idn::ascii(host);
    let host = host.strip_prefix("www.").map_or(host.clone(), str::to_owned);
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    (!host.is_empty() && host.len() <= 253 && host.chars().all(plain)).then_some(host)
}

/// Whether one of the site's own hosts is named, or used, as those are that hide a tracker.
pub fn is_cname_like(host: &str, samples: &[String]) -> bool {
    let own = domain(host);
    let Some(front) = host.strip_suffix(own).map(|front| front.trim_end_matches('.')) else { return false };
    let named = front.split('.').any(|label| HIDING_NAMES.contains(&label));
    let used = samples.iter().any(|sample| HIDING_PATHS.iter().any(|path| sample.contains(path)));
    !matches!(front, "" | "www") && (named || used)
}
