//! What holds for every visit, whatever is answered? Random answer sheets over the built-in questionnaire.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::civil::date;
use proptest::prelude::*;

use privaudit::domain::answer::Answer;
use privaudit::domain::answer::Cell;
use privaudit::domain::answer::Evidence;
use privaudit::domain::answer::FollowUp;
use privaudit::domain::answer::Override;
use privaudit::domain::answer::Row;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::assessment::Plan;
use privaudit::domain::assessment::State;
use privaudit::domain::assessment::Status;
use privaudit::domain::id::ColumnId;
use privaudit::domain::id::QuestionId;
use privaudit::domain::questionnaire::AnswerKind;
use privaudit::domain::questionnaire::CellKind;
use privaudit::domain::questionnaire::Column;
use privaudit::domain::questionnaire::Question;
use privaudit::domain::questionnaire::Questionnaire;
use privaudit::domain::questionnaire::RowDegree;
use privaudit::domain::scope::Scope;
use privaudit::domain::scoring;
use privaudit::domain::scoring::Counted;
use privaudit::domain::scoring::Figures;
use privaudit::domain::scoring::QuestionScore;
use privaudit::domain::scoring::Score;
use privaudit::storage::assessments;
use privaudit::storage::format;
use privaudit::storage::library;

const EPSILON: f64 = 1e-9;

fn built_in() -> Arc<Questionnaire> {
    library::built_in().unwrap().questionnaire
}

/// Chance that can be thrown again: the same seed, the same sheet.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % count.max(1)
    }

    /// One time in so many.
    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    fn day(&mut self) -> Date {
        let day = i32::try_from(self.below(1500)).unwrap();
        date(2023, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap()
    }

    fn number(&mut self) -> f64 {
        f64::from(u32::try_from(self.below(800)).unwrap()) / 4.0
    }

    /// Something that answers the question, for good.
    fn value(&mut self, question: &Question) -> Value {
        let choices = question.choices();
        match &question.answer {
            AnswerKind::YesPartlyNo => self.of(&[Value::Yes, Value::Partly, Value::No]).clone(),
            AnswerKind::Choice(_) => Value::Choice(self.of(choices).id.clone()),
            AnswerKind::Number { .. } | AnswerKind::Date { .. } if !choices.is_empty() && self.one_in(4) => {
                Value::Choice(self.of(choices).id.clone())
            }
            AnswerKind::Choices { .. } => self.several(question),
            AnswerKind::Number { min, max, .. } => {
                let number = self.number() + min.unwrap_or(0.0);
                Value::Number(max.map_or(number, |max| number.min(max)))
            }
            AnswerKind::Date { .. } => Value::Date(self.day()),
            AnswerKind::Text => Value::Text("said".into()),
            AnswerKind::Table { .. } => Value::Nothing,
        }
    }

    fn several(&mut self, question: &Question) -> Value {
        let mut groups = BTreeSet::new();
        let mut chosen = BTreeSet::new();
        for choice in question.choices() {
            let free = choice.group.as_ref().is_none_or(|group| !groups.contains(group));
            if free && self.one_in(3) {
                groups.extend(choice.group.clone());
                chosen.insert(choice.id.clone());
            }
        }
        if chosen.is_empty() { Value::Nothing } else { Value::Choices(chosen) }
    }

    fn cell(&mut self, kind: &CellKind) -> Cell {
        match kind {
            CellKind::Text => Cell::Text("x".into()),
            CellKind::Number(_) => Cell::Number(self.number()),
            CellKind::Date => Cell::Date(self.day()),
            CellKind::YesNo => self.of(&[Cell::Yes, Cell::No]).clone(),
            CellKind::Choice(choices) => Cell::Choice(self.of(choices).id.clone()),
            CellKind::Choices(choices) => Cell::Choices([self.of(choices).id.clone()].into()),
        }
    }

    /// A row, with about one cell in so many empty.
    fn row(&mut self, columns: &[Column], gaps: usize) -> Row {
        let mut row = Row::new();
        for column in columns {
            if gaps == 0 || !self.one_in(gaps) {
                row.insert(column.id.clone(), self.cell(&column.kind));
            }
        }
        row
    }

    /// A visit with some of everything.
    fn sheet(&mut self, questionnaire: &Questionnaire) -> Assessment {
        let mut sheet = Assessment::new("Client", date(2026, 11, 23), questionnaire);
        sheet.express = self.one_in(6);
        // From almost nothing to almost everything answered.
        let answered = self.below(11);
        for question in questionnaire.questions() {
            if self.below(10) < answered {
                let answer = self.answer(question);
                sheet.edit(&question.id, |empty| *empty = answer);
            }
        }
        for table in &questionnaire.tables {
            if self.below(10) < answered {
                let rows = (0..self.below(4)).map(|_| self.row(&table.columns, 4)).collect();
                sheet.set_rows(&table.id, rows);
            }
        }
        for question in questionnaire.steps.iter().flat_map(|step| &step.questions) {
            if self.one_in(30) {
                let plan = Plan { due: Some(self.day()), status: *self.of(&Status::ALL), ..Plan::default() };
                sheet.actions.insert(question.id.clone(), plan);
            }
        }
        sheet
    }

    fn answer(&mut self, question: &Question) -> Answer {
        let table = matches!(question.answer, AnswerKind::Table { .. });
        let value = match self.below(12) {
            0 => Some(Value::Unknown),
            1 => Some(Value::NotApplicable),
            2 => None,
            _ if table && !self.one_in(5) => None,
            _ => Some(self.value(question)),
        };
        let reason = if self.one_in(2) { "a reason" } else { "" };
        let own = |dice: &mut Dice| {
            dice.one_in(20).then(|| Override {
                figure: u8::try_from(dice.below(4)).unwrap() + 1,
                reason: if dice.one_in(3) { String::new() } else { "for this client".into() },
            })
        };
        Answer {
            value,
            reason: reason.into(),
            agreed_by: if self.one_in(2) { "Ada".into() } else { String::new() },
            evidence: self.one_in(2).then(|| *self.of(&Evidence::ALL)),
            evidence_on: self.one_in(3).then(|| self.day()),
            severity: own(self),
            likelihood: own(self),
            flagged: self.one_in(9),
            carried: self.one_in(5).then(|| self.day()),
            ..Answer::default()
        }
    }
}

