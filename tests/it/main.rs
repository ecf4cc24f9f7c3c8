//! Does the program do what it promises? One test binary; a file a subject.

mod demo;
mod questionnaires;
