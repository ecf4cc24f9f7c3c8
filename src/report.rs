//! What is handed over? From domain values to documents, a file a format.

pub mod actions;
pub mod brand;
pub mod comparison;
pub mod document;
pub mod json;
