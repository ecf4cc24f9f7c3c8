//! Do the pictures in `screenshots/` show the screens as they are?

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

#[path = "../pictures/portfolio.rs"]
mod portfolio;
#[path = "../pictures/scenes.rs"]
mod scenes;
#[path = "../pictures/screen.rs"]
mod screen;

const COMMAND: &str = "cargo run --example pictures --features pictures";

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/screenshots"))
}

#[test]
fn every_picture_shows_the_screen_of_now() {
    let stage = scenes::Stage::new();
    let mut stale = Vec::new();
    for scene in scenes::SCENES {
        let screen = scene.screen(&stage);
        let picture = fs::read_to_string(folder().join(scene.name).with_extension("svg")).unwrap_or_default();
        let titled = picture.contains(&format!("<title>{}</title>", scene.title));
        if !titled || !picture.contains(&screen::digest(&screen)) {
            let lines = screen::lines(&screen);
            let line = lines.iter().find(|line| !line.is_empty() && !picture.contains(&escape(line)));
            let line = line.map_or("the words are the same, not the look", |line| line.trim());
            stale.push(format!("{}.svg: {line}", scene.name));
        }
    }
    assert!(
        stale.is_empty(),
        "pictures are out of date; `{COMMAND}` draws them again:\n  {}",
        stale.join("\n  ")
    );
}

#[test]
fn every_picture_is_there_twice_and_nothing_else_is() {
    let names =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let expected = scenes::SCENES
        .iter()
        .flat_map(|scene| ["svg", "png"].map(|ending| format!("{}.{ending}", scene.name)));
    assert_eq!(names.collect::<BTreeSet<_>>(), expected.collect::<BTreeSet<_>>(), "`{COMMAND}` draws them");
}

#[test]
fn a_picture_needs_no_font_and_nothing_from_elsewhere() {
    for scene in scenes::SCENES {
        let picture = fs::read_to_string(folder().join(scene.name).with_extension("svg")).unwrap();
        for foreign in ["<text", "<image", "<style", "<script", "font-family", "url(", "href=\"http"] {
            assert!(!picture.contains(foreign), "{}.svg has {foreign}", scene.name);
        }
    }
}

/// As it stands in the picture's description.
fn escape(line: &str) -> String {
    line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
