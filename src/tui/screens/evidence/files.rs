//! Which files are attached to questions? A line each, with how long it holds and what became of its copy.

use ratatui::text::Line;

use super::Item;
use super::Listed;
use super::Way;
use super::Window;
use super::columns::Columns;
use crate::domain::text::plain_line;
use crate::report::attached;
use crate::storage::attachments::Checked;
use crate::storage::attachments::Condition;
use crate::tui::visit::Visit;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::fit;

/// Until when it holds, and what became of it.
const EXPIRES: usize = 13;
const CONDITION: usize = 16;

pub fn listed(visit: &Visit, window: Window, columns: &Columns) -> Listed {
    let look = columns.look;
    let way = Way {
        item: |one: &Checked| Item::File {
            question: one.question.clone(),
            digest: one.attachment.digest.clone(),
        },
        line: |one: &Checked, selected: bool| line(visit, one, selected, columns),
        about: |one: &Checked| attached::line(look.language, one),
    };
    let heading = laid_out(
        look.pick("fichier", "file"),
        look.pick("question", "question"),
        look.pick("vaut jusqu’au", "holds until"),
        look.pick("copie", "copy"),
        columns,
    );
    Listed {
        heading: Line::from(span(format!(" {heading}"), look.theme.accent())),
        nothing: look.pick(
            "aucun fichier joint\u{202f}: «\u{202f}a\u{202f}» en joint un à la question de l’entretien",
            "no file attached: “a” attaches one to the question of the interview",
        ),
        ..Listed::of(&visit.files, window, way)
    }
}

fn line(visit: &Visit, one: &Checked, selected: bool, columns: &Columns) -> Line<'static> {
    let look = columns.look;
    let theme = look.theme;
    let title = visit.questionnaire.question(&one.question);
    let title = title.map_or(one.question.as_str(), |question| look.text(&question.title));
    let expires = one.attachment.expires.map_or(String::new(), |last| look.language.date(last));
    let condition = match (one.condition, one.lapsed) {
        (Condition::Intact, true) => look.pick("périmé", "lapsed"),
        (condition, _) => attached::condition(look.language, condition),
    };
    let text = laid_out(&plain_line(&one.attachment.name), title, &expires, condition, columns);
    let style = match (selected, one.condition, one.lapsed) {
        (true, ..) => theme.selected(),
        (false, Condition::Missing | Condition::Changed, _) => theme.bad(),
        (false, Condition::Intact, true) => theme.warning(),
        (false, Condition::Intact, false) => theme.text(),
    };
    Line::from(vec![span(if selected { theme.pointer() } else { " " }, theme.accent()), span(text, style)])
}

fn laid_out(name: &str, title: &str, expires: &str, condition: &str, columns: &Columns) -> String {
    let ellipsis = columns.look.theme.ellipsis();
    let room = columns.all().saturating_sub(4 + EXPIRES + CONDITION);
    let of_name = room * 2 / 5;
    let (name, title) = (fit(name, of_name, ellipsis), fit(title, room.saturating_sub(of_name), ellipsis));
    let (expires, condition) = (fit(expires, EXPIRES, ellipsis), fit(condition, CONDITION, ellipsis));
    format!("{name} {title} {expires} {condition}")
}
