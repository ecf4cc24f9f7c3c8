//! Is what is handed over complete, harmless, and the same each time? In every format, length and language.

use jiff::civil::Date;
use jiff::civil::date;
use privaudit::domain::answer::Answer;
use privaudit::domain::answer::Cell;
use privaudit::domain::answer::Evidence;
use privaudit::domain::answer::FollowUp;
use privaudit::domain::answer::Override;
use privaudit::domain::answer::Value;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::assessment::Plan;
use privaudit::domain::assessment::Status;
use privaudit::domain::brand::Brand;
use privaudit::domain::brand::Colour;
use privaudit::domain::brand::Logo;
use privaudit::domain::brand::LogoKind;
use privaudit::domain::comparison::compare;
use privaudit::domain::questionnaire::AnswerKind;
use privaudit::domain::questionnaire::CellKind;
use privaudit::domain::questionnaire::Column;
use privaudit::domain::questionnaire::Question;
use privaudit::domain::questionnaire::Questionnaire;
use privaudit::domain::scoring;
use privaudit::domain::text::Language;
use privaudit::report::comparison::Compared;
use privaudit::report::comparison::End;
use privaudit::report::content::Kind;
use privaudit::report::content::Subject;
use privaudit::report::document::chart::TrendPoint;
use privaudit::report::export::Format;
use privaudit::report::export::Order;
use privaudit::report::export::export;
use privaudit::storage::library;

use crate::documents::parts;
use crate::documents::words_of;

const TODAY: Date = date(2026, 11, 24);

/// Every question answered, each with words of its own beside it; tables with rows; some unknown, some left out.
fn full_visit(questionnaire: &Questionnaire, client: &str, on: Date) -> Assessment {
    let mut assessment = Assessment::new(client, on, questionnaire);
    for (index, question) in questionnaire.questions().enumerate() {
        let id = &question.id;
        let answer = Answer {
            value: value(question, index),
            reason: format!("motif {id} fin"),
            agreed_by: format!("accord {id} fin"),
            note: format!("note {id}\nseconde ligne {id} fin"),
            said_by: format!("qui {id} fin"),
            evidence: Some(Evidence::ALL[index % 4]),
            evidence_on: Some(
                date(2026, 3, 1).saturating_add(jiff::Span::new().days(i64::try_from(index).unwrap())),
            ),
            judgement: format!("avis {id} fin"),
            severity: (index % 7 == 0).then(|| Override { figure: 3, reason: format!("grave {id} fin") }),
            likelihood: (index % 11 == 0).then(|| Override { figure: 2, reason: format!("rare {id} fin") }),
            follow_up: FollowUp { who: format!("suivi {id} fin"), by: Some(date(2027, 2, 3)) },
            details: question
                .fields()
                .iter()
                .map(|field| (field.id.clone(), cell(field, id.as_str())))
                .collect(),
            ..Answer::default()
        };
        assessment.answers.insert(id.clone(), answer);
        if let Some((table, columns)) = questionnaire.table_of(question) {
            let row = |number: usize| {
                let cell = |column: &Column| (column.id.clone(), cell(column, &format!("{table} {number}")));
                columns.iter().map(cell).collect()
            };
            assessment.set_rows(&table, (0..3).map(row).collect());
        }
        if index % 5 == 0 {
            let status = Status::ALL[index % 5];
            let plan = Plan {
                owner: format!("charge {id} fin"),
                due: Some(date(2026, 10, 1)),
                status,
                reason: String::new(),
            };
            assessment.actions.insert(id.clone(), plan);
        }
    }
    assessment
}

fn value(question: &Question, index: usize) -> Option<Value> {
    let first = question.choices().first().map(|choice| choice.id.clone());
    match (&question.answer, index % 9) {
        (AnswerKind::Table { .. }, _) => None,
        (_, 7) => Some(Value::Unknown),
        (_, 8) => Some(Value::NotApplicable),
        (AnswerKind::YesPartlyNo, part) => Some([Value::Yes, Value::Partly, Value::No][part % 3].clone()),
        (AnswerKind::Choice(_), _) => first.map(Value::Choice),
        (AnswerKind::Choices { .. }, _) => first.map(|first| Value::Choices([first].into())),
        (AnswerKind::Number { min, .. }, _) => Some(Value::Number(min.unwrap_or(0.0) + 7.0)),
        (AnswerKind::Date { .. }, _) => Some(Value::Date(date(2025, 6, 7))),
        (AnswerKind::Text, _) => Some(Value::Text(format!("texte {} fin", question.id))),
    }
}

