//! What is seen? Keys in, screens out, in both languages, on a small and on a large terminal.
//!
//! A snapshot that changed on purpose is taken over with `INSTA_UPDATE=always cargo test screens`, and read.

use std::collections::BTreeMap;
use std::fmt::Write;

use privaudit::domain::answer::Value;
use privaudit::domain::brand::Colour;
use privaudit::domain::questionnaire::Question;
use privaudit::domain::text::Language;
use privaudit::tui::theme::Colours;
use privaudit::tui::theme::Theme;
use ratatui::style::Color;
use unicode_width::UnicodeWidthStr;

use crate::consultant::Consultant;
use crate::evidence_screen::captured_twice;
use crate::evidence_screen::captured_visit;
use crate::reports::contrast;

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);
const BOTH: [Language; 2] = [Language::Fr, Language::En];

/// What stands in front of a session, and the keys that lead there.
struct Scene {
    name: &'static str,
    begins: Begins,
    keys: fn(&mut Consultant) -> &mut Consultant,
}

/// Where a scene begins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Begins {
    Nobody,
    SeveralClients,
    FirstVisit,
    WholeVisit,
    SecondVisit,
    CapturedVisit,
    CapturedSecondVisit,
}

impl Begins {
    fn consultant(self, language: Language) -> Consultant {
        match self {
            Begins::Nobody => Consultant::arrives(language),
            Begins::SeveralClients => several_clients(language),
            Begins::FirstVisit => Consultant::begins(language),
            Begins::WholeVisit => whole_visit(language),
            Begins::SecondVisit => second_visit(language),
            Begins::CapturedVisit => captured_visit(language),
            Begins::CapturedSecondVisit => captured_twice(language),
        }
    }
}

const fn scene(name: &'static str, keys: fn(&mut Consultant) -> &mut Consultant) -> Scene {
    Scene { name, begins: Begins::FirstVisit, keys }
}

/// Every screen and every layer.
const SCENES: &[Scene] = &[
    Scene { name: "clients_empty", begins: Begins::Nobody, keys: |at| at },
    Scene { name: "clients_new", begins: Begins::Nobody, keys: |at| at.keys("n").types("Café d’Été") },
    Scene { name: "clients_several", begins: Begins::SeveralClients, keys: |at| at },
    Scene { name: "clients_missed", begins: Begins::SeveralClients, keys: |at| at.keys("m <Down>") },
    Scene { name: "clients_who_missed", begins: Begins::SeveralClients, keys: |at| at.keys("m <Enter>") },
    Scene { name: "clients_page", begins: Begins::SecondVisit, keys: |at| at.keys("q v") },
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
    Scene { name: "result_full", begins: Begins::WholeVisit, keys: |at| at.keys("r") },
    Scene { name: "result_finding", begins: Begins::WholeVisit, keys: |at| at.keys("r <End>") },
    Scene { name: "explanation_step", begins: Begins::WholeVisit, keys: |at| at.keys("r <Down> <Enter>") },
    Scene {
        name: "explanation_cap",
        begins: Begins::WholeVisit,
        keys: |at| at.keys("r").keys(&"<Down>".repeat(8)).keys("<Enter>"),
    },
    Scene {
        name: "explanation_finding",
        begins: Begins::WholeVisit,
        keys: |at| at.keys("r").keys(&"<Down>".repeat(11)).keys("<Enter>"),
    },
    Scene { name: "actions", begins: Begins::WholeVisit, keys: |at| at.keys("a <Down>") },
    Scene { name: "carried", begins: Begins::SecondVisit, keys: |at| at.finds("choice.trackers.prior") },
    Scene { name: "comparison", begins: Begins::SecondVisit, keys: |at| at.keys("c") },
    Scene { name: "documents", begins: Begins::SecondVisit, keys: |at| at.keys("r R <Down>") },
    Scene {
        name: "documents_full",
        begins: Begins::WholeVisit,
        keys: |at| at.keys("R <Right> <Space> <Space>"),
    },
    scene("evidence_none", |at| at.keys("i")),
    Scene { name: "evidence_captures", begins: Begins::CapturedVisit, keys: |at| at.keys("i") },
    Scene { name: "evidence_hosts", begins: Begins::CapturedVisit, keys: |at| at.keys("i <Tab> <End>") },
    Scene { name: "evidence_filter", begins: Begins::CapturedVisit, keys: |at| at.keys("i <Tab> f") },
    Scene {
        name: "evidence_host",
        begins: Begins::CapturedVisit,
        keys: |at| at.keys("i <Tab> <End> <Enter>"),
    },
    Scene { name: "evidence_cookies", begins: Begins::CapturedVisit, keys: |at| at.keys("i <Tab> <Tab>") },
    Scene {
        name: "evidence_disproved",
        begins: Begins::CapturedVisit,
        keys: |at| at.keys("i <Tab> <Tab> <Tab>"),
    },
    Scene { name: "evidence_files", begins: Begins::CapturedVisit, keys: |at| at.keys("i <S-Tab>") },
    Scene { name: "comparison_site", begins: Begins::CapturedSecondVisit, keys: |at| at.keys("c <S-Tab>") },
    Scene { name: "comparison_none", begins: Begins::WholeVisit, keys: |at| at.keys("c") },
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

fn second_visit(language: Language) -> Consultant {
    let mut at = whole_visit(language).returns_on("2027-11-23");
    at.keys("N").finds("audit.lead.named").keys("4").finds("secure.devices").keys("y");
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
        at.keys("a").types(name).keys("<Enter>").keys(digits).keys("<Enter>").keys(digits).keys("<Esc>");
    }
    at
}

