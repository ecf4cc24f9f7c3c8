//! How was this arrived at, and what is it not? The method in plain words, with versions and dates.

use super::Sight;
use super::anchored;
use super::paragraph;
use crate::domain::scoring::Band;
use crate::domain::seal;
use crate::domain::text::plain_line;
use crate::domain::words;
use crate::report::document::Block;
use crate::report::document::Fact;
use crate::report::document::Line;
use crate::report::document::disclaimer;

pub fn blocks(sight: &Sight) -> Vec<Block> {
    let mut blocks = vec![anchored(1, sight.pick("Méthode", "Method"), "method")];
    for (fr, en) in PARAGRAPHS {
        blocks.push(paragraph(sight.pick(fr, en)));
    }
    let band = |band: Band| {
        let from = band.least();
        let meaning = words::band(sight.language, band);
        Fact {
            name: format!(
                "{} ({})",
                band.letter(),
                sight.pick(format!("dès {from}"), format!("from {from}"))
            ),
            value: Line::plain(meaning),
        }
    };
    blocks.push(Block::Facts(Band::ALL.into_iter().map(band).collect()));
    blocks.push(anchored(1, sight.pick("Sur quoi cela repose", "What this rests on"), "sources"));
    blocks.push(Block::Facts(sources(sight)));
    let own = sight.subject.assessment.answers.values();
    let own = own.filter(|answer| answer.severity.is_some() || answer.likelihood.is_some()).count();
    if own > 0 {
        blocks.push(paragraph(sight.pick(
            format!("Questions dont la gravité ou la vraisemblance a été adaptée à ce client, avec le motif\u{202f}: {own}."),
            format!("Questions whose severity or likelihood was adapted to this client, with the reason: {own}."),
        )));
    }
    blocks.push(Block::Note(Line::plain(disclaimer(sight.language)).and(sight.pick(
        " Il décrit ce qui a été dit, vu et essayé le jour de la visite\u{202f}; ce qui n’a pas été demandé n’y est pas jugé.",
        " It describes what was said, seen and tested on the day of the visit; what was not asked is not judged.",
    ))));
    blocks
}

/// French and English.
const PARAGRAPHS: [(&str, &str); 5] = [
    (
        "Chaque question porte une gravité et une vraisemblance de 1 à 4, selon la méthode d’analyse d’impact de la CNIL, pour le cas où la mesure manque. La réponse donne un degré de maîtrise entre 0 et 1, qui abaisse l’une des deux\u{202f}; ce qui reste est le risque restant, lu dans une table\u{202f}: faible, modéré, élevé ou critique.",
        "Each question has a severity and a likelihood from 1 to 4, after the CNIL’s method for impact assessments, for the case that the control is missing. The answer gives a degree of control between 0 and 1, which lowers one of the two; what remains is the risk left, read from a table: low, moderate, high or critical.",
    ),
    (
        "Le score d’une étape est la moyenne des degrés de maîtrise, pondérée par le produit de la gravité et de la vraisemblance. Le score global est la moyenne des étapes\u{202f}; il ne dépasse pas l’étape la plus faible de plus de 15 points. Des plafonds empêchent une moyenne de cacher un point grave\u{202f}: une question éliminatoire non tenue limite le score à 39, tenue en partie à 54.",
        "A step’s score is the mean of the degrees of control, weighted by severity times likelihood. The overall score is the mean of the steps; it is at most 15 points above the weakest step. Caps keep a mean from hiding a grave point: a failed knock-out question holds the score to 39, one met in part to 54.",
    ),
    (
        "«\u{202f}Ne sait pas\u{202f}» et «\u{202f}sans réponse\u{202f}» ne comptent ni en bien ni en mal\u{202f}: ils élargissent l’intervalle dans lequel se trouve le score. Sous 60\u{a0}% de couverture, il n’y a pas de score, seulement l’intervalle. «\u{202f}Sans objet\u{202f}» demande un motif, et pour une question éliminatoire l’accord d’une seconde personne. Une question non posée est hors calcul.",
        "“Not known” and “not answered” count neither for nor against: they widen the interval in which the score lies. Below 60% coverage there is no score, only the interval. “Not applicable” needs a reason, and for a knock-out question the agreement of a second person. A question that is not asked is left out.",
    ),
    (
        "La confiance dit comment les réponses sont connues\u{202f}: dites, expliquées, vues ou testées. Une preuve de plus de douze mois compte un degré de moins, de même qu’une réponse reprise de la visite précédente et non confirmée. Elle ne change jamais le score.",
        "Confidence tells how the answers are known: said, explained, seen or tested. Evidence older than twelve months counts one degree less, and so does an answer carried over from the visit before and not confirmed. It never changes the score.",
    ),
    ("Les lettres\u{202f}:", "The letters:"),
];

fn sources(sight: &Sight) -> Vec<Fact> {
    let (assessment, head) = (sight.subject.assessment, &sight.subject.questionnaire.head);
    let fact = |name: &str, value: String| Fact { name: name.to_owned(), value: Line::plain(value) };
    let pin = &assessment.questionnaire;
    let title = plain_line(head.title.get(sight.language));
    let mut facts = vec![
        fact(sight.pick("Visite", "Visit"), sight.subject.reference.to_owned()),
        fact(sight.pick("Questionnaire", "Questionnaire"), format!("{title} ({} {})", pin.id, pin.version)),
        fact(sight.pick("Empreinte du questionnaire", "Questionnaire’s digest"), pin.digest.clone()),
        fact(sight.pick("Textes consultés au", "Law as looked up on"), sight.date(head.legal_baseline)),
        fact(sight.pick("Actions arrêtées au", "Actions as of"), sight.date(sight.subject.today)),
    ];
    if let Some(seal) = &assessment.seal {
        let on = sight.date(seal.on);
        let holds = matches!(seal::Integrity::of(assessment), seal::Integrity::Holds(_));
        let changed = sight.pick("\u{202f}; modifiée depuis", "; changed since");
        let said = format!("{on} · {}{}", seal.digest, if holds { "" } else { changed });
        facts.push(fact(sight.pick("Scellée le", "Sealed on"), said));
    }
    let weights: Vec<String> = sight
        .subject
        .questionnaire
        .steps
        .iter()
        .filter(|step| (step.weight - 1.0).abs() > f64::EPSILON)
        .map(|step| {
            format!("{} × {}", plain_line(step.title.get(sight.language)), sight.language.number(step.weight))
        })
        .collect();
    if !weights.is_empty() {
        facts.push(fact(sight.pick("Poids des étapes", "Weights of the steps"), weights.join(", ")));
    }
    facts
}
