//! What to tell the client? The first page: sentences, then why the score moved, step by step, with names.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;

use super::brief;
use super::brief::CapLine;
use super::brief::Item;
use super::brief::Section;
use super::figures;
use super::figures::Shown;
use super::group::Group;
use super::seen::Seen;
use super::seen::when;
use super::sentences;
use crate::domain::assessment::Status;
use crate::domain::comparison::CapChange;
use crate::domain::comparison::Mover;
use crate::domain::comparison::Split;
use crate::domain::comparison::StepChange;
use crate::domain::id::QuestionId;
use crate::domain::scoring::Cap;
use crate::domain::scoring::Figures;
use crate::domain::scoring::QuestionScore;
use crate::domain::words;
use crate::report::comparison as said;
use crate::tui::intent::Intent;
use crate::tui::screens::look::Look;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::first_shown;
use crate::tui::widgets::lines::rule;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::fit;
use crate::tui::widgets::wrap::wrap;

#[derive(Debug, Clone, Copy, Default)]
pub struct Summary {
    /// The n-th item that the pointer can stand on.
    selected: usize,
}

impl Summary {
    /// Moves the pointer; the question to open, when one is asked for.
    pub fn update(&mut self, intent: Intent, seen: Seen, page: usize) -> Option<QuestionId> {
        let items = brief::items(seen);
        let stops: Vec<&Item> = items.iter().filter(|item| item.is_stop()).collect();
        let last = stops.len().saturating_sub(1);
        // Items fold to more than a line now and then: a page of them would be more than a page.
        let page = page * 3 / 4;
        if intent == Intent::Confirm {
            return stops.get(self.selected).and_then(|item| item.question()).cloned();
        }
        self.selected = intent.moved(self.selected, last, page).unwrap_or(self.selected.min(last));
        None
    }

    pub fn draw(self, frame: &mut Frame, area: Rect, seen: Seen, look: Look) {
        let page = Page { seen, look, columns: usize::from(area.width).saturating_sub(2) };
        let mut lines: Vec<Line> = Vec::new();
        let (mut stop, mut focus) = (0, 0..1);
        for item in brief::items(seen) {
            let mut drawn = page.lines(&item);
            let selected = item.is_stop() && stop == self.selected;
            stop += usize::from(item.is_stop());
            if selected {
                focus = lines.len()..lines.len() + drawn.len();
            }
            let first = drawn.iter().position(|line| !line.spans.is_empty());
            for (index, line) in drawn.iter_mut().enumerate().filter(|_| item.is_stop()) {
                let mark = if selected && Some(index) == first { look.theme.pointer() } else { " " };
                line.spans.insert(0, span(mark, look.theme.accent()));
            }
            lines.extend(drawn);
        }
        let rows = usize::from(area.height);
        // The first item is seen with what stands above it, the last with its end.
        let at = if self.selected == 0 { 0 } else { focus.end.saturating_sub(1) };
        let first = first_shown(at, rows, lines.len()).min(focus.start);
        draw(frame, area, lines.get(first..).unwrap_or_default());
        let row = u16::try_from(focus.start.saturating_sub(first)).unwrap_or(0);
        if row < area.height && area.width > 0 {
            frame.set_cursor_position((area.x, area.y + row));
        }
    }
}

/// What all lines are made with; `columns` is the room behind the pointer.
#[derive(Clone, Copy)]
struct Page<'a> {
    seen: Seen<'a>,
    look: Look,
    columns: usize,
}

