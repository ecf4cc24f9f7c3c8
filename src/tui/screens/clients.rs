//! Who are the clients, and how do they stand? The portfolio.

use std::sync::Arc;

use jiff::civil::Date;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::look::Look;
use crate::domain::assessment::Assessment;
use crate::domain::text::Text;
use crate::domain::text::fold;
use crate::storage::error::Error;
use crate::storage::portfolio::line::Line as PortfolioLine;
use crate::tui::intent::Intent;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::first_shown;
use crate::tui::widgets::lines::rule;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::wrap;

pub mod deleting;
mod list;
mod page;
mod row;
pub mod sealing;
mod sitting;
mod title;

use list::List;
use page::Page;
use row::client;
use row::headings;
use title::title;

#[derive(Debug, Clone, Default)]
pub struct Clients {
    /// None until something of it is read.
    pub list: Option<List>,
    pub failed: Option<Error>,
    /// How many folders are read, of how many, as long as the reading goes on.
    progress: Option<(usize, usize)>,
    /// Everything was read once. What is read since is a further look, which is told only once it brings something.
    complete: bool,
    quiet: bool,
    /// The client that is looked at more closely.
    pub page: Page,
    /// By folder, so that the selection stays where it is while the list is read.
    selected: String,
    /// What was taken out of the list here: the last comes back first.
    gone: Vec<Gone>,
}

/// How a client was taken out of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Gone {
    /// Into the trash, where it has this name.
    Deleted(String),
    /// Archived; its folder.
    Archived(String),
}

/// What the list wants after an intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Stay,
    Open {
        folder: String,
    },
    NewVisit {
        folder: String,
    },
    NewClient,
    /// Into the trash.
    Delete {
        folder: String,
    },
    /// Back from the trash, where it has this name.
    PutBack {
        id: String,
    },
    /// Among those that are archived, or back from there.
    Archive {
        folder: String,
        away: bool,
    },
    NothingToPutBack,
    /// What the clients shown have in common.
    Summarise,
    /// Its visits and actions, on a page of their own.
    Show {
        folder: String,
    },
}

impl Clients {
    pub fn lines(&self) -> impl Iterator<Item = &PortfolioLine> {
        self.list.iter().flat_map(List::all)
    }

    /// How many are known.
    pub fn count(&self) -> usize {
        self.list.as_ref().map_or(0, List::count)
    }

    /// Selects a client. One that is not among those shown, being archived, leaves the selection where it is.
    pub fn select(&mut self, folder: &str) {
        let hidden = |list: &List| list.knows(folder) && list.place(folder).is_none();
        if !self.list.as_ref().is_some_and(hidden) {
            folder.clone_into(&mut self.selected);
        }
    }

    /// A reading begins. What is remembered is shown at once, unless more is shown already.
    pub fn begin(&mut self, remembered: Vec<Arc<PortfolioLine>>, total: usize, today: Date) {
        self.failed = None;
        self.progress = Some((0, total));
        self.quiet = self.complete;
        // Whoever comes before the first one is not to take its place under the eyes.
        if self.complete && self.selected.is_empty() {
            self.selected = self.chosen().map(|chosen| chosen.folder.clone()).unwrap_or_default();
        }
        if self.list.is_none() && !remembered.is_empty() {
            self.list.get_or_insert_default().take(remembered, today);
        }
        if let Some(list) = &mut self.list {
            list.begin();
        }
    }

    /// Takes in a portion of what is read.
    pub fn receive(&mut self, lines: Vec<Arc<PortfolioLine>>, done: usize, today: Date) {
        if let Some((read, _)) = &mut self.progress {
            *read = done;
        }
        let brings = self.list.get_or_insert_default().take(lines, today);
        self.quiet &= !brings;
    }

    /// The reading is over.
    pub fn end(&mut self, today: Date) {
        self.progress = None;
        self.complete = true;
        self.list.get_or_insert_default();
        self.in_place(|list| list.end(today));
    }

    /// There is nothing to read, and why.
    pub fn fail(&mut self, error: Error) {
        self.progress = None;
        self.failed = Some(error);
    }

    /// How far a reading is that somebody may wait for.
    pub fn reading(&self, look: Look) -> Option<String> {
        self.awaited().map(|progress| title::reading(progress, look))
    }

    fn awaited(&self) -> Option<(usize, usize)> {
        self.progress.filter(|_| !self.quiet)
    }

    /// Nothing is being read: what is shown grows older.
    pub fn rests(&self) -> bool {
        self.progress.is_none()
    }

    /// Selects the client whose visit was opened; one that was made a moment ago joins the list, so that the finder
    /// knows it before the list is read again.
    pub fn opened(&mut self, folder: &str, assessment: &Assessment, archived: Option<Date>, today: Date) {
        self.select(folder);
        let Some(list) = self.list.as_mut().filter(|list| !list.knows(folder)) else { return };
        let line = PortfolioLine {
            folder: folder.to_owned(),
            name: assessment.client.clone(),
            key: fold(&assessment.client),
            keep_until: None,
            archived,
            visits: 1,
            last: Some(assessment.date),
            standing: None,
            before: None,
            error: None,
        };
        list.take(vec![Arc::new(line)], today);
    }

