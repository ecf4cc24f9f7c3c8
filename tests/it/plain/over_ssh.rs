//! Does a confined session hold behind a real sshd? With a configuration of its own, on the loopback address.

use std::fs;
use std::net::TcpListener;
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use privaudit::domain::answer::Value;
use privaudit::storage::assessments;
use tempfile::TempDir;

use super::SMALL;
use crate::cli::driver::User;
use crate::terminal::pty::BINARY;
use crate::terminal::pty::Setup;
use crate::terminal::pty::Terminal;

const VISIT: &str = "store/clients/acme/2026-11-20.ron";

/// An sshd that forces the confined session upon whoever logs in.
struct Server {
    user: User,
    folder: TempDir,
    port: u16,
    sshd: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.sshd.kill();
        let _ = self.sshd.wait();
    }
}

fn sshd() -> Option<&'static str> {
    ["/usr/sbin/sshd", "/usr/bin/sshd", "/usr/local/sbin/sshd"]
        .into_iter()
        .find(|path| Path::new(path).exists())
}

fn key(folder: &Path, name: &str) -> String {
    let path = folder.join(name).to_str().unwrap().to_owned();
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f", &path]).status();
    assert!(made.unwrap().success());
    path
}

impl Server {
    /// None, with the reason printed, where this machine has no sshd that a test may start.
    fn start(plain: bool) -> Option<Server> {
        let Some(program) = sshd() else {
            println!("skipped: there is no sshd");
            return None;
        };
        let (user, folder) = (User::new(), TempDir::new().unwrap());
        let visit = ["new", "Acme", "--on", "2026-11-20", "--questionnaire", SMALL];
        user.ok(&visit);
        user.ok(&["new", "Neighbour", "--on", "2026-11-20"]);
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        let (host, client) = (key(folder.path(), "host"), key(folder.path(), "client"));
        let store = user.store();
        let more = if plain { " --plain" } else { "" };
        let command = format!("{BINARY} --store {} --lang en open acme --only{more}", store.display());
        let public = fs::read_to_string(format!("{client}.pub")).unwrap();
        let keys = folder.path().join("authorized_keys");
        fs::write(&keys, format!("restrict,pty,command=\"{command}\" {public}")).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let settings = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {host}\nPidFile none\nUsePAM no\nStrictModes no\n\
             PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\n\
             AuthorizedKeysFile {}\nAcceptEnv *\nSubsystem sftp internal-sftp\n",
            keys.display()
        );
        let settings_file = folder.path().join("sshd_config");
        fs::write(&settings_file, settings).unwrap();
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let sshd = Command::new(program)
            .args(["-D", "-e", "-f", settings_file.to_str().unwrap()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut server = Server { user, folder, port, sshd };
        if server.answers() {
            return Some(server);
        }
        println!("skipped: sshd does not start: {}", server.log());
        None
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn answers(&mut self) -> bool {
        let latest = Instant::now() + Duration::from_secs(10);
        while Instant::now() < latest && self.sshd.try_wait().unwrap().is_none() {
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                // A login that does not come about is this machine's matter, not the program's.
                let tried = self.ssh("true", b"q\n");
                return tried.status.code() != Some(255);
            }
            thread::sleep(Duration::from_millis(20));
        }
        false
    }

    fn arguments(&self) -> Vec<String> {
        let key = self.folder.path().join("client");
        let mut arguments: Vec<String> = ["-F", "none", "-i"].map(str::to_owned).to_vec();
        arguments.push(key.to_str().unwrap().to_owned());
        for option in [
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "LogLevel=ERROR",
            "IdentitiesOnly=yes",
            "SendEnv=PRIVAUDIT_STORE",
        ] {
            arguments.extend(["-o".to_owned(), option.to_owned()]);
        }
        arguments.extend(["-p".to_owned(), self.port.to_string(), "127.0.0.1".to_owned()]);
        arguments
    }

    /// A login without a terminal, which asks for a command of its own and brings an environment along.
    fn ssh(&self, command: &str, input: &[u8]) -> Output {
        use std::io::Write;
        let mut child = Command::new("ssh")
            .args(self.arguments())
            .arg(command)
            .env("PRIVAUDIT_STORE", "/elsewhere")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(input);
        child.wait_with_output().unwrap()
    }

    fn login(&self) -> Terminal {
        let arguments = self.arguments();
        let mut program = vec!["ssh", "-tt"];
        program.extend(arguments.iter().map(String::as_str));
        Setup::new(self.folder.path(), &program).start()
    }

    fn visit(&self) -> privaudit::domain::assessment::Assessment {
        assessments::read(&self.user.home.path().join(VISIT)).unwrap()
    }
}

#[test]
fn whatever_command_is_asked_for_only_the_clients_own_visit_opens() {
    let Some(server) = Server::start(true) else { return };
    let wanted = ["cat /etc/passwd", "privaudit open neighbour"];
    for command in wanted {
        let done = server.ssh(command, b"?\nR\n1\n1\nq\n");
        let out = String::from_utf8(done.stdout).unwrap();
        assert!(out.starts_with("Acme, visit of 20 Nov 2026."), "{command}: {out}");
        assert!(!out.contains("root:") && !out.contains("eighbour"), "{command}: {out}");
        assert!(!out.contains(server.user.home.path().to_str().unwrap()), "{command}: {out}");
    }
}

#[test]
fn neither_files_nor_lines_are_handed_through() {
    let Some(server) = Server::start(true) else { return };
    let host = server.arguments().pop().unwrap();
    let mut options = server.arguments();
    // The port has another letter in programs that copy files.
    options.truncate(options.len() - 3);
    options.extend(["-P".to_owned(), server.port.to_string()]);
    let to = server.folder.path().join("copied");
    for program in ["scp", "sftp"] {
        let done = Command::new(program)
            .args(&options)
            .arg(format!("{host}:/etc/passwd"))
            .arg(&to)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(
            !done.status.success() && !to.exists(),
            "{program}: {}",
            String::from_utf8_lossy(&done.stdout)
        );
    }
    let through = format!("-W127.0.0.1:{}", server.port);
    let done =
        Command::new("ssh").arg(through).args(server.arguments()).stdin(Stdio::null()).output().unwrap();
    let out = String::from_utf8_lossy(&done.stdout);
    assert!(!done.status.success() && !out.contains("SSH-2.0"), "{out}");
}

#[test]
fn an_environment_brought_along_opens_nothing_and_leaves_nothing() {
    let Some(server) = Server::start(true) else { return };
    let elsewhere = server.folder.path().join("elsewhere");
    let elsewhere = elsewhere.to_str().unwrap();
    let names = ["EDITOR", "VISUAL", "PAGER", "BROWSER", "SHELL", "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"];
    let set: Vec<String> = names.iter().map(|name| format!("{name}={elsewhere}")).collect();
    let lines = server.folder.path().join("lines");
    fs::write(&lines, "L\nL\nR\n1\n1\n1\nq\n").unwrap();
    let input = fs::File::open(&lines).unwrap();
    let options = ["-o".to_owned(), format!("SetEnv={}", set.join(" "))];
    let done = Command::new("ssh").args(options).args(server.arguments()).stdin(input).output().unwrap();
    let out = String::from_utf8(done.stdout).unwrap();
    assert!(out.starts_with("Acme, visit of 20 Nov 2026.") && out.contains("written: acme-"), "{out}");
    assert!(!out.contains(server.user.home.path().to_str().unwrap()), "{out}");
    assert!(!Path::new(elsewhere).exists(), "something was written outside");
}

#[test]
fn a_dropped_connection_loses_nothing_and_the_next_login_resumes() {
    for plain in [true, false] {
        let Some(server) = Server::start(plain) else { return };
        let mut terminal = server.login();
        terminal.see("What do you have online?");
        // Suspending leads nowhere.
        terminal.press("\x1a");
        terminal.press(if plain { "\n1\n" } else { "1" });
        if !plain {
            terminal.see("saved");
            terminal.press("j");
        }
        terminal.see("Do you keep a list?");
        terminal.press(if plain { "y\n" } else { "y" });
        terminal.see("How many months?");
        terminal.hang_up();
        terminal.end();
        let mut again = server.login();
        // The session that was cut may still be closing its files.
        again.see("How many months?");
        assert_eq!(server.visit().value(&"first.yes_no".into()), Some(&Value::Yes));
        again.press(if plain { "q\n" } else { "q" });
        again.end();
    }
}
