//! What is asked, and how is it answered? The question and its answers, each with its key.

use ratatui::text::Line;
use ratatui::text::Span;

use super::places::first_choice;
use super::places::uses_cursor;
use crate::domain::answer::Answer;
use crate::domain::answer::Value;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::Question;
use crate::domain::words;
use crate::tui::screens::look::Look;
use crate::tui::visit::Visit;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::width;
use crate::tui::widgets::wrap::wrap;

/// The lines, and which of them has the focus.
pub fn lines(
    visit: &Visit,
    question: &Question,
    cursor: usize,
    columns: usize,
    look: Look,
) -> (Vec<Line<'static>>, usize) {
    let theme = look.theme;
    let mut lines: Vec<Line> = wrap(look.text(&question.ask), columns)
        .into_iter()
        .map(|line| Line::from(Span::styled(line, theme.strong())))
        .collect();
    if visit.asked.is_to_be_sure(&question.id) {
        let because = look.pick(
            "Posée par précaution : un fait du profil n’est pas connu.",
            "Asked to be sure: a fact of the profile is not known.",
        );
        lines.extend(
            wrap(because, columns).into_iter().map(|line| Line::from(Span::styled(line, theme.quiet()))),
        );
    }
    let answer = visit.answer(&question.id);
    let focus = lines.len();
    let focus = match &question.answer {
        AnswerKind::YesPartlyNo => {
            yes_partly_no(question, answer, columns, look, &mut lines);
            focus
        }
        AnswerKind::Choice(_) | AnswerKind::Choices { .. } => {
            choices(question, answer, cursor, columns, look, &mut lines)
        }
        AnswerKind::Number { .. } | AnswerKind::Date { .. } => {
            value(question, answer, cursor, columns, look, &mut lines)
        }
        AnswerKind::Text => {
            text(question, answer, columns, look, &mut lines);
            focus
        }
        AnswerKind::Table { .. } => {
            table(visit, question, answer, look, &mut lines);
            focus
        }
    };
    aside(question, answer, columns, look, &mut lines);
    (lines, focus)
}

/// A line with a key, a mark where it is the answer, words, and what they mean.
fn option(
    key: &str,
    chosen: bool,
    cursor: bool,
    text: &str,
    meaning: &str,
    columns: usize,
    look: Look,
) -> Vec<Line<'static>> {
    let theme = look.theme;
    let mark = if chosen { theme.pointer() } else { " " };
    let style = match (chosen, cursor) {
        (_, true) => theme.selected(),
        (true, false) => theme.strong(),
        (false, false) => theme.text(),
    };
    let indent = 5;
    let (head, meaning) = match meaning.is_empty() {
        true => (String::new(), text.to_owned()),
        false => (format!("{text:<10}"), meaning.to_owned()),
    };
    let room = columns.saturating_sub(indent + width(&head)).max(8);
    let mut out = Vec::new();
    for (index, line) in wrap(&meaning, room).into_iter().enumerate() {
        let style_of_line = if head.is_empty() { style } else { theme.text() };
        let mut spans = match index {
            0 => vec![
                span(mark, theme.accent()),
                span(format!(" {key:<2} "), theme.accent()),
                span(&head, style),
            ],
            _ => vec![Span::raw(" ".repeat(indent + width(&head)))],
        };
        spans.push(Span::styled(line, if chosen { theme.strong() } else { style_of_line }));
        out.push(Line::from(spans));
    }
    out
}

fn yes_partly_no(
    question: &Question,
    answer: Option<&Answer>,
    columns: usize,
    look: Look,
    lines: &mut Vec<Line<'static>>,
) {
    let value = answer.and_then(|answer| answer.value.as_ref());
    let keys = [
        (look.pick("o", "y"), Value::Yes, question.means.as_ref().map(|means| &means.yes)),
        ("p", Value::Partly, question.means.as_ref().map(|means| &means.partly)),
        ("n", Value::No, question.means.as_ref().map(|means| &means.no)),
    ];
    for (key, of, meaning) in keys {
        let said = words::value(look.language, question, &of);
        let meaning = meaning.map_or("", |meaning| look.text(meaning));
        lines.extend(option(key, value == Some(&of), false, &said, meaning, columns, look));
    }
}

