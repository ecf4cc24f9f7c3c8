//! What is handed over? From domain values to documents, a file a format.

pub mod actions;
pub use crate::domain::brand;
pub mod attached;
pub mod capture_text;
pub mod captured;
pub mod comparison;
pub mod content;
pub mod csv;
pub mod document;
pub mod docx;
pub mod export;
pub mod html;
pub mod ics;
pub mod json;
pub mod markdown;
pub mod record;
pub mod register;
pub mod sheets;
pub mod source;
pub mod summary;
pub mod typst;
#[cfg(feature = "xlsx")]
pub mod xlsx;
