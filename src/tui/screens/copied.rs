//! How does what is on the screen read without it? As plain lines, with nothing folded and nothing drawn.

use super::look::Look;
use super::reader::Paragraph;
use crate::domain::questionnaire::Question;
use crate::domain::words;
use crate::tui::visit::Visit;

/// A text to read, under its title.
pub fn paragraphs(title: &str, text: &[Paragraph]) -> String {
    let lines = std::iter::once(title).chain(text.iter().map(|paragraph| paragraph.text.trim_end()));
    lines.collect::<Vec<_>>().join("\n")
}

/// A question, what was answered, and what is to be done about it. Notes and names stay out: it is for others to read.
pub fn question(visit: &Visit, question: &Question, look: Look) -> String {
    let mut lines = vec![look.text(&question.ask).to_owned()];
    let mut labelled = |label: &str, text: &str| {
        if !text.trim().is_empty() {
            lines.push(format!("{label}{}{text}", look.colon()));
        }
    };
    let answer = words::answer(look.language, question, visit.answer(&question.id));
    labelled(look.pick("Réponse", "Answer"), &answer.unwrap_or_default());
    labelled(
        look.pick("Repère", "Reference"),
        question.reference.as_ref().map_or("", |reference| look.text(reference)),
    );
    labelled(
        look.pick("À faire", "To do"),
        question.remedy.as_ref().map_or("", |remedy| look.text(&remedy.text)),
    );
    labelled(look.pick("À voir", "Look at"), look.text(&question.look_for));
    labelled(look.pick("Droit", "Law"), &words::law(look.language, &question.law));
    lines.join("\n")
}

/// A text as the lines of a reader.
pub fn bare(text: &str, look: Look) -> Vec<Paragraph> {
    let line = |line: &str| Paragraph { text: line.to_owned(), style: look.theme.text(), indent: 0 };
    text.lines().map(line).collect()
}
