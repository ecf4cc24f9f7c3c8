//! What does the interface know? One value, from which everything on the screen follows.

use jiff::civil::Date;

use super::clipboard::Reach;
use super::intent::Intent;
use super::keymap::Binding;
use super::keymap::Context;
use super::screens::actions::Actions;
use super::screens::chooser::Chooser;
use super::screens::clients::Clients;
use super::screens::comparison::Comparison;
use super::screens::documents::Documents;
use super::screens::evidence;
use super::screens::evidence::Copying;
use super::screens::evidence::Evidence;
use super::screens::finder::Finder;
use super::screens::form::Form;
use super::screens::interview::Interview;
use super::screens::look::Look;
use super::screens::note::Note;
use super::screens::reader::Paragraph;
use super::screens::reader::Scroll;
use super::screens::result;
use super::screens::summary::Summary;
use super::screens::table::Table;
use super::theme::Theme;
use super::visit::Visit;
use crate::domain::id::QuestionId;
use crate::domain::text::Language;
use crate::domain::text::Text;

#[derive(Debug)]
pub struct Model {
    pub language: Language,
    pub theme: Theme,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    pub today: Date,
    pub screen: Screen,
    /// What lies above the screen; the last has the keyboard.
    pub layers: Vec<Layer>,
    pub clients: Clients,
    pub summary: Summary,
    pub visit: Option<Visit>,
    pub interview: Interview,
    pub result: result::Result,
    pub comparison: Comparison,
    pub actions: Actions,
    pub evidence: Evidence,
    /// The screen to go back to from the comparison, the actions and the evidence.
    pub under: Screen,
    pub notice: Option<Notice>,
    /// The file that is being copied, whatever else is done meanwhile.
    pub copying: Option<Copying>,
    /// A session for one client: nothing else is shown or opened.
    pub confined: bool,
    pub clipboard: Reach,
    /// The last key sent a text to the clipboard.
    pub copied: bool,
    /// Over, once everything is on disk.
    pub quitting: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    Clients,
    Summary,
    Interview,
    Result,
    Comparison,
    Actions,
    Evidence,
}

/// Something above the screen.
#[derive(Debug, Clone)]
pub enum Layer {
    Form(Box<Form>),
    Note(Note),
    Table(Table),
    Chooser(Chooser),
    Finder(Box<Finder>),
    Reader(Reader),
    Documents(Box<Documents>),
}

/// A text to read. Its paragraphs are made when drawing, so that the language can change under it.
#[derive(Debug, Clone)]
pub struct Reader {
    pub subject: Subject,
    pub scroll: Scroll,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Help(Context),
    Glossary,
    Explanation(result::Item),
    /// Something that captures of the site show.
    Evidence(evidence::Item),
    /// A question over all visits.
    History(QuestionId),
    /// The visits and the open actions of the client that the list looks at.
    Client,
    /// A text without a frame, to be selected in the terminal.
    Bare(String),
}

/// Something to say, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub text: Text,
    pub grave: bool,
}

impl Model {
    pub fn new(language: Language, theme: Theme, size: (u16, u16), today: Date) -> Model {
        Model {
            language,
            theme,
            size,
            today,
            screen: Screen::Clients,
            layers: Vec::new(),
            clients: Clients::default(),
            summary: Summary::default(),
            visit: None,
            interview: Interview::default(),
            result: result::Result::default(),
            comparison: Comparison::default(),
            actions: Actions::default(),
            evidence: Evidence::default(),
            under: Screen::Interview,
            notice: None,
            copying: None,
            confined: false,
            clipboard: Reach::Direct,
            copied: false,
            quitting: false,
        }
    }

