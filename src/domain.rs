//! What does a consultant talk about? The vocabulary of an assessment, as plain values.
//!
//! Nothing here reads a file, a clock, the environment or a terminal: dates are arguments, results are values.

pub mod action;
pub mod advice;
pub mod answer;
pub mod assessment;
pub mod attachment;
pub mod brand;
pub mod capture;
pub mod check;
pub mod comparison;
pub mod condition;
pub mod contradiction;
pub mod entries;
pub mod id;
pub mod left_open;
pub mod merge;
pub mod observation;
pub mod observing;
pub mod prefill;
pub mod proof;

pub mod questionnaire;
pub mod recording;
pub mod refusal;
pub mod resident;
pub mod rulebook;
pub mod scope;
pub mod scoring;
pub mod seal;
pub mod sightings;
pub mod site;
pub mod summary;
pub mod text;
pub mod timeline;
pub mod touching;
pub mod upgrade;
pub mod wording;
pub mod words;
