//! Are words that lie in the program the same as those that are read, and never others?

use privaudit::domain::resident;
use privaudit::domain::resident::Words;
use privaudit::domain::text::Text;

/// Longer than any place of these tests.
static ALL: &str = "Qui décide ?Who decides?";

#[test]
fn words_are_gathered_once_and_found_again() {
    let texts = [Text::new("Qui décide ?", "Who decides?"), Text::new("Who decides?", "")];
    let (bytes, all) = resident::gathered(|| postcard::to_allocvec(&texts).unwrap());
    assert_eq!(all, ALL);
    let again: [Text; 2] = resident::within(ALL, || postcard::from_bytes(&bytes).unwrap());
    assert_eq!(again, texts);
}

#[test]
fn a_place_that_there_is_not_has_no_words() {
    let read = |place: (u32, u32)| {
        let bytes = postcard::to_allocvec(&place).unwrap();
        resident::within(ALL, || postcard::from_bytes::<Words>(&bytes).ok())
    };
    let end = u32::try_from(ALL.len()).unwrap();
    assert_eq!(read((0, 3)), Some(Words::from("Qui")));
    assert_eq!(read((end, 0)), Some(Words::default()));
    for place in [(0, end + 1), (end + 1, 0), (u32::MAX, u32::MAX), (0, 6), (6, 3)] {
        assert_eq!(read(place), None, "{place:?}");
    }
}

#[test]
fn words_without_a_place_are_written_as_they_are() {
    let words = Words::from("Boutique Éclair".to_owned());
    let bytes = postcard::to_allocvec(&words).unwrap();
    assert_eq!(postcard::from_bytes::<String>(&bytes).unwrap(), "Boutique Éclair");
    assert_eq!(postcard::from_bytes::<Words>(&bytes).unwrap(), words);
    // For people, they are the words themselves, whatever is gathered or read at the time.
    let (written, all) = resident::gathered(|| serde_json::to_string(&words).unwrap());
    assert_eq!((written.as_str(), all.as_str()), ("\"Boutique Éclair\"", ""));
    let read = resident::within(ALL, || serde_json::from_str::<Words>(&written).unwrap());
    assert_eq!(read, words);
}
