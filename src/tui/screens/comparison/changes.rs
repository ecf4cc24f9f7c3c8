//! Which questions changed, and how? Then and now in two columns, by kind and by step; the chosen one in full below.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use super::detail;
use super::group;
use super::group::Group;
use super::seen::Seen;
use super::seen::when;
use crate::domain::comparison::Change;
use crate::domain::id::QuestionId;
use crate::domain::id::StepId;
use crate::tui::intent::Intent;
use crate::tui::screens::look::Look;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::first_shown;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::fit;

#[derive(Debug, Clone, Default)]
pub struct Changes {
    group: Option<Group>,
    step: Option<StepId>,
    selected: usize,
}

/// The columns of the list.
#[derive(Debug, Clone, Copy)]
struct Columns {
    kind: usize,
    title: usize,
    then: usize,
    now: usize,
}

impl Columns {
    fn of(columns: usize) -> Columns {
        let kind = if columns >= 64 { 12 } else { 0 };
        let room = columns.saturating_sub(3 + kind + 2);
        let then = room * 3 / 10;
        Columns { kind, title: room - then - then, then, now: then }
    }
}

impl Changes {
    fn in_step<'a>(&'a self, seen: Seen<'a>) -> impl Iterator<Item = &'a Change> {
        let step = self.step.as_ref();
        seen.found.changes.iter().filter(move |change| step.is_none_or(|step| change.step == *step))
    }

    /// The changes that the filters let through.
    fn listed<'a>(&self, seen: Seen<'a>) -> Vec<&'a Change> {
        let shown = |change: &&Change| {
            self.group.is_none_or(|group| Group::of(change.kind) == group)
                && self.step.as_ref().is_none_or(|step| change.step == *step)
        };
        seen.found.changes.iter().filter(shown).collect()
    }

    fn count(&self, seen: Seen, group: Group) -> usize {
        self.in_step(seen).filter(|change| Group::of(change.kind) == group).count()
    }

    /// Moves, filters; the question to open, when one is asked for.
    pub fn update(&mut self, intent: Intent, seen: Seen, page: usize) -> Option<QuestionId> {
        match intent {
            Intent::FilterKind => self.next_group(seen),
            Intent::FilterStep => self.next_step(seen),
            _ => {}
        }
        let listed = self.listed(seen);
        let last = listed.len().saturating_sub(1);
        match intent {
            Intent::FilterKind | Intent::FilterStep => self.selected = 0,
            Intent::Confirm => return listed.get(self.selected).map(|change| change.question.clone()),
            _ => {
                self.selected =
                    intent.moved(self.selected, last, page / 2).unwrap_or(self.selected.min(last));
            }
        }
        None
    }

    /// All, then each kind of which there is something.
    fn next_group(&mut self, seen: Seen) {
        let place = self.group.and_then(|group| Group::ALL.iter().position(|other| *other == group));
        let after = place.map_or(0, |place| place + 1);
        self.group = Group::ALL.into_iter().skip(after).find(|group| self.count(seen, *group) > 0);
    }

    /// All, then each step in which there is something of the kind.
    fn next_step(&mut self, seen: Seen) {
        let mut steps: Vec<&StepId> = Vec::new();
        for change in &seen.found.changes {
            let of_group = self.group.is_none_or(|group| Group::of(change.kind) == group);
            if of_group && !steps.contains(&&change.step) {
                steps.push(&change.step);
            }
        }
        let place = self.step.as_ref().and_then(|step| steps.iter().position(|other| *other == step));
        let after = place.map_or(0, |place| place + 1);
        self.step = steps.get(after).map(|step| (*step).clone());
    }

    /// The step that is shown, for the heading.
    pub fn step(&self, seen: Seen, look: Look) -> [Span<'static>; 3] {
        let name = match &self.step {
            Some(step) => seen.step(step, look),
            None => look.pick("toutes les étapes", "all steps").to_owned(),
        };
        [
            span("· ", look.theme.quiet()),
            span("s ", look.theme.accent()),
            span(format!("{name} "), look.theme.strong()),
        ]
    }

    pub fn draw(&self, frame: &mut Frame, area: Rect, seen: Seen, look: Look) {
        let theme = look.theme;
        let columns = usize::from(area.width);
        let widths = Columns::of(columns);
        let listed = self.listed(seen);
        let selected = self.selected.min(listed.len().saturating_sub(1));
        draw(frame, area, &[self.filters(seen, columns, look), head(seen, widths, look)]);
        let used = 2.min(area.height);
        let body = Rect { y: area.y + used, height: area.height - used, ..area };
        let foot = listed.get(selected).map(|change| detail::lines(change, seen, columns, look));
        let foot = foot.unwrap_or_default();
        let of_foot = u16::try_from(foot.len()).unwrap_or(u16::MAX).min(body.height * 2 / 5);
        let list = Rect { height: body.height - of_foot, ..body };
        let rows = usize::from(list.height);
        let first = first_shown(selected, rows, listed.len());
        let lines: Vec<Line> = listed
            .iter()
            .enumerate()
            .skip(first)
            .take(rows)
            .map(|(index, change)| row(change, index == selected, seen, widths, look))
            .collect();
        if lines.is_empty() {
            let none = look.pick(" Rien n’a changé.", " Nothing changed.");
            draw(frame, list, &[Line::from(span(none, theme.quiet()))]);
        }
        draw(frame, list, &lines);
        draw(frame, Rect { y: list.bottom(), height: of_foot, ..body }, &foot);
        if list.height > 0 && list.width > 0 {
            let row = u16::try_from(selected.saturating_sub(first)).unwrap_or(0).min(list.height - 1);
            frame.set_cursor_position((list.x, list.y + row));
        }
    }

    /// How many changes there are of each kind; the one that is shown stands out.
    fn filters(&self, seen: Seen, columns: usize, look: Look) -> Line<'static> {
        let theme = look.theme;
        let style = |group: Option<Group>| if self.group == group { theme.selected() } else { theme.text() };
        let all = self.in_step(seen).count();
        let mut spans = vec![
            span(" f", theme.accent()),
            span(format!(" {} {all} ", look.pick("tout", "all")), style(None)),
        ];
        for group in Group::ALL {
            let count = self.count(seen, group);
            let name = if columns >= 72 { format!("{} ", group.title(look)) } else { String::new() };
            spans.push(span(format!(" {}", group.mark(theme)), group.style(theme)));
            spans.push(span(format!(" {name}{count} "), style(Some(group))));
        }
        Line::from(spans)
    }
}

