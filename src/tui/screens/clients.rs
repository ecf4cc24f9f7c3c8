//! Who are the clients, and how do they stand? The portfolio.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use super::look::Look;
use crate::domain::assessment::Assessment;
use crate::domain::scoring::Band;
use crate::domain::scoring::shown;
use crate::storage::error::Error;
use crate::tui::effect::ClientRow;
use crate::tui::intent::Intent;
use crate::tui::widgets::lines::both_ends;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::first_shown;
use crate::tui::widgets::lines::rule;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::fit;
use crate::tui::widgets::wrap::wrap;

#[derive(Debug, Clone, Default)]
pub struct Clients {
    /// None until they are read.
    pub rows: Option<Vec<ClientRow>>,
    pub failed: Option<Error>,
    /// By folder, so that the selection stays where it is when the list is read again.
    selected: String,
}

/// What the list wants after an intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Stay,
    Open { folder: String },
    NewVisit { folder: String },
    NewClient,
}

impl Clients {
    pub fn rows(&self) -> &[ClientRow] {
        self.rows.as_deref().unwrap_or_default()
    }

    pub fn select(&mut self, folder: &str) {
        folder.clone_into(&mut self.selected);
    }

    /// Selects the client whose visit was opened; one that was made a moment ago joins the list, so that the finder
    /// knows it before the list is read again.
    pub fn opened(&mut self, folder: &str, assessment: &Assessment) {
        self.select(folder);
        let Some(rows) = self.rows.as_mut().filter(|rows| rows.iter().all(|row| row.folder != folder)) else {
            return;
        };
        rows.push(ClientRow {
            name: assessment.client.clone(),
            folder: folder.to_owned(),
            visits: 1,
            last: Some(assessment.date),
            standing: None,
            broken: None,
        });
    }

    pub fn place(&self) -> usize {
        self.rows().iter().position(|row| row.folder == self.selected).unwrap_or(0)
    }

    pub fn chosen(&self) -> Option<&ClientRow> {
        self.rows().get(self.place())
    }

    pub fn update(&mut self, intent: Intent, page: usize) -> Wish {
        let last = self.rows().len().saturating_sub(1);
        let place = self.place();
        let target = match intent {
            Intent::Down => place + 1,
            Intent::Up => place.saturating_sub(1),
            Intent::PageDown => place + page.max(1),
            Intent::PageUp => place.saturating_sub(page.max(1)),
            Intent::First => 0,
            Intent::Last => last,
            Intent::NewClient => return Wish::NewClient,
            Intent::Confirm | Intent::NewVisit => {
                let Some(row) = self.chosen() else { return Wish::NewClient };
                let folder = row.folder.clone();
                return if intent == Intent::Confirm {
                    Wish::Open { folder }
                } else {
                    Wish::NewVisit { folder }
                };
            }
            _ => place,
        };
        if let Some(row) = self.rows().get(target.min(last)) {
            self.selected = row.folder.clone();
        }
        Wish::Stay
    }

    pub fn draw(&self, frame: &mut Frame, area: Rect, look: Look) {
        let theme = look.theme;
        let columns = usize::from(area.width);
        let count = self.rows().len();
        let counted =
            look.language.plural(count, look.pick("client", "client"), look.pick("clients", "clients"));
        let title = both_ends(
            &[
                span(" privaudit", theme.accent()),
                span(look.pick("  la vie privée en sept étapes", "  privacy in seven steps"), theme.quiet()),
            ],
            vec![span(format!("{count} {counted} "), theme.quiet())],
            columns,
            theme,
        );
        let mut lines = vec![title, rule(&[], columns, theme)];
        if let Some(error) = &self.failed {
            lines.extend(failure(error, columns, look));
        } else if self.rows.is_none() {
            lines.push(Line::from(span(look.pick(" Lecture…", " Reading…"), theme.quiet())));
        } else if count == 0 {
            lines.extend(welcome(columns, look));
        } else {
            lines.push(headings(columns, look));
            let room = usize::from(area.height).saturating_sub(lines.len());
            let first = first_shown(self.place(), room, count);
            for (index, row) in self.rows().iter().enumerate().skip(first).take(room) {
                lines.push(client(row, index == self.place(), columns, look));
            }
            let at = u16::try_from(self.place() - first + 3).unwrap_or(0);
            if area.height > at {
                frame.set_cursor_position((area.x, area.y + at));
            }
        }
        draw(frame, area, &lines);
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

/// The columns behind the name: visits, last visit, band and score, coverage.
const BEHIND: usize = 44;

fn headings(columns: usize, look: Look) -> Line<'static> {
    let name = fit(look.pick("Client", "Client"), columns.saturating_sub(BEHIND + 2), look.theme.ellipsis());
    let behind = look
        .pick("Visites  Dernière     Note        Couverture", "Visits   Last         Score         Coverage");
    Line::from(span(format!("  {name}{behind}"), look.theme.quiet()))
}

fn client(row: &ClientRow, selected: bool, columns: usize, look: Look) -> Line<'static> {
    let theme = look.theme;
    let style = if selected { theme.selected() } else { theme.text() };
    let name = fit(&row.name, columns.saturating_sub(BEHIND + 2), theme.ellipsis());
    let mut spans = vec![
        span(if selected { theme.pointer() } else { " " }, theme.accent()),
        Span::raw(" "),
        span(name, style),
    ];
    if row.broken.is_some() {
        spans.push(span(
            look.pick("illisible : voir `privaudit doctor`", "unreadable: see `privaudit doctor`"),
            theme.bad(),
        ));
        return Line::from(spans);
    }
    let last =
        row.last.map_or_else(|| look.pick("aucune", "none").to_owned(), |date| look.language.date(date));
    spans.push(span(format!("{:>5}    {last:<11}  ", row.visits), theme.quiet()));
    if let Some(standing) = row.standing {
        let band = standing.score.map(Band::of);
        let score = standing.score.zip(band).map_or(theme.mark("—", "-").to_owned(), |(score, band)| {
            format!("{} {}", band.letter(), shown(score))
        });
        spans.push(span(format!("{score:<6}"), theme.band(band)));
        let interval = match (standing.high - standing.low).abs() < 1e-9 {
            true => String::new(),
            false => format!("{}{}{}", shown(standing.low), theme.mark("–", "-"), shown(standing.high)),
        };
        spans.push(span(format!("{interval:<6}"), theme.quiet()));
        spans.push(span(format!("{:>10}", look.percent(standing.coverage)), theme.quiet()));
    }
    Line::from(spans)
}
