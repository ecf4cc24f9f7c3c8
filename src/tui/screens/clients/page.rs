//! How did a client come to where it stands? Its visits, and what is still to be done.

use jiff::civil::Date;

use super::sealing::Checking;
use super::sealing::Underway;
use super::sitting::Sitting;
use crate::domain::action;
use crate::domain::scoring;
use crate::domain::text::Text;
use crate::storage::clients::VisitKey;
use crate::storage::error::Error;
use crate::tui::effect::Past;
use crate::tui::screens::look::Look;
use crate::tui::screens::reader::Paragraph;

/// One client, seen from the list.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub folder: String,
    pub name: String,
    /// What is being sealed, be it of another client.
    pub sealing: Option<Underway>,
    /// Whose seals are being checked.
    pub checking: Option<Checking>,
    /// None until it is read; an error where it cannot be.
    story: Option<Result<Story, Error>>,
}

#[derive(Debug, Clone)]
struct Story {
    /// Oldest first.
    visits: Vec<Sitting>,
    /// Those that cannot be read, oldest first.
    lost: Vec<(VisitKey, Error)>,
    /// Of the last visit: the overdue first, then by date, then in the order in which they are to be mended.
    open: Vec<Work>,
}

#[derive(Debug, Clone)]
struct Work {
    title: Text,
    owner: String,
    due: Option<Date>,
}

impl Page {
    pub fn of(folder: &str, name: &str) -> Page {
        Page { folder: folder.to_owned(), name: name.to_owned(), sealing: None, checking: None, story: None }
    }

    pub fn receive(&mut self, history: &[Past], lost: Vec<(VisitKey, Error)>) {
        let mut visits = Vec::new();
        let mut open = Vec::new();
        let mut before = None;
        for past in history {
            let score = scoring::score(&past.questionnaire, &past.assessment);
            let findings = action::open(&past.assessment, &score, before);
            visits.push(Sitting::of(past, score.overall.figures, findings.len()));
            open = findings.iter().filter_map(|id| work(past, id)).collect();
            before = Some(&past.assessment);
        }
        // What has no date comes after what has one.
        open.sort_by_key(|work| (work.due.is_none(), work.due));
        self.story = Some(Ok(Story { visits, lost, open }));
    }

    /// Nothing of it can be read.
    pub fn fail(&mut self, error: Error) {
        self.story = Some(Err(error));
    }

    /// The visits, oldest first; none until they are read.
    pub fn visits(&self) -> &[Sitting] {
        match &self.story {
            Some(Ok(story)) => &story.visits,
            Some(Err(_)) | None => &[],
        }
    }

    /// The page as a text.
    pub fn read(&self, today: Date, look: Look) -> Vec<Paragraph> {
        let theme = look.theme;
        let sealing = self.sealing.iter().map(Underway::said);
        let underway = sealing.chain(self.checking.iter().map(Checking::said));
        let underway = underway.map(|said| line(look.text(&said), theme.warning(), 2));
        underway.chain(self.told(today, look)).collect()
    }

    fn told(&self, today: Date, look: Look) -> Vec<Paragraph> {
        let theme = look.theme;
        let story = match &self.story {
            None => return vec![line(look.pick("Lecture…", "Reading…"), theme.quiet(), 0)],
            Some(Err(error)) => {
                let hint = error.hint.iter().map(|hint| line(look.text(hint), theme.text(), 0));
                return std::iter::once(line(look.text(&error.message), theme.bad(), 0))
                    .chain(hint)
                    .collect();
            }
            Some(Ok(story)) => story,
        };
        let mut text = vec![line(look.pick("Visites", "Visits"), theme.accent(), 0)];
        text.extend(story.visits.iter().enumerate().rev().map(|(place, visit)| {
            let before = place.checked_sub(1).and_then(|before| story.visits.get(before));
            line(&visit.line(before, look), theme.band(visit.figures.band()), 12)
        }));
        text.extend(story.lost.iter().rev().map(|(key, error)| {
            let (date, unreadable) = (look.language.date(key.date), look.pick("illisible", "unreadable"));
            line(
                &format!("{date:<11} {unreadable}{}{}", look.colon(), look.text(&error.message)),
                theme.bad(),
                12,
            )
        }));
        if story.visits.is_empty() && story.lost.is_empty() {
            text.push(line(look.pick("Aucune visite.", "No visit."), theme.quiet(), 0));
        }
        text.push(line("", theme.text(), 0));
        text.push(line(&story.heading(today, look), theme.accent(), 0));
        let open = if story.is_last_lost() { &[] } else { story.open.as_slice() };
        text.extend(open.iter().map(|work| {
            let style = if work.is_overdue(today) { theme.bad() } else { theme.text() };
            line(&work.line(today, look), style, 2)
        }));
        text
    }
}

impl Story {
    /// What is open now, nobody knows where the last visit cannot be read.
    fn is_last_lost(&self) -> bool {
        let last = self.visits.last().and_then(|visit| VisitKey::from_name(&visit.visit));
        self.lost.last().is_some_and(|(lost, _)| Some(*lost) > last)
    }

    fn heading(&self, today: Date, look: Look) -> String {
        if self.is_last_lost() {
            return look
                .pick(
                    "Actions ouvertes\u{202f}: inconnues, la dernière visite est illisible",
                    "Open actions: unknown, the last visit cannot be read",
                )
                .to_owned();
        }
        let overdue = self.open.iter().filter(|work| work.is_overdue(today)).count();
        let open = self.open.len();
        let heading = look.pick("Actions ouvertes", "Open actions");
        let late = match overdue {
            0 => String::new(),
            overdue => format!(", {overdue} {}", look.pick("en retard", "overdue")),
        };
        format!("{heading}{}{open}{late}", look.colon())
    }
}

impl Work {
    fn is_overdue(&self, today: Date) -> bool {
        self.due.is_some_and(|due| due < today)
    }

    fn line(&self, today: Date, look: Look) -> String {
        let mark = if self.is_overdue(today) { "!" } else { look.theme.open() };
        let mut parts = vec![format!("{mark} {}", look.text(&self.title))];
        if let Some(due) = self.due {
            let until = look.pick("pour le", "due");
            parts.push(format!("{until} {}", look.language.date(due)));
        }
        parts.extend((!self.owner.is_empty()).then(|| self.owner.clone()));
        parts.join(look.theme.mark(" · ", " - "))
    }
}

fn work(past: &Past, id: &crate::domain::id::QuestionId) -> Option<Work> {
    let plan = past.assessment.actions.get(id);
    Some(Work {
        title: past.questionnaire.question(id)?.title.clone(),
        owner: plan.map_or(String::new(), |plan| plan.owner.clone()),
        due: plan.and_then(|plan| plan.due),
    })
}

fn line(text: &str, style: ratatui::style::Style, indent: usize) -> Paragraph {
    Paragraph { text: text.to_owned(), style, indent }
}
