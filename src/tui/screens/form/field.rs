//! What is in a field of a form? Its text or its choices, and what a key does to them.

use jiff::civil::Date;

use crate::domain::answer::Cell;
use crate::domain::id::ChoiceId;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Column;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::words;
use crate::tui::intent::Intent;
use crate::tui::keymap;
use crate::tui::widgets::editor::Editor;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field {
    pub column: Column,
    /// What it held when the form was opened: it stays where something unreadable was typed over it.
    pub stood: Option<Cell>,
    pub editor: Editor,
    /// The content is whole, as it was found: a date or a number typed now takes its place.
    whole: bool,
    pub chosen: Vec<ChoiceId>,
    /// Where the arrow keys stand among the choices.
    pub cursor: usize,
    /// What was typed here the last time: the up arrow takes it while the field is empty.
    pub again: Option<String>,
}

impl Field {
    pub fn new(column: &Column, cell: Option<&Cell>, language: Language) -> Field {
        let mut field = Field {
            column: column.clone(),
            stood: cell.cloned(),
            editor: Editor::line(""),
            whole: true,
            chosen: Vec::new(),
            cursor: 0,
            again: None,
        };
        match cell {
            None => {}
            Some(Cell::Choice(id)) => field.chosen = vec![id.clone()],
            Some(Cell::Choices(ids)) => field.chosen = ids.iter().cloned().collect(),
            Some(Cell::Yes) => field.chosen = vec!["yes".into()],
            Some(Cell::No) => field.chosen = vec!["no".into()],
            Some(Cell::Text(text)) => field.editor = Editor::line(text),
            Some(Cell::Number(number)) => field.editor = Editor::line(&language.number(*number)),
            Some(Cell::Date(date)) => field.editor = Editor::line(&shown_date(*date, language)),
        }
        let chosen = field.chosen.first();
        field.cursor = field.choices(language).iter().position(|(id, _)| Some(id) == chosen).unwrap_or(0);
        field
    }

    /// The choices with their words; yes and no are choices, too.
    pub fn choices(&self, language: Language) -> Vec<(ChoiceId, String)> {
        match &self.column.kind {
            CellKind::YesNo => vec![
                ("yes".into(), language.pick("oui", "yes").to_owned()),
                ("no".into(), language.pick("non", "no").to_owned()),
            ],
            kind => {
                let words = |choice: &crate::domain::questionnaire::Choice| {
                    (choice.id.clone(), choice.text.get(language).to_owned())
                };
                kind.choices().iter().map(words).collect()
            }
        }
    }

    pub fn is_typed(&self) -> bool {
        matches!(self.column.kind, CellKind::Text | CellKind::Number(_) | CellKind::Date)
    }

    /// The cell that the field holds, or what is wrong with what was typed.
    pub fn cell(&self) -> Result<Option<Cell>, Text> {
        let typed = self.editor.text().trim();
        match &self.column.kind {
            CellKind::Text => Ok((!typed.is_empty()).then(|| Cell::Text(typed.to_owned()))),
            CellKind::Number(_) | CellKind::Date if typed.is_empty() => Ok(None),
            CellKind::Number(_) => {
                let number = typed.replace(',', ".").replace(' ', "").parse::<f64>().ok();
                number
                    .filter(|number| number.is_finite())
                    .map(|number| Some(Cell::Number(number)))
                    .ok_or_else(|| {
                        Text::new(
                            format!("« {typed} » n’est pas un nombre"),
                            format!("“{typed}” is not a number"),
                        )
                    })
            }
            CellKind::Date => parse_date(typed).map(|date| Some(Cell::Date(date))).ok_or_else(|| {
                Text::new(
                    format!("« {typed} » n’est pas une date : jour/mois/année, ou 2026-11-23"),
                    format!("“{typed}” is not a date: day/month/year, or 2026-11-23"),
                )
            }),
            CellKind::YesNo => Ok(self.chosen.first().map(|id| match id.as_str() {
                "yes" => Cell::Yes,
                _ => Cell::No,
            })),
            CellKind::Choice(_) => Ok(self.chosen.first().cloned().map(Cell::Choice)),
            CellKind::Choices(_) if self.chosen.is_empty() => Ok(None),
            CellKind::Choices(_) => Ok(Some(Cell::Choices(self.chosen.iter().cloned().collect()))),
        }
    }

    /// Where a date or a number stands as it was found, nobody types on at its end: they type another one.
    fn gives_way(&self) -> bool {
        let in_one_go = matches!(self.column.kind, CellKind::Number(_) | CellKind::Date);
        in_one_go && self.whole && !self.editor.is_empty()
    }

