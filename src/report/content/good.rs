//! What is good already? The controls that lower most risk and are best known, said first.

use super::Sight;
use crate::domain::answer::Evidence;
use crate::domain::answer::Value;
use crate::domain::scoring::QuestionScore;
use crate::domain::words;
use crate::report::document::Line;

/// As many as stay in a reader's mind.
const MOST: usize = 4;

/// Controls fully in place, the weightiest first, then the best known.
pub fn lines(sight: &Sight) -> Vec<Line> {
    let mut met: Vec<&QuestionScore> = sight
        .score
        .questions
        .iter()
        .filter(|scored| scored.degree.is_some_and(|degree| degree >= 1.0))
        .collect();
    let rank = |scored: &QuestionScore| {
        let known = scored.evidence.unwrap_or(Evidence::Said);
        (scored.knockout, known, scored.severity * scored.likelihood)
    };
    met.sort_by_key(|scored| std::cmp::Reverse(rank(scored)));
    met.into_iter().take(MOST).map(|scored| line(sight, scored)).collect()
}

fn line(sight: &Sight, scored: &QuestionScore) -> Line {
    let line = Line::strong(sight.title(&scored.id));
    let question = sight.question(&scored.id);
    let yes = sight.subject.assessment.value(&scored.id) == Some(&Value::Yes);
    let means = question.and_then(|question| question.means.as_ref()).filter(|_| yes);
    let line = match (means, question) {
        (Some(means), _) => line.and(format!("{}{}", sight.colon(), means.yes.get(sight.language))),
        (None, Some(question)) => {
            let answer = sight.subject.assessment.answer(&scored.id);
            let said = words::answer(sight.language, question, answer);
            line.and(said.map_or(String::new(), |said| format!("{}{said}", sight.colon())))
        }
        (None, None) => line,
    };
    match scored.evidence {
        Some(level) if level >= Evidence::Seen => {
            line.and_quiet(format!(" ({})", words::evidence(sight.language, level)))
        }
        _ => line,
    }
}
