//! What is kept beside an answer? Note, evidence, who said it, the consultant's judgement, the flag.

use super::fields::Field;
use super::talk::Stop;
use super::talk::Talk;
use crate::domain::answer::Cell;
use crate::domain::answer::Evidence;
use crate::domain::answer::Override;
use crate::domain::answer::Row;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Choice;
use crate::domain::questionnaire::Question;
use crate::domain::recording::Entry;
use crate::domain::text::Text;
use crate::domain::words;

impl Talk {
    /// Adds to the note: the text behind the command, or lines up to one with a single point.
    pub fn note(&mut self, question: &Question, given: &str) -> Result<(), Stop> {
        let before = self.desk.visit.answer(&question.id).map_or(String::new(), |answer| answer.note.clone());
        if !given.is_empty() {
            return self.keep_note(&question.id, &before, given);
        }
        if !before.is_empty() {
            self.voice.say(&format!("Note{}{before}", self.look().colon()))?;
        }
        self.voice.say(self.pick(
            "La note, ligne après ligne ; une ligne avec un seul point finit. « - » efface la note.",
            "The note, line by line; a line with a single point ends it. “-” empties the note.",
        ))?;
        let mut lines: Vec<String> = Vec::new();
        let stopped = loop {
            match self.hear_more() {
                Ok(line) if line.trim() == "." => break None,
                Ok(line) if line.trim() == "-" && lines.is_empty() => {
                    return self
                        .record(&question.id, Entry { note: Some(String::new()), ..Entry::default() });
                }
                Ok(line) => lines.push(line),
                Err(stop) => break Some(stop),
            }
        };
        if !lines.is_empty() {
            self.keep_note(&question.id, &before, &lines.join("\n"))?;
        }
        stopped.map_or(Ok(()), Err)
    }

    fn keep_note(&mut self, id: &QuestionId, before: &str, more: &str) -> Result<(), Stop> {
        let note = if before.is_empty() { more.to_owned() } else { format!("{before}\n{more}") };
        self.record(id, Entry { note: Some(note), ..Entry::default() })
    }

    pub fn note_on_last(&mut self, given: &str) -> Result<(), Stop> {
        let last = self.last_answered.as_ref().and_then(|id| self.desk.visit.questionnaire.question(id));
        match last.cloned() {
            Some(question) => {
                self.voice.say(question.title.get(self.language))?;
                self.note(&question, given)
            }
            None => Ok(self
                .refuse_text(Text::new("aucune réponse n’a encore été donnée", "no answer was given yet"))?),
        }
    }

    pub fn evidence(&mut self, question: &Question, given: &str) -> Result<(), Stop> {
        let choice = |level: Evidence| Choice {
            id: level.word().into(),
            text: Text::new(
                words::evidence(crate::domain::text::Language::Fr, level),
                words::evidence(crate::domain::text::Language::En, level),
            ),
            ..Choice::default()
        };
        let levels: Vec<Choice> = Evidence::ALL.into_iter().map(choice).collect();
        let chosen = |typed: &str, talk: &Talk| {
            super::reply::numbered(typed, &levels)
                .or_else(|| super::reply::named(typed, &levels, talk.language))
                .and_then(|id| Evidence::from_word(id.as_str()))
        };
        let mut given = given.to_owned();
        if given.is_empty() {
            self.voice.say(self.pick("Comment le sait-on\u{202f}?", "How well is it known?"))?;
            for (index, level) in Evidence::ALL.into_iter().enumerate() {
                let (name, meaning) =
                    (words::evidence(self.language, level), words::evidence_meaning(self.language, level));
                self.voice.item(2, &format!("{}. {name}{}{meaning}", index + 1, self.look().colon()))?;
            }
            given = self.hear_more()?;
        }
        match chosen(given.trim(), self) {
            Some(level) => self.record(&question.id, Entry { evidence: Some(level), ..Entry::default() }),
            None if given.trim().is_empty() => Ok(()),
            None => Ok(self.refuse_text(Text::new(
                format!("« {given} » n’est pas un niveau de preuve : 1 à 4"),
                format!("{given:?} is no level of evidence: 1 to 4"),
            ))?),
        }
    }

    pub fn who_said_it(&mut self, question: &Question, given: &str) -> Result<(), Stop> {
        let answer = self.desk.visit.answer(&question.id);
        let mut before = Row::new();
        if let Some(who) = answer.map(|answer| answer.said_by.clone()).filter(|who| !who.is_empty()) {
            before.insert("who".into(), Cell::Text(who));
        }
        if !given.is_empty() {
            self.remember(Some("who"), "who", given);
            return self.record(&question.id, Entry { said_by: Some(given.to_owned()), ..Entry::default() });
        }
        let field = Field::new("who", Text::new("Qui l’a dit", "Who said it"), CellKind::Text);
        let filled = self.fill(Some("who"), &[field], before)?;
        let who = filled.text("who");
        self.record(&question.id, Entry { said_by: Some(who), ..Entry::default() })?;
        filled.end()
    }

