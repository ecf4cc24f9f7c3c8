//! In which language are commands answered? `--lang`, else the setting, else the locale, else English.

use std::ffi::OsString;

use super::parse;
use crate::domain::text::Language;
use crate::storage::place;
use crate::storage::settings::Settings;

/// Help and errors of syntax need the language before the command line is understood.
pub fn before_parsing(arguments: &[OsString]) -> Language {
    named(arguments).or_else(set).or_else(of_locale).unwrap_or(Language::En)
}

fn named(arguments: &[OsString]) -> Option<Language> {
    let words: Vec<&str> =
        arguments.iter().skip(1).map_while(|word| word.to_str().filter(|word| *word != "--")).collect();
    let behind = words.windows(2).find_map(|pair| match pair {
        ["--lang", code] => Some(*code),
        _ => None,
    });
    let code = behind.or_else(|| words.iter().find_map(|word| word.strip_prefix("--lang=")))?;
    parse::language(code).ok()
}

/// Settings that cannot be read set nothing; the interface tells what is wrong with them.
fn set() -> Option<Language> {
    Settings::load(&place::settings_folder()?).ok()?.language
}

/// The first of the three that is set decides, as everywhere else; `C` is nobody's language.
fn of_locale() -> Option<Language> {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let locale = names.iter().filter_map(std::env::var_os).find(|locale| !locale.is_empty())?;
    Language::from_locale(locale.to_str()?)
}
