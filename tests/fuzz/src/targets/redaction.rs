//! A credential that comes back in what a vendor answers, in one of the ways in which texts are written.

mod echoes;

use std::collections::BTreeMap;

use bindery_runtime as runtime;
use runtime::Credential;

use crate::check;
use crate::input::Input;

use super::calls;
use echoes::{echo, is_plain};

/// What secrets are made of: what no other text here has two of in a row, what is written otherwise somewhere, and
/// what is no ASCII.
const SECRET: &[char] = &[
    'Q', 'Z', 'x', 'j', '7', '9', '0', '-', '_', '.', '~', '+', '/', '=', '&', '%', '"', '\'',
    '\\', '<', '>', '{', ' ', '#', ';', ':', ',', 'é', '€', '😀',
];

static OPERATION: runtime::Operation = runtime::Operation {
    id: "call",
    method: runtime::Method::GET,
    path: "/call",
    server: None,
    accept: Some("application/json"),
    idempotent: true,
};

/// Lets the secret come back, and looks for it in what is shown.
pub(super) fn check(input: &[u8]) {
    let mut input = Input::new(input);
    let secret = secret(&mut input);
    let credential = match input.below(4) {
        0 => Credential::header("x-api-key", &*secret),
        1 => Credential::query("key", &*secret),
        2 => Credential::cookie("sid", &*secret),
        _ => Credential::bearer(&*secret),
    };
    let place = input.choose(&Place::ALL);
    let before = input.text();
    let echo = echo(&secret, &mut input);
    // The message quotes the value as JSON does, so that it is escaped in two ways, one in the other.
    if place.is_json() && echo.is_escaped && !is_plain(&secret) {
        return;
    }
    let text = format!("{before}{}{}", echo.text, input.rest());
    for shown in call(credential, place, &text) {
        check::shows_all("an error", &shown);
        for secret in [&secret, &echo.core] {
            let debug: String = secret.escape_debug().collect();
            let found = shown.contains(secret) || shown.contains(&debug);
            assert!(!found, "{secret:?} is shown: {shown}");
        }
    }
}

fn secret(input: &mut Input<'_>) -> String {
    let length = 12 + input.below(30);
    let inner: String = (0..length).map(|_| input.choose(SECRET)).collect();
    // A secret neither begins nor ends with a space.
    format!("Zq{inner}jX")
}

/// Where the secret comes back.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// In the body of a documented error, and of one that is none.
    Error,
    Undocumented,
    /// In a body that does not decode, as a name and as a value.
    Name,
    Value,
    /// In what a transport says.
    Transport,
    /// In the url of a next page elsewhere.
    NextPage,
}

impl Place {
    const ALL: [Self; 6] =
        [Self::Error, Self::Undocumented, Self::Name, Self::Value, Self::Transport, Self::NextPage];

    /// Whether the text is put into a string of JSON.
    fn is_json(self) -> bool {
        matches!(self, Self::Name | Self::Value)
    }
}

/// Makes the call whose error repeats the text. Gives back what is shown, which is nothing if there is no error.
fn call(credential: Credential, place: Place, text: &str) -> Vec<String> {
    let body = match place {
        Place::Name => format!("{{{}:[]}}", serde_json::Value::from(text)),
        Place::Value => format!("{{\"a\":{}}}", serde_json::Value::from(text)),
        _ => text.to_owned(),
    };
    let transport = runtime::transport_fn(move |_, _| {
        let answer = match place {
            Place::Transport => Err(runtime::TransportError::new(body.clone())),
            _ => calls::answer(400, body.clone()),
        };
        async move { answer }
    });
    // What cannot be sent is no credential.
    let Ok(client) = calls::builder(transport).credential(credential).build() else {
        return Vec::new();
    };
    let mut request = client.request(&OPERATION);
    if place == Place::NextPage {
        request.at(format!("https://other.example.com/{text}"));
    }
    let response = match calls::wait(request.send()) {
        Ok(response) => response,
        Err(failure) => return calls::shown(&runtime::Error::<()>::from(failure)),
    };
    match place {
        Place::Error => calls::shown(&response.error_text(|_| ())),
        Place::Undocumented => calls::shown(&response.undocumented::<()>()),
        _ => calls::shown(&response.error::<BTreeMap<String, u8>>()),
    }
}
