//! How does a text get from here into the clipboard of whoever sits at the terminal, over any number of lines?
//!
//! By OSC 52: the terminal is asked to take it, wherever the program runs. It never answers, so that nobody knows here
//! whether it did; what is known is which terminals cannot.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A longer text is not sent: terminals drop it, or take a part.
pub const MOST: usize = 74_994;

/// How the terminal is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The terminal itself, as far as can be seen.
    Direct,
    /// tmux stands between: it takes the text for itself where it is set so, or hands it through where it is set so.
    Tmux,
    /// Nothing that takes a text.
    Nowhere,
}

impl Reach {
    /// What the environment tells of the terminal.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Reach {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let terminal = set("TERM").unwrap_or_default();
        if set("TMUX").is_some() || terminal.starts_with("tmux") {
            return Reach::Tmux;
        }
        // screen swallows it; so do consoles, and the terminal that comes with macOS.
        let cannot = terminal.is_empty()
            || ["dumb", "linux", "cons25", "vt", "screen"].iter().any(|name| terminal.starts_with(name))
            || set("STY").is_some()
            || set("TERM_PROGRAM").is_some_and(|name| name == "Apple_Terminal");
        if cannot { Reach::Nowhere } else { Reach::Direct }
    }

    /// What is to be written to the terminal; none where that is of no use.
    pub fn sequence(self, text: &str) -> Option<String> {
        if text.len() > MOST {
            return None;
        }
        let plain = format!("\x1b]52;c;{}\x1b\\", STANDARD.encode(text));
        match self {
            Reach::Direct => Some(plain),
            // Both: which of the two tmux lets pass is a matter of its settings, and the other it drops.
            Reach::Tmux => Some(format!("{plain}\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b"))),
            Reach::Nowhere => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(variables: &[(&str, &str)]) -> Reach {
        let value = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        Reach::from_environment(value)
    }

    #[test]
    fn a_terminal_that_cannot_take_a_text_is_not_asked_to() {
        for terminal in ["", "dumb", "linux", "vt100", "screen", "screen.xterm-256color"] {
            assert_eq!(reach(&[("TERM", terminal)]), Reach::Nowhere, "{terminal}");
        }
        assert_eq!(reach(&[("TERM", "xterm-256color"), ("STY", "12.tty")]), Reach::Nowhere);
        assert_eq!(reach(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")]), Reach::Nowhere);
        assert_eq!(Reach::Nowhere.sequence("abc"), None);
    }

    #[test]
    fn tmux_is_told_in_both_of_its_ways() {
        for variables in
            [[("TERM", "screen-256color"), ("TMUX", "socket,1,0")], [("TERM", "tmux-256color"), ("STY", "")]]
        {
            assert_eq!(reach(&variables), Reach::Tmux);
        }
        let sent = Reach::Tmux.sequence("foo").unwrap();
        assert_eq!(sent, "\x1b]52;c;Zm9v\x1b\\\x1bPtmux;\x1b\x1b]52;c;Zm9v\x1b\x1b\\\x1b\\");
    }

    #[test]
    fn only_so_much_is_sent() {
        assert_eq!(reach(&[("TERM", "foot")]), Reach::Direct);
        assert!(Reach::Direct.sequence(&"a".repeat(MOST)).is_some_and(|sent| sent.len() < 100_010));
        assert_eq!(Reach::Direct.sequence(&"a".repeat(MOST + 1)), None);
    }
}
