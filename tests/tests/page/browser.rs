//! A browser that is told what to do: headless Chromium, through the driver that comes with it.
//!
//! The protocol is JSON over HTTP. Of it, the test needs less than ten requests, which reqwest makes as well as a
//! client library would; so the workspace has none.

use std::io::{self, BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// Keys that are no letters, as the protocol numbers them.
pub(crate) const BACKSPACE: &str = "\u{e003}";
pub(crate) const TAB: &str = "\u{e004}";
pub(crate) const ESCAPE: &str = "\u{e00c}";

/// The key under which the protocol names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A running browser; it ends with the test, however that ends.
pub(crate) struct Browser {
    driver: Child,
    /// A driver that cannot print does not go on.
    _output: BufReader<ChildStdout>,
    client: reqwest::Client,
    session: String,
}

impl Browser {
    /// Starts the driver on a port that it chooses, and the browser.
    pub(crate) async fn start() -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .expect("chromedriver, of Debian's package chromium-driver");
        let mut output = BufReader::new(driver.stdout.take().expect("what it prints"));
        let port = port(&mut output);
        let session = format!("http://127.0.0.1:{port}/session");
        let mut browser = Self { driver, _output: output, client: reqwest::Client::new(), session };
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--window-size=1400,1000",
        ];
        let capabilities = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let session = browser.post("", capabilities).await;
        browser
            .session
            .push_str(&format!("/{}", session["sessionId"].as_str().expect("a session")));
        browser
    }

    pub(crate) async fn open(&self, url: &str) {
        // A page that is open already would keep its state.
        self.post("/url", json!({"url": "about:blank"})).await;
        self.post("/url", json!({"url": url})).await;
    }

    /// What a script returns in the page.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", json!({"script": script, "args": []})).await
    }

    /// Waits until a script returns a value.
    pub(crate) async fn until(&self, script: &str, value: &str) {
        for _ in 0..100 {
            if self.run(script).await == value {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("`{script}` never returned {value:?}, but {}", self.run(script).await);
    }

    pub(crate) async fn click(&self, selector: &str) {
        let element =
            self.post("/element", json!({"using": "css selector", "value": selector})).await;
        let element = element[ELEMENT].as_str().expect("an element");
        self.post(&format!("/element/{element}/click"), json!({})).await;
    }

    /// Presses keys, one after the other, wherever the focus is.
    pub(crate) async fn press(&self, keys: &str) {
        let strokes = |key: char| ["keyDown", "keyUp"].map(|it| json!({"type": it, "value": key}));
        let actions: Vec<Value> = keys.chars().flat_map(strokes).collect();
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": actions});
        self.post("/actions", json!({"actions": [keyboard]})).await;
    }

    /// What the reader prefers: `light` or `dark`.
    pub(crate) async fn prefer(&self, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        let command =
            json!({"cmd": "Emulation.setEmulatedMedia", "params": {"features": features}});
        self.post("/goog/cdp/execute", command).await;
    }

    pub(crate) async fn resize(&self, width: u32) {
        let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        let command = json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": size});
        self.post("/goog/cdp/execute", command).await;
    }

    /// What the console says: errors of the script, and what the page's policy refused.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let log = self.post("/se/log", json!({"type": "browser"})).await;
        let entries = log.as_array().expect("a log");
        entries.iter().map(|entry| entry["message"].to_string()).collect()
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let request = self.client.post(format!("{}{path}", self.session)).json(&body);
        let mut answer: Value =
            request.send().await.expect("an answer").json().await.expect("JSON");
        let value = answer["value"].take();
        assert!(value["error"].is_null(), "{path} {body}: {value}");
        value
    }
}

/// The port that the driver says it listens on.
fn port(output: &mut impl BufRead) -> u16 {
    let mut lines = output.lines().map(|line| line.expect("a line"));
    let started = lines.find(|line| line.contains("started successfully")).expect("a start");
    let (_, port) = started.rsplit_once(' ').expect("words");
    port.trim_end_matches('.').parse().expect("a port")
}

impl Drop for Browser {
    /// A driver that is killed leaves its browser behind, so the session is ended first, also by a test that
    /// fails, in which nothing can be awaited any more.
    fn drop(&mut self) {
        // What cannot be ended has ended already.
        let _ = end(&self.session);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn end(session: &str) -> io::Result<()> {
    let address = session.trim_start_matches("http://");
    let (host, path) = address.split_once('/').ok_or(io::ErrorKind::InvalidInput)?;
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(stream, "DELETE /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    // The answer comes when the browser is gone.
    stream.read_exact(&mut [0; 12])
}
