//! Does the code keep to its house rules? Layers look left only, the domain touches nothing outside, files say why.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// Each may use only those before it; those that share a line ignore each other.
const LAYERS: &[&[&str]] = &[&["domain"], &["storage"], &["report", "import"], &["tui"], &["cli"], &["main"]];

/// The same inside the interface.
const INSIDE_TUI: &[&[&str]] = &[
    &["intent"],
    &["clipboard"],
    &["effect"],
    &["keymap"],
    &["theme"],
    &["widgets"],
    &["visit"],
    &["screens"],
    &["model"],
    &["update"],
    &["view"],
    &["perform"],
    &["terminal"],
];

/// What the domain must not name: it has no files, no clock, no environment, no terminal.
const OUTSIDE_PATHS: &[&str] = &[
    "std::fs",
    "std::env",
    "std::io",
    "std::time",
    "std::net",
    "std::process",
    "std::thread",
    "std::path",
    "crossterm",
    "ratatui",
    "directories",
    "rustix",
];
const OUTSIDE_WORDS: &[&str] = &["SystemTime", "Instant", "now("];

#[derive(Debug, PartialEq, Eq)]
struct Violation {
    file: String,
    line: usize,
    rule: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "src/{}:{}: {}", self.file, self.line, self.rule)
    }
}

#[test]
fn the_code_keeps_to_the_layers_and_to_the_form_of_its_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for path in rust_files(&root) {
        let file = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        found.extend(violations(&file, &fs::read_to_string(&path).unwrap()));
    }
    let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}

#[test]
fn no_files_go_round_in_a_circle() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read = |path: PathBuf| {
        let file = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        (file, fs::read_to_string(&path).unwrap())
    };
    let found = circles(&rust_files(&root).into_iter().map(read).collect());
    assert!(found.is_empty(), "break these circles of imports:\n{}", found.join("\n"));
}

/// The circles in what files take from each other, as `a -> b -> a`. `files`: path below `src/`, and text. What a
/// submodule takes from the file that it belongs to is no arrow: the two are one thing in two files.
fn circles(files: &BTreeMap<String, String>) -> Vec<String> {
    let modules: BTreeSet<Vec<String>> = files.keys().map(|file| module_of(file)).collect();
    let uses = |(file, text): (&String, &String)| {
        let here = module_of(file);
        let used = paths(&code_only(text), &here).into_iter().filter_map(|(_, path)| {
            let path = match path.first().map(String::as_str) {
                Some("crate") => path[1..].to_vec(),
                // A module of this file's own.
                _ => here.iter().cloned().chain(path).collect(),
            };
            let module = (1..=path.len()).rev().map(|end| &path[..end]).find(|at| modules.contains(*at))?;
            (!here.starts_with(module)).then(|| module.to_vec())
        });
        let used: BTreeSet<Vec<String>> = used.collect();
        (here, used)
    };
    let mut left: BTreeMap<Vec<String>, BTreeSet<Vec<String>>> = files.iter().map(uses).collect();
    // What uses nothing that is left is in no circle; what remains in the end is, or leads into one.
    loop {
        let remaining: BTreeSet<Vec<String>> = left.keys().cloned().collect();
        left.retain(|_, used| used.iter().any(|module| remaining.contains(module)));
        if left.len() == remaining.len() {
            break;
        }
    }
    let mut found = Vec::new();
    while let Some(start) = left.keys().next().cloned() {
        let mut way = vec![start];
        let round = loop {
            let next =
                way.last().and_then(|last| left[last].iter().find(|module| left.contains_key(*module)));
            let Some(next) = next.cloned() else { break None };
            match way.iter().position(|module| *module == next) {
                Some(first) => break Some(first),
                None => way.push(next),
            }
        };
        if let Some(first) = round {
            let names: Vec<String> =
                way[first..].iter().chain([&way[first]]).map(|module| module.join("::")).collect();
            found.push(names.join(" -> "));
        }
        left.retain(|module, _| !way.contains(module));
    }
    found
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Everything that one file does against the rules. `file` is its path below `src/`.
fn violations(file: &str, text: &str) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut add = |line: usize, rule: String| found.push(Violation { file: file.to_owned(), line, rule });
    if file.ends_with("/mod.rs") {
        add(1, "a module's file is `foo.rs` beside the folder `foo`, never `mod.rs`".into());
    }
    // The crate's two roots introduce the program instead of answering one question.
    if !matches!(file, "lib.rs" | "main.rs") {
        let first = text.lines().next().unwrap_or("");
        if !first.starts_with("//! ") || !first.contains('?') {
            add(1, "the first line is `//! ` and the question that the file answers".into());
        }
    }
    let code = code_only(text);
    let module = module_of(file);
    for (line, path) in paths(&code, &module) {
        if let Some(rule) = looks_right(&module, &path) {
            add(line, rule);
        }
        if module.first().is_some_and(|first| first == "domain") {
            let path = path.join("::");
            let outside = OUTSIDE_PATHS
                .iter()
                .find(|outside| path == **outside || path.starts_with(&format!("{outside}::")));
            if let Some(outside) = outside {
                add(
                    line,
                    format!("domain names `{outside}`: it knows no files, clock, environment, terminal"),
                );
            }
        }
    }
    if module.first().is_some_and(|first| first == "domain") {
        for (index, line) in code.lines().enumerate() {
            for word in OUTSIDE_WORDS {
                let at = line.find(word);
                if at.is_some_and(|at| !line[..at].ends_with(is_word)) {
                    add(index + 1, format!("domain names `{word}`: dates are arguments"));
                }
            }
        }
    }
    found.dedup();
    found
}

