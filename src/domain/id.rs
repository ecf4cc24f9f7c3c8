//! What names a thing for ever? Stable ids, each with a type of its own so that they cannot be mixed up.

use std::borrow::Borrow;
use std::fmt;

use serde::Deserialize;
use serde::Serialize;

use super::resident::Words;

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Words);

        impl $name {
            pub fn new(id: impl Into<String>) -> $name {
                $name(Words::from(id.into()))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.pad(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> $name {
                $name(id.to_owned().into())
            }
        }
    };
}

id!(
    /// A question, for ever: `choice.trackers.prior`. Never reused for another question.
    QuestionId
);
id!(
    /// A choice of a question or of a cell: `dpo`.
    ChoiceId
);
id!(
    /// A fact of the profile that decides which questions apply: `ecom`.
    FlagId
);
id!(
    /// A step, or the profile: `audit`.
    StepId
);
id!(
    /// A table shared by several questions (`T1`), or the question whose own table it is.
    TableId
);
id!(
    /// A column of a table, or a field of a question's details.
    ColumnId
);
id!(
    /// A rule by which captures speak about a question: `ads_before_choice`.
    RuleId
);

/// Whether `id` has the form that files, commands and spreadsheets can carry: letters of ASCII, digits, `_`, and
/// `.` between its parts; it begins with a letter.
pub fn well_formed(id: &str) -> bool {
    let parts_are_words = id.split('.').all(|part| {
        !part.is_empty() && part.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    });
    parts_are_words && id.starts_with(|first: char| first.is_ascii_alphabetic())
}
