//! Is the whole visit there line by line? What is said to a script of lines, what is kept, how it ends.

use std::fs;
use std::path::PathBuf;

use privaudit::domain::answer::Value;
use privaudit::domain::id::QuestionId;
use privaudit::domain::questionnaire::AnswerKind;
use privaudit::domain::questionnaire::Question;
use privaudit::domain::scope::Scope;
use privaudit::storage::assessments;
use privaudit::storage::library;

use super::cli::driver::Done;
use super::cli::driver::User;

mod over_ssh;
mod terminal;

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/questionnaires/small");

/// Conducts a visit of the small questionnaire with these lines.
fn conducted(user: &User, language: &str, lines: &[&str]) -> Done {
    let new = ["--new", "--on", "2026-11-20", "--questionnaire", SMALL];
    let arguments = [&["--lang", language, "open", "Acme", "--plain"], new.as_slice()].concat();
    user.run_with_input(&arguments, format!("{}\n", lines.join("\n")).as_bytes())
}

fn file(user: &User) -> PathBuf {
    user.store().join("clients/acme/2026-11-20.ron")
}

const FRENCH: [&str; 45] = [
    "?",
    "1,2",
    "h",
    "o",
    "t",
    "Ana",
    "p",
    "e la liste date de 2019",
    "no_limit",
    "t",
    "+",
    "Caisse",
    "1",
    "1",
    "",
    "0",
    "pas de système",
    "faible",
    "1 2",
    "31/12/2025",
    "étapes",
    "1",
    "x",
    "hors sujet",
    "Bob",
    "d",
    "Ana",
    "12/2026",
    "/regle",
    "1",
    "v 3",
    "w Ana",
    "f",
    "F",
    "",
    "annuler",
    "r",
    "r 2",
    "c",
    "a",
    "a 1",
    ".",
    "m",
    "L",
    "q",
];
const ENGLISH: [&str; 40] = [
    "?",
    "shop",
    "help",
    "n",
    "-9",
    "12",
    "t",
    "+",
    "Till",
    "",
    "",
    "+",
    "Shop",
    "2",
    "2",
    "2",
    "1",
    "",
    "",
    "-2",
    "",
    "next",
    "2",
    "0",
    "nonsense",
    "2025-06",
    "open points",
    "",
    "s",
    "doubtful",
    "4",
    "seen",
    "",
    "result",
    "r second.rule",
    "actions",
    "a second.rule",
    "Bob",
    "2027-01-15",
    "2",
];

#[test]
fn a_visit_is_said_and_heard_in_french() {
    let user = User::new();
    insta::assert_snapshot!(conducted(&user, "fr", &FRENCH).out);
    insta::assert_snapshot!("what_the_french_visit_kept", fs::read_to_string(file(&user)).unwrap());
}

#[test]
fn a_visit_is_said_and_heard_in_english() {
    let user = User::new();
    let done = conducted(&user, "en", &ENGLISH);
    insta::assert_snapshot!(done.out);
    insta::assert_snapshot!("what_the_english_visit_kept", fs::read_to_string(file(&user)).unwrap());
}

#[test]
fn a_refused_line_is_told_and_fails_a_pipe_at_its_end() {
    let user = User::new();
    let done = conducted(&user, "en", &["nonsense", "1", "maybe", "y", "q"]);
    assert_eq!(done.status, 1, "{}", done.out);
    assert!(done.out.contains("error: there is no choice \"nonsense\""), "{}", done.out);
    assert_eq!(done.err, "error: lines refused: 2\n");
    let kept = assessments::read(&file(&user)).unwrap();
    assert_eq!(kept.value(&"first.yes_no".into()), Some(&Value::Yes));
}

