//! Who are the sample clients? Three files, a client each.

use super::sample::Sample;
use crate::storage::error::Error;
use crate::storage::format;

const FILES: [(&str, &str); 3] = [
    ("bakery.ron", include_str!("bakery.ron")),
    ("physiotherapist.ron", include_str!("physiotherapist.ron")),
    ("web-shop.ron", include_str!("web-shop.ron")),
];

pub fn read() -> Result<Vec<Sample>, Error> {
    let read = |(name, text): (&str, &str)| {
        format::options().from_str(text).map_err(|error| {
            let text = format!("{name}:{error}");
            Error::refused(text.clone(), text)
        })
    };
    FILES.into_iter().map(read).collect()
}