fn cell(column: &Column, of: &str) -> Cell {
    match &column.kind {
        CellKind::Text => Cell::Text(format!("case {of} {} fin", column.id)),
        CellKind::Number(_) => Cell::Number(12.5),
        CellKind::Date => Cell::Date(date(2026, 4, 5)),
        CellKind::YesNo => Cell::Yes,
        CellKind::Choice(choices) => Cell::Choice(choices[0].id.clone()),
        CellKind::Choices(choices) => Cell::Choices([choices[0].id.clone()].into()),
    }
}

/// Hands over a visit that follows another.
fn with_subject<T>(
    questionnaire: &Questionnaire,
    before: &Assessment,
    assessment: &Assessment,
    then: impl FnOnce(&Subject) -> T,
) -> T {
    let comparison = compare(questionnaire, before, questionnaire, assessment, TODAY);
    let end = |reference, assessment| End { reference, questionnaire, assessment };
    let (from, to) = (end("client@2026-01-01", before), end("client@2026-11-01", assessment));
    let point = |assessment: &Assessment| {
        let figures = scoring::score(questionnaire, assessment).overall.figures;
        TrendPoint { date: assessment.date, score: figures.score, interval: figures.interval }
    };
    then(&Subject {
        reference: "client@2026-11-01",
        questionnaire,
        assessment,
        compared: Some(Compared { from, to, comparison: &comparison }),
        past: &[point(before), point(assessment)],
        evidence: &["capture fin.png".to_owned()],
        captures: &[],
        attached: &[],
        today: TODAY,
    })
}

fn order(kind: Kind, format: Format, language: Language, brand: &Brand) -> Order<'_> {
    Order { kind, format, language, brand, sheet: None }
}

const LANGUAGES: [Language; 2] = [Language::Fr, Language::En];
/// A PDF is another program's work; a calendar holds dates only.
const COMPLETE: [Format; 6] =
    [Format::Html, Format::Docx, Format::Markdown, Format::Xlsx, Format::Csv, Format::Json];

#[test]
fn every_answer_note_reason_and_evidence_is_in_each_full_document() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let before = Assessment::new("Client", date(2026, 1, 1), &questionnaire);
    let visit = full_visit(&questionnaire, "Client", date(2026, 11, 1));
    let brand = Brand::default();
    with_subject(&questionnaire, &before, &visit, |subject| {
        for language in LANGUAGES {
            for format in COMPLETE {
                let bytes = export(subject, &order(Kind::Full, format, language, &brand)).unwrap();
                let words = words_of(format, &bytes);
                let missing: Vec<String> = wanted(&questionnaire, &visit, language, format)
                    .into_iter()
                    .filter(|wanted| !words.contains(&one_space(wanted)))
                    .collect();
                assert!(
                    missing.is_empty(),
                    "{language:?} {format:?}: {} missing: {:?}",
                    missing.len(),
                    &missing[..missing.len().min(9)]
                );
            }
        }
    });
}

/// What must be found of a visit, as the format says it.
fn wanted(
    questionnaire: &Questionnaire,
    visit: &Assessment,
    language: Language,
    format: Format,
) -> Vec<String> {
    let mut wanted = Vec::new();
    for question in questionnaire.questions() {
        let answer = visit.answer(&question.id).unwrap();
        let id = &question.id;
        let said = ["motif", "accord", "qui", "avis", "suivi"];
        wanted.extend(said.map(|what| format!("{what} {id} fin")));
        wanted.push(format!("note {id}"));
        wanted.push(format!("seconde ligne {id} fin"));
        let own = [&answer.severity, &answer.likelihood];
        wanted.extend(own.into_iter().flatten().map(|own| own.reason.clone()));
        let people = |date: Date| {
            if format == Format::Csv || format == Format::Json {
                date.to_string()
            } else {
                language.date(date)
            }
        };
        // A workbook keeps dates as numbers of days.
        if format != Format::Xlsx {
            wanted.extend(answer.evidence_on.map(people));
        }
        if let Some(value) = &answer.value {
            wanted.push(match (format, value) {
                (Format::Json, value) => value.word(),
                (Format::Xlsx, Value::Date(_)) => continue,
                (Format::Csv, Value::Date(date)) => date.to_string(),
                (Format::Csv | Format::Xlsx, Value::Number(number)) => number.to_string(),
                (_, value) => privaudit::domain::words::value(language, question, value),
            });
        }
        let fields = question.fields().iter().filter(|field| field.kind == CellKind::Text);
        wanted.extend(fields.map(|field| format!("case {id} {} fin", field.id)));
        if let Some((table, columns)) = questionnaire.table_of(question) {
            let texts = columns.iter().filter(|column| column.kind == CellKind::Text);
            wanted.extend(texts.flat_map(|column| {
                (0..3).map(|row| format!("case {table} {row} {} fin", column.id)).collect::<Vec<_>>()
            }));
        }
    }
    wanted
}

