//! In which language is it said? Words in French and English, as equals.

use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::resident::Words;

/// A language of the interface, of the questions and of the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Français.
    Fr,
    /// English.
    En,
}

impl Language {
    /// The words of this language, out of a pair that stands side by side in the code.
    pub fn pick<T>(self, fr: T, en: T) -> T {
        match self {
            Language::Fr => fr,
            Language::En => en,
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Language {
        self.pick(Language::En, Language::Fr)
    }

    /// The two-letter code of ISO 639-1.
    pub fn code(self) -> &'static str {
        self.pick("fr", "en")
    }

    /// The language of a locale's name (`fr_CA.UTF-8`), or `None` when it is neither French nor English.
    pub fn from_locale(locale: &str) -> Option<Language> {
        let code = locale.split(['_', '.', '-', '@']).next()?;
        match code.to_ascii_lowercase().as_str() {
            "fr" => Some(Language::Fr),
            "en" => Some(Language::En),
            _ => None,
        }
    }

    /// A date as people of this language read it: `23/11/2026` or `23 Nov 2026`.
    pub fn date(self, date: Date) -> String {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        match self {
            Language::Fr => format!("{:02}/{:02}/{}", date.day(), date.month(), date.year()),
            Language::En => {
                let month = usize::try_from(date.month() - 1).ok().and_then(|month| MONTHS.get(month));
                format!("{} {} {}", date.day(), month.unwrap_or(&""), date.year())
            }
        }
    }

    /// A number without needless decimals: `12`, `0,5` or `0.5`.
    pub fn number(self, number: f64) -> String {
        let plain = format!("{}", (number * 100.0).round() / 100.0);
        self.pick(plain.replace('.', ","), plain)
    }

    /// A share of 1 in hundredths, rounded down: what is not whole is never shown as whole.
    pub fn percent(self, share: f64) -> String {
        // A hair is added, so that 0.29 is not 28.
        let hundredths = (share.clamp(0.0, 1.0) * 100.0 + 1e-9).floor();
        self.pick(format!("{hundredths}\u{a0}%"), format!("{hundredths}%"))
    }

    /// `one` or `many`, as this language counts: French has its singular for 0 and 1, English for 1 only.
    pub fn plural<T>(self, count: usize, one: T, many: T) -> T {
        let singular = match self {
            Language::Fr => count < 2,
            Language::En => count == 1,
        };
        if singular { one } else { many }
    }
}

/// The same words in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    #[serde(default)]
    pub fr: Words,
    #[serde(default)]
    pub en: Words,
}

impl Text {
    pub fn new(fr: impl Into<Words>, en: impl Into<Words>) -> Text {
        Text { fr: fr.into(), en: en.into() }
    }

    /// `2 rows`: how many there are of what is called so, in French and English, when it is one and when there are many.
    pub fn counted(count: usize, fr: (&str, &str), en: (&str, &str)) -> Text {
        let of = |language: Language, (one, many)| format!("{count} {}", language.plural(count, one, many));
        Text::new(of(Language::Fr, fr), of(Language::En, en))
    }

    pub fn is_empty(&self) -> bool {
        self.fr.trim().is_empty() && self.en.trim().is_empty()
    }

    /// The words of one language.
    pub fn get(&self, language: Language) -> &str {
        language.pick(&self.fr, &self.en)
    }
}

/// A text whose control characters do nothing: a client's note must not move a cursor, change a title or turn the
/// direction of what is beside it. Line ends and tabs stay.
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\n' | '\t' => letter,
            letter if is_obeyed(letter) => '\u{fffd}',
            letter => letter,
        })
        .collect()
}

/// Whether a terminal obeys a character instead of showing it: a control, or what turns the direction of writing.
pub fn is_obeyed(letter: char) -> bool {
    letter.is_control() || is_turning(letter)
}

/// Whether a character turns the direction of writing for what is behind it.
pub fn is_turning(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The same on one line.
pub fn plain_line(text: &str) -> String {
    let gap = |letter: char| letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{202f}');
    plain(text).split(gap).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Lower case, without accents, ligatures and typographic variants: what people type when they search.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(fold_char).collect()
}

/// A text in ASCII, for whoever can show nothing else: letters without their accents, signs by their like.
pub fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            letter if letter.is_ascii() => out.push(letter),
            '“' | '”' | '„' => out.push('"'),
            '«' => out.push_str("<<"),
            '»' => out.push_str(">>"),
            '…' => out.push_str("..."),
            '−' | '·' => out.push('-'),
            '×' => out.push('x'),
            '→' => out.push_str("->"),
            '↓' => out.push('v'),
            '↑' => out.push('^'),
            '←' => out.push_str("<-"),
            '≤' => out.push_str("<="),
            '≥' => out.push_str(">="),
            '€' => out.push_str("EUR"),
            letter => {
                let known = out.len();
                let folded = fold_char(letter).filter(char::is_ascii);
                match letter.is_uppercase() {
                    true => out.extend(folded.map(|part| part.to_ascii_uppercase())),
                    false => out.extend(folded),
                }
                // An accent of its own belongs to the letter before it.
                if out.len() == known && !is_combining_mark(letter) {
                    out.push('?');
                }
            }
        }
    }
    out
}

/// The folded characters that stand for one: none for an accent, two for a ligature.
pub fn fold_char(letter: char) -> impl Iterator<Item = char> {
    let expanded: &[char] = match letter {
        'œ' | 'Œ' => &['o', 'e'],
        'æ' | 'Æ' => &['a', 'e'],
        'ß' => &['s', 's'],
        '’' | 'ʼ' | '‘' => &['\''],
        '\u{a0}' | '\u{202f}' => &[' '],
        '‐' | '‑' | '–' | '—' => &['-'],
        _ => &[],
    };
    let plain = expanded.is_empty().then(|| {
        std::iter::once(letter).nfkd().filter(|part| !is_combining_mark(*part)).flat_map(char::to_lowercase)
    });
    expanded.iter().copied().chain(plain.into_iter().flatten())
}
