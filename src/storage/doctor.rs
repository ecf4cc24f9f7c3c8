//! What is wrong in a store, and what is to be done about it? It looks at everything, and changes only what it is told
//! to mend.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::time::SystemTime;

use jiff::civil::Date;

use super::clients;
use super::clients::Store;
use super::error::Error;
use super::files;
use super::library;
use super::trash;
use crate::domain::text::Text;

mod client;
pub mod finding;

use client::Patient;
use finding::Finding;
use finding::Kind;
use finding::Mend;

/// How a store is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Health {
    pub clients: usize,
    /// The visits that can be read.
    pub visits: usize,
    /// What is in the trash, and waits to be erased or brought back.
    pub deleted: usize,
    /// The worst kinds first.
    pub findings: Vec<Finding>,
}

impl Store {
    /// Looks at the whole store. `tell` is told now and then how many clients are done, of how many.
    pub fn examine(
        &self,
        today: Date,
        now: SystemTime,
        tell: &mut dyn FnMut(usize, usize),
    ) -> Result<Health, Error> {
        let mut health = Health::default();
        let clients = folder(&self.root().join(clients::CLIENTS))?;
        let total = clients.len();
        for (done, path) in clients.into_iter().enumerate() {
            tell(done, total);
            if path.is_symlink() || !path.is_dir() {
                health.findings.extend(stranger(&path));
                continue;
            }
            health.clients += 1;
            let mut patient =
                Patient { store: self, folder: path, today, now, findings: Vec::new(), visits: 0 };
            patient.examine(&mut || tell(done, total));
            health.visits += patient.visits;
            health.findings.append(&mut patient.findings);
        }
        for entry in self.trash()? {
            match entry {
                Ok(_) => health.deleted += 1,
                Err(error) => {
                    let trash = self.root().join(trash::FOLDER);
                    health.findings.push(Finding::of(Kind::Unreadable, &trash, error, None));
                }
            }
        }
        for rescue in self.rescues() {
            let visit = rescue.visit.display();
            let message = Text::new(
                format!("réponses qui n’ont pas pu être enregistrées en {visit}"),
                format!("answers that could not be saved in {visit}"),
            );
            let advice = Text::new(
                "--fix les ramène\u{202f}: à leur place si elle est libre, sinon comme état antérieur (`privaudit history`)",
                "--fix brings them in: in their place if it is free, else as an earlier state (`privaudit history`)",
            );
            let finding = Finding::new(Kind::Rescue, &rescue.path, message, advice);
            health.findings.push(finding.mended_by(Mend::BringIn(rescue)));
        }
        for part in [clients::CLIENTS, library::FOLDER, trash::FOLDER] {
            open_to_others(&self.root().join(part), &mut health.findings);
        }
        if self.root().is_dir() {
            health.findings.extend(permissions(self.root()));
        }
        health.findings.sort_by(|one, other| (one.kind, &one.path).cmp(&(other.kind, &other.path)));
        Ok(health)
    }

    /// Does what a finding names; says what was done. Nothing for one that needs a person.
    pub fn mend(&self, finding: &Finding) -> Result<Option<Text>, Error> {
        let path = &finding.path;
        Ok(match &finding.mend {
            None => None,
            Some(Mend::MakePrivate(mode)) => {
                files::keep_private(path, *mode)
                    .map_err(|error| Error::io(path, ("protéger", "protect"), &error))?;
                Some(Text::new("réservé à son propriétaire", "its owner’s only"))
            }
            Some(Mend::Remove) => {
                files::remove(path)?;
                Some(Text::new("ôté", "removed"))
            }
            Some(Mend::NameClient(name)) => {
                self.keep_client(path, name)?;
                Some(Text::new("client.ron écrit", "client.ron written"))
            }
            Some(Mend::BringIn(rescue)) => {
                let brought = self.bring_in(rescue)?;
                let shown = brought.display();
                Some(Text::new(format!("ramené\u{202f}: {shown}"), format!("brought in: {shown}")))
            }
        })
    }
}

/// What is in a folder, in order; nothing where there is none.
fn folder(path: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io(path, ("lire", "read"), &error)),
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

/// Something among the clients that is no folder.
fn stranger(path: &Path) -> Option<Finding> {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let finding = Finding::new(
        Kind::Foreign,
        path,
        Text::new("ni client, ni fichier de privaudit", "neither a client nor a file of privaudit’s"),
        Text::new("le déplacer hors du dépôt", "move it out of the store"),
    );
    (!hidden).then_some(finding)
}

/// Whatever others than its owner may read or write, below a path and itself. Links are not followed.
fn open_to_others(path: &Path, findings: &mut Vec<Finding>) {
    if path.is_symlink() || !path.exists() {
        return;
    }
    findings.extend(permissions(path));
    for below in fs::read_dir(path).into_iter().flatten().flatten() {
        open_to_others(&below.path(), findings);
    }
}

fn permissions(path: &Path) -> Option<Finding> {
    let metadata = path.metadata().ok()?;
    let mode = metadata.permissions().mode() & 0o777;
    let wanted = if metadata.is_dir() { 0o700 } else { 0o600 };
    let finding = Finding::new(
        Kind::Permissions,
        path,
        Text::new(
            format!("d’autres que son propriétaire y ont accès ({mode:o})"),
            format!("others than its owner have access ({mode:o})"),
        ),
        Text::new(format!("--fix le met à {wanted:o}"), format!("--fix sets it to {wanted:o}")),
    );
    (mode & 0o077 != 0).then(|| finding.mended_by(Mend::MakePrivate(wanted)))
}
