//! What is the least that a program of this framework can be? A list, and a selection that moves.

use std::io;
use std::io::BufWriter;

use crossterm::event;
use crossterm::event::Event;
use crossterm::event::KeyCode;
use crossterm::execute;
use crossterm::terminal::EnterAlternateScreen;
use crossterm::terminal::LeaveAlternateScreen;
use crossterm::terminal::disable_raw_mode;
use crossterm::terminal::enable_raw_mode;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::style::Style;
use ratatui::widgets::List;
use ratatui::widgets::ListState;

/// On its first screen.
pub const SIGN: &str = "Item 1:";

/// Shows the list until `q`.
pub fn run() -> io::Result<()> {
    let items: Vec<String> = (1..=60)
        .map(|number| format!("Item {number}: a line of about this length, as lists have them"))
        .collect();
    let list = List::new(items).highlight_style(Style::new().reversed()).highlight_symbol("> ");
    enable_raw_mode()?;
    // In one piece, so that a frame is one write.
    let mut terminal = Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout())))?;
    execute!(terminal.backend_mut(), EnterAlternateScreen)?;
    let mut state = ListState::default().with_selected(Some(0));
    loop {
        terminal.draw(|frame| frame.render_stateful_widget(&list, frame.area(), &mut state))?;
        match event::read()? {
            Event::Key(key) if key.code == KeyCode::Char('q') => break,
            Event::Key(key) if key.code == KeyCode::Down => state.select_next(),
            Event::Key(key) if key.code == KeyCode::PageDown => state.scroll_down_by(20),
            Event::Key(key) if key.code == KeyCode::PageUp => state.scroll_up_by(20),
            _ => {}
        }
    }
    execute!(terminal.backend_mut(), LeaveAlternateScreen)?;
    disable_raw_mode()
}
