//! What happens when a question is answered? It is recorded and saved; what belongs to the answer is asked; then on.

use super::fields::Field;
use super::talk::Stop;
use super::talk::Talk;
use crate::domain::answer::Cell;
use crate::domain::answer::Row;
use crate::domain::answer::Value;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Question;
use crate::domain::recording::Entry;
use crate::domain::recording::Lack;
use crate::domain::text::Text;

impl Talk {
    pub fn answer(&mut self, question: &Question, value: Value) -> Result<(), Stop> {
        let none_of_a_table = value == Value::Nothing && matches!(question.answer, AnswerKind::Table { .. });
        self.record(&question.id, Entry::of(value))?;
        if none_of_a_table {
            self.reason(question, "")?;
        }
        self.go_forward()
    }

    /// A carried answer holds; else the question is said again.
    pub fn confirm(&mut self, question: &Question) -> Result<(), Stop> {
        let carried = self.desk.visit.answer(&question.id).is_some_and(|answer| answer.carried.is_some());
        if carried && self.desk.visit.read_only.is_none() {
            self.record(&question.id, Entry { confirmed: true, ..Entry::default() })?;
            return self.go_forward();
        }
        self.ask_anew();
        Ok(())
    }

    pub fn unknown(&mut self, question: &Question) -> Result<(), Stop> {
        self.record(&question.id, Entry::of(Value::Unknown))?;
        let before = self.desk.visit.answer(&question.id).map(|answer| answer.follow_up.clone());
        let before = before.unwrap_or_default();
        let fields = [
            Field::new("who", Text::new("Qui se renseigne", "Who will find out"), CellKind::Text),
            Field::new("by", Text::new("Pour quelle date", "By when"), CellKind::Date),
        ];
        let mut filled = Row::new();
        filled.extend((!before.who.is_empty()).then(|| ("who".into(), Cell::Text(before.who))));
        filled.extend(before.by.map(|by| ("by".into(), Cell::Date(by))));
        let filled = self.fill(Some("follow-up"), &fields, filled)?;
        let by = match filled.row.get("by") {
            Some(Cell::Date(date)) => Some(*date),
            _ => None,
        };
        let who = filled.text("who");
        let difference = self.desk.change(&question.id, |answer| {
            answer.follow_up.by = by;
            Entry { find_out: Some(who), ..Entry::default() }.apply(answer);
        });
        self.settle(&difference)?;
        filled.end()?;
        self.go_forward()
    }

    /// `given` is a reason that was typed with the command.
    pub fn not_applicable(&mut self, question: &Question, given: &str) -> Result<(), Stop> {
        let reason = (!given.is_empty()).then(|| given.to_owned());
        self.record(&question.id, Entry { reason, ..Entry::of(Value::NotApplicable) })?;
        self.reason(question, given)?;
        self.go_forward()
    }

    /// Why it does not apply, or why there is none; for a knock-out that does not apply, who agrees.
    fn reason(&mut self, question: &Question, given: &str) -> Result<(), Stop> {
        let answer = self.desk.visit.answer(&question.id).cloned().unwrap_or_default();
        let mut fields = Vec::new();
        if given.is_empty() {
            fields.push(Field::new("reason", Text::new("Pourquoi", "Why"), CellKind::Text));
        }
        let knockout = question.risk.as_ref().is_some_and(|risk| risk.knockout);
        if knockout && answer.value == Some(Value::NotApplicable) {
            let agrees = Text::new(
                "Question éliminatoire : la deuxième personne qui confirme",
                "A knock-out: the second person who agrees",
            );
            fields.push(Field::new("agreed_by", agrees, CellKind::Text));
        }
        let mut before = Row::new();
        for (id, text) in [("reason", answer.reason), ("agreed_by", answer.agreed_by)] {
            before.extend((!text.is_empty()).then(|| (id.into(), Cell::Text(text))));
        }
        let filled = self.fill(Some("reason"), &fields, before)?;
        let reason = if given.is_empty() { filled.text("reason") } else { given.to_owned() };
        let agreed_by = filled.text("agreed_by");
        self.remember(Some("reason"), "reason", given);
        self.record(
            &question.id,
            Entry { reason: Some(reason), agreed_by: Some(agreed_by), ..Entry::default() },
        )?;
        let lacks = self.desk.visit.assessment().lacks(question, &self.desk.visit.questionnaire);
        match lacks {
            None => {}
            Some(Lack::Reason) => self.voice.say(self.pick(
                "Sans motif, la question compte comme sans réponse.",
                "Without a reason, the question counts as unanswered.",
            ))?,
            Some(Lack::SecondPerson) => self.voice.say(self.pick(
                "Sans deuxième personne, cette question éliminatoire compte comme sans réponse.",
                "Without a second person, this knock-out counts as unanswered.",
            ))?,
        }
        filled.end()
    }

    /// Records about a question, and saves.
    pub fn record(&mut self, id: &QuestionId, entry: Entry) -> Result<(), Stop> {
        if entry.value.is_some() || entry.confirmed {
            self.last_answered = Some(id.clone());
        }
        let difference = self.desk.change(id, |answer| entry.apply(answer));
        self.settle(&difference)
    }

    /// On to the next question that applies.
    fn go_forward(&mut self) -> Result<(), Stop> {
        if self.desk.visit.step(1) {
            self.ask_anew();
            return Ok(());
        }
        self.at_the_end()
    }

    pub fn at_the_end(&mut self) -> Result<(), Stop> {
        self.voice.say(self.pick(
            "C’est la dernière question. r donne le résultat, F les points en suspens, q quitte.",
            "This is the last question. r gives the result, F the open points, q quits.",
        ))?;
        Ok(())
    }
}
