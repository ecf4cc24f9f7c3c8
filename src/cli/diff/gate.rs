//! Does the comparison pass the gate? The rules from a file, and what is said when it does not.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::question;
use crate::domain::comparison::Breach;
use crate::domain::comparison::Change;
use crate::domain::comparison::Fate;
use crate::domain::comparison::Ground;
use crate::domain::comparison::Rules;
use crate::domain::comparison::breaches;
use crate::domain::id::QuestionId;
use crate::domain::id::StepId;
use crate::domain::site;
use crate::domain::site::SiteBreach;
use crate::domain::site::SiteComparison;
use crate::domain::site::SiteRule;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::text::plain;
use crate::domain::text::plain_line;
use crate::domain::words;
use crate::domain::words::capture::phase;
use crate::report::comparison::Compared;
use crate::report::comparison::kind;
use crate::storage::assessments::Visit;
use crate::storage::error::Error;
use crate::storage::fault::Fault;
use crate::storage::files;
use crate::storage::source::Sources;

pub struct Gate {
    rules: Rules,
}

impl Gate {
    /// The usual rules, or those of a file. A step or question in it that neither visit knows would guard nothing: it
    /// is an error, like any other mistake in the file.
    pub fn read(file: Option<&Path>, visits: [&Visit; 2], language: Language) -> Result<Gate, Failure> {
        let Some(path) = file else { return Ok(Gate { rules: Rules::default() }) };
        let name = path.display().to_string();
        let text = files::read_given(path)?;
        let sources = Sources { origin: String::new(), files: BTreeMap::from([(name.clone(), text)]) };
        let read = sources.read::<Rules>(&name).and_then(|rules| {
            let unknown = unknown(&rules, visits, |id, message| {
                let text = sources.files.get(&name).map_or("", String::as_str);
                let byte = text.find(&format!("{id:?}")).unwrap_or(0);
                sources.fault(&name, byte, message)
            });
            if unknown.is_empty() { Ok(rules) } else { Err(unknown) }
        });
        read.map(|rules| Gate { rules }).map_err(|faults| faulty(&faults, language))
    }

    /// Done when nothing got worse; otherwise what did.
    pub fn pass(&self, compared: &Compared, site: &SiteComparison, context: &Context) -> Result<(), Failure> {
        if !self.rules.site.is_empty() && site.phases.is_empty() {
            return Err(no_phase().into());
        }
        let (from, to) = (compared.from, compared.to);
        let found = breaches(
            &self.rules,
            compared.comparison,
            (from.questionnaire, from.assessment),
            (to.questionnaire, to.assessment),
        );
        let language = context.language;
        let of_site = site::breaches(&self.rules.site, site);
        if found.is_empty() && of_site.is_empty() {
            context.note("contrôle passé : rien n’est moins bien", "gate passed: nothing got worse");
            return Ok(());
        }
        let (count, reference) = (found.len() + of_site.len(), to.reference);
        let head = match language {
            Language::Fr => format!(
                "contrôle non passé : {count} {} à {reference} :",
                language.plural(count, "recul", "reculs"),
            ),
            Language::En => format!(
                "gate failed: {count} {} got worse at {reference}:",
                language.plural(count, "thing", "things"),
            ),
        };
        let lines = found.iter().map(|breach| said(breach, compared, language));
        let lines = lines.chain(of_site.iter().map(|breach| said_of_site(breach, language)));
        let lines: Vec<String> = lines.collect();
        Err(Failure::Gate(plain(&format!("{head}\n{}\n", lines.join("\n")))))
    }
}

/// `  choice.trackers.prior: worse (yes → no); new finding: No tracker before the choice`
fn said(breach: &Breach, compared: &Compared, language: Language) -> String {
    let title = compared.question(&breach.question).map_or("", |question| question.title.get(language));
    let change = compared.comparison.change(&breach.question);
    let grounds: Vec<String> =
        breach.grounds.iter().map(|ground| said_ground(*ground, change, compared, language)).collect();
    let colon = language.pick(" :", ":");
    format!(
        "  {}{colon} {} – {}",
        breach.question,
        grounds.join(language.pick(" ; ", "; ")),
        plain_line(title)
    )
}

