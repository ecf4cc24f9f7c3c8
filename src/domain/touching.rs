//! Which questions does a host or a cookie touch? Those whose rules look at it, and those whose table has a line for it.

use super::capture::Capture;
use super::capture::Cookie;
use super::capture::Host;
use super::id::QuestionId;
use super::observing;
use super::observing::Taken;
use super::questionnaire::Question;
use super::questionnaire::Questionnaire;
use super::rulebook::Fact;
use super::rulebook::Rule;
use super::rulebook::Things;
use super::sightings::goes_to;

/// What is looked at, in one capture.
#[derive(Debug, Clone, Copy)]
enum Thing<'a> {
    Host { capture: &'a Capture, name: &'a str, host: &'a Host },
    Cookie { capture: &'a Capture, cookie: &'a Cookie },
}

/// The questions that a host touches, in the order of the questionnaire.
pub fn by_host(questionnaire: &Questionnaire, taken: &[Taken], name: &str) -> Vec<QuestionId> {
    touched(questionnaire, taken, |capture| {
        let host = capture.hosts.get(name)?;
        Some(Thing::Host { capture, name, host })
    })
}

/// The questions that a cookie touches, by its name and its host.
pub fn by_cookie(questionnaire: &Questionnaire, taken: &[Taken], name: &str, host: &str) -> Vec<QuestionId> {
    touched(questionnaire, taken, |capture| {
        let cookie = capture.cookies.iter().find(|cookie| cookie.name == name && cookie.host == host)?;
        Some(Thing::Cookie { capture, cookie })
    })
}

fn touched<'a>(
    questionnaire: &Questionnaire,
    taken: &'a [Taken],
    thing: impl Fn(&'a Capture) -> Option<Thing<'a>>,
) -> Vec<QuestionId> {
    let things: Vec<(&Taken, Thing)> =
        taken.iter().filter_map(|taken| Some((taken, thing(&taken.capture)?))).collect();
    let looked_at = |rule: &Rule| {
        let of_phase = |taken: &Taken| rule.phases.is_empty() || rule.phases.contains(&taken.label.phase);
        things.iter().any(|(taken, thing)| of_phase(taken) && thing.is(&rule.seen))
    };
    let rules = &questionnaire.rulebook.rules;
    let by_rule =
        |question: &Question| rules.iter().any(|rule| rule.question == question.id && looked_at(rule));
    let has_line = |question: &Question| {
        let table = questionnaire.table_of(question).map(|(table, _)| table);
        let prefill = table.and_then(|table| questionnaire.rulebook.prefill(&table));
        prefill.is_some_and(|prefill| things.iter().any(|(_, thing)| thing.is_line_of(prefill.of)))
    };
    let found = questionnaire.questions().filter(|question| by_rule(question) || has_line(question));
    found.map(|question| question.id.clone()).collect()
}

impl Thing<'_> {
    /// Whether a fact, or its absence, is about this.
    fn is(self, fact: &Fact) -> bool {
        match (fact, self) {
            (Fact::Any(facts), _) => facts.iter().any(|fact| self.is(fact)),
            (Fact::Without(fact), _) => self.is(fact),
            (Fact::Hosts(categories), Thing::Host { host, .. }) => {
                host.third_party && (categories.is_empty() || observing::is_of(host, categories))
            }
            (Fact::Services(names), Thing::Host { host, .. }) => {
                host.third_party && observing::is_named(host, names)
            }
            (Fact::PlainHttp, Thing::Host { host, .. }) => host.plain_http > 0,
            (Fact::Identifiers, Thing::Host { capture, name, .. }) => {
                capture.identifiers.iter().any(|found| found.host == name)
            }
            (
                Fact::Cookies(_) | Fact::NamedCookies(_) | Fact::LongCookies { .. },
                Thing::Host { capture, name, .. },
            ) => {
                let mut own = capture.cookies.iter().filter(|cookie| goes_to(cookie, name));
                own.any(|cookie| Thing::Cookie { capture, cookie }.is(fact))
            }
            (Fact::Cookies(categories), Thing::Cookie { capture, cookie }) => {
                let of = |host: &Host| observing::is_of(host, categories);
                cookie.third_party
                    && (categories.is_empty() || observing::host_of(capture, cookie).is_some_and(of))
            }
            (Fact::NamedCookies(names), Thing::Cookie { cookie, .. }) => observing::is_one_of(cookie, names),
            (Fact::LongCookies { names, days }, Thing::Cookie { cookie, .. }) => {
                observing::is_one_of(cookie, names)
                    && cookie.life.days().is_some_and(|life| life > f64::from(*days))
            }
            // What is true of the site as a whole, and what is no cookie's.
            (
                Fact::Hosts(_)
                | Fact::Services(_)
                | Fact::PlainHttp
                | Fact::Identifiers
                | Fact::NoHttps
                | Fact::NoRedirectToHttps
                | Fact::UnsafeForms
                | Fact::WithoutHeader(_)
                | Fact::Links(_),
                _,
            ) => false,
        }
    }

    fn is_line_of(self, things: Things) -> bool {
        match (self, things) {
            (Thing::Host { host, .. }, Things::Domains) => host.third_party,
            (Thing::Host { host, .. }, Things::Companies) => host.third_party && host.service.is_some(),
            (Thing::Host { .. } | Thing::Cookie { .. }, _) => false,
        }
    }
}
