//! What is the text in front of one? The question, the figure, the action, the page, the document: as plain text, for
//! an e-mail or a file of one's own.

use super::open;
use crate::domain::recording::clean;
use crate::domain::text::Text;
use crate::report::markdown;
use crate::tui::clipboard::MOST;
use crate::tui::clipboard::Reach;
use crate::tui::effect::Effect;
use crate::tui::intent::Intent;
use crate::tui::model::Layer;
use crate::tui::model::Model;
use crate::tui::model::Reader;
use crate::tui::model::Screen;
use crate::tui::model::Subject;
use crate::tui::screens::comparison;
use crate::tui::screens::copied;
use crate::tui::screens::evidence;
use crate::tui::screens::reader::Scroll;

/// Sends the text to the terminal, which does not say whether it took it: asked for at once a second time, and where
/// the terminal cannot take it, it is shown bare, to be selected by hand.
pub fn copy(model: &mut Model, again: bool) -> Vec<Effect> {
    if let Some(Layer::Reader(Reader { subject: Subject::Bare(_), .. })) = model.layers.last() {
        return Vec::new();
    }
    let Some(text) = in_front(model).map(|text| clean(&text)).filter(|text| !text.is_empty()) else {
        model.say(Text::new("rien à copier ici", "nothing to copy here"));
        return Vec::new();
    };
    if let Some(sequence) = model.clipboard.sequence(&text).filter(|_| !again) {
        model.copied = true;
        model.say(sent(text.lines().count(), model.clipboard));
        return vec![Effect::Copy { sequence }];
    }
    let why = if text.len() > MOST {
        Text::new(
            "trop long pour le presse-papiers d’un terminal\u{202f}: le voici sans cadre, à sélectionner",
            "too long for a terminal’s clipboard: here it is without a frame, to be selected",
        )
    } else {
        Text::new(
            "le texte sans cadre, à sélectionner dans le terminal\u{202f}; « q » le ferme",
            "the text without a frame, to be selected in the terminal; “q” closes it",
        )
    };
    model.say(why);
    open(model, Layer::Reader(Reader { subject: Subject::Bare(text), scroll: Scroll::default() }));
    Vec::new()
}

fn sent(lines: usize, reach: Reach) -> Text {
    let (fr, en) = match reach {
        Reach::Tmux => (
            "\u{202f}; tmux ne le prend qu’avec « set-clipboard on ».",
            "; tmux takes it only with “set-clipboard on”.",
        ),
        Reach::Direct | Reach::Nowhere => (".", "."),
    };
    let (ligne, line) = if lines > 1 { ("lignes", "lines") } else { ("ligne", "line") };
    Text::new(
        format!(
            "{lines} {ligne} pour le presse-papiers{fr} Rien à coller\u{202f}? « C » encore\u{a0}: le texte à sélectionner"
        ),
        format!("{lines} {line} for the clipboard{en} Nothing to paste? “C” again: the text, to be selected"),
    )
}

/// What the top layer shows; without one, what the screen's pointer stands on.
fn in_front(model: &Model) -> Option<String> {
    let look = model.look();
    match model.layers.last() {
        Some(Layer::Reader(reader)) => {
            let (title, text) = model.read(&reader.subject);
            return Some(copied::paragraphs(&title, &text));
        }
        Some(Layer::Documents(documents)) => return documents.document().map(markdown::markdown),
        Some(Layer::Form(_) | Layer::Note(_) | Layer::Table(_) | Layer::Chooser(_) | Layer::Finder(_)) => {
            return None;
        }
        None => {}
    }
    let visit = model.visit.as_ref()?;
    // What is opened to be read is what is copied without opening it.
    let subject = match model.screen {
        Screen::Clients | Screen::Summary => return None,
        Screen::Interview => return Some(copied::question(visit, visit.question()?, look)),
        Screen::Actions => return model.actions.in_front(visit, model.today, look),
        Screen::Result => Subject::Explanation(model.result.chosen(visit)?),
        Screen::Comparison => match model.comparison.clone().update(Intent::Confirm, visit, look, 1) {
            comparison::Wish::History(id) => Subject::History(id),
            comparison::Wish::Stay | comparison::Wish::Choose(_) => return None,
        },
        Screen::Evidence => match model.evidence.clone().update(Intent::Confirm, visit, look, 1) {
            evidence::Wish::Read(item) => Subject::Evidence(item),
            evidence::Wish::Stay
            | evidence::Wish::Choose(_)
            | evidence::Wish::Attach(_)
            | evidence::Wish::Detach { .. } => return None,
        },
    };
    let (title, text) = model.read(&subject);
    Some(copied::paragraphs(&title, &text))
}
