//! Who, when, how far, how good, and is it on disk? The lines at the top of the interview.

use ratatui::text::Line;
use ratatui::text::Span;

use crate::domain::questionnaire::Step;
use crate::tui::screens::look::Look;
use crate::tui::visit::Progress;
use crate::tui::visit::Visit;
use crate::tui::widgets::lines;
use crate::tui::widgets::lines::both_ends;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::width;

/// What a rule draws in front of its title.
const RULE: usize = 2;

/// Client and date; live score with its interval; whether all is on disk.
pub fn title(visit: &Visit, columns: usize, look: Look) -> Line<'static> {
    let theme = look.theme;
    let assessment = visit.assessment();
    let express = if assessment.express { look.pick(" · express", " · express") } else { "" };
    let archived = visit.archived.map_or("", |_| look.pick(" · archivé", " · archived"));
    let left = [
        span(format!(" {}", assessment.client), theme.strong()),
        span(format!(" · {}{express}{archived}", look.language.date(assessment.date)), theme.quiet()),
    ];
    let mut right = look.score(&visit.score.overall.figures);
    let figures = &visit.score.overall.figures;
    if columns >= 70 {
        let share = look.percent(figures.coverage);
        right.push(span(look.pick(format!(" couv. {share}"), format!(" cov. {share}")), theme.quiet()));
    }
    right.push(Span::raw("  "));
    right.push(saved(visit, columns, look));
    right.push(Span::raw(" "));
    both_ends(&left, right, columns, theme)
}

fn saved(visit: &Visit, columns: usize, look: Look) -> Span<'static> {
    let theme = look.theme;
    let short = columns < 60;
    if visit.read_only.is_some() {
        return span(look.pick("lecture seule", "read-only"), theme.warning());
    }
    if visit.saving.is_failing() {
        let said = if short { "" } else { look.pick(" non enregistré", " not saved") };
        return span(format!("{}{said}", theme.failed()), theme.bad());
    }
    match (visit.saving.is_done(), short) {
        (true, true) => span(theme.done(), theme.good()),
        (true, false) => span(format!("{} {}", theme.done(), look.pick("enregistré", "saved")), theme.good()),
        (false, true) => span(theme.mark("●", "*"), theme.warning()),
        (false, false) => {
            span(format!("{} {}", theme.mark("●", "*"), look.pick("écriture…", "saving…")), theme.warning())
        }
    }
}

/// The profile and the steps with their progress; the current one by name.
pub fn steps(visit: &Visit, columns: usize, look: Look) -> Line<'static> {
    let current = visit.part_index();
    let parts: Vec<(&Step, Progress)> = visit.progress().collect();
    let build = |named: bool, counts: bool| {
        let mut spans = vec![Span::raw(" ")];
        for (index, (part, progress)) in parts.iter().enumerate() {
            if index > 0 {
                spans.push(span(" ", look.theme.quiet()));
            }
            spans.push(step(index, part, *progress, index == current, named, counts, look));
        }
        spans
    };
    let room = |spans: &[Span]| spans.iter().map(|span| width(&span.content)).sum::<usize>() <= columns;
    let variants = [(true, true), (false, true), (false, false)];
    let mut built = variants.into_iter().map(|(named, counts)| build(named, counts));
    let fitting = built.find(|spans| room(spans)).unwrap_or_else(|| build(false, false));
    Line::from(fitting)
}

fn step(
    index: usize,
    part: &Step,
    progress: Progress,
    current: bool,
    named: bool,
    counts: bool,
    look: Look,
) -> Span<'static> {
    let theme = look.theme;
    let short = if index == 0 {
        look.text(&part.title).chars().next().unwrap_or('0').to_string()
    } else {
        index.to_string()
    };
    let full = progress.asked > 0 && progress.answered == progress.asked;
    let complete = full && progress.carried == 0;
    let name = match (current, named) {
        (true, true) => {
            let word = look.short(part);
            if index == 0 { word.to_owned() } else { format!("{index} {word}") }
        }
        _ => short,
    };
    let count = match (complete, counts) {
        (true, _) => format!(" {}", theme.done()),
        // All has an answer; so many are still to be confirmed.
        (false, _) if full => format!(" {}{}", theme.carried(), progress.carried),
        (false, true) => format!(" {}/{}", progress.answered, progress.asked),
        (false, false) => String::new(),
    };
    let style = if current {
        theme.selected()
    } else if complete {
        theme.good()
    } else {
        theme.quiet()
    };
    span(format!(" {name}{count} "), style)
}

/// In a visit that carries answers over: which of the points left open this is, and how to go on otherwise.
pub fn left_open(visit: &Visit, look: Look) -> Option<Line<'static>> {
    let (place, count) = visit.left_open_place()?;
    let said = look.pick(
        format!(" D’abord ce qui est resté ouvert\u{202f}: {place} sur {count} "),
        format!(" First what was left open: {place} of {count} "),
    );
    let otherwise = look.pick("dans l’ordre des étapes", "in the order of the steps");
    let theme = look.theme;
    Some(Line::from(vec![
        span(said, theme.warning()),
        span("· ", theme.quiet()),
        span("Tab ", theme.accent()),
        span(otherwise, theme.quiet()),
    ]))
}

/// The step, the question's place in it, its title, and whether it is a knock-out.
pub fn rule(visit: &Visit, columns: usize, look: Look) -> Line<'static> {
    let part = visit.current_part();
    let full = question_title(visit, look.text(&part.title), look);
    let fits = full.iter().map(|span| width(&span.content)).sum::<usize>() + RULE <= columns;
    // The question and its marks say more than the whole name of the step.
    let title = if fits { full } else { question_title(visit, look.short(part), look) };
    lines::rule(&title, columns, look.theme)
}

fn question_title(visit: &Visit, step: &str, look: Look) -> Vec<Span<'static>> {
    let theme = look.theme;
    let questions: Vec<_> = visit.asked_in(visit.current_part()).collect();
    let place =
        questions.iter().position(|question| question.id == *visit.current()).map_or(0, |place| place + 1);
    let mut title = vec![
        span(format!(" {step} "), theme.accent()),
        span(format!("{place}/{} ", questions.len()), theme.quiet()),
    ];
    if let Some(question) = visit.question() {
        title.push(span(format!("· {} ", look.text(&question.title)), theme.strong()));
        if question.risk.as_ref().is_some_and(|risk| risk.knockout) {
            title.push(span(look.pick("· éliminatoire ", "· knock-out "), theme.bad()));
        }
        if visit.is_contradicted(&question.id) {
            title.push(span(look.pick("· contredite ", "· disproved "), theme.bad()));
        }
        if visit.answer(&question.id).is_some_and(|answer| answer.flagged) {
            title.push(span(format!("{} ", theme.flag()), theme.warning()));
        }
    }
    title
}
