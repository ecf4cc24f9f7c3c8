//! Does one language say more than the other? By the length of the texts, and by the figures in them.

use std::collections::BTreeSet;

use super::texts::Said;
use crate::domain::check::Problem;
use crate::domain::text::Language;
use crate::domain::text::Text;

/// Shorter texts differ in length for no reason.
const LONG: usize = 100;

/// French for English, in percent: the same said in French is about a fifth longer.
const SHORTEST: usize = 65;
const LONGEST: usize = 170;

pub fn advise(texts: &[Said]) -> Vec<Problem> {
    let both = texts.iter().filter(|said| !said.text.fr.trim().is_empty() && !said.text.en.trim().is_empty());
    both.flat_map(|said| [length(said), figures(said)]).flatten().collect()
}

fn length(said: &Said) -> Option<Problem> {
    let (french, english) = (said.text.fr.chars().count(), said.text.en.chars().count());
    if french.max(english) < LONG {
        return None;
    }
    let says_less = if french * 100 > english * LONGEST {
        Language::En
    } else if french * 100 < english * SHORTEST {
        Language::Fr
    } else {
        return None;
    };
    let message = Text::new(
        format!(
            "{} en dit moins que {}\u{202f}: {french} caractères en français, {english} en anglais",
            says_less.pick("le français", "l’anglais"),
            says_less.pick("l’anglais", "le français"),
        ),
        format!(
            "the {} says less than the {}: {french} characters in French, {english} in English",
            says_less.pick("French", "English"),
            says_less.pick("English", "French"),
        ),
    );
    Some(Problem { place: said.place(says_less), message })
}

fn figures(said: &Said) -> Option<Problem> {
    let french = Figures::of(&said.text.fr, Language::Fr);
    let english = Figures::of(&said.text.en, Language::En);
    let (only_french, only_english) = (french.missing_from(&english), english.missing_from(&french));
    let language = match (only_french.is_empty(), only_english.is_empty()) {
        (true, true) => return None,
        (false, _) => Language::Fr,
        (true, false) => Language::En,
    };
    let or_none =
        |figures: &str, none: &str| if figures.is_empty() { none.to_owned() } else { figures.to_owned() };
    let message = Text::new(
        format!(
            "les nombres diffèrent\u{202f}: en français seulement {}, en anglais seulement {}",
            or_none(&only_french, "aucun"),
            or_none(&only_english, "aucun")
        ),
        format!(
            "the figures differ: in French only {}, in English only {}",
            or_none(&only_french, "none"),
            or_none(&only_english, "none")
        ),
    );
    Some(Problem { place: said.place(language), message })
}

/// The numbers of a text.
struct Figures {
    /// In digits, without what groups them: `100000`.
    digits: BTreeSet<String>,
    /// Spelt out; they count where the other language has digits.
    words: BTreeSet<String>,
}

impl Figures {
    fn of(text: &str, language: Language) -> Figures {
        let letters: Vec<char> = text.chars().collect();
        let mut digits = BTreeSet::new();
        let mut number = String::new();
        let mut at = 0;
        while let Some(letter) = letters.get(at) {
            if letter.is_ascii_digit() {
                number.push(*letter);
            } else if !number.is_empty() && !groups(&letters, at, language) {
                digits.insert(std::mem::take(&mut number));
            }
            at += 1;
        }
        digits.insert(number);
        let digits = digits.iter().map(|number| number.trim_start_matches('0').to_owned());
        let lower = text.to_lowercase();
        let words = lower.split(|letter: char| !letter.is_alphabetic());
        let words = words.filter_map(|word| spelt(word, language)).map(|number| number.to_string());
        Figures { digits: digits.filter(|number| !number.is_empty()).collect(), words: words.collect() }
    }

    /// The digits that another text lacks, `24, 36`.
    fn missing_from(&self, other: &Figures) -> String {
        let missing = self.digits.iter();
        let missing =
            missing.filter(|number| !other.digits.contains(*number) && !other.words.contains(*number));
        missing.map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// Whether what stands here groups the digits around it: `100 000` or `100,000`.
fn groups(letters: &[char], at: usize, language: Language) -> bool {
    let separates = letters.get(at).is_some_and(|letter| match language {
        Language::Fr => matches!(letter, ' ' | '\u{a0}' | '\u{202f}'),
        Language::En => *letter == ',',
    });
    let digit = |letter: &&char| letter.is_ascii_digit();
    let before = letters.get(..at).unwrap_or_default().iter().rev().take_while(digit).count();
    let behind = letters.get(at + 1..).unwrap_or_default().iter().take_while(digit).count();
    separates && (1..=3).contains(&before) && behind == 3
}

/// The numbers that one writes in words.
fn spelt(word: &str, language: Language) -> Option<u32> {
    const FRENCH: [(&str, u32); 20] = [
        ("un", 1),
        ("une", 1),
        ("premier", 1),
        ("première", 1),
        ("deux", 2),
        ("trois", 3),
        ("quatre", 4),
        ("cinq", 5),
        ("six", 6),
        ("sept", 7),
        ("huit", 8),
        ("neuf", 9),
        ("dix", 10),
        ("onze", 11),
        ("douze", 12),
        ("quinze", 15),
        ("vingt", 20),
        ("trente", 30),
        ("cent", 100),
        ("mille", 1000),
    ];
    const ENGLISH: [(&str, u32); 22] = [
        ("a", 1),
        ("an", 1),
        ("one", 1),
        ("once", 1),
        ("first", 1),
        ("two", 2),
        ("twice", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("fifteen", 15),
        ("twenty", 20),
        ("thirty", 30),
        ("hundred", 100),
        ("thousand", 1000),
    ];
    let known: &[(&str, u32)] = language.pick(&FRENCH, &ENGLISH);
    known.iter().find(|(spelt, _)| *spelt == word).map(|(_, number)| *number)
}
