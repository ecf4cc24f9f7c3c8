//! What is there to read? The result and where each figure comes from, the comparison, the actions, the help.

use super::fields::Field;
use super::talk::Stop;
use super::talk::Talk;
use super::wish::COMMANDS;
use crate::cli::actions;
use crate::cli::diff;
use crate::domain::action;
use crate::domain::answer::Cell;
use crate::domain::answer::Row;
use crate::domain::assessment::Plan;
use crate::domain::assessment::Status;
use crate::domain::comparison::compare;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Choice;
use crate::domain::questionnaire::Question;
use crate::domain::recording::clean;
use crate::domain::scoring::Figures;
use crate::domain::scoring::shown;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::words;
use crate::report::actions::Listed;
use crate::report::comparison::Compared;
use crate::report::comparison::End;
use crate::tui::effect::Effect;
use crate::tui::effect::Outcome;
use crate::tui::effect::Past;
use crate::tui::screens::copied;
use crate::tui::screens::explanation;
use crate::tui::screens::help;
use crate::tui::screens::reader::Paragraph;

impl Talk {
    /// The scores; with a number or an id, where that one comes from.
    pub fn result(&mut self, given: &str) -> Result<(), Stop> {
        let visit = &self.desk.visit;
        if !given.is_empty() {
            let step = given.parse::<usize>().ok();
            let explained = match step {
                Some(0) => explanation::overall(visit, self.look()),
                Some(step) => visit
                    .score
                    .steps
                    .get(step - 1)
                    .map_or(Vec::new(), |step| explanation::step(visit, &step.id, self.look())),
                None => explanation::question(visit, &QuestionId::new(given), self.look()),
            };
            if explained.is_empty() {
                return Ok(self.refuse_text(Text::new(
                    format!("pas de chiffre « {given} » : 0 (ensemble), le numéro d’une étape, ou l’id d’une question notée"),
                    format!("there is no figure {given:?}: 0 (overall), the number of a step, or the id of a scored question"),
                ))?);
            }
            return self.read(&explained);
        }
        let overall = self.figures(&visit.score.overall.figures);
        self.labelled(self.pick("0. Ensemble", "0. Overall"), &overall)?;
        for (index, step) in visit.questionnaire.steps.iter().enumerate() {
            let figures = visit.score.step(&step.id).map(|step| self.figures(&step.figures));
            let title = step.title.get(self.language);
            self.labelled(&format!("{}. {title}", index + 1), &figures.unwrap_or_default())?;
        }
        let findings = visit.score.findings.len();
        let word = self.language.plural(
            findings,
            self.pick("constat", "finding"),
            self.pick("constats", "findings"),
        );
        self.voice.say(&self.pick(
            format!("{findings} {word} : a les donne. « r 3 » explique le chiffre 3, « r ID » une question."),
            format!("{findings} {word}: a lists them. “r 3” explains figure 3, “r ID” a question."),
        ))?;
        Ok(())
    }

    /// `62, band C, several high risks; between 48 and 80; coverage 75%; medium confidence`
    fn figures(&self, figures: &Figures) -> String {
        let mut parts = Vec::new();
        match (figures.score, figures.band()) {
            (Some(score), Some(band)) => parts.push(format!(
                "{}, {} {}, {}",
                shown(score),
                self.pick("bande", "band"),
                band.letter(),
                words::band(self.language, band)
            )),
            _ => parts.push(self.pick("pas encore de score", "no score yet").to_owned()),
        }
        if let Some(interval) = figures.interval.filter(|_| self.look().interval(figures).is_some()) {
            parts.push(words::interval(self.language, interval));
        }
        let coverage = self.language.percent(figures.coverage);
        let confidence = words::confidence(self.language, figures.confidence);
        parts.push(self.pick(format!("couverture {coverage}"), format!("coverage {coverage}")));
        parts.push(self.pick(format!("confiance {confidence}"), format!("{confidence} confidence")));
        parts.join(" ; ").replace(" ; ", self.pick(" ; ", "; "))
    }

    /// The question to copy from here: a line a paragraph, not folded, between empty lines.
    pub fn copy(&self, question: &Question) -> Result<(), Stop> {
        let text = clean(&copied::question(&self.desk.visit, question, self.look()));
        self.voice.printed(format!("\n{text}\n\n").as_bytes())?;
        Ok(())
    }

