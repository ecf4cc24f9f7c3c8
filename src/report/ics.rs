//! How do the dates of a plan get into a calendar? As iCalendar (RFC 5545), an all-day event a date.

use jiff::civil::Date;

use super::actions::Listed;
use crate::domain::id::QuestionId;
use crate::domain::text::Language;
use crate::domain::text::plain;
use crate::domain::text::plain_line;

/// A line holds at most so many bytes before it is folded (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// The open actions and follow-ups that have a date. The same visit gives the same events: a calendar that reads
/// the file again moves them, and makes none twice.
pub fn ics(listed: &Listed, language: Language) -> String {
    let client = plain_line(&listed.assessment.client);
    let mut lines: Vec<String> =
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//privaudit//privaudit//EN", "CALSCALE:GREGORIAN"]
            .map(str::to_owned)
            .to_vec();
    let open = listed.actions.iter().filter(|action| action.standing.is_open());
    for action in open {
        let Some((plan, due)) = action.plan.and_then(|plan| Some((plan, plan.due?))) else { continue };
        let remedy = action.remedy.map_or("", |remedy| remedy.text.get(language));
        lines.extend(event(
            listed,
            language,
            &client,
            &Dated { id: action.question, due, who: &plan.owner, what: remedy },
        ));
    }
    for follow_up in listed.follow_ups {
        let Some(due) = follow_up.by else { continue };
        let asked =
            listed.questionnaire.question(follow_up.question).map(|question| question.ask.get(language));
        let what = asked.unwrap_or_default();
        lines.extend(event(
            listed,
            language,
            &client,
            &Dated { id: follow_up.question, due, who: follow_up.who, what },
        ));
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

/// One date of the plan.
struct Dated<'a> {
    id: &'a QuestionId,
    due: Date,
    who: &'a str,
    what: &'a str,
}

fn event(listed: &Listed, language: Language, client: &str, dated: &Dated) -> Vec<String> {
    let title = listed.questionnaire.question(dated.id).map_or("", |question| question.title.get(language));
    let who = plain_line(dated.who);
    let summary = if who.is_empty() { plain_line(title) } else { format!("{} ({who})", plain_line(title)) };
    let after = dated.due.tomorrow().unwrap_or(dated.due);
    vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}.{}@privaudit", escaped(&folder_like(client)), dated.id),
        format!("DTSTAMP:{}T000000Z", listed.assessment.date.strftime("%Y%m%d")),
        format!("DTSTART;VALUE=DATE:{}", dated.due.strftime("%Y%m%d")),
        format!("DTEND;VALUE=DATE:{}", after.strftime("%Y%m%d")),
        format!("SUMMARY:{}", escaped(&format!("{client}{}{summary}", language.pick("\u{202f}: ", ": ")))),
        format!("DESCRIPTION:{}", escaped(&plain(dated.what))),
        "TRANSP:TRANSPARENT".to_owned(),
        "END:VEVENT".to_owned(),
    ]
}

/// A name that stays one word.
fn folder_like(client: &str) -> String {
    client.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect()
}

/// RFC 5545, 3.3.11.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}

/// The line with its end, folded between letters where it is too long.
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut bytes = 0;
    for letter in line.chars() {
        if bytes + letter.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            bytes = 1;
        }
        out.push(letter);
        bytes += letter.len_utf8();
    }
    out.push_str("\r\n");
    out
}
