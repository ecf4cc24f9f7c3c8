//! How is a difference shown? Signed points that add up, bars to both sides of zero, a trend in a few cells.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::domain::comparison::Split;
use crate::domain::comparison::Trend;
use crate::domain::scoring::Figures;
use crate::domain::scoring::shown;
use crate::tui::screens::look::Look;
use crate::tui::theme::Theme;
use crate::tui::widgets::lines::span;

/// Tenths of points: what is shown of a difference.
#[expect(clippy::cast_possible_truncation, reason = "a few thousand tenths")]
pub fn tenths(points: f64) -> i64 {
    (points * 10.0).round() as i64
}

/// A split in tenths that still add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    pub questionnaire: i64,
    pub scope: i64,
    pub answers: i64,
    pub together: i64,
}

impl Shown {
    pub fn of(split: &Split) -> Shown {
        let exact = [split.by_questionnaire, split.by_scope, split.by_answers].map(|points| points * 10.0);
        let mut rounded = exact.map(f64::round);
        let left = (split.delta * 10.0).round() - rounded.iter().sum::<f64>();
        // Where rounding leaves a tenth over, the part that it took most from gets it; nothing stays nothing.
        let parts = rounded.iter_mut().zip(exact).filter(|(_, exact)| exact.abs() > 1e-6);
        let short = |rounded: f64, exact: f64| (exact - rounded) * left;
        let most = parts.max_by(|(one, exact_one), (other, exact_other)| {
            short(**one, *exact_one).total_cmp(&short(**other, *exact_other))
        });
        if let Some((part, _)) = most {
            *part += left;
        }
        let [questionnaire, scope, answers] = rounded.map(|tenth| tenths(tenth / 10.0));
        Shown { questionnaire, scope, answers, together: tenths(split.delta) }
    }

    /// The largest of the four, for bars to one scale.
    pub fn largest(self) -> u64 {
        let all = [self.questionnaire, self.scope, self.answers, self.together];
        all.into_iter().map(i64::unsigned_abs).max().unwrap_or(0)
    }
}

/// `+12,3`, `−0,4`, `0`.
pub fn signed(tenths: i64, look: Look) -> String {
    let sign = match tenths {
        0 => return "0".to_owned(),
        1.. => "+",
        _ => look.theme.mark("−", "-"),
    };
    format!("{sign}{}", plain(tenths.unsigned_abs(), look))
}

/// `12,3`
pub fn plain(tenths: u64, look: Look) -> String {
    format!("{}{}{}", tenths / 10, look.pick(",", "."), tenths % 10)
}

/// A score with its tenth, where differences of tenths are shown beside it.
pub fn exact(score: f64, look: Look) -> String {
    plain(tenths(score).unsigned_abs(), look)
}

pub fn style(tenths: i64, theme: Theme) -> Style {
    match tenths {
        0 => theme.quiet(),
        1.. => theme.good(),
        _ => theme.bad(),
    }
}

/// A bar of `half` cells to each side of zero; what is not nothing has at least one.
pub fn bar(tenths: i64, scale: u64, half: usize, theme: Theme) -> Vec<Span<'static>> {
    let size = tenths.unsigned_abs();
    let wide = u64::try_from(half).unwrap_or(0);
    let cells = if size == 0 { 0 } else { ((size * wide + scale / 2) / scale.max(1)).clamp(1, wide.max(1)) };
    let cells = usize::try_from(cells).unwrap_or(0).min(half);
    let (full, empty) = (theme.bar_full().repeat(cells), theme.bar_empty().repeat(half - cells));
    let none = theme.bar_empty().repeat(half);
    let zero = Span::styled(theme.mark("│", "|"), theme.quiet());
    let drawn = |cells: String| Span::styled(cells, style(tenths, theme));
    let quiet = |cells: String| Span::styled(cells, theme.quiet());
    if tenths < 0 {
        vec![quiet(empty), drawn(full), zero, quiet(none)]
    } else {
        vec![quiet(none), zero, drawn(full), quiet(empty)]
    }
}

/// A cell for each score from 0 to 100; a digit for its tens where there are no blocks.
pub fn spark(scores: &[Option<f64>], theme: Theme) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let cell = |score: &Option<f64>| {
        let Some(score) = score else { return theme.open().chars().next().unwrap_or('.') };
        let score = shown(*score);
        if theme.unicode {
            BLOCKS.get(usize::from(score) * BLOCKS.len() / 101).copied().unwrap_or(' ')
        } else {
            char::from_digit(u32::from((score / 10).min(9)), 10).unwrap_or(' ')
        }
    };
    scores.iter().map(cell).collect()
}

/// `C 62`; without a score the interval alone; nothing known: a dash.
pub fn short(figures: Option<&Figures>, look: Look) -> String {
    let none = look.theme.mark("—", "-");
    let Some(figures) = figures else { return none.to_owned() };
    match (figures.band(), figures.score) {
        (Some(band), Some(score)) => format!("{} {}", band.letter(), shown(score)),
        _ => look.interval(figures).unwrap_or_else(|| none.to_owned()),
    }
}

/// What two intervals allow to say, as a mark.
pub fn trend(trend: Option<Trend>, theme: Theme) -> Span<'static> {
    match trend {
        Some(Trend::Better) => span(up(theme), theme.good()),
        Some(Trend::Worse) => span(down(theme), theme.bad()),
        Some(Trend::Undecided) => span("?", theme.warning()),
        None => span(theme.mark("—", "-"), theme.quiet()),
    }
}

pub fn up(theme: Theme) -> &'static str {
    theme.mark("▲", "^")
}

pub fn down(theme: Theme) -> &'static str {
    theme.mark("▼", "v")
}

pub fn arrow(theme: Theme) -> &'static str {
    theme.mark("→", "->")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which tenth goes where is only seen from here.
    #[test]
    fn what_is_shown_of_a_split_adds_up_and_stays_near() {
        let mut state = 7_u64;
        let mut points = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let thousandths = i32::try_from((state >> 33) % 60_001).unwrap() - 30_000;
            if thousandths % 4 == 0 { 0.0 } else { f64::from(thousandths) / 1000.0 }
        };
        for _ in 0..20_000 {
            let (by_questionnaire, by_scope, by_answers) = (points(), points(), points());
            let delta = by_questionnaire + by_scope + by_answers;
            let shown = Shown::of(&Split { delta, by_questionnaire, by_scope, by_answers });
            assert_eq!(shown.questionnaire + shown.scope + shown.answers, shown.together);
            let parts = [
                (shown.questionnaire, by_questionnaire),
                (shown.scope, by_scope),
                (shown.answers, by_answers),
                (shown.together, delta),
            ];
            for (tenths, exact) in parts {
                let tenths = f64::from(i32::try_from(tenths).unwrap());
                assert!((tenths - exact * 10.0).abs() <= 1.0, "{tenths} for {exact}");
                assert!(exact.abs() > 1e-9 || tenths == 0.0, "{tenths} for nothing");
            }
        }
    }
}
