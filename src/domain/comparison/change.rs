//! What became of one question between two visits? One entry, and everything in it that differs.

use std::collections::BTreeSet;
use std::fmt::Debug;

use jiff::civil::Date;
use serde::Deserialize;

use super::super::answer::Answer;
use super::super::answer::Evidence;
use super::super::answer::Value;
use super::super::assessment::Assessment;
use super::super::assessment::State;
use super::super::id::QuestionId;
use super::super::id::StepId;
use super::super::id::TableId;
use super::super::questionnaire::AnswerKind;
use super::super::questionnaire::Question;
use super::super::questionnaire::Questionnaire;
use super::super::scope::Scope;
use super::super::scoring;
use super::super::scoring::Counted;
use super::super::scoring::QuestionScore;
use super::super::scoring::Residual;
use super::super::scoring::Score;
use super::super::upgrade;
use super::super::upgrade::Modified;
use super::super::wording;
use super::super::wording::Piece;
use super::files::Files;
use super::files::files;

/// What happened to a question; of several, the first that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Kind {
    /// Only the newer questionnaire has it.
    Added,
    Removed,
    /// It applies now.
    Asked,
    NoLongerAsked,
    /// Its answer counts now.
    Answered,
    Withdrawn,
    /// Another answer (or the same, grown older) gives more control.
    Improved,
    Worsened,
    /// The newer questionnaire gives it, or the same answer, another weight.
    Reweighted,
    Reworded,
    /// Something else in it, without effect on its degree.
    Changed,
}

impl Kind {
    pub const ALL: [Kind; 11] = [
        Kind::Added,
        Kind::Removed,
        Kind::Asked,
        Kind::NoLongerAsked,
        Kind::Answered,
        Kind::Withdrawn,
        Kind::Improved,
        Kind::Worsened,
        Kind::Reweighted,
        Kind::Reworded,
        Kind::Changed,
    ];

    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Added => "added",
            Kind::Removed => "removed",
            Kind::Asked => "asked",
            Kind::NoLongerAsked => "no-longer-asked",
            Kind::Answered => "answered",
            Kind::Withdrawn => "withdrawn",
            Kind::Improved => "improved",
            Kind::Worsened => "worsened",
            Kind::Reweighted => "reweighted",
            Kind::Reworded => "reworded",
            Kind::Changed => "changed",
        }
    }

    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The same seen from the other end.
    #[must_use]
    pub fn reversed(self) -> Kind {
        match self {
            Kind::Added => Kind::Removed,
            Kind::Removed => Kind::Added,
            Kind::Asked => Kind::NoLongerAsked,
            Kind::NoLongerAsked => Kind::Asked,
            Kind::Answered => Kind::Withdrawn,
            Kind::Withdrawn => Kind::Answered,
            Kind::Improved => Kind::Worsened,
            Kind::Worsened => Kind::Improved,
            Kind::Reweighted | Kind::Reworded | Kind::Changed => self,
        }
    }
}

/// A part of a question or of its answer that can differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Value,
    /// The rows of its table.
    Rows,
    Details,
    Reason,
    AgreedBy,
    Note,
    SaidBy,
    /// The level, or whether it is older than twelve months.
    Evidence,
    /// What is attached to it.
    Files,
    Judgement,
    /// The consultant's own severity or likelihood for this client.
    Figures,
    FollowUp,
    /// How the questionnaire words it.
    Wording,
    /// How the questionnaire weighs it.
    Weighing,
}

impl Part {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Part::Value => "value",
            Part::Rows => "rows",
            Part::Details => "details",
            Part::Reason => "reason",
            Part::AgreedBy => "agreed-by",
            Part::Note => "note",
            Part::SaidBy => "said-by",
            Part::Evidence => "evidence",
            Part::Files => "files",
            Part::Judgement => "judgement",
            Part::Figures => "figures",
            Part::FollowUp => "follow-up",
            Part::Wording => "wording",
            Part::Weighing => "weighing",
        }
    }
}

/// One question's entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub question: QuestionId,
    /// Where it stands, in the newer questionnaire if that has it.
    pub step: StepId,
    pub kind: Kind,
    /// None where that questionnaire does not have the question.
    pub from: Option<Side>,
    pub to: Option<Side>,
    /// Everything that differs, whatever the kind.
    pub parts: BTreeSet<Part>,
    /// The note's words, where they differ.
    pub note: Vec<Piece>,
    pub files: Files,
    /// What the new version of the questionnaire made of the question.
    pub modified: Option<Modified>,
}

/// A question at one visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    pub state: Counted,
    /// What stands in the file, counted or not.
    pub value: Option<Value>,
    /// How many rows its table has, where the table is its answer.
    pub rows: Option<usize>,
    /// Severity × likelihood as counted; none for what is not scored.
    pub weight: Option<f64>,
    /// 0 to 1; none unless answered and scored.
    pub degree: Option<f64>,
    pub residual: Option<Residual>,
    /// The level as given, before ageing and carrying.
    pub evidence: Evidence,
    /// The evidence is older than twelve months.
    pub lapsed: bool,
    /// Taken over from the visit of this date and not confirmed.
    pub carried: Option<Date>,
}

