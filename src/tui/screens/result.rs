//! How does the client stand? The result, to be turned towards them: bands, bars, the risk map, findings.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use super::disproved;
use super::explanation;
use super::look::Look;
use crate::domain::id::QuestionId;
use crate::domain::id::StepId;
use crate::domain::scoring::CapKind;
use crate::domain::scoring::Level;
use crate::domain::words;
use crate::report::attached;
use crate::storage::attachments::Checked;
use crate::tui::intent::Intent;
use crate::tui::visit::Visit;
use crate::tui::widgets::lines::bar;
use crate::tui::widgets::lines::both_ends;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::first_shown;
use crate::tui::widgets::lines::rule;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::fit;
use crate::tui::widgets::wrap::shorten;
use crate::tui::widgets::wrap::width;
use crate::tui::widgets::wrap::wrap;

#[derive(Debug, Clone, Copy, Default)]
pub struct Result {
    selected: usize,
}

/// Something on the result that can be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    Overall,
    Step(StepId),
    /// The n-th cap of the whole.
    Cap(usize),
    /// An answer that a capture disproves, as long as nobody explained it.
    Disproved(QuestionId),
    /// An attached file whose copy is missing or was changed.
    File {
        question: QuestionId,
        digest: String,
    },
    Finding(QuestionId),
}

/// The columns behind a step's bar: score, interval, how many questions are answered.
const BEHIND_STEP: usize = 5 + 7 + 6;
/// A shorter bar says nothing.
const LEAST_BAR: usize = 10;
/// The widest that the map is drawn.
const MAP: u16 = 31;

impl Result {
    /// Everything that can be selected, in order.
    pub fn items(visit: &Visit) -> Vec<Item> {
        let score = &visit.score;
        let steps = score.steps.iter().map(|step| Item::Step(step.id.clone()));
        let caps = (0..score.overall.caps.len()).map(Item::Cap);
        let disproved = disproved::questions(visit).into_iter().map(Item::Disproved);
        let files = visit
            .unsound_files()
            .map(|one| Item::File { question: one.question.clone(), digest: one.attachment.digest.clone() });
        let findings = score.findings.iter().cloned().map(Item::Finding);
        let before = std::iter::once(Item::Overall).chain(steps).chain(caps);
        before.chain(disproved).chain(files).chain(findings).collect()
    }

    pub fn chosen(self, visit: &Visit) -> Option<Item> {
        let items = Result::items(visit);
        items.get(self.selected.min(items.len().saturating_sub(1))).cloned()
    }

    pub fn update(&mut self, intent: Intent, visit: &Visit, page: usize) {
        let last = Result::items(visit).len().saturating_sub(1);
        self.selected = intent.moved(self.selected, last, page).unwrap_or(self.selected.min(last));
    }

    pub fn draw(self, frame: &mut Frame, area: Rect, visit: &Visit, look: Look) {
        let columns = usize::from(area.width);
        let mut lines = head(visit, columns, look, self.selected == 0);
        let steps_at = lines.len();
        let beside = area.width >= 78;
        let room = if beside { columns.saturating_sub(usize::from(MAP) + 2) } else { columns };
        for index in 0..visit.score.steps.len() {
            lines.push(step_line(visit, index, self.selected == index + 1, room, look));
        }
        let first_finding = lines.len().max(steps_at + 8) + 1;
        draw(frame, area, &lines);
        if beside {
            let map = Rect {
                x: area.right() - MAP,
                y: area.y + u16::try_from(steps_at).unwrap_or(0),
                width: MAP,
                height: 8.min(area.height.saturating_sub(u16::try_from(steps_at).unwrap_or(0))),
            };
            draw(frame, map, &risk_map(visit, look));
        }
        let top = u16::try_from(first_finding - 1).unwrap_or(0).min(area.height);
        let below = Rect { y: area.y + top, height: area.height - top, ..area };
        self.draw_findings(frame, below, visit, look);
        let at = if self.selected == 0 { 1 } else { steps_at + self.selected - 1 };
        if self.selected <= visit.score.steps.len() && at < usize::from(area.height) {
            frame.set_cursor_position((area.x, area.y + u16::try_from(at).unwrap_or(0)));
        }
    }

