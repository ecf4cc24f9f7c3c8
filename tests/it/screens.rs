//! What is seen? Keys in, screens out, in both languages, on a small and on a large terminal.
//!
//! A snapshot that changed on purpose is taken over with `INSTA_UPDATE=always cargo test screens`, and read.

use std::fmt::Write;

use privaudit::domain::id::QuestionId;
use privaudit::domain::questionnaire::Question;
use privaudit::domain::text::Language;
use privaudit::tui::theme::Theme;

use crate::consultant::Consultant;

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);
const BOTH: [Language; 2] = [Language::Fr, Language::En];

/// What stands in front of a session, and the keys that lead there.
struct Scene {
    name: &'static str,
    begins: fn(Language) -> Consultant,
    keys: fn(&mut Consultant) -> &mut Consultant,
}

const fn scene(name: &'static str, keys: fn(&mut Consultant) -> &mut Consultant) -> Scene {
    Scene { name, begins: Consultant::begins, keys }
}

/// Every screen and every layer.
const SCENES: &[Scene] = &[
    Scene { name: "clients_empty", begins: Consultant::arrives, keys: |at| at },
    Scene {
        name: "clients_new", begins: Consultant::arrives, keys: |at| at.keys("n").types("Café d’Été")
    },
    Scene { name: "clients_several", begins: several_clients, keys: |at| at },
    scene("first_question", |at| at),
    scene("yes_partly_no", |at| at.finds("choice.trackers.prior")),
    scene("yes_partly_no_answered", answered_in_full),
    scene("one_choice", |at| at.finds("audit.lead.named").keys("3 k")),
    scene("many_choices", |at| at.finds("profile.sector").keys("<Down> <Down>")),
    scene("several_choices", |at| at.finds("profile.presence").keys("1 2")),
    scene("profile_groups", |at| at.finds("profile.size").keys("2 6")),
    scene("several_none", |at| at.finds("profile.sensitive").keys("0 k")),
    scene("number", |at| at.finds("minimise.retention.prospects")),
    scene("number_answered", |at| at.finds("minimise.retention.prospects").types("36").keys("<Enter> k")),
    scene("number_form", |at| at.finds("minimise.retention.prospects").types("36")),
    scene("date", |at| at.finds("secure.backup.tested")),
    scene("date_refused", |at| at.finds("secure.backup.tested").types("31/02/2026").keys("<Enter>")),
    scene("table_scored", |at| at.finds("secure.auth.mfa")),
    scene("table_scored_answered", |at| accounts(at).keys("<Esc>")),
    scene("table_none", |at| at.finds("secure.auth.mfa").keys("0").types("aucun compte en ligne")),
    scene("table", |at| accounts(at)),
    scene("table_empty", |at| at.finds("secure.auth.mfa").keys("<Enter>")),
    scene("table_line", |at| at.finds("secure.auth.mfa").keys("<Enter> a <Down>")),
    scene("details", |at| at.finds("audit.ads.networks").keys("t")),
    scene("note", |at| at.finds("choice.trackers.prior").keys("e").types(NOTE)),
    scene("note_empty", |at| at.finds("choice.trackers.prior").keys("e")),
    scene("not_known", |at| at.finds("audit.lead.named").keys("d").types("Ana")),
    scene("not_known_skipped", |at| at.finds("audit.lead.named").keys("d <Esc> k")),
    scene("not_applicable_knockout", |at| at.finds("choice.trackers.prior").keys("x")),
    scene("not_applicable_no_reason", |at| at.finds("choice.trackers.prior").keys("x <Esc> k")),
    scene("who", |at| at.finds("choice.trackers.prior").keys("w").types("Mme Martin")),
    scene("evidence", |at| at.finds("choice.trackers.prior").keys("v")),
    scene("judgement", |at| {
        at.finds("choice.trackers.prior").keys("s").types("Le bandeau dit autre chose.").keys("<Tab>")
    }),
    scene("open_points", |at| open_points(at).keys("F")),
    scene("open_points_none", |at| at.keys("F")),
    scene("difference", |at| at.finds("profile.presence").keys("0")),
    scene("finder", |at| at.keys("/")),
    scene("finder_typed", |at| at.keys("/").types("traceur")),
    scene("finder_nothing", |at| at.keys("/").types("zzzz")),
    scene("help", |at| at.keys("?")),
    scene("help_in_a_form", |at| at.finds("audit.lead.named").keys("d <F1>")),
    scene("glossary", |at| at.finds("choice.trackers.prior").keys("m")),
    scene("result_empty", |at| at.keys("r")),
    scene("result_partial", |at| open_points(at).keys("r <Down> <Down>")),
    scene("explanation_overall", |at| open_points(at).keys("r <Enter>")),
    Scene { name: "result_full", begins: whole_visit, keys: |at| at.keys("r") },
    Scene { name: "result_finding", begins: whole_visit, keys: |at| at.keys("r <End>") },
    Scene { name: "explanation_step", begins: whole_visit, keys: |at| at.keys("r <Down> <Enter>") },
    Scene {
        name: "explanation_cap",
        begins: whole_visit,
        keys: |at| at.keys("r").keys(&"<Down>".repeat(8)).keys("<Enter>"),
    },
    Scene {
        name: "explanation_finding",
        begins: whole_visit,
        keys: |at| at.keys("r").keys(&"<Down>".repeat(11)).keys("<Enter>"),
    },
];

