//! How does a whole visit read in a terminal? Question by question, with everything that was noted.

use std::collections::BTreeSet;
use std::io;
use std::io::Write;

use crate::cli::print::colon;
use crate::cli::print::labelled;
use crate::domain::answer::Answer;
use crate::domain::answer::Override;
use crate::domain::answer::Row;
use crate::domain::assessment::Assessment;
use crate::domain::assessment::State;
use crate::domain::condition::Truth;
use crate::domain::id::TableId;
use crate::domain::questionnaire::Column;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scope::Scope;
use crate::domain::text::Language;
use crate::domain::text::plain_line;
use crate::domain::words;
use crate::storage::assessments::Visit;

/// What every line needs.
struct Reading<'a> {
    assessment: &'a Assessment,
    questionnaire: &'a Questionnaire,
    scope: Scope<'a>,
    language: Language,
    /// A table that several questions share is printed with the first.
    tables_printed: BTreeSet<TableId>,
}

pub fn print(reference: &str, visit: &Visit, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let (assessment, questionnaire) = (&visit.assessment, visit.questionnaire.as_ref());
    let mut reading = Reading {
        assessment,
        questionnaire,
        scope: Scope::new(questionnaire, assessment),
        language,
        tables_printed: BTreeSet::new(),
    };
    reading.head(reference, out)?;
    for step in questionnaire.parts() {
        writeln!(out, "\n{}", plain_line(step.title.get(language)).to_uppercase())?;
        for question in &step.questions {
            reading.question(question, out)?;
        }
    }
    reading.rest(out)
}

