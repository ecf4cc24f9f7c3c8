//! What is asked? A questionnaire as its author wrote it: the profile, the steps, the tables, the glossary.
//!
//! Reading it from files is the storage's business; what can be wrong with one is in [`super::check`].

use std::collections::BTreeMap;
use std::collections::HashMap;

use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

use super::condition::Condition;
use super::id::ChoiceId;
use super::id::ColumnId;
use super::id::FlagId;
use super::id::QuestionId;
use super::id::StepId;
use super::id::TableId;
use super::resident::Words;
use super::rulebook::Rulebook;
use super::text::Text;

/// The version of the questionnaire files that this program reads.
pub const FORMAT: u32 = 1;

/// `questionnaire.ron`: the head of the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub format: u32,
    /// Never reused for another questionnaire: `seven-steps`.
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub version: String,
    #[serde(default)]
    pub title: Text,
    #[serde(default)]
    pub about: Text,
    /// The day on which the law behind the questions was last looked up.
    pub legal_baseline: Date,
    /// The profile's file first, then a file a step, in the order of asking.
    #[serde(default)]
    pub files: Vec<String>,
    /// The file of the shared tables.
    #[serde(default)]
    pub tables: Option<String>,
    /// The file of the glossary.
    #[serde(default)]
    pub glossary: Option<String>,
    /// The file of the rules by which captures speak about questions.
    #[serde(default)]
    pub evidence: Option<String>,
}

/// A whole questionnaire, with its questions found by id.
#[derive(Debug, Clone, PartialEq)]
pub struct Questionnaire {
    pub head: Head,
    pub profile: Step,
    pub steps: Vec<Step>,
    pub tables: Vec<Table>,
    pub glossary: Vec<Term>,
    /// What captures of a site mean for it.
    pub rulebook: Rulebook,
    /// SHA-256 of its files' names and contents, in hexadecimal.
    pub digest: String,
    places: HashMap<QuestionId, (usize, usize)>,
}

/// One step of the method, or the profile before them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    // What must be there is reported by `check` with everything else, here and below, so that one missing field
    // hides nothing.
    #[serde(default)]
    pub id: StepId,
    #[serde(default)]
    pub title: Text,
    /// One word for narrow places; the title's first where it is missing.
    #[serde(default)]
    pub short: Text,
    /// What to ask first, to open the conversation.
    #[serde(default)]
    pub opening: Text,
    /// How much it weighs in the overall score against the other steps.
    #[serde(default = "one")]
    pub weight: f64,
    /// Profile only: the flags that its answers set.
    #[serde(default)]
    pub flags: Vec<Flag>,
    /// Profile only: the context in which amplified questions are one degree more severe.
    #[serde(default)]
    pub amplify: Option<Condition>,
    #[serde(default)]
    pub questions: Vec<Question>,
}

fn one() -> f64 {
    1.0
}

/// A number that is not there: no number is in range then.
fn missing() -> f64 {
    f64::NAN
}

/// A fact about the business that conditions can name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    #[serde(default)]
    pub id: FlagId,
    #[serde(default)]
    pub title: Text,
    /// For a flag derived from answers; without it, the choices that name the flag set it.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Said of the business when the visit is read; no condition needs it.
    #[serde(default)]
    pub informs: bool,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    #[serde(default)]
    pub id: QuestionId,
    /// A few words, for lists and reports.
    #[serde(default)]
    pub title: Text,
    #[serde(default)]
    pub ask: Text,
    /// Why it matters, and each term explained.
    #[serde(default)]
    pub help: Text,
    /// The evidence to ask for.
    #[serde(default)]
    pub look_for: Text,
    #[serde(default)]
    pub answer: AnswerKind,
    /// What yes, partly and no mean for this very question.
    #[serde(default)]
    pub means: Option<Means>,
    /// Unscored facts asked with it.
    #[serde(default)]
    pub details: Option<Details>,
    #[serde(default)]
    pub when: Condition,
    /// None in the profile and for free text: nothing is scored then.
    #[serde(default)]
    pub risk: Option<Risk>,
    #[serde(default)]
    pub remedy: Option<Remedy>,
    /// A reference duration or a legal deadline, shown while answering.
    #[serde(default)]
    pub reference: Option<Text>,
    #[serde(default)]
    pub law: Vec<Words>,
    /// References in other frameworks, by framework. One that ends with `(?)` is still to be checked.
    #[serde(default)]
    pub maps: BTreeMap<Words, Vec<Words>>,
    /// Part of the express visit.
    #[serde(default)]
    pub express: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Means {
    #[serde(default)]
    pub yes: Text,
    #[serde(default)]
    pub partly: Text,
    #[serde(default)]
    pub no: Text,
}

