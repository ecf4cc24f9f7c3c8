//! What was asked, and what was said? The complete record: every question with its answer and all that stands beside.

use std::collections::BTreeSet;

use super::Sight;
use super::anchored;
use super::charts;
use super::heading;
use super::method;
use super::paragraph;
use super::plan;
use super::verdict;
use crate::domain::answer::Row;
use crate::domain::answer::Value;
use crate::domain::assessment::State;
use crate::domain::condition::Truth;
use crate::domain::id::TableId;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Step;
use crate::domain::scoring::QuestionScore;
use crate::domain::text::plain_line;
use crate::domain::words;
use crate::report::attached;
use crate::report::comparison;
use crate::report::document::Block;
use crate::report::document::Column;
use crate::report::document::Fact;
use crate::report::document::Line;
use crate::report::document::Table;
use crate::report::record::Entry;
use crate::report::record::Rows;

/// A table with more filled columns than this is told line by line: no page is wide enough.
const WIDEST: usize = 6;

pub fn blocks(sight: &Sight) -> Vec<Block> {
    let mut blocks = vec![verdict::block(sight), charts::radar(sight)];
    blocks.extend(charts::risk_map(sight));
    blocks.extend(charts::trend(sight));
    blocks.push(charts::coverage(sight));
    blocks.extend(to_know(sight));
    if let Some(compared) = &sight.subject.compared {
        blocks.push(anchored(1, plan::since(sight, compared.comparison.from.date), "since"));
        blocks.extend(comparison::chapter(compared, sight.language));
    }
    blocks.push(Block::PageBreak);
    blocks.push(anchored(1, sight.pick("Le plan d’action", "The action plan"), "plan"));
    blocks.extend(plan::steps(sight).into_iter().chain(plan::rest(sight)).map(deeper));
    blocks.push(Block::PageBreak);
    blocks.extend(questions(sight));
    blocks.extend(annexes(sight));
    blocks.extend(method::blocks(sight));
    blocks
}

/// A heading as part of a chapter.
fn deeper(block: Block) -> Block {
    match block {
        Block::Heading { level, text, anchor } => Block::Heading { level: level + 1, text, anchor },
        other => other,
    }
}

/// What the profile tells about the business beyond the questions to be asked.
fn to_know(sight: &Sight) -> Option<Block> {
    let held = sight.record.scope.flags().filter(|(_, truth)| *truth == Truth::Yes);
    let known = held.filter_map(|(id, _)| sight.subject.questionnaire.flag(id)).filter(|flag| flag.informs);
    let titles: Vec<String> = known.map(|flag| plain_line(flag.title.get(sight.language))).collect();
    let label = sight.pick("À savoir", "To know");
    (!titles.is_empty())
        .then(|| Block::Note(Line::strong(label).and(format!("{}{}", sight.colon(), titles.join(", ")))))
}

fn questions(sight: &Sight) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut told = BTreeSet::new();
    for step in sight.subject.questionnaire.parts() {
        blocks.push(anchored(1, sight.step_title(step), format!("step-{}", step.id)));
        if let Some(scored) = sight.score.steps.iter().find(|scored| scored.id == step.id) {
            blocks.push(paragraph(plan::standing(sight, scored)));
        }
        for question in &step.questions {
            let entry = sight.record.entry(question);
            if entry.asked || entry.recorded {
                blocks.extend(told_of(sight, step, &entry, &mut told));
            }
        }
    }
    blocks.extend(foreign(sight, &told));
    blocks
}

/// One question: what was asked, what was said, what stands beside, and the risk that it leaves.
fn told_of(sight: &Sight, step: &Step, entry: &Entry, told: &mut BTreeSet<TableId>) -> Vec<Block> {
    let question = entry.question;
    let anchor = format!("q-{}", question.id);
    let mut blocks = vec![
        anchored(2, plain_line(question.title.get(sight.language)), anchor),
        Block::Paragraph(Line::quiet(plain_line(question.ask.get(sight.language)))),
    ];
    let mut answer = Line::strong(&entry.said);
    for mark in &entry.marks {
        answer = answer.and_quiet(format!(" ({mark})"));
    }
    let mut facts = vec![Fact { name: sight.pick("Réponse", "Answer").to_owned(), value: answer }];
    facts.extend(entry.beside.iter().map(|(what, text)| fact(capital(what.word(sight.language)), text)));
    facts.extend(entry.fields.iter().map(|(name, text)| fact(name.clone(), text)));
    facts.extend(sight.score.question(&question.id).and_then(|scored| risk(sight, scored)));
    if !question.law.is_empty() {
        let law = words::law(sight.language, &question.law);
        let name = sight.pick("Textes", "Law").to_owned();
        facts.push(Fact { name, value: Line::quiet(law) });
    }
    blocks.push(Block::Facts(facts));
    if let Some(rows) = &entry.table {
        blocks.extend(table(sight, step, rows, told));
    }
    blocks
}

