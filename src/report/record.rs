//! What does a visit hold about a question, in words? The answer, and everything that was noted beside it.

use crate::domain::answer::Answer;
use crate::domain::answer::Override;
use crate::domain::answer::Row;
use crate::domain::assessment::Assessment;
use crate::domain::assessment::State;
use crate::domain::contradiction;
use crate::domain::id::TableId;
use crate::domain::proof;
use crate::domain::questionnaire::Column;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scope::Scope;
use crate::domain::text::Language;
use crate::domain::text::plain;
use crate::domain::text::plain_line;
use crate::domain::words;

/// What all entries of a record are read with.
#[derive(Debug, Clone)]
pub struct Record<'a> {
    pub questionnaire: &'a Questionnaire,
    pub assessment: &'a Assessment,
    pub scope: Scope<'a>,
    pub language: Language,
}

/// One question with what was recorded.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    pub question: &'a Question,
    pub asked: bool,
    /// Something was recorded: an answer, a note, a row.
    pub recorded: bool,
    pub state: State,
    /// The answer in words; "not answered" where there is none.
    pub said: String,
    /// What is to be known about the answer: not counted yet, not asked, carried over, to come back to.
    pub marks: Vec<String>,
    pub beside: Vec<(Beside, String)>,
    /// The fields asked with it, as filled.
    pub fields: Vec<(String, String)>,
    pub table: Option<Rows<'a>>,
}

/// The rows that a question shows; questions may share them.
#[derive(Debug, Clone)]
pub struct Rows<'a> {
    pub id: TableId,
    pub columns: &'a [Column],
    pub rows: &'a [Row],
}

/// What can stand beside an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    SaidBy,
    Reason,
    AgreedBy,
    Note,
    Evidence,
    Judgement,
    Severity,
    Likelihood,
    FollowUp,
    /// What captures show that cannot be with this answer.
    Disproved,
    /// What was written about it.
    Explained,
    /// The answer that captures propose.
    Proposed,
}

impl Beside {
    pub const ALL: [Beside; 12] = [
        Beside::SaidBy,
        Beside::Reason,
        Beside::AgreedBy,
        Beside::Note,
        Beside::Evidence,
        Beside::Judgement,
        Beside::Severity,
        Beside::Likelihood,
        Beside::FollowUp,
        Beside::Disproved,
        Beside::Explained,
        Beside::Proposed,
    ];

    /// What it is called, in lower case.
    pub fn word(self, language: Language) -> &'static str {
        match self {
            Beside::SaidBy => language.pick("dit par", "said by"),
            Beside::Reason => language.pick("raison", "reason"),
            Beside::AgreedBy => language.pick("d’accord", "agreed by"),
            Beside::Note => language.pick("note", "note"),
            Beside::Evidence => language.pick("preuve", "evidence"),
            Beside::Judgement => language.pick("avis du consultant", "consultant’s judgement"),
            Beside::Severity => language.pick("gravité pour ce client", "severity for this client"),
            Beside::Likelihood => language.pick("vraisemblance pour ce client", "likelihood for this client"),
            Beside::FollowUp => language.pick("se renseigne", "will find out"),
            Beside::Disproved => language.pick("contredit par un relevé", "disproved by a capture"),
            Beside::Explained => language.pick("explication", "explanation"),
            Beside::Proposed => language.pick("proposé par un relevé", "proposed by a capture"),
        }
    }
}

/// What captures have to say about a question, in words; empty where they say nothing.
struct Captured {
    disproved: String,
    explained: String,
    proposed: String,
}

