//! What do the last visits of many clients come to? Each is read, in portions, so that whoever waits can do something
//! else between two of them.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::clients;
use super::clients::Store;
use super::error::Error;
use crate::domain::scoring;
use crate::domain::summary::Summary;

/// A portion of fewer clients is not worth a second thread.
const WORTH_A_THREAD: usize = 4;

/// The clients that are summed up, and what they came to so far.
#[derive(Debug)]
pub struct SummingUp {
    store: Store,
    folders: Vec<String>,
    done: usize,
    sum: Sum,
}

/// What clients came to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sum {
    pub summary: Summary,
    /// Whose visits were taken in, in the order of the summary.
    pub clients: Vec<Counted>,
    /// What could not be read.
    pub errors: Vec<Error>,
}

/// A client whose last visit was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub folder: String,
    pub name: String,
    /// The day of that visit.
    pub date: Date,
}

impl Store {
    /// Over the clients of these folders; who is named twice counts once.
    pub fn sum_up(&self, folders: Vec<String>) -> SummingUp {
        let (mut folders, mut known) = (folders, BTreeSet::new());
        folders.retain(|folder| known.insert(folder.clone()));
        SummingUp { store: self.clone(), folders, done: 0, sum: Sum::default() }
    }
}

impl SummingUp {
    /// How many clients there are.
    pub fn total(&self) -> usize {
        self.folders.len()
    }

    pub fn done(&self) -> usize {
        self.done
    }

    /// Takes the next clients in; whether there are more.
    pub fn go_on(&mut self, count: usize) -> bool {
        let end = (self.done + count.max(1)).min(self.folders.len());
        let portion = self.folders.get(self.done..end).unwrap_or_default();
        if portion.len() < WORTH_A_THREAD {
            self.sum.take(&self.store, portion);
        } else {
            let (first, second) = portion.split_at(portion.len() / 2);
            let (store, sum) = (&self.store, &mut self.sum);
            std::thread::scope(|scope| {
                let other = scope.spawn(|| {
                    let mut sum = Sum::default();
                    sum.take(store, second);
                    sum
                });
                sum.take(store, first);
                // What panicked there panics here.
                sum.join(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            });
        }
        self.done = end;
        end < self.folders.len()
    }

    pub fn end(self) -> Sum {
        self.sum
    }
}

impl Sum {
    fn take(&mut self, store: &Store, folders: &[String]) {
        for folder in folders {
            if let Err(error) = self.take_one(store, folder) {
                self.errors.push(error);
            }
        }
    }

    fn take_one(&mut self, store: &Store, folder: &str) -> Result<(), Error> {
        let client = clients::read_client(&store.clients_folder().join(folder))?;
        let Some(last) = client.visits()?.last().copied() else { return Ok(()) };
        let visit = store.visit(&client.visit_path(last))?;
        let score = scoring::score(&visit.questionnaire, &visit.assessment);
        self.summary.take(&visit.questionnaire, &score, visit.assessment.date);
        self.clients.push(Counted { folder: client.folder, name: client.name, date: visit.assessment.date });
        Ok(())
    }

    fn join(&mut self, other: Sum) {
        self.summary.join(other.summary);
        self.clients.extend(other.clients);
        self.errors.extend(other.errors);
    }
}
