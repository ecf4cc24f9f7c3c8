//! Do captures tell what they show, and nothing else? Browser variants as data, hostile files, and planted secrets.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

use privaudit::domain::capture::Capture;
use privaudit::domain::capture::Category;
use privaudit::domain::capture::Life;
use privaudit::domain::capture::LinkKind;
use privaudit::domain::capture::SetBy;
use privaudit::import::capture;
use privaudit::import::capture::Failure;
use privaudit::import::capture::Keep;
use privaudit::import::capture::Reading;
use serde::Deserialize;
use serde_json::Value as Json;

use super::cli::driver::User;

const SECRETS: [&str; 2] = ["secret", "SECRET"];

#[derive(Deserialize)]
struct Expected {
    first_party: BTreeSet<String>,
    third_party: BTreeSet<String>,
    cookies: BTreeSet<String>,
    carries_cookies: bool,
    on: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/har")
}

fn case(name: &str) -> String {
    folder().join(name).to_str().unwrap().to_owned()
}

fn read(bytes: impl Read) -> Result<Reading, Failure> {
    capture::read(bytes, &BTreeSet::new(), Keep::Nothing)
}

fn problem(bytes: &[u8]) -> String {
    match read(bytes) {
        Err(Failure::Problem(problem)) => format!("{} {} {}", problem.line, problem.byte, problem.message.en),
        other => format!("{other:?}"),
    }
}

#[test]
fn captures_fill_in_a_table_once_and_a_questionnaire_without_rules_says_so() {
    let user = crate::cli::driver::visited();
    let import = user.run(&["import", "acme", &case("chrome.har")]);
    assert_eq!(import.status, 0, "{}", import.err);
    assert!(!import.err.contains("no rules"), "the built-in questionnaire has some: {}", import.err);
    let fill_in = ["table", "acme", "audit.thirdparty.scan", "--from-captures"];
    let added = user.ok(&fill_in);
    assert!(!added.contains(": 0 "), "{added}");
    let rows = user.ok(&["table", "acme", "audit.thirdparty.scan", "--export"]);
    assert!(rows.contains("google-analytics.com"), "{rows}");
    assert!(user.ok(&fill_in).contains(": 0 "), "what is there is not added again");

    user.ok(&["questionnaires", "export", "seven-steps", "own"]);
    let head = user.path("own/questionnaire.ron");
    let text = fs::read_to_string(&head).unwrap();
    fs::write(&head, text.replace("    evidence: \"evidence.ron\",\n", "")).unwrap();
    user.ok(&["new", "Bois", "--questionnaire", "own"]);
    let import = user.run(&["import", "bois", &case("chrome.har")]);
    assert!(import.status == 0 && import.err.contains("no rules for captures"), "{}", import.err);
}

#[test]
fn each_program_s_captures_tell_their_hosts_and_cookies() {
    let mut cases = 0;
    for entry in
        fs::read_dir(folder()).unwrap().flatten().filter(|entry| entry.path().extension().unwrap() == "ron")
    {
        let expected: Expected = ron::from_str(&fs::read_to_string(entry.path()).unwrap()).unwrap();
        let name = entry.file_name();
        let reading = read(fs::File::open(entry.path().with_extension("har")).unwrap()).unwrap();
        let capture = reading.capture;
        let third: BTreeSet<String> = capture.third_parties().map(|(name, _)| name.clone()).collect();
        let cookies = capture.cookies.iter().map(|cookie| format!("{} {}", cookie.name, cookie.host));
        assert_eq!(capture.first_party, expected.first_party, "{name:?}");
        assert_eq!(third, expected.third_party, "{name:?}");
        assert_eq!(cookies.collect::<BTreeSet<_>>(), expected.cookies, "{name:?}");
        assert_eq!(capture.carries_cookies, expected.carries_cookies, "{name:?}");
        assert_eq!(reading.on.map(|on| on.to_string()), expected.on, "{name:?}");
        cases += 1;
    }
    assert!(cases >= 4);
}

