//! What is asked, and what was answered? The interview: one question at a time, one key an answer.

use std::collections::BTreeSet;

use super::evidence::filled_in;
use super::note::Belongs;
use super::note::Note;
use super::reader::Scroll;
use crate::domain::answer::Answer;
use crate::domain::answer::Value;
use crate::domain::assessment::State;
use crate::domain::id::ChoiceId;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::Choice;
use crate::domain::questionnaire::Question;
use crate::domain::recording::Entry;
use crate::domain::recording::take_back;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::tui::intent::Intent;
use crate::tui::visit::Difference;
use crate::tui::visit::Visit;

mod context;
mod forms;
mod header;
mod offers;
mod outline;
mod page;
mod places;
mod question;
mod reaction;

pub use reaction::Opens;
pub use reaction::Reaction;

use forms::follow_up_form;
use forms::judgement_form;
use forms::reason_form;
use forms::resolve_form;
use forms::value_form;
use forms::who_form;
use offers::details;
use offers::evidence;
use offers::note;
use offers::open_points;
use places::DIGITS;
use places::first_choice;
use places::place_of;
use places::places;
use places::uses_cursor;

#[derive(Debug, Clone, Default)]
pub struct Interview {
    /// Among the choices of the question.
    cursor: usize,
    help: Scroll,
    last_answered: Option<QuestionId>,
}

impl Interview {
    /// After moving to another question: from its beginning.
    pub fn arrive(&mut self, visit: &Visit) {
        self.help = Scroll::default();
        let chosen = match visit.answer(visit.current()).and_then(|answer| answer.value.as_ref()) {
            Some(Value::Choice(id)) => visit.question().and_then(|question| place_of(question, id)),
            _ => None,
        };
        self.cursor = chosen.unwrap_or(0);
    }

    /// `page` is how many lines of help are seen at once.
    pub fn update(&mut self, intent: Intent, visit: &mut Visit, language: Language, page: usize) -> Reaction {
        if changes(intent)
            && let Some(why) = &visit.read_only
        {
            return Reaction { notice: Some(why.message.clone()), ..Reaction::default() };
        }
        let Some(question) = visit.question().cloned() else { return Reaction::default() };
        match intent {
            Intent::Yes | Intent::Partly | Intent::No => self.say(intent, &question, visit),
            Intent::Digit(digit) => self.digit(digit, &question, visit, language),
            Intent::Toggle if uses_cursor(&question) => self.choose(self.cursor, &question, visit, language),
            Intent::Toggle => how_to_answer(&question),
            Intent::Confirm => self.confirm(&question, visit, language),
            Intent::Unknown => {
                let mut reaction = self.record(&question.id, Value::Unknown, visit);
                reaction.opens = Some(Opens::Form(Box::new(follow_up_form(visit, &question, language))));
                reaction
            }
            Intent::NotApplicable => {
                let mut reaction = self.record(&question.id, Value::NotApplicable, visit);
                reaction.opens = Some(Opens::Form(Box::new(reason_form(visit, &question, language))));
                reaction
            }
            Intent::ClearAnswer => Reaction::changed(visit.change(&question.id, take_back)),
            Intent::Note => note(visit, &question.id),
            Intent::NoteOnLast => match self.last_answered.clone() {
                Some(last) => note(visit, &last),
                None => Reaction::notice("aucune réponse n’a encore été donnée", "no answer was given yet"),
            },
            Intent::Evidence => evidence(visit, &question.id),
            Intent::WhoSaidIt => Reaction::form(who_form(visit, &question.id, language)),
            Intent::Judgement => Reaction::form(judgement_form(visit, &question, language)),
            Intent::Details => details(visit, &question, language),
            Intent::FlagForLater => {
                Reaction::changed(visit.change(&question.id, |answer| answer.flagged = !answer.flagged))
            }
            Intent::AcceptProposal => self.accept(&question, visit),
            Intent::Resolve if !visit.contradictions(&question.id).is_empty() => {
                Reaction::form(resolve_form(&question, language))
            }
            Intent::Resolve => Reaction::notice(
                "aucun relevé ne contredit cette réponse",
                "no capture disproves this answer",
            ),
            Intent::OpenPoints => open_points(visit),
            Intent::Undo => self.after_undo(visit.undo(), visit),
            Intent::Redo => self.after_undo(visit.redo(), visit),
            other => self.move_about(other, &question, visit, page),
        }
    }

