//! What is filled in? A form of a few fields: typed at once, moved through with Enter, closed without loss.

use ratatui::Frame;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

pub mod field;

use field::Field;

use super::look::Look;
use crate::domain::answer::Row;
use crate::domain::id::QuestionId;
use crate::domain::id::TableId;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Column;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::words;
use crate::tui::intent::Intent;
use crate::tui::visit::Again;
use crate::tui::widgets::editor::Editor;
use crate::tui::widgets::lines::centred;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::hidden;
use crate::tui::widgets::lines::popup;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::fit;
use crate::tui::widgets::wrap::shorten;
use crate::tui::widgets::wrap::width;
use crate::tui::widgets::wrap::wrap;

/// What a form is for, and so where its content goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    NewClient,
    /// A number, a date, as the answer.
    Value(QuestionId),
    WhoSaidIt(QuestionId),
    /// The reason why it does not apply, or why there is none.
    Reason(QuestionId),
    FollowUp(QuestionId),
    Judgement(QuestionId),
    Details(QuestionId),
    /// Who mends a finding, by when, and how far it is.
    Plan(QuestionId),
    /// What explains an answer that a capture disproves.
    Resolve(QuestionId),
    /// A file that proves the answer.
    Attach(QuestionId),
    /// A line of a table; none is a new one.
    Line {
        question: QuestionId,
        table: TableId,
        index: Option<usize>,
    },
}

impl Purpose {
    /// The kind of form whose words are often the same from one question to the next; none where they never are.
    fn kind(&self) -> Option<&'static str> {
        match self {
            Purpose::WhoSaidIt(_) => Some("who"),
            Purpose::Reason(_) => Some("reason"),
            Purpose::FollowUp(_) => Some("follow-up"),
            Purpose::Judgement(_) => Some("judgement"),
            Purpose::Plan(_) => Some("plan"),
            Purpose::Resolve(_) => Some("resolve"),
            Purpose::NewClient
            | Purpose::Value(_)
            | Purpose::Details(_)
            | Purpose::Attach(_)
            | Purpose::Line { .. } => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    pub purpose: Purpose,
    title: Text,
    /// Said under the title: what is asked, and why.
    about: Text,
    fields: Vec<Field>,
    active: usize,
    /// What is wrong with the active field.
    complaint: Option<Text>,
    /// Go on to the next question once it is closed.
    advance: bool,
    /// Closed with Esc rather than with Enter.
    left: bool,
}

/// What a form wants after an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Stay,
    /// Closed: apply what it holds.
    Close,
}

impl Form {
    pub fn new(purpose: Purpose, title: Text, columns: &[Column], row: &Row, language: Language) -> Form {
        let fields = columns.iter().map(|column| Field::new(column, row.get(&column.id), language)).collect();
        Form {
            purpose,
            title,
            about: Text::default(),
            fields,
            active: 0,
            complaint: None,
            advance: false,
            left: false,
        }
    }

    #[must_use]
    pub fn about(mut self, about: Text) -> Form {
        self.about = about;
        self
    }

    #[must_use]
    pub fn advancing(mut self, advance: bool) -> Form {
        self.advance = advance;
        self
    }

    /// Offers what was typed into such a form the last time. It is never filled in unasked: a reason that nobody
    /// meant would count like one that somebody did.
    pub fn offer(&mut self, again: &Again) {
        let Some(kind) = self.purpose.kind() else { return };
        for field in self.fields.iter_mut().filter(|field| field.column.kind == CellKind::Text) {
            field.again = again.get(&(kind, field.column.id.to_string())).cloned();
        }
    }

    /// Keeps what was typed, to be offered in the next form of the kind.
    pub fn keep(&self, again: &mut Again) {
        let Some(kind) = self.purpose.kind() else { return };
        for field in self.fields.iter().filter(|field| field.column.kind == CellKind::Text) {
            let typed = field.editor.text().trim();
            if !typed.is_empty() {
                again.insert((kind, field.column.id.to_string()), typed.to_owned());
            }
        }
    }

    /// The fields as a row; a field that cannot be read is as it was before.
    pub fn row(&self) -> Row {
        let read = |field: &Field| Some((field.column.id.clone(), field.kept()?));
        self.fields.iter().filter_map(read).collect()
    }

    /// The text of a field, as typed.
    pub fn typed(&self, column: &str) -> String {
        let field = self.fields.iter().find(|field| field.column.id.as_str() == column);
        field.map_or(String::new(), |field| field.editor.text().trim().to_owned())
    }

    pub fn is_new_line(&self) -> bool {
        matches!(self.purpose, Purpose::Line { index: None, .. })
    }

