//! How are figures drawn? As SVG in the page, each with a title and a description for those who do not see it.

use std::f64::consts::TAU;

use maud::Markup;
use maud::html as markup;

use crate::domain::scoring::Level;
use crate::domain::text::Language;
use crate::domain::words;
use crate::report::document::Chart;
use crate::report::document::Verdict;
use crate::report::document::chart::Axis;
use crate::report::document::chart::Covered;
use crate::report::document::chart::Figures;
use crate::report::document::chart::MapCell;
use crate::report::document::chart::TrendPoint;

/// Draws a chart; `id` is unlike that of any other in the page.
pub fn svg(chart: &Chart, id: &str, language: Language) -> Markup {
    let (size, inside) = match &chart.figures {
        Figures::Radar(axes) => ((360, 290), radar(axes, language)),
        Figures::RiskMap(cells) => ((380, 270), risk_map(cells, language)),
        Figures::Trend(points) => ((360, 220), trend(points, language)),
        Figures::Coverage(covered) => ((360, 14 + 30 * covered.len()), coverage(covered, language)),
    };
    let described =
        language.pick("Les mêmes chiffres sont dans le tableau.", "The same figures are in the table.");
    markup! {
        svg viewBox={ "0 0 " (size.0) " " (size.1) } role="img" aria-labelledby={ (id) "-title " (id) "-desc" } {
            title id={ (id) "-title" } { (chart.title) }
            desc id={ (id) "-desc" } { (described) }
            (inside)
        }
    }
}

/// A coordinate to a tenth: the same in every run, and short.
fn at(coordinate: f64) -> String {
    format!("{coordinate:.1}")
}

/// One axis a step, the first at the top, clockwise.
fn radar(axes: &[Axis], language: Language) -> Markup {
    let centre = (180.0, 142.0);
    let radius = 98.0;
    let share = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let place = |index: usize, value: f64| {
        let angle = TAU * share(index) / share(axes.len().max(1)) - TAU / 4.0;
        (centre.0 + angle.cos() * radius * value / 100.0, centre.1 + angle.sin() * radius * value / 100.0)
    };
    let points = |value: &dyn Fn(&Axis) -> Option<f64>| -> Vec<(f64, f64)> {
        axes.iter().enumerate().filter_map(|(index, axis)| Some(place(index, value(axis)?))).collect()
    };
    let joined = |points: &[(f64, f64)]| {
        points.iter().map(|(x, y)| format!("{},{}", at(*x), at(*y))).collect::<Vec<_>>().join(" ")
    };
    let ring = |value: f64| joined(&(0..axes.len()).map(|index| place(index, value)).collect::<Vec<_>>());
    let (now, before) = (points(&|axis| axis.now), points(&|axis| axis.before));
    markup! {
        @for value in [25.0, 50.0, 75.0, 100.0] { polygon.faint points=(ring(value)) {} }
        @for (index, axis) in axes.iter().enumerate() {
            @let end = place(index, 100.0);
            @let label = place(index, 114.0);
            line.faint x1=(at(centre.0)) y1=(at(centre.1)) x2=(at(end.0)) y2=(at(end.1)) {}
            text x=(at(label.0)) y=(at(label.1 + 4.0)) text-anchor=(anchor(label.0 - centre.0)) { (axis.name) }
        }
        @if before.len() == axes.len() { polygon.before points=(joined(&before)) {} }
        // A shape across steps without a score would show what nobody knows: the known ones are spokes then.
        @if now.len() == axes.len() {
            polygon.now points=(joined(&now)) {}
        } @else {
            @for (x, y) in &now { line.now x1=(at(centre.0)) y1=(at(centre.1)) x2=(at(*x)) y2=(at(*y)) {} }
        }
        @for (x, y) in &now { circle.dot cx=(at(*x)) cy=(at(*y)) r="4" {} }
        @if before.len() == axes.len() {
            line.before x1="8" y1="282" x2="36" y2="282" {}
            text.soft x="42" y="286" { (language.pick("visite précédente", "visit before")) }
        }
    }
}

/// Labels stand away from the centre.
fn anchor(beside: f64) -> &'static str {
    if beside > 8.0 {
        "start"
    } else if beside < -8.0 {
        "end"
    } else {
        "middle"
    }
}

