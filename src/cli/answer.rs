//! `privaudit answer`: how is an answer recorded without the interface? One by one, or many from a file.

use std::io::Write;
use std::path::PathBuf;

use clap::ArgGroup;
use clap::Args;
use jiff::civil::Date;

use super::change::change;
use super::context::Context;
use super::failure::Failure;
use super::failure::shown;
use super::help::Words;
use super::parse;
use super::question;
use super::today::today;
use crate::domain::answer::Cell;
use crate::domain::answer::Evidence;
use crate::domain::answer::Override;
use crate::domain::answer::Value;
use crate::domain::assessment::Assessment;
use crate::domain::contradiction;
use crate::domain::id::ColumnId;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::recording::Entry;
use crate::domain::refusal;
use crate::domain::text::Language;
use crate::domain::text::plain_line;
use crate::storage::error::Error;

mod bulk;
mod remarks;

/// What belongs to one question, and not to a file of answers.
const RECORDED: [&str; 20] = [
    "question",
    "value",
    "clear",
    "confirm",
    "accept",
    "resolve",
    "note",
    "reason",
    "agreed_by",
    "by",
    "evidence",
    "evidence_on",
    "judgement",
    "severity",
    "likelihood",
    "flag",
    "unflag",
    "find_out",
    "until",
    "detail",
];

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("own_figure").args(["severity", "likelihood"]).multiple(true)))]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Answer {
    #[arg(value_name = "REF")]
    reference: String,
    #[arg(value_name = "QUESTION", required_unless_present = "from")]
    question: Option<String>,
    #[arg(value_name = "VALUE", allow_negative_numbers = true)]
    value: Option<String>,
    #[arg(long, conflicts_with = "value")]
    clear: bool,
    #[arg(long, conflicts_with_all = ["value", "clear"])]
    confirm: bool,
    #[arg(long, conflicts_with_all = ["value", "clear", "confirm"])]
    accept: bool,
    #[arg(long, value_name = "TEXT", conflicts_with = "accept")]
    resolve: Option<String>,
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[arg(long, value_name = "NAME")]
    agreed_by: Option<String>,
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    #[arg(long, value_name = "LEVEL", value_parser = parse::evidence)]
    evidence: Option<Evidence>,
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    evidence_on: Option<Date>,
    #[arg(long, value_name = "TEXT")]
    judgement: Option<String>,
    #[arg(long, value_name = "1-4", value_parser = parse::figure, requires = "because")]
    severity: Option<u8>,
    #[arg(long, value_name = "1-4", value_parser = parse::figure, requires = "because")]
    likelihood: Option<u8>,
    #[arg(long, value_name = "TEXT", requires = "own_figure")]
    because: Option<String>,
    #[arg(long)]
    flag: bool,
    #[arg(long, conflicts_with = "flag")]
    unflag: bool,
    #[arg(long, value_name = "NAME")]
    find_out: Option<String>,
    #[arg(long, value_name = "DATE", value_parser = parse::date)]
    until: Option<Date>,
    #[arg(long, value_name = "COLUMN=VALUE")]
    detail: Vec<String>,
    #[arg(long, value_name = "FILE", conflicts_with_all = RECORDED)]
    from: Option<PathBuf>,
}

