//! What helps to answer? Last time, the note, the evidence, the judgement; then help, what to look at, the law.

use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;

use crate::domain::answer::Answer;
use crate::domain::proof;
use crate::domain::questionnaire::Details;
use crate::domain::questionnaire::Question;
use crate::domain::resident::Words;
use crate::domain::scoring;
use crate::domain::words;
use crate::report::attached;
use crate::storage::attachments::Condition;
use crate::tui::screens::look::Look;
use crate::tui::visit::Visit;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::wrap_to;

/// The lines under the question, most needed first, and one of them narrower than the others if something is to stand
/// beside it: its number and its width.
pub fn lines(
    visit: &Visit,
    question: &Question,
    columns: usize,
    narrow: Option<(usize, usize)>,
    look: Look,
) -> Vec<Line<'static>> {
    let theme = look.theme;
    let mut block = Block { columns, narrow, look, lines: Vec::new() };
    recorded(visit, question, &mut block);
    block.gap();
    if let Some(opening) = visit.opening() {
        block.labelled(look.pick("En ouverture", "To open with"), look.text(opening), theme.text());
    }
    if let Some(reference) = &question.reference {
        block.labelled(look.pick("Repère", "Reference"), look.text(reference), theme.text());
    }
    block.plain(look.text(&question.help), theme.text());
    if !question.look_for.is_empty() {
        block.labelled(look.pick("À voir", "Look at"), look.text(&question.look_for), theme.text());
    }
    law(question, &mut block);
    block.lines
}

struct Block {
    columns: usize,
    narrow: Option<(usize, usize)>,
    look: Look,
    lines: Vec<Line<'static>>,
}

impl Block {
    fn plain(&mut self, text: &str, style: Style) {
        let folded = self.folded(text);
        self.lines.extend(folded.into_iter().map(|line| Line::from(span(line, style))));
    }

    fn folded(&self, text: &str) -> Vec<String> {
        let above = self.lines.len();
        wrap_to(text, |line| match self.narrow {
            Some((narrow, columns)) if narrow == above + line => columns,
            _ => self.columns,
        })
    }

    /// A word in front, in colour; the text folded beneath itself.
    fn labelled(&mut self, label: &str, text: &str, style: Style) {
        let label = format!("{label}{}", self.look.colon());
        // A first line shorter by the label, told to the wrapper as a word of its own.
        let folded = self.folded(&format!("{}{text}", "\u{a0}".repeat(label.chars().count())));
        for (index, line) in folded.into_iter().enumerate() {
            let spans = match index {
                0 => vec![
                    span(&label, self.look.theme.accent()),
                    span(line.trim_start_matches('\u{a0}'), style),
                ],
                _ => vec![span(line, style)],
            };
            self.lines.push(Line::from(spans));
        }
    }

    fn gap(&mut self) {
        self.lines.push(Line::from(Span::raw("")));
    }
}

/// What the visit holds about the question beside the answer itself, and what the last visit said.
fn recorded(visit: &Visit, question: &Question, block: &mut Block) {
    let look = block.look;
    let theme = look.theme;
    let answer = visit.answer(&question.id);
    captured(visit, question, block);
    files(visit, question, block);
    last_visit(visit, question, answer, block);
    let Some(answer) = answer else {
        return details(visit, question, None, block);
    };
    if !answer.note.is_empty() {
        block.labelled(look.pick("Note", "Note"), &answer.note, theme.text());
    }
    if let Some(level) = answer.evidence {
        let level = words::evidence(look.language, level);
        let (said, style) = match scoring::lapsed(visit.assessment(), &question.id) {
            true => (look.pick(format!("{level} (périmée)"), format!("{level} (lapsed)")), theme.warning()),
            false => (level.to_owned(), theme.text()),
        };
        block.labelled(look.pick("Preuve", "Evidence"), &said, style);
    }
    if let Some(plan) = visit.assessment().actions.get(&question.id) {
        block.labelled("Action", &words::plan(look.language, plan), theme.text());
    }
    if !answer.said_by.is_empty() {
        block.labelled(look.pick("Dit par", "Said by"), &answer.said_by, theme.text());
    }
    details(visit, question, Some(answer), block);
    if !answer.judgement.is_empty() {
        block.labelled(look.pick("Votre avis", "Your judgement"), &answer.judgement, theme.text());
    }
    let own = [
        (look.pick("Autre gravité", "Other severity"), &answer.severity),
        (look.pick("Autre vraisemblance", "Other likelihood"), &answer.likelihood),
    ];
    for (name, own) in own {
        if let Some(own) = own {
            let counts = match own.reason.trim().is_empty() {
                true => look.pick("ne compte pas sans motif", "does not count without a reason").to_owned(),
                false => own.reason.clone(),
            };
            block.labelled(name, &format!("{} ({counts})", own.figure), theme.warning());
        }
    }
}

/// What captures propose, and where they disprove the answer.
fn captured(visit: &Visit, question: &Question, block: &mut Block) {
    let look = block.look;
    let theme = look.theme;
    let contradictions = visit.contradictions(&question.id);
    for contradiction in &contradictions {
        let said = proof::seen(look.language, contradiction.seen);
        let label = format!("{} {}", theme.disproved(), look.pick("Contredit", "Disproved"));
        block.labelled(&label, &said, theme.bad());
        if let Some(written) = proof::resolution(look.language, contradiction) {
            block.labelled(look.pick("Expliqué", "Explained"), &written, theme.text());
        }
    }
    if contradictions.iter().any(|contradiction| contradiction.resolution.is_none()) {
        let how = look.pick(
            "X l’explique par écrit, ou répondez autrement",
            "X explains it in writing, or answer otherwise",
        );
        block.plain(how, theme.warning());
    }
    let Some(proposal) = visit.proposal(question) else { return lines_shown(visit, question, block) };
    let value = words::value(look.language, question, &proposal.value);
    let accept = look.pick("P accepte, preuve « testé »", "P accepts it, evidence “tested”");
    let said = match contradictions.is_empty() {
        true => format!("{value} · {accept} · {}", proof::seen(look.language, proposal.seen)),
        // What was seen stands above.
        false => format!("{value} · {accept}"),
    };
    block.labelled(look.pick("Proposé", "Proposed"), &said, theme.strong());
}

