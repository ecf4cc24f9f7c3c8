//! What changed since last time? Two visits side by side, the reasons, and the client's timeline.

use jiff::civil::Date;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;

use super::chooser;
use super::chooser::Chooser;
use super::look::Look;
use super::reader::Paragraph;
use crate::domain::comparison;
use crate::domain::id::QuestionId;
use crate::domain::site::compare as site_between;
use crate::domain::text::Text;
use crate::tui::effect::Past;
use crate::tui::intent::Intent;
use crate::tui::visit::Visit;
use crate::tui::widgets::lines::both_ends;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::rule;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::wrap;

mod brief;
mod changes;
mod detail;
mod figures;
mod group;
mod history;
mod seen;
mod sentences;
mod site;
mod summary;
mod timeline;

use changes::Changes;
use seen::Seen;
use site::Site;
use summary::Summary;
use timeline::Timeline;

/// What was read for the open visit, what was chosen of it, and what was found. Compared once a choice.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// The visit that was open when this was read: of another one, nothing is shown.
    open: String,
    /// Oldest first; the open one as it was in memory.
    visits: Vec<Past>,
    then: usize,
    now: usize,
    /// None as long as there are no two visits.
    found: Option<comparison::Comparison>,
    page: Page,
    summary: Summary,
    changes: Changes,
    timeline: Timeline,
    site: Site,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Page {
    #[default]
    Summary,
    Changes,
    Timeline,
    Site,
}

impl Page {
    const ALL: [Page; 4] = [Page::Summary, Page::Changes, Page::Timeline, Page::Site];

    fn title(self, look: Look) -> &'static str {
        match self {
            Page::Summary => look.pick("Résumé", "Summary"),
            Page::Changes => look.pick("Changements", "Changes"),
            Page::Timeline => look.pick("Évolution", "Timeline"),
            Page::Site => look.pick("Site", "Site"),
        }
    }

    fn next(self) -> Page {
        match self {
            Page::Summary => Page::Changes,
            Page::Changes => Page::Timeline,
            Page::Timeline => Page::Site,
            Page::Site => Page::Summary,
        }
    }
}

/// What the comparison wants after an intent.
#[derive(Debug, Clone)]
pub enum Wish {
    Stay,
    /// Which visit is to be compared.
    Choose(Chooser),
    /// The history of one question.
    History(QuestionId),
}

impl Comparison {
    /// All visits of the client, as they were read. Of the same open visit, what was chosen before stays chosen.
    pub fn receive(&mut self, history: Vec<Past>, visit: &Visit, today: Date) {
        let chosen = |index: usize| self.visits.get(index).map(|past| past.reference.clone());
        let before = chosen(self.then).zip(chosen(self.now)).filter(|_| self.open == visit.reference);
        let mut visits = history;
        if let Some(past) = visits.iter_mut().find(|past| past.reference == visit.reference) {
            past.assessment = visit.assessment().clone();
        } else {
            visits.push(Past {
                reference: visit.reference.clone(),
                assessment: visit.assessment().clone(),
                questionnaire: visit.questionnaire.clone(),
                taken: visit.captured.taken.clone(),
            });
            visits.sort_by_key(|past| past.assessment.date);
        }
        let place = |reference: &str| visits.iter().position(|past| past.reference == reference);
        let kept = before.and_then(|(then, now)| Some((place(&then)?, place(&now)?)));
        let (then, now) = kept.unwrap_or_else(|| {
            let open = place(&visit.reference).unwrap_or(0);
            // The first visit has none before it: it is compared with the one after.
            if open == 0 { (0, 1.min(visits.len().saturating_sub(1))) } else { (open - 1, open) }
        });
        if kept.is_none() {
            *self = Comparison { timeline: Timeline::at(now), ..Comparison::default() };
        }
        self.open.clone_from(&visit.reference);
        self.timeline.measure(&visits);
        self.visits = visits;
        (self.then, self.now) = (then, now);
        self.compare(today);
    }

    /// The visit that was chosen for one side. The earlier of the two is always the one before.
    pub fn choose(&mut self, side: &chooser::Purpose, index: usize, visit: &Visit, today: Date) {
        if self.open != visit.reference {
            return;
        }
        let Some(index) = self.visits.len().checked_sub(index + 1) else { return };
        let other = if *side == chooser::Purpose::Then { self.now } else { self.then };
        (self.then, self.now) = (index.min(other), index.max(other));
        self.summary = Summary::default();
        self.changes = Changes::default();
        self.compare(today);
    }

