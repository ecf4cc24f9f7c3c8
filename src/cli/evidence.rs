//! `privaudit evidence`: which files prove an answer? Attached, listed with what became of them, and taken away.

use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use clap::Args;
use clap::Subcommand;
use jiff::civil::Date;

use super::change::change;
use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::interrupt::Interrupts;
use super::parse;
use super::progress::Progress;
use super::question;
use super::today::today;
use crate::domain::attachment::Attachment;
use crate::domain::recording::clean;
use crate::domain::text::Text;
use crate::report::attached;
use crate::report::attached::AttachmentPart;
use crate::report::json;
use crate::storage::attachments;
use crate::storage::attachments::Condition;
use crate::storage::copying::Kept;
use crate::storage::error::Error;
use crate::storage::evidence::PORTION;

#[derive(Debug, Args)]
pub struct Evidence {
    #[arg(value_name = "REF")]
    reference: String,
    #[arg(value_name = "QUESTION")]
    question: Option<String>,
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(Add),
    List,
    Remove(Remove),
}

#[derive(Debug, Args)]
struct Add {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    expires: Option<Date>,
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

#[derive(Debug, Args)]
struct Remove {
    #[arg(value_name = "NAME")]
    name: String,
    #[arg(long)]
    erase: bool,
}

pub const WORDS: Words = Words {
    about: (
        "Joint des fichiers à une question, ou montre ceux qui le sont et ce qu’ils sont devenus\n\n\
         Un fichier joint est copié dans le dossier du client, lisible par vous seul, sous le nom de son SHA-256. Une \
         copie qui manque ou qui a changé est signalée ; la commande échoue alors (1). Passé sa date d’expiration, un \
         fichier ne prouve plus rien : si aucun autre ne vaut encore, la preuve est périmée et compte un niveau de moins.",
        "Attaches files to a question, or shows those that are and what became of them\n\n\
         An attached file is copied into the client’s folder, readable by you alone, and named by its SHA-256. A copy \
         that is missing or was changed is told; the command then fails (1). Past the date on which it expires, a file \
         proves nothing: if no other one still holds, the evidence has lapsed and counts a level less.",
    ),
    arguments: &[
        (
            "reference",
            "la visite : CLIENT, CLIENT@DATE, ou un fichier",
            "the visit: CLIENT, CLIENT@DATE, or a file",
        ),
        (
            "question",
            "l’id d’une question (pour la liste : sinon toutes)",
            "the id of a question (for the list: else all of them)",
        ),
        ("json", "la liste en JSON", "the list as JSON"),
    ],
    commands: &[
        (
            "add",
            Words {
                about: ("Joint un fichier à la question", "Attaches a file to the question"),
                arguments: &[
                    ("file", "une capture d’écran, un contrat, …", "a screenshot, a contract, …"),
                    (
                        "expires",
                        "le dernier jour où il prouve quelque chose",
                        "the last day on which it proves something",
                    ),
                    ("note", "ce qu’on y voit", "what is seen in it"),
                ],
                commands: &[],
            },
        ),
        (
            "list",
            Words {
                about: (
                    "Montre les fichiers joints (comme sans commande)",
                    "Shows the attached files (as without a command)",
                ),
                arguments: &[],
                commands: &[],
            },
        ),
        (
            "remove",
            Words {
                about: ("Retire un fichier de la question", "Takes a file off the question"),
                arguments: &[
                    (
                        "name",
                        "son nom, ou le début de son SHA-256",
                        "its name, or the beginning of its SHA-256",
                    ),
                    (
                        "erase",
                        "supprime aussi la copie, si aucune visite ne la nomme plus",
                        "deletes the copy as well, if no visit names it any more",
                    ),
                ],
                commands: &[],
            },
        ),
    ],
};

impl Evidence {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        match &self.command {
            Some(Command::Add(add)) => self.add(add, context, out),
            Some(Command::Remove(remove)) => self.remove(remove, context, out),
            Some(Command::List) | None => self.list(context, out),
        }
    }

    /// The question that is named; adding and removing need one.
    fn question(&self) -> Result<&str, Error> {
        self.question.as_deref().ok_or_else(|| {
            Error::refused("il manque l’id de la question", "the id of the question is missing").hint(
                "`privaudit evidence REF QUESTION add FICHIER`",
                "`privaudit evidence REF QUESTION add FILE`",
            )
        })
    }

