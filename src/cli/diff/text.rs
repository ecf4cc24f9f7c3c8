//! How does a comparison read in a terminal? Then and now, why, by steps, and question by question.

use std::io;
use std::io::Write;

use crate::cli::paper::Ink;
use crate::cli::paper::Paper;
use crate::cli::print::colon;
use crate::cli::print::column;
use crate::cli::print::widest;
use crate::domain::comparison::CapChange;
use crate::domain::comparison::Change;
use crate::domain::comparison::Kind;
use crate::domain::comparison::Part;
use crate::domain::comparison::Side;
use crate::domain::comparison::Split;
use crate::domain::id::QuestionId;
use crate::domain::scoring;
use crate::domain::scoring::Figures;
use crate::domain::site::SiteComparison;
use crate::domain::text::Language;
use crate::domain::text::plain_line;
use crate::domain::words;
use crate::report::comparison as said;
use crate::report::comparison::Compared;

/// As many answers as moved most are named.
const MOVERS: usize = 8;
/// What the columns of figures take, beside the titles of steps.
const FIGURES: usize = 32;

pub fn print(compared: &Compared, paper: Paper, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let reading = Reading { compared, paper, language };
    reading.head(out)?;
    reading.why(out)?;
    reading.steps(out)?;
    reading.changes(out)?;
    reading.findings(out)?;
    reading.actions(out)?;
    reading.comparable(out)
}

/// What became of the client's site, where both visits have captures.
pub fn print_site(
    site: &SiteComparison,
    paper: Paper,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let told = said::site_told(site, language);
    if told.is_empty() {
        return Ok(());
    }
    paper.heading(language.pick("Le site, avant et après", "The site, before and after"), out)?;
    for phase in told {
        paper.item(2, &phase.heading, Ink::Plain, out)?;
        phase.lines.iter().try_for_each(|line| paper.item(4, line, Ink::Plain, out))?;
    }
    Ok(())
}

struct Reading<'a> {
    compared: &'a Compared<'a>,
    paper: Paper,
    language: Language,
}

