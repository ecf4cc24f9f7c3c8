//! Is each law named in a form that readers know?

use crate::domain::check::Part;
use crate::domain::check::Place;
use crate::domain::check::Problem;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::text::Text;

/// At the end of a reference that is still to be checked.
const TO_BE_CHECKED: &str = "(?)";

/// What follows the name of a law.
#[derive(Debug, Clone, Copy)]
enum Then {
    /// `5(1)(a)`, `12`, `1-1`
    Article,
    /// `12(3)`, up to the last article of the text
    ArticleUpTo(u16),
    /// `L34-5`, `R1111-8-8`
    Code,
    /// `226-13`, `R226-1`
    CodeWithOrWithoutLetter,
    /// `2024/3228`, `2025-594`, `6.4.3`
    Number,
    /// `2020-091`
    Deliberation,
    /// `guide de la sécurité 2024`
    Title,
}

/// The forms of a reference: how it begins, and what follows.
const FORMS: [(&str, Then); 33] = [
    // Europe
    ("RGPD", Then::ArticleUpTo(99)),
    ("RGPD considérant", Then::ArticleUpTo(173)),
    ("ePrivacy", Then::Article),
    ("DSA", Then::Article),
    ("AI Act", Then::Article),
    ("UE", Then::Number),
    ("CJUE C-", Then::Number),
    ("EDPB", Then::Number),
    // France
    ("LIL", Then::Article),
    ("LCEN", Then::Article),
    ("CPCE", Then::Code),
    ("CSP", Then::Code),
    ("CSI", Then::Code),
    ("CMF", Then::Code),
    ("Code civil", Then::CodeWithOrWithoutLetter),
    ("Code conso", Then::Code),
    ("Code du travail", Then::Code),
    ("Code de commerce", Then::Code),
    ("Code des assurances", Then::Code),
    ("Code pénal", Then::CodeWithOrWithoutLetter),
    ("loi", Then::Number),
    ("décret", Then::Number),
    ("CNIL", Then::Deliberation),
    ("CNIL", Then::Title),
    ("ANSSI", Then::Title),
    ("référentiel HDS", Then::Number),
    // The United Kingdom and the United States
    ("UK GDPR", Then::Article),
    ("PECR", Then::Article),
    ("CCPA", Then::Number),
    ("COPPA", Then::Number),
    ("GLBA", Then::Number),
    ("HIPAA", Then::Number),
    // Industry
    ("PCI DSS", Then::Number),
];

pub fn advise(questionnaire: &Questionnaire) -> Vec<Problem> {
    let questions = questionnaire.parts().enumerate().flat_map(|(part, step)| {
        let laws = step.questions.iter().map(|question| &question.law).enumerate();
        laws.map(move |(index, law)| (Part::Step(part), format!("questions[{index}].law"), law))
    });
    let terms = questionnaire.glossary.iter().enumerate();
    let terms = terms.map(|(index, term)| (Part::Glossary, format!("[{index}].law"), &term.law));
    let mut advice = Vec::new();
    for (part, path, law) in questions.chain(terms) {
        for (index, reference) in law.iter().enumerate().filter(|(_, reference)| !known(reference)) {
            let message = Text::new(
                format!(
                    "référence «\u{202f}{reference}\u{202f}» de forme inconnue\u{202f}; par exemple\u{202f}: RGPD 6(1)(f), LIL 82, CPCE L34-5"
                ),
                format!(
                    "reference {reference:?} in an unknown form; for example: RGPD 6(1)(f), LIL 82, CPCE L34-5"
                ),
            );
            advice.push(Problem { place: Place { part, path: format!("{path}[{index}]") }, message });
        }
    }
    advice
}

fn known(reference: &str) -> bool {
    let plain = reference.strip_suffix(TO_BE_CHECKED).unwrap_or(reference).trim_end();
    FORMS.iter().any(|(source, then)| {
        let Some(rest) = plain.strip_prefix(source) else { return false };
        // `CJUE C-` goes on at once; everything else after a space.
        let rest = if source.ends_with('-') { Some(rest) } else { rest.strip_prefix(' ') };
        rest.is_some_and(|rest| then.takes(rest))
    })
}

impl Then {
    fn takes(self, rest: &str) -> bool {
        match self {
            Then::Article => {
                let (article, paragraphs) = rest.split_once('(').unwrap_or((rest, ")"));
                let inside = paragraphs.strip_suffix(')');
                of_digits(article, "-")
                    && inside.is_some_and(|inside| inside.split(")(").all(|part| part.len() <= 2))
            }
            Then::ArticleUpTo(last) => {
                let article = rest.split('(').next().unwrap_or_default().parse();
                Then::Article.takes(rest) && article.is_ok_and(|article: u16| (1..=last).contains(&article))
            }
            Then::Code => rest.strip_prefix(['L', 'R', 'D']).is_some_and(|article| of_digits(article, "-")),
            Then::CodeWithOrWithoutLetter => Then::Code.takes(rest) || of_digits(rest, "-"),
            Then::Deliberation => rest
                .split_once('-')
                .is_some_and(|(year, number)| year.len() == 4 && number.len() == 3 && of_digits(rest, "-")),
            Then::Number => of_digits(rest, "/-."),
            Then::Title => rest.starts_with(char::is_lowercase),
        }
    }
}

fn of_digits(text: &str, or: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit())
        && text.chars().all(|letter| letter.is_ascii_digit() || or.contains(letter))
}
