//! How does everything look? Styles under the names that Word knows, so that a letterhead can replace them.

use super::parts::part;
use super::parts::tag;
use crate::report::document::Document;

/// What a style sets besides its name.
struct Style {
    id: &'static str,
    name: &'static str,
    /// `w:pPr` and `w:rPr`.
    paragraph: String,
    letters: String,
}

pub fn styles(document: &Document) -> String {
    let colour = document.brand.colour().readable().hex();
    // Half-points.
    let size = if document.compact { 17 } else { 20 };
    let after = if document.compact { 20 } else { 100 };
    let paragraphs: String = paragraphs(&colour, size, document.compact).iter().map(paragraph).collect();
    let characters: String = characters().iter().map(character).collect();
    part(&format!(
        "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:eastAsia=\"Calibri\" w:cs=\"Calibri\"/>\
         <w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/><w:lang w:val=\"{}\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:after=\"{after}\" w:line=\"259\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/></w:style>\
         {paragraphs}{characters}{}</w:styles>",
        tag(document.language),
        tables(&colour, if document.compact { 10 } else { 40 })
    ))
}

fn paragraphs(colour: &str, size: u16, compact: bool) -> Vec<Style> {
    let heading = |id, name, level: u8, size: u16, before: u16| Style {
        id,
        name,
        paragraph: format!(
            "<w:keepNext/><w:keepLines/><w:spacing w:before=\"{before}\" w:after=\"60\"/><w:outlineLvl w:val=\"{level}\"/>"
        ),
        letters: format!(
            "<w:b/><w:color w:val=\"{colour}\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>"
        ),
    };
    let before = if compact { 90 } else { 360 };
    let (gap, letters) = if compact { (0, 16) } else { (20, 18) };
    let cell = |id, name, side: &str| Style {
        id,
        name,
        paragraph: format!("<w:spacing w:after=\"{gap}\" w:line=\"240\" w:lineRule=\"auto\"/>{side}"),
        letters: format!("<w:sz w:val=\"{letters}\"/><w:szCs w:val=\"{letters}\"/>"),
    };
    let plain = |id, name, paragraph: &str, letters: &str| Style {
        id,
        name,
        paragraph: paragraph.to_owned(),
        letters: letters.to_owned(),
    };
    vec![
        plain(
            "Title",
            "Title",
            "<w:keepNext/><w:spacing w:after=\"40\"/>",
            "<w:b/><w:sz w:val=\"44\"/><w:szCs w:val=\"44\"/>",
        ),
        Style {
            id: "Subtitle",
            name: "Subtitle",
            paragraph: format!(
                "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"6\" w:color=\"{colour}\"/></w:pBdr><w:spacing w:after=\"240\"/>"
            ),
            letters: "<w:color w:val=\"556070\"/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>".to_owned(),
        },
        heading("Heading1", "heading 1", 0, if compact { size + 4 } else { 30 }, before),
        heading("Heading2", "heading 2", 1, 24, 240),
        heading("Heading3", "heading 3", 2, 22, 200),
        Style {
            id: "Note",
            name: "Note",
            paragraph: format!(
                "<w:keepLines/><w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" w:color=\"{colour}\"/></w:pBdr>\
                 <w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F4F6F8\"/><w:spacing w:before=\"120\" w:after=\"120\"/><w:ind w:left=\"227\"/>"
            ),
            letters: String::new(),
        },
        plain(
            "ListBullet",
            "List Bullet",
            "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"40\"/><w:contextualSpacing/>",
            "",
        ),
        plain("Lead", "Lead", "<w:keepNext/>", ""),
        plain("Closing", "Closing", "<w:keepLines/><w:spacing w:before=\"160\"/>", ""),
        plain("Fact", "Fact", "<w:spacing w:after=\"30\"/><w:ind w:left=\"284\" w:hanging=\"284\"/>", ""),
        cell("Cell", "Cell", ""),
        cell("CellFigure", "Cell Figure", "<w:jc w:val=\"right\"/>"),
        plain("Caption", "caption", "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"60\"/>", "<w:b/>"),
        plain(
            "Score",
            "Score",
            "<w:keepNext/><w:spacing w:after=\"0\"/>",
            "<w:b/><w:sz w:val=\"48\"/><w:szCs w:val=\"48\"/>",
        ),
        plain(
            "Header",
            "header",
            "<w:tabs><w:tab w:val=\"right\" w:pos=\"9412\"/></w:tabs><w:spacing w:after=\"0\"/>",
            "<w:color w:val=\"556070\"/><w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/>",
        ),
        plain(
            "Footer",
            "footer",
            "<w:tabs><w:tab w:val=\"right\" w:pos=\"9412\"/></w:tabs><w:spacing w:after=\"0\"/>",
            "<w:color w:val=\"556070\"/><w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/>",
        ),
        plain(
            "Contact",
            "Contact",
            "<w:spacing w:after=\"0\"/><w:jc w:val=\"right\"/>",
            "<w:color w:val=\"556070\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>",
        ),
        // Tables that follow each other would grow together.
        plain("Gap", "Gap", "<w:spacing w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/>", ""),
    ]
}