    /// Caps, answers that captures disprove, files that are not what they were, then findings, in a list that scrolls.
    fn draw_findings(self, frame: &mut Frame, area: Rect, visit: &Visit, look: Look) {
        let columns = usize::from(area.width);
        let before = visit.score.steps.len() + 1;
        let mut lines = Vec::new();
        let caps = &visit.score.overall.caps;
        for (index, cap) in caps.iter().enumerate() {
            let selected = self.selected == before + index;
            lines.push(cap_line(visit, index, cap.kind, &cap.because, selected, columns, look));
        }
        let disproved = disproved::questions(visit);
        for (index, id) in disproved.iter().enumerate() {
            let selected = self.selected == before + caps.len() + index;
            lines.push(disproved::line(visit, id, selected, columns, look));
        }
        let first_file = before + caps.len() + disproved.len();
        let files: Vec<&Checked> = visit.unsound_files().collect();
        for (index, one) in files.iter().enumerate() {
            lines.push(file_line(one, self.selected == first_file + index, columns, look));
        }
        let first_finding = first_file + files.len();
        for (index, id) in visit.score.findings.iter().enumerate() {
            let selected = self.selected == first_finding + index;
            lines.push(finding_line(visit, index, id, selected, columns, look));
        }
        if lines.is_empty() {
            let none = look.pick(" Aucun constat.", " No finding.");
            lines.push(Line::from(span(none, look.theme.quiet())));
        }
        let count = visit.score.findings.len();
        let title = look.pick(
            format!(" Plafonds et constats ({count}), par ordre de priorité "),
            format!(" Caps and findings ({count}), in order of priority "),
        );
        draw(frame, area, &[rule(&[span(title, look.theme.accent())], columns, look.theme)]);
        if area.height < 2 {
            return;
        }
        let list = Rect { y: area.y + 1, height: area.height - 1, ..area };
        let selected = self.selected.saturating_sub(before);
        let first = first_shown(selected, usize::from(list.height), lines.len());
        draw(frame, list, lines.get(first..).unwrap_or_default());
        if self.selected >= before {
            let row = u16::try_from(selected - first.min(selected)).unwrap_or(0);
            frame.set_cursor_position((list.x, list.y + row.min(list.height - 1)));
        }
    }
}

fn head(visit: &Visit, columns: usize, look: Look, selected: bool) -> Vec<Line<'static>> {
    let theme = look.theme;
    let assessment = visit.assessment();
    let express = if assessment.express { look.pick(" · express", " · express") } else { "" };
    let baseline = look.language.date(visit.questionnaire.head.legal_baseline);
    let baseline = look.pick(format!("droit au {baseline} "), format!("law as of {baseline} "));
    let date = look.language.date(assessment.date);
    let title = both_ends(
        &[
            span(format!(" {}", assessment.client), theme.strong()),
            span(format!(" · {date}{express}"), theme.quiet()),
        ],
        vec![span(baseline, theme.quiet())],
        columns,
        theme,
    );
    let figures = &visit.score.overall.figures;
    let mut line = vec![span(if selected { theme.pointer() } else { " " }, theme.accent())];
    line.push(span(
        look.pick("Ensemble ", "Overall "),
        if selected { theme.selected() } else { theme.strong() },
    ));
    line.push(Span::raw(" "));
    line.extend(look.score(figures));
    if let Some(raw) = figures.raw {
        let raw = crate::domain::scoring::shown(raw);
        line.push(span(
            look.pick(format!(" · sans plafond {raw}"), format!(" · without caps {raw}")),
            theme.quiet(),
        ));
    }
    let (share, word) = (look.percent(figures.coverage), look.confidence(figures.confidence));
    line.push(span(
        look.pick(
            format!(" · couverture {share} · confiance {word}"),
            format!(" · coverage {share} · confidence {word}"),
        ),
        theme.quiet(),
    ));
    let meaning = match figures.band() {
        Some(band) => words::band(look.language, band).to_owned(),
        None => look.pick(
            "Le score paraît à partir de 60 % de couverture ; jusque-là, l’intervalle.".to_owned(),
            "The score is shown from 60% coverage; until then, the interval.".to_owned(),
        ),
    };
    let mut lines = vec![title, Line::from(line)];
    lines.extend(
        wrap(&meaning, columns.saturating_sub(2))
            .into_iter()
            .take(2)
            .map(|line| Line::from(span(format!(" {line}"), look.band_style(figures.score)))),
    );
    lines.push(rule(&[span(look.pick(" Étapes ", " Steps "), theme.accent())], columns, theme));
    lines
}

