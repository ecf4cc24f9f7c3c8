//! How does a visit or a client go away in two steps, and come back after the first? (`delete`, `restore`, `erase`)

use std::io::BufRead;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::print::column;
use super::print::widest;
use super::today::today;
use crate::domain::text::plain;
use crate::domain::text::plain_line;
use crate::storage::clients::Store;
use crate::storage::error::Error;
use crate::storage::error::Kind;
use crate::storage::reference;
use crate::storage::trash::Entry;

#[derive(Debug, Args)]
pub struct Delete {
    #[arg(value_name = "REF|CLIENT")]
    what: String,
}

#[derive(Debug, Args)]
pub struct Restore {
    #[arg(value_name = "REF|CLIENT")]
    what: Option<String>,
}

#[derive(Debug, Args)]
pub struct Erase {
    #[arg(value_name = "REF|CLIENT")]
    what: String,
    #[arg(long)]
    now: bool,
    #[arg(long)]
    yes: bool,
}

const WHAT: (&str, &str, &str) = (
    "what",
    "un client, avec toutes ses visites\u{202f}; ou une visite\u{202f}: CLIENT@DATE",
    "a client, with all visits; or a visit: CLIENT@DATE",
);

pub const DELETE: Words = Words {
    about: (
        "Met un client ou une visite dans la corbeille du dépôt\n\n\
         Rien n’en est plus montré\u{202f}; `privaudit restore` le ramène, `privaudit erase` l’efface pour de bon.",
        "Puts a client or a visit into the store’s trash\n\n\
         Nothing of it is shown any more; `privaudit restore` brings it back, `privaudit erase` erases it for good.",
    ),
    arguments: &[WHAT],
    commands: &[],
};

pub const RESTORE: Words = Words {
    about: (
        "Ramène ce qui a été supprimé\u{202f}; sans argument, liste la corbeille",
        "Brings back what was deleted; without an argument, lists the trash",
    ),
    arguments: &[(
        "what",
        "ce qui est dans la corbeille\u{202f}: CLIENT, CLIENT@DATE, ou son nom dans la liste",
        "what is in the trash: CLIENT, CLIENT@DATE, or its name in the list",
    )],
    commands: &[],
};

pub const ERASE: Words = Words {
    about: (
        "Efface pour de bon ce qui est dans la corbeille, et dit tout ce qui a été ôté\n\n\
         Avec la visite partent ses états antérieurs, ses documents et les preuves qu’aucune autre visite du client ne \
         nomme. Demande le nom du client. Ce que le disque, des sauvegardes ou un gestionnaire de versions en gardent \
         n’est pas à la portée de ce programme.",
        "Erases for good what is in the trash, and says everything that was removed\n\n\
         With a visit go its earlier states, its documents, and the evidence that no other visit of the client’s names. \
         Asks for the client’s name. What the disk, backups or version control keep of it is out of this program’s \
         reach.",
    ),
    arguments: &[
        WHAT,
        ("now", "aussi ce qui n’est pas encore dans la corbeille", "also what is not in the trash yet"),
        ("yes", "sans demander le nom du client", "without asking for the client’s name"),
    ],
    commands: &[],
};

impl Delete {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let entry = delete(&context.store()?, &self.what)?;
        let reference = entry.reference();
        let said = context.language.pick(
            format!("{reference} est dans la corbeille\u{202f}; `privaudit restore {reference}` le ramène"),
            format!("{reference} is in the trash; `privaudit restore {reference}` brings it back"),
        );
        writeln!(out, "{said}")?;
        Ok(())
    }
}

/// A reference with a date means a visit; without, the whole client.
fn delete(store: &Store, what: &str) -> Result<Entry, Error> {
    if !reference::names_a_visit(what) {
        return store.delete_client(&store.client(what)?, today());
    }
    let found = store.find(what)?;
    match (&found.client, found.visit) {
        (Some(client), Some(visit)) => store.delete_visit(client, visit, today()),
        _ => Err(Error::refused(
            format!("{} n’est pas une visite de ce dépôt", found.reference()),
            format!("{} is no visit of this store", found.reference()),
        )),
    }
}

