//! How did the client come along? Every visit in a column: the score among its bands, the figures, each step's trend.
//!
//! ```text
//!                              01/03/2024  12/09/2025  23/11/2026
//!  A 85–100
//!  B 70–84                                              ○ 78         without caps
//!  C 55–69                                  ○ 61
//!  D 40–54                                              ● 54         the score
//!  E 0–39                       ● 39 ○ 31   ● 39
//!  1 Auditer les données  ▂▄▇   E 31        C 58 ▲      B 74 ▲
//! ```

use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;

use super::figures;
use super::seen::when;
use crate::domain::id::StepId;
use crate::domain::scoring::Band;
use crate::domain::scoring::Figures;
use crate::domain::scoring::Score;
use crate::domain::scoring::shown;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::timeline::Point;
use crate::domain::timeline::timeline;
use crate::tui::effect::Past;
use crate::tui::intent::Intent;
use crate::tui::screens::look::Look;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::rule;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::fit;
use crate::tui::widgets::wrap::shorten;
use crate::tui::widgets::wrap::width;

/// All visits, measured once when they were read.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    points: Vec<Point>,
    selected: usize,
}

/// The most columns of a visit.
const VISIT: usize = 13;
/// The most cells of a bar of actions.
const BAR: usize = 7;
/// The most cells of a step's trend.
const TREND: usize = 8;

impl Timeline {
    pub fn at(selected: usize) -> Timeline {
        Timeline { points: Vec::new(), selected }
    }

    /// Scores every visit, and finds what became of the actions since the one before.
    pub fn measure(&mut self, visits: &[Past]) {
        let visits = visits.iter().map(|past| (past.questionnaire.as_ref(), &past.assessment));
        self.points = timeline(visits);
        self.selected = self.selected.min(self.points.len().saturating_sub(1));
    }

    pub fn score(&self, index: usize) -> Option<&Score> {
        self.points.get(index).map(|point| &point.score)
    }

    /// A visit in a line to choose from: `23/11/2026  C 62 (48–80)`.
    pub fn line(&self, index: usize, past: &Past) -> Text {
        let figures = self.score(index).map(|score| score.overall.figures);
        let scored = figures.and_then(|figures| {
            let (low, high) = figures.interval?;
            let interval = format!("{}–{}", shown(low), shown(high));
            Some(match (figures.band(), figures.score) {
                (Some(band), Some(score)) => format!("{} {}", band.letter(), shown(score)),
                _ => interval,
            })
        });
        let said = |language: Language| {
            format!("{}  {}", when(past, language), scored.as_deref().unwrap_or_default())
        };
        Text::new(said(Language::Fr), said(Language::En))
    }

    pub fn update(&mut self, intent: Intent, page: usize) {
        let last = self.points.len().saturating_sub(1);
        self.selected = intent.moved(self.selected, last, page / 4).unwrap_or(self.selected.min(last));
    }