    /// A client is in the trash, under this name: the one below it is selected.
    pub fn deleted(&mut self, id: String, folder: &str, today: Date) {
        self.gone.push(Gone::Deleted(id));
        self.in_place(|list| list.forget(folder, today));
    }

    /// A client is not there any more, and leaves the list: its name.
    pub fn gone(&mut self, folder: &str, today: Date) -> String {
        let archived = Gone::Archived(folder.to_owned());
        self.gone.retain(|gone| *gone != archived);
        let line = self.list.as_ref().and_then(|list| list.line(folder));
        let name = line.map(|line| line.name.clone()).filter(|name| !name.is_empty());
        self.in_place(|list| list.forget(folder, today));
        name.unwrap_or_else(|| folder.to_owned())
    }

    /// A client is archived since that day, or among the others again; it may leave what is shown.
    pub fn archived(&mut self, folder: &str, since: Option<Date>, today: Date) {
        let gone = Gone::Archived(folder.to_owned());
        self.gone.retain(|other| *other != gone);
        if since.is_some() {
            self.gone.push(gone);
        }
        self.in_place(|list| list.archive(folder, since, today));
        if since.is_none() && self.list.as_ref().is_some_and(|list| list.place(folder).is_some()) {
            self.select(folder);
        }
    }

    /// Changes the list; where the selected client leaves it, the one below is selected.
    fn in_place(&mut self, change: impl FnOnce(&mut List)) {
        let chosen = self.chosen().map(|chosen| chosen.folder.clone());
        let place = self.place();
        let Some(list) = &mut self.list else { return };
        change(list);
        if chosen.is_some_and(|chosen| list.place(&chosen).is_none()) {
            let next = list.get(place.min(list.shown_count().saturating_sub(1)));
            self.selected = next.map(|line| line.folder.clone()).unwrap_or_default();
        }
    }

    /// A visit of a client is in the trash, under this name.
    pub fn visit_deleted(&mut self, id: String) {
        self.gone.push(Gone::Deleted(id));
    }

    /// What was in the trash under this name cannot come back.
    pub fn erased(&mut self, id: String) {
        let erased = Gone::Deleted(id);
        self.gone.retain(|gone| *gone != erased);
    }

    /// What was deleted last is there again.
    pub fn is_back(&mut self, folder: &str) {
        self.gone.pop();
        self.select(folder);
    }

    /// The folders of the clients that are shown and were visited, and which those are; none before all are read.
    pub fn together(&self) -> Option<(Vec<String>, Text)> {
        let list = self.list.as_ref().filter(|_| self.is_read())?;
        let visited = list.shown().filter(|line| line.visits > 0);
        Some((visited.map(|line| line.folder.clone()).collect(), list.filter.name()))
    }

    fn place(&self) -> usize {
        self.list.as_ref().and_then(|list| list.place(&self.selected)).unwrap_or(0)
    }

    fn chosen(&self) -> Option<&PortfolioLine> {
        self.list.as_ref()?.get(self.place())
    }

    /// All there is to know of the list is known.
    fn is_read(&self) -> bool {
        self.list.is_some() && (self.complete || self.progress.is_none())
    }

    /// The folder that is chosen. Before anything is read, the client that one comes from: who types ahead means it.
    fn meant(&self) -> Option<String> {
        let ahead = || Some(self.selected.clone()).filter(|folder| !folder.is_empty() && !self.is_read());
        self.chosen().map(|row| row.folder.clone()).or_else(ahead)
    }

    pub fn update(&mut self, intent: Intent, page: usize, today: Date) -> Wish {
        let last = self.list.as_ref().map_or(0, List::shown_count).saturating_sub(1);
        let place = self.place();
        if let Some(place) = intent.moved(place, last, page) {
            if let Some(row) = self.list.as_ref().and_then(|list| list.get(place)) {
                self.selected = row.folder.clone();
            }
            return Wish::Stay;
        }
        match intent {
            Intent::NewClient => Wish::NewClient,
            Intent::RemoveRow => {
                let chosen = self.chosen();
                chosen.map_or(Wish::Stay, |row| Wish::Delete { folder: row.folder.clone() })
            }
            Intent::Undo => match self.gone.last() {
                None => Wish::NothingToPutBack,
                Some(Gone::Deleted(id)) => Wish::PutBack { id: id.clone() },
                Some(Gone::Archived(folder)) => Wish::Archive { folder: folder.clone(), away: false },
            },
            Intent::Archive => {
                let chosen = self.chosen();
                chosen.map_or(Wish::Stay, |row| Wish::Archive {
                    folder: row.folder.clone(),
                    away: row.archived.is_none(),
                })
            }
            Intent::ShowClient => self.show(),
            Intent::ShowSummary => Wish::Summarise,
            Intent::Confirm | Intent::NewVisit => {
                let Some(folder) = self.meant() else {
                    return if self.is_read() { Wish::NewClient } else { Wish::Stay };
                };
                match intent {
                    Intent::Confirm => Wish::Open { folder },
                    _ => Wish::NewVisit { folder },
                }
            }
            Intent::Order | Intent::FilterKind => {
                self.arrange(intent, today);
                Wish::Stay
            }
            _ => Wish::Stay,
        }
    }

