//! Does the comparison say what changed, all of it, and why the score moved?

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::civil::date;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::comparison::Comparison;
use privaudit::domain::comparison::Kind;
use privaudit::domain::comparison::Part;
use privaudit::domain::comparison::Split;
use privaudit::domain::comparison::compare;
use privaudit::domain::id::QuestionId;
use privaudit::domain::questionnaire::Questionnaire;
use privaudit::domain::scope::Scope;
use privaudit::domain::scoring::Counted;
use privaudit::domain::scoring::Figures;
use privaudit::domain::scoring::Score;
use privaudit::domain::scoring::score;
use privaudit::domain::timeline::timeline;
use privaudit::domain::wording;
use privaudit::domain::wording::Piece;

use crate::random;
use crate::random::Chance;

const FIRST: Date = date(2025, 3, 1);
const TODAY: Date = date(2026, 11, 23);

/// Two visits, each with its questionnaire.
struct Pair {
    from_questionnaire: Questionnaire,
    from: Assessment,
    to_questionnaire: Questionnaire,
    to: Assessment,
}

impl Pair {
    fn random(seed: u64) -> Pair {
        let mut chance = Chance(seed);
        let from_questionnaire = random::questionnaire(&mut chance, 4, 8);
        let to_questionnaire = if chance.percent(50) {
            random::next_version(&from_questionnaire, &mut chance)
        } else {
            from_questionnaire.clone()
        };
        let from = random::assessment(&from_questionnaire, FIRST, &mut chance);
        let second = chance.of(&[FIRST, date(2025, 9, 1), date(2026, 9, 1)]);
        let mut to = if chance.percent(70) {
            random::next_visit(&from, &to_questionnaire, second, &mut chance)
        } else {
            random::assessment(&to_questionnaire, second, &mut chance)
        };
        if chance.percent(50) {
            for fact in &to_questionnaire.profile.questions {
                let kept = from.answer(&fact.id).cloned().unwrap_or_default();
                to.edit(&fact.id, |answer| *answer = kept);
            }
            to.express = from.express;
        }
        Pair { from_questionnaire, from, to_questionnaire, to }
    }

    fn compare(&self) -> Comparison {
        compare(&self.from_questionnaire, &self.from, &self.to_questionnaire, &self.to, TODAY)
    }

    fn reversed(&self) -> Comparison {
        compare(&self.to_questionnaire, &self.to, &self.from_questionnaire, &self.from, TODAY)
    }

    fn scores(&self) -> (Score, Score) {
        (score(&self.from_questionnaire, &self.from), score(&self.to_questionnaire, &self.to))
    }
}

/// How many pairs of visits made by chance each property is tried on, unless `PRIVAUDIT_PAIRS` says otherwise; up to
/// ten thousand, no two properties are tried on the same ones.
const PAIRS: u64 = 2000;

fn pairs() -> u64 {
    let told = std::env::var("PRIVAUDIT_PAIRS").ok();
    told.map_or(PAIRS, |told| told.parse().expect("PRIVAUDIT_PAIRS is a number of pairs"))
}

fn for_all_pairs(first: u64, property: impl Fn(u64, &Pair)) {
    for seed in first..first + pairs() {
        property(seed, &Pair::random(seed));
    }
}

#[test]
fn a_visit_compared_with_itself_is_empty() {
    for_all_pairs(0, |seed, pair| {
        for (questionnaire, visit) in
            [(&pair.from_questionnaire, &pair.from), (&pair.to_questionnaire, &pair.to)]
        {
            let comparison = compare(questionnaire, visit, &questionnaire.clone(), &visit.clone(), TODAY);
            assert!(comparison.is_empty(), "seed {seed}: {comparison:#?}");
            assert!((comparison.common.share() - 1.0).abs() < f64::EPSILON);
        }
    });
}

fn mirrored_split(one: Option<Split>, other: Option<Split>) -> bool {
    match (one, other) {
        (None, None) => true,
        #[expect(clippy::float_cmp, reason = "the mirror is exact")]
        (Some(one), Some(other)) => one.delta == -other.delta,
        _ => false,
    }
}

fn set(ids: &[QuestionId]) -> BTreeSet<&QuestionId> {
    ids.iter().collect()
}

