//! How are phases, categories and the like of a capture said? For people, in both languages.

use super::super::capture::Category;
use super::super::capture::Kind;
use super::super::capture::Life;
use super::super::capture::LinkKind;
use super::super::capture::Phase;
use super::super::capture::SetBy;
use super::super::capture::Sign;
use super::super::text::Language;

pub fn phase(language: Language, phase: Phase) -> &'static str {
    match phase {
        Phase::Before => language.pick("avant tout choix", "before any choice"),
        Phase::Refused => language.pick("après refus", "after refusing"),
        Phase::Accepted => language.pick("après acceptation", "after accepting"),
        Phase::Withdrawn => language.pick("après retrait", "after withdrawing"),
    }
}

pub fn category(language: Language, category: Category) -> &'static str {
    match category {
        Category::Advertising => language.pick("publicité", "advertising"),
        Category::Analytics => language.pick("mesure d’audience", "audience measurement"),
        Category::Social => language.pick("réseau social", "social network"),
        Category::TagManager => language.pick("gestion de balises", "tag manager"),
        Category::Consent => language.pick("recueil du consentement", "consent manager"),
        Category::Chat => language.pick("discussion, assistance", "chat, support"),
        Category::Video => language.pick("vidéo", "video"),
        Category::Fonts => language.pick("polices", "fonts"),
        Category::Maps => language.pick("cartes", "maps"),
        Category::Payment => language.pick("paiement", "payment"),
        Category::Booking => language.pick("réservation", "booking"),
        Category::Marketing => language.pick("marketing", "marketing"),
        Category::Security => language.pick("sécurité, captcha", "security, captcha"),
        Category::Cdn => language.pick("diffusion de fichiers", "delivery of files"),
        Category::Hosting => language.pick("hébergement", "hosting"),
        Category::Content => language.pick("contenu", "content"),
        Category::Utility => language.pick("outil", "tool"),
        Category::Other => language.pick("autre", "other"),
    }
}

pub fn kind(language: Language, kind: Kind) -> &'static str {
    match kind {
        Kind::Document => language.pick("page", "page"),
        Kind::Frame => language.pick("cadre", "frame"),
        Kind::Script => language.pick("script", "script"),
        Kind::Style => language.pick("style", "style"),
        Kind::Image => language.pick("image", "image"),
        Kind::Font => language.pick("police", "font"),
        Kind::Media => language.pick("son, vidéo", "sound, video"),
        Kind::Fetch => language.pick("données", "data"),
        Kind::Beacon => language.pick("pixel, balise", "beacon"),
        Kind::Socket => language.pick("liaison", "socket"),
        Kind::Other => language.pick("autre", "other"),
    }
}

pub fn life(language: Language, life: Life) -> String {
    match life {
        Life::Unknown => language.pick("durée inconnue", "unknown life").to_owned(),
        Life::Session => language.pick("session", "session").to_owned(),
        Life::Days(days) if days < 1.0 => language.pick("moins d’un jour", "less than a day").to_owned(),
        Life::Days(days) => {
            let days = days.round();
            let word = match days <= 1.0 {
                true => language.pick("jour", "day"),
                false => language.pick("jours", "days"),
            };
            format!("{days} {word}")
        }
    }
}

pub fn set_by(language: Language, set_by: SetBy) -> &'static str {
    match set_by {
        SetBy::Header => language.pick("posé par le serveur", "set by the server"),
        SetBy::Script => language.pick("posé par un script", "set by a script"),
        SetBy::Unknown => language.pick("envoyé", "sent"),
    }
}

pub fn sign(language: Language, sign: Sign) -> &'static str {
    match sign {
        Sign::Email => language.pick("adresse électronique", "e-mail address"),
        Sign::Name => language.pick("nom d’identifiant", "name of an identifier"),
        Sign::Cookie => language.pick("valeur d’un cookie", "value of a cookie"),
    }
}

pub fn link(language: Language, kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Privacy => language.pick("vie privée", "privacy"),
        LinkKind::Cookies => language.pick("cookies", "cookies"),
        LinkKind::Legal => language.pick("mentions légales", "legal notice"),
        LinkKind::Contact => language.pick("contact", "contact"),
        LinkKind::Social => language.pick("réseaux sociaux", "social networks"),
    }
}
