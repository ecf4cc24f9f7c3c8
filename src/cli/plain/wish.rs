//! Which line means what? The one table of commands, by letter and by word in both languages; what is none of them
//! answers the question.

use super::reply::reply;
use crate::domain::answer::Value;
use crate::domain::questionnaire::AnswerKind;
use crate::domain::questionnaire::Question;
use crate::domain::text::Language;
use crate::domain::text::fold;
use crate::storage::error::Error;

/// What can be meant by a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    Answer(Value),
    Confirm,
    Unknown,
    NotApplicable,
    Clear,
    Note,
    NoteOnLast,
    Evidence,
    WhoSaidIt,
    Judgement,
    AcceptProposal,
    Explain,
    Details,
    Flag,
    OpenPoints,
    Find,
    Next,
    Previous,
    NextStep,
    PreviousStep,
    First,
    Last,
    Steps,
    Undo,
    Redo,
    Result,
    Comparison,
    Actions,
    Document,
    Attach,
    Detach,
    Seal,
    NextVisit,
    EvidenceOfSite,
    QuestionHelp,
    Terms,
    Copy,
    Help,
    Language,
    Quit,
}

impl Wish {
    /// Whether it changes the visit.
    pub fn changes(&self) -> bool {
        matches!(
            self,
            Wish::Answer(_)
                | Wish::Confirm
                | Wish::Unknown
                | Wish::NotApplicable
                | Wish::Clear
                | Wish::Note
                | Wish::NoteOnLast
                | Wish::Evidence
                | Wish::WhoSaidIt
                | Wish::Judgement
                | Wish::AcceptProposal
                | Wish::Explain
                | Wish::Details
                | Wish::Flag
                | Wish::Attach
                | Wish::Detach
                | Wish::Undo
                | Wish::Redo
        )
    }
}

/// One line of the table.
#[derive(Debug)]
pub struct Command {
    pub wish: Wish,
    /// One letter or sign, which tells capitals from small ones; none for the empty line.
    pub letter: &'static str,
    pub words: (&'static str, &'static str),
    /// What may stand behind it, as the list of commands writes it.
    pub takes: (&'static str, &'static str),
    /// What it does; empty where the word says it.
    pub about: (&'static str, &'static str),
}

const fn command(
    wish: Wish,
    letter: &'static str,
    words: (&'static str, &'static str),
    takes: (&'static str, &'static str),
    about: (&'static str, &'static str),
) -> Command {
    Command { wish, letter, words, takes, about }
}

const ALONE: (&str, &str) = ("", "");
const TEXT: (&str, &str) = ("[TEXTE]", "[TEXT]");
const NUMBER: (&str, &str) = ("[NUMÉRO]", "[NUMBER]");

