//! How does a document look in a browser, and on paper? One file of HTML: no script, nothing from outside.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::DOCTYPE;
use maud::Markup;
use maud::PreEscaped;
use maud::html as markup;

use super::document::Block;
use super::document::Chart;
use super::document::Document;
use super::document::Fact;
use super::document::Line;
use super::document::Run;
use super::document::Table;
use super::document::Verdict;
use crate::domain::brand::Brand;
use crate::domain::brand::LogoKind;
use crate::domain::scoring::Band;
use crate::domain::text::Language;

mod chart;

const STYLE: &str = include_str!("html/style.css");
/// Nothing is fetched, and nothing runs, whatever the texts say.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
/// A list of contents is worth its room from so many chapters on.
const CHAPTERS: usize = 5;
/// A table of more columns is told line by line where the screen is narrow.
const NARROW: usize = 3;
/// A record of so many facts may go on over the end of a page.
const LONG: usize = 8;
/// A list of so many short items is set in two columns.
const MANY: usize = 12;
const SHORT: usize = 60;

/// The whole document as one file.
pub fn html(document: &Document) -> String {
    let language = document.language;
    let page = markup! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content="privaudit";
                meta name="robots" content="noindex";
                title { (document.client) " – " (document.title) }
                style { (PreEscaped(colours(&document.brand))) (PreEscaped(STYLE)) }
            }
            body class=[document.compact.then_some("compact")] {
                (head(document))
                (contents(document))
                main { (blocks(&document.blocks, language)) }
                (foot(document))
            }
        }
    };
    page.into_string()
}

/// The brand's colour, as light and dark paper can bear it.
fn colours(brand: &Brand) -> String {
    let (light, dark) = (brand.colour().readable().hex(), brand.colour().on_dark().hex());
    format!(":root {{ --brand: #{light}; --brand-dark: #{dark}; }}\n")
}

fn head(document: &Document) -> Markup {
    let brand = &document.brand;
    let logo = brand.logo.as_ref().map(|logo| {
        let kind = match logo.kind {
            LogoKind::Png => "image/png",
            LogoKind::Svg => "image/svg+xml",
        };
        format!("data:{kind};base64,{}", STANDARD.encode(&logo.bytes))
    });
    markup! {
        header {
            @if !brand.name.is_empty() || logo.is_some() || !brand.contact.is_empty() {
                div.brand {
                    @if let Some(logo) = logo { img src=(logo) alt=(brand.name); }
                    @if !brand.name.is_empty() { strong { (plain(&brand.name)) } }
                    @for line in &brand.contact { br; (plain(line)) }
                }
            }
            h1 { (document.client) span { (document.title) } }
            p { (document.subtitle) }
        }
    }
}

/// Links to the chapters, where there are many.
fn contents(document: &Document) -> Markup {
    let chapters = || {
        document.blocks.iter().enumerate().filter_map(|(index, block)| match block {
            Block::Heading { level: 1, text, anchor } => Some((id(anchor, index), text)),
            _ => None,
        })
    };
    markup! {
        @if chapters().count() >= CHAPTERS {
            nav aria-label=(document.language.pick("Sommaire", "Contents")) {
                ol { @for (id, text) in chapters() { li { a href={ "#" (id) } { (text) } } } }
            }
        }
    }
}

/// Where a link to a block leads: its own name, or its place.
fn id(anchor: &str, index: usize) -> String {
    if anchor.is_empty() { format!("part-{index}") } else { anchor.to_owned() }
}

fn foot(document: &Document) -> Markup {
    markup! {
        footer {
            @if !document.brand.closing.is_empty() { p.closing { (broken(&document.brand.closing)) } }
            p { (document.footer) }
        }
    }
}

fn blocks(blocks: &[Block], language: Language) -> Markup {
    let mut page_before = false;
    markup! {
        @for (index, block) in blocks.iter().enumerate() {
            @let breaks = std::mem::replace(&mut page_before, *block == Block::PageBreak);
            (one(block, index, breaks, language))
        }
    }
}