impl Reading<'_> {
    fn pick<T>(&self, fr: T, en: T) -> T {
        self.language.pick(fr, en)
    }

    fn colon(&self) -> &'static str {
        colon(self.language)
    }

    fn head(&self, reference: &str, out: &mut dyn Write) -> io::Result<()> {
        let pin = &self.assessment.questionnaire;
        let client = plain_line(&self.assessment.client);
        writeln!(out, "{client} · {} · {reference}", self.language.date(self.assessment.date))?;
        let digest = pin.digest.get(..16).unwrap_or(&pin.digest);
        writeln!(out, "{} {} ({digest})", plain_line(&pin.id), plain_line(&pin.version))?;
        if self.assessment.express {
            writeln!(out, "{}", self.pick("Visite rapide", "Express visit"))?;
        }
        if let Some(seal) = &self.assessment.seal {
            let sealed = self.pick("Scellée le", "Sealed on");
            writeln!(out, "{sealed} {} · {}", self.language.date(seal.on), plain_line(&seal.digest))?;
        }
        if let Some(at) = &self.assessment.at {
            writeln!(out, "{} {at}", self.pick("Laissée à", "Left at"))?;
        }
        self.to_know(out)
    }

    /// What the profile tells about the business beyond the questions to be asked.
    fn to_know(&self, out: &mut dyn Write) -> io::Result<()> {
        let held = self.scope.flags().filter(|(_, truth)| *truth == Truth::Yes);
        let informing = held.filter_map(|(id, _)| self.questionnaire.flag(id)).filter(|flag| flag.informs);
        let titles: Vec<String> = informing.map(|flag| plain_line(flag.title.get(self.language))).collect();
        if !titles.is_empty() {
            let label = self.pick("À savoir", "To know");
            writeln!(out, "{label}{}{}", self.colon(), titles.join(", "))?;
        }
        Ok(())
    }

    fn question(&mut self, question: &Question, out: &mut dyn Write) -> io::Result<()> {
        let answer = self.assessment.answer(&question.id);
        let table = self.questionnaire.table_of(question);
        let has_rows = table.as_ref().is_some_and(|(table, _)| !self.assessment.rows(table).is_empty());
        let asked = self.scope.asks(question);
        if !asked && answer.is_none() && !has_rows {
            return Ok(());
        }
        let title = plain_line(question.title.get(self.language));
        writeln!(out, "\n  {title}  [{}]", question.id)?;
        writeln!(out, "    {}", self.said(question, answer, asked))?;
        if let Some(answer) = answer {
            self.beside(question, answer, out)?;
        }
        if let Some((table, columns)) = table.filter(|_| has_rows)
            && self.tables_printed.insert(table.clone())
        {
            self.rows(self.assessment.rows(&table), columns, out)?;
        }
        Ok(())
    }

    /// The value in words, and how it counts where that is not plain.
    fn said(&self, question: &Question, answer: Option<&Answer>, asked: bool) -> String {
        let state = self.assessment.state(question, self.questionnaire);
        let mut said = match answer.and_then(|answer| answer.value.as_ref()) {
            Some(value) => plain_line(&words::value(self.language, question, value)),
            None if state == State::Answered => self.pick("voir le tableau", "see the table").to_owned(),
            None => self.pick("sans réponse", "not answered").to_owned(),
        };
        let has_value = answer.is_some_and(|answer| answer.value.is_some());
        if has_value && state == State::Unanswered {
            said.push_str(self.pick(" (ne compte pas encore)", " (does not count yet)"));
        }
        if !asked {
            said.push_str(self.pick(" (non posée)", " (not asked)"));
        }
        if let Some(from) = answer.and_then(|answer| answer.carried) {
            let from = self.language.date(from);
            said.push_str(
                &self.pick(format!(" (reprise du {from})"), format!(" (carried over from {from})")),
            );
        }
        if answer.is_some_and(|answer| answer.flagged) {
            said.push_str(self.pick(" (à revoir)", " (to come back to)"));
        }
        said
    }

    /// What stands beside the value.
    fn beside(&self, question: &Question, answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
        let line = |out: &mut dyn Write, label: &str, text: &str| {
            if text.trim().is_empty() {
                return Ok(());
            }
            writeln!(out, "{}", labelled(&format!("    {label} "), text))
        };
        line(out, self.pick("dit par :", "said by:"), &answer.said_by)?;
        line(out, self.pick("raison :", "reason:"), &answer.reason)?;
        line(out, self.pick("d’accord :", "agreed by:"), &answer.agreed_by)?;
        line(out, self.pick("note :", "note:"), &answer.note)?;
        if let Some(level) = answer.evidence {
            let on = answer.evidence_on.map_or(String::new(), |on| format!(", {}", self.language.date(on)));
            let level = words::evidence(self.language, level);
            line(out, self.pick("preuve :", "evidence:"), &format!("{level}{on}"))?;
        }
        line(out, self.pick("avis du consultant :", "consultant’s judgement:"), &answer.judgement)?;
        let own = |own: &Override| format!("{} · {}", own.figure, own.reason);
        if let Some(severity) = &answer.severity {
            line(out, self.pick("gravité pour ce client :", "severity for this client:"), &own(severity))?;
        }
        if let Some(likelihood) = &answer.likelihood {
            let label = self.pick("vraisemblance pour ce client :", "likelihood for this client:");
            line(out, label, &own(likelihood))?;
        }
        if !answer.follow_up.is_empty() {
            let by = answer.follow_up.by.map_or(String::new(), |by| format!(" · {}", self.language.date(by)));
            let who = format!("{}{by}", answer.follow_up.who);
            line(out, self.pick("se renseigne :", "will find out:"), &who)?;
        }
        self.fields(&answer.details, question.fields(), "    ", out)
    }

    fn rows(&self, rows: &[Row], columns: &[Column], out: &mut dyn Write) -> io::Result<()> {
        for (index, row) in rows.iter().enumerate() {
            writeln!(out, "    {} {}", self.pick("ligne", "row"), index + 1)?;
            self.fields(row, columns, "      ", out)?;
        }
        Ok(())
    }

    /// Filled cells in the order of the columns; then those whose column is unknown here.
    fn fields(&self, row: &Row, columns: &[Column], margin: &str, out: &mut dyn Write) -> io::Result<()> {
        for column in columns {
            if let Some(cell) = row.get(&column.id) {
                let label =
                    format!("{margin}{}{}", plain_line(column.title.get(self.language)), self.colon());
                writeln!(out, "{}", labelled(&label, &words::cell(self.language, &column.kind, cell)))?;
            }
        }
        for (id, cell) in row.iter().filter(|(id, _)| !columns.iter().any(|column| column.id == **id)) {
            writeln!(out, "{}", labelled(&format!("{margin}{id}{}", self.colon()), &cell.word()))?;
        }
        Ok(())
    }

    /// What belongs to no question of this questionnaire, and what became of the findings.
    fn rest(&self, out: &mut dyn Write) -> io::Result<()> {
        let foreign =
            self.assessment.answers.iter().filter(|(id, _)| self.questionnaire.question(id).is_none());
        for (index, (id, answer)) in foreign.enumerate() {
            if index == 0 {
                let title =
                    self.pick("RÉPONSES À D’AUTRES QUESTIONNAIRES", "ANSWERS TO OTHER QUESTIONNAIRES");
                writeln!(out, "\n{title}")?;
            }
            let value = answer.value.as_ref().map_or(String::new(), crate::domain::answer::Value::word);
            writeln!(out, "{}", labelled(&format!("  {id}{}", self.colon()), &value))?;
            if !answer.note.is_empty() {
                writeln!(out, "{}", labelled(&format!("    note{}", self.colon()), &answer.note))?;
            }
        }
        let tables = &self.assessment.tables;
        for (id, rows) in tables.iter().filter(|(id, _)| !self.tables_printed.contains(*id)) {
            writeln!(out, "\n  {} {id}", self.pick("Tableau", "Table"))?;
            self.rows(rows, &[], out)?;
        }
        self.actions(out)
    }

    fn actions(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.assessment.actions.is_empty() {
            return Ok(());
        }
        writeln!(out, "\nACTIONS")?;
        for (id, plan) in &self.assessment.actions {
            let due = plan.due.map_or(String::new(), |due| self.language.date(due));
            let status = words::status(self.language, plan.status);
            let parts = [status, &plan.owner, &due, &plan.reason];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            writeln!(out, "{}", labelled(&format!("  {id}{}", self.colon()), &parts.join(" · ")))?;
        }
        Ok(())
    }
}