#[test]
fn reversed_differences_changes_and_findings_mirror() {
    for_all_pairs(10000, |seed, pair| {
        let (forth, back) = (pair.compare(), pair.reversed());
        assert!(mirrored_split(forth.score, back.score), "seed {seed}");
        assert!(mirrored_split(forth.raw, back.raw), "seed {seed}");
        for step in &forth.steps {
            let other = back.steps.iter().find(|other| other.id == step.id).unwrap();
            assert!(mirrored_split(step.score, other.score), "seed {seed}");
            assert!(mirrored_split(step.raw, other.raw), "seed {seed}");
        }
        let kinds = |comparison: &Comparison| -> BTreeMap<QuestionId, Kind> {
            comparison.changes.iter().map(|change| (change.question.clone(), change.kind)).collect()
        };
        let mirror = kinds(&back).into_iter().map(|(id, kind)| (id, kind.reversed())).collect();
        assert_eq!(kinds(&forth), mirror, "seed {seed}");
        for change in &forth.changes {
            let other = back.change(&change.question).unwrap();
            assert_eq!(change.parts, other.parts, "seed {seed}");
            // Not compared with assert_eq: a figure that is not a number equals nothing.
            assert_eq!(format!("{:?}", change.from), format!("{:?}", other.to), "seed {seed}");
        }
        assert_eq!(set(&forth.findings.closed), set(&back.findings.opened), "seed {seed}");
        assert_eq!(set(&forth.findings.opened), set(&back.findings.closed), "seed {seed}");
        assert_eq!(set(&forth.findings.eased), set(&back.findings.worsened), "seed {seed}");
        assert_eq!(set(&forth.findings.worsened), set(&back.findings.eased), "seed {seed}");
        assert_eq!(set(&forth.findings.same), set(&back.findings.same), "seed {seed}");
        assert_eq!(set(&forth.actions.closed), set(&back.actions.opened), "seed {seed}");
        assert_eq!(set(&forth.actions.opened), set(&back.actions.closed), "seed {seed}");
        assert_eq!(forth.caps.len(), back.caps.len(), "seed {seed}");
    });
}

/// The old answers with the new profile, made by hand.
fn with_new_profile(pair: &Pair) -> Assessment {
    let facts: BTreeSet<QuestionId> =
        pair.to_questionnaire.profile.questions.iter().map(|fact| fact.id.clone()).collect();
    let mut between = pair.from.clone();
    between.express = pair.to.express;
    between.answers.retain(|id, _| !facts.contains(id));
    let new = pair.to.answers.iter().filter(|(id, _)| facts.contains(*id));
    between.answers.extend(new.map(|(id, answer)| (id.clone(), answer.clone())));
    between
}

fn check_split(
    what: &str,
    split: Option<Split>,
    ends: (Option<Figures>, Option<Figures>),
    between: [Option<Figures>; 2],
    figure: fn(&Figures) -> Option<f64>,
) {
    let score = |end: Option<Figures>| end.and_then(|figures| figures.score.and(figure(&figures)));
    let (Some(from), Some(to)) = (score(ends.0), score(ends.1)) else {
        assert!(split.is_none(), "{what}: no score at an end");
        return;
    };
    let split = split.unwrap();
    let [first, second] = between.map(|between| between.and_then(|figures| figure(&figures)));
    let first = first.unwrap_or(from);
    let second = second.unwrap_or(first);
    let close = |one: f64, other: f64| (one - other).abs() < 1e-9;
    assert!(close(split.by_questionnaire, first - from), "{what}: questionnaire {split:?}");
    assert!(close(split.by_scope, second - first), "{what}: scope {split:?}");
    assert!(close(split.by_answers, to - second), "{what}: answers {split:?}");
    let sum = split.by_questionnaire + split.by_scope + split.by_answers;
    assert!(close(sum, split.delta) && close(split.delta, to - from), "{what}: {split:?}");
}

#[test]
fn the_three_parts_are_those_of_the_method_and_add_up() {
    for_all_pairs(20000, |seed, pair| {
        let comparison = pair.compare();
        let (from, to) = pair.scores();
        let questionnaire = score(&pair.to_questionnaire, &pair.from);
        let scope = score(&pair.to_questionnaire, &with_new_profile(pair));
        let overall = |score: &Score| Some(score.overall.figures);
        let what = format!("seed {seed} overall");
        let (ends, between) = ((overall(&from), overall(&to)), [overall(&questionnaire), overall(&scope)]);
        check_split(&what, comparison.score, ends, between, |figures| figures.point);
        check_split(&what, comparison.raw, ends, between, |figures| figures.raw);
        for step in &comparison.steps {
            let what = format!("seed {seed} step {}", step.id);
            let of = |score: &Score| score.step(&step.id).map(|step| step.figures);
            let (ends, between) = ((of(&from), of(&to)), [of(&questionnaire), of(&scope)]);
            check_split(&what, step.score, ends, between, |figures| figures.point);
            check_split(&what, step.raw, ends, between, |figures| figures.raw);
        }
    });
}

