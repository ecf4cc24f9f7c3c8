//! What was seen of the client's site? Captures, hosts, cookies, and the answers that they disprove.
//!
//! Names, counts and kinds: there is no value of anything in a capture that was kept.

use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use super::chooser;
use super::chooser::Chooser;
use super::look::Look;
use crate::domain::capture::Phase;
use crate::domain::id::QuestionId;
use crate::domain::observing::Taken;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::words::capture as words;
use crate::tui::intent::Intent;
use crate::tui::visit::Visit;
use crate::tui::widgets::lines::both_ends;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::first_shown;
use crate::tui::widgets::lines::rule;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::wrap;

mod attaching;
mod captures;
mod columns;
mod cookies;
mod detail;
mod disproved;
mod files;
mod filter;
mod hosts;

pub use attaching::Copying;
pub use attaching::asked;
pub use attaching::form as attaching_form;
pub use attaching::no_files_here;
use columns::Columns;
pub use detail::detail;
pub use detail::question_item;
pub use detail::touched;
pub use detail::whose;
use filter::CookieFilter;
use filter::HostFilter;

#[derive(Debug, Clone, Default)]
pub struct Evidence {
    page: Page,
    selected: usize,
    /// Only captures of this phase are looked at.
    phase: Option<Phase>,
    hosts: HostFilter,
    cookies: CookieFilter,
    order: Order,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Page {
    #[default]
    Captures,
    Hosts,
    Cookies,
    Disproved,
    Files,
}

/// In which order hosts and cookies are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Order {
    #[default]
    Name,
    /// The service and whose it is; of cookies, the host.
    Whose,
    /// The most requests first; of cookies, the longest life.
    Most,
}

/// Something that was seen, to be looked at closely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// By the digest of the capture.
    Capture(String),
    Host(String),
    Cookie {
        name: String,
        host: String,
    },
    /// An answer that captures disprove.
    Disproved(QuestionId),
    /// A file attached to a question.
    File {
        question: QuestionId,
        digest: String,
    },
}

/// What the screen wants after an intent.
#[derive(Debug, Clone)]
pub enum Wish {
    Stay,
    Choose(Chooser),
    Read(Item),
    /// A file to this question.
    Attach(QuestionId),
    /// A file off its question, by its digest.
    Detach {
        question: QuestionId,
        digest: String,
    },
}

/// A page's list as far as it is looked at: the lines around the selected one, and what is said of that below them.
struct Listed {
    heading: Line<'static>,
    /// How many lines there are in all.
    count: usize,
    selected: usize,
    /// What the selected line is about.
    item: Option<Item>,
    about: String,
    /// The first of the lines.
    from: usize,
    lines: Vec<Line<'static>>,
    /// Said where there is no line.
    nothing: &'static str,
}

/// Which line is selected, and how many have room above and below it.
#[derive(Debug, Clone, Copy)]
struct Window {
    selected: usize,
    room: usize,
}

/// How one kind of row is shown.
struct Way<Of, Line, About> {
    item: Of,
    /// Drawn as selected or not.
    line: Line,
    about: About,
}

impl Listed {
    /// Of thousands of rows only those are drawn that can be seen.
    fn of<T>(
        rows: &[T],
        window: Window,
        way: Way<impl Fn(&T) -> Item, impl Fn(&T, bool) -> Line<'static>, impl Fn(&T) -> String>,
    ) -> Listed {
        let selected = window.selected.min(rows.len().saturating_sub(1));
        let from = selected.saturating_sub(window.room);
        let seen = rows.iter().enumerate().skip(from).take(2 * window.room);
        let current = rows.get(selected);
        Listed {
            heading: Line::default(),
            count: rows.len(),
            selected,
            item: current.map(way.item),
            about: current.map(way.about).unwrap_or_default(),
            from,
            lines: seen.map(|(index, row)| (way.line)(row, index == selected)).collect(),
            nothing: "",
        }
    }
}

impl Page {
    const ALL: [Page; 5] = [Page::Captures, Page::Hosts, Page::Cookies, Page::Disproved, Page::Files];

    fn title(self, look: Look) -> &'static str {
        match self {
            Page::Captures => look.pick("Relevés", "Captures"),
            Page::Hosts => look.pick("Hôtes", "Hosts"),
            Page::Cookies => look.pick("Cookies", "Cookies"),
            Page::Disproved => look.pick("Écarts", "Disproved"),
            Page::Files => look.pick("Fichiers", "Files"),
        }
    }

    fn beside(self, by: usize) -> Page {
        let here = Page::ALL.iter().position(|page| *page == self).unwrap_or(0);
        Page::ALL.get((here + by) % Page::ALL.len()).copied().unwrap_or_default()
    }
}