fn step_line(visit: &Visit, index: usize, selected: bool, columns: usize, look: Look) -> Line<'static> {
    let theme = look.theme;
    let (Some(step), Some(scored)) = (visit.questionnaire.steps.get(index), visit.score.steps.get(index))
    else {
        return Line::default();
    };
    let figures = &scored.figures;
    let room = columns.saturating_sub(3 + BEHIND_STEP);
    // Beside the map of a small terminal the first word of a step's name is enough, and leaves room for its bar.
    let (name, names) = match room >= 32 + LEAST_BAR {
        true => (look.text(&step.title), 32),
        false => (look.short(step), 14),
    };
    let title = format!("{} {name}", index + 1);
    let names = names.min(room);
    let cells = (room - names).min(24);
    let style = if selected { theme.selected() } else { theme.text() };
    let mut spans = vec![
        span(if selected { theme.pointer() } else { " " }, theme.accent()),
        span(fit(&title, names, theme.ellipsis()), style),
        Span::raw(" "),
    ];
    let (low, high) = figures.interval.unwrap_or((0.0, 0.0));
    spans.extend(bar(low, high, cells, theme, look.band_style(figures.score)));
    spans.push(Span::raw(" "));
    let score =
        figures.band().zip(figures.score).map_or(theme.mark("—", "-").to_owned(), |(band, score)| {
            format!("{} {}", band.letter(), crate::domain::scoring::shown(score))
        });
    spans.push(span(format!("{score:<5}"), look.band_style(figures.score)));
    let interval = look.interval(figures).unwrap_or_default();
    spans.push(span(format!("{interval:<7}"), theme.quiet()));
    spans.push(span(format!("{}/{}", scored.answered, scored.applicable), theme.quiet()));
    Line::from(spans)
}

/// How many answered questions leave a risk of each severity and likelihood.
fn risk_map(visit: &Visit, look: Look) -> Vec<Line<'static>> {
    let theme = look.theme;
    let mut counts = [[0usize; 4]; 4];
    for residual in visit
        .score
        .questions
        .iter()
        .filter(|question| question.is_finding())
        .filter_map(|question| question.residual)
    {
        let (severity, likelihood) =
            (usize::from(residual.severity.clamp(1, 4)), usize::from(residual.likelihood.clamp(1, 4)));
        if let Some(count) = counts.get_mut(severity - 1).and_then(|row| row.get_mut(likelihood - 1)) {
            *count += 1;
        }
    }
    let mut lines =
        vec![Line::from(span(look.pick("Constats : risque restant", "Findings: risk left"), theme.accent()))];
    for severity in (1..=4u8).rev() {
        let name = if severity == 4 { look.pick("gravité", "severity") } else { "" };
        let mut spans = vec![span(format!("{name:<9}{severity} "), theme.quiet())];
        for likelihood in 1..=4u8 {
            let count = counts
                .get(usize::from(severity) - 1)
                .and_then(|row| row.get(usize::from(likelihood) - 1))
                .copied()
                .unwrap_or(0);
            let level = Level::of(severity, likelihood);
            let letter = words::level(look.language, level).chars().next().unwrap_or(' ');
            let count = if count == 0 { theme.open().to_owned() } else { count.to_string() };
            spans.push(span(format!("{count:>3}"), theme.level(level)));
            spans.push(span(format!("{letter} "), theme.quiet()));
        }
        lines.push(Line::from(spans));
    }
    lines.push(Line::from(span("             1    2    3    4", theme.quiet())));
    lines.push(Line::from(span(
        look.pick("           vraisemblance", "           likelihood"),
        theme.quiet(),
    )));
    lines.push(Line::from(span(
        look.pick("f·m·é·c : de faible à critique", "l·m·h·c: from low to critical"),
        theme.quiet(),
    )));
    lines
}

