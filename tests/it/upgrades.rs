//! Does an upgrade show what the new version changes, and leave the old visit as it was?

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use jiff::civil::date;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::id::QuestionId;
use privaudit::domain::questionnaire::Questionnaire;
use privaudit::domain::scoring::score;
use privaudit::domain::text::Language;
use privaudit::domain::upgrade::Aspect;
use privaudit::domain::upgrade::Place;
use privaudit::domain::upgrade::preview;
use privaudit::domain::upgrade::upgraded;
use privaudit::domain::wording::Piece;
use privaudit::storage::library;

use crate::random;
use crate::random::Chance;

/// The built-in questionnaire, and a version of it with one question reworded, one reweighted, one gone, one new.
fn versions() -> (Questionnaire, Questionnaire, [QuestionId; 4]) {
    let old = Questionnaire::clone(&library::built_in().unwrap().questionnaire);
    let mut steps = old.steps.clone();
    let questions = &mut steps[0].questions;
    questions[0].ask.en = format!("{} Today?", questions[0].ask.en).into();
    questions[1].risk.as_mut().unwrap().severity = 1;
    let gone = questions.remove(2);
    let mut new_one = gone.clone();
    new_one.id = "audit.brand.new".into();
    questions.push(new_one);
    let ids = [questions[0].id.clone(), questions[1].id.clone(), gone.id, "audit.brand.new".into()];
    let mut head = old.head.clone();
    head.version = "2.0.0".into();
    let new = Questionnaire::new(
        head,
        old.profile.clone(),
        steps,
        old.tables.clone(),
        old.glossary.clone(),
        "2".into(),
    );
    (old, new, ids)
}

#[test]
fn the_preview_says_what_is_unchanged_modified_removed_and_added() {
    let (old, new, [reworded, reweighted, gone, added]) = versions();
    let upgrade = preview(&old, &new);
    assert_eq!(upgrade.added, [added]);
    assert_eq!(upgrade.removed, [gone]);
    assert_eq!(upgrade.unchanged.len(), old.questions().count() - 3);
    let [first, second] = upgrade.modified.as_slice() else { panic!("{:?}", upgrade.modified) };
    assert_eq!((&first.question, &second.question), (&reworded, &reweighted));
    assert!(first.aspects.is_empty() && second.words.is_empty());
    assert_eq!(second.aspects, BTreeSet::from([Aspect::Risk]));

    let [rewording] = first.words.as_slice() else { panic!("{:?}", first.words) };
    assert_eq!(rewording.place, Place::Ask);
    let pieces = rewording.pieces(Language::En);
    assert_eq!(pieces.last(), Some(&Piece::New("Today?".into())));
    assert!(rewording.pieces(Language::Fr).iter().all(|piece| matches!(piece, Piece::Same(_))));
}

#[test]
fn a_version_upgraded_to_itself_changes_nothing() {
    for seed in 0..200 {
        let mut chance = Chance(seed);
        let questionnaire = random::questionnaire(&mut chance, 4, 8);
        let upgrade = preview(&questionnaire, &questionnaire.clone());
        assert!(upgrade.modified.is_empty() && upgrade.added.is_empty() && upgrade.removed.is_empty());
        assert_eq!(upgrade.unchanged, random::ids(&questionnaire));
    }
}

#[test]
fn each_question_of_either_version_is_listed_once() {
    for seed in 0..500 {
        let mut chance = Chance(seed);
        let old = random::questionnaire(&mut chance, 4, 8);
        let new = random::next_version(&old, &mut chance);
        let upgrade = preview(&old, &new);
        let modified = upgrade.modified.iter().map(|modified| &modified.question);
        let listed: Vec<&QuestionId> =
            upgrade.unchanged.iter().chain(modified).chain(&upgrade.added).chain(&upgrade.removed).collect();
        let once: BTreeSet<&QuestionId> = listed.iter().copied().collect();
        let (old_ids, new_ids) = (random::ids(&old), random::ids(&new));
        let all: BTreeSet<&QuestionId> = old_ids.iter().chain(&new_ids).collect();
        assert_eq!((listed.len(), once), (all.len(), all), "seed {seed}");
    }
}

#[test]
fn on_the_same_day_only_what_is_not_the_same_any_more_is_to_be_confirmed() {
    let (old, new, [reworded, reweighted, gone, _]) = versions();
    let visit = date(2026, 1, 10);
    let mut before = Assessment::new("Boutique", visit, &old);
    for question in old.questions().filter(|question| Value::Yes.fits(question).is_ok()) {
        before.edit(&question.id, |answer| answer.value = Some(Value::Yes));
    }
    let untouched = before.clone();

    let after = upgraded(&old, &before, &new, visit);
    assert_eq!(before, untouched);
    assert_eq!(after.questionnaire, new.pin());
    let carried = after.answers.iter().filter(|(_, answer)| answer.carried.is_some());
    let carried: BTreeSet<&QuestionId> = carried.map(|(id, _)| id).collect();
    let expected = [&reworded, &reweighted, &gone].into_iter().filter(|id| before.answers.contains_key(*id));
    assert_eq!(carried, expected.collect());

    let later = upgraded(&old, &before, &new, date(2026, 2, 10));
    assert!(later.answers.values().all(|answer| answer.carried == Some(visit)));
    assert!(score(&new, &later).overall.figures.score.is_some());
}
