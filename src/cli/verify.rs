//! `privaudit verify`: are the sealed visits as they were sealed? Each client's chain, and the first file that differs.

use std::io::Write;

use clap::Args;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::print::colon;
use crate::domain::seal::Difference;
use crate::domain::seal::Place;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::text::plain_line;
use crate::storage::assessments;
use crate::storage::clients::ClientFolder;
use crate::storage::error::Error;
use crate::storage::seals::Broken;
use crate::storage::seals::Checked;
use crate::storage::seals::Flaw;

#[derive(Debug, Args)]
pub struct Verify {
    #[arg(value_name = "CLIENT")]
    client: Option<String>,
}

pub const WORDS: Words = Words {
    about: (
        "Vérifie tous les sceaux, et nomme le premier fichier qui diffère\n\n\
         Ce qu’un sceau prouve : que la visite, son questionnaire et ses preuves n’ont pas changé depuis, tant que \
         personne n’a refait les sceaux ; et que les visites scellées d’avant sont celles d’alors. Ce qu’il ne prouve \
         pas : ni quand (l’heure est celle de cet ordinateur, sans tiers de confiance), ni par qui (ce n’est pas une \
         signature). Qui peut écrire les fichiers peut refaire toute la chaîne, ou ôter ses dernières visites. Noter \
         ailleurs la dernière empreinte, que cette commande affiche, le rend visible.",
        "Checks all seals, and names the first file that differs\n\n\
         What a seal proves: that the visit, its questionnaire and its evidence did not change since, as long as \
         nobody made the seals anew; and that the sealed visits before it are those that were there. What it does not \
         prove: when (there is no trusted time, only this computer’s), nor by whom (it is no signature). Who can \
         write the files can make the whole chain anew, or take its last visits away. To note the last digest, which \
         this command prints, in another place makes that visible.",
    ),
    arguments: &[("client", "un client (tous)", "a client (all)")],
    commands: &[],
};

impl Verify {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let store = context.store()?;
        let clients = match &self.client {
            Some(name) => vec![store.client(name)],
            None => store.clients()?,
        };
        let mut problems: Vec<Text> = Vec::new();
        for client in clients {
            let checked = client.and_then(|client| {
                let checked = store.check_seals(&client)?;
                Ok((client, checked))
            });
            match checked {
                Ok((client, checked)) => {
                    print(&client, &checked, context.language, out)?;
                    problems.extend(checked.broken.as_ref().map(|broken| said(&client, broken)));
                }
                Err(error) => problems.push(error.message),
            }
        }
        if problems.is_empty() {
            return Ok(());
        }
        let all = |language: Language| {
            problems.iter().map(|problem| problem.get(language)).collect::<Vec<_>>().join("\n")
        };
        Err(Failure::Refused(Error::refused(all(Language::Fr), all(Language::En)).hint(
            "comparer avec une sauvegarde ; les états antérieurs sont dans le dossier history du client",
            "compare with a backup; earlier states are in the client’s history folder",
        )))
    }
}

fn print(
    client: &ClientFolder,
    checked: &Checked,
    language: Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let (intact, unsealed) = (checked.intact.len(), checked.unsealed.len());
    let counts = match language {
        Language::Fr => format!(
            "{intact} {}, {unsealed} {}",
            language.plural(intact, "sceau intact", "sceaux intacts"),
            language.plural(unsealed, "visite non scellée", "visites non scellées"),
        ),
        Language::En => format!(
            "{intact} {}, {unsealed} not sealed",
            language.plural(intact, "seal is intact", "seals are intact"),
        ),
    };
    let (name, folder) = (plain_line(&client.name), &client.folder);
    let broken = match &checked.broken {
        Some(broken) => {
            format!("{}{}", language.pick(" ; rompu à ", "; broken at "), client.reference(broken.visit))
        }
        None => String::new(),
    };
    writeln!(out, "{name} ({folder}){}{counts}{broken}", colon(language))?;
    if let Some(last) = checked.intact.last() {
        let seal = assessments::read(&client.visit_path(*last))?.seal;
        let digest = seal.map_or(String::new(), |seal| seal.digest);
        let label = language.pick("dernier sceau", "last seal");
        writeln!(out, "  {label}{}{} {digest}", colon(language), client.reference(*last))?;
    }
    Ok(())
}

/// `…/2026-11-20.ron: the answer to choice.trackers.prior differs`
fn said(client: &ClientFolder, broken: &Broken) -> Text {
    let path = client.visit_path(broken.visit);
    let whats: Vec<Text> = broken.what.iter().map(flaw).collect();
    let all = |language: Language| whats.iter().map(|what| what.get(language)).collect::<Vec<_>>().join("; ");
    Text::new(
        format!("{} : {}", path.display(), all(Language::Fr)),
        format!("{}: {}", path.display(), all(Language::En)),
    )
}

fn flaw(flaw: &Flaw) -> Text {
    let difference = match flaw {
        Flaw::Unreadable(error) => return error.message.clone(),
        Flaw::Differs(difference) => difference,
    };
    match difference {
        Difference::Content(place) => differs(place),
        Difference::EvidenceMissing(name) => Text::new(
            format!("le fichier de preuve {name} manque"),
            format!("the evidence file {name} is missing"),
        ),
        Difference::EvidenceChanged(name) => Text::new(
            format!("le fichier de preuve {name} a changé"),
            format!("the evidence file {name} was changed"),
        ),
        Difference::Seal => Text::new("le sceau lui-même a changé", "the seal itself was changed"),
        Difference::Previous { .. } => Text::new(
            "la visite scellée d’avant n’est pas celle d’alors (ôtée, ajoutée, ou changée et scellée de nouveau)",
            "the visit sealed before it is not the one that was there (taken away, put in, or changed and sealed anew)",
        ),
    }
}

fn differs(place: &Place) -> Text {
    match place {
        Place::Answer(id) => {
            Text::new(format!("la réponse à {id} diffère"), format!("the answer to {id} differs"))
        }
        Place::Table(id) => Text::new(format!("le tableau {id} diffère"), format!("the table {id} differs")),
        Place::Action(id) => {
            Text::new(format!("l’action pour {id} diffère"), format!("the action for {id} differs"))
        }
        Place::Field(name) => {
            Text::new(format!("le champ {name} diffère"), format!("the field {name} differs"))
        }
    }
}
