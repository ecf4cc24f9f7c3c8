//! What does an error of RON mean to whoever wrote the file? Its message in both languages.

use crate::domain::check::near::suggestion;
use crate::domain::entries;
use crate::domain::text::Text;

/// For a field that must be there.
pub fn missing_field(field: &str) -> Text {
    Text::new(format!("champ « {field} » manquant"), format!("missing field `{field}`"))
}

/// What RON's error means to an author.
pub fn message(code: &ron::Error) -> Text {
    let short = |found: &str| -> String {
        let mut letters = found.chars();
        let short: String = letters.by_ref().take(60).collect();
        if letters.next().is_some() { format!("{short}…") } else { short }
    };
    let list = |names: &[&str]| names.join(", ");
    match code {
        ron::Error::NoSuchStructField { expected, found, .. } => {
            let (fr, en) = suggestion(found, expected.iter().copied());
            let found = short(found);
            Text::new(
                format!("champ « {found} » inconnu{fr} (possibles : {})", list(expected)),
                format!("unknown field `{found}`{en} (possible: {})", list(expected)),
            )
        }
        ron::Error::MissingStructField { field, .. } => missing_field(field),
        ron::Error::DuplicateStructField { field, .. } => {
            Text::new(format!("champ « {field} » en double"), format!("duplicate field `{field}`"))
        }
        ron::Error::NoSuchEnumVariant { expected, found, .. } => {
            let (fr, en) = suggestion(found, expected.iter().copied());
            let found = short(found);
            Text::new(
                format!("« {found} » inconnu{fr} (possibles : {})", list(expected)),
                format!("unknown `{found}`{en} (possible: {})", list(expected)),
            )
        }
        ron::Error::IntegerOutOfBounds => Text::new("nombre hors des limites", "number out of bounds"),
        ron::Error::ExpectedInteger | ron::Error::InvalidIntegerDigit { .. } => {
            Text::new("un nombre entier est attendu ici", "a whole number is expected here")
        }
        ron::Error::ExpectedFloat | ron::Error::FloatUnderscore => {
            Text::new("un nombre est attendu ici", "a number is expected here")
        }
        ron::Error::ExpectedBoolean => {
            Text::new("true ou false est attendu ici", "true or false is expected here")
        }
        ron::Error::ExpectedString | ron::Error::ExpectedStringEnd => Text::new(
            "un texte entre guillemets droits est attendu ici, fermé par \"",
            "a text in straight quotes is expected here, closed by \"",
        ),
        ron::Error::ExpectedArray => {
            Text::new("une liste entre [ ] est attendue ici", "a list in [ ] is expected here")
        }
        ron::Error::ExpectedMap => {
            Text::new("un dictionnaire entre { } est attendu ici", "a map in { } is expected here")
        }
        ron::Error::ExpectedNamedStructLike("Text") => Text::new(
            "les deux langues sont attendues ici : (fr: \"…\", en: \"…\")",
            "both languages are expected here: (fr: \"…\", en: \"…\")",
        ),
        ron::Error::ExpectedNamedStructLike(_) | ron::Error::ExpectedStructLike => Text::new(
            "des champs entre parenthèses sont attendus ici : (nom: valeur, …)",
            "fields in parentheses are expected here: (name: value, …)",
        ),
        ron::Error::ExpectedIdentifier
        | ron::Error::InvalidIdentifier(_)
        | ron::Error::SuggestRawIdentifier(_) => {
            Text::new("un mot sans guillemets est attendu ici", "a word without quotes is expected here")
        }
        ron::Error::ExpectedMapColon => Text::new("« : » est attendu ici", "`:` is expected here"),
        ron::Error::ExpectedComma => Text::new("« , » est attendu ici", "`,` is expected here"),
        ron::Error::ExpectedStructLikeEnd => {
            Text::new("« , » ou « ) » est attendu ici", "`,` or `)` is expected here")
        }
        ron::Error::ExpectedMapEnd => {
            Text::new("« , » ou « } » est attendu ici", "`,` or `}` is expected here")
        }
        ron::Error::ExpectedArrayEnd => {
            Text::new("« , » ou « ] » est attendu ici", "`,` or `]` is expected here")
        }
        ron::Error::TrailingCharacters => Text::new(
            "le fichier devrait s’arrêter avant\u{202f}: tout est déjà fermé",
            "the file should have ended before: everything is closed already",
        ),
        ron::Error::Message(said) if said.starts_with(entries::TWICE) => {
            let key = short(said.trim_start_matches(entries::TWICE));
            Text::new(
                format!("« {key} » est là deux fois\u{202f}: n’en garder qu’un"),
                format!("`{key}` is there twice: keep one of them"),
            )
        }
        ron::Error::ExceededRecursionLimit => {
            Text::new("trop d’imbrications à partir d’ici", "nested too deeply from here on")
        }
        ron::Error::Eof => Text::new("le fichier s’arrête trop tôt", "the file ends too early"),
        other => Text::new(format!("RON : {other}"), format!("RON: {other}")),
    }
}