impl Side {
    pub fn asked(&self) -> bool {
        self.state != Counted::NotAsked
    }

    pub fn answered(&self) -> bool {
        self.state == Counted::Answered
    }
}

/// One end of a comparison, with what is looked up again and again.
#[derive(Debug)]
pub struct End<'a> {
    pub questionnaire: &'a Questionnaire,
    pub assessment: &'a Assessment,
    score: &'a Score,
    scope: Scope<'a>,
}

impl<'a> End<'a> {
    pub fn new(questionnaire: &'a Questionnaire, assessment: &'a Assessment, score: &'a Score) -> End<'a> {
        End { questionnaire, assessment, score, scope: Scope::new(questionnaire, assessment) }
    }

    fn side(&self, question: &Question, scored: Option<&QuestionScore>) -> Side {
        let answer = self.assessment.answer(&question.id);
        let state = match (scored, self.scope.asks(question)) {
            (Some(scored), _) => scored.state,
            (None, false) => Counted::NotAsked,
            (None, true) => match self.assessment.state(question, self.questionnaire) {
                State::Answered => Counted::Answered,
                State::Unanswered => Counted::Unanswered,
                State::Unknown => Counted::Unknown,
                State::NotApplicable => Counted::NotApplicable,
            },
        };
        let is_table = matches!(question.answer, AnswerKind::Table { .. });
        let table = self.questionnaire.table_of(question).filter(|_| is_table);
        Side {
            state,
            value: answer.and_then(|answer| answer.value.clone()),
            rows: table.map(|(table, _)| self.assessment.rows(&table).len()),
            weight: scored.map(|scored| scored.weight),
            degree: scored.and_then(|scored| scored.degree),
            residual: scored.and_then(|scored| scored.residual),
            evidence: answer.and_then(|answer| answer.evidence).unwrap_or(Evidence::Said),
            lapsed: answer.is_some() && scoring::lapsed(self.assessment, &question.id),
            carried: answer.and_then(|answer| answer.carried),
        }
    }

    /// The table whose rows are told of at this question: the one that answers it, or the one beside it, told of
    /// only at the first question that refers to it.
    fn table_at(&self, question: &Question) -> Option<TableId> {
        let (table, _) = self.questionnaire.table_of(question)?;
        let of_same = |other: &&Question| {
            self.questionnaire.table_of(other).is_some_and(|(of_other, _)| of_other == table)
        };
        let told = matches!(question.answer, AnswerKind::Table { .. })
            || self.questionnaire.questions().find(of_same).is_some_and(|first| first.id == question.id);
        told.then_some(table)
    }
}

/// The entries of all questions that either visit's questionnaire has, in the order of the second; those that
/// only the first has come last.
pub fn changes(from: &End, to: &End) -> Vec<Change> {
    let same_version = std::ptr::eq(from.questionnaire, to.questionnaire);
    let (from_scores, to_scores) = (scores_by_id(from.score), scores_by_id(to.score));
    let tables = changed_tables(from.assessment, to.assessment);
    let removed =
        from.questionnaire.questions().filter(|question| to.questionnaire.question(&question.id).is_none());
    let mut changes = Vec::new();
    for question in to.questionnaire.questions().chain(removed) {
        let id = &question.id;
        let (old, new) = (from.questionnaire.question(id), to.questionnaire.question(id));
        let parts = differing(from, to, (old, new), &tables);
        let modified =
            if same_version { None } else { upgrade::modified(from.questionnaire, to.questionnaire, id) };
        let from_side = old.map(|question| from.side(question, from_scores.get(id).copied()));
        let to_side = new.map(|question| to.side(question, to_scores.get(id).copied()));
        changes.extend(change(from, to, question, (from_side, to_side), parts, modified));
    }
    changes
}

fn scores_by_id(score: &Score) -> std::collections::HashMap<&QuestionId, &QuestionScore> {
    score.questions.iter().map(|question| (&question.id, question)).collect()
}

fn change(
    from: &End,
    to: &End,
    question: &Question,
    sides: (Option<Side>, Option<Side>),
    mut parts: BTreeSet<Part>,
    modified: Option<Modified>,
) -> Option<Change> {
    let id = &question.id;
    if modified.as_ref().is_some_and(Modified::reworded) {
        parts.insert(Part::Wording);
    }
    if question.risk.is_some() && modified.as_ref().is_some_and(Modified::reweighted) {
        parts.insert(Part::Weighing);
    }
    let (from_side, to_side) = sides;
    // What stands in the file of a visit whose questionnaire lacks the question belongs to no question there.
    let (then, now) =
        (from_side.is_some().then_some(from.assessment), to_side.is_some().then_some(to.assessment));
    let files = files(then, now, id);
    if !files.is_empty() {
        parts.insert(Part::Files);
    }
    if from_side.as_ref().is_some_and(|side| side.lapsed) != to_side.as_ref().is_some_and(|side| side.lapsed)
    {
        parts.insert(Part::Evidence);
    }
    let revalued = modified.as_ref().is_some_and(Modified::revalued);
    let kind = kind(from_side.as_ref(), to_side.as_ref(), &parts, revalued)?;
    let step = to.questionnaire.step_of(id).or_else(|| from.questionnaire.step_of(id))?;
    Some(Change {
        question: id.clone(),
        step: step.id.clone(),
        kind,
        from: from_side,
        to: to_side,
        note: if parts.contains(&Part::Note) {
            wording::difference(note(then, id), note(now, id))
        } else {
            Vec::new()
        },
        parts,
        files,
        modified,
    })
}

fn note<'a>(visit: Option<&'a Assessment>, id: &QuestionId) -> &'a str {
    visit.and_then(|visit| visit.answer(id)).map_or("", |answer| &answer.note)
}

