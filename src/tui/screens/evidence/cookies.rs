//! Which cookies were there? A line each: where it goes, how long it lives, and after which choice.

use super::Item;
use super::Listed;
use super::Order;
use super::Way;
use super::Window;
use super::columns::Cells;
use super::columns::Columns;
use super::detail;
use super::filter::CookieFilter;
use super::joined;
use super::questions;
use crate::domain::capture::Life;
use crate::domain::observing::Taken;
use crate::domain::sightings;
use crate::domain::sightings::CookieSeen;
use crate::domain::touching;
use crate::tui::screens::look::Look;
use crate::tui::visit::Visit;

pub fn listed<'a>(
    taken: impl Iterator<Item = &'a Taken> + Clone,
    filter: CookieFilter,
    order: Order,
    visit: &Visit,
    window: Window,
    columns: &Columns,
) -> Listed {
    let look = columns.look;
    let carried = taken.clone().any(|taken| taken.capture.carries_cookies);
    let mut cookies = sightings::cookies(taken);
    cookies.retain(|seen| filter.lets(seen.cookie));
    sort(&mut cookies, order);
    let line = |CookieSeen { cookie, phases }: &CookieSeen, selected: bool| {
        let cells = Cells {
            first: &cookie.name,
            second: &cookie.host,
            short: vec![life(cookie.life, look), whose(cookie.third_party, look).to_owned()],
            phases: Some(phases),
        };
        columns.line(&cells, selected)
    };
    let about = |CookieSeen { cookie, .. }: &CookieSeen| {
        let taken = &visit.captured.taken;
        let touched = touching::by_cookie(&visit.questionnaire, taken, &cookie.name, &cookie.host);
        joined([detail::cookie(cookie, look), questions(touched.len(), look)])
    };
    let item = |CookieSeen { cookie, .. }: &CookieSeen| Item::Cookie {
        name: cookie.name.clone(),
        host: cookie.host.clone(),
    };
    let nothing = match carried {
        true => look.pick("aucun cookie de cette sorte", "no cookie of this kind"),
        false => look.pick(
            "ces relevés ne contiennent aucune donnée de cookie ; rien n’en est déduit",
            "these captures carry no cookie data; nothing follows from that",
        ),
    };
    Listed {
        heading: columns.heading("cookie", look.pick("va à", "goes to"), &[look.pick("vie", "life"), ""]),
        nothing,
        ..Listed::of(&cookies, window, Way { item, line, about })
    }
}

/// In days; a session ends with the browser.
fn life(life: Life, look: Look) -> String {
    match life {
        Life::Unknown => "?".to_owned(),
        Life::Session => look.pick("sess.", "sess.").to_owned(),
        Life::Days(days) if days < 1.0 => look.pick("<1 j", "<1 d").to_owned(),
        Life::Days(days) => format!("{} {}", days.round(), look.pick("j", "d")),
    }
}

fn whose(third_party: bool, look: Look) -> &'static str {
    if third_party { look.pick("tiers", "other") } else { look.pick("site", "site") }
}

fn sort(cookies: &mut [CookieSeen], order: Order) {
    match order {
        Order::Name => {}
        Order::Whose => cookies.sort_by(|one, other| one.cookie.host.cmp(&other.cookie.host)),
        Order::Most => cookies.sort_by(|one, other| {
            let days = |seen: &CookieSeen| seen.cookie.life.days().unwrap_or(-1.0);
            days(other).total_cmp(&days(one))
        }),
    }
}
