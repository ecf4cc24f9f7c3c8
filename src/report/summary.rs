//! What do other programs read of many clients? The means and the counts of a summary, as a JSON document.

use jiff::civil::Date;
use serde::Serialize;

use crate::domain::id::QuestionId;
use crate::domain::id::StepId;
use crate::domain::summary::Mean;
use crate::domain::summary::Summary;

/// `clients --summary --json`.
#[derive(Debug, Serialize)]
pub struct SummaryDocument<'a> {
    clients: usize,
    /// The earliest and the latest of the visits.
    from: Option<Date>,
    to: Option<Date>,
    overall: SummaryMean,
    steps: Vec<SummaryStep<'a>>,
    missed: Vec<SummaryQuestion<'a>>,
}

#[derive(Debug, Serialize)]
struct SummaryMean {
    mean: Option<f64>,
    of: u32,
}

#[derive(Debug, Serialize)]
struct SummaryStep<'a> {
    id: &'a StepId,
    #[serde(flatten)]
    score: SummaryMean,
}

#[derive(Debug, Serialize)]
struct SummaryQuestion<'a> {
    id: &'a QuestionId,
    missed: usize,
    answered: usize,
}

impl<'a> SummaryDocument<'a> {
    pub fn of(summary: &'a Summary) -> SummaryDocument<'a> {
        let mean = |mean: Mean| SummaryMean { mean: mean.value(), of: mean.count };
        let missed = summary.most_missed().into_iter();
        SummaryDocument {
            clients: summary.visits,
            from: summary.dates.map(|(from, _)| from),
            to: summary.dates.map(|(_, to)| to),
            overall: mean(summary.overall),
            steps: summary
                .steps
                .iter()
                .map(|step| SummaryStep { id: &step.id, score: mean(step.score) })
                .collect(),
            missed: missed
                .map(|(id, question)| SummaryQuestion {
                    id,
                    missed: question.missed(),
                    answered: question.answered,
                })
                .collect(),
        }
    }
}
