//! What did an intent lead to? What the model is to show or to say.

use crate::domain::resident::Words;
use crate::domain::text::Text;
use crate::tui::screens::chooser::Chooser;
use crate::tui::screens::form::Form;
use crate::tui::screens::note::Note;
use crate::tui::screens::table::Table;
use crate::tui::visit::Difference;

/// What an intent led to, for the model to act upon.
#[derive(Debug, Clone, Default)]
pub struct Reaction {
    pub opens: Option<Opens>,
    pub notice: Option<Text>,
    pub difference: Difference,
}

/// A layer to put above the interview.
#[derive(Debug, Clone)]
pub enum Opens {
    Form(Box<Form>),
    Note(Note),
    Table(Table),
    Chooser(Chooser),
}

impl Reaction {
    pub fn notice(fr: impl Into<Words>, en: impl Into<Words>) -> Reaction {
        Reaction { notice: Some(Text::new(fr, en)), ..Reaction::default() }
    }

    pub fn form(form: Form) -> Reaction {
        Reaction { opens: Some(Opens::Form(Box::new(form))), ..Reaction::default() }
    }

    pub fn changed(difference: Difference) -> Reaction {
        Reaction { difference, ..Reaction::default() }
    }
}