    pub fn heading(&self, look: Look) -> Vec<Span<'static>> {
        let theme = look.theme;
        let count = self.points.len();
        let visits =
            look.language.plural(count, look.pick("visite", "visit"), look.pick("visites", "visits"));
        vec![
            span(format!(" {count} {visits} "), theme.accent()),
            span(format!("· {} score ", dot(look)), theme.strong()),
            span(format!("· {} {} ", ring(look), look.pick("sans plafond", "without caps")), theme.quiet()),
        ]
    }

    pub fn draw(&self, frame: &mut Frame, area: Rect, visits: &[Past], look: Look) {
        let grid = Grid::of(usize::from(area.width), self.points.len(), self.selected, look);
        let steps = self.steps(visits, grid);
        let below = self.figures(visits, grid, true).len() + 1 + steps.len();
        let roomy = usize::from(area.height) > below + Band::ALL.len();
        let mut below = self.figures(visits, grid, roomy);
        below.push(rule(
            &[span(look.pick(" Étapes ", " Steps "), look.theme.accent())],
            usize::from(area.width),
            look.theme,
        ));
        below.extend(steps);
        let mut lines = vec![self.dates(visits, grid)];
        let spare = usize::from(area.height).saturating_sub(below.len() + 1);
        lines.extend(self.chart(grid, (spare / Band::ALL.len()).min(3)));
        lines.extend(below);
        draw(frame, area, &lines);
        if area.height > 0 && area.width > 0 {
            let at = grid.names + grid.visit * (self.selected - grid.first.min(self.selected));
            let at = u16::try_from(at).unwrap_or(0).min(area.width - 1);
            frame.set_cursor_position((area.x + at, area.y));
        }
    }

    fn dates(&self, visits: &[Past], grid: Grid) -> Line<'static> {
        let look = grid.look;
        let cells = visits.iter().enumerate().map(|(index, past)| {
            let style = if index == self.selected { look.theme.selected() } else { look.theme.quiet() };
            (when(past, look.language), style)
        });
        let (before, after) = (grid.first, visits.len().saturating_sub(grid.first + grid.shown));
        let mut hidden = String::new();
        if before > 0 {
            hidden = format!(" {} {before}", look.theme.mark("←", "<"));
        }
        if after > 0 {
            hidden = format!("{hidden} {after} {}", figures::arrow(look.theme));
        }
        grid.row(&span(hidden, look.theme.accent()), cells)
    }

    /// Each band is a row, or a few: the score and the score without caps stand where they belong.
    fn chart(&self, grid: Grid, rows: usize) -> Vec<Line<'static>> {
        let look = grid.look;
        let mut lines = Vec::new();
        let mut above = 100.0_f64;
        for band in Band::ALL {
            let least = band.least();
            for part in (0..rows).rev() {
                let cut = |part: usize| least + (above - least) * share(part, rows);
                // A score of 100 stands in the topmost row.
                let top = if above >= 100.0 && part + 1 == rows { f64::INFINITY } else { cut(part + 1) };
                let name = if part + 1 == rows { range(band, above, look) } else { String::new() };
                let cells = self.points.iter().map(|point| mark(&point.score, (cut(part), top), look));
                let style = look.theme.band(Some(band));
                lines.push(grid.row(&span(format!(" {name}"), style), cells));
            }
            above = least;
        }
        lines
    }

    fn figures(&self, visits: &[Past], grid: Grid, roomy: bool) -> Vec<Line<'static>> {
        let look = grid.look;
        let theme = look.theme;
        let overall = |point: &Point| point.score.overall.figures;
        let mut lines = Vec::new();
        let mut row = |name: &str, cells: Vec<(String, Style)>| {
            lines.push(grid.row(&span(format!(" {name}"), theme.text()), cells.into_iter()));
        };
        let each =
            |cell: &dyn Fn(&Point) -> (String, Style)| self.points.iter().map(cell).collect::<Vec<_>>();
        let trend: Vec<Option<f64>> = self.points.iter().map(|point| overall(point).score).collect();
        row(
            &grid.named(look.pick("Score global", "Overall score"), &trend),
            self.cells(&trend, look, |index| self.points.get(index).map(overall)),
        );
        let quiet = |text: String| (text, theme.text());
        let dash = || theme.mark("—", "-").to_owned();
        row(
            look.pick("Sans plafond", "Without caps"),
            each(&|point| quiet(overall(point).raw.map_or_else(dash, |raw| figures::exact(raw, look)))),
        );
        row(look.pick("Couverture", "Coverage"), each(&|point| quiet(look.percent(overall(point).coverage))));
        row(look.pick("Constats", "Findings"), each(&|point| quiet(point.score.findings.len().to_string())));
        let most = self.points.iter().map(|point| point.open.len()).max().unwrap_or(0);
        let open = self.points.iter().map(|point| Some(share(100 * point.open.len(), most.max(1))));
        let (name, trend) = (look.pick("Actions ouvertes", "Actions open"), open.collect::<Vec<_>>());
        row(&grid.named(name, &trend), each(&|point| quiet(actions(point, roomy, look))));
        if roomy {
            let bars = |of: fn(&Point) -> usize| {
                let most = self.points.iter().map(of).max().unwrap_or(0);
                each(&|point| quiet(bar(of(point), most, look)))
            };
            row(look.pick("  dont nouvelles", "  of which new"), bars(|point| point.opened.len()));
            row(look.pick("  closes depuis", "  closed since"), bars(|point| point.closed.len()));
        }
        let versions: BTreeSet<_> = visits.iter().map(|past| &past.assessment.questionnaire).collect();
        if versions.len() > 1 {
            let cells =
                visits.iter().map(|past| (past.assessment.questionnaire.version.clone(), theme.quiet()));
            row("Questionnaire", cells.collect());
        }
        lines
    }

    /// The last visit's steps, then those that only earlier ones have.
    fn steps(&self, visits: &[Past], grid: Grid) -> Vec<Line<'static>> {
        let look = grid.look;
        let mut seen: Vec<&StepId> = Vec::new();
        let mut lines = Vec::new();
        for past in visits.iter().rev() {
            for (index, step) in past.questionnaire.steps.iter().enumerate() {
                if seen.contains(&&step.id) {
                    continue;
                }
                seen.push(&step.id);
                let figures = |point: &Point| point.score.step(&step.id).map(|step| step.figures);
                let trend: Vec<Option<f64>> = self
                    .points
                    .iter()
                    .map(|point| figures(point).and_then(|figures| figures.score))
                    .collect();
                let name = grid.named(&format!("{} {}", index + 1, look.text(&step.title)), &trend);
                let cells = self.cells(&trend, look, |index| self.points.get(index).and_then(figures));
                lines.push(grid.row(&span(format!(" {name}"), look.theme.text()), cells.into_iter()));
            }
        }
        lines
    }

    /// `C 62 ▲` for each visit: the mark says where it went since the last visit with a score.
    fn cells(
        &self,
        trend: &[Option<f64>],
        look: Look,
        figures: impl Fn(usize) -> Option<Figures>,
    ) -> Vec<(String, Style)> {
        let mut last: Option<f64> = None;
        let mut cells = Vec::new();
        for (index, score) in trend.iter().enumerate().take(self.points.len()) {
            let moved = score.zip(last).map_or(0, |(score, last)| figures::tenths(score - last));
            let mark = match moved {
                0 => "",
                1.. => figures::up(look.theme),
                _ => figures::down(look.theme),
            };
            let text = figures::short(figures(index).as_ref(), look);
            cells.push((format!("{text} {mark}"), look.band_style(*score)));
            last = score.or(last);
        }
        cells
    }
}