fn fact(name: String, text: &str) -> Fact {
    Fact::of(name, Line::plain(text))
}

/// `note` at the head of a line.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// `gravité 3 (importante) × vraisemblance 4 (maximale) ; reste : élevé`
fn risk(sight: &Sight, scored: &QuestionScore) -> Option<Fact> {
    let residual = scored.residual?;
    let figure = |figure: u8| format!("{figure} ({})", words::figure(sight.language, figure));
    let (severity, likelihood) = (figure(scored.severity), figure(scored.likelihood));
    let knockout = if scored.knockout { sight.pick("éliminatoire, ", "knock-out, ") } else { "" };
    let without = sight.pick(
        format!(
            "sans mesure, {knockout}gravité {severity}, vraisemblance {likelihood}\u{202f}; reste un risque "
        ),
        format!(
            "without a control, {knockout}severity {severity}, likelihood {likelihood}; the risk left is "
        ),
    );
    let level = Line::level(residual.level, words::level(sight.language, residual.level));
    let mut value = Line::plain(without);
    value.0.extend(level.0);
    Some(Fact { name: sight.pick("Risque", "Risk").to_owned(), value })
}

/// The rows: in full where they are first met, else a word where they are.
fn table(sight: &Sight, step: &Step, rows: &Rows, told: &mut BTreeSet<TableId>) -> Vec<Block> {
    let shared = sight.subject.questionnaire.table(&rows.id);
    let title = shared.map(|table| plain_line(table.title.get(sight.language)));
    if !told.insert(rows.id.clone()) {
        let title = title.unwrap_or_else(|| plain_line(step.title.get(sight.language)));
        return vec![Block::Paragraph(Line::quiet(sight.pick(
            format!("Les lignes du tableau «\u{202f}{title}\u{202f}» sont données plus haut."),
            format!("The lines of the table “{title}” are given above."),
        )))];
    }
    let filled: Vec<_> = rows
        .columns
        .iter()
        .filter(|column| rows.rows.iter().any(|row| row.contains_key(&column.id)))
        .collect();
    let foreign =
        rows.rows.iter().any(|row| row.keys().any(|id| !rows.columns.iter().any(|column| column.id == *id)));
    let caption = title.unwrap_or_else(|| sight.pick("Lignes", "Lines").to_owned());
    if filled.len() > WIDEST || foreign {
        return rows
            .rows
            .iter()
            .enumerate()
            .flat_map(|(index, row)| line_by_line(sight, index, row, rows))
            .collect();
    }
    let columns =
        filled.iter().map(|column| Column::new(plain_line(column.title.get(sight.language)), 1)).collect();
    let cells = |row: &Row| {
        let cell = |column: &&&crate::domain::questionnaire::Column| {
            let cell = row.get(&column.id).map(|cell| words::cell(sight.language, &column.kind, cell));
            Line::plain(cell.unwrap_or_default())
        };
        filled.iter().map(|column| cell(&column)).collect()
    };
    vec![Block::Table(Table { caption, columns, rows: rows.rows.iter().map(cells).collect() })]
}

/// One row of a wide table: what is filled, a line each.
fn line_by_line(sight: &Sight, index: usize, row: &Row, rows: &Rows) -> Vec<Block> {
    let cells = sight.record.cells(row, rows.columns);
    let number = index + 1;
    let named = cells.first().map_or(String::new(), |(_, text)| format!(" · {}", plain_line(text)));
    let title = sight.pick(format!("Ligne {number}{named}"), format!("Line {number}{named}"));
    vec![
        Block::Paragraph(Line::strong(title)),
        Block::Facts(cells.into_iter().map(|(name, text)| fact(name, &text)).collect()),
    ]
}

