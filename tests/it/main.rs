//! Does the program do what it promises? One test binary; a file a subject.

mod actions;
mod architecture;
mod built_in;
mod cases;
mod cli;
mod comparison;
mod comparison_cases;
mod consultant;
mod journeys;
mod keys;
mod pictures;
mod questionnaires;
mod random;
mod scoring;
mod screens;
mod seals;
mod terminal;
mod upgrades;
