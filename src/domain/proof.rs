//! How is it said what captures show? A rule's reason with what was seen, in both languages.

use super::contradiction::Contradiction;
use super::contradiction::Seen;
use super::observation::Observation;
use super::observation::Proof;
use super::text::Language;
use super::text::plain_line;

/// How many things stand in one sentence; a list has room for all that are kept.
const IN_A_SENTENCE: usize = 3;

/// One thing: `_ga (www.example.fr), 730 jours`.
pub fn thing(language: Language, proof: &Proof) -> String {
    let what = plain_line(&proof.what);
    let of = match proof.of.is_empty() {
        true => String::new(),
        false => format!(" ({})", plain_line(&proof.of)),
    };
    let life = proof.days.map_or(String::new(), |days| {
        let count = usize::try_from(days).unwrap_or(usize::MAX);
        let word = language.plural(count, language.pick("jour", "day"), language.pick("jours", "days"));
        format!(", {days} {word}")
    });
    [what, of, life].concat()
}

/// The first things and how many others there are; empty where an absence was seen.
pub fn things(language: Language, observation: &Observation) -> String {
    let first = observation.proof.iter().take(IN_A_SENTENCE).map(|proof| thing(language, proof));
    let mut said = first.collect::<Vec<_>>().join(language.pick(" ; ", "; "));
    let others = observation.count.saturating_sub(observation.proof.len().min(IN_A_SENTENCE));
    if others > 0 {
        let word =
            language.plural(others, language.pick("autre", "other"), language.pick("autres", "others"));
        said += &language.pick(format!(" et {others} {word}"), format!(" and {others} {word}"));
    }
    said
}

/// The day, the rule's reason, and what was seen.
pub fn seen(language: Language, seen: Seen) -> String {
    let day = language.date(seen.observation.on);
    let why = seen.rule.why.get(language);
    let things = things(language, seen.observation);
    let said = language.pick(format!("relevé du {day} · {why}"), format!("capture of {day} · {why}"));
    if things.is_empty() { said } else { format!("{said} {things}") }
}

/// What was written about a contradiction, by whom and when; and whether a capture has shown it again since.
pub fn resolution(language: Language, contradiction: &Contradiction) -> Option<String> {
    let resolution = contradiction.resolution.or(contradiction.earlier)?;
    let by =
        if resolution.by.is_empty() { String::new() } else { format!("{}, ", plain_line(&resolution.by)) };
    let stale = match contradiction.resolution {
        Some(_) => "",
        None => language.pick(", avant ce relevé", ", before this capture"),
    };
    Some(format!("{} ({by}{}{stale})", plain_line(&resolution.text), language.date(resolution.on)))
}
