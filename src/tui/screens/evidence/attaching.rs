//! Which file proves an answer? The form that asks for it: where it is, what is seen in it, how long it holds.

use crate::domain::answer::Cell;
use crate::domain::answer::Row;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Column;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::text::plain_line;
use crate::tui::effect::Attaching;
use crate::tui::screens::form::Form;
use crate::tui::screens::form::Purpose;
use crate::tui::screens::look::Look;
use crate::tui::visit::Visit;
use crate::tui::widgets::wrap::shorten;
use crate::tui::widgets::wrap::width;

/// So much of a name is seen at least, in columns.
const LEAST_OF_NAME: usize = 8;

/// A file on its way into the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copying {
    pub name: String,
    /// How many bytes are copied, of how many.
    pub done: u64,
    pub total: u64,
    /// How many files wait for it.
    pub waiting: usize,
}

impl Copying {
    /// `copying film.mp4: 33%, work goes on; Ctrl-X gives it up`: in so many columns, of which a long name has what the
    /// rest leaves.
    pub fn said(&self, look: Look, columns: usize) -> String {
        let percent = self.done.saturating_mul(100).checked_div(self.total).unwrap_or(100).min(99);
        let others = look.language.plural(
            self.waiting,
            look.pick("autre attend", "other waits"),
            look.pick("autres attendent", "others wait"),
        );
        let others = match self.waiting {
            0 => look.pick("le travail continue", "work goes on").to_owned(),
            waiting => format!("{waiting} {others}"),
        };
        let with = |name: &str| {
            look.pick(
                format!("copie de {name}\u{a0}: {percent}\u{a0}%, {others}\u{202f}; Ctrl-X y renonce"),
                format!("copying {name}: {percent}%, {others}; Ctrl-X gives it up"),
            )
        };
        let room = columns.saturating_sub(width(&with(""))).max(LEAST_OF_NAME);
        with(&shorten(&plain_line(&self.name), room, look.theme.ellipsis()))
    }
}

/// Asks for a file; what was asked before and failed comes back.
pub fn form(visit: &Visit, id: &QuestionId, before: Option<&Attaching>, language: Language) -> Form {
    let columns = [
        Column::new("path", Text::new("Fichier", "File"), CellKind::Text),
        Column::new("note", Text::new("Ce qu’on y voit", "What it shows"), CellKind::Text),
        Column::new("expires", Text::new("Vaut jusqu’au", "Holds until"), CellKind::Date),
    ];
    let mut row = Row::new();
    if let Some(before) = before {
        row.insert("path".into(), Cell::Text(before.path.clone()));
        row.insert("note".into(), Cell::Text(before.note.clone()));
        row.extend(before.expires.map(|last| ("expires".into(), Cell::Date(last))));
    }
    let question =
        visit.questionnaire.question(id).map(|question| question.title.clone()).unwrap_or_default();
    let title = Text::new(
        format!("Joindre un fichier\u{a0}: {}", question.fr),
        format!("Attach a file: {}", question.en),
    );
    let about = Text::new(
        "Une capture d’écran, un contrat\u{202f}: écrire son chemin, ou glisser le fichier dans le terminal. Il est copié dans le dossier du client\u{202f}; l’original reste où il est.",
        "A screenshot, a contract: type its path, or drag the file into the terminal. It is copied into the client’s folder; the original stays where it is.",
    );
    Form::new(Purpose::Attach(id.clone()), title, &columns, &row, language).about(about)
}

/// Why a confined session has none of it: a path would tell what else lies on this machine, and copy it.
pub fn no_files_here() -> Text {
    Text::new(
        "dans cette session, aucun fichier n’est joint ni retiré",
        "in this session, no file is attached or taken off",
    )
}

/// What the form asks for; nothing where no file is named.
pub fn asked(visit: &Visit, id: &QuestionId, form: &Form) -> Option<Attaching> {
    let path = form.typed("path");
    let expires = match form.row().get("expires") {
        Some(Cell::Date(last)) => Some(*last),
        _ => None,
    };
    let asked = Attaching {
        reference: visit.reference.clone(),
        question: id.clone(),
        path,
        note: form.typed("note"),
        expires,
    };
    (!asked.path.is_empty()).then_some(asked)
}