fn open_points(at: &mut Consultant) -> &mut Consultant {
    at.finds("choice.trackers.prior").keys("n f k f");
    at.finds("audit.lead.named").keys("d").types("Ana").keys("<Enter>").types("1/12/2026").keys("<Enter>");
    at.finds("secure.devices").keys("x <Esc>");
    at
}

/// Shows every scene. Those that begin alike share a session, which starts over for each.
fn each_scene(language: Language, mut look: impl FnMut(&Scene, &mut Consultant)) {
    let mut consultants = BTreeMap::new();
    for scene in SCENES {
        let (at, beginning) = consultants.entry(scene.begins).or_insert_with(|| {
            let at = scene.begins.consultant(language);
            let beginning = at.opened();
            (at, beginning)
        });
        at.starts_over(language, beginning.as_ref());
        look(scene, at);
    }
}

fn size_name((columns, rows): (u16, u16)) -> String {
    format!("{columns}×{rows}")
}

#[test]
fn every_screen_looks_as_it_did() {
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for language in BOTH {
        each_scene(language, |scene, at| {
            (scene.keys)(at);
            for size in [SMALL, LARGE] {
                let title = format!("{} {} {}", scene.name, language.code(), size_name(size));
                let text = texts.entry(scene.name).or_default();
                writeln!(text, "=== {title}\n{}", at.resizes(size).screen()).unwrap();
            }
        });
    }
    for (name, text) in texts {
        insta::assert_snapshot!(name, text);
    }
}

#[test]
fn every_screen_is_styled_as_it_was() {
    let mut text = String::new();
    each_scene(Language::Fr, |scene, at| {
        (scene.keys)(at);
        writeln!(text, "=== {}\n{}", scene.name, at.styles()).unwrap();
    });
    insta::assert_snapshot!(text);
}

/// A question that wants a text, which the built-in questionnaire has not.
fn text_question() -> tempfile::TempDir {
    let folder = tempfile::TempDir::new().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "questionnaire.ron",
        r#"(format: 1, id: "small", version: "1", title: (fr: "Petit", en: "Small"), about: (fr: "Essai", en: "Trial"), legal_baseline: "2026-11-23", files: ["profile.ron", "step.ron"])"#,
    );
    write("profile.ron", r#"(id: "profile", title: (fr: "Profil", en: "Profile"), questions: [])"#);
    write(
        "step.ron",
        r#"(id: "words", title: (fr: "Avec vos mots", en: "In your words"), questions: [
            (id: "words.why", title: (fr: "Pourquoi", en: "Why"), ask: (fr: "Pourquoi gardez-vous ces données ?", en: "Why do you keep these data?"),
             help: (fr: "En une phrase.", en: "In a sentence."), answer: Text),
            (id: "words.what", title: (fr: "Quoi", en: "What"), ask: (fr: "Quelles données ?", en: "Which data?"), help: (fr: "Deux mots.", en: "Two words."), answer: YesPartlyNo,
             risk: (severity: 1, likelihood: 1)),
        ])"#,
    );
    folder
}

