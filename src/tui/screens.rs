//! What is on the screen? A file a screen or layer: its state, what it does with an intent, how it is drawn.

pub mod actions;
pub mod chooser;
pub mod clients;
pub mod comparison;
pub mod copied;
pub mod disproved;
pub mod documents;
pub mod evidence;
pub mod explanation;
pub mod finder;
pub mod form;
pub mod help;
pub mod interview;
pub mod look;
pub mod note;
pub mod reader;
pub mod result;
pub mod summary;
pub mod table;
