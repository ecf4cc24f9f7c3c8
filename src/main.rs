//! What does the shell see? Errors on standard error, and an exit status.

use std::io::Write;
use std::process::ExitCode;

use privaudit::cli;

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            // Nobody is left to be told when standard error is closed, too.
            let _ = std::io::stderr().write_all(failed.message.as_bytes());
            ExitCode::from(failed.status)
        }
    }
}