    fn move_about(
        &mut self,
        intent: Intent,
        question: &Question,
        visit: &mut Visit,
        page: usize,
    ) -> Reaction {
        let last = places(question).saturating_sub(1);
        let moved = match intent {
            Intent::PageDown | Intent::PageUp => {
                self.help.update(intent, page);
                return Reaction::default();
            }
            Intent::Down if uses_cursor(question) && self.cursor < last => {
                self.cursor += 1;
                return Reaction::default();
            }
            Intent::Up if uses_cursor(question) && self.cursor > 0 => {
                self.cursor -= 1;
                return Reaction::default();
            }
            Intent::Down | Intent::NextQuestion => visit.step(1),
            Intent::Up | Intent::PreviousQuestion => visit.step(-1),
            Intent::NextStep => visit.next_part(true),
            Intent::PreviousStep => visit.next_part(false),
            Intent::First | Intent::Last => {
                let questions: Vec<QuestionId> =
                    visit.asked_in(visit.current_part()).map(|question| question.id.clone()).collect();
                let target = if intent == Intent::First { questions.first() } else { questions.last() };
                target.is_some_and(|target| visit.go_to(target))
            }
            _ => return Reaction::default(),
        };
        if moved {
            visit.leave_left_open();
            self.arrive(visit);
            return Reaction::default();
        }
        match intent {
            Intent::Down | Intent::NextQuestion | Intent::NextStep => Reaction::notice(
                "c’est la fin : « r » montre le résultat",
                "this is the end: “r” shows the result",
            ),
            _ => Reaction::default(),
        }
    }

    fn after_undo(&mut self, difference: Option<Difference>, visit: &Visit) -> Reaction {
        self.arrive(visit);
        match difference {
            Some(difference) => Reaction::changed(difference),
            None => Reaction::notice("plus rien à annuler ou à rétablir", "nothing left to undo or redo"),
        }
    }

    fn say(&mut self, intent: Intent, question: &Question, visit: &mut Visit) -> Reaction {
        if !matches!(question.answer, AnswerKind::YesPartlyNo) {
            return how_to_answer(question);
        }
        let value = match intent {
            Intent::Yes => Value::Yes,
            Intent::Partly => Value::Partly,
            _ => Value::No,
        };
        let reaction = self.record(&question.id, value, visit);
        self.advance(visit, reaction)
    }

    /// Takes over what a capture proposes, as tested; where no answer is proposed, the lines of the table.
    fn accept(&mut self, question: &Question, visit: &mut Visit) -> Reaction {
        let Some(entry) = visit.proposal(question).map(|proposal| proposal.entry()) else {
            return match visit.fill_in(question) {
                Some((count, difference)) => {
                    Reaction { notice: Some(filled_in(count)), ..Reaction::changed(difference) }
                }
                None => Reaction::notice(
                    "aucun relevé ne propose de réponse ici",
                    "no capture proposes an answer here",
                ),
            };
        };
        self.last_answered = Some(question.id.clone());
        let difference = visit.change(&question.id, |answer| entry.apply(answer));
        self.arrive(visit);
        Reaction {
            notice: Some(Text::new(
                "réponse du relevé acceptée, preuve « testé » ; « u » l’annule",
                "the capture’s answer accepted, evidence “tested”; “u” undoes it",
            )),
            ..Reaction::changed(difference)
        }
    }

    /// Records a value on a question, without moving on.
    fn record(&mut self, id: &QuestionId, value: Value, visit: &mut Visit) -> Reaction {
        self.last_answered = Some(id.clone());
        Reaction::changed(visit.change(id, |answer| {
            Entry::of(value).apply(answer);
        }))
    }

