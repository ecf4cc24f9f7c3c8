//! How is a question said? Where we are, what is asked, what can be answered, what is known already.

use super::talk::Stop;
use super::talk::Talk;
use crate::domain::answer::Answer;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::Details;
use crate::domain::questionnaire::Question;
use crate::domain::recording::Lack;
use crate::domain::refusal;
use crate::domain::words;

impl Talk {
    pub fn say_question(&mut self) -> Result<(), Stop> {
        let Some(question) = self.desk.visit.question().cloned() else {
            return Ok(self.voice.say(self.pick("Aucune question.", "No question."))?);
        };
        self.voice.say(&self.place())?;
        if let Some(opening) = self.desk.visit.opening() {
            self.labelled(self.pick("En ouverture", "To open with"), opening.get(self.language))?;
        }
        self.voice.say(question.title.get(self.language))?;
        self.voice.say(question.ask.get(self.language))?;
        if let Some(reference) = &question.reference {
            self.labelled(self.pick("Repère", "Reference"), reference.get(self.language))?;
        }
        self.say_choices(&question)?;
        self.say_known(&question)
    }

    /// `Step 3 of 7, Secure the data. Question 4 of 26.`
    fn place(&self) -> String {
        let visit = &self.desk.visit;
        let part = visit.current_part();
        let title = part.title.get(self.language);
        let asked: Vec<_> = visit.asked_in(part).map(|question| &question.id).collect();
        let number = asked.iter().position(|id| *id == visit.current()).map_or(0, |index| index + 1);
        let (step, steps, of) = (visit.part_index(), visit.questionnaire.steps.len(), asked.len());
        match step {
            0 => self.pick(
                format!("{title}. Question {number} sur {of}."),
                format!("{title}. Question {number} of {of}."),
            ),
            step => self.pick(
                format!("Étape {step} sur {steps}, {title}. Question {number} sur {of}."),
                format!("Step {step} of {steps}, {title}. Question {number} of {of}."),
            ),
        }
    }

    fn say_choices(&self, question: &Question) -> Result<(), Stop> {
        let language = self.language;
        match &question.answer {
            AnswerKind::YesPartlyNo => {
                let means = question.means.as_ref();
                let lines = [
                    (self.pick("o", "y"), self.pick("oui", "yes"), means.map(|means| &means.yes)),
                    ("p", self.pick("en partie", "partly"), means.map(|means| &means.partly)),
                    ("n", self.pick("non", "no"), means.map(|means| &means.no)),
                ];
                if means.is_none() {
                    self.voice.item(2, self.pick("o oui, p en partie, n non", "y yes, p partly, n no"))?;
                    return Ok(());
                }
                for (letter, word, meaning) in lines {
                    let meaning = meaning.map_or("", |meaning| meaning.get(language));
                    let said = if meaning.is_empty() {
                        word.to_owned()
                    } else {
                        format!("{word}{}{meaning}", self.look().colon())
                    };
                    self.voice.item(2, &format!("{letter}. {said}"))?;
                }
            }
            AnswerKind::Choice(choices) | AnswerKind::Choices { of: choices, .. } => {
                for (index, choice) in choices.iter().enumerate() {
                    self.voice.item(2, &format!("{}. {}", index + 1, choice.text.get(language)))?;
                }
                if question.takes_several() {
                    self.voice.say(self.pick(
                        "Plusieurs choix possibles, par exemple 1,3 ; 0 : aucun.",
                        "Several choices may hold, such as 1,3; 0: none.",
                    ))?;
                }
            }
            AnswerKind::Number { or, .. } | AnswerKind::Date { or, .. } => {
                let kind = refusal::kind(question);
                self.labelled(self.pick("À répondre", "To answer"), kind.get(language))?;
                for choice in or {
                    self.voice.item(
                        2,
                        &format!("{}{}{}", choice.id, self.look().colon(), choice.text.get(language)),
                    )?;
                }
            }
            AnswerKind::Text => {
                self.voice.item(2, self.pick("Réponse en texte libre.", "Answer in free text."))?;
            }
            AnswerKind::Table { .. } => self.voice.item(
                2,
                self.pick("Un tableau : t l’ouvre ; 0 : aucune ligne.", "A table: t opens it; 0: no row."),
            )?,
        }
        Ok(())
    }

