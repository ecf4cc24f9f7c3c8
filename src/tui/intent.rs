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
    // Actions.
    Order,
    NextStatus,
    WhatIf,
    Cheapest,
    // Clients.
    NewClient,
    NewVisit,
    ShowClient,
    // Tables.
    AddRow,
    RemoveRow,
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