/// Every command, in the order of the list.
pub static COMMANDS: &[Command] = &[
    command(
        Wish::Unknown,
        "d",
        ("inconnu", "unknown"),
        ALONE,
        ("ne sait pas ; demande qui le saura, et quand", "don’t know; asks who will find out, and by when"),
    ),
    command(
        Wish::NotApplicable,
        "x",
        ("sans objet", "not applicable"),
        ("[MOTIF]", "[REASON]"),
        ("demande pourquoi", "asks why"),
    ),
    command(
        Wish::Confirm,
        "",
        ("confirmer", "confirm"),
        ALONE,
        (
            "comme une ligne vide, la réponse reprise vaut toujours ; sinon relit la question",
            "like an empty line, the carried answer still holds; else says the question again",
        ),
    ),
    command(Wish::Clear, "-", ("retirer", "clear"), ALONE, ("retire la réponse", "takes the answer back")),
    command(Wish::Note, "e", ("note", "note"), TEXT, ("ajoute à la note", "adds to the note")),
    command(
        Wish::NoteOnLast,
        "E",
        ("note précédente", "last note"),
        TEXT,
        ("ajoute à la note de la dernière réponse donnée", "adds to the note on the last answer given"),
    ),
    command(
        Wish::Evidence,
        "v",
        ("preuve", "evidence"),
        NUMBER,
        ("comment le sait-on", "how well it is known"),
    ),
    command(Wish::WhoSaidIt, "w", ("qui", "who"), ("[NOM]", "[NAME]"), ("qui l’a dit", "who said it")),
    command(
        Wish::Judgement,
        "s",
        ("avis", "judgement"),
        ALONE,
        ("votre avis, une autre gravité ou vraisemblance", "your judgement, another severity or likelihood"),
    ),
    command(
        Wish::AcceptProposal,
        "A",
        ("accepter", "accept"),
        ALONE,
        ("prend la réponse qu’un relevé propose", "takes the answer that a capture proposes"),
    ),
    command(
        Wish::Explain,
        "X",
        ("expliquer", "explain"),
        TEXT,
        ("une réponse qu’un relevé contredit", "an answer that a capture disproves"),
    ),
    command(
        Wish::Details,
        "t",
        ("tableau", "table"),
        ALONE,
        ("les lignes du tableau, les précisions", "the rows of the table, the details"),
    ),
    command(
        Wish::Flag,
        "f",
        ("à revoir", "flag"),
        ALONE,
        ("marque la question pour plus tard, ou enlève la marque", "marks the question for later, or not"),
    ),
    command(
        Wish::OpenPoints,
        "F",
        ("points en suspens", "open points"),
        ALONE,
        ("ce qui est à revoir, inconnu, à confirmer", "what is flagged, unknown, to confirm"),
    ),
    command(
        Wish::Find,
        "/",
        ("chercher", "find"),
        ("MOTS ou ID", "WORDS or ID"),
        ("va à une question", "goes to a question"),
    ),
    command(
        Wish::Next,
        "j",
        ("suivante", "next"),
        ALONE,
        ("question suivante, aussi « passer »", "next question, also “skip”"),
    ),
    command(
        Wish::Previous,
        "k",
        ("précédente", "previous"),
        ALONE,
        ("question précédente", "question before, also “prev”"),
    ),
    command(Wish::NextStep, ">", ("étape suivante", "next step"), ALONE, ALONE),
    command(Wish::PreviousStep, "<", ("étape précédente", "previous step"), ALONE, ALONE),
    command(
        Wish::First,
        "g",
        ("première", "first"),
        ALONE,
        ("première question de l’étape", "first question of the step"),
    ),
    command(
        Wish::Last,
        "G",
        ("dernière", "last"),
        ALONE,
        ("dernière question de l’étape", "last question of the step"),
    ),
    command(
        Wish::Steps,
        "l",
        ("étapes", "steps"),
        NUMBER,
        ("la liste des étapes ; avec un numéro, y va", "the list of the steps; with a number, goes there"),
    ),
    command(Wish::Undo, "u", ("annuler", "undo"), ALONE, ALONE),
    command(Wish::Redo, "U", ("rétablir", "redo"), ALONE, ALONE),
    command(
        Wish::Result,
        "r",
        ("résultat", "result"),
        ("[NUMÉRO ou ID]", "[NUMBER or ID]"),
        (
            "les scores ; avec un numéro, d’où vient ce chiffre",
            "the scores; with a number, where that comes from",
        ),
    ),
    command(
        Wish::Comparison,
        "c",
        ("comparaison", "comparison"),
        NUMBER,
        ("ce qui a changé depuis une autre visite", "what changed since another visit"),
    ),
    command(
        Wish::Actions,
        "a",
        ("actions", "actions"),
        NUMBER,
        ("la liste ; avec un numéro, qui, pour quand, état", "the list; with a number, who, by when, status"),
    ),
    command(
        Wish::Document,
        "R",
        ("document", "report"),
        ALONE,
        ("écrit un document à remettre", "writes a document to hand over"),
    ),
    command(
        Wish::Attach,
        "J",
        ("joindre", "attach"),
        ("[CHEMIN]", "[PATH]"),
        ("copie un fichier qui prouve la réponse", "copies a file that proves the answer"),
    ),
    command(
        Wish::Detach,
        "D",
        ("détacher", "detach"),
        NUMBER,
        ("enlève un fichier joint ; sa copie reste", "takes an attached file off; its copy stays"),
    ),
    command(
        Wish::Seal,
        "S",
        ("sceller", "seal"),
        ALONE,
        (
            "la visite ne change plus ; demande si c’est voulu",
            "the visit changes no more; asks whether it is meant",
        ),
    ),
    command(
        Wish::NextVisit,
        "V",
        ("nouvelle visite", "new visit"),
        ALONE,
        (
            "commence la visite suivante ; demande si c’est voulu",
            "begins the next visit; asks whether it is meant",
        ),
    ),
    command(
        Wish::EvidenceOfSite,
        "i",
        ("relevés", "captures"),
        ("[NUMÉRO ou HÔTE]", "[NUMBER or HOST]"),
        ("ce que montrent les relevés du site", "what captures of the site show"),
    ),
    command(
        Wish::QuestionHelp,
        "h",
        ("aide", "help"),
        ALONE,
        ("pourquoi la question, quoi regarder, le droit", "why it is asked, what to look at, the law"),
    ),
    command(
        Wish::Terms,
        "m",
        ("mots", "terms"),
        ALONE,
        ("les mots de la question, expliqués", "the words of the question, explained"),
    ),
    command(
        Wish::Copy,
        "C",
        ("copier", "copy"),
        ALONE,
        (
            "la question, la réponse et ce qu’il faut faire, sans rien autour",
            "the question, its answer and what is to be done, with nothing around",
        ),
    ),
    command(Wish::Language, "L", ("english", "français"), ALONE, ("l’autre langue", "the other language")),
    command(Wish::Help, "?", ("commandes", "commands"), ALONE, ("cette liste", "this list")),
    command(Wish::Quit, "q", ("quitter", "quit"), ALONE, ("tout est enregistré", "everything is saved")),
];

