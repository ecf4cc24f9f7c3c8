//! How does a file come to be attached? Copied beside other work, and named by its visit as soon as it is whole, be that
//! visit open or not.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use super::Hands;
use super::job::Attach;
use super::job::Job;
use crate::domain::assessment::Assessment;
use crate::domain::attachment::Attachment;
use crate::domain::recording::clean;
use crate::storage::assessments::Writer;
use crate::storage::attachments;
use crate::storage::copying::Copying;
use crate::storage::error::Error;
use crate::storage::error::Kind;
use crate::storage::files;
use crate::storage::lock::Lock;
use crate::storage::reference;
use crate::tui::effect::Attaching;
use crate::tui::effect::Outcome;

impl Hands {
    /// Begins to copy a file that is to be attached.
    pub(super) fn attach(&mut self, asked: Attaching, report: &mut dyn FnMut(Outcome)) {
        match self.begin_to_attach(&asked, report) {
            Ok((visit, lock, copying)) => {
                let asked = Box::new(Attaching { reference: reference::of(&visit), ..asked });
                self.jobs.push_back(Job::Attach(Box::new(Attach { asked, copying, visit, lock })));
                // One that waits for others is seen to wait.
                let waits = self.jobs.len() > 1;
                self.being_copied().filter(|_| waits).into_iter().for_each(report);
            }
            Err(error) => report(Outcome::NotAttached { asked: Box::new(asked), error }),
        }
    }

    fn begin_to_attach(
        &mut self,
        asked: &Attaching,
        report: &mut dyn FnMut(Outcome),
    ) -> Result<(PathBuf, Arc<Lock>, Copying), Error> {
        let is_open = |path: &Path| reference::of(path) == asked.reference;
        let (visit, lock) = if let Some(held) = self.open.as_mut().filter(|held| is_open(&held.path)) {
            held.follow(&self.store).into_iter().for_each(report);
            (held.path.clone(), Arc::clone(&held.lock))
        } else {
            let path = self.store.find(&asked.reference)?.path;
            let lock = self.lock(&path)?;
            (path, lock)
        };
        let copying = attachments::begin_to_keep(&visit, &attachments::typed(&asked.path), self.today)?;
        Ok((visit, lock, copying))
    }

    /// The right to change the visit in this file; it may be here already, for a file that is being copied.
    pub(super) fn lock(&self, visit: &Path) -> Result<Arc<Lock>, Error> {
        let here = self.attaching().find(|attach| attach.visit == visit && attach.lock.is_of(visit));
        here.map_or_else(|| Lock::take(visit).map(Arc::new), |attach| Ok(Arc::clone(&attach.lock)))
    }

    /// Files that are being copied, or wait for that.
    fn attaching(&self) -> impl Iterator<Item = &Attach> {
        self.jobs.iter().filter_map(|job| match job {
            Job::Attach(attach) => Some(&**attach),
            Job::Seal { .. } | Job::CheckSeals { .. } | Job::CheckFiles { .. } => None,
        })
    }

    /// How far the first of them is.
    pub(super) fn being_copied(&self) -> Option<Outcome> {
        let mut all = self.attaching();
        let copying = &all.next()?.copying;
        let (name, done, total) = (copying.name(), copying.done, copying.total);
        Some(Outcome::Attaching { name, done, total, waiting: all.count() })
    }

    /// What is to be sealed or deleted must not be waiting for a file.
    pub(super) fn refuse_while_copying(&self, is_meant: impl Fn(&Path) -> bool) -> Result<(), Error> {
        let Some(attach) = self.attaching().find(|attach| is_meant(&attach.visit)) else { return Ok(()) };
        let (name, reference) = (attach.copying.name(), &attach.asked.reference);
        Err(Error::new(
            Kind::Locked,
            format!("{name} est encore en train d’être copié pour {reference}"),
            format!("{name} is still being copied for {reference}"),
        )
        .hint(
            "attendre la fin de la copie, ou y renoncer\u{a0}: Ctrl-X",
            "wait for it, or give it up: Ctrl-X",
        ))
    }

    /// Gives up the first file that is being copied: nothing of it stays.
    pub(super) fn stop_attaching(&mut self) -> Option<Outcome> {
        let place = self.jobs.iter().position(|job| matches!(job, Job::Attach(_)))?;
        let Some(Job::Attach(mut attach)) = self.jobs.remove(place) else { return None };
        attach.follow(&self.store);
        Some(Outcome::AttachingStopped {
            reference: attach.asked.reference.clone(),
            name: attach.copying.name(),
        })
    }

    /// The file is copied: its visit names it, whatever became of the session meanwhile. Where that fails, nothing of it
    /// stays.
    pub(super) fn copied(&mut self, attach: Attach, report: &mut dyn FnMut(Outcome)) {
        let Attach { asked, copying, visit, lock } = attach;
        self.follow(report);
        let named = copying.end().and_then(|kept| {
            let note = clean(&asked.note);
            let attachment = Attachment { expires: asked.expires, note, ..kept.attachment.clone() };
            let edit = |visit: &mut Assessment| visit.attach(&asked.question, attachment.clone());
            match self.write_beside(&visit, &lock, edit) {
                Ok(told) => Ok((attachment, told)),
                Err(error) => {
                    attachments::take_back(&visit, &kept);
                    Err(error)
                }
            }
        });
        match named {
            Ok((attachment, told)) => {
                told.into_iter().for_each(&mut *report);
                let Attaching { reference, question, .. } = *asked;
                report(Outcome::Attached { reference, question, attachment });
            }
            Err(error) => report(Outcome::NotAttached { asked, error }),
        }
    }

    /// The file could not be copied to its end.
    pub(super) fn not_copied(&mut self, attach: Attach, error: Error, report: &mut dyn FnMut(Outcome)) {
        self.follow(report);
        report(Outcome::NotAttached { asked: attach.asked, error });
    }

    fn follow(&mut self, report: &mut dyn FnMut(Outcome)) {
        let renamed = self.open.as_mut().and_then(|held| held.follow(&self.store));
        renamed.into_iter().for_each(report);
    }

    /// Changes a visit beside what is asked for, also while it is open; what else there is to be told.
    fn write_beside(
        &mut self,
        visit: &Path,
        lock: &Lock,
        edit: impl FnOnce(&mut Assessment),
    ) -> Result<Option<Outcome>, Error> {
        if let Some(held) = self.open.as_mut().filter(|held| held.path == visit) {
            return held.add(&self.store, edit);
        }
        // Nobody works on it: what somebody took away is not put back for a file.
        if !files::is_file_itself(visit) {
            let reference = reference::of(visit);
            return Err(Error::not_found(
                format!("{reference} n’est plus là"),
                format!("{reference} is not there any more"),
            ));
        }
        let _anew = if lock.is_of(visit) { None } else { Some(Lock::take(visit)?) };
        Writer::new(visit)?.add(edit)?;
        Ok(None)
    }
}
