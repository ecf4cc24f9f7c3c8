//! Is it told what became of a site between two visits, and does a gate break on it?

use std::fs;

use serde_json::json;

use crate::cli::driver::User;
use crate::cli::driver::visited;

/// A HAR of one page: its link, its form's address, a header, and what else was asked for.
fn har(link: &str, form: &str, header: &str, others: &[(&str, &str)]) -> String {
    let entry = |url: &str, headers: serde_json::Value, mime: &str, text: &str| {
        json!({
            "startedDateTime": "2026-11-20T10:00:00.000Z", "time": 1, "cache": {}, "timings": {"send": 0, "wait": 1, "receive": 0},
            "request": {"method": "GET", "url": url, "httpVersion": "HTTP/1.1", "headers": [], "queryString": [], "cookies": [], "headersSize": -1, "bodySize": -1},
            "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "headers": headers, "cookies": [], "redirectURL": "", "headersSize": -1, "bodySize": -1,
                "content": {"size": text.len(), "mimeType": mime, "text": text}},
        })
    };
    let page = format!(
        "<html><body><a href='{link}'>lien</a><form method='post' action='{form}'><input name='email'></form></body></html>"
    );
    let mut headers = vec![json!({"name": "Content-Type", "value": "text/html"})];
    headers.push(json!({"name": "Set-Cookie", "value": "session=secret; Path=/"}));
    headers.push(json!({"name": header, "value": "max-age=1"}));
    let mut entries = vec![entry("https://www.example.fr/", json!(headers), "text/html", &page)];
    for (url, cookie) in others {
        let headers = match *cookie {
            "" => json!([]),
            cookie => json!([{"name": "Set-Cookie", "value": format!("{cookie}=secret; Max-Age=31536000")}]),
        };
        entries.push(entry(url, headers, "application/javascript", ""));
    }
    json!({"log": {"version": "1.2", "creator": {"name": "WebInspector", "version": "537.36"}, "pages": [], "entries": entries}}).to_string()
}

/// Before and after a redesign that brought a tracker and a form without encryption, and lost the policy and HSTS.
fn redesigned() -> User {
    let user = visited();
    let before = har(
        "/politique-de-confidentialite",
        "/contact",
        "Strict-Transport-Security",
        &[("https://fonts.gstatic.com/a.woff2", "")],
    );
    let after = har(
        "/",
        "http://www.example.fr/contact",
        "X-Other",
        &[("https://stats.g.doubleclick.net/collect?id=1", "IDE"), ("https://fonts.gstatic.com/a.woff2", "")],
    );
    let (before, after) = (user.file("before.har", before), user.file("after.har", after));
    user.ok(&["import", "acme", &before]);
    user.ok(&["new", "acme", "--on", "2026-11-21"]);
    user.ok(&["import", "acme", &after]);
    user
}

#[test]
fn what_came_and_went_is_told_in_every_form() {
    let user = redesigned();
    let site = &user.json(&["diff", "acme", "--json"])["site"];
    assert_eq!((site["only_then"].clone(), site["only_now"].clone()), (json!([]), json!([])));
    let before = &site["phases"][0];
    assert_eq!(before["phase"], "before");
    assert_eq!(before["third_parties"], json!({"gained": ["doubleclick.net"], "lost": []}));
    assert_eq!(before["hosts"], json!({"gained": ["stats.g.doubleclick.net"], "lost": []}));
    assert_eq!(before["cookies"]["gained"], json!(["IDE (stats.g.doubleclick.net)"]));
    assert_eq!(before["headers"], json!({"gained": [], "lost": ["strict-transport-security"]}));
    assert_eq!(before["links"], json!({"gained": [], "lost": ["privacy"]}));
    assert_eq!(before["insecure_forms"]["gained"], json!(["http://www.example.fr/contact"]));
    for (language, option, parts) in [
        ("en", None, ["The site, before and after", "+ third party: doubleclick.net", "− link: privacy"]),
        (
            "fr",
            None,
            ["Le site, avant et après", "+ tiers\u{a0}: doubleclick.net", "− lien\u{a0}: vie privée"],
        ),
        (
            "en",
            Some("--markdown"),
            [
                "## The site, before and after",
                "third party: doubleclick.net",
                "header: strict-transport-security",
            ],
        ),
    ] {
        let mut arguments = vec!["--lang", language, "diff", "acme"];
        arguments.extend(option);
        let text = user.ok(&arguments);
        for part in parts {
            assert!(text.contains(part), "{part} is missing:\n{text}");
        }
        assert!(!text.contains("secret"), "{text}");
    }
    let same = user.json(&["diff", "acme", "acme", "--json"]);
    assert_eq!(same["site"]["phases"][0]["cookies"], json!({"gained": [], "lost": []}));
}