/// The first kind that fits; none when nothing differs.
fn kind(from: Option<&Side>, to: Option<&Side>, parts: &BTreeSet<Part>, revalued: bool) -> Option<Kind> {
    let (from, to) = match (from, to) {
        (None, None) => return None,
        (None, Some(_)) => return Some(Kind::Added),
        (Some(_), None) => return Some(Kind::Removed),
        (Some(from), Some(to)) => (from, to),
    };
    match (from.asked(), to.asked()) {
        (false, true) => return Some(Kind::Asked),
        (true, false) => return Some(Kind::NoLongerAsked),
        _ => {}
    }
    match (from.answered(), to.answered()) {
        (false, true) => return Some(Kind::Answered),
        (true, false) => return Some(Kind::Withdrawn),
        _ => {}
    }
    // An answer that stayed and that the new version merely values otherwise got neither better nor worse.
    let answered_alike = !parts.contains(&Part::Value) && !parts.contains(&Part::Rows);
    if let (Some(from), Some(to), false) = (from.degree, to.degree, answered_alike && revalued) {
        if from < to {
            return Some(Kind::Improved);
        }
        if from > to {
            return Some(Kind::Worsened);
        }
    }
    if parts.contains(&Part::Weighing) {
        return Some(Kind::Reweighted);
    }
    if parts.contains(&Part::Wording) {
        return Some(Kind::Reworded);
    }
    (!parts.is_empty()).then_some(Kind::Changed)
}

/// The parts of the answers that differ. That an answer is carried over, or flagged for later, is no change.
fn differing(
    from: &End,
    to: &End,
    (old, new): (Option<&Question>, Option<&Question>),
    tables: &BTreeSet<&TableId>,
) -> BTreeSet<Part> {
    let nothing = Answer::default();
    let one = old.and_then(|question| from.assessment.answer(&question.id)).unwrap_or(&nothing);
    let other = new.and_then(|question| to.assessment.answer(&question.id)).unwrap_or(&nothing);
    let level = |answer: &Answer| answer.evidence.unwrap_or(Evidence::Said);
    let told_here = |end: &End, question: Option<&Question>| {
        let table = question.and_then(|question| end.table_at(question));
        table.is_some_and(|table| tables.contains(&table))
    };
    let differ = [
        (Part::Value, !alike(&one.value, &other.value)),
        (Part::Rows, !tables.is_empty() && (told_here(from, old) || told_here(to, new))),
        (Part::Details, !alike(&one.details, &other.details)),
        (Part::Reason, !wording::same(&one.reason, &other.reason)),
        (Part::AgreedBy, !wording::same(&one.agreed_by, &other.agreed_by)),
        (Part::Note, !wording::same(&one.note, &other.note)),
        (Part::SaidBy, !wording::same(&one.said_by, &other.said_by)),
        (Part::Evidence, level(one) != level(other)),
        (Part::Judgement, !wording::same(&one.judgement, &other.judgement)),
        (Part::Figures, one.severity != other.severity || one.likelihood != other.likelihood),
        (Part::FollowUp, one.follow_up != other.follow_up),
    ];
    differ.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect()
}

/// Equal, or at least written alike: a figure that is not a number equals nothing, not even itself.
fn alike<T: PartialEq + Debug>(one: &T, other: &T) -> bool {
    one == other || format!("{one:?}") == format!("{other:?}")
}

fn changed_tables<'a>(from: &'a Assessment, to: &'a Assessment) -> BTreeSet<&'a TableId> {
    let tables = from.tables.keys().chain(to.tables.keys());
    tables.filter(|table| !alike(&from.rows(table), &to.rows(table))).collect()
}