    /// On to the next question that applies; behind the last one there is something to say, too.
    pub fn advance(&mut self, visit: &mut Visit, reaction: Reaction) -> Reaction {
        if visit.advance() {
            self.arrive(visit);
            return reaction;
        }
        Reaction { notice: Some(at_the_end(visit)), ..reaction }
    }

    fn digit(&mut self, digit: u8, question: &Question, visit: &mut Visit, language: Language) -> Reaction {
        match &question.answer {
            AnswerKind::Number { .. } | AnswerKind::Date { .. } => {
                let mut form = value_form(visit, question, language);
                form.update(Intent::Type(char::from_digit(u32::from(digit), 10).unwrap_or('0')), language);
                Reaction::form(form)
            }
            AnswerKind::YesPartlyNo => match digit {
                1 => self.say(Intent::Yes, question, visit),
                2 => self.say(Intent::Partly, question, visit),
                3 => self.say(Intent::No, question, visit),
                _ => how_to_answer(question),
            },
            AnswerKind::Choices { .. } | AnswerKind::Table { .. } if digit == 0 => {
                self.nothing(question, visit, language)
            }
            AnswerKind::Choice(_) | AnswerKind::Choices { .. } => {
                let index = if digit == 0 { DIGITS - 1 } else { usize::from(digit) - 1 };
                self.choose(index, question, visit, language)
            }
            AnswerKind::Text | AnswerKind::Table { .. } => how_to_answer(question),
        }
    }

    /// None of these; a table without a line needs a reason.
    fn nothing(&mut self, question: &Question, visit: &mut Visit, language: Language) -> Reaction {
        let reaction = self.record(&question.id, Value::Nothing, visit);
        if matches!(question.answer, AnswerKind::Table { .. }) {
            let form = reason_form(visit, question, language);
            return Reaction { opens: Some(Opens::Form(Box::new(form))), ..reaction };
        }
        self.advance(visit, reaction)
    }

    /// The choice at a place: answers and moves on, or is ticked among several.
    fn choose(
        &mut self,
        index: usize,
        question: &Question,
        visit: &mut Visit,
        language: Language,
    ) -> Reaction {
        let beside = first_choice(question);
        let Some(choice) = index.checked_sub(beside).and_then(|index| question.choices().get(index)) else {
            return match question.answer {
                AnswerKind::Number { .. } | AnswerKind::Date { .. } => {
                    Reaction::form(value_form(visit, question, language))
                }
                _ => how_to_answer(question),
            };
        };
        self.cursor = index;
        if !question.takes_several() {
            let reaction = self.record(&question.id, Value::Choice(choice.id.clone()), visit);
            return self.advance(visit, reaction);
        }
        let mut chosen = chosen(visit.answer(&question.id));
        if !chosen.remove(&choice.id) {
            for other in question.choices().iter().filter(|other| excludes(choice, other)) {
                chosen.remove(&other.id);
            }
            chosen.insert(choice.id.clone());
        }
        if chosen.is_empty() {
            return Reaction::changed(visit.change(&question.id, |answer| answer.value = None));
        }
        self.record(&question.id, Value::Choices(chosen), visit)
    }

    fn confirm(&mut self, question: &Question, visit: &mut Visit, language: Language) -> Reaction {
        let carried = visit.answer(&question.id).is_some_and(|answer| answer.carried.is_some());
        if carried && visit.read_only.is_none() {
            let difference = visit.change(&question.id, |answer| answer.carried = None);
            self.last_answered = Some(question.id.clone());
            return self.advance(visit, Reaction::changed(difference));
        }
        match &question.answer {
            AnswerKind::Number { .. } | AnswerKind::Date { .. } if visit.read_only.is_none() => {
                self.choose(self.cursor, question, visit, language)
            }
            // Only what is seen to be chosen: where digits reach every choice, no place is marked on the screen.
            AnswerKind::Choice(_) if visit.read_only.is_none() && uses_cursor(question) => {
                self.choose(self.cursor, question, visit, language)
            }
            AnswerKind::Text if visit.read_only.is_none() => {
                let said = match visit.answer(&question.id).and_then(|answer| answer.value.as_ref()) {
                    Some(Value::Text(text)) => text.clone(),
                    _ => String::new(),
                };
                let note = Note::new(question.id.clone(), Belongs::Answer, question.title.clone(), &said);
                Reaction { opens: Some(Opens::Note(note)), ..Reaction::default() }
            }
            AnswerKind::Table { .. } => details(visit, question, language),
            AnswerKind::Choices { .. } if visit.state(&question.id) == Some(State::Unanswered) => {
                self.advance(visit, nothing_ticked(question))
            }
            _ => self.advance(visit, Reaction::default()),
        }
    }
}

