//! Why did the system refuse? The usual reasons in the user's own language; the others in the system's words.

use std::io;

use crate::domain::text::Text;

/// What the system says when a process, or everybody together, has too many files open.
const TOO_MANY_OPEN: [rustix::io::Errno; 2] = [rustix::io::Errno::MFILE, rustix::io::Errno::NFILE];

/// The reason, as it stands behind a colon.
pub fn reason(error: &io::Error) -> Text {
    let (fr, en) = match error.kind() {
        io::ErrorKind::NotFound => ("introuvable", "not found"),
        io::ErrorKind::PermissionDenied => ("accès refusé", "permission denied"),
        io::ErrorKind::AlreadyExists => ("existe déjà", "it exists already"),
        io::ErrorKind::StorageFull => ("le disque est plein", "the disk is full"),
        io::ErrorKind::QuotaExceeded => ("votre quota de disque est épuisé", "your disk quota is used up"),
        io::ErrorKind::FileTooLarge => (
            "le fichier serait plus grand que votre compte ne le permet",
            "the file would be larger than your account allows",
        ),
        io::ErrorKind::ReadOnlyFilesystem => ("le disque est en lecture seule", "the disk is read-only"),
        io::ErrorKind::IsADirectory => ("c’est un dossier", "it is a folder"),
        io::ErrorKind::NotADirectory => {
            ("ce qui devrait être un dossier est un fichier", "what should be a folder is a file")
        }
        io::ErrorKind::TimedOut => ("délai dépassé", "it took too long"),
        io::ErrorKind::StaleNetworkFileHandle => {
            ("le dossier du réseau n’est plus le même", "the network folder is not the same any more")
        }
        io::ErrorKind::InvalidData => ("ce n’est pas du texte UTF-8", "it is not UTF-8 text"),
        _ => return others(error),
    };
    Text::new(fr, en)
}

fn others(error: &io::Error) -> Text {
    let number = rustix::io::Errno::from_io_error(error);
    if number.is_some_and(|number| TOO_MANY_OPEN.contains(&number)) {
        return Text::new("trop de fichiers ouverts", "too many open files");
    }
    if number == Some(rustix::io::Errno::IO) {
        return Text::new("le disque ne répond pas comme il faut", "the disk does not answer as it should");
    }
    match number {
        Some(_) => Text::new(format!("refus du système ({error})"), format!("the system refused ({error})")),
        // One of the program's own: it says what it is.
        None => Text::new(error.to_string(), error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_reasons_are_said_in_both_languages_without_a_number() {
        use rustix::io::Errno;
        let usual = [
            (Errno::NOENT, "introuvable"),
            (Errno::ACCESS, "accès refusé"),
            (Errno::PERM, "accès refusé"),
            (Errno::EXIST, "existe déjà"),
            (Errno::NOSPC, "le disque est plein"),
            (Errno::DQUOT, "votre quota de disque est épuisé"),
            (Errno::FBIG, "le fichier serait plus grand que votre compte ne le permet"),
            (Errno::ROFS, "le disque est en lecture seule"),
            (Errno::ISDIR, "c’est un dossier"),
            (Errno::MFILE, "trop de fichiers ouverts"),
            (Errno::NFILE, "trop de fichiers ouverts"),
            (Errno::TIMEDOUT, "délai dépassé"),
            (Errno::IO, "le disque ne répond pas comme il faut"),
        ];
        for (number, fr) in usual {
            let said = reason(&number.into());
            assert_eq!(said.fr, fr);
            assert!(!said.en.contains("os error") && !said.en.is_empty(), "{}", said.en);
        }
    }

    #[test]
    fn an_unusual_reason_keeps_the_words_of_the_system() {
        let said = reason(&rustix::io::Errno::XDEV.into());
        assert!(said.fr.starts_with("refus du système (") && said.fr.contains("os error 18"), "{}", said.fr);
    }
}