/// How a question is answered, and what each answer is worth: degrees of control run from 0 to 1.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum AnswerKind {
    /// 1, 0.5, 0.
    YesPartlyNo,
    /// One of these.
    Choice(Vec<Choice>),
    /// Any of these.
    Choices {
        #[serde(default)]
        of: Vec<Choice>,
        #[serde(default)]
        rule: Option<Rule>,
    },
    /// A number, or one of the words beside it.
    Number {
        #[serde(default)]
        unit: Text,
        #[serde(default)]
        min: Option<f64>,
        #[serde(default)]
        max: Option<f64>,
        #[serde(default)]
        bands: Vec<Band>,
        /// The degree above the last band.
        #[serde(default)]
        beyond: f64,
        #[serde(default)]
        or: Vec<Choice>,
    },
    /// A date, worth what its age in months at the visit is worth, or one of the words beside it.
    Date {
        #[serde(default)]
        bands: Vec<AgeBand>,
        /// The degree of anything older than the last band.
        #[serde(default)]
        beyond: f64,
        #[serde(default)]
        or: Vec<Choice>,
    },
    /// Free text; never scored.
    #[default]
    Text,
    /// The rows of a table, each scored.
    Table {
        /// A shared table …
        #[serde(default)]
        of: Option<TableId>,
        /// … or one of its own.
        #[serde(default)]
        columns: Vec<Column>,
        degree: RowDegree,
        /// The column whose choice gives a row its weight, 1 or 2.
        #[serde(default)]
        weight: Option<ColumnId>,
        /// The degree of "we have none", said with a reason.
        #[serde(default = "missing")]
        none_is: f64,
    },
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    #[serde(default)]
    pub id: ChoiceId,
    #[serde(default)]
    pub text: Text,
    /// None leaves what it answers open: a profile fact, or a cell that is "not known".
    #[serde(default)]
    pub degree: Option<f64>,
    /// The weight that it gives to its row, in a table.
    #[serde(default)]
    pub weight: Option<u8>,
    /// The flags that it sets, in the profile.
    #[serde(default)]
    pub sets: Vec<FlagId>,
    /// Choices of one group exclude each other.
    #[serde(default)]
    pub group: Option<String>,
}

/// What several choices together are worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Rule {
    /// The share of the choices that is met.
    Share,
    /// By how many are missing: none, one, …; more than listed is 0.
    Missing(Vec<f64>),
    /// The lowest degree among those chosen.
    Worst,
}

/// Up to and including `upto`, this degree.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    #[serde(default = "missing")]
    pub upto: f64,
    #[serde(default = "missing")]
    pub degree: f64,
}

/// Up to and including this many months old, this degree.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeBand {
    #[serde(default)]
    pub months: u32,
    #[serde(default = "missing")]
    pub degree: f64,
}

/// What a row of a scored table is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowDegree {
    /// The degree of the choice in this column; an empty cell is open.
    Cell(ColumnId),
    /// The share of these columns that is filled.
    Filled(Vec<ColumnId>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Details {
    Table {
        #[serde(default)]
        of: Option<TableId>,
        #[serde(default)]
        columns: Vec<Column>,
    },
    Fields(Vec<Column>),
}

/// A table that exists once a visit, whichever questions refer to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    #[serde(default)]
    pub id: TableId,
    #[serde(default)]
    pub title: Text,
    /// What one row is.
    #[serde(default)]
    pub row: Text,
    #[serde(default)]
    pub columns: Vec<Column>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    #[serde(default)]
    pub id: ColumnId,
    #[serde(default)]
    pub title: Text,
    pub kind: CellKind,
    /// A row without it is incomplete.
    #[serde(default)]
    pub required: bool,
    /// What it is in the records of processing activities; a table with a name in it is exported as such.
    #[serde(default)]
    pub register: Option<RegisterPart>,
}

/// What the records of processing activities are made of: GDPR article 30, in the order of the CNIL's simplified
/// model, with the legal basis that the model lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RegisterPart {
    Name,
    /// The choice `processor` puts a line into the processor's register, article 30(2).
    Role,
    /// For whom a processor works.
    OnBehalfOf,
    Reviewed,
    /// Who answers for it inside the business.
    Owner,
    Purpose,
    LegalBasis,
    Data,
    Retention,
    Sensitive,
    People,
    Recipients,
    Security,
    Transfers,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum CellKind {
    Text,
    /// With its unit.
    Number(Text),
    Date,
    YesNo,
    Choice(Vec<Choice>),
    Choices(Vec<Choice>),
}

/// The risk when the control is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// 1 to 4, in the words of the CNIL's PIA method: negligible, limited, significant, maximum.
    #[serde(default)]
    pub severity: u8,
    /// 1 to 4, within about a year.
    #[serde(default)]
    pub likelihood: u8,
    #[serde(default)]
    pub knockout: bool,
    /// Which of the two the control lowers.
    #[serde(default)]
    pub lowers: Lowers,
    /// One degree more severe where the profile says so.
    #[serde(default)]
    pub amplified: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Lowers {
    #[default]
    Likelihood,
    Severity,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remedy {
    #[serde(default)]
    pub text: Text,
    pub effort: Effort,
    #[serde(default)]
    pub owner: Text,
}

/// At most a day, at most two weeks, more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Effort {
    Small,
    Medium,
    Large,
}