impl Page<'_> {
    fn lines(self, item: &Item) -> Vec<Line<'static>> {
        let look = self.look;
        match item {
            Item::Heading(section, count) => vec![Line::default(), self.heading(*section, *count)],
            Item::Headline => self.headline(),
            Item::Figures => self.figures(),
            Item::Split => self.split(),
            Item::Holds(cap) => self.holds(cap),
            Item::Cap(line) => self.cap(*line, 0),
            Item::Step(step) => self.step(step),
            Item::Mover(mover) => self.mover(mover),
            Item::Question(section, id) => self.question(*section, id),
            Item::Above(section, count) => self.above(*section, *count),
            Item::More(count) => {
                let text = look.pick(
                    format!("… et {count} de plus, à la page Changements"),
                    format!("… and {count} more, on the page Changes"),
                );
                self.folded("", look.theme.quiet(), &text, look.theme.quiet(), 0)
            }
            Item::Comparable => sentences::comparable(self.seen, look)
                .iter()
                .flat_map(|text| self.folded("", look.theme.text(), text, look.theme.text(), 0))
                .collect(),
        }
    }

    /// A mark, then a text folded beneath itself.
    fn folded(
        self,
        mark: &'static str,
        of_mark: Style,
        text: &str,
        style: Style,
        indent: usize,
    ) -> Vec<Line<'static>> {
        let folded = wrap(text, self.columns.saturating_sub(indent + 2).min(110));
        let line = |(index, line): (usize, String)| {
            let mark = if index == 0 { mark } else { "" };
            let mark = format!("{}{}", " ".repeat(indent), fit(mark, 2, ""));
            Line::from(vec![span(mark, of_mark), span(line, style)])
        };
        folded.into_iter().enumerate().map(line).collect()
    }

    fn heading(self, section: Section, count: Option<usize>) -> Line<'static> {
        let theme = self.look.theme;
        let count = count.map_or(String::new(), |count| format!("({count}) "));
        let title = format!(" {} {count}", section.title(self.look));
        rule(&[span(title, theme.accent())], self.columns + 2, theme)
    }

    fn headline(self) -> Vec<Line<'static>> {
        let theme = self.look.theme;
        let said = sentences::headline(self.seen, self.look);
        let style = |index: usize| if index == 0 { theme.strong() } else { theme.text() };
        said.iter()
            .enumerate()
            .flat_map(|(index, text)| self.folded("", theme.text(), text, style(index), 0))
            .collect()
    }

    /// Score, score without caps, coverage, confidence: then, now, and the difference.
    fn figures(self) -> Vec<Line<'static>> {
        let Page { seen, look, columns } = self;
        let theme = look.theme;
        let (from, to) = (&seen.found.from.overall, &seen.found.to.overall);
        let wide = columns >= 58;
        let (label, column) = if wide { (20, 17) } else { (11, 12) };
        let mut head = vec![span(" ".repeat(label + 2), theme.quiet())];
        for past in [seen.then, seen.now] {
            head.push(span(fit(&when(past, look.language), column + 3, ""), theme.quiet()));
        }
        let mut lines = vec![Line::default(), Line::from(head)];
        let mut row = |name: &str, then: Vec<Span<'static>>, now: Vec<Span<'static>>, moved: Option<i64>| {
            let mut spans = vec![span(format!("  {}", fit(name, label, theme.ellipsis())), theme.text())];
            spans.extend(padded(then, column));
            spans.push(span(format!(" {} ", fit(figures::arrow(theme), 2, "")), theme.quiet()));
            spans.extend(padded(now, column));
            if let Some(moved) = moved.filter(|_| wide) {
                spans
                    .push(span(format!("{:>6}", figures::signed(moved, look)), figures::style(moved, theme)));
            }
            lines.push(Line::from(spans));
        };
        let delta = |split: Option<Split>| split.map(|split| figures::tenths(split.delta));
        row(
            look.pick("Score global", "Overall score"),
            look.score(from),
            look.score(to),
            delta(seen.found.score),
        );
        let raw = |figures: &Figures| {
            let raw = figures.raw.map(|raw| figures::exact(raw, look));
            vec![span(raw.unwrap_or_else(|| theme.mark("—", "-").to_owned()), theme.text())]
        };
        row(look.pick("Sans plafond", "Without caps"), raw(from), raw(to), delta(seen.found.raw));
        let covered = |figures: &Figures| vec![span(look.percent(figures.coverage), theme.text())];
        row(look.pick("Couverture", "Coverage"), covered(from), covered(to), None);
        let known = |figures: &Figures| {
            let share = look.percent(figures.confidence);
            vec![span(format!("{} ({share})", look.confidence(figures.confidence)), theme.text())]
        };
        row(look.pick("Confiance", "Confidence"), known(from), known(to), None);
        lines
    }

    /// Questionnaire, scope, answers, and all three together: with caps, and without.
    fn split(self) -> Vec<Line<'static>> {
        let Page { seen, look, columns } = self;
        let theme = look.theme;
        let (Some(score), Some(raw)) = (seen.found.score, seen.found.raw) else { return Vec::new() };
        let (score, raw) = (Shown::of(&score), Shown::of(&raw));
        let scale = score.largest().max(raw.largest()).max(50);
        let half = if columns >= 70 { 7 } else { columns.saturating_sub(46) / 4 };
        let rows = [
            (look.pick("le questionnaire", "the questionnaire"), score.questionnaire, raw.questionnaire),
            (look.pick("le périmètre (profil)", "the scope (profile)"), score.scope, raw.scope),
            (look.pick("les réponses", "the answers"), score.answers, raw.answers),
            (look.pick("ensemble", "together"), score.together, raw.together),
        ];
        let room = 2 * half + 1 + 9;
        let names = 23.min(columns.saturating_sub(20));
        let heading = format!(
            "  {}{}{}",
            " ".repeat(names),
            fit("   score", room, ""),
            look.pick("sans plafond", "without caps"),
        );
        let mut lines = vec![Line::from(span(heading, theme.quiet()))];
        for (name, score, raw) in rows {
            let mut spans = vec![span(format!("  {}", fit(name, names, theme.ellipsis())), theme.text())];
            for tenths in [score, raw] {
                let figure = format!("{:>6} ", figures::signed(tenths, look));
                spans.push(span(figure, figures::style(tenths, theme)));
                spans.extend(figures::bar(tenths, scale, half, theme));
                spans.push(Span::raw("  "));
            }
            lines.push(Line::from(spans));
        }
        for text in sentences::scope(seen, look) {
            lines.extend(self.folded("", theme.text(), &text, theme.quiet(), 0));
        }
        lines
    }

    fn names(self, ids: &[QuestionId]) -> String {
        let look = self.look;
        let named: Vec<String> = ids.iter().take(3).map(|id| self.seen.title(id, look)).collect();
        let more = ids.len().saturating_sub(named.len());
        let named = named.join(", ");
        match more {
            0 => named,
            _ => look.pick(format!("{named} et {more} de plus"), format!("{named} and {more} more")),
        }
    }

    fn holds(self, cap: &Cap) -> Vec<Line<'static>> {
        let look = self.look;
        let (kind, names) = (words::cap(look.language, cap.kind), self.names(&cap.because));
        let height = cap.kind.cap();
        let text = look.pick(
            format!("Ce qui retient le score à {height}\u{202f}: {kind}\u{202f}: {names}"),
            format!("What holds the score at {height}: {kind}: {names}"),
        );
        self.folded(look.theme.mark("■", "#"), look.theme.bad(), &text, look.theme.text(), 0)
    }

    fn cap(self, line: CapLine, indent: usize) -> Vec<Line<'static>> {
        let look = self.look;
        let theme = look.theme;
        let kind = |change: &CapChange| words::cap(look.language, change.kind);
        let (mark, style, text) = match line {
            CapLine::Gone(change) => {
                let (height, kind, names) = (change.kind.cap(), kind(change), self.names(&change.from));
                let text = look.pick(
                    format!("Plafond {height} levé ({kind})\u{202f}: {names}"),
                    format!("Cap {height} gone ({kind}): {names}"),
                );
                (theme.done(), theme.good(), text)
            }
            CapLine::New(change) => {
                let (height, kind, names) = (change.kind.cap(), kind(change), self.names(&change.to));
                let text = look.pick(
                    format!("Nouveau plafond {height} ({kind})\u{202f}: {names}"),
                    format!("New cap {height} ({kind}): {names}"),
                );
                (theme.failed(), theme.bad(), text)
            }
            CapLine::Instead { old, new } => {
                let (height, before, kind) = (new.kind.cap(), old.kind.cap(), kind(new));
                let names = self.names(&new.to);
                let text = look.pick(
                    format!("Plafond {height} au lieu de {before} ({kind})\u{202f}: {names}"),
                    format!("Cap {height} instead of {before} ({kind}): {names}"),
                );
                let group = if height > before { Group::Better } else { Group::Worse };
                (group.mark(theme), group.style(theme), text)
            }
            CapLine::Others(change) => {
                let (height, kind) = (change.kind.cap(), kind(change));
                let text = look.pick(
                    format!("Plafond {height} toujours là ({kind})"),
                    format!("Cap {height} still there ({kind})"),
                );
                ("~", theme.warning(), format!("{text}{}", self.other_causes(change)))
            }
        };
        let of_text = if indent == 0 { theme.text() } else { theme.quiet() };
        self.folded(mark, style, &text, of_text, indent)
    }

    /// The questions that are not behind a cap any more, and those that are now.
    fn other_causes(self, change: &CapChange) -> String {
        let look = self.look;
        let without = |ids: &[QuestionId], others: &[QuestionId]| -> Vec<QuestionId> {
            ids.iter().filter(|id| !others.contains(id)).cloned().collect()
        };
        let (settled, new) = (without(&change.from, &change.to), without(&change.to, &change.from));
        let lists = [
            (settled, look.pick("\u{202f}; n’y compte plus\u{202f}: ", "; no longer behind it: ")),
            (new, look.pick("\u{202f}; s’y ajoute\u{202f}: ", "; new behind it: ")),
        ];
        let lists = lists.iter().filter(|(ids, _)| !ids.is_empty());
        let told: Vec<String> = lists.map(|(ids, label)| format!("{label}{}", self.names(ids))).collect();
        told.concat()
    }

    /// A step's score then and now, the difference with a bar, and without caps; then the caps behind it.
    fn step(self, step: &StepChange) -> Vec<Line<'static>> {
        let Page { seen, look, columns } = self;
        let theme = look.theme;
        let wide = columns >= 70;
        let half = if columns >= 100 { 8 } else { 4 };
        let behind = 8 + 4 + 8 + 7 + if wide { 2 * half + 2 + 8 } else { 0 };
        let names = columns.saturating_sub(behind + 2).clamp(6, 44);
        let band = |figures: Option<Figures>| look.band_style(figures.and_then(|figures| figures.score));
        let mut spans = vec![
            span(format!("  {}", fit(&seen.step(&step.id, look), names, theme.ellipsis())), theme.text()),
            span(format!(" {:>7}", figures::short(step.from.as_ref(), look)), band(step.from)),
            span(format!(" {} ", fit(figures::arrow(theme), 2, "")), theme.quiet()),
            span(fit(&figures::short(step.to.as_ref(), look), 7, ""), band(step.to)),
        ];
        match step.score {
            Some(split) => {
                let moved = figures::tenths(split.delta);
                spans.push(span(
                    format!("{:>6} ", figures::signed(moved, look)),
                    figures::style(moved, theme),
                ));
                if wide {
                    spans.extend(figures::bar(moved, 300, half, theme));
                }
            }
            None => spans.extend([Span::raw("     "), figures::trend(step.intervals, theme)]),
        }
        if let Some(raw) = step.raw.filter(|_| wide) {
            let raw = figures::tenths(raw.delta);
            spans.push(span(format!("{:>7}", figures::signed(raw, look)), figures::style(raw, theme)));
        }
        let mut lines = vec![Line::from(spans)];
        for line in brief::caps(seen, Some(&step.id)) {
            lines.extend(self.cap(line, 4));
        }
        lines
    }

    fn mover(self, mover: &Mover) -> Vec<Line<'static>> {
        let look = self.look;
        let moved = figures::tenths(mover.raw);
        let title = self.seen.title(&mover.question, look);
        let text = format!("{title}{}{}", look.colon(), self.seen.told(&mover.question, look));
        let figure = format!("  {:>5}  ", figures::signed(moved, look));
        let mut lines = self.folded("", look.theme.text(), &text, look.theme.text(), 7);
        if let Some(first) = lines.first_mut().and_then(|line| line.spans.first_mut()) {
            *first = span(figure, figures::style(moved, look.theme));
        }
        lines
    }

    /// A question of a list: its title, and what this list says of it.
    fn question(self, section: Section, id: &QuestionId) -> Vec<Line<'static>> {
        let Page { seen, look, .. } = self;
        let theme = look.theme;
        let (mark, style) = match section {
            Section::Closed | Section::ActionsClosed => (theme.done(), theme.good()),
            Section::Opened | Section::ActionsOpened | Section::Overdue => (theme.failed(), theme.bad()),
            Section::Eased => (Group::Better.mark(theme), theme.good()),
            Section::Aggravated => (Group::Worse.mark(theme), theme.bad()),
            Section::Carried => (theme.carried(), theme.warning()),
            _ => (theme.mark("•", "*"), theme.warning()),
        };
        let said = match section {
            Section::Closed | Section::Opened | Section::Eased | Section::Aggravated => self.finding(id),
            Section::ActionsClosed | Section::ActionsOpened | Section::Overdue => self.plan(id),
            Section::Lapsed => {
                let level = seen.now.assessment.answer(id).and_then(|answer| answer.evidence);
                level.map_or("", |level| words::evidence(look.language, level)).to_owned()
            }
            _ => seen.both(id, look).1,
        };
        let title = seen.title(id, look);
        let text = if said.is_empty() { title } else { format!("{title}{}{said}", look.colon()) };
        self.folded(mark, style, &text, theme.text(), 0)
    }

    /// `non → oui`, the level where a risk is left, and why it came or went where nobody mended or broke it.
    fn finding(self, id: &QuestionId) -> String {
        let Page { seen, look, .. } = self;
        let mut said = seen.told(id, look);
        let change = seen.found.change(id);
        let left = change.and_then(|change| change.to.as_ref()?.residual);
        let is_finding = seen.score.question(id).is_some_and(QuestionScore::is_finding);
        let mut aside = Vec::new();
        if let Some(residual) = left.filter(|_| is_finding) {
            let level = words::level(look.language, residual.level);
            aside.push(look.pick(format!("risque {level}"), format!("{level} risk")));
        }
        if let Some(kind) = change.map(|change| change.kind)
            && !matches!(Group::of(kind), Group::Better | Group::Worse)
        {
            aside.push(said::kind(kind, look.language).to_owned());
        }
        if !aside.is_empty() {
            said = format!("{said} ({})", aside.join(", "));
        }
        said
    }

    /// What was decided: status, owner and date.
    fn plan(self, id: &QuestionId) -> String {
        let Page { seen, look, .. } = self;
        let Some(plan) = seen.now.assessment.actions.get(id) else { return String::new() };
        let remains = seen.score.question(id).is_some_and(QuestionScore::is_finding);
        let status = match plan.status {
            Status::Done if remains => {
                look.pick("dite faite, mais le risque demeure", "said to be done, yet the risk remains")
            }
            status => words::status(look.language, status),
        };
        let due = plan.due.map(|due| look.language.date(due));
        let due = due.map(|due| look.pick(format!("échéance {due}"), format!("due {due}")));
        let owner = Some(plan.owner.clone()).filter(|owner| !owner.is_empty());
        std::iter::once(status.to_owned()).chain(owner).chain(due).collect::<Vec<_>>().join(", ")
    }

    fn above(self, section: Section, count: usize) -> Vec<Line<'static>> {
        let look = self.look;
        let text = match section {
            Section::ActionsClosed => look.pick(
                format!("{count} avec les constats levés, nommés plus haut"),
                format!("{count} with the findings closed, named above"),
            ),
            _ => look.pick(
                format!("{count} avec les nouveaux constats, nommés plus haut"),
                format!("{count} with the new findings, named above"),
            ),
        };
        self.folded("", look.theme.text(), &text, look.theme.text(), 0)
    }
}

/// Spans filled with spaces to a width; what is longer stays as it is.
fn padded(mut spans: Vec<Span<'static>>, columns: usize) -> Vec<Span<'static>> {
    let used: usize = spans.iter().map(Span::width).sum();
    spans.push(Span::raw(" ".repeat(columns.saturating_sub(used))));
    spans
}
