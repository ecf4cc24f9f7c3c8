//! What does a screen show, in words that can be compared? Its lines, and a digest of its cells and their styles.

use privaudit::storage::digest::hex;
use ratatui::buffer::Buffer;
use ratatui::buffer::Cell;
use sha2::Digest;
use sha2::Sha256;

/// The lines, without the blanks at their ends.
pub fn lines(screen: &Buffer) -> Vec<String> {
    let rows = screen.content.chunks(usize::from(screen.area.width));
    rows.map(|row| row.iter().map(Cell::symbol).collect::<String>().trim_end().to_owned()).collect()
}

/// SHA-256 of everything that can be seen, in hexadecimal.
pub fn digest(screen: &Buffer) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{}x{}\n", screen.area.width, screen.area.height));
    for cell in &screen.content {
        hash.update(format!("{} {} {} {:?}\n", cell.symbol(), cell.fg, cell.bg, cell.modifier));
    }
    hex(&hash.finalize())
}
