//! How is much evidence read without anybody waiting for it? In portions, between which whatever is typed is written.

use std::path::PathBuf;

use super::Hands;
use crate::domain::assessment::Assessment;
use crate::storage::attachments;
use crate::storage::clients::ClientFolder;
use crate::storage::evidence::Digests;
use crate::storage::seals::Sealing;
use crate::tui::effect::Outcome;

/// How many bytes are read at once: less than somebody notices.
const PORTION: u64 = 16 << 20;

/// What evidence is being read for.
#[derive(Debug)]
pub enum Job {
    Seal { folder: String, sealing: Box<Sealing> },
    CheckSeals { client: ClientFolder, digests: Digests },
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

    /// Reads the next portion for the first job; after the last one, tells what came of it.
    pub(super) fn digest_on(&mut self, report: &mut dyn FnMut(Outcome)) {
        let Some(mut job) = self.jobs.pop_front() else { return };
        let more = match &mut job {
            Job::Seal { sealing, .. } => sealing.digests.go_on(PORTION),
            Job::CheckSeals { digests, .. } | Job::CheckFiles { digests, .. } => digests.go_on(PORTION),
        };
        if more {
            if let Job::Seal { sealing, .. } = &job {
                let (done, total) = (sealing.digests.done, sealing.digests.total);
                report(Outcome::Sealing { reference: sealing.reference.clone(), done, total });
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
