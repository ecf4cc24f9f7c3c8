//! `privaudit verify`: are the sealed visits as they were sealed? Each client's chain, and the first file that differs.

use std::io::Write;

use clap::Args;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::print::colon;
use super::progress::Progress;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::text::plain_line;
use crate::storage::assessments;
use crate::storage::clients::ClientFolder;
use crate::storage::clients::Store;
use crate::storage::error::Error;
use crate::storage::seals::Broken;
use crate::storage::seals::Checked;

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
                let mut digests = Store::sealed_evidence(&client)?;
                Progress::of(context.language, "lecture des preuves\u{a0}:", "reading the evidence:")
                    .digest(&mut digests);
                let checked = store.check_seals_by(&client, &digests.all()?)?;
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
    let (name, folder) = (plain_line(&client.name), &client.folder);
    let broken = match &checked.broken {
        Some(broken) => {
            format!("{}{}", language.pick(" ; rompu à ", "; broken at "), client.reference(broken.visit))
        }
        None => String::new(),
    };
    writeln!(out, "{name} ({folder}){}{}{broken}", colon(language), checked.counted().get(language))?;
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
    let said = broken.said();
    Text::new(format!("{} : {}", path.display(), said.fr), format!("{}: {}", path.display(), said.en))
}
