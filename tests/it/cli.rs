//! Do the commands do what scripts rely on? The real binary, in a store of its own: output, errors, exit status.

mod answers;
pub mod driver;
mod questionnaires;
mod reading;
mod shell;
mod tables;
mod unread;
mod visits;
