//! What holds for all clients: faults, redirects, secrets, and what the builder sets. A test is
//! written once and runs against each client.

/// Makes of each function that is generic in the client a test for each client.
macro_rules! for_each_client {
    ($($test:ident),* $(,)?) => {
        for_each_client!(@ anthropic Anthropic: $($test)*);
        for_each_client!(@ basic Basic: $($test)*);
        for_each_client!(@ betterstack BetterStack: $($test)*);
        for_each_client!(@ vijil Vijil: $($test)*);
    };
    (@ $module:ident $subject:ident: $($test:ident)*) => {
        mod $module {
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test::<bindery_tests::subject::$subject>().await;
                }
            )*
        }
    };
}

mod answers;
mod builders;
mod faults;
mod secrets;
