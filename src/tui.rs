//! The terminal interface.

pub mod effect;
pub mod intent;
pub mod keymap;
pub mod screens;
pub mod theme;
pub mod visit;
pub mod widgets;
