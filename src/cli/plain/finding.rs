//! How does one get to another question? Step by step, by words, from the list of steps or of open points.

use super::talk::Stop;
use super::talk::Talk;
use crate::domain::assessment::State;
use crate::domain::id::QuestionId;
use crate::domain::left_open::because;
use crate::domain::text::Text;
use crate::tui::screens::finder::keys_of;
use crate::tui::widgets::fuzzy::Match;
use crate::tui::widgets::fuzzy::Query;

/// More hits than one listens to.
const MOST: usize = 9;

impl Talk {
    pub fn step(&mut self, by: isize) -> Result<(), Stop> {
        let moved = self.desk.visit.step(by);
        self.moved(moved, by > 0)
    }

    pub fn go_part(&mut self, forward: bool) -> Result<(), Stop> {
        let moved = self.desk.visit.next_part(forward);
        self.moved(moved, forward)
    }

    fn moved(&mut self, moved: bool, forward: bool) -> Result<(), Stop> {
        if moved {
            self.ask_anew();
            return Ok(());
        }
        if forward {
            return self.at_the_end();
        }
        Ok(self.voice.say(self.pick("C’est la première question.", "This is the first question."))?)
    }

    pub fn go_end(&mut self, last: bool) {
        let visit = &self.desk.visit;
        let asked: Vec<&QuestionId> =
            visit.asked_in(visit.current_part()).map(|question| &question.id).collect();
        let target = if last { asked.last() } else { asked.first() }.map(|id| (*id).clone());
        if let Some(target) = target {
            self.desk.visit.go_to(&target);
        }
        self.ask_anew();
    }

    /// The list of steps; with a number, goes there.
    pub fn steps(&mut self, given: &str) -> Result<(), Stop> {
        let mut given = given.to_owned();
        if given.is_empty() {
            for (index, (part, progress)) in self.desk.visit.progress().enumerate() {
                let title = part.title.get(self.language);
                let mut line = self.pick(
                    format!("{index}. {title} : {} sur {}", progress.answered, progress.asked),
                    format!("{index}. {title}: {} of {}", progress.answered, progress.asked),
                );
                if progress.carried > 0 {
                    let carried = progress.carried;
                    line = self.pick(
                        format!("{line}, {carried} à confirmer"),
                        format!("{line}, {carried} to confirm"),
                    );
                }
                self.voice.item(2, &line)?;
            }
            self.voice
                .say(self.pick("Numéro, ou ligne vide pour rester.", "Number, or an empty line to stay."))?;
            given = self.hear_more()?;
        }
        if given.trim().is_empty() {
            return Ok(());
        }
        let entered = given.trim().parse().is_ok_and(|part| self.desk.visit.enter_part(part));
        if entered {
            self.ask_anew();
            return Ok(());
        }
        Ok(self.refuse_text(Text::new(
            format!("pas d’étape « {given} » avec une question à poser"),
            format!("there is no step {given:?} with a question to ask"),
        ))?)
    }

    /// Goes to the question with this id, or to the one that matches these words best; several are offered by number.
    pub fn find(&mut self, words: &str) -> Result<(), Stop> {
        if self.desk.visit.go_to(&QuestionId::new(words)) {
            self.ask_anew();
            return Ok(());
        }
        let hits = self.hits(words);
        if hits.is_empty() {
            return Ok(self.refuse_text(Text::new(
                format!("rien ne correspond à « {words} »"),
                format!("nothing matches {words:?}"),
            ))?);
        }
        self.offer(&hits, |_, _| String::new())
    }

    fn hits(&self, words: &str) -> Vec<QuestionId> {
        let query = Query::new(words);
        if query.is_empty() {
            return Vec::new();
        }
        let visit = &self.desk.visit;
        let asked = visit.asked.iter().filter_map(|id| visit.questionnaire.question(id));
        let questions: Vec<_> =
            asked.map(|question| (keys_of(question, self.language), &question.id)).collect();
        let exact = questions.iter().filter_map(|(keys, id)| Some((query.exact(keys)?, *id)));
        let mut found: Vec<(Match, &QuestionId)> = exact.collect();
        // What is heard cannot be skipped with the eyes: slips are forgiven where there is nothing else.
        if found.is_empty() {
            found = questions.iter().filter_map(|(keys, id)| Some((query.loose(keys)?, *id))).collect();
        }
        found.sort_by_key(|(found, _)| *found);
        found.into_iter().take(MOST).map(|(_, id)| id.clone()).collect()
    }

    pub fn open_points(&mut self) -> Result<(), Stop> {
        let points = self.desk.visit.open_points();
        if points.is_empty() {
            return Ok(self.voice.say(self.pick("Aucun point en suspens.", "No open point."))?);
        }
        self.offer(&points, Talk::why_open)
    }

    /// Why a question is to be come back to.
    fn why_open(&self, id: &QuestionId) -> String {
        let visit = &self.desk.visit;
        let answer = visit.answer(id);
        let mut why = Vec::new();
        if answer.is_some_and(|answer| answer.flagged) {
            why.push(self.pick("à revoir", "flagged").to_owned());
        }
        match visit.state(id) {
            Some(State::Unknown) => why.push(self.pick("ne sait pas", "not known").to_owned()),
            Some(State::Unanswered) => why.push(self.pick("sans réponse", "unanswered").to_owned()),
            _ => {}
        }
        why.extend(because(visit.assessment(), &visit.score, id, self.language).into_iter().flatten());
        if let Some(follow_up) = answer.map(|answer| &answer.follow_up) {
            why.extend((!follow_up.who.is_empty()).then(|| follow_up.who.clone()));
            why.extend(follow_up.by.map(|by| self.language.date(by)));
        }
        why.join(", ")
    }

    /// Lists questions by number and goes to the one that is chosen.
    fn offer(
        &mut self,
        ids: &[QuestionId],
        aside: impl Fn(&Talk, &QuestionId) -> String,
    ) -> Result<(), Stop> {
        for (index, id) in ids.iter().enumerate() {
            let title = self.desk.visit.questionnaire.question(id);
            let title = title.map_or("", |question| question.title.get(self.language));
            let aside = aside(self, id);
            let colon = if aside.is_empty() { "" } else { self.look().colon() };
            self.voice.item(2, &format!("{}. {title} ({id}){colon}{aside}", index + 1))?;
        }
        self.voice
            .say(self.pick("Numéro, ou ligne vide pour rester.", "Number, or an empty line to stay."))?;
        let line = self.hear_more()?;
        let line = line.trim();
        let chosen = line.parse::<usize>().ok().and_then(|number| ids.get(number.checked_sub(1)?));
        match chosen {
            _ if line.is_empty() => Ok(()),
            Some(id) => {
                self.desk.visit.go_to(id);
                self.ask_anew();
                Ok(())
            }
            None => Ok(self.refuse_text(Text::new(
                format!("« {line} » n’est pas dans cette liste"),
                format!("{line:?} is not in this list"),
            ))?),
        }
    }
}
