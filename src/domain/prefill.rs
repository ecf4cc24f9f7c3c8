//! Which lines of a table can captures fill in? Third-party code, recipients and form fields, to be confirmed.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::answer::Cell;
use super::answer::Row;
use super::capture::Capture;
use super::capture::Category;
use super::capture::Host;
use super::capture::Kind;
use super::capture::Phase;
use super::capture::lies_in;
use super::id::TableId;
use super::observing::Taken;
use super::questionnaire::Questionnaire;
use super::rulebook::Part;
use super::rulebook::Prefill;
use super::rulebook::Things;
use super::text::fold;

/// A thing that a line is about, as all captures together show it.
#[derive(Debug, Default)]
struct Thing {
    name: String,
    company: String,
    services: BTreeSet<String>,
    country: String,
    page: String,
    action: String,
    kinds: BTreeSet<Kind>,
    category: Option<Category>,
    cookies: BTreeSet<String>,
    longest: Option<f64>,
    phases: BTreeSet<Phase>,
}

/// The lines that captures show and the table does not have yet, in the order of their names.
pub fn lines(questionnaire: &Questionnaire, table: &TableId, have: &[Row], taken: &[Taken]) -> Vec<Row> {
    let (Some(prefill), Some(table)) = (questionnaire.rulebook.prefill(table), questionnaire.table(table))
    else {
        return Vec::new();
    };
    let looked_at: BTreeSet<Phase> = taken.iter().map(|taken| taken.label.phase).collect();
    let Some((first, _)) = prefill.columns.first() else { return Vec::new() };
    let known: BTreeSet<String> =
        have.iter().filter_map(|row| row.get(first)).map(|cell| fold(&cell.word())).collect();
    let row = |thing: &Thing| -> Row {
        let cells = prefill.columns.iter().filter_map(|(id, part)| {
            let column = table.columns.iter().find(|column| column.id == *id)?;
            let word = word(part, thing, &looked_at)?;
            Some((id.clone(), Cell::from_word(&word, &column.kind).ok()??))
        });
        cells.collect()
    };
    things(prefill, taken)
        .iter()
        .filter(|thing| !known.contains(&fold(&thing.name)))
        .map(row)
        .filter(|row| row.contains_key(first))
        .collect()
}

/// What goes into a cell, as commands write it; none leaves it empty.
fn word(part: &Part, thing: &Thing, looked_at: &BTreeSet<Phase>) -> Option<String> {
    let joined = |texts: &BTreeSet<String>| texts.iter().cloned().collect::<Vec<_>>().join(", ");
    let word = match part {
        Part::Name => thing.name.clone(),
        Part::Company => thing.company.clone(),
        Part::Service => joined(&thing.services),
        Part::Country => thing.country.clone(),
        Part::Page => thing.page.clone(),
        Part::Action => thing.action.clone(),
        Part::Cookies => joined(&thing.cookies),
        Part::LongestCookie => thing.longest?.round().to_string(),
        Part::Seen(phase) if !looked_at.contains(phase) => return None,
        Part::Seen(phase) if thing.phases.contains(phase) => "yes".to_owned(),
        Part::Seen(_) => "no".to_owned(),
        Part::Kind(choices) => choices
            .iter()
            .find(|(kind, _)| thing.kinds.contains(kind))
            .map(|(_, choice)| choice.to_string())?,
        Part::Category(choices) => choices.get(&thing.category?)?.to_string(),
        Part::Always(word) => word.clone(),
    };
    (!word.is_empty()).then_some(word)
}

fn things(prefill: &Prefill, taken: &[Taken]) -> Vec<Thing> {
    let mut things: BTreeMap<String, Thing> = BTreeMap::new();
    for Taken { label, capture } in taken {
        match prefill.of {
            Things::Fields => fields(capture, &mut things),
            Things::Domains => {
                for (_, host) in capture.third_parties() {
                    let thing = things.entry(host.domain.clone()).or_default();
                    thing.name.clone_from(&host.domain);
                    thing.add(host, capture, label.phase);
                }
            }
            Things::Companies => {
                for (_, host) in capture.third_parties() {
                    let Some(service) = &host.service else { continue };
                    let thing = things.entry(service.company.clone()).or_default();
                    thing.name.clone_from(&service.company);
                    thing.add(host, capture, label.phase);
                }
            }
        }
    }
    things.into_values().collect()
}

/// A field of one form is a thing of its own, wherever else its name stands.
fn fields(capture: &Capture, things: &mut BTreeMap<String, Thing>) {
    for form in &capture.forms {
        for field in &form.fields {
            things.entry(format!("{} {} {field}", form.page, form.action)).or_insert_with(|| Thing {
                name: field.clone(),
                page: form.page.clone(),
                action: form.action.clone(),
                ..Thing::default()
            });
        }
    }
}

impl Thing {
    fn add(&mut self, host: &Host, capture: &Capture, phase: Phase) {
        self.phases.insert(phase);
        self.kinds.extend(host.kinds.keys());
        if let Some(service) = &host.service {
            self.company.clone_from(&service.company);
            self.services.insert(service.name.clone());
            self.country = service.country.clone().unwrap_or_default();
            self.category = Some(service.category);
        }
        for cookie in capture.cookies.iter().filter(|cookie| lies_in(&cookie.host, &host.domain)) {
            self.cookies.insert(cookie.name.clone());
            self.longest = match (self.longest, cookie.life.days()) {
                (Some(one), Some(other)) => Some(one.max(other)),
                (one, other) => one.or(other),
            };
        }
    }
}
