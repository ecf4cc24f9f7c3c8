//! How is what this program wrote read again? In one go, without what RON allows besides.
//!
//! A portfolio is thousands of visits, and all but a few are just as [`super::format`] wrote them: one layout, plain
//! strings, no comment. This reader knows that layout alone, and takes a tenth of the time of RON's own. It never says
//! what is wrong: whatever else a file has, be it a comment that somebody wrote, an escape or a fault, it reads
//! nothing, and RON's reader decides. What it does read is what RON's reader would have read; tests hold the two
//! against each other.

use std::fmt;

use memchr::memchr2;
use serde::de::DeserializeOwned;
use serde::de::DeserializeSeed;
use serde::de::Deserializer;
use serde::de::EnumAccess;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::VariantAccess;
use serde::de::Visitor;

/// The value of a struct, from behind its opening parenthesis to the end of the file; none where the text is not as
/// this program writes it.
pub fn read_opened<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut reader = Reader { text, at: 0, opened: true };
    let value = T::deserialize(&mut reader).ok()?;
    reader.skip_blank();
    (reader.at == text.len()).then_some(value)
}

/// This is not as it was written here. Why, is for RON's reader to say.
#[derive(Debug)]
struct Otherwise;

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

/// The bytes at which a name or a number ends.
const ENDS: [bool; 256] = {
    let mut ends = [false; 256];
    let signs = b" \n\r\t,:()[]{}\"'/";
    let mut at = 0;
    while at < signs.len() {
        ends[signs[at] as usize] = true;
        at += 1;
    }
    ends
};

type Read<T> = Result<T, Otherwise>;

impl fmt::Display for Otherwise {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("not as it was written")
    }
}

impl std::error::Error for Otherwise {}

impl serde::de::Error for Otherwise {
    fn custom<T: fmt::Display>(_: T) -> Otherwise {
        Otherwise
    }
}

struct Reader<'de> {
    text: &'de str,
    /// Always at the boundary of a letter: only whole strings and signs of ASCII are passed over.
    at: usize,
    /// The parenthesis of the outermost struct is behind us.
    opened: bool,
}

impl<'de> Reader<'de> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_blank(&mut self) {
        while self.peek().is_some_and(is_blank) {
            self.at += 1;
        }
    }

    /// Passes over a sign and the blanks before it, if it comes next.
    fn skip(&mut self, sign: u8) -> bool {
        self.skip_blank();
        let next = self.peek() == Some(sign);
        self.at += usize::from(next);
        next
    }

    fn expect(&mut self, sign: u8) -> Read<()> {
        self.skip(sign).then_some(()).ok_or(Otherwise)
    }

    /// What comes next, up to a blank or a sign of RON's.
    fn run(&mut self) -> Read<&'de str> {
        self.skip_blank();
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| ENDS[usize::from(*byte)]).unwrap_or(rest.len());
        let run = self.text.get(self.at..self.at + length);
        self.at += length;
        run.filter(|run| !run.is_empty()).ok_or(Otherwise)
    }

    /// A name. Whether it is one, whoever compares it with the names that there are will see.
    fn word(&mut self) -> Read<&'de str> {
        self.run()
    }

    /// Digits, with a sign and a fraction where there is one; RON knows more forms, which nobody here writes.
    fn number(&mut self) -> Read<&'de str> {
        let number = self.run()?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
        let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let plain = are_digits(whole.strip_prefix('-').unwrap_or(whole)) && are_digits(fraction);
        plain.then_some(number).ok_or(Otherwise)
    }

    fn string(&mut self) -> Read<&'de str> {
        if self.skip(b'"') {
            let rest = self.text.get(self.at..).ok_or(Otherwise)?;
            let length = memchr2(b'"', b'\\', rest.as_bytes()).ok_or(Otherwise)?;
            // An escape is RON's business.
            let closes = rest.as_bytes().get(length) == Some(&b'"');
            self.at += length + 1;
            return rest.get(..length).filter(|_| closes).ok_or(Otherwise);
        }
        self.expect(b'r')?;
        let hashes =
            self.text.get(self.at..).unwrap_or_default().bytes().take_while(|byte| *byte == b'#').count();
        let (opens, closes) = (self.at + hashes, format!("\"{}", "#".repeat(hashes)));
        let inside = self.text.get(opens..).and_then(|rest| rest.strip_prefix('"')).ok_or(Otherwise)?;
        let length = inside.find(&closes).ok_or(Otherwise)?;
        self.at = opens + 1 + length + closes.len();
        inside.get(..length).ok_or(Otherwise)
    }

    fn opens(&mut self) -> Read<()> {
        if std::mem::take(&mut self.opened) { Ok(()) } else { self.expect(b'(') }
    }
}