/// Other words that people try.
const ALSO: [(&str, Wish); 7] = [
    ("skip", Wish::Next),
    ("passer", Wish::Next),
    ("prev", Wish::Previous),
    ("na", Wish::NotApplicable),
    ("ne sait pas", Wish::Unknown),
    ("exit", Wish::Quit),
    ("language", Wish::Language),
];

/// What a line means for this question, and what stands behind a command.
pub fn understood(line: &str, question: &Question, language: Language) -> Result<(Wish, String), Error> {
    let line = line.trim();
    // What begins so is an answer, even if it is the name of a command.
    if let Some(answer) = line.strip_prefix('=') {
        return reply(answer.trim(), question, language).map(|value| (Wish::Answer(value), String::new()));
    }
    if line.is_empty() {
        return Ok((Wish::Confirm, String::new()));
    }
    if let Some(words) = line.strip_prefix('/') {
        return Ok((Wish::Find, words.trim().to_owned()));
    }
    let free_text = matches!(question.answer, AnswerKind::Text);
    if !free_text && let Ok(value) = reply(line, question, language) {
        return Ok((Wish::Answer(value), String::new()));
    }
    if let Some(wish) = alone(line) {
        return Ok((wish, String::new()));
    }
    // In a free text a letter and more is a sentence.
    if !free_text && let Some(found) = with_more(line) {
        return Ok(found);
    }
    reply(line, question, language).map(|value| (Wish::Answer(value), String::new()))
}

fn alone(line: &str) -> Option<Wish> {
    let folded = fold(line);
    COMMANDS
        .iter()
        .find(|command| !command.letter.is_empty() && command.letter == line)
        .or_else(|| {
            COMMANDS.iter().find(|command| fold(command.words.0) == folded || fold(command.words.1) == folded)
        })
        .map(|command| command.wish.clone())
        .or_else(|| ALSO.iter().find(|(word, _)| *word == folded).map(|(_, wish)| wish.clone()))
}

