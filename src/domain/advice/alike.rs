//! Which questions are almost the same? By the words that they share.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::domain::check::Part;
use crate::domain::check::Place;
use crate::domain::check::Problem;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::text::fold;

/// Words of fewer letters say little about what is asked.
const WORD: usize = 4;
/// With fewer words, only the very same ones are alike.
const FEW: usize = 4;
/// Two questions are alike when they share this much of all their words: three fifths.
const SHARED: (usize, usize) = (3, 5);

pub fn advise(questionnaire: &Questionnaire) -> Vec<Problem> {
    let mut asked = Vec::new();
    for (part, step) in questionnaire.parts().enumerate() {
        for (index, question) in step.questions.iter().enumerate() {
            asked.push((Part::Step(part), index, question));
        }
    }
    let mut advice = Vec::new();
    for language in [Language::Fr, Language::En] {
        let texts: Vec<&str> = asked.iter().map(|(_, _, question)| question.ask.get(language)).collect();
        for (later, earlier) in alike(&texts) {
            let (Some((part, index, _)), Some((_, _, other))) = (asked.get(later), asked.get(earlier)) else {
                continue;
            };
            let path = format!("questions[{index}].ask.{}", language.code());
            advice.push(Problem { place: Place { part: *part, path }, message: message(other) });
        }
    }
    advice
}

fn message(other: &Question) -> Text {
    Text::new(
        format!("presque la même question que «\u{202f}{}\u{202f}»", other.id),
        format!("almost the same question as {:?}", other.id.as_str()),
    )
}

/// Texts that are like an earlier one, each with the first such.
///
/// Not every pair is compared. Two sets of words that share three fifths of them also share one of the rarest two
/// fifths of each: only texts that do are looked at.
fn alike(texts: &[&str]) -> Vec<(usize, usize)> {
    let words: Vec<BTreeSet<String>> = texts.iter().map(|text| words(text)).collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words.iter().flatten() {
        *count.entry(word).or_default() += 1;
    }
    let mut holding: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut found = Vec::new();
    for (at, mine) in words.iter().enumerate() {
        let mut rarest: Vec<&str> = mine.iter().map(String::as_str).collect();
        rarest.sort_by_key(|word| (count.get(word), *word));
        rarest.truncate((mine.len() + 1).saturating_sub((mine.len() * SHARED.0).div_ceil(SHARED.1)));
        let candidates = rarest.iter().filter_map(|word| holding.get(word)).flatten();
        let mut candidates = candidates.filter_map(|other| Some((*other, words.get(*other)?)));
        if let Some((other, _)) = candidates.find(|(_, theirs)| are_alike(mine, theirs)) {
            found.push((at, other));
        } else {
            // One that is like another need not be found by a third: the other is.
            for word in rarest {
                holding.entry(word).or_default().push(at);
            }
        }
    }
    found
}

fn are_alike(mine: &BTreeSet<String>, theirs: &BTreeSet<String>) -> bool {
    if mine.len().min(theirs.len()) < FEW {
        return mine == theirs;
    }
    let shared = mine.intersection(theirs).count();
    let all = mine.len() + theirs.len() - shared;
    shared * SHARED.1 >= all * SHARED.0
}

fn words(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    let words = folded.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| word.chars().count() >= WORD).map(str::to_owned).collect()
}
