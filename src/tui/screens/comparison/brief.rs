//! What is a client to be told? The lines of the summary in their order, before they are put into words.

use super::seen::Seen;
use crate::domain::comparison::CapChange;
use crate::domain::comparison::Mover;
use crate::domain::comparison::Part;
use crate::domain::comparison::Side;
use crate::domain::comparison::StepChange;
use crate::domain::id::QuestionId;
use crate::domain::id::StepId;
use crate::domain::scoring::Cap;
use crate::tui::screens::look::Look;

/// As many of a list are named; how many more there are is said.
const MOST: usize = 8;
/// As many questions that moved the score most, up and down.
const MOVERS: usize = 6;
/// Below this, in points, a question moved nothing that can be seen.
const SEEN: f64 = 0.05;

/// A part of the summary, with a heading of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Why,
    Caps,
    Steps,
    Better,
    Worse,
    Closed,
    Opened,
    Eased,
    Aggravated,
    ActionsClosed,
    ActionsOpened,
    Overdue,
    Lapsed,
    Carried,
    Comparable,
}

impl Section {
    pub fn title(self, look: Look) -> &'static str {
        match self {
            Section::Why => {
                look.pick("Pourquoi le score a bougé, en points", "Why the score moved, in points")
            }
            Section::Caps => look.pick("Plafonds de l’ensemble", "Caps of the whole"),
            Section::Steps => look.pick(
                "Étape par étape\u{202f}: score, écart, écart sans plafond",
                "Step by step: score, difference, difference without caps",
            ),
            Section::Better => look.pick(
                "Ce qui a le plus progressé, en points sans plafond",
                "What improved most, in points without caps",
            ),
            Section::Worse => {
                look.pick("Ce qui a reculé, en points sans plafond", "What slipped, in points without caps")
            }
            Section::Closed => look.pick("Constats levés", "Findings closed"),
            Section::Opened => look.pick("Nouveaux constats", "Findings opened"),
            Section::Eased => look.pick("Constats atténués", "Findings eased"),
            Section::Aggravated => look.pick("Constats aggravés", "Findings worsened"),
            Section::ActionsClosed => look.pick("Actions closes", "Actions closed"),
            Section::ActionsOpened => look.pick("Actions ouvertes depuis", "Actions opened"),
            Section::Overdue => look.pick("Actions en retard", "Actions overdue"),
            Section::Lapsed => look.pick(
                "Preuves de plus de douze mois, périmées depuis",
                "Evidence older than twelve months, lapsed since",
            ),
            Section::Carried => {
                look.pick("Réponses reprises, à confirmer", "Answers carried over, to be confirmed")
            }
            Section::Comparable => look.pick("Ce qui se compare", "What can be compared"),
        }
    }
}

