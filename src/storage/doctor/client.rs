//! What is wrong in one client's folder?

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use std::time::SystemTime;

use jiff::civil::Date;

use super::finding::Finding;
use super::finding::Kind;
use super::finding::Mend;
use crate::domain::assessment::Assessment;
use crate::domain::text::Text;
use crate::storage::assessments;
use crate::storage::clients;
use crate::storage::clients::ClientFolder;
use crate::storage::clients::Store;
use crate::storage::clients::VisitKey;
use crate::storage::copying;
use crate::storage::error;
use crate::storage::error::Error;
use crate::storage::error::Kind as ErrorKind;
use crate::storage::evidence::EVIDENCE;
use crate::storage::evidence::PORTION;
use crate::storage::files;
use crate::storage::history;
use crate::storage::lock;
use crate::storage::lock::Lock;

/// The folders that a client's folder has.
const FOLDERS: [&str; 3] = [history::FOLDER, EVIDENCE, "reports"];
/// No write takes that long.
const LONGEST_WRITE: Duration = Duration::from_hours(1);

/// A client's folder being looked at.
#[derive(Debug)]
pub struct Patient<'a> {
    pub store: &'a Store,
    pub folder: PathBuf,
    pub today: Date,
    pub now: SystemTime,
    pub findings: Vec<Finding>,
    /// The visits that can be read.
    pub visits: usize,
}

