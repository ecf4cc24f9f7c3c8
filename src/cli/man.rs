//! `privaudit man`: what does the manual page say? All commands on one page, from their own descriptions.

use std::io::Write;

use clap::Command;
use clap_mangen::Man;

use super::failure::Failure;
use super::help::Words;
use crate::domain::text::Language;

pub const WORDS: Words =
    Words { about: ("Écrit la page de manuel", "Prints the manual page"), arguments: &[], commands: &[] };

pub fn run(command: &Command, language: Language, out: &mut dyn Write) -> Result<(), Failure> {
    let mut command = command.clone();
    command.build();
    let mut text = Vec::new();
    let page = Man::new(command.clone());
    page.render_title(&mut text)?;
    page.render_name_section(&mut text)?;
    page.render_synopsis_section(&mut text)?;
    page.render_description_section(&mut text)?;
    page.render_options_section(&mut text)?;
    writeln!(text, ".SH {}", language.pick("COMMANDES", "COMMANDS"))?;
    for inner in command.get_subcommands() {
        describe(inner, &mut text)?;
    }
    text.extend_from_slice(language.pick(FRENCH, ENGLISH).as_bytes());
    write!(out, "{}", escaped(&String::from_utf8_lossy(&text)))?;
    Ok(())
}

/// A command and those inside it, as paragraphs of the one page.
fn describe(command: &Command, out: &mut dyn Write) -> Result<(), Failure> {
    let page = Man::new(command.clone());
    let mut text = Vec::new();
    page.render_synopsis_section(&mut text)?;
    page.render_description_section(&mut text)?;
    page.render_options_section(&mut text)?;
    let name = command.get_display_name().unwrap_or(command.get_name()).replace('-', " ");
    writeln!(out, ".SS \"{name}\"")?;
    // The sections of a page of its own are paragraphs here.
    for line in String::from_utf8_lossy(&text).lines() {
        writeln!(out, "{}", if line.starts_with(".SH") { ".PP" } else { line })?;
    }
    for inner in command.get_subcommands() {
        describe(inner, out)?;
    }
    Ok(())
}

/// Every letter that is not ASCII by its number, so that the page reads the same in any locale.
fn escaped(text: &str) -> String {
    text.chars()
        .map(
            |letter| {
                if letter.is_ascii() { letter.into() } else { format!("\\[u{:04X}]", u32::from(letter)) }
            },
        )
        .collect()
}

const FRENCH: &str = r#".SH "CODE DE RETOUR"
.TP
.B 0
fait
.TP
.B 1
refusé ou échoué ; la raison est sur la sortie d’erreur
.TP
.B 2
la commande n’est pas comprise
.TP
.B 3
un contrôle (diff \-\-gate) a trouvé que quelque chose est moins bien
.SH ENVIRONNEMENT
.TP
.B PRIVAUDIT_STORE
le dossier des clients, quand \-\-store manque
.TP
.B LC_ALL, LC_MESSAGES, LANG
la langue, quand ni \-\-lang ni les réglages ne la donnent
"#;

const ENGLISH: &str = r#".SH "EXIT STATUS"
.TP
.B 0
done
.TP
.B 1
refused or failed; the reason is on standard error
.TP
.B 2
the command is not understood
.TP
.B 3
a gate (diff \-\-gate) found that something got worse
.SH ENVIRONMENT
.TP
.B PRIVAUDIT_STORE
the folder of the clients, where \-\-store is not given
.TP
.B LC_ALL, LC_MESSAGES, LANG
the language, where neither \-\-lang nor the settings give it
"#;
