//! Which captures are there? A line each: when it was taken and after which choice, and how much it shows.

use std::path::Path;

use ratatui::text::Line;

use super::Item;
use super::Listed;
use super::Way;
use super::Window;
use super::columns::Columns;
use super::joined;
use crate::domain::capture::CaptureLabel;
use crate::domain::capture::Phase;
use crate::domain::observing::Taken;
use crate::domain::text::plain_line;
use crate::domain::words::capture as words;
use crate::tui::screens::look::Look;
use crate::tui::visit::Visit;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::fit;

/// Phase, date, then pages, hosts and cookies.
const PHASE: usize = 20;
const DATE: usize = 13;
const NUMBER: usize = 9;

/// The captures of a phase, or all.
pub fn listed(phase: Option<Phase>, visit: &Visit, window: Window, columns: &Columns) -> Listed {
    let look = columns.look;
    let wanted = |label: &CaptureLabel| phase.is_none_or(|phase| label.phase == phase);
    let labels: Vec<&CaptureLabel> =
        visit.assessment().captures.iter().filter(|label| wanted(label)).collect();
    let taken =
        |label: &CaptureLabel| visit.captured.taken.iter().find(|taken| taken.label.digest == label.digest);
    let way = Way {
        item: |label: &&CaptureLabel| Item::Capture(label.digest.clone()),
        line: |label: &&CaptureLabel, selected: bool| line(label, taken(label), selected, columns),
        about: |label: &&CaptureLabel| said(label, taken(label), visit, look),
    };
    Listed {
        heading: heading(columns),
        nothing: look.pick("aucun relevé de cette phase", "no capture of this phase"),
        ..Listed::of(&labels, window, way)
    }
}

fn heading(columns: &Columns) -> Line<'static> {
    let look = columns.look;
    let names = [
        look.pick("fichier", "file"),
        look.pick("choix du visiteur", "visitor’s choice"),
        look.pick("jour", "day"),
        "pages",
        look.pick("tiers", "others"),
        "cookies",
    ];
    Line::from(span(format!(" {}", laid_out(names, columns)), look.theme.accent()))
}

fn line(label: &CaptureLabel, taken: Option<&Taken>, selected: bool, columns: &Columns) -> Line<'static> {
    let look = columns.look;
    let theme = look.theme;
    let number =
        |count: Option<usize>| count.map_or(theme.mark("—", "-").to_owned(), |count| count.to_string());
    let capture = taken.map(|taken| &taken.capture);
    let date = look.language.date(label.on);
    let counts = [
        number(capture.map(|capture| capture.pages.len())),
        number(capture.map(|capture| capture.third_parties().count())),
        number(capture.filter(|capture| capture.carries_cookies).map(|capture| capture.cookies.len())),
    ];
    let cells =
        [&label.name, words::phase(look.language, label.phase), &date, &counts[0], &counts[1], &counts[2]];
    let style = if selected { theme.selected() } else { theme.text() };
    Line::from(vec![
        span(if selected { theme.pointer() } else { " " }, theme.accent()),
        span(laid_out(cells, columns), style),
    ])
}

/// The name takes the room that the others leave.
fn laid_out([name, phase, date, pages, hosts, cookies]: [&str; 6], columns: &Columns) -> String {
    let ellipsis = columns.look.theme.ellipsis();
    let room = columns.all().saturating_sub(3 + PHASE + DATE + 3 * NUMBER);
    let (name, phase) = (fit(&plain_line(name), room, ellipsis), fit(phase, PHASE, ellipsis));
    let date = fit(date, DATE, ellipsis);
    format!("{name} {phase}{date}{pages:>NUMBER$}{hosts:>NUMBER$}{cookies:>NUMBER$}")
}

fn said(label: &CaptureLabel, taken: Option<&Taken>, visit: &Visit, look: Look) -> String {
    let Some(Taken { capture, .. }) = taken else {
        let why = visit.captured.unreadable.iter().find(|(other, _)| other.digest == label.digest);
        let short = why.map(|(_, error)| error.clone().without_paths(Path::new("/")));
        return short.map_or(String::new(), |error| look.text(&error.message).to_owned());
    };
    let mut programs = vec![plain_line(&capture.browser), plain_line(&capture.tool)];
    programs.dedup();
    let first = capture.pages.first().map_or(String::new(), |page| plain_line(page));
    joined(programs.into_iter().chain([first]))
}
