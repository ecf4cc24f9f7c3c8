//! `privaudit upgrade`: what does a newer version of the questionnaire change, and how does a visit move to it?

use std::io::Write;

use clap::Args;
use jiff::civil::Date;

use super::context::Context;
use super::failure::Failure;
use super::help::Words;
use super::paper::Ink;
use super::paper::Paper;
use super::parse;
use super::print::colon;
use crate::domain::comparison;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::text::Language;
use crate::domain::text::plain_line;
use crate::domain::upgrade;
use crate::domain::upgrade::Aspect;
use crate::domain::upgrade::Modified;
use crate::domain::upgrade::Place;
use crate::report::comparison::compatibility;
use crate::storage::assessments::Visit;
use crate::storage::error::Error;
use crate::storage::library::Listed;
use crate::storage::reference::Found;

#[derive(Debug, Args)]
pub struct Upgrade {
    #[arg(value_name = "REF")]
    reference: String,
    #[arg(long)]
    preview: bool,
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    on: Option<Date>,
    #[arg(long, value_name = "ID|PATH")]
    questionnaire: Option<String>,
}

pub const WORDS: Words = Words {
    about: (
        "Reprend une visite avec la version la plus récente du questionnaire, dans une nouvelle visite\n\n\
         L’ancienne visite reste telle quelle. Le même jour, seules les réponses aux questions qui ont changé sont à \
         confirmer ; un jour ultérieur, toutes. La dernière ligne est la référence de la nouvelle visite.",
        "Moves a visit to the newest version of its questionnaire, as a new visit\n\n\
         The old visit stays as it is. On the same day only the answers to questions that changed are to be confirmed; \
         on a later day, all. The last line is the new visit’s reference.",
    ),
    arguments: &[
        (
            "reference",
            "la visite : CLIENT, CLIENT@DATE, ou un fichier",
            "the visit: CLIENT, CLIENT@DATE, or a file",
        ),
        ("preview", "montre ce qui change, sans rien créer", "shows what changes and makes nothing"),
        (
            "on",
            "la date de la nouvelle visite (celle de l’ancienne)",
            "the date of the new visit (that of the old)",
        ),
        (
            "questionnaire",
            "un autre questionnaire, par son id ou son dossier (la version connue du même)",
            "another questionnaire, by id or folder (the known version of the same)",
        ),
    ],
    commands: &[],
};

impl Upgrade {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let (found, visit) = context.visit(&self.reference)?;
        let library = context.library();
        let newest = match &self.questionnaire {
            Some(named) => library.find(named)?,
            None => library.next(&visit.assessment.questionnaire)?,
        };
        let (old, new) = (visit.questionnaire.as_ref(), newest.questionnaire.as_ref());
        let same = old.digest == new.digest;
        if same && !self.preview {
            return Err(newest_already(&found, old).into());
        }
        // Made before anything is shown: what is refused shows nothing.
        let made = if self.preview { None } else { Some(self.make(&found, &visit, &newest, context)?) };
        Preview { old, new, paper: Paper::of_output(), language: context.language }.print(out)?;
        if let Some(made) = made {
            writeln!(out, "{made}")?;
        }
        Ok(())
    }

    /// The new visit's reference.
    fn make(
        &self,
        found: &Found,
        visit: &Visit,
        newest: &Listed,
        context: &Context,
    ) -> Result<String, Error> {
        let Some(client) = &found.client else { return Err(outside(found)) };
        let date = self.on.unwrap_or(visit.assessment.date);
        if date < visit.assessment.date {
            return Err(too_early(found, date));
        }
        let assessment =
            upgrade::upgraded(&visit.questionnaire, &visit.assessment, &newest.questionnaire, date);
        let made = context.store()?.create_upgraded(client, newest, &assessment)?;
        Ok(client.reference(made))
    }
}

fn newest_already(found: &Found, questionnaire: &Questionnaire) -> Error {
    let (reference, head) = (found.reference(), &questionnaire.head);
    Error::refused(
        format!("{reference} est déjà faite avec {} {}", head.id, head.version),
        format!("{reference} is made with {} {} already", head.id, head.version),
    )
    .hint(
        "--questionnaire nomme une autre version, par son dossier",
        "--questionnaire names another version, by its folder",
    )
}

fn outside(found: &Found) -> Error {
    let reference = found.reference();
    Error::refused(
        format!("{reference} n’est pas une visite de ce dépôt : où mettre la nouvelle n’est pas connu"),
        format!("{reference} is no visit of this store: where to put the new one is not known"),
    )
    .hint(
        "nommer le dépôt avec --store ; --preview suffit pour voir",
        "name the store with --store; --preview is enough to look",
    )
}

fn too_early(found: &Found, date: Date) -> Error {
    let reference = found.reference();
    Error::refused(
        format!("{date} est avant la visite {reference}"),
        format!("{date} is before the visit {reference}"),
    )
    .hint("choisir la date de la visite ou une date ultérieure", "choose the visit’s date or a later one")
}

/// The two versions side by side.
struct Preview<'a> {
    old: &'a Questionnaire,
    new: &'a Questionnaire,
    paper: Paper,
    language: Language,
}

