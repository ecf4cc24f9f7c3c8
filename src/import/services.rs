//! Whose host is it? The table of known services; what is not in it is unknown.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::capture::Category;
use crate::domain::capture::Service;

/// Ours first: where both know a host, it counts.
const FILES: [&str; 2] = [include_str!("services/own.txt"), include_str!("services/third-party-web.txt")];
const SEATS: &str = include_str!("services/seats.txt");

/// The words for categories in the files.
const CATEGORIES: [(&str, Category); 18] = [
    ("advertising", Category::Advertising),
    ("analytics", Category::Analytics),
    ("social", Category::Social),
    ("tag-manager", Category::TagManager),
    ("consent", Category::Consent),
    ("chat", Category::Chat),
    ("video", Category::Video),
    ("fonts", Category::Fonts),
    ("maps", Category::Maps),
    ("payment", Category::Payment),
    ("booking", Category::Booking),
    ("marketing", Category::Marketing),
    ("security", Category::Security),
    ("cdn", Category::Cdn),
    ("hosting", Category::Hosting),
    ("content", Category::Content),
    ("utility", Category::Utility),
    ("other", Category::Other),
];

/// The lines of the files by the hosts that they name.
struct Table {
    exact: HashMap<&'static str, &'static str>,
    /// The domain and everything below it.
    below: HashMap<&'static str, &'static str>,
    seats: HashMap<&'static str, &'static str>,
}

/// Made when the first host is looked up: only an import needs it.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { exact: HashMap::new(), below: HashMap::new(), seats: HashMap::new() };
    for line in FILES.into_iter().flat_map(lines) {
        for host in line.rsplit('|').next().unwrap_or_default().split_whitespace() {
            match host.strip_prefix("*.") {
                Some(domain) => table.below.entry(domain).or_insert(line),
                None => table.exact.entry(host).or_insert(line),
            };
        }
    }
    for (country, companies) in lines(SEATS).filter_map(|line| line.split_once(": ")) {
        table.seats.extend(companies.split(", ").map(|company| (company, country)));
    }
    table
});

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The service behind a host, by the longest name that fits.
pub fn of(host: &str) -> Option<Service> {
    let line = TABLE.exact.get(host).or_else(|| {
        let dots = host.match_indices('.').filter_map(|(at, _)| host.get(at + 1..));
        std::iter::once(host).chain(dots).find_map(|domain| TABLE.below.get(domain))
    })?;
    service(line)
}

fn service(line: &str) -> Option<Service> {
    let mut fields = line.split('|').map(str::trim);
    let (name, company, category) = (fields.next()?, fields.next()?, fields.next()?);
    let company = if company.is_empty() { name } else { company };
    Some(Service {
        name: name.to_owned(),
        company: company.to_owned(),
        category: CATEGORIES.iter().find(|(word, _)| *word == category)?.1,
        country: TABLE.seats.get(company).map(|country| (*country).to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::rulebook::Fact;
    use crate::storage::library;

    #[test]
    fn every_line_of_the_table_is_a_service_with_its_hosts() {
        for line in FILES.into_iter().flat_map(lines) {
            assert!(service(line).is_some(), "{line}");
            assert_eq!(line.matches('|').count(), 3, "{line}");
            assert!(!line.rsplit('|').next().unwrap().trim().is_empty(), "{line}");
        }
    }

    #[test]
    fn every_seat_is_that_of_a_company_in_the_table() {
        let companies: BTreeSet<String> =
            FILES.into_iter().flat_map(lines).filter_map(service).map(|service| service.company).collect();
        for company in TABLE.seats.keys() {
            assert!(companies.contains(*company), "{company}");
        }
    }

    /// The names of services that a fact asks for.
    fn names(fact: &Fact) -> Vec<&String> {
        match fact {
            Fact::Services(names) => names.iter().collect(),
            Fact::Any(facts) => facts.iter().flat_map(names).collect(),
            Fact::Without(fact) => names(fact),
            _ => Vec::new(),
        }
    }

    #[test]
    fn every_service_that_a_rule_of_the_questionnaire_names_is_in_the_table() {
        let questionnaire = library::built_in().unwrap().questionnaire;
        let asked: BTreeSet<&String> =
            questionnaire.rulebook.rules.iter().flat_map(|rule| names(&rule.seen)).collect();
        assert!(!asked.is_empty());
        let services = FILES.into_iter().flat_map(lines).filter_map(service);
        let known: BTreeSet<String> = services
            .flat_map(|service| [service.name.to_lowercase(), service.company.to_lowercase()])
            .collect();
        let unknown: Vec<_> =
            asked.into_iter().filter(|name| !known.contains(&name.to_lowercase())).collect();
        assert!(unknown.is_empty(), "no such service or company: {unknown:?}");
    }

    #[test]
    fn a_host_that_is_named_in_full_is_that_service_whatever_is_said_of_its_domain() {
        let named = &TABLE.exact;
        let other = |host: &&str| TABLE.below.keys().any(|domain| host.ends_with(&format!(".{domain}")));
        assert!(named.keys().any(other));
        for (host, line) in named {
            assert_eq!(of(host), service(line), "{host}");
        }
    }

    #[test]
    fn no_host_stands_twice_in_our_own_table() {
        let mut seen = BTreeSet::new();
        for line in lines(FILES[0]) {
            for host in line.rsplit('|').next().unwrap().split_whitespace() {
                assert!(seen.insert(host), "{host}");
            }
        }
    }
}
