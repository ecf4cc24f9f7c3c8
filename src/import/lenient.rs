//! How are other programs' fields read that may be missing, null, of another type, or without end?
//!
//! What has the wrong type counts as missing, and every text and list has a bound. For `deserialize_with`.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::Deserialize;
use serde::Deserializer;
use serde::de::DeserializeSeed;
use serde::de::Error;
use serde::de::IgnoredAny;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;
use serde::de::value::MapAccessDeserializer;

/// An address, or the value of a header, in bytes.
const LONG: usize = 32 << 10;
/// A name.
const SHORT: usize = 512;
/// Headers of a message; what a scanner lists.
const MOST: usize = 1000;

/// A text; a number or a truth value as it is written.
pub fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    from.deserialize_any(Scalar { longest: LONG }).map(Option::unwrap_or_default)
}

/// The same for names, which are many.
pub fn short<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    from.deserialize_any(Scalar { longest: SHORT }).map(Option::unwrap_or_default)
}

/// The same for the text of a page, of which the intake bounds the length.
pub fn page<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    from.deserialize_any(Scalar { longest: usize::MAX }).map(Option::unwrap_or_default)
}

pub fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    Ok(from.deserialize_any(Scalar { longest: SHORT })?.and_then(|text| text.parse().ok()))
}

pub fn truth<'de, D: Deserializer<'de>>(from: D) -> Result<Option<bool>, D::Error> {
    Ok(from.deserialize_any(Scalar { longest: SHORT })?.and_then(|text| text.parse().ok()))
}

/// A list; what is not one is empty.
pub fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Bounded<T>, D::Error> {
    from.deserialize_any(List(PhantomData))
}

/// An object; what is not one has nothing in it.
pub fn object<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<T, D::Error> {
    from.deserialize_any(Object(PhantomData))
}

/// The items of a list, up to so many.
#[derive(Debug)]
pub struct Bounded<T> {
    items: Vec<T>,
    /// How many there were beyond.
    pub more: u32,
}

impl<T> Default for Bounded<T> {
    fn default() -> Bounded<T> {
        Bounded { items: Vec::new(), more: 0 }
    }
}

impl<T> Deref for Bounded<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

/// A name in a list, or as the key of an object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Name(pub String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Name, D::Error> {
        short(from).map(Name)
    }
}

/// The names of an object's fields, each with what `T` reads out of its value.
#[derive(Debug)]
pub struct Fields<T>(pub Vec<(String, T)>);

impl<T> Default for Fields<T> {
    fn default() -> Fields<T> {
        Fields(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Fields<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Fields<T>, D::Error> {
        from.deserialize_any(FieldsOf(PhantomData))
    }
}

/// Whatever it is, it is passed over.
#[derive(Debug, Clone, Copy, Default)]
pub struct Skipped;

impl<'de> Deserialize<'de> for Skipped {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Skipped, D::Error> {
        IgnoredAny::deserialize(from).map(|_| Skipped)
    }
}

/// The beginning of a text, cut between two characters.
pub fn beginning(text: &str, longest: usize) -> &str {
    if text.len() <= longest {
        return text;
    }
    let end = (0..=longest).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// Tells how many there were.
fn pass_over<'de, A: SeqAccess<'de>>(mut items: A) -> Result<u32, A::Error> {
    let mut count: u32 = 0;
    while items.next_element::<IgnoredAny>()?.is_some() {
        count = count.saturating_add(1);
    }
    Ok(count)
}

fn pass_over_fields<'de, A: MapAccess<'de>>(mut fields: A) -> Result<(), A::Error> {
    while fields.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

struct Scalar {
    longest: usize,
}

impl<'de> Visitor<'de> for Scalar {
    type Value = Option<String>;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<String>, E> {
        Ok(Some(beginning(text, self.longest).to_owned()))
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Option<String>, E> {
        Ok(Some(truth.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Option<String>, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Option<String>, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Option<String>, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_unit<E: Error>(self) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Option<String>, A::Error> {
        pass_over(items).map(|_| None)
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Option<String>, A::Error> {
        pass_over_fields(fields).map(|()| None)
    }
}

/// What the visitors of lists and objects do with everything else: nothing.
macro_rules! nothing_else {
    ($nothing:expr) => {
        fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
            out.write_str("a list or an object")
        }

        fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
            Ok($nothing)
        }

        fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
            Ok($nothing)
        }

        fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
            Ok($nothing)
        }

        fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
            Ok($nothing)
        }

        fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
            Ok($nothing)
        }

        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok($nothing)
        }
    };
}

struct List<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for List<T> {
    type Value = Bounded<T>;

    nothing_else!(Bounded::default());

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Bounded<T>, A::Error> {
        pass_over_fields(fields).map(|()| Bounded::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Bounded<T>, A::Error> {
        let mut items = Vec::new();
        while items.len() < MOST {
            let Some(item) = list.next_element()? else { return Ok(Bounded { items, more: 0 }) };
            items.push(item);
        }
        pass_over(list).map(|more| Bounded { items, more })
    }
}

struct Object<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for Object<T> {
    type Value = T;

    nothing_else!(T::default());

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        pass_over(items).map(|_| T::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(fields))
    }
}

struct FieldsOf<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for FieldsOf<T> {
    type Value = Fields<T>;

    nothing_else!(Fields::default());

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Fields<T>, A::Error> {
        pass_over(items).map(|_| Fields::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Fields<T>, A::Error> {
        let mut kept = Vec::new();
        while kept.len() < MOST {
            let Some((Name(name), value)) = fields.next_entry()? else { return Ok(Fields(kept)) };
            kept.push((name, value));
        }
        pass_over_fields(fields).map(|()| Fields(kept))
    }
}

/// A list of which each item is handled as it comes, and none is kept.
pub struct Each<F, T>(F, PhantomData<T>);

impl<F, T> fmt::Debug for Each<F, T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Each")
    }
}

impl<F: FnMut(T), T> Each<F, T> {
    pub fn new(handle: F) -> Each<F, T> {
        Each(handle, PhantomData)
    }
}

impl<'de, F: FnMut(T), T: Deserialize<'de>> DeserializeSeed<'de> for Each<F, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de, F: FnMut(T), T: Deserialize<'de>> Visitor<'de> for Each<F, T> {
    type Value = ();

    nothing_else!(());

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<(), A::Error> {
        pass_over_fields(fields)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element()? {
            (self.0)(item);
        }
        Ok(())
    }
}
