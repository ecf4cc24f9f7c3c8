//! Where do files live, and what can go wrong with them? The store, its clients, their assessments, questionnaires.

pub mod assessments;
pub mod brand;
pub mod captures;
pub mod clients;
pub mod dialect;
pub mod digest;
pub mod dossier;
pub mod error;
pub mod fault;
pub mod files;
pub mod format;
pub mod history;
pub mod library;
pub mod lock;
pub mod mapped;
pub mod outline;
pub mod place;
pub mod portfolio;
pub mod prepared;
pub mod printer;
pub mod reference;
pub mod repair;
pub mod seals;
pub mod settings;
pub mod source;
pub mod stamp;
