//! How does a document become a Word file? Office Open XML (ECMA-376, transitional) in its container.
//!
//! The mark-up is our own: consultants rework the file under their letterhead, so every look is a style with a name
//! that Word knows, headings are headings, and nothing is formatted by hand that a style can do.

use std::io;
use std::io::Cursor;
use std::io::Write;

use zip::CompressionMethod;
use zip::DateTime;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::document::Document;
use crate::domain::brand::Logo;
use crate::domain::brand::LogoKind;

mod body;
mod parts;
mod styles;
mod xml;

/// The whole document as a file: the same bytes for the same document.
pub fn docx(document: &Document) -> io::Result<Vec<u8>> {
    let logo = document.brand.logo.as_ref().filter(|logo| logo.kind == LogoKind::Png);
    let mut package = Package::new();
    package.part("[Content_Types].xml", &parts::content_types(logo.is_some()))?;
    package.part("_rels/.rels", parts::RELATIONSHIPS)?;
    package.part("docProps/core.xml", &parts::core(document))?;
    package.part("docProps/app.xml", parts::APPLICATION)?;
    package.part("word/_rels/document.xml.rels", &parts::document_relationships(logo.is_some()))?;
    package.part("word/document.xml", &body::body(document, logo))?;
    package.part("word/styles.xml", &styles::styles(document))?;
    package.part("word/numbering.xml", parts::NUMBERING)?;
    package.part("word/settings.xml", parts::SETTINGS)?;
    package.part("word/header1.xml", &parts::header(document))?;
    package.part("word/footer1.xml", &parts::footer(document))?;
    if let Some(Logo { bytes, .. }) = logo {
        package.bytes("word/media/logo.png", bytes)?;
    }
    package.finish()
}

/// The container: parts under their names, all of one day, so that nothing differs from run to run.
struct Package {
    writer: ZipWriter<Cursor<Vec<u8>>>,
    options: SimpleFileOptions,
}

impl Package {
    fn new() -> Package {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        Package { writer: ZipWriter::new(Cursor::new(Vec::new())), options }
    }

    fn part(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.bytes(name, text.as_bytes())
    }

    fn bytes(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.writer.start_file(name, self.options).map_err(io::Error::from)?;
        self.writer.write_all(bytes)
    }

    fn finish(self) -> io::Result<Vec<u8>> {
        Ok(self.writer.finish().map_err(io::Error::from)?.into_inner())
    }
}
