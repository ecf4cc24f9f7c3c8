//! What is handed over? From domain values to documents, a file a format.

pub mod actions;
pub mod comparison;
pub mod json;
pub mod words;