/// The files attached to the question.
fn files(visit: &Visit, question: &Question, block: &mut Block) {
    let look = block.look;
    for one in visit.files.iter().filter(|one| one.question == question.id) {
        let style = match (one.condition, one.lapsed) {
            (Condition::Intact, false) => look.theme.text(),
            _ => look.theme.warning(),
        };
        block.labelled(look.pick("Fichier", "File"), &attached::line(look.language, one), style);
    }
}

/// How many lines of the table captures would fill in.
fn lines_shown(visit: &Visit, question: &Question, block: &mut Block) {
    let look = block.look;
    let count = visit.lines_shown(question).len();
    if count > 0 {
        let (fr, en) =
            (look.language.plural(count, "ligne", "lignes"), look.language.plural(count, "line", "lines"));
        let said = look.pick(
            format!("{count} {fr} de plus d’après les relevés · P complète le tableau"),
            format!("{count} more {en} from captures · P fills them in"),
        );
        block.labelled(look.pick("Proposé", "Proposed"), &said, look.theme.strong());
    }
}

fn last_visit(visit: &Visit, question: &Question, answer: Option<&Answer>, block: &mut Block) {
    let look = block.look;
    let Some(previous) = &visit.previous else { return };
    let before = previous.answer(&question.id);
    let said = words::answer(look.language, question, before);
    let rows = visit.questionnaire.table_of(question).map_or(0, |(table, _)| previous.rows(&table).len());
    let mut text = match (said, rows) {
        (Some(said), _) => said,
        (None, 0) => look.pick("sans réponse", "unanswered").to_owned(),
        (None, rows) => format!(
            "{rows} {}",
            look.language.plural(rows, look.pick("ligne", "line"), look.pick("lignes", "lines"))
        ),
    };
    if let Some(note) = before.map(|before| before.note.trim()).filter(|note| !note.is_empty()) {
        text = look.pick(format!("{text} ; note : « {note} »"), format!("{text}; note: “{note}”"));
    }
    let date = look.language.date(previous.date);
    let label = look.pick(format!("Le {date}"), format!("On {date}"));
    block.labelled(&label, &text, look.theme.text());
    if answer.is_some_and(|answer| answer.carried.is_some()) {
        let confirm = look.pick(
            "repris : Entrée confirme, ou répondez à nouveau",
            "carried over: Enter confirms, or answer afresh",
        );
        block.plain(&format!("{} {confirm}", look.theme.carried()), look.theme.warning());
    }
}

/// The fields filled so far, or how to open the table.
fn details(visit: &Visit, question: &Question, answer: Option<&Answer>, block: &mut Block) {
    let look = block.look;
    let theme = look.theme;
    match &question.details {
        None => {}
        Some(Details::Table { .. }) => {
            let Some((table, columns)) = visit.questionnaire.table_of(question) else { return };
            let rows = visit.assessment().rows(&table).len();
            // A table of the question's own has no title: its columns say what it is about.
            let of = match visit.questionnaire.table(&table) {
                Some(table) => look.text(&table.title).to_owned(),
                None => columns.iter().map(|column| look.text(&column.title)).collect::<Vec<_>>().join(", "),
            };
            let count = look.language.plural(rows, look.pick("ligne", "line"), look.pick("lignes", "lines"));
            let said = format!("{of} · {rows} {count}");
            block.labelled(look.pick("t Tableau", "t Table"), &said, theme.text());
        }
        Some(Details::Fields(fields)) => {
            let filled = answer.map(|answer| &answer.details);
            let said = fields.iter().map(|field| {
                let cell = filled.and_then(|filled| filled.get(&field.id));
                let said = cell.map_or(theme.mark("—", "-").to_owned(), |cell| {
                    words::cell(look.language, &field.kind, cell)
                });
                format!("{}{}{said}", look.text(&field.title), look.colon())
            });
            let said = said.collect::<Vec<_>>().join(" · ");
            block.labelled(look.pick("t Précisions", "t Details"), &said, theme.text());
        }
    }
}

/// The law, then the other frameworks; `(?)` marks what is still to be checked.
fn law(question: &Question, block: &mut Block) {
    let look = block.look;
    let quiet = look.theme.quiet();
    if !question.law.is_empty() {
        block.labelled(look.pick("Droit", "Law"), &words::law(look.language, &question.law), quiet);
    }
    let maps: Vec<String> = question.maps.iter().map(|(framework, ids)| mapped(framework, ids)).collect();
    if !maps.is_empty() {
        block.plain(&maps.join(" · "), quiet);
    }
    let unsure = question.law.iter().chain(question.maps.keys()).chain(question.maps.values().flatten());
    if unsure.into_iter().any(|reference| reference.contains("(?)")) {
        block.plain(look.pick("(?) : référence à vérifier", "(?): reference to be checked"), quiet);
    }
}

/// A framework and its references; no line ends within its name, nor between it and the first of them.
fn mapped(framework: &str, ids: &[Words]) -> String {
    format!("{}\u{a0}{}", framework.replace(' ', "\u{a0}"), ids.join(" "))
}
