//! privaudit walks a small business through a privacy assessment in seven steps.

pub mod domain;
pub mod storage;
pub mod tui;