#[test]
fn a_gate_breaks_on_each_rule_about_the_site_and_on_no_other() {
    let user = redesigned();
    let gate = |rule: &str| {
        let rules = user.file("rules.ron", format!("(changes: [], findings: [], site: [{rule}])"));
        user.run(&["diff", "acme", "--gate", &rules])
    };
    for (rule, what) in [
        ("ThirdParty", "new third party – doubleclick.net"),
        ("CookieBeforeConsent", "new cookie without consent – IDE"),
        ("PolicyLinkLost", "no link to the policy any more"),
        ("InsecureForm", "form without HTTPS – http://www.example.fr/contact"),
        ("HeaderLost", "security header lost – strict-transport-security"),
    ] {
        let done = gate(rule);
        assert!(done.status == 3 && done.err.contains(what), "{rule}: {} {}", done.status, done.err);
        assert!(
            done.err.contains("1 thing got worse") && done.err.contains("site (before any choice)"),
            "{}",
            done.err
        );
    }
    assert_eq!(gate("PlainHttp").status, 0);
    assert_eq!(
        user.run(&["diff", "acme", "--gate"]).status,
        0,
        "without rules of one's own, the site breaks nothing"
    );
    let wrong = gate("ThirdPartys");
    assert!(wrong.status == 1 && wrong.err.contains("CookieBeforeConsent"), "{}", wrong.err);
    let mended = ["diff", "acme@2026-11-21", "acme@2026-11-20", "--gate"];
    let rules = user.file(
        "rules.ron",
        "(site: [ThirdParty, CookieBeforeConsent, PolicyLinkLost, InsecureForm, HeaderLost])",
    );
    assert_eq!(user.run(&[&mended[..], &[&rules]].concat()).status, 0);
}

#[test]
fn a_gate_about_the_site_is_refused_where_no_phase_is_on_both_sides() {
    let user = redesigned();
    let rules = user.file("rules.ron", "(site: [ThirdParty])");
    user.ok(&["new", "acme", "--on", "2026-11-22"]);
    let refused = user.run(&["diff", "acme", "--gate", &rules]);
    assert!(refused.status == 1 && refused.err.contains("no phase"), "{} {}", refused.status, refused.err);
    user.ok(&["import", "acme", &user.path("after.har").display().to_string(), "--phase", "accepted"]);
    assert_eq!(user.run(&["diff", "acme", "--gate", &rules]).status, 1);
    let told = user.ok(&["--lang", "en", "diff", "acme"]);
    assert!(told.contains("before any choice (captured then only)"), "{told}");
    assert!(told.contains("after accepting (captured now only)"), "{told}");

    // A capture that is not as it was kept is left out, and it is said.
    let evidence = user.store().join("clients/acme/evidence");
    for entry in fs::read_dir(evidence).unwrap() {
        fs::write(entry.unwrap().path(), "changed").unwrap();
    }
    let lost = user.run(&["--lang", "en", "diff", "acme"]);
    assert!(lost.status == 0 && lost.err.contains("cannot be read and is left out"), "{}", lost.err);
}
