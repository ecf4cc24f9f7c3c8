//! Is the work to do in order, and is the cheapest way to the next band really the cheapest?

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use jiff::civil::date;
use privaudit::domain::action;
use privaudit::domain::action::Impossible;
use privaudit::domain::action::Standing;
use privaudit::domain::action::Target;
use privaudit::domain::action::actions;
use privaudit::domain::action::cheapest;
use privaudit::domain::action::follow_ups;
use privaudit::domain::action::what_if;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::assessment::Plan;
use privaudit::domain::assessment::Status;
use privaudit::domain::comparison::compare;
use privaudit::domain::id::QuestionId;
use privaudit::domain::questionnaire::Questionnaire;
use privaudit::domain::scoring::Band;
use privaudit::domain::scoring::score;
use privaudit::domain::scoring::score_mended;
use privaudit::storage::library;

use crate::random;
use crate::random::Chance;

const PRIOR: &str = "choice.trackers.prior";

fn visit(questionnaire: &Questionnaire, on: jiff::civil::Date, answers: &[(&str, Value)]) -> Assessment {
    let mut assessment = Assessment::new("Boutique", on, questionnaire);
    for (id, value) in answers {
        assessment.edit(&(*id).into(), |answer| answer.value = Some(value.clone()));
    }
    assessment
}

fn planned(assessment: &mut Assessment, id: &str, status: Status) {
    let plan = Plan { due: Some(date(2026, 3, 1)), status, ..Plan::default() };
    assessment.actions.insert(id.into(), plan);
}

/// The smallest effort over all sets of findings that may be mended, by trying every one of them.
fn by_trying(
    questionnaire: &Questionnaire,
    assessment: &Assessment,
    target: &Target,
    kept: &BTreeSet<QuestionId>,
) -> Option<u32> {
    let findings: Vec<QuestionId> =
        score(questionnaire, assessment).findings.into_iter().filter(|id| !kept.contains(id)).collect();
    let sets = (0u32..1 << findings.len()).filter_map(|set| {
        let chosen = findings.iter().enumerate().filter(|(index, _)| set & (1 << index) != 0);
        let mended: BTreeSet<QuestionId> = chosen.map(|(_, id)| id.clone()).collect();
        let then = score_mended(questionnaire, assessment, &mended);
        let reached = match &target.step {
            None => then.overall.figures.score,
            Some(step) => then.step(step)?.figures.score,
        };
        let effort = mended.iter().map(|id| action::effort(questionnaire, id)).sum::<u32>();
        (reached? >= target.band.least()).then_some(effort)
    });
    sets.min()
}

#[test]
fn the_cheapest_way_costs_as_little_as_the_best_of_all_sets() {
    let (mut found, mut impossible) = (0, 0);
    for seed in 0..1500 {
        let mut chance = Chance(seed);
        let questionnaire = random::questionnaire(&mut chance, 4, 4);
        let assessment = random::assessment(&questionnaire, date(2026, 1, 1), &mut chance);
        let findings = score(&questionnaire, &assessment).findings;
        if findings.is_empty() || findings.len() > 9 {
            continue;
        }
        let step = chance.percent(25).then(|| questionnaire.steps[0].id.clone());
        let target =
            Target { step, band: chance.of(&[Band::A, Band::A, Band::B, Band::C, Band::D, Band::E]) };
        let kept = findings.iter().filter(|_| chance.percent(8)).cloned().collect();
        let expected = by_trying(&questionnaire, &assessment, &target, &kept);
        match cheapest(&questionnaire, &assessment, &target, &kept) {
            Ok(way) => {
                assert_eq!(Some(way.effort), expected, "seed {seed}");
                let mended: BTreeSet<QuestionId> = way.mended.iter().cloned().collect();
                assert!(mended.is_disjoint(&kept), "seed {seed}");
                assert_eq!(way.then, score_mended(&questionnaire, &assessment, &mended), "seed {seed}");
                found += 1;
            }
            Err(why) => {
                assert_eq!(expected, None, "seed {seed}: {why:?}");
                if let Impossible::Kept(because) = why {
                    assert!(!because.is_empty(), "seed {seed}");
                }
                impossible += 1;
            }
        }
    }
    assert!(found > 300 && impossible > 50, "{found} found, {impossible} impossible");
}

#[test]
fn sixty_findings_are_weighed_while_the_client_watches() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let mut chance = Chance(3);
    let mut assessment = Assessment::new("Boutique", date(2026, 1, 1), &questionnaire);
    for question in questionnaire.questions() {
        if Value::Yes.fits(question).is_ok() {
            let value = chance.of(&[Value::Yes, Value::Yes, Value::Partly, Value::No]);
            assessment.edit(&question.id, |answer| answer.value = Some(value));
        }
    }
    let findings = score(&questionnaire, &assessment).findings.len();
    assert!(findings > 50, "{findings}");
    let started = std::time::Instant::now();
    let mut last = u32::MAX;
    for band in Band::ALL {
        let target = Target { step: None, band };
        let way = cheapest(&questionnaire, &assessment, &target, &BTreeSet::new()).unwrap();
        assert!(way.then.overall.figures.band().unwrap() <= band);
        assert!(way.effort <= last, "a lower band never costs more");
        last = way.effort;
    }
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

