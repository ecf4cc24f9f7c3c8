//! Does the program do what it promises? One test binary; a file a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod any_text;
mod architecture;
mod built_in;
mod cases;
mod properties;
mod questionnaires;
mod scoring;
mod storage;
