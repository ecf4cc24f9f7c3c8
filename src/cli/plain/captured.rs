//! What do captures of the client's site say about a question? Their proposal, and the answers that they disprove.

use super::fields::Field;
use super::talk::Stop;
use super::talk::Talk;
use crate::cli::today::today;
use crate::domain::answer::Cell;
use crate::domain::answer::Row;
use crate::domain::contradiction;
use crate::domain::observing::Taken;
use crate::domain::proof;
use crate::domain::questionnaire::CellKind;
use crate::domain::questionnaire::Question;
use crate::domain::sightings;
use crate::domain::sightings::HostSeen;
use crate::domain::text::Text;
use crate::domain::text::plain_line;
use crate::domain::words;
use crate::report::attached;
use crate::tui::screens::evidence;

impl Talk {
    /// Open contradictions and the proposal, each with what was seen; the files attached to the question.
    pub fn say_captured(&self, question: &Question) -> Result<(), Stop> {
        let language = self.language;
        for one in self.desk.visit.files.iter().filter(|one| one.question == question.id) {
            self.labelled(self.pick("Fichier", "File"), &attached::line(language, one))?;
        }
        let contradictions = self.desk.visit.contradictions(&question.id);
        for contradiction in contradictions.iter().filter(|found| found.resolution.is_none()) {
            let label = self.pick("Contredit par un relevé", "Disproved by a capture");
            self.labelled(label, &proof::seen(language, contradiction.seen))?;
            if let Some(written) = proof::resolution(language, contradiction) {
                self.labelled(self.pick("Expliqué", "Explained"), &written)?;
            }
        }
        if let Some(proposal) = self.desk.visit.proposal(question) {
            let value = words::value(language, question, &proposal.value);
            let said = format!("{value} · {}", proof::seen(language, proposal.seen));
            self.labelled(self.pick("Proposé par un relevé", "Proposed by a capture"), &said)?;
            return Ok(());
        }
        let count = self.desk.visit.lines_shown(question).len();
        if count > 0 {
            self.voice.say(&self.pick(
                format!("Lignes de plus d’après les relevés : {count}. A les ajoute au tableau."),
                format!("More lines from captures: {count}. A adds them to the table."),
            ))?;
        }
        Ok(())
    }

    /// Takes over what a capture proposes, as tested; where no answer is proposed, the lines of the table.
    pub fn accept(&mut self, question: &Question) -> Result<(), Stop> {
        match self.desk.visit.proposal(question).map(|proposal| proposal.entry()) {
            Some(entry) => self.record(&question.id, entry),
            None => match self.desk.visit.fill_in(question) {
                Some((count, difference)) => {
                    self.voice.say(evidence::filled_in(count).get(self.language))?;
                    self.settle(&difference)?;
                    self.ask_anew();
                    Ok(())
                }
                None => Ok(self.voice.say(self.pick(
                    "Aucun relevé ne propose de réponse ici.",
                    "No capture proposes an answer here.",
                ))?),
            },
        }
    }

    /// The captures and the hosts of others, by number; with a number or a name, what is known of that one.
    pub fn evidence_of_site(&mut self, given: &str) -> Result<(), Stop> {
        let taken = &self.desk.visit.captured.taken;
        let all = sightings::hosts(taken.iter());
        let hosts: Vec<&HostSeen> = all.iter().filter(|seen| seen.host.third_party).collect();
        if given.is_empty() {
            return self.list_evidence(&hosts);
        }
        let number =
            given.parse::<usize>().ok().and_then(|number| hosts.get(number.checked_sub(1)?).copied());
        let Some(seen) = number.or_else(|| all.iter().find(|seen| seen.name == given)) else {
            return Ok(self.refuse_text(Text::new(
                format!("pas d’hôte « {given} » : i les donne"),
                format!("there is no host {given:?}: i lists them"),
            ))?);
        };
        let item = evidence::Item::Host(seen.name.to_owned());
        self.read(&evidence::detail(&self.desk.visit, &item, self.look()))?;
        for id in evidence::touched(&self.desk.visit, &item) {
            self.voice.item(2, &format!("/{id}"))?;
        }
        Ok(())
    }

    fn list_evidence(&self, hosts: &[&HostSeen]) -> Result<(), Stop> {
        let (visit, look) = (&self.desk.visit, self.look());
        if visit.captured.is_empty() {
            return Ok(self.voice.say(self.pick(
                "Aucun relevé du site pour cette visite : « privaudit import » en lit un.",
                "No capture of the site for this visit: “privaudit import” reads one.",
            ))?);
        }
        for (label, error) in &visit.captured.unreadable {
            self.labelled(&plain_line(&label.name), error.message.get(self.language))?;
        }
        for Taken { label, capture } in &visit.captured.taken {
            let cookies = match capture.carries_cookies {
                true => capture.cookies.len().to_string(),
                false => self.pick("aucune donnée", "no data").to_owned(),
            };
            let (pages, others) = (capture.pages.len(), capture.third_parties().count());
            let phase = words::capture::phase(self.language, label.phase);
            let date = self.language.date(label.on);
            let counts = self.pick(
                format!("pages {pages}, hôtes de tiers {others}, cookies {cookies}"),
                format!("pages {pages}, third-party hosts {others}, cookies {cookies}"),
            );
            self.labelled(&plain_line(&label.name), &format!("{phase}, {date}, {counts}"))?;
        }
        for (index, seen) in hosts.iter().enumerate() {
            let said = format!("{}, {}", plain_line(seen.name), evidence::whose(seen.host, look));
            self.voice.item(2, &format!("{}. {said}", index + 1))?;
        }
        let open = contradiction::open(&visit.questionnaire, visit.assessment());
        for id in &open {
            let title = visit.questionnaire.question(id).map(|question| question.title.get(self.language));
            let label = self.pick("Contredit par un relevé", "Disproved by a capture");
            self.labelled(label, &format!("{} (/{id})", title.unwrap_or_default()))?;
        }
        Ok(self.voice.say(self.pick(
            "« i 3 » dit ce qui est connu de l’hôte 3, et les questions qu’il touche.",
            "“i 3” tells what is known of host 3, and which questions it touches.",
        ))?)
    }

    /// Writes down what explains an answer that a capture disproves.
    pub fn explain(&mut self, question: &Question, given: &str) -> Result<(), Stop> {
        if !self.desk.visit.is_contradicted(&question.id) {
            return Ok(self.voice.say(
                self.pick("Aucun relevé ne contredit cette réponse.", "No capture disproves this answer."),
            )?);
        }
        let mut row = Row::new();
        let fields = [
            Field::new(
                "text",
                Text::new("Ce qui l’explique, par écrit", "What explains it, in writing"),
                CellKind::Text,
            ),
            Field::new("by", Text::new("Expliqué par", "Explained by"), CellKind::Text),
        ];
        let asked = if given.is_empty() { fields.as_slice() } else { &[] };
        row.extend((!given.is_empty()).then(|| ("text".into(), Cell::Text(given.to_owned()))));
        let filled = self.fill(Some("resolve"), asked, row)?;
        let (text, by) = (filled.text("text"), filled.text("by"));
        let difference = self.desk.edit(&question.id, |assessment, questionnaire| {
            assessment.resolve(questionnaire, &question.id, &text, &by, today());
        });
        self.settle(&difference)?;
        filled.end()
    }
}
