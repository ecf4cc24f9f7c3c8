//! Where do words lie? Those of the embedded questionnaire and of the interface in the program itself, all others in
//! memory of their own.
//!
//! The embedded questionnaire has thousands of words. Were each one copied when the program starts, and looked at
//! letter by letter whether it is UTF-8, that would take longer than all the rest of its preparation. In its prepared
//! form, words are therefore places in one text that is part of the program: see [`within`] and [`gathered`].

use std::borrow::Borrow;
use std::borrow::Cow;
use std::cell::Cell;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::ops::Deref;

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;
use serde::de::Error as _;
use serde::ser::Error as _;

/// A text that does not change. A copy of what lies in the program itself costs nothing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Words(Cow<'static, str>);

thread_local! {
    /// The text that places are in, while what has such places is read on this thread.
    static ALL: Cell<Option<&'static str>> = const { Cell::new(None) };
    /// The words met, while they are gathered on this thread.
    static GATHERED: RefCell<Option<Gathered>> = const { RefCell::new(None) };
}

/// Words one behind the other, and the place of each.
#[derive(Debug, Default)]
struct Gathered {
    all: String,
    places: HashMap<String, Place>,
}

/// The first byte, and how many there are.
type Place = (u32, u32);

/// Reads what [`gathered`] wrote, in a form that is not for people: its words are parts of `all`.
pub fn within<T>(all: &'static str, read: impl FnOnce() -> T) -> T {
    let before = ALL.replace(Some(all));
    let value = read();
    ALL.set(before);
    value
}

/// Writes, in a form that is not for people, places instead of words; returns the text that they are in as well.
pub fn gathered<T>(write: impl FnOnce() -> T) -> (T, String) {
    GATHERED.set(Some(Gathered::default()));
    let value = write();
    let gathered = GATHERED.take().unwrap_or_default();
    (value, gathered.all)
}

impl Gathered {
    /// The same words lie in one place. None where there is more than a place can tell.
    fn place(&mut self, words: &str) -> Option<Place> {
        if let Some(place) = self.places.get(words) {
            return Some(*place);
        }
        let place = (u32::try_from(self.all.len()).ok()?, u32::try_from(words.len()).ok()?);
        self.all.push_str(words);
        self.places.insert(words.to_owned(), place);
        Some(place)
    }
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let place = match serializer.is_human_readable() {
            true => None,
            false => {
                GATHERED.with_borrow_mut(|gathered| gathered.as_mut().map(|gathered| gathered.place(self)))
            }
        };
        match place {
            Some(place) => place.ok_or_else(|| S::Error::custom("too many words"))?.serialize(serializer),
            None => serializer.serialize_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Words, D::Error> {
        let Some(all) = ALL.get().filter(|_| !deserializer.is_human_readable()) else {
            return String::deserialize(deserializer).map(Words::from);
        };
        let (first, length) = Place::deserialize(deserializer)?;
        let part = |()| all.get(first as usize..)?.get(..length as usize);
        part(()).map(Words::from).ok_or_else(|| D::Error::custom("no words in this place"))
    }
}

impl Deref for Words {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Words {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Words {
    fn borrow(&self) -> &str {
        self
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, out)
    }
}

impl fmt::Display for Words {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self)
    }
}

impl From<&'static str> for Words {
    fn from(words: &'static str) -> Words {
        Words(Cow::Borrowed(words))
    }
}

impl From<String> for Words {
    fn from(words: String) -> Words {
        Words(Cow::Owned(words))
    }
}

impl From<Words> for String {
    fn from(words: Words) -> String {
        words.0.into_owned()
    }
}

impl PartialEq<str> for Words {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for Words {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}