#[test]
#[expect(clippy::float_cmp, reason = "a part whose input is unchanged is exactly 0")]
fn a_part_whose_input_did_not_change_is_zero() {
    for_all_pairs(30000, |seed, pair| {
        let comparison = pair.compare();
        for split in [comparison.score, comparison.raw].into_iter().flatten() {
            if pair.from_questionnaire == pair.to_questionnaire {
                assert_eq!(split.by_questionnaire, 0.0, "seed {seed}");
            }
            let facts = &pair.to_questionnaire.profile.questions;
            let same = facts.iter().all(|fact| pair.from.value(&fact.id) == pair.to.value(&fact.id));
            if same && pair.from.express == pair.to.express {
                assert_eq!(split.by_scope, 0.0, "seed {seed}");
            }
        }
    });
}

/// The kind of a question's change, worked out from what the scores say of it.
fn expected_kind(pair: &Pair, scores: &(Score, Score), id: &QuestionId) -> Option<Kind> {
    let (Some(old), Some(new)) = (pair.from_questionnaire.question(id), pair.to_questionnaire.question(id))
    else {
        let added = pair.from_questionnaire.question(id).is_none();
        return Some(if added { Kind::Added } else { Kind::Removed });
    };
    let asked = (
        Scope::new(&pair.from_questionnaire, &pair.from).asks(old),
        Scope::new(&pair.to_questionnaire, &pair.to).asks(new),
    );
    match asked {
        (false, true) => return Some(Kind::Asked),
        (true, false) => return Some(Kind::NoLongerAsked),
        _ => {}
    }
    let (one, other) = (scores.0.question(id)?, scores.1.question(id)?);
    match (one.state == Counted::Answered, other.state == Counted::Answered) {
        (false, true) => return Some(Kind::Answered),
        (true, false) => return Some(Kind::Withdrawn),
        _ => {}
    }
    let (one, other) = (one.degree?, other.degree?);
    // The same answer to a question whose answers are worth something else now is not judged here.
    let alike = format!("{:?}", pair.from.value(id)) == format!("{:?}", pair.to.value(id))
        && pair.from.tables.get(id.as_str()) == pair.to.tables.get(id.as_str());
    if alike && old.answer != new.answer {
        return None;
    }
    match one.partial_cmp(&other) {
        Some(std::cmp::Ordering::Less) => Some(Kind::Improved),
        Some(std::cmp::Ordering::Greater) => Some(Kind::Worsened),
        _ => None,
    }
}

#[test]
fn each_question_has_the_first_kind_that_fits_and_no_second_entry() {
    let mut seen: BTreeMap<Kind, usize> = BTreeMap::new();
    let counted = std::cell::RefCell::new(&mut seen);
    for_all_pairs(40000, |seed, pair| {
        let (comparison, scores) = (pair.compare(), pair.scores());
        let ids: BTreeSet<&QuestionId> = comparison.changes.iter().map(|change| &change.question).collect();
        assert_eq!(ids.len(), comparison.changes.len(), "seed {seed}");
        for change in &comparison.changes {
            *counted.borrow_mut().entry(change.kind).or_default() += 1;
            if change.kind == Kind::Changed {
                assert!(!change.parts.is_empty(), "seed {seed}: {}", change.question);
            }
        }
        let all =
            random::ids(&pair.from_questionnaire).into_iter().chain(random::ids(&pair.to_questionnaire));
        for id in all {
            let expected = expected_kind(pair, &scores, &id);
            let told = comparison.change(&id).map(|change| change.kind);
            if expected.is_some() {
                assert_eq!(told, expected, "seed {seed}: {id}");
            } else if told.is_none() {
                let value = |visit: &Assessment| visit.value(&id).map(Value::word);
                assert_eq!(value(&pair.from), value(&pair.to), "seed {seed}: {id} is not told");
                let note =
                    |visit: &Assessment| visit.answer(&id).map_or(String::new(), |one| one.note.clone());
                assert!(wording::same(&note(&pair.from), &note(&pair.to)), "seed {seed}: {id} is not told");
            }
        }
    });
    for kind in Kind::ALL {
        assert!(seen.get(&kind).is_some_and(|count| *count > 50), "{kind:?} hardly ever comes up: {seen:?}");
    }
}