    /// The same in fewer words.
    pub fn short_label(&self, binding: &Binding) -> &'static str {
        match (binding.context, binding.intent) {
            (Context::Interview, Intent::Back) if self.confined => self.label(binding),
            (Context::Clients, Intent::Archive) if self.clients.is_archived() => {
                self.language.pick("ramener", "take back")
            }
            _ => binding.short_label(self.language).unwrap_or_else(|| self.label(binding)),
        }
    }

    /// Whether a key leads anywhere as things are.
    pub fn offers(&self, binding: &Binding) -> bool {
        match binding.context {
            Context::Clients => self.clients.offers(binding.intent),
            Context::Comparison => self.comparison.offers(binding.intent),
            _ => true,
        }
    }

    pub fn look(&self) -> Look {
        Look { language: self.language, theme: self.theme }
    }

    /// What a key does, in words. A confined session has no clients to go back to, and what is under way is given up by
    /// the key that began it.
    pub fn label(&self, binding: &Binding) -> &'static str {
        let page = &self.clients.page;
        match (binding.context, binding.intent) {
            (Context::Client, Intent::Seal) if page.sealing.is_some() => {
                return self.language.pick("ne plus sceller", "stop sealing");
            }
            (Context::Client, Intent::CheckSeals) if page.checking.is_some() => {
                return self.language.pick("ne plus vérifier", "stop checking");
            }
            _ => {}
        }
        if self.confined && binding.context == Context::Interview && binding.intent == Intent::Back {
            return self.language.pick("quitter", "quit");
        }
        binding.label(self.language)
    }

    /// Who has the keyboard.
    pub fn context(&self) -> Context {
        match self.layers.last() {
            Some(Layer::Form(_)) => Context::Form,
            Some(Layer::Note(_)) => Context::Editor,
            Some(Layer::Table(_)) => Context::Table,
            Some(Layer::Finder(_)) => Context::Finder,
            Some(Layer::Chooser(_)) => Context::List,
            Some(Layer::Reader(Reader { subject: Subject::Client, .. })) => Context::Client,
            Some(Layer::Reader(_)) => Context::Reader,
            Some(Layer::Documents(_)) => Context::Documents,
            None => self.screen_context(),
        }
    }

    pub fn screen_context(&self) -> Context {
        match self.screen {
            Screen::Clients => Context::Clients,
            Screen::Summary => Context::Summary,
            Screen::Interview => Context::Interview,
            Screen::Result => Context::Result,
            Screen::Comparison => Context::Comparison,
            Screen::Actions => Context::Actions,
            Screen::Evidence => Context::Evidence,
        }
    }

    /// How many lines a page moves.
    pub fn page(&self) -> usize {
        usize::from(self.size.1).saturating_sub(8).max(1)
    }

    pub fn say(&mut self, text: Text) {
        self.notice = Some(Notice { text, grave: false });
    }

    pub fn warn(&mut self, text: Text) {
        self.notice = Some(Notice { text, grave: true });
    }

    /// Takes another size of the terminal; what is folded to its width is folded anew.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns, rows);
        for layer in &mut self.layers {
            if let Layer::Documents(documents) = layer {
                documents.resize(columns, self.theme);
            }
        }
    }

    /// Something typed or answered is not on disk yet.
    pub fn has_unsaved(&self) -> bool {
        self.visit.as_ref().is_some_and(|visit| !visit.saving.is_done())
    }

    /// The text of a reader, in the language of now.
    pub fn read(&self, subject: &Subject) -> (String, Vec<Paragraph>) {
        use super::screens::copied::bare;
        use super::screens::disproved;
        use super::screens::explanation;
        use super::screens::help;
        let look = self.look();
        match (subject, &self.visit) {
            (Subject::Help(context), _) => (
                look.pick("Aide", "Help").to_owned(),
                help::help(*context, |binding| self.label(binding), look),
            ),
            (Subject::Bare(text), _) => (String::new(), bare(text, look)),
            (Subject::Client, _) => {
                (self.clients.page.name.clone(), self.clients.page.read(self.today, look))
            }
            (Subject::Glossary, Some(visit)) => {
                let words =
                    visit.question().map(|question| help::glossary(&visit.questionnaire, question, look));
                (look.pick("Mots expliqués", "Words explained").to_owned(), words.unwrap_or_default())
            }
            (Subject::Explanation(item), Some(visit)) => {
                let title = look.pick("D’où vient ce chiffre", "Where this figure comes from").to_owned();
                let text = match item {
                    result::Item::Overall => explanation::overall(visit, look),
                    result::Item::Step(step) => explanation::step(visit, step, look),
                    result::Item::Cap(index) => {
                        let cap = visit.score.overall.caps.get(*index).cloned();
                        explanation::caps(visit, cap.as_slice(), look)
                    }
                    result::Item::Disproved(id) => disproved::explanation(visit, id, look),
                    result::Item::File { question, digest } => {
                        let (question, digest) = (question.clone(), digest.clone());
                        evidence::detail(visit, &evidence::Item::File { question, digest }, look)
                    }
                    result::Item::Finding(id) => {
                        let mut text = disproved::explanation(visit, id, look);
                        text.extend(explanation::question(visit, id, look));
                        text
                    }
                };
                (title, text)
            }
            (Subject::Evidence(item), Some(visit)) => {
                let title = look.pick("Ce qui a été vu", "What was seen").to_owned();
                (title, evidence::detail(visit, item, look))
            }
            (Subject::History(id), Some(visit)) => {
                let title = look.pick("D’une visite à l’autre", "From visit to visit").to_owned();
                (title, self.comparison.history(id, visit, look))
            }
            (_, None) => (String::new(), Vec::new()),
        }
    }
}
