//! How does somebody who was not there read what changed? What to tell the client first, then question by question.

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
use crate::domain::text::Language;
use crate::domain::text::plain;
use crate::domain::text::plain_line;
use crate::domain::wording::Piece;
use crate::domain::words;
use crate::report::brand::Brand;
use crate::report::document::Block;
use crate::report::document::Column;
use crate::report::document::Document;
use crate::report::document::Line;
use crate::report::document::Run;
use crate::report::document::Table;
use crate::report::document::disclaimer;

/// As many answers as moved most are named.
const MOVERS: usize = 10;

/// The comparison as a document of its own.
pub fn document(compared: &Compared, brand: &Brand, language: Language) -> Document {
    let telling = Telling { compared, language };
    let comparison = compared.comparison;
    let (from, to) = (language.date(comparison.from.date), language.date(comparison.to.date));
    let questionnaire = &comparison.to.questionnaire;
    Document {
        language,
        title: language
            .pick(format!("Ce qui a changé du {from} au {to}"), format!("What changed from {from} to {to}")),
        client: compared.clients(),
        subtitle: format!("{} {}", questionnaire.id, questionnaire.version),
        footer: disclaimer(language).to_owned(),
        brand: brand.clone(),
        compact: false,
        blocks: [
            telling.head(),
            telling.why(),
            telling.steps(),
            telling.findings(),
            telling.actions(),
            telling.changes(),
            telling.method(),
        ]
        .concat(),
    }
}

/// The same in a few lines, as part of another document.
pub fn brief(compared: &Compared, language: Language) -> Vec<Block> {
    let telling = Telling { compared, language };
    let mut blocks = telling.head();
    let findings = &compared.comparison.findings;
    let lists = [
        (language.pick("Constats levés", "Findings closed"), &findings.closed),
        (language.pick("Nouveaux constats", "New findings"), &findings.opened),
    ];
    for (heading, questions) in lists {
        let titles: Vec<String> = questions.iter().take(MOVERS).map(|id| telling.title(id)).collect();
        let more = questions.len() - titles.len();
        let more = match more {
            0 => ".".to_owned(),
            more => language.pick(format!(" … et {more} de plus."), format!(" … and {more} more.")),
        };
        if !titles.is_empty() {
            let count = format!(" ({}){} ", questions.len(), telling.colon());
            blocks.push(Block::Paragraph(
                Line::strong(heading)
                    .and(format!("{count}{}{more}", titles.join(language.pick("\u{202f}; ", "; ")))),
            ));
        }
    }
    blocks
}

/// All of it, as a chapter of another document.
pub fn chapter(compared: &Compared, language: Language) -> Vec<Block> {
    let telling = Telling { compared, language };
    let parts = [
        telling.head(),
        telling.why(),
        telling.steps(),
        telling.findings(),
        telling.actions(),
        telling.changes(),
        telling.method(),
    ];
    let deeper = |block: Block| match block {
        Block::Heading { level, text, anchor } => Block::Heading { level: level + 1, text, anchor },
        other => other,
    };
    parts.concat().into_iter().map(deeper).collect()
}

#[derive(Clone, Copy)]
struct Telling<'a> {
    compared: &'a Compared<'a>,
    language: Language,
}

