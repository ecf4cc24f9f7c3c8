//! With which eyes is it drawn? Language and theme, and the phrases that all screens share.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::domain::assessment::State;
use crate::domain::questionnaire::Step;
use crate::domain::scoring::Band;
use crate::domain::scoring::Figures;
use crate::domain::scoring::shown;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::words;
use crate::tui::theme::Theme;
use crate::tui::widgets::lines::span;

#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub language: Language,
    pub theme: Theme,
}

impl Look {
    pub fn pick<T>(self, fr: T, en: T) -> T {
        self.language.pick(fr, en)
    }

    pub fn text(self, text: &Text) -> &str {
        text.get(self.language)
    }

    /// The names of keys: arrows in words where there is only ASCII, since `v` is a key of its own.
    pub fn keys(self, names: &str) -> String {
        if self.theme.unicode {
            return names.to_owned();
        }
        let words = [
            ("Page↑", self.pick("Page-haut", "PgUp")),
            ("Page↓", self.pick("Page-bas", "PgDn")),
            ("↑", self.pick("Haut", "Up")),
            ("↓", self.pick("Bas", "Down")),
            ("←", self.pick("Gauche", "Left")),
            ("→", self.pick("Droite", "Right")),
            ("–", "-"),
        ];
        words.iter().fold(names.to_owned(), |names, (arrow, word)| names.replace(arrow, word))
    }

    /// A step's name where there is little room.
    pub fn short(self, step: &Step) -> &str {
        let short = self.text(&step.short);
        if short.is_empty() { self.text(&step.title).split_whitespace().next().unwrap_or("") } else { short }
    }

    /// A colon as the language sets it.
    pub fn colon(self) -> &'static str {
        self.pick("\u{a0}: ", ": ")
    }

    /// `C 62 (48–80)`, or the interval alone as long as there is no score.
    pub fn score(self, figures: &Figures) -> Vec<Span<'static>> {
        let band = figures.band();
        let mut spans = Vec::new();
        match (band, figures.score) {
            (Some(band), Some(score)) => {
                spans.push(span(format!("{} {}", band.letter(), shown(score)), self.theme.band(Some(band))));
            }
            _ => spans.push(span(self.theme.mark("—", "-"), self.theme.quiet())),
        }
        if let Some(interval) = self.interval(figures) {
            spans.push(span(format!(" ({interval})"), self.theme.quiet()));
        }
        spans
    }

    /// `48–80`; none where nothing is open.
    pub fn interval(self, figures: &Figures) -> Option<String> {
        let (low, high) = figures.interval?;
        let settled = figures.score.is_some() && (high - low).abs() < 1e-9;
        (!settled).then(|| format!("{}{}{}", shown(low), self.theme.mark("–", "-"), shown(high)))
    }

    /// 0 to 1 as a percentage, rounded down.
    pub fn percent(self, share: f64) -> String {
        self.language.percent(share)
    }

    pub fn band_style(self, score: Option<f64>) -> Style {
        self.theme.band(score.map(Band::of))
    }

    pub fn confidence(self, confidence: f64) -> &'static str {
        words::confidence(self.language, confidence)
    }

    /// The mark of a question's state, as seen in lists; `degree` where it is scored.
    pub fn state_mark(self, state: Option<State>, degree: Option<f64>) -> Span<'static> {
        let theme = self.theme;
        match (state, degree) {
            (Some(State::Answered), Some(degree)) if degree >= 1.0 => span(theme.done(), theme.good()),
            (Some(State::Answered), Some(degree)) if degree <= 0.0 => span(theme.failed(), theme.bad()),
            (Some(State::Answered), Some(_)) => span(theme.half(), theme.warning()),
            (Some(State::Answered), None) => span(theme.done(), theme.text()),
            (Some(State::Unknown), _) => span("?", theme.warning()),
            (Some(State::NotApplicable), _) => span("-", theme.quiet()),
            (Some(State::Unanswered) | None, _) => span(theme.open(), theme.quiet()),
        }
    }
}
