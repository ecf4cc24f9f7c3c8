//! What of the hosts and cookies is shown? The filters, each with how many it lets through.

use std::collections::BTreeSet;

use super::both;
use crate::domain::capture::Category;
use crate::domain::capture::Cookie;
use crate::domain::observing::Taken;
use crate::domain::sightings;
use crate::domain::sightings::HostSeen;
use crate::domain::text::Text;
use crate::domain::words::capture as words;
use crate::tui::screens::chooser::Item;

/// Thirteen months: what the CNIL advises as the longest life of a cookie for measuring an audience.
const LONG_LIFE: f64 = 396.0;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum HostFilter {
    #[default]
    Others,
    All,
    Own,
    /// Of others, and not in the table of services.
    Unknown,
    PlainHttp,
    /// Of services of this category.
    Of(Category),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CookieFilter {
    #[default]
    All,
    Others,
    Own,
    Long,
}

impl HostFilter {
    /// All that make sense for these captures.
    pub fn all<'a>(taken: impl Iterator<Item = &'a Taken>) -> Vec<HostFilter> {
        let hosts = taken.flat_map(|taken| taken.capture.third_parties());
        let categories: BTreeSet<Category> =
            hosts.filter_map(|(_, host)| host.service.as_ref()).map(|service| service.category).collect();
        let first = [
            HostFilter::Others,
            HostFilter::All,
            HostFilter::Own,
            HostFilter::Unknown,
            HostFilter::PlainHttp,
        ];
        first.into_iter().chain(categories.into_iter().map(HostFilter::Of)).collect()
    }

    pub fn lets(&self, seen: &HostSeen) -> bool {
        let host = seen.host;
        match self {
            HostFilter::Others => host.third_party,
            HostFilter::All => true,
            HostFilter::Own => !host.third_party,
            HostFilter::Unknown => host.third_party && host.service.is_none(),
            HostFilter::PlainHttp => seen.plain_http > 0,
            HostFilter::Of(category) => {
                host.third_party && host.service.as_ref().is_some_and(|service| service.category == *category)
            }
        }
    }

    pub fn said(&self) -> Text {
        match self {
            HostFilter::Others => Text::new("hôtes de tiers", "third-party hosts"),
            HostFilter::All => Text::new("tous les hôtes", "all hosts"),
            HostFilter::Own => Text::new("hôtes du site", "the site’s own hosts"),
            HostFilter::Unknown => Text::new("tiers inconnus", "unknown third parties"),
            HostFilter::PlainHttp => Text::new("appelés sans HTTPS", "asked without HTTPS"),
            HostFilter::Of(category) => both(|language| words::category(language, *category).to_owned()),
        }
    }
}

impl CookieFilter {
    pub const ALL: [CookieFilter; 4] =
        [CookieFilter::All, CookieFilter::Others, CookieFilter::Own, CookieFilter::Long];

    pub fn lets(self, cookie: &Cookie) -> bool {
        match self {
            CookieFilter::All => true,
            CookieFilter::Others => cookie.third_party,
            CookieFilter::Own => !cookie.third_party,
            CookieFilter::Long => cookie.life.days().is_some_and(|days| days > LONG_LIFE),
        }
    }

    pub fn said(self) -> Text {
        match self {
            CookieFilter::All => Text::new("tous les cookies", "all cookies"),
            CookieFilter::Others => Text::new("cookies de tiers", "third-party cookies"),
            CookieFilter::Own => Text::new("cookies du site", "the site’s own cookies"),
            CookieFilter::Long => Text::new("plus de 13 mois", "longer than 13 months"),
        }
    }
}

/// The filters of hosts to choose from, and which is chosen.
pub fn of_hosts<'a>(
    taken: impl Iterator<Item = &'a Taken> + Clone,
    chosen: &HostFilter,
) -> (Vec<Item>, usize) {
    let hosts = sightings::hosts(taken.clone());
    let filters = HostFilter::all(taken);
    let selected = filters.iter().position(|filter| filter == chosen).unwrap_or(0);
    let count = |filter: &HostFilter| hosts.iter().filter(|seen| filter.lets(seen)).count();
    (filters.iter().map(|filter| item(filter.said(), count(filter))).collect(), selected)
}

/// The filters of cookies to choose from, and which is chosen.
pub fn of_cookies<'a>(taken: impl Iterator<Item = &'a Taken>, chosen: CookieFilter) -> (Vec<Item>, usize) {
    let cookies = sightings::cookies(taken);
    let selected = CookieFilter::ALL.iter().position(|filter| *filter == chosen).unwrap_or(0);
    let count = |filter: CookieFilter| cookies.iter().filter(|seen| filter.lets(seen.cookie)).count();
    (CookieFilter::ALL.into_iter().map(|filter| item(filter.said(), count(filter))).collect(), selected)
}

fn item(words: Text, count: usize) -> Item {
    Item { words, aside: both(|_| count.to_string()) }
}