impl Telling<'_> {
    fn pick<T>(self, fr: T, en: T) -> T {
        self.language.pick(fr, en)
    }

    fn heading(self, fr: &str, en: &str) -> Block {
        Block::Heading { level: 1, text: self.pick(fr, en).to_owned(), anchor: String::new() }
    }

    fn head(self) -> Vec<Block> {
        let comparison = self.compared.comparison;
        let score = |visit: &Visit| said::shown(Some(&visit.overall), self.language);
        let (then, now) = (score(&comparison.from), score(&comparison.to));
        let moved =
            comparison.score.map_or(String::new(), |split| format!(" ({})", self.points(split.delta)));
        let label = self.pick("Score global", "Overall score");
        let strong = Line::strong(format!("{label}{} {then} → {now}", self.colon())).and(moved);
        let mut blocks = vec![Block::Paragraph(strong)];
        if let Some(trend) = comparison.intervals {
            let said = said::trend(trend, self.language);
            let why = self.pick(
                "Au moins une des visites n’a pas de score (moins de 60\u{a0}% du poids a reçu une réponse)\u{202f}; les \
                 intervalles sont comparés",
                "At least one of the visits has no score (less than 60% of the weight is answered); the intervals \
                 are compared",
            );
            blocks.push(text(format!("{why}{} {said}.", self.colon())));
        }
        blocks.push(text(said::tally(comparison, self.language)));
        blocks
    }

    fn why(self) -> Vec<Block> {
        let comparison = self.compared.comparison;
        let mut blocks = vec![self.heading("Pourquoi le score a bougé", "Why the score moved")];
        if let (Some(score), Some(raw)) = (comparison.score, comparison.raw) {
            blocks.extend(self.split(score, raw));
        }
        let caps = comparison.caps.iter().filter(|change| change.step.is_none());
        let caps: Vec<Line> = caps.map(|change| self.cap(change)).collect();
        blocks.extend((!caps.is_empty()).then_some(Block::List(caps)));
        let movers: Vec<&Mover> = comparison.movers.iter().take(MOVERS).collect();
        if !movers.is_empty() {
            blocks.push(text(self.pick(
                "Les réponses qui ont le plus compté, en points de la moyenne avant plafonds (ce que coûterait ou \
                 rapporterait le retour de cette seule réponse à ce qu’elle était)\u{202f}:",
                "The answers that counted most, in points of the mean before caps (what taking back this one answer \
                 to what it was would cost or bring):",
            )));
            let line = |mover: &&Mover| {
                Line::plain(format!("{} {}", self.points(mover.raw), self.title(&mover.question)))
            };
            blocks.push(Block::List(movers.iter().map(line).collect()));
        }
        blocks
    }

    fn split(self, score: Split, raw: Split) -> Vec<Block> {
        let parts = [
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
        ];
        let figure = |points: f64| Line::plain(self.points(points));
        let mut rows: Vec<Vec<Line>> = parts
            .into_iter()
            .map(|(part, score, raw)| vec![Line::plain(part), figure(score), figure(raw)])
            .collect();
        rows.push(vec![
            Line::strong(self.pick("ensemble", "together")),
            figure(score.delta),
            figure(raw.delta),
        ]);
        let columns = vec![
            Column::new(self.pick("part", "part"), 6),
            Column::figures(self.pick("score", "score"), 2),
            Column::figures(self.pick("sans plafonds", "without caps"), 2),
        ];
        let caption = self.pick("D’où vient la différence", "Where the difference comes from").to_owned();
        let mut blocks = vec![Block::Table(Table { caption, columns, rows })];
        if score.delta.abs() < said::NOTHING && raw.delta.abs() >= said::NOTHING {
            blocks.push(text(self.pick(
                "Le score global est tenu par un plafond\u{202f}; la colonne «\u{202f}sans plafonds\u{202f}» montre le \
                 chemin parcouru.",
                "The overall score is held by a cap; the column “without caps” shows the way that was made.",
            )));
        }
        blocks
    }

    fn cap(self, change: &CapChange) -> Line {
        let what = match (change.appeared(), change.went()) {
            (true, _) => self.pick("Nouveau plafond", "New cap"),
            (_, true) => self.pick("Plafond levé", "Cap gone"),
            _ => self.pick("Plafond maintenu, par d’autres questions", "Cap still there, by other questions"),
        };
        let questions = if change.went() { &change.from } else { &change.to };
        let titles: Vec<String> = questions.iter().map(|id| self.title(id)).collect();
        let kind = words::cap(self.language, change.kind);
        // Titles have commas of their own.
        let titles = titles.join(self.pick("\u{202f}; ", "; "));
        Line::plain(format!("{what} ({}, {kind}){} {titles}", change.kind.cap(), self.colon()))
    }

    fn steps(self) -> Vec<Block> {
        let columns = vec![
            Column::new(self.pick("étape", "step"), 6),
            Column::figures(self.pick("avant", "before"), 2),
            Column::figures(self.pick("après", "after"), 2),
            Column::figures(self.pick("écart", "difference"), 2),
            Column::figures(self.pick("sans plafonds", "without caps"), 2),
        ];
        let rows = self.compared.comparison.steps.iter().map(|step| self.step(step)).collect();
        let heading = self.heading("Étape par étape", "Step by step");
        let caption = self.pick("Les étapes, avant et après", "The steps, before and after").to_owned();
        vec![heading, Block::Table(Table { caption, columns, rows })]
    }

    fn step(self, step: &StepChange) -> Vec<Line> {
        let title = self.compared.step(&step.id).map_or("", |step| step.title.get(self.language));
        let delta = |split: Option<Split>| split.map_or("–".to_owned(), |split| self.points(split.delta));
        let shown = |figures| said::shown(figures, self.language);
        let cells = [
            plain_line(title),
            shown(step.from.as_ref()),
            shown(step.to.as_ref()),
            delta(step.score),
            delta(step.raw),
        ];
        cells.iter().map(Line::plain).collect()
    }

    fn findings(self) -> Vec<Block> {
        let findings = &self.compared.comparison.findings;
        let lists = [
            (self.pick("Levés", "Closed"), &findings.closed),
            (self.pick("Nouveaux", "Opened"), &findings.opened),
            (self.pick("Atténués", "Eased"), &findings.eased),
            (self.pick("Aggravés", "Worsened"), &findings.worsened),
            (self.pick("Inchangés", "The same"), &findings.same),
        ];
        [vec![self.heading("Constats", "Findings")], self.lists_or_none(&lists)].concat()
    }

    fn actions(self) -> Vec<Block> {
        let actions = &self.compared.comparison.actions;
        let lists = [
            (self.pick("Closes", "Closed"), &actions.closed),
            (self.pick("Nouvelles", "Opened"), &actions.opened),
            (self.pick("En retard", "Overdue"), &actions.overdue),
        ];
        [vec![self.heading("Actions", "Actions")], self.lists_or_none(&lists)].concat()
    }

    fn lists_or_none(self, lists: &[(&str, &Vec<QuestionId>)]) -> Vec<Block> {
        let blocks = self.lists(lists);
        if blocks.is_empty() { vec![text(self.pick("Aucun changement.", "None."))] } else { blocks }
    }

    fn lists(self, lists: &[(&str, &Vec<QuestionId>)]) -> Vec<Block> {
        let mut blocks = Vec::new();
        for (heading, questions) in lists.iter().filter(|(_, questions)| !questions.is_empty()) {
            let count = format!(" ({})", questions.len());
            blocks.push(Block::Paragraph(Line::strong(*heading).and(count)));
            let line = |id: &QuestionId| Line::plain(format!("{}{}", self.title(id), self.unlike_mended(id)));
            blocks.push(Block::List(questions.iter().map(line).collect()));
        }
        blocks
    }

    /// Why a finding came or went, where it was not by a better or worse answer: nobody mended what is no longer asked.
    fn unlike_mended(self, id: &QuestionId) -> String {
        match self.compared.comparison.change(id).map(|change| change.kind) {
            None | Some(Kind::Improved | Kind::Worsened | Kind::Changed | Kind::Reworded) => String::new(),
            Some(kind) => format!(" ({})", said::kind(kind, self.language)),
        }
    }

    fn changes(self) -> Vec<Block> {
        let changes = &self.compared.comparison.changes;
        let mut blocks = vec![self.heading("Question par question", "Question by question")];
        if changes.is_empty() {
            blocks.push(text(self.pick("Aucun changement.", "No change.")));
        }
        for kind in Kind::ALL {
            let of_kind: Vec<&Change> = changes.iter().filter(|change| change.kind == kind).collect();
            if !of_kind.is_empty() {
                let title = format!("{} ({})", said::kinds(kind, self.language), of_kind.len());
                blocks.push(Block::Heading { level: 2, text: title, anchor: String::new() });
                blocks.push(Block::List(of_kind.into_iter().map(|change| self.change(change)).collect()));
            }
        }
        blocks
    }

    fn change(self, change: &Change) -> Line {
        let mut line = Line::strong(self.title(&change.question));
        if change.parts.contains(&Part::Value) {
            let (from, to) = (self.side(change, change.from.as_ref()), self.side(change, change.to.as_ref()));
            let said = self.moved(change).unwrap_or_else(|| format!("{from} → {to}"));
            line = line.and(format!("{} {said}", self.colon()));
        }
        let others =
            change.parts.iter().filter(|part| !matches!(part, Part::Value | Part::Note | Part::Files));
        let others: Vec<&str> = others.map(|part| said::part(*part, self.language)).collect();
        if !others.is_empty() {
            line = line.and_quiet(format!(" ({})", others.join(", ")));
        }
        if !change.files.is_empty() {
            let files = said::files(&change.files, self.language);
            line = line.and(format!("\n{}{} {files}", self.pick("Fichiers", "Files"), self.colon()));
        }
        if !change.note.is_empty() {
            line = line.and(format!("\n{}{} ", self.pick("Note", "Note"), self.colon()));
            line.0.extend(note(&change.note));
        }
        line
    }

    fn moved(self, change: &Change) -> Option<String> {
        let (from, to) = (change.from.as_ref()?.value.as_ref()?, change.to.as_ref()?.value.as_ref()?);
        let moved = words::moved(self.language, self.compared.question(&change.question)?, from, to)?;
        Some(plain_line(&moved))
    }

    fn side(self, change: &Change, side: Option<&Side>) -> String {
        let question = self.compared.question(&change.question);
        let value = side.and_then(|side| side.value.as_ref()).zip(question);
        let said = value.map(|(value, question)| words::value(self.language, question, value));
        said.map_or("–".to_owned(), |said| plain_line(&said))
    }

    fn method(self) -> Vec<Block> {
        let comparison = self.compared.comparison;
        let (from, to) = (&comparison.from.questionnaire, &comparison.to.questionnaire);
        let versions = format!("{} {} → {} {}", from.id, from.version, to.id, to.version);
        let comparable = said::comparable(comparison, self.language);
        let mut blocks = vec![
            self.heading("Ce qui est comparable", "What can be compared"),
            text(format!("{versions}{} {comparable}.", self.colon())),
        ];
        let count = comparison.to.carried;
        if count > 0 {
            let carried = self.language.plural(
                count,
                self.pick("réponse est reprise", "answer is carried over from"),
                self.pick("réponses sont reprises", "answers are carried over from"),
            );
            blocks.push(text(self.pick(
                format!("{count} {carried} de la visite précédente sans confirmation."),
                format!("{count} {carried} the visit before, not confirmed."),
            )));
        }
        blocks
    }

    fn title(self, id: &QuestionId) -> String {
        let title = self.compared.question(id).map(|question| plain_line(question.title.get(self.language)));
        title.filter(|title| !title.is_empty()).unwrap_or_else(|| id.to_string())
    }

    fn points(self, points: f64) -> String {
        said::points(points, self.language)
    }

    fn colon(self) -> &'static str {
        self.pick("\u{202f}:", ":")
    }
}

fn text(text: impl AsRef<str>) -> Block {
    Block::Paragraph(Line::plain(text))
}

/// The words that went and those that came, a space between.
fn note(pieces: &[Piece]) -> Vec<Run> {
    let run = |piece: &Piece| match piece {
        Piece::Same(text) => Run::Plain(plain(text.trim())),
        Piece::Gone(text) => Run::Gone(plain(text.trim())),
        Piece::New(text) => Run::New(plain(text.trim())),
    };
    let mut runs = Vec::new();
    for piece in pieces {
        if !runs.is_empty() {
            runs.push(Run::Plain(" ".to_owned()));
        }
        runs.push(run(piece));
    }
    runs
}
