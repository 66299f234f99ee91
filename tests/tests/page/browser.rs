//! A browser that is told what to do: headless Chromium, through the driver that comes with it.
//!
//! The protocol is JSON over HTTP. Of it, the test needs less than ten requests, which reqwest makes as well as a
//! client library would; so the workspace has none.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// Keys that are no letters, as the protocol numbers them.
pub const BACKSPACE: &str = "\u{e003}";
pub const TAB: &str = "\u{e004}";
pub const ESCAPE: &str = "\u{e00c}";

/// The key under which the protocol names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A running browser; it ends with the test, however that ends.
pub struct Browser {
    driver: Child,
    client: reqwest::Client,
    session: String,
}

impl Browser {
    /// Starts the driver on a port that it chooses, and the browser.
    pub async fn start() -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .expect("chromedriver, of Debian's package chromium-driver");
        let lines = BufReader::new(driver.stdout.take().expect("what it prints")).lines();
        let port = lines
            .map(|line| line.expect("a line"))
            .find_map(|line| {
                line.rsplit_once("on port ")?.1.trim_end_matches('.').parse::<u16>().ok()
            })
            .expect("a port");
        let mut browser = Self { driver, client: reqwest::Client::new(), session: String::new() };
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
        browser.session = format!("http://127.0.0.1:{port}/session");
        let session = browser.post("", capabilities).await;
        browser
            .session
            .push_str(&format!("/{}", session["sessionId"].as_str().expect("a session")));
        browser
    }

    pub async fn open(&self, url: &str) {
        // A page that is open already would keep its state.
        self.post("/url", json!({"url": "about:blank"})).await;
        self.post("/url", json!({"url": url})).await;
    }

    /// What a script returns in the page.
    pub async fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", json!({"script": script, "args": []})).await
    }

    /// Waits until a script returns a value.
    pub async fn until(&self, script: &str, value: &str) {
        for _ in 0..100 {
            if self.run(script).await == value {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("`{script}` never returned {value:?}, but {}", self.run(script).await);
    }

    pub async fn click(&self, selector: &str) {
        let element =
            self.post("/element", json!({"using": "css selector", "value": selector})).await;
        let element = element[ELEMENT].as_str().expect("an element");
        self.post(&format!("/element/{element}/click"), json!({})).await;
    }

    /// Presses keys, one after the other, wherever the focus is.
    pub async fn press(&self, keys: &str) {
        let strokes = |key: char| ["keyDown", "keyUp"].map(|it| json!({"type": it, "value": key}));
        let actions: Vec<Value> = keys.chars().flat_map(strokes).collect();
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": actions});
        self.post("/actions", json!({"actions": [keyboard]})).await;
    }

    /// What the reader prefers: `light` or `dark`.
    pub async fn prefer(&self, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        let command =
            json!({"cmd": "Emulation.setEmulatedMedia", "params": {"features": features}});
        self.post("/goog/cdp/execute", command).await;
    }

    pub async fn resize(&self, width: u32) {
        let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        let command = json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": size});
        self.post("/goog/cdp/execute", command).await;
    }

    /// What the console says: errors of the script, and what the page's policy refused.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.post("/se/log", json!({"type": "browser"})).await;
        let entries = log.as_array().expect("a log");
        entries.iter().map(|entry| entry["message"].to_string()).collect()
    }

    pub async fn end(self) {
        self.client.delete(&self.session).send().await.expect("an end");
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

impl Drop for Browser {
    fn drop(&mut self) {
        // A driver that has ended already is what is wanted.
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
