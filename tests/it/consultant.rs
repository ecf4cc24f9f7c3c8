//! Who presses the keys? A consultant in a test: keys go in as a script, the screen comes out as text.
//!
//! ```text
//! let mut consultant = Consultant::begins(Language::Fr);      // a client is made, the visit begins
//! consultant.keys("o j n <Tab> e").types("à voir lundi").keys("<Esc>");
//! consultant.screen();       what is on the screen, and where the cursor stands
//! consultant.styles();       a letter a cell for its style
//! consultant.on_disk();      the visit as its file has it
//! ```
//!
//! The same session and hands as the program's own; effects are carried out at once, in a temporary store.

use std::fmt::Write;
use std::path::Path;
use std::path::PathBuf;
use std::rc::Rc;

use crossterm::event::KeyCode;
use crossterm::event::KeyEvent;
use crossterm::event::KeyModifiers;
use jiff::civil::Date;
use privaudit::domain::answer::Answer;
use privaudit::domain::assessment::Assessment;
use privaudit::domain::id::QuestionId;
use privaudit::domain::questionnaire::AnswerKind;
use privaudit::domain::text::Language;
use privaudit::storage::assessments;
use privaudit::storage::captures::Seen;
use privaudit::storage::clients::Store;
use privaudit::tui::Session;
use privaudit::tui::effect::Opened;
use privaudit::tui::effect::Outcome;
use privaudit::tui::model::Model;
use privaudit::tui::model::Screen;
use privaudit::tui::perform::Hands;
use privaudit::tui::theme::Theme;
use privaudit::tui::visit::Captured;
use privaudit::tui::visit::Visit;
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::style::Color;
use ratatui::style::Modifier;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

/// The day on which tests take place.
pub const TODAY: &str = "2026-11-23";
/// Somewhere no cursor is ever put: what the terminal says when nothing was placed.
const NOWHERE: Position = Position { x: u16::MAX, y: u16::MAX };

#[derive(Debug)]
pub struct Consultant {
    pub session: Session,
    folder: Rc<TempDir>,
}

pub fn day(date: &str) -> Date {
    date.parse().unwrap()
}

/// A temporary folder; in memory where the system has a place for it, since thousands of synced writes go there.
fn in_memory() -> TempDir {
    TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap()
}

/// The captures of an open visit, as they were read.
fn seen(captured: &Captured) -> Vec<Seen> {
    let readable = captured.taken.iter().map(|taken| (taken.label.clone(), Ok(taken.capture.clone())));
    let lost = captured.unreadable.iter().map(|(label, error)| (label.clone(), Err(error.clone())));
    readable.chain(lost).map(|(label, capture)| Seen { label, capture }).collect()
}

impl Consultant {
    /// In front of an empty store's list of clients.
    pub fn arrives(language: Language) -> Consultant {
        Consultant::at(Rc::new(in_memory()), language, TODAY)
    }

    /// In the first visit of a new client, at its first question.
    pub fn begins(language: Language) -> Consultant {
        let mut consultant = Consultant::arrives(language);
        consultant.keys("n").types("Boulangerie Martin").keys("<Enter>");
        consultant
    }

    fn at(folder: Rc<TempDir>, language: Language, date: &str) -> Consultant {
        let hands = Hands::new(Store::at(folder.path()), day(date)).forgetful();
        let model = Model::new(language, Theme::FULL, (80, 24), day(date));
        let mut session = Session::at_once(model, hands);
        session.start();
        Consultant { session, folder }
    }

    /// In the first visit of a new client, who is asked a questionnaire of this folder.
    pub fn asks(questionnaire: &Path, language: Language) -> Consultant {
        let mut consultant = Consultant::arrives(language);
        let hands = Hands::new(consultant.store(), day(TODAY)).forgetful();
        let hands = hands.with_questionnaire(questionnaire.display().to_string());
        consultant.session = Session::at_once(Model::new(language, Theme::FULL, (80, 24), day(TODAY)), hands);
        consultant.keys("n").types("Boulangerie Martin").keys("<Enter>");
        consultant
    }

    /// In a visit that was read before, of which nothing is written: for many sessions in a row.
    pub fn reads(opened: Opened, language: Language) -> Consultant {
        let mut consultant = Consultant::arrives(language);
        consultant.session.receive(Outcome::Opened(Box::new(opened)));
        consultant
    }

    /// The open visit as it is now, to start over from.
    pub fn opened(&self) -> Option<Opened> {
        let visit = self.session.model.visit.as_ref()?;
        Some(Opened {
            folder: visit.folder.clone(),
            reference: visit.reference.clone(),
            assessment: visit.snapshot(),
            questionnaire: visit.questionnaire.clone(),
            previous: visit.previous.clone(),
            captures: seen(&visit.captured),
            read_only: visit.read_only.clone(),
            archived: visit.archived,
        })
    }

