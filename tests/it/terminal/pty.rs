//! What does somebody at a terminal see of the program, and type into it? The real binary in a real pty.

use std::fs::File;
use std::fs::OpenOptions;
use std::io::Read;
use std::io::Write;
use std::num::NonZeroU16;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::time::Duration;
use std::time::Instant;

use rustix::event::PollFd;
use rustix::event::PollFlags;
use rustix::event::Timespec;
use rustix::fs::OFlags;
use rustix::process::Pid;
use rustix::process::Signal;
use rustix::process::WaitId;
use rustix::process::WaitIdOptions;
use rustix::pty::OpenptFlags;
use rustix::termios::Termios;
use rustix::termios::Winsize;

/// Long enough for two busy cores; nothing waits that long when all is well.
const DEADLINE: Duration = Duration::from_secs(30);
/// Names the program for [`launcher`], an argument a line.
const PROGRAM: &str = "PRIVAUDIT_TESTS_LAUNCH";
const NO_CONTROL: &str = "PRIVAUDIT_TESTS_NO_CONTROL";
/// Tells in the program's environment when it began, by [`clock`].
pub const BEGAN: &str = "PRIVAUDIT_TESTS_BEGAN";

pub const BINARY: &str = env!("CARGO_BIN_EXE_privaudit");

/// A terminal and the program in it.
pub struct Terminal {
    /// None once the line is cut.
    master: Option<File>,
    parser: vt100::Parser,
    /// Everything that was written to the terminal.
    pub output: Vec<u8>,
    /// The line settings before the program began.
    before: String,
    settings: Option<Termios>,
    pid: Pid,
    ended: Receiver<Ended>,
    over: Option<Ended>,
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    pub status: Option<i32>,
    pub signal: Option<i32>,
    /// What it used of a processor, where the system tells.
    pub used: Option<Duration>,
}

/// What is to be run in a terminal.
#[derive(Debug)]
pub struct Setup {
    command: Command,
    program: Vec<Vec<u8>>,
    size: (u16, u16),
}

impl Setup {
    /// A program with an environment of its own: English, UTF-8, a home and a store in `folder`.
    pub fn new(folder: &Path, program: &[&str]) -> Setup {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "--ignored", "--nocapture", "--test-threads=1"]);
        command.arg(concat!("terminal::pty::", "launcher"));
        command.env_clear();
        command.envs(environment(folder)).current_dir(folder);
        Setup {
            command,
            program: program.iter().map(|word| word.as_bytes().to_vec()).collect(),
            size: (80, 24),
        }
    }

    pub fn set(mut self, name: &str, value: &str) -> Setup {
        self.command.env(name, value);
        self
    }

    pub fn size(mut self, columns: u16, rows: u16) -> Setup {
        self.size = (columns, rows);
        self
    }

    /// The terminal does not control the program: no signal tells it when the line is cut.
    pub fn without_control(self) -> Setup {
        self.set(NO_CONTROL, "1")
    }

    pub fn start(mut self) -> Terminal {
        let master =
            rustix::pty::openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        rustix::pty::grantpt(&master).unwrap();
        rustix::pty::unlockpt(&master).unwrap();
        let name = rustix::pty::ptsname(&master, Vec::new()).unwrap();
        let slave = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(OFlags::NOCTTY.bits().cast_signed())
            .open(Path::new(std::ffi::OsStr::from_bytes(name.to_bytes())))
            .unwrap();
        set_size(&master, self.size);
        let flags = rustix::fs::fcntl_getfl(&master).unwrap();
        rustix::fs::fcntl_setfl(&master, flags | OFlags::NONBLOCK).unwrap();
        let before = settings(&master);
        let settings = rustix::termios::tcgetattr(&master).ok();
        self.command.env(PROGRAM, std::ffi::OsStr::from_bytes(&self.program.join(&b'\n')));
        self.command.stdin(slave).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = self.command.spawn().unwrap();
        // The terminal's other end is the program's alone: with it, the line ends.
        drop(self.command);
        let pid = Pid::from_child(&child);
        let (sender, ended) = mpsc::channel();
        std::thread::spawn(move || {
            let _ = rustix::process::waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT);
            let used = used(pid);
            let status = child.wait().unwrap();
            let _ = sender.send(Ended { status: status.code(), signal: status.signal(), used });
        });
        let (columns, rows) = self.size;
        Terminal {
            master: Some(File::from(master)),
            parser: vt100::Parser::new(at_least_one(rows), at_least_one(columns), 0),
            output: Vec::new(),
            before,
            settings,
            pid,
            ended,
            over: None,
        }
    }
}