/// `tui/screens/clients.rs` is `tui::screens::clients`; `lib.rs` is the crate itself.
fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    if path == "lib" { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
}

/// Why a module must not use that path, if it must not.
fn looks_right(module: &[String], path: &[String]) -> Option<String> {
    let [root, used, ..] = path else { return None };
    if root != "crate" {
        return None;
    }
    let here = module.first()?;
    let own = place(LAYERS, here);
    let Some(own) = own else { return Some(format!("`{here}` has no place among the layers")) };
    if here != used {
        return match place(LAYERS, used) {
            None => None,
            Some(other) if other < own => None,
            Some(other) if other == own => Some(format!("`{here}` and `{used}` ignore each other")),
            Some(_) => Some(format!("`{here}` looks right, at `{used}`")),
        };
    }
    // Inside the interface the same holds once more; `tui.rs` itself may use all of it.
    let ("tui", Some(here), Some(used)) = (here.as_str(), module.get(1), path.get(2)) else { return None };
    let Some(own) = place(INSIDE_TUI, here) else {
        return Some(format!("`tui::{here}` has no place in the order inside `tui`"));
    };
    match place(INSIDE_TUI, used) {
        Some(other) if other <= own => None,
        Some(_) => Some(format!("`tui::{here}` looks right, at `tui::{used}`")),
        None => Some(format!("`tui::{here}` looks up, at `tui::{used}`")),
    }
}

fn place(order: &[&[&str]], name: &str) -> Option<usize> {
    order.iter().position(|level| level.contains(&name))
}

/// Every path that begins at `crate`, `privaudit`, `self`, `super`, `std` or another crate, with its line, in full:
/// groups are taken apart, and what is relative is led back to `crate`.
fn paths(code: &str, module: &[String]) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    let letters: Vec<(usize, char)> = code.char_indices().collect();
    let mut at = 0;
    while at < letters.len() {
        let begins = is_word(letters[at].1) && (at == 0 || !is_word(letters[at - 1].1));
        let continues = at >= 2 && letters[at - 1].1 == ':' && letters[at - 2].1 == ':';
        if begins && !continues {
            let line = code[..letters[at].0].matches('\n').count() + 1;
            let mut full = Vec::new();
            let end = path_tree(&letters, at, &mut Vec::new(), &mut full);
            for path in full.into_iter().filter(|path| path.len() > 1) {
                found.push((line, absolute(path, module)));
            }
            at = end.max(at + 1);
        } else {
            at += 1;
        }
    }
    found
}