impl Restore {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let store = context.store()?;
        let Some(what) = &self.what else { return list(&store, context, out) };
        let Some(entry) = store.deleted(what)? else {
            return Err(Error::not_found(
                format!("rien dans la corbeille ne s’appelle « {what} »"),
                format!("nothing in the trash is called {what:?}"),
            )
            .hint("`privaudit restore` liste la corbeille", "`privaudit restore` lists the trash")
            .into());
        };
        store.put_back(&entry)?;
        let said = context.language.pick("est de nouveau là", "is there again");
        writeln!(out, "{} {said}", entry.reference())?;
        Ok(())
    }
}

fn list(store: &Store, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let (mut lines, mut errors) = (Vec::new(), Vec::new());
    for entry in store.trash()? {
        match entry {
            Ok(entry) => lines.push([entry.id.clone(), entry.reference(), plain_line(&entry.what.client)]),
            Err(error) => errors.push(error),
        }
    }
    if lines.is_empty() && errors.is_empty() {
        writeln!(out, "{}", context.language.pick("La corbeille est vide.", "The trash is empty."))?;
    }
    let width = |cell: usize| widest(lines.iter().filter_map(|line| line.get(cell)).map(String::as_str));
    let widths = [width(0), width(1)];
    for [id, reference, client] in &lines {
        writeln!(out, "{}  {}  {client}", column(id, widths[0]), column(reference, widths[1]))?;
    }
    errors.into_iter().next().map_or(Ok(()), |error| Err(error.into()))
}

impl Erase {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let store = context.store()?;
        let deleted = store.deleted(&self.what)?;
        let client = match (&deleted, self.now) {
            (Some(entry), _) => entry.what.client.clone(),
            (None, true) => present(&store, &self.what)?,
            (None, false) => return Err(not_deleted(&store, &self.what)?.into()),
        };
        if !self.yes && !confirmed(&client, context)? {
            return Err(Failure::refused(
                "rien n’a été effacé\u{202f}: ce n’est pas le nom du client",
                "nothing was erased: this is not the client’s name",
            ));
        }
        let entry = match deleted {
            Some(entry) => entry,
            None => delete(&store, &self.what)?,
        };
        let removed = store.erase(&entry)?;
        tell(&entry, &removed, context, out)
    }
}

/// The name of the client that is there, not in the trash.
fn present(store: &Store, what: &str) -> Result<String, Error> {
    if reference::names_a_visit(what) {
        let found = store.find(what)?;
        return Ok(found.client.map(|client| client.name).unwrap_or_default());
    }
    store.client(what).map(|client| client.name)
}

fn not_deleted(store: &Store, what: &str) -> Result<Error, Error> {
    match present(store, what) {
        Ok(_) => Ok(Error::refused(
            format!("{what} n’est pas dans la corbeille"),
            format!("{what} is not in the trash"),
        )
        .hint(
            format!("`privaudit delete {what}` d’abord, ou --now pour les deux à la fois"),
            format!("`privaudit delete {what}` first, or --now for both at once"),
        )),
        Err(error) if error.kind == Kind::NotFound => Ok(error),
        Err(error) => Err(error),
    }
}

/// Asks for the client's name, so that nobody erases the wrong one.
fn confirmed(client: &str, context: &Context) -> Result<bool, Failure> {
    let shown = plain_line(client);
    let ask = context.language.pick(
        format!("Pour effacer définitivement, saisir le nom du client ({shown})\u{202f}: "),
        format!("To erase for good, type the client’s name ({shown}): "),
    );
    let mut screen = std::io::stderr();
    write!(screen, "{ask}")?;
    screen.flush()?;
    let mut typed = String::new();
    std::io::stdin().lock().read_line(&mut typed)?;
    Ok(plain_line(&typed) == shown)
}

fn tell(entry: &Entry, removed: &[PathBuf], context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    for path in removed {
        // Where it was deleted from says more than where it lay in the trash.
        let shown = path.strip_prefix(&entry.path).unwrap_or(path);
        let shown = shown.strip_prefix("content").unwrap_or(shown);
        writeln!(out, "  {}", plain(&shown.display().to_string()))?;
    }
    let (reference, count) = (entry.reference(), removed.len());
    let said = context.language.pick(
        format!(
            "{reference} est effacé\u{202f}: {count} {}",
            context.language.plural(count, "fichier ôté", "fichiers ôtés")
        ),
        format!("{reference} is erased: {count} {} removed", context.language.plural(count, "file", "files")),
    );
    writeln!(out, "{said}")?;
    Ok(())
}
