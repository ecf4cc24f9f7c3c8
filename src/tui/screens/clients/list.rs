//! In which order are the clients shown, and which of them? The lines, kept in order while they arrive.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::domain::text::Text;
use crate::storage::portfolio::line::Line;

/// By what the list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    Name,
    /// The visit that is longest ago first.
    Last,
    /// The lowest score first.
    Score,
    /// The most actions overdue first, then open.
    Actions,
}

/// Which clients are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    #[default]
    All,
    /// With an action overdue.
    Overdue,
    /// Whose last visit is a year ago.
    Due,
    /// Whose files were to be kept until a day that is over, archived or not.
    Expired,
    /// What is kept, and out of the way.
    Archived,
}

impl Sort {
    pub fn next(self) -> Sort {
        match self {
            Sort::Name => Sort::Last,
            Sort::Last => Sort::Score,
            Sort::Score => Sort::Actions,
            Sort::Actions => Sort::Name,
        }
    }
}

impl Filter {
    pub fn next(self) -> Filter {
        match self {
            Filter::All => Filter::Overdue,
            Filter::Overdue => Filter::Due,
            Filter::Due => Filter::Expired,
            Filter::Expired => Filter::Archived,
            Filter::Archived => Filter::All,
        }
    }

    /// Which clients they are, in words.
    pub fn name(self) -> Text {
        match self {
            Filter::All => Text::new("tous les clients", "all clients"),
            Filter::Overdue => Text::new("actions en retard", "actions overdue"),
            Filter::Due => Text::new("visite à refaire", "visit due"),
            Filter::Expired => Text::new("à ne plus conserver", "kept too long"),
            Filter::Archived => Text::new("archivés", "archived"),
        }
    }

    fn takes(self, line: &Line, today: Date) -> bool {
        let archived = line.archived.is_some();
        match self {
            Filter::All => !archived,
            Filter::Overdue => !archived && overdue(line, today) > 0,
            Filter::Due => !archived && line.is_visit_due(today),
            Filter::Expired => is_expired(line, today),
            Filter::Archived => archived,
        }
    }
}

/// How many of a client's actions should be done by now.
pub fn overdue(line: &Line, today: Date) -> usize {
    line.standing.as_ref().map_or(0, |standing| standing.overdue(today))
}

/// Whether the files should not be kept any longer.
pub fn is_expired(line: &Line, today: Date) -> bool {
    line.keep_until.is_some_and(|until| until < today)
}

/// The lines, and what is shown of them.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// In the order of arrival, with the number of the reading that last saw them.
    lines: Vec<(Arc<Line>, u64)>,
    places: HashMap<String, usize>,
    reading: u64,
    /// Indices of what is shown, in order.
    shown: Vec<usize>,
    /// How many are archived.
    archived: usize,
    pub sort: Sort,
    pub filter: Filter,
}

impl List {
    /// Another reading begins.
    pub fn begin(&mut self) {
        self.reading += 1;
    }

    /// Takes in what was read; what is known already is replaced in its place. Whether anything is not as it was.
    pub fn take(&mut self, lines: Vec<Arc<Line>>, today: Date) -> bool {
        let mut same = true;
        for line in lines {
            if let Some((known, reading)) =
                self.places.get(&line.folder).and_then(|place| self.lines.get_mut(*place))
            {
                *reading = self.reading;
                if *known != line {
                    same = false;
                    *known = line;
                }
            } else {
                same = false;
                self.places.insert(line.folder.clone(), self.lines.len());
                self.shown.push(self.lines.len());
                self.lines.push((line, self.reading));
            }
        }
        if !same {
            self.arrange(today);
        }
        !same
    }

    /// The reading is over: what it did not see is gone.
    pub fn end(&mut self, today: Date) {
        let reading = self.reading;
        self.retain(today, |_, seen| seen == reading);
    }

    /// Leaves a client out that is not there any more.
    pub fn forget(&mut self, folder: &str, today: Date) {
        self.retain(today, |line, _| line.folder != folder);
    }

    /// A client is archived since that day, or among the others again.
    pub fn archive(&mut self, folder: &str, since: Option<Date>, today: Date) {
        let place = self.places.get(folder);
        if let Some((line, _)) = place.and_then(|place| self.lines.get_mut(*place)) {
            Arc::make_mut(line).archived = since;
            self.arrange(today);
        }
    }

    fn retain(&mut self, today: Date, keeps: impl Fn(&Line, u64) -> bool) {
        let before = self.lines.len();
        self.lines.retain(|(line, seen)| keeps(line, *seen));
        if self.lines.len() != before {
            let folders =
                self.lines.iter().enumerate().map(|(place, (line, _))| (line.folder.clone(), place));
            self.places = folders.collect();
            self.shown = (0..self.lines.len()).collect();
            self.arrange(today);
        }
    }

    /// Puts what is shown in order. What is in order for the most part already takes little time.
    pub fn arrange(&mut self, today: Date) {
        let List { lines, shown, archived, sort, filter, .. } = self;
        *archived = lines.iter().filter(|(line, _)| line.archived.is_some()).count();
        let takes = |place: &usize| lines.get(*place).is_some_and(|(line, _)| filter.takes(line, today));
        // Where all are shown and were before, what is in order stays so.
        if shown.len() != lines.len() || !shown.iter().all(takes) {
            *shown = (0..lines.len()).filter(takes).collect();
        }
        shown.sort_by(|one, other| match (lines.get(*one), lines.get(*other)) {
            (Some((one, _)), Some((other, _))) => compare(*sort, one, other, today),
            _ => Ordering::Equal,
        });
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// How many lines there are, shown or not.
    pub fn count(&self) -> usize {
        self.lines.len()
    }

    pub fn line(&self, folder: &str) -> Option<&Line> {
        self.lines.get(*self.places.get(folder)?).map(|(line, _)| line.as_ref())
    }

    /// How many clients there are that are not archived, and how many that are.
    pub fn counts(&self) -> (usize, usize) {
        (self.lines.len() - self.archived, self.archived)
    }

    /// How many are shown.
    pub fn shown_count(&self) -> usize {
        self.shown.len()
    }

    pub fn get(&self, place: usize) -> Option<&Line> {
        self.lines.get(*self.shown.get(place)?).map(|(line, _)| line.as_ref())
    }

    /// What is shown, in its order.
    pub fn shown(&self) -> impl Iterator<Item = &Line> {
        (0..self.shown.len()).filter_map(|place| self.get(place))
    }

    pub fn all(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().map(|(line, _)| line.as_ref())
    }

    pub fn knows(&self, folder: &str) -> bool {
        self.places.contains_key(folder)
    }

    /// Where a client stands in what is shown.
    pub fn place(&self, folder: &str) -> Option<usize> {
        let place = *self.places.get(folder)?;
        self.shown.iter().position(|shown| *shown == place)
    }
}

/// Without a visit, or without a score, a client comes last.
fn compare(sort: Sort, one: &Line, other: &Line, today: Date) -> Ordering {
    let score =
        |line: &Line| line.standing.as_ref().and_then(|standing| standing.score).unwrap_or(f64::INFINITY);
    let open = |line: &Line| line.standing.as_ref().map_or(0, |standing| standing.open);
    let first = match sort {
        Sort::Name => Ordering::Equal,
        Sort::Last => one.last.unwrap_or(Date::MAX).cmp(&other.last.unwrap_or(Date::MAX)),
        Sort::Score => score(one).total_cmp(&score(other)),
        Sort::Actions => (overdue(other, today), open(other)).cmp(&(overdue(one, today), open(one))),
    };
    first.then_with(|| one.by_name(other))
}
