//! A front for programs that are not asynchronous.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use crate::error::Context;
use crate::{Client, Error, ErrorKind, Operation, RequestError};

/// The name of the thread, as debuggers and the system show it: at most 15 bytes, which Linux keeps of it.
const THREAD: &str = "bindery-io";

/// Runs calls to their end, on the thread that asks for them.
///
/// A thread of its own, named `bindery-io`, looks after the connections: it notices between calls that a
/// server has closed one, so that the next call does not go out on it. The thread ends when this
/// is dropped. Connections stay open between calls as long as this lives, so that it is best kept
/// beside the client. Many threads may share one.
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
pub struct Blocking {
    handle: Handle,
    /// Dropping it ends the worker.
    stop: Option<oneshot::Sender<Infallible>>,
    worker: Option<JoinHandle<()>>,
}

impl Blocking {
    /// Starts the thread that looks after connections.
    ///
    /// # Errors
    ///
    /// If the system gives no thread or no I/O driver.
    pub fn new() -> io::Result<Self> {
        let (stop, stopped) = oneshot::channel();
        let (started, start) = mpsc::sync_channel(1);
        let worker = thread::Builder::new()
            .name(THREAD.to_owned())
            .spawn(move || work(&started, stopped))?;
        match start.recv() {
            Ok(Ok(handle)) => Ok(Self { handle, stop: Some(stop), worker: Some(worker) }),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(io::Error::other("the thread that looks after connections has ended")),
        }
    }

    /// Waits for a future, for instance for that of `send`. It is polled on the thread that calls this, so
    /// that it may borrow from it.
    ///
    /// # Errors
    ///
    /// On a thread that has a runtime of tokio's, whose other work would stand still. Use `.await` there. A thread of
    /// [`spawn_blocking`](tokio::task::spawn_blocking) has one, too, and may wait, but tokio does not let anybody see
    /// which of the two a thread is. There, [`Handle::block_on`] of [`Handle::current`] waits for the same future.
    pub fn run<F: Future>(&self, call: F) -> io::Result<F::Output> {
        if Handle::try_current().is_ok() {
            return Err(io::Error::other(
                "a thread of an asynchronous program cannot be blocked: use `.await` here instead of `Blocking::run`, \
                 or `tokio::runtime::Handle::current().block_on(…)` if this is a thread of `spawn_blocking`",
            ));
        }
        Ok(self.handle.block_on(call))
    }
}

impl Client {
    /// Waits for what a call gives, by the thread of this client, which the first call starts.
    pub(crate) fn block_on<F: Future, E>(
        &self,
        operation: &'static Operation,
        call: F,
    ) -> Result<F::Output, Error<E>> {
        let refuse = |error: io::Error| {
            let error = RequestError::new(error.to_string());
            Error::new(Context::unsent(operation.id), ErrorKind::Request(error))
        };
        let cell = &self.shared().blocking;
        let blocking = match cell.get() {
            Some(blocking) => blocking,
            // Another thread may have been faster, and then that one's is taken.
            None => {
                let started = Blocking::new().map_err(refuse)?;
                cell.get_or_init(|| started)
            }
        };
        blocking.run(call).map_err(refuse)
    }
}

/// Drives connections and timers until it is told to stop.
fn work(started: &mpsc::SyncSender<io::Result<Handle>>, stopped: oneshot::Receiver<Infallible>) {
    // It is made here, since it must be dropped here: a thread of an asynchronous program may not drop one.
    match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => {
            let _ = started.send(Ok(runtime.handle().clone()));
            let _ = runtime.block_on(stopped);
            // A name that is still being looked up, in a thread of tokio's, would be waited for otherwise.
            runtime.shutdown_background();
        }
        Err(error) => {
            let _ = started.send(Err(error));
        }
    }
}

impl Drop for Blocking {
    fn drop(&mut self) {
        drop(self.stop.take());
        let Some(worker) = self.worker.take() else { return };
        // The worker may be the last that has it, in a task. It cannot wait for itself, and it has been told.
        if worker.thread().id() != thread::current().id() {
            let _ = worker.join();
        }
    }
}
