//! Does the evidence screen show what captures hold, and lead to the questions that it touches?

use std::path::Path;

use privaudit::domain::assessment::Assessment;
use privaudit::domain::attachment::Attachment;
use privaudit::domain::capture::CaptureLabel;
use privaudit::domain::capture::Host;
use privaudit::domain::capture::Life;
use privaudit::domain::capture::Phase;
use privaudit::domain::observing::Taken;
use privaudit::domain::text::Language;
use privaudit::domain::touching;
use privaudit::storage::assessments;
use privaudit::storage::assessments::Writer;
use privaudit::storage::attachments;
use privaudit::storage::captures;
use privaudit::storage::library;

use crate::consultant::Consultant;
use crate::consultant::TODAY;
use crate::consultant::day;
use crate::evidence::Case;

const ADS: &str = "choice.trackers.prior";

/// Before any choice, with everything; after refusing, with less of it.
fn two_phases() -> [Taken; 2] {
    let before = Case::named("ads_denied").taken().remove(0);
    let mut refused = before.clone();
    refused.label = CaptureLabel {
        name: "apres-refus.har".into(),
        phase: Phase::Refused,
        digest: "cc".into(),
        ..refused.label
    };
    refused.capture.digest = "cc".into();
    refused.capture.hosts.remove("stats.g.doubleclick.net");
    refused.capture.cookies.truncate(1);
    refused.capture.cookies[0].life = Life::Days(30.0);
    [before, refused]
}

/// In a visit of a new client whose site was captured twice.
pub fn captured_visit(language: Language) -> Consultant {
    let mut at = Consultant::begins(language);
    let path = at.files("Boulangerie Martin").remove(0);
    at.keys("q");
    let questionnaire = library::built_in().unwrap().questionnaire;
    let mut visit = assessments::read(&path).unwrap();
    visit.answers = Case::named("ads_denied").assessment(&questionnaire, day(TODAY)).answers;
    attach(&mut visit, &path);
    import(visit, &path, &two_phases());
    at.keys("<Enter>");
    at
}

/// In the visit after that one, when a map has come and the fonts have gone.
pub fn captured_twice(language: Language) -> Consultant {
    let mut at = captured_visit(language).returns_on("2027-11-23");
    at.keys("N q");
    let path = at.files("Boulangerie Martin").remove(1);
    let [mut before, _] = two_phases();
    let mut hosts = std::mem::take(&mut before.capture.hosts);
    hosts.retain(|name, _| !name.starts_with("fonts."));
    let map = hosts["cdn.unknown.example"].clone();
    hosts.insert("maps.example".into(), Host { domain: "maps.example".into(), ..map });
    before.capture.hosts = hosts;
    before.capture.cookies.truncate(1);
    import(assessments::read(&path).unwrap(), &path, &[before]);
    at.keys("<Enter>");
    at
}

fn import(mut visit: Assessment, path: &Path, taken: &[Taken]) {
    for Taken { label, capture } in taken {
        let summary = captures::keep(path, capture).unwrap();
        visit.captures.push(CaptureLabel { summary, ..label.clone() });
    }
    let questionnaire = library::built_in().unwrap().questionnaire;
    captures::observe(path, &questionnaire, &mut visit);
    Writer::new(path).unwrap().write(&Assessment { at: None, ..visit }).unwrap();
}

/// A contract that has expired, and a screenshot that holds for ever.
fn attach(visit: &mut Assessment, path: &Path) {
    for (question, name, expires) in [
        ("audit.processors.contracts", "Contrat d’hébergement.pdf", Some(day("2026-10-31"))),
        (ADS, "bandeau.png", None),
    ] {
        let source = path.with_file_name("source");
        std::fs::write(&source, name).unwrap();
        let kept = attachments::keep(path, &source, day(TODAY)).unwrap();
        visit.attach(&question.into(), Attachment { name: name.into(), expires, ..kept });
        std::fs::remove_file(source).unwrap();
    }
}

#[test]
fn a_host_leads_to_the_questions_that_it_touches() {
    let mut at = captured_visit(Language::En);
    at.keys("i <Tab>");
    assert!(at.screen().contains("stats.g.doubleclick.net"), "{}", at.screen());
    at.keys("<End> <Enter>");
    let read = at.screen();
    for wanted in ["Google Ads (Google, US) · advertising", "3 requests · image 3", "Questions touched"] {
        assert!(read.contains(wanted), "{wanted}\n{read}");
    }
    assert!(read.contains("GET https://stats.g.doubleclick.net/r/collect"), "{read}");
    assert!(read.contains("≠ No tracker before the choice: yes"), "{read}");
    let questionnaire = at.visit().questionnaire.clone();
    let touched = touching::by_host(&questionnaire, &two_phases(), "stats.g.doubleclick.net");
    let place = touched.iter().position(|id| id.as_str() == ADS).unwrap();
    at.keys("<Enter>").keys(&"<Down>".repeat(place)).keys("<Enter>");
    assert_eq!(at.here(), ADS);
}