/// Reads `a::b::{c, d::e}` from a word on; returns where it ends.
fn path_tree(
    letters: &[(usize, char)],
    mut at: usize,
    before: &mut Vec<String>,
    full: &mut Vec<Vec<String>>,
) -> usize {
    let depth = before.len();
    let letter = |at: usize| letters.get(at).map(|(_, letter)| *letter);
    loop {
        let mut word = String::new();
        while let Some(next) = letter(at).filter(|next| is_word(*next)) {
            word.push(next);
            at += 1;
        }
        before.push(word);
        if letter(at) != Some(':') || letter(at + 1) != Some(':') {
            full.push(before.clone());
            break;
        }
        match letter(at + 2) {
            Some('{') => {
                at += 3;
                while let Some(next) = letter(at) {
                    if is_word(next) {
                        at = path_tree(letters, at, before, full);
                    } else {
                        at += 1;
                        if next == '}' {
                            break;
                        }
                    }
                }
                break;
            }
            Some(next) if is_word(next) => at += 2,
            _ => {
                full.push(before.clone());
                at += 2;
                break;
            }
        }
    }
    before.truncate(depth);
    at
}

fn absolute(path: Vec<String>, module: &[String]) -> Vec<String> {
    let supers = path.iter().take_while(|part| *part == "super").count();
    let crate_root = || vec!["crate".to_owned()];
    match path.first().map(String::as_str) {
        Some("privaudit") => crate_root().into_iter().chain(path.into_iter().skip(1)).collect(),
        Some("self") => {
            crate_root().into_iter().chain(module.to_vec()).chain(path.into_iter().skip(1)).collect()
        }
        Some("super") => {
            let up = module.len().saturating_sub(supers);
            crate_root()
                .into_iter()
                .chain(module[..up].to_vec())
                .chain(path.into_iter().skip(supers))
                .collect()
        }
        _ => path,
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The text without comments, strings and the unit tests at its end, line by line as it was.
fn code_only(text: &str) -> String {
    let text = text.find("#[cfg(test)]\nmod tests {").map_or(text, |tests| &text[..tests]);
    let mut code = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("r\"") || rest.starts_with("r#\"") {
            let close = if rest.starts_with("r#") { "\"#" } else { "\"" };
            rest[3..].find(close).map_or(rest.len(), |end| 3 + end + close.len())
        } else if letter == '"' {
            string_end(rest)
        } else if rest.starts_with("'\"'") {
            3
        } else {
            code.push(letter);
            rest = &rest[letter.len_utf8()..];
            continue;
        };
        code.push_str(&"\n".repeat(rest[..skipped].matches('\n').count()));
        code.push(' ');
        rest = &rest[skipped..];
    }
    code
}

fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod the_checker {
    use super::violations;

    const QUESTION: &str = "//! What is it?\n";

    fn rules(file: &str, text: &str) -> Vec<(usize, String)> {
        let text = format!("{QUESTION}{text}");
        violations(file, &text).into_iter().map(|found| (found.line, found.rule)).collect()
    }

    fn caught(file: &str, text: &str, line: usize, part: &str) {
        let found = rules(file, text);
        assert!(
            found.len() == 1 && found[0].0 == line && found[0].1.contains(part),
            "{file}: expected one violation in line {line} with {part:?}, found {found:?}"
        );
    }

    fn passes(file: &str, text: &str) {
        assert_eq!(rules(file, text), [], "{file}");
    }

    #[test]
    fn sees_a_layer_that_looks_right() {
        caught("domain/text.rs", "use crate::storage::files;\n", 2, "looks right");
        caught("storage/files.rs", "\nuse crate::report::html;\n", 3, "looks right");
        caught("report.rs", "fn f() { crate::tui::run(); }\n", 2, "looks right");
        caught("tui/view.rs", "fn f() -> crate::cli::Exit { todo!() }\n", 2, "looks right");
        caught("domain/a/b.rs", "use super::super::super::storage::files;\n", 2, "looks right");
        caught("domain.rs", "use crate::{domain::text, storage::{files, error}};\n", 2, "looks right");
    }

    #[test]
    fn sees_siblings_that_know_each_other() {
        caught("report/html.rs", "use crate::import::har;\n", 2, "ignore each other");
        caught("import/har.rs", "use crate::report::html;\n", 2, "ignore each other");
    }

    #[test]
    fn sees_disorder_inside_the_interface() {
        caught("tui/intent.rs", "use crate::tui::effect::Effect;\n", 2, "looks right");
        caught("tui/screens/clients.rs", "use crate::tui::model::Model;\n", 2, "looks right");
        caught("tui/widgets.rs", "use super::view;\n", 2, "looks right");
        caught("tui/view.rs", "use crate::tui::Session;\n", 2, "looks up");
        caught("tui/novelty.rs", "use crate::tui::intent::Intent;\n", 2, "has no place");
        passes("tui/view.rs", "use crate::tui::model::Model;\nuse super::theme;\n");
        passes("tui/screens/clients.rs", "use super::interview;\nuse crate::tui::screens::result;\n");
        passes("tui.rs", "use crate::tui::perform;\nuse self::model::Model;\n");
    }

    #[test]
    fn sees_a_domain_that_looks_outside() {
        caught("domain/text.rs", "use std::fs;\n", 2, "std::fs");
        caught("domain/text.rs", "fn f() { std::env::var(\"X\"); }\n", 2, "std::env");
        caught("domain/text.rs", "use std::{fmt, io::Read};\n", 2, "std::io");
        caught("domain/text.rs", "fn f() -> Date { Zoned::now().date() }\n", 2, "now(");
        caught("domain/text.rs", "fn f(at: SystemTime) {}\n", 2, "SystemTime");
        caught("domain/text.rs", "use ratatui::style::Color;\n", 2, "ratatui");
        passes("domain/text.rs", "use std::fmt;\nuse std::collections::BTreeMap;\nfn known() {}\n");
        passes("storage/files.rs", "use std::fs;\nuse std::io;\n");
    }

    #[test]
    fn sees_files_that_go_round_in_a_circle() {
        let found = |files: &[(&str, &str)]| {
            super::circles(&files.iter().map(|(file, text)| ((*file).into(), (*text).into())).collect())
        };
        let (one, other) = ("use super::b::B;\n", "use crate::storage::a::A;\n");
        assert_eq!(
            found(&[
                ("storage/a.rs", one),
                ("storage/b.rs", other),
                ("cli.rs", "use crate::storage::a::A;\n")
            ]),
            ["storage::a -> storage::b -> storage::a"]
        );
        // By a detour over a part of one of them.
        assert_eq!(
            found(&[
                ("a.rs", "mod part;\nuse part::P;\n"),
                ("a/part.rs", "use crate::b::B;\n"),
                ("b.rs", "use crate::a::A;\n")
            ]),
            ["a -> a::part -> b -> a"]
        );
        let none: [&str; 0] = [];
        assert_eq!(found(&[("a.rs", one), ("a/b.rs", "use super::A;\n"), ("b.rs", "")]), none);
        assert_eq!(found(&[("a.rs", "mod part;\nuse part::P;\n"), ("a/part.rs", "use super::A;\n")]), none);
    }

    #[test]
    fn sees_a_file_without_its_question_and_a_mod_rs() {
        assert_eq!(violations("domain/text.rs", "//! Words.\n")[0].line, 1);
        assert_eq!(violations("domain/text.rs", "use std::fmt;\n").len(), 1);
        assert!(violations("tui/screens/mod.rs", QUESTION)[0].rule.contains("mod.rs"));
        assert_eq!(violations("lib.rs", "//! privaudit does this.\n"), []);
    }

    #[test]
    fn is_not_misled_by_comments_strings_and_unit_tests() {
        passes("domain/text.rs", "// crate::storage\n/* std::fs */\nconst A: &str = \"crate::cli\";\n");
        passes("domain/text.rs", "//! See [`crate::storage`].\n/// now() is an argument\n");
        passes("domain/text.rs", "#[cfg(test)]\nmod tests {\n    use crate::storage::files;\n}\n");
        passes("domain/text.rs", "const A: &str = r#\"crate::tui \"quoted\" \"#;\n");
        passes(
            "cli/score.rs",
            "use crate::tui;\nuse crate::report;\nuse crate::domain;\nuse super::words;\n",
        );
        passes("main.rs", "use privaudit::cli;\n");
    }
}
