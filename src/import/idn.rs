//! How is a host written in ASCII? Names in other letters have a second spelling, `xn--…`, and both are one host.

use std::iter::once;

use unicode_normalization::UnicodeNormalization;

/// The numbers of punycode (RFC 3492, 5).
const BASE: u32 = 36;
const LEAST: u32 = 1;
const MOST: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST_BEYOND_ASCII: u32 = 128;

/// A host as browsers ask for it: in lower case, without dots at its ends, in ASCII.
pub fn ascii(host: &str) -> String {
    let host = host.trim_matches('.');
    if host.is_ascii() {
        return host.to_ascii_lowercase();
    }
    // The wide dots of East Asian keyboards are dots.
    let plain: String = host.nfkc().flat_map(char::to_lowercase).nfc().collect::<String>().replace('。', ".");
    let labels = plain.split('.').map(|label| match label.is_ascii() {
        true => label.to_owned(),
        false => punycode(label).map_or_else(|| label.to_owned(), |code| format!("xn--{code}")),
    });
    labels.collect::<Vec<_>>().join(".")
}

/// RFC 3492, 6.3. Nothing for a label beyond all bounds.
fn punycode(label: &str) -> Option<String> {
    let letters: Vec<u32> = label.chars().map(u32::from).collect();
    let mut code: String = label.chars().filter(char::is_ascii).collect();
    let plain = u32::try_from(code.len()).ok()?;
    if plain > 0 {
        code.push('-');
    }
    let (mut next, mut delta, mut bias, mut handled) = (FIRST_BEYOND_ASCII, 0_u32, FIRST_BIAS, plain);
    while let Some(least) = letters.iter().copied().filter(|letter| *letter >= next).min() {
        delta = delta.checked_add((least - next).checked_mul(handled + 1)?)?;
        for letter in &letters {
            if *letter < least {
                delta = delta.checked_add(1)?;
            }
            if *letter == least {
                code.extend(digits(delta, bias));
                bias = adapted(delta, handled + 1, handled == plain);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        next = least + 1;
    }
    Some(code)
}

/// A number in digits of which each one’s worth depends on the bias.
fn digits(number: u32, bias: u32) -> Vec<char> {
    let mut rest = number;
    let mut digits = Vec::new();
    let mut place = BASE;
    loop {
        let threshold = place.saturating_sub(bias).clamp(LEAST, MOST);
        if rest < threshold {
            break;
        }
        digits.push(digit(threshold + (rest - threshold) % (BASE - threshold)));
        rest = (rest - threshold) / (BASE - threshold);
        place += BASE;
    }
    digits.into_iter().chain(once(digit(rest))).collect()
}

/// Letters come first, then 0 to 9.
fn digit(value: u32) -> char {
    const DIGITS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    DIGITS.get(value as usize).map_or('a', |digit| char::from(*digit))
}

fn adapted(delta: u32, handled: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / handled;
    let mut bias = 0;
    while delta > ((BASE - LEAST) * MOST) / 2 {
        delta /= BASE - LEAST;
        bias += BASE;
    }
    bias + (BASE - LEAST + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_host_are_one() {
        for (written, asked) in [
            ("bücher.example", "xn--bcher-kva.example"),
            ("Boulangerie-Éclair.FR", "xn--boulangerie-clair-mtb.fr"),
            ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
            ("www.château-œuf.fr", "www.xn--chteau-uf-c2a26j.fr"),
            ("правда.рф", "xn--80aafi6cg.xn--p1ai"),
            ("e\u{301}tude.example", "xn--tude-9oa.example"),
            ("例え。テスト.", "xn--r8jz45g.xn--zckzah"),
            ("WWW.Plain.example.", "www.plain.example"),
        ] {
            assert_eq!(ascii(written), asked, "{written}");
            assert_eq!(ascii(asked), asked);
        }
    }
}
