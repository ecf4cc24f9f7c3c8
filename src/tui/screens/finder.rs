//! Where is it? One line of typing over questions, clients and commands.

use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use unicode_segmentation::UnicodeSegmentation;

use super::look::Look;
use crate::domain::id::QuestionId;
use crate::domain::text::Language;
use crate::tui::intent::Intent;
use crate::tui::widgets::editor::Editor;
use crate::tui::widgets::fuzzy::Folded;
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
    Client { folder: String },
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

#[derive(Debug, Clone)]
pub struct Finder {
    typed: Editor,
    entries: Arc<Vec<Entry>>,
    /// What was typed last, and the indices of what may match it: typing on looks at nothing else.
    searched: Option<(Arc<Query>, Arc<Vec<usize>>)>,
    /// Indices of what matches, best first, with the matched characters of what is shown.
    found: Vec<(usize, Vec<usize>)>,
    selected: usize,
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
        let mut finder = Finder {
            typed: Editor::line(""),
            entries: Arc::new(entries),
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

    /// Ranked by where it matches (name before id before text), then how well, then the order of the entries.
    fn search(&mut self) {
        let query = Query::new(self.typed.text());
        self.selected = 0;
        if query.is_empty() {
            self.searched = None;
            self.found = (0..self.entries.len().min(MOST)).map(|index| (index, Vec::new())).collect();
            return;
        }
        let before = self.searched.take().filter(|(before, _)| query.narrows(before));
        let candidates =
            before.map_or_else(|| Arc::new((0..self.entries.len()).collect()), |(_, possible)| possible);
        let (possible, mut found) = search(&query, &self.entries, &candidates);
        // Where no name is meant as it is typed, there was a slip of the fingers.
        let slipped = found.iter().all(|found| found.rank > 0);
        let forgiving = slipped.then(|| Query::new(self.typed.text()).forgiving());
        if let Some(forgiving) = &forgiving {
            let all: Vec<usize> = (0..self.entries.len()).collect();
            let (_, forgiven) = search(forgiving, &self.entries, &all);
            let forgiven: Vec<Found> = forgiven.into_iter().filter(|found| found.rank == 0).collect();
            // A name is told once, also where its text matches without the slip.
            let named: BTreeSet<usize> = forgiven.iter().map(|found| found.index).collect();
            found.retain(|found| !named.contains(&found.index));
            found.extend(forgiven);
        }
        let better =
            |one: &Found, other: &Found| other.score.total_cmp(&one.score).then(one.index.cmp(&other.index));
        if found.len() > MOST {
            found.select_nth_unstable_by(MOST, better);
            found.truncate(MOST);
        }
        found.sort_unstable_by(better);
        let places = |found: &Found| match self.entries.get(found.index).filter(|_| found.rank == 0) {
            Some(entry) => forgiving.as_ref().unwrap_or(&query).places(&entry.shown),
            None => Vec::new(),
        };
        self.found = found.iter().map(|found| (found.index, places(found))).collect();
        self.searched = Some((Arc::new(query), Arc::new(possible)));
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
        // A confined session has no clients to be found.
        let clients = self.entries.iter().any(|entry| matches!(entry.target, Target::Client { .. }));
        let title = match clients {
            true => look.pick(
                "Chercher une question, un client, une commande",
                "Find a question, a client, a command",
            ),
            false => look.pick("Chercher une question, une commande", "Find a question, a command"),
        };
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

/// An entry that matches.
#[derive(Debug)]
struct Found {
    score: f64,
    index: usize,
    /// Which of its keys matched.
    rank: usize,
}

/// What may match, and what does. Of many, two threads take a half each.
fn search(query: &Query, entries: &[Entry], candidates: &[usize]) -> (Vec<usize>, Vec<Found>) {
    if candidates.len() < WORTH_A_THREAD {
        return search_here(query, entries, candidates);
    }
    let (first, second) = candidates.split_at(candidates.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| search_here(query, entries, second));
        let (mut possible, mut found) = search_here(query, entries, first);
        // What panicked there panics here.
        let (more, further) = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        possible.extend(more);
        found.extend(further);
        (possible, found)
    })
}

fn search_here(query: &Query, entries: &[Entry], candidates: &[usize]) -> (Vec<usize>, Vec<Found>) {
    let (mut possible, mut found) = (Vec::new(), Vec::new());
    for index in candidates.iter().copied() {
        let Some(entry) = entries.get(index) else { continue };
        let mut may_match = false;
        let best = entry.keys.iter().enumerate().find_map(|(rank, key)| {
            if !query.may_match(key) {
                return None;
            }
            may_match = true;
            #[expect(clippy::cast_precision_loss, reason = "a handful of keys")]
            let score = query.score(key)? / (1.0 + rank as f64);
            Some(Found { score, index, rank })
        });
        if may_match {
            possible.push(index);
        }
        found.extend(best);
    }
    (possible, found)
}

fn result(entry: &Entry, positions: &[usize], selected: bool, columns: usize, look: Look) -> Line<'static> {
    let theme = look.theme;
    let shown = shorten(&entry.shown, columns.saturating_sub(2), theme.ellipsis());
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
        spans.push(span(format!("  {}", shorten(&entry.aside, room, theme.ellipsis())), theme.quiet()));
    }
    Line::from(spans)
}

/// The kinds of target, as the result list names them.
pub fn kind(target: &Target, language: Language) -> &'static str {
    match target {
        Target::Question(_) => language.pick("question", "question"),
        Target::Client { .. } => language.pick("client", "client"),
        Target::Command(_) => language.pick("commande", "command"),
    }
}
