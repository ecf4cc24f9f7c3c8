//! What does ratatui draw on? On nothing: its finished frames are painted by us, so only the cursor is noted.

use std::cell::Cell;
use std::io;
use std::rc::Rc;

use ratatui::backend::Backend;
use ratatui::backend::ClearType;
use ratatui::backend::WindowSize;
use ratatui::layout::Position;
use ratatui::layout::Size;

/// More than any screen shows. What a line from elsewhere claims to have may be anything, and would have to be drawn.
const LARGEST: Size = Size { width: 1000, height: 400 };

/// Where the cursor is to be; None while it is hidden. Shared with whoever paints.
pub type Cursor = Rc<Cell<Option<Position>>>;

#[derive(Debug, Default)]
pub struct Canvas {
    cursor: Cursor,
}

impl Canvas {
    pub fn new(cursor: Cursor) -> Canvas {
        Canvas { cursor }
    }
}

impl Backend for Canvas {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, _: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a ratatui::buffer::Cell)>,
    {
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor.set(None);
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.cursor.set(Some(self.cursor.get().unwrap_or_default()));
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.get().unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor.set(self.cursor.get().map(|_| position.into()));
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        // Of standard output, which is a terminal: crossterm would open the terminal anew, and each frame asks.
        let size = rustix::termios::tcgetwinsize(rustix::stdio::stdout())?;
        Ok(Size { width: size.ws_col.min(LARGEST.width), height: size.ws_row.min(LARGEST.height) })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