fn head(seen: Seen, widths: Columns, look: Look) -> Line<'static> {
    let ellipsis = look.theme.ellipsis();
    let date = |past| when(past, look.language);
    let text = format!(
        "   {}{} {} {}",
        fit("", widths.kind, ""),
        fit("Question", widths.title, ellipsis),
        fit(&date(seen.then), widths.then, ellipsis),
        fit(&date(seen.now), widths.now, ellipsis),
    );
    Line::from(span(text, look.theme.quiet()))
}

fn row(change: &Change, selected: bool, seen: Seen, widths: Columns, look: Look) -> Line<'static> {
    let theme = look.theme;
    let group = Group::of(change.kind);
    let (then, now) = seen.both(&change.question, look);
    let now = match then == now {
        true => format!("{} · {}", look.pick("idem", "same"), detail::parts(change, look)),
        false => now,
    };
    let style = if selected { theme.selected() } else { theme.text() };
    let title = fit(&seen.title(&change.question, look), widths.title, theme.ellipsis());
    let kind = fit(group::word(change.kind, look), widths.kind, theme.ellipsis());
    Line::from(vec![
        span(if selected { theme.pointer() } else { " " }, theme.accent()),
        span(format!("{} ", group.mark(theme)), group.style(theme)),
        span(kind, group.style(theme)),
        span(title, style),
        Span::raw(" "),
        span(fit(&then, widths.then, theme.ellipsis()), theme.quiet()),
        Span::raw(" "),
        span(fit(&now, widths.now, theme.ellipsis()), theme.text()),
    ])
}
