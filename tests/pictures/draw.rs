//! How are the pictures in `screenshots/` made? `cargo run --example pictures --features pictures`
//!
//! The letters come from the font “`DejaVu` Sans Mono”, wherever this computer keeps it; an argument behind `--` names a folder
//! whose font is to be used instead.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::ExitCode;

use resvg::tiny_skia::Pixmap;
use resvg::tiny_skia::Transform;
use resvg::usvg::Options;
use resvg::usvg::Tree;

use font::Fonts;
use scenes::Stage;

mod boxes;
mod font;
mod palette;
mod portfolio;
mod scenes;
mod screen;
mod svg;

/// A pixel of the picture becomes so many of the PNG on each side: sharp on dense screens, too.
const DENSITY: f32 = 2.0;

fn main() -> ExitCode {
    let named = std::env::args_os().nth(1).map(PathBuf::from);
    let folders: Vec<PathBuf> = named.into_iter().chain(usual_folders()).collect();
    match draw(&folders, Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/screenshots"))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usual_folders() -> Vec<PathBuf> {
    let home = std::env::home_dir().unwrap_or_default();
    let of_all = ["/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts"].map(PathBuf::from);
    let of_home = [".local/share/fonts", ".fonts", "Library/Fonts"].map(|folder| home.join(folder));
    of_all.into_iter().chain(of_home).collect()
}

fn draw(fonts: &[PathBuf], target: &Path) -> Result<(), String> {
    let fonts = Fonts::find(fonts)?;
    let failed = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    fs::create_dir_all(target).map_err(|error| failed(target, &error))?;
    let stage = Stage::new();
    for scene in scenes::SCENES {
        let path = target.join(scene.name).with_extension("svg");
        let picture = svg::picture(&scene.screen(&stage), scene.title, &fonts)?;
        fs::write(&path, &picture).map_err(|error| failed(&path, &error))?;
        let path = path.with_extension("png");
        let pixels = pixels(&picture).map_err(|error| failed(&path, &error))?;
        fs::write(&path, pixels).map_err(|error| failed(&path, &error))?;
        println!("screenshots/{}.svg and .png", scene.name);
    }
    println!("letters: {}", fonts.name());
    Ok(())
}

/// The picture as PNG.
fn pixels(picture: &str) -> Result<Vec<u8>, String> {
    let tree = Tree::from_str(picture, &Options::default()).map_err(|error| error.to_string())?;
    let size = tree.size().to_int_size().scale_by(DENSITY).ok_or("too large")?;
    let mut pixmap = Pixmap::new(size.width(), size.height()).ok_or("too large")?;
    resvg::render(&tree, Transform::from_scale(DENSITY, DENSITY), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| error.to_string())
}
