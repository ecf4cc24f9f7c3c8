//! Which key was pressed, and how is it printed? Keys as the table names them, whatever the keyboard and the terminal.

use crossterm::event::KeyCode;
use crossterm::event::KeyEvent;
use crossterm::event::KeyModifiers;

use crate::domain::text::Language;

/// A key as the table names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Char(char),
    Ctrl(char),
    Code(KeyCode),
    /// `1` to `9` and `0`, and the unshifted top row of a French keyboard.
    Digit,
}

impl Key {
    pub(super) fn matches(self, event: KeyEvent) -> bool {
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        match (self, event.code) {
            (Key::Char(wanted), KeyCode::Char(letter)) => plain(event) && letter == wanted,
            (Key::Ctrl(wanted), KeyCode::Char(letter)) => {
                control && !plain(event) && letter.eq_ignore_ascii_case(&wanted)
            }
            (Key::Digit, KeyCode::Char(letter)) => plain(event) && digit(letter).is_some(),
            (Key::Code(wanted), code) => code == wanted,
            _ => false,
        }
    }

    /// As it is printed: `y`, `Ctrl-R`, `Entrée`, `1–9`.
    pub fn name(self, language: Language) -> String {
        match self {
            Key::Char(' ') => language.pick("Espace", "Space").to_owned(),
            Key::Char(letter) => letter.to_string(),
            Key::Ctrl(letter) => format!("Ctrl-{}", letter.to_ascii_uppercase()),
            Key::Digit => "1–9".to_owned(),
            Key::Code(code) => code_name(code, language),
        }
    }
}

/// No Ctrl and no Alt; `AltGr`, which some terminals report as both, is plain.
pub(super) fn plain(event: KeyEvent) -> bool {
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    control == event.modifiers.contains(KeyModifiers::ALT)
}

/// The digit that a key stands for, with or without Shift on a French keyboard.
pub fn digit(letter: char) -> Option<u8> {
    const UNSHIFTED: [char; 10] = ['à', '&', 'é', '"', '\'', '(', '-', 'è', '_', 'ç'];
    let unshifted =
        UNSHIFTED.iter().position(|key| *key == letter).and_then(|digit| u8::try_from(digit).ok());
    unshifted.or_else(|| letter.to_digit(10).and_then(|digit| u8::try_from(digit).ok()))
}

fn code_name(code: KeyCode, language: Language) -> String {
    let name = match code {
        KeyCode::Enter => language.pick("Entrée", "Enter"),
        KeyCode::Esc => language.pick("Échap", "Esc"),
        KeyCode::Tab => "Tab",
        KeyCode::BackTab => language.pick("Maj-Tab", "Shift-Tab"),
        KeyCode::Up => "↑",
        KeyCode::Down => "↓",
        KeyCode::Left => "←",
        KeyCode::Right => "→",
        KeyCode::PageUp => language.pick("Page↑", "PgUp"),
        KeyCode::PageDown => language.pick("Page↓", "PgDn"),
        KeyCode::Home => language.pick("Début", "Home"),
        KeyCode::End => language.pick("Fin", "End"),
        KeyCode::Delete => language.pick("Suppr", "Del"),
        KeyCode::Backspace => language.pick("Retour arrière", "Backspace"),
        KeyCode::F(number) => return format!("F{number}"),
        _ => "",
    };
    name.to_owned()
}