    pub fn read(&self, paragraphs: &[Paragraph]) -> Result<(), Stop> {
        for paragraph in paragraphs.iter().filter(|paragraph| !paragraph.text.trim().is_empty()) {
            self.voice.say(&paragraph.text)?;
        }
        Ok(())
    }

    /// This visit against the one before; with a number, against another of the client's visits.
    pub fn comparison(&mut self, given: &str) -> Result<(), Stop> {
        let folder = self.desk.visit.folder.clone();
        let mut history: Vec<Past> = Vec::new();
        for outcome in self.desk.perform(Effect::ReadHistory { folder }) {
            match outcome {
                Outcome::History { visits, .. } => history = visits,
                Outcome::Failed(error) | Outcome::NoHistory { error, .. } => self.told(&error)?,
                _ => {}
            }
        }
        let here = history.iter().position(|past| past.reference == self.desk.visit.reference);
        history.truncate(here.unwrap_or(history.len()));
        if history.is_empty() {
            return Ok(self.voice.say(self.pick(
                "C’est la première visite : rien à quoi la comparer.",
                "This is the first visit: nothing to compare it with.",
            ))?);
        }
        let number = if given.is_empty() { Some(history.len()) } else { given.parse().ok() };
        let then = number.and_then(|number: usize| history.get(number.checked_sub(1)?));
        let Some(then) = then else {
            let last = history.len();
            return Ok(self.refuse_text(Text::new(
                format!("pas de visite « {given} » : 1 (la première) à {last} (la dernière avant celle-ci)"),
                format!("there is no visit {given:?}: 1 (the first) to {last} (the last before this one)"),
            ))?);
        };
        let visit = &self.desk.visit;
        let comparison = compare(
            &then.questionnaire,
            &then.assessment,
            &visit.questionnaire,
            visit.assessment(),
            self.today,
        );
        let compared = Compared {
            from: End {
                reference: &then.reference,
                questionnaire: &then.questionnaire,
                assessment: &then.assessment,
            },
            to: End {
                reference: &visit.reference,
                questionnaire: &visit.questionnaire,
                assessment: visit.assessment(),
            },
            comparison: &comparison,
        };
        let mut printed = Vec::new();
        diff::text::print(&compared, self.voice.paper(), self.language, &mut printed)?;
        self.voice.printed(&printed)?;
        Ok(())
    }

    /// The list; with a number or an id, asks who mends it, by when, and how far it is.
    pub fn actions(&mut self, given: &str) -> Result<(), Stop> {
        let findings = self.desk.visit.score.findings.clone();
        if given.is_empty() {
            self.list_actions()?;
            return Ok(self.voice.say(self.pick(
                "« a 1 » change la première : qui, pour quand, où elle en est.",
                "“a 1” changes the first: who, by when, where it stands.",
            ))?);
        }
        let by_number = given.parse::<usize>().ok().and_then(|number| findings.get(number.checked_sub(1)?));
        let chosen = by_number.or_else(|| findings.iter().find(|id| id.as_str() == given));
        let Some(id) = chosen.cloned() else {
            return Ok(self.refuse_text(Text::new(
                format!("pas d’action « {given} » : a les donne"),
                format!("there is no action {given:?}: a lists them"),
            ))?);
        };
        if let Some(why) = self.desk.visit.read_only.clone() {
            return Ok(self.refuse(&why)?);
        }
        self.plan(&id)
    }

    fn list_actions(&self) -> Result<(), Stop> {
        let visit = &self.desk.visit;
        let (questionnaire, assessment) = (visit.questionnaire.as_ref(), visit.assessment());
        let last = visit.previous.as_ref();
        let confirmed = last.map_or(Vec::new(), |last| action::confirmed(assessment, &visit.score, last));
        let listed = Listed {
            reference: &visit.reference,
            questionnaire,
            assessment,
            actions: &action::actions(questionnaire, assessment, &visit.score, last, self.today),
            follow_ups: &action::follow_ups(questionnaire, assessment, self.today),
            confirmed: &confirmed,
        };
        let mut printed = Vec::new();
        actions::print(&listed, self.voice.paper(), self.language, &mut printed)?;
        Ok(self.voice.printed(&printed)?)
    }