    /// Back to a beginning: much quicker than a new session.
    pub fn starts_over(&mut self, language: Language, beginning: Option<&Opened>) -> &mut Consultant {
        let model = &mut self.session.model;
        model.layers.clear();
        model.notice = None;
        (model.language, model.theme, model.size) = (language, Theme::FULL, (80, 24));
        match beginning {
            Some(opened) => self.session.receive(Outcome::Opened(Box::new(opened.clone()))),
            None => model.screen = Screen::Clients,
        }
        self
    }

    /// The program is left as it is, without a last key, and started again on another day.
    pub fn returns_on(self, date: &str) -> Consultant {
        let Consultant { session, folder } = self;
        let language = session.model.language;
        drop(session);
        Consultant::at(folder, language, date)
    }

    /// Somebody else starts the program on the same store, while it is open here.
    pub fn colleague(&self) -> Consultant {
        Consultant::at(self.folder.clone(), self.session.model.language, TODAY)
    }

    /// Somebody who may see this client alone, on the same store.
    pub fn confined_to(&self, client: &str) -> Consultant {
        let mut hands = Hands::new(self.store(), day(TODAY)).confined();
        let mut model = Model::new(self.session.model.language, Theme::FULL, (80, 24), day(TODAY));
        model.confined = true;
        let opened = hands.open_client(&self.store().client(client).unwrap(), false).unwrap();
        let mut session = Session::at_once(model, hands);
        session.receive(Outcome::Opened(Box::new(opened)));
        Consultant { session, folder: self.folder.clone() }
    }

    /// Presses keys: each character but a space is one, `<Esc>`, `<C-r>`, `<S-Tab>`, `<Space>` have names.
    pub fn keys(&mut self, script: &str) -> &mut Consultant {
        for key in keys(script) {
            self.session.press(key);
        }
        self
    }

    /// Types a text, character by character, spaces included.
    pub fn types(&mut self, text: &str) -> &mut Consultant {
        for letter in text.chars() {
            self.session.press(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE));
        }
        self
    }

    /// Goes to a question by its id, through the finder.
    pub fn finds(&mut self, question: &str) -> &mut Consultant {
        self.keys("/").types(question).keys("<Enter>");
        assert_eq!(self.visit().current().as_str(), question);
        self
    }

    /// Answers the question that is asked, whatever its kind, and goes on; `how` is 0 for the best, 1, 2 for worse.
    pub fn answers(&mut self, how: usize) -> &mut Consultant {
        let question = self.visit().question().expect("a question is asked").clone();
        let most = question.choices().len().saturating_sub(1).min(8);
        let digit = (how.min(most) + 1).to_string();
        match &question.answer {
            AnswerKind::YesPartlyNo => self.keys(["y", "p", "n"][how.min(2)]),
            AnswerKind::Choice(_) => self.keys(&digit),
            AnswerKind::Choices { .. } => self.keys(&digit).keys("<Enter>"),
            AnswerKind::Number { bands, max, .. } => {
                let beyond = max.unwrap_or(9999.0);
                let number = bands.get(how).map_or(beyond, |band| band.upto);
                self.types(&number.to_string()).keys("<Enter>")
            }
            AnswerKind::Date { .. } => {
                self.types(["1/11/2026", "1/2/2026", "1/1/2020"][how.min(2)]).keys("<Enter>")
            }
            AnswerKind::Text => self.keys("<Enter>").types("en bref").keys("<Esc> j"),
            AnswerKind::Table { .. } => self.keys("0").types("rien de tel ici").keys("<Enter>"),
        };
        assert!(self.session.model.layers.is_empty(), "{}: still open\n{}", question.id, self.screen());
        self
    }

    /// Answers everything from the first question to the last; `how` is told a question's place.
    pub fn answers_all(&mut self, how: impl Fn(usize) -> usize) -> &mut Consultant {
        self.keys("<S-Tab> <S-Tab> <S-Tab> <S-Tab> <S-Tab> <S-Tab> <S-Tab> <Home>");
        loop {
            let before = self.here();
            let place = self.visit().place();
            self.answers(how(place));
            if self.here() == before {
                return self;
            }
        }
    }

    pub fn resizes(&mut self, (columns, rows): (u16, u16)) -> &mut Consultant {
        self.session.resize(columns, rows);
        self
    }

    pub fn visit(&self) -> &Visit {
        self.session.model.visit.as_ref().expect("a visit is open")
    }

    /// Where the interview stands.
    pub fn here(&self) -> String {
        self.visit().current().to_string()
    }

    /// What the program holds about a question.
    pub fn answer(&self, question: &str) -> Answer {
        self.visit().answer(&QuestionId::new(question)).cloned().unwrap_or_default()
    }

    /// What is said below the screen, in the language of now.
    pub fn notice(&self) -> String {
        let notice = self.session.model.notice.as_ref();
        notice.map_or(String::new(), |notice| notice.text.get(self.session.model.language).to_owned())
    }

    pub fn store(&self) -> Store {
        Store::at(self.folder.path())
    }

    /// The files of a client's visits, oldest first.
    pub fn files(&self, client: &str) -> Vec<PathBuf> {
        let client = self.store().client(client).unwrap();
        client.visits().unwrap().into_iter().map(|visit| client.visit_path(visit)).collect()
    }

    /// The open visit as its file has it.
    pub fn on_disk(&self) -> Assessment {
        let visit = self.visit();
        let files = self.files(&visit.folder);
        let date = visit.assessment().date.to_string();
        let of_the_day =
            files.iter().rfind(|path| path.file_stem().unwrap().to_string_lossy().starts_with(&date));
        assessments::read(of_the_day.unwrap()).unwrap()
    }

    /// The screen, a line a row without the spaces at its end, and the cursor.
    pub fn screen(&self) -> String {
        let (buffer, cursor) = self.draw();
        let mut text = String::new();
        for row in rows(&buffer) {
            writeln!(text, "{}", row.trim_end()).unwrap();
        }
        match cursor {
            Some(cursor) => {
                writeln!(text, "[cursor: row {}, column {}]", cursor.y + 1, cursor.x + 1).unwrap();
            }
            None => writeln!(text, "[no cursor]").unwrap(),
        }
        text
    }

    /// The screen's rows, spaces included.
    pub fn rows(&self) -> Vec<String> {
        rows(&self.draw().0)
    }

    /// The styles, a letter a cell: `#` has the focus, `c g y r` are colours (capitals are bold), `d` is dim,
    /// `b` bold, `.` plain; nothing where there is only space.
    pub fn styles(&self) -> String {
        let (buffer, _) = self.draw();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let row: String = (0..buffer.area.width).map(|x| style(&buffer[(x, y)])).collect();
            writeln!(text, "{}", row.trim_end()).unwrap();
        }
        text
    }

    /// Draws what the session shows at its size.
    pub fn draw(&self) -> (Buffer, Option<Position>) {
        let (columns, rows) = self.session.model.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal.backend_mut().set_cursor_position(NOWHERE).unwrap();
        terminal.draw(|frame| self.session.draw(frame)).unwrap();
        let cursor = terminal.backend_mut().get_cursor_position().unwrap();
        (terminal.backend().buffer().clone(), Some(cursor).filter(|cursor| *cursor != NOWHERE))
    }
}

