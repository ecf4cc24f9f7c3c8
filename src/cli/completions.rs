//! `privaudit completions`: what does a shell need in order to complete our commands?

use std::io::Write;

use clap::Args;
use clap_complete::Shell;

use super::failure::Failure;
use super::help::Words;

#[derive(Debug, Args)]
pub struct Completions {
    // The description names them; clap would introduce them in English.
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    shell: Shell,
}

pub const WORDS: Words = Words {
    about: ("Écrit les complétions pour un interpréteur de commandes", "Prints the completions for a shell"),
    arguments: &[("shell", "bash, elvish, fish, powershell ou zsh", "bash, elvish, fish, powershell or zsh")],
    commands: &[],
};

impl Completions {
    pub fn run(&self, mut command: clap::Command, out: &mut dyn Write) -> Result<(), Failure> {
        // Into memory first: the generator ends the program when writing fails.
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut command, "privaudit", &mut text);
        out.write_all(&text)?;
        Ok(())
    }
}
