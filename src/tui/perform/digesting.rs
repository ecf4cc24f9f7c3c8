//! How is much evidence read and copied without anybody waiting for it? In portions, between which whatever is typed is
//! written.

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use super::Hands;
use super::job::Job;
use crate::domain::assessment::Assessment;
use crate::storage::attachments;
use crate::storage::evidence::PORTION;
use crate::tui::effect::Outcome;
use crate::tui::effect::Work;

impl Hands {
    /// Looks at the files attached in a visit; a look before it at the same is given up.
    pub(super) fn check_files(&mut self, reference: String, visit: PathBuf, assessment: Box<Assessment>) {
        let same = |job: &Job| matches!(job, Job::CheckFiles { reference: other, .. } if *other == reference);
        self.jobs.retain(|job| !same(job));
        let digests = attachments::to_digest(&visit, &assessment);
        self.jobs.push_back(Job::CheckFiles { reference, visit, assessment, digests });
    }

    /// Begins what takes its time; tells how far it is.
    pub(super) fn begin(&mut self, job: Job) -> Option<Outcome> {
        let underway = job.underway();
        self.jobs.push_back(job);
        underway
    }

    /// Gives up work of this kind, of several the first.
    pub(super) fn give_up(&mut self, work: Work) -> Option<Outcome> {
        match work {
            Work::Attaching => self.stop_attaching(),
            Work::Sealing => self.stop_sealing(),
            Work::CheckingSeals => self.stop_checking(),
            // Whoever gives that up has left its screen.
            Work::SummingUp => {
                self.summing = None;
                None
            }
        }
    }

    /// Ends what is being sealed and copied: whoever leaves meanwhile asked for it, and would not know that it was given
    /// up. Whoever does not wait for it either gives it up.
    pub(super) fn work_to_the_end(&mut self, report: &mut dyn FnMut(Outcome)) {
        self.jobs.retain(|job| matches!(job, Job::Seal { .. } | Job::Attach(_)));
        while !self.jobs.is_empty() {
            if self.impatience.load(Ordering::Relaxed) {
                while let Some(stopped) = self.give_up(Work::Attaching) {
                    report(stopped);
                }
                return self.jobs.clear();
            }
            self.digest_on(report);
        }
    }

    /// Takes the next portion for the first job; after the last one, tells what came of it.
    pub(super) fn digest_on(&mut self, report: &mut dyn FnMut(Outcome)) {
        let Some(mut job) = self.jobs.pop_front() else { return };
        let more = match &mut job {
            Job::Seal { sealing, .. } => Ok(sealing.digests.go_on(PORTION)),
            Job::Attach(attach) => {
                attach.follow(self.store());
                attach.copying.go_on(PORTION)
            }
            Job::CheckSeals { digests, .. } | Job::CheckFiles { digests, .. } => Ok(digests.go_on(PORTION)),
        };
        match more {
            Ok(true) => {
                let is_copy = matches!(job, Job::Attach(_));
                let underway = job.underway();
                self.jobs.push_front(job);
                let underway = if is_copy { self.being_copied() } else { underway };
                underway.into_iter().for_each(report);
            }
            Ok(false) => self.done(job, report),
            Err(error) => {
                if let Job::Attach(attach) = job {
                    self.not_copied(*attach, error, report);
                }
            }
        }
    }

    fn done(&mut self, job: Job, report: &mut dyn FnMut(Outcome)) {
        report(match job {
            Job::Attach(attach) => return self.copied(*attach, report),
            Job::Seal { folder, sealing } => {
                let reference = sealing.reference.clone();
                match sealing.end() {
                    Ok(_) => Outcome::Sealed { folder, reference },
                    Err(error) => Outcome::SealFailed(error),
                }
            }
            Job::CheckSeals { client, digests } => {
                self.seals_checked(&client, digests).unwrap_or_else(Outcome::CheckFailed)
            }
            Job::CheckFiles { reference, visit, assessment, digests } => Outcome::Files {
                reference,
                files: attachments::check_by(&visit, &assessment, &digests.end()),
            },
        });
    }
}