fn rows(buffer: &Buffer) -> Vec<String> {
    (0..buffer.area.height)
        .map(|y| {
            let mut row = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                row.push_str(symbol);
                // A wide character covers the cell behind it.
                x += u16::try_from(symbol.width()).unwrap().max(1);
            }
            row
        })
        .collect()
}

fn style(cell: &Cell) -> char {
    let style = cell.style();
    let has = |modifier: Modifier| style.add_modifier.contains(modifier);
    let colour = match style.fg {
        Some(Color::Cyan) => 'c',
        Some(Color::Green) => 'g',
        Some(Color::Yellow) => 'y',
        Some(Color::Red) => 'r',
        Some(Color::Reset) | None if has(Modifier::BOLD) => 'b',
        Some(Color::Reset) | None if has(Modifier::DIM) => 'd',
        Some(Color::Reset) | None => '.',
        Some(other) => panic!("a colour without a meaning: {other}"),
    };
    match colour {
        _ if has(Modifier::REVERSED) => '#',
        _ if cell.symbol().trim().is_empty() => ' ',
        letter if has(Modifier::BOLD) && letter != 'b' => letter.to_ascii_uppercase(),
        letter => letter,
    }
}

/// The keys of a script.
pub fn keys(script: &str) -> Vec<KeyEvent> {
    let mut keys = Vec::new();
    let mut rest = script.trim_start();
    while let Some(letter) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        let key = if let Some((name, after)) = named {
            rest = after;
            named_key(name)
        } else {
            rest = rest.get(letter.len_utf8()..).unwrap();
            KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)
        };
        keys.push(key);
        rest = rest.trim_start();
    }
    keys
}

fn named_key(name: &str) -> KeyEvent {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    match name {
        "Enter" => plain(KeyCode::Enter),
        "Esc" => plain(KeyCode::Esc),
        "Tab" => plain(KeyCode::Tab),
        "S-Tab" => KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT),
        "Up" => plain(KeyCode::Up),
        "Down" => plain(KeyCode::Down),
        "Left" => plain(KeyCode::Left),
        "Right" => plain(KeyCode::Right),
        "PgUp" => plain(KeyCode::PageUp),
        "PgDn" => plain(KeyCode::PageDown),
        "Home" => plain(KeyCode::Home),
        "End" => plain(KeyCode::End),
        "Del" => plain(KeyCode::Delete),
        "BS" => plain(KeyCode::Backspace),
        "Space" => plain(KeyCode::Char(' ')),
        "F1" => plain(KeyCode::F(1)),
        "F5" => plain(KeyCode::F(5)),
        control if control.starts_with("C-") => {
            KeyEvent::new(KeyCode::Char(control.chars().last().unwrap()), KeyModifiers::CONTROL)
        }
        other => panic!("no key has the name <{other}>"),
    }
}