/// `  site (before any choice): new third party – doubleclick.net`
fn said_of_site(breach: &SiteBreach, language: Language) -> String {
    let rule = match breach.rule {
        SiteRule::ThirdParty => language.pick("nouveau tiers", "new third party"),
        SiteRule::CookieBeforeConsent => {
            language.pick("nouveau cookie sans consentement", "new cookie without consent")
        }
        SiteRule::PolicyLinkLost => {
            language.pick("plus de lien vers la politique", "no link to the policy any more")
        }
        SiteRule::InsecureForm => language.pick("formulaire sans HTTPS", "form without HTTPS"),
        SiteRule::HeaderLost => language.pick("en-tête de sécurité perdu", "security header lost"),
        SiteRule::PlainHttp => language.pick("hôte appelé sans HTTPS", "host asked without HTTPS"),
    };
    let phase = phase(language, breach.phase);
    let what =
        if breach.what.is_empty() { String::new() } else { format!(" – {}", plain_line(&breach.what)) };
    format!("  site ({phase}){} {rule}{what}", language.pick(" :", ":"))
}

/// A gate that has nothing to look at guards nothing.
fn no_phase() -> Error {
    Error::refused(
        "les règles portent sur le site, et aucune phase n’a de relevé lisible dans les deux visites",
        "the rules are about the site, and no phase has a readable capture in both visits",
    )
    .hint(
        "importer un relevé de la même phase dans chaque visite : `privaudit import REF FICHIER --phase …`",
        "import a capture of the same phase into each visit: `privaudit import REF FILE --phase …`",
    )
}

fn said_ground(ground: Ground, change: Option<&Change>, compared: &Compared, language: Language) -> String {
    match ground {
        Ground::Change(of) => {
            let values = change.map_or(String::new(), |change| values(change, compared, language));
            format!("{}{values}", kind(of, language))
        }
        Ground::Finding(Fate::Opened) => language.pick("nouveau constat", "new finding").to_owned(),
        Ground::Finding(Fate::Found) => {
            language.pick("constat d’une première réponse", "finding of a first answer").to_owned()
        }
        Ground::Finding(Fate::Worsened) => language.pick("constat aggravé", "finding worse").to_owned(),
        Ground::Overdue => language.pick("action en retard", "action overdue").to_owned(),
    }
}

fn values(change: &Change, compared: &Compared, language: Language) -> String {
    let Some(question) = compared.question(&change.question) else { return String::new() };
    let said = |side: Option<&crate::domain::comparison::Side>| {
        let value = side.and_then(|side| side.value.as_ref());
        value.map_or("–".to_owned(), |value| plain_line(&words::value(language, question, value)))
    };
    let (from, to) = (said(change.from.as_ref()), said(change.to.as_ref()));
    if from == to { String::new() } else { format!(" ({from} → {to})") }
}

/// Steps and questions that neither visit's questionnaire has.
fn unknown(rules: &Rules, visits: [&Visit; 2], fault: impl Fn(&str, Text) -> Fault) -> Vec<Fault> {
    let has_step =
        |id: &StepId| visits.iter().any(|visit| visit.questionnaire.parts().any(|step| step.id == *id));
    let has_question =
        |id: &QuestionId| visits.iter().any(|visit| visit.questionnaire.question(id).is_some());
    let steps = rules.steps.iter().filter(|id| !has_step(id)).map(|id| {
        let message =
            Text::new(format!("étape « {id} » inconnue"), format!("unknown step {:?}", id.as_str()));
        fault(id.as_str(), message)
    });
    let named = rules.watch.iter().chain(&rules.ignore);
    let questions = named.filter(|id| !has_question(id)).map(|id| {
        let close: Vec<&str> = visits
            .iter()
            .flat_map(|visit| question::close(&visit.questionnaire, id.as_str()))
            .take(1)
            .collect();
        let perhaps = |word: &str| close.first().map_or(String::new(), |close| format!(" ({word} {close})"));
        let message = Text::new(
            format!("question « {id} » inconnue{}", perhaps("peut-être")),
            format!("unknown question {:?}{}", id.as_str(), perhaps("perhaps")),
        );
        fault(id.as_str(), message)
    });
    steps.chain(questions).collect()
}

fn faulty(faults: &[Fault], language: Language) -> Failure {
    let shown: Vec<String> = faults.iter().map(|fault| fault.show(language)).collect();
    let shown = shown.join("\n");
    Failure::Refused(Error::refused(shown.clone(), shown).hint(
        "un fichier de règles : (changes: [Worsened], findings: [Opened], site: [ThirdParty, CookieBeforeConsent, PolicyLinkLost, InsecureForm, HeaderLost, PlainHttp], level: High, steps: [\"choice\"], watch: [], ignore: [])",
        "a file of rules: (changes: [Worsened], findings: [Opened], site: [ThirdParty, CookieBeforeConsent, PolicyLinkLost, InsecureForm, HeaderLost, PlainHttp], level: High, steps: [\"choice\"], watch: [], ignore: [])",
    ))
}
