//! Which visit is to go? Those that are there into the trash, those in the trash for good.

use super::sitting::called;
use crate::domain::text::Text;
use crate::tui::effect::Binned;
use crate::tui::screens::chooser::Chooser;
use crate::tui::screens::chooser::Doomed;
use crate::tui::screens::chooser::Item;
use crate::tui::screens::chooser::Purpose;

/// The visits of a client; none where there is nothing to choose.
pub fn chooser(folder: String, visits: Vec<String>, deleted: Vec<Binned>) -> Option<Chooser> {
    let into_the_trash = Text::new("va dans la corbeille", "goes into the trash");
    let in_the_trash =
        Text::new("dans la corbeille\u{a0}: effacer pour de bon", "in the trash: erase for good");
    let mut items: Vec<Item> =
        visits.iter().map(|visit| Item { words: called(visit), aside: into_the_trash.clone() }).collect();
    items.extend(
        deleted.iter().map(|binned| Item { words: called(&binned.visit), aside: in_the_trash.clone() }),
    );
    let mut choices: Vec<Doomed> = visits.into_iter().map(Doomed::Visit).collect();
    choices.extend(deleted.into_iter().map(|binned| {
        let reference = format!("{folder}@{}", binned.visit);
        Doomed::Binned { id: binned.id, reference }
    }));
    let title = Text::new("Quelle visite supprimer\u{202f}?", "Which visit to delete?");
    (!items.is_empty()).then(|| Chooser::new(Purpose::Deleting { folder, choices }, title, items, 0))
}

/// Asks whether it is meant: keeping comes first.
pub fn question(id: String, reference: &str) -> Chooser {
    let title = Text::new(
        format!("Effacer {reference} pour de bon\u{202f}?"),
        format!("Erase {reference} for good?"),
    );
    let items = vec![
        Item {
            words: Text::new("Non, garder dans la corbeille", "No, keep it in the trash"),
            aside: Text::default(),
        },
        Item {
            words: Text::new("Oui, effacer", "Yes, erase it"),
            aside: Text::new(
                "avec ses états antérieurs, ses documents, et les preuves d’elle seule",
                "with its earlier states, its documents, and the evidence of it alone",
            ),
        },
    ];
    Chooser::new(Purpose::Erasing { id }, title, items, 0)
}
