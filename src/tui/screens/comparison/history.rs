//! What was said about one question over the years? Every visit's answer, note, evidence and action, oldest first.

use ratatui::style::Style;

use super::seen::when;
use crate::domain::answer::Answer;
use crate::domain::comparison::Kind;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::Question;
use crate::domain::scope::Scope;
use crate::domain::scoring;
use crate::domain::scoring::Score;
use crate::domain::text::plain_line;
use crate::domain::wording;
use crate::domain::wording::Piece;
use crate::domain::words;
use crate::report::comparison as said;
use crate::tui::effect::Past;
use crate::tui::screens::help::blank;
use crate::tui::screens::help::heading;
use crate::tui::screens::look::Look;
use crate::tui::screens::reader::Paragraph;

pub fn history<'a>(
    visits: &'a [Past],
    score: impl Fn(usize) -> Option<&'a Score>,
    id: &QuestionId,
    look: Look,
) -> Vec<Paragraph> {
    let asked = visits.iter().rev().find_map(|past| past.questionnaire.question(id));
    let Some(latest) = asked else { return Vec::new() };
    let mut out = vec![
        heading(look.text(&latest.title), look),
        paragraph(look.text(&latest.ask).to_owned(), look.theme.quiet(), 0),
    ];
    let mut before: Option<&Question> = None;
    for (index, past) in visits.iter().enumerate() {
        out.push(blank(look));
        out.push(heading(&when(past, look.language), look));
        let Some(question) = past.questionnaire.question(id) else {
            let none = look.pick("pas dans le questionnaire de ce jour", "not in that day’s questionnaire");
            out.push(paragraph(none.to_owned(), look.theme.quiet(), 0));
            continue;
        };
        if let Some(reworded) = before.and_then(|before| reworded(before, question, look)) {
            out.push(paragraph(reworded, look.theme.quiet(), 2));
        }
        before = Some(question);
        visit(past, question, score(index), look, &mut out);
    }
    out.push(blank(look));
    let hint = look.pick("Entrée va à cette question.", "Enter goes to this question.");
    out.push(paragraph(hint.to_owned(), look.theme.quiet(), 0));
    out
}

/// One visit's answer: what it counts as, then everything that was recorded with it.
fn visit(past: &Past, question: &Question, score: Option<&Score>, look: Look, out: &mut Vec<Paragraph>) {
    let answer = past.assessment.answer(&question.id);
    let scored = score.and_then(|score| score.question(&question.id));
    let mut said = value(past, question, look);
    if !Scope::new(&past.questionnaire, &past.assessment).asks(question) {
        said = format!("{said} · {}", look.pick("non posée", "not asked"));
    }
    let mut style = look.theme.strong();
    if let Some((degree, residual)) = scored.and_then(|scored| scored.degree.zip(scored.residual)) {
        let level = words::level(look.language, residual.level);
        let share = look.percent(degree);
        said = look.pick(
            format!("{said} · maîtrise {share} · risque restant {level}"),
            format!("{said} · control {share} · {level} risk left"),
        );
        style = if degree >= 1.0 { look.theme.good() } else { look.theme.level(residual.level) };
    }
    out.push(paragraph(said, style, 0));
    if let Some(answer) = answer {
        recorded(past, question, answer, look, out);
    }
    for file in past.assessment.attachments.get(&question.id).into_iter().flatten() {
        let mut text = plain_line(&file.name);
        if file.has_lapsed(past.assessment.date) {
            text.push_str(look.pick(" (périmé)", " (lapsed)"));
        }
        labelled(look.pick("Fichier", "File"), &text, look, out);
    }
    if let Some(plan) = past.assessment.actions.get(&question.id) {
        labelled("Action", &words::plan(look.language, plan), look, out);
    }
}