    /// Whether closing it leads on to the next question. Esc from an empty field of an answer stays there.
    pub fn advances(&self) -> bool {
        let nothing = matches!(self.purpose, Purpose::Value(_)) && self.left && self.row().is_empty();
        self.advance && !nothing
    }

    pub fn has_complained(&self) -> bool {
        self.complaint.is_some()
    }

    pub fn complain(&mut self, complaint: Text) {
        self.complaint = Some(complaint);
    }

    pub fn paste(&mut self, text: &str) -> bool {
        let field = self.fields.get_mut(self.active).filter(|field| field.is_typed());
        field.is_none_or(|field| field.paste(text))
    }

    pub fn update(&mut self, intent: Intent, language: Language) -> Wish {
        let had_complained = self.complaint.is_some();
        let last = self.fields.len().saturating_sub(1);
        match intent {
            Intent::Confirm if self.active_is_wrong() => return Wish::Stay,
            Intent::Confirm if self.active == last && self.any_is_wrong() => return Wish::Stay,
            Intent::Confirm if self.active == last => return Wish::Close,
            Intent::Confirm | Intent::NextField => self.move_to(self.active + 1),
            Intent::Back => {
                // Once a complaint was seen, a second Esc leaves the field as it was.
                if !had_complained && self.any_is_wrong() {
                    self.say_what_stays();
                    return Wish::Stay;
                }
                self.left = true;
                return Wish::Close;
            }
            Intent::PreviousField => self.move_to(self.active.saturating_sub(1)),
            Intent::PageDown => self.move_to(last),
            Intent::PageUp => self.move_to(0),
            Intent::Down => self.down(language),
            Intent::Up => self.up(),
            other => {
                if let Some(field) = self.fields.get_mut(self.active) {
                    field.edit(other, language);
                }
            }
        }
        self.complaint = None;
        Wish::Stay
    }

    fn active_is_wrong(&mut self) -> bool {
        let wrong = self.fields.get(self.active).and_then(|field| field.cell().err());
        self.complaint.clone_from(&wrong);
        wrong.is_some()
    }

    /// Goes to the first field that cannot be read: one that was left by Tab would be lost without a word.
    fn any_is_wrong(&mut self) -> bool {
        let wrong = self.fields.iter().position(|field| field.cell().is_err());
        if let Some(field) = wrong {
            self.active = field;
        }
        self.active_is_wrong()
    }

    /// Says behind the complaint what the field will hold if it is left so.
    fn say_what_stays(&mut self) {
        let Some(field) = self.fields.get(self.active) else { return };
        let then = field.what_stays();
        self.complaint = self.complaint.take().map(|complaint| {
            Text::new(format!("{} · {}", complaint.fr, then.fr), format!("{} · {}", complaint.en, then.en))
        });
    }

    fn move_to(&mut self, field: usize) {
        self.active = field.min(self.fields.len().saturating_sub(1));
    }

    /// Down among the choices of a field, then to the next field.
    fn down(&mut self, language: Language) {
        let Some(field) = self.fields.get_mut(self.active) else { return };
        if !field.is_typed() && field.cursor + 1 < field.choices(language).len() {
            field.cursor += 1;
        } else {
            self.move_to(self.active + 1);
        }
    }

    fn up(&mut self) {
        match self.fields.get_mut(self.active) {
            Some(field) if !field.is_typed() && field.cursor > 0 => field.cursor -= 1,
            Some(Field { editor, again: Some(again), .. }) if editor.is_empty() => {
                *editor = Editor::line(again);
            }
            _ => self.move_to(self.active.saturating_sub(1)),
        }
    }