impl Patient<'_> {
    /// `tell` is called now and then while it lasts.
    pub fn examine(&mut self, tell: &mut dyn FnMut()) {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) => {
                let error = Error::io(&self.folder, ("lire", "read"), &error);
                return self.findings.push(Finding::of(Kind::Unreadable, &self.folder, error, None));
            }
        };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        let client = self.client(&paths);
        let mut said = String::new();
        for path in &paths {
            self.entry(path, client.as_ref(), &mut said);
        }
        self.history(&mut said);
        self.evidence(&said);
        let below: Vec<PathBuf> = FOLDERS.iter().flat_map(|below| sorted(&self.folder.join(below))).collect();
        for path in below {
            let name = name(&path);
            if name.starts_with('.') {
                self.hidden(&path, &name);
            }
        }
        if let Some(client) = client {
            self.retention(&client);
            self.seals(&client, tell);
        }
    }

    fn found(&mut self, kind: Kind, path: &Path, message: Text, advice: Text) {
        self.findings.push(Finding::new(kind, path, message, advice));
    }

    /// Who it is.
    fn client(&mut self, paths: &[PathBuf]) -> Option<ClientFolder> {
        let file = self.folder.join(clients::FILE);
        if file.is_file() {
            return match clients::read_client(&self.folder) {
                Ok(client) => Some(client),
                Err(error) => {
                    let advice = Text::new(
                        "corriger le fichier à cet endroit, ou l’ôter\u{202f}: --fix le récrit alors d’après les visites",
                        "mend the file at this place, or take it away: --fix then writes it anew from the visits",
                    );
                    // One of a newer program is whole: what is to be done about it is another thing.
                    let is_newer = error.kind == error::Kind::Newer;
                    let advice = (!is_newer).then_some(advice);
                    self.findings.push(Finding::of(Kind::Unreadable, &file, error, advice));
                    None
                }
            };
        }
        let named = paths.iter().rev().filter(|path| visit_of(path).is_some());
        let name = named.filter_map(|path| assessments::read(path).ok()).map(|visit| visit.client).next();
        let message = Text::new(
            "client.ron manque\u{202f}: ces visites ne sont de personne",
            "client.ron is missing: these visits are nobody’s",
        );
        let folder = self.folder.clone();
        self.findings.push(match name {
            Some(name) => {
                let advice = Text::new(
                    format!("--fix l’écrit, d’après ses visites\u{202f}: {name}"),
                    format!("--fix writes it, from its visits: {name}"),
                );
                Finding::new(Kind::Orphan, &folder, message, advice).mended_by(Mend::NameClient(name))
            }
            None => Finding::new(
                Kind::Orphan,
                &folder,
                message,
                Text::new(
                    "aucune visite lisible ne dit qui c’est\u{202f}: regarder ce que contient ce dossier",
                    "no visit that can be read says who it is: look at what this folder holds",
                ),
            ),
        });
        None
    }

    /// One file or folder; `said` collects what visits hold.
    fn entry(&mut self, path: &Path, client: Option<&ClientFolder>, said: &mut String) {
        let name = name(path);
        if path.is_symlink() {
            self.found(
                Kind::Foreign,
                path,
                Text::new("un lien, qui mène ailleurs", "a link, which leads elsewhere"),
                Text::new("mettre le fichier lui-même à cet endroit", "put the file itself here"),
            );
        } else if visit_of(path).is_some() && files::is_file_itself(path) {
            self.visit(path, client, said);
        } else if name.starts_with('.') {
            self.hidden(path, &name);
        } else if name != clients::FILE && !(path.is_dir() && FOLDERS.contains(&name.as_str())) {
            self.found(
                Kind::Foreign,
                path,
                Text::new("ce nom n’est pas de privaudit", "this name is not privaudit’s"),
                Text::new(
                    "le déplacer hors du dépôt\u{202f}: privaudit ne le lit pas, et l’effacement d’une visite ne l’ôte pas",
                    "move it out of the store: privaudit does not read it, and erasing a visit does not remove it",
                ),
            );
        }
    }

    fn visit(&mut self, path: &Path, client: Option<&ClientFolder>, said: &mut String) {
        said.push_str(&files::read(path).unwrap_or_default());
        match assessments::read(path) {
            Err(error) => {
                // Where the system refuses, or a newer program wrote, an earlier state would be no better.
                let damaged = matches!(error.kind, ErrorKind::Unreadable | ErrorKind::Refused);
                let advice = damaged.then(|| self.advice_for_visit(path));
                self.findings.push(Finding::of(Kind::Unreadable, path, error, advice));
            }
            Ok(assessment) => {
                self.visits += 1;
                self.place(path, client, &assessment);
                if let Err(error) = self.store.library().pinned(&assessment.questionnaire) {
                    self.findings.push(Finding::of(Kind::Questionnaire, path, error, None));
                }
            }
        }
    }

    /// Whether a visit is where it says that it belongs: files are copied and renamed by hand.
    fn place(&mut self, path: &Path, client: Option<&ClientFolder>, assessment: &Assessment) {
        let other = client.filter(|client| clients::fold(&client.name) != clients::fold(&assessment.client));
        let said = &assessment.client;
        if let Some(ClientFolder { name, .. }) = other {
            self.found(
                Kind::Misplaced,
                path,
                Text::new(
                    format!("une visite de {said}, dans le dossier de {name}"),
                    format!("a visit of {said}, in the folder of {name}"),
                ),
                Text::new(
                    "la déplacer dans le dossier de ce client, s’il s’agit d’un autre",
                    "move it into that client’s folder, if it is another one",
                ),
            );
        }
        let date = assessment.date;
        if visit_of(path).is_some_and(|visit| visit.date != date) {
            self.found(
                Kind::Misplaced,
                path,
                Text::new(
                    format!("une visite du {date}, sous une autre date"),
                    format!("a visit of {date}, under another date"),
                ),
                Text::new(format!("la renommer en {date}.ron"), format!("rename it to {date}.ron")),
            );
        }
    }

    /// How a visit that cannot be read comes back; none where only its own error helps.
    fn advice_for_visit(&self, path: &Path) -> Text {
        self.state_before(path)
            .unwrap_or_else(|| Text::new("corriger le fichier à cet endroit", "mend the file at this place"))
    }

    fn state_before(&self, path: &Path) -> Option<Text> {
        let states = history::states(path).ok()?;
        let last = states.into_iter().rfind(|state| assessments::read(&state.path).is_ok())?;
        let command = format!(
            "`privaudit history {}@{} {} --restore`",
            name(&self.folder),
            visit_of(path)?.name(),
            last.number
        );
        Some(Text::new(
            format!("corriger le fichier à cet endroit, ou revenir à l’état d’avant\u{202f}: {command}"),
            format!("mend the file at this place, or go back to the state before: {command}"),
        ))
    }

    /// What is left of a write or of a lock. Other hidden files are nobody's business.
    fn hidden(&mut self, path: &Path, hidden: &str) {
        if hidden.ends_with(files::UNFINISHED) && files::is_file_itself(path) {
            self.unfinished(path, hidden);
        }
        let guarded = hidden.strip_prefix('.').and_then(|hidden| hidden.strip_suffix(lock::LOCKED));
        let Some(guarded) = guarded.map(|guarded| path.with_file_name(guarded)) else { return };
        if !guarded.exists() && Lock::take(&guarded).is_ok() {
            let message = Text::new(
                "verrou d’une visite qui n’est plus là",
                "the lock of a visit that is not there any more",
            );
            let advice =
                Text::new("--fix l’ôte\u{202f}: personne ne le tient", "--fix removes it: nobody holds it");
            self.findings.push(Finding::new(Kind::Leftover, path, message, advice).mended_by(Mend::Remove));
        }
    }

    fn unfinished(&mut self, path: &Path, hidden: &str) {
        let is_copy = copying::is_unfinished(hidden);
        let is_left = match copying::is_underway(path).filter(|_| is_copy) {
            Some(underway) => !underway,
            None => self.is_old(path),
        };
        let (message, advice) = match is_copy {
            true => (
                Text::new(
                    "reste d’une copie interrompue\u{202f}: ce fichier n’a pas été joint",
                    "left of a copy that was interrupted: this file was not attached",
                ),
                Text::new(
                    "--fix l’ôte\u{202f}; l’original est resté où il était, à joindre de nouveau",
                    "--fix removes it; the original stayed where it was, to be attached again",
                ),
            ),
            false => (
                Text::new("reste d’une écriture interrompue", "left of a write that was interrupted"),
                Text::new(
                    "--fix l’ôte\u{202f}: le fichier lui-même est entier",
                    "--fix removes it: the file itself is whole",
                ),
            ),
        };
        let finding = Finding::new(Kind::Leftover, path, message, advice).mended_by(Mend::Remove);
        self.findings.extend(is_left.then_some(finding));
    }

    fn is_old(&self, path: &Path) -> bool {
        let written = path.symlink_metadata().and_then(|metadata| metadata.modified());
        written.is_ok_and(|written| self.now.duration_since(written).is_ok_and(|age| age > LONGEST_WRITE))
    }

    fn history(&mut self, said: &mut String) {
        let mut over = BTreeSet::new();
        for path in sorted(&self.folder.join(history::FOLDER)) {
            let file = name(&path);
            let split = history::split(&file).map(|(visit, _)| self.folder.join(format!("{visit}.ron")));
            let Some(visit) = split.filter(|visit| visit_of(visit).is_some()) else { continue };
            said.push_str(&files::read(&path).unwrap_or_default());
            if !visit.exists() {
                let shown = visit.display();
                self.found(
                    Kind::Orphan,
                    &path,
                    Text::new(
                        "état antérieur d’une visite qui n’est plus là",
                        "an earlier state of a visit that is not there any more",
                    ),
                    Text::new(
                        format!("le copier en {shown} ramène la visite\u{202f}; ou le supprimer"),
                        format!("copying it to {shown} brings the visit back; or delete it"),
                    ),
                );
            }
            if over.insert(visit.clone()) {
                let states = history::states(&visit).unwrap_or_default();
                let surplus = states.len().saturating_sub(history::MOST);
                for state in states.into_iter().take(surplus) {
                    let message = Text::new(
                        "état antérieur au-delà des vingt derniers",
                        "an earlier state beyond the last twenty",
                    );
                    let advice = Text::new("--fix l’ôte", "--fix removes it");
                    let finding = Finding::new(Kind::History, &state.path, message, advice);
                    self.findings.push(finding.mended_by(Mend::Remove));
                }
            }
        }
    }

    /// Files of evidence are named by their digest: what no visit names, nobody needs. A visit that cannot be read may
    /// name any of them.
    fn evidence(&mut self, said: &str) {
        let is_unreadable = |finding: &Finding| matches!(finding.kind, Kind::Unreadable);
        let advice = match self.findings.iter().any(is_unreadable) {
            true => Text::new(
                "une visite illisible le nomme peut-être\u{202f}: d’abord la rétablir",
                "a visit that cannot be read may name it: mend that one first",
            ),
            false => Text::new("le supprimer, s’il ne sert plus", "delete it, if nobody needs it any more"),
        };
        let (store, client) = (self.store, name(&self.folder));
        // What is in the trash may come back, and needs its evidence then.
        let deleted = LazyCell::new(|| store.deleted_texts(&client));
        for path in sorted(&self.folder.join(EVIDENCE)) {
            let file = name(&path);
            // A visit names a summary, a capture or an attached file by its digest.
            let digest = file.split('.').next().unwrap_or_default();
            if !file.starts_with('.') && !said.contains(digest) && !deleted.contains(digest) {
                self.found(
                    Kind::Orphan,
                    &path,
                    Text::new(
                        "aucune visite ne nomme ce fichier de preuve",
                        "no visit names this evidence file",
                    ),
                    advice.clone(),
                );
            }
        }
    }

    fn retention(&mut self, client: &ClientFolder) {
        let Some(until) = client.keep_until.filter(|_| client.is_due(self.today)) else { return };
        let folder = &client.folder;
        self.found(
            Kind::Due,
            &client.path,
            Text::new(format!("à conserver jusqu’au {until}\u{202f}: c’est passé"), format!("to be kept until {until}: that is over")),
            Text::new(
                format!("`privaudit erase {folder} --now`, ou une autre date\u{202f}: `privaudit client {folder} --keep-until DATE`"),
                format!("`privaudit erase {folder} --now`, or another date: `privaudit client {folder} --keep-until DATE`"),
            ),
        );
    }

    fn seals(&mut self, client: &ClientFolder, tell: &mut dyn FnMut()) {
        let checked = Store::sealed_evidence(client).and_then(|mut digests| {
            while digests.go_on(PORTION) {
                tell();
            }
            self.store.check_seals_by(client, &digests.all()?)
        });
        let broken = match checked {
            Ok(checked) => checked.broken.map(|broken| broken.visit),
            Err(Error { message, hint, .. }) => {
                self.found(Kind::Seal, &client.path, message, hint.unwrap_or_default());
                None
            }
        };
        // What cannot be read at all is a finding of its own.
        let Some(visit) = broken.filter(|visit| assessments::read(&client.visit_path(*visit)).is_ok()) else {
            return;
        };
        let path = client.visit_path(visit);
        self.found(
            Kind::Seal,
            &path,
            Text::new(
                "cette visite n’est plus telle qu’elle a été scellée",
                "this visit is not as it was sealed",
            ),
            Text::new(
                format!("`privaudit verify {}` dit ce qui diffère", client.folder),
                format!("`privaudit verify {}` says what differs", client.folder),
            ),
        );
    }
}

fn visit_of(path: &Path) -> Option<VisitKey> {
    VisitKey::from_name(path.file_name()?.to_str()?.strip_suffix(".ron")?)
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
