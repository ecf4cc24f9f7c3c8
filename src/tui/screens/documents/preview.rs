//! How does a document look in a terminal? Its blocks as lines, folded to the width.

use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::domain::text::Language;
use crate::report::document;
use crate::report::document::Block;
use crate::report::document::Document;
use crate::report::document::Fact;
use crate::report::document::Run;
use crate::report::document::Table;
use crate::report::document::Verdict;
use crate::tui::theme::Theme;
use crate::tui::widgets::lines::rule;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::set;
use crate::tui::widgets::wrap::width;
use crate::tui::widgets::wrap::wrap;

pub fn lines(document: &Document, columns: usize, theme: Theme) -> Vec<Line<'static>> {
    let mut page = Page { lines: Vec::new(), columns, theme, language: document.language };
    page.text(&document.client, theme.strong(), 0);
    page.text(&format!("{} · {}", document.title, document.subtitle), theme.quiet(), 0);
    for block in &document.blocks {
        page.block(block);
    }
    page.gap();
    page.text(&document.brand.closing, theme.text(), 0);
    page.text(&document.footer, theme.quiet(), 0);
    page.lines
}

struct Page {
    lines: Vec<Line<'static>>,
    columns: usize,
    theme: Theme,
    language: Language,
}

impl Page {
    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.spans.is_empty()) {
            self.lines.push(Line::default());
        }
    }

    fn text(&mut self, text: &str, style: Style, indent: usize) {
        for part in text.lines().filter(|part| !part.trim().is_empty()) {
            for line in wrap(part, self.columns.saturating_sub(indent).max(1)) {
                self.lines.push(Line::from(span(format!("{}{line}", " ".repeat(indent)), style)));
            }
        }
    }

    fn block(&mut self, block: &Block) {
        let theme = self.theme;
        match block {
            Block::Heading { level, text, .. } => {
                self.gap();
                match level {
                    0 | 1 => self.lines.push(rule(
                        &[span(format!(" {text} "), theme.accent())],
                        self.columns,
                        theme,
                    )),
                    2 => self.text(text, theme.accent(), 0),
                    _ => self.text(text, theme.strong(), 0),
                }
            }
            Block::Paragraph(line) => self.flowing(line, "", 0),
            Block::Note(line) => self.flowing(line, theme.mark("│ ", "| "), 2),
            Block::List(items) => {
                for item in items {
                    self.flowing(item, theme.mark("• ", "* "), 2);
                }
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Verdict(verdict) => self.verdict(verdict),
            Block::Chart(chart) => {
                self.gap();
                self.text(&chart.title, theme.strong(), 0);
                self.table(&chart.table(self.language));
            }
            Block::PageBreak => self.gap(),
        }
    }

    /// Runs folded together: each word keeps the look of its run.
    fn flowing(&mut self, line: &document::Line, mark: &'static str, indent: usize) {
        let room = self.columns.saturating_sub(indent).max(1);
        let mut first = true;
        let mut row: Vec<Span<'static>> = Vec::new();
        let mut used = 0;
        let mut rows = Vec::new();
        for run in &line.0 {
            let style = self.style(run);
            for (index, part) in set(run.text()).split('\n').enumerate() {
                if index > 0 {
                    rows.push(std::mem::take(&mut row));
                    used = 0;
                }
                for word in part.split_inclusive(' ') {
                    let wide = width(word.trim_end_matches(' '));
                    if used > 0 && used + wide > room {
                        rows.push(std::mem::take(&mut row));
                        used = 0;
                    }
                    // A word longer than the line goes on in the next.
                    for piece in wrap(word, room) {
                        if used > 0 && used + width(&piece) > room {
                            rows.push(std::mem::take(&mut row));
                            used = 0;
                        }
                        used += width(&piece);
                        row.push(span(piece, style));
                    }
                    if word.ends_with(' ') && used < room {
                        row.push(span(" ", style));
                        used += 1;
                    }
                }
            }
        }
        rows.push(row);
        for mut row in rows {
            let lead = if first { mark } else { "" };
            first = false;
            row.insert(0, span(format!("{lead:indent$}"), self.theme.quiet()));
            self.lines.push(Line::from(row));
        }
    }

    fn style(&self, run: &Run) -> Style {
        match run {
            Run::Plain(_) => self.theme.text(),
            Run::Strong(_) => self.theme.strong(),
            Run::Quiet(_) => self.theme.quiet(),
            Run::Level(level, _) => self.theme.level(*level),
            Run::Gone(_) => self.theme.bad(),
            Run::New(_) => self.theme.good(),
        }
    }

    fn facts(&mut self, facts: &[Fact]) {
        let colon = self.language.pick("\u{a0}: ", ": ");
        for fact in facts {
            let mut line = document::Line(vec![Run::Quiet(format!("{}{colon}", fact.name))]);
            line.0.extend(fact.value.0.iter().cloned());
            self.flowing(&line, "", 2);
        }
    }

    /// A row under the other, each cell with its column's title: a terminal is narrower than a page.
    fn table(&mut self, table: &Table) {
        let colon = self.language.pick("\u{a0}: ", ": ");
        for row in &table.rows {
            let Some((head, rest)) = row.split_first() else { continue };
            let mut line = document::Line(head.0.clone());
            for (cell, column) in
                rest.iter().zip(table.columns.iter().skip(1)).filter(|(cell, _)| !cell.is_empty())
            {
                line.0.push(Run::Quiet(format!(" · {}{colon}", column.title)));
                line.0.extend(cell.0.iter().cloned());
            }
            self.flowing(&line, self.theme.mark("• ", "* "), 2);
        }
    }

    fn verdict(&mut self, verdict: &Verdict) {
        let theme = self.theme;
        self.gap();
        let label = self.language.pick("Score global ", "Overall score ");
        let mut spans = vec![span(label, theme.text())];
        match (verdict.score, verdict.band, verdict.interval) {
            (Some(score), Some(band), _) => {
                spans.push(span(format!("{} {score}", band.letter()), theme.band(Some(band))));
            }
            (_, _, Some((low, high))) => {
                spans.push(span(format!("{low}{}{high}", theme.mark("–", "-")), theme.strong()));
            }
            _ => spans.push(span(theme.mark("—", "-"), theme.quiet())),
        }
        if let Some(moved) = &verdict.moved {
            spans.push(span(format!("  {moved}"), theme.quiet()));
        }
        self.lines.push(Line::from(spans));
        self.text(&verdict.sentence, theme.text(), 0);
        self.facts(&verdict.facts);
    }
}
