//! What do the clients shown have in common? Means by step, and what is missed most: counts, and nobody is ranked.

use jiff::civil::Date;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::text::Span;

use super::chooser;
use super::chooser::Chooser;
use super::chooser::Purpose;
use super::look::Look;
use crate::domain::id::QuestionId;
use crate::domain::scoring::shown;
use crate::domain::summary::Mean;
use crate::domain::summary::Missed;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::text::fold;
use crate::storage::summing_up::Sum;
use crate::tui::intent::Intent;
use crate::tui::widgets::lines::bar;
use crate::tui::widgets::lines::both_ends;
use crate::tui::widgets::lines::draw;
use crate::tui::widgets::lines::first_shown;
use crate::tui::widgets::lines::rule;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::fit;
use crate::tui::widgets::wrap::shorten;
use crate::tui::widgets::wrap::width;

/// What stands behind the bar of a step: the mean, and of how many it is.
const BEHIND_BAR: usize = 26;
/// The widest bar.
const BAR: usize = 30;

#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Which of the summaries asked for this is: what comes of another is not taken in.
    run: u64,
    /// Which clients they are, in words.
    which: Text,
    state: State,
    selected: usize,
}

#[derive(Debug, Clone, Default)]
enum State {
    /// So many visits are read, of so many.
    Reading(usize, usize),
    Read(Box<Sum>),
    #[default]
    Given,
}

/// What the screen wants after an intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Stay,
    Close,
    Choose(Chooser),
}

impl Summary {
    /// Another summary begins, of so many clients, which are called so.
    pub fn begin(&mut self, total: usize, which: Text) -> u64 {
        self.run += 1;
        (self.which, self.state, self.selected) = (which, State::Reading(0, total), 0);
        self.run
    }

    /// It is not wanted any more.
    pub fn give_up(&mut self) {
        self.state = State::Given;
    }

    pub fn is_reading(&self) -> bool {
        matches!(self.state, State::Reading(..))
    }

    pub fn progress(&mut self, run: u64, done: usize, total: usize) {
        if run == self.run && self.is_reading() {
            self.state = State::Reading(done, total);
        }
    }

    pub fn receive(&mut self, run: u64, sum: Sum) {
        if run == self.run && self.is_reading() {
            self.state = State::Read(Box::new(sum));
        }
    }

    pub fn update(&mut self, intent: Intent, page: usize) -> Wish {
        if intent == Intent::Back {
            return Wish::Close;
        }
        let State::Read(sum) = &self.state else { return Wish::Stay };
        let missed = sum.summary.most_missed();
        if let Some(place) = intent.moved(self.selected, missed.len().saturating_sub(1), page) {
            self.selected = place;
        } else if intent == Intent::Confirm
            && let Some((_, question)) = missed.get(self.selected)
        {
            return Wish::Choose(who_missed(sum, question));
        }
        Wish::Stay
    }

    pub fn draw(&self, frame: &mut Frame, area: Rect, look: Look) {
        let (theme, columns) = (look.theme, usize::from(area.width));
        let title = look.pick("  ce que ces clients ont en commun", "  what these clients have in common");
        let mut lines = vec![
            both_ends(
                &[span(" privaudit", theme.accent()), span(title, theme.quiet())],
                vec![span(format!("{} ", look.text(&self.which)), theme.quiet())],
                columns,
                theme,
            ),
            rule(&[], columns, theme),
        ];
        match &self.state {
            State::Given => {}
            State::Reading(done, total) => lines.extend(progress(*done, *total, look)),
            State::Read(sum) => {
                lines.extend(means(sum, columns, look));
                let at = self.draw_missed(&mut lines, sum, area, look);
                frame.set_cursor_position((area.x, area.y + at.min(area.height.saturating_sub(1))));
            }
        }
        draw(frame, area, &lines);
    }

    /// Which questions are missed most often, in what is left of the screen; the line of the selected one.
    fn draw_missed(&self, lines: &mut Vec<Line<'static>>, sum: &Sum, area: Rect, look: Look) -> u16 {
        let (theme, columns) = (look.theme, usize::from(area.width));
        let missed = sum.summary.most_missed();
        let title = look.pick(
            format!(" Le plus souvent en défaut ({}) ", missed.len()),
            format!(" Missed most often ({}) ", missed.len()),
        );
        lines.push(rule(&[span(title, theme.accent())], columns, theme));
        if missed.is_empty() {
            let none = look.pick(" Aucune question en défaut.", " No question is missed.");
            lines.push(Line::from(span(none, theme.quiet())));
            return 0;
        }
        if sum.summary.is_uneven() {
            let among = look.pick(
                " Compté parmi les clients qui ont répondu\u{202f}: tous n’ont pas le même profil.",
                " Counted among the clients who answered: they do not all have the same profile.",
            );
            lines.push(Line::from(span(shorten(among, columns, theme.ellipsis()), theme.quiet())));
        }
        let room = usize::from(area.height).saturating_sub(lines.len()).max(1);
        let first = first_shown(self.selected, room, missed.len());
        let at = lines.len() + self.selected.saturating_sub(first);
        let counts =
            missed.iter().map(|(_, question)| width(&count(question, look.language))).max().unwrap_or(0);
        for (place, (id, question)) in missed.into_iter().enumerate().skip(first).take(room) {
            lines.push(missed_line(id, question, place == self.selected, counts, columns, look));
        }
        u16::try_from(at).unwrap_or(0)
    }
}

