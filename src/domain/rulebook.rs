//! Which facts of a capture speak about which question? Rules and tables to pre-fill, as a questionnaire's author
//! wrote them.
//!
//! Applying them is in [`super::observing`]; what is wrong with them, in [`super::check`].

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use super::capture::Category;
use super::capture::Kind;
use super::capture::LinkKind;
use super::capture::Phase;
use super::capture::SecurityHeader;
use super::id::ChoiceId;
use super::id::ColumnId;
use super::id::QuestionId;
use super::id::RuleId;
use super::id::TableId;
use super::text::Text;

/// The file `evidence.ron` of a questionnaire: empty for one without it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rulebook {
    /// Of several rules about a question, the first that is met proposes the answer.
    #[serde(default)]
    pub rules: Vec<Rule>,
    #[serde(default)]
    pub tables: Vec<Prefill>,
}

/// When captures show this, that is to be said about a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    #[serde(default)]
    pub id: RuleId,
    #[serde(default)]
    pub question: QuestionId,
    /// Only captures of these phases are looked at; all where none is named.
    #[serde(default)]
    pub phases: Vec<Phase>,
    pub seen: Fact,
    /// Met from this many different things on.
    #[serde(default = "one")]
    pub at_least: usize,
    /// The answer that it proposes, as commands write it.
    #[serde(default)]
    pub proposes: Option<String>,
    /// The answers that cannot be right then.
    #[serde(default)]
    pub disproves: Vec<String>,
    /// For several choices: the answer must include these.
    #[serde(default)]
    pub includes: Vec<ChoiceId>,
    /// Said to whoever decides.
    #[serde(default)]
    pub why: Text,
}

fn one() -> usize {
    1
}

/// What can be seen in a capture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// Hosts of others that were called, of services of these categories; of any where none is named.
    Hosts(Vec<Category>),
    /// Hosts of these services or companies, by their names.
    Services(Vec<String>),
    /// Cookies of others, of services of these categories; of any where none is named.
    Cookies(Vec<Category>),
    /// Cookies of these names, whoever sets them; `*` at the end of a name stands for anything.
    NamedCookies(Vec<String>),
    /// Cookies of these names that live longer than this.
    LongCookies {
        #[serde(default)]
        names: Vec<String>,
        #[serde(default)]
        days: u32,
    },
    /// Hosts that were asked without encryption.
    PlainHttp,
    /// No page of the site was had over https.
    NoHttps,
    /// http:// does not lead to https://.
    NoRedirectToHttps,
    /// Forms that are sent without encryption.
    UnsafeForms,
    /// Parameters of addresses that tell a person or a browser from others.
    Identifiers,
    /// A page of the site came without this header.
    WithoutHeader(SecurityHeader),
    /// Links to pages of this kind.
    Links(LinkKind),
    /// What any of these shows.
    Any(Vec<Fact>),
    /// Nothing of it was seen, in captures that could have shown it.
    Without(Box<Fact>),
}

/// A table that captures can fill in part, a line for each thing seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prefill {
    #[serde(default)]
    pub table: TableId,
    /// What a line is.
    pub of: Things,
    /// What goes into which column; the first names the thing, and no line is proposed that the table has already.
    #[serde(default)]
    pub columns: Vec<(ColumnId, Part)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Things {
    /// A line for each domain of others.
    Domains,
    /// A line for each known company behind them.
    Companies,
    /// A line for each field of a form.
    Fields,
}

/// What of a thing goes into a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    Name,
    Company,
    /// What the services are called.
    Service,
    /// Of the company's seat: two letters.
    Country,
    /// The page of a form.
    Page,
    /// Where a form is sent to.
    Action,
    /// The names of its cookies.
    Cookies,
    /// In days.
    LongestCookie,
    /// Whether it was seen in this phase; empty where there is no such capture.
    Seen(Phase),
    /// The choice for the first of these that was asked for.
    Kind(Vec<(Kind, ChoiceId)>),
    /// The choice for its category.
    Category(BTreeMap<Category, ChoiceId>),
    /// Always this text or choice.
    Always(String),
}

impl Rulebook {
    pub fn rule(&self, id: &RuleId) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == *id)
    }

    pub fn prefill(&self, table: &TableId) -> Option<&Prefill> {
        self.tables.iter().find(|prefill| prefill.table == *table)
    }
}
