//! What did captures show about an answer? What a rule saw, and what somebody wrote where it disproves the answer.
//!
//! Both are kept in the visit, so that a score depends on nothing else. Seeing is in [`super::observing`]; which
//! answers it disproves, in [`super::contradiction`].

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

use super::id::RuleId;

/// How many things are kept as proof; [`Observation::count`] tells how many there were.
pub const MOST_PROOF: usize = 12;

/// A rule that the captures of a visit meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observation {
    pub rule: RuleId,
    /// The day of the youngest capture that shows it.
    pub on: Date,
    /// The digests of the captures that show it.
    pub captures: BTreeSet<String>,
    /// How many different things were seen; none where their absence is what was seen.
    #[serde(default)]
    pub count: usize,
    /// The first of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Proof>,
}

/// One thing that was seen: a host, a cookie, an address, a header.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// A name without any value: `doubleclick.net`, `_ga`.
    pub what: String,
    /// Whose it is or where it was seen: the company, the host, the page.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of: String,
    /// How long a cookie lives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
}

/// What somebody wrote about an answer that captures disprove: why both are right, or what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    pub rule: RuleId,
    /// What it was written about: another capture that shows the same opens the contradiction again.
    pub captures: BTreeSet<String>,
    pub text: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    pub on: Date,
}