const NOTE: &str = "« On a un bandeau, mais je crois que la mesure d’audience démarre avant. » À vérifier avec l’agence lundi.";

fn several_clients(language: Language) -> Consultant {
    let mut at = Consultant::arrives(language);
    for name in ["Boulangerie Martin", "Cabinet dentaire de l’Œuvre", "東京カフェ株式会社", "Zoé & filles"]
    {
        at.keys("n").types(name).keys("<Enter>");
        if name.starts_with('Z') {
            at.answers_all(|place| place % 3);
        }
        at.keys("j j j 1 q");
    }
    at
}

fn whole_visit(language: Language) -> Consultant {
    let mut at = Consultant::begins(language);
    at.answers_all(|place| [0, 0, 1, 0, 2, 0, 0][place % 7]);
    at
}

fn answered_in_full(at: &mut Consultant) -> &mut Consultant {
    at.finds("choice.trackers.prior")
        .keys("p k e")
        .types(NOTE)
        .keys("<Esc> w")
        .types("Mme Martin")
        .keys("<Enter> v 3 f");
    at.keys("s")
        .types("Le bandeau dit autre chose.")
        .keys("<Tab> 4 <Down> <Down> <Down> <Down>")
        .types("site très visité")
        .keys("<Esc>")
}

fn accounts(at: &mut Consultant) -> &mut Consultant {
    at.finds("secure.auth.mfa").keys("<Enter>");
    for (name, digits) in [("Messagerie", "1"), ("Administration du site", "2")] {
        at.keys("a")
            .types(name)
            .keys("<Enter> <Enter>")
            .keys(digits)
            .keys("<Enter>")
            .keys(digits)
            .keys("<Esc>");
    }
    at
}

fn open_points(at: &mut Consultant) -> &mut Consultant {
    at.finds("choice.trackers.prior").keys("n f k f");
    at.finds("audit.lead.named").keys("d").types("Ana").keys("<Enter>").types("1/12/2026").keys("<Enter>");
    at.finds("secure.devices").keys("x <Esc>");
    at
}

fn size_name((columns, rows): (u16, u16)) -> String {
    format!("{columns}×{rows}")
}

#[test]
fn every_screen_looks_as_it_did() {
    for scene in SCENES {
        let mut text = String::new();
        for language in BOTH {
            let mut at = (scene.begins)(language);
            (scene.keys)(&mut at);
            for size in [SMALL, LARGE] {
                let title = format!("{} {} {}", scene.name, language.code(), size_name(size));
                writeln!(text, "=== {title}\n{}", at.resizes(size).screen()).unwrap();
            }
        }
        insta::assert_snapshot!(scene.name, text);
    }
}

#[test]
fn every_screen_is_styled_as_it_was() {
    let mut text = String::new();
    for scene in SCENES {
        let mut at = (scene.begins)(Language::Fr);
        (scene.keys)(&mut at);
        writeln!(text, "=== {}\n{}", scene.name, at.styles()).unwrap();
    }
    insta::assert_snapshot!(text);
}
