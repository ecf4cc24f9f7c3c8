//! What helps to answer? Last time, the note, the evidence, the judgement; then help, what to look at, the law.

use std::borrow::Cow;

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

/// What stands under a question, most needed first, folded into lines.
#[derive(Debug)]
pub struct Help<'a> {
    columns: usize,
    look: Look,
    parts: Vec<Part<'a>>,
    pub lines: Vec<Line<'static>>,
}

/// A text of its own, with a word in front where it has one.
#[derive(Debug)]
struct Part<'a> {
    /// The number of its first line.
    first: usize,
    label: String,
    text: Cow<'a, str>,
    style: Style,
}

impl<'a> Help<'a> {
    pub fn of(visit: &'a Visit, question: &'a Question, columns: usize, look: Look) -> Help<'a> {
        let theme = look.theme;
        let mut help = Help { columns, look, parts: Vec::new(), lines: Vec::new() };
        recorded(visit, question, &mut help);
        help.plain("", theme.text());
        if let Some(opening) = visit.opening() {
            help.labelled(look.pick("En ouverture", "To open with"), look.text(opening), theme.text());
        }
        if let Some(reference) = &question.reference {
            help.labelled(look.pick("Repère", "Reference"), look.text(reference), theme.text());
        }
        help.plain(look.text(&question.help), theme.text());
        if !question.look_for.is_empty() {
            help.labelled(look.pick("À voir", "Look at"), look.text(&question.look_for), theme.text());
        }
        law(question, &mut help);
        help
    }

    /// Makes a line narrower than the others, and folds what it belongs to anew: something is to stand beside it.
    pub fn narrow(&mut self, line: usize, columns: usize) {
        let index = self.parts.partition_point(|part| part.first <= line).saturating_sub(1);
        let Some(part) = self.parts.get(index) else { return };
        let end = self.parts.get(index + 1).map_or(self.lines.len(), |next| next.first);
        let own = |of: usize| if part.first + of == line { columns } else { self.columns };
        let anew = part.folded(own, self.look);
        self.lines.splice(part.first..end, anew);
    }

    fn plain(&mut self, text: impl Into<Cow<'a, str>>, style: Style) {
        self.add(String::new(), text.into(), style);
    }

    /// A word in front, in colour; the text folded beneath itself.
    fn labelled(&mut self, label: &str, text: impl Into<Cow<'a, str>>, style: Style) {
        self.add(format!("{label}{}", self.look.colon()), text.into(), style);
    }

    fn add(&mut self, label: String, text: Cow<'a, str>, style: Style) {
        let part = Part { first: self.lines.len(), label, text, style };
        self.lines.extend(part.folded(|_| self.columns, self.look));
        self.parts.push(part);
    }
}

impl Part<'_> {
    fn folded(&self, columns: impl Fn(usize) -> usize, look: Look) -> Vec<Line<'static>> {
        if self.label.is_empty() {
            let folded = wrap_to(&self.text, columns);
            return folded.into_iter().map(|line| Line::from(Span::styled(line, self.style))).collect();
        }
        // A first line shorter by the label, told to the wrapper as a word of its own.
        let label = "\u{a0}".repeat(self.label.chars().count());
        let folded = wrap_to(&format!("{label}{}", self.text), columns).into_iter().enumerate();
        let lines = folded.map(|(index, line)| match index {
            0 => Line::from(vec![
                span(&self.label, look.theme.accent()),
                Span::styled(line.trim_start_matches('\u{a0}').to_owned(), self.style),
            ]),
            _ => Line::from(Span::styled(line, self.style)),
        });
        lines.collect()
    }
}

/// What the visit holds about the question beside the answer itself, and what the last visit said.
fn recorded<'a>(visit: &'a Visit, question: &'a Question, help: &mut Help<'a>) {
    let look = help.look;
    let theme = look.theme;
    let answer = visit.answer(&question.id);
    captured(visit, question, help);
    files(visit, question, help);
    last_visit(visit, question, answer, help);
    let Some(answer) = answer else {
        return details(visit, question, None, help);
    };
    if !answer.note.is_empty() {
        help.labelled(look.pick("Note", "Note"), answer.note.as_str(), theme.text());
    }
    if let Some(level) = answer.evidence {
        let level = words::evidence(look.language, level);
        let (said, style) = match scoring::lapsed(visit.assessment(), &question.id) {
            true => (look.pick(format!("{level} (périmée)"), format!("{level} (lapsed)")), theme.warning()),
            false => (level.to_owned(), theme.text()),
        };
        help.labelled(look.pick("Preuve", "Evidence"), said, style);
    }
    if let Some(plan) = visit.assessment().actions.get(&question.id) {
        help.labelled("Action", words::plan(look.language, plan), theme.text());
    }
    if !answer.said_by.is_empty() {
        help.labelled(look.pick("Dit par", "Said by"), answer.said_by.as_str(), theme.text());
    }
    details(visit, question, Some(answer), help);
    if !answer.judgement.is_empty() {
        help.labelled(look.pick("Votre avis", "Your judgement"), answer.judgement.as_str(), theme.text());
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
            help.labelled(name, format!("{} ({counts})", own.figure), theme.warning());
        }
    }
}

