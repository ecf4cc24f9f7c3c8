//! Does the program do what it promises? One test binary; a file a subject.

mod actions;
mod comparison;
mod questionnaires;
mod random;
mod seals;
mod upgrades;
