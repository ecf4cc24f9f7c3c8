//! How is a comparison of two visits handed over? As JSON for programs, as Markdown for people.

mod content;
mod ends;
mod json;
mod said;
mod site;
mod timeline;

pub use content::brief;
pub use content::chapter;
pub use content::document;
pub use ends::Compared;
pub use ends::End;
pub use json::DiffDocument;
pub use said::comparable;
pub use said::compatibility;
pub use said::files;
pub use said::kind;
pub use said::kinds;
pub use said::part;
pub use said::points;
pub use said::shown;
pub use said::tally;
pub use said::trend;
pub use site::SitePart;
pub use site::site_chapter;
pub use site::site_told;
pub use timeline::Stage;
pub use timeline::TimelineDocument;
pub use timeline::steps;
pub use timeline::timeline_document;
