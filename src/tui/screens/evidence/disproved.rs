//! Which answers do captures disprove? Those that nobody explained first.

use ratatui::text::Line;

use super::Item;
use super::Listed;
use super::Way;
use super::Window;
use super::columns::Columns;
use crate::domain::contradiction;
use crate::domain::id::QuestionId;
use crate::domain::proof;
use crate::domain::words;
use crate::tui::visit::Visit;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::fit;
use crate::tui::widgets::wrap::shorten;

/// `explained` in both languages, and a gap.
const STATE: usize = 11;

pub fn listed(visit: &Visit, window: Window, columns: &Columns) -> Listed {
    let look = columns.look;
    let mut questions = contradiction::all(&visit.questionnaire, visit.assessment());
    questions.sort_by_key(|id| !visit.is_contradicted(id));
    let seen = |id: &QuestionId| {
        let found = visit.contradictions(id);
        found.iter().map(|found| proof::seen(look.language, found.seen)).collect::<Vec<_>>().join(" · ")
    };
    let way = Way {
        item: |id: &QuestionId| Item::Disproved(id.clone()),
        line: |id: &QuestionId, selected: bool| line(visit, id, selected, columns),
        about: seen,
    };
    let state = fit(look.pick("état", "state"), STATE, look.theme.ellipsis());
    let heading = format!("   {state}{}", look.pick("question, et sa réponse", "question, and its answer"));
    Listed {
        heading: Line::from(span(heading, look.theme.accent())),
        nothing: look.pick("aucun relevé ne contredit une réponse", "no capture disproves an answer"),
        ..Listed::of(&questions, window, way)
    }
}

fn line(visit: &Visit, id: &QuestionId, selected: bool, columns: &Columns) -> Line<'static> {
    let look = columns.look;
    let theme = look.theme;
    let open = visit.is_contradicted(id);
    let state = if open { look.pick("ouvert", "open") } else { look.pick("expliqué", "explained") };
    let question = visit.questionnaire.question(id);
    let said = question.and_then(|question| words::answer(look.language, question, visit.answer(id)));
    let title = question.map_or(id.as_str(), |question| look.text(&question.title));
    let text = format!("{title}{}{}", look.colon(), said.unwrap_or_default());
    let room = columns.all().saturating_sub(STATE + 4);
    Line::from(vec![
        span(if selected { theme.pointer() } else { " " }, theme.accent()),
        span(format!("{} ", theme.disproved()), if open { theme.bad() } else { theme.quiet() }),
        span(fit(state, STATE, theme.ellipsis()), if open { theme.bad() } else { theme.quiet() }),
        span(shorten(&text, room, theme.ellipsis()), if selected { theme.selected() } else { theme.text() }),
    ])
}