    fn add(&self, add: &Add, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let id = self.question()?;
        let place = context.store()?.find(&self.reference)?.path;
        let mut copied = None;
        let changed = change(context, &self.reference, |questionnaire, assessment| {
            let question = question::find(questionnaire, id)?;
            let kept = copied.insert(copy(&place, &add.file, context)?);
            let attached = Attachment {
                expires: add.expires,
                note: add.note.as_deref().map(clean).unwrap_or_default(),
                ..kept.attachment.clone()
            };
            assessment.attach(&question.id, attached.clone());
            Ok(attached)
        });
        if let (Err(_), Some(kept)) = (&changed, &copied) {
            attachments::take_back(&place, kept);
        }
        let (reference, attached) = changed?;
        let Attachment { name, digest, size, .. } = &attached;
        let bytes = context.language.pick("octets", "bytes");
        writeln!(out, "{reference} {id}: {name} · {size} {bytes} · {digest}")?;
        Ok(())
    }

    fn remove(&self, remove: &Remove, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let id = self.question()?;
        let place = context.store()?.find(&self.reference)?.path;
        let (reference, removed) = change(context, &self.reference, |questionnaire, assessment| {
            let question = question::find(questionnaire, id)?;
            let attached = assessment.attachments.get(&question.id).map_or(&[][..], Vec::as_slice);
            let found = one_of(attached, &remove.name)?.clone();
            assessment.detach(&question.id, &found.digest);
            Ok(found)
        })?;
        let said = context.language.pick("retiré", "removed");
        writeln!(out, "{reference} {id}: {} {said}", removed.name)?;
        if !remove.erase {
            context.note(
                "la copie reste, pour les états antérieurs de la visite ; --erase la supprime",
                "the copy stays, for the earlier states of the visit; --erase deletes it",
            );
        } else if !attachments::erase(&place, &removed)? {
            context.note(
                "la copie reste : une visite la nomme encore",
                "the copy stays: a visit still names it",
            );
        }
        Ok(())
    }

    fn list(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let (found, visit) = context.visit(&self.reference)?;
        let mut digests = attachments::to_digest(&found.path, &visit.assessment);
        Progress::of(context.language, "lecture des preuves\u{a0}:", "reading the evidence:")
            .digest(&mut digests);
        let mut checked = attachments::check_by(&found.path, &visit.assessment, &digests.end());
        if let Some(id) = &self.question {
            let question = question::find(&visit.questionnaire, id)?;
            checked.retain(|one| one.question == question.id);
        }
        if self.json {
            let parts: Vec<AttachmentPart> = checked.iter().map(AttachmentPart::new).collect();
            let text = json::text(&parts).map_err(|error| Failure::Output(error.into()))?;
            out.write_all(text.as_bytes())?;
        } else {
            for one in &checked {
                writeln!(out, "{} · {}", one.question, attached::line(context.language, one))?;
            }
            if checked.is_empty() {
                context.note("aucun fichier joint", "no file attached");
            }
        }
        let unsound = checked.iter().filter(|one| one.condition != Condition::Intact).count();
        match unsound {
            0 => Ok(()),
            count => {
                let said = Text::counted(
                    count,
                    ("fichier de preuve manquant ou modifié", "fichiers de preuve manquants ou modifiés"),
                    ("evidence file missing or changed", "evidence files missing or changed"),
                );
                Err(Failure::refused(said.fr, said.en))
            }
        }
    }
}

/// Copies the file; whoever ends that by Ctrl-C finds nothing of it left.
fn copy(visit: &Path, file: &Path, context: &Context) -> Result<Kept, Failure> {
    let interrupts = Interrupts::notice()?;
    let mut copying = attachments::begin_to_keep(visit, file, today())?;
    let mut progress = Progress::of(context.language, "copie\u{a0}:", "copying:");
    while copying.go_on(PORTION)? {
        progress.tell_bytes(copying.done, copying.total);
        if let Some(signal) = interrupts.came() {
            drop((copying, progress));
            context.note(
                "le fichier n’est pas joint : il n’en reste rien",
                "the file is not attached: nothing of it stays",
            );
            return Err(Failure::Signal(signal));
        }
    }
    Ok(copying.end()?)
}

/// The one that is meant: by its name, or by the beginning of its digest.
fn one_of<'a>(attached: &'a [Attachment], name: &str) -> Result<&'a Attachment, Error> {
    let by_name: Vec<&Attachment> = attached.iter().filter(|one| one.name == name).collect();
    let by_digest =
        || attached.iter().filter(|one| name.len() >= 6 && one.digest.starts_with(name)).collect();
    let found: Vec<&Attachment> = if by_name.is_empty() { by_digest() } else { by_name };
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Error::not_found(
            format!("aucun fichier « {name} » n’est joint à cette question"),
            format!("no file “{name}” is attached to this question"),
        )),
        _ => Err(Error::refused(
            format!("plusieurs fichiers « {name} » : donner le début de son SHA-256"),
            format!("several files “{name}”: give the beginning of its SHA-256"),
        )),
    }
}
