//! privaudit walks a small business through a privacy assessment in seven steps.

pub mod cli;
pub mod domain;
pub mod report;
pub mod storage;
pub mod tui;