#[test]
fn the_words_and_files_of_a_change_are_those_of_the_two_visits() {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let with_files = std::cell::Cell::new(0_usize);
    for_all_pairs(70000, |seed, pair| {
        let comparison = pair.compare();
        for change in &comparison.changes {
            let id = &change.question;
            // An answer to a question that the questionnaire does not have stays in the file, and is told nowhere.
            let note = |visit: &Assessment, there: bool| {
                let answer = visit.answer(id).filter(|_| there);
                answer.map_or(String::new(), |answer| plain(&answer.note))
            };
            if change.parts.contains(&Part::Note) {
                let old = note(&pair.from, change.from.is_some());
                assert_eq!(plain(&rebuilt(&change.note, true)), old, "seed {seed}: {id}");
                let new = note(&pair.to, change.to.is_some());
                assert_eq!(plain(&rebuilt(&change.note, false)), new, "seed {seed}: {id}");
            }
            let digests = |visit: &Assessment, there: bool| -> BTreeSet<String> {
                let attached = visit.attachments.get(id).filter(|_| there).into_iter().flatten();
                attached.map(|file| file.name.clone()).collect()
            };
            let old = digests(&pair.from, change.from.is_some());
            let new = digests(&pair.to, change.to.is_some());
            let told = |names: &[String]| names.iter().cloned().collect::<BTreeSet<String>>();
            assert_eq!(told(&change.files.new), &new - &old, "seed {seed}: {id}");
            assert_eq!(told(&change.files.gone), &old - &new, "seed {seed}: {id}");
            assert_eq!(change.parts.contains(&Part::Files), !change.files.is_empty(), "seed {seed}: {id}");
            with_files.set(with_files.get() + usize::from(!change.files.is_empty()));
        }
        let back = pair.reversed();
        for change in &comparison.changes {
            let other = &back.change(&change.question).unwrap().files;
            assert_eq!(set_of(&change.files.lapsed), set_of(&other.renewed), "seed {seed}");
            assert_eq!(set_of(&change.files.renewed), set_of(&other.lapsed), "seed {seed}");
        }
    });
    assert!(with_files.get() > 50, "{with_files:?}");
}

fn set_of(names: &[String]) -> BTreeSet<&String> {
    names.iter().collect()
}

#[test]
fn no_difference_is_left_unexplained() {
    for_all_pairs(50000, |seed, pair| {
        let comparison = pair.compare();
        let Some(split) = comparison.raw else { return };
        if split.by_answers.abs() > 1e-9 {
            assert!(!comparison.movers.is_empty(), "seed {seed}: {split:?}");
        }
        for mover in &comparison.movers {
            assert!(comparison.change(&mover.question).is_some(), "seed {seed}: {mover:?}");
        }
        if split.by_questionnaire.abs() > 1e-9 {
            assert!(pair.from_questionnaire != pair.to_questionnaire, "seed {seed}");
        }
        let findings = &comparison.findings;
        let (from, to) = pair.scores();
        let told = [&findings.opened, &findings.eased, &findings.worsened, &findings.same];
        let told: usize = told.into_iter().map(Vec::len).sum();
        assert_eq!(told, to.findings.len(), "seed {seed}");
        let still = to.findings.len() - findings.opened.len();
        assert_eq!(findings.closed.len() + still, from.findings.len(), "seed {seed}");
    });
}

#[test]
fn what_a_mover_moved_is_the_figure_without_that_answer() {
    for seed in 0..pairs() / 10 {
        let pair = Pair::random(seed);
        let comparison = pair.compare();
        let before = with_new_profile(&pair);
        for mover in &comparison.movers {
            // Conditions name the profile only, so that an answer taken back leaves the others as they are.
            let mut taken_back = pair.to.clone();
            if pair.from.date != pair.to.date {
                continue;
            }
            taken_back.answers.remove(&mover.question);
            taken_back.tables.remove(mover.question.as_str());
            if let Some(answer) = before.answers.get(&mover.question) {
                taken_back.answers.insert(mover.question.clone(), answer.clone());
            }
            if let Some(rows) = before.tables.get(mover.question.as_str()) {
                taken_back.tables.insert(mover.question.as_str().into(), rows.clone());
            }
            let now = score(&pair.to_questionnaire, &pair.to).overall.figures;
            let then = score(&pair.to_questionnaire, &taken_back).overall.figures;
            let (Some(now_raw), Some(then_raw)) = (now.raw, then.raw) else { continue };
            assert!((mover.raw - (now_raw - then_raw)).abs() < 1e-9, "seed {seed}: {mover:?}");
            let (now, then) = (now.point.unwrap(), then.point.unwrap());
            assert!((mover.score - (now - then)).abs() < 1e-9, "seed {seed}: {mover:?}");
        }
    }
}

