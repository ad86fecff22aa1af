//! Chromium, spoken to over the pipe of its developer tools: one JSON message after the other, each ended
//! by a zero byte. No other program is needed, and no network.

use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use tempfile::{TempDir, tempdir};

/// Set where a browser must be there: the test fails where it would skip.
pub const REQUIRED: &str = "SPLW_SIM_BROWSER";

/// What Chromium is called.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// A browser with one page.
pub struct Browser {
    child: Child,
    into: File,
    from: BufReader<File>,
    sent: u64,
    session: String,
    /// Everything that happened since the page was opened: method and parameters.
    pub events: Vec<Value>,
    _place: TempDir,
}

/// How a page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    pub name: &'static str,
    pub width: u32,
    pub is_phone: bool,
    pub is_print: bool,
    pub has_script: bool,
}

/// The browser, or nothing where there is none and none is required.
///
/// # Panics
/// Where one is required and there is none.
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
pub fn browser() -> Option<Browser> {
    let found = found();
    if found.is_none() {
        let is_required = std::env::var_os(REQUIRED).is_some_and(|it| it == "required");
        assert!(
            !is_required,
            "{REQUIRED}=required, but there is no Chromium: install the package chromium"
        );
        eprintln!("skipped: there is no Chromium (none of {NAMES:?} is on the path)");
    }
    found.map(Browser::of)
}

fn found() -> Option<PathBuf> {
    if !cfg!(unix) {
        return None;
    }
    let path = std::env::var_os("PATH")?;
    let places: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let all = NAMES
        .iter()
        .flat_map(|name| places.iter().map(move |place| place.join(name)));
    all.into_iter().find(|it| it.is_file())
}

impl Browser {
    fn of(program: PathBuf) -> Self {
        let place = tempdir().expect("a temporary folder");
        let pipe = |name: &str| {
            let path = place.path().join(name);
            let made = Command::new("mkfifo")
                .arg(&path)
                .status()
                .expect("mkfifo is there");
            assert!(made.success(), "a pipe is made");
            path
        };
        let (into, from) = (pipe("into"), pipe("from"));
        // The shell opens the two numbers on which Chromium reads and writes.
        let child = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<\"$INTO\" 4>\"$FROM\""])
            .arg(program)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
            ])
            .args([
                "--disable-background-networking",
                "--disable-component-update",
                "--remote-debugging-pipe",
            ])
            .arg(format!(
                "--user-data-dir={}",
                place.path().join("profile").display()
            ))
            .arg("about:blank")
            .env("INTO", &into)
            .env("FROM", &from)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell starts");
        let into = File::options()
            .write(true)
            .open(&into)
            .expect("the pipe opens");
        let from = BufReader::new(File::open(&from).expect("the pipe opens"));
        let mut browser = Self {
            child,
            into,
            from,
            sent: 0,
            session: String::new(),
            events: Vec::new(),
            _place: place,
        };
        browser.attach();
        browser
    }

    /// A page of its own to speak to.
    fn attach(&mut self) {
        let target = self.ask("Target.createTarget", json!({"url": "about:blank"}));
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let session = self.ask("Target.attachToTarget", attach);
        self.session = session["sessionId"].as_str().expect("a session").to_owned();
        for domain in ["Page", "Runtime", "Log", "Network", "DOM"] {
            self.ask(&format!("{domain}.enable"), json!({}));
        }
    }

    /// Sends a command and waits for its answer.
    pub fn ask(&mut self, method: &str, parameters: Value) -> Value {
        self.sent += 1;
        let mut message = json!({"id": self.sent, "method": method, "params": parameters});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        let text = format!("{message}\0");
        self.into
            .write_all(text.as_bytes())
            .expect("Chromium listens");
        loop {
            let answer = self.next();
            if answer["id"] == json!(self.sent) {
                assert!(answer.get("error").is_none(), "{method}: {answer}");
                return answer["result"].clone();
            }
        }
    }

    /// The next message; what is no answer is kept as an event.
    fn next(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.from
            .read_until(0, &mut bytes)
            .expect("Chromium speaks");
        assert!(!bytes.is_empty(), "Chromium has gone");
        bytes.pop();
        let message: Value = serde_json::from_slice(&bytes).expect("JSON");
        if message.get("method").is_some() {
            self.events.push(message.clone());
        }
        message
    }

    /// Opens a file and waits until it is there.
    pub fn open(&mut self, file: &std::path::Path, view: View) {
        let size = json!({
            "width": view.width, "height": 900, "deviceScaleFactor": 1, "mobile": view.is_phone,
        });
        self.ask("Emulation.setDeviceMetricsOverride", size);
        let media = if view.is_print { "print" } else { "" };
        self.ask("Emulation.setEmulatedMedia", json!({"media": media}));
        self.ask(
            "Emulation.setScriptExecutionDisabled",
            json!({"value": !view.has_script}),
        );
        self.events.clear();
        self.ask(
            "Page.navigate",
            json!({"url": format!("file://{}", file.display())}),
        );
        while !self.has_happened("Page.loadEventFired") {
            self.next();
        }
        // One answer more, so that what the page did at the end has been told.
        self.ask("Runtime.evaluate", json!({"expression": "1"}));
    }

    fn has_happened(&self, method: &str) -> bool {
        self.events.iter().any(|it| it["method"] == json!(method))
    }

    /// The value of an expression in the page.
    pub fn value(&mut self, expression: &str) -> Value {
        let asked = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let answer = self.ask("Runtime.evaluate", asked);
        assert!(answer.get("exceptionDetails").is_none(), "{answer}");
        answer["result"]["value"].clone()
    }

    /// Presses a key.
    pub fn press(&mut self, key: &str, code: u32) {
        for kind in ["rawKeyDown", "keyUp"] {
            let event =
                json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code});
            self.ask("Input.dispatchKeyEvent", event);
        }
    }

    /// Moves the pointer.
    pub fn point(&mut self, x: f64, y: f64) {
        self.ask(
            "Input.dispatchMouseEvent",
            json!({"type": "mouseMoved", "x": x, "y": y}),
        );
    }

    /// What the page looks like from its top, as PNG.
    pub fn picture(&mut self, width: u32, height: u32) -> Vec<u8> {
        let clip = json!({"x": 0, "y": 0, "width": width, "height": height, "scale": 1});
        let asked = json!({"format": "png", "clip": clip, "captureBeyondViewport": true});
        bytes_of(&self.ask("Page.captureScreenshot", asked)["data"])
    }

    /// The page on paper, as PDF.
    pub fn paper(&mut self) -> Vec<u8> {
        let asked = json!({"preferCSSPageSize": true, "printBackground": false});
        bytes_of(&self.ask("Page.printToPDF", asked)["data"])
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A browser that has gone already is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Bytes of base 64 (RFC 4648).
fn bytes_of(text: &Value) -> Vec<u8> {
    let letter = |c: u8| match c {
        b'A'..=b'Z' => u32::from(c - b'A'),
        b'a'..=b'z' => u32::from(c - b'a') + 26,
        b'0'..=b'9' => u32::from(c - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let text = text
        .as_str()
        .expect("text")
        .trim_end_matches('=')
        .as_bytes();
    let mut bytes = Vec::new();
    for four in text.chunks(4) {
        let bits = four.iter().fold(0, |bits, c| bits << 6 | letter(*c));
        let bits = bits << (6 * (4 - four.len()));
        let three = [(bits >> 16) as u8, (bits >> 8) as u8, bits as u8];
        bytes.extend(&three[..four.len() - 1]);
    }
    bytes
}
