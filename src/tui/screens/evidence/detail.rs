//! What is known of a capture, a host or a cookie? Everything that was kept, and the questions that it touches.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::Item;
use super::both;
use super::joined;
use crate::domain::capture::Cookie;
use crate::domain::capture::Host;
use crate::domain::capture::Kind;
use crate::domain::id::QuestionId;
use crate::domain::observing::Taken;
use crate::domain::sightings::goes_to;
use crate::domain::text::plain;
use crate::domain::text::plain_line;
use crate::domain::touching;
use crate::domain::words as said;
use crate::domain::words::capture as words;
use crate::report::attached;
use crate::report::capture_text;
use crate::storage::attachments::Checked;
use crate::storage::attachments::Condition;
use crate::tui::screens::chooser;
use crate::tui::screens::disproved;
use crate::tui::screens::help::blank;
use crate::tui::screens::help::heading;
use crate::tui::screens::look::Look;
use crate::tui::screens::reader::Paragraph;
use crate::tui::visit::Visit;

/// How far what belongs to a heading is moved in.
const INDENT: usize = 2;

/// The questions that it touches, in the order of the questionnaire.
pub fn touched(visit: &Visit, item: &Item) -> Vec<QuestionId> {
    let (questionnaire, taken) = (&visit.questionnaire, &visit.captured.taken);
    match item {
        Item::Capture(_) => Vec::new(),
        Item::Host(name) => touching::by_host(questionnaire, taken, name),
        Item::Cookie { name, host } => touching::by_cookie(questionnaire, taken, name, host),
        Item::Disproved(id) | Item::File { question: id, .. } => vec![id.clone()],
    }
}

/// All of it, to be read.
pub fn detail(visit: &Visit, item: &Item, look: Look) -> Vec<Paragraph> {
    let mut out = match item {
        Item::Capture(digest) => capture(visit, digest, look),
        Item::Host(name) => host(visit, name, look),
        Item::Cookie { name, host } => of_cookie(visit, name, host, look),
        Item::Disproved(id) => return disproved::explanation(visit, id, look),
        Item::File { question, digest } => file(visit, question, digest, look),
    };
    let touched = touched(visit, item);
    if touched.is_empty() {
        return out;
    }
    out.push(blank(look));
    let title = look.pick("Questions touchées (Entrée y mène)", "Questions touched (Enter goes there)");
    out.push(heading(title, look));
    out.extend(touched.iter().map(|id| line(question(visit, id, look), look)));
    out
}

/// `Traceurs avant le choix : oui`, with a mark where captures disprove it.
fn question(visit: &Visit, id: &QuestionId, look: Look) -> String {
    let question = visit.questionnaire.question(id);
    let title = question.map_or(id.as_str(), |question| look.text(&question.title));
    let answer = question.and_then(|question| said::answer(look.language, question, visit.answer(id)));
    let answer = match visit.asked.contains(id) {
        true => answer.unwrap_or_else(|| look.pick("sans réponse", "unanswered").to_owned()),
        false => look.pick("non posée", "not asked").to_owned(),
    };
    let mark = if visit.is_contradicted(id) { look.theme.disproved() } else { look.theme.open() };
    format!("{mark} {title}{}{answer}", look.colon())
}

/// The same as something to choose.
pub fn question_item(visit: &Visit, id: &QuestionId) -> chooser::Item {
    let question = visit.questionnaire.question(id);
    let aside = both(|language| {
        let said = question.and_then(|question| said::answer(language, question, visit.answer(id)));
        said.unwrap_or_default()
    });
    chooser::Item { words: question.map(|question| question.title.clone()).unwrap_or_default(), aside }
}

fn capture(visit: &Visit, digest: &str, look: Look) -> Vec<Paragraph> {
    let Some(Taken { label, capture }) =
        visit.captured.taken.iter().find(|taken| taken.label.digest == digest)
    else {
        let lost = visit.captured.unreadable.iter().find(|(label, _)| label.digest == digest);
        return lost.map(|(_, error)| line(look.text(&error.message).to_owned(), look)).into_iter().collect();
    };
    let mut text = Vec::new();
    // Memory takes everything.
    let _ = capture_text::print(label, capture, look.language, &mut text);
    let text = String::from_utf8_lossy(&text);
    let indented = |text: &str| {
        let indent = text.len() - text.trim_start().len();
        Paragraph { text: text.to_owned(), style: look.theme.text(), indent: indent + INDENT }
    };
    text.lines().map(|text| indented(text.strip_prefix("  ").unwrap_or(text))).collect()
}

