//! Which of a question's files came, went, or proves nothing any more?

use super::super::assessment::Assessment;
use super::super::attachment::Attachment;
use super::super::id::QuestionId;

/// The names of files attached to one question, each list in the order in which they were attached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Files {
    pub new: Vec<String>,
    pub gone: Vec<String>,
    /// Attached at both visits, and expired between them.
    pub lapsed: Vec<String>,
    /// Attached at both, expired at the first, not at the second: it was given a later end.
    pub renewed: Vec<String>,
}

impl Files {
    pub fn is_empty(&self) -> bool {
        *self == Files::default()
    }
}

/// `None` for a visit whose questionnaire does not have the question: what is attached there speaks of nothing.
pub fn files(from: Option<&Assessment>, to: Option<&Assessment>, id: &QuestionId) -> Files {
    let (then, now) = (attached(from, id), attached(to, id));
    let expired = |visit: Option<&Assessment>, file: &Attachment| {
        visit.is_some_and(|visit| file.has_lapsed(visit.date))
    };
    let mut files = Files::default();
    for file in now {
        let list = match then.iter().find(|before| before.digest == file.digest) {
            None => &mut files.new,
            Some(before) => match (expired(from, before), expired(to, file)) {
                (false, true) => &mut files.lapsed,
                (true, false) => &mut files.renewed,
                (true, true) | (false, false) => continue,
            },
        };
        list.push(file.name.clone());
    }
    let gone = then.iter().filter(|file| now.iter().all(|other| other.digest != file.digest));
    files.gone = gone.map(|file| file.name.clone()).collect();
    files
}

fn attached<'a>(visit: Option<&'a Assessment>, id: &QuestionId) -> &'a [Attachment] {
    visit.and_then(|visit| visit.attachments.get(id)).map_or(&[], Vec::as_slice)
}