impl Reading<'_> {
    fn pick<'t>(&self, fr: &'t str, en: &'t str) -> &'t str {
        self.language.pick(fr, en)
    }

    fn points(&self, points: f64) -> String {
        said::points(points, self.language)
    }

    fn head(&self, out: &mut dyn Write) -> io::Result<()> {
        let (from, to) = (&self.compared.from, &self.compared.to);
        let comparison = self.compared.comparison;
        let client = self.compared.clients();
        let (then, now) = (self.language.date(comparison.from.date), self.language.date(comparison.to.date));
        self.paper.item(0, &format!("{client} · {then} → {now}"), Ink::Heading, out)?;
        self.paper.item(0, &format!("{} → {}", from.reference, to.reference), Ink::Quiet, out)?;
        let shown = |figures| said::shown(Some(figures), self.language);
        let (then, now) = (shown(&comparison.from.overall), shown(&comparison.to.overall));
        let moved = comparison.score.map_or(String::new(), |split| format!("  {}", self.points(split.delta)));
        let label = self.pick("Score global", "Overall score");
        let line = format!("{label}{}{then} → {now}{moved}", colon(self.language));
        let ink = comparison.score.map_or(Ink::Plain, |split| by_sign(split.delta));
        writeln!(out)?;
        self.paper.item(0, &line, ink, out)?;
        if let Some(trend) = comparison.intervals {
            let why = self.pick(
                "une visite n’a pas de score (moins de 60 % du poids a reçu une réponse) ; les intervalles disent",
                "a visit has no score (less than 60% of the weight is answered); the intervals say",
            );
            let line = format!("{why}{}{}", colon(self.language), said::trend(trend, self.language));
            self.paper.item(2, &line, Ink::Plain, out)?;
        }
        self.paper.item(0, &said::tally(comparison, self.language), Ink::Plain, out)
    }

    fn why(&self, out: &mut dyn Write) -> io::Result<()> {
        let comparison = self.compared.comparison;
        let caps: Vec<&CapChange> = comparison.caps.iter().filter(|change| change.step.is_none()).collect();
        if comparison.score.is_none() && caps.is_empty() && comparison.movers.is_empty() {
            return Ok(());
        }
        self.paper.heading(self.pick("Pourquoi le score a bougé", "Why the score moved"), out)?;
        if let (Some(score), Some(raw)) = (comparison.score, comparison.raw) {
            self.split(score, raw, out)?;
        }
        for cap in caps {
            self.cap(cap, out)?;
        }
        if !comparison.movers.is_empty() {
            let intro = self.pick(
                "Ce qui a le plus compté, seul, en points avant plafonds",
                "What counted most, alone, in points before caps",
            );
            self.paper.item(2, intro, Ink::Quiet, out)?;
        }
        for mover in comparison.movers.iter().take(MOVERS) {
            let label = format!("{:>6}  ", self.points(mover.raw));
            self.paper.entry(2, &label, &self.title(&mover.question), by_sign(mover.raw), out)?;
        }
        Ok(())
    }

    fn split(&self, score: Split, raw: Split, out: &mut dyn Write) -> io::Result<()> {
        let rows = [
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
            (self.pick("ensemble", "together"), score.delta, raw.delta),
        ];
        let width = widest(rows.iter().map(|(part, ..)| *part));
        let header = self.pick("score  sans plafonds", "score  without caps");
        writeln!(out, "  {}  {}", column("", width), self.paper.paint(header, Ink::Quiet))?;
        for (part, score, raw) in rows {
            let (score, raw) = (self.points(score), self.points(raw));
            writeln!(out, "  {}  {score:>5}  {raw:>12}", column(part, width))?;
        }
        Ok(())
    }

    fn cap(&self, change: &CapChange, out: &mut dyn Write) -> io::Result<()> {
        let (what, ink) = match (change.appeared(), change.went()) {
            (true, _) => (self.pick("nouveau plafond", "new cap"), Ink::Worse),
            (_, true) => (self.pick("plafond levé", "cap gone"), Ink::Better),
            _ => (self.pick("plafond maintenu, par", "cap still there, by"), Ink::Plain),
        };
        let questions = if change.went() { &change.from } else { &change.to };
        let titles: Vec<String> = questions.iter().map(|id| self.title(id)).collect();
        let kind = words::cap(self.language, change.kind);
        let line = format!(
            "{what} ({}, {kind}){}{}",
            change.kind.cap(),
            colon(self.language),
            titles.join(self.pick(" ; ", "; ")),
        );
        self.paper.item(2, &line, ink, out)
    }

    fn steps(&self, out: &mut dyn Write) -> io::Result<()> {
        let comparison = self.compared.comparison;
        self.paper.heading(self.pick("Étape par étape", "Step by step"), out)?;
        let titles: Vec<String> = comparison
            .steps
            .iter()
            .map(|step| {
                self.compared.step(&step.id).map_or(step.id.as_str(), |step| step.title.get(self.language))
            })
            .map(plain_line)
            .collect();
        let width = widest(titles.iter().map(String::as_str));
        let header = match self.language {
            Language::Fr => format!("{:>7} {:>7} {:>6} {:>6}", "avant", "après", "écart", "brut"),
            Language::En => format!("{:>7} {:>7} {:>6} {:>6}", "before", "after", "diff.", "raw"),
        };
        // On a narrow terminal the figures stand under the title.
        let beside = width + FIGURES <= self.paper.width;
        let margin = if beside { column("", width) } else { String::new() };
        writeln!(out, "  {margin} {}", self.paper.paint(&header, Ink::Quiet))?;
        for (step, title) in comparison.steps.iter().zip(&titles) {
            let delta =
                |split: Option<Split>| split.map_or("–".to_owned(), |split| self.points(split.delta));
            let (then, now) = (figures(step.from.as_ref()), figures(step.to.as_ref()));
            let line = format!("{then:>7} {now:>7} {:>6} {:>6}", delta(step.score), delta(step.raw));
            let ink = step.score.map_or(Ink::Plain, |split| by_sign(split.delta));
            if beside {
                writeln!(out, "  {} {}", column(title, width), self.paper.paint(&line, ink))?;
            } else {
                writeln!(out, "  {title}\n  {}", self.paper.paint(&line, ink))?;
            }
        }
        Ok(())
    }

    fn changes(&self, out: &mut dyn Write) -> io::Result<()> {
        for kind in Kind::ALL {
            let changes = self.compared.comparison.changes.iter().filter(|change| change.kind == kind);
            let changes: Vec<&Change> = changes.collect();
            if !changes.is_empty() {
                let heading = format!("{} ({})", said::kinds(kind, self.language), changes.len());
                self.paper.heading(&heading, out)?;
            }
            for change in changes {
                self.change(change, out)?;
            }
        }
        Ok(())
    }

    fn change(&self, change: &Change, out: &mut dyn Write) -> io::Result<()> {
        let mut line = self.title(&change.question);
        if change.parts.contains(&Part::Value) || change.parts.contains(&Part::Rows) {
            let (from, to) = (self.side(change, change.from.as_ref()), self.side(change, change.to.as_ref()));
            if let Some(moved) = self.moved(change) {
                line = format!("{line}{}{moved}", colon(self.language));
            } else if from != to {
                line = format!("{line}{}{from} → {to}", colon(self.language));
            }
        }
        let others =
            change.parts.iter().filter(|part| !matches!(part, Part::Value | Part::Note | Part::Files));
        let others: Vec<&str> = others.map(|part| said::part(*part, self.language)).collect();
        if !others.is_empty() {
            line = format!("{line} [{}]", others.join(", "));
        }
        let ink = match change.kind {
            Kind::Improved => Ink::Better,
            Kind::Worsened => Ink::Worse,
            _ => Ink::Plain,
        };
        self.paper.item(2, &line, ink, out)?;
        if !change.files.is_empty() {
            let label = format!("{}{}", self.pick("fichiers", "files"), colon(self.language));
            let files = said::files(&change.files, self.language);
            self.paper.item(4, &format!("{label}{files}"), Ink::Plain, out)?;
        }
        if change.note.is_empty() {
            return Ok(());
        }
        let label = format!("{}{}", self.pick("note", "note"), colon(self.language));
        self.paper.words(4, &label, &change.note, out)
    }

    fn moved(&self, change: &Change) -> Option<String> {
        let (from, to) = (change.from.as_ref()?.value.as_ref()?, change.to.as_ref()?.value.as_ref()?);
        let moved = words::moved(self.language, self.compared.question(&change.question)?, from, to)?;
        Some(plain_line(&moved))
    }

    fn side(&self, change: &Change, side: Option<&Side>) -> String {
        let Some(side) = side else { return "–".to_owned() };
        let question = self.compared.question(&change.question);
        match (side.value.as_ref().zip(question), side.rows) {
            (Some((value, question)), _) => plain_line(&words::value(self.language, question, value)),
            (None, Some(rows)) if rows > 0 => {
                let (fr, en) = (Language::Fr, Language::En);
                let (fr, en) = (fr.plural(rows, "ligne", "lignes"), en.plural(rows, "row", "rows"));
                format!("{rows} {}", self.pick(fr, en))
            }
            _ => "–".to_owned(),
        }
    }

    fn findings(&self, out: &mut dyn Write) -> io::Result<()> {
        let findings = &self.compared.comparison.findings;
        self.list(("Constats levés", "Findings closed"), &findings.closed, Ink::Better, out)?;
        self.list(("Nouveaux constats", "Findings opened"), &findings.opened, Ink::Worse, out)?;
        self.list(("Constats atténués", "Findings eased"), &findings.eased, Ink::Better, out)?;
        self.list(("Constats aggravés", "Findings worse"), &findings.worsened, Ink::Worse, out)?;
        let same = findings.same.len();
        if same > 0 {
            let line = match self.language {
                Language::Fr => {
                    format!("{same} {}", self.language.plural(same, "constat inchangé", "constats inchangés"))
                }
                Language::En => {
                    format!("{same} {} the same", self.language.plural(same, "finding is", "findings are"))
                }
            };
            self.paper.item(0, &format!("\n{line}"), Ink::Quiet, out)?;
        }
        Ok(())
    }

    fn actions(&self, out: &mut dyn Write) -> io::Result<()> {
        let actions = &self.compared.comparison.actions;
        self.list(("Actions closes", "Actions closed"), &actions.closed, Ink::Better, out)?;
        self.list(("Nouvelles actions", "Actions opened"), &actions.opened, Ink::Plain, out)?;
        self.list(("Actions en retard", "Actions overdue"), &actions.overdue, Ink::Worse, out)
    }

    fn list(
        &self,
        heading: (&str, &str),
        questions: &[QuestionId],
        ink: Ink,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if questions.is_empty() {
            return Ok(());
        }
        let heading = format!("{} ({})", self.pick(heading.0, heading.1), questions.len());
        self.paper.heading(&heading, out)?;
        for id in questions {
            let line = format!("{}{}", self.title(id), self.unlike_mended(id));
            self.paper.item(2, &line, ink, out)?;
        }
        Ok(())
    }

    /// Why a finding came or went, where it was by no better or worse answer: nobody mended what is no longer asked.
    fn unlike_mended(&self, id: &QuestionId) -> String {
        match self.compared.comparison.change(id).map(|change| change.kind) {
            None | Some(Kind::Improved | Kind::Worsened | Kind::Changed | Kind::Reworded) => String::new(),
            Some(kind) => format!(" – {}", said::kind(kind, self.language)),
        }
    }

    fn comparable(&self, out: &mut dyn Write) -> io::Result<()> {
        let comparison = self.compared.comparison;
        let (from, to) = (&comparison.from.questionnaire, &comparison.to.questionnaire);
        writeln!(out)?;
        if from != to {
            let line = format!(
                "{} {} → {} {}{}{}",
                from.id,
                from.version,
                to.id,
                to.version,
                colon(self.language),
                said::comparable(comparison, self.language)
            );
            self.paper.item(0, &line, Ink::Quiet, out)?;
        }
        let carried = comparison.to.carried;
        if carried > 0 {
            let line = match self.language {
                Language::Fr => {
                    format!(
                        "{carried} {} sans confirmation",
                        self.language.plural(carried, "réponse reprise", "réponses reprises")
                    )
                }
                Language::En => {
                    format!(
                        "{carried} {} carried over, not confirmed",
                        self.language.plural(carried, "answer", "answers")
                    )
                }
            };
            self.paper.item(0, &line, Ink::Quiet, out)?;
        }
        Ok(())
    }

    /// With its id, by which commands and rules call it.
    fn title(&self, id: &QuestionId) -> String {
        let title = self.compared.question(id).map(|question| question.title.get(self.language));
        format!("{} ({id})", plain_line(title.unwrap_or_default()))
    }
}

/// `54 D`, or the interval where there is no score: `0–54`.
fn figures(figures: Option<&Figures>) -> String {
    let nothing = "–".to_owned();
    let Some(figures) = figures else { return nothing };
    let scored = figures.score.zip(figures.band());
    let interval = |(low, high)| format!("{}–{}", scoring::shown(low), scoring::shown(high));
    scored.map_or_else(
        || figures.interval.map_or(nothing, interval),
        |(score, band)| format!("{} {}", scoring::shown(score), band.letter()),
    )
}

fn by_sign(points: f64) -> Ink {
    if points >= 0.05 {
        Ink::Better
    } else if points <= -0.05 {
        Ink::Worse
    } else {
        Ink::Plain
    }
}
