//! How is a map of a saved file read, so that nothing of it is lost? Whoever merges two files by hand, or whose tool
//! does, may have a key twice: the usual reader would keep the last of them, without a word.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::Deserializer;
use serde::de::Error;
use serde::de::MapAccess;
use serde::de::Visitor;

/// How the message begins of a key that is there twice; the key follows.
pub const TWICE: &str = "duplicate key ";

/// Reads a map, and refuses one with a key that is there twice.
pub fn each_once<'de, D, K, V>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord + fmt::Display,
    V: Deserialize<'de>,
{
    deserializer.deserialize_map(Entries(PhantomData))
}

struct Entries<K, V>(PhantomData<(K, V)>);

impl<'de, K, V> Visitor<'de> for Entries<K, V>
where
    K: Deserialize<'de> + Ord + fmt::Display,
    V: Deserialize<'de>,
{
    type Value = BTreeMap<K, V>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<BTreeMap<K, V>, A::Error> {
        // As the program writes them, each is behind the one before, and a tree is made of them at once. Those that
        // somebody put elsewhere are few.
        let mut in_order: Vec<(K, V)> = Vec::new();
        let mut others = BTreeMap::new();
        while let Some(key) = map.next_key::<K>()? {
            let follows = in_order.last().is_none_or(|(last, _)| *last < key);
            let is_there = || in_order.binary_search_by(|(other, _)| other.cmp(&key)).is_ok();
            if !follows && (is_there() || others.contains_key(&key)) {
                return Err(A::Error::custom(format_args!("{TWICE}{key}")));
            }
            let value = map.next_value()?;
            if follows {
                in_order.push((key, value));
            } else {
                others.insert(key, value);
            }
        }
        let mut entries = BTreeMap::from_iter(in_order);
        entries.append(&mut others);
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

    use super::*;

    fn read(text: &str) -> Result<BTreeMap<String, u8>, serde_json::Error> {
        each_once(&mut serde_json::Deserializer::from_str(text))
    }

    #[test]
    fn whatever_their_order_all_entries_are_read() {
        let all = BTreeMap::from(
            [("a", 1), ("b", 2), ("c", 3), ("d", 4)].map(|(key, value)| (key.to_owned(), value)),
        );
        for text in
            [r#"{"a":1,"b":2,"c":3,"d":4}"#, r#"{"d":4,"c":3,"b":2,"a":1}"#, r#"{"b":2,"d":4,"a":1,"c":3}"#]
        {
            assert_eq!(read(text).unwrap(), all, "{text}");
        }
        assert_eq!(read("{}").unwrap(), BTreeMap::new());
    }

    #[test]
    fn a_key_is_there_twice_wherever_the_two_stand() {
        for text in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"b":2,"a":3}"#,
            r#"{"b":1,"a":2,"a":3}"#,
            r#"{"b":1,"a":2,"c":3,"a":4}"#,
        ] {
            assert!(read(text).unwrap_err().to_string().starts_with("duplicate key a"), "{text}");
        }
    }
}
