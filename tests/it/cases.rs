//! Where are the cases that are data? Below `tests/cases/`, read here; adding one needs no Rust.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use serde::de::DeserializeOwned;

use privaudit::storage::format;

/// The folder of all cases.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// One file of cases.
pub fn read<T: DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    format::options().from_str(&text).unwrap_or_else(|error| panic!("{}:{error}", path.display()))
}

/// Every case in a folder, by the name of its file.
pub fn all<T: DeserializeOwned>(subfolder: &str) -> Vec<(String, T)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder().join(subfolder))
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ron"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "no case in {subfolder}");
    paths.iter().map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), read(path))).collect()
}
