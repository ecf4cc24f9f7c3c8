//! privaudit walks a small business through a privacy assessment in seven steps, scores the risk, and keeps one
//! plain-text file a visit so that visits can be compared. Everything stays on the user's machine.
//!
//! Read in this order; each layer uses only those before it, and a test sees to it:
//!
//! | module | answers |
//! |---|---|
//! | [`domain`] | What does a consultant talk about? Questionnaires, answers, scores, comparisons: plain values. |
//! | [`storage`] | Where do files live, and what can go wrong with them? |
//! | [`import`] | What do other programs' files tell about a client's site? Captures, read as evidence. |
//! | [`report`] | How is it said to others? JSON and documents, from domain values. |
//! | [`tui`] | What is on the screen, and what does a key do? |
//! | [`cli`] | What can be typed behind `privaudit`? |
//!
//! To add a …, start here:
//!
//! - question: `questionnaires/seven-steps/`, then `privaudit check questionnaires/seven-steps`; no Rust.
//! - kind of answer: [`domain::questionnaire::AnswerKind`]; the compiler names every place to visit.
//! - key: [`tui::keymap::BINDINGS`] and [`tui::intent::Intent`]; help, footer and README follow.
//! - screen or layer: a file in `tui/screens/` with its state, `update` and `draw`; a line in [`tui::model`].
//! - known service behind a host: a line in `import/services/own.txt`; no Rust.
//! - command: a file in `cli/`.
//! - field of a saved file: [`domain::answer::Answer`] or [`domain::assessment::Assessment`], with a default, so that
//!   older files still load.

pub mod cli;
pub mod domain;
pub mod import;
pub mod report;
pub mod storage;
pub mod tui;