#[test]
fn a_text_is_typed_over_several_lines() {
    let folder = text_question();
    let mut at = Consultant::asks(folder.path(), Language::Fr);
    let asked = at.screen();
    at.keys("<Enter>").types("Pour livrer,").keys("<Enter>").types("et rien d’autre.");
    let typed = at.screen();
    let answered = at.keys("<Esc>").screen();
    insta::assert_snapshot!(format!("{asked}\n{typed}\n{answered}"));
    assert_eq!(at.answer("words.why").value, Some(Value::Text("Pour livrer,\net rien d’autre.".into())));
    assert_eq!(at.here(), "words.why");
}

/// Every question is gone through, asked or not as nothing is known: all of them are.
fn each_question(language: Language, mut look: impl FnMut(&mut Consultant, &Question)) {
    let mut at = Consultant::begins(language);
    let count = at.visit().questionnaire.questions().count();
    for place in 0..count {
        let question = at.visit().question().unwrap().clone();
        assert_eq!(at.visit().place(), place, "{}", question.id);
        look(&mut at, &question);
        at.keys("j");
    }
    assert_eq!((count, at.visit().asked.len()), (15 + 159, 15 + 159));
}

/// What a row begins with: at its left edge, or behind the list of the step's questions.
fn beginnings(row: &str) -> Vec<char> {
    let wide = row.chars().count() >= 104;
    let behind_list = row.char_indices().nth(36).filter(|_| wide).map_or("", |(at, _)| &row[at..]);
    [row, behind_list].into_iter().filter_map(|part| part.trim_start().chars().next()).collect()
}

/// A French sign that wants a no-break space before it and has an ordinary one, or none.
fn badly_spaced(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let wrong = letters.windows(3).find(|three| match three {
        [before, ' ', '?' | '!' | ':' | ';' | '»'] => {
            before.is_alphanumeric() || *before == '»' || *before == ')'
        }
        [_, '«', space] => *space != '\u{a0}',
        [_, before, '»' | ';'] => *before != '\u{a0}',
        _ => false,
    });
    wrong.map(|wrong| wrong.iter().collect())
}

#[test]
fn no_line_of_a_question_begins_with_a_sign_that_belongs_to_the_line_before() {
    each_question(Language::Fr, |at, question| {
        // Tall enough for all of the help.
        for size in [(80, 40), LARGE] {
            for row in at.resizes(size).rows() {
                let wrong = beginnings(&row).into_iter().find(|first| "?:;!»".contains(*first));
                assert_eq!(wrong, None, "{} {}: {row}", question.id, size_name(size));
                assert_eq!(badly_spaced(&row), None, "{} {}: {row}", question.id, size_name(size));
            }
        }
    });
}

#[test]
fn french_signs_are_set_with_no_break_spaces_on_every_screen() {
    each_scene(Language::Fr, |scene, at| {
        (scene.keys)(at);
        for size in [SMALL, LARGE] {
            at.resizes(size);
            for _ in 0..8 {
                for row in at.rows() {
                    assert_eq!(badly_spaced(&row), None, "{} {}: {row}", scene.name, size_name(size));
                }
                at.keys("<PgDn>");
            }
        }
    });
}

#[test]
fn a_question_its_answers_and_the_beginning_of_its_help_are_seen_without_scrolling() {
    let mut too_long = Vec::new();
    for language in BOTH {
        each_question(language, |at, question| {
            let plain =
                |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
            let screen = plain(&at.rows().concat());
            let help: String = plain(question.help.get(language)).chars().take(30).collect();
            let mut wanted = vec![plain(question.ask.get(language)), help];
            wanted.extend(question.choices().iter().map(|choice| plain(choice.text.get(language))));
            if let Some(means) = &question.means {
                wanted.extend([&means.yes, &means.partly, &means.no].map(|means| plain(means.get(language))));
            }
            if let Some(missing) = wanted.iter().find(|wanted| !screen.contains(*wanted)) {
                too_long.push(format!("{} ({}): {missing}", question.id, language.code()));
            }
        });
    }
    assert!(too_long.is_empty(), "at 80×24 not all is seen of\n{}", too_long.join("\n"));
}