fn cap_line(
    visit: &Visit,
    index: usize,
    kind: CapKind,
    because: &[QuestionId],
    selected: bool,
    columns: usize,
    look: Look,
) -> Line<'static> {
    let theme = look.theme;
    let name = words::cap(look.language, kind);
    let causes = because.iter().map(|id| explanation::title(visit, id, look)).collect::<Vec<_>>().join(", ");
    let cap = look.pick("plafond", "cap");
    let text = format!("{cap} {}{}{name} · ", kind.cap(), look.colon());
    let first = index == 0;
    let style = match (selected, first) {
        (true, _) => theme.selected(),
        (false, true) => theme.bad(),
        (false, false) => theme.text(),
    };
    let room = columns.saturating_sub(width(&text) + 3);
    Line::from(vec![
        span(if selected { theme.pointer() } else { " " }, theme.accent()),
        span(shorten(&text, columns.saturating_sub(2), theme.ellipsis()), style),
        span(shorten(&causes, room, theme.ellipsis()), theme.quiet()),
    ])
}

fn file_line(one: &Checked, selected: bool, columns: usize, look: Look) -> Line<'static> {
    let theme = look.theme;
    let said = attached::line(look.language, one);
    let style = if selected { theme.selected() } else { theme.bad() };
    Line::from(vec![
        span(if selected { theme.pointer() } else { " " }, theme.accent()),
        span(shorten(&said, columns.saturating_sub(2), theme.ellipsis()), style),
    ])
}

fn finding_line(
    visit: &Visit,
    index: usize,
    id: &QuestionId,
    selected: bool,
    columns: usize,
    look: Look,
) -> Line<'static> {
    let theme = look.theme;
    let level = visit
        .score
        .question(id)
        .and_then(|question| question.residual)
        .map_or(Level::Low, |residual| residual.level);
    let knockout = visit.score.question(id).is_some_and(|question| question.knockout);
    let question = visit.questionnaire.question(id);
    let remedy = question.and_then(|question| question.remedy.as_ref());
    let title = explanation::title(visit, id, look);
    let mark = if knockout { theme.mark("◆", "*") } else { " " };
    let said = words::level(look.language, level);
    let style = if selected { theme.selected() } else { theme.text() };
    let mut spans = vec![
        span(if selected { theme.pointer() } else { " " }, theme.accent()),
        span(format!("{:>3} ", index + 1), theme.quiet()),
        span(format!("{mark} "), theme.bad()),
        span(format!("{said:<9}"), theme.level(level)),
    ];
    let names = columns.saturating_sub(17).min(46);
    spans.push(span(fit(&title, names, theme.ellipsis()), style));
    let room = columns.saturating_sub(17 + names + 1);
    if room > 8 {
        let own = explanation::own_judgement(visit, id, look);
        let owner = remedy.map(|remedy| look.text(&remedy.owner));
        let aside = own.into_iter().chain(owner).collect::<Vec<_>>().join(" · ");
        spans.push(span(format!(" {}", shorten(&aside, room, theme.ellipsis())), theme.quiet()));
    }
    Line::from(spans)
}