#[test]
fn what_a_chrome_capture_shows_is_read_out_of_it() {
    let capture = read(fs::File::open(case("chrome.har")).unwrap()).unwrap().capture;
    assert_eq!((capture.https, capture.redirects_to_https), (Some(true), Some(true)));
    let hidden = &capture.hosts["stats.boulangerie.example.fr"];
    assert!(hidden.cname_like && !hidden.third_party);
    assert_eq!(hidden.samples, ["GET https://stats.boulangerie.example.fr/users/*/*/matomo.js"]);
    let tags = capture.hosts["www.googletagmanager.com"].service.as_ref().unwrap();
    assert_eq!((tags.category, tags.country.as_deref()), (Category::TagManager, Some("US")));
    assert_eq!(capture.hosts["unknown-tracker.example.org"].service, None);
    assert_eq!(capture.hosts["unknown-tracker.example.org"].plain_http, 1);
    let cookie = |name: &str| capture.cookies.iter().find(|cookie| cookie.name == name).unwrap();
    assert_eq!((cookie("basket").life, cookie("basket").http_only), (Life::Days(400.0), Some(true)));
    assert_eq!((cookie("lang").life, cookie("_ga").set_by), (Life::Session, SetBy::Unknown));
    assert!(cookie("IDE").third_party && cookie("IDE").life == Life::Days(365.0));
    let form = &capture.forms[0];
    assert!(!form.secure && form.fields.iter().eq(["email"]), "{form:?}");
    let links: Vec<LinkKind> = capture.links.iter().map(|link| link.kind).collect();
    assert_eq!(links, [LinkKind::Privacy, LinkKind::Social]);
    let parameters: Vec<&str> = capture.identifiers.iter().map(|found| found.parameter.as_str()).collect();
    assert_eq!(parameters, ["cid", "em"]);
    assert_eq!(capture.beacons.len(), 2);
    assert_eq!(capture.security_headers.unwrap().len(), 1);
}

#[test]
fn nothing_secret_is_in_the_store_or_in_any_output() {
    let user = User::new();
    user.run(&["new", "Shop", "--on", "2026-11-23"]);
    for name in ["chrome.har", "fiddler-with-mark.har", "inspection.har"] {
        for arguments in [vec!["--keep"], vec!["--json"], vec!["--lang", "fr"]] {
            let file = case(name);
            let all = [vec!["import", "Shop", file.as_str()], arguments].concat();
            let done = user.run(&all);
            assert_eq!(done.status, 0, "{}", done.err);
            for secret in SECRETS {
                assert!(!done.out.contains(secret) && !done.err.contains(secret), "{secret}: {}", done.out);
            }
        }
    }
    let shown = user.run(&["show", "Shop", "--json"]).out + &user.run(&["show", "Shop"]).out;
    assert!(SECRETS.iter().all(|secret| !shown.contains(secret)));
    let mut files = 0;
    let mut open = vec![user.store()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                open.push(entry.path());
                continue;
            }
            // The questionnaire speaks of secrets, the captures must not.
            if entry.path().parent().unwrap().ends_with("questionnaires") {
                continue;
            }
            let bytes = fs::read(entry.path()).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert!(SECRETS.iter().all(|secret| !text.contains(secret)), "{:?}: {text}", entry.path());
            files += 1;
        }
    }
    assert!(files >= 5);
}

#[test]
fn the_same_file_twice_is_one_capture_with_the_last_label() {
    let user = User::new();
    user.run(&["new", "Shop", "--on", "2026-11-23"]);
    let file = case("chrome.har");
    user.run(&["import", "Shop", &file]);
    user.run(&[
        "import",
        "Shop",
        &file,
        "--phase",
        "refused",
        "--on",
        "2026-11-22",
        "--first-party",
        "example.org",
    ]);
    let record: Json = serde_json::from_str(&user.run(&["show", "Shop", "--json"]).out).unwrap();
    let captures = record["captures"].as_array().unwrap();
    assert_eq!(captures.len(), 1);
    assert_eq!((&captures[0]["phase"], &captures[0]["on"]), (&"refused".into(), &"2026-11-22".into()));
    assert_eq!(captures[0]["hosts"]["unknown-tracker.example.org"]["third_party"], false);
    assert_eq!(captures[0]["hosts"].as_object().unwrap().len(), 6);
}

