//! Who makes a PDF? A program that is installed: LibreOffice, a Chromium, or typst, the first that there is.

use std::fs;
use std::fs::File;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use super::error::Error;
use super::files;

/// A converter that takes longer hangs.
const LONGEST: Duration = Duration::from_mins(3);
const PAUSE: Duration = Duration::from_millis(20);

/// The same pages in the form that each program reads.
#[derive(Debug, Clone, Copy)]
pub struct Pages<'a> {
    pub docx: &'a [u8],
    pub html: &'a [u8],
    pub typst: &'a [u8],
}

/// A program that makes PDFs, in the order of trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Printer {
    LibreOffice,
    Chromium,
    Typst,
}

impl Printer {
    const ALL: [Printer; 3] = [Printer::LibreOffice, Printer::Chromium, Printer::Typst];

    /// The names under which it is installed.
    fn names(self) -> &'static [&'static str] {
        match self {
            Printer::LibreOffice => &["soffice", "libreoffice"],
            Printer::Chromium => &[
                "chromium",
                "chromium-browser",
                "google-chrome-stable",
                "google-chrome",
                "microsoft-edge",
                "brave-browser",
            ],
            Printer::Typst => &["typst"],
        }
    }

    fn installed(self) -> Option<PathBuf> {
        let folders = std::env::var_os("PATH")?;
        let folders: Vec<PathBuf> =
            std::env::split_paths(&folders).filter(|folder| folder.is_absolute()).collect();
        let places = self.names().iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
        places.into_iter().find(|place| is_program(place))
    }

    /// Its command, with the pages written where it finds them.
    fn command(self, program: &Path, pages: &Pages, folder: &Path) -> io::Result<Command> {
        let mut command = Command::new(program);
        match self {
            Printer::LibreOffice => {
                fs::write(folder.join("page.docx"), pages.docx)?;
                // Its own profile: a LibreOffice that is open already would take the order, and not do it.
                let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
                command.arg(profile).args(["--headless", "--norestore", "--convert-to", "pdf", "--outdir"]);
                command.arg(folder).arg(folder.join("page.docx"));
            }
            Printer::Chromium => {
                fs::write(folder.join("page.html"), pages.html)?;
                command.args(["--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"]);
                // The pages need nothing from outside, and nobody is to be told that they are printed.
                command.args([
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ]);
                if rustix::process::geteuid().is_root() {
                    // It does not start for root otherwise; what it reads is our own page, without a script.
                    command.arg("--no-sandbox");
                }
                command.arg(format!("--user-data-dir={}", folder.join("profile").display()));
                command.arg(format!("--print-to-pdf={}", folder.join("page.pdf").display()));
                command.arg(format!("file://{}", folder.join("page.html").display()));
            }
            Printer::Typst => {
                fs::write(folder.join("page.typ"), pages.typst)?;
                command.arg("compile").arg(folder.join("page.typ")).arg(folder.join("page.pdf"));
            }
        }
        Ok(command)
    }
}

fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

/// The pages as a PDF, by the first program that is installed and does it.
pub fn pdf(pages: &Pages) -> Result<Vec<u8>, Error> {
    let mut refusals = Vec::new();
    for printer in Printer::ALL {
        let Some(program) = printer.installed() else { continue };
        match print(printer, &program, pages) {
            Ok(bytes) => return Ok(bytes),
            Err(error) => refusals.push(format!("{}: {error}", program.display())),
        }
    }
    if refusals.is_empty() {
        return Err(Error::refused(
            "aucun programme pour faire un PDF n’est installé",
            "no program that makes a PDF is installed",
        )
        .hint(
            "installer LibreOffice, Chromium ou typst ; ou imprimer le document HTML depuis un navigateur",
            "install LibreOffice, Chromium or typst; or print the HTML document from a browser",
        ));
    }
    let why = refusals.join("; ");
    Err(Error::refused(
        format!("le PDF n’a pas pu être fait ({why})"),
        format!("the PDF could not be made ({why})"),
    )
    .hint("imprimer le document HTML depuis un navigateur", "print the HTML document from a browser"))
}

fn print(printer: Printer, program: &Path, pages: &Pages) -> io::Result<Vec<u8>> {
    let folder = Folder::new()?;
    let mut command = printer.command(program, pages, &folder.0)?;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(folder.0.join("said"))?);
    command.current_dir(&folder.0);
    let done = wait(command.spawn()?)?;
    let made = fs::read(folder.0.join("page.pdf")).ok().filter(|bytes| bytes.starts_with(b"%PDF-"));
    made.ok_or_else(|| {
        let said = fs::read(folder.0.join("said")).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default().to_owned();
        io::Error::other(format!("{done} {last}"))
    })
}

/// Until it ends, or for as long as is reasonable.
fn wait(mut child: Child) -> io::Result<std::process::ExitStatus> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if begun.elapsed() > LONGEST {
            child.kill()?;
            return child.wait();
        }
        thread::sleep(PAUSE);
    }
}

/// A private folder for the pages, gone with everything in it when it is done with.
struct Folder(PathBuf);

impl Folder {
    fn new() -> io::Result<Folder> {
        let parent = std::env::temp_dir();
        let mut number = 0_u32;
        loop {
            let path = parent.join(format!("privaudit-{}-{number}", std::process::id()));
            match files::make_new_folder(&path) {
                Ok(()) => return Ok(Folder(path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => number += 1,
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed now is in a folder of its owner's only, which the system clears.
        let _ = fs::remove_dir_all(&self.0);
    }
}