    /// The consultant's own judgement, apart from what the client said.
    pub fn judgement(&mut self, question: &Question) -> Result<(), Stop> {
        let answer = self.desk.visit.answer(&question.id).cloned().unwrap_or_default();
        let mut fields = vec![Field::new(
            "judgement",
            Text::new(
                "Votre avis, distinct de ce que dit le client",
                "Your judgement, apart from what the client says",
            ),
            CellKind::Text,
        )];
        if let Some(scored) = self.desk.visit.score.question(&question.id) {
            let (severity, likelihood) = (scored.severity, scored.likelihood);
            self.voice.say(&self.pick(
                format!("Gravité {severity}, vraisemblance {likelihood} ; une autre valeur ne compte qu’avec son motif."),
                format!("Severity {severity}, likelihood {likelihood}; another figure counts only with its reason."),
            ))?;
            let because = || Text::new("Parce que", "Because");
            fields.extend([
                Field::new("severity", Text::new("Autre gravité", "Other severity"), figures()),
                Field::new("severity_reason", because(), CellKind::Text),
                Field::new("likelihood", Text::new("Autre vraisemblance", "Other likelihood"), figures()),
                Field::new("likelihood_reason", because(), CellKind::Text),
            ]);
        }
        let mut before = Row::new();
        let text = |text: &str| (!text.is_empty()).then(|| Cell::Text(text.to_owned()));
        before.extend(text(&answer.judgement).map(|cell| ("judgement".into(), cell)));
        for (id, reason, own) in [
            ("severity", "severity_reason", &answer.severity),
            ("likelihood", "likelihood_reason", &answer.likelihood),
        ] {
            let Some(own) = own else { continue };
            before.insert(id.into(), Cell::Choice(own.figure.to_string().as_str().into()));
            before.extend(text(&own.reason).map(|cell| (reason.into(), cell)));
        }
        // A reason belongs to a figure of one's own.
        let asks = |field: &Field, row: &Row| {
            let figure = field.id.as_str().strip_suffix("_reason");
            figure.is_none_or(|figure| row.contains_key(figure))
        };
        let filled = self.fill_where(Some("judgement"), &fields, before, asks)?;
        let own = |figure: &str, reason: &str| match filled.row.get(figure) {
            Some(Cell::Choice(id)) => {
                id.as_str().parse().ok().map(|figure| Override { figure, reason: filled.text(reason) })
            }
            _ => None,
        };
        let (severity, likelihood) =
            (own("severity", "severity_reason"), own("likelihood", "likelihood_reason"));
        let judgement = filled.text("judgement");
        let difference = self.desk.change(&question.id, |answer| {
            (answer.severity, answer.likelihood) = (severity, likelihood);
            Entry { judgement: Some(judgement), ..Entry::default() }.apply(answer);
        });
        self.settle(&difference)?;
        filled.end()
    }

    pub fn flag(&mut self, question: &Question) -> Result<(), Stop> {
        let difference = self.desk.change(&question.id, |answer| answer.flagged = !answer.flagged);
        let flagged = self.desk.visit.answer(&question.id).is_some_and(|answer| answer.flagged);
        self.voice.say(match flagged {
            true => self.pick("À revoir.", "Flagged for later."),
            false => self.pick("N’est plus à revoir.", "Not flagged any more."),
        })?;
        self.settle(&difference)
    }

    pub fn undo(&mut self, again: bool) -> Result<(), Stop> {
        let done = if again { self.desk.visit.redo() } else { self.desk.visit.undo() };
        match done {
            Some(difference) => {
                self.voice.say(match again {
                    true => self.pick("rétabli", "done again"),
                    false => self.pick("annulé", "undone"),
                })?;
                self.settle(&difference)?;
                self.ask_anew();
            }
            None => self
                .voice
                .say(self.pick("plus rien à annuler ou à rétablir", "nothing left to undo or redo"))?,
        }
        Ok(())
    }
}

/// 1 to 4, in the CNIL's words.
fn figures() -> CellKind {
    use crate::domain::text::Language;
    let choice = |figure: u8| Choice {
        id: figure.to_string().as_str().into(),
        text: Text::new(words::figure(Language::Fr, figure), words::figure(Language::En, figure)),
        ..Choice::default()
    };
    CellKind::Choice((1..=4).map(choice).collect())
}
