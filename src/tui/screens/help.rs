//! Which keys are there, and how is it scored? Help from the one table of keys.

use super::look::Look;
use super::reader::Paragraph;
use crate::domain::questionnaire::Question;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::questionnaire::Term;
use crate::domain::text::Language;
use crate::domain::text::fold;
use crate::domain::words::law;
use crate::tui::keymap::BINDINGS;
use crate::tui::keymap::Binding;
use crate::tui::keymap::Context;

const KEYS: usize = 22;

/// The keys of a context by what they do, those that work everywhere, and the method in a few sentences.
pub fn help(context: Context, label: impl Fn(&Binding) -> &'static str, look: Look) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    for shown in [context, Context::Everywhere] {
        paragraphs.push(heading(shown.title(look.language), look));
        for binding in BINDINGS.iter().filter(|binding| binding.context == shown) {
            let keys = look.keys(&binding.keys_shown(look.language));
            let gap = " ".repeat(KEYS.saturating_sub(keys.chars().count()).max(1));
            let text = format!("{keys}{gap}{}", label(binding));
            paragraphs.push(Paragraph { text, style: look.theme.text(), indent: KEYS });
        }
        paragraphs.push(blank(look));
    }
    paragraphs.push(heading(look.pick("Marques", "Marks"), look));
    for (mark, meaning) in marks(context, look) {
        let text = format!("{mark}{}{meaning}", " ".repeat(KEYS - mark.chars().count()));
        paragraphs.push(Paragraph { text, style: look.theme.text(), indent: KEYS });
    }
    paragraphs.push(blank(look));
    paragraphs.push(heading(look.pick("Le score", "The score"), look));
    for text in method(look.language) {
        paragraphs.push(Paragraph { text: text.to_owned(), style: look.theme.text(), indent: 0 });
        paragraphs.push(blank(look));
    }
    paragraphs
}

fn marks(context: Context, look: Look) -> Vec<(&'static str, &'static str)> {
    let theme = look.theme;
    let of_answers = [
        (theme.done(), look.pick("en ordre", "in order")),
        (theme.half(), look.pick("en partie", "partly")),
        (theme.failed(), look.pick("manque", "missing")),
        (theme.open(), look.pick("sans réponse", "unanswered")),
        ("?", look.pick("ne sait pas", "not known")),
        ("-", look.pick("sans objet", "not applicable")),
        (theme.flag(), look.pick("à revoir", "flagged for later")),
        (
            theme.carried(),
            look.pick(
                "repris de la dernière visite, à confirmer",
                "carried over from the last visit, to confirm",
            ),
        ),
    ];
    let of_list = [
        (
            "!",
            look.pick(
                "visite à refaire\u{a0}: la dernière a un an ou plus",
                "visit due: the last was a year ago or more",
            ),
        ),
        (
            theme.mark("×", "x"),
            look.pick(
                "à ne plus conserver\u{a0}: le jour décidé est passé",
                "kept too long: the day decided on is over",
            ),
        ),
        (
            theme.mark("↑ ↓ =", "^ v ="),
            look.pick(
                "score en hausse, en baisse, égal depuis la visite d’avant",
                "score up, down, the same since the visit before",
            ),
        ),
        (
            theme.mark("48–80", "48-80"),
            look.pick(
                "pas encore de score\u{a0}: le plus bas et le plus haut possibles",
                "no score yet: the lowest and the highest possible",
            ),
        ),
    ];
    let of_list = of_list.into_iter().filter(|_| context == Context::Clients);
    of_list.chain(of_answers).collect()
}

