//! How is a comparison of two visits handed over? As JSON for programs, as Markdown for people.

mod ends;
mod json;
mod markdown;
mod said;

pub use ends::Compared;
pub use ends::End;
pub use json::DiffDocument;
pub use markdown::markdown;
pub use said::kind;
pub use said::kinds;
pub use said::part;
pub use said::points;
pub use said::shown;
pub use said::tally;
pub use said::trend;