fn value(past: &Past, question: &Question, look: Look) -> String {
    let answer = past.assessment.answer(&question.id);
    if let Some(said) = words::answer(look.language, question, answer) {
        return said;
    }
    let table = past.questionnaire.table_of(question);
    let rows = table.map_or(0, |(table, _)| past.assessment.rows(&table).len());
    match rows {
        0 => look.pick("sans réponse", "unanswered").to_owned(),
        rows => {
            let lines = look.language.plural(rows, look.pick("ligne", "line"), look.pick("lignes", "lines"));
            format!("{rows} {lines}")
        }
    }
}

fn recorded(past: &Past, question: &Question, answer: &Answer, look: Look, out: &mut Vec<Paragraph>) {
    if let Some(date) = answer.carried {
        let date = look.language.date(date);
        let text = look.pick(
            format!("{} reprise de la visite du {date}, pas encore confirmée", look.theme.carried()),
            format!("{} carried over from the visit of {date}, not confirmed yet", look.theme.carried()),
        );
        out.push(paragraph(text, look.theme.warning(), 2));
    }
    if let Some(level) = answer.evidence {
        let mut text = words::evidence(look.language, level).to_owned();
        if let Some(on) = answer.evidence_on {
            let on = look.language.date(on);
            text = look.pick(format!("{text}, le {on}"), format!("{text}, on {on}"));
        }
        if scoring::lapsed(&past.assessment, &question.id) {
            text.push_str(look.pick(" (périmée)", " (lapsed)"));
        }
        labelled(look.pick("Preuve", "Evidence"), &text, look, out);
    }
    for field in question.fields() {
        if let Some(cell) = answer.details.get(&field.id) {
            labelled(look.text(&field.title), &words::cell(look.language, &field.kind, cell), look, out);
        }
    }
    let severity = answer.severity.as_ref().map(|own| format!("{} ({})", own.figure, own.reason));
    let likelihood = answer.likelihood.as_ref().map(|own| format!("{} ({})", own.figure, own.reason));
    let by = answer.follow_up.by.map(|by| look.language.date(by));
    let who = Some(answer.follow_up.who.clone()).filter(|who| !who.is_empty());
    let follow_up = who.into_iter().chain(by).collect::<Vec<_>>().join(", ");
    let texts = [
        ("Note", answer.note.clone()),
        (look.pick("Dit par", "Said by"), answer.said_by.clone()),
        (look.pick("Motif", "Reason"), answer.reason.clone()),
        (look.pick("Confirmé par", "Agreed by"), answer.agreed_by.clone()),
        (look.pick("Votre avis", "Your judgement"), answer.judgement.clone()),
        (look.pick("Autre gravité", "Other severity"), severity.unwrap_or_default()),
        (look.pick("Autre vraisemblance", "Other likelihood"), likelihood.unwrap_or_default()),
        (look.pick("Suite à donner", "Follow-up"), follow_up),
    ];
    for (label, text) in texts.iter().filter(|(_, text)| !text.trim().is_empty()) {
        labelled(label, text, look, out);
    }
}

/// How the question was put before, where it was put otherwise.
fn reworded(before: &Question, now: &Question, look: Look) -> Option<String> {
    let (old, new) = (look.text(&before.ask), look.text(&now.ask));
    if wording::same(old, new) {
        return None;
    }
    let marked = wording::difference(old, new).into_iter().map(|piece| match piece {
        Piece::Same(run) => run.trim_end().to_owned(),
        Piece::Gone(run) => format!("[-{}-]", run.trim_end()),
        Piece::New(run) => format!("{{+{}+}}", run.trim_end()),
    });
    let marked = marked.collect::<Vec<_>>().join(" ");
    Some(format!("{}{}{marked}", said::kind(Kind::Reworded, look.language), look.colon()))
}

fn labelled(label: &str, text: &str, look: Look, out: &mut Vec<Paragraph>) {
    out.push(paragraph(format!("{label}{}{text}", look.colon()), look.theme.text(), 2));
}

fn paragraph(text: String, style: Style, indent: usize) -> Paragraph {
    Paragraph { text, style, indent }
}
