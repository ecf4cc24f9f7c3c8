//! How does a document read as Markdown? As CommonMark with tables, for a repository or a ticket.

use super::document::Block;
use super::document::Column;
use super::document::Document;
use super::document::Fact;
use super::document::Line;
use super::document::Run;
use super::document::Table;
use super::document::Verdict;
use crate::domain::text::Language;

/// The whole document. What a client said is text in it, never mark-up.
pub fn markdown(document: &Document) -> String {
    let mut page = Page { parts: Vec::new(), language: document.language };
    page.head(document);
    for block in &document.blocks {
        page.block(block);
    }
    page.foot(document);
    let mut text = page.parts.join("\n\n");
    text.push('\n');
    text
}

/// Parts with an empty line between them.
struct Page {
    parts: Vec<String>,
    language: Language,
}

impl Page {
    fn put(&mut self, part: impl Into<String>) {
        self.parts.push(part.into());
    }

    fn head(&mut self, document: &Document) {
        self.put(format!("# {} · {}", inline(&document.client), inline(&document.title)));
        self.put(one_line(&document.subtitle));
        let brand = &document.brand;
        let from: Vec<String> = std::iter::once(&brand.name)
            .chain(&brand.contact)
            .map(|line| one_line(line))
            .filter(|line| !line.is_empty())
            .collect();
        if !from.is_empty() {
            self.put(from.join(" · "));
        }
    }

    fn foot(&mut self, document: &Document) {
        if !document.brand.closing.is_empty() {
            self.put(flowing(&Line::plain(&document.brand.closing)));
        }
        self.put(format!("---\n\n{}", one_line(&document.footer)));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text, .. } => {
                let marks = "#".repeat(usize::from(*level).clamp(1, 5) + 1);
                self.put(format!("{marks} {}", inline(text)));
            }
            Block::Paragraph(line) => self.put(flowing(line)),
            Block::Note(line) => self.put(format!("> {}", flowing(line).replace('\n', "\n> "))),
            Block::List(lines) => {
                let items = lines.iter().map(|line| format!("- {}", flowing(line).replace('\n', "\n  ")));
                self.put(items.collect::<Vec<_>>().join("\n"));
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Verdict(verdict) => self.verdict(verdict),
            Block::Chart(chart) => {
                self.put(format!("**{}**", one_line(&chart.title)));
                self.table(&chart.table(self.language));
            }
            Block::PageBreak => {}
        }
    }

    fn facts(&mut self, facts: &[Fact]) {
        if facts.is_empty() {
            return;
        }
        let colon = self.language.pick("\u{202f}:", ":");
        let item = |fact: &Fact| {
            format!("- **{}**{colon} {}", one_line(&fact.name), flowing(&fact.value).replace('\n', "\n  "))
        };
        self.put(facts.iter().map(item).collect::<Vec<_>>().join("\n"));
    }

    fn table(&mut self, table: &Table) {
        let titles: Vec<String> = table.columns.iter().map(|column| one_line(&column.title)).collect();
        let rule = |column: &Column| if column.figures { "---:" } else { "---" };
        let rules: Vec<&str> = table.columns.iter().map(rule).collect();
        let mut lines = vec![format!("| {} |", titles.join(" | ")), format!("|{}|", rules.join("|"))];
        lines.extend(table.rows.iter().map(|row| {
            let cells: Vec<String> = row.iter().map(cell).collect();
            format!("| {} |", cells.join(" | "))
        }));
        self.put(lines.join("\n"));
    }

    fn verdict(&mut self, verdict: &Verdict) {
        let score = match (verdict.score, verdict.band, verdict.interval) {
            (Some(score), Some(band), _) => format!("{score} / 100 ({})", band.letter()),
            (_, _, Some((low, high))) => format!("{low} – {high} / 100"),
            _ => "–".to_owned(),
        };
        let label = self.language.pick("Score global\u{202f}:", "Overall score:");
        let moved = verdict.moved.as_ref().map_or(String::new(), |moved| format!(", {}", inline(moved)));
        self.put(format!("**{label} {score}**{moved}"));
        self.put(one_line(&verdict.sentence));
        self.facts(&verdict.facts);
    }
}

/// A line as part of a paragraph: a line end in it stays one.
fn flowing(line: &Line) -> String {
    let marked: String = line.0.iter().map(marked).collect();
    let lines: Vec<String> = marked.lines().map(|line| unlike_a_block(line.trim_end())).collect();
    lines.join("\\\n")
}

/// A line in a table, which has but one.
fn cell(line: &Line) -> String {
    let marked: String = line.0.iter().map(marked).collect();
    marked.lines().collect::<Vec<_>>().join("<br>")
}

fn marked(run: &Run) -> String {
    let around = match run {
        Run::Plain(_) | Run::Quiet(_) | Run::Level(..) => "",
        Run::Strong(_) | Run::New(_) => "**",
        Run::Gone(_) => "~~",
    };
    let text = escaped(run.text());
    // Marks that touch a space mean nothing.
    let (inner, rest) = (text.trim(), text.trim_start());
    if around.is_empty() || inner.is_empty() {
        return text;
    }
    let before = text.get(..text.len() - rest.len()).unwrap_or_default();
    let after = rest.get(inner.len()..).unwrap_or_default();
    // Nor do those around more than one line.
    let inner = inner.replace('\n', &format!("{around}\n{around}"));
    format!("{before}{around}{inner}{around}{after}")
}

/// Plain text on a line of its own, without mark-up.
fn one_line(text: &str) -> String {
    unlike_a_block(&inline(text))
}

/// The same in the middle of a line.
fn inline(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Letters that mark something up, made to stand for themselves.
fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| *letter == '\n' || !letter.is_control()) {
        match letter {
            '<' => plain.push_str("&lt;"),
            '&' => plain.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '>' => {
                plain.push('\\');
                plain.push(letter);
            }
            _ => plain.push(letter),
        }
    }
    plain
}

/// A line that begins like a list, a rule or an underlining, and is none.
fn unlike_a_block(line: &str) -> String {
    let line = line.trim_start();
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    match line.get(digits..).and_then(|rest| rest.chars().next()) {
        Some('.' | ')') if digits > 0 => {
            let (number, rest) = line.split_at(digits);
            format!("{number}\\{rest}")
        }
        Some('-' | '+' | '=') if digits == 0 => format!("\\{line}"),
        _ => line.to_owned(),
    }
}