impl<'a> Record<'a> {
    pub fn new(
        questionnaire: &'a Questionnaire,
        assessment: &'a Assessment,
        language: Language,
    ) -> Record<'a> {
        Record { questionnaire, assessment, scope: Scope::new(questionnaire, assessment), language }
    }

    pub fn entry(&self, question: &'a Question) -> Entry<'a> {
        let answer = self.assessment.answer(&question.id);
        let asked = self.scope.asks(question);
        let state = self.assessment.state(question, self.questionnaire);
        let table = self.rows(question);
        let seen = self.assessment.observations.contains_key(&question.id);
        Entry {
            question,
            asked,
            // Rows of a shared table are told with the questions that are asked.
            recorded: answer.is_some() || seen || (table.is_some() && (asked || !self.is_shared(question))),
            state,
            said: self.said(question, answer, state),
            marks: self.marks(answer, asked, state),
            beside: self.beside(question, answer),
            fields: answer.map_or(Vec::new(), |answer| self.cells(&answer.details, question.fields())),
            table,
        }
    }

    fn pick<T>(&self, fr: T, en: T) -> T {
        self.language.pick(fr, en)
    }

    fn said(&self, question: &Question, answer: Option<&Answer>, state: State) -> String {
        match words::answer(self.language, question, answer) {
            Some(value) => plain(&value),
            None if state == State::Answered => self.pick("voir le tableau", "see the table").to_owned(),
            None => self.pick("sans réponse", "not answered").to_owned(),
        }
    }

    fn marks(&self, answer: Option<&Answer>, asked: bool, state: State) -> Vec<String> {
        let mut marks = Vec::new();
        let has_value = answer.is_some_and(|answer| answer.value.is_some());
        if has_value && state == State::Unanswered {
            marks.push(self.pick("ne compte pas encore", "does not count yet").to_owned());
        }
        if !asked {
            marks.push(self.pick("non posée", "not asked").to_owned());
        }
        if let Some(from) = answer.and_then(|answer| answer.carried) {
            let from = self.language.date(from);
            marks.push(self.pick(format!("reprise du {from}"), format!("carried over from {from}")));
        }
        if answer.is_some_and(|answer| answer.flagged) {
            marks.push(self.pick("à revoir", "to come back to").to_owned());
        }
        marks
    }

    fn beside(&self, question: &Question, answer: Option<&Answer>) -> Vec<(Beside, String)> {
        let nothing = Answer::default();
        let answer = answer.unwrap_or(&nothing);
        let captured = self.captured(question);
        let date = |on: Option<jiff::civil::Date>| on.map(|on| self.language.date(on));
        let own = |own: &Override| {
            let figure = words::figure(self.language, own.figure);
            format!("{} ({figure}) · {}", own.figure, own.reason)
        };
        let evidence = answer.evidence.map(|level| {
            let level = words::evidence(self.language, level).to_owned();
            joined([Some(level), date(answer.evidence_on)])
        });
        let who = &answer.follow_up.who;
        let follow_up = joined([Some(who.clone()).filter(|who| !who.is_empty()), date(answer.follow_up.by)]);
        let said = |what: Beside| match what {
            Beside::SaidBy => answer.said_by.clone(),
            Beside::Reason => answer.reason.clone(),
            Beside::AgreedBy => answer.agreed_by.clone(),
            Beside::Note => answer.note.clone(),
            Beside::Evidence => evidence.clone().unwrap_or_default(),
            Beside::Judgement => answer.judgement.clone(),
            Beside::Severity => answer.severity.as_ref().map(own).unwrap_or_default(),
            Beside::Likelihood => answer.likelihood.as_ref().map(own).unwrap_or_default(),
            Beside::FollowUp => follow_up.clone(),
            Beside::Disproved => captured.disproved.clone(),
            Beside::Explained => captured.explained.clone(),
            Beside::Proposed => captured.proposed.clone(),
        };
        let all = Beside::ALL.into_iter().map(|what| (what, plain(said(what).trim())));
        all.filter(|(_, text)| !text.is_empty()).collect()
    }

    fn captured(&self, question: &Question) -> Captured {
        let found = contradiction::contradictions(self.questionnaire, self.assessment, &question.id);
        let disproved: Vec<String> = found.iter().map(|one| proof::seen(self.language, one.seen)).collect();
        // One text explains all that it was written about.
        let mut explained: Vec<String> =
            found.iter().filter_map(|one| proof::resolution(self.language, one)).collect();
        explained.dedup();
        let proposal = contradiction::proposal(self.questionnaire, self.assessment, question);
        let proposed = proposal.map(|proposal| {
            let value = words::value(self.language, question, &proposal.value);
            format!("{value} · {}", proof::seen(self.language, proposal.seen))
        });
        Captured {
            disproved: disproved.join("\n"),
            explained: explained.join("\n"),
            proposed: proposed.unwrap_or_default(),
        }
    }

    fn is_shared(&self, question: &Question) -> bool {
        let table = self.questionnaire.table_of(question);
        table.is_some_and(|(id, _)| self.questionnaire.table(&id).is_some())
    }

    fn rows(&self, question: &'a Question) -> Option<Rows<'a>> {
        let (id, columns) = self.questionnaire.table_of(question)?;
        let rows = self.assessment.rows(&id);
        (!rows.is_empty()).then_some(Rows { id, columns, rows })
    }

    /// Filled cells with their titles, in the order of the columns; then those whose column is unknown here.
    pub fn cells(&self, row: &Row, columns: &[Column]) -> Vec<(String, String)> {
        let known = columns.iter().filter_map(|column| {
            let said = words::cell(self.language, &column.kind, row.get(&column.id)?);
            Some((plain_line(column.title.get(self.language)), plain(&said)))
        });
        let foreign = row.iter().filter(|(id, _)| !columns.iter().any(|column| column.id == **id));
        known.chain(foreign.map(|(id, cell)| (id.to_string(), plain(&cell.word())))).collect()
    }
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