fn one(block: &Block, index: usize, breaks: bool, language: Language) -> Markup {
    let class = if breaks { "page" } else { "" };
    match block {
        Block::Heading { level, text, anchor } => {
            let id = id(anchor, index);
            match level {
                0 | 1 => markup! { h2 id=(id) class=[named(class)] { (text) } },
                2 => markup! { h3 id=(id) class=[named(class)] { (text) } },
                _ => markup! { h4 id=(id) class=[named(class)] { (text) } },
            }
        }
        Block::Paragraph(text) => markup! { p class=[named(class)] { (line(text)) } },
        Block::Note(text) => markup! { aside { p { (line(text)) } } },
        Block::List(items) => list(items),
        Block::Facts(facts) => facts_of(facts),
        Block::Table(table) => table_of(table),
        Block::Verdict(verdict) => verdict_of(verdict, language),
        Block::Chart(chart) => chart_of(chart, index, language),
        Block::PageBreak => Markup::default(),
    }
}

fn list(items: &[Line]) -> Markup {
    let short = items.iter().all(|item| item.text().chars().count() <= SHORT);
    let columns = (items.len() >= MANY && short).then_some("columns");
    markup! { ul class=[columns] { @for item in items { li { (line(item)) } } } }
}

fn named(class: &str) -> Option<&str> {
    Some(class).filter(|class| !class.is_empty())
}

fn facts_of(facts: &[Fact]) -> Markup {
    markup! {
        @if !facts.is_empty() {
            dl class=[(facts.len() <= LONG).then_some("whole")] { @for fact in facts { dt { (fact.name) } dd { (line(&fact.value)) } } }
        }
    }
}

fn table_of(table: &Table) -> Markup {
    laid_out(table, table.columns.len() > NARROW)
}

/// A table; one that stacks has a block a row where the screen is narrow.
fn laid_out(table: &Table, stacks: bool) -> Markup {
    let all: u32 = table.columns.iter().map(|column| u32::from(column.width)).sum();
    let share = |width: u16| format!("width: {}%", u32::from(width) * 100 / all.max(1));
    let figures = |figures: bool| figures.then_some("figures");
    markup! {
        table class=[stacks.then_some("wide")] {
            caption { (table.caption) }
            thead {
                tr {
                    @for column in &table.columns {
                        th scope="col" style=(share(column.width)) class=[figures(column.figures)] { (column.title) }
                    }
                }
            }
            tbody {
                @for row in &table.rows {
                    tr {
                        @for (cell, column) in row.iter().zip(&table.columns) {
                            td data-label=(column.title) class=[figures(column.figures)] { (line(cell)) }
                        }
                    }
                }
            }
        }
    }
}

fn verdict_of(verdict: &Verdict, language: Language) -> Markup {
    markup! {
        section.verdict aria-label=(language.pick("Score global", "Overall score")) {
            div {
                @if let Some(band) = verdict.band { span class={ "band " (band_class(band)) } { (band.letter()) } }
                @match (verdict.score, verdict.interval) {
                    (Some(score), _) => span.score { (score) small { " / 100" } },
                    (None, Some((low, high))) => span.score { (low) " – " (high) small { " / 100" } },
                    (None, None) => span.score { "–" },
                }
            }
            div {
                p.says { (verdict.sentence) }
                @if let Some(moved) = &verdict.moved { p.quiet { (moved) } }
            }
            (chart::bar(verdict, language))
            (facts_of(&verdict.facts))
        }
    }
}

fn band_class(band: Band) -> &'static str {
    match band {
        Band::A => "band-a",
        Band::B => "band-b",
        Band::C => "band-c",
        Band::D => "band-d",
        Band::E => "band-e",
    }
}

fn chart_of(chart: &Chart, index: usize, language: Language) -> Markup {
    markup! {
        figure {
            figcaption { (chart.title) }
            div.chart {
                (chart::svg(chart, &format!("chart-{index}"), language))
                (laid_out(&chart.table(language), false))
            }
        }
    }
}

fn line(line: &Line) -> Markup {
    markup! { @for part in &line.0 { (run(part)) } }
}

fn run(run: &Run) -> Markup {
    let text = broken(run.text());
    match run {
        Run::Plain(_) => text,
        Run::Strong(_) => markup! { strong { (text) } },
        Run::Quiet(_) => markup! { span.quiet { (text) } },
        Run::Level(level, _) => markup! { span class={ "level " (level.word()) } { (text) } },
        Run::Gone(_) => markup! { del { (text) } },
        Run::New(_) => markup! { ins { (text) } },
    }
}

/// Text with its line ends.
fn broken(text: &str) -> Markup {
    markup! {
        @for (index, part) in text.split('\n').enumerate() {
            @if index > 0 { br; }
            (plain(part))
        }
    }
}

/// Text without what XML and browsers cannot have in one.
fn plain(text: &str) -> String {
    crate::domain::text::plain(text)
}
