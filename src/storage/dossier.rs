//! What is a document about? A visit with the one before it, the way made so far, and the files of evidence.

use std::fs;

use jiff::civil::Date;

use super::assessments::Visit;
use super::attachments;
use super::attachments::Checked;
use super::captures;
use super::captures::Seen;
use super::clients;
use super::clients::ClientFolder;
use super::clients::Store;
use super::clients::VisitKey;
use super::error::Error;
use super::evidence::EVIDENCE;
use super::reference::Found;
use crate::domain::scoring;
use crate::domain::scoring::Figures;

/// A visit with what surrounds it.
#[derive(Debug, Clone)]
pub struct Dossier {
    pub reference: String,
    pub visit: Visit,
    /// The visit before, with its reference.
    pub before: Option<(String, Visit)>,
    /// The overall figures of the client's earlier visits, the oldest first.
    pub past: Vec<(Date, Figures)>,
    /// The names of the client's evidence files, in order.
    pub evidence: Vec<String>,
    /// The captures of the client's site that the visit names.
    pub captures: Vec<Seen>,
    /// The files attached to questions, as they are now.
    pub attached: Vec<Checked>,
}

impl Dossier {
    /// A name for a file about this visit: the client's folder, the visit's date, and what it is.
    pub fn file_name(&self, what: &str) -> String {
        let folder = clients::folder_name(&self.visit.assessment.client);
        let visit = self.reference.rsplit_once('@').map_or("", |(_, visit)| visit);
        let date = self.visit.assessment.date.to_string();
        format!("{folder}-{}-{what}", if visit.is_empty() { &date } else { visit })
    }
}

impl Store {
    /// Reads all of it. An earlier visit that cannot be read is an error: a trend with a gap would not be true.
    pub fn dossier(&self, found: &Found) -> Result<Dossier, Error> {
        let visit = self.visit(&found.path)?;
        let before = match found.before()? {
            Some(before) => Some((before.reference(), self.visit(&before.path)?)),
            None => None,
        };
        let (mut past, mut evidence) = (Vec::new(), Vec::new());
        if let (Some(client), Some(key)) = (&found.client, found.visit) {
            past = self.past(client, key)?;
            evidence = files_of(client)?;
        } else if let Some((_, before)) = &before {
            past.push(figures(before));
        }
        let captures = captures::all(&visit.path, &visit.assessment.captures);
        let attached = attachments::check(&visit.path, &visit.assessment);
        Ok(Dossier { reference: found.reference(), visit, before, past, evidence, captures, attached })
    }

    fn past(&self, client: &ClientFolder, until: VisitKey) -> Result<Vec<(Date, Figures)>, Error> {
        let earlier = client.visits()?.into_iter().filter(|visit| *visit < until);
        earlier.map(|visit| Ok(figures(&self.visit(&client.visit_path(visit))?))).collect()
    }
}

fn figures(visit: &Visit) -> (Date, Figures) {
    let score = scoring::score(&visit.questionnaire, &visit.assessment);
    (visit.assessment.date, score.overall.figures)
}

fn files_of(client: &ClientFolder) -> Result<Vec<String>, Error> {
    let folder = client.path.join(EVIDENCE);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io(&folder, ("lire", "read"), &error)),
    };
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    Ok(names)
}
