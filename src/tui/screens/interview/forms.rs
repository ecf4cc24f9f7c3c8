//! What is asked beside the answer? The forms for a value, a speaker, a reason, a follow-up, a judgement.

use crate::domain::answer::Cell;
use crate::domain::answer::Row;
use crate::domain::answer::Value;
use crate::domain::id::ChoiceId;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Choice;
use crate::domain::questionnaire::Column;
use crate::domain::questionnaire::Question;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::words;
use crate::tui::screens::form::Form;
use crate::tui::screens::form::Purpose;
use crate::tui::visit::Visit;

fn column(id: &str, fr: &'static str, en: &'static str, kind: CellKind) -> Column {
    Column::new(id, Text::new(fr, en), kind)
}

fn text_cell(text: &str) -> Option<Cell> {
    (!text.is_empty()).then(|| Cell::Text(text.to_owned()))
}

fn row(cells: Vec<(&str, Option<Cell>)>) -> Row {
    cells.into_iter().filter_map(|(id, cell)| Some((id.into(), cell?))).collect()
}

/// The field of a number or a date; what was typed before comes back.
pub fn value_form(visit: &Visit, question: &Question, language: Language) -> Form {
    let kind = match &question.answer {
        AnswerKind::Number { unit, .. } => CellKind::Number(unit.clone()),
        _ => CellKind::Date,
    };
    let column = Column::new("value", Text::new("Réponse", "Answer"), kind);
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

pub fn who_form(visit: &Visit, id: &QuestionId, language: Language) -> Form {
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
pub fn reason_form(visit: &Visit, question: &Question, language: Language) -> Form {
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

pub fn follow_up_form(visit: &Visit, question: &Question, language: Language) -> Form {
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

/// Why an answer stands although a capture disproves it.
pub fn resolve_form(question: &Question, language: Language) -> Form {
    let columns = [
        column("text", "Explication", "Explanation", CellKind::Text),
        column("by", "Expliqué par", "Explained by", CellKind::Text),
    ];
    let title = Text::new(
        "La réponse tient malgré le relevé : pourquoi ?",
        "The answer stands in spite of the capture: why?",
    );
    let about = Text::new(
        "Tant que rien n’est écrit, la contradiction reste ouverte et la réponse ne vaut que « dit ». Le score ne change pas.",
        "As long as nothing is written the contradiction is open, and the answer counts as no more than “said”. The score does not change.",
    );
    Form::new(Purpose::Resolve(question.id.clone()), title, &columns, &Row::new(), language).about(about)
}

/// The consultant's own judgement, apart from what the client said.
pub fn judgement_form(visit: &Visit, question: &Question, language: Language) -> Form {
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