/// Returns the line that has the focus.
fn choices(
    question: &Question,
    answer: Option<&Answer>,
    cursor: usize,
    columns: usize,
    look: Look,
    lines: &mut Vec<Line<'static>>,
) -> usize {
    let value = answer.and_then(|answer| answer.value.as_ref());
    let several = question.takes_several();
    let with_cursor = uses_cursor(question);
    let first = lines.len();
    let mut focus = first;
    let mut group: Option<&String> = None;
    for (index, choice) in question.choices().iter().enumerate() {
        if index > 0 && choice.group.as_ref() != group && (choice.group.is_some() || group.is_some()) {
            lines.push(Line::default());
        }
        group = choice.group.as_ref();
        let chosen = match value {
            Some(Value::Choice(id)) => *id == choice.id,
            Some(Value::Choices(ids)) => ids.contains(&choice.id),
            _ => false,
        };
        let key = match index {
            0..=8 => (index + 1).to_string(),
            9 if !several => "0".to_owned(),
            _ => String::new(),
        };
        let mark = match (several, chosen, choice.group.is_some()) {
            (false, ..) => "",
            (true, true, false) => look.theme.mark("☒ ", "[x] "),
            (true, false, false) => look.theme.mark("☐ ", "[ ] "),
            (true, true, true) => look.theme.mark("◉ ", "(x) "),
            (true, false, true) => look.theme.mark("○ ", "( ) "),
        };
        if index == cursor && with_cursor {
            focus = lines.len();
        }
        let text = format!("{mark}{}", look.text(&choice.text));
        lines.extend(option(&key, chosen, with_cursor && index == cursor, &text, "", columns, look));
    }
    if several {
        let none = words::value(look.language, question, &Value::Nothing);
        lines.extend(option("0", value == Some(&Value::Nothing), false, &none, "", columns, look));
        // Ticking alone does not lead on: whoever sees this for the first time must be told. Not beside one of the
        // choices, as if it belonged to that one.
        let go_on = look.pick("   ou Entrée, les choix cochés", "   or Enter, when all are ticked");
        if let Some(line) = lines.last_mut().filter(|line| line.width() + width(go_on) <= columns) {
            line.push_span(span(go_on, look.theme.quiet()));
        }
    }
    focus
}

/// A number or a date: the field, what counts, and the words beside it.
fn value(
    question: &Question,
    answer: Option<&Answer>,
    cursor: usize,
    columns: usize,
    look: Look,
    lines: &mut Vec<Line<'static>>,
) -> usize {
    let theme = look.theme;
    let value = answer.and_then(|answer| answer.value.as_ref());
    let with_cursor = uses_cursor(question);
    let unit = match &question.answer {
        AnswerKind::Number { unit, .. } => look.text(unit).to_owned(),
        _ => look.pick("jj/mm/aaaa", "dd/mm/yyyy").to_owned(),
    };
    let said = match value {
        Some(Value::Number(_) | Value::Date(_)) => {
            words::answer(look.language, question, answer).unwrap_or_default()
        }
        _ => format!("{} {unit}", theme.mark("____", "____")),
    };
    let mut focus = lines.len();
    let is_value = matches!(value, Some(Value::Number(_) | Value::Date(_)));
    let style = if with_cursor && cursor == 0 {
        theme.selected()
    } else if is_value {
        theme.strong()
    } else {
        theme.text()
    };
    lines.push(Line::from(vec![
        span(if is_value { theme.pointer() } else { " " }, theme.accent()),
        span("    ", theme.text()),
        span(said, style),
        span(look.pick("   tapez, puis Entrée", "   type it, then Enter"), theme.quiet()),
    ]));
    for (index, choice) in question.choices().iter().enumerate() {
        let place = index + first_choice(question);
        let chosen = matches!(value, Some(Value::Choice(id)) if *id == choice.id);
        if with_cursor && place == cursor {
            focus = lines.len();
        }
        let arrow = theme.mark("↕", "|");
        lines.extend(option(
            arrow,
            chosen,
            with_cursor && place == cursor,
            look.text(&choice.text),
            "",
            columns,
            look,
        ));
    }
    let scale = scale(question, look);
    if !scale.is_empty() {
        lines.extend(
            wrap(&scale, columns.saturating_sub(5))
                .into_iter()
                .map(|line| Line::from(span(format!("     {line}"), theme.quiet()))),
        );
    }
    focus
}

