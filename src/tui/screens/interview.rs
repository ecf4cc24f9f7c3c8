//! What is asked, and what was answered? The interview: one question at a time, one key an answer.

use std::collections::BTreeSet;

use super::chooser;
use super::chooser::Chooser;
use super::chooser::Item;
use super::form::Form;
use super::form::Purpose;
use super::note::Belongs;
use super::note::Note;
use super::reader::Scroll;
use super::table::Table;
use crate::domain::answer::Answer;
use crate::domain::answer::Cell;
use crate::domain::answer::Evidence;
use crate::domain::answer::Row;
use crate::domain::answer::Value;
use crate::domain::assessment::State;
use crate::domain::id::ChoiceId;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Choice;
use crate::domain::questionnaire::Column;
use crate::domain::questionnaire::Question;
use crate::domain::recording::Entry;
use crate::domain::recording::take_back;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::words;
use crate::tui::intent::Intent;
use crate::tui::visit::Difference;
use crate::tui::visit::Visit;

mod context;
mod header;
mod outline;
mod page;
mod question;

/// With more choices than digits, the arrows move among them. Of several, 0 means none.
const DIGITS: usize = 10;

#[derive(Debug, Clone, Default)]
pub struct Interview {
    /// Among the choices of the question.
    cursor: usize,
    help: Scroll,
    last_answered: Option<QuestionId>,
}

/// What an intent led to, for the model to act upon.
#[derive(Debug, Clone, Default)]
pub struct Reaction {
    pub opens: Option<Opens>,
    pub notice: Option<Text>,
    pub difference: Difference,
}

/// A layer to put above the interview.
#[derive(Debug, Clone)]
pub enum Opens {
    Form(Box<Form>),
    Note(Note),
    Table(Table),
    Chooser(Chooser),
}

impl Reaction {
    fn notice(fr: impl Into<String>, en: impl Into<String>) -> Reaction {
        Reaction { notice: Some(Text::new(fr, en)), ..Reaction::default() }
    }

    fn form(form: Form) -> Reaction {
        Reaction { opens: Some(Opens::Form(Box::new(form))), ..Reaction::default() }
    }

    fn changed(difference: Difference) -> Reaction {
        Reaction { difference, ..Reaction::default() }
    }
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
            Intent::Toggle => self.choose(self.cursor, &question, visit, language),
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
        self.advance(visit);
        reaction
    }

    /// Records a value on a question, without moving on.
    fn record(&mut self, id: &QuestionId, value: Value, visit: &mut Visit) -> Reaction {
        self.last_answered = Some(id.clone());
        Reaction::changed(visit.change(id, |answer| {
            Entry::of(value).apply(answer);
        }))
    }

    /// On to the next question that applies.
    pub fn advance(&mut self, visit: &mut Visit) {
        if visit.step(1) {
            self.arrive(visit);
        }
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
        let mut reaction = self.record(&question.id, Value::Nothing, visit);
        if matches!(question.answer, AnswerKind::Table { .. }) {
            reaction.opens = Some(Opens::Form(Box::new(reason_form(visit, question, language))));
        } else {
            self.advance(visit);
        }
        reaction
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
            self.advance(visit);
            return reaction;
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
            self.advance(visit);
            return Reaction::changed(difference);
        }
        match &question.answer {
            AnswerKind::Number { .. } | AnswerKind::Date { .. } | AnswerKind::Choice(_)
                if visit.read_only.is_none() =>
            {
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
            _ => {
                self.advance(visit);
                Reaction::default()
            }
        }
    }
}

/// Whether an intent would change the visit.
fn changes(intent: Intent) -> bool {
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
            | Intent::Undo
            | Intent::Redo
    )
}

/// The places that the arrows can stand at: the field of a number or a date, and the choices.
fn places(question: &Question) -> usize {
    first_choice(question) + question.choices().len()
}

