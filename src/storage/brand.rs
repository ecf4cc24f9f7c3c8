//! Whose name is on the documents? The brand's file, checked, with its logo.

use std::path::Component;
use std::path::Path;

use serde::Deserialize;

use super::error::Error;
use super::files;
use super::format;
use crate::domain::brand::Brand;
use crate::domain::brand::Colour;
use crate::domain::brand::Logo;
use crate::domain::brand::LogoKind;
use crate::domain::text::Language;
use crate::domain::text::Text;

/// Its name in the store's folder.
pub const FILE: &str = "brand.ron";
/// A logo is drawn a few centimetres wide: more than this, in bytes, is a picture of something else.
const LARGEST_LOGO: u64 = 1_000_000;

/// What the file holds.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    name: String,
    /// The path of a PNG or SVG, from the file's own folder.
    logo: Option<String>,
    colour: Option<String>,
    contact: Vec<String>,
    closing: Text,
}

/// The brand of a store; nobody's where there is no such file.
pub fn of_store(store: &Path, language: Language) -> Result<Brand, Error> {
    let path = store.join(FILE);
    if path.exists() { read(&path, language) } else { Ok(Brand::default()) }
}

/// Reads a brand's file and the logo that it names.
pub fn read(path: &Path, language: Language) -> Result<Brand, Error> {
    let text = files::read(path)?;
    let written: Written = format::options().from_str(&text).map_err(|error| unreadable(path, &error))?;
    let colour = match &written.colour {
        None => None,
        Some(colour) => Some(Colour::from_hex(colour).ok_or_else(|| not_a_colour(path, colour))?),
    };
    let logo = match &written.logo {
        None => None,
        Some(logo) => Some(read_logo(path.parent().unwrap_or(Path::new(".")), logo)?),
    };
    let closing = written.closing.get(language).trim().to_owned();
    Ok(Brand { name: written.name, logo, colour, contact: written.contact, closing })
}

fn unreadable(path: &Path, error: &ron::error::SpannedError) -> Error {
    Error::unreadable(path, error).hint(
        "les champs sont name, logo, colour, contact et closing, par exemple : (name: \"Agence\", colour: \"#1f5a7a\")",
        "the fields are name, logo, colour, contact and closing, for example: (name: \"Agency\", colour: \"#1f5a7a\")",
    )
}

fn not_a_colour(path: &Path, colour: &str) -> Error {
    let shown = path.display();
    Error::refused(
        format!("{shown} : la couleur « {colour} » n’en est pas une"),
        format!("{shown}: “{colour}” is no colour"),
    )
    .hint("une couleur s’écrit \"#1f5a7a\"", "a colour is written \"#1f5a7a\"")
}

/// A brand's file may come from anybody: its logo lies in its own folder or below, and is a file.
fn read_logo(folder: &Path, name: &str) -> Result<Logo, Error> {
    let path = &folder.join(name);
    if !Path::new(name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(no_logo(path).hint(
            "mettre le logo à côté de brand.ron, et son nom seul dans le champ logo",
            "put the logo beside brand.ron, and its name alone into the field logo",
        ));
    }
    let failed = |error: &std::io::Error| Error::io(path, ("lire", "read"), error);
    let found = std::fs::metadata(path).map_err(|error| failed(&error))?;
    if !found.is_file() || found.len() > LARGEST_LOGO {
        return Err(no_logo(path));
    }
    let bytes = std::fs::read(path).map_err(|error| failed(&error))?;
    let size = png_size(&bytes).map(|size| (LogoKind::Png, size));
    let size = size.or_else(|| svg_size(&bytes).map(|size| (LogoKind::Svg, size)));
    let (kind, (width, height)) = size.ok_or_else(|| no_logo(path))?;
    Ok(Logo { kind, bytes, width, height })
}

fn no_logo(path: &Path) -> Error {
    let shown = path.display();
    Error::refused(
        format!("{shown} n’est pas un logo : il faut un PNG ou un SVG, d’un mégaoctet au plus"),
        format!("{shown} is no logo: a PNG or an SVG of at most a megabyte is needed"),
    )
}

/// Width and height of a PNG, from its first chunk (W3C, Portable Network Graphics, 11.2.1).
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let head = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let chunk = head.get(4..16)?.strip_prefix(b"IHDR")?;
    let number = |at: usize| Some(u32::from_be_bytes(chunk.get(at..at + 4)?.try_into().ok()?));
    let (width, height) = (number(0)?, number(4)?);
    (width > 0 && height > 0).then_some((width, height))
}

/// Width and height of an SVG: of its view box, which says the shape; a wide one where it has none.
fn svg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let from = text.find("<svg")?;
    let tag = text.get(from..)?;
    let tag = tag.get(..tag.find('>')?)?;
    let sides = tag.split_once("viewBox=").and_then(|(_, rest)| {
        let mut letters = rest.chars();
        let quote = letters.next()?;
        let inside = letters.as_str().split(quote).next()?;
        let numbers: Vec<f64> = inside
            .split([' ', ','])
            .filter(|part| !part.is_empty())
            .filter_map(|part| part.parse().ok())
            .collect();
        let [_, _, width, height] = numbers.as_slice() else { return None };
        Some((whole(*width)?, whole(*height)?))
    });
    Some(sides.unwrap_or((300, 100)))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie between")]
fn whole(side: f64) -> Option<u32> {
    (1.0..=100_000.0).contains(&side).then(|| side.round() as u32)
}
