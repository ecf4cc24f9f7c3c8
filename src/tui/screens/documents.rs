//! Which document is handed over? What it is, in which format and language, with a preview; Enter writes it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::look::Look;
use super::reader::Scroll;
use crate::domain::text::Language;
use crate::report::content::Kind;
use crate::report::document::Document;
use crate::report::export::Format;
use crate::tui::intent::Intent;
use crate::tui::theme::Theme;
use crate::tui::widgets::lines::centred;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::popup;
use crate::tui::widgets::lines::rule;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::fit;
use crate::tui::widgets::wrap::wrap;

mod preview;

/// What can be chosen.
const ROWS: usize = 3;
/// The lines above the preview: the choices, where it will be, the rule.
const ABOVE: u16 = 6;
const WIDEST: u16 = 100;

#[derive(Debug, Clone)]
pub struct Documents {
    pub kind: Kind,
    pub format: Format,
    pub language: Language,
    /// No program outside is started: a PDF would need one.
    confined: bool,
    row: usize,
    scroll: Scroll,
    preview: Preview,
}

/// What is seen of the document.
#[derive(Debug, Clone)]
enum Preview {
    /// It is being made.
    Awaited,
    Shown {
        document: Box<Document>,
        lines: Vec<Line<'static>>,
    },
}

/// What is wanted after an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Stay,
    Close,
    /// Another document is to be seen.
    Preview,
    Write,
}

impl Documents {
    pub fn new(language: Language, confined: bool) -> Documents {
        Documents {
            kind: Kind::Plan,
            format: Format::Docx,
            language,
            confined,
            row: 0,
            scroll: Scroll::default(),
            preview: Preview::Awaited,
        }
    }

    pub fn update(&mut self, intent: Intent, page: usize) -> Wish {
        match intent {
            Intent::Back => Wish::Close,
            Intent::Confirm => Wish::Write,
            Intent::Down => {
                self.row = (self.row + 1) % ROWS;
                Wish::Stay
            }
            Intent::Up => {
                self.row = (self.row + ROWS - 1) % ROWS;
                Wish::Stay
            }
            Intent::Left => self.turn(false),
            Intent::Right | Intent::Toggle => self.turn(true),
            other => {
                self.scroll.update(other, page);
                if let Preview::Shown { lines, .. } = &self.preview {
                    self.scroll.settle(lines.len(), page);
                }
                Wish::Stay
            }
        }
    }

    /// The next value of the row, or the one before.
    fn turn(&mut self, forward: bool) -> Wish {
        match self.row {
            0 => self.kind = turned(&Kind::ALL, self.kind, forward),
            1 => {
                self.format = turned(&self.formats(), self.format, forward);
                return Wish::Stay;
            }
            _ => self.language = self.language.other(),
        }
        self.preview = Preview::Awaited;
        self.scroll = Scroll::default();
        Wish::Preview
    }

    fn formats(&self) -> Vec<Format> {
        Format::ALL.into_iter().filter(|format| !(self.confined && *format == Format::Pdf)).collect()
    }

    /// Takes the document that was asked for; one that was asked for earlier is out of date.
    pub fn receive(&mut self, kind: Kind, document: Box<Document>, columns: u16, theme: Theme) {
        if (kind, document.language) == (self.kind, self.language) {
            let lines = preview::lines(&document, usize::from(room(columns)), theme);
            self.preview = Preview::Shown { document, lines };
        }
    }

    /// What is seen, once it is made.
    pub fn document(&self) -> Option<&Document> {
        match &self.preview {
            Preview::Awaited => None,
            Preview::Shown { document, .. } => Some(document),
        }
    }

    /// Folds the preview anew for another width of the terminal.
    pub fn resize(&mut self, columns: u16, theme: Theme) {
        if let Preview::Shown { document, lines } = &mut self.preview {
            *lines = preview::lines(document, usize::from(room(columns)), theme);
        }
    }