/// A number or a date comes before the words beside it.
fn first_choice(question: &Question) -> usize {
    usize::from(matches!(question.answer, AnswerKind::Number { .. } | AnswerKind::Date { .. }))
}

fn place_of(question: &Question, id: &ChoiceId) -> Option<usize> {
    question.choices().iter().position(|choice| choice.id == *id).map(|index| index + first_choice(question))
}

/// The arrows move among the choices where digits don't reach all of them.
fn uses_cursor(question: &Question) -> bool {
    let digits = if question.takes_several() { DIGITS - 1 } else { DIGITS };
    places(question) > digits || (first_choice(question) == 1 && !question.choices().is_empty())
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

fn column(id: &str, fr: &str, en: &str, kind: CellKind) -> Column {
    Column { id: id.into(), title: Text::new(fr, en), kind, required: false }
}

fn text_cell(text: &str) -> Option<Cell> {
    (!text.is_empty()).then(|| Cell::Text(text.to_owned()))
}

fn row(cells: Vec<(&str, Option<Cell>)>) -> Row {
    cells.into_iter().filter_map(|(id, cell)| Some((id.into(), cell?))).collect()
}

/// The field of a number or a date; what was typed before comes back.
fn value_form(visit: &Visit, question: &Question, language: Language) -> Form {
    let kind = match &question.answer {
        AnswerKind::Number { unit, .. } => CellKind::Number(unit.clone()),
        _ => CellKind::Date,
    };
    let column = Column { id: "value".into(), title: Text::new("Réponse", "Answer"), kind, required: false };
    // A digit begins a new value; Enter on the old one shows it for correction.
    let before = match visit.answer(&question.id).and_then(|answer| answer.value.as_ref()) {
        Some(Value::Number(number)) => Some(Cell::Number(*number)),
        Some(Value::Date(date)) => Some(Cell::Date(*date)),
        _ => None,
    };
    let about = before.map_or(Text::default(), |before| {
        let said = |language: Language| words::cell(language, &column.kind, &before);
        Text::new(
            format!("Jusqu’ici\u{202f}: {}", said(Language::Fr)),
            format!("Until now: {}", said(Language::En)),
        )
    });
    let purpose = Purpose::Value(question.id.clone());
    Form::new(purpose, question.title.clone(), &[column], &Row::new(), language).about(about).advancing(true)
}

fn who_form(visit: &Visit, id: &QuestionId, language: Language) -> Form {
    let said_by = visit.answer(id).map_or("", |answer| answer.said_by.as_str());
    let columns = [column("who", "Qui l’a dit", "Who said it", CellKind::Text)];
    let title = Text::new("Qui a donné cette réponse\u{202f}?", "Who gave this answer?");
    Form::new(
        Purpose::WhoSaidIt(id.clone()),
        title,
        &columns,
        &row(vec![("who", text_cell(said_by))]),
        language,
    )
}

/// Why it does not apply; for a knock-out, who agrees.
fn reason_form(visit: &Visit, question: &Question, language: Language) -> Form {
    let answer = visit.answer(&question.id);
    let knockout = question.risk.as_ref().is_some_and(|risk| risk.knockout);
    let none = matches!(answer.and_then(|answer| answer.value.as_ref()), Some(Value::Nothing));
    let mut columns = vec![column("reason", "Motif", "Reason", CellKind::Text)];
    if knockout && !none {
        columns.push(column("agreed_by", "Confirmé par", "Agreed by", CellKind::Text));
    }
    let title = match none {
        true => Text::new("Aucune ligne\u{202f}: pourquoi\u{202f}?", "No line: why?"),
        false => Text::new("Sans objet\u{202f}: pourquoi\u{202f}?", "Not applicable: why?"),
    };
    let about = match knockout && !none {
        true => Text::new(
            "Sans motif et sans une deuxième personne qui confirme, ce point éliminatoire compte comme sans réponse.",
            "Without a reason and a second person who agrees, this knock-out counts as unanswered.",
        ),
        false => Text::new(
            "Sans motif, la question compte comme sans réponse.",
            "Without a reason, the question counts as unanswered.",
        ),
    };
    let filled = row(vec![
        ("reason", answer.and_then(|answer| text_cell(&answer.reason))),
        ("agreed_by", answer.and_then(|answer| text_cell(&answer.agreed_by))),
    ]);
    Form::new(Purpose::Reason(question.id.clone()), title, &columns, &filled, language)
        .about(about)
        .advancing(true)
}

fn follow_up_form(visit: &Visit, question: &Question, language: Language) -> Form {
    let follow_up = visit.answer(&question.id).map(|answer| answer.follow_up.clone()).unwrap_or_default();
    let columns = [
        column("who", "Qui se renseigne", "Who finds out", CellKind::Text),
        column("by", "Pour le", "By", CellKind::Date),
    ];
    let title = Text::new(
        "Ne sait pas\u{202f}: qui le saura, et quand\u{202f}?",
        "Not known: who will find out, and by when?",
    );
    let about = Text::new("C’est noté. Échap passe.", "It is recorded. Esc skips this.");
    let filled = row(vec![("who", text_cell(&follow_up.who)), ("by", follow_up.by.map(Cell::Date))]);
    Form::new(Purpose::FollowUp(question.id.clone()), title, &columns, &filled, language)
        .about(about)
        .advancing(true)
}

/// The consultant's own judgement, apart from what the client said.
fn judgement_form(visit: &Visit, question: &Question, language: Language) -> Form {
    let answer = visit.answer(&question.id);
    let figures = |fr: &'static str, en: &'static str| {
        let choice = move |figure: u8| Choice {
            id: ChoiceId::new(figure.to_string()),
            text: Text::new(
                format!("{fr} {figure} ({})", words::figure(Language::Fr, figure)),
                format!("{en} {figure} ({})", words::figure(Language::En, figure)),
            ),
            ..Choice::default()
        };
        CellKind::Choice((1..=4).map(choice).collect())
    };
    let mut columns = vec![column("judgement", "Votre avis", "Your judgement", CellKind::Text)];
    if question.risk.is_some() {
        columns.extend([
            column("severity", "Autre gravité", "Other severity", figures("gravité", "severity")),
            column("severity_reason", "Parce que", "Because", CellKind::Text),
            column(
                "likelihood",
                "Autre vraisemblance",
                "Other likelihood",
                figures("vraisemblance", "likelihood"),
            ),
            column("likelihood_reason", "Parce que", "Because", CellKind::Text),
        ]);
    }
    let own = |own: Option<&crate::domain::answer::Override>| {
        own.map_or((None, None), |own| {
            (Some(Cell::Choice(ChoiceId::new(own.figure.to_string()))), text_cell(&own.reason))
        })
    };
    let (severity, severity_reason) = own(answer.and_then(|answer| answer.severity.as_ref()));
    let (likelihood, likelihood_reason) = own(answer.and_then(|answer| answer.likelihood.as_ref()));
    let filled = row(vec![
        ("judgement", answer.and_then(|answer| text_cell(&answer.judgement))),
        ("severity", severity),
        ("severity_reason", severity_reason),
        ("likelihood", likelihood),
        ("likelihood_reason", likelihood_reason),
    ]);
    let about = match visit.score.question(&question.id) {
        Some(scored) => Text::new(
            format!(
                "Gravité {}, vraisemblance {} pour ce client. Une autre valeur compte avec son motif, et reste visible partout.",
                scored.severity, scored.likelihood
            ),
            format!(
                "Severity {}, likelihood {} for this client. Another figure counts with its reason, and is shown everywhere.",
                scored.severity, scored.likelihood
            ),
        ),
        None => Text::default(),
    };
    let title = Text::new(
        "Votre avis, distinct de ce que dit le client",
        "Your own judgement, apart from what the client says",
    );
    Form::new(Purpose::Judgement(question.id.clone()), title, &columns, &filled, language).about(about)
}

/// The table or the fields of a question.
fn details(visit: &Visit, question: &Question, language: Language) -> Reaction {
    if let Some(table) = Table::new(visit, &question.id) {
        return Reaction { opens: Some(Opens::Table(table)), ..Reaction::default() };
    }
    let fields = question.fields();
    if fields.is_empty() {
        return Reaction::notice(
            "cette question n’a ni tableau ni précisions",
            "this question has no table and no details",
        );
    }
    if let Some(why) = &visit.read_only {
        return Reaction { notice: Some(why.message.clone()), ..Reaction::default() };
    }
    let filled = visit.answer(&question.id).map(|answer| answer.details.clone()).unwrap_or_default();
    let title = question.title.clone();
    Reaction::form(Form::new(Purpose::Details(question.id.clone()), title, fields, &filled, language))
}

fn note(visit: &Visit, id: &QuestionId) -> Reaction {
    let Some(question) = visit.questionnaire.question(id) else { return Reaction::default() };
    let text = visit.answer(id).map_or("", |answer| answer.note.as_str());
    let note = Note::new(id.clone(), Belongs::Note, question.title.clone(), text);
    Reaction { opens: Some(Opens::Note(note)), ..Reaction::default() }
}

fn evidence(visit: &Visit, id: &QuestionId) -> Reaction {
    let level = visit.answer(id).and_then(|answer| answer.evidence);
    let item = |level: Evidence| Item {
        words: Text::new(words::evidence(Language::Fr, level), words::evidence(Language::En, level)),
        aside: Text::new(
            words::evidence_meaning(Language::Fr, level),
            words::evidence_meaning(Language::En, level),
        ),
    };
    let selected =
        level.and_then(|level| Evidence::ALL.iter().position(|other| *other == level)).unwrap_or(0);
    let title = Text::new("Comment le sait-on\u{202f}?", "How well is it known?");
    let items = Evidence::ALL.into_iter().map(item).collect();
    let chooser = Chooser::new(chooser::Purpose::Evidence(id.clone()), title, items, selected);
    Reaction { opens: Some(Opens::Chooser(chooser)), ..Reaction::default() }
}

/// What is to come back to, with why.
fn open_points(visit: &Visit) -> Reaction {
    let points = visit.open_points();
    let item = |id: &QuestionId| {
        let title =
            visit.questionnaire.question(id).map(|question| question.title.clone()).unwrap_or_default();
        let answer = visit.answer(id);
        let follow_up = answer.map(|answer| answer.follow_up.clone()).unwrap_or_default();
        let aside = |language: Language| {
            let mut why = Vec::new();
            if answer.is_some_and(|answer| answer.flagged) {
                why.push(language.pick("à revoir", "flagged").to_owned());
            }
            match visit.state(id) {
                Some(State::Unknown) => why.push(language.pick("ne sait pas", "not known").to_owned()),
                Some(State::Unanswered) if answer.is_some_and(|answer| answer.value.is_some()) => {
                    why.push(language.pick("réponse incomplète", "incomplete answer").to_owned());
                }
                Some(State::Unanswered) => why.push(language.pick("sans réponse", "unanswered").to_owned()),
                _ => {}
            }
            if answer.is_some_and(|answer| answer.carried.is_some()) {
                why.push(language.pick("à confirmer", "to confirm").to_owned());
            }
            why.extend((!follow_up.who.is_empty()).then(|| follow_up.who.clone()));
            why.extend(follow_up.by.map(|by| language.date(by)));
            why.join(", ")
        };
        Item { words: title, aside: Text::new(aside(Language::Fr), aside(Language::En)) }
    };
    let items = points.iter().map(item).collect();
    let title = Text::new("Points en suspens", "Open points");
    let chooser = Chooser::new(chooser::Purpose::Question(points), title, items, 0);
    Reaction { opens: Some(Opens::Chooser(chooser)), ..Reaction::default() }
}
