//! How does somebody who was not there read what changed? The comparison as Markdown: what to tell the client first.

use std::fmt::Write;

use super::ends::Compared;
use super::said;
use crate::domain::comparison::CapChange;
use crate::domain::comparison::Change;
use crate::domain::comparison::Kind;
use crate::domain::comparison::Mover;
use crate::domain::comparison::Part;
use crate::domain::comparison::Side;
use crate::domain::comparison::Split;
use crate::domain::comparison::StepChange;
use crate::domain::comparison::Visit;
use crate::domain::id::QuestionId;
use crate::domain::scoring::Figures;
use crate::domain::text::Language;
use crate::domain::wording::Piece;
use crate::domain::words;

/// As many answers as moved most are named.
const MOVERS: usize = 10;

/// The whole document.
pub fn markdown(compared: &Compared, language: Language) -> String {
    let mut page = Page { out: String::new(), compared, language };
    page.head();
    page.why();
    page.steps();
    page.findings();
    page.actions();
    page.changes();
    page.method();
    page.out.replace("\n\n\n", "\n\n")
}

struct Page<'a> {
    out: String,
    compared: &'a Compared<'a>,
    language: Language,
}

impl Page<'_> {
    fn pick<'t>(&self, fr: &'t str, en: &'t str) -> &'t str {
        self.language.pick(fr, en)
    }

    fn line(&mut self, line: impl AsRef<str>) {
        self.out.push_str(line.as_ref());
        self.out.push('\n');
    }

    fn heading(&mut self, fr: &str, en: &str) {
        let heading = format!("\n## {}\n", self.pick(fr, en));
        self.line(heading);
    }

    fn head(&mut self) {
        let comparison = self.compared.comparison;
        let client = escaped(&self.compared.to.assessment.client);
        let (from, to) = (self.language.date(comparison.from.date), self.language.date(comparison.to.date));
        let title = match self.language {
            Language::Fr => format!("# {client}\u{202f}: ce qui a changé du {from} au {to}\n"),
            Language::En => format!("# {client}: what changed from {from} to {to}\n"),
        };
        self.line(title);
        let score = |visit: &Visit| self.shown(Some(&visit.overall));
        let (then, now) = (score(&comparison.from), score(&comparison.to));
        let moved =
            comparison.score.map_or(String::new(), |split| format!(" ({})", self.points(split.delta)));
        let label = self.pick("Score global", "Overall score");
        self.line(format!("**{label}{} {then} → {now}**{moved}\n", self.colon()));
        if let Some(trend) = comparison.intervals {
            let said = said::trend(trend, self.language);
            let why = self.pick(
                "Au moins une des visites n’a pas de score (moins de 60\u{202f}% du poids est répondu)\u{202f}; les \
                 intervalles sont comparés",
                "At least one of the visits has no score (less than 60% of the weight is answered); the intervals \
                 are compared",
            );
            self.line(format!("{why}{} {said}.\n", self.colon()));
        }
        self.line(said::tally(comparison, self.language));
    }

    fn why(&mut self) {
        let comparison = self.compared.comparison;
        self.heading("Pourquoi le score a bougé", "Why the score moved");
        if let (Some(score), Some(raw)) = (comparison.score, comparison.raw) {
            self.split(score, raw);
        }
        self.caps();
        let movers: Vec<&Mover> = comparison.movers.iter().take(MOVERS).collect();
        if !movers.is_empty() {
            let intro = self.pick(
                "Les réponses qui ont le plus compté, en points de la moyenne avant plafonds (ce que coûterait ou \
                 rapporterait le retour de cette seule réponse à ce qu’elle était)\u{202f}:",
                "The answers that counted most, in points of the mean before caps (what taking back this one answer \
                 to what it was would cost or bring):",
            );
            self.line(format!("\n{intro}\n"));
        }
        for mover in movers {
            let line = format!("- {} {}", self.points(mover.raw), self.title(&mover.question));
            self.line(line);
        }
    }

    fn split(&mut self, score: Split, raw: Split) {
        let header = match self.language {
            Language::Fr => "| part | score | sans plafonds |\n|---|---:|---:|",
            Language::En => "| part | score | without caps |\n|---|---:|---:|",
        };
        self.line(header);
        let rows: [(&str, f64, f64); 4] = [
            (self.pick("réponses", "answers"), score.by_answers, raw.by_answers),
            (
                self.pick("profil (questions posées)", "profile (questions asked)"),
                score.by_scope,
                raw.by_scope,
            ),
            (
                self.pick("version du questionnaire", "version of the questionnaire"),
                score.by_questionnaire,
                raw.by_questionnaire,
            ),
            (self.pick("**ensemble**", "**together**"), score.delta, raw.delta),
        ];
        for (part, score, raw) in rows {
            let row = format!("| {part} | {} | {} |", self.points(score), self.points(raw));
            self.line(row);
        }
        if score.delta.abs() < said::NOTHING && raw.delta.abs() >= said::NOTHING {
            let note = self.pick(
                "Le score global est tenu par un plafond\u{202f}; la colonne «\u{202f}sans plafonds\u{202f}» montre le chemin parcouru.",
                "The overall score is held by a cap; the column “without caps” shows the way that was made.",
            );
            self.line(format!("\n{note}"));
        }
    }

    fn caps(&mut self) {
        let changes = self.compared.comparison.caps.iter().filter(|change| change.step.is_none());
        let lines: Vec<String> = changes.map(|change| self.cap(change)).collect();
        if !lines.is_empty() {
            self.line("");
        }
        for line in lines {
            self.line(line);
        }
    }

    fn cap(&self, change: &CapChange) -> String {
        let what = match (change.appeared(), change.went()) {
            (true, _) => self.pick("Nouveau plafond", "New cap"),
            (_, true) => self.pick("Plafond levé", "Cap gone"),
            _ => self.pick("Plafond maintenu, par d’autres questions", "Cap still there, by other questions"),
        };
        let questions = if change.went() { &change.from } else { &change.to };
        let titles: Vec<String> = questions.iter().map(|id| self.title(id)).collect();
        let kind = words::cap(self.language, change.kind);
        format!("- {what} ({}, {kind}){} {}", change.kind.cap(), self.colon(), titles.join(", "))
    }

    fn steps(&mut self) {
        self.heading("Étape par étape", "Step by step");
        let header = match self.language {
            Language::Fr => "| étape | avant | après | écart | sans plafonds |\n|---|---:|---:|---:|---:|",
            Language::En => {
                "| step | before | after | difference | without caps |\n|---|---:|---:|---:|---:|"
            }
        };
        self.line(header);
        for step in &self.compared.comparison.steps {
            let row = self.step(step);
            self.line(row);
        }
    }

    fn step(&self, step: &StepChange) -> String {
        let title = self.compared.step(&step.id).map_or("", |step| step.title.get(self.language));
        let delta = |split: Option<Split>| split.map_or("–".to_owned(), |split| self.points(split.delta));
        let (then, now) = (self.shown(step.from.as_ref()), self.shown(step.to.as_ref()));
        let (score, raw) = (delta(step.score), delta(step.raw));
        format!("| {} | {then} | {now} | {score} | {raw} |", escaped(title))
    }

    fn findings(&mut self) {
        let findings = &self.compared.comparison.findings;
        self.heading("Constats", "Findings");
        let lists = [
            (self.pick("Levés", "Closed"), &findings.closed),
            (self.pick("Nouveaux", "Opened"), &findings.opened),
            (self.pick("Atténués", "Eased"), &findings.eased),
            (self.pick("Aggravés", "Worsened"), &findings.worsened),
            (self.pick("Inchangés", "The same"), &findings.same),
        ];
        self.lists(&lists);
    }

    fn actions(&mut self) {
        let actions = &self.compared.comparison.actions;
        self.heading("Actions", "Actions");
        let lists = [
            (self.pick("Closes", "Closed"), &actions.closed),
            (self.pick("Nouvelles", "Opened"), &actions.opened),
            (self.pick("En retard", "Overdue"), &actions.overdue),
        ];
        self.lists(&lists);
    }

    fn lists(&mut self, lists: &[(&str, &Vec<QuestionId>)]) {
        if lists.iter().all(|(_, questions)| questions.is_empty()) {
            let none = self.pick("Aucun changement.", "None.").to_owned();
            self.line(none);
        }
        for (heading, questions) in lists.iter().filter(|(_, questions)| !questions.is_empty()) {
            self.line(format!("\n**{heading}** ({})\n", questions.len()));
            for id in *questions {
                let line = format!("- {}{}", self.title(id), self.unlike_mended(id));
                self.line(line);
            }
        }
    }

    /// Why a finding came or went, where it was not by a better or worse answer: nobody mended what is no longer asked.
    fn unlike_mended(&self, id: &QuestionId) -> String {
        match self.compared.comparison.change(id).map(|change| change.kind) {
            None | Some(Kind::Improved | Kind::Worsened | Kind::Changed | Kind::Reworded) => String::new(),
            Some(kind) => format!(" ({})", said::kind(kind, self.language)),
        }
    }

    fn changes(&mut self) {
        let changes = &self.compared.comparison.changes;
        self.heading("Question par question", "Question by question");
        if changes.is_empty() {
            let none = self.pick("Aucun changement.", "No change.").to_owned();
            self.line(none);
        }
        for kind in Kind::ALL {
            let of_kind: Vec<&Change> = changes.iter().filter(|change| change.kind == kind).collect();
            if !of_kind.is_empty() {
                let heading = format!("\n### {} ({})\n", said::kinds(kind, self.language), of_kind.len());
                self.line(heading);
            }
            for change in of_kind {
                self.change(change);
            }
        }
    }

    fn change(&mut self, change: &Change) {
        let mut line = format!("- **{}**", self.title(&change.question));
        if change.parts.contains(&Part::Value) {
            let (from, to) = (self.side(change, change.from.as_ref()), self.side(change, change.to.as_ref()));
            let _ = write!(line, "{} {from} → {to}", self.colon());
        }
        let others = change.parts.iter().filter(|part| !matches!(part, Part::Value | Part::Note));
        let others: Vec<&str> = others.map(|part| said::part(*part, self.language)).collect();
        if !others.is_empty() {
            let _ = write!(line, " ({})", others.join(", "));
        }
        self.line(line);
        if !change.note.is_empty() {
            let label = self.pick("Note", "Note");
            let note = format!("  - {label}{} {}", self.colon(), note(&change.note));
            self.line(note);
        }
    }

    fn side(&self, change: &Change, side: Option<&Side>) -> String {
        let question = self.compared.question(&change.question);
        let value = side.and_then(|side| side.value.as_ref()).zip(question);
        let said = value.map(|(value, question)| words::value(self.language, question, value));
        escaped(&said.unwrap_or_else(|| "–".to_owned()))
    }

    fn method(&mut self) {
        let comparison = self.compared.comparison;
        let common = comparison.common;
        self.heading("Ce qui est comparable", "What can be compared");
        let percent = self.language.number((1000.0 * common.share()).floor() / 10.0);
        let (from, to) = (&comparison.from.questionnaire, &comparison.to.questionnaire);
        let versions = format!("{} {} → {} {}", from.id, from.version, to.id, to.version);
        let line = match self.language {
            Language::Fr => format!(
                "{versions}\u{202f}: {} questions communes sur {} ({percent}\u{202f}%).",
                common.common, common.all
            ),
            Language::En => {
                format!(
                    "{versions}: {} questions in common out of {} ({percent}%).",
                    common.common, common.all
                )
            }
        };
        self.line(escaped_inline(&line));
        if comparison.to.carried > 0 {
            let count = comparison.to.carried;
            let line = match self.language {
                Language::Fr => format!(
                    "\n{count} {} de la visite précédente sans confirmation.",
                    self.language.plural(count, "réponse est reprise", "réponses sont reprises"),
                ),
                Language::En => format!(
                    "\n{count} {} carried over from the visit before, not confirmed.",
                    self.language.plural(count, "answer is", "answers are"),
                ),
            };
            self.line(line);
        }
    }

    fn title(&self, id: &QuestionId) -> String {
        let title = self.compared.question(id).map(|question| question.title.get(self.language));
        escaped(title.unwrap_or(id.as_str()))
    }

    fn shown(&self, figures: Option<&Figures>) -> String {
        said::shown(figures, self.language)
    }

    fn points(&self, points: f64) -> String {
        said::points(points, self.language)
    }

    fn colon(&self) -> &'static str {
        self.language.pick("\u{202f}:", ":")
    }
}

/// The words that went struck through, those that came in bold.
fn note(pieces: &[Piece]) -> String {
    let marked = pieces.iter().map(|piece| match piece {
        Piece::Same(run) => escaped(run),
        Piece::Gone(run) => format!("~~{}~~", escaped(run)),
        Piece::New(run) => format!("**{}**", escaped(run)),
    });
    marked.collect::<Vec<_>>().join(" ")
}

/// A client's words as plain text on one line: no mark-up, no HTML, no control characters.
fn escaped(text: &str) -> String {
    escaped_inline(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn escaped_inline(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    for letter in line.chars().filter(|letter| !letter.is_control()) {
        match letter {
            '<' => plain.push_str("&lt;"),
            '&' => plain.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => {
                plain.push('\\');
                plain.push(letter);
            }
            _ => plain.push(letter),
        }
    }
    plain
}
