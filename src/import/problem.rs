//! Why could a capture not be read? In both languages, with the place in the file.

use crate::domain::text::Text;

/// What is wrong with a file, to be said behind its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub line: u64,
    /// The byte in the file, counted from 1: captures are often a single line. The parser may have looked a little
    /// further than where it went wrong.
    pub byte: u64,
    pub message: Text,
    pub hint: Option<Text>,
}

/// What the parser may meet before it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// More brackets in one another than any capture has.
    TooDeep,
    /// Packed by gzip or zip.
    Packed,
    /// Not UTF-8, nor UTF-16 that could be told.
    NotUtf8,
}

impl Trouble {
    pub fn message(self) -> Text {
        match self {
            Trouble::TooDeep => Text::new(
                "trop d’objets les uns dans les autres : ce n’est pas une capture",
                "too many objects in one another: this is no capture",
            ),
            Trouble::Packed => Text::new(
                "fichier compressé : le décompresser, puis importer la capture qu’il contient",
                "a compressed file: unpack it, then import the capture in it",
            ),
            Trouble::NotUtf8 => Text::new(
                "pas de l’UTF-8 : enregistrer la capture en UTF-8",
                "not UTF-8: save the capture as UTF-8",
            ),
        }
    }
}