    pub fn draw(&self, frame: &mut Frame, area: Rect, look: Look) {
        let columns = area.width.saturating_sub(4).min(96);
        let inner = usize::from(columns.saturating_sub(4));
        let mut lines: Vec<Line> = Vec::new();
        if !self.about.is_empty() {
            let about = wrap(look.text(&self.about), inner);
            lines.extend(about.into_iter().map(|line| Line::styled(line, look.theme.quiet())));
            lines.push(Line::default());
        }
        let mut cursor = None;
        let mut focus = 0..0;
        for (index, field) in self.fields.iter().enumerate() {
            let start = lines.len();
            let placed = self.draw_field(index, field, inner, look, &mut lines);
            if index == self.active {
                focus = start..lines.len();
                cursor = placed.map(|column| (start, column)).or(Some((start, 0)));
            }
        }
        let wanted = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
        let outside = centred(area, columns, wanted);
        let inside = popup(frame, outside, look.text(&self.title), look.theme);
        let inside =
            Rect { x: inside.x + 1.min(inside.width), width: inside.width.saturating_sub(2), ..inside };
        let rows = usize::from(inside.height);
        // As far down as needed for the whole active field, never so far that its first line is lost.
        let scroll = focus.end.saturating_sub(rows).min(focus.start);
        draw(frame, inside, lines.get(scroll..).unwrap_or_default());
        hidden(frame, outside, (scroll, lines.len().saturating_sub(scroll + rows)), look.theme);
        if self.fields.iter().any(|field| field.column.required) && outside.height > 1 {
            let star = look.pick(" * nécessaire ", " * needed ");
            let wide = u16::try_from(width(star)).unwrap_or(0);
            let x = inside.right().saturating_sub(wide).max(inside.x);
            let foot = Rect { x, y: outside.bottom() - 1, width: wide.min(inside.width), height: 1 };
            draw(frame, foot, &[Line::from(span(star, look.theme.quiet()))]);
        }
        if let Some((row, column)) = cursor {
            let row =
                u16::try_from(row.saturating_sub(scroll)).unwrap_or(0).min(inside.height.saturating_sub(1));
            let column = u16::try_from(column).unwrap_or(0).min(inside.width.saturating_sub(1));
            frame.set_cursor_position(Position::new(inside.x + column, inside.y + row));
        }
    }

    /// Returns the column of the text cursor in the field's first line.
    fn draw_field(
        &self,
        index: usize,
        field: &Field,
        inner: usize,
        look: Look,
        lines: &mut Vec<Line<'static>>,
    ) -> Option<usize> {
        let theme = look.theme;
        let active = index == self.active;
        let of_titles = self.fields.iter().map(|field| look.text(&field.column.title).chars().count()).max();
        let of_titles = of_titles.unwrap_or(0).min(26) + 3;
        let required = if field.column.required { "*" } else { " " };
        let title =
            fit(&format!("{}{required}", look.text(&field.column.title)), of_titles - 1, theme.ellipsis());
        let style = if active { theme.accent() } else { theme.quiet() };
        let mut spans = vec![span(title, style), Span::raw(" ")];
        let room = inner.saturating_sub(of_titles).max(4);
        let unit = match &field.column.kind {
            CellKind::Number(unit) => format!(" {}", look.text(unit)),
            CellKind::Date if field.editor.is_empty() => look.pick(" jj/mm/aaaa", " dd/mm/yyyy").to_owned(),
            _ => String::new(),
        };
        let mut cursor = None;
        if field.is_typed() {
            let (typed, (line, column)) =
                field.editor.layout(room.saturating_sub(unit.chars().count()).max(4));
            for (number, text) in typed.iter().enumerate() {
                if number > 0 {
                    lines.push(Line::from(std::mem::take(&mut spans)));
                    spans.push(Span::raw(" ".repeat(of_titles)));
                }
                spans.push(span(text, if active { theme.strong() } else { theme.text() }));
            }
            spans.push(span(unit, theme.quiet()));
            if let Some(again) = field.again.as_ref().filter(|_| active && field.editor.is_empty()) {
                let offered = format!(" {} {again}", theme.mark("↑", "Up:"));
                spans.push(span(shorten(&offered, room, theme.ellipsis()), theme.quiet()));
            }
            cursor = (active && line == 0).then_some(of_titles + column);
        } else {
            let cell = field.cell().ok().flatten();
            let said =
                cell.map_or(String::new(), |cell| words::cell(look.language, &field.column.kind, &cell));
            spans.push(span(
                shorten(&said, room, theme.ellipsis()),
                if active { theme.strong() } else { theme.text() },
            ));
        }
        lines.push(Line::from(spans));
        if active && !field.is_typed() {
            Form::draw_choices(field, inner, look, lines);
        }
        if active && let Some(complaint) = &self.complaint {
            let wrapped = wrap(look.text(complaint), inner);
            lines.extend(wrapped.into_iter().map(|line| Line::styled(line, theme.bad())));
        }
        cursor
    }

    fn draw_choices(field: &Field, inner: usize, look: Look, lines: &mut Vec<Line<'static>>) {
        let theme = look.theme;
        for (index, (id, words)) in field.choices(look.language).into_iter().enumerate() {
            let mark = if field.chosen.contains(&id) { theme.done() } else { " " };
            let key = if index < 9 { (index + 1).to_string() } else { " ".to_owned() };
            let text = shorten(&words, inner.saturating_sub(8), theme.ellipsis());
            let style = if index == field.cursor { theme.selected() } else { theme.text() };
            lines.push(Line::from(vec![
                span(format!("  {key} "), theme.accent()),
                span(format!("{mark} "), theme.good()),
                span(text, style),
            ]));
        }
    }
}
