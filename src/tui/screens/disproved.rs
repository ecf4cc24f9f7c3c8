//! Which answers do captures disprove? The lines of the result, and the proof behind one of them.

use ratatui::text::Line;

use super::help::blank;
use super::help::heading;
use super::look::Look;
use super::reader::Paragraph;
use crate::domain::contradiction;
use crate::domain::id::QuestionId;
use crate::domain::proof;
use crate::domain::words;
use crate::tui::visit::Visit;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::shorten;
use crate::tui::widgets::wrap::width;

/// The questions whose contradiction nobody explained.
pub fn questions(visit: &Visit) -> Vec<QuestionId> {
    contradiction::open(&visit.questionnaire, visit.assessment())
}

/// One of them in a list.
pub fn line(visit: &Visit, id: &QuestionId, selected: bool, columns: usize, look: Look) -> Line<'static> {
    let theme = look.theme;
    let name = look.pick("contredit par un relevé · ", "disproved by a capture · ");
    let question = visit.questionnaire.question(id);
    let said = question.and_then(|question| words::answer(look.language, question, visit.answer(id)));
    let title = question.map_or(id.as_str(), |question| look.text(&question.title));
    let text = format!("{title}{}{}", look.colon(), said.unwrap_or_default());
    let room = columns.saturating_sub(width(name) + 4);
    let style = if selected { theme.selected() } else { theme.text() };
    Line::from(vec![
        span(if selected { theme.pointer() } else { " " }, theme.accent()),
        span(format!("{} {name}", theme.disproved()), theme.bad()),
        span(shorten(&text, room, theme.ellipsis()), style),
    ])
}

/// Everything that captures show about a question: each reason with all of its proof, and what was written.
pub fn explanation(visit: &Visit, id: &QuestionId, look: Look) -> Vec<Paragraph> {
    let mut out = Vec::new();
    for found in visit.contradictions(id) {
        let title = match found.resolution {
            None => look.pick("Contredit par un relevé", "Disproved by a capture"),
            Some(_) => look.pick("Contredit par un relevé, expliqué", "Disproved by a capture, explained"),
        };
        let observation = found.seen.observation;
        out.push(heading(title, look));
        let day = look.language.date(observation.on);
        let why = look.text(&found.seen.rule.why);
        out.push(paragraph(format!("{day} · {why}"), 0, look));
        for thing in &observation.proof {
            out.push(paragraph(format!("  {}", proof::thing(look.language, thing)), 2, look));
        }
        let others = observation.count.saturating_sub(observation.proof.len());
        if others > 0 {
            let more = look.pick(format!("  et {others} de plus"), format!("  and {others} more"));
            out.push(paragraph(more, 2, look));
        }
        if let Some(written) = proof::resolution(look.language, &found) {
            let label = look.pick("Expliqué", "Explained");
            out.push(paragraph(format!("{label}{}{written}", look.colon()), 0, look));
        }
        out.push(blank(look));
    }
    if visit.is_contradicted(id) {
        let how = look.pick(
            "La réponse ne vaut que « dit » pour la confiance, tant que personne ne l’explique par écrit (X à la question) ou n’y répond autrement. Le score ne change pas.",
            "For confidence, the answer counts as no more than “said” until somebody explains it in writing (X at the question) or answers otherwise. The score does not change.",
        );
        out.push(Paragraph { text: how.to_owned(), style: look.theme.warning(), indent: 0 });
    }
    out
}

fn paragraph(text: String, indent: u16, look: Look) -> Paragraph {
    Paragraph { text, style: look.theme.text(), indent: indent.into() }
}
