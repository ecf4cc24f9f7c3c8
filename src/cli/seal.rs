//! `privaudit seal`: how does a visit become read-only, with a digest that shows any change?

use std::io::Write;

use clap::Args;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::progress::Progress;
use super::today::today;
use crate::domain::id::QuestionId;
use crate::domain::text::Text;
use crate::storage::error::Error;
use crate::storage::seals::Unconfirmed;
use crate::storage::seals::listed;

#[derive(Debug, Args)]
pub struct Seal {
    #[arg(value_name = "REF")]
    reference: String,
    #[arg(long)]
    with_carried: bool,
}

pub const WORDS: Words = Words {
    about: (
        "Scelle une visite : dès lors, elle ne change plus\n\n\
         Le sceau est une empreinte du contenu de la visite, de son questionnaire, des fichiers de preuve qu’elle nomme \
         et du sceau précédent. Une visite scellée se corrige par une nouvelle visite. `privaudit help verify` dit ce qu’un sceau \
         prouve, et ce qu’il ne prouve pas.",
        "Seals a visit: from then on it does not change\n\n\
         The seal is a digest of the visit’s content, its questionnaire, the evidence files that it names and the \
         seal before it. A sealed visit is corrected by a new one. `privaudit help verify` says what a seal proves, and what it does not.",
    ),
    arguments: &[
        ("reference", "la visite : CLIENT ou CLIENT@DATE", "the visit: CLIENT or CLIENT@DATE"),
        (
            "with_carried",
            "même si des réponses reprises de la visite d’avant n’ont pas été confirmées",
            "even if answers carried over from the visit before were not confirmed",
        ),
    ],
    commands: &[],
};

impl Seal {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let store = context.store()?;
        let found = store.find(&self.reference)?;
        let (Some(client), Some(visit)) = (&found.client, found.visit) else {
            return Err(outside(&found.reference()).into());
        };
        let unconfirmed = if self.with_carried { Unconfirmed::Accept } else { Unconfirmed::Refuse };
        let mut sealing = store.begin_to_seal(client, visit, today(), unconfirmed)?;
        let reading = ("scellement, lecture des preuves\u{a0}:", "sealing, reading the evidence:");
        Progress::of(context.language, reading.0, reading.1).digest(&mut sealing.digests);
        let sealed = sealing.end()?;
        if !sealed.unconfirmed.is_empty() {
            let counted = Text::counted(
                sealed.unconfirmed.len(),
                (
                    "réponse reprise et non confirmée, scellée telle quelle",
                    "réponses reprises et non confirmées, scellées telles quelles",
                ),
                (
                    "answer carried over and not confirmed, sealed as it is",
                    "answers carried over and not confirmed, sealed as they are",
                ),
            );
            let list = listed(&sealed.unconfirmed);
            context.note(format!("{}\u{a0}:{list}", counted.fr), format!("{}:{list}", counted.en));
        }
        if !sealed.contradicted.is_empty() {
            let counted = Text::counted(
                sealed.contradicted.len(),
                (
                    "réponse qu’un relevé contredit, scellée sans explication",
                    "réponses que des relevés contredisent, scellées sans explication",
                ),
                (
                    "answer that a capture disproves, sealed without an explanation",
                    "answers that captures disprove, sealed without an explanation",
                ),
            );
            let first: Vec<&str> = sealed.contradicted.iter().take(3).map(QuestionId::as_str).collect();
            let first = first.join(", ");
            context.note(format!("{}\u{a0}: {first}", counted.fr), format!("{}: {first}", counted.en));
        }
        if !sealed.unsound.is_empty() {
            let names = sealed.unsound.join(", ");
            context.note(
                format!("fichiers joints, manquants ou modifiés au moment de sceller\u{a0}: {names}"),
                format!("attached files, missing or changed at the time of sealing: {names}"),
            );
        }
        let said = context.language.pick("scellée", "sealed");
        writeln!(out, "{} {said} {}", found.reference(), sealed.seal.digest)?;
        Ok(())
    }
}

fn outside(reference: &str) -> Error {
    Error::refused(
        format!("{reference} n’est pas une visite de ce dépôt : sa chaîne de sceaux n’est pas connue"),
        format!("{reference} is no visit of this store: its chain of seals is not known"),
    )
    .hint("nommer le dépôt avec --store", "name the store with --store")
}
