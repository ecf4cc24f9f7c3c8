//! How long does somebody at a terminal wait, how much is sent to them, and what does it cost the machine? The real
//! program in a real terminal, beside a floor in the same run: the least that a program of its framework can be.
//!
//! `cargo bench --bench screen`; `-- 25` for another number of rounds than 15.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "what cannot be prepared cannot be measured")]
#![expect(clippy::cast_precision_loss, reason = "a ratio of small numbers")]

use std::path::Path;
use std::process::Command;
use std::time::Duration;
use std::time::Instant;

use privaudit::cli::demo::Demo;
use privaudit::storage::clients::Store;
use tempfile::TempDir;

#[path = "measured/floor.rs"]
mod floor;
#[expect(dead_code, reason = "made for the work behind the screen, too")]
#[path = "measured/portfolio.rs"]
mod portfolio;
#[expect(dead_code, reason = "made for the tests, which need more of it")]
#[path = "../tests/it/terminal/pty.rs"]
mod pty;
use portfolio::DAY;
use portfolio::Portfolio;
use pty::BEGAN;
use pty::BINARY;
use pty::Setup;
use pty::Terminal;

/// Makes this program be the floor.
const FLOOR: &str = "--floor";
/// Longer than any frame takes; what comes later is no part of it.
const QUIET: Duration = Duration::from_millis(4);
const ROUNDS: usize = 15;
const CLIENTS: [usize; 3] = [10, 10_000, 100_000];

/// One program, run once.
struct Run {
    terminal: Terminal,
    /// From its start to its first screen, complete.
    first: Duration,
}

/// What came of a key.
struct Frame {
    after: Duration,
    bytes: usize,
    /// How many cells of the screen are others than before.
    cells: usize,
}

/// Of one kind of key, over all rounds.
#[derive(Default)]
struct Frames(Vec<Frame>);

