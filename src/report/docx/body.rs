//! How do blocks become paragraphs and tables? Each with its style; wide tables on pages of their own that lie across.

use super::parts::NAMESPACES;
use super::parts::part;
use super::xml::all_of;
use super::xml::escaped;
use crate::domain::brand::Logo;
use crate::domain::scoring::Band;
use crate::domain::scoring::Level;
use crate::domain::text::Language;
use crate::report::document::Block;
use crate::report::document::Document;
use crate::report::document::Fact;
use crate::report::document::Line;
use crate::report::document::Run;
use crate::report::document::Table;
use crate::report::document::Verdict;

/// Twentieths of a point: A4, and the margins.
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: u32 = 1_247;
/// Above and below the text of a page that stands alone.
const COMPACT: u32 = 794;
/// A table of more columns lies across.
const ACROSS: usize = 7;
/// English Metric Units, 360,000 a centimetre: the room for a logo.
const LOGO: (u64, u64) = (5 * 360_000, 2 * 360_000);

pub fn body(document: &Document, logo: Option<&Logo>) -> String {
    let edge = if document.compact { COMPACT } else { MARGIN };
    let mut body = Body { out: String::new(), language: document.language, marks: 0, turned: false, edge };
    body.head(document, logo);
    for (index, block) in document.blocks.iter().enumerate() {
        body.block(block, document.blocks.get(index + 1));
    }
    if !document.brand.closing.is_empty() {
        body.paragraph("Closing", &Line::plain(&document.brand.closing));
    }
    body.turn(false);
    let section = section(false, edge);
    part(&format!("<w:document {NAMESPACES}><w:body>{}{section}</w:body></w:document>", body.out))
}

/// How the pages up to here lie.
fn section(across: bool, edge: u32) -> String {
    let (width, height) = if across { (PAGE.1, PAGE.0) } else { PAGE };
    let turned = if across { " w:orient=\"landscape\"" } else { "" };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"header\"/><w:footerReference w:type=\"default\" r:id=\"footer\"/>\
         <w:pgSz w:w=\"{width}\" w:h=\"{height}\"{turned}/>\
         <w:pgMar w:top=\"{edge}\" w:right=\"{MARGIN}\" w:bottom=\"{edge}\" w:left=\"{MARGIN}\" w:header=\"397\" w:footer=\"397\" w:gutter=\"0\"/></w:sectPr>"
    )
}

struct Body {
    out: String,
    language: Language,
    /// Bookmarks are numbered.
    marks: u32,
    /// The pages lie across at the moment.
    turned: bool,
    /// The margin above and below.
    edge: u32,
}

impl Body {
    fn head(&mut self, document: &Document, logo: Option<&Logo>) {
        let brand = &document.brand;
        if let Some(logo) = logo {
            self.logo(logo, &brand.name);
        }
        let from = std::iter::once(&brand.name).chain(&brand.contact).filter(|line| !line.is_empty());
        if document.compact {
            let from = from.map(String::as_str).collect::<Vec<_>>().join(" · ");
            self.paragraph("Contact", &Line::plain(from));
        } else {
            from.for_each(|line| self.paragraph("Contact", &Line::plain(line)));
        }
        self.paragraph("Title", &Line::plain(&document.client));
        self.paragraph("Subtitle", &Line::plain(format!("{} · {}", document.title, document.subtitle)));
    }

