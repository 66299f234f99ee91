//! A front for programs that are not asynchronous.

use std::future::Future;
use std::io;

use tokio::runtime::{Builder, Handle, Runtime};

/// Runs calls to their end, on the thread that asks for them.
///
/// Connections stay open between calls as long as this lives, so that it is best kept beside the
/// client.
///
/// ```
/// use bindery_runtime::Blocking;
///
/// let blocking = Blocking::new()?;
/// let answer = blocking.run(async { 6 * 7 })?;
/// assert_eq!(answer, 42);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Blocking(Runtime);

impl Blocking {
    /// Makes one, without a thread of its own.
    ///
    /// # Errors
    ///
    /// If the system gives no more of what waiting for a network takes.
    pub fn new() -> io::Result<Self> {
        Builder::new_current_thread().enable_all().build().map(Self)
    }

    /// Waits for a future, for instance for that of `send`.
    ///
    /// # Errors
    ///
    /// Within an asynchronous program, whose other work would stand still: there, `await` is what to
    /// do.
    pub fn run<F: Future>(&self, call: F) -> io::Result<F::Output> {
        if Handle::try_current().is_ok() {
            return Err(io::Error::other("a thread of an asynchronous program cannot be blocked"));
        }
        Ok(self.0.block_on(call))
    }
}
