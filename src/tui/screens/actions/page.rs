//! How is the plan shown? What it would bring at the top, the work below, the chosen remedy at the foot.

use jiff::civil::Date;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line as Row;
use ratatui::text::Span;

use super::Actions;
use super::Line;
use super::Order;
use crate::domain::action::Standing;
use crate::domain::assessment::Status;
use crate::domain::scoring::Figures;
use crate::domain::scoring::Level;
use crate::domain::words;
use crate::tui::screens::explanation;
use crate::tui::screens::look::Look;
use crate::tui::visit::Visit;
use crate::tui::widgets::lines::both_ends;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::first_shown;
use crate::tui::widgets::lines::rule;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::fit;
use crate::tui::widgets::wrap::width;
use crate::tui::widgets::wrap::wrap;

/// The pointer, the tick and the level before the title.
const BEFORE: usize = 3 + 10;

/// How wide the columns behind the level are. What no line has takes no room: the titles need it.
#[derive(Debug, Clone, Copy)]
struct Widths {
    title: usize,
    owner: usize,
    due: usize,
    status: usize,
}

impl Widths {
    fn of(plan: &[Line], columns: usize, look: Look) -> Widths {
        let widest =
            |text: &dyn Fn(&Line) -> String| plan.iter().map(|line| width(&text(line))).max().unwrap_or(0);
        let (due, status) = (widest(&|line| due(line, look)), widest(&|line| status(line, look)));
        let behind = [due, status].into_iter().filter(|wide| *wide > 0).map(|wide| wide + 1).sum::<usize>();
        let room = columns.saturating_sub(BEFORE + behind);
        let owner = widest(&|line| line.owner(look.language).to_owned()).min(room / 3);
        Widths { title: room.saturating_sub(owner + 1), owner, due, status }
    }
}

fn is_overdue(line: &Line) -> bool {
    match line {
        Line::Action(action) => action.overdue,
        Line::FollowUp(follow_up) => follow_up.overdue,
    }
}

fn due(line: &Line, look: Look) -> String {
    let due = line.due().map_or(String::new(), |due| look.language.date(due));
    if is_overdue(line) { format!("{due}{}", look.theme.flag()) } else { due }
}

fn status(line: &Line, look: Look) -> String {
    match line {
        Line::Action(action) => standing(action.standing, action.plan.map(|plan| plan.status), look),
        Line::FollowUp(_) => String::new(),
    }
}

impl Actions {
    pub fn draw(&self, frame: &mut Frame, area: Rect, visit: &Visit, today: Date, look: Look) {
        let columns = usize::from(area.width);
        let plan = self.lines(visit, today, look.language);
        let mut top = vec![head(visit, &plan, columns, look)];
        top.push(self.scores(visit, look));
        if let Some(steps) = self.steps(visit, columns, look) {
            top.push(steps);
        }
        let order = match self.order {
            Order::Priority => look.pick("par priorité", "by priority"),
            Order::Owner => look.pick("par responsable", "by owner"),
            Order::Step => look.pick("par étape", "by step"),
            Order::Due => look.pick("par échéance", "by due date"),
        };
        top.push(rule(&[span(format!(" {order} "), look.theme.accent())], columns, look.theme));
        draw(frame, area, &top);
        let used = u16::try_from(top.len()).unwrap_or(u16::MAX).min(area.height);
        let body = Rect { y: area.y + used, height: area.height - used, ..area };
        let selected = self.selected.min(plan.len().saturating_sub(1));
        let widths = Widths::of(&plan, columns, look);
        let foot =
            plan.get(selected).map(|line| remedy(line, visit, widths, columns, look)).unwrap_or_default();
        let of_foot = u16::try_from(foot.len()).unwrap_or(0).min(body.height / 3);
        let list = Rect { height: body.height - of_foot, ..body };
        if plan.is_empty() {
            let none = look.pick(" Rien à faire pour l’instant.", " Nothing to do for now.");
            draw(frame, list, &[Row::from(span(none, look.theme.quiet()))]);
        }
        let rows = usize::from(list.height);
        let first = first_shown(selected, rows, plan.len());
        let lines: Vec<Row> = plan
            .iter()
            .enumerate()
            .skip(first)
            .take(rows)
            .map(|(index, line)| self.line(line, index == selected, visit, widths, look))
            .collect();
        draw(frame, list, &lines);
        draw(frame, Rect { y: list.bottom(), height: of_foot, ..body }, &foot);
        if list.height > 0 && list.width > 0 {
            let row = u16::try_from(selected - first.min(selected)).unwrap_or(0).min(list.height - 1);
            frame.set_cursor_position((list.x, list.y + row));
        }
    }

