//! Where does a form's content go? Into the visit, or into an effect.

use super::telling::tell_difference;
use crate::domain::answer::Answer;
use crate::domain::answer::Cell;
use crate::domain::answer::FollowUp;
use crate::domain::answer::Misfit;
use crate::domain::answer::Override;
use crate::domain::answer::Row;
use crate::domain::answer::Value;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Column;
use crate::domain::recording::Entry;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::screens::actions;
use crate::tui::screens::evidence;
use crate::tui::screens::form::Form;
use crate::tui::screens::form::Purpose;
use crate::tui::screens::table::Table;
use crate::tui::visit::Difference;
use crate::tui::visit::Visit;

/// Whether a form's content found its place.
#[derive(Debug, PartialEq)]
pub enum Applied {
    Done(Vec<Effect>),
    /// What is wrong with it: the form stays open.
    Refused(Text),
}

pub fn new_client_form(language: Language) -> Form {
    let name = Column::new("name", Text::new("Nom", "Name"), CellKind::Text);
    let title = Text::new("Nouveau client", "New client");
    let about = Text::new(
        "Entrée crée le client et commence la visite du jour.",
        "Enter makes the client and begins today’s visit.",
    );
    Form::new(Purpose::NewClient, title, &[name], &Row::new(), language).about(about)
}

pub fn line_form(table: &Table, visit: &Visit, index: Option<usize>, language: Language) -> Form {
    let rows = visit.assessment().rows(&table.table);
    let row = index.and_then(|index| rows.get(index)).cloned().unwrap_or_default();
    let purpose = Purpose::Line { question: table.question.clone(), table: table.table.clone(), index };
    let of = visit.questionnaire.table(&table.table).map(|table| table.row.clone()).unwrap_or_default();
    let number = index.filter(|index| *index < rows.len()).map(|index| index + 1);
    let name = |language: Language| {
        let what = of.get(language);
        let line = number.map_or_else(
            || language.pick("Nouvelle ligne", "New line").to_owned(),
            |number| language.pick(format!("Ligne {number}"), format!("Line {number}")),
        );
        if what.is_empty() { line } else { format!("{line} · {what}") }
    };
    let title = Text::new(name(Language::Fr), name(Language::En));
    Form::new(purpose, title, &table.columns(), &row, language)
}

pub fn apply(model: &mut Model, form: &Form) -> Applied {
    if form.purpose == Purpose::NewClient {
        let name = form.typed("name");
        return Applied::Done(if name.is_empty() { Vec::new() } else { vec![Effect::CreateClient { name }] });
    }
    let today = model.today;
    let Some(visit) = &mut model.visit else { return Applied::Done(Vec::new()) };
    if let Purpose::Attach(id) = &form.purpose {
        // Closed again as it failed, it is given up.
        let asked = evidence::asked(visit, id, form).filter(|_| !form.has_complained());
        return Applied::Done(asked.map(|asked| Effect::Attach(Box::new(asked))).into_iter().collect());
    }
    let row = form.row();
    let text = |id: &str| form.typed(id);
    let difference = match &form.purpose {
        Purpose::NewClient | Purpose::Attach(_) => Difference::default(),
        Purpose::Value(id) => match value(visit, id, &row) {
            Ok(difference) => difference,
            Err(why) => return Applied::Refused(why),
        },
        Purpose::WhoSaidIt(id) => visit.change(id, |answer| answer.said_by = text("who")),
        Purpose::Reason(id) => visit.change(id, |answer| {
            answer.reason = text("reason");
            answer.agreed_by = text("agreed_by");
        }),
        Purpose::FollowUp(id) => visit.change(id, |answer| {
            answer.follow_up = FollowUp { who: text("who"), by: date(&row, "by") };
        }),
        Purpose::Resolve(id) => visit.edit(id, |assessment, questionnaire| {
            assessment.resolve(questionnaire, id, &text("text"), &text("by"), today);
        }),
        Purpose::Judgement(id) => visit.change(id, |answer| judge(answer, form, &row)),
        Purpose::Plan(id) => match actions::plan(form, &row) {
            Ok(plan) => visit.edit(id, |assessment, _| actions::put(assessment, id, plan)),
            Err(why) => return Applied::Refused(why),
        },
        Purpose::Details(id) => visit.change(id, |answer| answer.details.clone_from(&row)),
        Purpose::Line { question, table, index } => {
            let mut rows = visit.assessment().rows(table).to_vec();
            match index.and_then(|index| rows.get_mut(index)) {
                Some(line) => line.clone_from(&row),
                None if row.is_empty() => {}
                None => rows.push(row.clone()),
            }
            visit.edit(question, |assessment, questionnaire| {
                assessment.record_rows(questionnaire, table, rows);
            })
        }
    };
    form.keep(&mut visit.again);
    tell_difference(model, &difference);
    Applied::Done(Vec::new())
}

/// A number or a date as the answer; an empty field leaves the answer as it was.
fn value(visit: &mut Visit, id: &QuestionId, row: &Row) -> Result<Difference, Text> {
    let value = match row.get("value") {
        Some(Cell::Number(number)) => Value::Number(*number),
        Some(Cell::Date(date)) => Value::Date(*date),
        _ => return Ok(Difference::default()),
    };
    let fits = visit.questionnaire.question(id).map_or(Ok(()), |question| value.fits(question));
    if let Err(misfit) = fits {
        return Err(complaint(&misfit));
    }
    Ok(visit.change(id, |answer| Entry::of(value).apply(answer)))
}

fn complaint(misfit: &Misfit) -> Text {
    match misfit {
        Misfit::OutOfRange { min, max } => {
            let least = min.map_or(String::new(), |min| min.to_string());
            let most = max.map_or(String::new(), |max| max.to_string());
            Text::new(
                format!("valeur attendue entre {least} et {most}"),
                format!("a value between {least} and {most} is expected"),
            )
        }
        Misfit::OtherKind | Misfit::NoSuchChoice(_) | Misfit::Exclusive(..) => {
            Text::new("cette question attend une autre réponse", "this question takes another kind of answer")
        }
    }
}

fn judge(answer: &mut Answer, form: &Form, row: &Row) {
    answer.judgement = form.typed("judgement");
    let own = |figure: &str, reason: &str| match row.get(figure) {
        Some(Cell::Choice(id)) => {
            id.as_str().parse().ok().map(|figure| Override { figure, reason: form.typed(reason) })
        }
        _ => None,
    };
    answer.severity = own("severity", "severity_reason");
    answer.likelihood = own("likelihood", "likelihood_reason");
}

fn date(row: &Row, id: &str) -> Option<jiff::civil::Date> {
    match row.get(id) {
        Some(Cell::Date(date)) => Some(*date),
        _ => None,
    }
}