#[test]
fn the_end_of_the_input_saves_and_quits_and_the_next_visit_resumes() {
    let user = User::new();
    let done = user.run_with_input(
        &["open", "Acme", "--plain", "--new", "--on", "2026-11-20", "--questionnaire", SMALL],
        b"1\ny\ne unfinished",
    );
    assert_eq!((done.status, done.err.as_str()), (0, ""), "{}", done.out);
    let kept = assessments::read(&file(&user)).unwrap();
    assert_eq!(kept.answer(&"first.months".into()).unwrap().note, "unfinished");
    let again = user.run_with_input(&["open", "Acme", "--plain"], b"");
    assert!(again.out.contains("How many months?"), "{}", again.out);
}

#[test]
fn hostile_lines_are_refused_or_made_harmless() {
    let user = User::new();
    let mut input = b"\xff\xfe\n".to_vec();
    input.extend(std::iter::repeat_n(b'a', 3 << 20));
    input.extend(b"\n1\ne red \x1b[31m text\nq\n");
    let arguments = ["open", "Acme", "--plain", "--new", "--on", "2026-11-20", "--questionnaire", SMALL];
    let done = user.run_with_input(&arguments, &input);
    assert_eq!(done.err, "error: lines refused: 2\n");
    assert!(!done.out.contains('\u{1b}'), "an escape sequence");
    let kept = assessments::read(&file(&user)).unwrap();
    assert_eq!(kept.answer(&"first.yes_no".into()).unwrap().note, "red [31m text");
}

#[test]
fn inside_a_table_a_slip_is_told_by_numbers_and_a_question_mark_says_it_again() {
    let user = User::new();
    user.ok(&["new", "Acme", "--on", "2026-11-20"]);
    let lines = "/audit.processors.contracts\nt\nzorg\n+\n?\nOVH\n\nzorg\n?\n1\n.\n\nq\n";
    let done = user.run_with_input(&["--lang", "fr", "open", "acme", "--plain"], lines.as_bytes());
    assert!(done.out.contains("hint: ligne vide : retour à la question ; ? répète"), "{}", done.out);
    assert!(done.out.contains("hint: le numéro d'un choix ; ? répète"), "{}", done.out);
    assert!(!done.out.contains(", separate"), "{}", done.out);
    assert_eq!(done.out.matches("  1. sous-traitant").count(), 2, "{}", done.out);
    assert!(done.out.contains("1. Nom : OVH ; Rôle : sous-traitant"), "{}", done.out);
}

#[test]
fn a_reason_is_asked_only_for_a_figure_of_ones_own() {
    let user = User::new();
    user.ok(&["new", "Acme", "--on", "2026-11-20"]);
    let lines = "/secure.devices\nn\nk\ns\nless bad here\n\n2\nfew devices\nx no devices\nq\n";
    let done = user.run_with_input(&["--lang", "en", "open", "acme", "--plain"], lines.as_bytes());
    assert_eq!((done.status, done.out.matches("Because").count()), (0, 1), "{}", done.out);
    let kept = assessments::read(&file(&user)).unwrap();
    let answer = kept.answer(&"secure.devices".into()).unwrap();
    assert_eq!(
        (answer.likelihood.as_ref().unwrap().reason.as_str(), &answer.severity),
        ("few devices", &None)
    );
    assert!(done.out.contains("> x no devices\nsaved\n\n"), "said once: {}", done.out);
}

#[test]
fn a_risk_accepted_without_a_reason_keeps_the_rest_of_what_was_said() {
    let user = User::new();
    user.ok(&["new", "Acme", "--on", "2026-11-20"]);
    user.ok(&["answer", "acme", "secure.devices", "no"]);
    let planned = "a 1\nBob\n2027-01-15\n2\nq\n";
    let done = user.run_with_input(&["--lang", "en", "open", "acme", "--plain"], planned.as_bytes());
    assert!(done.status == 0 && !done.out.contains("Why this risk"), "{}", done.out);
    let accepted = "a 1\nAna\n\n5\n\nq\n";
    let done = user.run_with_input(&["--lang", "en", "open", "acme", "--plain"], accepted.as_bytes());
    assert!(done.status == 1 && done.out.contains("the status stays what it was"), "{}", done.out);
    let kept = assessments::read(&file(&user)).unwrap();
    let plan = &kept.actions[&QuestionId::from("secure.devices")];
    assert_eq!((plan.owner.as_str(), plan.status.word()), ("Ana", "planned"));
}