/// Where names end and visits begin, and which visits have room.
#[derive(Clone, Copy)]
struct Grid {
    names: usize,
    visit: usize,
    first: usize,
    shown: usize,
    look: Look,
}

impl Grid {
    /// The chosen visit is always among those with room; at first the last ones are.
    fn of(columns: usize, visits: usize, selected: usize, look: Look) -> Grid {
        let least = look.pick(VISIT - 1, VISIT);
        let names = if columns >= 100 { 40 } else { 30.min(columns * 2 / 5) };
        let room = columns.saturating_sub(names);
        let shown = (room / least).clamp(1, visits.max(1));
        let first = selected.saturating_sub(shown - 1).max(visits.saturating_sub(shown).min(selected));
        Grid { names, visit: least.max((room / shown).min(18)), first, shown, look }
    }

    fn row(self, name: &Span, cells: impl Iterator<Item = (String, Style)>) -> Line<'static> {
        let ellipsis = self.look.theme.ellipsis();
        let mut spans = vec![span(fit(&name.content, self.names, ellipsis), name.style)];
        for (text, style) in cells.skip(self.first).take(self.shown) {
            let plain = text.trim_end();
            let room = self.visit.saturating_sub(1);
            let short = shorten(plain, room, ellipsis);
            let left = self.visit - width(&short).min(self.visit);
            spans.push(span(short, style));
            spans.push(Span::raw(" ".repeat(left)));
        }
        Line::from(spans)
    }

    /// A name with the trend of all visits at its end.
    fn named(self, name: &str, trend: &[Option<f64>]) -> String {
        let last = trend.get(trend.len().saturating_sub(TREND)..).unwrap_or_default();
        let cells = figures::spark(last, self.look.theme);
        let room = self.names.saturating_sub(last.len() + 4);
        format!("{} {cells}", fit(name, room, self.look.theme.ellipsis()))
    }
}

/// `B 70–84`
fn range(band: Band, above: f64, look: Look) -> String {
    let dash = look.theme.mark("–", "-");
    let top = if above >= 100.0 { 100 } else { shown(above - 1.0) };
    format!("{} {}{dash}{top}", band.letter(), shown(band.least()))
}

/// How many actions are open, and where their changes have no rows of their own, those too: `12  +3 −2`.
fn actions(point: &Point, roomy: bool, look: Look) -> String {
    let (open, more, less) = (point.open.len(), point.opened.len(), point.closed.len());
    // At the first visit all that is open is new.
    if roomy || (more == open && less == 0) {
        return open.to_string();
    }
    format!("{open:<3} +{more} {}{less}", look.theme.mark("−", "-"))
}

/// `▇▇▇▇ 8`: a count, as long as its part of the largest one; what is not none has a cell.
fn bar(count: usize, most: usize, look: Look) -> String {
    let cells = (count * BAR).div_ceil(most.max(1));
    let block = look.theme.mark("▇", "#").repeat(cells);
    if count == 0 { look.theme.mark("—", "-").to_owned() } else { format!("{block} {count}") }
}

/// What of a visit stands in a row of the chart: its score, its score without caps, or where it may turn out to be.
fn mark(score: &Score, (low, top): (f64, f64), look: Look) -> (String, Style) {
    let figures = &score.overall.figures;
    let here = |score: f64| low <= score && score < top;
    let Some(point) = figures.score else {
        let (least, most) = figures.interval.unwrap_or((0.0, 100.0));
        let text = match (here(most), here(least)) {
            (true, true) => look.interval(figures).unwrap_or_default(),
            (true, false) => format!("{} {}", look.theme.mark("│", "|"), shown(most)),
            (false, true) => format!("{} {}", look.theme.mark("│", "|"), shown(least)),
            (false, false) if least < low && top <= most => look.theme.mark("│", "|").to_owned(),
            (false, false) => String::new(),
        };
        return (text, look.theme.quiet());
    };
    let raw = figures.raw.filter(|raw| here(*raw) && shown(*raw) != shown(point));
    let raw = raw.map(|raw| format!("{} {}", ring(look), shown(raw)));
    match (here(point), raw) {
        (true, raw) => {
            let point = format!("{} {}", dot(look), shown(point));
            let both = [Some(point), raw].into_iter().flatten().collect::<Vec<_>>().join(" ");
            (both, look.band_style(figures.score))
        }
        (false, raw) => (raw.unwrap_or_default(), look.theme.quiet()),
    }
}

fn dot(look: Look) -> &'static str {
    look.theme.mark("●", "*")
}

fn ring(look: Look) -> &'static str {
    look.theme.mark("○", "o")
}

#[expect(clippy::cast_precision_loss, reason = "a few rows, a few hundred actions")]
fn share(part: usize, rows: usize) -> f64 {
    part as f64 / rows as f64
}