    /// A picture in a paragraph of its own, as large as there is room, in its shape.
    fn logo(&mut self, logo: &Logo, name: &str) {
        let (width, height) = (u64::from(logo.width.max(1)), u64::from(logo.height.max(1)));
        let (wide, high) = if LOGO.0 * height <= LOGO.1 * width {
            (LOGO.0, LOGO.0 * height / width)
        } else {
            (LOGO.1 * width / height, LOGO.1)
        };
        let (wide, high) = (wide.max(1), high.max(1));
        let name = escaped(name);
        self.put(format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Contact\"/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:docPr id=\"1\" name=\"logo\" descr=\"{name}\"/>\
             <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
             <pic:nvPicPr><pic:cNvPr id=\"1\" name=\"logo\" descr=\"{name}\"/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip r:embed=\"image\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>\
             </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        ));
    }

    fn put(&mut self, xml: impl AsRef<str>) {
        self.out.push_str(xml.as_ref());
    }

    fn block(&mut self, block: &Block, next: Option<&Block>) {
        if !matches!(block, Block::Table(table) if table.columns.len() > ACROSS) {
            self.turn(false);
        }
        match block {
            Block::Heading { level, text, anchor } => self.heading(*level, text, anchor),
            Block::Paragraph(line) => {
                // What introduces a table stays on its page.
                let leads = matches!(next, Some(Block::Table(_) | Block::Chart(_)));
                self.paragraph(if leads { "Lead" } else { "Normal" }, line);
            }
            Block::Note(line) => self.paragraph("Note", line),
            Block::List(items) => items.iter().for_each(|item| self.paragraph("ListBullet", item)),
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Verdict(verdict) => self.verdict(verdict),
            Block::Chart(chart) => {
                self.paragraph("Caption", &Line::plain(&chart.title));
                self.table(&chart.table(self.language));
            }
            Block::PageBreak => self.out.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
        }
    }

    /// Ends the pages that lie the other way.
    fn turn(&mut self, across: bool) {
        if self.turned != across {
            self.put(format!(
                "<w:p><w:pPr><w:pStyle w:val=\"Gap\"/>{}</w:pPr></w:p>",
                section(self.turned, self.edge)
            ));
            self.turned = across;
        }
    }

    fn heading(&mut self, level: u8, text: &str, anchor: &str) {
        let style = format!("Heading{}", level.clamp(1, 3));
        let runs = runs(&Line::plain(text));
        let runs = if anchor.is_empty() {
            runs
        } else {
            self.marks += 1;
            let (id, name) = (self.marks, bookmark(anchor));
            format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{runs}<w:bookmarkEnd w:id=\"{id}\"/>")
        };
        self.put(format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>"));
    }

    fn paragraph(&mut self, style: &str, line: &Line) {
        self.out.push_str(&paragraph(style, line));
    }

    fn facts(&mut self, facts: &[Fact]) {
        let colon = self.language.pick("\u{202f}: ", ": ");
        for fact in facts {
            self.paragraph("Fact", &named(fact, colon));
        }
        self.gap();
    }

    fn gap(&mut self) {
        self.paragraph("Gap", &Line::default());
    }

    fn table(&mut self, table: &Table) {
        let across = table.columns.len() > ACROSS;
        self.turn(across);
        let room = if across { PAGE.1 } else { PAGE.0 } - 2 * MARGIN;
        let all: u32 = table.columns.iter().map(|column| u32::from(column.width)).sum::<u32>().max(1);
        let widths: Vec<u32> =
            table.columns.iter().map(|column| room * u32::from(column.width) / all).collect();
        let style = |figures: bool| if figures { "CellFigure" } else { "Cell" };
        let grid = all_of(widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")));
        let caption = escaped(&table.caption);
        self.put(format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Lines\"/><w:tblW w:w=\"{room}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
             <w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>\
             <w:tblCaption w:val=\"{caption}\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        ));
        let head = table.columns.iter().zip(&widths);
        let head: String = head
            .map(|(column, width)| cell(*width, style(column.figures), &Line::plain(&column.title)))
            .collect();
        self.put(format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"));
        for row in &table.rows {
            let cells: String = row
                .iter()
                .zip(&table.columns)
                .zip(&widths)
                .map(|((line, column), width)| cell(*width, style(column.figures), line))
                .collect();
            self.put(format!("<w:tr><w:trPr>{}</w:trPr>{cells}</w:tr>", whole(row)));
        }
        self.out.push_str("</w:tbl>");
        self.gap();
    }

    fn verdict(&mut self, verdict: &Verdict) {
        let room = PAGE.0 - 2 * MARGIN;
        let score = match (verdict.score, verdict.interval) {
            (Some(score), _) => format!("{score} / 100"),
            (None, Some((low, high))) => format!("{low} – {high} / 100"),
            (None, None) => "–".to_owned(),
        };
        let band = verdict.band.map_or(String::new(), |band| {
            format!(
                "{}{}",
                styled(band_style(band), &format!("\u{a0}{}\u{a0}", band.letter())),
                plain_run("  ")
            )
        });
        let mut inside =
            format!("<w:p><w:pPr><w:pStyle w:val=\"Score\"/></w:pPr>{band}{}</w:p>", plain_run(&score));
        let said = Line::strong(&verdict.sentence);
        let said = match &verdict.moved {
            Some(moved) => said.and_quiet(format!("  {moved}")),
            None => said,
        };
        inside.push_str(&paragraph("Normal", &said));
        let colon = self.language.pick("\u{202f}: ", ": ");
        inside.extend(verdict.facts.iter().map(|fact| paragraph("Fact", &named(fact, colon))));
        self.put(format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Box\"/><w:tblW w:w=\"{room}\" w:type=\"dxa\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"{room}\"/></w:tblGrid>\
             <w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"{room}\" w:type=\"dxa\"/></w:tcPr>{inside}</w:tc></w:tr></w:tbl>"
        ));
        self.gap();
    }
}

/// A row stays on one page, unless it is longer than a page could be.
fn whole(row: &[Line]) -> &'static str {
    const PAGEFUL: usize = 1_500;
    if row.iter().all(|cell| cell.text().len() < PAGEFUL) { "<w:cantSplit/>" } else { "" }
}

/// Letters, digits and `_`, at most forty: what a bookmark's name may hold.
fn bookmark(anchor: &str) -> String {
    anchor.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).take(40).collect()
}

fn named(fact: &Fact, colon: &str) -> Line {
    let mut line = Line(vec![Run::Quiet(format!("{}{colon}", fact.name))]);
    line.0.extend(fact.value.0.iter().cloned());
    line
}

fn cell(width: u32, style: &str, line: &Line) -> String {
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>", paragraph(style, line))
}

fn paragraph(style: &str, line: &Line) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", runs(line))
}

fn runs(line: &Line) -> String {
    line.0.iter().map(run).collect()
}

fn run(run: &Run) -> String {
    match run {
        Run::Plain(text) => plain_run(text),
        Run::Strong(text) => styled("Strong", text),
        Run::Quiet(text) => styled("Quiet", text),
        Run::Level(level, text) => styled(level_style(*level), text),
        Run::Gone(text) => styled("Gone", text),
        Run::New(text) => styled("New", text),
    }
}

fn plain_run(text: &str) -> String {
    format!("<w:r>{}</w:r>", inside(text))
}

fn styled(style: &str, text: &str) -> String {
    format!("<w:r><w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr>{}</w:r>", inside(text))
}

/// Text with its line ends and tabs.
fn inside(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let parts =
            line.split('\t').map(|part| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(part)));
        parts.collect::<Vec<_>>().join("<w:tab/>")
    });
    lines.collect::<Vec<_>>().join("<w:br/>")
}

fn level_style(level: Level) -> &'static str {
    match level {
        Level::Low => "LevelLow",
        Level::Moderate => "LevelModerate",
        Level::High => "LevelHigh",
        Level::Critical => "LevelCritical",
    }
}

fn band_style(band: Band) -> &'static str {
    match band {
        Band::A => "BandA",
        Band::B => "BandB",
        Band::C => "BandC",
        Band::D => "BandD",
        Band::E => "BandE",
    }
}
