//! `mock_in_tests`: tests of code that calls a vendor. That they fail when they should is shown in
//! `tests/mocks.rs`.

use crate::{MOCK_IN_TESTS, run};

#[test]
fn the_tests_of_the_example_pass() {
    let done = run(MOCK_IN_TESTS, &[], &[]);
    assert_eq!((done.status, done.stderr.as_str()), (Some(0), ""));
    assert_eq!(done.stdout, "Both tests passed, and nothing left this machine.\n");
}