/// A value for a question, as a line of the interview and as a word of `answer`; none for a table.
fn said(question: &Question, index: usize) -> Option<(String, String)> {
    let same = |word: &str| Some((word.to_owned(), word.to_owned()));
    match &question.answer {
        AnswerKind::YesPartlyNo => {
            let (line, word) = [("o", "yes"), ("p", "partly"), ("n", "no")][index % 3];
            Some((line.to_owned(), word.to_owned()))
        }
        AnswerKind::Choice(choices) => Some(("1".to_owned(), choices[0].id.to_string())),
        AnswerKind::Choices { of, .. } => {
            let last = of.len();
            Some((format!("{last}"), of[last - 1].id.to_string()))
        }
        AnswerKind::Number { .. } => same("12"),
        AnswerKind::Date { .. } => Some(("3/2026".to_owned(), "2026-03-01".to_owned())),
        AnswerKind::Text => same("a sentence"),
        AnswerKind::Table { .. } => None,
    }
}

#[test]
fn a_whole_visit_through_a_pipe_is_the_file_that_answer_makes() {
    let questionnaire = library::built_in().unwrap().questionnaire;
    let (by_lines, by_commands) = (User::new(), User::new());
    for user in [&by_lines, &by_commands] {
        user.ok(&["new", "Acme", "--on", "2026-11-20"]);
    }
    // The answers themselves decide what is asked: the profile first, then what follows from it.
    let mut visit = assessments::read(&file(&by_commands)).unwrap();
    let (mut lines, mut table) = (Vec::new(), vec!["question,value".to_owned()]);
    for (index, question) in questionnaire.questions().enumerate() {
        let asked = Scope::new(&questionnaire, &visit).asks(question);
        let Some((line, word)) = said(question, index).filter(|_| asked) else { continue };
        lines.push(format!("/{}\n{line}\n", question.id));
        table.push(format!("{},{word}", question.id));
        let value = Value::from_word(&word, question).unwrap();
        visit.edit(&question.id, |answer| answer.value = Some(value));
    }
    let done = by_lines.run_with_input(&["open", "Acme", "--plain"], lines.concat().as_bytes());
    assert_eq!((done.status, done.err.as_str()), (0, ""), "{}", done.out);
    let answers = by_commands.file("answers.csv", table.join("\n"));
    by_commands.ok(&["answer", "acme", "--from", &answers]);
    let without_place = |user: &User| {
        let mut visit = assessments::read(&file(user)).unwrap();
        assert!(visit.answers.len() > 100, "{}", visit.answers.len());
        visit.at = None::<QuestionId>;
        assessments::text(&visit).unwrap()
    };
    assert_eq!(without_place(&by_lines), without_place(&by_commands));
}

#[test]
fn a_confined_session_names_no_path_and_no_other_client() {
    let user = User::new();
    user.ok(&["new", "Acme", "--on", "2026-11-20"]);
    user.ok(&["new", "Secret Neighbour", "--on", "2026-11-20"]);
    let lines = "?\n/secret\n\nR\n1\n1\nR\n1\n8\nc\na\nF\nr\nh\nl\n\nq\n";
    let done = user.run_with_input(&["--lang", "en", "open", "acme", "--plain", "--only"], lines.as_bytes());
    let all = format!("{}{}", done.out, done.err);
    assert!(done.out.contains("written: acme-2026-11-20-page-en.html"), "{all}");
    assert!(!all.to_lowercase().contains("secret n") && !all.contains("neighbour"), "{all}");
    assert!(!all.contains(user.home.path().to_str().unwrap()), "{all}");
    assert!(all.contains("7. ics") && !all.contains("pdf"), "a PDF is made by another program: {all}");
    let missing = user.refused(&["open", "Secret", "--plain", "--only"]);
    assert!(!missing.contains("Neighbour") && !missing.contains('/'), "{missing}");
    fs::write(file(&user), "broken").unwrap();
    let broken = user.refused(&["open", "acme", "--plain", "--only"]);
    assert!(broken.contains("2026-11-20.ron") && !broken.contains("clients"), "{broken}");
}