/// One line of the summary, or a few that belong together.
#[derive(Debug, Clone, Copy)]
pub enum Item<'a> {
    /// With how many there are in all, where they are counted.
    Heading(Section, Option<usize>),
    /// What to say first.
    Headline,
    Figures,
    /// The three parts and the whole.
    Split,
    /// What holds the score down now.
    Holds(&'a Cap),
    Cap(CapLine<'a>),
    Step(&'a StepChange),
    Mover(&'a Mover),
    Question(Section, &'a QuestionId),
    /// So many are those of the findings, named above.
    Above(Section, usize),
    /// So many are not named here.
    More(usize),
    Comparable,
}

/// What became of a cap.
#[derive(Debug, Clone, Copy)]
pub enum CapLine<'a> {
    Gone(&'a CapChange),
    New(&'a CapChange),
    /// It still applies, with other questions behind it.
    Others(&'a CapChange),
    /// One came where another went, for some of the same questions.
    Instead {
        old: &'a CapChange,
        new: &'a CapChange,
    },
}

impl<'a> CapLine<'a> {
    fn question(self) -> Option<&'a QuestionId> {
        match self {
            CapLine::Gone(change) => change.from.first(),
            CapLine::New(change) | CapLine::Others(change) => change.to.first(),
            CapLine::Instead { new, .. } => new.to.first(),
        }
    }
}

/// What became of the caps of the whole, or of a step.
pub fn caps<'a>(seen: Seen<'a>, step: Option<&StepId>) -> Vec<CapLine<'a>> {
    let here: Vec<&CapChange> = seen.found.caps.iter().filter(|cap| cap.step.as_ref() == step).collect();
    let shares = |one: &CapChange, other: &CapChange| one.to.iter().any(|id| other.from.contains(id));
    let replaces = |new: &CapChange, old: &CapChange| new.appeared() && old.went() && shares(new, old);
    let replaced = |old: &CapChange| here.iter().any(|new| replaces(new, old));
    let line = |change: &&'a CapChange| {
        let old = here.iter().find(|old| replaces(change, old));
        Some(match old {
            Some(old) => CapLine::Instead { old, new: change },
            None if change.appeared() => CapLine::New(change),
            None if replaced(change) => return None,
            None if change.went() => CapLine::Gone(change),
            None => CapLine::Others(change),
        })
    };
    here.iter().filter_map(line).collect()
}

impl<'a> Item<'a> {
    /// Something that the pointer can stand on.
    pub fn is_stop(&self) -> bool {
        !matches!(self, Item::Heading(..))
    }

    /// The question whose history it opens.
    pub fn question(&self) -> Option<&'a QuestionId> {
        match self {
            Item::Question(_, question) => Some(question),
            Item::Mover(mover) => Some(&mover.question),
            Item::Holds(cap) => cap.because.first(),
            Item::Cap(line) => line.question(),
            _ => None,
        }
    }
}

/// Everything that is to be told, in order.
pub fn items(seen: Seen<'_>) -> Vec<Item<'_>> {
    let found = seen.found;
    let mut items = vec![Item::Headline, Item::Figures];
    if found.score.is_some() {
        items.extend([Item::Heading(Section::Why, None), Item::Split]);
    }
    whole(seen, &mut items);
    items.push(Item::Heading(Section::Steps, None));
    items.extend(found.steps.iter().map(Item::Step));
    movers(seen, &mut items);
    let findings = &found.findings;
    list(Section::Closed, &findings.closed, &mut items);
    list(Section::Opened, &findings.opened, &mut items);
    list(Section::Eased, &findings.eased, &mut items);
    list(Section::Aggravated, &findings.worsened, &mut items);
    let actions = &found.actions;
    beyond(Section::ActionsClosed, &actions.closed, &findings.closed, &mut items);
    beyond(Section::ActionsOpened, &actions.opened, &findings.opened, &mut items);
    list(Section::Overdue, &actions.overdue, &mut items);
    let lapsed = found.changes.iter().filter(|change| {
        let of = |side: &Option<Side>| side.as_ref().map(|side| side.lapsed);
        change.parts.contains(&Part::Evidence)
            && of(&change.from) == Some(false)
            && of(&change.to) == Some(true)
    });
    list(Section::Lapsed, lapsed.map(|change| &change.question), &mut items);
    list(Section::Carried, carried(seen), &mut items);
    items.extend([Item::Heading(Section::Comparable, None), Item::Comparable]);
    items
}

/// What holds the whole down, and what became of its caps.
fn whole<'a>(seen: Seen<'a>, items: &mut Vec<Item<'a>>) {
    let changed = caps(seen, None);
    let score = seen.score.overall.figures.score;
    let holds = seen.score.overall.caps.iter().find(|cap| score == Some(cap.kind.cap()));
    if changed.is_empty() && holds.is_none() {
        return;
    }
    items.push(Item::Heading(Section::Caps, None));
    items.extend(holds.map(Item::Holds));
    items.extend(changed.into_iter().map(Item::Cap));
}

fn movers<'a>(seen: Seen<'a>, items: &mut Vec<Item<'a>>) {
    let all = &seen.found.movers;
    let better: Vec<&Mover> = all.iter().filter(|mover| mover.raw >= SEEN).collect();
    let worse: Vec<&Mover> = all.iter().filter(|mover| mover.raw <= -SEEN).collect();
    for (section, movers) in [(Section::Better, better), (Section::Worse, worse)] {
        if !movers.is_empty() {
            items.push(Item::Heading(section, Some(movers.len())));
            items.extend(movers.iter().copied().take(MOVERS).map(Item::Mover));
            items.extend(movers.len().checked_sub(MOVERS).filter(|more| *more > 0).map(Item::More));
        }
    }
}

/// Scored answers of the later visit that nobody has confirmed yet.
fn carried(seen: Seen<'_>) -> impl Iterator<Item = &QuestionId> {
    let is_carried =
        move |id: &QuestionId| seen.now.assessment.answer(id).is_some_and(|answer| answer.carried.is_some());
    let scored = seen.score.questions.iter().filter(|question| question.degree.is_some());
    scored.map(|question| &question.id).filter(move |id| is_carried(id))
}

fn list<'a>(
    section: Section,
    questions: impl IntoIterator<Item = &'a QuestionId>,
    items: &mut Vec<Item<'a>>,
) {
    let questions: Vec<&QuestionId> = questions.into_iter().collect();
    if questions.is_empty() {
        return;
    }
    items.push(Item::Heading(section, Some(questions.len())));
    items.extend(questions.iter().take(MOST).map(|question| Item::Question(section, question)));
    items.extend(questions.len().checked_sub(MOST).filter(|more| *more > 0).map(Item::More));
}

/// Those actions that are not simply the findings named before; of the others, how many they are.
fn beyond<'a>(
    section: Section,
    actions: &'a [QuestionId],
    findings: &[QuestionId],
    items: &mut Vec<Item<'a>>,
) {
    let others: Vec<&QuestionId> = actions.iter().filter(|id| !findings.contains(id)).collect();
    let above = actions.len() - others.len();
    if actions.is_empty() {
        return;
    }
    items.push(Item::Heading(section, Some(actions.len())));
    if above > 0 {
        items.push(Item::Above(section, above));
    }
    items.extend(others.iter().take(MOST).map(|question| Item::Question(section, question)));
    items.extend(others.len().checked_sub(MOST).filter(|more| *more > 0).map(Item::More));
}