impl Preview<'_> {
    fn print(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let upgrade = upgrade::preview(self.old, self.new);
        let (old, new) = (&self.old.head, &self.new.head);
        let line = format!("{} {} → {} {}", old.id, old.version, new.id, new.version);
        self.paper.item(0, &line, Ink::Heading, out)?;
        let (unchanged, modified) = (upgrade.unchanged.len(), upgrade.modified.len());
        let (removed, added) = (upgrade.removed.len(), upgrade.added.len());
        let line = match self.language {
            Language::Fr => format!(
                "{unchanged} {}, {modified} {}, {removed} {}, {added} {}",
                self.language.plural(unchanged, "question inchangée", "questions inchangées"),
                self.language.plural(modified, "modifiée", "modifiées"),
                self.language.plural(removed, "retirée", "retirées"),
                self.language.plural(added, "ajoutée", "ajoutées"),
            ),
            Language::En => format!(
                "{unchanged} {} unchanged, {modified} modified, {removed} removed, {added} added",
                self.language.plural(unchanged, "question", "questions"),
            ),
        };
        self.paper.item(0, &line, Ink::Plain, out)?;
        let common = comparison::common(self.old, self.new);
        let comparable = compatibility(common, added, removed, self.language);
        self.paper.item(0, &format!("Comparable{}{comparable}", colon(self.language)), Ink::Plain, out)?;
        if modified > 0 {
            self.paper.heading(self.language.pick("Modifiées", "Modified"), out)?;
        }
        for modified in &upgrade.modified {
            self.modified(modified, out)?;
        }
        self.list(("Retirées", "Removed"), &upgrade.removed, self.old, Ink::Worse, out)?;
        self.list(("Ajoutées", "Added"), &upgrade.added, self.new, Ink::Better, out)?;
        writeln!(out)
    }

    fn list(
        &self,
        heading: (&str, &str),
        questions: &[QuestionId],
        of: &Questionnaire,
        ink: Ink,
        out: &mut dyn Write,
    ) -> std::io::Result<()> {
        if !questions.is_empty() {
            self.paper.heading(self.language.pick(heading.0, heading.1), out)?;
        }
        for id in questions {
            self.paper.item(2, &self.title(of.question(id), id), ink, out)?;
        }
        Ok(())
    }

    fn modified(&self, modified: &Modified, out: &mut dyn Write) -> std::io::Result<()> {
        let id = &modified.question;
        let aspects: Vec<&str> = modified.aspects.iter().map(|aspect| said(*aspect, self.language)).collect();
        let mut line = self.title(self.new.question(id), id);
        if !aspects.is_empty() {
            line = format!("{line} [{}]", aspects.join(", "));
        }
        self.paper.item(2, &line, Ink::Plain, out)?;
        for rewording in &modified.words {
            if rewording.old.get(self.language) == rewording.new.get(self.language) {
                let only = self.language.pick("en anglais seulement", "in French only");
                let label = format!("{} ({only})", place(&rewording.place, self.language));
                self.paper.item(4, &label, Ink::Quiet, out)?;
                continue;
            }
            let label = format!("{}{}", place(&rewording.place, self.language), colon(self.language));
            self.paper.words(4, &label, &rewording.pieces(self.language), out)?;
        }
        Ok(())
    }

    fn title(&self, question: Option<&Question>, id: &QuestionId) -> String {
        let title = question.map_or("", |question| question.title.get(self.language));
        format!("{} ({id})", plain_line(title))
    }
}

fn said(aspect: Aspect, language: Language) -> &'static str {
    match aspect {
        Aspect::Risk => language.pick("risque", "risk"),
        Aspect::Values => language.pick("valeur des réponses", "what answers are worth"),
        Aspect::Condition => language.pick("à qui elle est posée", "whom it is asked of"),
        Aspect::Step => language.pick("étape", "step"),
    }
}

/// What a text of a question is.
fn place(place: &Place, language: Language) -> String {
    let of = |what: &str, id: &str| format!("{what} {id}");
    let (choice, column) = (language.pick("choix", "choice"), language.pick("colonne", "column"));
    match place {
        Place::Title => language.pick("titre", "title").to_owned(),
        Place::Ask => language.pick("question", "question").to_owned(),
        Place::Help => language.pick("aide", "help").to_owned(),
        Place::LookFor => language.pick("preuves à demander", "evidence to ask for").to_owned(),
        Place::Yes => language.pick("sens de oui", "what yes means").to_owned(),
        Place::Partly => language.pick("sens de en partie", "what partly means").to_owned(),
        Place::No => language.pick("sens de non", "what no means").to_owned(),
        Place::Unit => language.pick("unité", "unit").to_owned(),
        Place::Choice(id) => of(choice, id.as_str()),
        Place::Column(id) | Place::ColumnUnit(id) => of(column, id.as_str()),
        Place::ColumnChoice(id, of_choice) => format!("{column} {id}, {choice} {of_choice}"),
        Place::Reference => language.pick("référence", "reference").to_owned(),
        Place::Remedy => language.pick("remède", "remedy").to_owned(),
        Place::Owner => language.pick("responsable proposé", "proposed owner").to_owned(),
        Place::Law => language.pick("textes", "law").to_owned(),
        Place::Maps => language.pick("correspondances", "frameworks").to_owned(),
    }
}
