//! What is seen of the client's site? The captures of the open visit, as they could be read.

use crate::domain::answer::Row;
use crate::domain::assessment::Assessment;
use crate::domain::capture::CaptureLabel;
use crate::domain::observing::Taken;
use crate::domain::prefill;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::storage::captures::Seen;
use crate::storage::error::Error;

#[derive(Debug, Clone, Default)]
pub struct Captured {
    /// In the order in which they were imported.
    pub taken: Vec<Taken>,
    /// Those that are missing or not as they were kept.
    pub unreadable: Vec<(CaptureLabel, Error)>,
}

impl Captured {
    pub fn new(captures: Vec<Seen>) -> Captured {
        let mut captured = Captured::default();
        for Seen { label, capture } in captures {
            match capture {
                Ok(capture) => captured.taken.push(Taken { label, capture }),
                Err(error) => captured.unreadable.push((label, error)),
            }
        }
        captured
    }

    pub fn is_empty(&self) -> bool {
        self.taken.is_empty() && self.unreadable.is_empty()
    }

    /// The lines that captures show and the question's table lacks.
    pub fn lines(
        &self,
        questionnaire: &Questionnaire,
        assessment: &Assessment,
        question: &Question,
    ) -> Vec<Row> {
        match questionnaire.table_of(question).filter(|_| !self.taken.is_empty()) {
            Some((table, _)) => prefill::lines(questionnaire, &table, assessment.rows(&table), &self.taken),
            None => Vec::new(),
        }
    }
}
