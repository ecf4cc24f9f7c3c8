//! How is a table filled line by line? Its rows are listed by number; a row is added, changed or removed, one column
//! after the other.

use super::talk::Stop;
use super::talk::Talk;
use crate::domain::answer::Row;
use crate::domain::id::QuestionId;
use crate::domain::id::TableId;
use crate::domain::questionnaire::Column;
use crate::domain::questionnaire::Question;
use crate::domain::text::Text;
use crate::domain::words;
use crate::storage::error::Error;

impl Talk {
    /// The table or the fields of a question.
    pub fn details(&mut self, question: &Question) -> Result<(), Stop> {
        let table = self.desk.visit.questionnaire.table_of(question);
        if let Some((table, columns)) = table.map(|(table, columns)| (table, columns.to_vec())) {
            return self.table(&question.id, &table, &columns);
        }
        if question.fields().is_empty() {
            return Ok(self.refuse_text(Text::new(
                "cette question n’a ni tableau ni précisions",
                "this question has no table and no details",
            ))?);
        }
        let before = self.desk.visit.answer(&question.id).map(|answer| answer.details.clone());
        let filled = self.fill(None, question.fields(), before.unwrap_or_default())?;
        let row = filled.row.clone();
        let difference = self.desk.change(&question.id, |answer| answer.details = row);
        self.settle(&difference)?;
        filled.end()
    }

    fn table(&mut self, question: &QuestionId, table: &TableId, columns: &[Column]) -> Result<(), Stop> {
        // Said anew when something changed, not after a slip.
        let mut said = false;
        loop {
            if !said {
                self.list_rows(table, columns)?;
                self.voice.say(self.pick(
                    "Tableau : + ajoute une ligne, 2 change la ligne 2, -2 la supprime ; ligne vide : retour à la question.",
                    "Table: + adds a row, 2 changes row 2, -2 removes it; empty line: back to the question.",
                ))?;
            }
            said = false;
            let line = self.hear_more()?;
            let mut rows = self.desk.visit.assessment().rows(table).to_vec();
            match line.trim() {
                "" | "q" | "." => {
                    self.ask_anew();
                    return Ok(());
                }
                "?" => {}
                "+" | "a" => self.row(question, table, columns, None)?,
                typed => match place(typed, rows.len()) {
                    Some((index, false)) => self.row(question, table, columns, Some(index))?,
                    Some((index, true)) => {
                        rows.remove(index);
                        self.keep_rows(question, table, rows)?;
                    }
                    None => {
                        let refused = Error::refused(
                            format!("pas de ligne « {typed} »"),
                            format!("there is no row {typed:?}"),
                        );
                        self.refuse(&refused.hint(
                            "ligne vide : retour à la question ; ? répète le tableau",
                            "empty line: back to the question; ? says the table again",
                        ))?;
                        said = true;
                    }
                },
            }
        }
    }

    fn list_rows(&mut self, table: &TableId, columns: &[Column]) -> Result<(), Stop> {
        let visit = &self.desk.visit;
        if let Some(table) = visit.questionnaire.table(table) {
            self.voice.say(table.title.get(self.language))?;
        }
        let rows = visit.assessment().rows(table);
        if rows.is_empty() {
            self.voice.say(self.pick("Aucune ligne.", "No row."))?;
        }
        for (index, row) in rows.iter().enumerate() {
            let cells = columns.iter().filter_map(|column| {
                let said = words::cell(self.language, &column.kind, row.get(&column.id)?);
                let title = column.title.get(self.language);
                Some(format!("{}{said}", self.asked(title)))
            });
            let cells = cells.collect::<Vec<_>>().join(self.pick(" ; ", "; "));
            self.voice.item(2, &format!("{}. {cells}", index + 1))?;
        }
        Ok(())
    }

    /// Changes a row, or adds one.
    fn row(
        &mut self,
        question: &QuestionId,
        table: &TableId,
        columns: &[Column],
        index: Option<usize>,
    ) -> Result<(), Stop> {
        let mut rows = self.desk.visit.assessment().rows(table).to_vec();
        let before = index.and_then(|index| rows.get(index)).cloned().unwrap_or_default();
        let filled = self.fill(None, columns, before)?;
        match index.and_then(|index| rows.get_mut(index)) {
            Some(row) => row.clone_from(&filled.row),
            None => rows.push(filled.row.clone()),
        }
        self.keep_rows(question, table, rows)?;
        filled.end()
    }

    fn keep_rows(&mut self, question: &QuestionId, table: &TableId, rows: Vec<Row>) -> Result<(), Stop> {
        let difference = self.desk.edit(question, |assessment, questionnaire| {
            assessment.record_rows(questionnaire, table, rows);
        });
        self.last_answered = Some(question.clone());
        self.settle(&difference)
    }
}

/// The index that `2` or `-2` means, and whether it is to be removed.
fn place(typed: &str, rows: usize) -> Option<(usize, bool)> {
    let (number, remove) = match typed.strip_prefix('-') {
        Some(number) => (number, true),
        None => (typed, false),
    };
    let index = number.trim().parse::<usize>().ok()?.checked_sub(1)?;
    (index < rows).then_some((index, remove))
}
