//! Do captures tell what they show, and nothing else? Browser variants as data, hostile files, and planted secrets.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

use privaudit::domain::capture::Capture;
use privaudit::domain::capture::Category;
use privaudit::domain::capture::Kind;
use privaudit::domain::capture::Life;
use privaudit::domain::capture::LinkKind;
use privaudit::domain::capture::SetBy;
use privaudit::domain::capture::Sign;
use privaudit::import::capture;
use privaudit::import::capture::Failure;
use privaudit::import::capture::Keep;
use privaudit::import::capture::Reading;
use privaudit::import::first_party;
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
    let chrome =
        "a=1; Expires=Sat, 20 Nov 2027 10:00:00 GMT\nb={\"c\": 1, \"d\": 2}\n__Host-e=x, y; Secure; Path=/";
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
fn of_many_pages_an_import_names_the_first_and_the_record_all() {
    let user = User::new();
    user.run(&["new", "Shop", "--on", "2026-11-23"]);
    for (pages, named) in [(10, 10), (300, 9)] {
        let addresses: Vec<String> =
            (0..pages).map(|page| format!("\"https://a.example/{pages}/page-{page}\"")).collect();
        let inspection = format!(
            "{{\"uri_ins\":\"https://a.example/\",\"uri_refs\":[\"https://a.example/\"],\
             \"uri_dest\":\"https://a.example/\",\"browsing_history\":[{}],\"cookies\":[],\"hosts\":{{}}}}",
            addresses.join(",")
        );
        let file = user.file(&format!("{pages}.json"), inspection);
        let count = |text: &str| text.matches("/page-").count();
        let said = user.ok(&["import", "Shop", &file]);
        assert_eq!(count(&said), named, "{said}");
        // The site's own address is one of them; a last one is named rather than counted.
        let more = said.contains(&format!("… {} more, which `privaudit show` lists", pages - named));
        assert_eq!(more, pages > named, "{said}");
        assert_eq!(user.ok(&["show", "Shop"]).matches(&format!("/{pages}/page-")).count(), pages);
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

/// An entry that answers with this page.
fn page(url: &str, headers: &[(&str, &str)], more: &str, html: &str) -> String {
    let html = serde_json::to_string(html).unwrap();
    entry(url, 200, headers, more).replace("\"text/html\"", &format!("\"text/html\",\"text\":{html}"))
}

fn forms_of(capture: &Capture) -> Vec<String> {
    let said = |form: &privaudit::domain::capture::Form| {
        let fields: Vec<&str> = form.fields.iter().map(String::as_str).collect();
        format!("{} {} {} {}", form.method, form.action, form.secure, fields.join(","))
    };
    capture.forms.iter().map(said).collect()
}

fn links_of(capture: &Capture) -> Vec<String> {
    capture.links.iter().map(|link| format!("{:?} {}", link.kind, link.address)).collect()
}

#[test]
fn forms_are_found_with_every_place_that_they_can_be_sent_to() {
    let html = r#"<form data-x="a > b" action='../devis' method='post'><select name=sujet></select></form>
        <form action="MailTo:info@a.example" method=post><textarea name=message></textarea></form>
        <form method=dialog action=http://b.example/><input name=none></form>
        <form action=/ok><button formaction="http://plain.a.example/" formmethod=POST>Go</button><input name=late></form>
        <form><input name=self></form>"#;
    let capture = capture_of(&page("https://www.a.example/shop/item", &[], "", html));
    assert_eq!(
        forms_of(&capture),
        [
            "POST http://plain.a.example/ false late",
            "POST https://www.a.example/devis true sujet",
            "GET https://www.a.example/ok true late",
            "GET https://www.a.example/shop/item true self",
            "POST mailto:* true message",
        ]
    );
    let html = "<form action=mailto:a@b.example></form><form action=https://a.example/pay>";
    let plain = capture_of(&page("http://a.example/", &[], "", html));
    assert_eq!(forms_of(&plain), ["GET https://a.example/pay false ", "GET mailto:* false "]);
}

#[test]
fn references_start_from_the_base_that_a_page_names() {
    let html = r#"<head><base target=_top><base href="/en/app/"><base href=/other/></head>
        <a href=privacy>Privacy</a><a href="../cookie-notice?x">Cookies</a><form action=send></form><form></form>"#;
    let capture = capture_of(&page("https://a.example/en/", &[], "", html));
    assert_eq!(
        links_of(&capture),
        ["Privacy https://a.example/en/app/privacy", "Cookies https://a.example/en/cookie-notice"]
    );
    assert_eq!(
        forms_of(&capture),
        ["GET https://a.example/en/ true ", "GET https://a.example/en/app/send true "]
    );
}

#[test]
fn a_link_is_told_by_all_that_it_says_and_by_whom_it_reaches() {
    let html = r#"<a href=/1 aria-label="Contactez-nous"><svg></svg></a><a href=/2><img alt="Privacy" src=i></a>
        <a href=/3>Mentions l&#xE9;gales</a><a href=/4 title="Donn&eacute;es personnelles">i</a>
        <a href=/6>Contact<a href="mailto:jean@a.example">Privacy</a><a href=" TEL:+33123456789">1</a><a href=/5>Data&nbsp;protection</a>"#;
    let capture = capture_of(&page("https://a.example/", &[], "", html));
    assert_eq!(
        links_of(&capture),
        [
            "Privacy https://a.example/2",
            "Privacy https://a.example/4",
            "Privacy https://a.example/5",
            "Legal https://a.example/3",
            "Contact https://a.example/1",
            "Contact https://a.example/6",
            "Contact mailto:*",
            "Contact tel:*",
        ]
    );
}

#[test]
fn pages_inside_the_page_show_their_forms_where_they_are_the_site_s_own() {
    let inside = r#","headers":[{"name":"Sec-Fetch-Dest","value":"iframe"}]"#;
    let capture = capture_of(
        &[
            page("https://www.a.example/", &[], "", ""),
            page(
                "https://a.example/inside",
                &[],
                inside,
                "<form action=http://a.example/send><input name=mail></form>",
            ),
            page(
                "https://video.test/embed",
                &[],
                inside,
                "<form action=http://video.test/><a href=/privacy>",
            ),
        ]
        .join(","),
    );
    assert_eq!(forms_of(&capture), ["GET http://a.example/send false mail"]);
    assert_eq!((capture.pages.len(), capture.links.len()), (1, 0));
    assert!(!capture.shows_pages, "only the text of others was seen");
    let shown = capture_of(&page("https://a.example/", &[], "", "<p>"));
    assert!(shown.shows_pages);
}

#[test]
fn a_policy_that_the_page_carries_itself_counts_and_https_is_kept_only_where_it_was_asked_for_in_time() {
    let meta = "<meta http-equiv=Content-Security-Policy content=\"default-src 'self'\"><meta name=referrer content=''>";
    let strict = [("Strict-Transport-Security", "max-age=31536000"), ("X-Frame-Options", "DENY")];
    let names = |capture: &Capture| -> Vec<&str> {
        capture.security_headers.iter().flatten().map(|header| header.name()).collect()
    };
    let capture = capture_of(&page("https://a.example/", &strict, "", meta));
    assert_eq!(names(&capture), ["strict-transport-security", "content-security-policy", "x-frame-options"]);
    let over_http = capture_of(&page("http://a.example/", &strict, "", meta));
    assert_eq!(names(&over_http), ["content-security-policy", "x-frame-options"]);
    let ended = [("Strict-Transport-Security", "includeSubDomains; max-age = \"0\"")];
    assert!(names(&capture_of(&page("https://a.example/", &ended, "", ""))).is_empty());
}

#[test]
fn what_is_posted_without_an_answer_to_read_is_a_beacon() {
    let sent = |mode: &str, more: &str| {
        let headers = format!(
            r#","headers":[{{"name":"Sec-Fetch-Dest","value":"empty"}},{{"name":"Sec-Fetch-Mode","value":"{mode}"}}{more}]"#
        );
        entry("https://b.example/", 200, &[], &headers).replace("GET", "POST")
    };
    let ping = r#",{"name":"Content-Type","value":"text/ping"}"#;
    let times = |entry: &str| capture_of(entry).beacons.first().map(|beacon| beacon.times);
    assert_eq!(times(&sent("no-cors", "")), Some(1));
    assert_eq!(times(&sent("cors", "")), None, "the page reads the answer");
    assert_eq!(times(&sent("cors", ping)), Some(1));
    assert_eq!(times(&sent("no-cors", "").replace("POST", "GET")), None);
}

#[test]
fn cookies_that_a_browser_throws_away_are_not_told() {
    let set = |url: &str, cookies: &[&str]| {
        let headers: Vec<(&str, &str)> = cookies.iter().map(|cookie| ("Set-Cookie", *cookie)).collect();
        let capture = capture_of(&entry(url, 200, &headers, ""));
        assert!(capture.carries_cookies);
        capture.cookies.iter().map(|cookie| format!("{} {}", cookie.name, cookie.host)).collect::<Vec<_>>()
    };
    let tried = [
        "foreign=1; Domain=.other.example",
        "below=1; Domain=deep.www.a.co.uk",
        "everybody=1; Domain=.co.uk",
        "all=1; Domain=uk",
        "wide=1; Domain=.A.co.UK",
        "own=1; Domain=www.a.co.uk",
        "__Secure-plain=1; Path=/",
        "__secure-fine=1; Secure",
        "__Host-fine=1; Secure; Path=/",
        "__Host-wide=1; Secure; Path=/; Domain=a.co.uk",
        "__Host-deep=1; Secure; Path=/x",
        "secure=1; Secure",
    ];
    assert_eq!(
        set("https://www.a.co.uk/", &tried),
        [
            "__Host-fine www.a.co.uk",
            "__secure-fine www.a.co.uk",
            "own www.a.co.uk",
            "secure www.a.co.uk",
            "wide a.co.uk"
        ]
    );
    assert_eq!(set("http://www.a.co.uk/", &tried), ["own www.a.co.uk", "wide a.co.uk"]);
    assert_eq!(set("http://localhost:8000/", &["s=1; Secure"]), ["s localhost"]);
    assert_eq!(
        set("https://a.github.io/", &["p=1; Domain=github.io", "q=1; Domain=a.github.io"]),
        ["q a.github.io"]
    );
    assert_eq!(set("https://192.0.2.7/", &["p=1; Domain=2.7", "q=1; Domain=192.0.2.7"]), ["q 192.0.2.7"]);
    let listed = r#""cookies":[{"name":"l","domain":".other.example"},{"name":"m","domain":".a.example"}],"headers":[]"#;
    let capture = capture_of(&entry("https://a.example/", 200, &[], "").replace("\"headers\":[]", listed));
    assert_eq!(cookies_of(&capture), ["m a.example Session"]);
}

#[test]
fn a_comma_that_was_taken_for_a_semicolon_makes_no_cookie() {
    let alone = [("Set-Cookie", "a=1; Expires=Sat, 20 Nov 2027 10:00:00 GMT, Max-Age=3, path=/, b=2")];
    let capture = capture_of(&entry("https://a.example/", 200, &alone, ""));
    assert_eq!(cookies_of(&capture), ["a a.example Days(365.0)", "b a.example Session"]);
    // Whoever writes several headers joins none.
    let several = [("Set-Cookie", "p=x, y=1; Path=/"), ("Set-Cookie", "q=1")];
    let capture = capture_of(&entry("https://a.example/", 200, &several, ""));
    assert_eq!(cookies_of(&capture), ["p a.example Session", "q a.example Session"]);
}

#[test]
fn a_host_is_one_however_it_is_written() {
    let capture = capture_of(
        &[
            entry(
                "https://www.Boulangerie-Éclair.fr./",
                200,
                &[("Set-Cookie", "c=1; Domain=boulangerie-éclair.fr")],
                "",
            ),
            entry("https://www.xn--boulangerie-clair-mtb.fr:8443/", 200, &[], ""),
            entry("https://.../", 200, &[], ""),
        ]
        .join(","),
    );
    assert!(capture.hosts.keys().eq(["www.xn--boulangerie-clair-mtb.fr"]));
    assert!(capture.first_party.iter().eq(["xn--boulangerie-clair-mtb.fr"]));
    assert_eq!(cookies_of(&capture), ["c xn--boulangerie-clair-mtb.fr Session"]);
    let declared = ["Bücher.example".to_owned()].iter().filter_map(|it| first_party::declared(it)).collect();
    let har = format!(
        "{{\"log\":{{\"entries\":[{},{}]}}}}",
        entry("https://a.example/", 200, &[], ""),
        entry("https://cdn.xn--bcher-kva.example/", 200, &[], "")
    );
    let capture = capture::read(har.as_bytes(), &declared, Keep::Nothing).unwrap().capture;
    assert_eq!(capture.third_parties().count(), 0);
    assert_eq!(first_party::domain("www.a.xn--p1ai"), "a.xn--p1ai");
}

#[test]
fn a_scanner_s_file_tells_cookies_of_the_page_channels_and_what_was_declared() {
    let file = r#"{"uri_ins":"https://a.example/","uri_refs":["https://a.example/","https://www.b.example/shop"],
        "uri_dest":"https://www.a.example/","cookies":[{"name":"js","domain":"","log":{"type":"Cookie.JS"}},
        {"name":"s","domain":"t.test","expires":-1},{"name":"u","domain":"t.test"}],
        "websocketLog":{"1":{"url":"wss://live.test/x?id=1","messages":[{"m":["secret"]}]}}}"#;
    let capture = read(file.as_bytes()).unwrap().capture;
    assert_eq!(cookies_of(&capture), ["js www.a.example Unknown", "s t.test Session", "u t.test Unknown"]);
    assert!(!capture.cookies[0].third_party);
    assert!(capture.first_party.iter().eq(["a.example", "b.example"]), "{:?}", capture.first_party);
    assert!(capture.hosts.contains_key("live.test"));
}

#[test]
fn a_file_that_was_packed_or_widened_or_says_a_thing_twice_is_told_so() {
    for packed in [&b"\x1f\x8b\x08\0\0\0"[..], b"PK\x03\x04\x14\0"] {
        assert!(problem(packed).contains("unpack it"), "{packed:?}");
    }
    for wide in [&b"{\0\"\0"[..], b"\0{\0\"", b"\xfe\xff\0{"] {
        assert!(problem(wide).contains("UTF-8"), "{wide:?}");
    }
    let twice = problem(br#"{"log":{"entries":[{"request":{"url":"https://a.example/","url":""}}]}}"#);
    assert!(twice.contains("the field `url` stands twice"), "{twice}");
}

#[test]
fn hosts_of_pages_without_end_are_left_out_and_counted() {
    let many: Vec<String> = (0..6000).map(|n| page(&format!("https://t{n}.test/"), &[], "", "<p>")).collect();
    let capture = capture_of(&many.join(","));
    // A thousand hosts, and the pages beyond five hundred.
    assert_eq!((capture.hosts.len(), capture.left_out), (5000, 1000 + 4500));
}

#[test]
fn a_cookie_lives_as_long_as_max_age_says_and_one_that_is_taken_away_was_not_set() {
    let set = [
        ("Set-Cookie", "both=1; Expires=Sat, 20 Nov 2027 10:00:00 GMT; Max-Age=86400"),
        ("Set-Cookie", "gone=1; Max-Age=0"),
        ("Set-Cookie", "past=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
    ];
    let capture = capture_of(&entry("https://a.example/", 200, &set, ""));
    assert_eq!(cookies_of(&capture), ["both a.example Days(1.0)"]);
}

#[test]
fn what_is_said_of_the_site_holds_for_each_of_its_pages() {
    let (both, one) =
        ([("X-Frame-Options", "DENY"), ("Referrer-Policy", "no-referrer")], [("x-frame-options", "DENY")]);
    let led = [("Location", "https://a.example/")];
    let capture = capture_of(
        &[
            entry("https://a.example/", 200, &both, ""),
            entry("https://shop.a.example/", 200, &one, ""),
            entry("https://video.test/", 200, &[], ""),
            entry("http://a.example/", 301, &led, ""),
            entry("http://old.a.example/", 200, &one, ""),
        ]
        .join(","),
    );
    let names: Vec<&str> = capture.security_headers.iter().flatten().map(|header| header.name()).collect();
    assert_eq!(names, ["x-frame-options"]);
    assert_eq!(capture.redirects_to_https, Some(false), "one page answers without HTTPS");
}

#[test]
fn whose_a_host_is_tells_what_its_page_and_its_name_mean() {
    let capture = capture_of(
        &[
            entry("https://a.example/", 200, &[], ""),
            entry("https://stats.a.example/", 200, &[], ""),
            entry("https://stats.b.test/", 200, &[], ""),
        ]
        .join(","),
    );
    let kinds = |host: &str| capture.hosts[host].kinds.keys().copied().collect::<Vec<_>>();
    assert_eq!((kinds("stats.a.example"), kinds("stats.b.test")), (vec![Kind::Document], vec![Kind::Frame]));
    assert!(capture.hosts["stats.a.example"].cname_like && !capture.hosts["stats.b.test"].cname_like);
}

#[test]
fn a_picture_is_a_beacon_only_where_it_shows_nothing_and_a_post_a_form_only_where_it_is_one() {
    let picture = |size: i32, status: u16| {
        entry("https://a.example/p.gif", status, &[], "")
            .replace("text/html\"", &format!("image/gif\",\"size\":{size}"))
    };
    for (size, status, expected) in
        [(43, 200, 1), (100, 200, 1), (101, 200, 0), (0, 200, 0), (-1, 200, 0), (0, 204, 1)]
    {
        assert_eq!(capture_of(&picture(size, status)).beacons.len(), expected, "{size} {status}");
    }
    let posted = |mime: &str| {
        let data =
            format!(r#","postData":{{"mimeType":"{mime}","params":[{{"name":"mail","value":"secret"}}]}}"#);
        forms_of(&capture_of(&entry("https://a.example/send?x=1", 200, &[], &data).replace("GET", "POST")))
    };
    assert_eq!(posted("application/x-www-form-urlencoded"), ["POST https://a.example/send true mail"]);
    assert!(posted("application/json").is_empty());
}

#[test]
fn what_looks_like_an_identifier_is_kept_of_no_address() {
    let url = "https://a.example/shop/2026/user-AbCdEfGhIj/123456/x7k2m9q4w1/jean@b.example/;jsessionid=1/page.html?q=secret#secret";
    let masked = "https://a.example/shop/2026/user-*/*/*/*/*/page.html";
    let har = format!("{{\"log\":{{\"entries\":[{}]}}}}", entry(url, 200, &[], ""));
    let reading = capture::read(har.as_bytes(), &BTreeSet::new(), Keep::Scrubbed).unwrap();
    assert_eq!(reading.capture.pages, [masked]);
    let kept = reading.scrubbed.unwrap().text();
    assert!(kept.contains(&format!("\"url\":\"{masked}\"")) && !kept.contains("secret"), "{kept}");
}

#[test]
fn a_scanner_counts_its_beacons() {
    let file = r#"{"uri_ins":"https://a.example/","beacons":[{"url":"https://b.test/p?id=1","occurrances":3,"listName":"l"}]}"#;
    let beacons = read(file.as_bytes()).unwrap().capture.beacons;
    assert_eq!((beacons[0].times, beacons[0].list.as_str()), (3, "l"));
}

#[test]
fn tags_are_read_however_they_are_written() {
    let html = r#"<SCRIPT>"<a href=/none>Privacy</a>"</Script><a/href=/1>Privacy</a><a href=/2>L&#X65;gal</a>
        <form action="//a.example/send"><input name=" mail "></form>"#;
    let capture = capture_of(&page("http://a.example/", &[], "", html));
    assert_eq!(links_of(&capture), ["Privacy http://a.example/1", "Legal http://a.example/2"]);
    assert_eq!(forms_of(&capture), ["GET http://a.example/send false mail"]);
}

#[test]
fn a_host_in_wide_letters_is_the_one_that_a_browser_asks() {
    let capture = capture_of(&entry("https://\u{ff37}\u{ff37}\u{ff37}.\u{ff21}.example/", 200, &[], ""));
    assert!(capture.hosts.keys().eq(["www.a.example"]), "{:?}", capture.hosts.keys());
}

#[test]
fn a_cookie_sent_once_more_without_its_life_lives_no_less_long() {
    let sent = r#","cookies":[{"name":"s","value":"1","domain":"a.example","expires":"2027-11-20T10:00:00Z"}],
        "headers":[{"name":"Cookie","value":"s=1"}]"#;
    let capture = capture_of(&entry("https://a.example/", 200, &[], sent));
    assert_eq!(cookies_of(&capture), ["s a.example Days(365.0)"]);
}

#[test]
fn a_year_of_two_digits_is_of_the_century_that_browsers_take() {
    let set = [
        ("Set-Cookie", "far=1; Expires=Wed, 20-Nov-69 10:00:00 GMT"),
        ("Set-Cookie", "past=1; Expires=Fri, 20-Nov-70 10:00:00 GMT"),
    ];
    let capture = capture_of(&entry("https://a.example/", 200, &set, ""));
    assert_eq!(cookies_of(&capture), ["far a.example Days(15706.0)"]);
}

#[test]
fn what_a_cookie_is_worth_is_found_in_an_address_though_it_was_only_seen_being_sent() {
    let sent = r#","headers":[{"name":"Cookie","value":"lang=fr; s=quitelong"}]"#;
    let entries = [
        entry("https://a.example/", 200, &[], sent),
        entry("https://t.test/p?l=fr&x=quitelong", 200, &[], ""),
    ];
    let capture = capture_of(&entries.join(","));
    let found: Vec<_> =
        capture.identifiers.iter().map(|found| (found.parameter.as_str(), found.sign)).collect();
    assert_eq!(found, [("x", Sign::Cookie)]);
}

#[test]
fn what_a_host_sends_is_what_each_of_its_pages_sends_and_one_had_already_says_nothing() {
    let both = [("X-Frame-Options", "DENY"), ("Referrer-Policy", "no-referrer")];
    let names = |pages: [String; 2]| {
        let capture = capture_of(&pages.join(","));
        capture.security_headers.iter().flatten().map(|header| header.name()).collect::<Vec<_>>()
    };
    let other = |status| entry("https://a.example/other", status, &[("X-Frame-Options", "DENY")], "");
    let first = || entry("https://a.example/", 200, &both, "");
    assert_eq!(names([first(), other(200)]), ["x-frame-options"]);
    assert_eq!(names([first(), other(304)]).len(), 2);
}

#[test]
fn a_page_inside_the_page_that_was_refused_shows_no_form() {
    let inside = r#","headers":[{"name":"Sec-Fetch-Dest","value":"iframe"}]"#;
    let frame = |status: u16| {
        let html = page("https://a.example/in", &[], inside, "<form action=/send><input name=mail></form>");
        let answer = html.replace("\"status\":200", &format!("\"status\":{status}"));
        forms_of(&capture_of(&[entry("https://a.example/", 200, &[], ""), answer].join(",")))
    };
    assert_eq!((frame(200).len(), frame(404).len()), (1, 0));
}

#[test]
fn of_what_stands_around_an_address_nothing_slips_into_a_kept_capture() {
    let har = entry("https://a.example/jean%40b.example/?a=1;uid=abcdefghi", 200, &[], "")
        .replace("\"GET\"", "\"POST 0612345678\"")
        .replace("2026-11-20T10:00:00Z", "on 20 November, by Jean");
    let har = format!("{{\"log\":{{\"entries\":[{har}]}}}}");
    let reading = capture::read(har.as_bytes(), &BTreeSet::new(), Keep::Scrubbed).unwrap();
    let kept = reading.scrubbed.unwrap().text();
    assert!(kept.contains("\"https://a.example/*/\"") && kept.contains("\"name\":\"uid\""), "{kept}");
    assert!(!kept.contains("0612345678") && !kept.to_lowercase().contains("jean"), "{kept}");
    let found: Vec<_> = reading.capture.identifiers.iter().map(|found| found.parameter.as_str()).collect();
    assert_eq!(found, ["uid"]);
}
