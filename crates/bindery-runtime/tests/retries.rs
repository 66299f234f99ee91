//! What is tried again, how often, and when.

mod common;

use std::time::Duration;

use bindery_runtime::{CallOptions, Method, Operation, Request, RetryPolicy};
use common::vendor::Reply::{Refused, Reset, RetryAfter, Stalls, Status, Unread};
use common::vendor::{Log, Reply, vendor};
use common::{CREATE, LIST};
use tokio::time::Instant;

static PUT: Operation = Operation {
    id: "put_invite",
    method: Method::PUT,
    path: "/v1/invites",
    server: None,
    accept: None,
    idempotent: true,
};

static APPEND: Operation = Operation {
    id: "append_invite",
    method: Method::PUT,
    path: "/v1/invites",
    server: None,
    accept: None,
    idempotent: false,
};

/// The status in the end, if there is one, and how many requests it took.
async fn outcome(
    replies: &[Reply],
    operation: &'static Operation,
    fill: impl FnOnce(&mut Request),
) -> (Option<u16>, usize) {
    let (builder, log) = vendor(replies);
    let client = builder.build().unwrap();
    let mut request = client.request(operation);
    if operation.path.contains("{team_id}") {
        request.path("team_id", "t");
    }
    fill(&mut request);
    let result = request.send().await;
    let requests = log.lock().unwrap().len();
    if let Ok(response) = &result {
        assert_eq!(response.attempts() as usize, requests);
    }
    (result.ok().map(|response| response.status().as_u16()), requests)
}