    fn compare(&mut self, today: Date) {
        self.site = match (self.visits.get(self.then), self.visits.get(self.now)) {
            (Some(then), Some(now)) => Site::of(site_between(&then.taken, &now.taken)),
            _ => Site::default(),
        };
        self.found = match (self.visits.get(self.then), self.visits.get(self.now)) {
            (Some(then), Some(now)) if self.then != self.now => Some(comparison::compare(
                &then.questionnaire,
                &then.assessment,
                &now.questionnaire,
                &now.assessment,
                today,
            )),
            _ => None,
        };
    }

    /// What is looked at; none for another visit, and where there are no two.
    fn seen(&self, visit: &Visit) -> Option<Seen<'_>> {
        let found = self.found.as_ref().filter(|_| self.open == visit.reference)?;
        let (then, now) = (self.visits.get(self.then)?, self.visits.get(self.now)?);
        Some(Seen { then, now, score: self.timeline.score(self.now)?, found })
    }

    pub fn update(&mut self, intent: Intent, visit: &Visit, look: Look, page: usize) -> Wish {
        match intent {
            Intent::NextPage => self.page = self.page.next(),
            Intent::PreviousPage => self.page = self.page.next().next().next(),
            Intent::ChooseThen => return self.chooser(chooser::Purpose::Then, visit),
            Intent::ChooseNow => return self.chooser(chooser::Purpose::Now, visit),
            Intent::FilterKind | Intent::FilterStep if self.page != Page::Changes => {
                self.page = Page::Changes;
            }
            other => {
                return self.on_page(other, visit, look, page).map_or(Wish::Stay, Wish::History);
            }
        }
        Wish::Stay
    }

    /// What the page does with an intent; the question whose history is asked for.
    fn on_page(&mut self, intent: Intent, visit: &Visit, look: Look, page: usize) -> Option<QuestionId> {
        match self.page {
            Page::Summary => {
                let mut summary = self.summary;
                let question = summary.update(intent, self.seen(visit)?, page);
                self.summary = summary;
                question
            }
            Page::Changes => {
                let mut changes = self.changes.clone();
                let question = changes.update(intent, self.seen(visit)?, page);
                self.changes = changes;
                question
            }
            Page::Timeline => {
                self.timeline.update(intent, page);
                None
            }
            Page::Site => {
                self.site.update(intent, look, page);
                None
            }
        }
    }

    /// Whether a key of the comparison leads anywhere as things are.
    pub fn offers(&self, intent: Intent) -> bool {
        match intent {
            Intent::ChooseThen | Intent::ChooseNow => self.visits.len() > 1,
            Intent::NextPage | Intent::PreviousPage => self.found.is_some(),
            Intent::Confirm => self.found.is_some() && matches!(self.page, Page::Summary | Page::Changes),
            // They lead to the page of the changes from every other one, where they say nothing yet.
            Intent::FilterKind | Intent::FilterStep => self.found.is_some() && self.page == Page::Changes,
            _ => true,
        }
    }

    /// All visits, the latest first.
    fn chooser(&self, side: chooser::Purpose, visit: &Visit) -> Wish {
        if self.open != visit.reference || self.visits.len() < 2 {
            return Wish::Stay;
        }
        let (title, chosen) = match side {
            chooser::Purpose::Then => (Text::new("La visite d’avant", "The visit then"), self.then),
            _ => (Text::new("La visite d’après", "The visit now"), self.now),
        };
        let item = |(index, past): (usize, &Past)| {
            let open = if past.reference == self.open {
                Text::new("ouverte, telle qu’elle est maintenant", "open, as it is now")
            } else {
                Text::default()
            };
            chooser::Item { words: self.timeline.line(index, past), aside: open }
        };
        let items = self.visits.iter().enumerate().rev().map(item).collect();
        let selected = self.visits.len() - 1 - chosen.min(self.visits.len() - 1);
        Wish::Choose(Chooser::new(side, title, items, selected))
    }

    /// One question over all visits.
    pub fn history(&self, id: &QuestionId, visit: &Visit, look: Look) -> Vec<Paragraph> {
        let visits = if self.open == visit.reference { self.visits.as_slice() } else { &[] };
        history::history(visits, |index| self.timeline.score(index), id, look)
    }

    pub fn draw(&self, frame: &mut Frame, area: Rect, visit: &Visit, look: Look) {
        let columns = usize::from(area.width);
        let title = self.title(visit, columns, look);
        let below = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
        match (self.page, self.seen(visit)) {
            (_, None) => {
                draw(frame, area, &[title, rule(&[], columns, look.theme)]);
                draw(frame, below, &self.nothing(visit, columns, look));
            }
            (Page::Summary, Some(seen)) => {
                draw(frame, area, &[title, rule(&between(seen, look), columns, look.theme)]);
                self.summary.draw(frame, below, seen, look);
            }
            (Page::Changes, Some(seen)) => {
                let mut heading = between(seen, look);
                heading.extend(self.changes.step(seen, look));
                draw(frame, area, &[title, rule(&heading, columns, look.theme)]);
                self.changes.draw(frame, below, seen, look);
            }
            (Page::Timeline, Some(_)) => {
                let heading = self.timeline.heading(look);
                draw(frame, area, &[title, rule(&heading, columns, look.theme)]);
                self.timeline.draw(frame, below, &self.visits, look);
            }
            (Page::Site, Some(seen)) => {
                draw(frame, area, &[title, rule(&between(seen, look), columns, look.theme)]);
                self.site.draw(frame, below, look);
            }
        }
    }

    /// The client, and the pages with the one that is open.
    fn title(&self, visit: &Visit, columns: usize, look: Look) -> Line<'static> {
        let theme = look.theme;
        let name = |page: Page| {
            let style = if page == self.page { theme.selected() } else { theme.quiet() };
            [span(format!(" {} ", page.title(look)), style), Span::raw(" ")]
        };
        let pages: Vec<Span> = if columns >= 60 {
            Page::ALL.into_iter().flat_map(name).collect()
        } else {
            name(self.page).to_vec()
        };
        let left = [
            span(format!(" {}", visit.assessment().client), theme.strong()),
            span(look.pick(" · comparaison", " · comparison"), theme.quiet()),
        ];
        both_ends(&left, pages, columns, theme)
    }

    /// Why there is nothing to compare.
    fn nothing(&self, visit: &Visit, columns: usize, look: Look) -> Vec<Line<'static>> {
        if self.open != visit.reference {
            return vec![Line::from(span(look.pick(" Lecture…", " Reading…"), look.theme.quiet()))];
        }
        let text = if self.visits.len() < 2 {
            look.pick(
                "Une seule visite pour l’instant\u{202f}: il n’y a encore rien à comparer.\n\nLa prochaine partira de ces réponses. Cette page dira alors ce qui a changé depuis, pourquoi le score a bougé et ce qu’il reste à faire.\n\nQuand le moment sera venu, «\u{202f}N\u{202f}» dans la liste des clients commence la visite suivante.",
                "Only one visit so far: there is nothing to compare yet.\n\nThe next one will start from these answers. This page will then say what changed since, why the score moved, and what is left to do.\n\nWhen the time has come, “N” in the list of clients begins the next visit.",
            )
        } else {
            look.pick(
                "La même visite des deux côtés\u{202f}: rien à comparer. «\u{202f}b\u{202f}» choisit la visite d’avant, «\u{202f}n\u{202f}» celle d’après.",
                "The same visit on both sides: nothing to compare. “b” chooses the visit then, “n” the visit now.",
            )
        };
        let mut lines = vec![Line::default()];
        let folded = wrap(text, columns.saturating_sub(4).min(72));
        lines.extend(folded.into_iter().map(|line| Line::from(span(format!("  {line}"), Style::new()))));
        lines
    }
}

/// `b 01/03/2025 → n 23/11/2026`: each date with the key that chooses another.
fn between(seen: Seen, look: Look) -> Vec<Span<'static>> {
    let theme = look.theme;
    let (then, now) = (seen::when(seen.then, look.language), seen::when(seen.now, look.language));
    vec![
        span(" b ", theme.accent()),
        span(format!("{then} {} ", figures::arrow(theme)), theme.strong()),
        span("n ", theme.accent()),
        span(format!("{now} "), theme.strong()),
    ]
}
