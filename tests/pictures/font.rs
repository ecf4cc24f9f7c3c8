//! Which outline has a letter? Those of a font on this computer, so that the pictures need none.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use skrifa::FontRef;
use skrifa::MetadataProvider;
use skrifa::instance::LocationRef;
use skrifa::instance::Size;
use skrifa::outline::DrawSettings;
use skrifa::outline::OutlinePen;

use super::boxes::HEIGHT;
use super::boxes::WIDTH;

/// Fonts whose letters are all of one width, with their files for plain and bold. The first is nearly everywhere, has
/// every mark of the screens, and has not changed for years: the same pictures on every machine.
const KNOWN: [(&str, &str, &str); 2] = [
    ("DejaVu Sans Mono", "DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf"),
    ("JetBrains Mono", "JetBrainsMono-Regular.ttf", "JetBrainsMono-Bold.ttf"),
];

/// The first draws; the others fill its gaps.
#[derive(Debug)]
pub struct Fonts {
    faces: Vec<Face>,
}

#[derive(Debug)]
struct Face {
    name: &'static str,
    regular: Vec<u8>,
    bold: Vec<u8>,
}

impl Fonts {
    /// The known fonts below these folders; those of the first folder come first.
    pub fn find(folders: &[PathBuf]) -> Result<Fonts, String> {
        let faces: Vec<Face> = folders.iter().flat_map(|folder| known_in(folder)).collect();
        if faces.is_empty() {
            let wanted: Vec<&str> = KNOWN.iter().map(|(name, ..)| *name).collect();
            let folders: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
            return Err(format!(
                "no font: neither {} is below {}; install one, or name its folder behind `--`",
                wanted.join(" nor "),
                folders.join(", ")
            ));
        }
        Ok(Fonts { faces })
    }

    /// The one that draws.
    pub fn name(&self) -> &'static str {
        self.faces.first().map_or("", |face| face.name)
    }

    /// How far below a cell's top the letters stand.
    pub fn baseline(&self) -> f32 {
        let fitted = self.faces.first().and_then(|face| fit(&face.regular));
        fitted.map_or(0.0, |(font, size)| {
            let metrics = font.metrics(size, LocationRef::default());
            let slack = f32::from(u16::try_from(HEIGHT).unwrap_or(0)) - (metrics.ascent - metrics.descent);
            (slack / 2.0 + metrics.ascent).round()
        })
    }

    /// A letter as an SVG path around the baseline, and a cell wide.
    pub fn outline(&self, letter: char, bold: bool) -> Result<String, String> {
        for face in &self.faces {
            let Some((font, size)) = fit(if bold { &face.bold } else { &face.regular }) else { continue };
            let glyph = font.charmap().map(letter).and_then(|id| font.outline_glyphs().get(id));
            if let Some(glyph) = glyph {
                let mut pen = Pen(String::new());
                let settings = DrawSettings::unhinted(size, LocationRef::default());
                glyph
                    .draw(settings, &mut pen)
                    .map_err(|error| format!("{letter} in {}: {error}", face.name))?;
                return Ok(pen.0);
            }
        }
        Err(format!("no font has the letter {letter} (U+{:04X})", u32::from(letter)))
    }
}

fn known_in(folder: &Path) -> Vec<Face> {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.sort();
    let read = |name: &str| {
        let found = files.iter().find(|path| path.file_name().is_some_and(|file| file == name))?;
        fs::read(found).ok()
    };
    let faces = KNOWN.into_iter();
    faces
        .filter_map(|(name, regular, bold)| Some(Face { name, regular: read(regular)?, bold: read(bold)? }))
        .collect()
}

/// The size at which its letters are as wide as a cell.
fn fit(bytes: &[u8]) -> Option<(FontRef<'_>, Size)> {
    let font = FontRef::new(bytes).ok()?;
    let unscaled = font.glyph_metrics(Size::new(1.0), LocationRef::default());
    let advance = unscaled.advance_width(font.charmap().map('0')?)?;
    let width = f32::from(u16::try_from(WIDTH).ok()?);
    Some((font, Size::new(width / advance)))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "ttf") {
            files.push(path);
        }
    }
}

/// Writes a path; y grows downwards in a picture.
struct Pen(String);

impl Pen {
    fn add(&mut self, command: char, numbers: &[f32]) {
        self.0.push(command);
        for (index, number) in numbers.iter().enumerate() {
            let rounded = (number * 100.0).round() / 100.0;
            // Never "-0", which would depend on the side it was rounded from.
            let rounded = if rounded == 0.0 { 0.0 } else { rounded };
            let between = if index > 0 && rounded >= 0.0 { " " } else { "" };
            // Writing into a string cannot fail.
            let _ = write!(self.0, "{between}{rounded}");
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add('M', &[x, -y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add('L', &[x, -y]);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.add('Q', &[cx0, -cy0, x, -y]);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.add('C', &[cx0, -cy0, cx1, -cy1, x, -y]);
    }

    fn close(&mut self) {
        self.0.push('Z');
    }
}
