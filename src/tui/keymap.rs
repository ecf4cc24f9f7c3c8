//! Which key means what, and where? The one table that handling, footer, help and README read.

use crossterm::event::KeyCode;
use crossterm::event::KeyEvent;

use super::intent::Intent;

mod binding;
mod context;
mod key;

pub use binding::Binding;
pub use context::Context;
pub use key::Key;
pub use key::digit;

use binding::bind;
use context::Context::Actions;
use context::Context::Client;
use context::Context::Clients;
use context::Context::Comparison;
use context::Context::Documents;
use context::Context::Editor;
use context::Context::Everywhere;
use context::Context::Evidence;
use context::Context::Finder;
use context::Context::Form;
use context::Context::Interview;
use context::Context::List;
use context::Context::Reader;
use context::Context::Result;
use context::Context::Summary;
use context::Context::Table;
use key::Key::Char;
use key::Key::Code;
use key::Key::Ctrl;
use key::Key::Digit;

const UP: Key = Code(KeyCode::Up);
const DOWN: Key = Code(KeyCode::Down);
const ENTER: Key = Code(KeyCode::Enter);
const ESC: Key = Code(KeyCode::Esc);
const TAB: Key = Code(KeyCode::Tab);
const BACK_TAB: Key = Code(KeyCode::BackTab);
const PAGE_UP: Key = Code(KeyCode::PageUp);
const PAGE_DOWN: Key = Code(KeyCode::PageDown);
const HOME: Key = Code(KeyCode::Home);
const END: Key = Code(KeyCode::End);
const DELETE: Key = Code(KeyCode::Delete);
const BACKSPACE: Key = Code(KeyCode::Backspace);
const F1: Key = Code(KeyCode::F(1));
const F5: Key = Code(KeyCode::F(5));