/// Who did not have a question in order, to open one of them: by name, as in the list.
fn who_missed(sum: &Sum, question: &Missed) -> Chooser {
    let mut clients: Vec<_> = question.missed_by.iter().filter_map(|place| sum.clients.get(*place)).collect();
    clients.sort_by_cached_key(|client| (fold(&client.name), client.folder.clone()));
    let item = |name: &str, date: Date| chooser::Item {
        words: Text::new(name.to_owned(), name.to_owned()),
        aside: Text::new(Language::Fr.date(date), Language::En.date(date)),
    };
    let items = clients.iter().map(|client| item(&client.name, client.date)).collect();
    let folders = clients.iter().map(|client| client.folder.clone()).collect();
    let title = Text::new(
        format!("{}\u{a0}: {}", count(question, Language::Fr), question.title.fr),
        format!("{}: {}", count(question, Language::En), question.title.en),
    );
    Chooser::new(Purpose::Client(folders), title, items, 0)
}

fn progress(done: usize, total: usize, look: Look) -> [Line<'static>; 2] {
    let theme = look.theme;
    let reading = look.pick("Lecture de la dernière visite de chacun", "Reading the last visit of each");
    let stop = look.pick("Échap\u{a0}: arrêter", "Esc: stop");
    [
        Line::from(span(format!(" {reading}{}{done} / {total}", look.colon()), theme.text())),
        Line::from(span(format!(" {stop}"), theme.quiet())),
    ]
}

/// How many clients, when, and the mean of each step.
fn means(sum: &Sum, columns: usize, look: Look) -> Vec<Line<'static>> {
    let (theme, summary) = (look.theme, &sum.summary);
    let clients = summary.visits;
    let counted =
        look.language.plural(clients, look.pick("client", "client"), look.pick("clients", "clients"));
    let date = |day: Date| look.language.date(day);
    let when = match summary.dates {
        None => String::new(),
        Some((from, to)) if from == to => {
            look.pick(format!(", visite du {}", date(from)), format!(", visit of {}", date(from)))
        }
        Some((from, to)) => look.pick(
            format!(", dernières visites du {} au {}", date(from), date(to)),
            format!(", last visits from {} to {}", date(from), date(to)),
        ),
    };
    let mut head = vec![span(format!(" {clients} {counted}{when}"), theme.text())];
    if !sum.errors.is_empty() {
        let count = sum.errors.len();
        let lost = look.language.plural(
            count,
            look.pick("illisible", "unreadable"),
            look.pick("illisibles", "unreadable"),
        );
        head.push(span(format!(" · {count} {lost}"), theme.bad()));
    }
    let mut means = vec![(look.pick("Ensemble", "Overall"), summary.overall)];
    means.extend(summary.steps.iter().map(|step| (look.text(&step.title), step.score)));
    let titles = means.iter().map(|(title, _)| width(title)).max().unwrap_or(0);
    let titles = titles.min(columns.saturating_sub(BEHIND_BAR + 4) / 2);
    let cells = columns.saturating_sub(titles + BEHIND_BAR + 3).min(BAR);
    let mean =
        |(title, mean): (&str, Mean)| mean_line(&fit(title, titles, theme.ellipsis()), mean, cells, look);
    std::iter::once(Line::from(head)).chain(means.into_iter().map(mean)).collect()
}

fn mean_line(title: &str, mean: Mean, cells: usize, look: Look) -> Line<'static> {
    let theme = look.theme;
    let mut spans = vec![span(format!(" {title} "), theme.text())];
    if let Some(value) = mean.value() {
        spans.extend(bar(value, value, cells, theme, theme.accent()));
        spans.push(span(format!(" {:>3}", shown(value)), theme.strong()));
        let of = look.pick("moyenne de", "mean of");
        spans.push(span(format!("  {of} {}", mean.count), theme.quiet()));
    } else {
        spans.extend(bar(0.0, 0.0, cells, theme, theme.quiet()));
        spans.push(span(look.pick("   –  aucun score", "   –  no score"), theme.quiet()));
    }
    Line::from(spans)
}

/// `12 sur 40`.
fn count(question: &Missed, language: Language) -> String {
    format!("{} {} {}", question.missed(), language.pick("sur", "of"), question.answered)
}

fn missed_line(
    id: &QuestionId,
    question: &Missed,
    selected: bool,
    counts: usize,
    columns: usize,
    look: Look,
) -> Line<'static> {
    let theme = look.theme;
    let style = if selected { theme.selected() } else { theme.text() };
    let room = columns.saturating_sub(counts + 5);
    let title = shorten(look.text(&question.title), room, theme.ellipsis());
    let left = room.saturating_sub(width(&title) + 2);
    let mut spans = vec![
        span(if selected { theme.pointer() } else { " " }, theme.accent()),
        Span::raw(" "),
        span(format!("{:>counts$}  ", count(question, look.language)), theme.quiet()),
        span(title, style),
    ];
    if width(id.as_str()) <= left {
        spans.push(span(format!("  {id}"), theme.quiet()));
    }
    Line::from(spans)
}