fn with_more(line: &str) -> Option<(Wish, String)> {
    let takes = |command: &&Command| !command.takes.0.is_empty();
    COMMANDS.iter().filter(takes).find_map(|command| {
        let names = [command.letter, command.words.0, command.words.1];
        names.into_iter().filter(|name| !name.is_empty()).find_map(|name| {
            let head: String = line.chars().take(name.chars().count()).collect();
            let same = if name.chars().count() == 1 { head == name } else { fold(&head) == fold(name) };
            let rest = line.get(head.len()..).filter(|rest| same && rest.starts_with(' '))?;
            Some((command.wish.clone(), rest.trim().to_owned()))
        })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::storage::library;
    use crate::tui::intent::Intent;
    use crate::tui::keymap::BINDINGS;
    use crate::tui::keymap::Context;

    /// Said by answering: a letter, a number, several numbers.
    const ANSWERS: [Intent; 5] = [Intent::Yes, Intent::Partly, Intent::No, Intent::Digit(0), Intent::Toggle];

    /// What the keys of the interview mean, and the command that means the same.
    const COUNTERPARTS: [(Intent, Wish); 37] = [
        (Intent::Unknown, Wish::Unknown),
        (Intent::NotApplicable, Wish::NotApplicable),
        (Intent::Confirm, Wish::Confirm),
        (Intent::ClearAnswer, Wish::Clear),
        (Intent::Note, Wish::Note),
        (Intent::NoteOnLast, Wish::NoteOnLast),
        (Intent::Evidence, Wish::Evidence),
        (Intent::WhoSaidIt, Wish::WhoSaidIt),
        (Intent::Judgement, Wish::Judgement),
        (Intent::AcceptProposal, Wish::AcceptProposal),
        (Intent::Resolve, Wish::Explain),
        (Intent::Details, Wish::Details),
        (Intent::FlagForLater, Wish::Flag),
        (Intent::OpenPoints, Wish::OpenPoints),
        (Intent::Find, Wish::Find),
        (Intent::NextQuestion, Wish::Next),
        (Intent::Down, Wish::Next),
        (Intent::PreviousQuestion, Wish::Previous),
        (Intent::Up, Wish::Previous),
        (Intent::NextStep, Wish::NextStep),
        (Intent::PreviousStep, Wish::PreviousStep),
        (Intent::First, Wish::First),
        (Intent::Last, Wish::Last),
        (Intent::Undo, Wish::Undo),
        (Intent::Redo, Wish::Redo),
        (Intent::ShowResult, Wish::Result),
        (Intent::ShowComparison, Wish::Comparison),
        (Intent::ShowActions, Wish::Actions),
        (Intent::ShowDocuments, Wish::Document),
        (Intent::ShowEvidence, Wish::EvidenceOfSite),
        (Intent::PageDown, Wish::QuestionHelp),
        (Intent::PageUp, Wish::QuestionHelp),
        (Intent::Glossary, Wish::Terms),
        (Intent::Copy, Wish::Copy),
        (Intent::OtherLanguage, Wish::Language),
        (Intent::Help, Wish::Help),
        (Intent::Back, Wish::Quit),
    ];

    #[test]
    fn every_key_of_the_interview_has_its_counterpart() {
        for binding in BINDINGS.iter().filter(|binding| binding.context == Context::Interview) {
            let by_command = COUNTERPARTS.iter().find(|(intent, _)| *intent == binding.intent);
            let said =
                by_command.is_some_and(|(_, wish)| COMMANDS.iter().any(|command| command.wish == *wish));
            assert!(said != ANSWERS.contains(&binding.intent), "{:?} ({})", binding.intent, binding.label.1);
        }
    }

    #[test]
    fn no_letter_and_no_word_means_two_things() {
        for language in [Language::Fr, Language::En] {
            let mut seen = BTreeSet::new();
            for command in COMMANDS {
                let word = language.pick(command.words.0, command.words.1);
                assert!(seen.insert(fold(word)), "{word}");
                assert!(command.letter.is_empty() || seen.insert(command.letter.to_owned()), "{word}");
            }
        }
    }

    #[test]
    fn each_command_is_understood_by_its_letter_and_by_its_word_in_both_languages() {
        let built_in = library::built_in().unwrap();
        let question = built_in.questionnaire.question(&"secure.devices".into()).unwrap();
        for command in COMMANDS {
            for name in [command.letter, command.words.0, command.words.1, &command.words.1.to_uppercase()] {
                let understood = understood(name, question, Language::En).map(|(wish, _)| wish);
                assert!(understood.is_ok_and(|wish| wish == command.wish), "{name:?}");
            }
        }
    }
}
