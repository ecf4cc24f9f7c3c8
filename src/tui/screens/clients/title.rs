//! How many clients are there, how many of them are shown, in which order, and are they all read? The list's first line.

use ratatui::text::Line;

use super::list::Filter;
use super::list::List;
use super::list::Sort;
use crate::tui::screens::look::Look;
use crate::tui::widgets::lines::both_ends;
use crate::tui::widgets::lines::span;

/// `progress` is how many folders are read, of how many, where somebody may wait for them.
pub fn title(
    list: Option<&List>,
    progress: Option<(usize, usize)>,
    columns: usize,
    look: Look,
) -> Line<'static> {
    let theme = look.theme;
    let ((count, archived), shown, sort, filter) = list
        .map_or_else(Default::default, |list| (list.counts(), list.shown_count(), list.sort, list.filter));
    // While they are read, there are as many as there are folders.
    let count = progress.map_or(count, |(_, total)| (total - archived.min(total)).max(count));
    let counted = look.language.plural(count, look.pick("client", "client"), look.pick("clients", "clients"));
    let mut right = match filter {
        Filter::All if archived == 0 => format!("{count} {counted}"),
        Filter::All => format!("{count} {counted}, {}", archived_clients(archived, look)),
        Filter::Overdue => {
            format!("{shown} / {count}, {}", look.pick("actions en retard", "actions overdue"))
        }
        Filter::Due => format!("{shown} / {count}, {}", look.pick("visite à refaire", "visit due")),
        Filter::Expired => {
            format!("{shown} / {}, {}", count + archived, look.pick("à ne plus conserver", "kept too long"))
        }
        Filter::Archived => archived_clients(archived, look),
    };
    match sort {
        Sort::Name => {}
        Sort::Last => right += look.pick(", par date", ", by date"),
        Sort::Score => right += look.pick(", par score", ", by score"),
        Sort::Actions => right += look.pick(", par actions", ", by actions"),
    }
    if let Some(progress) = progress {
        right = format!("{} · {right}", reading(progress, look));
    }
    both_ends(
        &[
            span(" privaudit", theme.accent()),
            span(look.pick("  la vie privée en sept étapes", "  privacy in seven steps"), theme.quiet()),
        ],
        vec![span(format!("{right} "), theme.quiet())],
        columns,
        theme,
    )
}

/// `reading 4032 / 10000`.
pub fn reading((done, total): (usize, usize), look: Look) -> String {
    format!("{} {done} / {total}", look.pick("lecture", "reading"))
}

/// `2 archived`.
fn archived_clients(count: usize, look: Look) -> String {
    let word =
        look.language.plural(count, look.pick("archivé", "archived"), look.pick("archivés", "archived"));
    format!("{count} {word}")
}