/// Conducts Acme's visit with these lines.
fn talked(user: &User, language: &str, lines: &[&str]) -> Done {
    let lines = format!("{}\n", lines.join("\n"));
    user.run_with_input(&["--lang", language, "open", "acme", "--plain"], lines.as_bytes())
}

#[test]
fn what_was_typed_last_is_offered_and_taken_when_it_is_asked_for() {
    let user = User::new();
    user.ok(&["new", "Acme", "--on", "2026-11-20"]);
    let lines = [
        "/secure.devices",
        "x",
        "no devices here",
        "/secure.backup.exists",
        "x",
        "=",
        "/secure.email",
        "x",
        "",
        "/secure.devices",
        "w Ana",
        "/secure.backup.exists",
        "w",
        "=",
        "q",
    ];
    let done = talked(&user, "en", &lines);
    assert_eq!(
        (done.status, done.out.matches("=: as the last time, no devices here").count()),
        (0, 2),
        "{}",
        done.out
    );
    let kept = assessments::read(&file(&user)).unwrap();
    let of =
        |id: &str| kept.answer(&id.into()).map(|answer| (answer.reason.as_str(), answer.said_by.as_str()));
    assert_eq!(of("secure.devices"), Some(("no devices here", "Ana")));
    assert_eq!(of("secure.backup.exists"), Some(("no devices here", "Ana")));
    assert_eq!(of("secure.email").map(|(reason, _)| reason), Some(""), "nothing is taken unasked");
    let done = talked(&user, "fr", &["/secure.devices", "w Bea", "/secure.email", "w", "", "q"]);
    assert!(done.out.contains("= : comme la dernière fois, Bea"), "{}", done.out);
}

#[test]
fn a_visit_is_sealed_and_the_next_one_begins_only_when_it_is_meant() {
    let user = User::new();
    user.ok(&["new", "Acme", "--on", "2026-11-20"]);
    let done = talked(&user, "en", &["/secure.devices", "n", "S", "", "V", "no", "S", "yes", "n", "q"]);
    assert!(done.out.contains("sealed: acme@2026-11-20"), "{}", done.out);
    assert!(done.status == 1 && done.out.contains("this visit is sealed"), "{}", done.out);
    assert!(user.ok(&["--lang", "en", "verify", "acme"]).contains("1 seal is intact"));
    let done = talked(&user, "fr", &["nouvelle visite", "oui", "/secure.devices", "", "q"]);
    assert!(done.status == 0 && done.out.contains("La commencer"), "{}", done.out);
    let folder = user.store().join("clients/acme");
    let visits =
        fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name().into_string().unwrap());
    let next = visits.filter(|name| name.starts_with("20") && name != "2026-11-20.ron").max().unwrap();
    let next = assessments::read(&file(&user).with_file_name(next)).unwrap();
    let answer = next.answer(&"secure.devices".into()).unwrap();
    assert_eq!(
        (answer.value.as_ref(), answer.carried),
        (Some(&Value::No), None),
        "taken over, and confirmed"
    );
}

#[test]
fn where_the_next_visit_cannot_begin_this_one_goes_on() {
    let user = User::new();
    user.ok(&["new", "Acme", "--on", "2026-11-19"]);
    user.ok(&["new", "Acme", "--on", "2026-11-20"]);
    fs::write(file(&user), "broken").unwrap();
    let lines = "V\nyes\n/secure.devices\nn\nq\n";
    let arguments = ["--lang", "en", "open", "acme@2026-11-19", "--plain"];
    let done = user.run_with_input(&arguments, lines.as_bytes());
    assert_eq!((done.status, done.err.as_str()), (1, "error: lines refused: 1\n"), "{}", done.out);
    let visit = assessments::read(&file(&user).with_file_name("2026-11-19.ron")).unwrap();
    assert_eq!(visit.value(&"secure.devices".into()), Some(&Value::No));
}

