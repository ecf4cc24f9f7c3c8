//! How is it said to somebody who was not there? The first sentences of the summary, and what cannot be compared.

use super::figures::exact;
use super::figures::signed;
use super::figures::tenths;
use super::seen::Seen;
use super::seen::when;
use crate::domain::comparison::Kind;
use crate::domain::comparison::Split;
use crate::domain::comparison::Trend;
use crate::domain::scoring::Figures;
use crate::domain::scoring::shown;
use crate::domain::words;
use crate::report::comparison::tally;
use crate::tui::screens::look::Look;

/// What to tell first: the score, what caps hide, the band, how many things went which way.
pub fn headline(seen: Seen, look: Look) -> Vec<String> {
    let found = seen.found;
    let mut said = Vec::new();
    match (found.score, found.raw) {
        (Some(score), raw) => {
            said.push(moved(seen, score, look));
            said.extend(raw.and_then(|raw| hidden(seen, score, raw, look)));
        }
        (None, _) => said.extend(intervals(seen, look)),
    }
    if let Some(band) = found.to.band() {
        let meaning = words::band(look.language, band);
        let letter = band.letter();
        said.push(
            look.pick(
                format!("{letter} veut dire\u{202f}: {meaning}."),
                format!("{letter} means: {meaning}."),
            ),
        );
    }
    said.push(counted(seen, look));
    if found.to.carried > 0 {
        let count = found.to.carried;
        let answers = look.language.plural(
            count,
            look.pick("réponse est reprise", "answer is carried over"),
            look.pick("réponses sont reprises", "answers are carried over"),
        );
        said.push(look.pick(
            format!("Attention\u{202f}: {count} {answers} d’une visite précédente sans confirmation."),
            format!("Note: {count} {answers} from an earlier visit, not confirmed yet."),
        ));
    }
    said
}

/// `E 39`
fn score(figures: &Figures) -> String {
    match (figures.band(), figures.score) {
        (Some(band), Some(score)) => format!("{} {}", band.letter(), shown(score)),
        _ => String::new(),
    }
}

/// `+12,3 points`; French has its singular up to 1,9.
fn points(points: f64, look: Look) -> String {
    let tenths = tenths(points);
    let size = tenths.unsigned_abs();
    let word = if look.pick(size < 20, size == 10) { "point" } else { "points" };
    format!("{} {word}", signed(tenths, look))
}

fn moved(seen: Seen, split: Split, look: Look) -> String {
    let (then, now) = (when(seen.then, look.language), when(seen.now, look.language));
    let (from, to) = (score(&seen.found.from.overall), score(&seen.found.to.overall));
    if tenths(split.delta) == 0 {
        return look.pick(
            format!("Du {then} au {now}, le score global n’a pas bougé\u{202f}: {to}."),
            format!("From {then} to {now}, the overall score did not move: {to}."),
        );
    }
    let points = points(split.delta, look);
    look.pick(
        format!("Du {then} au {now}, le score global passe de {from} à {to}, soit {points}."),
        format!("From {then} to {now}, the overall score went from {from} to {to}: {points}."),
    )
}

/// What the score without caps says besides.
fn hidden(seen: Seen, score: Split, raw: Split, look: Look) -> Option<String> {
    let (from, to) = (seen.found.from.overall.raw?, seen.found.to.overall.raw?);
    let (from, to) = (exact(from, look), exact(to, look));
    let moved = points(raw.delta, look);
    match (tenths(score.delta), tenths(raw.delta)) {
        (0, 0) => None,
        (0, 1..) => Some(look.pick(
            format!("Les réponses ont pourtant progressé\u{202f}: sans plafond, {from} puis {to}, soit {moved}. Un plafond retient le score tant que sa cause demeure."),
            format!("Even so, the answers are better: without caps, {from} then {to}, {moved}. A cap holds the score as long as its cause remains."),
        )),
        (0, _) => Some(look.pick(
            format!("Les réponses ont pourtant reculé\u{202f}: sans plafond, {from} puis {to}, soit {moved}."),
            format!("Even so, the answers are worse: without caps, {from} then {to}, {moved}."),
        )),
        (one, other) if one == other => None,
        _ => Some(look.pick(
            format!("Sans plafond, il passe de {from} à {to}, soit {moved}."),
            format!("Without caps, it went from {from} to {to}: {moved}."),
        )),
    }
}

/// `entre 31 et 80`, or the score where there is one.
fn standing(figures: &Figures, look: Look) -> String {
    if figures.score.is_some() {
        let score = score(figures);
        return look.pick(format!("de {score}"), score);
    }
    words::interval(look.language, figures.interval.unwrap_or((0.0, 100.0)))
}