/// Severity upwards, likelihood to the right; the count in each cell.
fn risk_map(cells: &[MapCell], language: Language) -> Markup {
    let side = |figure: u8| i32::from(figure);
    let x = |likelihood: u8| 94 + (side(likelihood) - 1) * 70;
    let y = |severity: u8| 8 + (4 - side(severity)) * 54;
    let class = |cell: &MapCell| match Level::of(cell.severity, cell.likelihood) {
        Level::Low => "cell cell-low",
        Level::Moderate => "cell cell-moderate",
        Level::High => "cell cell-high",
        Level::Critical => "cell cell-critical",
    };
    markup! {
        @for cell in cells {
            rect class=(class(cell)) x=(x(cell.likelihood)) y=(y(cell.severity)) width="70" height="54" {}
            @if cell.findings > 0 {
                text.cell-text x=(x(cell.likelihood) + 35) y=(y(cell.severity) + 33) text-anchor="middle" font-size="18"
                    font-weight="700" { (cell.findings) }
            }
        }
        @for figure in 1..=4_u8 {
            text.soft x="88" y=(y(figure) + 31) text-anchor="end" { (words::figure(language, figure)) }
            text.soft x=(x(figure) + 35) y="238" text-anchor="middle" { (words::figure(language, figure)) }
        }
        text x="234" y="260" text-anchor="middle" font-weight="600" {
            (language.pick("vraisemblance →", "likelihood →"))
        }
        text x="14" y="116" text-anchor="middle" font-weight="600" transform="rotate(-90 14 116)" {
            (language.pick("gravité →", "severity →"))
        }
    }
}

/// A point a visit, from left to right at even steps; a bar where only an interval is known.
fn trend(points: &[TrendPoint], language: Language) -> Markup {
    let last = f64::from(u32::try_from(points.len().saturating_sub(1)).unwrap_or(u32::MAX)).max(1.0);
    let x = |index: usize| 40.0 + 295.0 * f64::from(u32::try_from(index).unwrap_or(u32::MAX)) / last;
    let y = |score: f64| 180.0 - 160.0 * score / 100.0;
    let known: Vec<(f64, f64, u8)> = points
        .iter()
        .enumerate()
        .filter_map(|(index, point)| {
            let score = point.score?;
            Some((x(index), y(score), crate::domain::scoring::shown(score)))
        })
        .collect();
    let path = known.iter().map(|(x, y, _)| format!("{},{}", at(*x), at(*y))).collect::<Vec<_>>().join(" ");
    // With many visits, only as many dates as can be read: the first, the last and some between.
    let every = points.len().div_ceil(5).max(1);
    let dated = |index: usize| {
        index + 1 == points.len() || (index.is_multiple_of(every) && index + every <= points.len())
    };
    markup! {
        @for score in [0_u8, 25, 50, 75, 100] {
            line.faint x1="30" x2="345" y1=(at(y(f64::from(score)))) y2=(at(y(f64::from(score)))) {}
            text.soft x="25" y=(at(y(f64::from(score)) + 4.0)) text-anchor="end" { (score) }
        }
        @for (index, point) in points.iter().enumerate() {
            @if let (None, Some((low, high))) = (point.score, point.interval) {
                line.range x1=(at(x(index))) x2=(at(x(index))) y1=(at(y(low))) y2=(at(y(high))) {}
            }
            @if dated(index) {
                text.soft x=(at(x(index))) y="202" text-anchor=(ends(index, points.len())) {
                    (language.date(point.date))
                }
            }
        }
        polyline.now points=(path) style="fill: none" {}
        @for (x, y, score) in &known {
            circle.dot cx=(at(*x)) cy=(at(*y)) r="4" {}
            text x=(at(*x)) y=(at(y - 9.0)) text-anchor="middle" font-weight="600" { (score) }
        }
    }
}

/// The first and the last date stay within the picture.
fn ends(index: usize, count: usize) -> &'static str {
    match index {
        0 if count > 1 => "start",
        last if last + 1 == count => "end",
        _ => "middle",
    }
}

fn coverage(covered: &[Covered], language: Language) -> Markup {
    let x = |share: f64| at(250.0 * share.clamp(0.0, 1.0));
    markup! {
        @for (index, step) in covered.iter().enumerate() {
            @let y = 10 + 30 * index;
            text x="88" y=(y + 13) text-anchor="end" { (step.name) }
            rect.track x="96" y=(y) width="250" height="18" rx="4" {}
            rect.fill x="96" y=(y) width=(x(step.share)) height="18" rx="4" {}
            title { (step.name) " " (language.percent(step.share)) }
        }
    }
}

/// The score on its scale from 0 to 100, with what is still possible; decorative, since the figures stand beside.
pub fn bar(verdict: &Verdict, language: Language) -> Markup {
    let x = |score: u8| at(6.0 * f64::from(score));
    let (low, high) = verdict.interval.or(verdict.score.map(|score| (score, score))).unwrap_or((0, 0));
    let label = language.pick("Échelle de 0 à 100", "Scale from 0 to 100");
    markup! {
        svg viewBox="0 0 600 26" role="img" aria-label=(label) {
            rect.track x="0" y="4" width="600" height="12" rx="6" {}
            @if verdict.interval.is_some() {
                rect.maybe x=(x(low)) y="4" width=(at(6.0 * f64::from(high.saturating_sub(low)))) height="12" {}
            }
            @if let Some(score) = verdict.score { rect.fill x="0" y="4" width=(x(score)) height="12" rx="6" {} }
            @for (least, letter) in [(40_u8, "D"), (55, "C"), (70, "B"), (85, "A")] {
                line.faint x1=(x(least)) x2=(x(least)) y1="2" y2="18" {}
                text.soft x=(x(least)) y="26" font-size="9" text-anchor="middle" { (letter) }
            }
        }
    }
}
