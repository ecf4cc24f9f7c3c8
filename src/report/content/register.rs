//! Which processing activities are there, as GDPR article 30 asks? A sheet each, what is missing marked.

use super::Sight;
use super::anchored;
use super::heading;
use super::paragraph;
use crate::domain::questionnaire::RegisterPart;
use crate::domain::text::plain_line;
use crate::report::document::Block;
use crate::report::document::Column;
use crate::report::document::Fact;
use crate::report::document::Line;
use crate::report::document::Table;
use crate::report::register::Processing;
use crate::report::register::Registers;

/// One of the two registers.
struct Register<'a> {
    title: &'a str,
    none: &'a str,
    anchor: &'a str,
    processings: &'a [Processing],
    parts: &'a [RegisterPart],
}

pub fn blocks(sight: &Sight) -> Vec<Block> {
    let registers = Registers::of(sight.subject.questionnaire, sight.subject.assessment, sight.language);
    let controller = Register {
        title: sight.pick("Registre du responsable de traitement", "The controller’s records"),
        none: sight.pick(
            "L’inventaire de cette visite ne contient aucun traitement.",
            "The inventory of this visit holds no processing activity.",
        ),
        anchor: "controller",
        processings: &registers.controller,
        parts: &RegisterPart::CONTROLLER,
    };
    let processor = Register {
        title: sight.pick("Registre du sous-traitant", "The processor’s records"),
        none: sight.pick(
            "Aucun traitement n’est mené pour le compte d’un tiers, d’après l’inventaire.",
            "According to the inventory, nothing is processed on behalf of others.",
        ),
        anchor: "processor",
        processings: &registers.processor,
        parts: &RegisterPart::PROCESSOR,
    };
    let mut blocks = vec![
        Block::Facts(actors(sight)),
        Block::Note(Line::plain(sight.pick(
            "D’après l’inventaire de cette visite (RGPD, article 30). Ce qui est «\u{202f}à compléter\u{202f}» n’a pas \
             été dit.",
            "From the inventory of this visit (GDPR, article 30). What is “to be filled in” was not said.",
        ))),
    ];
    blocks.extend(told(sight, &controller));
    blocks.push(Block::PageBreak);
    blocks.extend(told(sight, &processor));
    blocks
}

/// Who is responsible; the rest is for the business to write.
fn actors(sight: &Sight) -> Vec<Fact> {
    let open = || Line::quiet(to_fill_in(sight));
    let client = plain_line(&sight.subject.assessment.client);
    let fact = |name: &str, value: Line| Fact { name: name.to_owned(), value };
    vec![
        fact(sight.pick("Responsable de traitement", "Controller"), Line::plain(client)),
        fact(sight.pick("Adresse, téléphone, e-mail", "Address, telephone, e-mail"), open()),
        fact(
            sight.pick("Délégué à la protection des données", "Data protection officer"),
            Line::quiet(sight.pick("à compléter s’il y en a un", "to be filled in if there is one")),
        ),
        fact(
            sight.pick("Représentant, responsable conjoint", "Representative, joint controller"),
            Line::quiet(sight.pick("à compléter s’il y en a un", "to be filled in if there is one")),
        ),
    ]
}

fn to_fill_in<'a>(sight: &Sight) -> &'a str {
    sight.pick("à compléter", "to be filled in")
}

fn told(sight: &Sight, register: &Register) -> Vec<Block> {
    let mut blocks = vec![anchored(1, register.title, register.anchor)];
    if register.processings.is_empty() {
        blocks.push(paragraph(register.none));
        return blocks;
    }
    blocks.push(list(sight, register));
    for processing in register.processings {
        blocks.push(heading(2, format!("{}. {}", processing.number, name(sight, processing))));
        let asked = register.parts.iter().filter_map(|part| {
            let said = processing.said(*part, sight.language);
            let value = match said.is_empty() {
                true if part.is_required() => Line::quiet(to_fill_in(sight)),
                true => return None,
                false => Line::plain(said),
            };
            Some(Fact { name: part.title(sight.language).to_owned(), value })
        });
        let mut facts: Vec<Fact> = asked.collect();
        let beyond = processing.beyond().map(|(title, said)| (title.to_owned(), said.to_owned()));
        // A processor's inventory may say more than article 30(2) asks: it is told all the same.
        let other = RegisterPart::CONTROLLER.iter().filter(|part| !register.parts.contains(part)).filter_map(
            |part| {
                let said = processing.said(*part, sight.language);
                (!said.is_empty()).then(|| (part.title(sight.language).to_owned(), said))
            },
        );
        facts.extend(other.chain(beyond).map(|(name, said)| Fact::of(name, Line::plain(said))));
        blocks.push(Block::Facts(facts));
    }
    blocks
}

fn name(sight: &Sight, processing: &Processing) -> String {
    let name = plain_line(&processing.said(RegisterPart::Name, sight.language));
    if name.is_empty() { to_fill_in(sight).to_owned() } else { name }
}

/// The first sheet of the CNIL's model: all activities at a glance.
fn list(sight: &Sight, register: &Register) -> Block {
    let columns = vec![
        Column::figures(sight.pick("N°", "No."), 1),
        Column::new(RegisterPart::Name.title(sight.language), 5),
        Column::new(RegisterPart::Purpose.title(sight.language), 6),
        Column::new(RegisterPart::Sensitive.title(sight.language), 4),
        Column::new(RegisterPart::Reviewed.title(sight.language), 3),
    ];
    let row = |processing: &Processing| {
        let said = |part| Line::plain(processing.said(part, sight.language));
        vec![
            Line::plain(processing.number.to_string()),
            Line::plain(name(sight, processing)),
            said(RegisterPart::Purpose),
            said(RegisterPart::Sensitive),
            said(RegisterPart::Reviewed),
        ]
    };
    let rows = register.processings.iter().map(row).collect();
    Block::Table(Table { caption: register.title.to_owned(), columns, rows })
}