/// Looks of words within a line.
fn characters() -> Vec<Style> {
    let style =
        |id, name, letters: &str| Style { id, name, paragraph: String::new(), letters: letters.to_owned() };
    let level = |id, name, ink: &str, fill: &str| {
        let letters = format!(
            "<w:b/><w:color w:val=\"{ink}\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>"
        );
        Style { id, name, paragraph: String::new(), letters }
    };
    vec![
        style("Strong", "Strong", "<w:b/>"),
        style("Quiet", "Quiet", "<w:color w:val=\"556070\"/>"),
        style("Gone", "Gone", "<w:strike/><w:color w:val=\"8A3038\"/>"),
        style("New", "New", "<w:color w:val=\"1D6B3A\"/><w:u w:val=\"single\"/>"),
        level("LevelLow", "Level Low", "1D6B3A", "DCEFE2"),
        level("LevelModerate", "Level Moderate", "6B4700", "F7E9C6"),
        level("LevelHigh", "Level High", "8A3608", "F6CFAE"),
        level("LevelCritical", "Level Critical", "FFFFFF", "A31621"),
        level("BandA", "Band A", "FFFFFF", "1D6B3A"),
        level("BandB", "Band B", "FFFFFF", "4B6B12"),
        level("BandC", "Band C", "FFFFFF", "8A5A00"),
        level("BandD", "Band D", "FFFFFF", "A8420A"),
        level("BandE", "Band E", "FFFFFF", "A31621"),
    ]
}

fn paragraph(style: &Style) -> String {
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr>{}</w:pPr><w:rPr>{}</w:rPr></w:style>",
        style.id, style.name, style.paragraph, style.letters
    )
}

fn character(style: &Style) -> String {
    format!(
        "<w:style w:type=\"character\" w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn w:val=\"DefaultParagraphFont\"/>\
         <w:qFormat/><w:rPr>{}</w:rPr></w:style>",
        style.id, style.name, style.letters
    )
}

fn tables(colour: &str, room: u8) -> String {
    let rule = |side: &str, size: u8, ink: &str| {
        format!("<w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"0\" w:color=\"{ink}\"/>")
    };
    format!(
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
         <w:tblCellMar><w:top w:w=\"{room}\" w:type=\"dxa\"/><w:left w:w=\"85\" w:type=\"dxa\"/><w:bottom w:w=\"{room}\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         <w:style w:type=\"table\" w:styleId=\"Lines\"><w:name w:val=\"Lines\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>{}{}</w:tblBorders></w:tblPr>\
         <w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>{}</w:tcBorders><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F4F6F8\"/></w:tcPr></w:tblStylePr></w:style>\
         <w:style w:type=\"table\" w:styleId=\"Box\"><w:name w:val=\"Box\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>{}{}{}{}</w:tblBorders></w:tblPr></w:style>",
        rule("bottom", 4, "D5DAE1"),
        rule("insideH", 4, "D5DAE1"),
        rule("bottom", 12, colour),
        rule("top", 6, "B8C0CA"),
        rule("left", 6, "B8C0CA"),
        rule("bottom", 6, "B8C0CA"),
        rule("right", 6, "B8C0CA"),
    )
}
