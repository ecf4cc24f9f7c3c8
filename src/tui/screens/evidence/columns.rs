//! How wide is what? The columns that hosts and cookies share: names, numbers, and a mark for each phase.

use std::collections::BTreeSet;

use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::domain::capture::Phase;
use crate::domain::text::plain_line;
use crate::tui::screens::look::Look;
use crate::tui::visit::Visit;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::fit;

/// A number, or a phase's mark.
const CELL: usize = 6;

pub struct Columns {
    pub look: Look,
    /// The phases of which there are captures.
    phases: BTreeSet<Phase>,
    all: usize,
}

/// A line before it is laid out: two texts that share the room, short cells, and where it was seen.
pub struct Cells<'a> {
    pub first: &'a str,
    pub second: &'a str,
    pub short: Vec<String>,
    pub phases: Option<&'a BTreeSet<Phase>>,
}

impl Columns {
    pub fn new(visit: &Visit, all: usize, look: Look) -> Columns {
        let phases = visit.captured.taken.iter().map(|taken| taken.label.phase).collect();
        Columns { look, phases, all }
    }

    /// The columns of the screen.
    pub fn all(&self) -> usize {
        self.all
    }

    pub fn heading(&self, first: &str, second: &str, short: &[&str]) -> Line<'static> {
        let style = self.look.theme.accent();
        let mut spans = vec![Span::raw(" ")];
        spans.extend(self.texts(first, second, short.len(), style));
        spans.extend(short.iter().map(|name| span(format!("{name:>CELL$}"), style)));
        spans.extend(self.phases.iter().map(|phase| span(format!("{:>CELL$}", self.short(*phase)), style)));
        Line::from(spans)
    }

    pub fn line(&self, cells: &Cells, selected: bool) -> Line<'static> {
        let theme = self.look.theme;
        let style = if selected { theme.selected() } else { theme.text() };
        let mut spans = vec![span(if selected { theme.pointer() } else { " " }, theme.accent())];
        spans.extend(self.texts(cells.first, cells.second, cells.short.len(), style));
        spans.extend(cells.short.iter().map(|text| span(format!("{text:>CELL$}"), style)));
        for phase in &self.phases {
            let seen = cells.phases.is_some_and(|phases| phases.contains(phase));
            let mark = if seen { theme.mark("●", "*") } else { theme.open() };
            spans.push(span(format!("{mark:>CELL$}"), style));
        }
        Line::from(spans)
    }

    fn texts(&self, first: &str, second: &str, short: usize, style: Style) -> [Span<'static>; 3] {
        let room = self.all.saturating_sub(4 + CELL * (short + self.phases.len()));
        let of_first = room * 3 / 5;
        let cut = |text: &str, columns: usize| fit(&plain_line(text), columns, self.look.theme.ellipsis());
        [
            span(cut(first, of_first), style),
            span("  ", style),
            span(cut(second, room.saturating_sub(of_first)), style),
        ]
    }

    /// A phase in five letters.
    fn short(&self, phase: Phase) -> &'static str {
        match phase {
            Phase::Before => self.look.pick("avant", "bef."),
            Phase::Refused => self.look.pick("refus", "ref."),
            Phase::Accepted => self.look.pick("acc.", "acc."),
            Phase::Withdrawn => self.look.pick("retr.", "wdr."),
        }
    }
}
