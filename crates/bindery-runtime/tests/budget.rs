//! What all calls of a client share: how many retries they may make, and when.

mod common;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bindery_runtime::{Body, http};
use common::vendor::Reply::{RetryAfter, Status};
use common::vendor::vendor;
use common::{CREATE, LIST};
use tokio::time::Instant;

#[tokio::test(start_paused = true)]
async fn calls_that_are_told_to_come_back_all_do_and_apart() {
    for (status, operation) in [(429, &LIST), (503, &LIST), (429, &CREATE), (503, &CREATE)] {
        let came = Arc::new(Mutex::new(Vec::new()));
        let (log, start) = (Arc::clone(&came), Instant::now());
        let client = common::in_memory(move |_, call| {
            let answer = match call.attempt() {
                1 => http::Response::builder().status(status).header("retry-after", "1"),
                _ => {
                    log.lock().unwrap().push(start.elapsed());
                    http::Response::builder().status(200)
                }
            };
            async move { Ok(answer.body(Body::default()).unwrap()) }
        });
        let client = client.build().unwrap();
        let mut calls = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let mut request = client.request(operation);
            if operation.path.contains("{team_id}") {
                request.path("team_id", "t");
            }
            calls.spawn(request.send());
        }
        for result in calls.join_all().await {
            assert_eq!(result.unwrap().status(), 200);
        }
        let mut came = came.lock().unwrap().clone();
        came.sort();
        let (first, last) = (came[0], came[came.len() - 1]);
        assert!(first >= Duration::from_secs(1) && last <= Duration::from_millis(1252), "{came:?}");
        assert!(last - first > Duration::from_millis(100), "{came:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_of_no_time_is_paid_for() {
    for (after, attempts) in [("0", 1), ("1", 2)] {
        let (builder, _) = vendor(&[RetryAfter(503, after)]);
        let client = builder.retry_budget(0).build().unwrap();
        assert_eq!(client.request(&LIST).send().await.unwrap().attempts(), attempts);
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_goes_well_in_the_end_gives_back_what_it_took() {
    let (builder, log) = vendor(&[Status(500), Status(200)].repeat(20));
    let client = builder.retry_budget(1).build().unwrap();
    for _ in 0..20 {
        assert_eq!(client.request(&LIST).send().await.unwrap().status(), 200);
    }
    assert_eq!(log.lock().unwrap().len(), 40);
}

#[tokio::test(start_paused = true)]
async fn an_empty_budget_is_full_again_after_a_minute() {
    let (builder, _) = vendor(&[Status(500); 99]);
    let client = builder.retry_budget(2).build().unwrap();
    let attempts = async || client.request(&LIST).send().await.unwrap().attempts();
    assert_eq!((attempts().await, attempts().await), (3, 1));
    tokio::time::advance(Duration::from_secs(31)).await;
    assert_eq!((attempts().await, attempts().await), (2, 1));
    tokio::time::advance(Duration::from_secs(3600)).await;
    assert_eq!((attempts().await, attempts().await), (3, 1));
}

#[tokio::test(start_paused = true)]
async fn the_budget_is_shared_by_all_calls_and_filled_by_those_that_go_well() {
    let (builder, log) = vendor(&[Status(500); 8]);
    let client = builder.retry_budget(3).build().unwrap();
    for expected in [3, 5, 6, 7, 8] {
        // The first call has two retries, the second the last one, the others none.
        assert_eq!(client.request(&LIST).send().await.unwrap().status(), 500);
        assert_eq!(log.lock().unwrap().len(), expected);
    }
    for _ in 0..10 {
        assert_eq!(client.clone().request(&LIST).send().await.unwrap().status(), 200);
    }
    assert_eq!(log.lock().unwrap().len(), 18);
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_is_not_tried_again_does_not_fill_the_budget() {
    for (status, requests) in [(408, 1), (429, 1), (503, 1), (404, 2)] {
        let others = [Status(status); 10];
        let (builder, log) = vendor(&[&[Status(500); 2], &others[..], &[Status(500)]].concat());
        let client = builder.retry_budget(1).build().unwrap();
        assert_eq!(client.request(&LIST).send().await.unwrap().attempts(), 2);
        for _ in others {
            let mut request = client.request(&CREATE);
            request.path("team_id", "t");
            assert_eq!(request.send().await.unwrap().status(), status);
        }
        let last = client.request(&LIST).send().await.unwrap();
        assert_eq!(last.attempts(), requests, "{status}");
        assert_eq!(log.lock().unwrap().len(), 12 + requests as usize);
    }
}