/// Where an end has no score: the intervals, and what they allow to say.
fn intervals(seen: Seen, look: Look) -> Vec<String> {
    let found = seen.found;
    let ends = [(seen.then, &found.from), (seen.now, &found.to)];
    let mut said = Vec::new();
    for (past, _) in ends.iter().filter(|(_, end)| end.overall.score.is_none()) {
        let date = when(past, look.language);
        said.push(look.pick(
            format!("La visite du {date} n’a pas de score\u{202f}: moins de 60\u{a0}% du poids des questions a une réponse."),
            format!("The visit of {date} has no score: less than 60% of the questions’ weight is answered."),
        ));
    }
    let (from, to) = (standing(&found.from.overall, look), standing(&found.to.overall, look));
    let sure = match found.intervals {
        Some(Trend::Better) => look.pick(
            "C’est mieux, quoi que révèlent les points encore ouverts.",
            "It is better, whatever the open points turn out to be.",
        ),
        Some(Trend::Worse) => look.pick(
            "C’est moins bien, quoi que révèlent les points encore ouverts.",
            "It is worse, whatever the open points turn out to be.",
        ),
        Some(Trend::Undecided) | None => look.pick(
            "On ne peut pas encore dire si c’est mieux ou moins bien\u{202f}: cela dépend des points ouverts.",
            "Whether it is better or worse cannot be said yet: it depends on the open points.",
        ),
    };
    said.push(look.pick(
        format!("Le score était {from}\u{202f}; il est {to}. {sure}"),
        format!("The score was {from}, it is {to}. {sure}"),
    ));
    said
}

/// One sentence: how many answers and findings went which way.
fn counted(seen: Seen, look: Look) -> String {
    if seen.found.is_empty() {
        return look.pick("Aucune réponse n’a changé.", "No answer changed.").to_owned();
    }
    tally(seen.found, look.language)
}

/// What of the scope changed besides answers to the profile.
pub fn scope(seen: Seen, look: Look) -> Vec<String> {
    let (from, to) = (&seen.found.from, &seen.found.to);
    let mut said = Vec::new();
    match (from.express, to.express) {
        (true, false) => said.push(look.pick(
            "La première visite était express\u{202f}: toutes les questions sont posées maintenant.",
            "The earlier visit was an express one: all questions are asked now.",
        )),
        (false, true) => said.push(look.pick(
            "La seconde visite est express\u{202f}: moins de questions sont posées.",
            "The later visit is an express one: fewer questions are asked.",
        )),
        _ => {}
    }
    match (from.amplified, to.amplified) {
        (false, true) => said.push(look.pick(
            "Le profil relève désormais d’un degré la gravité des questions sensibles.",
            "Because of the profile, sensitive questions are now one degree more severe.",
        )),
        (true, false) => said.push(look.pick(
            "Le profil ne relève plus la gravité des questions sensibles.",
            "The profile no longer makes sensitive questions more severe.",
        )),
        _ => {}
    }
    said.into_iter().map(str::to_owned).chain(asked(seen, look)).collect()
}

/// How far the two visits ask the same.
pub fn comparable(seen: Seen, look: Look) -> Vec<String> {
    let found = seen.found;
    let (from, to) = (&found.from.questionnaire, &found.to.questionnaire);
    let of = |kind: Kind| found.changes.iter().filter(|change| change.kind == kind).count();
    let mut said = Vec::new();
    if from == to {
        said.push(
            look.pick(
                "Même questionnaire aux deux visites\u{202f}: toutes les questions se comparent.",
                "The same questionnaire at both visits: all questions compare.",
            )
            .to_owned(),
        );
    } else {
        let (common, all) = (found.common.common, found.common.all);
        let share = look.percent(found.common.share());
        let versions = format!(
            "{} {} {} {} {}",
            from.id,
            from.version,
            super::figures::arrow(look.theme),
            to.id,
            to.version
        );
        said.push(look.pick(
            format!("Questionnaire {versions}\u{202f}: {common} questions communes sur {all}, soit {share}."),
            format!("Questionnaire {versions}: {common} questions in common out of {all}, {share}."),
        ));
        let (added, removed) = (of(Kind::Added), of(Kind::Removed));
        let (reworded, reweighted) = (of(Kind::Reworded), of(Kind::Reweighted));
        said.push(look.pick(
            format!("Ajoutées\u{202f}: {added}\u{202f}; supprimées\u{202f}: {removed} (sans vis-à-vis, hors comparaison). Reformulées\u{202f}: {reworded}\u{202f}; repondérées\u{202f}: {reweighted}."),
            format!("Added: {added}; removed: {removed} (nothing to compare them with). Reworded: {reworded}; reweighted: {reweighted}."),
        ));
    }
    if found.score.is_none() {
        said.extend(scope(seen, look));
    }
    said
}

/// How many questions a client is asked now and was not before, and the other way round.
fn asked(seen: Seen, look: Look) -> Option<String> {
    let of = |kind: Kind| seen.found.changes.iter().filter(|change| change.kind == kind).count();
    let count = |count: usize| look.language.plural(count, "question", "questions");
    let (asked, not_asked) = (of(Kind::Asked), of(Kind::NoLongerAsked));
    let (one, other) = (count(asked), count(not_asked));
    match (asked, not_asked) {
        (0, 0) => None,
        (_, 0) => Some(look.pick(
            format!("Le profil a changé\u{202f}: {asked} {one} de plus."),
            format!("The profile changed: {asked} more {one}."),
        )),
        (0, _) => Some(look.pick(
            format!("Le profil a changé\u{202f}: {not_asked} {other} de moins."),
            format!("The profile changed: {not_asked} fewer {other}."),
        )),
        _ => Some(look.pick(
            format!("Le profil a changé\u{202f}: {asked} {one} de plus, {not_asked} de moins."),
            format!("The profile changed: {asked} more {one}, {not_asked} fewer."),
        )),
    }
}