fn all_figures(score: &Score) -> impl Iterator<Item = (&str, &Figures)> {
    let steps = score.steps.iter().map(|step| (step.id.as_str(), &step.figures));
    std::iter::once(("overall", &score.overall.figures)).chain(steps)
}

/// Every value in turn that answers a question for good.
fn values(question: &Question) -> Vec<Value> {
    let choices = question.choices().iter().map(|choice| choice.id.clone());
    match &question.answer {
        AnswerKind::YesPartlyNo => vec![Value::Yes, Value::Partly, Value::No],
        AnswerKind::Choices { of, .. } => (0..=of.len())
            .map(|count| of.iter().take(count).map(|choice| choice.id.clone()).collect::<BTreeSet<_>>())
            .map(|chosen| if chosen.is_empty() { Value::Nothing } else { Value::Choices(chosen) })
            .collect(),
        AnswerKind::Number { bands, .. } => {
            let inside = bands.iter().map(|band| Value::Number(band.upto));
            inside.chain([Value::Number(1e9)]).chain(choices.map(Value::Choice)).collect()
        }
        AnswerKind::Date { .. } => {
            let days = [date(2026, 11, 1), date(2025, 12, 1), date(2020, 1, 1)];
            days.into_iter().map(Value::Date).chain(choices.map(Value::Choice)).collect()
        }
        _ => choices.map(Value::Choice).collect(),
    }
}

/// Whether a question stands no worse: its degree did not fall, and if it was open it still is, or is now fully in
/// order. (Answering an open question with less than that says something new, which may well be bad.)
fn no_worse(before: &QuestionScore, after: &QuestionScore) -> bool {
    let open = |question: &QuestionScore| question.state.applies() && question.degree.is_none();
    let same_figures = (before.severity, before.likelihood) == (after.severity, after.likelihood);
    let moved = match (before.degree, after.degree) {
        (Some(before), Some(after)) => before <= after,
        (None, Some(after)) => open(before) && after >= 1.0,
        (None, None) => before.state == after.state || (open(before) && open(after)),
        (Some(_), None) => false,
    };
    same_figures && moved && before.range.0 <= after.range.0 && before.range.1 <= after.range.1
}

fn no_question_stands_worse(before: &Score, after: &Score) -> bool {
    before.questions.iter().zip(&after.questions).all(|(before, after)| no_worse(before, after))
}

