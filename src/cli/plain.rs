//! `privaudit open CLIENT --plain`: how is a visit conducted line by line? For screen readers, simple terminals and
//! pipes.
//!
//! What is said is only ever added at the end: nothing is drawn, moved or coloured. One question, one line of answer;
//! each answer is on the disk before the next question is said.

use jiff::civil::Date;

use super::failure::Failure;
use crate::domain::text::Language;
use crate::storage::error::Error;
use crate::tui::effect::Opened;
use crate::tui::perform::Hands;

mod answering;
mod ask;
mod captured;
mod closing;
mod desk;
mod ear;
mod fields;
mod files;
mod finding;
mod papers;
mod reading;
mod remarks;
mod reply;
mod rows;
mod talk;
mod voice;
mod wish;

use desk::Desk;
use ear::Ear;
use talk::Stop;
use talk::Talk;
use voice::Voice;

/// Conducts the visit until somebody quits, the input ends or a signal comes.
pub fn conduct(
    hands: Hands,
    opened: Opened,
    language: Language,
    today: Date,
    confined: bool,
) -> Result<(), Failure> {
    let voice = Voice::of_output();
    let ear = Ear::open(confined, voice.theme().letters)?;
    let mut talk = Talk::new(Desk::new(hands, opened, confined), voice, ear, language, today);
    let stopped = talk.conduct();
    // Whatever ended it: what could not be written is tried once more.
    let closed = talk.close();
    let refused = talk.refused_from_a_pipe();
    closed?;
    match stopped {
        Stop::Output(error) => Err(Failure::Output(error)),
        Stop::Signal(signal) => Err(Failure::Signal(signal)),
        Stop::End if refused > 0 => Err(Failure::Refused(Error::refused(
            format!("lignes refusées : {refused}"),
            format!("lines refused: {refused}"),
        ))),
        Stop::End => Ok(()),
    }
}
