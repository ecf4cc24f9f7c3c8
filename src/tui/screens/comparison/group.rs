//! Into which few groups do changes fall? Each with a mark, a colour and a word; the kind itself in a word too.

use ratatui::style::Style;

use super::figures;
use crate::domain::comparison::Kind;
use crate::tui::screens::look::Look;
use crate::tui::theme::Theme;

/// What one filters by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Better,
    Worse,
    /// It counts now, and did not.
    New,
    Gone,
    Other,
}

impl Group {
    pub const ALL: [Group; 5] = [Group::Better, Group::Worse, Group::New, Group::Gone, Group::Other];

    pub fn of(kind: Kind) -> Group {
        match kind {
            Kind::Improved => Group::Better,
            Kind::Worsened => Group::Worse,
            Kind::Added | Kind::Asked | Kind::Answered => Group::New,
            Kind::Removed | Kind::NoLongerAsked | Kind::Withdrawn => Group::Gone,
            Kind::Reweighted | Kind::Reworded | Kind::Changed => Group::Other,
        }
    }

    pub fn title(self, look: Look) -> &'static str {
        match self {
            Group::Better => look.pick("mieux", "better"),
            Group::Worse => look.pick("moins bien", "worse"),
            Group::New => look.pick("nouveau", "new"),
            Group::Gone => look.pick("disparu", "gone"),
            Group::Other => look.pick("autre", "other"),
        }
    }

    pub fn mark(self, theme: Theme) -> &'static str {
        match self {
            Group::Better => figures::up(theme),
            Group::Worse => figures::down(theme),
            Group::New => "+",
            Group::Gone => theme.mark("−", "-"),
            Group::Other => "~",
        }
    }

    pub fn style(self, theme: Theme) -> Style {
        match self {
            Group::Better => theme.good(),
            Group::Worse => theme.bad(),
            Group::New | Group::Gone => theme.warning(),
            Group::Other => theme.quiet(),
        }
    }
}

/// What happened to a question, in a word.
pub fn word(kind: Kind, look: Look) -> &'static str {
    match kind {
        Kind::Added => look.pick("ajoutée", "added"),
        Kind::Removed => look.pick("supprimée", "removed"),
        Kind::Asked => look.pick("posée", "asked"),
        Kind::NoLongerAsked => look.pick("plus posée", "not asked"),
        Kind::Answered => look.pick("répondue", "answered"),
        Kind::Withdrawn => look.pick("retirée", "withdrawn"),
        Kind::Improved => look.pick("mieux", "better"),
        Kind::Worsened => look.pick("moins bien", "worse"),
        Kind::Reweighted => look.pick("repondérée", "reweighted"),
        Kind::Reworded => look.pick("reformulée", "reworded"),
        Kind::Changed => look.pick("modifiée", "changed"),
    }
}
