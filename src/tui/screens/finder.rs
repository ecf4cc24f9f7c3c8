//! Where is it? One line of typing over questions, clients and commands.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use unicode_segmentation::UnicodeSegmentation;

use super::look::Look;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::Question;
use crate::domain::text::Language;
use crate::tui::intent::Intent;
use crate::tui::widgets::editor::Editor;
use crate::tui::widgets::fuzzy::Folded;
use crate::tui::widgets::fuzzy::Match;
use crate::tui::widgets::fuzzy::Query;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::first_shown;
use crate::tui::widgets::lines::popup;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::shorten;
use crate::tui::widgets::wrap::width;

/// More results than anybody reads.
const MOST: usize = 200;
/// For fewer entries a second thread costs more than it brings.
const WORTH_A_THREAD: usize = 4000;

/// What can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Question(QuestionId),
    /// With the day of the last visit.
    Client {
        folder: String,
        last: Option<Date>,
    },
    Command(Intent),
}

/// Something to find: its words in rank order, the first of which is shown.
#[derive(Debug, Clone)]
pub struct Entry {
    pub target: Target,
    pub shown: String,
    pub aside: String,
    /// Folded once: title or name first, then the id, then longer texts.
    pub keys: Vec<Folded>,
}

/// By what a question is found: its title, its id, its words, then its help and what can be chosen.
pub fn keys_of(question: &Question, language: Language) -> Vec<Folded> {
    let choices = question.choices().iter().map(|choice| &choice.text);
    let around: Vec<&str> =
        [&question.help].into_iter().chain(choices).map(|text| text.get(language)).collect();
    let (title, ask) = (question.title.get(language), question.ask.get(language));
    [title, question.id.as_str(), ask, &around.join(" · ")].map(Folded::new).into()
}

#[derive(Debug, Clone)]
pub struct Finder {
    typed: Editor,
    entries: Arc<Vec<Entry>>,
    knows: Knows,
    /// What was typed last, and the indices of what has it as it is typed: typing on, nothing else can.
    searched: Option<(Arc<Query>, Arc<Vec<usize>>)>,
    /// Indices of what matches, best first, with the matched characters of what is shown.
    found: Vec<(usize, Vec<usize>)>,
    selected: usize,
}

/// What there is to be found beside commands: questions in a visit only, clients where the session is not confined to
/// one.
#[derive(Debug, Clone, Copy, Default)]
struct Knows {
    questions: bool,
    clients: bool,
}

impl Knows {
    fn learn(&mut self, entries: &[Entry]) {
        let any = |is: fn(&Target) -> bool| entries.iter().any(|entry| is(&entry.target));
        self.questions |= any(|target| matches!(target, Target::Question(_)));
        self.clients |= any(|target| matches!(target, Target::Client { .. }));
    }

    fn title(self, look: Look) -> &'static str {
        match (self.questions, self.clients) {
            (true, true) => look.pick(
                "Chercher une question, un client, une commande",
                "Find a question, a client, a command",
            ),
            (true, false) => look.pick("Chercher une question, une commande", "Find a question, a command"),
            (false, true) => look.pick(
                "Chercher un client, une commande\u{202f}; les questions, dans une visite",
                "Find a client, a command; questions, inside a visit",
            ),
            (false, false) => look.pick("Chercher une commande", "Find a command"),
        }
    }
}

/// What a finder wants after an intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Stay,
    Close,
    Go(Target),
}

impl Finder {
    pub fn new(entries: Vec<Entry>) -> Finder {
        let mut knows = Knows::default();
        knows.learn(&entries);
        let mut finder = Finder {
            typed: Editor::line(""),
            entries: Arc::new(entries),
            knows,
            searched: None,
            found: Vec::new(),
            selected: 0,
        };
        finder.search();
        finder
    }