    fn show(&mut self) -> Wish {
        let Some(line) = self.chosen() else { return Wish::Stay };
        let name = line.called();
        let mut page = Page::of(&line.folder, name);
        // What is under way goes on, whichever page is looked at.
        (page.sealing, page.checking) = (self.page.sealing.take(), self.page.checking.take());
        self.page = page;
        Wish::Show { folder: self.page.folder.clone() }
    }

    /// The next order, from its first row on; or the next choice of what is shown, where the selected client stays selected.
    fn arrange(&mut self, intent: Intent, today: Date) {
        let chosen = self.chosen().map(|line| line.folder.clone());
        let Some(list) = &mut self.list else { return };
        if intent == Intent::Order {
            list.sort = list.sort.next();
        } else {
            list.filter = list.filter.next();
        }
        list.arrange(today);
        if intent == Intent::Order {
            self.selected.clear();
        } else if self.selected.is_empty() {
            self.selected = chosen.unwrap_or_default();
        }
    }

    /// Whether the client that is chosen is archived.
    pub fn is_archived(&self) -> bool {
        self.chosen().is_some_and(|line| line.archived.is_some())
    }

    /// Whether a key of the list leads anywhere as things are.
    pub fn offers(&self, intent: Intent) -> bool {
        match intent {
            Intent::Confirm | Intent::ShowClient | Intent::NewVisit | Intent::Archive | Intent::RemoveRow => {
                self.meant().is_some()
            }
            Intent::Order | Intent::FilterKind | Intent::ShowSummary => self.count() > 0,
            _ => true,
        }
    }

    pub fn draw(&self, frame: &mut Frame, area: Rect, today: Date, look: Look) {
        let theme = look.theme;
        let columns = usize::from(area.width);
        let mut lines =
            vec![title(self.list.as_ref(), self.awaited(), columns, look), self.rule(columns, look)];
        let list = match (&self.failed, &self.list) {
            (Some(error), _) => {
                lines.extend(failure(error, columns, look));
                None
            }
            (None, None) => {
                lines.push(Line::from(span(look.pick(" Lecture…", " Reading…"), theme.quiet())));
                None
            }
            (None, Some(list)) if list.is_empty() && self.is_read() => {
                lines.extend(welcome(columns, look));
                None
            }
            (None, Some(list)) => Some(list),
        };
        if let Some(list) = list {
            lines.push(headings(columns, look));
            if list.shown_count() == 0 && !list.is_empty() {
                let nobody = look.pick(
                    " Aucun client ici\u{202f}; « f » montre les autres.",
                    " No client here; “f” shows the others.",
                );
                lines.push(Line::from(span(nobody, theme.quiet())));
            }
            let room = usize::from(area.height).saturating_sub(lines.len());
            let place = self.place();
            let first = first_shown(place, room, list.shown_count());
            let seen = (first..first + room).map_while(|index| Some((index, list.get(index)?)));
            lines.extend(seen.map(|(index, line)| client(line, index == place, columns, today, look)));
            let at = u16::try_from(place - first + 3).unwrap_or(0);
            if area.height > at && list.shown_count() > 0 {
                frame.set_cursor_position((area.x, area.y + at));
            }
        }
        draw(frame, area, &lines);
    }
}

impl Clients {
    /// Under the title; it tells the whole name of the selected client, where its row has no room for it.
    fn rule(&self, columns: usize, look: Look) -> Line<'static> {
        let name = self.chosen().map(|line| &line.name).filter(|name| !row::has_room(name, columns));
        let name = name.map(|name| span(format!(" {name} "), look.theme.strong()));
        rule(name.as_slice(), columns, look.theme)
    }
}

fn failure(error: &Error, columns: usize, look: Look) -> Vec<Line<'static>> {
    let texts = std::iter::once((&error.message, look.theme.bad()))
        .chain(error.hint.iter().map(|hint| (hint, look.theme.text())));
    let folded = texts.flat_map(|(text, style)| {
        wrap(look.text(text), columns.saturating_sub(2)).into_iter().map(move |line| (line, style))
    });
    folded.map(|(line, style)| Line::from(span(format!(" {line}"), style))).collect()
}

fn welcome(columns: usize, look: Look) -> Vec<Line<'static>> {
    let text = look.pick(
        "Bienvenue. Appuyez sur « n » pour créer un premier client et commencer sa visite, ou sur « ? » pour l’aide. Tout reste sur cet ordinateur, dans des fichiers lisibles de vous seul.",
        "Welcome. Press “n” to make a first client and begin the visit, or “?” for help. Everything stays on this computer, in files that only you can read.",
    );
    let mut lines = vec![Line::default()];
    lines.extend(
        wrap(text, columns.saturating_sub(4).min(72))
            .into_iter()
            .map(|line| Line::from(span(format!("  {line}"), look.theme.text()))),
    );
    lines
}