#[test]
fn a_sealed_visit_takes_no_capture() {
    let user = User::new();
    user.run(&["new", "Shop", "--on", "2026-11-23"]);
    user.run(&["seal", "Shop"]);
    let done = user.run(&["import", "Shop", &case("chrome.har")]);
    assert_eq!(done.status, 1);
    assert!(done.err.contains("sealed"), "{}", done.err);
    assert!(!user.store().join("clients/shop/evidence").exists());
}

#[test]
fn a_summary_that_was_changed_is_noticed() {
    let user = User::new();
    user.run(&["new", "Shop", "--on", "2026-11-23"]);
    user.run(&["import", "Shop", &case("chrome.har")]);
    let folder = user.store().join("clients/shop/evidence");
    let path = fs::read_dir(folder).unwrap().flatten().next().unwrap().path();
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("googletagmanager", "nothing")).unwrap();
    assert!(user.run(&["show", "Shop"]).out.contains("not as it was kept"));
    assert!(user.run(&["show", "Shop", "--json"]).out.contains("not as it was kept"));
}

#[test]
fn what_is_no_capture_is_refused_at_its_place() {
    let whole = fs::read(case("chrome.har")).unwrap();
    let cut = problem(&whole[..whole.len() / 2]);
    assert!(cut.contains("the file is incomplete") && cut.contains(&(whole.len() / 2).to_string()), "{cut}");
    assert!(problem(b"").contains("incomplete"));
    let broken = problem(b"{\"log\": {\n\"entries\": [{]}}");
    assert!(broken.starts_with("2 26 no JSON"), "{broken}");
    let list = problem(b"[1, 2]");
    assert!(list.contains("neither a HAR nor"), "{list}");
    let other = problem(b"{\"name\": \"package\"}");
    assert!(other.contains("neither a HAR nor"), "{other}");
    for empty in [r#"{"log":{"version":"1.2"}}"#, r#"{"log":{"entries":[{"request":{"url":"data:,"}}]}}"#] {
        assert!(problem(empty.as_bytes()).contains("no request in this capture"), "{empty}");
    }
    let wide = problem(b"\xff\xfe{\x00");
    assert!(wide.contains("UTF-8"), "{wide}");
    assert!(problem("[".repeat(100_000).as_bytes()).contains("neither a HAR nor"));
    let deep = format!("{{\"log\":{{\"entries\":[{{\"_x\":{}", "{\"a\":".repeat(100_000));
    assert!(problem(deep.as_bytes()).contains("in one another"));
}

/// A page with this in its text, as it stands in the file.
fn page_with(text: &[u8]) -> Vec<u8> {
    let (before, behind) = (
        br#"{"log":{"entries":[{"request":{"url":"https://a.example/"},"response":{"status":200,"content":{"mimeType":"text/html","text":""#,
        br#" <form action='/x'><input name='mail'></form>"}}}]}}"#,
    );
    [before.as_slice(), text, behind].concat()
}

/// What is read out of these entries of a HAR.
fn capture_of(entries: &str) -> Capture {
    read(format!("{{\"log\":{{\"entries\":[{entries}]}}}}").as_bytes()).unwrap().capture
}

/// An entry, taken on 20 November 2026.
fn entry(url: &str, status: u16, headers: &[(&str, &str)], more: &str) -> String {
    let headers: Vec<Json> =
        headers.iter().map(|(name, value)| serde_json::json!({ "name": name, "value": value })).collect();
    let headers = serde_json::to_string(&headers).unwrap();
    format!(
        r#"{{"startedDateTime":"2026-11-20T10:00:00Z","request":{{"method":"GET","url":"{url}"{more}}},
        "response":{{"status":{status},"headers":{headers},"content":{{"mimeType":"text/html"}}}}}}"#
    )
}

fn cookies_of(capture: &Capture) -> Vec<String> {
    let cookies = capture.cookies.iter();
    cookies.map(|cookie| format!("{} {} {:?}", cookie.name, cookie.host, cookie.life)).collect()
}