    /// Takes in what can be found besides. What is selected stays so.
    pub fn add(&mut self, entries: Vec<Entry>) {
        let selected = self.found.get(self.selected).cloned();
        self.knows.learn(&entries);
        Arc::make_mut(&mut self.entries).extend(entries);
        self.searched = None;
        self.search();
        let Some(selected) = selected else { return };
        let place = self.found.iter().position(|(index, _)| *index == selected.0);
        self.selected = place.unwrap_or_else(|| {
            // Enough others match better; under the eyes it stays all the same.
            self.found.push(selected);
            self.found.len() - 1
        });
    }

    pub fn update(&mut self, intent: Intent, page: usize) -> Wish {
        let last = self.found.len().saturating_sub(1);
        match intent {
            Intent::Back => return Wish::Close,
            Intent::Confirm => {
                let chosen = self.found.get(self.selected).and_then(|(index, _)| self.entries.get(*index));
                return chosen.map_or(Wish::Stay, |entry| Wish::Go(entry.target.clone()));
            }
            other => {
                if let Some(place) = intent.moved(self.selected, last, page) {
                    self.selected = place;
                    return Wish::Stay;
                }
                let before = self.typed.text().to_owned();
                if self.typed.edit(other) && self.typed.text() != before {
                    self.search();
                }
            }
        }
        Wish::Stay
    }

    /// What was found, best first.
    pub fn found(&self) -> impl Iterator<Item = &Entry> {
        self.found.iter().filter_map(|(index, _)| self.entries.get(*index))
    }

    pub fn paste(&mut self, text: &str) -> bool {
        let whole = self.typed.insert(text);
        self.search();
        whole
    }

    /// By the kind of match first; among the same kind questions come before clients, these before commands; then by
    /// which of the keys it is, how close, how early, and in the order of the entries.
    fn search(&mut self) {
        let query = Query::new(self.typed.text());
        self.selected = 0;
        if query.is_empty() {
            self.searched = None;
            self.found = (0..self.entries.len().min(MOST)).map(|index| (index, Vec::new())).collect();
            return;
        }
        let entries = &self.entries;
        let exact = |index: usize| query.exact(&entries.get(index)?.keys);
        let before = self.searched.take().filter(|(before, _)| query.narrows(before));
        let mut found = match &before {
            Some((_, before)) => search(before.len(), |place| before.get(place).copied(), exact),
            None => search(entries.len(), Some, exact),
        };
        let as_typed: Vec<usize> = found.iter().map(|(_, index)| *index).collect();
        // What is exact comes first: where that is more than anybody reads, the rest need not be looked for.
        if found.len() < MOST {
            let loose = |index: usize| query.loose(&entries.get(index)?.keys);
            let others = |index: usize| as_typed.binary_search(&index).is_err().then_some(index);
            found.extend(search(entries.len(), others, loose));
        }
        let order = |(found, index): &(Match, usize)| {
            (found.kind, entries.get(*index).map(|entry| entry.target.group()), *found, *index)
        };
        if found.len() > MOST {
            found.select_nth_unstable_by_key(MOST, order);
            found.truncate(MOST);
        }
        found.sort_unstable_by_key(order);
        let places = |(found, index): &(Match, usize)| {
            let shown = entries.get(*index).map(|entry| query.places(&entry.shown, found.kind));
            (*index, shown.unwrap_or_default())
        };
        self.found = found.iter().map(places).collect();
        self.searched = Some((Arc::new(query), Arc::new(as_typed)));
    }