pub const WORDS: Words = Words {
    about: (
        "Enregistre une réponse, ou toutes celles d’un fichier CSV",
        "Records one answer, or all those of a CSV file",
    ),
    arguments: &[
        (
            "reference",
            "la visite : CLIENT (la dernière), CLIENT@DATE, CLIENT@DATE.2, ou un fichier",
            "the visit: CLIENT (the latest), CLIENT@DATE, CLIENT@DATE.2, or a file",
        ),
        ("question", "l’id de la question", "the question’s id"),
        (
            "value",
            "yes, partly, no, na, unknown, none ; l’id d’un choix, ou plusieurs avec des virgules ; un nombre, une date, un texte",
            "yes, partly, no, na, unknown, none; a choice’s id, or several with commas; a number, a date, a text",
        ),
        ("clear", "retire la réponse", "takes the answer back"),
        (
            "confirm",
            "la réponse reprise de la dernière visite vaut toujours",
            "the answer taken over from the last visit still holds",
        ),
        (
            "accept",
            "la réponse qu’un relevé propose, avec la preuve « testé »",
            "the answer that a capture proposes, with the evidence “tested”",
        ),
        (
            "resolve",
            "ce qui explique une réponse qu’un relevé contredit ; --by dit qui l’explique",
            "what explains an answer that a capture disproves; --by says who explains it",
        ),
        ("note", "ce qui a été dit autour de la réponse", "what was said around the answer"),
        ("reason", "pourquoi c’est sans objet, ou aucun", "why it does not apply, or why there is none"),
        (
            "agreed_by",
            "la deuxième personne, pour un point éliminatoire sans objet",
            "the second person, for a knock-out that does not apply",
        ),
        ("by", "qui l’a dit", "who said it"),
        (
            "evidence",
            "le niveau de preuve : said (dit), explained (expliqué), seen (vu), tested (testé)",
            "the level of evidence: said, explained, seen, tested",
        ),
        (
            "evidence_on",
            "la date de la preuve (celle de la visite)",
            "the date of the evidence (that of the visit)",
        ),
        (
            "judgement",
            "l’avis du consultant, à part de ce que dit le client",
            "what the consultant thinks, apart from what the client says",
        ),
        (
            "severity",
            "une autre gravité pour ce client, avec --because",
            "another severity for this client, with --because",
        ),
        (
            "likelihood",
            "une autre vraisemblance pour ce client, avec --because",
            "another likelihood for this client, with --because",
        ),
        ("because", "la raison de cette autre valeur", "the reason for that other figure"),
        ("flag", "à revoir plus tard", "to come back to"),
        ("unflag", "n’est plus à revoir", "not to come back to any more"),
        ("find_out", "qui va se renseigner", "who will find out"),
        ("until", "avant quelle date se renseigner", "by when to find out"),
        (
            "detail",
            "un champ demandé avec la question ; plusieurs fois possible",
            "a field asked with the question; may be given several times",
        ),
        (
            "from",
            "un fichier CSV (ou -) aux colonnes question, value, note, reason, evidence, by, agreed_by … ; tout ou rien",
            "a CSV file (or -) with columns question, value, note, reason, evidence, by, agreed_by …; all or nothing",
        ),
    ],
    commands: &[],
};

impl Answer {
    pub fn run(&self, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        match (&self.from, &self.question) {
            (Some(file), _) => bulk::run(&self.reference, file, context, out),
            (None, Some(id)) => self.record(id, context, out),
            // Clap asks for one of the two.
            (None, None) => Ok(()),
        }
    }

    fn record(&self, id: &str, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
        let (reference, (id, word)) = change(context, &self.reference, |questionnaire, assessment| {
            let question = question::find(questionnaire, id)?;
            let entry = self.entry(question)?;
            let entry =
                if self.accept { accepted(entry, questionnaire, assessment, question)? } else { entry };
            if let Some(text) = &self.resolve {
                let by = self.by.as_deref().unwrap_or_default();
                resolve(questionnaire, assessment, question, text, by)?;
            }
            if entry.is_empty() && !self.clear && self.resolve.is_none() {
                return Err(nothing_given(context.language));
            }
            if self.clear {
                assessment.take_back(&question.id);
            }
            assessment.record(&question.id, entry);
            remarks::after(question, questionnaire, assessment, context);
            Ok((question.id.clone(), word(question, questionnaire, assessment)))
        })?;
        writeln!(out, "{reference} {id}: {}", plain_line(&word))?;
        Ok(())
    }

    fn entry(&self, question: &Question) -> Result<Entry, Error> {
        let value = match &self.value {
            Some(word) => Some(value(word, question)?),
            None => None,
        };
        if (self.severity.is_some() || self.likelihood.is_some()) && question.risk.is_none() {
            let id = &question.id;
            return Err(Error::refused(
                format!("{id} n’est pas notée : elle n’a ni gravité ni vraisemblance"),
                format!("{id} is not scored: it has neither severity nor likelihood"),
            ));
        }
        let reason = self.because.clone().unwrap_or_default();
        if self.because.is_some() && reason.trim().is_empty() {
            return Err(Error::refused(
                "une autre valeur demande une raison écrite",
                "another figure needs a written reason",
            ));
        }
        let own = |figure: u8| Override { figure, reason: reason.clone() };
        Ok(Entry {
            value,
            reason: self.reason.clone(),
            agreed_by: self.agreed_by.clone(),
            note: self.note.clone(),
            // Who explains a contradiction has not given the answer.
            said_by: self.by.clone().filter(|_| self.resolve.is_none()),
            evidence: self.evidence,
            evidence_on: self.evidence_on,
            judgement: self.judgement.clone(),
            severity: self.severity.map(own),
            likelihood: self.likelihood.map(own),
            flagged: (self.flag || self.unflag).then_some(self.flag),
            find_out: self.find_out.clone(),
            until: self.until,
            details: self.detail.iter().map(|detail| field(detail, question)).collect::<Result<_, _>>()?,
            confirmed: self.confirm,
        })
    }
}

