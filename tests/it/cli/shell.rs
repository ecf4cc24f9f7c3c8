//! Does the program behave in a shell: languages, syntax, help, pipes?

use std::fs;
use std::process::Stdio;

use super::driver::Done;
use super::driver::PRIOR;
use super::driver::TABLE;
use super::driver::User;
use super::driver::visited;

#[test]
fn the_language_is_named_or_set_or_that_of_the_system() {
    let user = User::new();
    let says = |user: &User, environment: &[(&str, &str)], arguments: &[&str]| {
        let output = user.command(arguments).envs(environment.iter().copied()).output().unwrap();
        let french = String::from_utf8(output.stderr).unwrap().contains("inconnu");
        if french { "fr" } else { "en" }
    };
    let unknown = ["show", "nobody"];
    assert_eq!(says(&user, &[], &unknown), "en");
    assert_eq!(says(&user, &[("LANG", "fr_FR.UTF-8")], &unknown), "fr");
    assert_eq!(says(&user, &[("LANG", "fr_FR.UTF-8"), ("LC_MESSAGES", "en_GB")], &unknown), "en");
    assert_eq!(says(&user, &[("LC_ALL", "C"), ("LANG", "fr_FR")], &unknown), "en");
    assert_eq!(says(&user, &[("LC_ALL", ""), ("LANG", "fr_FR")], &unknown), "fr");
    assert_eq!(says(&user, &[("LANG", "de_DE")], &unknown), "en");
    user.file(".config/privaudit/config.ron", "(language: Fr)");
    assert_eq!(says(&user, &[("LANG", "en_GB")], &unknown), "fr");
    assert_eq!(says(&user, &[], &["show", "nobody", "--lang", "en"]), "en");
    assert_eq!(says(&user, &[], &["--lang=en", "show", "nobody"]), "en");
}

#[test]
fn wrong_syntax_exits_2_and_help_exits_0_in_both_languages() {
    let user = User::new();
    let wrong: [&[&str]; 12] = [
        &["--bogus"],
        &["bogus"],
        &["--lang", "de"],
        &["new"],
        &["new", "x", "--on", "20/11/2026"],
        &["new", "x", "--on", "2026-02-30"],
        &["answer", "x"],
        &["answer", "x", "q", "yes", "--clear"],
        &["answer", "x", "q", "yes", "--from", "f"],
        &["answer", "x", "q", "yes", "--evidence", "felt"],
        &["answer", "x", "q", "--severity", "3"],
        &["answer", "x", "q", "--severity", "5", "--because", "y"],
    ];
    for arguments in wrong {
        let english = user.run(arguments).wrong_syntax();
        let mut french = vec!["--lang", "fr"];
        french.extend(arguments);
        let french = user.run(&french).wrong_syntax();
        if arguments[0] != "--lang" {
            assert_ne!(english, french);
            assert!(!french.contains("For more information"), "{french}");
        }
    }
    user.ok(&["new", "Acme", "--on", "2026-11-20"]);
    user.run(&["answer", "acme", PRIOR]).wrong_syntax();
    for command in
        ["", "open", "new", "clients", "answer", "table", "show", "score", "check", "questionnaires", "man"]
    {
        let arguments: Vec<&str> = [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        let english = user.ok(&arguments);
        assert!(english.contains("shows this help"), "{english}");
        let french = user.ok(&[&["--lang", "fr"], arguments.as_slice()].concat());
        assert!(french.contains("montre cette aide") && !french.contains("Usage:"), "{french}");
    }
    assert_eq!(user.ok(&["--version"]), format!("privaudit {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn packagers_get_completions_and_a_manual_page() {
    let user = User::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(user.ok(&["completions", shell]).contains("questionnaires"));
    }
    for language in ["fr", "en"] {
        let page = user.ok(&["--lang", language, "man"]);
        assert!(page.contains(".TH") && page.contains("PRIVAUDIT_STORE") && page.is_ascii());
        for command in ["open", "new", "clients", "answer", "table", "show", "score", "check", "export"] {
            assert!(page.contains(command), "{command}");
        }
    }
}

#[test]
fn a_reader_who_stops_early_is_no_failure() {
    let user = visited();
    for arguments in [
        vec!["show", "acme"],
        vec!["score", "acme", "--json"],
        vec!["man"],
        vec!["--help"],
        vec!["table", "acme", TABLE, "--export"],
    ] {
        let mut child =
            user.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let done = Done::of(child.wait_with_output().unwrap());
        assert_eq!((done.status, done.err.as_str()), (0, ""), "{arguments:?}");
    }
}

#[test]
fn an_account_without_a_home_can_name_its_store() {
    let user = User::new();
    let run = |arguments: &[&str]| {
        let mut command = user.command(arguments);
        Done::of(command.env_remove("HOME").env_remove("PRIVAUDIT_STORE").output().unwrap())
    };
    let named = user.path("named");
    let done = run(&["--store", named.to_str().unwrap(), "new", "Acme", "--on", "2026-11-20"]);
    assert_eq!((done.status, done.out.as_str()), (0, "acme@2026-11-20\n"), "{}", done.err);
    assert!(named.join("clients/acme/2026-11-20.ron").is_file());
    assert_eq!(run(&["man"]).status, 0);
}

#[test]
fn an_output_that_cannot_be_written_is_a_failure() {
    let user = visited();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let done = Done::of(user.command(&["show", "acme"]).stdout(full).output().unwrap());
    assert_eq!(done.status, 1);
    assert!(done.err.starts_with("error: cannot write the output"), "{}", done.err);
}

#[test]
fn an_empty_name_for_the_store_is_not_the_current_folder() {
    let user = User::new();
    user.run(&["--store", "", "new", "Acme"]).wrong_syntax();
    let done = Done::of(
        user.command(&["new", "Acme", "--on", "2026-11-20"]).env("PRIVAUDIT_STORE", "").output().unwrap(),
    );
    assert_eq!(done.status, 0, "{}", done.err);
    assert!(user.path(".local/share/privaudit/clients/acme/2026-11-20.ron").is_file());
}