#[test]
fn the_title_of_a_question_and_the_mark_of_a_knock_out_are_seen_whole_at_80_columns() {
    let mut cut = Vec::new();
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for language in BOTH {
        each_question(language, |at, question| {
            let mut wanted = format!("· {} ", question.title.get(language));
            if question.risk.as_ref().is_some_and(|risk| risk.knockout) {
                wanted += language.pick("· éliminatoire", "· knock-out");
            }
            let wanted = spaced(&wanted);
            if !at.rows().iter().any(|row| row.starts_with("──") && spaced(row).contains(&wanted)) {
                cut.push(format!("{} ({}): {wanted}", question.id, language.code()));
            }
        });
    }
    assert!(cut.is_empty(), "cut:\n{}", cut.join("\n"));
}

#[test]
fn a_step_opens_with_its_opening_until_its_first_question_has_an_answer() {
    for language in BOTH {
        let mut at = Consultant::begins(language);
        let parts = at.visit().questionnaire.steps.len();
        for part in 0..=parts {
            let opening = at.visit().current_part().opening.get(language).to_owned();
            let begins: String = opening.chars().take(30).collect();
            assert!(at.screen().contains(&begins), "{part}: {}", at.screen());
            at.keys("j");
            assert!(!at.screen().contains(&begins), "{part}: {}", at.screen());
            at.keys("k d <Esc> g");
            assert!(!at.screen().contains(&begins), "{part}: {}", at.screen());
            at.keys("<Tab>");
        }
    }
}

#[test]
fn the_words_of_choices_and_reference_durations_are_explained_too() {
    for language in BOTH {
        let mut at = Consultant::begins(language);
        at.resizes(LARGE);
        for (question, term) in
            [("minimise.retention.schedule", "prospect"), ("choice.trackers.exempt", "anonymisation")]
        {
            at.finds(question).keys("m");
            let terms = &at.visit().questionnaire.glossary;
            let meaning = &terms.iter().find(|known| known.id.as_str() == term).unwrap().meaning;
            let begins: String = meaning.get(language).chars().take(30).collect();
            assert!(at.keys("<PgDn>").screen().contains(&begins), "{question}: {}", at.screen());
            at.keys("<Esc>");
        }
    }
}

#[test]
fn no_terminal_is_too_small_or_too_large() {
    let sizes = [
        (1, 1),
        (0, 0),
        (20, 5),
        (12, 4),
        (13, 4),
        (200, 60),
        (80, 1),
        (1, 80),
        (80, 2),
        (500, 200),
        (30, 8),
        (79, 23),
    ];
    each_scene(Language::Fr, |scene, at| {
        (scene.keys)(at);
        for size in sizes {
            let (buffer, cursor) = at.resizes(size).draw();
            let inside = |(x, y): (u16, u16)| x < buffer.area.width && y < buffer.area.height;
            assert!(
                cursor.is_none_or(|cursor| inside((cursor.x, cursor.y))),
                "{} {}",
                scene.name,
                size_name(size)
            );
            at.keys("<Down> <Up> <PgDn> <PgUp> <End> <Home>");
        }
    });
    let mut at = Consultant::begins(Language::Fr);
    insta::assert_snapshot!(
        [(20, 5), (30, 8), (12, 4), (1, 1)].map(|size| at.resizes(size).screen()).join("\n")
    );
}

/// What people are called, and what they write.
const HARD: &[&str] = &[
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz-Donaudampfschifffahrtsgesellschaft",
    "東京特許許可局株式会社プライバシー部門東京特許許可局株式会社プライバシー部門東京特許許可局株式会社",
    "שלום עולם — מרכז הפרטיות",
    "e\u{301}t\u{e9} na\u{308}her Z\u{334}\u{321}a\u{335}lgo",
    "👩‍👩‍👧‍👦 Famille 🇫🇷 & Cie 👍🏽",
    "a\u{200b}b\u{202e}c\u{7}d",
    "   ",
];

#[test]
fn names_and_notes_of_every_writing_stay_in_their_place() {
    for name in HARD {
        let mut at = Consultant::arrives(Language::Fr);
        at.keys("n").types(name);
        at.screen();
        at.keys("<Enter>");
        if at.session.model.visit.is_none() {
            assert!(name.trim().is_empty(), "{name}");
            continue;
        }
        at.finds("choice.trackers.prior").keys("n k e").types(name).keys("<Enter>").types(name);
        for size in [SMALL, LARGE, (20, 5), (12, 4), (33, 11)] {
            at.resizes(size);
            in_place(&at, name);
            at.keys("<Left> <Left> <Home> <Up>");
            in_place(&at, name);
            at.keys("<Esc>");
            in_place(&at, name);
            at.keys("/").types(name);
            in_place(&at, name);
            at.keys("<Esc> r");
            in_place(&at, name);
            at.keys("<Enter>");
            in_place(&at, name);
            at.keys("<Esc> q e");
        }
        at.keys("<Esc> q");
        in_place(&at, name);
    }
}