/// What programs of the tests find around them.
pub fn environment(folder: &Path) -> Vec<(String, String)> {
    let folder = folder.to_str().unwrap();
    let fixed = [
        ("HOME", folder),
        ("PRIVAUDIT_STORE", folder),
        ("USER", "claire"),
        ("LANG", "C.UTF-8"),
        ("TERM", "xterm-256color"),
        ("BINARY", BINARY),
    ];
    let mut variables: Vec<(String, String)> =
        fixed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    variables.push(("PATH".to_owned(), std::env::var("PATH").unwrap_or_default()));
    // Whoever measures what the tests reach needs its own variable, too.
    variables.extend(std::env::var("LLVM_PROFILE_FILE").map(|file| ("LLVM_PROFILE_FILE".to_owned(), file)));
    variables
}

/// Not a test: becomes the program.
#[test]
#[ignore = "a part of the others, which start it in a process of its own"]
fn launcher() {
    launch();
}

/// Begins a session of its own on the terminal at its standard input, and becomes the program that is asked for, if
/// any is. Between fork and exec this would not be safe Rust.
pub fn launch() {
    let Some(program) = std::env::var_os(PROGRAM) else { return };
    let controlled = std::env::var_os(NO_CONTROL).is_none();
    let stdin = rustix::stdio::stdin();
    rustix::process::setsid().unwrap();
    if controlled {
        rustix::process::ioctl_tiocsctty(stdin).unwrap();
    }
    let copy = || Stdio::from(stdin.try_clone_to_owned().unwrap());
    let mut words = program.as_bytes().split(|byte| *byte == b'\n').map(std::ffi::OsStr::from_bytes);
    let mut command = Command::new(words.next().unwrap());
    command.args(words).env_remove(PROGRAM).env_remove(NO_CONTROL);
    command.stdin(copy()).stdout(copy()).stderr(copy());
    // Whoever measures begins here: were the beginning told by a word on the terminal, the program would run ahead of
    // whoever reads it.
    command.env(BEGAN, clock().as_nanos().to_string());
    let error = command.exec();
    panic!("{}: {error}", program.display());
}

/// The same for every process, and never put back.
pub fn clock() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    now.try_into().unwrap()
}

impl Terminal {
    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    pub fn text(&self) -> String {
        self.screen().contents()
    }

    pub fn pid(&self) -> Pid {
        self.pid
    }

    /// Waits until the screen shows a text.
    pub fn see(&mut self, text: &str) {
        self.wait(&format!("{text:?} on the screen"), |screen| screen.contents().contains(text));
    }

    /// Waits until the screen shows what is wanted; says what it showed instead.
    pub fn wait(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        while self.is_drawing() || !wanted(self.screen()) {
            let Some(left) = deadline.checked_duration_since(Instant::now()) else {
                let last = self.output.get(self.output.len().saturating_sub(300)..).unwrap_or_default();
                panic!(
                    "no {what} in time; the screen:\n{}\nthe last output: {}",
                    self.text(),
                    last.escape_ascii()
                );
            };
            assert!(self.read(left), "no {what} before the end; the screen:\n{}", self.text());
        }
    }

    /// In the middle of a frame, as the program itself marks it.
    fn is_drawing(&self) -> bool {
        const MARK: &[u8] = b"\x1b[?2026";
        let last = self.output.windows(MARK.len() + 1).rfind(|bytes| bytes.starts_with(MARK));
        last.is_some_and(|bytes| bytes.ends_with(b"h"))
    }

    /// Takes in what comes within this time; false once nothing can come any more.
    pub fn read(&mut self, within: Duration) -> bool {
        let Some(master) = &mut self.master else { return false };
        if !ready(master, PollFlags::IN, within).intersects(PollFlags::IN | PollFlags::HUP | PollFlags::ERR) {
            return true;
        }
        let mut bytes = [0; 1 << 14];
        match master.read(&mut bytes) {
            Ok(count) => {
                self.parser.process(&bytes[..count]);
                self.output.extend_from_slice(&bytes[..count]);
                count > 0
            }
            Err(error) => error.kind() == std::io::ErrorKind::WouldBlock,
        }
    }