    /// The answer so far, what the last visit said, and what stands beside it.
    fn say_known(&mut self, question: &Question) -> Result<(), Stop> {
        let language = self.language;
        self.say_last_visit(question)?;
        let answer = self.desk.visit.answer(&question.id).cloned().unwrap_or_default();
        if let Some(said) = words::answer(language, question, Some(&answer)) {
            self.labelled(self.pick("Réponse", "Answer"), &said)?;
        }
        if let Some(carried) = answer.carried {
            let date = language.date(carried);
            self.voice.say(&self.pick(
                format!("Repris de la visite du {date}, à confirmer : ligne vide, ou répondez à nouveau."),
                format!("Carried over from the visit of {date}, to confirm: empty line, or answer afresh."),
            ))?;
        }
        self.say_rows(question)?;
        self.say_remarks(question, &answer)?;
        self.say_captured(question)
    }

    fn say_remarks(&self, question: &Question, answer: &Answer) -> Result<(), Stop> {
        let language = self.language;
        let lines = [
            (self.pick("Motif", "Reason"), answer.reason.as_str()),
            (self.pick("Confirmé par", "Agreed by"), answer.agreed_by.as_str()),
            (self.pick("Note", "Note"), answer.note.as_str()),
            (self.pick("Dit par", "Said by"), answer.said_by.as_str()),
            (self.pick("Qui se renseigne", "Who will find out"), answer.follow_up.who.as_str()),
            (self.pick("Votre avis", "Your judgement"), answer.judgement.as_str()),
        ];
        for (label, text) in lines.into_iter().filter(|(_, text)| !text.is_empty()) {
            self.labelled(label, text)?;
        }
        if let Some(by) = answer.follow_up.by {
            self.labelled(self.pick("Pour le", "By"), &language.date(by))?;
        }
        if let Some(level) = answer.evidence {
            self.labelled(self.pick("Preuve", "Evidence"), words::evidence(language, level))?;
        }
        for (label, own) in [
            (self.pick("Autre gravité", "Other severity"), &answer.severity),
            (self.pick("Autre vraisemblance", "Other likelihood"), &answer.likelihood),
        ] {
            if let Some(own) = own {
                self.labelled(label, &format!("{} ({})", own.figure, own.reason))?;
            }
        }
        for column in question.fields() {
            if let Some(cell) = answer.details.get(&column.id) {
                let said = words::cell(language, &column.kind, cell);
                self.labelled(column.title.get(language), &said)?;
            }
        }
        if answer.flagged {
            self.voice.say(self.pick("À revoir.", "Flagged for later."))?;
        }
        match self.desk.visit.assessment().lacks(question, &self.desk.visit.questionnaire) {
            None => {}
            Some(Lack::Reason) => {
                self.voice.say(self.pick("Il manque le motif.", "The reason is missing."))?;
            }
            Some(Lack::SecondPerson) => {
                self.voice
                    .say(self.pick("Il manque la deuxième personne.", "The second person is missing."))?;
            }
        }
        Ok(())
    }

    fn say_last_visit(&self, question: &Question) -> Result<(), Stop> {
        let Some(previous) = &self.desk.visit.previous else { return Ok(()) };
        let before = previous.answer(&question.id);
        let table = self.desk.visit.questionnaire.table_of(question);
        let rows = table.map_or(0, |(table, _)| previous.rows(&table).len());
        let said = match (words::answer(self.language, question, before), rows) {
            (Some(said), _) => said,
            (None, 0) => self.pick("sans réponse", "unanswered").to_owned(),
            (None, rows) => self.rows_counted(rows),
        };
        let date = self.language.date(previous.date);
        self.labelled(&self.pick(format!("Le {date}"), format!("On {date}")), &said)?;
        if let Some(note) = before.map(|before| before.note.trim()).filter(|note| !note.is_empty()) {
            self.labelled(self.pick("Note d’alors", "Note then"), note)?;
        }
        Ok(())
    }

    fn say_rows(&self, question: &Question) -> Result<(), Stop> {
        let visit = &self.desk.visit;
        let Some((table, _)) = visit.questionnaire.table_of(question) else {
            if matches!(question.details, Some(Details::Fields(_))) {
                self.voice.say(self.pick("t : précisions.", "t: details."))?;
            }
            return Ok(());
        };
        let rows = self.rows_counted(visit.assessment().rows(&table).len());
        self.labelled(self.pick("t, tableau", "t, table"), &rows)
    }

    fn rows_counted(&self, rows: usize) -> String {
        let word = self.language.plural(rows, self.pick("ligne", "row"), self.pick("lignes", "rows"));
        format!("{rows} {word}")
    }

    pub fn labelled(&self, label: &str, text: &str) -> Result<(), Stop> {
        Ok(self.voice.say(&format!("{}{text}", self.asked(label)))?)
    }

    /// A label and what parts it from what follows: a colon, unless it is a question itself.
    pub fn asked(&self, label: &str) -> String {
        if label.ends_with('?') { format!("{label} ") } else { format!("{label}{}", self.look().colon()) }
    }
}