impl Evidence {
    pub fn update(&mut self, intent: Intent, visit: &Visit, look: Look, page: usize) -> Wish {
        let listed = self.listed(visit, 0, 80, look);
        let last = listed.count.saturating_sub(1);
        self.selected = listed.selected;
        match intent {
            Intent::NextPage => self.turn(self.page.beside(1)),
            Intent::PreviousPage => self.turn(self.page.beside(Page::ALL.len() - 1)),
            Intent::Order => self.reorder(),
            Intent::FilterPhase => self.other_phase(visit),
            Intent::FilterKind => return self.filters(visit).map_or(Wish::Stay, Wish::Choose),
            Intent::Confirm => return listed.item.map_or(Wish::Stay, Wish::Read),
            Intent::AttachFile => {
                let disproved = match listed.item {
                    Some(Item::Disproved(id)) => Some(id),
                    _ => None,
                };
                return Wish::Attach(disproved.unwrap_or_else(|| visit.current().clone()));
            }
            Intent::RemoveRow => {
                return match listed.item {
                    Some(Item::File { question, digest }) => Wish::Detach { question, digest },
                    _ => Wish::Stay,
                };
            }
            _ => self.selected = intent.moved(self.selected, last, page).unwrap_or(self.selected),
        }
        Wish::Stay
    }

    fn turn(&mut self, page: Page) {
        self.page = page;
        self.selected = 0;
    }

    /// Where there is nothing to put in order, the hosts are meant.
    fn reorder(&mut self) {
        if !matches!(self.page, Page::Hosts | Page::Cookies) {
            return self.turn(Page::Hosts);
        }
        self.order = match self.order {
            Order::Name => Order::Whose,
            Order::Whose => Order::Most,
            Order::Most => Order::Name,
        };
        self.selected = 0;
    }

    /// The next phase of which there are captures; all of them after the last.
    fn other_phase(&mut self, visit: &Visit) {
        let phases: BTreeSet<Phase> = visit.captured.taken.iter().map(|taken| taken.label.phase).collect();
        self.phase = match self.phase {
            None => phases.first().copied(),
            Some(phase) => phases.into_iter().find(|other| *other > phase),
        };
        self.selected = 0;
    }

    fn filters(&mut self, visit: &Visit) -> Option<Chooser> {
        if !matches!(self.page, Page::Hosts | Page::Cookies) {
            self.turn(Page::Hosts);
        }
        let title = Text::new("Que montrer\u{202f}?", "What to show?");
        let (items, selected) = match self.page {
            Page::Cookies => filter::of_cookies(self.taken(visit), self.cookies),
            _ => filter::of_hosts(self.taken(visit), &self.hosts),
        };
        (!visit.captured.taken.is_empty())
            .then(|| Chooser::new(chooser::Purpose::Shown, title, items, selected))
    }

    /// The filter that was chosen.
    pub fn choose(&mut self, index: usize, visit: &Visit) {
        match self.page {
            Page::Cookies => {
                self.cookies = CookieFilter::ALL.get(index).copied().unwrap_or_default();
            }
            _ => self.hosts = HostFilter::all(self.taken(visit)).into_iter().nth(index).unwrap_or_default(),
        }
        self.selected = 0;
    }