/// What a capture proposes, with whatever else was given beside it.
fn accepted(
    entry: Entry,
    questionnaire: &Questionnaire,
    assessment: &Assessment,
    question: &Question,
) -> Result<Entry, Error> {
    let id = &question.id;
    let Some(proposal) = contradiction::proposal(questionnaire, assessment, question) else {
        return Err(Error::refused(
            format!("{id} : aucun relevé ne propose une autre réponse"),
            format!("{id}: no capture proposes another answer"),
        )
        .hint(
            "`privaudit show REF` montre ce que les relevés proposent",
            "`privaudit show REF` shows what captures propose",
        ));
    };
    let proposed = proposal.entry();
    Ok(Entry {
        value: proposed.value,
        evidence: entry.evidence.or(proposed.evidence),
        evidence_on: entry.evidence_on.or(proposed.evidence_on),
        confirmed: true,
        ..entry
    })
}

fn resolve(
    questionnaire: &Questionnaire,
    assessment: &mut Assessment,
    question: &Question,
    text: &str,
    by: &str,
) -> Result<(), Error> {
    let id = &question.id;
    if text.trim().is_empty() {
        return Err(Error::refused(
            "une contradiction s’explique par écrit : le texte est vide",
            "a contradiction is explained in writing: the text is empty",
        ));
    }
    if assessment.resolve(questionnaire, id, text, by, today()) == 0 {
        return Err(Error::refused(
            format!("{id} : aucune contradiction ouverte"),
            format!("{id}: no open contradiction"),
        ));
    }
    Ok(())
}

fn nothing_given(language: Language) -> Failure {
    let error =
        Error::refused("rien à enregistrer : il manque la valeur", "nothing to record: the value is missing")
            .hint(
                "`privaudit answer REF QUESTION VALEUR`, ou une option telle que --note",
                "`privaudit answer REF QUESTION VALUE`, or an option such as --note",
            );
    Failure::Syntax(shown(&error, language))
}

fn value(word: &str, question: &Question) -> Result<Value, Error> {
    Value::from_word(word, question).map_err(|misfit| {
        let why = refusal::refused(word, &misfit);
        let takes = refusal::takes(question);
        let id = &question.id;
        Error::refused(format!("{id} : {}", why.fr), format!("{id}: {}", why.en)).hint(takes.fr, takes.en)
    })
}

/// `COLUMN=VALUE`; nothing behind the sign empties the field.
fn field(detail: &str, question: &Question) -> Result<(ColumnId, Option<Cell>), Error> {
    let (name, word) = detail.split_once('=').unwrap_or((detail, ""));
    let fields = question.fields();
    let Some(column) = fields.iter().find(|column| column.id.as_str() == name.trim()) else {
        let known = fields.iter().map(|column| column.id.as_str()).collect::<Vec<_>>().join(", ");
        let id = &question.id;
        let error = Error::refused(
            format!("{id} n’a pas de champ « {name} »"),
            format!("{id} has no field {name:?}"),
        );
        return Err(if known.is_empty() {
            error
        } else {
            error.hint(format!("champs : {known}"), format!("fields: {known}"))
        });
    };
    let cell = Cell::from_word(word, &column.kind).map_err(|misfit| {
        let why = refusal::refused(word, &misfit);
        let takes = refusal::cell_takes(&column.kind);
        Error::refused(format!("{name} : {}", why.fr), format!("{name}: {}", why.en))
            .hint(format!("ce champ accepte : {}", takes.fr), format!("this field takes: {}", takes.en))
    })?;
    Ok((column.id.clone(), cell))
}

/// What the question has for an answer now, as commands write it.
fn word(question: &Question, questionnaire: &Questionnaire, assessment: &Assessment) -> String {
    if let Some(value) = assessment.value(&question.id) {
        return value.word();
    }
    let rows = questionnaire.table_of(question).map_or(0, |(table, _)| assessment.rows(&table).len());
    match (&question.answer, rows) {
        (crate::domain::questionnaire::AnswerKind::Table { .. }, rows) if rows > 0 => {
            format!("{rows} {}", Language::En.plural(rows, "row", "rows"))
        }
        _ => "-".to_owned(),
    }
}