/// Whoever goes on without a tick may believe to have said "none of them".
fn nothing_ticked(question: &Question) -> Reaction {
    let title = &question.title;
    Reaction::notice(
        format!("{}\u{202f}: rien de coché, reste sans réponse (0 dit qu’il n’y a rien)", title.fr),
        format!("{}: nothing ticked, so still unanswered (0 says that there is none)", title.en),
    )
}

/// What is left to do after the last question, and the keys that lead there.
fn at_the_end(visit: &Visit) -> Text {
    let unanswered = visit.asked.iter().filter(|id| visit.state(id) == Some(State::Unanswered)).count();
    let open = visit.open_points().len();
    let tell = |language: Language| {
        let colon = language.pick("\u{202f}: ", ": ");
        let counts = [
            (unanswered, language.pick("sans réponse", "unanswered")),
            (open, language.pick("en suspens (F)", "open points (F)")),
        ];
        let mut parts = vec![language.pick("dernière question", "the last question").to_owned()];
        let counted = counts.iter().filter(|(count, _)| *count > 0);
        parts.extend(counted.map(|(count, what)| format!("{what}{colon}{count}")));
        parts.push(language.pick("résultat (r)", "result (r)").to_owned());
        parts.join(" · ")
    };
    Text::new(tell(Language::Fr), tell(Language::En))
}

/// Whether an intent would change the visit.
pub fn changes(intent: Intent) -> bool {
    matches!(
        intent,
        Intent::Yes
            | Intent::Partly
            | Intent::No
            | Intent::Digit(_)
            | Intent::Toggle
            | Intent::Unknown
            | Intent::NotApplicable
            | Intent::ClearAnswer
            | Intent::Note
            | Intent::NoteOnLast
            | Intent::Evidence
            | Intent::WhoSaidIt
            | Intent::Judgement
            | Intent::FlagForLater
            | Intent::AcceptProposal
            | Intent::Resolve
            | Intent::Undo
            | Intent::Redo
    )
}

fn excludes(one: &Choice, other: &Choice) -> bool {
    one.group.is_some() && one.group == other.group && one.id != other.id
}

fn chosen(answer: Option<&Answer>) -> BTreeSet<ChoiceId> {
    match answer.and_then(|answer| answer.value.as_ref()) {
        Some(Value::Choices(chosen)) => chosen.clone(),
        _ => BTreeSet::new(),
    }
}

fn how_to_answer(question: &Question) -> Reaction {
    match &question.answer {
        AnswerKind::YesPartlyNo => Reaction::notice("o oui, p en partie, n non", "y yes, p partly, n no"),
        AnswerKind::Choice(_) => {
            Reaction::notice("un chiffre choisit la réponse", "a digit chooses the answer")
        }
        AnswerKind::Choices { .. } => Reaction::notice(
            "les chiffres cochent, Entrée valide, 0 : aucun",
            "digits tick, Enter confirms, 0: none of these",
        ),
        AnswerKind::Number { .. } => {
            Reaction::notice("tapez le nombre, puis Entrée", "type the number, then Enter")
        }
        AnswerKind::Date { .. } => {
            Reaction::notice("tapez la date, puis Entrée", "type the date, then Enter")
        }
        AnswerKind::Text => Reaction::notice("Entrée ouvre le texte", "Enter opens the text"),
        AnswerKind::Table { .. } => {
            Reaction::notice("Entrée ouvre le tableau, 0 : aucune ligne", "Enter opens the table, 0: no line")
        }
    }
}