fn nothing_fell(before: &Score, after: &Score) {
    for ((name, old), (_, new)) in all_figures(before).zip(all_figures(after)) {
        let pairs = [
            ("score", old.score, new.score),
            ("raw", old.raw, new.raw),
            ("low", old.interval.map(|(low, _)| low), new.interval.map(|(low, _)| low)),
            ("high", old.interval.map(|(_, high)| high), new.interval.map(|(_, high)| high)),
            ("coverage", Some(old.coverage), Some(new.coverage)),
        ];
        for (figure, old, new) in pairs {
            let fell = old.is_some_and(|old| new.is_none_or(|new| new < old - EPSILON));
            assert!(!fell, "{name} {figure} fell from {old:?} to {new:?}");
        }
    }
}

/// Whether an empty cell of this column leaves a row's degree open. (An empty cell of a column that is to be filled is
/// no open one: it says that it was not filled; and a row without a weight weighs 1.)
fn may_be_open(questionnaire: &Questionnaire, column: &ColumnId) -> bool {
    questionnaire.questions().any(|question| match &question.answer {
        AnswerKind::Table { degree: RowDegree::Cell(cell), .. } => cell == column,
        _ => false,
    })
}

/// Answers everything that is asked and still open, in one of the ways it could turn out.
fn complete(dice: &mut Dice, questionnaire: &Questionnaire, sheet: &Assessment) -> Assessment {
    let mut whole = sheet.clone();
    let scope = Scope::new(questionnaire, sheet);
    let open: Vec<&Question> = questionnaire
        .steps
        .iter()
        .flat_map(|step| &step.questions)
        .filter(|question| scope.asks(question))
        .filter(|question| matches!(sheet.state(question, questionnaire), State::Unanswered | State::Unknown))
        .collect();
    // Rows that are there get their empty cells; a table without rows gets some only where nobody counts on it yet.
    for table in &questionnaire.tables {
        let mut rows = sheet.rows(&table.id).to_vec();
        for row in &mut rows {
            let full = dice.row(&table.columns, 0);
            for (column, cell) in full.into_iter().filter(|(column, _)| may_be_open(questionnaire, column)) {
                row.entry(column).or_insert(cell);
            }
        }
        whole.set_rows(&table.id, rows);
    }
    for question in open {
        let (value, reason) = match (&question.answer, questionnaire.table_of(question)) {
            (AnswerKind::Table { .. }, Some((id, columns))) => {
                if whole.rows(&id).is_empty() {
                    let rows = (0..=dice.below(3)).map(|_| dice.row(columns, 0)).collect();
                    whole.set_rows(&id, rows);
                }
                (None, "")
            }
            _ if dice.one_in(6) => (Some(Value::NotApplicable), "no such thing here"),
            _ => (Some(dice.value(question)), ""),
        };
        whole.edit(&question.id, |answer| {
            answer.value = value;
            reason.clone_into(&mut answer.reason);
            "Ada".clone_into(&mut answer.agreed_by);
        });
    }
    whole
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_score_lies_in_its_interval_and_every_figure_in_its_range(seed: u64) {
        let questionnaire = built_in();
        let score = scoring::score(&questionnaire, &Dice(seed).sheet(&questionnaire));
        for (name, figures) in all_figures(&score) {
            let (low, high) = figures.interval.unwrap_or((0.0, 100.0));
            prop_assert!((0.0..=100.0).contains(&low) && (0.0..=100.0).contains(&high) && low <= high);
            prop_assert!((0.0..=1.0).contains(&figures.coverage), "{name}");
            prop_assert!((0.0..=1.0).contains(&figures.confidence), "{name}");
            prop_assert_eq!(figures.score.is_some(), figures.coverage >= scoring::LEAST_COVERAGE && figures.raw.is_some());
            if let (Some(point), Some(raw)) = (figures.score, figures.raw) {
                prop_assert!(low - EPSILON <= point && point <= high + EPSILON, "{name}: {low} {point} {high}");
                prop_assert!(point <= raw + EPSILON, "{name}");
            }
            let decided = |question: &QuestionScore| question.range.0 >= question.range.1 || !question.state.applies();
            if figures.interval.is_some() && figures.raw.is_some() && score.questions.iter().all(decided) {
                prop_assert!((high - low).abs() < EPSILON, "nothing is open in {name}: {low} {high}");
            }
        }
    }

    #[test]
    fn the_order_of_answers_does_not_matter(seed: u64, turn in 0usize..200) {
        let questionnaire = built_in();
        let sheet = Dice(seed).sheet(&questionnaire);
        let mut answers: Vec<(QuestionId, Answer)> = sheet.answers.clone().into_iter().collect();
        let turn = turn % answers.len().max(1);
        answers.rotate_left(turn);
        answers.reverse();
        let mut again = Assessment { answers: std::collections::BTreeMap::new(), ..sheet.clone() };
        for (id, answer) in answers {
            again.edit(&id, |empty| *empty = answer);
        }
        prop_assert_eq!(assessments::text(&sheet).unwrap(), assessments::text(&again).unwrap());
        prop_assert_eq!(scoring::score(&questionnaire, &sheet), scoring::score(&questionnaire, &again));
    }

    /// Precisely: when no question stands worse (see [`no_worse`]), no score, raw, low, high and no coverage falls, in
    /// no step and not overall.
    #[test]
    fn a_better_answer_never_lowers_a_score(seed: u64) {
        let questionnaire = built_in();
        let mut dice = Dice(seed);
        let sheet = dice.sheet(&questionnaire);
        let before = scoring::score(&questionnaire, &sheet);
        let asked: Vec<&Question> = questionnaire.steps.iter().flat_map(|step| &step.questions).collect();
        for _ in 0..6 {
            let question = *dice.of(&asked);
            for value in values(question) {
                let mut better = sheet.clone();
                better.edit(&question.id, |answer| answer.value = Some(value));
                let after = scoring::score(&questionnaire, &better);
                if no_question_stands_worse(&before, &after) {
                    nothing_fell(&before, &after);
                }
            }
        }
        // A better cell of a table, too.
        let table = dice.of(&questionnaire.tables).clone();
        let mut better = sheet.clone();
        let mut rows = sheet.rows(&table.id).to_vec();
        if !rows.is_empty() {
            let column = dice.of(&table.columns).clone();
            let at = dice.below(rows.len());
            rows[at].insert(column.id, dice.cell(&column.kind));
            better.set_rows(&table.id, rows);
            let after = scoring::score(&questionnaire, &better);
            if no_question_stands_worse(&before, &after) {
                nothing_fell(&before, &after);
            }
        }
    }

    #[test]
    fn mending_findings_never_lowers_a_score(seed: u64, some in 1usize..9) {
        let questionnaire = built_in();
        let sheet = Dice(seed).sheet(&questionnaire);
        let before = scoring::score(&questionnaire, &sheet);
        let mended: BTreeSet<QuestionId> = before.findings.iter().step_by(some).cloned().collect();
        let after = scoring::score_mended(&questionnaire, &sheet, &mended);
        nothing_fell(&before, &after);
        prop_assert!(after.findings.iter().all(|id| !mended.contains(id)));
    }

    /// As long as the profile stays as it is (a fact that is found out may amplify, or ask less), and of a table's
    /// rows only what is open in them is filled, see [`may_be_open`].
    #[test]
    fn the_interval_holds_whatever_the_open_questions_turn_out_to_be(seed: u64) {
        let questionnaire = built_in();
        let mut dice = Dice(seed);
        let sheet = dice.sheet(&questionnaire);
        let before = scoring::score(&questionnaire, &sheet);
        let whole = complete(&mut dice, &questionnaire, &sheet);
        let after = scoring::score(&questionnaire, &whole);
        for ((name, before), (_, after)) in all_figures(&before).zip(all_figures(&after)) {
            let Some((low, high)) = before.interval else { continue };
            if let Some(point) = after.score {
                prop_assert!(low - EPSILON <= point && point <= high + EPSILON, "{name}: {low} {point} {high}");
            }
            if let Some((new_low, new_high)) = after.interval {
                prop_assert!(low - EPSILON <= new_low && new_high <= high + EPSILON, "{name} widened");
            }
        }
    }

    #[test]
    fn findings_are_exactly_the_answers_below_one(seed: u64) {
        let questionnaire = built_in();
        let score = scoring::score(&questionnaire, &Dice(seed).sheet(&questionnaire));
        let found: BTreeSet<&QuestionId> = score.findings.iter().collect();
        let wanted: BTreeSet<&QuestionId> = score
            .questions
            .iter()
            .filter(|question| question.state == Counted::Answered && question.degree.is_some_and(|degree| degree < 1.0))
            .map(|question| &question.id)
            .collect();
        prop_assert_eq!(found.len(), score.findings.len());
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn what_is_carried_over_keeps_every_value(seed: u64) {
        let questionnaire = built_in();
        let last = Dice(seed).sheet(&questionnaire);
        let mut next = Assessment::new("Client", date(2027, 6, 1), &questionnaire);
        next.carry_from(&last, &questionnaire);
        for (id, old) in &last.answers {
            let new = next.answer(id).unwrap_or_else(|| panic!("{id} was lost"));
            let expected = Answer {
                carried: old.carried.or(Some(last.date)),
                flagged: false,
                evidence_on: old.evidence.map(|_| old.evidence_on.unwrap_or(last.date)).or(old.evidence_on),
                ..old.clone()
            };
            prop_assert_eq!(new, &expected, "{}", id);
        }
        prop_assert_eq!(&next.tables, &last.tables);
        prop_assert_eq!(&next.actions, &last.actions);
        prop_assert_eq!(next.express, last.express);
        // What is new among the answers is only the mark on tables that answer by their rows.
        for (id, answer) in next.answers.iter().filter(|(id, _)| !last.answers.contains_key(*id)) {
            let bare = Answer { carried: Some(last.date), ..Answer::default() };
            prop_assert_eq!(answer, &bare, "{}", id);
        }
        // And it scores the same, apart from how well it is known.
        next.date = last.date;
        let (old, new) = (scoring::score(&questionnaire, &last), scoring::score(&questionnaire, &next));
        prop_assert_eq!(old.overall.figures.score, new.overall.figures.score);
        prop_assert_eq!(old.findings, new.findings);
        prop_assert!(new.overall.figures.confidence <= old.overall.figures.confidence + EPSILON);
    }

    #[test]
    fn a_sheet_read_back_is_the_sheet_that_was_written(seed: u64) {
        let questionnaire = built_in();
        let sheet = Dice(seed).sheet(&questionnaire);
        reads_back(&sheet);
    }
}

fn reads_back(sheet: &Assessment) {
    let text = assessments::text(sheet).unwrap();
    assert!(text.starts_with("(\n  format: 1,\n"), "{text}");
    let again: Assessment = format::read_saved(Path::new("visit.ron"), &text).unwrap_or_else(|error| {
        panic!("{error}\n{text}");
    });
    assert_eq!(&again, sheet, "{text}");
    assert_eq!(assessments::text(&again).unwrap(), text);
}

/// Words as people and programs put them into notes: quotes, fences of raw texts, line ends, control characters.
fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\"".to_owned()),
        Just("\"#".to_owned()),
        Just("\"###".to_owned()),
        Just("r#\"".to_owned()),
        Just("\\".to_owned()),
        Just("\\n".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\r".to_owned()),
        Just("\t".to_owned()),
        Just("\0".to_owned()),
        Just("\u{1b}[31m".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("\u{202f}".to_owned()),
        Just("\u{2028}".to_owned()),
        Just("👩‍👧 e\u{301} ﷽".to_owned()),
        Just("// no comment".to_owned()),
        Just("(\n".to_owned()),
        Just("format: 9,".to_owned()),
        "\\PC{0,6}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..7).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the words, and wherever they stand: what was written is what is read.
    #[test]
    fn no_words_are_lost_or_changed_in_a_file(
        client in words(), note in words(), reason in words(), judgement in words(), text in words(), cell in words(),
        id in words(), number in any::<f64>().prop_filter("finite", |number| number.is_finite()),
    ) {
        let mut sheet = Assessment::new(client, date(2026, 11, 23), &built_in());
        sheet.at = Some(QuestionId::new(id.clone()));
        let answer = Answer {
            value: Some(Value::Text(text)),
            note,
            reason: reason.clone(),
            judgement,
            said_by: cell.clone(),
            agreed_by: id.clone(),
            follow_up: FollowUp { who: reason.clone(), by: Some(date(2027, 1, 1)) },
            severity: Some(Override { figure: 3, reason: reason.clone() }),
            details: [("d".into(), Cell::Text(cell.clone()))].into(),
            ..Answer::default()
        };
        sheet.edit(&QuestionId::new(id.clone()), |empty| *empty = answer);
        sheet.edit(&"number".into(), |answer| answer.value = Some(Value::Number(number)));
        let row: Row = [("a".into(), Cell::Text(cell)), ("n".into(), Cell::Number(-number))].into();
        sheet.set_rows(&id.as_str().into(), vec![row, Row::new()]);
        let plan = Plan { owner: reason, due: None, status: Status::Doing, reason: id };
        sheet.actions.insert("q".into(), plan);
        reads_back(&sheet);
    }
}
