//! One call over the network: send, follow redirects, read the answer.

use std::time::{Duration, Instant};

use crate::error::{Context, ErrorKind, Failure};
use crate::request::Wire;
use crate::{Client, Operation, Response, redirect};

pub(crate) async fn run(
    client: Client,
    operation: &'static Operation,
    mut wire: Wire,
) -> Result<Response, Failure> {
    let start = Instant::now();
    let mut redirects = 0;
    loop {
        let request = request(&client, operation, &wire, start.elapsed());
        let answer = client.shared().http.execute(request).await;
        let answer = answer.map_err(|error| broken(Context::unsent(operation.id), error))?;
        let status = answer.status();
        let next = redirect::target(&operation.method, &wire.url, status, answer.headers());
        if let Some(next) = next
            && redirects < redirect::LIMIT
        {
            redirects += 1;
            wire.url = next;
            continue;
        }
        let headers = answer.headers().clone();
        return match answer.bytes().await {
            Ok(body) => Ok(Response::new(client, operation.id, status, headers, body)),
            Err(error) => Err(broken(Context::head(operation.id, status, headers), error)),
        };
    }
}

fn request(
    client: &Client,
    operation: &Operation,
    wire: &Wire,
    elapsed: Duration,
) -> reqwest::Request {
    let mut request = reqwest::Request::new(operation.method.clone(), wire.url.clone());
    *request.headers_mut() = wire.headers.clone();
    *request.body_mut() = wire.body.clone().map(Into::into);
    // Redirects share the time of the call.
    *request.timeout_mut() =
        client.shared().deadline.map(|deadline| deadline.saturating_sub(elapsed));
    request
}

/// A url in an error would carry the parameters of the caller into logs.
fn broken(context: Context, error: reqwest::Error) -> Failure {
    Failure::new(context, ErrorKind::Transport(error.without_url()))
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderMap;
    use reqwest::{Method, Url};

    use super::*;
    use crate::{ClientBuilder, Settings};

    static SETTINGS: Settings = Settings {
        name: "bindery-example",
        version: "1.2.3",
        base_url: Some("https://api.example.com"),
        headers: &[],
    };

    static OPERATION: Operation =
        Operation { id: "list_things", method: Method::GET, path: "/things", accept: None };

    fn timeout(builder: ClientBuilder, elapsed: u64) -> Option<Duration> {
        let wire = Wire {
            url: Url::parse("https://api.example.com/things").unwrap(),
            headers: HeaderMap::new(),
            body: None,
        };
        let client = builder.build().unwrap();
        let request = request(&client, &OPERATION, &wire, Duration::from_secs(elapsed));
        request.timeout().copied()
    }

    #[test]
    fn redirects_share_the_time_of_the_call() {
        let builder = || ClientBuilder::new(&SETTINGS);
        assert_eq!(timeout(builder(), 0), Some(Duration::from_secs(30)));
        assert_eq!(timeout(builder(), 10), Some(Duration::from_secs(20)));
        assert_eq!(timeout(builder(), 31), Some(Duration::ZERO));
        let short = builder().timeout(Duration::from_secs(5));
        assert_eq!(timeout(short, 1), Some(Duration::from_secs(4)));
    }

    #[test]
    fn a_hook_may_set_a_time_of_its_own() {
        let builder = ClientBuilder::new(&SETTINGS).configure(|http| http);
        assert_eq!(timeout(builder, 10), None);
    }
}
