//! How are several facts asked? One field after the other; what was typed before somebody left is kept.

use super::reply;
use super::talk::Stop;
use super::talk::Talk;
use crate::domain::answer::Cell;
use crate::domain::answer::Row;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Choice;
use crate::domain::questionnaire::Column;
use crate::domain::refusal;
use crate::domain::text::Text;
use crate::domain::text::fold;
use crate::domain::words;
use crate::storage::error::Error;
use crate::tui::screens::form::field::parse_date;

pub type Field = Column;

/// What the fields are about, where the same words often serve for several questions: as the forms of the full screen
/// call it.
pub type Kind = Option<&'static str>;

/// What the fields hold, and what stopped the asking.
#[derive(Debug)]
pub struct Filled {
    pub row: Row,
    stopped: Option<Stop>,
}

impl Filled {
    pub fn text(&self, id: &str) -> String {
        match self.row.get(id) {
            Some(Cell::Text(text)) => text.clone(),
            _ => String::new(),
        }
    }

    /// Once what it holds is kept: what stopped the asking stops the rest.
    pub fn end(self) -> Result<(), Stop> {
        self.stopped.map_or(Ok(()), Err)
    }
}

impl Talk {
    /// Asks each field. An empty line keeps what is there, `-` empties it, `.` leaves the rest as it is.
    /// What was typed last into a field of this kind is offered again.
    pub fn fill(&mut self, kind: Kind, fields: &[Field], row: Row) -> Result<Filled, Stop> {
        self.fill_where(kind, fields, row, |_, _| true)
    }

    /// Keeps what was typed, to be offered the next time.
    pub fn remember(&mut self, kind: Kind, field: &str, typed: &str) {
        if let Some(kind) = kind.filter(|_| !typed.trim().is_empty()) {
            self.desk.visit.again.insert((kind, field.to_owned()), typed.trim().to_owned());
        }
    }

    /// What was typed last, where nothing is there yet. It is never taken unasked.
    fn offered(&self, kind: Kind, field: &Field, row: &Row) -> Option<String> {
        let text = field.kind == CellKind::Text && !row.contains_key(&field.id);
        self.desk.visit.again.get(&(kind.filter(|_| text)?, field.id.to_string())).cloned()
    }

    /// The same, asking only the fields that what was filled in so far calls for.
    pub fn fill_where(
        &mut self,
        kind: Kind,
        fields: &[Field],
        mut row: Row,
        asks: impl Fn(&Field, &Row) -> bool,
    ) -> Result<Filled, Stop> {
        if fields.len() > 1 {
            self.say_what_lines_mean()?;
        }
        for field in fields {
            if !asks(field, &row) {
                continue;
            }
            match self.fill_one(kind, field, &mut row) {
                Ok(true) => {}
                Ok(false) => break,
                Err(stop) => return Ok(Filled { row, stopped: Some(stop) }),
            }
        }
        Ok(Filled { row, stopped: None })
    }

    fn say_what_lines_mean(&self) -> Result<(), Stop> {
        Ok(self.voice.say(self.pick(
            "Ligne vide : laisser ; - : vider ; . : arrêter là.",
            "Empty line: leave as it is; -: empty; .: stop here.",
        ))?)
    }

    fn say_field(&self, field: &Field, row: &Row, again: Option<&str>) -> Result<(), Stop> {
        let language = self.language;
        let mut label = field.title.get(language).to_owned();
        if let CellKind::Number(unit) = &field.kind
            && !unit.is_empty()
        {
            label = format!("{label} ({})", unit.get(language));
        }
        if let Some(cell) = row.get(&field.id) {
            let now = words::cell(language, &field.kind, cell);
            label = format!("{label} [{now}]");
        }
        self.voice.say(&self.asked(&label))?;
        if let Some(again) = again {
            let said = self.pick("= : comme la dernière fois", "=: as the last time");
            self.voice.item(2, &format!("{said}, {again}"))?;
        }
        for (index, choice) in choices(&field.kind).iter().enumerate() {
            self.voice.item(2, &format!("{}. {}", index + 1, choice.text.get(language)))?;
        }
        Ok(())
    }

