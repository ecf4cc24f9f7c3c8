//! Which hosts were asked for something? A line each: whose it is, how often, and after which choice.

use super::Item;
use super::Listed;
use super::Order;
use super::Way;
use super::Window;
use super::columns::Cells;
use super::columns::Columns;
use super::detail;
use super::filter::HostFilter;
use super::joined;
use super::questions;
use crate::domain::observing::Taken;
use crate::domain::sightings;
use crate::domain::sightings::HostSeen;
use crate::domain::touching;
use crate::tui::screens::look::Look;
use crate::tui::visit::Visit;

pub fn listed<'a>(
    taken: impl Iterator<Item = &'a Taken> + Clone,
    filter: &HostFilter,
    order: Order,
    visit: &Visit,
    window: Window,
    columns: &Columns,
) -> Listed {
    let look = columns.look;
    let mut hosts = sightings::hosts(taken);
    hosts.retain(|seen| filter.lets(seen));
    sort(&mut hosts, order, look);
    let line = |seen: &HostSeen, selected: bool| {
        let whose = detail::service(seen.host, look);
        let count = |count: usize| if count == 0 { String::new() } else { count.to_string() };
        let short = vec![count(usize::try_from(seen.requests).unwrap_or(usize::MAX)), count(seen.cookies)];
        let cells = Cells { first: seen.name, second: &whose, short, phases: Some(&seen.phases) };
        columns.line(&cells, selected)
    };
    let about = |seen: &HostSeen| {
        let touched = touching::by_host(&visit.questionnaire, &visit.captured.taken, seen.name);
        joined([
            detail::whose(seen.host, look),
            detail::kinds(&seen.kinds, look),
            questions(touched.len(), look),
        ])
    };
    let way = Way { item: |seen: &HostSeen| Item::Host(seen.name.to_owned()), line, about };
    Listed {
        heading: columns.heading(
            look.pick("hôte", "host"),
            look.pick("service", "service"),
            &[look.pick("req.", "req."), "cook."],
        ),
        nothing: look.pick("aucun hôte de cette sorte", "no host of this kind"),
        ..Listed::of(&hosts, window, way)
    }
}

fn sort(hosts: &mut [HostSeen], order: Order, look: Look) {
    match order {
        Order::Name => {}
        Order::Whose => hosts.sort_by_cached_key(|seen| {
            let known = seen.host.service.is_some();
            (!known, detail::service(seen.host, look).to_lowercase())
        }),
        Order::Most => hosts.sort_by_key(|seen| std::cmp::Reverse(seen.requests)),
    }
}