fn one_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_same_visit_gives_the_same_bytes_in_every_format_length_and_language() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let before = Assessment::new("Client", date(2026, 1, 1), &questionnaire);
    let visit = full_visit(&questionnaire, "Client", date(2026, 11, 1));
    let brand = Brand::default();
    with_subject(&questionnaire, &before, &visit, |subject| {
        for format in Format::ALL.into_iter().filter(|format| *format != Format::Pdf) {
            for kind in Kind::ALL {
                for language in LANGUAGES {
                    let order = order(kind, format, language, &brand);
                    let once = export(subject, &order).unwrap();
                    assert!(!once.is_empty());
                    assert!(once == export(subject, &order).unwrap(), "{format:?} {kind:?} {language:?}");
                }
            }
        }
    });
}

#[test]
fn an_empty_first_visit_can_be_handed_over_too() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let visit = Assessment::new("Client", date(2026, 11, 1), &questionnaire);
    let subject = Subject {
        reference: "client@2026-11-01",
        questionnaire: &questionnaire,
        assessment: &visit,
        compared: None,
        past: &[],
        evidence: &[],
        captures: &[],
        attached: &[],
        today: TODAY,
    };
    let brand = Brand::default();
    for format in COMPLETE {
        for kind in Kind::ALL {
            let bytes = export(&subject, &order(kind, format, Language::Fr, &brand)).unwrap();
            assert!(!words_of(format, &bytes).is_empty(), "{format:?} {kind:?}");
        }
    }
}

#[test]
fn nothing_that_a_client_typed_is_markup_a_formula_or_a_control() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let hostile = "=HYPERLINK(\"http://x\")<script>alert(1)</script>]]></w:t> | [x](y) \u{1b}[31m\u{202e}\u{0} & \"' fin";
    let before = Assessment::new(hostile, date(2026, 1, 1), &questionnaire);
    let mut visit = full_visit(&questionnaire, hostile, date(2026, 11, 1));
    let ids: Vec<_> = visit.answers.keys().cloned().collect();
    for id in ids {
        visit.edit(&id, |answer| answer.note = hostile.to_owned());
    }
    let brand = Brand {
        name: hostile.to_owned(),
        closing: hostile.to_owned(),
        contact: vec![hostile.to_owned()],
        ..Brand::default()
    };
    with_subject(&questionnaire, &before, &visit, |subject| {
        for kind in Kind::ALL {
            for format in COMPLETE {
                let bytes = export(subject, &order(kind, format, Language::En, &brand)).unwrap();
                // JSON writes control characters out.
                let words = match format {
                    Format::Json => String::from_utf8(bytes.clone()).unwrap(),
                    other => words_of(other, &bytes),
                };
                let control =
                    words.chars().find(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'));
                assert_eq!(control, None, "{format:?}");
                if format == Format::Html {
                    let text = String::from_utf8(bytes).unwrap();
                    assert!(!text.contains("<script") && text.contains("&lt;script&gt;"), "{kind:?}");
                }
            }
        }
        let sheet = export(subject, &order(Kind::Full, Format::Csv, Language::Fr, &brand)).unwrap();
        let mut cells = csv::ReaderBuilder::new().delimiter(b';').from_reader(&sheet[3..]);
        let formulas = cells.records().flat_map(|record| {
            let record = record.unwrap();
            record
                .iter()
                .filter(|cell| cell.starts_with(['=', '+', '@', '\t']))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        });
        assert_eq!(formulas.collect::<Vec<_>>(), Vec::<String>::new());
    });
}

#[test]
fn word_files_and_workbooks_are_well_formed_and_whole() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let before = Assessment::new("Client", date(2026, 1, 1), &questionnaire);
    let visit = full_visit(&questionnaire, "A & <B> \"C\"", date(2026, 11, 1));
    let logo = Logo { kind: LogoKind::Png, bytes: b"\x89PNG\r\n\x1a\n".to_vec(), width: 300, height: 100 };
    let brand = Brand { name: "Agence & fils".to_owned(), logo: Some(logo), ..Brand::default() };
    with_subject(&questionnaire, &before, &visit, |subject| {
        for kind in Kind::ALL {
            for format in [Format::Docx, Format::Xlsx] {
                let bytes = export(subject, &order(kind, format, Language::Fr, &brand)).unwrap();
                let parts = parts(&bytes);
                assert!(parts.len() >= 8, "{kind:?} {format:?}");
                for (name, part) in &parts {
                    let parsed = roxmltree::Document::parse(part);
                    assert!(parsed.is_ok(), "{kind:?} {name}: {:?}", parsed.err());
                }
                if format == Format::Docx {
                    whole(&parts);
                }
            }
        }
    });
}

