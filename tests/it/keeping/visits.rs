//! Does a visit go from the client's page into the trash, come back, and go for good only when it is meant?

use privaudit::domain::text::Language;

use crate::consultant::Consultant;

/// On the page of a client with one answered visit.
fn on_the_page(language: Language) -> Consultant {
    let mut consultant = Consultant::begins(language);
    consultant.finds("audit.inventory.documented").keys("n q v");
    assert!(consultant.screen().contains(language.pick("Visites", "Visits")), "{}", consultant.screen());
    consultant
}

fn visits(consultant: &Consultant) -> usize {
    let store = consultant.store();
    store.client("boulangerie-martin").unwrap().visits().unwrap().len()
}

fn trash(consultant: &Consultant) -> usize {
    consultant.store().trash().unwrap().len()
}

#[test]
fn a_visit_goes_into_the_trash_and_comes_back_with_its_answers() {
    let mut consultant = on_the_page(Language::En);
    consultant.keys("D");
    assert!(consultant.screen().contains("goes into the trash"), "{}", consultant.screen());
    assert_eq!(visits(&consultant), 1, "choosing comes first");
    consultant.keys("<Enter>");
    assert_eq!((visits(&consultant), trash(&consultant)), (0, 1));
    let screen = consultant.screen();
    assert!(screen.contains("boulangerie-martin@2026-11-23 is in the trash; “u” brings it back"), "{screen}");
    assert!(screen.contains("No visit."), "{screen}");
    consultant.keys("u");
    assert_eq!((visits(&consultant), trash(&consultant)), (1, 0));
    assert!(!consultant.screen().contains("No visit."), "{}", consultant.screen());
    consultant.keys("<Enter>");
    assert_eq!(consultant.visit().assessment().answers.len(), 1);
}

#[test]
fn from_the_list_too_the_last_visit_deleted_comes_back() {
    let mut consultant = on_the_page(Language::Fr);
    consultant.keys("D <Enter> q u");
    assert_eq!((visits(&consultant), trash(&consultant)), (1, 0), "{}", consultant.screen());
}

#[test]
fn a_second_step_erases_and_asks_first() {
    let mut consultant = on_the_page(Language::Fr);
    consultant.keys("D <Enter> D");
    assert!(consultant.screen().contains("effacer pour de bon"), "{}", consultant.screen());
    // The day is written as the page writes it.
    assert!(consultant.screen().contains("1 23/11/2026"), "{}", consultant.screen());
    consultant.keys("<Enter>");
    let screen = consultant.screen();
    assert!(screen.contains("Effacer boulangerie-martin@2026-11-23 pour de bon"), "{screen}");
    consultant.keys("<Enter>");
    assert_eq!(trash(&consultant), 1, "Enter alone keeps it");
    consultant.keys("D <Enter> q");
    assert_eq!(trash(&consultant), 1, "so does closing");
    consultant.keys("D <Enter> 2");
    assert_eq!((visits(&consultant), trash(&consultant)), (0, 0));
    assert!(consultant.screen().contains("est effacée"), "{}", consultant.screen());
    consultant.keys("u");
    assert!(consultant.screen().contains("rien n’a été supprimé"), "{}", consultant.screen());
    consultant.keys("D");
    assert!(consultant.screen().contains("aucune visite"), "{}", consultant.screen());
}

#[test]
fn a_visit_that_is_open_elsewhere_stays() {
    let mut consultant = on_the_page(Language::En);
    let mut colleague = consultant.colleague();
    colleague.keys("<Enter>");
    assert!(colleague.session.model.visit.is_some());
    consultant.keys("D <Enter>");
    assert_eq!((visits(&consultant), trash(&consultant)), (1, 0));
    assert!(consultant.session.model.notice.as_ref().is_some_and(|notice| notice.grave));
}

#[test]
fn the_page_tells_its_keys() {
    let mut consultant = on_the_page(Language::En);
    assert!(consultant.rows().pop().unwrap().contains("D delete a visit"), "{}", consultant.screen());
    consultant.keys("?");
    assert!(consultant.screen().contains("bring back"), "{}", consultant.screen());
    consultant.keys("? q");
    assert!(consultant.session.model.layers.is_empty());
}