/// Each row fills the terminal exactly: a wide character neither juts out nor pushes what is behind it.
fn in_place(at: &Consultant, name: &str) {
    let (columns, rows) = at.session.model.size;
    let drawn = at.rows();
    assert_eq!(drawn.len(), usize::from(rows));
    for row in drawn {
        assert_eq!(row.width(), usize::from(columns), "{name} {columns}×{rows}: {row:?}");
        assert!(!row.contains(['\u{202e}', '\u{7}', '\u{200b}']), "{row:?}");
    }
}

#[test]
fn a_name_in_wide_letters_is_shortened_like_any_other() {
    let mut at = Consultant::arrives(Language::En);
    for name in HARD.iter().filter(|name| !name.trim().is_empty()) {
        at.keys("n").types(name).keys("<Enter> q");
    }
    insta::assert_snapshot!(at.screen());
}

#[test]
fn the_plain_theme_has_only_ascii_apart_from_the_texts_themselves() {
    let ascii = Theme { colours: Colours::OnDark, unicode: false, letters: true };
    each_scene(Language::En, |scene, at| {
        at.session.model.theme = ascii;
        (scene.keys)(at);
        for row in at.rows() {
            let beyond = row.chars().find(|letter| "─│╭╮╰╯█░✓✗±▸⚑↻…☐☒◉○↕↓↑←→≤◆—–●".contains(*letter));
            assert_eq!(beyond, None, "{}: {row}", scene.name);
        }
    });
}

#[test]
fn without_colours_the_focus_and_the_answer_are_still_seen() {
    let plain = Theme { colours: Colours::None, unicode: true, letters: true };
    each_scene(Language::Fr, |scene, at| {
        at.session.model.theme = plain;
        (scene.keys)(at);
        let styles = at.styles();
        assert!(!styles.contains(['c', 'C', 'g', 'G', 'y', 'Y', 'r', 'R']), "{}\n{styles}", scene.name);
    });
    let mut at = several_clients(Language::Fr);
    at.session.model.theme = plain;
    assert!(at.styles().contains('#') && at.screen().contains('▸'));
}

const BLACK: Colour = Colour(0, 0, 0);
const WHITE: Colour = Colour(255, 255, 255);

/// What xterm shows, on a background like this.
fn shown(colour: Color, by_default: Colour) -> Colour {
    let cube = |part: u8| if part == 0 { 0 } else { 55 + 40 * part };
    match colour {
        Color::Reset => by_default,
        Color::Red => Colour(205, 0, 0),
        Color::Green => Colour(0, 205, 0),
        Color::Yellow => Colour(205, 205, 0),
        Color::Blue => Colour(0, 0, 238),
        Color::Magenta => Colour(205, 0, 205),
        Color::Cyan => Colour(0, 205, 205),
        Color::Indexed(index @ 16..232) => {
            let index = index - 16;
            Colour(cube(index / 36), cube(index / 6 % 6), cube(index % 6))
        }
        Color::Indexed(index @ 232..) => {
            let part = 8 + 10 * (index - 232);
            Colour(part, part, part)
        }
        Color::Rgb(red, green, blue) => Colour(red, green, blue),
        other => panic!("{other:?} is no colour of ours"),
    }
}

