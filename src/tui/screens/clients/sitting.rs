//! How does one visit stand in a client's page?

use jiff::civil::Date;

use crate::domain::contradiction;
use crate::domain::scoring::Figures;
use crate::domain::scoring::shown;
use crate::domain::seal;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::storage::clients::VisitKey;
use crate::tui::effect::Past;
use crate::tui::screens::look::Look;

/// A visit as its client's page has it.
#[derive(Debug, Clone)]
pub struct Sitting {
    /// As its file is called.
    pub visit: String,
    pub date: Date,
    pub figures: Figures,
    /// Findings that are not settled.
    pub open: usize,
    pub seal: seal::Integrity,
    /// Answers taken over from an earlier visit, which nobody confirmed.
    pub unconfirmed: usize,
    /// Answers that captures disprove, and nobody explained.
    pub disproved: usize,
}

/// The day of a visit whose file is called so; a further one on the same day has its number.
pub fn called(visit: &str) -> Text {
    let Some(key) = VisitKey::from_name(visit) else { return Text::new(visit.to_owned(), visit.to_owned()) };
    let in_language = |language: Language| match visit.split_once('.') {
        Some((_, number)) => format!("{} ({number})", language.date(key.date)),
        None => language.date(key.date),
    };
    Text::new(in_language(Language::Fr), in_language(Language::En))
}

impl Sitting {
    pub fn of(past: &Past, figures: Figures, open: usize) -> Sitting {
        let (questionnaire, assessment) = (&past.questionnaire, &past.assessment);
        let (_, visit) = past.reference.split_once('@').unwrap_or_default();
        Sitting {
            visit: visit.to_owned(),
            date: assessment.date,
            figures,
            open,
            seal: seal::Integrity::of(assessment),
            unconfirmed: seal::unconfirmed(questionnaire, assessment).len(),
            disproved: contradiction::open(questionnaire, assessment).len(),
        }
    }

    pub fn called(&self) -> Text {
        called(&self.visit)
    }

    pub fn is_sealed(&self) -> bool {
        self.seal != seal::Integrity::Unsealed
    }

    /// How it stands, and how that differs from the visit before.
    pub fn line(&self, before: Option<&Sitting>, look: Look) -> String {
        let figures = &self.figures;
        let standing = match (figures.band(), figures.score) {
            (Some(band), Some(score)) => format!("{} {}", band.letter(), shown(score)),
            _ => look.interval(figures).unwrap_or_else(|| look.theme.mark("—", "-").to_owned()),
        };
        let mut parts = vec![format!("{:<11} {standing}", look.language.date(self.date))];
        let scores = before.and_then(|before| before.figures.score).zip(figures.score);
        if let Some((before, now)) = scores {
            let moved = i16::from(shown(now)) - i16::from(shown(before));
            parts.push(match moved {
                0 => "=".to_owned(),
                moved => format!("{moved:+}").replace('-', look.theme.mark("−", "-")),
            });
        }
        parts.push(format!("{} {}", look.pick("couverture", "coverage"), look.percent(figures.coverage)));
        let actions = look.language.plural(
            self.open,
            look.pick("action ouverte", "open action"),
            look.pick("actions ouvertes", "open actions"),
        );
        parts.push(format!("{} {actions}", self.open));
        match self.seal {
            seal::Integrity::Unsealed => {}
            seal::Integrity::Holds(_) => parts.push(look.pick("scellée", "sealed").to_owned()),
            seal::Integrity::Broken(_) => {
                parts.push(look.pick("modifiée après scellement", "changed after sealing").to_owned());
            }
        }
        parts.join(look.theme.mark(" · ", " - "))
    }
}
