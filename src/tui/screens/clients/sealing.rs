//! Which visit is opened, and which is sealed? What a client's page lets one choose from.

use super::sitting::Sitting;
use crate::domain::text::Text;
use crate::storage::seals::Unconfirmed;
use crate::tui::screens::chooser::Chooser;
use crate::tui::screens::chooser::Item;
use crate::tui::screens::chooser::Purpose;

/// A visit that is being sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Underway {
    pub reference: String,
    /// How many bytes of its evidence are read, of how many.
    pub done: u64,
    pub total: u64,
}

impl Underway {
    /// `Sealing acme@2026-11-23: 512 of 3,000 MB of evidence read; S gives it up`
    pub fn said(&self) -> Text {
        let (reference, done, total) = (&self.reference, megabytes(self.done), megabytes(self.total));
        Text::new(
            format!(
                "{reference} est en train d’être scellée\u{a0}: {done} Mo de preuves lus sur {total}\u{202f}; S y renonce"
            ),
            format!("{reference} is being sealed: {done} of {total} MB of evidence read; S gives it up"),
        )
    }
}

/// A client whose seals are being checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checking {
    pub folder: String,
    /// How many bytes of the evidence are read, of how many.
    pub done: u64,
    pub total: u64,
}

impl Checking {
    /// `The seals of acme are being checked: 512 of 3,000 MB of evidence read; V gives it up`
    pub fn said(&self) -> Text {
        let (folder, done, total) = (&self.folder, megabytes(self.done), megabytes(self.total));
        Text::new(
            format!(
                "vérification des sceaux de {folder}\u{a0}: {done} Mo de preuves lus sur {total}\u{202f}; V y renonce"
            ),
            format!(
                "the seals of {folder} are being checked: {done} of {total} MB of evidence read; V gives it up"
            ),
        )
    }
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

/// The visits to open, the latest first; none where there is no choice.
pub fn which_to_open(folder: &str, visits: &[Sitting]) -> Option<Chooser> {
    let sealed = Text::new("scellée\u{202f}: lecture seule", "sealed: to be read only");
    let items = visits.iter().rev().map(|visit| Item {
        words: visit.called(),
        aside: if visit.is_sealed() { sealed.clone() } else { Text::default() },
    });
    let items: Vec<Item> = items.collect();
    let purpose = Purpose::Opening {
        folder: folder.to_owned(),
        visits: visits.iter().rev().map(|visit| visit.visit.clone()).collect(),
    };
    let title = Text::new("Quelle visite ouvrir\u{202f}?", "Which visit to open?");
    (items.len() > 1).then(|| Chooser::new(purpose, title, items, 0))
}

/// The visits that are not sealed, the latest first as everywhere; what comes first to hand is the oldest, since they are
/// sealed in their order. Of a single one it is asked at once whether it is meant.
pub fn which_to_seal(folder: &str, visits: &[Sitting]) -> Option<Chooser> {
    let open: Vec<&Sitting> = visits.iter().rev().filter(|visit| !visit.is_sealed()).collect();
    match open.as_slice() {
        [] => None,
        [only] => Some(question(folder, only, visits)),
        _ => {
            let items = open.iter().map(|visit| Item { words: visit.called(), aside: told(visit) });
            let title = Text::new("Quelle visite sceller\u{202f}?", "Which visit to seal?");
            let purpose = Purpose::Sealing {
                folder: folder.to_owned(),
                visits: open.iter().map(|visit| visit.visit.clone()).collect(),
            };
            Some(Chooser::new(purpose, title, items.collect(), open.len() - 1))
        }
    }
}

/// Asks whether it is meant: a seal is never taken off, so keeping the visit open comes first. `all` are oldest first.
pub fn question(folder: &str, visit: &Sitting, all: &[Sitting]) -> Chooser {
    let called = visit.called();
    let title = Text::new(
        format!("Sceller la visite du {}\u{202f}? Elle ne changera plus.", called.fr),
        format!("Seal the visit of {}? It will not change any more.", called.en),
    );
    let older = all.iter().take_while(|other| other.visit != visit.visit).filter(|other| !other.is_sealed());
    let (told, older) = (told(visit), left_open(older.count()));
    let aside = match (told.en.is_empty(), older.en.is_empty()) {
        (true, _) => older,
        (_, true) => told,
        _ => Text::new(format!("{} ; {}", told.fr, older.fr), format!("{}; {}", told.en, older.en)),
    };
    let items = vec![
        Item {
            words: Text::new("Non, la laisser ouverte", "No, leave it open"),
            aside: Text::new("pour confirmer ou corriger", "to confirm or correct"),
        },
        Item { words: Text::new("Oui, sceller", "Yes, seal it"), aside },
    ];
    let unconfirmed = if visit.unconfirmed > 0 { Unconfirmed::Accept } else { Unconfirmed::Refuse };
    let purpose =
        Purpose::SealingMeant { folder: folder.to_owned(), visit: visit.visit.clone(), unconfirmed };
    Chooser::new(purpose, title, items, 0)
}

/// Older visits that can then not be sealed any more.
fn left_open(older: usize) -> Text {
    match older {
        0 => Text::default(),
        _ => Text::counted(
            older,
            ("plus ancienne restera sans sceau", "plus anciennes resteront sans sceau"),
            ("older one stays without a seal", "older ones stay without a seal"),
        ),
    }
}

/// What would be sealed as it is although somebody should look at it first.
fn told(visit: &Sitting) -> Text {
    let unconfirmed = Text::counted(
        visit.unconfirmed,
        ("reprise non confirmée", "reprises non confirmées"),
        ("carried over, not confirmed", "carried over, not confirmed"),
    );
    let disproved = Text::counted(visit.disproved, ("contredite", "contredites"), ("disproved", "disproved"));
    match (visit.unconfirmed, visit.disproved) {
        (0, 0) => Text::default(),
        (_, 0) => unconfirmed,
        (0, _) => disproved,
        _ => Text::new(
            format!("{}, {}", unconfirmed.fr, disproved.fr),
            format!("{}, {}", unconfirmed.en, disproved.en),
        ),
    }
}