/// What which value is worth: `≤ 36 mois en ordre · ≤ 48 en partie · au-delà manque`.
fn scale(question: &Question, look: Look) -> String {
    let worth = |degree: f64| -> &'static str {
        if degree >= 1.0 {
            look.pick("en ordre", "in order")
        } else if degree <= 0.0 {
            look.pick("insuffisant", "not enough")
        } else {
            look.pick("en partie", "partly")
        }
    };
    let most = look.theme.mark("≤", "<=");
    let (bands, beyond): (Vec<(String, f64)>, f64) = match &question.answer {
        AnswerKind::Number { bands, beyond, .. } => {
            let limits: Vec<f64> = bands.iter().map(|band| band.upto).collect();
            let ranges = ranges(&limits, look);
            (ranges.into_iter().zip(bands.iter().map(|band| band.degree)).collect(), *beyond)
        }
        AnswerKind::Date { bands, beyond, .. } => {
            let months = look.pick("mois", "months");
            (
                bands.iter().map(|band| (format!("{most} {} {months}", band.months), band.degree)).collect(),
                *beyond,
            )
        }
        _ => return String::new(),
    };
    if bands.is_empty() || question.risk.is_none() {
        return String::new();
    }
    let mut parts: Vec<String> =
        bands.iter().map(|(range, degree)| format!("{range}{}{}", look.colon(), worth(*degree))).collect();
    parts.push(format!("{}{}{}", look.pick("au-delà", "beyond"), look.colon(), worth(beyond)));
    parts.join(" · ")
}

/// The numbers that bands take, in the unit that stands beside the field: `up to 2`, `3 to 5`; of fractions, the limit.
fn ranges(limits: &[f64], look: Look) -> Vec<String> {
    let number = |number: f64| look.language.number(number);
    let whole = limits.iter().all(|limit| limit.fract() == 0.0);
    let mut below: Option<f64> = None;
    let range = |limit: &f64| {
        let last = below.replace(*limit);
        match last {
            _ if !whole => format!("{} {}", look.theme.mark("≤", "<="), number(*limit)),
            None if *limit <= 0.0 => number(*limit),
            None => format!("{} {}", look.pick("jusqu’à", "up to"), number(*limit)),
            Some(last) if *limit - last <= 1.0 => number(*limit),
            Some(last) => format!("{} {} {}", number(last + 1.0), look.pick("à", "to"), number(*limit)),
        }
    };
    limits.iter().map(range).collect()
}

fn text(
    question: &Question,
    answer: Option<&Answer>,
    columns: usize,
    look: Look,
    lines: &mut Vec<Line<'static>>,
) {
    let said = words::answer(look.language, question, answer);
    let shown = said.unwrap_or_else(|| look.pick("Entrée ouvre le texte", "Enter opens the text").to_owned());
    lines.extend(
        wrap(&shown, columns.saturating_sub(4))
            .into_iter()
            .map(|line| Line::from(span(format!("    {line}"), look.theme.text()))),
    );
}

