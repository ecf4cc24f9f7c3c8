//! Which lines are there? A table: its lines, with add, edit and remove; a line is edited as a form.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use super::look::Look;
use crate::domain::answer::Row;
use crate::domain::id::QuestionId;
use crate::domain::id::TableId;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::Column;
use crate::domain::questionnaire::RowDegree;
use crate::domain::text::Text;
use crate::domain::words;
use crate::tui::intent::Intent;
use crate::tui::visit::Visit;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::first_shown;
use crate::tui::widgets::lines::popup;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::fit;
use crate::tui::widgets::wrap::width;

/// A column that counts for the score is not narrower.
const LEAST_SCORED: usize = 8;

#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub question: QuestionId,
    pub table: TableId,
    title: Text,
    columns: Vec<Column>,
    /// The columns that count for the score; they are shown first.
    scored: Vec<usize>,
    pub selected: usize,
}

/// What a table wants after an intent.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    Stay,
    Close,
    /// Edit this line; none is a new one.
    Edit(Option<usize>),
    Remove(usize),
}

impl Table {
    pub fn new(visit: &Visit, question: &QuestionId) -> Option<Table> {
        let asked = visit.questionnaire.question(question)?;
        let (table, columns) = visit.questionnaire.table_of(asked)?;
        let shared = visit.questionnaire.table(&table).map(|table| table.title.clone());
        let counts = |column: &Column| match &asked.answer {
            AnswerKind::Table { degree: RowDegree::Cell(cell), weight, .. } => {
                column.id == *cell || Some(&column.id) == weight.as_ref()
            }
            AnswerKind::Table { degree: RowDegree::Filled(cells), .. } => cells.contains(&column.id),
            _ => column.required,
        };
        let scored =
            columns.iter().enumerate().skip(1).filter(|(_, column)| counts(column)).map(|(index, _)| index);
        Some(Table {
            question: question.clone(),
            title: shared.unwrap_or_else(|| asked.title.clone()),
            scored: scored.collect(),
            columns: columns.to_vec(),
            table,
            selected: 0,
        })
    }

    /// The columns as a line asks for them: the naming one, those that count for the question, then the others.
    pub fn columns(&self) -> Vec<Column> {
        self.order().filter_map(|index| self.columns.get(index)).cloned().collect()
    }

    fn order(&self) -> impl Iterator<Item = usize> {
        let others = (1..self.columns.len()).filter(|index| !self.scored.contains(index));
        std::iter::once(0).chain(self.scored.iter().copied()).chain(others)
    }

    pub fn update(&mut self, intent: Intent, rows: &[Row], page: usize) -> Wish {
        let last = rows.len().saturating_sub(1);
        self.selected = self.selected.min(last);
        match intent {
            Intent::Back => return Wish::Close,
            Intent::AddRow => return Wish::Edit(None),
            Intent::Confirm => return Wish::Edit((!rows.is_empty()).then_some(self.selected)),
            Intent::RemoveRow if !rows.is_empty() => return Wish::Remove(self.selected),
            _ => self.selected = intent.moved(self.selected, last, page).unwrap_or(self.selected),
        }
        Wish::Stay
    }

    pub fn draw(&self, frame: &mut Frame, area: Rect, visit: &Visit, look: Look) {
        let theme = look.theme;
        let (client, date) = (&visit.assessment().client, look.language.date(visit.assessment().date));
        let title = format!("{} · {client} · {date}", look.text(&self.title));
        let inside = popup(frame, area, &title, theme);
        let rows = visit.assessment().rows(&self.table);
        if rows.is_empty() {
            let hint =
                look.pick(" Aucune ligne. « a » en ajoute une.", " No line yet. Press “a” to add one.");
            draw(frame, inside, &[Line::default(), Line::from(span(hint, theme.quiet()))]);
            if inside.height > 1 && inside.width > 0 {
                frame.set_cursor_position((inside.x, inside.y + 1));
            }
            return;
        }
        let shown = self.shown_columns(rows, usize::from(inside.width).saturating_sub(2), look);
        let mut lines = vec![self.headings(&shown, look)];
        let room = usize::from(inside.height).saturating_sub(2);
        let first = first_shown(self.selected, room, rows.len());
        for (index, row) in rows.iter().enumerate().skip(first).take(room) {
            lines.push(self.line(row, index == self.selected, &shown, look));
        }
        draw(frame, inside, &lines);
        if inside.height > 1 {
            let hidden = self.columns.len() - shown.len();
            let count = rows.len();
            let lines = look.language.plural(count, look.pick("ligne", "line"), look.pick("lignes", "lines"));
            let more = look.language.plural(
                hidden,
                look.pick("autre colonne dans le formulaire (Entrée)", "more column in the form (Enter)"),
                look.pick("autres colonnes dans le formulaire (Entrée)", "more columns in the form (Enter)"),
            );
            let more = if hidden > 0 { format!(" · {hidden} {more}") } else { String::new() };
            let foot = Rect { y: inside.bottom() - 1, height: 1, ..inside };
            draw(frame, foot, &[Line::from(span(format!(" {count} {lines}{more}"), theme.quiet()))]);
            let row = u16::try_from(self.selected.saturating_sub(first) + 1).unwrap_or(1);
            frame.set_cursor_position((inside.x, inside.y + row.min(inside.height - 1)));
        }
    }

    /// The columns that fit, with their widths: the naming one, those that count, then the others.
    fn shown_columns(&self, rows: &[Row], room: usize, look: Look) -> Vec<(usize, usize)> {
        let mut shown = Vec::new();
        let mut left = room;
        for index in self.order() {
            let Some(column) = self.columns.get(index) else { continue };
            let cells = rows.iter().map(|row| width(&said(row, column, look)));
            let widest = cells.chain([width(look.text(&column.title))]).max().unwrap_or(0).clamp(4, 28);
            // What counts is shown even if it has to be shortened.
            let least = if self.scored.contains(&index) { widest.min(LEAST_SCORED) } else { widest };
            if left < least + 2 && !shown.is_empty() {
                break;
            }
            let columns = widest.min(left.saturating_sub(2)).max(1);
            left = left.saturating_sub(columns + 2);
            shown.push((index, columns));
        }
        shown
    }

    fn headings(&self, shown: &[(usize, usize)], look: Look) -> Line<'static> {
        let mut spans = vec![Span::raw(" ")];
        for (index, columns) in shown {
            let title = self.columns.get(*index).map_or("", |column| look.text(&column.title));
            spans.push(span(fit(title, *columns, look.theme.ellipsis()), look.theme.accent()));
            spans.push(Span::raw("  "));
        }
        Line::from(spans)
    }

    fn line(&self, row: &Row, selected: bool, shown: &[(usize, usize)], look: Look) -> Line<'static> {
        let theme = look.theme;
        let style = if selected { theme.selected() } else { theme.text() };
        let mut spans = vec![span(if selected { theme.pointer() } else { " " }, theme.accent())];
        for (index, columns) in shown {
            let Some(column) = self.columns.get(*index) else { continue };
            let words = said(row, column, look);
            let open = words.is_empty() && (column.required || self.scored.contains(index));
            let words = if open { theme.open().to_owned() } else { words };
            spans.push(span(fit(&words, *columns, theme.ellipsis()), style));
            spans.push(span("  ", style));
        }
        Line::from(spans)
    }
}

fn said(row: &Row, column: &Column, look: Look) -> String {
    row.get(&column.id).map_or(String::new(), |cell| words::cell(look.language, &column.kind, cell))
}
