//! How does a document look to typst, where that is what makes the PDF? Every text is a string literal: no client's
//! words are ever code.

use super::document::Block;
use super::document::Document;
use super::document::Fact;
use super::document::Line;
use super::document::Run;
use super::document::Table;
use super::document::Verdict;
use crate::domain::text::Language;

/// The whole document as typst's source.
pub fn typst(document: &Document) -> String {
    let language = document.language;
    let colour = document.brand.colour().readable().hex();
    let mut parts = vec![format!(
        "#set document(title: {title}, author: {author}, date: none)\n\
         #set page(paper: \"a4\", margin: 2cm, footer: context [#set text(8pt, fill: luma(90)); {footer} #h(1fr) \
         #counter(page).display(\"1 / 1\", both: true)])\n\
         #set text(lang: {code}, size: {size}pt)\n\
         #show heading: set text(fill: rgb(\"#{colour}\"))\n\
         #show table.cell.where(y: 0): strong\n\
         #set table(stroke: 0.4pt + luma(180), inset: 5pt)",
        title = literal(&format!("{} – {}", document.client, document.title)),
        author = literal(&document.brand.name),
        footer = shown(&document.footer),
        code = literal(language.code()),
        size = if document.compact { 8 } else { 10 },
    )];
    let brand = &document.brand;
    let from = std::iter::once(&brand.name).chain(&brand.contact).filter(|line| !line.is_empty());
    let from: Vec<String> = from.map(|line| shown(line)).collect();
    parts.push(format!("#align(right)[{}]", from.join("#linebreak();")));
    parts.push(format!("#text(20pt, weight: \"bold\"){}", bracketed(&document.client)));
    parts.push(format!("#text(14pt){}", bracketed(&document.title)));
    parts.push(shown(&document.subtitle));
    parts.extend(document.blocks.iter().map(|block| block_of(block, language)));
    parts.push(shown(&brand.closing));
    parts.join("\n\n") + "\n"
}

fn block_of(block: &Block, language: Language) -> String {
    match block {
        Block::Heading { level, text, .. } => {
            format!("#heading(level: {}){}", level.clamp(&1, &4), bracketed(text))
        }
        Block::Paragraph(line) => content(line),
        Block::Note(line) => {
            format!("#block(inset: 8pt, stroke: (left: 2pt + luma(150)))[{}]", content(line))
        }
        Block::List(lines) => {
            let items: Vec<String> = lines.iter().map(|line| format!("[{}]", content(line))).collect();
            format!("#list({})", items.join(", "))
        }
        Block::Facts(facts) => facts_of(facts),
        Block::Table(table) => table_of(table),
        Block::Verdict(verdict) => verdict_of(verdict, language),
        Block::Chart(chart) => {
            format!("#strong{}\n\n{}", bracketed(&chart.title), table_of(&chart.table(language)))
        }
        Block::PageBreak => "#pagebreak(weak: true)".to_owned(),
    }
}

fn facts_of(facts: &[Fact]) -> String {
    let cells: Vec<String> = facts
        .iter()
        .map(|fact| format!("[#strong{}], [{}]", bracketed(&fact.name), content(&fact.value)))
        .collect();
    format!("#grid(columns: (1fr, 3fr), row-gutter: 6pt, column-gutter: 8pt, {})", cells.join(", "))
}

fn table_of(table: &Table) -> String {
    let widths: Vec<String> = table.columns.iter().map(|column| format!("{}fr", column.width)).collect();
    let aligned = |figures: bool| if figures { "right" } else { "left" };
    let aligned: Vec<&str> = table.columns.iter().map(|column| aligned(column.figures)).collect();
    let head: Vec<String> = table.columns.iter().map(|column| bracketed(&column.title)).collect();
    let rows = table.rows.iter().flatten().map(|cell| format!("[{}]", content(cell)));
    // A trailing comma makes an array of a single column too.
    format!(
        "#table(columns: ({},), align: ({},), table.header({}), {})",
        widths.join(", "),
        aligned.join(", "),
        head.join(", "),
        rows.collect::<Vec<_>>().join(", ")
    )
}

fn verdict_of(verdict: &Verdict, language: Language) -> String {
    let figure = match (verdict.score, verdict.band, verdict.interval) {
        (Some(score), Some(band), _) => format!("{score} / 100 · {}", band.letter()),
        (_, _, Some((low, high))) => format!("{low} – {high} / 100"),
        _ => "–".to_owned(),
    };
    let label = language.pick("Score global", "Overall score");
    let moved = verdict.moved.as_deref().unwrap_or_default();
    format!(
        "#block(width: 100%, inset: 10pt, stroke: 0.6pt + luma(150))[{} #linebreak() #text(22pt, weight: \"bold\"){} \
         #h(1em) {}\n\n{}\n\n{}]",
        shown(label),
        bracketed(&figure),
        shown(moved),
        shown(&verdict.sentence),
        facts_of(&verdict.facts)
    )
}

fn content(line: &Line) -> String {
    line.0.iter().map(run).collect::<Vec<_>>().concat()
}

fn run(run: &Run) -> String {
    let inside = shown(run.text());
    match run {
        Run::Plain(_) => inside,
        Run::Strong(_) | Run::Level(..) => format!("#strong[{inside}]"),
        Run::Quiet(_) => format!("#text(fill: luma(90))[{inside}]"),
        Run::Gone(_) => format!("#strike[{inside}]"),
        Run::New(_) => format!("#underline[{inside}]"),
    }
}

/// Text as content: a string literal a line, line breaks between.
fn shown(text: &str) -> String {
    text.split('\n').map(|line| format!("#{};", literal(line))).collect::<Vec<_>>().join("#linebreak();")
}

fn bracketed(text: &str) -> String {
    format!("[{}]", shown(text))
}

/// A string of typst's language: nothing in it means anything.
fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if letter.is_control() => {}
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}