/// Numbers of one type, read from their digits.
macro_rules! numbers {
    ($($method:ident $visit:ident,)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
                visitor.$visit(self.number()?.parse().map_err(|_| Otherwise)?)
            }
        )*
    };
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Otherwise;

    numbers!(
        deserialize_i8 visit_i8,
        deserialize_i16 visit_i16,
        deserialize_i32 visit_i32,
        deserialize_i64 visit_i64,
        deserialize_u8 visit_u8,
        deserialize_u16 visit_u16,
        deserialize_u32 visit_u32,
        deserialize_u64 visit_u64,
        deserialize_f32 visit_f32,
        deserialize_f64 visit_f64,
    );

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.word()? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Otherwise),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_borrowed_str(self.string()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    /// `Some` is not written; should it stand there, the value inside will not be read.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.skip_blank();
        let from = self.at;
        if self.word().is_ok_and(|word| word == "None") {
            return visitor.visit_none();
        }
        self.at = from;
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.expect(b'[')?;
        visitor.visit_seq(Group { reader: self, close: b']' })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.expect(b'{')?;
        visitor.visit_map(Group { reader: self, close: b'}' })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.opens()?;
        visitor.visit_map(Group { reader: self, close: b')' })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_enum(self)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_borrowed_str(self.word()?)
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
        Err(Otherwise)
    }

    serde::forward_to_deserialize_any! { char bytes byte_buf unit unit_struct tuple tuple_struct ignored_any }
}

/// What stands between two brackets, a comma behind each.
struct Group<'a, 'de> {
    reader: &'a mut Reader<'de>,
    close: u8,
}

impl Group<'_, '_> {
    /// Whether there is another one; what closes the group is passed over.
    fn goes_on(&mut self) -> bool {
        !self.reader.skip(self.close)
    }

    /// Behind a value there is a comma, or the end.
    fn ends_one<T>(&mut self, value: T) -> Read<T> {
        let ends = self.reader.skip(b',') || self.reader.peek() == Some(self.close);
        ends.then_some(value).ok_or(Otherwise)
    }
}

impl<'de> SeqAccess<'de> for Group<'_, 'de> {
    type Error = Otherwise;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        if !self.goes_on() {
            return Ok(None);
        }
        let value = seed.deserialize(&mut *self.reader)?;
        self.ends_one(Some(value))
    }
}

impl<'de> MapAccess<'de> for Group<'_, 'de> {
    type Error = Otherwise;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        if !self.goes_on() {
            return Ok(None);
        }
        let key = seed.deserialize(&mut *self.reader)?;
        self.reader.expect(b':')?;
        Ok(Some(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Read<V::Value> {
        let value = seed.deserialize(&mut *self.reader)?;
        self.ends_one(value)
    }
}

impl<'de> EnumAccess<'de> for &mut Reader<'de> {
    type Error = Otherwise;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Read<(V::Value, Self)> {
        let variant = seed.deserialize(&mut *self)?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for &mut Reader<'de> {
    type Error = Otherwise;

    /// Should there be a parenthesis, whoever asked for the variant does not find the comma.
    fn unit_variant(self) -> Read<()> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Read<T::Value> {
        self.expect(b'(')?;
        let value = seed.deserialize(&mut *self)?;
        self.expect(b')')?;
        Ok(value)
    }

    /// Nothing that is saved has such variants.
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Read<V::Value> {
        Err(Otherwise)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Read<V::Value> {
        Err(Otherwise)
    }
}
