//! What do two people’s changes to one visit come to? Answer by answer, so that nobody’s work goes under.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::assessment::Assessment;
use super::attachment::Attachment;
use super::id::QuestionId;
use super::seal::Place;
use super::text::Language;
use super::text::Text;

/// So many disputed places are named.
const NAMED: usize = 3;

/// Two states of a visit that began as the same, put together.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    pub assessment: Assessment,
    /// What was changed there and not here: it is taken over.
    pub taken: Vec<Place>,
    /// What was changed here and there, and differs: ours stays.
    pub disputed: Vec<Place>,
}

impl Merged {
    /// Whether anything was changed there.
    pub fn has_news(&self) -> bool {
        !self.taken.is_empty() || !self.disputed.is_empty()
    }

    /// What happened, to tell whoever has the visit open; `kept` is where the other state is.
    pub fn said(&self, kept: Option<&str>) -> Text {
        Text::new(self.said_in(Language::Fr, kept), self.said_in(Language::En, kept))
    }

    fn said_in(&self, language: Language, kept: Option<&str>) -> String {
        let colon = language.pick("\u{202f}:", ":");
        let changed =
            language.pick("un autre programme a modifié cette visite", "another program changed this visit");
        let mut parts = vec![match self.taken.len() {
            0 => changed.to_owned(),
            count => {
                let taken = language.plural(count, "élément repris", "éléments repris");
                format!("{changed}{colon} {count} {}", language.pick(taken, "taken over"))
            }
        }];
        if !self.disputed.is_empty() {
            let ids = self.disputed.iter().take(NAMED).map(Place::name).collect::<Vec<_>>().join(", ");
            let more = if self.disputed.len() > NAMED { ", …" } else { "" };
            let ours =
                language.pick("modifié des deux côtés, le nôtre reste", "changed on both sides, ours stays");
            parts.push(format!("{ours}{colon} {ids}{more}"));
        }
        if let Some(kept) = kept {
            parts.push(format!("{}{colon} {kept}", language.pick("l’autre état", "the other state")));
        }
        parts.join(language.pick("\u{202f}; ", "; "))
    }
}

/// Whether both are states of one visit: the same client, day and questionnaire.
pub fn is_same_visit(one: &Assessment, other: &Assessment) -> bool {
    (&one.client, one.date, &one.questionnaire) == (&other.client, other.date, &other.questionnaire)
}

/// Puts together what was changed in `ours` and in `theirs` since `base`. The place where it was left, and the seal,
/// are ours.
pub fn merge(base: &Assessment, ours: &Assessment, theirs: &Assessment) -> Merged {
    let mut merged = Merged { assessment: ours.clone(), taken: Vec::new(), disputed: Vec::new() };
    let result = &mut merged.assessment;
    let (taken, disputed) = (&mut merged.taken, &mut merged.disputed);
    let answers = [&base.answers, &theirs.answers];
    merge_maps(answers, &mut result.answers, |id| Place::Answer(id.clone()), taken, disputed);
    let tables = [&base.tables, &theirs.tables];
    merge_maps(tables, &mut result.tables, |id| Place::Table(id.clone()), taken, disputed);
    let actions = [&base.actions, &theirs.actions];
    merge_maps(actions, &mut result.actions, |id| Place::Action(id.clone()), taken, disputed);
    let resolutions = [&base.resolutions, &theirs.resolutions];
    merge_maps(resolutions, &mut result.resolutions, |id| Place::Answer(id.clone()), taken, disputed);
    merge_files(base, result, theirs, taken, disputed);
    // What captures show follows from which there are: both go together.
    let captured = |state: &Assessment| (state.captures.clone(), state.observations.clone());
    if captured(theirs) != captured(base) && captured(theirs) != captured(ours) {
        let place = Place::Field("captures".to_owned());
        if captured(ours) == captured(base) {
            (result.captures, result.observations) = captured(theirs);
            taken.push(place);
        } else {
            disputed.push(place);
        }
    }
    if base.express == ours.express && ours.express != theirs.express {
        result.express = theirs.express;
        taken.push(Place::Field("express".to_owned()));
    }
    merged
}

/// Where two states of a visit differ, apart from the place where it was left and the seal.
pub fn differences(before: &Assessment, after: &Assessment) -> Vec<Place> {
    // What changed from one to the other is what would be taken over by whoever changed nothing.
    merge(before, before, after).taken
}

/// File by file: two that were attached to one question here and there are both attached.
fn merge_files(
    base: &Assessment,
    ours: &mut Assessment,
    theirs: &Assessment,
    taken: &mut Vec<Place>,
    disputed: &mut Vec<Place>,
) {
    let mut files = by_file(ours);
    let (mut of_theirs, mut of_both) = (Vec::new(), Vec::new());
    let place = |(id, _): &(QuestionId, String)| Place::Answer(id.clone());
    merge_maps([&by_file(base), &by_file(theirs)], &mut files, place, &mut of_theirs, &mut of_both);
    for (places, of_files) in [(taken, &mut of_theirs), (disputed, &mut of_both)] {
        of_files.dedup();
        places.append(of_files);
    }
    // In the order in which they were attached there, then here.
    let here = std::mem::take(&mut ours.attachments);
    for (id, attached) in theirs.attachments.iter().chain(&here) {
        let named = attached.iter().map(|file| (id.clone(), file.digest.clone()));
        named.filter_map(|file| files.remove(&file)).for_each(|file| ours.attach(id, file));
    }
}

fn by_file(visit: &Assessment) -> BTreeMap<(QuestionId, String), Attachment> {
    let all = visit.attachments.iter().flat_map(|(id, attached)| attached.iter().map(move |file| (id, file)));
    all.map(|(id, file)| ((id.clone(), file.digest.clone()), file.clone())).collect()
}

fn merge_maps<K: Ord + Clone, V: PartialEq + Clone>(
    [base, theirs]: [&BTreeMap<K, V>; 2],
    ours: &mut BTreeMap<K, V>,
    place: impl Fn(&K) -> Place,
    taken: &mut Vec<Place>,
    disputed: &mut Vec<Place>,
) {
    let keys: BTreeSet<&K> = base.keys().chain(theirs.keys()).collect();
    for key in keys {
        let (was, there, here) = (base.get(key), theirs.get(key), ours.get(key));
        if there == was || there == here {
            continue;
        }
        if here != was {
            disputed.push(place(key));
            continue;
        }
        match there {
            Some(there) => ours.insert(key.clone(), there.clone()),
            None => ours.remove(key),
        };
        taken.push(place(key));
    }
}
