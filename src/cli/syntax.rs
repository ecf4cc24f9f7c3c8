//! What was wrong with the command line? Clap's findings, in the user's language.

use std::io::Write;

use clap::Error;
use clap::error::ContextKind;
use clap::error::ContextValue;
use clap::error::ErrorKind;

use super::failure::Failure;
use crate::domain::text::Language;
use crate::domain::text::plain;

/// Prints what was asked for (help, version), or makes a failure of what was not understood.
pub fn told(error: &Error, language: Language) -> Result<(), Failure> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let mut out = std::io::stdout().lock();
            write!(out, "{}", error.render())?;
            out.flush()?;
            Ok(())
        }
        _ => Err(Failure::Syntax(explained(error, language))),
    }
}

fn explained(error: &Error, language: Language) -> String {
    let french = match language {
        Language::Fr => in_french(error),
        Language::En => None,
    };
    match french {
        Some(message) => {
            let hint = first(error, SUGGESTIONS).map(|close| format!("hint: peut-être « {close} »\n"));
            let usage = value(error, ContextKind::Usage);
            let usage = usage.map(|usage| format!("\n{}\n", usage.replacen("Usage:", "Usage :", 1)));
            let more = "\nPour en savoir plus : « --help ».";
            let (hint, usage) = (hint.unwrap_or_default(), usage.unwrap_or_default());
            plain(&format!("error: {message}\n{hint}{usage}{more}\n"))
        }
        None => plain(&error.render().to_string()),
    }
}

const SUGGESTIONS: &[ContextKind] =
    &[ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];

/// None for what cannot happen with these commands: clap says it in its own words then.
fn in_french(error: &Error) -> Option<String> {
    let argument = value(error, ContextKind::InvalidArg).unwrap_or_default();
    let given = value(error, ContextKind::InvalidValue).unwrap_or_default();
    Some(match error.kind() {
        ErrorKind::UnknownArgument => format!("argument « {argument} » inconnu"),
        ErrorKind::InvalidSubcommand => {
            format!("commande « {} » inconnue", value(error, ContextKind::InvalidSubcommand)?)
        }
        ErrorKind::InvalidValue if given.is_empty() => format!("il manque la valeur de « {argument} »"),
        ErrorKind::InvalidValue => {
            let possible = value(error, ContextKind::ValidValue).unwrap_or_default();
            format!("valeur « {given} » impossible pour « {argument} » (possibles : {possible})")
        }
        ErrorKind::ValueValidation => {
            let possible = std::error::Error::source(error).map(|source| format!(" ({source})"));
            format!("valeur « {given} » impossible pour « {argument} »{}", possible.unwrap_or_default())
        }
        ErrorKind::MissingRequiredArgument => format!("il manque : {argument}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "il manque une commande".to_owned()
        }
        ErrorKind::ArgumentConflict => match value(error, ContextKind::PriorArg) {
            Some(prior) if prior == argument => format!("« {argument} » n’est possible qu’une fois"),
            Some(prior) => format!("« {argument} » et « {prior} » s’excluent"),
            None => format!("« {argument} » exclut un autre argument"),
        },
        ErrorKind::InvalidUtf8 => "un argument n’est pas en UTF-8".to_owned(),
        _ => return None,
    })
}

fn first(error: &Error, kinds: &[ContextKind]) -> Option<String> {
    kinds.iter().find_map(|kind| value(error, *kind)).filter(|text| !text.is_empty())
}

fn value(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::StyledStrs(texts) => {
            Some(texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    }
}