#[test]
fn a_file_that_nobody_names_is_not_asked_for() {
    let user = User::new();
    user.ok(&["new", "Acme", "--on", "2026-11-20"]);
    let done = talked(&user, "en", &["/secure.devices", "J", "", "", "", "q"]);
    assert_eq!((done.status, done.err.as_str()), (0, ""), "{}", done.out);
}

#[test]
fn files_are_attached_and_taken_off() {
    let user = User::new();
    user.ok(&["new", "Acme", "--on", "2026-11-20"]);
    let proof = user.file("proof.txt", "seen");
    let lines = [
        "/secure.devices",
        "J",
        &proof,
        "a photo",
        "2027-01-31",
        &format!("J {proof}.missing"),
        "",
        "",
        "k",
        "q",
    ];
    let done = talked(&user, "en", &lines);
    assert!(done.status == 1 && done.out.contains("attached: proof.txt"), "{}", done.out);
    assert_eq!(done.err, "error: lines refused: 1\n");
    let attached = || assessments::read(&file(&user)).unwrap().attachments;
    let kept = attached()[&QuestionId::from("secure.devices")][0].clone();
    assert_eq!((kept.note.as_str(), kept.expires), ("a photo", Some(jiff::civil::date(2027, 1, 31))));
    let done = talked(&user, "fr", &["/secure.devices", "D 0", "D 2", "D", "u", "D 1", "q"]);
    assert!(done.out.contains("retiré, sa copie reste : proof.txt"), "{}", done.out);
    assert_eq!(done.out.matches("pas de fichier à ce numéro : 1 à 1").count(), 2, "{}", done.out);
    assert!(done.status == 1 && attached().is_empty(), "{}", done.out);
}

#[test]
fn a_confined_session_neither_attaches_nor_seals_nor_begins_another_visit() {
    let user = User::new();
    user.ok(&["new", "Acme", "--on", "2026-11-20"]);
    let before = fs::read_dir(user.store().join("clients/acme")).unwrap().count();
    let lines = "/secure.devices\nJ /etc/hosts\nD 1\nS\nyes\nV\nyes\nq\n";
    let done = user.run_with_input(&["--lang", "en", "open", "acme", "--plain", "--only"], lines.as_bytes());
    assert_eq!(done.out.matches("no file is attached or taken off").count(), 2, "{}", done.out);
    assert_eq!(done.out.matches("this session has this visit alone").count(), 2, "{}", done.out);
    assert!(assessments::read(&file(&user)).unwrap().seal.is_none());
    // The file of the lock alone.
    assert!(fs::read_dir(user.store().join("clients/acme")).unwrap().count() <= before + 2);
}

#[test]
fn a_locale_without_utf_8_hears_ascii_and_is_understood_in_latin_1() {
    let user = User::new();
    user.ok(&["new", "Acme", "--on", "2026-11-20"]);
    let arguments = ["--lang", "fr", "open", "acme", "--plain"];
    let mut command = user.command(&arguments);
    command.env("LC_ALL", "fr_FR.ISO-8859-1").stdin(std::process::Stdio::piped());
    let mut child = command.stdout(std::process::Stdio::piped()).spawn().unwrap();
    let lines = b"/secure.devices\ne not\xe9 par Ana\n?\nr\nq\n";
    std::io::Write::write_all(child.stdin.as_mut().unwrap(), lines).unwrap();
    let done = Done::of(child.wait_with_output().unwrap());
    assert!(done.status == 0 && done.out.is_ascii(), "{}", done.out);
    assert!(done.out.contains("> e note par Ana") && done.out.contains("etape"), "{}", done.out);
    let kept = assessments::read(&file(&user)).unwrap();
    assert_eq!(kept.answer(&"secure.devices".into()).unwrap().note, "noté par Ana");
}
