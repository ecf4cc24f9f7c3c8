//! How are dates, levels and figures typed? Each refusal names what would do, in words of both languages.

use jiff::civil::Date;

use crate::domain::answer::Evidence;
use crate::domain::assessment::Status;
use crate::domain::capture::Phase;
use crate::domain::text::Language;
use crate::report::content::Kind;
use crate::report::export::Format;

/// `2026-11-23`, and no other way to write a date.
pub fn date(word: &str) -> Result<Date, String> {
    let well_formed = word.len() == 10 && word.is_ascii();
    word.parse().ok().filter(|_| well_formed).ok_or_else(|| "YYYY-MM-DD".to_owned())
}

/// A day by which something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due(pub Option<Date>);

/// A date, or `none` to take it back.
pub fn due(word: &str) -> Result<Due, String> {
    match word {
        "none" => Ok(Due(None)),
        word => date(word).map(|date| Due(Some(date))).map_err(|takes| format!("{takes} | none")),
    }
}

pub fn status(word: &str) -> Result<Status, String> {
    Status::from_word(word).ok_or_else(|| Status::ALL.map(Status::word).join(" | "))
}

pub fn phase(word: &str) -> Result<Phase, String> {
    Phase::from_word(word).ok_or_else(|| Phase::ALL.map(Phase::word).join(" | "))
}

pub fn evidence(word: &str) -> Result<Evidence, String> {
    Evidence::from_word(word).ok_or_else(|| Evidence::ALL.map(Evidence::word).join(" | "))
}

pub fn format(word: &str) -> Result<Format, String> {
    Format::from_word(word).ok_or_else(|| Format::ALL.map(Format::word).join(" | "))
}

pub fn kind(word: &str) -> Result<Kind, String> {
    Kind::from_word(word).ok_or_else(|| Kind::ALL.map(Kind::word).join(" | "))
}

/// A severity or a likelihood.
pub fn figure(word: &str) -> Result<u8, String> {
    word.parse().ok().filter(|figure| (1..=4).contains(figure)).ok_or_else(|| "1 | 2 | 3 | 4".to_owned())
}

pub fn language(code: &str) -> Result<Language, String> {
    match code {
        "fr" => Ok(Language::Fr),
        "en" => Ok(Language::En),
        _ => Err("fr | en".to_owned()),
    }
}