/// Every key of the program. In the order of the footer and of the help.
pub static BINDINGS: &[Binding] = &[
    // Interview: answering first, it is what everybody does most.
    bind(Interview, &[Char('y'), Char('o')], Intent::Yes, ("oui", "yes"), false),
    bind(Interview, &[Char('p')], Intent::Partly, ("en partie", "partly"), false),
    bind(Interview, &[Char('n')], Intent::No, ("non", "no"), false),
    bind(
        Interview,
        &[Digit],
        Intent::Digit(0),
        ("choisir (0 : aucun), saisir", "choose (0: none), enter"),
        false,
    ),
    bind(Interview, &[Char(' ')], Intent::Toggle, ("cocher", "tick"), false),
    bind(Interview, &[ENTER], Intent::Confirm, ("valider, saisir", "confirm, enter"), false),
    bind(Interview, &[Char('d')], Intent::Unknown, ("ne sait pas", "don’t know"), true),
    bind(Interview, &[Char('x')], Intent::NotApplicable, ("sans objet", "not applicable"), true),
    bind(
        Interview,
        &[BACKSPACE, DELETE],
        Intent::ClearAnswer,
        ("retirer la réponse", "take the answer back"),
        false,
    ),
    bind(Interview, &[Char('e')], Intent::Note, ("note", "note"), true),
    bind(
        Interview,
        &[Char('E')],
        Intent::NoteOnLast,
        ("note sur la réponse précédente", "note on the last answer"),
        false,
    ),
    bind(Interview, &[Char('v')], Intent::Evidence, ("preuve", "evidence"), true),
    bind(Interview, &[Char('w')], Intent::WhoSaidIt, ("qui l’a dit", "who said it"), false),
    bind(
        Interview,
        &[Char('s')],
        Intent::Judgement,
        ("votre avis, autre gravité", "your judgement, other severity"),
        false,
    ),
    bind(Interview, &[Char('t')], Intent::Details, ("tableau, précisions", "table, details"), false),
    bind(
        Interview,
        &[Char('P')],
        Intent::AcceptProposal,
        ("accepter le relevé", "take the capture’s answer"),
        false,
    ),
    bind(Interview, &[Char('X')], Intent::Resolve, ("expliquer l’écart", "explain a contradiction"), false),
    bind(Interview, &[Char('i')], Intent::ShowEvidence, ("preuves du site", "evidence of the site"), false),
    bind(Interview, &[Char('f')], Intent::FlagForLater, ("à revoir", "flag for later"), true),
    bind(Interview, &[Char('F')], Intent::OpenPoints, ("points en suspens", "open points"), false),
    bind(Interview, &[Char('/')], Intent::Find, ("chercher", "find"), true).first(),
    bind(Interview, &[Char('r')], Intent::ShowResult, ("résultat", "result"), true).first(),
    bind(Interview, &[Char('c')], Intent::ShowComparison, ("comparaison", "comparison"), true),
    bind(Interview, &[Char('a')], Intent::ShowActions, ("actions", "actions"), true),
    bind(
        Interview,
        &[Char('R')],
        Intent::ShowDocuments,
        ("document à remettre", "document to hand over"),
        false,
    ),
    bind(
        Interview,
        &[Char('j'), Code(KeyCode::Right)],
        Intent::NextQuestion,
        ("question suivante", "next question"),
        false,
    ),
    bind(
        Interview,
        &[Char('k'), Code(KeyCode::Left)],
        Intent::PreviousQuestion,
        ("question précédente", "previous question"),
        false,
    ),
    bind(Interview, &[DOWN], Intent::Down, ("plus bas", "down"), false),
    bind(Interview, &[UP], Intent::Up, ("plus haut", "up"), false),
    bind(Interview, &[TAB], Intent::NextStep, ("étape", "step"), true),
    bind(Interview, &[BACK_TAB], Intent::PreviousStep, ("étape précédente", "previous step"), false),
    bind(Interview, &[PAGE_DOWN], Intent::PageDown, ("suite de l’aide", "more of the help"), false),
    bind(Interview, &[PAGE_UP], Intent::PageUp, ("début de l’aide", "back in the help"), false),
    bind(
        Interview,
        &[HOME, Char('g')],
        Intent::First,
        ("première question de l’étape", "first question of the step"),
        false,
    ),
    bind(
        Interview,
        &[END, Char('G')],
        Intent::Last,
        ("dernière question de l’étape", "last question of the step"),
        false,
    ),
    bind(Interview, &[Char('m')], Intent::Glossary, ("mots expliqués", "words explained"), false),
    bind(Interview, &[Char('u')], Intent::Undo, ("annuler", "undo"), true),
    bind(Interview, &[Ctrl('r')], Intent::Redo, ("rétablir", "redo"), false),
    bind(Interview, &[Char('?')], Intent::Help, ("aide", "help"), true),
    bind(Interview, &[Char('C')], Intent::Copy, ("copier", "copy"), false),
    bind(Interview, &[Char('L')], Intent::OtherLanguage, ("English", "français"), true),
    bind(Interview, &[Char('q'), ESC], Intent::Back, ("retour aux clients", "back to the clients"), true)
        .short("clients", "clients"),
    // Clients.
    bind(Clients, &[ENTER], Intent::Confirm, ("ouvrir", "open"), true),
    bind(Clients, &[Char('v'), Code(KeyCode::Right)], Intent::ShowClient, ("visites", "visits"), true),
    bind(Clients, &[Char('n')], Intent::NewClient, ("nouveau client", "new client"), true)
        .short("nouveau", "new"),
    bind(Clients, &[Char('N')], Intent::NewVisit, ("nouvelle visite", "new visit"), true)
        .short("revisiter", "new visit"),
    bind(Clients, &[Char('/')], Intent::Find, ("chercher", "find"), true).first(),
    bind(Clients, &[Char('s')], Intent::Order, ("trier", "sort"), true),
    bind(Clients, &[Char('f')], Intent::FilterKind, ("filtrer", "filter"), true),
    bind(Clients, &[Char('A')], Intent::Archive, ("archiver, ramener", "archive, take back"), true)
        .short("archiver", "archive"),
    bind(Clients, &[Char('m')], Intent::ShowSummary, ("manques", "missed"), true),
    bind(Clients, &[Char('D'), DELETE], Intent::RemoveRow, ("supprimer", "delete"), false),
    bind(Clients, &[Char('u')], Intent::Undo, ("ramener le dernier parti", "bring back the last one"), false),
    bind(Clients, &[F5], Intent::LookAgain, ("relire les dossiers", "read the folders again"), false),
    bind(Clients, &[DOWN, Char('j')], Intent::Down, ("suivant", "next"), false),
    bind(Clients, &[UP, Char('k')], Intent::Up, ("précédent", "previous"), false),
    bind(Clients, &[PAGE_DOWN], Intent::PageDown, ("page suivante", "page down"), false),
    bind(Clients, &[PAGE_UP], Intent::PageUp, ("page précédente", "page up"), false),
    bind(Clients, &[HOME, Char('g')], Intent::First, ("premier", "first"), false),
    bind(Clients, &[END, Char('G')], Intent::Last, ("dernier", "last"), false),
    bind(Clients, &[Char('L')], Intent::OtherLanguage, ("English", "français"), true),
    bind(Clients, &[Char('?')], Intent::Help, ("aide", "help"), true),
    bind(Clients, &[Char('q')], Intent::Quit, ("quitter", "quit"), true),
    // One client.
    bind(Client, &[ENTER], Intent::Confirm, ("ouvrir", "open"), true),
    bind(Client, &[Char('S')], Intent::Seal, ("sceller", "seal"), true),
    bind(Client, &[Char('V')], Intent::CheckSeals, ("vérifier les sceaux", "check the seals"), false),
    bind(Client, &[Char('D'), DELETE], Intent::RemoveRow, ("supprimer une visite", "delete a visit"), true),
    bind(Client, &[Char('u')], Intent::Undo, ("ramener", "bring back"), true),
    bind(Client, &[Char('C')], Intent::Copy, ("copier", "copy"), true),
    bind(Client, &[DOWN, Char('j')], Intent::Down, ("plus bas", "down"), false),
    bind(Client, &[UP, Char('k')], Intent::Up, ("plus haut", "up"), false),
    bind(Client, &[PAGE_DOWN, Char(' ')], Intent::PageDown, ("page suivante", "page down"), false),
    bind(Client, &[PAGE_UP], Intent::PageUp, ("page précédente", "page up"), false),
    bind(Client, &[HOME, Char('g')], Intent::First, ("début", "start"), false),
    bind(Client, &[END, Char('G')], Intent::Last, ("fin", "end"), false),
    bind(Client, &[Char('L')], Intent::OtherLanguage, ("English", "français"), false),
    bind(Client, &[Char('?')], Intent::Help, ("aide", "help"), true),
    bind(Client, &[Char('q'), ESC, Code(KeyCode::Left)], Intent::Back, ("fermer", "close"), true),
    // Many clients.
    bind(Summary, &[ENTER], Intent::Confirm, ("quels clients", "which clients"), true),
    bind(Summary, &[DOWN, Char('j')], Intent::Down, ("suivante", "next"), true),
    bind(Summary, &[UP, Char('k')], Intent::Up, ("précédente", "previous"), true),
    bind(Summary, &[PAGE_DOWN, Char(' ')], Intent::PageDown, ("page suivante", "page down"), false),
    bind(Summary, &[PAGE_UP], Intent::PageUp, ("page précédente", "page up"), false),
    bind(Summary, &[HOME, Char('g')], Intent::First, ("première", "first"), false),
    bind(Summary, &[END, Char('G')], Intent::Last, ("dernière", "last"), false),
    bind(Summary, &[Char('/')], Intent::Find, ("chercher", "find"), true),
    bind(Summary, &[Char('L')], Intent::OtherLanguage, ("English", "français"), true),
    bind(Summary, &[Char('?')], Intent::Help, ("aide", "help"), true),
    bind(Summary, &[Char('q'), Char('m'), ESC], Intent::Back, ("retour", "back"), true),
    // Result.
    bind(Result, &[ENTER], Intent::Confirm, ("expliquer", "explain"), true),
    bind(Result, &[Char('c')], Intent::ShowComparison, ("comparaison", "comparison"), true),
    bind(Result, &[Char('a')], Intent::ShowActions, ("actions", "actions"), true),
    bind(Result, &[Char('i')], Intent::ShowEvidence, ("preuves du site", "evidence of the site"), false),
    bind(Result, &[Char('R')], Intent::ShowDocuments, ("document", "document"), true),
    bind(Result, &[DOWN, Char('j')], Intent::Down, ("suivant", "next"), true),
    bind(Result, &[UP, Char('k')], Intent::Up, ("précédent", "previous"), true),
    bind(Result, &[PAGE_DOWN], Intent::PageDown, ("page suivante", "page down"), false),
    bind(Result, &[PAGE_UP], Intent::PageUp, ("page précédente", "page up"), false),
    bind(Result, &[HOME, Char('g')], Intent::First, ("premier", "first"), false),
    bind(Result, &[END, Char('G')], Intent::Last, ("dernier", "last"), false),
    bind(Result, &[Char('/')], Intent::Find, ("chercher", "find"), true),
    bind(Result, &[Char('C')], Intent::Copy, ("copier", "copy"), false),
    bind(Result, &[Char('L')], Intent::OtherLanguage, ("English", "français"), true),
    bind(Result, &[Char('?')], Intent::Help, ("aide", "help"), true),
    bind(Result, &[Char('q'), Char('r'), ESC], Intent::Back, ("retour", "back"), true),
    // Comparison.
    bind(Comparison, &[ENTER], Intent::Confirm, ("histoire", "history"), true),
    bind(Comparison, &[TAB], Intent::NextPage, ("page suivante", "next page"), true),
    bind(Comparison, &[BACK_TAB], Intent::PreviousPage, ("page précédente", "previous page"), false),
    bind(Comparison, &[Char('b')], Intent::ChooseThen, ("visite d’avant", "visit then"), true),
    bind(Comparison, &[Char('n')], Intent::ChooseNow, ("visite d’après", "visit now"), true),
    bind(Comparison, &[Char('f')], Intent::FilterKind, ("filtre", "filter"), true),
    bind(Comparison, &[Char('s')], Intent::FilterStep, ("étape", "step"), true),
    bind(Comparison, &[Char('R')], Intent::ShowDocuments, ("document", "document"), false),
    bind(Comparison, &[DOWN, Char('j')], Intent::Down, ("suivant", "next"), false),
    bind(Comparison, &[UP, Char('k')], Intent::Up, ("précédent", "previous"), false),
    bind(Comparison, &[PAGE_DOWN], Intent::PageDown, ("page suivante", "page down"), false),
    bind(Comparison, &[PAGE_UP], Intent::PageUp, ("page précédente", "page up"), false),
    bind(Comparison, &[HOME, Char('g')], Intent::First, ("premier", "first"), false),
    bind(Comparison, &[END, Char('G')], Intent::Last, ("dernier", "last"), false),
    bind(Comparison, &[Char('/')], Intent::Find, ("chercher", "find"), false),
    bind(Comparison, &[Char('C')], Intent::Copy, ("copier", "copy"), false),
    bind(Comparison, &[Char('L')], Intent::OtherLanguage, ("English", "français"), false),
    bind(Comparison, &[Char('?')], Intent::Help, ("aide", "help"), true),
    bind(Comparison, &[Char('q'), Char('c'), ESC], Intent::Back, ("retour", "back"), true),
    // Actions.
    bind(
        Actions,
        &[ENTER],
        Intent::Confirm,
        ("responsable, échéance, état", "owner, due date, status"),
        true,
    ),
    bind(Actions, &[Char('s')], Intent::NextStatus, ("état suivant", "next status"), true),
    bind(Actions, &[Char(' ')], Intent::WhatIf, ("et si c’était fait", "what if it were done"), true),
    bind(Actions, &[Char('m')], Intent::Cheapest, ("le moindre effort", "the least effort"), true),
    bind(Actions, &[Char('R')], Intent::ShowDocuments, ("document", "document"), true),
    bind(Actions, &[TAB], Intent::Order, ("autre ordre", "other order"), true),
    bind(Actions, &[Char('u')], Intent::Undo, ("annuler", "undo"), false),
    bind(Actions, &[Ctrl('r')], Intent::Redo, ("rétablir", "redo"), false),
    bind(Actions, &[DOWN, Char('j')], Intent::Down, ("suivante", "next"), false),
    bind(Actions, &[UP, Char('k')], Intent::Up, ("précédente", "previous"), false),
    bind(Actions, &[PAGE_DOWN], Intent::PageDown, ("page suivante", "page down"), false),
    bind(Actions, &[PAGE_UP], Intent::PageUp, ("page précédente", "page up"), false),
    bind(Actions, &[HOME, Char('g')], Intent::First, ("première", "first"), false),
    bind(Actions, &[END, Char('G')], Intent::Last, ("dernière", "last"), false),
    bind(Actions, &[Char('/')], Intent::Find, ("chercher", "find"), false),
    bind(Actions, &[Char('C')], Intent::Copy, ("copier", "copy"), false),
    bind(Actions, &[Char('L')], Intent::OtherLanguage, ("English", "français"), false),
    bind(Actions, &[Char('?')], Intent::Help, ("aide", "help"), true),
    bind(Actions, &[Char('q'), Char('a'), ESC], Intent::Back, ("retour", "back"), true),
    // Evidence.
    bind(Evidence, &[ENTER], Intent::Confirm, ("détail", "detail"), true),
    bind(Evidence, &[TAB], Intent::NextPage, ("page suivante", "next page"), true),
    bind(Evidence, &[BACK_TAB], Intent::PreviousPage, ("page précédente", "previous page"), false),
    bind(Evidence, &[Char('f')], Intent::FilterKind, ("filtre", "filter"), true),
    bind(Evidence, &[Char('p')], Intent::FilterPhase, ("phase", "phase"), true),
    bind(Evidence, &[Char('s')], Intent::Order, ("ordre", "order"), true),
    bind(Evidence, &[Char('a')], Intent::AttachFile, ("joindre un fichier", "attach a file"), true)
        .first()
        .short("joindre", "attach"),
    bind(
        Evidence,
        &[Char('D'), DELETE],
        Intent::RemoveRow,
        ("retirer le fichier", "take the file off"),
        false,
    ),
    bind(Evidence, &[DOWN, Char('j')], Intent::Down, ("suivant", "next"), false),
    bind(Evidence, &[UP, Char('k')], Intent::Up, ("précédent", "previous"), false),
    bind(Evidence, &[PAGE_DOWN], Intent::PageDown, ("page suivante", "page down"), false),
    bind(Evidence, &[PAGE_UP], Intent::PageUp, ("page précédente", "page up"), false),
    bind(Evidence, &[HOME, Char('g')], Intent::First, ("premier", "first"), false),
    bind(Evidence, &[END, Char('G')], Intent::Last, ("dernier", "last"), false),
    bind(Evidence, &[Char('/')], Intent::Find, ("chercher", "find"), false),
    bind(Evidence, &[Char('C')], Intent::Copy, ("copier", "copy"), false),
    bind(Evidence, &[Char('L')], Intent::OtherLanguage, ("English", "français"), false),
    bind(Evidence, &[Char('?')], Intent::Help, ("aide", "help"), true),
    bind(Evidence, &[Char('q'), Char('i'), ESC], Intent::Back, ("retour", "back"), true),
    // Table.
    bind(Table, &[ENTER], Intent::Confirm, ("modifier la ligne", "edit the line"), true),
    bind(Table, &[Char('a'), Char('n')], Intent::AddRow, ("ajouter une ligne", "add a line"), true),
    bind(Table, &[DELETE, Char('D')], Intent::RemoveRow, ("supprimer la ligne", "remove the line"), true),
    bind(
        Table,
        &[Char('P')],
        Intent::AcceptProposal,
        ("compléter par les relevés", "fill in from captures"),
        true,
    ),
    bind(Table, &[Char('u')], Intent::Undo, ("annuler", "undo"), true),
    bind(Table, &[Ctrl('r')], Intent::Redo, ("rétablir", "redo"), false),
    bind(Table, &[DOWN, Char('j')], Intent::Down, ("suivante", "next"), false),
    bind(Table, &[UP, Char('k')], Intent::Up, ("précédente", "previous"), false),
    bind(Table, &[PAGE_DOWN], Intent::PageDown, ("page suivante", "page down"), false),
    bind(Table, &[PAGE_UP], Intent::PageUp, ("page précédente", "page up"), false),
    bind(Table, &[HOME, Char('g')], Intent::First, ("première", "first"), false),
    bind(Table, &[END, Char('G')], Intent::Last, ("dernière", "last"), false),
    bind(Table, &[Char('L')], Intent::OtherLanguage, ("English", "français"), false),
    bind(Table, &[Char('?')], Intent::Help, ("aide", "help"), true),
    bind(Table, &[Char('q'), ESC], Intent::Back, ("retour", "back"), true),
    // Form.
    bind(Form, &[ENTER], Intent::Confirm, ("champ suivant, puis fin", "next field, then done"), true),
    bind(Form, &[TAB], Intent::NextField, ("champ suivant", "next field"), true),
    bind(Form, &[BACK_TAB], Intent::PreviousField, ("champ précédent", "previous field"), false),
    bind(Form, &[DOWN], Intent::Down, ("choix ou champ suivant", "next choice or field"), false),
    bind(Form, &[UP], Intent::Up, ("choix ou champ précédent", "previous choice or field"), false),
    bind(Form, &[BACKSPACE, Ctrl('h')], Intent::Erase, ("effacer", "erase"), false),
    bind(Form, &[DELETE], Intent::EraseNext, ("effacer après", "erase after"), false),
    bind(Form, &[Ctrl('w')], Intent::EraseWord, ("effacer le mot", "erase the word"), false),
    bind(Form, &[Code(KeyCode::Left)], Intent::Left, ("à gauche", "left"), false),
    bind(Form, &[Code(KeyCode::Right)], Intent::Right, ("à droite", "right"), false),
    bind(Form, &[HOME, Ctrl('a')], Intent::LineStart, ("début", "start"), false),
    bind(Form, &[END, Ctrl('e')], Intent::LineEnd, ("fin", "end"), false),
    bind(Form, &[PAGE_DOWN], Intent::PageDown, ("dernier champ", "last field"), false),
    bind(Form, &[PAGE_UP], Intent::PageUp, ("premier champ", "first field"), false),
    bind(Form, &[ESC, Ctrl('s')], Intent::Back, ("fermer, tout est gardé", "close, all is kept"), true),
    // Editor.
    bind(Editor, &[ENTER], Intent::NewLine, ("à la ligne", "new line"), true),
    bind(Editor, &[BACKSPACE, Ctrl('h')], Intent::Erase, ("effacer", "erase"), false),
    bind(Editor, &[DELETE], Intent::EraseNext, ("effacer après", "erase after"), false),
    bind(Editor, &[Ctrl('w')], Intent::EraseWord, ("effacer le mot", "erase the word"), false),
    bind(Editor, &[Code(KeyCode::Left)], Intent::Left, ("à gauche", "left"), false),
    bind(Editor, &[Code(KeyCode::Right)], Intent::Right, ("à droite", "right"), false),
    bind(Editor, &[UP], Intent::Up, ("ligne précédente", "line up"), false),
    bind(Editor, &[DOWN], Intent::Down, ("ligne suivante", "line down"), false),
    bind(Editor, &[HOME, Ctrl('a')], Intent::LineStart, ("début de ligne", "start of line"), false),
    bind(Editor, &[END, Ctrl('e')], Intent::LineEnd, ("fin de ligne", "end of line"), false),
    bind(Editor, &[ESC, Ctrl('s')], Intent::Back, ("fermer, tout est gardé", "close, all is kept"), true),
    // Finder.
    bind(Finder, &[ENTER], Intent::Confirm, ("y aller", "go there"), true),
    bind(Finder, &[DOWN, TAB, Ctrl('n')], Intent::Down, ("suivant", "next"), true),
    bind(Finder, &[UP, BACK_TAB, Ctrl('p')], Intent::Up, ("précédent", "previous"), false),
    bind(Finder, &[PAGE_DOWN], Intent::PageDown, ("page suivante", "page down"), false),
    bind(Finder, &[PAGE_UP], Intent::PageUp, ("page précédente", "page up"), false),
    bind(Finder, &[BACKSPACE, Ctrl('h')], Intent::Erase, ("effacer", "erase"), false),
    bind(Finder, &[DELETE], Intent::EraseNext, ("effacer après", "erase after"), false),
    bind(Finder, &[Ctrl('w')], Intent::EraseWord, ("effacer le mot", "erase the word"), false),
    bind(Finder, &[Code(KeyCode::Left)], Intent::Left, ("à gauche", "left"), false),
    bind(Finder, &[Code(KeyCode::Right)], Intent::Right, ("à droite", "right"), false),
    bind(Finder, &[HOME], Intent::LineStart, ("début", "start"), false),
    bind(Finder, &[END], Intent::LineEnd, ("fin", "end"), false),
    bind(Finder, &[ESC], Intent::Back, ("fermer", "close"), true),
    // List.
    bind(List, &[ENTER], Intent::Confirm, ("choisir", "choose"), true),
    bind(List, &[Digit], Intent::Digit(0), ("choisir", "choose"), true),
    bind(List, &[DOWN, Char('j')], Intent::Down, ("plus bas", "down"), true),
    bind(List, &[UP, Char('k')], Intent::Up, ("plus haut", "up"), true),
    bind(List, &[PAGE_DOWN, Char(' ')], Intent::PageDown, ("page suivante", "page down"), false),
    bind(List, &[PAGE_UP], Intent::PageUp, ("page précédente", "page up"), false),
    bind(List, &[HOME, Char('g')], Intent::First, ("début", "start"), false),
    bind(List, &[END, Char('G')], Intent::Last, ("fin", "end"), false),
    bind(List, &[Char('L')], Intent::OtherLanguage, ("English", "français"), false),
    bind(List, &[Char('q'), Char('?'), ESC], Intent::Back, ("fermer", "close"), true),
    // Reading: help, words explained, where a figure comes from.
    bind(
        Reader,
        &[ENTER],
        Intent::Confirm,
        ("fermer, ou aller où cela mène", "close, or go where it leads"),
        false,
    ),
    bind(Reader, &[DOWN, Char('j')], Intent::Down, ("plus bas", "down"), true),
    bind(Reader, &[UP, Char('k')], Intent::Up, ("plus haut", "up"), true),
    bind(Reader, &[PAGE_DOWN, Char(' ')], Intent::PageDown, ("page suivante", "page down"), true),
    bind(Reader, &[PAGE_UP], Intent::PageUp, ("page précédente", "page up"), false),
    bind(Reader, &[HOME, Char('g')], Intent::First, ("début", "start"), false),
    bind(Reader, &[END, Char('G')], Intent::Last, ("fin", "end"), false),
    bind(Reader, &[Char('C')], Intent::Copy, ("copier", "copy"), true),
    bind(Reader, &[Char('L')], Intent::OtherLanguage, ("English", "français"), true),
    bind(Reader, &[Char('q'), Char('?'), ESC], Intent::Back, ("fermer", "close"), true),
    // What to hand over.
    bind(Documents, &[ENTER], Intent::Confirm, ("écrire", "write"), true),
    bind(Documents, &[DOWN, Char('j'), TAB], Intent::Down, ("choix suivant", "next choice"), true),
    bind(Documents, &[UP, Char('k'), BACK_TAB], Intent::Up, ("choix précédent", "choice before"), false),
    bind(Documents, &[Code(KeyCode::Right), Char('l')], Intent::Right, ("changer", "change"), true),
    bind(Documents, &[Code(KeyCode::Left), Char('h')], Intent::Left, ("changer", "change"), false),
    bind(Documents, &[PAGE_DOWN, Char(' ')], Intent::PageDown, ("lire plus bas", "read on"), true),
    bind(Documents, &[PAGE_UP], Intent::PageUp, ("lire plus haut", "read back"), false),
    bind(Documents, &[HOME, Char('g')], Intent::First, ("début", "start"), false),
    bind(Documents, &[END, Char('G')], Intent::Last, ("fin", "end"), false),
    bind(Documents, &[Char('C')], Intent::Copy, ("copier", "copy"), false),
    bind(Documents, &[Char('L')], Intent::OtherLanguage, ("English", "français"), false),
    bind(Documents, &[Char('?')], Intent::Help, ("aide", "help"), true),
    bind(Documents, &[Char('q'), ESC], Intent::Back, ("fermer", "close"), true),
    // Everywhere.
    bind(Everywhere, &[F1], Intent::Help, ("aide", "help"), false),
    bind(
        Everywhere,
        &[Ctrl('x')],
        Intent::GiveUpFile,
        ("ne plus copier le fichier", "stop copying the file"),
        false,
    ),
    bind(Everywhere, &[Ctrl('l')], Intent::Redraw, ("redessiner", "redraw"), false),
    bind(Everywhere, &[Ctrl('z')], Intent::Suspend, ("suspendre", "suspend"), false),
    bind(
        Everywhere,
        &[Ctrl('c')],
        Intent::Quit,
        ("quitter, tout est enregistré", "quit, everything saved"),
        false,
    ),
];

/// What a key means in a context; none where it means nothing.
pub fn intent(context: Context, event: KeyEvent) -> Option<Intent> {
    let found = |wanted: Context| {
        let lines = BINDINGS.iter().filter(move |binding| binding.context == wanted);
        lines.into_iter().find_map(|binding| {
            let matched = binding.keys.iter().find(|key| key.matches(event))?;
            match (matched, event.code) {
                (Key::Digit, KeyCode::Char(letter)) => digit(letter).map(Intent::Digit),
                _ => Some(binding.intent),
            }
        })
    };
    found(context).or_else(|| found(Context::Everywhere)).or_else(|| match event.code {
        KeyCode::Char(letter) if context.takes_text() && key::plain(event) => Some(Intent::Type(letter)),
        _ => None,
    })
}