fn method(language: Language) -> [&'static str; 5] {
    language.pick(
        [
            "Chaque question porte une gravité et une vraisemblance de 1 à 4 ; leur produit est son poids. La réponse donne un degré de maîtrise de 0 à 1 (oui 1, en partie 0,5, non 0).",
            "Le score d’une étape est la moyenne pondérée, sur 100, de ce qui a reçu une réponse. Il est plafonné : 39 si un point éliminatoire n’est pas tenu, 54 s’il l’est en partie ou si un risque critique reste, 69 ou 84 s’il reste des risques élevés. Le score global ne dépasse pas de plus de 15 points l’étape la plus faible.",
            "« Ne sait pas » compte comme sans réponse. « Sans objet » sort du calcul, avec un motif. Tant que quelque chose est ouvert, l’intervalle montre le score le plus bas et le plus haut possibles ; le score lui-même paraît à partir de 60 % de couverture.",
            "La confiance dit à quel point les réponses sont étayées (dit, expliqué, vu, testé). Elle ne change jamais le score.",
            "Le résultat rend compte de réponses, de preuves, de risques et de points ouverts. Ce n’est ni un avis juridique ni un certificat.",
        ],
        [
            "Each question has a severity and a likelihood from 1 to 4; their product is its weight. The answer gives a degree of control from 0 to 1 (yes 1, partly 0.5, no 0).",
            "A step’s score is the weighted mean, out of 100, of what is answered. It is capped: 39 if a knock-out fails, 54 if one is only partly met or a critical risk is left, 69 or 84 if high risks are left. The overall score is at most 15 points above the weakest step.",
            "“Don’t know” counts as unanswered. “Not applicable” is left out, with a reason. As long as something is open, the interval shows the lowest and the highest possible score; the score itself is shown from 60% coverage.",
            "Confidence says how well the answers are supported (said, explained, seen, tested). It never changes the score.",
            "The result reports answers, evidence, risks and open points. It is neither legal advice nor a certificate.",
        ],
    )
}

/// The words of the trade that occur in a question, explained.
pub fn glossary(questionnaire: &Questionnaire, question: &Question, look: Look) -> Vec<Paragraph> {
    let means = question.means.iter().flat_map(|means| [&means.yes, &means.partly, &means.no]);
    let remedy = question.remedy.iter().map(|remedy| &remedy.text);
    let texts = [&question.title, &question.ask, &question.help, &question.look_for]
        .into_iter()
        .chain(means)
        .chain(remedy)
        .chain(&question.reference)
        .chain(question.choices().iter().map(|choice| &choice.text));
    let said = words(&texts.map(|text| look.text(text)).collect::<Vec<_>>().join(" "));
    let mut paragraphs = Vec::new();
    for term in questionnaire.glossary.iter().filter(|term| occurs(term, &said, look.language)) {
        paragraphs.push(heading(look.text(&term.term), look));
        let mut text = look.text(&term.meaning).to_owned();
        if !term.law.is_empty() {
            text = format!("{text} ({})", law(look.language, &term.law));
        }
        paragraphs.push(Paragraph { text, style: look.theme.text(), indent: 0 });
        paragraphs.push(blank(look));
    }
    if paragraphs.is_empty() {
        let none = look.pick(
            "Cette question n’emploie aucun mot du glossaire.",
            "This question uses no word of the glossary.",
        );
        paragraphs.push(Paragraph { text: none.to_owned(), style: look.theme.quiet(), indent: 0 });
    }
    paragraphs
}

/// Folded words with a space around each, so that whole words can be found in it.
fn words(text: &str) -> String {
    let folded = fold(text);
    let words = folded
        .split(|letter: char| !letter.is_alphanumeric() && letter != '/')
        .filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

fn occurs(term: &Term, said: &str, language: Language) -> bool {
    let forms = language.pick(&term.also.fr, &term.also.en);
    let term = term.term.get(language);
    std::iter::once(term).chain(forms.iter().map(String::as_str)).any(|form| said.contains(&words(form)))
}

pub fn heading(text: &str, look: Look) -> Paragraph {
    Paragraph { text: text.to_owned(), style: look.theme.accent(), indent: 0 }
}

pub fn blank(look: Look) -> Paragraph {
    Paragraph { text: String::new(), style: look.theme.text(), indent: 0 }
}