#[test]
fn an_answer_that_captures_disprove_is_two_keys_away() {
    let mut at = captured_visit(Language::Fr);
    at.keys("i <Tab> <Tab> <Tab>");
    assert!(at.screen().contains("ouvert"), "{}", at.screen());
    at.keys("<End> <Enter>");
    assert!(at.screen().contains("doubleclick"), "{}", at.screen());
    at.keys("<Enter>");
    assert_eq!(at.here(), ADS);
    at.keys("X").types("retiré").keys("<Enter> <Esc> i <End>");
    assert!(at.screen().contains("expliqué"), "{}", at.screen());
}

#[test]
fn hosts_and_cookies_are_filtered_and_put_in_another_order() {
    let mut at = captured_visit(Language::En);
    let shown = |at: &Consultant, name: &str| at.screen().contains(name);
    at.keys("i <Tab>");
    assert!(shown(&at, "cdn.unknown.example") && !shown(&at, "www.example.fr"), "{}", at.screen());
    // All, then the site's own, then the unknown ones.
    at.keys("f 2");
    assert!(shown(&at, "cdn.unknown.example") && shown(&at, "www.example.fr"), "{}", at.screen());
    at.keys("f 3");
    assert!(!shown(&at, "cdn.unknown.example") && shown(&at, "www.example.fr"), "{}", at.screen());
    at.keys("f 4");
    assert!(shown(&at, "cdn.unknown.example") && !shown(&at, "fonts."), "{}", at.screen());
    at.keys("f 1 p p");
    assert!(shown(&at, "after refusing") && !shown(&at, "doubleclick"), "{}", at.screen());
    at.keys("p s s");
    let (most, least) = ("stats.g.doubleclick.net", "cdn.unknown.example");
    let place = |name: &str| at.screen().find(name).unwrap();
    assert!(place("fonts.gstatic.com") < place(most) || place(most) < place(least), "{}", at.screen());
    assert!(place(most) < place(least), "by number of requests\n{}", at.screen());
    at.keys("<Tab> f 4");
    assert!(shown(&at, "_ga") && !shown(&at, "IDE"), "longer than 13 months\n{}", at.screen());
}

#[test]
fn a_table_takes_the_lines_that_captures_show_by_a_key() {
    let mut at = captured_visit(Language::En);
    at.finds("audit.thirdparty.scan").keys("P");
    assert_eq!(at.visit().assessment().rows(&"T3".into()).len(), 0, "the answer first");
    assert!(at.screen().contains("4 more lines from captures · P fills them in"), "{}", at.screen());
    at.keys("P");
    let rows = |at: &Consultant| at.visit().assessment().rows(&"T3".into()).len();
    assert_eq!(rows(&at), 4);
    assert_eq!(at.on_disk().rows(&"T3".into()).len(), 4);
    assert!(!at.screen().contains("P fills them in"), "{}", at.screen());
    at.keys("u");
    assert_eq!(rows(&at), 0);
    at.keys("t P");
    assert_eq!(rows(&at), 4);
    assert!(at.screen().contains("unknown.example"), "{}", at.screen());
    at.keys("P");
    assert_eq!(rows(&at), 4, "what the table has is not added again");
    assert!(at.screen().contains("no capture shows a line more"), "{}", at.screen());
}

#[test]
fn a_capture_that_was_changed_says_so_and_takes_nothing_else_away() {
    let mut at = captured_visit(Language::En);
    let path = at.files("Boulangerie Martin").remove(0);
    let label = assessments::read(&path).unwrap().captures.remove(0);
    let summary = captures::path(&path, &label.summary);
    let text = std::fs::read_to_string(&summary).unwrap();
    std::fs::write(&summary, text.replace("doubleclick", "doubleklick")).unwrap();
    at.keys("q <Enter> i");
    let short = at.screen();
    assert!(short.contains("it was kept any more") && !short.contains("/clients/"), "{short}");
    at.keys("<Enter>");
    assert!(at.screen().contains("/clients/"), "{}", at.screen());
    at.keys("<Esc> <Tab>");
    assert!(at.screen().contains("fonts.gstatic.com"), "{}", at.screen());
}
