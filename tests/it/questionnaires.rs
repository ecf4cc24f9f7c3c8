//! Do the questionnaires that ship load, and are the mistakes of others found where they stand?

use privaudit::domain::text::Language;
use privaudit::storage::library;

#[test]
fn the_built_in_questionnaire_has_no_problem() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/questionnaires/seven-steps");
    let sources = library::sources(folder.as_ref()).unwrap();
    if let Err(faults) = sources.load() {
        let shown: Vec<String> = faults.iter().map(|fault| fault.show(Language::En)).collect();
        panic!("{}", shown.join("\n"));
    }
}
