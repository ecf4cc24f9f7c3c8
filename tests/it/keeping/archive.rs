//! Is an archived client out of the way, and nothing of it lost? In the list, with keys, and by command.

use privaudit::domain::text::Language;

use crate::cli::driver::User;
use crate::consultant::Consultant;

#[test]
fn a_client_is_archived_with_a_key_seen_with_a_filter_and_taken_back() {
    let mut consultant = Consultant::begins(Language::En);
    consultant.keys("<Esc> n").types("Zinc").keys("<Enter> <Esc>");
    consultant.keys("g A");
    let screen = consultant.screen();
    assert!(screen.contains("1 client, 1 archived") && screen.contains("▸ Zinc"), "{screen}");
    assert!(!consultant.rows().iter().any(|row| row.contains("  Boulangerie Martin")), "{screen}");
    assert!(consultant.notice().contains("Boulangerie Martin is archived"), "{}", consultant.notice());
    // Not among those with something overdue or due, whatever is seen there; in a list of its own.
    consultant.keys("f f f f");
    let screen = consultant.screen();
    assert!(screen.contains("1 archived") && screen.contains("▸ Boulangerie Martin"), "{screen}");
    assert!(!screen.contains("Zinc"), "{screen}");
    // It opens as ever.
    consultant.keys("<Enter>");
    assert_eq!(consultant.visit().assessment().client, "Boulangerie Martin");
    consultant.keys("<Esc> A");
    assert!(consultant.notice().contains("among the others again"), "{}", consultant.notice());
    consultant.keys("f");
    let screen = consultant.screen();
    assert!(screen.contains("2 clients") && screen.contains("Boulangerie Martin"), "{screen}");
    // The last that went comes back first, whichever way it went.
    consultant.keys("g A D");
    assert!(consultant.notice().contains("Zinc is in the trash"), "{}", consultant.notice());
    consultant.keys("u u");
    assert!(consultant.notice().contains("among the others again"), "{}", consultant.notice());
    assert!(consultant.screen().contains("▸ Boulangerie Martin"), "{}", consultant.screen());
    assert_eq!(consultant.store().clients().unwrap().len(), 2);
    consultant.keys("u");
    assert!(consultant.notice().contains("nothing was deleted or archived here"), "{}", consultant.notice());
}

#[test]
fn a_client_archived_elsewhere_is_so_here_when_the_list_is_read_again() {
    let mut consultant = Consultant::begins(Language::Fr);
    consultant.keys("<Esc>");
    let store = consultant.store();
    store.archive(&store.client("Boulangerie Martin").unwrap(), Some("2026-11-22".parse().unwrap())).unwrap();
    let colleague = consultant.colleague();
    assert!(colleague.screen().contains("0 client, 1 archivé"), "{}", colleague.screen());
    assert!(colleague.screen().contains("Aucun client ici"), "{}", colleague.screen());
}

#[test]
fn commands_archive_and_say_so() {
    let user = User::new();
    user.ok(&["new", "Acme", "--on", "2026-11-20"]);
    user.ok(&["new", "Zinc", "--on", "2026-11-20"]);
    user.ok(&["client", "acme", "--keep-until", "2031-01-31"]);
    let said = user.ok(&["client", "acme", "--archive"]);
    // Until when it is kept was decided before, and still holds.
    assert!(said.contains("Archived on: ") && said.contains("Keep until: 2031-01-31"), "{said}");
    let listed = user.ok(&["clients"]);
    assert!(!listed.contains("Acme") && listed.contains("1 client is archived; `--archived`"), "{listed}");
    let archived = user.ok(&["clients", "--archived"]);
    assert!(archived.contains("Acme") && !archived.contains("Zinc"), "{archived}");
    let json = user.json(&["clients", "--json"]);
    assert!(json[0]["archived"].is_string() && json[1]["archived"].is_null(), "{json}");
    assert_eq!(user.json(&["clients", "--summary", "--json"])["clients"], 1);
    assert_eq!(user.json(&["clients", "--summary", "acme", "zinc", "--json"])["clients"], 2);
    assert!(!user.ok(&["client", "acme", "--unarchive"]).contains("Archived"));
    assert!(user.ok(&["clients"]).contains("Acme"));
    assert!(user.ok(&["clients", "--archived"]).contains("No client is archived."));
}
