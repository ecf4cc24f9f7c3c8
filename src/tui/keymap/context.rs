//! What has the keyboard? The screens, and what lies over them.

use crate::domain::text::Language;

/// What has the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// Anywhere, unless the context itself says otherwise.
    Everywhere,
    Clients,
    /// The page of one client.
    Client,
    /// What clients have in common.
    Summary,
    Interview,
    Result,
    Comparison,
    Actions,
    /// What was seen of the client's site.
    Evidence,
    Table,
    /// A form with fields to fill.
    Form,
    /// A text of several lines.
    Editor,
    Finder,
    /// Something to choose from.
    List,
    /// A text to read.
    Reader,
    /// What to hand over.
    Documents,
}

impl Context {
    pub const ALL: [Context; 16] = [
        Context::Everywhere,
        Context::Clients,
        Context::Client,
        Context::Summary,
        Context::Interview,
        Context::Result,
        Context::Comparison,
        Context::Actions,
        Context::Evidence,
        Context::Table,
        Context::Form,
        Context::Editor,
        Context::Finder,
        Context::List,
        Context::Reader,
        Context::Documents,
    ];

    pub fn title(self, language: Language) -> &'static str {
        match self {
            Context::Everywhere => language.pick("Partout", "Everywhere"),
            Context::Clients => language.pick("Clients", "Clients"),
            Context::Client => language.pick("Page d’un client", "A client’s page"),
            Context::Summary => {
                language.pick("Ce que les clients ont en commun", "What the clients have in common")
            }
            Context::Interview => language.pick("Entretien", "Interview"),
            Context::Result => language.pick("Résultat", "Result"),
            Context::Comparison => language.pick("Comparaison", "Comparison"),
            Context::Actions => language.pick("Actions", "Actions"),
            Context::Evidence => language.pick("Preuves du site", "Evidence of the site"),
            Context::Table => language.pick("Tableau", "Table"),
            Context::Form => language.pick("Formulaire", "Form"),
            Context::Editor => language.pick("Note", "Note"),
            Context::Finder => language.pick("Recherche", "Finder"),
            Context::List => language.pick("Liste", "List"),
            Context::Reader => language.pick("Lecture", "Reading"),
            Context::Documents => language.pick("Document", "Document"),
        }
    }

    /// Letters are text here, not keys.
    pub fn takes_text(self) -> bool {
        matches!(self, Context::Form | Context::Editor | Context::Finder)
    }
}