    /// The overall score, and what it would be.
    fn scores(&self, visit: &Visit, look: Look) -> Row<'static> {
        let theme = look.theme;
        let mut spans = vec![span(look.pick(" Ensemble ", " Overall "), theme.strong())];
        spans.extend(look.score(&visit.score.overall.figures));
        spans.push(span(raw(&visit.score.overall.figures, look), theme.quiet()));
        if let Some(then) = &self.then {
            spans.push(span(format!("  {} ", theme.mark("→", "->")), theme.accent()));
            spans.extend(look.score(&then.overall.figures));
            spans.push(span(raw(&then.overall.figures, look), theme.quiet()));
            let count = self.thought.len();
            let said = look.pick(
                format!("  si {count} {} faites", look.language.plural(count, "était", "étaient")),
                format!("  if {count} were done"),
            );
            spans.push(span(said, theme.quiet()));
        } else {
            let how =
                look.pick("  Espace\u{202f}: et si c’était fait\u{202f}?", "  Space: what if it were done?");
            spans.push(span(how, theme.quiet()));
        }
        Row::from(spans)
    }

    /// The steps that would move.
    fn steps(&self, visit: &Visit, columns: usize, look: Look) -> Option<Row<'static>> {
        let then = self.then.as_ref()?;
        let theme = look.theme;
        let mut spans = vec![Span::raw(" ")];
        let mut used = 1;
        for (index, (now, then)) in visit.score.steps.iter().zip(&then.steps).enumerate() {
            if now.figures == then.figures {
                continue;
            }
            let arrow = theme.mark("→", "->");
            let (before, after) = (
                explanation::rounded(now.figures.score, look),
                explanation::rounded(then.figures.score, look),
            );
            let text = format!("{} {before}{arrow}{after}  ", index + 1);
            used += text.chars().count();
            if used > columns {
                break;
            }
            spans.push(span(text, look.band_style(then.figures.score)));
        }
        Some(Row::from(spans))
    }

    fn line(&self, line: &Line, selected: bool, visit: &Visit, widths: Widths, look: Look) -> Row<'static> {
        let theme = look.theme;
        let style = if selected { theme.selected() } else { theme.text() };
        let title = explanation::title(visit, line.question(), look);
        let thought = self.thought.contains(line.question());
        let tick = if thought { theme.mark("☒", "x") } else { " " };
        let (level, level_style) = match line {
            Line::Action(action) => (
                words::level(look.language, action.level),
                if action.standing.is_open() { theme.level(action.level) } else { theme.quiet() },
            ),
            Line::FollowUp(_) => (look.pick("à savoir", "find out"), theme.level(Level::Moderate)),
        };
        let due_style = if is_overdue(line) { theme.bad() } else { theme.quiet() };
        let mut spans = vec![
            span(if selected { theme.pointer() } else { " " }, theme.accent()),
            span(format!("{tick} "), theme.good()),
            span(fit(level, 9, theme.ellipsis()), level_style),
            Span::raw(" "),
            span(fit(&title, widths.title, theme.ellipsis()), style),
            Span::raw(" "),
            span(fit(line.owner(look.language), widths.owner, theme.ellipsis()), theme.text()),
        ];
        for (text, wide, style) in
            [(due(line, look), widths.due, due_style), (status(line, look), widths.status, theme.quiet())]
        {
            if wide > 0 {
                spans.extend([Span::raw(" "), span(fit(&text, wide, theme.ellipsis()), style)]);
            }
        }
        Row::from(spans)
    }
}

fn head(visit: &Visit, plan: &[Line], columns: usize, look: Look) -> Row<'static> {
    let theme = look.theme;
    let overdue = plan.iter().filter(|line| is_overdue(line)).count();
    let open =
        plan.iter().filter(|line| matches!(line, Line::Action(action) if action.standing.is_open())).count();
    let mut right =
        vec![span(look.pick(format!("{open} à faire "), format!("{open} to do ")), theme.quiet())];
    if overdue > 0 {
        right.push(span(
            look.pick(format!("· {overdue} en retard "), format!("· {overdue} overdue ")),
            theme.bad(),
        ));
    }
    let client = &visit.assessment().client;
    let title = [
        span(format!(" {client}"), theme.strong()),
        span(look.pick(" · le plan", " · the plan"), theme.quiet()),
    ];
    both_ends(&title, right, columns, theme)
}

fn raw(figures: &Figures, look: Look) -> String {
    figures.raw.map_or(String::new(), |raw| {
        let raw = crate::domain::scoring::shown(raw);
        look.pick(format!(" sans plafond {raw}"), format!(" without caps {raw}"))
    })
}

fn standing(standing: Standing, status: Option<Status>, look: Look) -> String {
    match (standing, status) {
        (Standing::Reopened, _) => look.pick("rouverte", "reopened").to_owned(),
        (_, Some(status)) => words::status(look.language, status).to_owned(),
        (_, None) => words::status(look.language, Status::Open).to_owned(),
    }
}

/// What is to be done about the chosen line; its title and who does it, too, where the list has cut them.
fn remedy(line: &Line, visit: &Visit, widths: Widths, columns: usize, look: Look) -> Vec<Row<'static>> {
    let theme = look.theme;
    let (title, owner) = (explanation::title(visit, line.question(), look), line.owner(look.language));
    let is_cut = width(&title) > widths.title || width(owner) > widths.owner;
    let mut whole = Vec::new();
    if is_cut {
        whole.push(span(format!(" {title} "), theme.strong()));
        if !owner.is_empty() {
            whole.push(span(format!("· {owner} "), theme.text()));
        }
    }
    let mut rows = vec![rule(&whole, columns, theme)];
    rows.extend(
        wrap(&what(line, visit, look), columns.saturating_sub(2))
            .into_iter()
            .map(|line| Row::from(span(format!(" {line}"), theme.text()))),
    );
    rows
}

/// What is to be done about a line, and how much work that is.
pub fn what(line: &Line, visit: &Visit, look: Look) -> String {
    match line {
        Line::Action(action) => action.remedy.map_or(String::new(), |remedy| {
            let effort = words::effort(look.language, remedy.effort);
            format!("{} ({effort})", look.text(&remedy.text))
        }),
        Line::FollowUp(follow_up) => visit
            .questionnaire
            .question(follow_up.question)
            .map_or(String::new(), |question| look.text(&question.ask).to_owned()),
    }
}