#[test]
fn with_too_little_answered_no_band_is_reached_and_what_is_open_is_named() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let assessment = visit(&questionnaire, date(2026, 1, 1), &[(PRIOR, Value::No)]);
    let target = Target { step: None, band: Band::D };
    let Err(Impossible::TooMuchOpen { coverage, open }) =
        cheapest(&questionnaire, &assessment, &target, &BTreeSet::new())
    else {
        panic!("a band is reached with one answer");
    };
    assert!(coverage < 0.6 && open.len() > 100);
}

#[test]
fn mending_in_thought_lifts_the_caps_and_costs_the_effort_of_the_remedy() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let mut assessment = Assessment::new("Boutique", date(2026, 1, 1), &questionnaire);
    for question in questionnaire.questions() {
        if Value::Yes.fits(question).is_ok() {
            assessment.edit(&question.id, |answer| answer.value = Some(Value::Yes));
        }
    }
    assessment.edit(&PRIOR.into(), |answer| answer.value = Some(Value::No));
    let what_if = what_if(&questionnaire, &assessment, &BTreeSet::from([PRIOR.into(), "no.finding".into()]));
    let (now, then) = what_if.overall();
    assert_eq!((now.band(), then.band()), (Some(Band::E), Some(Band::A)));
    assert_eq!(what_if.effort, action::effort(&questionnaire, &PRIOR.into()));
    let (_, now, then) = what_if.steps().find(|(id, ..)| id.as_str() == "choice").unwrap();
    assert_eq!((now.band(), then.band()), (Some(Band::E), Some(Band::A)));
}

#[test]
fn a_done_action_is_confirmed_or_reopened_by_the_next_visit() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let mut first = visit(&questionnaire, date(2026, 1, 1), &[(PRIOR, Value::No)]);
    planned(&mut first, PRIOR, Status::Done);
    let standing = |assessment: &Assessment, last: Option<&Assessment>| -> Vec<(Standing, bool)> {
        let score = score(&questionnaire, assessment);
        let found = actions(&questionnaire, assessment, &score, last, date(2026, 11, 23));
        found.iter().map(|action| (action.standing, action.overdue)).collect()
    };
    assert_eq!(standing(&first, None), [(Standing::Done, false)]);

    let mut second = Assessment::new("Boutique", date(2026, 6, 1), &questionnaire);
    second.carry_from(&first, &questionnaire);
    assert_eq!(standing(&second, Some(&first)), [(Standing::Done, false)], "only carried over");

    second.edit(&PRIOR.into(), |answer| answer.carried = None);
    assert_eq!(standing(&second, Some(&first)), [(Standing::Reopened, true)]);
    let comparison = compare(&questionnaire, &first, &questionnaire, &second, date(2026, 11, 23));
    assert_eq!(comparison.actions.opened, [PRIOR.into()]);
    assert_eq!(comparison.actions.overdue, [PRIOR.into()]);

    second.edit(&PRIOR.into(), |answer| answer.value = Some(Value::Yes));
    assert_eq!(standing(&second, Some(&first)), []);
    let confirmed = action::confirmed(&second, &score(&questionnaire, &second), &first);
    assert_eq!(confirmed, [PRIOR.into()]);
}

#[test]
fn a_risk_is_accepted_only_with_a_reason() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let mut assessment = visit(&questionnaire, date(2026, 1, 1), &[(PRIOR, Value::No)]);
    planned(&mut assessment, PRIOR, Status::Accepted);
    let score = score(&questionnaire, &assessment);
    let standing = |assessment: &Assessment| {
        actions(&questionnaire, assessment, &score, None, date(2026, 3, 2)).first().map(|action| {
            assert_eq!(action.overdue, action.standing.is_open());
            action.standing
        })
    };
    assert_eq!(standing(&assessment), Some(Standing::Open));
    assessment.actions.get_mut(PRIOR).unwrap().reason = "site fermé en mai".into();
    assert_eq!(standing(&assessment), Some(Standing::Accepted));
}

#[test]
fn what_nobody_knew_is_followed_up() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let mut assessment = visit(&questionnaire, date(2026, 1, 1), &[(PRIOR, Value::Unknown)]);
    assessment.edit(&PRIOR.into(), |answer| {
        answer.follow_up.who = "Lina".into();
        answer.follow_up.by = Some(date(2026, 2, 1));
    });
    let found = follow_ups(&questionnaire, &assessment, date(2026, 2, 1));
    assert_eq!((found.len(), found[0].who, found[0].overdue), (1, "Lina", false));
    assert!(follow_ups(&questionnaire, &assessment, date(2026, 2, 2))[0].overdue);
}
