//! How does a whole visit read in a terminal? Question by question, with everything that was noted.

use std::collections::BTreeSet;
use std::io;
use std::io::Write;

use crate::cli::print::colon;
use crate::cli::print::labelled;
use crate::domain::answer::Row;
use crate::domain::assessment::Assessment;
use crate::domain::condition::Truth;
use crate::domain::id::TableId;
use crate::domain::questionnaire::Column;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::seal;
use crate::domain::text::Language;
use crate::domain::text::plain_line;
use crate::domain::words;
use crate::report::record::Record;
use crate::storage::assessments::Visit;

/// What every line needs.
struct Reading<'a> {
    assessment: &'a Assessment,
    questionnaire: &'a Questionnaire,
    record: Record<'a>,
    language: Language,
    /// A table that several questions share is printed with the first.
    tables_printed: BTreeSet<TableId>,
}

pub fn print(reference: &str, visit: &Visit, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let (assessment, questionnaire) = (&visit.assessment, visit.questionnaire.as_ref());
    let mut reading = Reading {
        assessment,
        questionnaire,
        record: Record::new(questionnaire, assessment, language),
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
            if matches!(seal::Integrity::of(self.assessment), seal::Integrity::Broken(_)) {
                let changed = self.pick(
                    "Modifiée depuis\u{202f}: `privaudit verify` dit où",
                    "Changed since: `privaudit verify` says where",
                );
                writeln!(out, "{changed}")?;
            }
        }
        if let Some(at) = &self.assessment.at {
            writeln!(out, "{} {at}", self.pick("Laissée à", "Left at"))?;
        }
        self.to_know(out)
    }

    /// What the profile tells about the business beyond the questions to be asked.
    fn to_know(&self, out: &mut dyn Write) -> io::Result<()> {
        let held = self.record.scope.flags().filter(|(_, truth)| *truth == Truth::Yes);
        let informing = held.filter_map(|(id, _)| self.questionnaire.flag(id)).filter(|flag| flag.informs);
        let titles: Vec<String> = informing.map(|flag| plain_line(flag.title.get(self.language))).collect();
        if !titles.is_empty() {
            let label = self.pick("À savoir", "To know");
            writeln!(out, "{label}{}{}", self.colon(), titles.join(", "))?;
        }
        Ok(())
    }

    fn question(&mut self, question: &Question, out: &mut dyn Write) -> io::Result<()> {
        let entry = self.record.entry(question);
        if !entry.asked && !entry.recorded {
            return Ok(());
        }
        let title = plain_line(question.title.get(self.language));
        writeln!(out, "\n  {title}  [{}]", question.id)?;
        let marks = entry.marks.iter().map(|mark| format!(" ({mark})")).collect::<Vec<_>>().concat();
        writeln!(out, "    {}{marks}", plain_line(&entry.said))?;
        for (what, text) in &entry.beside {
            let label = format!("    {}{}", what.word(self.language), self.colon());
            writeln!(out, "{}", labelled(&label, text))?;
        }
        self.fields(&entry.fields, "    ", out)?;
        match entry.table {
            Some(table) if self.tables_printed.insert(table.id.clone()) => {
                self.rows(table.rows, table.columns, out)
            }
            _ => Ok(()),
        }
    }

    fn rows(&self, rows: &[Row], columns: &[Column], out: &mut dyn Write) -> io::Result<()> {
        for (index, row) in rows.iter().enumerate() {
            writeln!(out, "    {} {}", self.pick("ligne", "row"), index + 1)?;
            self.fields(&self.record.cells(row, columns), "      ", out)?;
        }
        Ok(())
    }

    fn fields(&self, fields: &[(String, String)], margin: &str, out: &mut dyn Write) -> io::Result<()> {
        for (name, text) in fields {
            writeln!(out, "{}", labelled(&format!("{margin}{name}{}", self.colon()), text))?;
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
