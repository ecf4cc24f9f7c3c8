//! Does the program do what it promises? One test binary; a file a subject.

mod architecture;
mod built_in;
mod cases;
mod questionnaires;
mod scoring;
