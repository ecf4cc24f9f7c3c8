//! Which processing activities go into which register? The inventory of a visit as GDPR article 30 asks for it.

use crate::domain::answer::Cell;
use crate::domain::answer::Row;
use crate::domain::assessment::Assessment;
use crate::domain::questionnaire::Column;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::questionnaire::RegisterPart;
use crate::domain::text::Language;
use crate::domain::text::plain;
use crate::domain::text::plain_line;
use crate::domain::words;

/// The choice of the role's column that means "on behalf of somebody else".
const PROCESSOR: &str = "processor";

/// Both registers of a visit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Registers {
    /// What the business decides on: article 30(1).
    pub controller: Vec<Processing>,
    /// What it does for others: article 30(2), kept apart.
    pub processor: Vec<Processing>,
}

/// One processing activity, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Processing {
    /// Its number in its register, from 1.
    pub number: usize,
    filled: Vec<(Option<RegisterPart>, String, String)>,
}

impl Registers {
    /// From every table of the questionnaire whose columns say what of a register they are.
    pub fn of(questionnaire: &Questionnaire, assessment: &Assessment, language: Language) -> Registers {
        let mut registers = Registers::default();
        let inventories =
            questionnaire.tables.iter().filter(|table| part(&table.columns, RegisterPart::Name).is_some());
        for table in inventories {
            let role = part(&table.columns, RegisterPart::Role);
            for row in assessment.rows(&table.id) {
                let cell = role.and_then(|role| row.get(&role.id));
                let processor = matches!(cell, Some(Cell::Choice(choice)) if choice.as_str() == PROCESSOR);
                let register = if processor { &mut registers.processor } else { &mut registers.controller };
                let number = register.len() + 1;
                register.push(Processing { number, filled: filled(row, &table.columns, language) });
            }
        }
        registers
    }
}

fn part(columns: &[Column], part: RegisterPart) -> Option<&Column> {
    columns.iter().find(|column| column.register == Some(part))
}

fn filled(row: &Row, columns: &[Column], language: Language) -> Vec<(Option<RegisterPart>, String, String)> {
    let known = columns.iter().filter_map(|column| {
        let said = words::cell(language, &column.kind, row.get(&column.id)?);
        Some((column.register, plain_line(column.title.get(language)), plain(said.trim())))
    });
    known.filter(|(_, _, said)| !said.is_empty()).collect()
}

impl Processing {
    /// What is said under one heading of the register; its column's title before it where there are several.
    pub fn said(&self, part: RegisterPart, language: Language) -> String {
        let of_part: Vec<_> = self.filled.iter().filter(|(known, _, _)| *known == Some(part)).collect();
        match of_part.as_slice() {
            [(_, _, said)] => said.clone(),
            several => {
                let colon = language.pick("\u{202f}: ", ": ");
                let line = |(_, title, said): &&(Option<RegisterPart>, String, String)| {
                    format!("{title}{colon}{said}")
                };
                several.iter().map(line).collect::<Vec<_>>().join("\n")
            }
        }
    }

    /// What the inventory holds beyond the register's own headings.
    pub fn beyond(&self) -> impl Iterator<Item = (&str, &str)> {
        let beyond = self.filled.iter().filter(|(part, _, _)| part.is_none());
        beyond.map(|(_, title, said)| (title.as_str(), said.as_str()))
    }
}

impl RegisterPart {
    /// The headings of the controller's register, in order.
    pub const CONTROLLER: [RegisterPart; 11] = [
        RegisterPart::Reviewed,
        RegisterPart::Owner,
        RegisterPart::Purpose,
        RegisterPart::LegalBasis,
        RegisterPart::People,
        RegisterPart::Data,
        RegisterPart::Sensitive,
        RegisterPart::Retention,
        RegisterPart::Recipients,
        RegisterPart::Transfers,
        RegisterPart::Security,
    ];

    /// Those of the processor's.
    pub const PROCESSOR: [RegisterPart; 6] = [
        RegisterPart::OnBehalfOf,
        RegisterPart::Reviewed,
        RegisterPart::Owner,
        RegisterPart::Purpose,
        RegisterPart::Transfers,
        RegisterPart::Security,
    ];

    /// Its heading.
    pub fn title(self, language: Language) -> &'static str {
        match self {
            RegisterPart::Name => language.pick("Nom du traitement", "Name of the processing"),
            RegisterPart::Role => language.pick("Rôle", "Role"),
            RegisterPart::OnBehalfOf => language.pick("Pour le compte de", "On behalf of"),
            RegisterPart::Reviewed => language.pick("Dernière mise à jour", "Last update"),
            RegisterPart::Owner => language.pick("Responsable interne", "Owner in the business"),
            RegisterPart::Purpose => language.pick("Finalités", "Purposes"),
            RegisterPart::LegalBasis => language.pick("Base légale", "Legal basis"),
            RegisterPart::Data => language.pick("Catégories de données", "Categories of data"),
            RegisterPart::Retention => language.pick("Durées de conservation", "Retention periods"),
            RegisterPart::Sensitive => language.pick("Données sensibles", "Sensitive data"),
            RegisterPart::People => language.pick("Personnes concernées", "Data subjects"),
            RegisterPart::Recipients => language.pick("Destinataires", "Recipients"),
            RegisterPart::Security => language.pick("Mesures de sécurité", "Security measures"),
            RegisterPart::Transfers => {
                language.pick("Transferts hors de l’Espace économique européen", "Transfers outside the EEA")
            }
        }
    }

    /// Whether article 30 asks for it, so that its absence is to be seen.
    pub fn is_required(self) -> bool {
        !matches!(
            self,
            RegisterPart::Role | RegisterPart::Owner | RegisterPart::Reviewed | RegisterPart::Sensitive
        )
    }
}
