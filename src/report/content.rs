//! What is said in a document, and in which order? From a visit to the blocks of a page, a plan, a record.

use jiff::civil::Date;

use super::brand::Brand;
use super::comparison::Compared;
use super::document::Block;
use super::document::Document;
use super::document::Line;
use super::document::chart::TrendPoint;
use super::document::disclaimer;
use super::record::Record;
use crate::domain::action;
use crate::domain::action::Action;
use crate::domain::action::FollowUp;
use crate::domain::assessment::Assessment;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::questionnaire::Step;
use crate::domain::scoring;
use crate::domain::scoring::Score;
use crate::domain::seal;
use crate::domain::text::Language;
use crate::domain::text::plain_line;
use crate::storage::attachments::Checked;
use crate::storage::captures::Seen;

mod charts;
mod full;
mod good;
mod method;
mod page;
mod plan;
mod register;
mod verdict;

/// Which document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One page: where the client stands, what is good, what to do first.
    Page,
    /// Findings and actions, step by step.
    Plan,
    /// Everything that was asked and said.
    Full,
    /// The records of processing activities, GDPR article 30.
    Register,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Page, Kind::Plan, Kind::Full, Kind::Register];

    /// The word for it in commands and file names.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Plan => "plan",
            Kind::Full => "full",
            Kind::Register => "register",
        }
    }

    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Its title, as printed.
    pub fn title(self, language: Language) -> &'static str {
        match self {
            Kind::Page => language.pick("L’essentiel en une page", "The essentials on a page"),
            Kind::Plan => language.pick("Plan d’action", "Action plan"),
            Kind::Full => language.pick("Dossier complet", "Full record"),
            Kind::Register => {
                language.pick("Registre des activités de traitement", "Records of processing activities")
            }
        }
    }
}

/// The visit that a document is about, with what surrounds it.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// `client@date`, as commands call it.
    pub reference: &'a str,
    pub questionnaire: &'a Questionnaire,
    pub assessment: &'a Assessment,
    /// The visit before, compared with this one.
    pub compared: Option<Compared<'a>>,
    /// The client's visits up to this one, the oldest first.
    pub past: &'a [TrendPoint],
    /// The files of evidence kept with the client, by name.
    pub evidence: &'a [String],
    /// The captures of the client's site, as they can be read now.
    pub captures: &'a [Seen],
    /// The files attached to questions, as they are now.
    pub attached: &'a [Checked],
    /// What is overdue is so on this day.
    pub today: Date,
}

/// The document, in one language.
pub fn document(kind: Kind, subject: &Subject, brand: &Brand, language: Language) -> Document {
    let score = scoring::score(subject.questionnaire, subject.assessment);
    let last = subject.compared.as_ref().map(|compared| compared.from.assessment);
    let sight = Sight {
        subject,
        language,
        record: Record::new(subject.questionnaire, subject.assessment, language),
        actions: action::actions(subject.questionnaire, subject.assessment, &score, last, subject.today),
        follow_ups: action::follow_ups(subject.questionnaire, subject.assessment, subject.today),
        confirmed: last.map_or(Vec::new(), |last| action::confirmed(subject.assessment, &score, last)),
        score: &score,
    };
    Document {
        language,
        title: kind.title(language).to_owned(),
        client: plain_line(&subject.assessment.client),
        subtitle: sight.subtitle(),
        footer: disclaimer(language).to_owned(),
        brand: brand.clone(),
        compact: kind == Kind::Page,
        blocks: match kind {
            Kind::Page => page::blocks(&sight),
            Kind::Plan => plan::blocks(&sight),
            Kind::Full => full::blocks(&sight),
            Kind::Register => register::blocks(&sight),
        },
    }
}

/// What every part of a document looks at.
struct Sight<'a> {
    subject: &'a Subject<'a>,
    language: Language,
    score: &'a Score,
    record: Record<'a>,
    actions: Vec<Action<'a>>,
    follow_ups: Vec<FollowUp<'a>>,
    /// Done at the visit before, and found in order at this one.
    confirmed: Vec<QuestionId>,
}

impl<'a> Sight<'a> {
    fn pick<T>(&self, fr: T, en: T) -> T {
        self.language.pick(fr, en)
    }

    fn date(&self, date: Date) -> String {
        self.language.date(date)
    }

    /// What stands between a label and its text.
    fn colon(&self) -> &'static str {
        self.pick("\u{202f}: ", ": ")
    }

    fn question(&self, id: &QuestionId) -> Option<&'a Question> {
        self.subject.questionnaire.question(id)
    }

    fn title(&self, id: &QuestionId) -> String {
        let title = self.question(id).map(|question| question.title.get(self.language));
        plain_line(title.unwrap_or(id.as_str()))
    }

    /// `6. Donner le choix`; the profile has no number.
    fn step_title(&self, step: &Step) -> String {
        let number = self.subject.questionnaire.steps.iter().position(|one| one.id == step.id);
        let title = plain_line(step.title.get(self.language));
        number.map_or(title.clone(), |number| format!("{}. {title}", number + 1))
    }

    fn subtitle(&self) -> String {
        let assessment = self.subject.assessment;
        let date = self.date(assessment.date);
        let mut subtitle = self.pick(format!("Visite du {date}"), format!("Visit of {date}"));
        if assessment.express {
            subtitle.push_str(self.pick(" · visite express", " · express visit"));
        }
        match seal::Integrity::of(assessment) {
            seal::Integrity::Unsealed => {}
            seal::Integrity::Holds(on) => {
                let on = self.date(on);
                subtitle.push_str(&self.pick(format!(" · scellée le {on}"), format!(" · sealed on {on}")));
            }
            seal::Integrity::Broken(on) => {
                let on = self.date(on);
                subtitle.push_str(&self.pick(
                    format!(" · modifiée depuis son scellement le {on}"),
                    format!(" · changed since it was sealed on {on}"),
                ));
            }
        }
        subtitle
    }
}

fn heading(level: u8, text: impl Into<String>) -> Block {
    Block::Heading { level, text: text.into(), anchor: String::new() }
}

/// A heading that other places can lead to.
fn anchored(level: u8, text: impl Into<String>, anchor: impl Into<String>) -> Block {
    Block::Heading { level, text: text.into(), anchor: anchor.into() }
}

fn paragraph(text: impl AsRef<str>) -> Block {
    Block::Paragraph(Line::plain(text))
}