#[test]
fn from_visit_to_visit_the_open_actions_are_those_before_and_opened_without_closed() {
    for_all_pairs(60000, |seed, pair| {
        let later = random::next_visit(&pair.to, &pair.to_questionnaire, TODAY, &mut Chance(seed));
        let visits = [
            (&pair.from_questionnaire, &pair.from),
            (&pair.to_questionnaire, &pair.to),
            (&pair.to_questionnaire, &later),
        ];
        let mut open: BTreeSet<QuestionId> = BTreeSet::new();
        for point in timeline(visits) {
            open.retain(|id| !point.closed.contains(id));
            for id in &point.opened {
                assert!(open.insert(id.clone()), "seed {seed}: {id} was open already");
            }
            assert_eq!(open, point.open.into_iter().collect(), "seed {seed}");
        }
    });
}

/// One of the two texts, of its words; the white space between the pieces is the renderers' affair.
fn rebuilt(pieces: &[Piece], old: bool) -> String {
    let runs = pieces.iter().filter_map(|piece| match piece {
        Piece::Same(run) => Some(run.as_str()),
        Piece::Gone(run) => old.then_some(run.as_str()),
        Piece::New(run) => (!old).then_some(run.as_str()),
    });
    runs.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_words_that_went_and_came_make_both_texts() {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut chance = Chance(7);
    for _ in 0..3000 {
        let (old, new) = (chance.words(40), chance.words(40));
        let pieces = wording::difference(&old, &new);
        assert_eq!(plain(&rebuilt(&pieces, false)), plain(&new));
        let count = |text: &str| text.split_whitespace().count();
        let gone_and_same: usize = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Same(run) | Piece::Gone(run) => count(run),
                Piece::New(_) => 0,
            })
            .sum();
        assert_eq!(gone_and_same, count(&old));
        let edits: usize = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Gone(run) | Piece::New(run) => count(run),
                Piece::Same(_) => 0,
            })
            .sum();
        let (old, new): (Vec<&str>, Vec<&str>) =
            (old.split_whitespace().collect(), new.split_whitespace().collect());
        assert_eq!(edits, old.len() + new.len() - 2 * longest_common(&old, &new), "{pieces:?}");
    }
}

/// The textbook's table.
fn longest_common(old: &[&str], new: &[&str]) -> usize {
    let mut table = vec![vec![0; new.len() + 1]; old.len() + 1];
    for (i, one) in old.iter().enumerate() {
        for (j, other) in new.iter().enumerate() {
            let longest = if one == other { table[i][j] + 1 } else { table[i][j + 1].max(table[i + 1][j]) };
            table[i + 1][j + 1] = longest;
        }
    }
    table[old.len()][new.len()]
}

#[test]
fn one_word_changed_in_a_note_is_one_word_gone_and_one_come() {
    let pieces =
        wording::difference("Le site part au printemps, dit Paul.", "Le site part en juin, dit Paul.");
    let expected = [
        Piece::Same("Le site part ".into()),
        Piece::Gone("au printemps, ".into()),
        Piece::New("en juin, ".into()),
        Piece::Same("dit Paul.".into()),
    ];
    assert_eq!(pieces, expected);
    assert_eq!(wording::difference("", ""), []);
    assert_eq!(wording::difference(" ", "neuf"), [Piece::New("neuf".into())]);
}

#[test]
fn two_huge_notes_without_a_word_in_common_are_compared_at_once() {
    let old = "un deux trois ".repeat(70_000);
    let new = "four five six ".repeat(70_000);
    let started = std::time::Instant::now();
    let pieces = wording::difference(&old, &new);
    assert_eq!(pieces, [Piece::Gone(old), Piece::New(new)]);
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}
