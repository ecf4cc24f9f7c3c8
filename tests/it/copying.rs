//! Is there a text to copy wherever something is in front of one, and nowhere else?

use privaudit::domain::text::Language;
use privaudit::tui::clipboard::Reach;

use crate::consultant::Consultant;

/// What a session shows whose terminal takes nothing.
fn bare(keys: &str, language: Language) -> (String, String) {
    let mut consultant = Consultant::begins(language);
    consultant.session.model.clipboard = Reach::Nowhere;
    consultant.finds("audit.inventory.documented").keys("n").finds("audit.inventory.documented");
    consultant.keys(keys).keys("C");
    let rows = consultant.rows();
    let notice = rows[rows.len().saturating_sub(3)..].join(" ");
    (rows.join("\n"), notice)
}

#[test]
fn each_screen_has_a_text_to_copy() {
    let places = [
        ("", "Answer: No"),
        ("r", "Where this figure comes from"),
        ("r <Enter>", "Where this figure comes from"),
        ("a", "Who: "),
        ("R", "# "),
        ("?", "Help"),
        ("m", "Words explained"),
    ];
    for (keys, text) in places {
        let (screen, notice) = bare(keys, Language::En);
        assert!(screen.to_lowercase().contains(&text.to_lowercase()), "{keys:?}\n{screen}");
        assert!(notice.contains("without a frame"), "{keys:?}\n{screen}");
    }
}

#[test]
fn where_there_is_nothing_to_copy_it_is_said() {
    for keys in ["c", "i", "v"] {
        let (screen, notice) = bare(keys, Language::Fr);
        let said = notice.contains("rien à copier ici") || keys == "v";
        assert!(said && !notice.contains("sans cadre"), "{keys:?}\n{screen}");
    }
}

#[test]
fn a_bare_text_has_nothing_beside_it_and_its_end_can_be_reached() {
    let mut consultant = Consultant::begins(Language::En);
    consultant.session.model.clipboard = Reach::Nowhere;
    consultant.keys("? C");
    let first = consultant.rows();
    assert!(!first.join("").contains(['│', '╭', '─']), "{}", first.join("\n"));
    consultant.keys("G");
    let last = consultant.rows();
    assert_ne!(first, last);
    consultant.keys("k");
    assert_ne!(last, consultant.rows(), "one step back is seen at once");
    consultant.keys("q q");
    assert!(consultant.session.model.layers.is_empty());
}
