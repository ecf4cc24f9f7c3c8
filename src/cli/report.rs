//! `privaudit report`: what does the client keep? A document, in the format that the file's name says.

use std::io::IsTerminal;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use clap::Args;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::parse;
use super::today::today;
use crate::domain::brand::LogoKind;
use crate::report::content::Kind;
use crate::report::export::Format;
use crate::report::export::Order;
use crate::report::export::export;
use crate::report::source;
use crate::storage::belonging;
use crate::storage::brand;
use crate::storage::dossier::Dossier;
use crate::storage::error::Error;

/// Somebody waits from here on, and is told for what.
const SOON: Duration = Duration::from_millis(500);

#[derive(Debug, Args)]
pub struct Report {
    #[arg(value_name = "REF")]
    reference: String,
    #[arg(long, value_name = "FORMAT", value_parser = parse::format)]
    format: Option<Format>,
    #[arg(long, value_name = "LENGTH", value_parser = parse::kind)]
    length: Option<Kind>,
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "SHEET")]
    sheet: Option<String>,
    #[arg(long, value_name = "BRAND.ron")]
    brand: Option<PathBuf>,
}

pub const WORDS: Words = Words {
    about: (
        "Écrit le document que garde le client, ou le registre de l’article 30",
        "Writes the document that the client keeps, or the records of article 30",
    ),
    arguments: &[
        (
            "reference",
            "la visite : CLIENT, CLIENT@DATE, ou un fichier",
            "the visit: CLIENT, CLIENT@DATE, or a file",
        ),
        (
            "format",
            "html, docx, pdf, xlsx, csv, md, json ou ics (sinon d’après le nom du fichier, sinon html)",
            "html, docx, pdf, xlsx, csv, md, json or ics (else as the file’s name says, else html)",
        ),
        (
            "length",
            "page (l’essentiel), plan (le plan d’action), full (le dossier complet) ou register (le registre des traitements) ; sinon plan",
            "page (the essentials), plan (the action plan), full (the full record) or register (the records of processing); else plan",
        ),
        (
            "output",
            "le fichier, remplacé s’il existe ; - pour la sortie standard (sinon CLIENT-DATE-LENGTH dans le dossier courant, jamais remplacé)",
            "the file, replaced if it exists; - for standard output (else CLIENT-DATE-LENGTH in the working folder, never replaced)",
        ),
        (
            "sheet",
            "pour csv : actions, answers, unknown, scores, register, ou l’id d’un tableau",
            "for csv: actions, answers, unknown, scores, register, or the id of a table",
        ),
        (
            "brand",
            "le fichier du nom, du logo, de la couleur (sinon brand.ron dans le dossier des clients)",
            "the file of the name, logo and colour (else brand.ron in the folder of the clients)",
        ),
    ],
    commands: &[],
};

impl Report {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let store = context.store()?;
        let dossier = store.dossier(&store.find(&self.reference)?)?;
        let brand = match &self.brand {
            Some(path) => brand::read(path, context.language)?,
            None => brand::of_store(store.root(), context.language)?,
        };
        let kind = self.length.unwrap_or(Kind::Plan);
        let format = self.format()?;
        let target = self.target(&dossier, kind, format)?;
        let order =
            Order { kind, format, language: context.language, brand: &brand, sheet: self.sheet.as_deref() };
        let svg = brand.logo.as_ref().is_some_and(|logo| logo.kind == LogoKind::Svg);
        if svg && matches!(format, Format::Docx | Format::Pdf) {
            context.note(
                "un fichier Word, et le PDF qui en est fait, ne montrent qu’un logo PNG ; le vôtre est un SVG",
                "a Word file, and a PDF made from it, show a PNG logo only; yours is an SVG",
            );
        }
        let bytes = patiently(context, || made(&dossier, &order))?;
        match target {
            None => out.write_all(&bytes)?,
            Some(path) => {
                belonging::write_document(&path, &bytes)?;
                writeln!(out, "{}", path.display())?;
            }
        }
        Ok(())
    }

    /// The format that was named, or that the file's name says.
    fn format(&self) -> Result<Format, Error> {
        if let Some(format) = self.format {
            return Ok(format);
        }
        let Some(path) = self.output.as_deref().filter(|path| *path != Path::new("-")) else {
            return Ok(Format::Html);
        };
        let end = path.extension().and_then(|end| end.to_str()).map(str::to_ascii_lowercase);
        let format = match end.as_deref() {
            Some("htm") => Some(Format::Html),
            Some("markdown") => Some(Format::Markdown),
            Some(end) => Format::from_word(end),
            None => None,
        };
        format.ok_or_else(|| {
            let shown = path.display();
            Error::refused(format!("{shown} : format inconnu"), format!("{shown}: unknown format"))
                .hint("ajouter --format html, docx, pdf …", "add --format html, docx, pdf …")
        })
    }

    /// Where to write; nowhere for standard output. A file that was not named is never replaced: somebody may have
    /// reworked it.
    fn target(&self, dossier: &Dossier, kind: Kind, format: Format) -> Result<Option<PathBuf>, Error> {
        match &self.output {
            Some(path) if path == Path::new("-") => Ok(None),
            Some(path) => std::path::absolute(path)
                .map(Some)
                .map_err(|error| Error::io(path, ("écrire", "write"), &error)),
            None => {
                let name = format!("{}.{}", dossier.file_name(kind.word()), format.word());
                let path = std::path::absolute(&name)
                    .map_err(|error| Error::io(Path::new(&name), ("écrire", "write"), &error))?;
                if path.exists() {
                    return Err(Error::refused(
                        format!("{name} existe déjà"),
                        format!("{name} exists already"),
                    )
                    .hint(format!("le remplacer : -o {name}"), format!("to replace it: -o {name}")));
                }
                Ok(Some(path))
            }
        }
    }
}

/// The document's bytes.
fn made(dossier: &Dossier, order: &Order) -> Result<Vec<u8>, Error> {
    let today = today();
    let comparison = source::comparison(dossier, today);
    source::with_subject(dossier, comparison.as_ref(), today, |subject| export(subject, order))
}

/// Does it, and says so on a terminal where it takes longer than one waits without a word.
fn patiently<T>(context: &Context, work: impl FnOnce() -> T) -> T {
    let (done, waiting) = mpsc::channel::<()>();
    let language = context.language;
    thread::scope(|scope| {
        scope.spawn(move || {
            let late = waiting.recv_timeout(SOON) == Err(mpsc::RecvTimeoutError::Timeout);
            if late && std::io::stderr().is_terminal() {
                // Whoever closed standard error does not want to know.
                let _ = writeln!(
                    std::io::stderr(),
                    "{}",
                    language.pick("le document se prépare…", "the document is being made…")
                );
            }
        });
        let result = work();
        drop(done);
        result
    })
}
