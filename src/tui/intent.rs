//! What can be meant? Everything that a key can ask for, wherever it is pressed.

/// A wish, before anybody knows what comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    // Anywhere.
    Quit,
    Suspend,
    Redraw,
    Help,
    OtherLanguage,
    Back,
    Find,
    /// The text in front of one, into the clipboard.
    Copy,
    /// No more of the file that is being copied.
    GiveUpFile,
    // Moving.
    Down,
    Up,
    PageDown,
    PageUp,
    First,
    Last,
    NextQuestion,
    PreviousQuestion,
    NextStep,
    PreviousStep,
    Confirm,
    // Answering.
    Yes,
    Partly,
    No,
    Unknown,
    NotApplicable,
    /// 0 to 9, also from the unshifted top row of a French keyboard.
    Digit(u8),
    Toggle,
    ClearAnswer,
    Note,
    NoteOnLast,
    Evidence,
    WhoSaidIt,
    Judgement,
    Details,
    FlagForLater,
    /// What a capture proposes is the answer.
    AcceptProposal,
    /// Why an answer stands although a capture disproves it.
    Resolve,
    OpenPoints,
    Glossary,
    Undo,
    Redo,
    ShowResult,
    ShowComparison,
    ShowActions,
    ShowDocuments,
    /// What was seen of the client's site.
    ShowEvidence,
    // Comparison.
    NextPage,
    PreviousPage,
    ChooseThen,
    ChooseNow,
    FilterKind,
    FilterStep,
    // Evidence.
    FilterPhase,
    AttachFile,
    // Actions.
    Order,
    NextStatus,
    WhatIf,
    Cheapest,
    // Clients.
    NewClient,
    NewVisit,
    ShowClient,
    /// What the clients shown have in common.
    ShowSummary,
    Archive,
    /// What the folders hold now.
    LookAgain,
    Seal,
    CheckSeals,
    // Tables.
    AddRow,
    RemoveRow,
    // Forms.
    NextField,
    PreviousField,
    // Text.
    Type(char),
    NewLine,
    Erase,
    EraseNext,
    EraseWord,
    Left,
    Right,
    LineStart,
    LineEnd,
}

impl Intent {
    /// The place in a list that a way to move leads to, if this is one; never beyond the `last`. `page` is how many
    /// places are seen at once.
    pub fn moved(self, from: usize, last: usize, page: usize) -> Option<usize> {
        let page = page.max(1);
        let place = match self {
            Intent::Down => from + 1,
            Intent::Up => from.saturating_sub(1),
            Intent::PageDown => from + page,
            Intent::PageUp => from.saturating_sub(page),
            Intent::First => 0,
            Intent::Last => last,
            _ => return None,
        };
        Some(place.min(last))
    }
}