    /// Takes in what was pasted; whether all of it.
    pub fn paste(&mut self, text: &str) -> bool {
        if self.gives_way() {
            self.editor = Editor::line("");
        }
        self.whole = false;
        self.editor.insert(text)
    }

    fn type_or_move(&mut self, intent: Intent) {
        if matches!(intent, Intent::Type(_)) && self.gives_way() {
            self.editor = Editor::line("");
        }
        self.editor.edit(intent);
        self.whole = false;
    }

    /// What it holds as a cell, or what stood there where that cannot be read.
    pub fn kept(&self) -> Option<Cell> {
        self.cell().unwrap_or_else(|_| self.stood.clone())
    }

    /// What stays in it if it is left as it is, though it cannot be read.
    pub fn what_stays(&self) -> Text {
        let stays = |language| self.stood.as_ref().map(|cell| words::cell(language, &self.column.kind, cell));
        match (stays(Language::Fr), stays(Language::En)) {
            (Some(fr), Some(en)) => {
                Text::new(format!("Échap encore : {fr} reste"), format!("Esc again: {en} stays"))
            }
            _ => Text::new("Échap encore : rien n’est noté", "Esc again: nothing is noted"),
        }
    }

    fn choose(&mut self, index: usize, language: Language) {
        let Some((id, _)) = self.choices(language).into_iter().nth(index) else { return };
        self.cursor = index;
        let several = matches!(self.column.kind, CellKind::Choices(_));
        match self.chosen.iter().position(|chosen| *chosen == id) {
            Some(at) => drop(self.chosen.remove(at)),
            None if several => self.chosen.push(id),
            None => self.chosen = vec![id],
        }
    }

    /// What a key does that is not one of the form's own.
    pub fn edit(&mut self, intent: Intent, language: Language) {
        let number = matches!(self.column.kind, CellKind::Number(_));
        match intent {
            Intent::Type(' ') if !self.is_typed() => self.choose(self.cursor, language),
            Intent::Type(letter) if !self.is_typed() => match (keymap::digit(letter), &self.column.kind) {
                (_, CellKind::YesNo) if matches!(letter, 'y' | 'o') => self.choose(0, language),
                (_, CellKind::YesNo) if letter == 'n' => self.choose(1, language),
                (Some(0), _) => self.choose(9, language),
                (Some(digit), _) => self.choose(usize::from(digit) - 1, language),
                (None, _) => {}
            },
            Intent::Erase | Intent::EraseNext if !self.is_typed() => self.chosen.clear(),
            // On a French keyboard the unshifted top row gives digits; a minus can only be meant at the start.
            Intent::Type('-') if number && (self.editor.is_empty() || self.gives_way()) => {
                self.type_or_move(Intent::Type('-'));
            }
            Intent::Type(letter) if number => {
                let typed = keymap::digit(letter).and_then(|digit| char::from_digit(u32::from(digit), 10));
                // A key of the interview, pressed out of habit, is not part of a number.
                let typed = typed.or(Some(letter).filter(|letter| matches!(letter, ',' | '.' | ' ')));
                if let Some(typed) = typed {
                    self.type_or_move(Intent::Type(typed));
                }
            }
            other => self.type_or_move(other),
        }
    }
}

/// A date as it is typed: all figures, day first in both languages.
fn shown_date(date: Date, language: Language) -> String {
    match language {
        Language::Fr => format!("{:02}/{:02}/{}", date.day(), date.month(), date.year()),
        Language::En => date.to_string(),
    }
}

/// Day, month and year with `/`, `.`, `-` or a space between them; the year first, with four digits, is
/// ISO 8601. A month and a year mean its first day; a year of two digits is taken only with day and month, since
/// `1/12` is more often a day than a month of 2012.
pub fn parse_date(typed: &str) -> Option<Date> {
    let parts: Vec<&str> = typed.split(['/', '.', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let number =
        |part: &str| part.parse::<i16>().ok().filter(|_| part.chars().all(|digit| digit.is_ascii_digit()));
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (number(year)?, number(month)?, number(day)?),
        [day, month, year] if matches!(year.len(), 2 | 4) => (number(year)?, number(month)?, number(day)?),
        [year, month] if year.len() == 4 => (number(year)?, number(month)?, 1),
        [month, year] if year.len() == 4 => (number(year)?, number(month)?, 1),
        _ => return None,
    };
    let year = if (0..100).contains(&year) { year + 2000 } else { year };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