    /// `reading` is how far the clients are, as long as they are being read.
    pub fn draw(&self, frame: &mut Frame, area: Rect, reading: Option<&str>, look: Look) {
        let theme = look.theme;
        let columns = area.width.saturating_sub(4).min(100);
        let rows = area.height.saturating_sub(2).min(24);
        let outside = Rect {
            x: area.x + (area.width - columns) / 2,
            y: area.y + 1.min(area.height),
            width: columns,
            height: rows,
        };
        let title = self.knows.title(look);
        let title = reading.map_or_else(|| title.to_owned(), |reading| format!("{title} · {reading}"));
        let inside = popup(frame, outside, &title, theme);
        let (typed, (_, column)) = self.typed.layout(usize::from(inside.width).saturating_sub(4).max(2));
        let first_line = typed.last().map_or("", String::as_str);
        let mut lines = vec![
            Line::from(vec![span("/ ", theme.accent()), span(first_line, theme.strong())]),
            Line::default(),
        ];
        let shown = usize::from(inside.height).saturating_sub(2);
        let first = first_shown(self.selected, shown, self.found.len());
        for (place, (index, positions)) in self.found.iter().enumerate().skip(first).take(shown) {
            if let Some(entry) = self.entries.get(*index) {
                lines.push(result(entry, positions, place == self.selected, usize::from(inside.width), look));
            }
        }
        if self.found.is_empty() {
            lines.push(Line::from(span(look.pick("Rien ne correspond.", "Nothing matches."), theme.quiet())));
        }
        draw(frame, inside, &lines);
        if inside.width > 2 && inside.height > 0 {
            let column = u16::try_from(column).unwrap_or(0) + 2;
            frame.set_cursor_position((inside.x + column.min(inside.width - 1), inside.y));
        }
    }
}

impl Target {
    /// Among what matches in the same way, what is in the visit comes first: it is what one is at.
    fn group(&self) -> usize {
        match self {
            Target::Question(_) => 0,
            Target::Client { .. } => 1,
            Target::Command(_) => 2,
        }
    }
}

/// What matches of so many candidates, with their indices, ascending. Of many, two threads take a half each.
fn search(
    count: usize,
    candidate: impl Fn(usize) -> Option<usize> + Sync,
    matches: impl Fn(usize) -> Option<Match> + Sync,
) -> Vec<(Match, usize)> {
    let look = |places: Range<usize>| -> Vec<(Match, usize)> {
        places.filter_map(&candidate).filter_map(|index| Some((matches(index)?, index))).collect()
    };
    if count < WORTH_A_THREAD {
        return look(0..count);
    }
    std::thread::scope(|scope| {
        let other = scope.spawn(|| look(count / 2..count));
        let mut found = look(0..count / 2);
        // What panicked there panics here.
        found.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        found
    })
}

fn result(entry: &Entry, positions: &[usize], selected: bool, columns: usize, look: Look) -> Line<'static> {
    let theme = look.theme;
    // A client leads out of the visit: that must be seen, however long the name is.
    let (aside, style, kept) = match entry.target {
        Target::Client { last, .. } => {
            let aside = format!("{}{}", client(last, look), entry.aside);
            let kept = if columns > 60 { width(&aside) + 4 } else { 0 };
            (aside, theme.strong(), kept)
        }
        Target::Question(_) | Target::Command(_) => (entry.aside.clone(), theme.quiet(), 0),
    };
    let shown = shorten(&entry.shown, columns.saturating_sub(2 + kept), theme.ellipsis());
    let mut spans = vec![span(if selected { theme.pointer() } else { " " }, theme.accent()), Span::raw(" ")];
    let base = if selected { theme.selected() } else { theme.text() };
    // By what is seen as one character: an accent or a part of an emoji must not stand alone.
    let mut index = 0;
    for cluster in shown.graphemes(true) {
        let letters = index..index + cluster.chars().count();
        index = letters.end;
        let matched = positions.iter().any(|position| letters.contains(position));
        spans.push(span(cluster, if matched { base.patch(theme.accent()) } else { base }));
    }
    let room = columns.saturating_sub(width(&shown) + 4);
    if room > 6 {
        spans.push(span(format!("  {}", shorten(&aside, room, theme.ellipsis())), style));
    }
    Line::from(spans)
}

/// What is said of a client beside the name.
fn client(last: Option<Date>, look: Look) -> String {
    let client = look.pick("client", "client");
    match last {
        Some(last) => {
            format!("{client}, {} {}", look.pick("visite du", "visit of"), look.language.date(last))
        }
        None => client.to_owned(),
    }
}