#[test]
fn every_colour_is_read_on_the_backgrounds_that_it_is_for() {
    let grounds: [(Colours, &[Colour]); 6] = [
        (Colours::None, &[BLACK, WHITE]),
        (Colours::OnDark, &[BLACK]),
        (Colours::OnLight, &[WHITE]),
        (Colours::Of16, &[BLACK, WHITE]),
        (Colours::Of256, &[BLACK, WHITE]),
        (Colours::Any, &[BLACK, WHITE]),
    ];
    let mut seen = BTreeMap::new();
    for (colours, grounds) in grounds {
        each_scene(Language::En, |scene, at| {
            at.session.model.theme = Theme { colours, unicode: true, letters: true };
            (scene.keys)(at);
            let (buffer, _) = at.draw();
            for cell in buffer.content.iter().filter(|cell| cell.symbol() != " ") {
                assert_eq!(cell.bg, Color::Reset, "{}: nothing is behind a letter", scene.name);
                seen.entry(format!("{colours:?} {:?}", cell.fg)).or_insert((scene.name, cell.fg, grounds));
            }
        });
    }
    for (pair, (scene, colour, grounds)) in &seen {
        for ground in *grounds {
            let letters = if *ground == BLACK { WHITE } else { BLACK };
            // Reversed, they change places.
            let contrast = contrast(shown(*colour, letters), *ground);
            // Of a scheme's own sixteen, its owner decides how the red looks, and what is bold asks for less.
            let least = if matches!(&**pair, "OnDark Red" | "Of16 Red" | "Of16 Magenta") { 3.0 } else { 4.5 };
            assert!(contrast >= least, "{pair} on {ground:?}, {scene}: {contrast:.2}");
        }
    }
    // Of each, the text, what is beside the point, and what the four meanings have.
    let of = |colours: &str| seen.keys().filter(|pair| pair.starts_with(colours)).count();
    let each = ["None", "OnDark", "OnLight", "Of16", "Of256", "Any"].map(of);
    assert_eq!(each, [1, 5, 4, 3, 6, 6], "{:?}", seen.keys());
}

#[test]
fn colours_are_those_that_the_terminal_is_known_to_have() {
    let told = |variables: &[(&str, &str)]| {
        let found = |name: &str| variables.iter().find(|(known, _)| *known == name);
        Theme::from_environment(|name| found(name).map(|(_, value)| (*value).to_owned())).colours
    };
    for (variables, colours) in [
        (&[("TERM", "xterm-256color")][..], Colours::Of256),
        (&[("TERM", "screen-256color"), ("NO_COLOR", "1")], Colours::None),
        (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Colours::Any),
        (&[("TERM", "xterm-kitty"), ("COLORTERM", "24bit")], Colours::Any),
        (&[("TERM", "xterm-256color"), ("COLORFGBG", "15;0")], Colours::OnDark),
        (&[("TERM", "rxvt"), ("COLORFGBG", "0;default;15")], Colours::OnLight),
        (&[("TERM", "rxvt"), ("COLORFGBG", "0;7")], Colours::OnLight),
        (&[("TERM", "rxvt"), ("COLORFGBG", "7;8")], Colours::OnDark),
        (&[("TERM", "rxvt-256color"), ("COLORFGBG", "0;default")], Colours::Of256),
        (&[("TERM", "linux")], Colours::OnDark),
        (&[("TERM", "xterm")], Colours::Of16),
        (&[("TERM", "screen")], Colours::Of16),
        (&[("TERM", "vt100"), ("COLORTERM", "truecolor")], Colours::None),
        (&[("TERM", "dumb"), ("COLORFGBG", "15;0")], Colours::None),
        (&[], Colours::None),
    ] {
        assert_eq!(told(variables), colours, "{variables:?}");
    }
}

#[test]
fn a_terminal_without_utf_8_gets_nothing_but_ascii() {
    each_scene(Language::Fr, |scene, at| {
        at.session.model.theme = Theme { colours: Colours::None, unicode: false, letters: false };
        (scene.keys)(at);
        let rows = at.rows();
        let beyond = rows.iter().find(|row| !row.is_ascii());
        assert_eq!(beyond, None, "{}", scene.name);
        assert!(rows.iter().all(|row| row.width() == usize::from(at.session.model.size.0)), "{}", scene.name);
    });
    let mut at = Consultant::arrives(Language::Fr);
    at.session.model.theme = Theme { colours: Colours::None, unicode: false, letters: false };
    at.keys("n").types("Cœur d’Été 漢字");
    assert!(at.screen().contains("Ceur d'Ete ????"), "{}", at.screen());
    for (locale, letters) in
        [("fr_FR.ISO-8859-1", false), ("fr_FR@euro", false), ("C", true), ("fr_FR.utf8", true)]
    {
        let theme = Theme::from_environment(|name| (name == "LANG").then(|| locale.to_owned()));
        assert_eq!(theme.letters, letters, "{locale}");
    }
}