    /// Whether to go on with the next.
    fn fill_one(&mut self, kind: Kind, field: &Field, row: &mut Row) -> Result<bool, Stop> {
        let again = self.offered(kind, field, row);
        self.say_field(field, row, again.as_deref())?;
        loop {
            let line = self.hear_more()?;
            match line.trim() {
                "" => return Ok(true),
                "." => return Ok(false),
                "?" => {
                    self.say_what_lines_mean()?;
                    self.say_field(field, row, again.as_deref())?;
                }
                // Where nothing is offered, it leaves things as they are: nobody means the sign itself.
                "=" if field.kind == CellKind::Text => {
                    row.extend(again.map(|again| (field.id.clone(), Cell::Text(again))));
                    return Ok(true);
                }
                "-" => {
                    row.remove(&field.id);
                    return Ok(true);
                }
                typed => match self.cell(typed, &field.kind) {
                    Ok(cell) => {
                        if let Cell::Text(text) = &cell {
                            self.remember(kind, field.id.as_str(), text);
                        }
                        row.insert(field.id.clone(), cell);
                        return Ok(true);
                    }
                    Err(error) => self.refuse(&error)?,
                },
            }
        }
    }

    fn cell(&self, typed: &str, kind: &CellKind) -> Result<Cell, Error> {
        let language = self.language;
        let offered = choices(kind);
        let cell = match kind {
            CellKind::YesNo => match fold(typed).as_str() {
                "y" | "o" | "yes" | "oui" | "1" => Some(Cell::Yes),
                "n" | "no" | "non" | "2" => Some(Cell::No),
                _ => None,
            },
            CellKind::Choice(_) => reply::numbered(typed, &offered)
                .or_else(|| reply::named(typed, &offered, language))
                .map(Cell::Choice),
            CellKind::Choices(_) => reply::several(typed, &offered, language).map(Cell::Choices),
            CellKind::Date => parse_date(typed).map(Cell::Date),
            CellKind::Text | CellKind::Number(_) => None,
        };
        let read = match cell {
            Some(cell) => Ok(Some(cell)),
            None => Cell::from_word(typed, kind),
        };
        let takes = takes(kind);
        let error = |why: Text| Error::refused(why.fr, why.en).hint(takes.fr.clone(), takes.en.clone());
        match read {
            Ok(Some(cell)) => Ok(cell),
            Ok(None) => Err(error(Text::new("rien n’est écrit", "nothing is written"))),
            Err(misfit) => Err(error(refusal::refused(typed, &misfit))),
        }
    }
}

/// What a field takes, as somebody who listens says it: choices by their numbers, not by their ids.
fn takes(kind: &CellKind) -> Text {
    let takes = match kind {
        CellKind::YesNo => Text::new("oui ou non", "yes or no"),
        CellKind::Choice(_) => Text::new("le numéro d’un choix", "the number of a choice"),
        CellKind::Choices(_) => Text::new(
            "les numéros des choix, avec des virgules (1,3)",
            "the numbers of the choices, with commas (1,3)",
        ),
        CellKind::Date | CellKind::Text | CellKind::Number(_) => refusal::cell_takes(kind),
    };
    Text::new(
        format!("{} ; ? répète ce qui est demandé", takes.fr),
        format!("{}; ? says again what is asked", takes.en),
    )
}

/// The choices of a field; yes and no are choices, too.
fn choices(kind: &CellKind) -> Vec<Choice> {
    let choice = |id: &str, fr: &'static str, en: &'static str| Choice {
        id: id.into(),
        text: Text::new(fr, en),
        ..Choice::default()
    };
    match kind {
        CellKind::YesNo => vec![choice("yes", "oui", "yes"), choice("no", "non", "no")],
        kind => kind.choices().to_vec(),
    }
}
