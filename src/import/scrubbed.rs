//! What may be kept of a HAR that is to be kept? Only what is named here: no value, query or body can slip through.

use serde_json::Value as Json;
use serde_json::json;

use super::address::Address;
use super::har::Entry;

/// A HAR that holds what was allowed of another one's entries.
#[derive(Debug, Default)]
pub struct Scrubbed {
    entries: String,
    /// The entries do not fit: nothing is kept then, rather than a part that looks whole.
    pub too_large: bool,
}

/// In bytes.
const LARGEST: usize = 32 << 20;

impl Scrubbed {
    pub fn entry(&mut self, entry: &Entry) {
        if self.too_large {
            return;
        }
        if let Some(allowed) = allowed(entry) {
            let comma = if self.entries.is_empty() { "\n" } else { ",\n" };
            self.entries.push_str(comma);
            self.entries.push_str(&allowed.to_string());
        }
        if self.entries.len() > LARGEST {
            *self = Scrubbed { entries: String::new(), too_large: true };
        }
    }

    /// The file, one entry a line.
    pub fn text(&self) -> String {
        let creator = json!({ "name": "privaudit", "version": env!("CARGO_PKG_VERSION") });
        format!(
            "{{\"log\":{{\"version\":\"1.2\",\"creator\":{creator},\"comment\":\"scrubbed\",\"entries\":[{}\n]}}}}\n",
            self.entries
        )
    }
}

fn allowed(entry: &Entry) -> Option<Json> {
    let address = Address::parse(&entry.request.url)?;
    let valueless = |name: &str| json!({ "name": name, "value": "" });
    let (request, response) = (&entry.request, &entry.response);
    let query: Vec<Json> = address
        .parameters()
        .filter_map(|(name, _)| super::page::field_name(name))
        .map(|name| valueless(&name))
        .collect();
    Some(json!({
        "startedDateTime": super::set_cookie::json_date(&entry.started).map(|at| format!("{at}Z")),
        "time": 0,
        "request": {
            "method": request.method.chars().filter(char::is_ascii_alphabetic).collect::<String>(),
            "url": address.to_string(),
            "httpVersion": "",
            "cookies": request.cookies.iter().map(|cookie| valueless(&cookie.name)).collect::<Vec<_>>(),
            "headers": request.headers.iter().map(|header| valueless(&header.name)).collect::<Vec<_>>(),
            "queryString": query,
            "headersSize": -1,
            "bodySize": -1,
        },
        "response": {
            "status": response.status.unwrap_or(0.0),
            "statusText": "",
            "httpVersion": "",
            "cookies": response.cookies.iter().map(|cookie| valueless(&cookie.name)).collect::<Vec<_>>(),
            "headers": response.headers.iter().map(|header| valueless(&header.name)).collect::<Vec<_>>(),
            "content": { "size": -1, "mimeType": response.content.mime },
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
        },
        "cache": {},
        "timings": { "send": -1, "wait": -1, "receive": -1 },
    }))
}