#[test]
fn cookies_of_one_header_are_told_apart_whoever_joined_them() {
    let safari =
        "s=v; Domain=.a.example; Expires=Sat, 20 Nov 2027 10:00:00 GMT, t=1; Path=/, u=2; Max-Age=86400";
    let capture = capture_of(&entry("https://www.a.example/", 200, &[("Set-Cookie", safari)], ""));
    assert_eq!(
        cookies_of(&capture),
        ["s a.example Days(365.0)", "t www.a.example Session", "u www.a.example Days(1.0)"]
    );
    let chrome = "a=1; Expires=Sat, 20 Nov 2027 10:00:00 GMT\nb={\"c\": 1, \"d\": 2}\n__Host-e=x, y; Path=/";
    let capture = capture_of(&entry("https://www.a.example/", 200, &[("set-cookie", chrome)], ""));
    assert_eq!(
        cookies_of(&capture),
        ["__Host-e www.a.example Session", "a www.a.example Days(365.0)", "b www.a.example Session"]
    );
}

#[test]
fn a_cookie_goes_where_its_sender_lies_and_is_told_once() {
    let foreign = [("Set-Cookie", "y=1; Domain=.tracker.example")];
    let sent = r#","cookies":[{"name":"_ga","value":"GA1.1.1","domain":".a.example","expires":"2027-11-20T10:00:00Z","secure":true},
        {"name":"s","value":"1","domain":".a.example","expires":null},{"name":"k","value":"1","domain":"other.example"}],
        "headers":[{"name":"Cookie","value":"_ga=GA1.1.1; s=1; k=1"}]"#;
    let capture = capture_of(
        &[
            entry("https://not-a.example/", 200, &[], r#","cookies":[{"name":"x","value":"1"}]"#),
            entry("https://www.a.example/", 200, &[], sent),
            entry("https://px.tracker.example/", 200, &foreign, ""),
            entry("https://a.example/", 200, &[("Set-Cookie", "x=1; Domain=a.example")], ""),
        ]
        .join(","),
    );
    assert_eq!(
        cookies_of(&capture),
        [
            "_ga a.example Days(365.0)",
            "k www.a.example Unknown",
            "s a.example Session",
            "x a.example Session",
            "x not-a.example Unknown",
            "y tracker.example Session",
        ]
    );
    let ga = &capture.cookies[0];
    assert_eq!((ga.set_by, ga.secure, ga.http_only), (SetBy::Unknown, Some(true), None));
}

#[test]
fn what_a_browser_leads_to_https_itself_never_went_unencrypted() {
    let own = |reason| [("Location", "https://www.a.example/"), ("Non-Authoritative-Reason", reason)];
    for reason in ["HSTS", "HttpsUpgrades"] {
        let capture = capture_of(
            &[
                entry("http://www.a.example/", 307, &own(reason), ""),
                entry("https://www.a.example/", 200, &[], ""),
            ]
            .join(","),
        );
        let host = &capture.hosts["www.a.example"];
        assert_eq!((host.requests, host.plain_http, capture.redirects_to_https), (2, 0, None), "{reason}");
    }
    let led = [("Location", "https://www.a.example/")];
    let capture = capture_of(
        &[
            entry("http://www.a.example/", 301, &led, ""),
            entry("https://www.a.example/", 200, &[], ""),
            entry("http://www.a.example:443/", 200, &[], "").replace("GET", "CONNECT"),
        ]
        .join(","),
    );
    assert_eq!((capture.hosts["www.a.example"].plain_http, capture.redirects_to_https), (1, Some(true)));
}

#[test]
fn the_first_page_is_the_site_though_the_browser_had_it_or_was_refused() {
    for status in [304, 404, 503] {
        let capture = capture_of(
            &[
                entry("https://www.a.example/", status, &[], ""),
                entry("https://www.video.test/embed", 200, &[], ""),
            ]
            .join(","),
        );
        assert!(capture.first_party.iter().eq(["a.example"]), "{status}");
        assert_eq!(capture.pages.len(), usize::from(status == 304), "{status}");
    }
}

#[test]
fn an_address_of_the_network_stands_in_brackets_and_has_forms() {
    let form = r#"<form action="/send" method="post"><input name="mail"></form>"#;
    let page = entry("https://[2001:DB8::1]:8443/", 200, &[], "");
    let page = page
        .replace("text/html\"", &format!("text/html\",\"text\":{}", serde_json::to_string(form).unwrap()));
    let capture = capture_of(&page);
    assert!(capture.hosts.keys().eq(["2001:db8::1"]));
    assert_eq!(capture.pages, ["https://[2001:db8::1]:8443/"]);
    assert_eq!(capture.forms[0].action, "https://[2001:db8::1]:8443/send");
}

