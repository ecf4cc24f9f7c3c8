//! Where does the client stand? The overall score with its band, and what it rests on.

use super::Sight;
use crate::domain::id::QuestionId;
use crate::domain::scoring;
use crate::domain::scoring::Band;
use crate::domain::words;
use crate::report::comparison as said;
use crate::report::document::Block;
use crate::report::document::Fact;
use crate::report::document::Line;
use crate::report::document::Verdict;

pub fn block(sight: &Sight) -> Block {
    let figures = &sight.score.overall.figures;
    let sentence = match figures.band() {
        Some(band) => words::band(sight.language, band).to_owned(),
        None => sight
            .pick(
                "Trop peu de réponses pour un score\u{202f}: moins de 60\u{a0}% du poids des questions.",
                "Too few answers for a score: less than 60% of the questions’ weight.",
            )
            .to_owned(),
    };
    let shown = |(low, high): (f64, f64)| (scoring::shown(low), scoring::shown(high));
    Block::Verdict(Verdict {
        score: figures.score.map(scoring::shown),
        band: figures.score.map(Band::of),
        interval: figures.interval.map(shown).filter(|(low, high)| low != high),
        sentence,
        moved: moved(sight),
        facts: facts(sight),
    })
}

/// `+12,5 depuis le 04/05/2025`
fn moved(sight: &Sight) -> Option<String> {
    let compared = sight.subject.compared.as_ref()?;
    let split = compared.comparison.score?;
    let (points, from) =
        (said::points(split.delta, sight.language), sight.date(compared.comparison.from.date));
    Some(sight.pick(format!("{points} depuis le {from}"), format!("{points} since {from}")))
}

fn facts(sight: &Sight) -> Vec<Fact> {
    let overall = &sight.score.overall;
    let figures = &overall.figures;
    let mut facts = vec![
        Fact {
            name: sight.pick("Couverture", "Coverage").to_owned(),
            value: Line::plain(sight.language.percent(figures.coverage)).and_quiet(
                sight.pick(" du poids des questions a une réponse", " of the questions’ weight is answered"),
            ),
        },
        Fact {
            name: sight.pick("Confiance", "Confidence").to_owned(),
            value: Line::plain(sight.language.percent(figures.confidence))
                .and_quiet(format!(" ({})", words::confidence(sight.language, figures.confidence))),
        },
    ];
    if let Some((low, high)) =
        figures.interval.filter(|(low, high)| scoring::shown(*low) != scoring::shown(*high))
    {
        let (low, high) = (scoring::shown(low), scoring::shown(high));
        facts.push(Fact {
            name: sight.pick("Intervalle", "Interval").to_owned(),
            value: Line::plain(format!("{low} – {high}")).and_quiet(sight.pick(
                " selon ce que révéleront les points ouverts",
                " depending on what the open points turn out to be",
            )),
        });
    }
    if let Some(fact) = held(sight) {
        facts.push(fact);
    }
    facts
}

/// What holds the score down, where something does.
fn held(sight: &Sight) -> Option<Fact> {
    let overall = &sight.score.overall;
    let raw = overall.figures.raw?;
    let cap = overall.caps.iter().min_by(|one, other| one.kind.cap().total_cmp(&other.kind.cap()));
    let lowest = cap.filter(|cap| cap.kind.cap() < raw);
    let value = match (lowest, &overall.weakest) {
        (Some(cap), _) => {
            let most = sight.language.number(cap.kind.cap());
            let why = words::cap(sight.language, cap.kind);
            let why = format!(" ({why}{}{})", sight.colon(), named(sight, &cap.because));
            Line::plain(sight.pick(format!("{most} au plus"), format!("{most} at most"))).and_quiet(why)
        }
        (None, Some(step)) => {
            let step = sight.subject.questionnaire.steps.iter().find(|one| &one.id == step)?;
            let why = sight.pick(
                " (l’étape la plus faible\u{202f}: l’ensemble la dépasse de 15 points au plus)",
                " (the weakest step: the whole is at most 15 points above it)",
            );
            Line::plain(sight.step_title(step)).and_quiet(why)
        }
        (None, None) => return None,
    };
    Some(Fact { name: sight.pick("Ce qui retient le score", "What holds the score down").to_owned(), value })
}

/// The first questions by their titles, and how many more there are: this is a verdict, the findings are listed below it.
fn named(sight: &Sight, questions: &[QuestionId]) -> String {
    const NAMED: usize = 3;
    let titles = questions.iter().map(|id| sight.title(id));
    if questions.len() <= NAMED + 1 {
        return titles.collect::<Vec<_>>().join(", ");
    }
    let more = questions.len() - NAMED;
    let first = titles.take(NAMED).collect::<Vec<_>>().join(", ");
    sight.pick(format!("{first} et {more} autres"), format!("{first} and {more} more"))
}