/// Of one program, over all rounds.
#[derive(Default)]
struct Measured {
    first: Vec<Duration>,
    exit: Vec<Duration>,
    /// In kB.
    memory: Vec<u64>,
    kinds: Vec<(&'static str, Frames)>,
}

/// Keys of a kind, and how often they are pressed.
type Keys = (&'static str, &'static [&'static str], usize);

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.iter().any(|argument| argument == FLOOR) {
        return floor::run().expect("a terminal");
    }
    // Begins the program that is measured, if it was started for that.
    pty::launch();
    let rounds = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(ROUNDS);
    measure(rounds);
}

fn measure(rounds: usize) {
    let folder = TempDir::new().unwrap();
    let itself = std::env::current_exe().unwrap();
    let floor_words = [itself.to_str().unwrap(), FLOOR];
    println!("medians of {rounds} rounds (95th percentile), 80 columns, 24 rows\n");
    let (mut least, mut open) = (Measured::default(), Measured::default());
    let moves: [Keys; 1] = [("a move", &["\x1b[B"], 20)];
    let keys: [Keys; 5] = [
        ("the step before", &["\x1b[Z"], 6),
        ("an answer, the next question", &["n"], 20),
        ("back and forth", &["k", "j"], 10),
        ("100 queued keys", &[HUNDRED], 1),
        ("a letter into a note", &["e", "a", "b", "c", "d", "\x13"], 1),
    ];
    // In turns, so that whatever else the machine does is shared.
    for _ in 0..rounds {
        least.take(folder.path(), &floor_words, floor::SIGN, &moves, "q");
        // Anew each time, so that each round begins at the same question and saves the same answers.
        let demo = Demo::make_in(folder.path(), DAY).unwrap();
        let visit = [BINARY, "--store", demo.path().to_str().unwrap(), "open", &client(demo.path())];
        open.take(folder.path(), &visit, "q clients", &keys, "qq");
    }
    let row = |what: &str, floor: Option<Duration>, took: Duration, more: &str| {
        let ratio =
            floor.map_or(String::new(), |floor| format!("× {:.2}", took.as_secs_f64() / floor.as_secs_f64()));
        println!("{what:<44} {:>10} {ratio:>8}   {more}", said(took));
    };
    row("floor: first frame", None, median(&least.first), &format!("{} kB", middle(&least.memory)));
    let floor_key = least.times("a move");
    row("floor: a move", None, median(&floor_key), &least.sent("a move", &floor_key));
    println!();
    row(
        "open a full visit: first frame",
        Some(median(&least.first)),
        median(&open.first),
        &format!("{} kB", middle(&open.memory)),
    );
    for (kind, ..) in keys {
        let times = open.times(kind);
        row(kind, Some(median(&floor_key)), median(&times), &open.sent(kind, &times));
    }
    row("quit", None, median(&open.exit), "");
    println!();
    for count in CLIENTS {
        list(count, rounds, folder.path(), &least);
    }
    println!();
    let demo = Demo::make_in(folder.path(), DAY).unwrap();
    commands(rounds, demo.path(), &client(demo.path()));
}

/// The first client of a store.
fn client(store: &Path) -> String {
    let clients = Store::at(store).clients().unwrap();
    let client = clients.into_iter().find_map(Result::ok).expect("the demonstration has clients");
    client.path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// As many as a held key leaves waiting.
const HUNDRED: &str = match std::str::from_utf8(&[b'j'; 100]) {
    Ok(keys) => keys,
    Err(_) => "",
};

/// The list of so many clients, once there is an index.
fn list(count: usize, rounds: usize, home: &Path, least: &Measured) {
    let portfolio = Portfolio::of(count);
    // What changed a moment ago is not kept yet.
    std::thread::sleep(Duration::from_millis(60));
    portfolio.store().lines(|_, _| {}).unwrap();
    let store = portfolio.store().root().to_str().unwrap().to_owned();
    let mut all = Measured::default();
    let keys: [Keys; 2] =
        [("a move", &["j", "k"], 5), ("finder", &["/", "l", "i", "b", "r", " ", "z", "\x1b"], 1)];
    for _ in 0..rounds {
        all.take(home, &[BINARY, "--store", &store], "Atelier", &keys, "q");
    }
    let first = median(&all.first);
    let ratio = first.as_secs_f64() / median(&least.first).as_secs_f64();
    let find = all.times("finder");
    println!(
        "list of {count:>7} clients: first frame {} × {ratio:.2}, a letter in the finder {} ({}), {} kB",
        said(first),
        said(median(&find)),
        said(high(&find)),
        middle(&all.memory)
    );
}

/// Whole commands, beside a program that reads the visit and prints it.
fn commands(rounds: usize, store: &Path, client: &str) {
    let file = Store::at(store).find(client).unwrap().path;
    let store = store.to_str().unwrap();
    let cat = ["cat", file.to_str().unwrap()];
    let score = [BINARY, "--store", store, "score", client, "--json"];
    let diff = [BINARY, "--store", store, "diff", client, client, "--json"];
    let mut times: [Vec<Duration>; 3] = Default::default();
    for _ in 0..rounds * 4 {
        for (words, times) in [&cat[..], &score, &diff].iter().zip(&mut times) {
            let began = Instant::now();
            Command::new(words[0]).args(&words[1..]).output().unwrap();
            times.push(began.elapsed());
        }
    }
    let least = median(&times[0]);
    for (what, times) in ["cat of a visit", "score --json", "diff --json"].iter().zip(&times) {
        let took = median(times);
        println!("{what:<44} {:>10} × {:.2}", said(took), took.as_secs_f64() / least.as_secs_f64());
    }
}

impl Measured {
    /// One more run.
    fn take(&mut self, home: &Path, program: &[&str], sign: &str, keys: &[Keys], quit: &str) {
        let mut run = Run::start(home, program, sign);
        self.first.push(run.first);
        for (kind, these, times) in keys {
            for key in (0..*times).flat_map(|_| these.iter()) {
                self.of(kind).0.extend(run.press(key));
            }
        }
        self.memory.extend(run.memory());
        let began = Instant::now();
        run.terminal.press(quit);
        run.terminal.end();
        self.exit.push(began.elapsed());
    }

    fn of(&mut self, kind: &'static str) -> &mut Frames {
        let place = self.kinds.iter().position(|(known, _)| *known == kind).unwrap_or_else(|| {
            self.kinds.push((kind, Frames::default()));
            self.kinds.len() - 1
        });
        &mut self.kinds[place].1
    }

    fn frames(&self, kind: &str) -> &[Frame] {
        self.kinds.iter().find(|(known, _)| *known == kind).map_or(&[], |(_, frames)| &frames.0)
    }

    fn times(&self, kind: &str) -> Vec<Duration> {
        self.frames(kind).iter().map(|frame| frame.after).collect()
    }

    /// The rest that is said of a kind of key: the slow ones, and what is sent.
    fn sent(&self, kind: &str, times: &[Duration]) -> String {
        let frames = self.frames(kind);
        let bytes: Vec<u64> = frames.iter().map(|frame| frame.bytes as u64).collect();
        let (all, cells) =
            frames.iter().fold((0, 0), |(bytes, cells), frame| (bytes + frame.bytes, cells + frame.cells));
        format!(
            "({}) {} bytes, {:.2} a changed cell",
            said(high(times)),
            middle(&bytes),
            all as f64 / cells.max(1) as f64
        )
    }
}

/// When the program began, just before the system loaded it.
fn began(terminal: &Terminal) -> Option<Duration> {
    let environment = std::fs::read(format!("/proc/{}/environ", terminal.pid().as_raw_nonzero())).ok()?;
    let mut variables = environment.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    let nanoseconds =
        variables.find_map(|variable| variable.strip_prefix(&format!("{BEGAN}="))?.parse().ok())?;
    Some(Duration::from_nanos(nanoseconds))
}

impl Run {
    fn start(home: &Path, program: &[&str], sign: &str) -> Run {
        let mut terminal = Setup::new(home, program).start();
        terminal.see(sign);
        let first = pty::clock()
            .saturating_sub(began(&terminal).expect("the system tells of a program’s environment"));
        let mut run = Run { terminal, first };
        run.settle(Duration::from_millis(150));
        run
    }

    /// Presses a key, or several at once, and waits for the frame that comes of it; none comes of a key that changes
    /// nothing.
    fn press(&mut self, keys: &str) -> Option<Frame> {
        let before = self.terminal.screen().clone();
        let sent = self.terminal.output.len();
        let began = Instant::now();
        self.terminal.press(keys);
        // A frame is one write; what is saved meanwhile is another.
        if !self.terminal.read_some(Duration::from_millis(100)) {
            return None;
        }
        let after = began.elapsed();
        let bytes = self.terminal.output.len() - sent;
        let cells = changed(&before, self.terminal.screen());
        self.settle(QUIET);
        Some(Frame { after, bytes, cells })
    }

    /// Until nothing comes any more.
    fn settle(&mut self, quiet: Duration) {
        while self.terminal.read_some(quiet) {}
    }

    /// What the program holds in memory, in kB, where the system tells.
    fn memory(&self) -> Option<u64> {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.terminal.pid().as_raw_nonzero())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse().ok()
    }
}

/// How many cells are others.
fn changed(before: &vt100::Screen, after: &vt100::Screen) -> usize {
    let (rows, columns) = after.size();
    let places = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
    places.filter(|(row, column)| before.cell(*row, *column) != after.cell(*row, *column)).count()
}

fn sorted<T: Copy + Ord>(values: &[T]) -> Vec<T> {
    let mut values = values.to_vec();
    values.sort_unstable();
    values
}

fn median(times: &[Duration]) -> Duration {
    sorted(times).get(times.len() / 2).copied().unwrap_or_default()
}

fn high(times: &[Duration]) -> Duration {
    sorted(times).get(times.len() * 95 / 100).copied().unwrap_or_default()
}

fn middle(values: &[u64]) -> u64 {
    sorted(values).get(values.len() / 2).copied().unwrap_or_default()
}

fn said(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}
