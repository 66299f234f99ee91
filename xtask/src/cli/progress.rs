//! Signs of life on a terminal, for what takes longer than a second.
//!
//! They stand on the standard error, go away at the end, and are not there at all where that is no terminal.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::sanitize::plain_line;

/// How long nothing is shown.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the time is shown anew.
const TICK: Duration = Duration::from_millis(200);
/// Characters of what is being done.
const MAX_MESSAGE: usize = 60;

/// What a command is doing, until it is dropped.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins to count the time. Of a number of things to do, a bar shows how many are done.
    pub(super) fn start(things: Option<usize>) -> Self {
        let is_seen = io::stderr().is_terminal();
        Self::start_on(is_seen.then(ProgressDrawTarget::stderr), PATIENCE, things)
    }

    fn start_on(
        target: Option<ProgressDrawTarget>,
        patience: Duration,
        things: Option<usize>,
    ) -> Self {
        let length = things.and_then(|it| u64::try_from(it).ok());
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden());
        let template = match length {
            Some(_) => "{bar:40} {pos}/{len} {msg}",
            None => "{spinner} {elapsed} {msg}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        let running = target.and_then(|target| {
            let (stop, stopped) = mpsc::channel();
            let shown = bar.clone();
            let wait = move || {
                if stopped.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                    shown.set_draw_target(target);
                    shown.tick();
                    shown.enable_steady_tick(TICK);
                }
            };
            // Without a thread nothing is shown, and the work is done all the same.
            thread::Builder::new().spawn(wait).ok().map(|thread| (stop, thread))
        });
        Self { bar, running }
    }

    /// Says what is being done.
    pub(super) fn about(&self, what: &str) {
        self.bar.set_message(plain_line(what, MAX_MESSAGE));
    }

    /// Counts one of the things as done.
    pub(super) fn done(&self, what: &str) {
        self.about(what);
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            // It does not panic, and if it did, there would be nothing to clear.
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use indicatif::TermLike;

    use super::*;

    /// A terminal that remembers what is written to it.
    #[derive(Clone, Debug, Default)]
    struct Memory(Arc<Mutex<String>>);

    impl TermLike for Memory {
        fn width(&self) -> u16 {
            80
        }
        fn move_cursor_up(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_down(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_right(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_left(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn write_line(&self, text: &str) -> io::Result<()> {
            self.write_str(text)
        }
        fn write_str(&self, text: &str) -> io::Result<()> {
            self.0.lock().unwrap().push_str(text);
            Ok(())
        }
        fn clear_line(&self) -> io::Result<()> {
            self.write_str("<clear>")
        }
        fn flush(&self) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(patience: Duration, work: impl FnOnce(&Progress, &Memory)) -> String {
        let memory = Memory::default();
        let target = ProgressDrawTarget::term_like(Box::new(memory.clone()));
        let progress = Progress::start_on(Some(target), patience, None);
        work(&progress, &memory);
        drop(progress);
        memory.0.lock().unwrap().clone()
    }

    #[test]
    fn what_is_quick_is_not_shown() {
        assert_eq!(written(Duration::from_secs(3600), |it, _| it.about("alpha")), "");
    }

    #[test]
    fn what_takes_longer_says_what_it_is_and_goes_away() {
        let text = written(Duration::ZERO, |progress, memory| {
            progress.about("alpha\u{1b}[2J");
            while !memory.0.lock().unwrap().contains("alpha") {
                thread::sleep(Duration::from_millis(1));
            }
        });
        assert!(text.contains("alpha␛[2J") && text.ends_with("<clear>"), "{text:?}");
    }
}
