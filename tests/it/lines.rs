//! Is a line drawn the short way what the framework would have drawn?

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Alignment;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use privaudit::tui::widgets::lines;
use privaudit::tui::widgets::wrap;
use unicode_width::UnicodeWidthChar;
use unicode_width::UnicodeWidthStr;

const SIZE: Rect = Rect { x: 0, y: 0, width: 23, height: 6 };

/// Lines of texts, in one style or several.
fn written() -> impl Strategy<Value = Vec<Line<'static>>> {
    let texts = prop_oneof![
        Just("Où sont gardées les données\u{202f}? «\u{a0}ici\u{a0}» — 3 €".to_owned()),
        Just("▸ ✓ ↻ ━━ ○".to_owned()),
        Just("漢字 e\u{301}te".to_owned()),
        Just("e\u{301}te".to_owned()),
        Just("sous\u{ad}traitant".to_owned()),
        Just("\u{ad}\u{200b}\u{fe0f}👩‍👧".to_owned()),
        Just("↔\u{fe0f}✓\u{fe0f}".to_owned()),
        Just("a\tb\u{7}c\u{85}".to_owned()),
        "[ -\u{24f}]{0,12}",
        "\\PC{0,6}",
    ];
    let style = prop::sample::select(vec![
        Style::new(),
        Style::new().bold().fg(Color::Red),
        Style::new().reversed(),
        Style::new().not_bold().bg(Color::Blue),
    ]);
    let spans = prop::collection::vec((texts, style.clone()), 0..4);
    let aligned = prop::sample::select(vec![None, None, Some(Alignment::Left), Some(Alignment::Right)]);
    let line = (spans, style, aligned).prop_map(|(spans, style, alignment)| {
        let spans = spans.into_iter().map(|(text, style)| Span::styled(text, style));
        Line { alignment, ..spans.collect::<Line>().style(style) }
    });
    prop::collection::vec(line, 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_are_drawn_as_the_framework_draws_them(
        lines in written(), (x, y) in (0..SIZE.width, 0..SIZE.height), (width, height) in (0..30_u16, 0..9_u16),
    ) {
        let area = Rect { x, y, width, height };
        let mut terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).unwrap();
        let drawn = terminal.draw(|frame| lines::draw(frame, area, &lines)).unwrap().buffer.clone();
        let mut framework = Buffer::empty(SIZE);
        for (line, row) in lines.iter().zip(area.intersection(SIZE).rows()) {
            line.render(row, &mut framework);
        }
        prop_assert_eq!(drawn, framework);
    }
}

#[test]
fn letters_that_are_said_to_have_a_column_of_their_own_have_one() {
    let plain = |letter: &char| wrap::is_plain(letter.encode_utf8(&mut [0; 4]));
    let letters: String = ('\0'..=char::MAX).filter(plain).collect();
    assert!(letters.chars().count() > 800);
    // One by one, and side by side: none of them changes what stands beside it.
    for letter in letters.chars() {
        assert_eq!(letter.width(), Some(1), "{letter:?}");
    }
    assert_eq!(letters.as_str().width(), letters.chars().count());
    assert_eq!(wrap::width("漢字"), 4);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn folded_lines_fit_and_lose_nothing(
        text in "([ -~]|[é漢«»?: \u{202f}\u{a0}-]|👩‍👧|e\u{301}|\n){0,120}",
        columns in 2..30_usize,
    ) {
        let lines = wrap::wrap(&text, columns);
        for line in &lines {
            prop_assert!(line.as_str().width() <= columns, "{line:?}");
            prop_assert!(!line.ends_with(' '), "{line:?}");
        }
        let letters = |text: &str| text.chars().filter(|letter| *letter != ' ' && *letter != '\n').collect::<String>();
        prop_assert_eq!(letters(&lines.concat()), letters(&wrap::set(&text)));
    }
}