/// Answers and rows that belong to no question of this questionnaire: they are kept, so they are told.
fn foreign(sight: &Sight, told: &BTreeSet<TableId>) -> Vec<Block> {
    let assessment = sight.subject.assessment;
    let answers = assessment.answers.iter().filter(|(id, _)| sight.question(id).is_none());
    let mut facts: Vec<Fact> = answers
        .map(|(id, answer)| {
            let value = answer.value.as_ref().map_or("–".to_owned(), Value::word);
            let parts = [value, answer.note.clone(), answer.reason.clone(), answer.judgement.clone()];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            fact(id.to_string(), &parts.join(" · "))
        })
        .collect();
    for (id, rows) in assessment.tables.iter().filter(|(id, _)| !told.contains(*id)) {
        for row in rows {
            let cells: Vec<String> = sight
                .record
                .cells(row, &[])
                .into_iter()
                .map(|(name, text)| format!("{name} {text}"))
                .collect();
            facts.push(fact(id.to_string(), &cells.join(" · ")));
        }
    }
    if facts.is_empty() {
        return Vec::new();
    }
    let title = sight.pick("Réponses à d’autres questions", "Answers to other questions");
    vec![heading(1, title), Block::Facts(facts)]
}

/// The lists that somebody looks for: unknown, not applicable, not answered, not asked.
fn annexes(sight: &Sight) -> Vec<Block> {
    let entries: Vec<Entry> =
        sight.subject.questionnaire.questions().map(|question| sight.record.entry(question)).collect();
    let of = |state: State| entries.iter().filter(move |entry| entry.asked && entry.state == state);
    let line = |question: &Question| Line::plain(plain_line(question.title.get(sight.language)));
    let unknown: Vec<Line> = of(State::Unknown).map(|entry| line(entry.question)).collect();
    let unanswered: Vec<Line> = of(State::Unanswered).map(|entry| line(entry.question)).collect();
    let without: Vec<Line> = of(State::NotApplicable)
        .map(|entry| {
            let answer = sight.subject.assessment.answer(&entry.question.id);
            let reason = answer.map_or(String::new(), |answer| plain_line(&answer.reason));
            line(entry.question).and_quiet(format!("{}{reason}", sight.colon()))
        })
        .collect();
    let not_asked: Vec<Line> =
        entries.iter().filter(|entry| !entry.asked).map(|entry| line(entry.question)).collect();
    let because = if sight.subject.assessment.express {
        sight.pick(
            "La visite express n’en pose qu’une partie, et le profil en écarte d’autres.",
            "The express visit asks a part of them, and the profile leaves out others.",
        )
    } else {
        sight.pick("Le profil les écarte\u{202f}:", "The profile leaves them out:")
    };
    let none = "";
    let lists = [
        (sight.pick("Ne sait pas", "Not known"), none, unknown),
        (sight.pick("Sans réponse", "Not answered"), none, unanswered),
        (sight.pick("Sans objet, avec le motif", "Not applicable, with the reason"), none, without),
        (sight.pick("Non posées", "Not asked"), because, not_asked),
    ];
    let mut blocks = Vec::new();
    for (title, intro, lines) in lists {
        if !lines.is_empty() {
            blocks.push(heading(1, format!("{title} ({})", lines.len())));
            blocks.extend((!intro.is_empty()).then(|| paragraph(intro)));
            blocks.push(Block::List(lines));
        }
    }
    let attached = sight.subject.attached;
    if !attached.is_empty() {
        blocks.push(heading(1, sight.pick("Fichiers joints", "Attached files")));
        let said = attached.iter().map(|one| {
            let line = attached::line(sight.language, one);
            Line::plain(format!(
                "{} · {line} · SHA-256 {}",
                sight.title(&one.question),
                one.attachment.digest
            ))
        });
        blocks.push(Block::List(said.collect()));
    }
    if !sight.subject.evidence.is_empty() {
        blocks.push(heading(1, sight.pick("Fichiers de preuve", "Evidence files")));
        blocks.push(Block::List(sight.subject.evidence.iter().map(Line::plain).collect()));
    }
    blocks
}
