//! How does the embedded questionnaire start without being parsed? It is read here, once, when the program is built.
//!
//! Authors edit the RON files in `questionnaires/seven-steps`; what they say is kept as the very values that the
//! program works with, in the compact form of postcard, next to the texts themselves. The types are the program's own
//! files, so that the two cannot differ. Whether the questions make sense is `check`'s business, in the tests.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use serde::de::DeserializeOwned;

macro_rules! shared {
    ($($name:ident: $path:literal),* $(,)?) => {
        $(
            #[allow(
                dead_code,
                unreachable_pub,
                clippy::struct_field_names,
                reason = "files of the program: it uses all of them, and checks them as its own"
            )]
            #[path = $path]
            mod $name;
        )*
    };
}

shared!(
    capture: "src/domain/capture.rs",
    condition: "src/domain/condition.rs",
    dialect: "src/storage/dialect.rs",
    digest: "src/storage/digest.rs",
    id: "src/domain/id.rs",
    questionnaire: "src/domain/questionnaire.rs",
    resident: "src/domain/resident.rs",
    rulebook: "src/domain/rulebook.rs",
    text: "src/domain/text.rs",
);

use questionnaire::Head;
use questionnaire::Step;
use questionnaire::Table;
use questionnaire::Term;
use rulebook::Rulebook;

const FOLDER: &str = "questionnaires/seven-steps";
const HEAD: &str = "questionnaire.ron";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={FOLDER}");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("no CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    let folder = root.join(FOLDER);
    let mut files = BTreeMap::new();
    let head: Head = read(&folder, HEAD, &mut files)?;
    let steps = head.files.iter().map(|name| read(&folder, name, &mut files));
    let steps = steps.collect::<Result<Vec<Step>, _>>()?;
    let tables: Vec<Table> = optional(&folder, head.tables.as_ref(), &mut files)?;
    let glossary: Vec<Term> = optional(&folder, head.glossary.as_ref(), &mut files)?;
    let rulebook: Rulebook = optional(&folder, head.evidence.as_ref(), &mut files)?;
    let value = (&head, &steps, &tables, &glossary, &rulebook);
    let (value, words) = resident::gathered(|| postcard::to_allocvec(&value));
    fs::write(out.join("seven-steps.postcard"), value?)?;
    fs::write(out.join("seven-steps.txt"), words)?;
    fs::write(out.join("seven-steps.rs"), code(&folder, &files)?)?;
    Ok(())
}

fn read<T: DeserializeOwned>(
    folder: &Path,
    name: &str,
    files: &mut BTreeMap<String, String>,
) -> Result<T, Box<dyn Error>> {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let value = dialect::options()
        .from_str(&text)
        .map_err(|error| format!("{FOLDER}/{name}:{}: {}", error.span.start, error.code))?;
    files.insert(name.to_owned(), text);
    Ok(value)
}

fn optional<T: DeserializeOwned + Default>(
    folder: &Path,
    name: Option<&String>,
    files: &mut BTreeMap<String, String>,
) -> Result<T, Box<dyn Error>> {
    name.map_or_else(|| Ok(T::default()), |name| read(folder, name, files))
}

/// The texts by name, and the digest over them.
fn code(folder: &Path, files: &BTreeMap<String, String>) -> Result<String, Box<dyn Error>> {
    let digest = digest::of(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let mut code = format!("pub const DIGEST: &str = {digest:?};\npub const FILES: &[(&str, &str)] = &[\n");
    for name in files.keys() {
        let path = folder.join(name);
        let path = path.to_str().ok_or("the path of this folder is not UTF-8")?;
        writeln!(code, "    ({name:?}, include_str!({path:?})),")?;
    }
    code.push_str("];\n");
    Ok(code)
}
