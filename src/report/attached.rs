//! How are attached files said? What each is, how long it holds, and whether its copy is still what was attached.

use std::io;
use std::io::Write;

use jiff::civil::Date;
use serde::Serialize;

use crate::domain::text::Language;
use crate::domain::text::plain_line;
use crate::storage::attachments::Checked;
use crate::storage::attachments::Condition;

/// An entry of `evidence --json` and of the record.
#[derive(Debug, Serialize)]
pub struct AttachmentPart<'a> {
    question: &'a str,
    name: &'a str,
    digest: &'a str,
    size: u64,
    on: Date,
    expires: Option<Date>,
    lapsed: bool,
    note: &'a str,
    condition: &'static str,
}

impl<'a> AttachmentPart<'a> {
    pub fn new(checked: &'a Checked) -> AttachmentPart<'a> {
        let attachment = &checked.attachment;
        AttachmentPart {
            question: checked.question.as_str(),
            name: &attachment.name,
            digest: &attachment.digest,
            size: attachment.size,
            on: attachment.on,
            expires: attachment.expires,
            lapsed: checked.lapsed,
            note: &attachment.note,
            condition: checked.condition.word(),
        }
    }
}

/// All of them, under a heading; nothing where there is none. Of a copy it says what is wrong with it, and not even that
/// `apart`, away from the folder in which copies lie.
pub fn list(checked: &[Checked], apart: bool, language: Language, out: &mut dyn Write) -> io::Result<()> {
    if checked.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", language.pick("FICHIERS JOINTS", "ATTACHED FILES"))?;
    checked.iter().try_for_each(|one| {
        let question = &one.question;
        let wrong = Some(one.condition).filter(|condition| *condition != Condition::Intact && !apart);
        let line = joined(language, one, wrong);
        writeln!(out, "  {question} · {line}\n    SHA-256 {}", one.attachment.digest)
    })
}

/// `contrat.pdf · joint le 20/11/2026 · vaut jusqu’au 31/12/2026 · intact`
pub fn line(language: Language, checked: &Checked) -> String {
    joined(language, checked, Some(checked.condition))
}

fn joined(language: Language, checked: &Checked, state: Option<Condition>) -> String {
    let attachment = &checked.attachment;
    let on = language.date(attachment.on);
    let expires = attachment.expires.map(|last| {
        let last = language.date(last);
        match checked.lapsed {
            true => language.pick(format!("périmé depuis le {last}"), format!("lapsed since {last}")),
            false => language.pick(format!("vaut jusqu’au {last}"), format!("holds until {last}")),
        }
    });
    let parts = [
        Some(plain_line(&attachment.name)),
        Some(language.pick(format!("joint le {on}"), format!("attached on {on}"))),
        expires,
        state.map(|state| condition(language, state).to_owned()),
        (!attachment.note.trim().is_empty()).then(|| plain_line(&attachment.note)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

pub fn condition(language: Language, condition: Condition) -> &'static str {
    match condition {
        Condition::Intact => language.pick("intact", "intact"),
        Condition::Missing => language.pick("MANQUANT", "MISSING"),
        Condition::Changed => language.pick("MODIFIÉ depuis", "CHANGED since"),
    }
}