impl Effort {
    /// What it counts for when actions are put in order.
    pub fn size(self) -> u32 {
        match self {
            Effort::Small => 1,
            Effort::Medium => 3,
            Effort::Large => 8,
        }
    }
}

/// A word of the trade, explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub term: Text,
    /// Other forms under which it stands in a text.
    #[serde(default)]
    pub also: Forms,
    #[serde(default)]
    pub meaning: Text,
    #[serde(default)]
    pub law: Vec<Words>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forms {
    #[serde(default)]
    pub fr: Vec<String>,
    #[serde(default)]
    pub en: Vec<String>,
}

impl Questionnaire {
    /// Puts the parts together. Of two questions with one id, the first is the one found.
    pub fn new(
        head: Head,
        profile: Step,
        steps: Vec<Step>,
        tables: Vec<Table>,
        glossary: Vec<Term>,
        digest: String,
    ) -> Questionnaire {
        let mut places = HashMap::new();
        for (part, step) in std::iter::once(&profile).chain(&steps).enumerate() {
            for (index, question) in step.questions.iter().enumerate() {
                places.entry(question.id.clone()).or_insert((part, index));
            }
        }
        let rulebook = Rulebook::default();
        Questionnaire { head, profile, steps, tables, glossary, rulebook, digest, places }
    }

    /// With the rules by which captures speak about its questions.
    #[must_use]
    pub fn with_rulebook(mut self, rulebook: Rulebook) -> Questionnaire {
        self.rulebook = rulebook;
        self
    }

    /// The profile, then the steps.
    pub fn parts(&self) -> impl Iterator<Item = &Step> {
        std::iter::once(&self.profile).chain(&self.steps)
    }

    /// Every question, the profile's first.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.parts().flat_map(|step| &step.questions)
    }

    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        let (part, index) = self.places.get(id)?;
        self.part(*part)?.questions.get(*index)
    }

    /// The step in which a question stands; the profile counts as one.
    pub fn step_of(&self, id: &QuestionId) -> Option<&Step> {
        self.part(self.places.get(id)?.0)
    }

    /// The n-th part: the profile is 0, the steps follow.
    pub fn part(&self, part: usize) -> Option<&Step> {
        match part.checked_sub(1) {
            None => Some(&self.profile),
            Some(step) => self.steps.get(step),
        }
    }

    pub fn table(&self, id: &TableId) -> Option<&Table> {
        self.tables.iter().find(|table| &table.id == id)
    }

    pub fn flag(&self, id: &FlagId) -> Option<&Flag> {
        self.profile.flags.iter().find(|flag| &flag.id == id)
    }

    /// The table that a question fills, scored or not: its id in the assessment, and its columns.
    pub fn table_of<'a>(&'a self, question: &'a Question) -> Option<(TableId, &'a [Column])> {
        let ((AnswerKind::Table { of, columns, .. }, _) | (_, Some(Details::Table { of, columns }))) =
            (&question.answer, &question.details)
        else {
            return None;
        };
        match of {
            Some(id) => self.table(id).map(|table| (id.clone(), table.columns.as_slice())),
            None => Some((TableId::new(question.id.as_str()), columns.as_slice())),
        }
    }
}

impl Question {
    /// The choices that an answer may name: all of them, or the words beside a number or a date.
    pub fn choices(&self) -> &[Choice] {
        match &self.answer {
            AnswerKind::Choice(choices)
            | AnswerKind::Choices { of: choices, .. }
            | AnswerKind::Number { or: choices, .. }
            | AnswerKind::Date { or: choices, .. } => choices,
            AnswerKind::YesPartlyNo | AnswerKind::Text | AnswerKind::Table { .. } => &[],
        }
    }

    pub fn choice(&self, id: &ChoiceId) -> Option<&Choice> {
        self.choices().iter().find(|choice| &choice.id == id)
    }

    /// The fields asked with it, when they are a form and not a table.
    pub fn fields(&self) -> &[Column] {
        match &self.details {
            Some(Details::Fields(fields)) => fields,
            _ => &[],
        }
    }
}

impl Column {
    /// A column that may stay empty.
    pub fn new(id: impl Into<ColumnId>, title: Text, kind: CellKind) -> Column {
        Column { id: id.into(), title, kind, required: false, register: None }
    }
}

impl CellKind {
    pub fn choices(&self) -> &[Choice] {
        match self {
            CellKind::Choice(choices) | CellKind::Choices(choices) => choices,
            CellKind::Text | CellKind::Number(_) | CellKind::Date | CellKind::YesNo => &[],
        }
    }
}