#[tokio::test(start_paused = true)]
async fn idempotent_methods_are_tried_three_times() {
    for operation in [&LIST, &PUT, &common::REVOKE] {
        for reply in [Status(408), Status(429), Status(500), Status(503), Refused, Reset] {
            assert_eq!(outcome(&[reply], operation, |_| ()).await, (Some(200), 2));
            assert_eq!(outcome(&[reply; 2], operation, |_| ()).await, (Some(200), 3));
            assert_eq!(outcome(&[reply; 9], operation, |_| ()).await.1, 3);
        }
        for status in [200, 400, 401, 404, 409, 422] {
            assert_eq!(outcome(&[Status(status)], operation, |_| ()).await, (Some(status), 1));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn other_methods_only_if_the_vendor_has_not_acted() {
    for reply in [Refused, RetryAfter(429, "1"), RetryAfter(503, "1")] {
        assert_eq!(outcome(&[reply], &CREATE, |_| ()).await, (Some(200), 2));
    }
    let others = [Status(408), Status(429), Status(500), Status(503), RetryAfter(500, "1"), Reset];
    // What cannot be read says nothing of whether the vendor has acted.
    for reply in others.into_iter().chain([RetryAfter(429, "soon"), RetryAfter(503, "-1")]) {
        assert_eq!(outcome(&[reply], &CREATE, |_| ()).await.1, 1);
        let safe = |request: &mut Request| request.options(CallOptions::default().safe_to_retry());
        assert_eq!(outcome(&[reply], &CREATE, safe).await, (Some(200), 2));
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_and_a_call_may_do_without() {
    let none = |request: &mut Request| {
        request.options(CallOptions::default().retry(RetryPolicy::none()));
    };
    assert_eq!(outcome(&[Status(500)], &LIST, none).await, (Some(500), 1));
    let (builder, log) = vendor(&[Reset]);
    let client = builder.retry(RetryPolicy::none()).build().unwrap();
    let failure = client.request(&LIST).send().await.unwrap_err();
    assert_eq!(bindery_runtime::Error::<()>::from(failure).attempts(), 1);
    assert_eq!(log.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_the_least_that_is_waited() {
    let (builder, log) = vendor(&[RetryAfter(429, "7"), RetryAfter(503, "0")]);
    let response = builder.build().unwrap().request(&CREATE);
    let mut request = response;
    request.path("team_id", "t");
    assert_eq!(request.send().await.unwrap().status(), 200);
    let log = log.lock().unwrap();
    // And not much more, which spreads those who were told the same.
    assert!(log[1].0 >= Duration::from_secs(7) && log[1].0 <= Duration::from_millis(8750));
    assert!(log[2].0 - log[1].0 <= Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn a_date_is_honoured_as_well() {
    let (builder, log) = vendor(&[RetryAfter(503, "Fri, 31 Dec 1999 23:59:59 GMT")]);
    let mut request = builder.build().unwrap().request(&CREATE);
    request.path("team_id", "t");
    assert_eq!(request.send().await.unwrap().status(), 200);
    assert!(log.lock().unwrap()[1].0 <= Duration::from_millis(500), "the date has passed");
    let never = [RetryAfter(503, "Fri, 31 Dec 9999 23:59:59 GMT")];
    assert_eq!(outcome(&never, &LIST, |_| ()).await, (Some(503), 1));
}

#[tokio::test(start_paused = true)]
async fn a_longer_wait_than_allowed_is_an_answer_that_says_how_long() {
    let start = Instant::now();
    let (builder, log) = vendor(&[RetryAfter(429, "61")]);
    let client = builder.timeout(Duration::from_secs(600)).build().unwrap();
    let error = common::list(&client).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 429);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(61)));
    assert_eq!((error.attempts(), log.lock().unwrap().len()), (1, 1));
    // Nor is there a wait for which the time of the call would not be enough.
    let (builder, _) = vendor(&[RetryAfter(429, "59")]);
    let client = builder.timeout(Duration::from_secs(30)).build().unwrap();
    assert_eq!(common::list(&client).await.unwrap_err().status().unwrap(), 429);
    assert!(start.elapsed() < Duration::from_secs(1));
}

/// Each is told once to come back in a second, and the budget is for ten.
#[tokio::test(start_paused = true)]
async fn what_the_server_refused_unread_is_sent_again_whatever_it_is() {
    assert_eq!(outcome(&[Unread; 2], &CREATE, |_| ()).await, (Some(200), 3));
    assert_eq!(outcome(&[Unread; 9], &CREATE, |_| ()).await, (None, 3));
    let (builder, _) = vendor(&[Unread]);
    let client = builder.retry_budget(0).build().unwrap();
    assert_eq!(client.request(&LIST).send().await.unwrap().attempts(), 2, "it costs nothing");
}

/// What `api.toml` forbids is sent again like a POST, unless the caller knows better.
#[tokio::test(start_paused = true)]
async fn an_operation_may_be_declared_not_to_be_idempotent() {
    for reply in [Status(500), Reset] {
        assert_eq!(outcome(&[reply], &APPEND, |_| ()).await.1, 1);
        let safe = |request: &mut Request| request.options(CallOptions::default().safe_to_retry());
        assert_eq!(outcome(&[reply], &APPEND, safe).await, (Some(200), 2));
        let keyed =
            |request: &mut Request| request.options(CallOptions::default().idempotency_key("k"));
        assert_eq!(outcome(&[reply], &APPEND, keyed).await, (Some(200), 2));
    }
    for reply in [Refused, Unread, RetryAfter(503, "1")] {
        assert_eq!(outcome(&[reply], &APPEND, |_| ()).await, (Some(200), 2));
    }
}

#[tokio::test(start_paused = true)]
async fn all_attempts_carry_one_idempotency_key() {
    let keys = |log: &Log| -> Vec<Option<String>> {
        log.lock().unwrap().iter().map(|(_, key)| key.clone()).collect()
    };
    let (builder, log) = vendor(&[Status(500), Reset]);
    let client = builder.build().unwrap();
    let create = |key: Option<&'static str>, options| {
        let mut request = client.request(&CREATE);
        request.path("team_id", "t");
        if let Some(key) = key {
            request.header("Idempotency-Key", key);
        }
        request.idempotency("Idempotency-Key");
        request.options(options);
        async { request.send().await.unwrap().status() }
    };
    assert_eq!(create(None, CallOptions::default()).await, 200);
    assert_eq!(create(None, CallOptions::default()).await, 200);
    let made = keys(&log);
    assert_eq!(made.len(), 4);
    assert_eq!(made[0].as_ref().unwrap().len(), 36);
    assert!(made[0] == made[1] && made[1] == made[2] && made[2] != made[3], "{made:?}");
    // A parameter of the operation is kept, and the options of the call stand above it.
    create(Some("mine"), CallOptions::default()).await;
    create(Some("mine"), CallOptions::default().idempotency_key("other")).await;
    assert_eq!(keys(&log)[4..], [Some("mine".to_owned()), Some("other".to_owned())]);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_stalls_gives_way_to_the_next() {
    let (builder, log) = vendor(&[Stalls, Stalls]);
    let client = builder.attempt_timeout(Duration::from_secs(2)).build().unwrap();
    assert_eq!(client.request(&LIST).send().await.unwrap().attempts(), 3);
    let log = log.lock().unwrap();
    assert!(log[1].0 >= Duration::from_secs(2) && log[2].0 >= Duration::from_secs(4));
}

#[tokio::test(start_paused = true)]
async fn a_call_may_have_another_time_for_its_attempts() {
    let (builder, _) = vendor(&[Stalls]);
    let client = builder.attempt_timeout(Duration::from_secs(9)).build().unwrap();
    let mut request = client.request(&LIST);
    request.options(CallOptions::default().attempt_timeout(Duration::from_secs(2)));
    let start = Instant::now();
    assert_eq!(request.send().await.unwrap().attempts(), 2);
    assert!((2..9).contains(&start.elapsed().as_secs()));
}

#[tokio::test(start_paused = true)]
async fn the_time_of_the_call_covers_all_attempts() {
    let start = Instant::now();
    let (builder, _) = vendor(&[Stalls; 9]);
    let client = builder
        .timeout(Duration::from_secs(5))
        .attempt_timeout(Duration::from_secs(4))
        .build()
        .unwrap();
    let error = common::list(&client).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(start.elapsed().as_secs(), 5);
    let shown = "list_invites: timed out after 2 attempts: the call may take 5s";
    assert_eq!(error.to_string(), shown);
    let (builder, _) = vendor(&[Stalls; 9]);
    let client = builder.attempt_timeout(Duration::from_millis(1500)).build().unwrap();
    let shown = "list_invites: timed out after 3 attempts: an attempt may take 1.5s";
    assert_eq!(common::list(&client).await.unwrap_err().to_string(), shown);
}
