//! What exactly changed in one question? The words of the note that went and came, then the rest.

use ratatui::style::Modifier;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;

use super::figures;
use super::seen::Seen;
use crate::domain::answer::Evidence;
use crate::domain::comparison::Change;
use crate::domain::comparison::Part;
use crate::domain::comparison::Side;
use crate::domain::upgrade::Place;
use crate::domain::wording::Piece;
use crate::domain::words;
use crate::report::comparison as said;
use crate::tui::screens::look::Look;
use crate::tui::widgets::lines::rule;
use crate::tui::widgets::lines::span;
use crate::tui::widgets::wrap::wrap;

/// The lines under the list, most wanted first.
pub fn lines(change: &Change, seen: Seen, columns: usize, look: Look) -> Vec<Line<'static>> {
    let theme = look.theme;
    let title = seen.title(&change.question, look);
    let phrase = said::kind(change.kind, look.language);
    let heading = [
        span(format!(" {} · {title} ", seen.step(&change.step, look)), theme.accent()),
        span(format!("· {phrase} "), theme.quiet()),
    ];
    let mut lines = vec![rule(&heading, columns, theme)];
    let room = columns.saturating_sub(2);
    let mut labelled = |label: &str, pieces: &[(String, Style)]| {
        let mut all = vec![(format!("{label}{}", look.colon()), theme.accent())];
        all.extend_from_slice(pieces);
        lines.extend(fold_styled(&all, room).into_iter().map(|mut line| {
            line.spans.insert(0, Span::raw(" "));
            line
        }));
    };
    if !change.note.is_empty() {
        labelled("Note", &pieces(&change.note, look));
    }
    let (then, now) = seen.both(&change.question, look);
    if then == now {
        labelled(look.pick("Ce qui change", "What differs"), &[(parts(change, look), theme.text())]);
    } else {
        labelled(look.pick("Avant", "Then"), &[(then, theme.text())]);
        labelled(look.pick("Maintenant", "Now"), &[(now, theme.text())]);
    }
    if let Some(evidence) = evidence(change, look) {
        labelled(look.pick("Preuve", "Evidence"), &[(evidence, theme.text())]);
    }
    if !change.files.is_empty() {
        let files = said::files(&change.files, look.language);
        labelled(look.pick("Fichiers", "Files"), &[(files, theme.text())]);
    }
    for rewording in change.modified.iter().flat_map(|modified| &modified.words) {
        let place = match rewording.place {
            Place::Title => look.pick("Titre", "Title"),
            Place::Ask => "Question",
            _ => continue,
        };
        labelled(place, &pieces(&rewording.pieces(look.language), look));
    }
    lines
}

/// What differs besides the value: `note, preuve`.
pub fn parts(change: &Change, look: Look) -> String {
    let others = change.parts.iter().filter(|part| **part != Part::Value);
    let others: Vec<&str> = others.map(|part| said::part(*part, look.language)).collect();
    if others.is_empty() { figures::arrow(look.theme).to_owned() } else { others.join(", ") }
}

/// `dit → vu`, and whether it is older than twelve months.
fn evidence(change: &Change, look: Look) -> Option<String> {
    let (from, to) = (change.from.as_ref()?, change.to.as_ref()?);
    if !change.parts.contains(&Part::Evidence) {
        return None;
    }
    let said = |side: &Side| {
        let level = words::evidence(look.language, side.evidence);
        match side.lapsed {
            true => look.pick(format!("{level} (périmée)"), format!("{level} (lapsed)")),
            false => level.to_owned(),
        }
    };
    let nothing = |side: &Side| side.evidence == Evidence::Said && !side.lapsed;
    let arrow = figures::arrow(look.theme);
    (!nothing(from) || !nothing(to)).then(|| format!("{} {arrow} {}", said(from), said(to)))
}

/// The words that went in `[- -]` and struck through, those that came in `{+ +}` and underlined.
pub fn pieces(pieces: &[Piece], look: Look) -> Vec<(String, Style)> {
    let theme = look.theme;
    let mut marked = Vec::new();
    for piece in pieces {
        let (open, run, close, style) = match piece {
            Piece::Same(run) => ("", run, "", theme.text()),
            Piece::Gone(run) => ("[-", run, "-]", theme.bad().add_modifier(Modifier::CROSSED_OUT)),
            Piece::New(run) => ("{+", run, "+}", theme.good().add_modifier(Modifier::UNDERLINED)),
        };
        // The white space behind the words stays outside the marks.
        let words = run.trim_end();
        marked.push((format!("{open}{words}{close}"), style));
        if words.len() < run.len() || !open.is_empty() {
            marked.push((" ".to_owned(), theme.text()));
        }
    }
    marked
}

/// Styled runs folded to a width as one text.
fn fold_styled(runs: &[(String, Style)], columns: usize) -> Vec<Line<'static>> {
    let text: String = runs.iter().map(|(run, _)| run.as_str()).collect();
    let mut letters = runs.iter().flat_map(|(run, style)| run.chars().map(|letter| (letter, *style)));
    let mut lines = Vec::new();
    for line in wrap(&text, columns) {
        let mut spans: Vec<(String, Style)> = Vec::new();
        for wanted in line.chars() {
            // Folding drops spaces and line ends, and shows a narrow no-break space as an ordinary one.
            let found = letters
                .find(|(letter, _)| *letter == wanted || (*letter == '\u{202f}' && wanted == '\u{a0}'));
            let style = found.map_or_else(Style::new, |(_, style)| style);
            match spans.last_mut().filter(|(_, last)| *last == style) {
                Some((run, _)) => run.push(wanted),
                None => spans.push((wanted.to_string(), style)),
            }
        }
        lines.push(Line::from(spans.into_iter().map(|(run, style)| span(run, style)).collect::<Vec<_>>()));
    }
    lines
}