/// Every style that is used is defined, and every relationship leads to a part.
fn whole(parts: &[(String, String)]) {
    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let part = |wanted: &str| &parts.iter().find(|(name, _)| name == wanted).unwrap().1;
    let (text, styles) = (part("word/document.xml"), part("word/styles.xml"));
    let (text, styles) =
        (roxmltree::Document::parse(text).unwrap(), roxmltree::Document::parse(styles).unwrap());
    let defined: Vec<&str> =
        styles.descendants().filter_map(|node| node.attribute((WORD, "styleId"))).collect();
    let named = ["pStyle", "rStyle", "tblStyle"];
    for node in text.descendants().filter(|node| named.contains(&node.tag_name().name())) {
        let used = node.attribute((WORD, "val")).unwrap();
        assert!(defined.contains(&used), "{used} is no style");
    }
    // What stands above a table stays on the table's page.
    for table in text.descendants().filter(|node| node.has_tag_name((WORD, "tbl"))) {
        let above = table.prev_sibling_element().filter(|node| node.has_tag_name((WORD, "p")));
        let style = above.and_then(|above| {
            let style = above.descendants().find(|node| node.has_tag_name((WORD, "pStyle")))?;
            style.attribute((WORD, "val"))
        });
        assert_ne!(style, Some("Normal"), "{above:?} may be torn from its table");
    }
    let bookmarks: Vec<&str> = text
        .descendants()
        .filter(|node| node.tag_name().name() == "bookmarkStart")
        .filter_map(|node| node.attribute((WORD, "id")))
        .collect();
    let unique: std::collections::BTreeSet<&&str> = bookmarks.iter().collect();
    assert_eq!(bookmarks.len(), unique.len());
    let relationships = roxmltree::Document::parse(part("word/_rels/document.xml.rels")).unwrap();
    for target in relationships.descendants().filter_map(|node| node.attribute("Target")) {
        assert!(
            target == "media/logo.png" || parts.iter().any(|(name, _)| *name == format!("word/{target}")),
            "{target}"
        );
    }
}

#[test]
fn a_page_of_html_fetches_nothing_runs_nothing_and_names_no_place_twice() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let before = Assessment::new("Client", date(2026, 1, 1), &questionnaire);
    let visit = full_visit(&questionnaire, "Client", date(2026, 11, 1));
    let brand = Brand::default();
    with_subject(&questionnaire, &before, &visit, |subject| {
        for kind in Kind::ALL {
            let bytes = export(subject, &order(kind, Format::Html, Language::Fr, &brand)).unwrap();
            let page = String::from_utf8(bytes).unwrap();
            assert!(page.starts_with("<!DOCTYPE html><html lang=\"fr\">"), "{kind:?}");
            assert!(page.contains("default-src 'none'"));
            for outside in ["<script", "<link", "src=\"http", "url(", "@import", "onload"] {
                assert!(!page.contains(outside), "{kind:?}: {outside}");
            }
            // Only what was counted as narrow enough keeps its columns on a phone; the figures of charts do.
            for table in page.split("<table").skip(1) {
                let (open, rest) = table.split_once('>').unwrap();
                let head = rest.split_once("</thead>").unwrap().0;
                let columns = head.matches("<th ").count();
                assert!(columns <= 4 || open.contains("wide"), "{kind:?}: {columns} columns on a phone");
            }
            let mut ids: Vec<&str> =
                page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            let links = page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
            for link in links {
                assert!(ids.contains(&link), "{link} leads nowhere");
            }
            ids.sort_unstable();
            let named = ids.len();
            ids.dedup();
            assert_eq!(named, ids.len());
        }
    });
}

#[test]
fn any_colour_of_a_brand_can_be_read_on_light_and_dark_paper() {
    for red in (0..=255).step_by(51) {
        for green in (0..=255).step_by(51) {
            for blue in (0..=255).step_by(51) {
                let colour = Colour(red, green, blue);
                assert!(contrast(colour.readable(), Colour(255, 255, 255)) >= 4.5, "{colour:?} on white");
                assert!(contrast(colour.on_dark(), Colour(0x17, 0x1c, 0x23)) >= 4.5, "{colour:?} on dark");
            }
        }
    }
}

/// WCAG 2.2: relative luminance, and the contrast of two.
pub fn contrast(one: Colour, other: Colour) -> f64 {
    let luminance = |Colour(red, green, blue): Colour| {
        let linear = |part: u8| match f64::from(part) / 255.0 {
            dark if dark <= 0.04045 => dark / 12.92,
            light => ((light + 0.055) / 1.055).powf(2.4),
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    };
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}
