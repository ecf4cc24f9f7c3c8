//! Which texts are too long for the interview in a window of 80 columns and 24 lines?

use super::texts::Role;
use super::texts::Said;
use crate::domain::check::Problem;
use crate::domain::text::Language;
use crate::domain::text::Text;

pub fn advise(texts: &[Said]) -> Vec<Problem> {
    let mut advice = Vec::new();
    for said in texts {
        let Some(most) = most(said.role) else { continue };
        for language in [Language::Fr, Language::En] {
            let length = said.text.get(language).chars().count();
            if length > most {
                let message = Text::new(
                    format!("texte de {length} caractères\u{202f}: à l’écran il en tient {most}"),
                    format!("a text of {length} characters: the screen has room for {most}"),
                );
                advice.push(Problem { place: said.place(language), message });
            }
        }
    }
    advice
}

/// The most characters that fit where a text stands.
fn most(role: Role) -> Option<usize> {
    match role {
        Role::Title => Some(45),
        Role::Ask => Some(200),
        Role::Help => Some(480),
        Role::LookFor => Some(220),
        Role::Means => Some(105),
        Role::Remedy => Some(260),
        Role::Other => None,
    }
}