fn table(
    visit: &Visit,
    question: &Question,
    answer: Option<&Answer>,
    look: Look,
    lines: &mut Vec<Line<'static>>,
) {
    let theme = look.theme;
    let rows =
        visit.questionnaire.table_of(question).map_or(0, |(table, _)| visit.assessment().rows(&table).len());
    let nothing = matches!(answer.and_then(|answer| answer.value.as_ref()), Some(Value::Nothing));
    let count = look.language.plural(rows, look.pick("ligne", "line"), look.pick("lignes", "lines"));
    let enter = look.pick("Entrée", "Enter");
    lines.push(Line::from(vec![
        span(if rows > 0 && !nothing { theme.pointer() } else { " " }, theme.accent()),
        span(format!(" {enter} "), theme.accent()),
        span(look.pick("le tableau", "the table"), theme.text()),
        span(format!(" · {rows} {count}"), theme.strong()),
        span(degree(visit, question, look), theme.quiet()),
    ]));
    lines.push(Line::from(vec![
        span(if nothing { theme.pointer() } else { " " }, theme.accent()),
        span(" 0  ", theme.accent()),
        span(look.pick("il n’y en a pas (avec le motif)", "there is none (with the reason)"), theme.text()),
    ]));
}

/// What the lines come to.
fn degree(visit: &Visit, question: &Question, look: Look) -> String {
    let degree = visit.score.question(&question.id).and_then(|scored| scored.degree);
    degree.map_or(String::new(), |degree| {
        let degree = look.percent(degree);
        look.pick(format!(" · maîtrise {degree}"), format!(" · control {degree}"))
    })
}

fn no_reason(look: Look) -> &'static str {
    look.pick("compte comme sans réponse, faute de motif", "counts as unanswered, for want of a reason")
}

/// Don't know and not applicable, when they are the answer; what goes with the question.
fn aside(
    question: &Question,
    answer: Option<&Answer>,
    columns: usize,
    look: Look,
    lines: &mut Vec<Line<'static>>,
) {
    let theme = look.theme;
    let value = answer.and_then(|answer| answer.value.as_ref());
    let special = match value {
        Some(Value::Unknown) => "d",
        Some(Value::NotApplicable) => "x",
        _ => {
            let of_table = matches!(question.answer, AnswerKind::Table { .. });
            if let Some(answer) =
                answer.filter(|answer| of_table && matches!(answer.value, Some(Value::Nothing)))
            {
                let reason = match answer.reason.trim() {
                    "" => no_reason(look).to_owned(),
                    reason => format!("{}{}{reason}", look.pick("motif", "reason"), look.colon()),
                };
                lines.extend(
                    wrap(&reason, columns.saturating_sub(5))
                        .into_iter()
                        .map(|line| Line::from(span(format!("     {line}"), theme.text()))),
                );
            }
            return;
        }
    };
    let said = words::answer(look.language, question, answer).unwrap_or_default();
    let more = answer.map_or(String::new(), |answer| match value {
        Some(Value::Unknown) => {
            let by = answer.follow_up.by.map(|by| look.language.date(by));
            let parts: Vec<String> = (!answer.follow_up.who.is_empty())
                .then(|| answer.follow_up.who.clone())
                .into_iter()
                .chain(by)
                .collect();
            parts.join(", ")
        }
        _ if answer.reason.trim().is_empty() => no_reason(look).to_owned(),
        _ if answer.agreed_by.trim().is_empty()
            && question.risk.as_ref().is_some_and(|risk| risk.knockout) =>
        {
            format!(
                "{} ({})",
                answer.reason,
                look.pick("il manque la personne qui confirme", "the person who agrees is missing")
            )
        }
        _ => answer.reason.clone(),
    });
    let text = if more.is_empty() { said } else { format!("{said}{}{more}", look.colon()) };
    lines.extend(option(special, true, false, &text, "", columns, look));
}