fn host(visit: &Visit, name: &str, look: Look) -> Vec<Paragraph> {
    let mut out = vec![heading(&plain_line(name), look)];
    let shows = |taken: &&Taken| taken.capture.hosts.contains_key(name);
    for (index, taken) in visit.captured.taken.iter().filter(shows).enumerate() {
        let Some(host) = taken.capture.hosts.get(name) else { continue };
        if index == 0 {
            out.push(line(whose(host, look), look));
            if host.cname_like {
                let doubt = look.pick(
                    "Un traceur pourrait s’y cacher (CNAME) : demander à qui il est.",
                    "A tracker could hide behind it (CNAME): ask whose it is.",
                );
                out.push(line(doubt.to_owned(), look));
            }
        }
        out.push(blank(look));
        out.push(heading(&when(taken, look), look));
        out.push(line(joined([requests(host, look), kinds(&host.kinds, look)]), look));
        out.extend(host.samples.iter().map(|sample| line(plain_line(sample), look)));
        let cookies = taken.capture.cookies.iter().filter(|cookie| goes_to(cookie, name));
        out.extend(cookies.map(|found| {
            let said = format!("{} · {}", plain_line(&found.name), cookie(found, look));
            line(format!("cookie{}{said}", look.colon()), look)
        }));
        let identifiers = taken.capture.identifiers.iter().filter(|found| found.host == name);
        out.extend(identifiers.map(|found| {
            let label = look.pick("identifiant dans l’adresse", "identifier in the address");
            let sign = words::sign(look.language, found.sign);
            line(format!("{label}{}{} ({sign})", look.colon(), plain_line(&found.parameter)), look)
        }));
    }
    out
}

fn of_cookie(visit: &Visit, name: &str, host: &str, look: Look) -> Vec<Paragraph> {
    let mut out = vec![heading(&format!("{} ({})", plain_line(name), plain_line(host)), look)];
    for taken in &visit.captured.taken {
        let found = taken.capture.cookies.iter().filter(|cookie| cookie.name == name && cookie.host == host);
        for found in found {
            out.push(blank(look));
            out.push(heading(&when(taken, look), look));
            out.push(line(cookie(found, look), look));
        }
    }
    out
}

fn file(visit: &Visit, question: &QuestionId, digest: &str, look: Look) -> Vec<Paragraph> {
    let wanted = |one: &&Checked| one.question == *question && one.attachment.digest == digest;
    let Some(one) = visit.files.iter().find(wanted) else { return Vec::new() };
    let mut out = vec![
        heading(&plain_line(&one.attachment.name), look),
        line(attached::line(look.language, one), look),
        line(format!("SHA-256 {digest}"), look),
    ];
    if one.condition != Condition::Intact {
        let what = look.pick(
            "La copie dans le dossier du client n’est plus ce qui a été joint : joindre le fichier de nouveau.",
            "The copy in the client’s folder is not what was attached any more: attach the file again.",
        );
        out.push(Paragraph { text: what.to_owned(), style: look.theme.warning(), indent: 0 });
    }
    out
}

/// `avant tout choix · 20 nov. 2026 · accueil.har`
fn when(taken: &Taken, look: Look) -> String {
    let label = &taken.label;
    joined([
        words::phase(look.language, label.phase).to_owned(),
        look.language.date(label.on),
        plain_line(&label.name),
    ])
}

fn requests(host: &Host, look: Look) -> String {
    let count = usize::try_from(host.requests).unwrap_or(usize::MAX);
    let word =
        look.language.plural(count, look.pick("requête", "request"), look.pick("requêtes", "requests"));
    let plain = match host.plain_http {
        0 => String::new(),
        plain => look.pick(format!("{plain} sans HTTPS"), format!("{plain} without HTTPS")),
    };
    // A scanner gives no number.
    joined([if count == 0 { String::new() } else { format!("{count} {word}") }, plain])
}

/// `script 1, image 3`
pub fn kinds(kinds: &BTreeMap<Kind, u32>, look: Look) -> String {
    let said = kinds.iter().map(|(kind, count)| format!("{} {count}", words::kind(look.language, *kind)));
    said.collect::<Vec<_>>().join(", ")
}

/// The service by its name; of a host of others that is in no table, that it is unknown.
pub fn service(host: &Host, look: Look) -> String {
    match &host.service {
        Some(service) => plain_line(&service.name),
        None if host.third_party => look.pick("inconnu", "unknown").to_owned(),
        None => look.pick("le site", "the site").to_owned(),
    }
}

/// `Google Analytics (Google, US) · mesure d’audience`
pub fn whose(host: &Host, look: Look) -> String {
    let Some(known) = &host.service else { return service(host, look) };
    let company = if known.company == known.name { "" } else { known.company.as_str() };
    let country = known.country.as_deref().unwrap_or_default();
    let who = [company, country].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let who = if who.is_empty() { who } else { format!(" ({who})") };
    format!("{}{} · {}", plain(&known.name), plain(&who), words::category(look.language, known.category))
}

/// `d’un tiers · 390 jours · posé par le serveur · Secure`
pub fn cookie(cookie: &Cookie, look: Look) -> String {
    let flag =
        |set: Option<bool>, name: &str| if set == Some(true) { name.to_owned() } else { String::new() };
    joined([
        look.pick(["du site", "d’un tiers"], ["the site’s", "a third party’s"])
            [usize::from(cookie.third_party)]
        .to_owned(),
        words::life(look.language, cookie.life),
        words::set_by(look.language, cookie.set_by).to_owned(),
        flag(cookie.secure, "Secure"),
        flag(cookie.http_only, "HttpOnly"),
        cookie.same_site.map_or(String::new(), |same_site| format!("SameSite={same_site:?}")),
    ])
}

fn line(text: impl Display, look: Look) -> Paragraph {
    Paragraph { text: format!("  {text}"), style: look.theme.text(), indent: INDENT + 2 }
}