    /// The captures that are looked at.
    fn taken<'a>(&self, visit: &'a Visit) -> impl Iterator<Item = &'a Taken> + Clone + use<'a> {
        let wanted = self.phase;
        visit.captured.taken.iter().filter(move |taken| wanted.is_none_or(|phase| taken.label.phase == phase))
    }

    /// What the page lists, with so many lines around the selected one.
    fn listed(&self, visit: &Visit, room: usize, columns: usize, look: Look) -> Listed {
        let columns = Columns::new(visit, columns, look);
        let window = Window { selected: self.selected, room };
        match self.page {
            Page::Captures => captures::listed(self.phase, visit, window, &columns),
            Page::Hosts => hosts::listed(self.taken(visit), &self.hosts, self.order, visit, window, &columns),
            Page::Cookies => {
                cookies::listed(self.taken(visit), self.cookies, self.order, visit, window, &columns)
            }
            Page::Disproved => disproved::listed(visit, window, &columns),
            Page::Files => files::listed(visit, window, &columns),
        }
    }

    pub fn draw(&self, frame: &mut Frame, area: Rect, visit: &Visit, look: Look) {
        let columns = usize::from(area.width);
        let title = self.title(visit, columns, look);
        let state = rule(&self.state(look), columns, look.theme);
        if visit.captured.is_empty() && self.page != Page::Files {
            let mut lines = vec![title, state, Line::default()];
            let folded = wrap(nothing_imported(look), columns.saturating_sub(4).min(72));
            lines.extend(folded.into_iter().map(|line| Line::from(format!("  {line}"))));
            return draw(frame, area, &lines);
        }
        let listed = self.listed(visit, usize::from(area.height), columns, look);
        draw(frame, area, &[title, state, listed.heading]);
        let body = Rect { y: area.y + 3.min(area.height), height: area.height.saturating_sub(3), ..area };
        let mut foot = vec![rule(&[], columns, look.theme)];
        let about = wrap(&listed.about, columns.saturating_sub(2));
        foot.extend(
            about.into_iter().take(2).map(|line| Line::from(span(format!(" {line}"), look.theme.quiet()))),
        );
        let of_foot = u16::try_from(foot.len()).unwrap_or(0).min(body.height / 3);
        let list = Rect { height: body.height - of_foot, ..body };
        if listed.lines.is_empty() {
            draw(frame, list, &[Line::from(span(format!(" {}", listed.nothing), look.theme.quiet()))]);
        }
        let first = first_shown(listed.selected, usize::from(list.height), listed.count);
        draw(frame, list, listed.lines.get(first.saturating_sub(listed.from)..).unwrap_or_default());
        draw(frame, Rect { y: list.bottom(), height: of_foot, ..body }, &foot);
        if list.height > 0 && list.width > 0 {
            let row = u16::try_from(listed.selected.saturating_sub(first)).unwrap_or(0).min(list.height - 1);
            frame.set_cursor_position((list.x, list.y + row));
        }
    }

    /// The client, and the pages with the one that is open.
    fn title(&self, visit: &Visit, columns: usize, look: Look) -> Line<'static> {
        let theme = look.theme;
        let name = |page: Page| {
            let style = if page == self.page { theme.selected() } else { theme.quiet() };
            [span(format!(" {} ", page.title(look)), style), Span::raw(" ")]
        };
        let pages: Vec<Span> = match columns >= 60 {
            true => Page::ALL.into_iter().flat_map(name).collect(),
            false => name(self.page).to_vec(),
        };
        let left = [
            span(format!(" {}", visit.assessment().client), theme.strong()),
            span(look.pick(" · preuves", " · evidence"), theme.quiet()),
        ];
        both_ends(&left, pages, columns, theme)
    }

    /// Which captures, what of them, and in which order.
    fn state(&self, look: Look) -> Vec<Span<'static>> {
        let phase = self.phase.map_or(look.pick("tous les relevés", "all captures"), |phase| {
            words::phase(look.language, phase)
        });
        let mut said = vec![phase.to_owned()];
        let order = match (self.page, self.order) {
            (_, Order::Name) => look.pick("par nom", "by name"),
            (Page::Cookies, Order::Whose) => look.pick("par hôte", "by host"),
            (Page::Cookies, Order::Most) => look.pick("par durée", "by life"),
            (_, Order::Whose) => look.pick("par service", "by service"),
            (_, Order::Most) => look.pick("par nombre de requêtes", "by number of requests"),
        };
        match self.page {
            Page::Hosts => {
                said.extend([self.hosts.said().get(look.language).to_owned(), order.to_owned()]);
            }
            Page::Cookies => {
                said.extend([self.cookies.said().get(look.language).to_owned(), order.to_owned()]);
            }
            Page::Captures => {}
            Page::Disproved => {
                said = vec![
                    look.pick("réponses qu’un relevé contredit", "answers that a capture disproves")
                        .to_owned(),
                ];
            }
            Page::Files => {
                let title = look.pick("fichiers joints aux questions", "files attached to questions");
                said = vec![title.to_owned()];
            }
        }
        vec![span(format!(" {} ", said.join(" · ")), look.theme.accent())]
    }
}

fn nothing_imported(look: Look) -> &'static str {
    look.pick(
        "Aucun relevé du site pour cette visite.\n\nUn relevé est un fichier HAR que le navigateur enregistre (outils de développement, onglet Réseau), ou l’inspection.json du Website Evidence Collector. «\u{202f}privaudit import CLIENT FICHIER\u{202f}» le lit : hôtes, noms de cookies, formulaires et liens, jamais une valeur.\n\nMieux vaut en faire plusieurs : avant tout choix, après refus, après acceptation.",
        "No capture of the site for this visit.\n\nA capture is a HAR file that a browser records (developer tools, Network tab), or the Website Evidence Collector’s inspection.json. “privaudit import CLIENT FILE” reads it: hosts, names of cookies, forms and links, never a value.\n\nSeveral are best: before any choice, after refusing, after accepting.",
    )
}

/// What is said when lines of a table came from captures.
pub fn filled_in(count: usize) -> Text {
    let fr = Language::Fr.plural(count, "ligne ajoutée", "lignes ajoutées");
    let en = Language::En.plural(count, "line", "lines");
    Text::new(
        format!("{count} {fr} d’après les relevés, à compléter ; « u » l’annule"),
        format!("{count} {en} added from captures, to be completed; “u” undoes it"),
    )
}

pub fn nothing_to_fill_in() -> Text {
    Text::new("aucun relevé ne montre de ligne de plus", "no capture shows a line more")
}

/// `3 questions`, or nothing where there are none.
fn questions(count: usize, look: Look) -> String {
    let word = look.language.plural(count, "question", "questions");
    if count == 0 { String::new() } else { format!("{count} {word}") }
}

/// What stands between the parts of a sentence, those that say something.
fn joined(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The same words for both languages' lists.
fn both(say: impl Fn(Language) -> String) -> Text {
    Text::new(say(Language::Fr), say(Language::En))
}