/// What captures propose, and where they disprove the answer.
fn captured<'a>(visit: &'a Visit, question: &'a Question, help: &mut Help<'a>) {
    let look = help.look;
    let theme = look.theme;
    let contradictions = visit.contradictions(&question.id);
    for contradiction in &contradictions {
        let said = proof::seen(look.language, contradiction.seen);
        let label = format!("{} {}", theme.disproved(), look.pick("Contredit", "Disproved"));
        help.labelled(&label, said, theme.bad());
        if let Some(written) = proof::resolution(look.language, contradiction) {
            help.labelled(look.pick("Expliqué", "Explained"), written, theme.text());
        }
    }
    if contradictions.iter().any(|contradiction| contradiction.resolution.is_none()) {
        let how = look.pick(
            "X l’explique par écrit, ou répondez autrement",
            "X explains it in writing, or answer otherwise",
        );
        help.plain(how, theme.warning());
    }
    let Some(proposal) = visit.proposal(question) else { return lines_shown(visit, question, help) };
    let value = words::value(look.language, question, &proposal.value);
    let accept = look.pick("P accepte, preuve « testé »", "P accepts it, evidence “tested”");
    let said = match contradictions.is_empty() {
        true => format!("{value} · {accept} · {}", proof::seen(look.language, proposal.seen)),
        // What was seen stands above.
        false => format!("{value} · {accept}"),
    };
    help.labelled(look.pick("Proposé", "Proposed"), said, theme.strong());
}

/// The files attached to the question.
fn files<'a>(visit: &'a Visit, question: &'a Question, help: &mut Help<'a>) {
    let look = help.look;
    for one in visit.files.iter().filter(|one| one.question == question.id) {
        let style = match (one.condition, one.lapsed) {
            (Condition::Intact, false) => look.theme.text(),
            _ => look.theme.warning(),
        };
        help.labelled(look.pick("Fichier", "File"), attached::line(look.language, one), style);
    }
}

/// How many lines of the table captures would fill in.
fn lines_shown<'a>(visit: &'a Visit, question: &'a Question, help: &mut Help<'a>) {
    let look = help.look;
    let count = visit.lines_shown(question).len();
    if count > 0 {
        let (fr, en) =
            (look.language.plural(count, "ligne", "lignes"), look.language.plural(count, "line", "lines"));
        let said = look.pick(
            format!("{count} {fr} de plus d’après les relevés · P complète le tableau"),
            format!("{count} more {en} from captures · P fills them in"),
        );
        help.labelled(look.pick("Proposé", "Proposed"), said, look.theme.strong());
    }
}

fn last_visit(visit: &Visit, question: &Question, answer: Option<&Answer>, help: &mut Help) {
    let look = help.look;
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
    help.labelled(&label, text, look.theme.text());
    if answer.is_some_and(|answer| answer.carried.is_some()) {
        let confirm = look.pick(
            "repris : Entrée confirme, ou répondez à nouveau",
            "carried over: Enter confirms, or answer afresh",
        );
        help.plain(format!("{} {confirm}", look.theme.carried()), look.theme.warning());
    }
}

/// The fields filled so far, or how to open the table.
fn details(visit: &Visit, question: &Question, answer: Option<&Answer>, help: &mut Help) {
    let look = help.look;
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
            help.labelled(look.pick("t Tableau", "t Table"), said, theme.text());
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
            help.labelled(look.pick("t Précisions", "t Details"), said, theme.text());
        }
    }
}

/// The law, then the other frameworks; `(?)` marks what is still to be checked.
fn law(question: &Question, help: &mut Help) {
    let look = help.look;
    let quiet = look.theme.quiet();
    if !question.law.is_empty() {
        help.labelled(look.pick("Droit", "Law"), words::law(look.language, &question.law), quiet);
    }
    let maps: Vec<String> = question.maps.iter().map(|(framework, ids)| mapped(framework, ids)).collect();
    if !maps.is_empty() {
        help.plain(maps.join(" · "), quiet);
    }
    let unsure = question.law.iter().chain(question.maps.keys()).chain(question.maps.values().flatten());
    if unsure.into_iter().any(|reference| reference.contains("(?)")) {
        help.plain(look.pick("(?) : référence à vérifier", "(?): reference to be checked"), quiet);
    }
}

/// A framework and its references; no line ends within its name, nor between it and the first of them.
fn mapped(framework: &str, ids: &[Words]) -> String {
    format!("{}\u{a0}{}", framework.replace(' ', "\u{a0}"), ids.join(" "))
}
