//! How does a client look in the list? Its columns, in letters and arrows first, in colour only besides.

use std::cmp::Ordering;

use jiff::civil::Date;
use ratatui::text::Line as Row;
use ratatui::text::Span;

use super::list::is_expired;
use super::list::overdue;
use crate::domain::scoring::shown;
use crate::storage::portfolio::line::Line;
use crate::tui::screens::look::Look;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::fit;
use crate::tui::widgets::wrap::width;

/// The columns behind the name: visits, last visit, score with its trend or interval, coverage, actions, overdue.
const BEHIND: usize = 53;

/// Whether a name is not cut.
pub fn has_room(name: &str, columns: usize) -> bool {
    width(name) <= of_name(columns)
}

fn of_name(columns: usize) -> usize {
    columns.saturating_sub(BEHIND + 2)
}

pub fn headings(columns: usize, look: Look) -> Row<'static> {
    let name = fit(look.pick("Client", "Client"), of_name(columns), look.theme.ellipsis());
    let behind = look.pick(
        "Visites Dernière     Score    Couvert. Actions Retard",
        "Visits  Last         Score    Coverage Actions   Late",
    );
    let behind = fit(behind, BEHIND, look.theme.ellipsis());
    Row::from(span(format!("  {name}{behind}"), look.theme.quiet()))
}

pub fn client(line: &Line, selected: bool, columns: usize, today: Date, look: Look) -> Row<'static> {
    let theme = look.theme;
    let style = if selected { theme.selected() } else { theme.text() };
    let mut spans = vec![
        span(if selected { theme.pointer() } else { " " }, theme.accent()),
        Span::raw(" "),
        span(fit(line.called(), of_name(columns), theme.ellipsis()), style),
    ];
    let last =
        line.last.map_or_else(|| look.pick("aucune", "none").to_owned(), |date| look.language.date(date));
    spans.push(span(format!("{:>5}   {last:<11}", line.visits), theme.quiet()));
    if line.error.is_some() {
        let said = look.pick("  illisible\u{202f}: `privaudit doctor`", "  unreadable: `privaudit doctor`");
        spans.push(span(said, theme.bad()));
        return Row::from(spans);
    }
    let (mark, style) = match (is_expired(line, today), line.is_visit_due(today)) {
        (true, _) => (theme.mark("× ", "x "), theme.bad()),
        (false, true) => ("! ", theme.warning()),
        (false, false) => ("  ", theme.warning()),
    };
    spans.push(span(mark, style));
    let Some(standing) = &line.standing else { return Row::from(spans) };
    let band = standing.band();
    if let (Some(score), Some(band)) = (standing.score, band) {
        let trend = match line.trend() {
            Some(Ordering::Greater) => theme.mark(" ↑", " ^"),
            Some(Ordering::Less) => theme.mark(" ↓", " v"),
            Some(Ordering::Equal) => " =",
            None => "",
        };
        spans.push(span(
            format!("{:<9}", format!("{} {}{trend}", band.letter(), shown(score))),
            theme.band(Some(band)),
        ));
    } else {
        let interval = format!("{}{}{}", shown(standing.low), theme.mark("–", "-"), shown(standing.high));
        spans.push(span(format!("{interval:<9}"), theme.quiet()));
    }
    spans.push(span(format!("{:>8}", look.percent(standing.coverage)), theme.quiet()));
    spans.push(span(format!("{:>8}", standing.open), theme.quiet()));
    match overdue(line, today) {
        0 => {}
        late => spans.push(span(format!("{late:>7}"), theme.bad())),
    }
    Row::from(spans)
}