#[test]
fn what_is_too_much_is_counted() {
    let cookies: Vec<Json> =
        (0..1500).map(|n| serde_json::json!({ "name": format!("c{n}"), "value": "" })).collect();
    let cookies = format!(",\"cookies\":{}", serde_json::to_string(&cookies).unwrap());
    let capture = capture_of(&entry("https://a.example/", 200, &[], &cookies));
    assert_eq!((capture.cookies.len(), capture.left_out), (1000, 500));
}

#[test]
fn a_torn_letter_in_a_page_costs_no_more_than_itself() {
    let torn: [&[u8]; 7] = [
        br"half an emoji \ud83d here",
        br"the other half \ude00\ud83d",
        br"a pair \ud83d\ude00",
        b"bytes \xff\xfe\xc3( and a cut letter \xf0\x9f",
        b"a line\nend and a \x01 control",
        "\u{1f600} é".as_bytes(),
        br"",
    ];
    for text in torn {
        let capture = read(page_with(text).as_slice()).unwrap().capture;
        assert!(capture.forms[0].fields.contains("mail"), "{}", String::from_utf8_lossy(text));
    }
    // Whichever piece of the file a letter is torn between.
    for ahead in 65_370..65_400 {
        let text = [&b"x".repeat(ahead)[..], br#"\ud83d\ude00\ud83d\"\\"#].concat();
        assert!(read(page_with(&text).as_slice()).is_ok(), "{ahead}");
    }
    let broken = problem(&page_with(br"\u00g1 \q"));
    assert!(broken.contains("no JSON: invalid escape"), "{broken}");
}

#[test]
fn a_text_without_end_is_cut_and_the_rest_is_read() {
    let long = "é".repeat(3_000_000);
    let body = format!("\"text\":\"{long}x{}\"", "y".repeat(2_000_000));
    let har = format!(
        "{{\"log\":{{\"entries\":[{{\"request\":{{\"url\":\"https://a.example/\"}},\"response\":{{\"content\":{{{body}}}}}}},\
         {{\"request\":{{\"url\":\"https://b.example/\"}}}}]}}}}"
    );
    let capture = read(har.as_bytes()).unwrap().capture;
    assert_eq!(capture.hosts.len(), 2);
    // Cut in front of a mark or of an escape, at any place of a piece, the text ends where it ends.
    for letters in [r#"\""#, r"\\", r"\u0041", "\u{1f600}"] {
        let text = letters.repeat((5 << 20) / letters.len());
        assert_eq!(read(page_with(text.as_bytes()).as_slice()).unwrap().capture.hosts.len(), 1, "{letters}");
    }
}

#[test]
fn a_hostile_capture_moves_no_cursor() {
    let user = User::new();
    user.run(&["new", "Shop", "--on", "2026-11-23"]);
    let har = r#"{"log":{"creator":{"name":"\u001b]0;owned\u0007","version":"\u009b2J"},"entries":[
        {"startedDateTime":"\u001b[2J","request":{"method":"\u001b[2J","url":"https://a.example/\u001b[2J\u202e?x\u001b=1"},
        "response":{"status":200,"headers":[{"name":"Set-Cookie","value":"\u001b[31mname=1"}],
        "content":{"mimeType":"text/html","text":"<a href='/contact\u001b[2J'>contact</a><form action='/\u001b[2J'><input name='\u001b[2J'></form>"}}}]}}"#;
    let file = user.file("\u{1b}[2Jhostile.har", har);
    for arguments in [vec!["import", "Shop", &file], vec!["show", "Shop"], vec!["show", "Shop", "--json"]] {
        let done = user.run(&arguments);
        assert_eq!(done.status, 0, "{}", done.err);
        let obeyed = |text: &str| {
            text.chars().any(|letter| letter.is_control() && letter != '\n' || letter == '\u{202e}')
        };
        let said = if arguments.contains(&"--json") { done.err } else { done.out + &done.err };
        assert!(!obeyed(&said), "{said:?}");
    }
}
