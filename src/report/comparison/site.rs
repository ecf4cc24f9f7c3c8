//! How is it said what became of the site? Gained and lost, for programs and for people.

use serde::Serialize;

use crate::domain::capture::LinkKind;
use crate::domain::capture::Phase;
use crate::domain::capture::SecurityHeader;
use crate::domain::site::Moved;
use crate::domain::site::PhaseChange;
use crate::domain::site::SiteComparison;
use crate::domain::text::Language;
use crate::domain::text::plain_line;
use crate::domain::words::capture as words;
use crate::report::document::Block;
use crate::report::document::Line;

/// Of `diff --json`.
#[derive(Debug, Serialize)]
pub struct SitePart<'a> {
    phases: Vec<PhasePart<'a>>,
    only_then: Vec<&'static str>,
    only_now: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct PhasePart<'a> {
    phase: &'static str,
    third_parties: MovedPart<'a>,
    hosts: MovedPart<'a>,
    cookies: Option<MovedPart<'a>>,
    headers: Option<MovedPart<'a>>,
    links: Option<MovedPart<'a>>,
    insecure_forms: Option<MovedPart<'a>>,
    plain_http: MovedPart<'a>,
}

#[derive(Debug, Serialize)]
struct MovedPart<'a> {
    gained: Vec<&'a str>,
    lost: Vec<&'a str>,
}

impl<'a> SitePart<'a> {
    pub fn new(site: &'a SiteComparison) -> SitePart<'a> {
        let words = |phases: &[Phase]| phases.iter().map(|phase| phase.word()).collect();
        SitePart {
            phases: site.phases.iter().map(PhasePart::new).collect(),
            only_then: words(&site.only_then),
            only_now: words(&site.only_now),
        }
    }
}

impl<'a> PhasePart<'a> {
    fn new(change: &'a PhaseChange) -> PhasePart<'a> {
        let texts = |moved: &'a Moved<String>| MovedPart::of(moved, |text: &'a String| text.as_str());
        PhasePart {
            phase: change.phase.word(),
            third_parties: texts(&change.third_parties),
            hosts: texts(&change.hosts),
            cookies: change.cookies.as_ref().map(texts),
            headers: change.headers.as_ref().map(|moved| MovedPart::of(moved, |header| header.name())),
            links: change.links.as_ref().map(|moved| MovedPart::of(moved, |kind| word(*kind))),
            insecure_forms: change.insecure_forms.as_ref().map(texts),
            plain_http: texts(&change.plain_http),
        }
    }
}

impl<'a> MovedPart<'a> {
    fn of<T>(moved: &'a Moved<T>, word: impl Fn(&'a T) -> &'a str) -> MovedPart<'a> {
        let words = |these: &'a [T]| these.iter().map(&word).collect();
        MovedPart { gained: words(&moved.gained), lost: words(&moved.lost) }
    }
}

fn word(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Privacy => "privacy",
        LinkKind::Cookies => "cookies",
        LinkKind::Legal => "legal",
        LinkKind::Contact => "contact",
        LinkKind::Social => "social",
    }
}

/// What became of the site in one phase: its name, then a line for each thing that came (`+`) or went (`−`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub heading: String,
    pub lines: Vec<String>,
}

/// Everything, for people; nothing where no visit has captures.
pub fn site_told(site: &SiteComparison, language: Language) -> Vec<Told> {
    let mut told: Vec<Told> = site.phases.iter().map(|change| of_phase(change, language)).collect();
    let alone = [
        (&site.only_then, language.pick("relevé avant seulement", "captured then only")),
        (&site.only_now, language.pick("relevé maintenant seulement", "captured now only")),
    ];
    for (phases, why) in alone {
        told.extend(phases.iter().map(|phase| Told {
            heading: format!("{} ({why})", words::phase(language, *phase)),
            lines: vec![language.pick("rien à comparer", "nothing to compare").to_owned()],
        }));
    }
    told
}

fn of_phase(change: &PhaseChange, language: Language) -> Told {
    let mut lines = Vec::new();
    let mut tell = |label: &str, gained: &[String], lost: &[String]| {
        let colon = language.pick("\u{202f}: ", ": ");
        for (mark, these) in [("+", gained), ("−", lost)] {
            lines.extend(these.iter().map(|what| format!("{mark} {label}{colon}{}", plain_line(what))));
        }
    };
    let third_party = language.pick("tiers", "third party");
    tell(third_party, &change.third_parties.gained, &change.third_parties.lost);
    tell(language.pick("hôte", "host"), &change.hosts.gained, &change.hosts.lost);
    if let Some(cookies) = &change.cookies {
        tell("cookie", &cookies.gained, &cookies.lost);
    }
    if let Some(headers) = &change.headers {
        let names = |these: &[SecurityHeader]| -> Vec<String> {
            these.iter().map(|header| header.name().to_owned()).collect()
        };
        tell(language.pick("en-tête", "header"), &names(&headers.gained), &names(&headers.lost));
    }
    if let Some(links) = &change.links {
        let names = |these: &[LinkKind]| -> Vec<String> {
            these.iter().map(|kind| words::link(language, *kind).to_owned()).collect()
        };
        tell(language.pick("lien", "link"), &names(&links.gained), &names(&links.lost));
    }
    if let Some(forms) = &change.insecure_forms {
        tell(language.pick("formulaire sans HTTPS", "form without HTTPS"), &forms.gained, &forms.lost);
    }
    let plain = language.pick("appelé sans HTTPS", "asked without HTTPS");
    tell(plain, &change.plain_http.gained, &change.plain_http.lost);
    if lines.is_empty() {
        lines.push(language.pick("rien n’est venu ni parti", "nothing came or went").to_owned());
    }
    for (shown, what) in [
        (change.cookies.is_some(), language.pick("cookies", "cookies")),
        (change.links.is_some(), language.pick("liens et formulaires", "links and forms")),
        (change.headers.is_some(), language.pick("en-têtes", "headers")),
    ] {
        if !shown {
            let cannot =
                language.pick("un des relevés ne les montre pas", "one of the captures does not show them");
            lines.push(format!("? {what}{}{cannot}", language.pick("\u{202f}: ", ": ")));
        }
    }
    Told { heading: words::phase(language, change.phase).to_owned(), lines }
}

/// The same as a chapter of a document.
pub fn site_chapter(site: &SiteComparison, language: Language) -> Vec<Block> {
    let told = site_told(site, language);
    if told.is_empty() {
        return Vec::new();
    }
    let heading = |level: u8, text: String| Block::Heading { level, text, anchor: String::new() };
    let mut blocks =
        vec![heading(1, language.pick("Le site, avant et après", "The site, before and after").to_owned())];
    for phase in told {
        blocks.push(heading(2, phase.heading));
        blocks.push(Block::List(phase.lines.iter().map(Line::plain).collect()));
    }
    blocks
}
