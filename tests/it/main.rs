//! Does the program do what it promises? One test binary; a file a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod actions;
mod advice;
mod any_text;
mod architecture;
mod built_in;
mod cases;
mod cli;
mod cli_comparison;
mod cli_report;
mod cli_web_shop;
mod comparison;
mod comparison_cases;
mod comparison_report;
mod comparison_screen;
mod consultant;
mod demo;
mod documents;
mod drawing;
mod evidence;
mod imports;
mod journeys;
mod keeping;
mod keys;
mod pictures;
mod plain;
mod properties;
mod questionnaires;
mod random;
mod reports;
mod scoring;
mod screens;
mod seals;
mod storage;
mod terminal;
mod upgrades;
