//! What does a line of the table say? Where which keys do what, and how help and footer tell it.

use super::Context;
use super::Key;
use crate::domain::text::Language;
use crate::tui::intent::Intent;

/// One line of the table.
#[derive(Debug)]
pub struct Binding {
    pub context: Context,
    pub keys: &'static [Key],
    pub intent: Intent,
    /// What it does, in French and English, in the fewest words.
    pub label: (&'static str, &'static str),
    /// In the footer, as long as there is room.
    pub hint: bool,
    /// Has room there before the others: nobody would look for it else.
    pub first: bool,
    /// The same in still fewer words, for a footer where not everything has room.
    pub short: Option<(&'static str, &'static str)>,
}

/// A line as most are.
pub(super) const fn bind(
    context: Context,
    keys: &'static [Key],
    intent: Intent,
    label: (&'static str, &'static str),
    hint: bool,
) -> Binding {
    Binding { context, keys, intent, label, hint, first: false, short: None }
}

impl Binding {
    pub(super) const fn first(self) -> Binding {
        Binding { first: true, ..self }
    }

    pub(super) const fn short(self, fr: &'static str, en: &'static str) -> Binding {
        Binding { short: Some((fr, en)), ..self }
    }

    /// The keys, as they are printed.
    pub fn keys_shown(&self, language: Language) -> String {
        self.keys.iter().map(|key| key.name(language)).collect::<Vec<_>>().join(" ")
    }

    pub fn label(&self, language: Language) -> &'static str {
        language.pick(self.label.0, self.label.1)
    }

    /// The label in as few words as there are.
    pub fn short_label(&self, language: Language) -> Option<&'static str> {
        self.short.map(|(fr, en)| language.pick(fr, en))
    }

    /// It leads out, or to the help: in the footer whatever else has room there.
    pub fn is_way_out(&self) -> bool {
        matches!(self.intent, Intent::Help | Intent::Back | Intent::Quit)
    }
}