    pub fn draw(&self, frame: &mut Frame, area: Rect, look: Look) {
        let outside = centred(area, area.width.saturating_sub(2).min(WIDEST), area.height.saturating_sub(1));
        let inside =
            popup(frame, outside, look.pick("Document à remettre", "Document to hand over"), look.theme);
        let inside =
            Rect { x: inside.x + 1.min(inside.width), width: inside.width.saturating_sub(2), ..inside };
        let columns = usize::from(inside.width);
        let mut lines: Vec<Line> = (0..ROWS).map(|row| self.choice(row, look)).collect();
        let place = look.pick(
            "Entrée l’écrit dans le dossier « reports » du client ; un document déjà là n’est jamais remplacé.",
            "Enter writes it into the client’s folder “reports”; a document that is there is never replaced.",
        );
        let said =
            if self.format.has_kinds() { place.to_owned() } else { self.about_format(look).to_owned() };
        let said = wrap(&said, columns).into_iter().take(2);
        lines.extend(said.map(|line| Line::from(span(line, look.theme.quiet()))));
        lines.resize(usize::from(ABOVE) - 1, Line::default());
        lines.push(rule(
            &[span(look.pick(" Aperçu ", " Preview "), look.theme.accent())],
            columns,
            look.theme,
        ));
        draw(frame, inside, &lines);
        let below = Rect {
            y: inside.y + ABOVE.min(inside.height),
            height: inside.height.saturating_sub(ABOVE),
            ..inside
        };
        self.draw_preview(frame, below, look);
        let row = u16::try_from(self.row).unwrap_or(0);
        if row < inside.height && inside.width > 0 {
            frame.set_cursor_position((inside.x, inside.y + row));
        }
    }

    fn draw_preview(&self, frame: &mut Frame, area: Rect, look: Look) {
        let Preview::Shown { lines, .. } = &self.preview else {
            let wait = look.pick("le document se prépare…", "the document is being made…");
            return draw(frame, area, &[Line::from(span(wait, look.theme.quiet()))]);
        };
        let first = self.scroll.first(lines.len(), usize::from(area.height));
        draw(frame, area, lines.get(first..).unwrap_or_default());
    }

    fn choice(&self, row: usize, look: Look) -> Line<'static> {
        let theme = look.theme;
        let (name, value) = match row {
            0 => (look.pick("Document", "Document"), self.kind.title(look.language).to_owned()),
            1 => (look.pick("Format", "Format"), format_name(self.format, look).to_owned()),
            _ => (look.pick("Langue", "Language"), self.language.pick("français", "English").to_owned()),
        };
        let selected = row == self.row;
        let style = if selected { theme.selected() } else { theme.text() };
        let mark = if selected { theme.pointer() } else { " " };
        let (left, right) = (theme.mark("‹ ", "< "), theme.mark(" ›", " >"));
        Line::from(vec![
            span(fit(mark, 2, ""), theme.accent()),
            span(fit(name, 10, ""), theme.quiet()),
            span(left, theme.accent()),
            span(value, style),
            span(right, theme.accent()),
        ])
    }

    /// What a format holds that does not follow the choice of a document.
    fn about_format(&self, look: Look) -> &'static str {
        match self.format {
            Format::Xlsx => look.pick(
                "Toutes les feuilles : actions, réponses, scores, registre et tableaux, quel que soit le document.",
                "All sheets: actions, answers, scores, register and tables, whichever document is chosen.",
            ),
            Format::Csv => look.pick(
                "Une feuille : les actions ; pour le dossier complet les réponses, pour le registre les traitements.",
                "One sheet: the actions; for the full record the answers, for the register the activities.",
            ),
            Format::Json => look.pick("Tout ce que contient la visite.", "Everything that the visit holds."),
            Format::Ics => look.pick(
                "Les échéances des actions ouvertes, pour un agenda.",
                "The dates of the open actions, for a calendar.",
            ),
            Format::Html | Format::Docx | Format::Pdf | Format::Markdown => "",
        }
    }
}

/// The columns of the preview in a terminal this wide.
fn room(columns: u16) -> u16 {
    columns.saturating_sub(2).min(WIDEST).saturating_sub(4)
}

fn format_name(format: Format, look: Look) -> &'static str {
    match format {
        Format::Html => look.pick("page web (HTML)", "web page (HTML)"),
        Format::Docx => "Word (DOCX)",
        Format::Pdf => "PDF",
        Format::Xlsx => look.pick("classeur (XLSX)", "workbook (XLSX)"),
        Format::Csv => look.pick("feuille (CSV)", "sheet (CSV)"),
        Format::Markdown => "Markdown",
        Format::Json => "JSON",
        Format::Ics => look.pick("agenda (ICS)", "calendar (ICS)"),
    }
}

/// The value after this one, or before it; round and round.
fn turned<T: Copy + PartialEq>(all: &[T], now: T, forward: bool) -> T {
    let at = all.iter().position(|one| *one == now).unwrap_or(0);
    let step = if forward { 1 } else { all.len().saturating_sub(1) };
    all.get((at + step) % all.len().max(1)).copied().unwrap_or(now)
}
