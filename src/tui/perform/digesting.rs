//! How is much evidence read and copied without anybody waiting for it? In portions, between which whatever is typed is
//! written.

use std::path::PathBuf;

use super::Hands;
use crate::domain::assessment::Assessment;
use crate::domain::attachment::Attachment;
use crate::domain::recording::clean;
use crate::storage::attachments;
use crate::storage::clients::ClientFolder;
use crate::storage::copying::Copying;
use crate::storage::evidence::Digests;
use crate::storage::evidence::PORTION;
use crate::storage::seals::Sealing;
use crate::tui::effect::Attaching;
use crate::tui::effect::Outcome;

/// What evidence is being read for, or copied.
#[derive(Debug)]
pub enum Job {
    Seal { folder: String, sealing: Box<Sealing> },
    CheckSeals { client: ClientFolder, digests: Digests },
    Attach { asked: Box<Attaching>, copying: Box<Copying> },
    CheckFiles { reference: String, visit: PathBuf, assessment: Box<Assessment>, digests: Digests },
}

impl Hands {
    /// Looks at the files attached in a visit; a look before it at the same is given up.
    pub(super) fn check_files(&mut self, reference: String, visit: PathBuf, assessment: Box<Assessment>) {
        let same = |job: &Job| matches!(job, Job::CheckFiles { reference: other, .. } if *other == reference);
        self.jobs.retain(|job| !same(job));
        let digests = attachments::to_digest(&visit, &assessment);
        self.jobs.push_back(Job::CheckFiles { reference, visit, assessment, digests });
    }

    /// Begins to copy a file that is to be attached.
    pub(super) fn attach(&mut self, asked: Attaching) -> Option<Outcome> {
        let begun = self.store.find(&asked.reference).and_then(|found| {
            attachments::begin_to_keep(&found.path, &attachments::typed(&asked.path), self.today)
        });
        match begun {
            Ok(copying) => {
                self.jobs.push_back(Job::Attach { asked: Box::new(asked), copying: Box::new(copying) });
                None
            }
            Err(error) => Some(Outcome::NotAttached { asked: Box::new(asked), error }),
        }
    }

    /// Ends what is being sealed: whoever leaves meanwhile asked for it, and would not know that it was given up.
    pub(super) fn seal_to_the_end(&mut self, report: &mut dyn FnMut(Outcome)) {
        self.jobs.retain(|job| matches!(job, Job::Seal { .. }));
        while !self.jobs.is_empty() {
            self.digest_on(report);
        }
    }

    /// Takes the next portion for the first job; after the last one, tells what came of it.
    pub(super) fn digest_on(&mut self, report: &mut dyn FnMut(Outcome)) {
        let Some(mut job) = self.jobs.pop_front() else { return };
        let more = match &mut job {
            Job::Seal { sealing, .. } => sealing.digests.go_on(PORTION),
            Job::Attach { copying, asked } => match copying.go_on(PORTION) {
                Ok(more) => more,
                Err(error) => return report(Outcome::NotAttached { asked: asked.clone(), error }),
            },
            Job::CheckSeals { digests, .. } | Job::CheckFiles { digests, .. } => digests.go_on(PORTION),
        };
        if more {
            match &job {
                Job::Seal { sealing, .. } => {
                    let (done, total) = (sealing.digests.done, sealing.digests.total);
                    report(Outcome::Sealing { reference: sealing.reference.clone(), done, total });
                }
                Job::Attach { copying, .. } => {
                    let (name, done, total) = (copying.name(), copying.done, copying.total);
                    report(Outcome::Attaching { name, done, total });
                }
                Job::CheckSeals { .. } | Job::CheckFiles { .. } => {}
            }
            self.jobs.push_front(job);
            return;
        }
        report(match job {
            Job::Seal { folder, sealing } => {
                let reference = sealing.reference.clone();
                match sealing.end() {
                    Ok(_) => Outcome::Sealed { folder, reference },
                    Err(error) => Outcome::SealFailed(error),
                }
            }
            Job::Attach { asked, copying } => match copying.end() {
                Ok(kept) => Outcome::Attached {
                    reference: asked.reference,
                    question: asked.question,
                    attachment: Attachment { note: clean(&asked.note), expires: asked.expires, ..kept },
                },
                Err(error) => Outcome::NotAttached { asked, error },
            },
            Job::CheckSeals { client, digests } => {
                self.seals_checked(&client, digests).unwrap_or_else(Outcome::Failed)
            }
            Job::CheckFiles { reference, visit, assessment, digests } => Outcome::Files {
                reference,
                files: attachments::check_by(&visit, &assessment, &digests.end()),
            },
        });
    }
}