    fn plan(&mut self, id: &QuestionId) -> Result<(), Stop> {
        let before = self.desk.visit.assessment().actions.get(id).cloned().unwrap_or_default();
        let title = self.desk.visit.questionnaire.question(id).map(|question| question.title.clone());
        self.voice.say(title.unwrap_or_default().get(self.language))?;
        let fields = [
            Field::new("owner", Text::new("Responsable", "Owner"), CellKind::Text),
            Field::new("due", Text::new("Pour quelle date", "Due"), CellKind::Date),
            Field::new("status", Text::new("État", "Status"), statuses()),
            Field::new(
                "reason",
                Text::new("Pourquoi ce risque est accepté", "Why this risk is accepted"),
                CellKind::Text,
            ),
        ];
        let text = |text: &str| (!text.is_empty()).then(|| Cell::Text(text.to_owned()));
        let cells = [
            ("owner", text(&before.owner)),
            ("due", before.due.map(Cell::Date)),
            ("status", Some(Cell::Choice(before.status.word().into()))),
            ("reason", text(&before.reason)),
        ];
        let row: Row = cells.into_iter().filter_map(|(id, cell)| Some((id.into(), cell?))).collect();
        // Only a risk that is accepted needs a reason.
        let is_accepted =
            |row: &Row| row.get("status") == Some(&Cell::Choice(Status::Accepted.word().into()));
        let filled = self.fill_where(Some("plan"), &fields, row, |field, row| {
            field.id.as_str() != "reason" || is_accepted(row)
        })?;
        let due = match filled.row.get("due") {
            Some(Cell::Date(date)) => Some(*date),
            _ => None,
        };
        let status = match filled.row.get("status") {
            Some(Cell::Choice(id)) => Status::from_word(id.as_str()).unwrap_or_default(),
            _ => Status::default(),
        };
        let mut plan = Plan { owner: filled.text("owner"), due, status, reason: filled.text("reason") };
        if plan.status == Status::Accepted && plan.reason.trim().is_empty() {
            self.refuse_text(Text::new(
                "accepter un risque demande un motif\u{202f}: l’état reste ce qu’il était",
                "accepting a risk needs a reason: the status stays what it was",
            ))?;
            // The rest is kept: nothing that was said is lost.
            (plan.status, plan.reason) = (before.status, before.reason);
        }
        let difference = self.desk.edit(id, |assessment, _| assessment.plan(id, plan));
        self.settle(&difference)?;
        filled.end()
    }

    /// Why it is asked, what to look at, the law.
    pub fn question_help(&mut self, question: &Question) -> Result<(), Stop> {
        self.voice.say(question.help.get(self.language))?;
        if !question.look_for.is_empty() {
            self.labelled(self.pick("À voir", "Look at"), question.look_for.get(self.language))?;
        }
        if !question.law.is_empty() {
            self.labelled(self.pick("Droit", "Law"), &words::law(self.language, &question.law))?;
        }
        self.labelled("Id", question.id.as_str())
    }

    pub fn terms(&mut self, question: &Question) -> Result<(), Stop> {
        let terms = help::glossary(&self.desk.visit.questionnaire, question, self.look());
        self.read(&terms)
    }

    pub fn help(&mut self) -> Result<(), Stop> {
        self.voice.say(self.pick(
            "Répondre : y ou o oui, p en partie, n non ; le numéro d’un choix, plusieurs avec des virgules (1,3), 0 pour aucun ; un nombre, une date (23/11/2026), un texte. « = » devant : une réponse, même si c’est le nom d’une commande.",
            "To answer: y yes, p partly, n no; the number of a choice, several with commas (1,3), 0 for none; a number, a date (2026-11-23), a text. “=” in front: an answer, even if it is the name of a command.",
        ))?;
        for command in COMMANDS {
            let word = self.pick(command.words.0, command.words.1);
            let (takes, about) =
                (self.pick(command.takes.0, command.takes.1), self.pick(command.about.0, command.about.1));
            let names = [command.letter, word].into_iter().filter(|name| !name.is_empty());
            let names = names.collect::<Vec<_>>().join(", ");
            let names = if takes.is_empty() { names } else { format!("{names} {takes}") };
            let colon = if about.is_empty() { "" } else { self.look().colon() };
            self.voice.item(2, &format!("{names}{colon}{about}"))?;
        }
        Ok(())
    }
}

fn statuses() -> CellKind {
    let choice = |status: Status| Choice {
        id: status.word().into(),
        text: Text::new(words::status(Language::Fr, status), words::status(Language::En, status)),
        ..Choice::default()
    };
    CellKind::Choice(Status::ALL.into_iter().map(choice).collect())
}