    /// Types; reads meanwhile, as terminals do.
    pub fn press(&mut self, keys: impl AsRef<[u8]>) {
        let mut left = keys.as_ref();
        let deadline = Instant::now() + DEADLINE;
        while !left.is_empty() {
            assert!(Instant::now() < deadline, "the program does not read; the screen:\n{}", self.text());
            let Some(master) = &mut self.master else { panic!("the line is cut") };
            let able = ready(master, PollFlags::IN | PollFlags::OUT, DEADLINE);
            if able.contains(PollFlags::OUT) {
                match master.write(left) {
                    Ok(count) => left = &left[count..],
                    Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock, "{error}"),
                }
            }
            if able.contains(PollFlags::IN) {
                self.read(Duration::ZERO);
            }
        }
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        // What was drawn for the old size comes first.
        while self.read(Duration::ZERO)
            && self
                .master
                .as_ref()
                .is_some_and(|master| !ready(master, PollFlags::IN, Duration::ZERO).is_empty())
        {}
        self.parser.screen_mut().set_size(at_least_one(rows), at_least_one(columns));
        if let Some(master) = &self.master {
            set_size(master, (columns, rows));
        }
    }

    /// Says to the program that the terminal has this size, whatever it shows.
    pub fn claim(&self, columns: u16, rows: u16) {
        if let Some(master) = &self.master {
            set_size(master, (columns, rows));
        }
    }

    pub fn signal(&self, signal: Signal) {
        rustix::process::kill_process(self.pid, signal).unwrap();
    }

    /// Cuts the line, as a lost connection does.
    pub fn hang_up(&mut self) {
        self.master = None;
    }

    /// Waits for the program's end, and takes in its last words.
    pub fn end(&mut self) -> Ended {
        if let Some(over) = self.over {
            return over;
        }
        let deadline = Instant::now() + DEADLINE;
        while let Some(left) = deadline.checked_duration_since(Instant::now()) {
            if !self.read(left) {
                break;
            }
        }
        let left = deadline.saturating_duration_since(Instant::now());
        let Ok(ended) = self.ended.recv_timeout(left) else {
            panic!("no end in time; the screen:\n{}", self.text());
        };
        self.over = Some(ended);
        ended
    }

    /// The terminal is as it was before the program began.
    pub fn assert_given_back(&self) {
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.bracketed_paste(), "bracketed paste is still on");
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert!(
            !screen.application_cursor() && !screen.application_keypad(),
            "keys are still those of applications"
        );
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is still taken");
        assert_eq!(
            screen.cursor_style(),
            vt100::Parser::default().screen().cursor_style(),
            "the cursor has another shape"
        );
        assert!(
            !screen.inverse() && !screen.bold() && screen.fgcolor() == vt100::Color::Default,
            "still coloured"
        );
        assert_eq!(self.line_settings(), self.before, "the line settings are others");
    }

    /// The terminal is the program's.
    pub fn assert_taken(&self) {
        let screen = self.screen();
        assert!(screen.alternate_screen(), "not on the alternate screen");
        assert!(screen.bracketed_paste(), "bracketed paste is off");
        assert_ne!(self.line_settings(), self.before, "the line settings are those of a shell");
    }

    /// What another program may do to a terminal: line settings as at first, the main screen, a line of text.
    pub fn meddle(&mut self) {
        if let (Some(master), Some(settings)) = (&self.master, &self.settings) {
            rustix::termios::tcsetattr(master, rustix::termios::OptionalActions::Now, settings).unwrap();
        }
        self.parser.process(b"\x1b[?1049l\x1b[?2004l$ ls\r\n");
    }

    /// Whether something came within this time.
    pub fn read_some(&mut self, within: Duration) -> bool {
        let before = self.output.len();
        self.read(within);
        self.output.len() > before
    }

    /// The line settings, to be compared with others.
    fn line_settings(&self) -> String {
        self.master.as_ref().map(settings).unwrap_or_default()
    }

    /// The most memory that the program ever had, in kB, where the system tells.
    pub fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid.as_raw_nonzero())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().strip_suffix(" kB")?.parse().ok()
    }

    /// What the program used of a processor until now, where the system tells.
    pub fn used(&self) -> Option<Duration> {
        used(self.pid)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if self.over.is_none() && self.ended.try_recv().is_err() {
            let _ = rustix::process::kill_process(self.pid, Signal::KILL);
            // Until it is gone it holds what it had locked.
            let _ = self.ended.recv_timeout(Duration::from_secs(10));
        }
    }
}

fn ready(master: &File, wanted: PollFlags, within: Duration) -> PollFlags {
    let mut watched = [PollFd::new(master, wanted)];
    let within = Timespec::try_from(within).unwrap();
    match rustix::event::poll(&mut watched, Some(&within)) {
        Ok(_) => watched[0].revents(),
        Err(rustix::io::Errno::INTR) => PollFlags::empty(),
        Err(error) => panic!("{error}"),
    }
}

fn at_least_one(size: u16) -> NonZeroU16 {
    NonZeroU16::new(size).unwrap_or(NonZeroU16::MIN)
}

fn set_size(master: impl std::os::fd::AsFd, (columns, rows): (u16, u16)) {
    let size = Winsize { ws_col: columns, ws_row: rows, ws_xpixel: 0, ws_ypixel: 0 };
    rustix::termios::tcsetwinsize(master, size).unwrap();
}

fn settings(master: impl std::os::fd::AsFd) -> String {
    let settings = rustix::termios::tcgetattr(master).unwrap();
    let modes = (settings.input_modes, settings.output_modes, settings.control_modes, settings.local_modes);
    format!("{modes:?} {:?}", settings.special_codes)
}

/// User and system time of a process, in the hundredths of a second that Linux counts.
fn used(pid: Pid) -> Option<Duration> {
    let status = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    let behind_name = status.rsplit_once(')')?.1;
    let ticks = behind_name.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().ok());
    Some(Duration::from_millis(10 * ticks.sum::<Option<u64>>()?))
}
