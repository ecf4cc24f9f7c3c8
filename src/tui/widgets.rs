//! Which small things do all screens draw with? Wrapped text, bars, an editor, a finder's matching.

pub mod editor;
pub mod fuzzy;
pub mod lines;
pub mod slips;
pub mod wrap;
