//! Where does French typography want a narrow no-break space, and an ordinary one stands?

use super::texts::Said;
use crate::domain::check::Problem;
use crate::domain::text::Language;
use crate::domain::text::Text;

/// One piece of advice a text, for the first place in it.
pub fn advise(texts: &[Said]) -> Vec<Problem> {
    let mut advice = Vec::new();
    for said in texts {
        let letters = said.text.fr.chars();
        let wrong = letters.clone().zip(letters.skip(1)).find_map(|pair| match pair {
            (' ', mark @ ('?' | '!' | ':' | ';' | '»')) => Some(("devant", "before", mark)),
            ('«', ' ') => Some(("après", "after", '«')),
            _ => None,
        });
        if let Some((fr, en, mark)) = wrong {
            let message = Text::new(
                format!("espace ordinaire {fr} {mark}, au lieu d’une espace fine insécable (U+202F)"),
                format!("ordinary space {en} {mark} instead of a narrow no-break space (U+202F)"),
            );
            advice.push(Problem { place: said.place(Language::Fr), message });
        }
    }
    advice
}
